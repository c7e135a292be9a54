"""The window before an encrypted register: its password, or its recovery sheet and then a new password."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDeadlineTimer, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from station_app import PROGRAM_NAME
from station_app.domain.passwords import wait_after
from station_app.domain.problems import FieldProblem, invalid
from station_app.domain.recovery_code import ROWS, row_problem
from station_app.services.done import EVERYTHING, Done
from station_app.services.unlocking import key_of_password, key_of_sheet
from station_app.station import Desks
from station_app.support.clock import Clock
from station_app.support.faults import DamagedFile, WrongKey
from station_app.ui.cards import button, label, link_button
from station_app.ui.fields import LineField
from station_app.ui.icons import icon, icon_size
from station_app.ui.jobs import JobRunner, Work
from station_app.ui.messages import Messages
from station_app.ui.password_field import PasswordField
from station_app.ui.password_forms import SetPasswordForm, WorkingForm
from station_app.ui.taking_over import open_or_ask
from station_app.ui.theme import ACCENT, MUTED, px

if TYPE_CHECKING:
    from station_app.ui.help_window import HelpWindow  # loaded when F1 is pressed

Open = Callable[[object], Desks]
"""Opens the register with a key; raises what `Desks.open` raises."""

_WRONG = "密码不对，或者这不是本程序的登记簿，或者文件已损坏。"
_TICK_MS = 200


class PasswordForm(WorkingForm):
    """Asks for the password; after a wrong one it waits, longer each time, and never shuts anybody out."""

    def __init__(self, path: Path, open_: Open, jobs: JobRunner, messages: Messages) -> None:
        super().__init__("输入密码", jobs, messages, "打开登记簿")
        self._path = path
        self._open = open_
        self._wrong = 0
        self._until = QDeadlineTimer(0)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._count_down)
        self.add("password", PasswordField("密码")).on_enter = self.save
        self.save_button.set_hint("Enter")
        self.cancel_button.setText("关闭")

    def begin(self, values: dict[str, Any]) -> tuple[Work, Callable[[Any], Done[Any]]]:
        """See `WorkingForm.begin`."""
        password = values["password"]

        def work(_progress: object, _cancelled: object) -> object:
            return key_of_password(self._path, password)

        return work, self._try

    def save(self, *, go_on: bool = False) -> bool:
        """Try the password, unless it is still time to wait or there is none."""
        if self.is_waiting() or not self.values()["password"]:
            self.start()
            return False
        return super().save(go_on=go_on)

    def is_waiting(self) -> bool:
        """Tell whether the next try has to wait."""
        return not self._until.hasExpired()

    def leave(self) -> bool:
        """Leave; a password is never kept, so nothing is asked."""
        self.forget()
        self.closed.emit()
        return True

    def _try(self, key: object) -> Done[Desks]:
        try:
            desks = self._open(key)
        except WrongKey as wrong:
            self.forget()
            self._wrong += 1
            self._until = QDeadlineTimer(1000 * wait_after(self._wrong))
            self._tick.start()
            raise invalid("file", _WRONG) from wrong
        return Done(desks, "", EVERYTHING, 0)

    def show_problems(self, problems: Iterable[FieldProblem]) -> None:
        """Tell at once how long to wait."""
        super().show_problems(problems)
        if self.is_waiting():
            self._count_down()

    def _count_down(self) -> None:
        left = -(-self._until.remainingTime() // 1000)
        if left <= 0:
            self._tick.stop()
        wait = f"请核对后，等 {left} 秒再试。" if left > 0 else "请核对后再试。"
        self.notice.say("打不开", f"{_WRONG}没有改动任何文件。{wait}")
        self.save_button.setEnabled(left <= 0)


class SheetForm(WorkingForm):
    """Asks for the rows of the recovery sheet, each checked as soon as it is typed."""

    def __init__(self, path: Path, open_: Open, jobs: JobRunner, messages: Messages) -> None:
        super().__init__("用恢复单打开", jobs, messages, "打开登记簿")
        self._path = path
        self._open = open_
        words = "照恢复单逐行输入，大小写和空格都不要紧；输错了，离开那一行就会提示。"
        self.add_widget(label(words, "muted", wrap=True))
        for number in range(1, ROWS + 1):
            field = self.add(_row(number), LineField(f"第 {number} 行", required=True, placeholder="XXXX XXXX XXXX"))
            field.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            field.edit.editingFinished.connect(lambda number=number: self._check(number))
        self.cancel_button.setText("返回")

    def begin(self, values: dict[str, Any]) -> tuple[Work, Callable[[Any], Done[Any]]]:
        """See `WorkingForm.begin`."""
        key = key_of_sheet(self._path, [values[_row(number)] for number in range(1, ROWS + 1)])
        return (lambda _progress, _cancelled: key), self._try

    def leave(self) -> bool:
        """Leave; what is typed from the sheet is never kept, so nothing is asked."""
        self.forget()
        self.closed.emit()
        return True

    def _try(self, key: object) -> Done[Desks]:
        return Done(self._open(key), "", EVERYTHING, 0)

    def _check(self, number: int) -> None:
        field = self.fields[_row(number)]
        if field.value():
            field.show_problem(row_problem(number, field.value()))


class UnlockWindow(QWidget):
    """Opens an encrypted register.

    Signals:
        unlocked: the open `Desks`, and whether its password was just set anew with the recovery sheet.
        other_asked: another register is to be chosen.
        damaged: the register is damaged, or the clerk thinks so: its key, or None when that is not known.
        left: the window was closed without a register.

    Args:
        path: the file.
        clock: today is an argument.
        operator: who works; empty for the station's clerk.
        messages: every question and notice.
    """

    unlocked = Signal(object, bool)
    other_asked = Signal()
    damaged = Signal(object)
    left = Signal()

    def __init__(self, path: Path, clock: Clock, operator: str, messages: Messages) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.path = path
        self._clock = clock
        self._operator = operator
        self._messages = messages
        self._desks: Desks | None = None
        self._help: HelpWindow | None = None
        self.jobs = JobRunner(messages, self)
        self.word_form = PasswordForm(path, self._opened, self.jobs, messages)
        self.sheet_form = SheetForm(path, self._opened, self.jobs, messages)
        self.stack = QStackedWidget()
        self._progress = label("", "muted")
        self._lay_out()
        self.word_form.saved.connect(self._unlocked)
        self.word_form.closed.connect(self.close)
        self.sheet_form.saved.connect(self._opened_by_sheet)
        self.sheet_form.closed.connect(lambda: self._show(self.word_form))
        self.jobs.progressed.connect(lambda _title, _part, word: self._progress.setText(word))
        self.jobs.ended.connect(lambda _title: self._progress.setText(""))
        self.setWindowTitle(PROGRAM_NAME)
        self.setWindowIcon(icon("users", ACCENT))
        self.setMinimumSize(px(560), px(420))
        self.resize(px(600), px(440))

    def _lay_out(self) -> None:
        sign = QLabel()
        sign.setPixmap(icon("lock", MUTED).pixmap(icon_size(28), self.devicePixelRatioF()))
        name = label(self.path.stem, "title", wrap=True)
        place = label(f"在 {self.path.parent}", "small", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(name)
        words.addWidget(place)
        head = QHBoxLayout()
        head.setSpacing(px(12))
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(link_button("F1 帮助", self.show_help), 0, Qt.AlignmentFlag.AlignTop)
        self.stack.addWidget(self.word_form)
        self.stack.addWidget(self.sheet_form)
        self.forgotten = link_button("忘记密码，用恢复单…", self.ask_sheet)
        self.other = button("打开别的登记簿…", "folder-open", "Ctrl+O")
        self.other.clicked.connect(lambda _checked=False: self.other_asked.emit())
        QShortcut(QKeySequence("Ctrl+O"), self, self.other_asked.emit)
        QShortcut(QKeySequence("Esc"), self, self._back)
        QShortcut(QKeySequence("F1"), self, self.show_help)
        foot = QHBoxLayout()
        foot.addWidget(self.forgotten)
        foot.addWidget(link_button("文件坏了？抢救…", lambda: self.damaged.emit(None)))
        foot.addStretch(1)
        foot.addWidget(self.other)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(16), px(18), px(14))
        column.setSpacing(px(12))
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        said = QHBoxLayout()
        said.addWidget(label("本机非涉密，严禁录入国家秘密、工作秘密。", "small"))
        said.addStretch(1)
        said.addWidget(self._progress)
        column.addLayout(said)
        column.addLayout(foot)

    def begin(self) -> None:
        """Put the cursor where the clerk goes on."""
        form = self.stack.currentWidget()
        if isinstance(form, WorkingForm):
            form.start()

    def ask_sheet(self) -> None:
        """Ask for the recovery sheet instead."""
        self.word_form.forget()
        self.resize(self.width(), max(self.height(), px(680)))
        self._show(self.sheet_form)

    def show_help(self) -> None:
        """Tell about passwords and recovery sheets (F1)."""
        from station_app.ui.help_window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self, self._messages, ())
        self._help.show_page("password")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget what was typed; a file that was opened by its sheet is closed again."""
        self.jobs.stop()
        self.word_form.forget()
        self.sheet_form.forget()
        if self._desks is not None:
            self._desks.close()
            self._desks = None
        super().closeEvent(event)
        self.left.emit()

    def _show(self, form: WorkingForm) -> None:
        self.stack.setCurrentWidget(form)
        self.forgotten.setVisible(form is self.word_form)
        form.start()

    def _back(self) -> None:
        form = self.stack.currentWidget()
        if isinstance(form, WorkingForm):
            form.leave()

    def _opened(self, key: Any) -> Desks:
        def open_(take_over: bool) -> Desks:
            return Desks.open(self.path, self._clock, self._operator, key, take_over=take_over)

        try:
            desks = open_or_ask(open_, self._messages)
        except DamagedFile as fault:
            QTimer.singleShot(0, self, lambda: self.damaged.emit(key))
            raise invalid("file", f"{fault.what}{fault.safe}") from fault
        if desks is None:
            raise invalid("file", "没有接管，登记簿没有打开。")
        return desks

    def _unlocked(self, done: Done[Desks]) -> None:
        self.unlocked.emit(done.value, False)

    def _opened_by_sheet(self, done: Done[Desks]) -> None:
        """Let a new password be set: the old one is forgotten."""
        desks = self._desks = done.value
        form = SetPasswordForm(desks, self.jobs, self._messages, by_sheet=True)
        form.saved.connect(lambda _done: self._renewed(desks))
        form.closed.connect(self.close)
        self.stack.addWidget(form)
        self.other.hide()
        self._show(form)

    def _renewed(self, desks: Desks) -> None:
        """Back the file up under its new key, then hand it on."""

        def work(progress: Callable[[float, str], None], _cancelled: object) -> None:
            progress(0.5, "正在备份")
            with desks.reading() as copy:
                copy.password.back_up()

        def hand_on(_nothing: object = None) -> None:
            self._desks = None
            self.unlocked.emit(desks, True)

        def failed(_error: BaseException) -> bool:
            QTimer.singleShot(0, self, hand_on)
            return False  # told as ever

        self.setEnabled(False)
        self.jobs.run("备份", work, hand_on, failed)


def _row(number: int) -> str:
    return f"row_{number}"
