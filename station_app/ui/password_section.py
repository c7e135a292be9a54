"""设置 · 密码与安全: whether the file is locked, the password, the recovery sheet, and old backups without password."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Button, Card, Notice, PrimaryButton, button, label
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.page import Shell
from station_app.ui.password_forms import AskPasswordForm, RemovePasswordForm, SetPasswordForm, WorkingForm
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.theme import Tone, px

_WORDS = (
    "密码把整个登记簿加密：没有密码，复制走的文件、U盘上的备份都打不开。",
    "忘记密码时只有恢复单能打开，任何人、任何软件都找不回来。所以设好密码就打印恢复单，放进保险柜。",
    "本机非涉密，严禁录入国家秘密、工作秘密；设了密码也一样。",
)


class PasswordSection(QWidget):
    """The state and what can be done about it at the left, the form of what is being done at the right.

    Signals:
        saved: the `Done` of a change; the page publishes it.
        left: the form was closed.

    Args:
        shell: what the window lends.
        desks: the desks of the open file.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        self._shell = shell
        self._desks = desks
        self.form: WorkingForm | None = None
        self.state = Notice(Tone.INFO)
        self.news = Notice(Tone.INFO)
        self.old = Notice(Tone.WARNING)
        self.set_button: Button = PrimaryButton("设置密码", "lock")
        self.sheet_button = button("打印恢复单", "printer")
        self.change_button = button("修改密码", "pencil")
        self.remove_button = button("取消密码", "x")
        self.delete_button = button("删除没有密码的备份", "trash-2")
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card("密码与安全")
        area = ScrollColumn()
        row = QWidget()
        actions = FlowLayout(row)
        made: list[tuple[Button, Callable[[], None]]] = [
            (self.set_button, self.begin_set),
            (self.sheet_button, self.begin_sheet),
            (self.change_button, self.begin_set),
            (self.remove_button, self.begin_remove),
        ]
        for one, action in made:
            one.clicked.connect(lambda _checked=False, action=action: action())
            actions.addWidget(one)
        self.delete_button.clicked.connect(lambda _checked=False: self.delete_plain_backups())
        for part in (self.state, row, self.news, self.old):
            area.body.addWidget(part)
        area.body.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignLeft)
        area.body.addSpacing(px(6))
        for words in _WORDS:
            area.body.addWidget(label(words, "muted", wrap=True))
        area.body.addStretch(1)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(area, 1)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(px(12))
        self.split.addWidget(card)
        self.split.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)

    def reload(self) -> None:
        """Show the state as it is now."""
        state = self._desks.password.state()
        changed = f"（{state.changed_on} 起）" if state.changed_on else ""
        if state.locked:
            self.state.say(
                f"已设密码{changed}", f"打开登记簿要输入密码。现在的恢复单是 {state.sheet_number} 号。", Tone.GOOD
            )
        else:
            self.state.say(
                f"没有密码{changed}",
                "谁拿到这个文件，都能看到里面的姓名、电话和反映内容。建议设一个密码。",
                Tone.WARNING,
            )
        self.set_button.setVisible(not state.locked)
        for one in (self.sheet_button, self.change_button, self.remove_button):
            one.setVisible(state.locked)
        self._tell_plain_backups()

    def start(self) -> None:
        """Put the cursor where the clerk goes on."""
        if self.form is not None:
            self.form.start()
        else:
            (self.set_button if self.set_button.isVisibleTo(self) else self.sheet_button).setFocus()

    def begin_set(self) -> None:
        """Open the form that sets or changes the password."""
        self._open(lambda: SetPasswordForm(self._desks, self._shell.jobs, self._shell.messages), self._was_set)

    def begin_remove(self) -> None:
        """Open the form that removes the password."""
        self._open(lambda: RemovePasswordForm(self._desks, self._shell.jobs, self._shell.messages), self._was_removed)

    def begin_sheet(self) -> None:
        """Ask for the password, then show the recovery sheet."""
        self._open(lambda: AskPasswordForm(self._desks, self._shell.jobs, self._shell.messages), self._may_see_sheet)

    def show_sheet(self) -> None:
        """Show the recovery sheet."""
        from station_app.ui.recovery_sheet_window import RecoverySheetWindow

        RecoverySheetWindow(self._shell, self._desks, self.window()).show()

    def delete_plain_backups(self) -> None:
        """Delete the backups that anybody can read, after a question."""
        count = len(self._desks.password.plain_backups())
        agreed = self._shell.messages.ask(
            f"删除 {count} 份没有密码的备份吗？",
            "删除以后不能恢复。刚做的有密码的备份不受影响；没有插上的U盘和自己另外复制的，请自己删除。",
            yes="删除",
            danger=True,
        )
        if not agreed:
            return
        try:
            deleted = self._desks.password.delete_plain_backups()
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            return
        left = len(self._desks.password.plain_backups())
        self.news.say("", f"已删除 {deleted} 份没有密码的备份。" + (f"还有 {left} 份没有删掉。" if left else ""))
        self._tell_plain_backups()

    def close_form(self) -> bool:
        """Close the form, asking about unsaved text; return False when the clerk goes on writing."""
        return self.form is None or self.form.leave()

    def _open(self, make: Callable[[], WorkingForm], done: Callable[[Done[Any]], None]) -> None:
        if not self.close_form():
            return
        self.news.say("")
        form = make()
        form.set_active(True)
        form.setMinimumWidth(px(370))
        form.saved.connect(done)
        form.closed.connect(self._closed)
        self.form = form
        self.split.addWidget(form)
        form.start()

    def _closed(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.forget()
            form.take_out()
        self.start()
        self.left.emit()

    def _was_set(self, done: Done[Any]) -> None:
        first = done.label == "密码已设好"
        self._closed()
        self._changed(
            done,
            "请现在就打印恢复单，忘记密码时只有它能打开登记簿。"
            if first
            else "旧的恢复单作废了，请重新打印。以前的备份仍用当时的密码（或当时的恢复单）打开。",
        )
        self.sheet_button.setFocus()

    def _was_removed(self, done: Done[Any]) -> None:
        self._closed()
        self._changed(done, "恢复单作废了。以前有密码的备份仍用当时的密码打开。")

    def _may_see_sheet(self, _done: Done[Any]) -> None:
        self._closed()
        self.show_sheet()

    def _changed(self, done: Done[Any], words: str) -> None:
        """Back the file up under its new key and tell what follows."""

        def work(_progress: object, _cancelled: object) -> None:
            with self._desks.reading() as copy:
                copy.password.back_up()

        def backed_up(_nothing: object) -> None:
            self.news.say(f"{done.label}，并已做好新的备份。", words, Tone.GOOD)
            self.reload()

        def failed(_error: BaseException) -> bool:
            self.news.say(f"{done.label}。新的备份没有做成，请手动备份一次。", words, Tone.WARNING)
            return False  # the fault itself is told as ever

        self.saved.emit(done)
        self.reload()
        self.news.say(f"{done.label}，正在做新的备份…", words)
        self._shell.jobs.run("备份", work, backed_up, failed)

    def _tell_plain_backups(self) -> None:
        count = len(self._desks.password.plain_backups()) if self._desks.password.state().locked else 0
        self.old.say(
            f"有 {count} 份以前的备份没有密码" if count else "",
            "它们在“备份”文件夹和插着的U盘里，谁都能打开。确认新备份可用以后，可以删除。" if count else "",
        )
        self.delete_button.setVisible(bool(count))
