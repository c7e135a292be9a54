"""Scenes of the password's pages for `tests.pictures`."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station_app.support.clock import fixed_clock
from station_app.ui.jobs import JobRunner
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.password_field import PasswordField
from station_app.ui.password_section import PasswordSection
from station_app.ui.recovery_sheet_window import RecoverySheetWindow
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from station_app.ui.unlock_window import UnlockWindow
from tests.storage.locked import locked_station
from tests.ui.small_station import small_station

TODAY = date(2026, 11, 25)
PASSWORD = "tian xia wei gong 2026"
NAME = "清源县禾溪镇人大代表联络站.station"


def rested(jobs: JobRunner) -> None:
    """Wait for jobs and timers."""
    for turn in range(200):
        loop = QEventLoop()
        QTimer.singleShot(50, loop.quit)
        loop.exec()
        if not jobs.busy and turn > 3:
            return


class _Unlock(UnlockWindow):
    """The window after something was typed."""

    def __init__(self, folder: Path, prepare: Callable[["_Unlock"], None]) -> None:
        path = folder / NAME
        locked_station(path, PASSWORD)
        super().__init__(path, fixed_clock(TODAY), "", RecordedMessages())
        self._prepare = prepare

    def before_picture(self) -> None:
        """Type, and wait for what comes of it."""
        self.begin()
        self._prepare(self)
        rested(self.jobs)


def _wrong(window: _Unlock) -> None:
    window.word_form.fields["password"].set_value("wrong password")
    window.word_form.save()


def _rows(window: _Unlock) -> None:
    window.ask_sheet()
    for number, text in enumerate(("3F7K 9QXD M2WA", "abcd efgh"), start=1):
        field = window.sheet_form.fields[f"row_{number}"]
        field.set_value(text)
    window.sheet_form.save()


class _Settings(StationWindow):
    """The section of the settings."""

    def __init__(self, folder: Path, *, locked: bool, prepare: Callable[[PasswordSection], None] | None = None) -> None:
        path = folder / NAME
        desks = locked_station(path, PASSWORD, keep=True) if locked else small_station(path)
        assert desks is not None
        super().__init__(desks, window_settings(str(folder / "window.ini")), RecordedMessages())
        self._prepare = prepare

    def before_picture(self) -> None:
        """Go to the section."""
        self.begin()
        self.show_page("settings")
        page = self.page("settings")
        assert isinstance(page, SettingsPage)
        page.go_to("密码与安全")
        section = page.section()
        assert isinstance(section, PasswordSection)
        if self._prepare is not None:
            self._prepare(section)
        rested(self.jobs)


def _typing(section: PasswordSection) -> None:
    section.begin_set()
    form = section.form
    assert form is not None
    field = form.fields["new"]
    assert isinstance(field, PasswordField)
    field.show_text(shown=True)
    field.edit.insert("12345678")
    field.edit.textEdited.emit("12345678")


def _just_set(section: PasswordSection) -> None:
    _typing(section)
    assert section.form is not None
    section.form.set_values({"new": PASSWORD, "again": PASSWORD})
    section.form.save()


_kept: list[QWidget] = []  # the sheet lies over a window, which must live as long as it


class _Sheet(RecoverySheetWindow):
    def __init__(self, folder: Path) -> None:
        window = _Settings(folder, locked=True)
        _kept.append(window)
        super().__init__(window.shell, window.desks, window)

    def before_picture(self) -> None:
        """Wait for the page."""
        rested(self._shell.jobs)


def _with_old_backups(folder: Path) -> QWidget:
    shown = _Settings(folder, locked=False, prepare=_just_set)
    shown.desks.housekeeping.back_up("手动")
    return shown


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "unlock": lambda folder: _Unlock(folder, lambda _window: None),
    "unlock-wrong": lambda folder: _Unlock(folder, _wrong),
    "unlock-sheet": lambda folder: _Unlock(folder, _rows),
    "password-none": lambda folder: _Settings(folder, locked=False),
    "password-typing": lambda folder: _Settings(folder, locked=False, prepare=_typing),
    "password-set": _with_old_backups,
    "password-remove": lambda folder: _Settings(folder, locked=True, prepare=PasswordSection.begin_remove),
    "password-sheet": _Sheet,
}
SIZES = {
    "unlock": (600, 440),
    "unlock-wrong": (600, 440),
    "unlock-sheet": (600, 680),
    "password-typing": (1024, 700),
    "password-set": (1024, 700),
    "password-sheet": (820, 760),
}
