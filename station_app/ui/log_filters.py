"""The filter row above the log: period, operator, kind of record, text, and how many of how many."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station_app.domain.calendars import add_months
from station_app.domain.log_line import LogFilter
from station_app.domain.record_words import TABLE_TITLES, with_belonging
from station_app.ui.cards import button, label
from station_app.ui.filter_button import FilterButton
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.opinion_filters import SearchLine
from station_app.ui.theme import px

_TYPING_MS = 250


class LogFilterBar(QWidget):
    """What the clerk wants to see of the log.

    Signals:
        changed: another filter holds.
        left: the clerk pressed Enter or Down in the search line and wants to go on to the table.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, columns_button: QWidget) -> None:
        super().__init__()
        self._wanted = LogFilter()
        self._words: dict[str, str] = {}
        self.period = FilterButton("期间", lambda key: self._set(replace(self._wanted, period=key)))
        self.operator = FilterButton("操作员", lambda key: self._set(replace(self._wanted, operator=key)))
        self.kind = FilterButton("记录", lambda key: self._set(replace(self._wanted, kinds=_kinds(key))))
        self.search = SearchLine()
        self.search.setPlaceholderText("操作 编号 姓名")
        self.search.setToolTip("查找操作、编号、姓名（Ctrl+K）")
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._take_typed)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.left.connect(self._leave)
        self.only = button("")
        self.only.setToolTip("不再只看这条记录（Esc）")
        self.only.clicked.connect(lambda _checked=False: self._set(replace(self._wanted, record=None)))
        self.only.hide()
        self._count = label("", "muted")
        self._count.setFixedHeight(px(32))
        columns_button.setFixedHeight(px(32))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        wrapping = QWidget()
        flow = FlowLayout(wrapping, filling=True)
        for part in (self.only, self.period, self.operator, self.kind, self.search):
            flow.addWidget(part)
        policy = wrapping.sizePolicy()
        policy.setHeightForWidth(True)
        wrapping.setSizePolicy(policy)
        row.addWidget(wrapping, 1)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(columns_button, 0, Qt.AlignmentFlag.AlignTop)

    def offer(self, today: date, years: Iterable[str], operators: Iterable[str], kinds: Iterable[str]) -> None:
        """Offer periods, people and kinds of records that occur, keeping what is chosen.

        Args:
            kinds: tables of records.
        """
        last = add_months(today.replace(day=1), -1)
        periods = [
            ("", "全部"),
            (today.isoformat(), "今天"),
            (f"{today:%Y-%m}", f"{today.year}年{today.month}月"),
            (f"{last:%Y-%m}", f"{last.year}年{last.month}月"),
            *((year, f"{year}年") for year in years),
        ]
        self._words = dict(periods)
        self.period.set_choices(periods)
        self.operator.set_choices([("", "全部"), *((name, name) for name in operators)])
        self.kind.set_choices([("", "全部"), *((table, TABLE_TITLES[table]) for table in kinds)])

    def value(self) -> LogFilter:
        """Return what is asked for."""
        return self._wanted

    def ask(self, wanted: LogFilter, record_name: str = "") -> None:
        """Ask for something else, as if the clerk had chosen it.

        Args:
            record_name: what ``wanted.record`` is called: ``意见建议 HX-2026-0012``.
        """
        self._wanted = wanted
        self.period.show_key(wanted.period)
        self.operator.show_key(wanted.operator)
        self.kind.show_key(wanted.kinds[0] if wanted.kinds else "")
        self.search.blockSignals(True)
        self.search.setText(wanted.typed)
        self.search.blockSignals(False)
        self._typing.stop()
        self.only.setText(f"只看 {record_name} ✕")
        self.only.setVisible(wanted.record is not None)
        self.changed.emit()

    def title(self) -> str:
        """Return what is asked for in words, for paper: 2026年11月　操作员：肖敏."""
        wanted = self._wanted
        if wanted.record is not None:
            record = self.only.text().removeprefix("只看 ").removesuffix(" ✕")
            first = f"{record}的全部历史" if not wanted.period else f"{record}　{self._period()}"
        else:
            first = self._period()
        parts = [
            first,
            f"操作员：{wanted.operator}" if wanted.operator else "",
            f"记录：{TABLE_TITLES[wanted.kinds[0]]}" if wanted.kinds else "",
            f"查找：{wanted.typed}" if wanted.typed else "",
        ]
        return "　".join(part for part in parts if part)

    def set_counts(self, shown: int, whole: int) -> None:
        """Say how many steps of how many are listed."""
        self._count.setText(f"{shown:,} / {whole:,}")
        self._count.setAccessibleName(f"列出 {shown} 步，共 {whole} 步")
        self._count.setToolTip(self._count.accessibleName())

    def counts_text(self) -> str:
        """Return how many of how many: ``18 / 770``."""
        return self._count.text()

    def _period(self) -> str:
        return self._words.get(self._wanted.period, self._wanted.period) if self._wanted.period else "全部时间"

    def _take_typed(self) -> None:
        self._typing.stop()
        self._set(replace(self._wanted, typed=self.search.text().strip()))

    def _leave(self) -> None:
        self._take_typed()
        self.left.emit()

    def _set(self, wanted: LogFilter) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.only.setVisible(wanted.record is not None)
            self.changed.emit()


def _kinds(key: str) -> tuple[str, ...]:
    return with_belonging(key) if key else ()
