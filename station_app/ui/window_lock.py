"""Locks the window: everything is covered, what was being typed waits underneath, work in the background goes on."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from station_app import PROGRAM_NAME
from station_app.domain.operators import Operator
from station_app.domain.reception import DayState
from station_app.ui.idle_watch import IdleWatch

if TYPE_CHECKING:
    from station_app.ui.lock_page import LockPage  # a window that is never locked starts without it
    from station_app.ui.station_window import StationWindow

_UNSAVED = "前一位还有没有保存的表单。换人登录，那里填写的内容就放弃了；要保留，请先由前一位登录保存。"
_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Tool)
"""Windows that come and go with what they stand beside; these are not shown again."""


class WindowLock(QObject):
    """Covers and uncovers a window.

    Args:
        window: the window.

    Attributes:
        idle: locks when nobody touches anything for as long as the station has set.
        page: what covers the window, or None.
    """

    def __init__(self, window: "StationWindow") -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desks.operators
        self._before: Operator | None = None
        self._focus: QWidget | None = None
        self._hidden: list[QWidget] = []
        self._keys: list[QShortcut] = []
        self.page: LockPage | None = None
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self._idle)
        window.changes.changed.connect(lambda _done: self.set_idle())
        self.set_idle()

    def set_idle(self) -> None:
        """Wait as long as is set now, beginning anew."""
        waiting = self.page is None and self._desk.can_lock()
        self.idle.start(self._desk.idle_minutes() if waiting else 0)

    # Locking

    def ask_to_sign_in(self, preferred: str = "") -> None:
        """Cover the window before its first page is built: nobody has signed in yet."""
        self._cover(self._page(preferred, locked=False))

    def lock(self, *, choose: bool = False) -> bool:
        """Lock the window (Ctrl+L); return False when there is nothing to unlock it with.

        Args:
            choose: put the keyboard onto the names, for somebody else to sign in (换人).
        """
        if self.page is not None:
            return True
        if not self._desk.can_lock():
            return False
        self._close_passing()
        self._window.keep_drafts()
        me = self._desk.current
        page = self._page(me.uid if me else "", locked=True)
        if self._window.has_unkept_text():
            page.warn(_UNSAVED)
        self._cover(page, choose=choose)
        return True

    def _page(self, preferred: str, *, locked: bool) -> "LockPage":
        from station_app.ui.lock_page import LockPage

        window = self._window
        return LockPage(window.desks, window.shell.settings, window.messages, locked=locked, preferred=preferred)

    def _idle(self) -> None:
        days = self._window.desks.days.between()
        if any(day.state is DayState.OPEN for day in days) or not self.lock():
            self.set_idle()

    def _cover(self, page: "LockPage", *, choose: bool = False) -> None:
        window = self._window
        self.page = page
        self._before = self._desk.current
        self._focus = QApplication.focusWidget()
        self._hide_others()
        window.jobs.hold()
        only_here = Qt.FindChildOption.FindDirectChildrenOnly
        self._keys = [key for key in window.findChildren(QShortcut, options=only_here) if key.isEnabled()]
        for key in self._keys:
            key.setEnabled(False)
        page.opened.connect(self._opened)
        window.cover.addWidget(page)
        window.cover.setCurrentWidget(page)
        window.setWindowTitle(PROGRAM_NAME)
        self.idle.start(0)
        page.start(choose=choose)
        window.locked.emit()

    def _close_passing(self) -> None:
        """Close menus, lists and questions: their safe answer is no."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        while isinstance(box := QApplication.activeModalWidget(), QDialog):
            box.reject()

    def _hide_others(self) -> None:
        self._hidden = []
        for one in QApplication.topLevelWidgets():
            if one is self._window or not one.isVisible():
                continue
            if one.windowType() not in _PASSING:
                self._hidden.append(one)
            one.hide()

    # Unlocking

    def _opened(self, operator: Operator | None) -> None:
        before = self._before
        same = operator is None or (before is not None and before.id == operator.id)
        self._uncover()
        if same:
            self._go_on()
        else:
            self._begin_anew()
        self.set_idle()
        self._window.unlocked.emit()

    def _uncover(self) -> None:
        window, page = self._window, self.page
        self.page = None
        window.cover.setCurrentIndex(0)
        if page is not None:
            window.cover.removeWidget(page)
            page.hide()
            page.deleteLater()
        for key in self._keys:
            key.setEnabled(True)

    def _go_on(self) -> None:
        for one in filter(isValid, self._hidden):
            one.show()
        self._window.tell_title()
        self._window.activateWindow()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self._window.jobs.release()

    def _begin_anew(self) -> None:
        """Somebody else goes on: pages and windows of the one before are gone, forms are kept as drafts."""
        for one in filter(isValid, self._hidden):
            if one.parentWidget() is None:
                one.show()  # the assistant belongs to nobody
            else:
                one.close()
        self._window.jobs.disown()
        self._window.jobs.release()
        self._window.begin_anew()
