"""What stands behind the windows: which file is open, which window shows it, and what is done about files."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from station_app.station import Desks, restore_station
from station_app.support.clock import Clock
from station_app.support.faults import DamagedFile, FileInUse, PasswordNeeded, StationFault
from station_app.support.paths import Places
from station_app.ui.demo_host import DemoHost
from station_app.ui.diagnostic_packages import DiagnosticPackages
from station_app.ui.file_menu import FileMenu
from station_app.ui.messages import STATION_FILES, Boxes, Messages
from station_app.ui.recent_files import RecentFiles
from station_app.ui.rescuer import Rescuer
from station_app.ui.second_start import Wish
from station_app.ui.station_window import StationWindow
from station_app.ui.taking_over import open_or_ask
from station_app.ui.unlocker import Unlocker

if TYPE_CHECKING:
    from station_app.services.backup_desk import Restoration
    from station_app.ui.first_start import FirstStart  # loaded when it is first shown

log = logging.getLogger(__name__)


class Program(QObject):
    """Opens one register at a time in its window, and the assistant where there is none.

    Args:
        places: where things lie.
        settings: what the window remembers.
        messages: every question and notice.
        clock: today is an argument.
        operator: who works; empty for the station's clerk.
    """

    def __init__(self, places: Places, settings: QSettings, messages: Messages, clock: Clock, operator: str) -> None:
        super().__init__()
        self._places = places
        self._settings = settings
        self._messages = messages
        self._clock = clock
        self._operator = operator
        self._files = RecentFiles(settings)
        self.packages = DiagnosticPackages(places.log, settings, messages, clock, self._open_desks)
        self.window: StationWindow | None = None
        self.assistant: FirstStart | None = None
        self.desks: Desks | None = None
        self._demo = False
        self.demo = DemoHost(places.data, clock, messages)
        self.demo.ready.connect(self._demo_ready)
        self.demo.given_up.connect(self._demo_given_up)
        self.unlocker = Unlocker(clock, operator, messages)
        self.unlocker.unlocked.connect(self._unlocked)
        self.unlocker.other_asked.connect(self.choose_file)
        self.unlocker.left.connect(self._unlocker_left)
        self.unlocker.damaged.connect(self._rescue)
        self.rescuer = Rescuer(clock, settings, messages)
        self.rescuer.rescued.connect(self._rescued)
        self.rescuer.left.connect(self._rescuer_left)

    # Beginning

    def begin(self, wish: Wish) -> bool:
        """Show the first window; return False when a file that was named cannot be opened, which is told."""
        if wish.demo:
            self.try_demo()
            return True
        if wish.file is not None:
            return self._try_open(wish.file)
        last = self._files.last() or self._only_register()
        if last is None:
            self.show_assistant()
            return True
        self._open_last(last)
        return True

    def grant(self, wish: Wish) -> None:
        """Grant the wish of a later start: come forward, and ask before another file is opened."""
        log.info("a later start: file %s, demo %s", wish.file is not None, wish.demo)
        self.come_forward()
        if wish.demo and not self.in_demo() and self.demo.maker is None:
            QTimer.singleShot(0, self._ask_for_demo)
        elif wish.file is not None and wish.file != self._open_path():
            path = wish.file
            QTimer.singleShot(0, lambda: self._ask_for(path))

    def come_forward(self) -> None:
        """Put the window in front."""
        window = self._front()
        if window is not None:
            if window.isMinimized():
                window.showNormal()
            window.raise_()
            window.activateWindow()

    def tell_crashes(self, crashes: Iterable[str]) -> None:
        """Tell that the last run ended badly and offer a diagnostic package, once nobody is asked for a password.

        A box above that question would take what is typed: the password would become the name of the package.
        """
        self.packages.take(crashes)
        if self.window is not None:
            self.window.when_signed_in(self.packages.offer)
        elif self.unlocker.window is None:
            QTimer.singleShot(0, self.packages.offer)

    def close(self) -> None:
        """Close what is still open; the windows are gone by now, or the session ends."""
        self.demo.close()
        self.rescuer.close()
        if self.window is not None:
            self.window.backups.stop()
            self.window.jobs.stop()
        if self.desks is not None:
            self.desks.close()
            self.desks = None

    # The assistant

    def show_assistant(self) -> None:
        """Show the assistant; a register that is open stays open beside it."""
        from station_app.ui.first_start import FirstStart

        if self.assistant is None:
            made = FirstStart(
                self._places.data, self._clock, self._settings, self._messages, beside=self.window is not None
            )
            made.founded.connect(self._founded)
            made.demo_asked.connect(self.try_demo)
            made.open_asked.connect(self.choose_file)
            made.again_asked.connect(self._look_again)
            made.rescue_asked.connect(self.rescue_file)
            made.left.connect(self._assistant_left)
            self.assistant = made
            self._set_parent_of_boxes(made)
            made.show()
            made.begin()
        self.come_forward()

    def _founded(self, desks: Desks, import_roster: bool) -> None:
        log.info("register founded")
        if not self._leave_open_file():
            self._files.remember(desks.path)
            desks.close()
            if self.assistant is not None:
                self.assistant.close()
            return
        self._show(desks)
        if desks.locked and self.window is not None:
            self.window.offer_recovery_sheet()
        if import_roster and self.window is not None:
            QTimer.singleShot(0, self.window.start_roster_import)

    def _assistant_left(self) -> None:
        if self.assistant is not None:
            self.assistant.deleteLater()
            self.assistant = None
            self._set_parent_of_boxes(self.window)

    def _look_again(self) -> None:
        last = self._files.last() or self._only_register()
        if last is not None:
            self._open_last(last)

    def _open_last(self, path: Path) -> None:
        """Open the register used last; what hinders that stands above the assistant, which comes instead."""
        try:
            self._show(Desks.open(path, self._clock, self._operator))
        except PasswordNeeded:
            self._ask_password(path)
        except DamagedFile:
            self._rescue(path)
        except StationFault as fault:
            self.show_assistant()
            if self.assistant is not None:
                self.assistant.say(f"上次用的登记簿“{path.stem}”没有打开：{fault.what}", fault.todo, again=True)
            if isinstance(fault, FileInUse) and fault.may_take_over:
                QTimer.singleShot(0, lambda: self._try_open(path))

    # FileActions

    def recent(self) -> list[Path]:
        """Return the files opened lately, the open one not among them."""
        return [path for path in self._files.all() if path != self._open_path()]

    def in_demo(self) -> bool:
        """Tell whether the open file is a demo."""
        return self.window is not None and self._demo

    def choose_file(self) -> None:
        """Let the clerk choose a register to open."""
        folder = self._open_path()
        chosen = self._messages.choose_file("打开登记簿", STATION_FILES, folder.parent if folder else self._places.data)
        if chosen is not None:
            self.open_file(chosen)

    def open_file(self, path: Path) -> None:
        """Open a register instead of the open one; that one stays when the other cannot be opened."""
        if path == self._open_path():
            self.come_forward()
        else:
            self._try_open(path)

    def show_folder(self) -> None:
        """Show the folder of the open file in the system's file window."""
        path = self._open_path()
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
            self._messages.tell("这台电脑没有能打开文件夹的程序。", f"登记簿在：{path}")

    def try_demo(self) -> None:
        """Open today's demo, making it first."""
        if self.assistant is not None:
            self.assistant.setEnabled(False)
        self.demo.ask(self.assistant or self.window)

    def end_demo(self) -> None:
        """Throw the open demo away after a question, and go back to the real register or to the assistant."""
        desks, window = self.desks, self.window
        if desks is None or window is None or not self.in_demo() or not self.demo.agrees_to_end():
            return
        window.give_up_changes()
        path = desks.path
        if self._leave_open_file():
            self.demo.throw_away(path)
            self.begin(Wish())

    def restore(self, restoration: "Restoration") -> None:
        """Let a proven backup take the open register's place; a form that is not saved is asked about first."""
        if not self._leave_open_file():
            return
        try:
            desks = restore_station(restoration, self._clock, self._operator)
        except StationFault as fault:
            self._messages.tell_fault(fault)
            if not self._try_open(restoration.path):
                self.show_assistant()
            return
        log.info("a backup was restored")
        self._show(desks)
        if self.window is not None and self.window.lock.page is None:
            self.window.show_page("backups")
            self.window.status_line.say(f"已恢复到 {restoration.backup.at:%Y-%m-%d %H:%M} 的备份")

    def rescue_file(self) -> None:
        """Let the clerk choose a damaged register; the open one is closed first if it is that."""
        folder = self._open_path()
        kinds = f"{STATION_FILES};;所有文件 (*)"
        chosen = self._messages.choose_file("抢救哪个登记簿", kinds, folder.parent if folder else self._places.data)
        if chosen is None:
            return
        if chosen == folder and not self._leave_open_file():
            return
        self._rescue(chosen)

    def save_package(self) -> None:
        """Save a diagnostic package where the clerk chooses."""
        self.packages.save()

    def show_about(self) -> None:
        """Show versions, places and licences."""
        from station_app.ui.about import Action, about_box

        parent = self._front()
        if parent is None:
            return
        actions = [Action("保存诊断包…", "download", self.save_package)]
        if self.desks is not None:
            actions.append(Action("打开所在文件夹", "folder-open", self.show_folder))
        if self.in_demo():
            actions.insert(0, Action("结束体验，建立正式登记簿…", "trash-2", self.end_demo, closes=True))
        about_box(parent, self.desks, self._places.log, actions).show()

    # Files and windows

    def _try_open(self, path: Path) -> bool:
        """Open a file and show it, ask for its password, or lead to its rescue; after a fault what was open stays."""

        def open_(take_over: bool) -> Desks:
            return Desks.open(path, self._clock, self._operator, take_over=take_over)

        self._enable_assistant()
        try:
            desks = open_or_ask(open_, self._messages)
        except PasswordNeeded:
            self._ask_password(path)
            return True
        except DamagedFile:
            self._rescue(path)
            return True
        except StationFault as fault:
            self._messages.tell_fault(fault)
            return False
        if desks is None:
            return False
        if not self._leave_open_file():
            desks.close()
            return False
        self._show(desks)
        return True

    def _rescue(self, path: Path, key: object = None) -> None:
        log.info("a rescue begins")
        self._set_parent_of_boxes(self.rescuer.lead(path, key))
        self.unlocker.close()
        self.come_forward()

    def _rescued(self, path: Path) -> None:
        if self._try_open(path):
            self.rescuer.close()

    def _rescuer_left(self) -> None:
        if self.unlocker.window is None and self.window is None:
            self.show_assistant()
        self._set_parent_of_boxes(self.unlocker.window or self.assistant or self.window)

    def _ask_password(self, path: Path) -> None:
        self._set_parent_of_boxes(self.unlocker.ask(path))
        self.come_forward()

    def _unlocked(self, desks: Desks, renewed: bool) -> None:
        if not self._leave_open_file():
            desks.close()
            return
        self._show(desks)
        if renewed and self.window is not None:
            self.window.offer_recovery_sheet()

    def _unlocker_left(self) -> None:
        self._set_parent_of_boxes(self.assistant or self.window)

    def _leave_open_file(self) -> bool:
        """Close the open register with its window; return False when the clerk wants to go on with a form."""
        window = self.window
        if window is None:
            return True
        QApplication.setQuitOnLastWindowClosed(False)
        closed = window.close()
        QApplication.setQuitOnLastWindowClosed(True)
        if closed:
            self.window = None
            self.desks = None
            window.deleteLater()
        return closed

    def _show(self, desks: Desks) -> None:
        window = StationWindow(desks, self._settings, self._messages)
        window.top_bar.set_file_menu(FileMenu(self, window.show_page, window))
        # Once the job that proved the backup is over: the window that waits for it is closed.
        window.restore_asked.connect(lambda restoration: QTimer.singleShot(0, lambda: self.restore(restoration)))
        self.desks, self.window = desks, window
        self._demo = desks.settings.profile().demo  # asked for when the file can perhaps not be read any more
        if not self._demo:
            self._files.remember(desks.path)
        self._set_parent_of_boxes(window)
        window.begin(self._operator)
        window.show()
        window.when_signed_in(window.tell_notes)
        window.when_signed_in(self.packages.offer)
        # Closed only now, for without any window the program would end.
        self.unlocker.close()
        self.rescuer.close()
        if self.assistant is not None:
            self.assistant.close()
        self.come_forward()

    def _only_register(self) -> Path | None:
        """Return the one register at the default place; with several the clerk has to say which."""
        found = sorted(self._places.data.glob("*.station"))
        return found[0] if len(found) == 1 else None

    def _open_path(self) -> Path | None:
        return self.desks.path if self.desks is not None and self.window is not None else None

    def _front(self) -> QWidget | None:
        return self.demo.maker or self.rescuer.window or self.unlocker.window or self.assistant or self.window

    def _set_parent_of_boxes(self, parent: QWidget | None) -> None:
        if isinstance(self._messages, Boxes):
            self._messages.parent = parent

    # Questions

    def _ask_for(self, path: Path) -> None:
        if self._agrees_to(f"要打开“{path.stem}”吗？"):
            self.open_file(path)

    def _ask_for_demo(self) -> None:
        if self.window is None or self._agrees_to("要打开示例联络站吗？"):
            self.try_demo()

    def _agrees_to(self, question: str) -> bool:
        closing = "现在开着的登记簿会先关闭；没有保存的表单会先问。"
        return self._messages.ask(question, closing, yes="打开", no="不打开")

    def _demo_ready(self, path: Path) -> None:
        if not self._try_open(path) and self.window is None:
            self.show_assistant()

    def _demo_given_up(self) -> None:
        self._enable_assistant()
        if self.window is None:
            self.show_assistant()

    def _enable_assistant(self) -> None:
        if self.assistant is not None and not self.assistant.isEnabled():
            self.assistant.setEnabled(True)
            self.assistant.begin()

    def _open_desks(self) -> Desks | None:
        return self.desks if self.window is not None else None
