"""The forms about the password: set or change it, remove it, ask for it; their work runs on the worker thread."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from station_app.domain.problems import InvalidInput
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import label
from station_app.ui.form import FormPanel
from station_app.ui.jobs import JobRunner, Work
from station_app.ui.messages import Messages
from station_app.ui.password_field import PasswordField

NO_STEP = 0


class WorkingForm(FormPanel):
    """A form whose saving takes a moment: the window waits, what is wrong comes back to the fields.

    Args:
        title, save_word: see `FormPanel`.
        jobs: the one worker thread.
        messages: for faults.
    """

    def __init__(self, title: str, jobs: JobRunner, messages: Messages, save_word: str) -> None:
        super().__init__(title, self._never, messages, save_word=save_word)
        self._jobs = jobs
        self._asked = messages
        self._last: QWidget | None = None
        self._waiting = False
        # Also when nobody is told the result any more: a window must not stay shut.
        jobs.ended.connect(self._job_ended)

    def begin(self, values: dict[str, Any]) -> tuple[Work, Callable[[Any], Done[Any]]]:
        """Return what runs on the worker thread, and what is done with its result afterwards.

        Raises:
            InvalidInput, StationFault: shown as by any form.
        """
        raise NotImplementedError

    def save(self, *, go_on: bool = False) -> bool:
        """Begin the work; ``saved`` comes when it is done, so the answer is always that nothing is saved yet."""
        del go_on
        if self._waiting:
            return False
        try:
            work, finish = self.begin(self.values())
        except InvalidInput as wrong:
            self.show_problems(wrong.problems)
            return False
        except StationFault as fault:
            self._asked.tell_fault(fault)
            return False
        self.show_problems(())
        self._wait()
        self._jobs.run(self.title(), work, lambda result: self._worked(finish, result), self._failed)
        return False

    def forget(self) -> None:
        """Empty every field: no password stays where it is not needed."""
        self.set_values(dict.fromkeys(self.fields))
        for field in self.fields.values():
            if isinstance(field, PasswordField):
                field.show_text(shown=False)

    def _worked(self, finish: Callable[[Any], Done[Any]], result: object) -> None:
        try:
            done = finish(result)
        except InvalidInput as wrong:
            self.show_problems(wrong.problems)
        except StationFault as fault:
            self._asked.tell_fault(fault)
        else:
            self.forget()
            self.saved.emit(done)

    def _failed(self, error: BaseException) -> bool:
        if isinstance(error, InvalidInput):
            self.show_problems(error.problems)
            return True
        return False

    def _wait(self) -> None:
        self._waiting = True
        # A moment later: the key that saves is still held down.
        QTimer.singleShot(0, self, self._shut_window)

    def _shut_window(self) -> None:
        if self._waiting:
            self._last = QApplication.focusWidget()
            self.window().setEnabled(False)

    def _job_ended(self, title: str) -> None:
        if title == self.title():
            self._wait_no_more()

    def _wait_no_more(self) -> None:
        if self._waiting:
            self._waiting = False
            self.window().setEnabled(True)
            if self._last is not None and self.isAncestorOf(self._last):
                self._last.setFocus()

    @staticmethod
    def _never(_values: dict[str, Any]) -> Done[Any]:
        raise NotImplementedError


class SetPasswordForm(WorkingForm):
    """Sets, changes or renews the password.

    Args:
        desks: the desks of the open file.
        by_sheet: the file was opened by its recovery sheet: the forgotten password is not asked for.
    """

    def __init__(self, desks: Desks, jobs: JobRunner, messages: Messages, *, by_sheet: bool = False) -> None:
        locked = desks.password.state().locked
        super().__init__("修改密码" if locked else "设置密码", jobs, messages, "保存密码")
        self._desks = desks
        self._by_sheet = by_sheet
        if locked and not by_sheet:
            self.add("current", PasswordField("现在的密码"))
        self.add("new", PasswordField("新密码", tells_strength=True))
        self.add("again", PasswordField("再输一次")).on_enter = self.save
        hint = "至少8个字符，越长越好，可以用一句只有自己知道的话的拼音。字母分大小写。"
        self.add_widget(label(hint, "small", wrap=True), under_fields=True)

    def begin(self, values: dict[str, Any]) -> tuple[Work, Callable[[Any], Done[Any]]]:
        """See `WorkingForm.begin`."""
        desk = self._desks.password
        if self._by_sheet:
            change = desk.change_by_sheet(values["new"], values["again"])
        else:
            change = desk.change(values.get("current", ""), values["new"], values["again"])
        return change.prepare, lambda _nothing: change.finish()


class RemovePasswordForm(WorkingForm):
    """Removes the password."""

    def __init__(self, desks: Desks, jobs: JobRunner, messages: Messages) -> None:
        super().__init__("取消密码", jobs, messages, "取消密码")
        self._desks = desks
        self.add("current", PasswordField("现在的密码"))
        hint = "取消以后，谁拿到这个文件或以后的备份，都能看到里面的姓名、电话和反映内容。"
        self.add_widget(label(hint, "small", wrap=True), under_fields=True)
        self.cancel_button.setText("不取消，保留密码")

    def begin(self, values: dict[str, Any]) -> tuple[Work, Callable[[Any], Done[Any]]]:
        """See `WorkingForm.begin`."""
        change = self._desks.password.remove(values["current"])
        return change.prepare, lambda _nothing: change.finish()


class AskPasswordForm(WorkingForm):
    """Asks for the present password before the recovery sheet is shown."""

    def __init__(self, desks: Desks, jobs: JobRunner, messages: Messages) -> None:
        super().__init__("打印恢复单", jobs, messages, "显示恢复单")
        self._desks = desks
        self.add("current", PasswordField("现在的密码")).on_enter = self.save
        hint = "恢复单能打开登记簿，请直接打印，放进保险柜。"
        self.add_widget(label(hint, "small", wrap=True), under_fields=True)

    def begin(self, values: dict[str, Any]) -> tuple[Work, Callable[[Any], Done[Any]]]:
        """See `WorkingForm.begin`."""
        desk = self._desks.password
        desk.ask_right()

        def work(_progress: object, _cancelled: object) -> None:
            desk.refuse_wrong(values["current"])

        return work, lambda _nothing: Done(None, "", frozenset(), NO_STEP)
