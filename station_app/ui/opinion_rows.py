"""One opinion as the table of the 意见 page shows it: computed once per reload, filtered in memory."""

from collections.abc import Iterable, Sequence
from typing import Any

from station_app.documents.columns import Column, Kind, Ledger
from station_app.documents.ledgers import OPINION_LEDGER
from station_app.domain import deadlines
from station_app.domain.deadlines import Clock, Standing
from station_app.domain.figures import Rules
from station_app.domain.opinion import Case
from station_app.domain.opinion_line import OpinionLine, opinion_line
from station_app.domain.progress import OPEN_STATES, STATE_LABELS, State
from station_app.domain.text import masked_phone
from station_app.ui.marks import Mark, Shape
from station_app.ui.theme import Tone


class OpinionRow:
    """An opinion ready to be shown, sorted and found; clocks and search text are made when they are asked for.

    Args:
        case: the opinion.
        index: 序号 from 1.
        short_number: 编号 without what all of this year's have in common: 0098; in full for other years.
        by: what clocks are reckoned by.
    """

    __slots__ = ("_by", "_found_by", "_line", "case", "index", "short_number")

    def __init__(self, case: Case, index: int, short_number: str, by: Rules) -> None:
        self.case = case
        self.index = index
        self.short_number = short_number
        self._by = by
        self._line: OpinionLine | None = None
        self._found_by: str | None = None

    @property
    def line(self) -> OpinionLine:
        """The opinion with its clocks."""
        if self._line is None:
            self._line = opinion_line(self.case, self.index, self._by)
        return self._line

    @property
    def found_by(self) -> str:
        """Lower-case text the search looks through: number, title, words, name, pinyin."""
        if self._found_by is None:
            case = self.case
            self._found_by = "\n".join((case.number, case.title, case.words, case.petitioner, case.pinyin)).lower()
        return self._found_by

    @property
    def clock(self) -> Clock | None:
        """The clock that runs now; what is closed has none."""
        return self.line.clock if self.case.progress.is_open else None

    @property
    def stand(self) -> Standing | None:
        """How that clock stands."""
        return self.line.stand if self.case.progress.is_open else None

    @property
    def is_overdue(self) -> bool:
        """Whether a unit that is bound has not answered in time."""
        return self.case.progress.is_open and self.line.overdue

    @property
    def is_due_soon(self) -> bool:
        """Whether its limit is near."""
        return self.case.progress.is_open and self.line.due_soon


def opinion_rows(cases: Iterable[Case], rules: Rules, known: Iterable[OpinionRow] = ()) -> list[OpinionRow]:
    """Return the rows of the table, in the order given.

    Args:
        known: rows made before by the same rules; a case nothing happened to keeps its row.
    """
    common = f"{rules.profile.code}-{rules.today.year}-"
    made = {row.case.id: row for row in known}
    rows = []
    for index, case in enumerate(cases, 1):
        row = made.get(case.id)
        if row is None or row.case is not case:
            row = OpinionRow(case, index, case.number.removeprefix(common), rules)
        rows.append(row)
    return rows


def pressing(rows: Sequence[OpinionRow]) -> tuple[int, int]:
    """Return how many of the open matters are overdue, and how many are due soon."""
    return sum(row.is_overdue for row in rows), sum(row.is_due_soon for row in rows)


_MARKS = {
    deadlines.Mark.OVERDUE: (Tone.DANGER, Shape.DISC),
    deadlines.Mark.FOLLOW_UP_FULL: (Tone.QUIET, Shape.RING),
    deadlines.Mark.LATE: (Tone.WARNING, Shape.DIAMOND),
    deadlines.Mark.DUE_SOON: (Tone.WARNING, Shape.DIAMOND),
    deadlines.Mark.IN_TIME: (Tone.QUIET, Shape.NONE),
}


def clock_mark(stand: Standing | None) -> Mark | None:
    """Return the pill that tells how a clock stands, or None without a clock."""
    if stand is None:
        return None
    tone, shape = _MARKS[stand.mark]
    return Mark(stand.short, tone, shape)


def state_mark(state: State) -> Mark:
    """Return the pill that names a state."""
    tone = Tone.INFO if state in OPEN_STATES else Tone.GOOD if state is State.CLOSED else Tone.QUIET
    return Mark(STATE_LABELS[state], tone, Shape.NONE)


def _due_key(row: OpinionRow) -> tuple[str, str] | None:
    """Sort by the date a clock ends; what has no clock comes last."""
    return (row.line.due_on, row.case.number) if row.clock else None


_STATE_ORDER = {state: order for order, state in enumerate(State)}
SORT_KEYS = {
    "number": lambda row: row.case.number,
    "mark": _due_key,
    "state": lambda row: _STATE_ORDER[row.case.progress.state],
}
MARKS = {"mark": lambda row: clock_mark(row.stand)}
_FIRST = ("number", "title", "category", "village", "unit", "mark", "state")


def _on_screen(column: Column[OpinionLine], *, shown: bool) -> Column[Any]:
    return Column(
        column.key, column.title, lambda row: column.value(row.line), column.kind, column.width, shown, column.group
    )


def _columns() -> tuple[Column[Any], ...]:
    by_key = {column.key: column for column in OPINION_LEDGER.columns}
    own = {
        "number": Column[Any]("number", "编号", lambda row: row.short_number, Kind.CODE, 10),
        "phone": Column[Any](
            "phone", "联系电话", lambda row: masked_phone(row.case.phone), Kind.CODE, 12.5, shown=False
        ),
    }
    first = [own.get(key) or _on_screen(by_key[key], shown=True) for key in _FIRST]
    rest = [
        own.get(key) or _on_screen(column, shown=False)
        for key, column in by_key.items()
        if key not in _FIRST and key != "index"
    ]
    return (*first, *rest)


SCREEN_LEDGER: Ledger[Any] = Ledger("opinions_screen", OPINION_LEDGER.title, _columns())
"""The ledger's columns as the screen orders them: the seven of the table first, the others hidden until chosen."""
