"""The table every page shows its ledger in."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSettings,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStackedLayout, QTableView, QToolButton, QWidget

from station_app.documents.columns import Kind, Ledger
from station_app.ui.cards import EmptyState
from station_app.ui.column_state import ColumnState, forget_state, save_state, saved_state, usual_state
from station_app.ui.icons import icon, icon_size
from station_app.ui.ledger_cells import CellDelegate
from station_app.ui.ledger_model import LedgerModel, Marks, SortKeys
from station_app.ui.theme import MUTED, factor, px

_ROW_HEIGHT = 36
_LEAST_WIDTH = 40
_LEAST_STRETCH = 0.55


class _Grid(QTableView):
    """A table view whose Enter opens and whose Ctrl+C copies.

    Signals:
        resized: the width there is for columns; never before the table is laid out.
    """

    opened = Signal()
    copied = Signal()
    resized = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Ctrl+C; leave Tab to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Let Home and End go to the first and last row; going along a row that is selected whole would do nothing."""
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that the room changed; the event of a scrolling area is that of its inside."""
        super().resizeEvent(event)
        self.resized.emit(event.size().width())


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class LedgerTable(QWidget):
    """A ledger on screen: sorted by any column, columns hidden, moved and resized, several rows selected.

    Signals:
        current_changed: the row the clerk stands on, or None.
        selection_changed: the list of selected rows.
        opened: the row on which Enter or a double click fell.

    Args:
        ledger: its columns; those with ``shown=False`` are hidden until chosen.
        row_id: returns what identifies a row across reloads, e.g. ``lambda row: row.id``.
        settings: where columns are remembered, under the ledger's key.
        marks: by column key, the pill of a row or None for the plain text.
        sort_keys: by column key, what to sort by instead of the cell.
        by_pinyin: keys of columns with names, sorted by pinyin.
        widths: by column key, the first width in characters (a Chinese one is 2), where paper's does not suit.
        stretch: key of the column that takes the remaining room.
        yielding: keys of columns that give way, the first one first, while the stretching one is short of room; how
            the clerk arranged the columns is not touched by that.

    Attributes:
        withheld: keys of columns that are not offered now.
    """

    current_changed = Signal(object)
    selection_changed = Signal(list)
    opened = Signal(object)

    def __init__(
        self,
        ledger: Ledger[Any],
        row_id: Callable[[Any], Hashable],
        settings: QSettings,
        *,
        marks: Marks | None = None,
        sort_keys: SortKeys | None = None,
        by_pinyin: Sequence[str] = (),
        widths: dict[str, float] | None = None,
        stretch: str = "",
        yielding: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = LedgerModel(ledger, row_id, marks=marks, sort_keys=sort_keys, by_pinyin=by_pinyin, parent=self)
        self._settings = settings
        self._widths = widths or {}
        self._stretch = self.model.column_of(stretch) if stretch else -1
        self._yielding = [self.model.column_of(key) for key in yielding]
        self._yielded: dict[int, int] = {}
        self.withheld: frozenset[str] = frozenset()
        self._room = 0
        self._arranging = False
        self._reloading = False
        self._vacant = 0
        self._last_current: Hashable | None = None
        self.view = self._make_view()
        self._empty = EmptyState()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._show_columns(saved_state(settings, ledger.key, self.model.columns))
        header = self.view.horizontalHeader()
        header.sectionMoved.connect(self._columns_changed)
        header.sectionResized.connect(self._columns_changed)

    def _make_view(self) -> _Grid:
        view = _Grid(self)
        view.setModel(self.model)
        view.setItemDelegate(CellDelegate(view))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(px(_ROW_HEIGHT))
        view.verticalHeader().setMinimumSectionSize(px(_ROW_HEIGHT))
        header = view.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(px(_LEAST_WIDTH))
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        view.setSortingEnabled(True)
        view.selectionModel().selectionChanged.connect(self._selection_changed)
        view.selectionModel().currentRowChanged.connect(self._current_changed)
        view.doubleClicked.connect(self._open)
        view.opened.connect(self._open)
        view.copied.connect(self.copy)
        view.resized.connect(self._resized)
        return view

    def _resized(self, room: int) -> None:
        self._room = room
        self._fill()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; the selection, the current row and the scroll place are kept by id."""
        selected = [self.model.id_at(place) for place in self._selected_places()]
        current = self.current_id()
        place, count = self.view.currentIndex().row(), self.model.rowCount()
        bar = self.view.verticalScrollBar()
        top = self.view.rowAt(1) if bar.value() else -1  # at the very top a new first row must show
        top_id = self.model.id_at(top) if top >= 0 else None
        self._reloading = True
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows or not self._empty.has_words() else 1)
        self._select(selected, current)
        self._vacant = place if count - self.model.rowCount() == len(selected) else 0
        top_place = self.model.place_of(top_id) if top_id is not None else None
        if top_place is not None:
            bar.setValue(top_place)
        self._reloading = False
        self._fill()
        if self.current_id() != current or current is not None:
            self._current_changed()
        if selected:
            self._selection_changed()

    def set_empty(self, sentence: str, button: str = "", action: Callable[[], None] | None = None) -> None:
        """Say what belongs here while there are no rows, with a button to begin."""
        self._empty.say(sentence, button, action)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)

    def rows(self) -> list[Any]:
        """Return the rows in the order shown."""
        return self.model.rows()

    def current_row(self) -> Any | None:
        """Return the row the clerk stands on, or None."""
        place = self.view.currentIndex().row()
        return self.model.row(place) if place >= 0 else None

    def current_id(self) -> Hashable | None:
        """Return the id of the current row, or None."""
        place = self.view.currentIndex().row()
        return self.model.id_at(place) if place >= 0 else None

    def selected_rows(self) -> list[Any]:
        """Return the selected rows in the order shown."""
        return [self.model.row(place) for place in self._selected_places()]

    def select(self, row_id: Hashable) -> bool:
        """Go to the row with this id; return whether it is here."""
        if self.model.place_of(row_id) is None:
            return False
        self._select([row_id], row_id)
        self.view.scrollTo(self.view.currentIndex())
        return True

    def stand(self) -> None:
        """Where no row is current go to the first; after what was selected was taken out, to what followed it."""
        if self.rows() and self.current_row() is None:
            self.view.selectRow(min(max(self._vacant, 0), len(self.rows()) - 1))

    def select_all(self) -> None:
        """Select every row shown; the first becomes the current one."""
        rows = self.rows()
        if rows:
            ids = [self.model.id_at(place) for place in range(len(rows))]
            self._select(ids, ids[0])

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Sort by the column with this key."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.view.sortByColumn(self.model.column_of(key), order)

    def shown_keys(self) -> tuple[str, ...]:
        """Return the keys of the shown columns from left to right, as the clerk arranged them."""
        return tuple(state.key for state in self._states() if state.shown)

    def copy(self) -> None:
        """Put the selected rows' shown cells on the clipboard, ready to paste into a spreadsheet."""
        numbers = [self.model.column_of(key) for key in self.shown_keys()]
        lines = [
            "\t".join(self.model.text_at(place, number) for number in numbers) for place in self._selected_places()
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def columns_menu(self) -> QMenu:
        """Return the menu that shows and hides columns."""
        menu = QMenu(self)
        header = self.view.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            if column.key in self.withheld:
                continue
            choice = QAction(f"{column.group} · {column.title}" if column.group else column.title, menu)
            choice.setCheckable(True)
            choice.setChecked(number in self._yielded or not header.isSectionHidden(number))
            choice.toggled.connect(lambda shown, number=number: self._show_column(number, shown=shown))
            menu.addAction(choice)
        menu.addSeparator()
        menu.addAction("恢复原样", self.reset_columns)
        return menu

    def columns_button(self) -> QToolButton:
        """Return a button that opens the columns' menu, for a page's filter row."""
        made = QToolButton()
        made.setProperty("look", "button")
        made.setIcon(icon("columns-3", MUTED))
        made.setIconSize(icon_size())
        made.setToolTip("显示或隐藏列")
        made.setAccessibleName("显示或隐藏列")
        made.clicked.connect(lambda: self.columns_menu().popup(made.mapToGlobal(QPoint(0, made.height()))))
        return made

    def reset_columns(self) -> None:
        """Show the columns as they were at first."""
        forget_state(self._settings, self.model.ledger.key)
        self._show_columns(usual_state(self.model.columns))

    def _selected_places(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectionModel().selectedRows())

    def _select(self, ids: Sequence[Hashable], current: Hashable | None) -> None:
        chosen = QItemSelection()
        for row_id in ids:
            place = self.model.place_of(row_id)
            if place is not None:
                chosen.select(self.model.index(place, 0), self.model.index(place, self.model.columnCount() - 1))
        selection = self.view.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        current_place = self.model.place_of(current) if current is not None else None
        if current_place is not None:
            column = max(self.view.currentIndex().column(), self._first_shown())
            selection.setCurrentIndex(self.model.index(current_place, column), flags.NoUpdate)
        selection.select(chosen, flags.ClearAndSelect)

    def _first_shown(self) -> int:
        header = self.view.horizontalHeader()
        shown = (header.logicalIndex(at) for at in range(header.count()))
        return next((number for number in shown if not header.isSectionHidden(number)), 0)

    def _selection_changed(self) -> None:
        if not self._reloading:
            self.selection_changed.emit(self.selected_rows())

    def _current_changed(self) -> None:
        if not self._reloading:
            self.current_changed.emit(self.current_row())

    def _open(self) -> None:
        row = self.current_row()
        if row is not None:
            self.opened.emit(row)

    def _header_menu(self, where: QPoint) -> None:
        self.columns_menu().popup(self.view.horizontalHeader().mapToGlobal(where))

    def _show_column(self, number: int, *, shown: bool) -> None:
        header = self.view.horizontalHeader()
        if not shown and header.count() - header.hiddenSectionCount() == 1:
            return
        self._yielded.pop(number, None)
        header.setSectionHidden(number, not shown)
        if shown and header.sectionSize(number) < px(_LEAST_WIDTH):
            header.resizeSection(number, self._usual_width(number))
        self._columns_changed()
        self._fill()

    def _usual_width(self, number: int) -> int:
        column = self.model.columns[number]
        metrics = self.view.fontMetrics()
        characters = self._widths.get(column.key, min(column.width, 40))
        latin = column.kind in (Kind.CODE, Kind.DATE, Kind.MONTH, Kind.COUNT, Kind.PERCENT)
        room = round(characters * (metrics.horizontalAdvance("0") if latin else metrics.horizontalAdvance("国") / 2))
        room += px(18)
        return max(room, metrics.horizontalAdvance(column.title) + px(40), px(_LEAST_WIDTH))

    def _show_columns(self, states: list[ColumnState]) -> None:
        self._arranging = True
        self._yielded.clear()
        header = self.view.horizontalHeader()
        for visual, state in enumerate(states):
            number = self.model.column_of(state.key)
            header.moveSection(header.visualIndex(number), visual)
            header.resizeSection(number, round(state.width * factor()) or self._usual_width(number))
            header.setSectionHidden(number, not state.shown)
        self._arranging = False
        self._fill()

    def _states(self) -> list[ColumnState]:
        header = self.view.horizontalHeader()
        numbers = [header.logicalIndex(visual) for visual in range(header.count())]
        return [
            ColumnState(
                self.model.columns[number].key,
                number in self._yielded or not header.isSectionHidden(number),
                round(self._yielded.get(number, header.sectionSize(number)) / factor())
                if number != self._stretch
                else 0,
            )
            for number in numbers
        ]

    def _columns_changed(self) -> None:
        if not self._arranging and not self.model.sorting:
            save_state(self._settings, self.model.ledger.key, self._states())
            self._fill()

    def _fill(self) -> None:
        """Give the stretching column what the others leave, once it is known how much room there is."""
        header = self.view.horizontalHeader()
        if not self._room or self._stretch < 0 or header.isSectionHidden(self._stretch) or self._arranging:
            return
        self._give_way()
        rest = self._room - (header.length() - header.sectionSize(self._stretch))
        self._arranging = True
        header.resizeSection(self._stretch, max(rest, round(self._usual_width(self._stretch) * _LEAST_STRETCH)))
        self._arranging = False

    def _give_way(self) -> None:
        """Hide yielding columns while the stretching one is short of room, and show them again when there is enough."""
        header = self.view.horizontalHeader()
        needed = header.length() - header.sectionSize(self._stretch) + sum(self._yielded.values())
        room = self._room - self._usual_width(self._stretch)
        yielded: dict[int, int] = {}
        for number in self._yielding:
            size = self._yielded.get(number, header.sectionSize(number))
            if needed > room and size:
                yielded[number] = size
                needed -= size
        for number in reversed(list(yielded)):  # a wide column that went may have left room for a narrow one
            if needed + yielded[number] <= room:
                needed += yielded.pop(number)
        if yielded.keys() == self._yielded.keys():
            return
        self._arranging = True
        for number in self._yielded.keys() | yielded.keys():
            header.setSectionHidden(number, number in yielded)
        self._yielded = yielded
        self._arranging = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus to the rows; a focus proxy would keep Tab from the button of the empty table."""
        super().focusInEvent(event)
        self.view.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Follow another font size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "view"):
            self.view.verticalHeader().setDefaultSectionSize(px(_ROW_HEIGHT))
