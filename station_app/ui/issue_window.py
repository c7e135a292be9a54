"""定稿报送 as a window: looks whether the month can be reported, asks date and receiver, keeps the very files."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from station_app.domain.issued import Issued, IssueDraft, Standing
from station_app.domain.periods import Period
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Notice
from station_app.ui.fields import ChoiceField, DateField, LineField, TextField
from station_app.ui.jobs import Work
from station_app.ui.page import Shell
from station_app.ui.password_forms import WorkingForm
from station_app.ui.theme import Tone, px

_KEPT = "PDF 和 Excel 原样存在登记簿里，以后改了数据也不变。"


class IssueForm(WorkingForm):
    """Date, receiver and, where needed, the explanation."""

    def __init__(self, shell: Shell, desks: Desks, month: Period) -> None:
        super().__init__(f"定稿报送 {month.title}工作月报", shell.jobs, shell.messages, "定稿报送")
        self._desks = desks
        self._month = month
        self.standing = Notice(Tone.INFO)
        self.standing.say("", "正在核对数字…", Tone.QUIET)
        self.add_widget(self.standing)
        self.add("on", DateField("报出日期", desks.clock.today, required=True))
        receivers = list(dict.fromkeys(one.to for one in desks.issuing.listed()))
        to = ChoiceField("报给", receivers, required=True, wide=True, free=True, placeholder="如 清源县人大常委会")
        self.add("to", to)
        self.note = self.add("note", TextField("说明", least=3))
        self.signed_by = self.add("signed_by", LineField("说明人", placeholder="谁对差异说明负责"))
        self.grid.show_field(self.note, shown=False)
        self.grid.show_field(self.signed_by, shown=False)
        self.set_values({"on": desks.clock.today(), "to": desks.issuing.last_receiver()})
        shell.jobs.run("核对数字", self._look, self._show)

    def leave(self) -> bool:
        """Close without a question: two lines are quickly typed again."""
        self.closed.emit()
        return True

    def begin(self, values: dict[str, Any]) -> tuple[Work, Callable[[Any], Done[Any]]]:
        """See `WorkingForm.begin`."""
        desks, month = self._desks, self._month
        draft = IssueDraft(values["on"], values["to"] or "", values["note"], values["signed_by"])

        def work(_progress: object, _cancelled: object) -> Any:
            with desks.reading() as copy:
                return copy.issuing.pack(month, draft)

        return work, desks.issuing.keep

    def _look(self, _progress: object, _cancelled: object) -> Standing:
        with self._desks.reading() as copy:
            return copy.issuing.standing(self._month)

    def _show(self, standing: Standing) -> None:
        """Say how the month stands, and ask for what it needs to be reported."""
        if not isValid(self):
            return  # the window was closed meanwhile
        before = standing.before
        self.save_button.setEnabled(standing.ended)
        self.grid.show_field(self.note, shown=standing.ended and (not standing.ties or before is not None))
        self.grid.show_field(self.signed_by, shown=standing.ended and not standing.ties)
        closing = f"期末在办 {standing.closing} 件。"
        if not standing.ended:
            self.standing.say("这个月还没有过完", "数字还会变，到下个月再报送；现在可以打印草稿。", Tone.WARNING)
        elif not standing.ties:
            self.note.caption.setText("差异说明")
            self.standing.say("数字不平衡", "请先查清；确实要报的，写明差异说明和说明人，会印在月报里。", Tone.DANGER)
        elif before is not None:
            self.note.caption.setText("更正说明")
            changes = "\n".join(f"· {line}" for line in standing.changes) or "数字和上次报的一样。"
            self.standing.say(
                f"{before.on} 报过，这次是更正报送", f"{changes}\n这些和更正说明会印在月报里。", Tone.WARNING
            )
        else:
            self.standing.say("数字平衡，可以报送", f"{closing}{_KEPT}", Tone.GOOD)


class IssueWindow(QDialog):
    """The form in a window of its own.

    Args:
        shell: what the window lends.
        desks: the open station file.
        month: what is to be reported.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, month: Period, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.setWindowTitle("定稿报送")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(560), px(500))
        self.form = IssueForm(shell, desks, month)
        self.form.saved.connect(self._kept)
        self.form.closed.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.form.start()

    def _kept(self, done: Done[Issued]) -> None:
        self.accept()
        self._shell.changes.publish(done)
