"""What is to be shown and printed on the 台账 page: book, period, version, columns."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QSizePolicy, QToolButton

from station_app.documents.columns import Ledger
from station_app.documents.group_ledgers import CONTACT_LEDGER, GROUP_LEDGER
from station_app.documents.ledgers import (
    MONTH_VISIT_KEYS,
    OPINION_LEDGER,
    PROMISE_LEDGER,
    ROOM_KEY,
    ROSTER_LEDGER,
    SUGGESTION_LEDGER,
    UNIT_LEDGER,
    VISIT_LEDGER,
)
from station_app.documents.room_ledger import ROOM_LEDGER
from station_app.domain.periods import Period, month_of
from station_app.services.books import OF_A_ROOM, Book, Selection
from station_app.ui.cards import Card, label, link_button
from station_app.ui.filter_button import FilterButton
from station_app.ui.period_picker import PeriodPicker, Span
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.switch_fields import CheckField, SegmentField
from station_app.ui.theme import px

_ROW = 32
_LEAST_ROWS = 2


class Paper(StrEnum):
    """What the page can show."""

    VISITS = "visits"
    OPINIONS = "opinions"
    ROSTER = "roster"
    MONTH = "month"
    PROMISES = "promises"
    UNITS = "units"
    SUGGESTIONS = "suggestions"
    GROUPS = "groups"
    CONTACTS = "contacts"
    ROOMS = "rooms"


@dataclass(frozen=True)
class About:
    """What a paper is called, what it shows, which periods it has.

    Args:
        book: None for the monthly summary.
        ledger: its columns, or None.
    """

    title: str
    note: str
    spans: tuple[Span, ...]
    book: Book | None = None
    ledger: Ledger[Any] | None = None


PAPERS = {
    Paper.VISITS: About(
        VISIT_LEDGER.title, "一天或一个月的来访，每件意见一行", (Span.DAY, Span.MONTH), Book.VISITS, VISIT_LEDGER
    ),
    Paper.OPINIONS: About(
        OPINION_LEDGER.title,
        "按提出日期，写明办理、反馈、评价",
        (Span.MONTH, Span.YEAR, Span.ALL),
        Book.OPINIONS,
        OPINION_LEDGER,
    ),
    Paper.ROSTER: About(ROSTER_LEDGER.title, "今天在任的代表，按排序号", (), Book.ROSTER, ROSTER_LEDGER),
    Paper.MONTH: About("工作月报", "文字、数字表、图表和下月安排", (Span.MONTH,)),
    Paper.PROMISES: About(
        PROMISE_LEDGER.title,
        "答复里承诺的事项，按承诺办成的日期",
        (Span.MONTH, Span.YEAR, Span.ALL),
        Book.PROMISES,
        PROMISE_LEDGER,
    ),
    Paper.UNITS: About(
        UNIT_LEDGER.title,
        "各承办单位的交办、答复、退回、延期和满意率",
        (Span.MONTH, Span.YEAR, Span.ALL),
        Book.UNITS,
        UNIT_LEDGER,
    ),
    Paper.SUGGESTIONS: About(
        SUGGESTION_LEDGER.title,
        "会议期间和闭会期间的代表建议、议案，按提交日期；合计行写见面率、答复率、满意率",
        (Span.YEAR, Span.ALL),
        Book.SUGGESTIONS,
        SUGGESTION_LEDGER,
    ),
    Paper.GROUPS: About(
        GROUP_LEDGER.title, "今天的代表小组和进站编组：组长、成员、联系村(居)和户数", (), Book.GROUPS, GROUP_LEDGER
    ),
    Paper.CONTACTS: About(
        CONTACT_LEDGER.title,
        "每位代表联系的村(居)、网格、户数和群；隐去联系方式时，只印本人同意公开的电话",
        (),
        Book.CONTACTS,
        CONTACT_LEDGER,
    ),
    Paper.ROOMS: About(
        ROOM_LEDGER.title,
        "本站和各站室的接待、新收、办结、在办和满意率；合计按全站算",
        (Span.MONTH, Span.YEAR, Span.ALL),
        Book.ROOMS,
        ROOM_LEDGER,
    ),
}


class LedgerChoice(Card):
    """The panel at the left of the 台账 page.

    Signals:
        changed: something else is chosen.
        behind_asked: the matters behind the statistics by room are asked for.

    Args:
        today: the day whose month is proposed.
    """

    changed = Signal()
    behind_asked = Signal()

    def __init__(self, today: date) -> None:
        super().__init__("选择")
        self._today = today
        self._keys: dict[Paper, tuple[str, ...]] = {}
        self.papers = self._make_list()
        self.period = PeriodPicker(today)
        self.period.changed.connect(self._chose_period)
        self.version = SegmentField("版本", [(False, "内部"), (True, "隐去联系方式")])
        self.version.changed.connect(self.changed)
        self.sheet = SegmentField("纸张", [("A4", "A4 横向"), ("A3", "A3 横向")])
        self.sheet.changed.connect(self.changed)
        self._columns = self._make_columns_button()
        self._rooms: Mapping[int | None, str] = {}
        self.room = FilterButton("站室", lambda _key: self.changed.emit())
        self.room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.by_room = CheckField("", "加印各站室情况")
        self.by_room.changed.connect(self.changed)
        self.behind = link_button("看是哪几件　Alt+M", self.behind_asked.emit)
        self._lay_out()
        self.papers.currentRowChanged.connect(self._chose_paper)
        self.papers.setCurrentRow(0)

    def _make_list(self) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName("台账和月报")
        # As high as its lines where there is room; in a low window it is scrolled.
        made.setSizeAdjustPolicy(QListWidget.SizeAdjustPolicy.AdjustToContents)
        made.setMinimumHeight(px(_ROW) * _LEAST_ROWS)
        for about in PAPERS.values():
            item = QListWidgetItem(about.title, made)
            item.setToolTip(about.note)
            item.setSizeHint(QSize(0, px(_ROW)))
        return made

    def _make_columns_button(self) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "button")
        made.setText("选择列…")
        made.setToolTip("选择印哪些列")
        made.clicked.connect(lambda: self.columns_menu().popup(made.mapToGlobal(made.rect().bottomLeft())))
        return made

    def _lay_out(self) -> None:
        self.set_flush()
        self.setFixedWidth(px(250))
        self.body.addWidget(self.papers)
        inside = ScrollColumn()  # a window on a small screen at 200 % is too low for all of it
        inside.body.setContentsMargins(px(14), px(6), px(14), px(10))
        self._period_word = label("期间", "muted")
        self._version_word = label("版本", "muted")
        self._sheet_word = label("纸张", "muted")
        self._about = label("", "small", wrap=True)
        for part in (
            self._about, self._period_word, self.period, self.room, self.by_room, self.behind, self._version_word,
            self.version, self._sheet_word, self.sheet, self._columns,
        ):  # fmt: skip
            inside.body.addWidget(part)
        inside.body.addStretch(1)
        inside.setMinimumHeight(px(80))
        self.body.addWidget(inside, 1)
        self.setFocusProxy(self.papers)

    def paper(self) -> Paper:
        """Return what is chosen."""
        return list(Paper)[max(self.papers.currentRow(), 0)]

    def choose(self, paper: Paper) -> None:
        """Choose a book or the summary."""
        self.papers.setCurrentRow(list(Paper).index(paper))

    def selection(self) -> Selection | None:
        """Return the book as chosen, or None when no day is chosen or the summary is."""
        about, picked = PAPERS[self.paper()], self.period.picked()
        if about.book is None or (picked.span is Span.DAY and picked.day_id is None):
            return None
        chosen = Selection(
            about.book,
            day_id=picked.day_id,
            redacted=self.version.value(),
            keys=self._chosen_keys(),
            paper=self.sheet.value(),
            room=self._chosen_room(),
        )
        if picked.period is not None and about.spans:
            chosen = replace(
                chosen, from_on=picked.period.from_on, to_on=picked.period.to_on, title=picked.period.title
            )
        return chosen

    def _chosen_room(self) -> int | None:
        """Return the room whose ledger is wanted; of one reception day it is known."""
        return int(self.room.key()) if self._asks_for_room() and self.room.key() else None

    def _asks_for_room(self) -> bool:
        return bool(self._rooms) and PAPERS[self.paper()].book in OF_A_ROOM and self.period.span() is not Span.DAY

    def offer_rooms(self, names: Mapping[int | None, str]) -> None:
        """Offer ledgers of one room and the statistics by room; neither in a station without rooms.

        Args:
            names: see `room_names`.
        """
        self._rooms = names
        self.room.set_choices([("", "全部"), *((str(key or 0), name) for key, name in names.items())])
        if not names and self.paper() is Paper.ROOMS:
            self.choose(Paper.VISITS)
        self._show_rooms()

    def _show_rooms(self) -> None:
        with_rooms = bool(self._rooms)
        self.papers.setRowHidden(list(Paper).index(Paper.ROOMS), not with_rooms)
        self.room.setVisible(self._asks_for_room())
        self.by_room.setVisible(with_rooms and self.paper() is Paper.MONTH)
        self.behind.setVisible(with_rooms and self.paper() is Paper.ROOMS)

    def open(self, key: object) -> None:
        """Choose a book by its name (visits, opinions, roster, month), or a reception day by ``(visits, day id)``."""
        if isinstance(key, tuple) and len(key) == 2 and isinstance(key[1], int):
            self.choose(Paper(key[0]))
            self.period.show_day(key[1])
            self.changed.emit()
        elif key in set(Paper):
            self.choose(Paper(str(key)))

    def columns_menu(self) -> QMenu:
        """Return the menu that chooses the printed columns."""
        menu = QMenu(self)
        ledger = PAPERS[self.paper()].ledger
        if ledger is None:
            return menu
        shown = self._chosen_keys() or self._usual_keys()
        for column in ledger.columns:
            if column.key == ROOM_KEY and not self._rooms:
                continue
            choice = QAction(column.title, menu)
            choice.setCheckable(True)
            choice.setChecked(column.key in shown)
            choice.toggled.connect(lambda on, key=column.key: self._show_column(key, shown=on))
            menu.addAction(choice)
        menu.addSeparator()
        menu.addAction("恢复原样", self._reset_columns)
        return menu

    def _usual_keys(self) -> tuple[str, ...]:
        ledger = PAPERS[self.paper()].ledger
        if self.paper() is Paper.VISITS and self.period.span() is Span.MONTH:
            return MONTH_VISIT_KEYS
        return tuple(column.key for column in ledger.shown()) if ledger else ()

    def _chosen_keys(self) -> tuple[str, ...]:
        return self._keys.get(self.paper(), ())

    def _show_column(self, key: str, *, shown: bool) -> None:
        ledger = PAPERS[self.paper()].ledger
        chosen = set(self._chosen_keys() or self._usual_keys())
        chosen = chosen | {key} if shown else chosen - {key}
        if ledger is not None and chosen:
            self._keys[self.paper()] = tuple(one.key for one in ledger.columns if one.key in chosen)
            self.changed.emit()

    def _reset_columns(self) -> None:
        self._keys.pop(self.paper(), None)
        self.changed.emit()

    def _chose_period(self) -> None:
        self._show_rooms()
        self.changed.emit()

    def _chose_paper(self, _row: int) -> None:
        about = PAPERS[self.paper()]
        self._about.setText(about.note)
        self.period.offer(about.spans)
        for part in (self._version_word, self.version, self._sheet_word, self.sheet, self._columns):
            part.setVisible(about.book is not None)
        self._show_rooms()
        self._period_word.setVisible(bool(about.spans))
        self.changed.emit()

    def month(self) -> Period:
        """Return the month chosen, or this month where the period is none."""
        picked = self.period.picked()
        if picked.span is Span.MONTH and picked.period is not None:
            return picked.period
        return month_of(self._today)
