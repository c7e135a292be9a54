"""What covers the window while it is locked, and before anybody has signed in: names, PIN, and no personal data."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from station_app.domain.operators import Operator
from station_app.domain.problems import InvalidInput
from station_app.services.done import Done
from station_app.services.operators_desk import MustWait
from station_app.station import Desks
from station_app.ui.cards import Card, Notice, PrimaryButton, label, link_button
from station_app.ui.field import ENTER
from station_app.ui.icons import icon, icon_size
from station_app.ui.messages import Messages
from station_app.ui.pin_field import PinField
from station_app.ui.theme import ACCENT, INK, TONES, Tone, px

SECRETS = "本机非涉密，严禁录入国家秘密、工作秘密。"
LAST_OPERATOR = "window/last_operator"
_WAIT_MS = 1000
_MOST_NAMES = 6


class LockPage(QWidget):
    """Asks who it is and for the PIN; without operators for the file's password. All by keyboard.

    Signals:
        opened: the `Operator` who was let in, or None after the file's password.

    Args:
        desks: the desks of the open station.
        settings: remember who signed in last on this PC.
        locked: whether it covers work that goes on afterwards; otherwise the program has just begun.
        preferred: name or uid of the operator to propose; empty for the last one.
        messages: for faults.
    """

    opened = Signal(object)

    def __init__(
        self, desks: Desks, settings: QSettings, messages: Messages, *, locked: bool, preferred: str = ""
    ) -> None:
        super().__init__()
        self._messages = messages
        self._desks = desks
        self._settings = settings
        self._people = desks.operators.working()
        self._warning = ""
        self._timer = QTimer(self, interval=_WAIT_MS)
        self._timer.timeout.connect(self._show_wait)
        self.names = QListWidget()
        self.names.setAccessibleName("操作员")
        self.names.setProperty("look", "framed")
        self.pin = PinField("PIN" if self._people else "登记簿密码")
        self.button = PrimaryButton("解锁" if locked else "登录", "", "Enter")
        self.button.clicked.connect(lambda _checked=False: self.enter())
        self.notice = Notice(Tone.DANGER)
        self.forgotten = link_button("忘记PIN，用恢复单重设…", self._reset)
        self._lay_out(self._title(locked=locked))
        self._fill(preferred or str(settings.value(LAST_OPERATOR, "")))
        self.names.currentRowChanged.connect(lambda _row: self._chosen())
        self.names.installEventFilter(self)
        self.pin.edit.installEventFilter(self)

    def _title(self, *, locked: bool) -> str:
        if not locked:
            return "请登录"
        return "已锁定，请登录" if self._people else "已锁定，请输入密码"

    def _lay_out(self, title: str) -> None:
        card = Card()
        card.setFixedWidth(px(380))
        head = QHBoxLayout()
        sign = QLabel()
        sign.setPixmap(icon("lock", ACCENT).pixmap(icon_size(22), self.devicePixelRatioF()))
        head.addWidget(sign)
        head.addWidget(label(title, "title"), 1)
        card.body.setContentsMargins(px(22), px(18), px(22), px(20))
        card.body.setSpacing(px(10))
        card.body.addLayout(head)
        card.body.addWidget(label(self._desks.settings.profile().name, "muted", wrap=True))
        self._who = label("是谁（↑ ↓ 选择）", "label")
        card.body.addWidget(self._who)
        card.body.addWidget(self.names)
        self.pin.caption.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.pin.caption.setMinimumHeight(0)
        card.body.addWidget(self.pin.caption)
        card.body.addWidget(self.pin)
        card.body.addWidget(self.notice)
        card.body.addWidget(self.button)
        card.body.addWidget(self.forgotten, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._who, self.names):
            part.setVisible(bool(self._people))
        warning = label(SECRETS, "strong")
        warning.setStyleSheet(f"color: {TONES[Tone.DANGER][0]};")
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(px(18))
        column.addWidget(warning, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _fill(self, preferred: str) -> None:
        for one in self._people:
            item = QListWidgetItem(icon("user", INK), f"{one.name}　{one.role.label}", self.names)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
        place = next((place for place, one in enumerate(self._people) if preferred in (one.uid, one.name)), 0)
        self.names.setCurrentRow(place if self._people else -1)
        row = max(self.names.sizeHintForRow(0), px(32))
        self.names.setFixedHeight(row * min(max(len(self._people), 1), _MOST_NAMES) + px(6))

    # What is chosen

    def start(self, *, choose: bool = False) -> None:
        """Put the cursor into the PIN, or with ``choose`` onto the names."""
        self._chosen()
        (self.names if choose and self._people else self.pin).setFocus()

    def warn(self, text: str) -> None:
        """Say what would be given up when somebody else than before signs in; empty for nothing."""
        self._warning = text

    def chosen(self) -> Operator | None:
        """Return who is chosen in the list."""
        row = self.names.currentRow()
        return self._people[row] if 0 <= row < len(self._people) else None

    def _chosen(self) -> None:
        one = self.chosen()
        self.pin.set_value("")
        no_pin = one is not None and not one.has_pin
        self.forgotten.setVisible(one is not None and self._desks.operators.can_reset_by_sheet(one))
        self.pin.setVisible(not no_pin)
        self.pin.caption.setVisible(not no_pin)
        self.notice.say("")
        self._show_wait()
        if one is not None and self._is_other(one) and self._warning and not self.notice.text():
            self.notice.say("", self._warning, Tone.WARNING)

    def _is_other(self, one: Operator) -> bool:
        before = self._desks.operators.current
        return before is not None and before.id != one.id

    def _reset(self) -> None:
        from station_app.ui.operator_pin_box import forgotten_pin_box

        one = self.chosen()
        if one is not None:
            forgotten_pin_box(self, self._desks, one, self._messages, self._was_reset).open()

    def _was_reset(self, done: Done[Any]) -> None:
        self._chosen()
        self.notice.say("", f"{done.label}，请用新PIN登录。", Tone.GOOD)
        self.pin.setFocus()

    # Entering

    def enter(self) -> None:
        """Try what is typed."""
        one = self.chosen()
        typed = self.pin.edit.text()
        try:
            if one is None:
                self._desks.operators.unlock(typed)
            else:
                self._desks.operators.sign_in(one.id, typed)
        except MustWait:
            self._show_wait()
        except InvalidInput as wrong:
            self.pin.set_value("")
            self.notice.say("", str(wrong), Tone.DANGER)
            self._show_wait()
        else:
            self._timer.stop()
            self.pin.set_value("")
            if one is not None:
                self._settings.setValue(LAST_OPERATOR, one.uid)
            self.opened.emit(one)

    def refuse_closing(self) -> None:
        """Say why the window cannot be closed now."""
        self.notice.say("", "还有填到一半、没有保存的表单。请先登录，保存或放弃后再关闭。", Tone.WARNING)

    def _show_wait(self) -> None:
        """Say how long to wait after wrong ones, second by second."""
        one = self.chosen()
        desk = self._desks.operators
        wait = desk.wait_seconds(one.id) if one is not None else desk.wait_to_unlock()
        self.button.setEnabled(not wait)
        self.pin.edit.setEnabled(not wait)
        waiting = self._timer.isActive()
        if wait:
            self.notice.say("PIN不对。" if one else "密码不对。", f"请等 {wait} 秒再试。", Tone.DANGER)
            self._timer.start()
        elif waiting:
            self._timer.stop()
            self.notice.say("", "可以再试了。忘记PIN的，请让站长或联络员重设。" if one else "可以再试了。", Tone.INFO)
            self.pin.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter tries, from the names too; Up and Down walk the names from the PIN."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() in ENTER:
            if watched is self.names and self.pin.isVisible():
                self.pin.setFocus()
            elif self.button.isEnabled():
                self.enter()
            return True
        if watched is self.pin.edit and self._people and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.names.setCurrentRow(min(max(self.names.currentRow() + step, 0), len(self._people) - 1))
            return True
        return False
