"""A ledger's rows for Qt: words and marks are made when they are drawn, sort keys once per column."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from station_app.documents.columns import Cell, Column, Kind, Ledger
from station_app.support import pinyin
from station_app.ui.marks import Mark

Index = QModelIndex | QPersistentModelIndex
SortKeys = Mapping[str, Callable[[Any], Any]]
Marks = Mapping[str, Callable[[Any], Mark | None]]
MARK_ROLE = Qt.ItemDataRole.UserRole + 1


def shown_text(cell: Cell, kind: Kind) -> str:
    """Return a cell as the screen writes it: 2026-11-05, 1,206, 73.1%; line breaks as blanks."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if kind is Kind.PERCENT and isinstance(cell, int | float):
        return f"{cell:.1%}"
    if isinstance(cell, int | float) and kind is not Kind.CODE:
        return f"{cell:,}"
    return " ".join(str(cell).split())


class LedgerModel(QAbstractTableModel):
    """The rows of a ledger, sortable by any column.

    Args:
        ledger: the columns.
        row_id: returns what identifies a row across reloads.
        marks: by column key, returns the pill to draw instead of the cell's text, or None for the text.
        sort_keys: by column key, returns what to sort by instead of the cell. Text columns sort by pinyin when
            `by_pinyin` names them.
        by_pinyin: keys of columns that hold names.
    """

    def __init__(
        self,
        ledger: Ledger[Any],
        row_id: Callable[[Any], Hashable],
        *,
        marks: Marks | None = None,
        sort_keys: SortKeys | None = None,
        by_pinyin: Sequence[str] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.columns: tuple[Column[Any], ...] = ledger.columns
        self._row_id = row_id
        self._marks = dict(marks or {})
        self._sort_keys = dict(sort_keys or {})
        self._by_pinyin = frozenset(by_pinyin)
        self._given: Sequence[Any] = ()
        self._rows: list[Any] = []
        self._places: dict[Hashable, int] | None = None
        self._keys: dict[int, dict[Hashable, Any]] = {}
        self.sorting = False  # then a header shows and hides all its columns, which is no wish of the clerk
        self.sorted_by: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows, in the order the table is sorted by now (as given when it is not sorted)."""
        self.beginResetModel()
        self._given = rows
        self._keys.clear()
        self._arrange()
        self.endResetModel()

    def rows(self) -> list[Any]:
        """Return the rows in the order shown."""
        return self._rows

    def row(self, place: int) -> Any:
        """Return the row at a place counted from 0."""
        return self._rows[place]

    def id_at(self, place: int) -> Hashable:
        """Return the id of the row at a place."""
        return self._row_id(self._rows[place])

    def place_of(self, row_id: Hashable) -> int | None:
        """Return where the row with this id is shown, or None."""
        if self._places is None:
            self._places = {self._row_id(row): place for place, row in enumerate(self._rows)}
        return self._places.get(row_id)

    def column_of(self, key: str) -> int:
        """Return the number of the column with this key.

        Raises:
            ValueError: the ledger has no such column.
        """
        return [column.key for column in self.columns].index(key)

    def text_at(self, place: int, number: int) -> str:
        """Return what a cell says in words; a pill's word for a marked column."""
        column, row = self.columns[number], self._rows[place]
        mark = self.mark_at(place, number)
        return mark.word if mark is not None else shown_text(column.value(row), column.kind)

    def mark_at(self, place: int, number: int) -> Mark | None:
        """Return the pill of a cell, or None."""
        of_row = self._marks.get(self.columns[number].key)
        return of_row(self._rows[place]) if of_row is not None else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many columns there are, hidden ones included."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, mark or alignment."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text_at(index.row(), index.column())
        if role == MARK_ROLE:
            return self.mark_at(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's title; its group as tooltip."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{column.group} · {column.title}" if column.group else column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, empty cells last; a column of -1 gives back the given order."""
        self.sorting = True
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self.id_at(index.row())) for index in self.persistentIndexList()]
        self.sorted_by = (column, order) if column >= 0 else None
        self._arrange()
        for index, row_id in kept:
            place = self.place_of(row_id)
            moved = self.index(place, index.column()) if place is not None else QModelIndex()
            self.changePersistentIndex(index, moved)
        self.layoutChanged.emit()
        self.sorting = False

    def _alignment(self, number: int) -> Qt.AlignmentFlag:
        kind = self.columns[number].kind
        if kind in (Kind.COUNT, Kind.PERCENT) and self.columns[number].key not in self._marks:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

    def _arrange(self) -> None:
        self._rows = list(self._given)
        self._places = None
        if self.sorted_by is None:
            return
        number, order = self.sorted_by
        keys = self._keys.setdefault(number, {})
        if not keys:
            keys.update({self._row_id(row): self._sort_key(row, number) for row in self._rows})
        full = [row for row in self._rows if keys[self._row_id(row)] is not None]
        empty = [row for row in self._rows if keys[self._row_id(row)] is None]
        full.sort(key=lambda row: keys[self._row_id(row)], reverse=order is Qt.SortOrder.DescendingOrder)
        self._rows = full + empty

    def _sort_key(self, row: Any, number: int) -> Any:
        column = self.columns[number]
        if column.key in self._sort_keys:
            return self._sort_keys[column.key](row)
        cell = column.value(row)
        if cell is None or cell == "":
            return None
        if column.key in self._by_pinyin:
            return pinyin.sort_key(str(cell))
        if isinstance(cell, date):
            return (1, 0.0, cell.isoformat())
        return (0, float(cell), "") if isinstance(cell, int | float) else (1, 0.0, str(cell))
