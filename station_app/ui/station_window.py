"""The window over one open station: its pages, search, undo, backups and how the day is told."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMenu

from station_app.domain.calendars import is_market_day, today_line
from station_app.domain.operators import Right
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.backup_keeper import BackupKeeper
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import Messages
from station_app.ui.page_list import page_entries
from station_app.ui.top_bar import Hit
from station_app.ui.window_lock import WindowLock

_PAGE_OF = {"opinion": "opinions", "visit": "reception", "deputy": "roster"}
_LOOK_AT_THE_DAY_EVERY = 60_000
_QUIET_MS = 200


class StationWindow(MainWindow):
    """The window a clerk works in; closing it writes a verified backup and closes the file.

    Signals:
        locked: the window is covered, because it was locked or nobody has signed in yet.
        unlocked: somebody was let in.
        restore_asked: a `Restoration` is to take the register's place; the program behind the window does it.

    Args:
        desks: the desks of the open station.
        settings: what the window remembers.
        messages: every question and notice.
    """

    locked = Signal()
    unlocked = Signal()
    restore_asked = Signal(object)

    def __init__(self, desks: Desks, settings: QSettings, messages: Messages) -> None:
        profile = desks.settings.profile()
        self.desks = desks
        super().__init__(
            profile.name,
            page_entries(desks, self._ask_to_restore),
            clock=desks.clock,
            settings=settings,
            messages=messages,
            search=self._find,
            undo=desks.housekeeping.undo,
            demo=profile.demo,
        )
        self._operator_menu = QMenu("操作员", self)
        self._operator_menu.aboutToShow.connect(self._fill_operator_menu)
        self.top_bar.set_operator_menu(self._operator_menu)
        self.top_bar.set_lock(self.lock_now)
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock_now)
        QShortcut(QKeySequence("Ctrl+Shift+Z"), self, self.show_steps)
        self.status_line.steps_asked.connect(self.show_steps)
        self.lock = WindowLock(self)
        self.locked.connect(self._forget_viewed)
        self.changes.changed.connect(self._remember_change)
        if self.top_bar.search is not None:
            self.top_bar.search.chosen.connect(self._note_return)
        self.backups = BackupKeeper(desks, self.jobs, self.changes, self.status_line, messages, self)
        self.status_line.backups_asked.connect(lambda: self.open_page("backups"))
        self._warm = False
        self._kept_for_good = False
        self._tell_the_day()
        self._tell_operator()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.commitDataRequest.connect(self._session_ends)
        self._day_timer = QTimer(self, interval=_LOOK_AT_THE_DAY_EVERY)
        self._day_timer.timeout.connect(self._tell_the_day)
        self._day_timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the opinions and their words into memory in the background once the window stands."""
        super().showEvent(event)
        if not self._warm and self.lock.page is None:
            self._warm = True
            QTimer.singleShot(_QUIET_MS, self._warm_up)

    def _warm_up(self) -> None:
        if not self.isVisible():
            return  # closed again at once
        desks = self.desks

        def work(_progress: object, _cancelled: object) -> Any:
            with desks.reading() as copy:
                return copy.opinions.snapshot(), copy.similar.get_ready()

        self.jobs.run("读取意见建议", work, self._adopt)

    def _adopt(self, read: tuple[Any, Any]) -> None:
        """Take the opinions over and fill their page while the clerk looks at the day."""
        self.desks.opinions.adopt(read[0])
        self.desks.similar.adopt(read[1])
        if self.lock.page is None:  # else whoever signs in gets a page of their own
            self.page("opinions").get_ready()

    def _forget_viewed(self) -> None:
        """Remove the copies of attachments that other programs were given to show."""
        self.desks.attachments.empty_folder()

    # Who works

    def begin(self, preferred: str = "") -> None:
        """Show the first page, or ask who it is where the file has operators.

        Args:
            preferred: name of the operator to propose; empty for who signed in last on this PC.
        """
        if self.desks.operators.any() and self.desks.operators.current is None:
            self.lock.ask_to_sign_in(preferred)
        else:
            self.show_page("today")

    def begin_anew(self) -> None:
        """Show the first page to somebody else."""
        self.drop_pages()
        self._tell_operator()
        self.status_line.say("")
        self._offer_steps()
        self.show_page("today")
        if not self._warm:
            self._warm = True
            QTimer.singleShot(_QUIET_MS, self._warm_up)

    def lock_now(self) -> None:
        """Lock the window (Ctrl+L), or offer to set up what would unlock it."""
        if self.lock.lock():
            return
        if self.messages.ask(
            "没有可以用来解锁的密码或PIN，锁定后任何人都能打开。",
            "可以先设操作员：每人一个PIN，离开时按 Ctrl+L 锁定。",
            yes="去设操作员",
            no="不锁定",
        ):
            self.open_page("settings", "操作员")

    def _switch_operator(self) -> None:
        self.lock.lock(choose=True)

    def _change_pin(self) -> None:
        from station_app.ui.operator_pin_box import own_pin_box

        own_pin_box(self, self.desks, self.messages, self.changes.publish).open()

    def _fill_operator_menu(self) -> None:
        menu = self._operator_menu
        menu.clear()
        known = self.desks.operators.current is not None
        if known:
            menu.addAction("换人…", self._switch_operator)
        menu.addAction("锁定　Ctrl+L", self.lock_now)
        if known:
            menu.addAction("修改我的PIN…", self._change_pin)
        else:
            menu.addAction("设操作员…", lambda: self.open_page("settings", "操作员"))

    def _tell_operator(self) -> None:
        me = self.desks.operators.current
        waiting = me is None and self.desks.operators.any()
        self.top_bar.set_operator(f"{me.role.label} {me.name}" if me else "" if waiting else self.desks.operator)

    # What was done

    def undo(self) -> None:
        """Take the last step back (Ctrl+Z); where it is not the one just told, show first which steps there are."""
        if self.status_line.can_undo():
            super().undo()
            self._offer_steps()
        elif self.desks.housekeeping.undoable():
            self.show_steps()
        else:
            self.status_line.say("没有可以撤销的操作。")

    def show_steps(self) -> None:
        """Show the last steps, to take back several at once (Ctrl+Shift+Z)."""
        from station_app.ui.undo_list import UndoList

        for open_list in self.findChildren(UndoList):
            open_list.close()
        steps = UndoList(self, self.desks, self.messages, self._undone)
        self.changes.changed.connect(steps.close)  # there is another last step now
        steps.show()

    def _undone(self, done: Done[Any]) -> None:
        self.changes.publish(done)
        self.status_line.say(done.label)
        self._offer_steps()

    def _offer_steps(self) -> None:
        self.status_line.offer_steps(offered=bool(self.desks.housekeeping.undoable()))

    # What is being typed

    def _session_ends(self) -> None:
        """Keep what is typed and ask nothing: Windows or the desktop closes all programs."""
        self.keep_drafts()
        self._kept_for_good = True

    def leave_forms(self) -> bool:
        """See `MainWindow.leave_forms`; of a locked window nothing is shown and nothing given up."""
        if self.lock.page is None:
            return self._kept_for_good or super().leave_forms()
        if self.has_unkept_text():
            self.lock.page.refuse_closing()
            return False
        return True

    def _find(self, typed: str) -> Sequence[Hit]:
        return [
            Hit(
                _PAGE_OF.get(result.kind, ""),
                (result.id, result.move) if result.move else result.id,
                result.title,
                result.detail,
                result.group,
                result.paper_id,
            )
            for result in self.desks.finder.find(typed)
        ]

    def _note_return(self, hit: Hit) -> None:
        """Note that a paper came back whose return code was typed."""
        papers = self.desks.papers
        if hit.paper_id is None or not self.desks.operators.may(Right.KEEP) or papers.paper(hit.paper_id).returned_on:
            return
        try:
            self.changes.publish(papers.returned(hit.paper_id, self.desks.clock.today().isoformat()))
        except StationFault as fault:
            self.messages.tell_fault(fault)

    def _tell_the_day(self) -> None:
        today = self.desks.clock.today()
        profile = self.desks.settings.profile()
        market = is_market_day(today, profile.market_endings)
        self.top_bar.set_station(profile.name)
        self.top_bar.set_day(today_line(today), f"今日{profile.market_word}" if market else "")

    def _remember_change(self, _done: Done[Any]) -> None:
        self._offer_steps()
        self._tell_the_day()
        self._tell_operator()

    def _ask_to_restore(self, restoration: object) -> None:
        self.restore_asked.emit(restoration)

    def give_up_changes(self) -> None:
        """Close without a backup: the file is about to be thrown away."""
        self.backups.give_up()

    def tell_notes(self) -> None:
        """Tell what is the matter with disk or clock; nothing is blocked by it."""
        for note in self.desks.housekeeping.notes():
            self.messages.tell(note.what, note.todo)

    def when_signed_in(self, action: Callable[[], None]) -> None:
        """Do something once the window stands and somebody has signed in: no box lies above the names."""
        if self.lock.page is None:
            QTimer.singleShot(0, self, action)
        else:
            self.unlocked.connect(action, Qt.ConnectionType.SingleShotConnection)

    def offer_recovery_sheet(self) -> None:
        """Offer to print the recovery sheet to who may have it: the password was just set."""
        self.when_signed_in(self._ask_for_recovery_sheet)

    def _ask_for_recovery_sheet(self) -> None:
        if self.desks.operators.may(Right.GOVERN) and self.messages.ask(
            "现在打印恢复单吗？",
            "忘记密码时，只有恢复单能打开登记簿。打印一张放进保险柜；以后也可以在“设置”的“密码与安全”里打印。",
            yes="显示并打印",
            no="以后再说",
        ):
            from station_app.ui.recovery_sheet_window import RecoverySheetWindow

            RecoverySheetWindow(self.shell, self.desks, self).show()

    def start_roster_import(self) -> None:
        """Go to the roster and choose a spreadsheet to import."""
        from station_app.ui.roster_page import RosterPage

        self.show_page("roster")
        page = self.page("roster")
        assert isinstance(page, RosterPage)
        page.start_import()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the pages, back up what changed, close the file."""
        super().closeEvent(event)
        if not event.isAccepted():
            return
        self._day_timer.stop()
        self.backups.close()
        self._come_to_rest()
        self.desks.close()

    def _come_to_rest(self) -> None:
        """Let nothing look into the file that is being closed: fields that lose the keyboard, timers that go on."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        for timer in self.findChildren(QTimer):
            timer.stop()
