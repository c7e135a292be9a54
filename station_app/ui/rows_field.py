"""A field that holds several entries of one kind, each a small block of fields: mandates, leaves."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station_app.ui.cards import WrappingLabel, label, link_button
from station_app.ui.fields import Field, FormGrid
from station_app.ui.theme import px

Entry = TypeVar("Entry")


class EntryRow(QFrame, Generic[Entry]):
    """One entry as a block of fields; an entry that is over is folded to a line until the clerk wants to change it.

    Signals:
        changed: the clerk changed something.
        removal_asked: it is to be taken away.
        folding: it was unfolded; the order of the Tab key is another.

    Args:
        removal: word of the link that takes it away.
    """

    changed = Signal()
    removal_asked = Signal()
    folding = Signal()

    def __init__(self, removal: str) -> None:
        super().__init__()
        self.setProperty("look", "notice-quiet")
        self.fields: dict[str, Field] = {}
        self.grid = FormGrid()
        self._line = WrappingLabel("", "muted")
        self._unfold = link_button("修改", self._unfold_and_go)
        self._taking_away = link_button(f"{removal}　Alt+Del", self.removal_asked.emit)
        self._taking_away.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter, going on from field to field, would press it
        removing = QShortcut(QKeySequence("Alt+Delete"), self, self.removal_asked.emit)
        removing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._whole = QWidget()
        inner = QVBoxLayout(self._whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(2))
        inner.addWidget(self.grid)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self._taking_away)
        inner.addLayout(last)
        self._folded = QWidget()
        short = QHBoxLayout(self._folded)
        short.setContentsMargins(0, 0, 0, px(2))
        short.addWidget(self._line, 1)
        short.addWidget(self._unfold)
        self._folded.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(6), px(8), px(4))
        column.setSpacing(px(2))
        column.addWidget(self._whole)
        column.addWidget(self._folded)

    def know(self, **fields: Field) -> None:
        """Take the fields in the order of the Tab key."""
        self.fields = fields
        for field in fields.values():
            field.changed.connect(self.changed)

    def entry(self) -> Entry:
        """Return what is typed."""
        raise NotImplementedError

    def problem(self) -> str:
        """Return what is wrong with it, or an empty text."""
        raise NotImplementedError

    def uid(self) -> str:
        """Return the uid of the record, empty for a new one."""
        return str(getattr(self.entry(), "uid", ""))

    def fold(self, words: str) -> None:
        """Show a line only."""
        self._line.setText(words)
        self._whole.hide()
        self._folded.show()

    def unfold(self) -> None:
        """Show the fields."""
        if self._whole.isHidden():
            self._folded.hide()
            self._whole.show()
            self.folding.emit()

    def _unfold_and_go(self) -> None:
        self.unfold()
        self.go()

    def go(self) -> None:
        """Put the cursor into the first field, or on the link that unfolds it."""
        target = next(iter(self.fields.values())) if self._folded.isHidden() else self._unfold
        target.setFocus()

    def stops(self) -> list[QWidget]:
        """Return where the Tab key stops, in order."""
        if not self._folded.isHidden():
            return [self._unfold]
        return [field.typing() for field in self.fields.values()]


Row = TypeVar("Row", bound=EntryRow[Any])


class RowsField(Field, Generic[Row]):
    """Entries one under the other. The value is a tuple of entries.

    Signals:
        rows_changed: there are other rows; the form sets the order of the Tab key anew.

    Args:
        title: above the rows.
        adding: word of the link that adds an entry.
        key: its shortcut anywhere in the form, or empty.
        make: takes an entry, or None for a new one, and returns its row.
    """

    rows_changed = Signal()

    def __init__(self, title: str, adding: str, key: str, make: Callable[[Any], Row]) -> None:
        super().__init__(title, wide=True)
        self._make = make
        self.rows: list[Row] = []
        box = QWidget()
        self._column = QVBoxLayout(box)
        self._column.setContentsMargins(0, px(4), 0, 0)
        self._column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(label(title, "strong"))
        head.addStretch(1)
        self.add_link = link_button(f"{adding}　{key}".strip(), self.add_row)
        head.addWidget(self.add_link)
        self._column.addLayout(head)
        self.put(box)
        self.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes None for no proxy
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):
            whole.insertWidget(0, self._problem)  # above the rows, which may be longer than the panel
        if key:
            self.add_link.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter goes from the field before into the first row
            QShortcut(QKeySequence(key), self, self.add_row)

    def value(self) -> tuple[Any, ...]:
        """Return the entries as typed."""
        return tuple(row.entry() for row in self.rows)

    def set_value(self, value: Any) -> None:
        """Show these entries."""
        for row in self.rows:
            self._forget(row)
        self.rows = []
        for entry in value or self.at_least():
            self._add(entry)
        self.rows_changed.emit()
        self.clear_problem()

    def at_least(self) -> tuple[Any, ...]:
        """Return what is shown where there is no entry; nothing unless a subclass says otherwise."""
        return ()

    def typed(self) -> list[list[Any]]:
        """See `Field.typed`: each row as the uid of its record and what is typed in its fields by their keys."""
        return [[row.uid(), {key: field.typed() for key, field in row.fields.items()}] for row in self.rows]

    def put_typed(self, kept: list[list[Any]]) -> None:
        """See `Field.put_typed`; an entry that is gone meanwhile becomes a new one."""
        known = {row.uid(): row.entry() for row in self.rows if row.uid()}
        for row in self.rows:
            self._forget(row)
        self.rows = []
        for uid, texts in kept:
            row = self._add(known.get(uid))
            for key, text in texts.items():
                row.fields[key].put_typed(text)
        self.rows_changed.emit()

    def own_problem(self) -> str:
        """Tell what is wrong with one of the rows."""
        for row in self.rows:
            if text := row.problem():
                row.unfold()
                return text
        return ""

    def leave(self) -> None:
        """Bring every typed text into its proper form."""
        for row in self.rows:
            for field in row.fields.values():
                field.leave()

    def stops(self) -> list[QWidget]:
        """Return where the Tab key stops, in order."""
        return [stop for row in self.rows for stop in row.stops()]

    def add_row(self) -> None:
        """Add an entry and go to its first field."""
        row = self._add(None)
        row.show()  # at once, not with the next round of the layout: the keyboard goes on into it
        self.rows_changed.emit()
        self.changed.emit()
        row.go()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the first row."""
        super().focusInEvent(event)
        if self.rows:
            self.rows[0].go()

    def _add(self, entry: Any) -> Row:
        row = self._make(entry)
        self.rows.append(row)
        self._column.addWidget(row)
        row.changed.connect(self.changed)
        row.folding.connect(self.rows_changed)
        row.removal_asked.connect(lambda: self.remove(row))
        return row

    def remove(self, row: Row) -> None:
        """Take a row away."""
        self.rows.remove(row)
        self._forget(row)
        (self.rows[-1].go if self.rows else self.add_link.setFocus)()
        self.rows_changed.emit()
        self.changed.emit()

    def _forget(self, row: Row) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
