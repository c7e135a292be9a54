"""The form of 个人信息删除: whose data, on whose request, and beside it exactly what goes and what stays."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QListWidget, QListWidgetItem, QVBoxLayout

from station_app.domain.erasure import STAYS, HeldVisit, held_words
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import Visit
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, Notice, label
from station_app.ui.field import Field
from station_app.ui.fields import CheckField, ChoiceField, DateField, FormPanel, LineField
from station_app.ui.messages import Messages
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.theme import Tone, px

REASONS = ("本人书面申请", "本人当面申请", "本人电话申请", "监护人申请", "近亲属申请")
_PATIENCE_MS = 250
_VISIT = Qt.ItemDataRole.UserRole


class VisitTicks(Field):
    """The visits of what may be one person, ticked by hand; its value are the ids of the ticked ones."""

    def __init__(self) -> None:
        super().__init__("登记", required=True, wide=True)
        self.list = QListWidget()
        self.list.setAccessibleName("这个人的登记，空格勾选")
        self.list.setMinimumHeight(px(150))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        frame = QFrame()  # the style of a wrong field cannot be put on the list itself
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.list)
        self.put(frame, self.list)

    def show_visits(self, visits: list[HeldVisit]) -> None:
        """List visits; those that were ticked stay so."""
        ticked = set(self.value())
        current = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for visit in visits:
            item = QListWidgetItem(visit.words, self.list)
            item.setData(_VISIT, visit.id)
            item.setToolTip(item.text())
            item.setCheckState(Qt.CheckState.Checked if visit.id in ticked else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(max(0, min(current, len(visits) - 1)))
        self.list.blockSignals(False)
        self.changed.emit()

    def value(self) -> tuple[int, ...]:
        """Return the ids of the ticked visits."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(int(item.data(_VISIT)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def set_value(self, value: tuple[int, ...] | None) -> None:
        """Tick the visits with these ids."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            on = item.data(_VISIT) in (value or ())
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.clear_problem()

    def is_empty(self) -> bool:
        """Tell whether nothing is ticked."""
        return not self.value()


class Outlook(Card):
    """What goes, what stays, and which backups still hold it."""

    def __init__(self) -> None:
        super().__init__("删除什么，留下什么")
        self._goes = label("", wrap=True)
        self._stays = label(STAYS + "。已定稿报送的月报也不改。", wrap=True)
        self._held = label("", wrap=True)
        self._elsewhere = label(
            "复制到U盘的整个登记簿、打印过和导出过的材料，程序管不到，请另外处理。", "small", wrap=True
        )
        final = Notice(Tone.DANGER)
        final.say("", "删除以后不能撤销，谁也找不回来。")
        column = ScrollColumn()
        for part in (
            label("删除", "strong"), self._goes, label("保留", "strong"), self._stays,
            label("备份里还有", "strong"), self._held, self._elsewhere, final,
        ):  # fmt: skip
            column.body.addWidget(part)
        column.body.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(column)

    def say(self, goes: tuple[str, ...], held: tuple[str, ...]) -> None:
        """Show the lines."""
        self._goes.setText("\n".join(f"· {line}" for line in goes) or "请在左边勾选这个人的登记。")
        self._held.setText("\n".join(f"· {line}" for line in held) or "没有。")

    def text(self) -> str:
        """Return what is said of what goes and of the backups."""
        return f"{self._goes.text()}\n{self._held.text()}"


class ErasingForm(FormPanel):
    """See the module.

    Args:
        desks: the open station file.
        messages: for the one question, and for faults.
        visit: the visit the clerk came from, or None.
    """

    def __init__(self, desks: Desks, messages: Messages, visit: Visit | None) -> None:
        super().__init__("个人信息删除", self._erase, messages, save_word="删除个人信息…")
        self._desks = desks
        self._asking = messages
        self._visit_id = visit.id if visit else 0
        self.outlook = Outlook()
        self.name, self.phone = LineField("姓名"), LineField("电话")
        self.add_pair(("name", self.name), ("phone", self.phone))
        self.visits = self.add("visits", VisitTicks())
        hint = "同名的不一定是同一个人：请对照电话、住址，只勾选申请人自己的。空格勾选。"
        self.add_widget(label(hint, "small", wrap=True), under_fields=True)
        self.asked_on = DateField("申请日期", desks.clock.today, required=True)
        self.add("asked_on", self.asked_on)
        self.add("reason", ChoiceField("理由", REASONS, required=True, wide=True, free=True, placeholder="不要写姓名"))
        self.words_too = self.add("words_too", CheckField("", "意见的标题、内容和办理附件也删除（能看出是谁的）"))
        self.renew = self.add("renew", CheckField("", "删除后做一份新备份，并删掉还有此人信息的旧备份"))
        self.set_values({"asked_on": desks.clock.today()})
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.look_now)
        for field in (self.name, self.phone):
            field.changed.connect(self._patience.start)
        for ticked in (self.visits, self.words_too):
            ticked.changed.connect(self._weigh)
        if visit is not None:
            self.set_values({"name": visit.name, "phone": visit.phone})
            self.look_now()
            self.visits.set_value((visit.id,))
        self._weigh()
        self.mark_clean()

    def start(self) -> None:
        """Begin with the list where a person is known already."""
        (self.visits if self.visits.list.count() else self.name).setFocus()

    def look_now(self) -> None:
        """List the visits of what may be the person typed."""
        self._patience.stop()
        name, phone = str(self.name.value()).strip(), str(self.phone.value()).strip()
        self.visits.show_visits(self._desks.erasing.held(name, phone, self._visit_id))

    def leave(self) -> bool:
        """Close without a question: nothing that is typed here is worth keeping."""
        self.closed.emit()
        return True

    def save(self, *, go_on: bool = False) -> bool:
        """Ask once, then erase; return whether it is done."""
        values = self.values()
        try:
            self._desks.erasing.check(values["visits"], _iso(values["asked_on"]), values["reason"] or "")
        except InvalidInput as wrong:
            self.show_problems(wrong.problems)
            return False
        if not self._asking.ask(
            f"删除 {len(values['visits'])} 条登记里的个人信息吗？",
            f"{self.outlook.text()}\n\n删除以后不能撤销。",
            yes="删除",
            no="不删除",
            danger=True,
        ):
            return False
        return super().save(go_on=go_on)

    def _erase(self, values: dict[str, Any]) -> Done[Any]:
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return self._desks.erasing.erase(
                values["visits"], _iso(values["asked_on"]), values["reason"] or "", words_too=values["words_too"]
            )
        finally:
            QApplication.restoreOverrideCursor()

    def _weigh(self) -> None:
        ids = self.visits.value()
        desk = self._desks.erasing
        try:
            goes = desk.extent(ids).goes(words_too=self.words_too.value()) if ids else ()
            held = [*held_words(desk.backups_holding(ids))]
            if ids and desk.stick_is_away():
                held.append("U盘没有插上，上面的备份没有算在内")
        except StationFault as fault:
            goes, held = (), [str(fault)]
        self.outlook.say(goes, tuple(held))


def _iso(day: Any) -> str:
    return str(day or "")
