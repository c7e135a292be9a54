"""What every page of the window has, and what the window hands to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QSettings
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.problems import InvalidInput
from station_app.services.done import Done
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.ui.cards import Button, ElidedLabel, PrimaryButton, button, label
from station_app.ui.change_signal import ChangeSignal
from station_app.ui.jobs import JobRunner
from station_app.ui.messages import Messages, Unsaved
from station_app.ui.theme import px


class Editor(Protocol):
    """An open form, e.g. a `FormPanel`."""

    def title(self) -> str:
        """Return what it is called, for the question about unsaved text."""

    def is_changed(self) -> bool:
        """Tell whether something is typed that is not saved."""

    def leave_with(self, answer: Unsaved) -> bool:
        """Close it with unsaved text in it, as the clerk said; return whether it is closed."""

    def leave(self) -> bool:
        """Close it, asking about unsaved text; return False when the clerk goes on writing."""


@dataclass(frozen=True)
class Shell:
    """What the window lends its pages.

    Args:
        messages: every question and notice.
        changes: where a page publishes a finished write.
        jobs: the one worker thread.
        settings: what the window remembers (ini file).
        clock: today is an argument.
        open_page: goes to a page by key and, when not None, opens the record with that id there.
    """

    messages: Messages
    changes: ChangeSignal
    jobs: JobRunner
    settings: QSettings
    clock: Clock
    open_page: Callable[[str, object], None]


class PageHeader(QWidget):
    """Title and note at the left, buttons at the right, the primary one last."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(title, "title")
        self._note = ElidedLabel("", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(10))
        self._row.addWidget(self._title)
        self._row.addWidget(self._note)
        self._row.addStretch(1)
        self.setMinimumHeight(px(32))

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)

    def set_note(self, note: str) -> None:
        """Show a short text beside the title, e.g. 在办 43 件　共 1,206 件."""
        self._note.setText(note)

    def add(self, widget: QWidget) -> None:
        """Add a widget at the right end."""
        self._row.addWidget(widget)

    def add_chip(self, chip: QWidget) -> None:
        """Add a chip right behind the note."""
        self._row.insertWidget(2, chip)

    def add_button(self, text: str, icon_name: str, action: Callable[[], None], hint: str = "") -> Button:
        """Add an ordinary button; ``hint`` is its shortcut as shown, e.g. ``Ctrl+E``."""
        made = button(text, icon_name, hint)
        made.clicked.connect(lambda _checked=False: action())
        self._row.addWidget(made)
        return made

    def add_primary(self, text: str, icon_name: str, action: Callable[[], None], hint: str = "F2") -> PrimaryButton:
        """Add the page's one primary button."""
        made = PrimaryButton(text, icon_name, hint)
        made.clicked.connect(lambda _checked=False: action())
        self._row.addWidget(made)
        return made


class Page(QWidget):
    """One page of the window.

    A page overrides what it can do; what it does not override does nothing. It fills ``self.body`` under
    ``self.header`` and sets ``topics`` to what its data depends on: after a write that touched one of them it is
    asked to `reload`, at once when it is shown, otherwise when it is shown next, and not before its editor is closed.
    While a form is open the page keeps it in ``self.editor`` (a `FormPanel` will do) and sets it to None afterwards.
    """

    topics: frozenset[str] = frozenset()

    def __init__(self, shell: Shell, title: str) -> None:
        super().__init__()
        self.shell = shell
        self.header = PageHeader(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(px(12))
        self.editor: Editor | None = None
        self._title = title
        self._stale = True
        self._first: QWidget | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(18), px(14), px(18), px(14))
        whole.setSpacing(px(10))
        whole.addWidget(self.header)
        whole.addLayout(self.body, 1)
        shell.changes.changed.connect(self._changed)

    def begin_with(self, widget: QWidget) -> None:
        """Name the widget that has the keyboard when the page is shown."""
        self._first = widget

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would keep Tab from the buttons above."""
        super().focusInEvent(event)
        if self._first is not None:
            self._first.setFocus()

    def title(self) -> str:
        """Return the page's title, for F1 and the window's title."""
        return self._title

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts as pairs of key and what it does, for F1."""
        return ()

    def reload(self) -> None:
        """Fetch the page's data again, keeping selection and scroll by id."""

    def new(self) -> None:
        """Begin the page's primary action (F2)."""

    def print_(self) -> None:
        """Print what the page shows (Ctrl+P)."""

    def export(self) -> None:
        """Export what the page shows (Ctrl+E)."""

    def open_item(self, key: object) -> None:
        """Show the record with this id; called when another page or the search leads here."""

    def has_open_editor(self) -> bool:
        """Tell whether the clerk is in the middle of a form: ``self.editor`` holds text that is not saved."""
        return self.editor is not None and self.editor.is_changed()

    def unfinished(self) -> Editor | None:
        """Return the form that holds text which is not saved, if any."""
        return self.editor if self.editor is not None and self.editor.is_changed() else None

    def close_editor(self) -> bool:
        """Close the open form, asking about unsaved text; return False when the clerk goes on writing."""
        return self.editor is None or self.editor.leave()

    def back(self) -> None:
        """Go one step back (Esc): closes the open form."""
        if self.editor is not None:
            self.close_editor()

    def catch_up(self) -> None:
        """Reload if something changed meanwhile; a page calls this after its editor is closed."""
        if self.isVisible():
            self.get_ready()

    def get_ready(self) -> None:
        """Reload if something changed meanwhile, though the page is not shown yet: the clerk need not wait for it."""
        if self._stale and not self.has_open_editor():
            self._stale = False
            self.reload()

    def publish(self, done: Done[Any]) -> None:
        """Tell window and pages that a write is saved."""
        self.shell.changes.publish(done)

    def do(self, write: Callable[[], Done[Any]], tell: Callable[[str], None] | None = None) -> bool:
        """Write and publish what was done; say what is in the way otherwise.

        Args:
            tell: says on the page why it is refused; without it a box does.

        Returns:
            Whether it is written.
        """
        try:
            done = write()
        except InvalidInput as refused:
            (tell or self.shell.messages.tell)(str(refused))
            return False
        except StationFault as fault:
            self.shell.messages.tell_fault(fault)
            return False
        self.publish(done)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Reload when something changed while hidden."""
        super().showEvent(event)
        self.catch_up()

    def _changed(self, done: Done[Any]) -> None:
        if done.topics & self.topics:
            self._stale = True
            self.catch_up()
