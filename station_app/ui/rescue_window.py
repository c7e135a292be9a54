"""The guided rescue of a damaged register: what is damaged, which backup, what comes back, what came of it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from station_app.domain.backup import Backup
from station_app.domain.problems import InvalidInput
from station_app.services.rescue_desk import Findings, Outcome, RescueDesk
from station_app.support.faults import FileInUse, PasswordNeeded, StationFault, WrongKey
from station_app.ui.cards import Card, PrimaryButton, button, label, link_button
from station_app.ui.icons import icon, icon_size
from station_app.ui.jobs import JobRunner, Progress
from station_app.ui.messages import STATION_FILES, Messages
from station_app.ui.password_field import PasswordField
from station_app.ui.rescue_cards import RescuePassword, RescueReport
from station_app.ui.rescue_lists import BackupList, StepList
from station_app.ui.rescue_result import RescueResult
from station_app.ui.rescue_stages import NEXT_WORDS, RescueRail, Stage
from station_app.ui.rescue_words import newer_words
from station_app.ui.theme import ACCENT, px


class RescueWindow(QWidget):
    """Leads through the rescue; nothing is changed before 开始抢救.

    Signals:
        rescued: the register is to be opened: its path.
        left: the window is gone.

    Args:
        desk: the rescue of one register.
        settings: what the window remembers.
        messages: every question and notice.
    """

    rescued = Signal(object)
    left = Signal()

    def __init__(self, desk: RescueDesk, settings: QSettings, messages: Messages) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._desk = desk
        self._messages = messages
        self._findings: Findings | None = None
        self._help: QWidget | None = None
        self.jobs = JobRunner(messages, self)
        self._password_card = RescuePassword()
        self.password = self._password_card.field
        self.report = RescueReport()
        self.backups = BackupList(settings)
        self.backup_password = PasswordField("这份备份的密码", required=False)
        self.steps = StepList(settings)
        self.counted = label("", "strong", wrap=True)
        self.result = RescueResult(desk, messages)
        self.stack = QStackedWidget()
        self._rail = RescueRail()
        self.bar = QProgressBar()
        self._bar_word = label("", "muted")
        self.next = PrimaryButton(NEXT_WORDS[Stage.REPORT], "", "Ctrl+回车")
        self.back = button("返回", "", "Esc")
        self._lay_out()
        self._connect()
        self.setWindowTitle("抢救损坏的登记簿")
        self.setWindowIcon(icon("users", ACCENT))
        self.setMinimumSize(px(740), px(480))
        self.resize(QSize(px(1000), px(660)).boundedTo(self.screen().availableGeometry().size()))

    # Layout

    def _lay_out(self) -> None:
        for page in (self._password_card, self.report, self._backup_card(), self._steps_card(), self.result):
            self.stack.addWidget(page)
        middle = QHBoxLayout()
        middle.setSpacing(px(14))
        middle.addWidget(self._rail)
        middle.addWidget(self.stack, 1)
        self.bar.setRange(0, 1000)
        self.bar.setFixedWidth(px(180))
        last = QHBoxLayout()
        last.addWidget(self.bar)
        last.addWidget(self._bar_word)
        last.addStretch(1)
        last.addWidget(self.back)
        last.addWidget(self.next)
        self._end_bar()
        body = QVBoxLayout()
        body.setContentsMargins(px(18), px(14), px(18), px(14))
        body.setSpacing(px(12))
        body.addLayout(middle, 1)
        body.addLayout(last)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addLayout(body, 1)

    def _head(self) -> QFrame:
        head = QFrame()
        head.setObjectName("topbar")
        sign = QLabel()
        sign.setPixmap(icon("triangle-alert", ACCENT).pixmap(icon_size(22), self.devicePixelRatioF()))
        row = QHBoxLayout(head)
        row.setContentsMargins(px(18), px(10), px(18), px(10))
        row.addWidget(sign)
        row.addWidget(label("抢救损坏的登记簿", "title"))
        row.addWidget(label(self._desk.path.stem, "muted"), 1)
        row.addWidget(link_button("F1 帮助", self.show_help))
        return head

    def _backup_card(self) -> Card:
        card = Card("用哪份备份")
        other = button("另选备份文件…", "folder-open", "Ctrl+O")
        other.clicked.connect(lambda _checked=False: self.choose_backup())
        card.add_to_head(other)
        card.tighten_head()
        card.body.addWidget(label("已选好最近一份已验证、和这个登记簿对得上的。也可以换一份。", "muted", wrap=True))
        self.backups.set_empty("登记簿旁边没有备份。有的话，请按 Ctrl+O 选它；没有，就只从操作记录里找回。")
        card.body.addWidget(self.backups, 1)
        card.body.addWidget(self.backup_password)
        self.backup_password.hide()
        return card

    def _steps_card(self) -> Card:
        card = Card("备份之后登记的")
        card.body.addWidget(self.counted)
        card.body.addWidget(
            label("空格：要或不要这一步；Ctrl+A 选中全部。不要的留在损坏的文件里。", "small", wrap=True)
        )
        card.body.addWidget(self.steps, 1)
        return card

    def _connect(self) -> None:
        keys: dict[str, Callable[[], Any]] = {
            "Ctrl+Return": self.next.click, "Ctrl+Enter": self.next.click, "Esc": self.go_back, "F1": self.show_help,
            "Ctrl+O": self.choose_backup, "Ctrl+P": lambda: self._at_result(self.result.print_), "Ctrl+S": lambda: self._at_result(self.result.save),
        }  # fmt: skip
        for sequence, action in keys.items():
            QShortcut(QKeySequence(sequence), self, action)
        self.next.clicked.connect(lambda _checked=False: self.go_on())
        self.back.clicked.connect(lambda _checked=False: self.go_back())
        for field in (self.password, self.backup_password):  # Enter would go to the next field
            entered = QShortcut(QKeySequence("Return"), field.edit, self.next.click)
            entered.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.backups.opened.connect(lambda _row: self.next.click())
        self.backups.current_changed.connect(lambda _row: self._another_backup())
        self.steps.ticked.connect(self._count)
        self.jobs.progressed.connect(self._show_bar)
        self.jobs.ended.connect(lambda _title: self._end_bar())
        self.jobs.cancelled.connect(lambda _title: self._wait_no_more())

    # Going through

    def stage(self) -> Stage:
        """Return where the clerk is."""
        return Stage(self.stack.currentIndex())

    def begin(self) -> None:
        """Ask for the password if there may be one, else look at the file at once."""
        try:
            asks = self._desk.asks_password()
        except StationFault as fault:
            self._messages.tell_fault(fault)
            asks = False
        if asks:
            self._go_to(Stage.PASSWORD)
        else:
            self._examine("")

    def go_on(self) -> None:
        """Do what the stage is about (Ctrl+Enter)."""
        if self.jobs.busy:
            return
        match self.stage():
            case Stage.PASSWORD:
                self._examine(self.password.value())
            case Stage.REPORT:
                self._leave_report()
            case Stage.BACKUP:
                self._take_backup()
            case Stage.STEPS:
                self._rescue(take_over=False)
            case Stage.RESULT:
                self._open()

    def go_back(self) -> None:
        """Stop the work, go a stage back, or leave (Esc)."""
        if self.jobs.busy:
            self.jobs.cancel()
        elif self.stage() in (Stage.BACKUP, Stage.STEPS):
            self._go_to(Stage(self.stage() - 1))
        else:
            self.close()

    def _at_result(self, what: Callable[[], None]) -> None:
        if self.stage() is Stage.RESULT:
            what()

    def _go_to(self, stage: Stage) -> None:
        self.stack.setCurrentIndex(stage)
        self._rail.show_stage(stage)
        self.next.setText(NEXT_WORDS[stage])
        self.next.updateGeometry()
        self.next.setEnabled(True)
        self.back.setText("返回" if stage in (Stage.BACKUP, Stage.STEPS) else "关闭")
        self._focus(stage)

    def _focus(self, stage: Stage) -> None:
        """Put the cursor where the clerk goes on."""
        if stage is Stage.PASSWORD:
            self.password.edit.setFocus()
        elif stage is Stage.BACKUP and self.backups.rows():
            self.backups.view.setFocus()
        elif stage is Stage.STEPS and self.steps.rows():
            self.steps.view.setFocus()
        else:
            (self.next if self.next.isEnabled() else self.back).setFocus()

    # Looking

    def _examine(self, password: str) -> None:
        desk = self._desk

        def work(progress: Progress, _cancelled: object) -> Findings:
            if password:
                desk.use_password(password)
            return desk.examine(progress)

        self._wait()
        self.jobs.run("检查登记簿", work, self._examined, self._refused)

    def _examined(self, findings: Findings) -> None:
        self.password.set_value("")
        self._findings = findings
        damage, backup = findings.damage, findings.backup
        self.report.show_findings(findings)
        listed = self._desk.backups()
        self.backups.set_rows(listed if backup is None or backup in listed else [backup, *listed])
        if backup is not None:
            self.backups.select(backup.path)
        self._wait_no_more()
        self._go_to(Stage.REPORT)
        if damage.sound:
            self.next.setText("打开登记簿")

    def _leave_report(self) -> None:
        findings = self._findings
        if findings is None:
            return
        if findings.damage.sound:
            self._open()
        else:
            self._go_to(Stage.BACKUP)
            self._allow_next()

    # The backup

    def choose_backup(self) -> None:
        """Take another file as backup (Ctrl+O)."""
        if self.stage() is not Stage.BACKUP or self.jobs.busy:
            return
        path = self._messages.choose_file("用哪份备份", STATION_FILES, self._desk.path.parent)
        if path is None:
            return
        try:
            chosen = self._desk.backup_of(path)
        except StationFault as fault:
            self._messages.tell_fault(fault)
            return
        if self.backups.select(chosen.path):
            return
        self.backups.set_rows([chosen, *self.backups.rows()])
        self.backups.select(chosen.path)

    def _allow_next(self) -> None:
        """Without any backup only what the file itself tells can be rescued."""
        findings = self._findings
        self.next.setEnabled(self.backups.current_row() is not None or (findings is not None and findings.possible))

    def _another_backup(self) -> None:
        self._allow_next()
        self.backup_password.set_value("")
        self.backup_password.hide()

    def _take_backup(self) -> None:
        chosen: Backup | None = self.backups.current_row()
        findings = self._findings
        if chosen is None or (findings is not None and chosen == findings.backup):
            self._show_steps()
            return
        desk, password, wanted = self._desk, self.backup_password.value(), chosen

        def work(_progress: Progress, _cancelled: object) -> Findings:
            return desk.examine_with(wanted, password)

        self._wait()
        self.jobs.run("核对备份", work, self._taken, self._refused)

    def _taken(self, findings: Findings) -> None:
        self._findings = findings
        self.backup_password.set_value("")
        self._wait_no_more()
        self._show_steps()

    # The newer steps

    def _show_steps(self) -> None:
        if self._findings is not None:
            self.steps.show_lines(self._findings.lines)
            self._go_to(Stage.STEPS)

    def _count(self) -> None:
        if self._findings is not None:
            self.counted.setText(newer_words(self._findings, len(self.steps.unwanted)))

    # Rescuing

    def _rescue(self, *, take_over: bool) -> None:
        findings, desk, unwanted = self._findings, self._desk, self.steps.unwanted
        if findings is None:
            return

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Outcome:
            return desk.rescue(findings, unwanted, progress, cancelled, take_over=take_over)

        self._wait()
        self.jobs.run("抢救", work, self._finished, self._refused)

    def _finished(self, outcome: Outcome) -> None:
        findings = self._findings
        assert findings is not None
        self.result.show_outcome(findings, outcome)
        self._wait_no_more()
        self._go_to(Stage.RESULT)

    def _open(self) -> None:
        self.rescued.emit(self._desk.path)

    def _refused(self, error: BaseException) -> bool:
        """Put an error where it belongs; what is left to the job runner is told in a box."""
        stage = self.stage()
        self._wait_no_more()
        if isinstance(error, InvalidInput):
            self.password.show_problem(str(error))
            self.password.edit.setFocus()
            return True
        if isinstance(error, PasswordNeeded | WrongKey) and stage is Stage.BACKUP:
            self._ask_backup_password(tried=bool(self.backup_password.value()))
            return True
        if isinstance(error, FileInUse) and error.may_take_over:
            if self._messages.ask(error.what, f"{error.safe}{error.todo}", yes="接管", no="不接管", danger=True):
                self._rescue(take_over=True)
            return True
        return False

    def _ask_backup_password(self, *, tried: bool) -> None:
        self.backup_password.show()
        self.backup_password.set_value("")
        self.backup_password.show_problem(
            "密码不对，或者这份备份已损坏。" if tried else "这份备份用的是另一个密码，请输入当时的密码。"
        )
        self.backup_password.edit.setFocus()

    # Around it

    def show_help(self) -> None:
        """Show the help on damaged files (F1)."""
        from station_app.ui.help_window import HelpWindow

        made = self._help if isinstance(self._help, HelpWindow) else HelpWindow(self, self._messages, ())
        self._help = made
        made.show_page("rescue")

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work: what was begun leaves the damaged file as it is."""
        self.jobs.disown()
        self.jobs.stop()
        super().closeEvent(event)
        self.left.emit()

    def _wait(self) -> None:
        self.stack.setEnabled(False)
        self.next.setEnabled(False)
        self.back.setText("停下")

    def _wait_no_more(self) -> None:
        self.stack.setEnabled(True)
        self._go_to(self.stage())

    def _show_bar(self, _title: str, part: float, word: str) -> None:
        self.bar.setValue(round(part * 1000))
        self._bar_word.setText(word)
        self.bar.show()

    def _end_bar(self) -> None:
        self.bar.hide()
        self._bar_word.setText("")
