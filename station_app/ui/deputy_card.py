"""The card of one deputy beside the roster."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from station_app.domain.calendars import add_months
from station_app.domain.groups import GROUP_KIND_LABELS, Group
from station_app.domain.people import END_REASON_LABELS, GENDER_LABELS, Deputy, level_label
from station_app.domain.station import OrganKind
from station_app.domain.text import masked_phone
from station_app.ui.cards import Card, Chip, Notice, PrimaryButton, button, label, link_button
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.marks import Mark, Shape
from station_app.ui.theme import MUTED, TONES, Tone, px, scaled_font

_CHECK_AFTER_MONTHS = 12


def check_is_due(checked_on: str, today: date) -> bool:
    """Tell whether an entry was not checked for a year (名册久未核对)."""
    return not checked_on or checked_on < add_months(today, -_CHECK_AFTER_MONTHS).isoformat()


class Initial(QWidget):
    """A disc with the first character of a name, where a photograph may be one day."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setFixedSize(px(52), px(52))

    def show_name(self, name: str) -> None:
        """Show the first character of a name."""
        self._text = name[:1]
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the disc."""
        return QSize(px(52), px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = TONES[Tone.INFO]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setPen(QColor(ink))
        painter.setFont(scaled_font(1.6, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class Facts(QWidget):
    """Names and values, one under the other."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)

    def add(self, name: str, value: str | QWidget, *, faint: bool = False) -> None:
        """Add a line; an empty value adds none.

        Args:
            name: at the left.
            value: at the right.
            faint: for what is over.
        """
        if not value:
            return
        shown: QWidget = value if isinstance(value, QWidget) else label(value, wrap=True)
        if faint:
            shown.setStyleSheet(f"color: {MUTED};")
        place = self._grid.rowCount()
        self._grid.addWidget(label(name, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, place, 1)


class DeputyCard(Card):
    """Name, levels, mandates, groups, phone and the date of the last check.

    Args:
        today: returns the day.
        edit / check / assign: what the buttons do.
    """

    def __init__(
        self, today: Callable[[], date], edit: Callable[[], None], check: Callable[[], None], assign: Callable[[], None]
    ) -> None:
        super().__init__()
        self._today = today
        self._deputy: Deputy | None = None
        self._initial = Initial()
        self._name = label("", "title", wrap=True)
        self._post = label("", "muted", wrap=True)
        self._chips = QWidget()
        self._chip_row = FlowLayout(self._chips, spacing=6)
        self._phone = label("")
        self._reveal = link_button("显示", self.toggle_phone)
        self._shown = False
        self._notice = Notice(Tone.WARNING)
        self._facts = Facts()
        self._lay_out()
        self._edit = PrimaryButton("修改", "pencil", "Enter")
        self._check = button("核对无误", "check", "Alt+H")
        self._assign = button("编入小组", "users", "Alt+J")
        self.action_buttons = (self._edit, self._check, self._assign)
        row = QWidget()
        actions = FlowLayout(row)
        actions.setContentsMargins(px(14), px(10), px(14), px(12))
        for made, action in ((self._edit, edit), (self._check, check), (self._assign, assign)):
            made.clicked.connect(lambda _checked=False, action=action: action())
            actions.addWidget(made)
        self.body.addWidget(row)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self._name)
        words.addWidget(self._post)
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(self._initial, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(14), px(14), px(14), px(8))
        column.setSpacing(px(10))
        column.addLayout(top)
        column.addWidget(self._chips)
        column.addWidget(self._notice)
        column.addWidget(self._facts)
        column.addStretch(1)
        self._column = column
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(area, 1)

    def deputy(self) -> Deputy | None:
        """Return who is shown, or None."""
        return self._deputy

    def phone_text(self) -> str:
        """Return the phone as shown."""
        return self._phone.text()

    def toggle_phone(self) -> None:
        """Show the whole phone number, or mask it again."""
        self._shown = not self._shown
        self._show_phone()

    def show_deputy(self, deputy: Deputy, groups: Sequence[Group], kind: OrganKind) -> None:
        """Show an entry.

        Args:
            deputy: the entry.
            groups: every group, with members.
            kind: kind of the host organ, for the word of the lowest level.
        """
        today = self._today().isoformat()
        if self._deputy is None or self._deputy.id != deputy.id:
            self._shown = False
        self._deputy = deputy
        self._initial.show_name(deputy.name)
        self._name.setText(deputy.name)
        self._post.setText(deputy.post or "未填工作单位及职务")
        marks = [
            Mark(f"{level_label(level, kind)}人大代表", Tone.INFO, Shape.NONE) for level in deputy.levels_on(today)
        ]
        if not marks:
            marks = [Mark("已离任", Tone.QUIET)]
        elif any(mandate.suspended and mandate.holds_on(today) for mandate in deputy.mandates):
            marks.append(Mark("暂停履职", Tone.WARNING))
        self._show_marks(marks)
        self._show_check(deputy, serving=bool(deputy.levels_on(today)))
        self._show_facts(deputy, groups, kind, today)
        self._show_phone()

    def _show_marks(self, marks: Sequence[Mark]) -> None:
        while item := self._chip_row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for mark in marks:
            chip = Chip()
            chip.set_mark(mark)
            self._chip_row.addWidget(chip)

    def _show_check(self, deputy: Deputy, *, serving: bool) -> None:
        if serving and check_is_due(deputy.checked_on, self._today()):
            past = f"上次核对是 {deputy.checked_on}。" if deputy.checked_on else "登记以来没有核对过。"
            self._notice.say("名册久未核对", f"{past}请与本人核对职务、电话和小组，无误后按“核对无误”。")
        else:
            self._notice.say("", "")

    def _show_facts(self, deputy: Deputy, groups: Sequence[Group], kind: OrganKind, today: str) -> None:
        facts = Facts()
        self._phone = label("")
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reveal = link_button("显示", self.toggle_phone)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._phone)
        row.addWidget(self._reveal)
        row.addStretch(1)
        facts.add("联系电话", line)
        person = "　".join(
            part
            for part in (
                GENDER_LABELS[deputy.gender],
                deputy.ethnicity,
                f"{deputy.birth_month} 生" if deputy.birth_month else "",
                deputy.party,
                deputy.education,
            )
            if part
        )
        facts.add("基本情况", person)
        for mandate in deputy.mandates:
            span = f"{mandate.from_on or '……'} 至 {mandate.to_on or '今'}"
            end = END_REASON_LABELS[mandate.end_reason] if mandate.end_reason else ""
            about = "　".join(part for part in (mandate.term, mandate.constituency, mandate.card_number) if part)
            text = "\n".join(part for part in (about, f"{span}　{end}".strip()) if part)
            facts.add(f"{level_label(mandate.level, kind)}代表", text, faint=not mandate.holds_on(today))
        for group in groups:
            for member in group.memberships:
                if member.deputy_id == deputy.id:
                    left = f" 至 {member.to_on}" if member.to_on else " 起"
                    word = "　组长" if member.leader and member.holds_on(today) else ""
                    text = f"{group.name}{word}\n{member.from_on}{left}"
                    facts.add(GROUP_KIND_LABELS[group.kind], text, faint=not member.holds_on(today))
        facts.add("所在村(居)", deputy.village)
        facts.add("核对日期", deputy.checked_on or "未核对")
        facts.add("备注", deputy.remark)
        self._column.replaceWidget(self._facts, facts)
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = facts

    def _show_phone(self) -> None:
        phone = self._deputy.phone if self._deputy else ""
        self._phone.setText((phone if self._shown else masked_phone(phone)) or "未登记")
        self._reveal.setText("隐去" if self._shown else "显示")
        self._reveal.setVisible(bool(phone))
