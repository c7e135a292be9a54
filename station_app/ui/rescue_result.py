"""The end of a rescue: what came back and what did not, to be read, printed and saved."""

from pathlib import Path

from station_app.services.rescue_desk import Findings, Outcome, RescueDesk
from station_app.support.faults import StationFault
from station_app.support.safe_file import safe_name, write_file
from station_app.ui.cards import Card, Notice, button
from station_app.ui.markdown_view import MarkdownView
from station_app.ui.messages import Messages
from station_app.ui.theme import Tone

_TEXT_FILES = "文本文件 (*.txt)"
_A4_POINTS = (595.0, 842.0)


class RescueResult(Card):
    """The report with its buttons.

    Args:
        desk: writes the report.
        messages: for printer, file and faults.
    """

    def __init__(self, desk: RescueDesk, messages: Messages) -> None:
        super().__init__("抢救结果")
        self._desk = desk
        self._messages = messages
        self.text = ""
        self.notice = Notice(Tone.GOOD)
        self.view = MarkdownView()
        self.view.setAccessibleName("抢救报告")
        printing = button("打印报告", "printer", "Ctrl+P")
        printing.clicked.connect(lambda _checked=False: self.print_())
        saving = button("存成文件…", "download", "Ctrl+S")
        saving.clicked.connect(lambda _checked=False: self.save())
        self.add_to_head(printing)
        self.add_to_head(saving)
        self.tighten_head()
        self.body.addWidget(self.notice)
        self.body.addWidget(self.view, 1)

    def show_outcome(self, findings: Findings, outcome: Outcome) -> None:
        """Show what a rescue brought."""
        missed = len(outcome.missed)
        words = f"找回 {len(outcome.back)} 步" + (f"，{missed} 步没有找回" if missed else "")
        where = f"损坏的文件另存在“备份”文件夹里：{outcome.aside.name}"
        password = "\n现在要用那份备份当时的密码打开。" if outcome.other_password else ""
        tone = Tone.WARNING if missed else Tone.GOOD
        self.notice.say(f"登记簿已经抢救好：备份之后登记的{words}", where + password, tone)
        self.text = self._desk.report(findings, outcome)
        self.view.show_plain(self.text)

    def print_(self) -> None:
        """Print the report."""
        try:
            printer = self._messages.choose_printer("登记簿抢救报告", [_A4_POINTS])
        except StationFault as fault:
            self._messages.tell_fault(fault)
            return
        if printer is not None:
            printer.setFullPage(False)
            self.view.document().clone().print_(printer)

    def save(self) -> None:
        """Write the report where the clerk chooses."""
        name = safe_name(f"登记簿抢救报告 {self._desk.clock.today().isoformat()}", ".txt")
        path = self._messages.save_as("报告存在哪里", Path.home() / name, _TEXT_FILES)
        if path is None:
            return
        try:
            write_file(path, lambda stream: stream.write(self.text.encode("utf-8-sig")))
        except StationFault as fault:
            self._messages.tell_fault(fault)
