"""The window: navigation, top bar, the page that is shown, status line, and the shortcuts of all pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from station_app.domain.problems import InvalidInput
from station_app.services.done import Done
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.ui.change_signal import ChangeSignal
from station_app.ui.icons import icon
from station_app.ui.jobs import JobRunner
from station_app.ui.messages import Messages
from station_app.ui.navigation import Navigation
from station_app.ui.page import Page, Shell
from station_app.ui.status_line import StatusLine
from station_app.ui.theme import ACCENT
from station_app.ui.top_bar import Hit, TopBar

if TYPE_CHECKING:
    from station_app.ui.form import FormPanel
    from station_app.ui.help_window import HelpWindow  # loaded when F1 is pressed

_TITLE_BAR = 30
"""Room for the title bar that the window manager adds."""


@dataclass(frozen=True)
class PageEntry:
    """A page of the navigation, built when it is first shown.

    Args:
        key: stable English key, e.g. ``opinions``.
        word: the word under the icon, e.g. 意见.
        icon_name: an icon of ``resources/icons``.
        make: builds the page.
        within: key of the page from which this one is reached; it then stands in no navigation of its own.
    """

    key: str
    word: str
    icon_name: str
    make: Callable[[Shell], Page]
    within: str = ""


class MainWindow(QMainWindow):
    """The frame around the pages.

    Args:
        station: the station's name.
        entries: the pages in the order of Alt+1, Alt+2 …
        clock: today is an argument.
        settings: what the window remembers; see `window_settings`.
        messages: every question and notice.
        search: finds hits for a typed text; None leaves the search out.
        undo: takes the last step back and returns its `Done`; None leaves 撤销 out.
        demo: whether the data are invented.
    """

    def __init__(
        self,
        station: str,
        entries: Sequence[PageEntry],
        *,
        clock: Clock,
        settings: QSettings,
        messages: Messages,
        search: Callable[[str], Sequence[Hit]] | None = None,
        undo: Callable[[], Done[Any]] | None = None,
        demo: bool = False,
    ) -> None:
        super().__init__()
        self._entries = {entry.key: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self._seen: set[str] = set()
        self._settings = settings
        self._undo = undo
        self._help: HelpWindow | None = None
        self.messages = messages
        self.changes = ChangeSignal(self)
        self.jobs = JobRunner(messages, self)
        self.shell = Shell(messages, self.changes, self.jobs, settings, clock, self.open_page)
        self._listed = [entry for entry in entries if not entry.within]
        self.navigation = Navigation([(entry.key, entry.word, entry.icon_name) for entry in self._listed])
        self.top_bar = TopBar(station, search)
        self.top_bar.set_demo(demo=demo)
        self.status_line = StatusLine()
        self.stack = QStackedWidget()
        self.cover = QStackedWidget()
        self._station = station
        self._lay_out()
        self._connect()
        self._bind_shortcuts()
        self.setWindowIcon(icon("users", ACCENT))
        self.setWindowTitle(station)
        self._restore_place()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        frame = QWidget()
        whole = QVBoxLayout(frame)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(middle, 1)
        whole.addWidget(self.status_line)
        self.cover.addWidget(frame)
        self.setCentralWidget(self.cover)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.show_page)
        self.changes.changed.connect(self._say_done)
        self.jobs.progressed.connect(self.status_line.show_job)
        self.jobs.ended.connect(lambda _title: self.status_line.end_job())
        self.jobs.cancelled.connect(lambda title: self.status_line.say(f"已取消：{title}"))
        self.status_line.cancel_asked.connect(self.jobs.cancel)
        self.status_line.undo_asked.connect(self.undo)
        self.status_line.help_asked.connect(self.show_help)
        if self.top_bar.search is not None:
            self.top_bar.search.chosen.connect(lambda hit: self.open_page(hit.page, hit.key))

    def _bind_shortcuts(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "F1": self.show_help,
            "F2": lambda: self._ask_page(lambda page: page.new()),
            "Ctrl+P": lambda: self._ask_page(lambda page: page.print_()),
            "Ctrl+E": lambda: self._ask_page(lambda page: page.export()),
            "Ctrl+F": self.focus_search,
            "Ctrl+Z": self.undo,
            "Esc": self._back,
        }
        for number, entry in enumerate(self._listed, start=1):
            keys[f"Alt+{number}"] = partial(self.show_page, entry.key)
        for sequence, action in keys.items():
            shortcut = QShortcut(QKeySequence(sequence), self)
            shortcut.activated.connect(action)

    def page(self, key: str) -> Page:
        """Return a page, building it when it is asked for the first time.

        Raises:
            KeyError: there is no such page.
        """
        if key not in self._pages:
            made = self._entries[key].make(self.shell)
            self._pages[key] = made
            self.stack.addWidget(made)
        return self._pages[key]

    def current_page(self) -> Page | None:
        """Return the page that is shown, or None before the first one."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_page(self, key: str) -> None:
        """Go to a page; a form that is open on the page left stays as it is."""
        first_time = key not in self._seen  # it may have been built before, behind the page that was shown
        self._seen.add(key)
        page = self.page(key)
        self.stack.setCurrentWidget(page)
        self.navigation.show_current(self._entries[key].within or key)
        self.tell_title()
        # Qt would begin with the first button in the header; a page shown again goes on where the clerk was.
        if first_time or not page.isAncestorOf(QApplication.focusWidget() or self):
            page.setFocus()

    def tell_title(self) -> None:
        """Write page and station into the title bar."""
        page = self.current_page()
        self.setWindowTitle(f"{page.title()} - {self._station}" if page else self._station)

    def drop_pages(self) -> None:
        """Throw all pages away with what is open on them; they are built anew when they are shown."""
        pages, self._pages, self._seen = self._pages, {}, set()
        for page in pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()

    def open_page(self, key: str, item: object = None) -> None:
        """Go to a page and, when ``item`` is not None, open the record with that id there."""
        self.show_page(key)
        if item is not None:
            self.page(key).open_item(item)

    def focus_search(self) -> None:
        """Put the cursor into the search (Ctrl+F)."""
        if self.top_bar.search is not None:
            self.top_bar.search.setFocus()
            self.top_bar.search.selectAll()

    def undo(self) -> None:
        """Take the last step back (Ctrl+Z), if 撤销 is offered."""
        if self._undo is None or not self.status_line.can_undo():
            return
        try:
            done = self._undo()
        except InvalidInput as refused:
            self.status_line.say(str(refused))
        except StationFault as fault:
            self.messages.tell_fault(fault)
        else:
            self.changes.publish(done)
            self.status_line.say(done.label)

    def show_help(self) -> None:
        """Show the help of this page with all shortcuts (F1)."""
        from station_app.ui.help_window import HelpWindow

        if self._help is None:
            numbered = enumerate(self._listed, start=1)
            self._help = HelpWindow(self, self.messages, tuple((f"Alt+{number}", one.word) for number, one in numbered))
        page = self.current_page()
        key = next((key for key, one in self._pages.items() if one is page), "")
        self._help.show_page(key, page.shortcuts() if page else ())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved forms, stop the job, remember size and place."""
        if not self.leave_forms():
            event.ignore()
            return
        self.jobs.stop()
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.sync()
        super().closeEvent(event)

    def leave_forms(self) -> bool:
        """Ask once about all unsaved forms before closing; return False when the clerk goes on writing."""
        forms = {key: form for key, page in self._pages.items() if (form := page.unfinished())}
        if not forms:
            return True
        self.show_page(next(iter(forms)))
        what = "、".join(form.title() for form in forms.values())
        answer = self.messages.ask_unsaved(what, drafts=not self.has_unkept_text())
        for key, form in forms.items():
            if not form.leave_with(answer):
                self.show_page(key)  # what is wrong with it is told there
                return False
        return True

    def keep_drafts(self) -> None:
        """Keep what is typed in every form, so that neither a lock nor the end of the session loses it."""
        for form in self._forms():
            if form.keeper is not None:
                form.keeper.keep()

    def has_unkept_text(self) -> bool:
        """Tell whether text is typed in forms that keep no draft: those with passwords."""
        return any(form.keeper is None and form.is_changed() for form in self._forms())

    def _forms(self) -> "list[FormPanel]":
        from station_app.ui.form import FormPanel  # the first page has none

        return self.stack.findChildren(FormPanel)

    def _say_done(self, done: Done[Any]) -> None:
        # An export or a print has no step: there is nothing to take back.
        self.status_line.say(done.label, undoable=self._undo is not None and bool(done.step_id))

    def _ask_page(self, what: Callable[[Page], None]) -> None:
        page = self.current_page()
        if page is not None:
            what(page)

    def _back(self) -> None:
        page = self.current_page()
        if self.top_bar.search is not None and self.top_bar.search.hasFocus() and page is not None:
            page.setFocus()
        elif page is not None:
            page.back()

    def _restore_place(self) -> None:
        room = self.screen().availableGeometry().size() - QSize(0, _TITLE_BAR)
        self.setMinimumSize(QSize(1024, 680).boundedTo(room))
        saved = self._settings.value("window/geometry")
        if not (isinstance(saved, QByteArray) and self.restoreGeometry(saved)):
            self.resize(QSize(1280, 800).boundedTo(room))
        if self.windowState() & Qt.WindowState.WindowMinimized:
            self.setWindowState(Qt.WindowState.WindowNoState)


def window_settings(path: str) -> QSettings:
    """Return the settings kept in the ini file at ``path``; never the registry."""
    return QSettings(path, QSettings.Format.IniFormat)
