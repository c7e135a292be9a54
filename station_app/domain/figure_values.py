"""What a figure is: its value, its words, the cases behind it, and whether figures tie."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from station_app.domain.periods import Period


class VisitCount(NamedTuple):
    """What the figures need of a visit.

    Args:
        on: ISO date.
        counts: whether its channel is a reception.
        room_id: the room or post it came to, None for the station itself.
    """

    id: int
    number: str
    day_id: int | None
    on: str
    counts: bool
    people: int
    room_id: int | None = None


@dataclass(frozen=True)
class Ratio:
    """A rate with its fraction; without a denominator there is no rate."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The rate between 0 and 1, or None."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> str:
        """The rate as papers write it: 78.3%, 100%, 0%, or — without a denominator."""
        if not self.denominator:
            return "—"
        if self.numerator in {0, self.denominator}:
            return "100%" if self.numerator else "0%"
        exact = Decimal(100 * self.numerator) / Decimal(self.denominator)
        return f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"

    def __str__(self) -> str:
        return f"{self.percent}（{self.numerator}/{self.denominator}）" if self.denominator else "—"


@dataclass(frozen=True)
class Figure:
    """One figure.

    Args:
        key: stable key, e.g. ``received.category.交通``.
        value: a count, a rate, or None where it does not apply.
        unit: 件, 件次, 次, 批, 人次 or %.
        cases: 编号 of the matters behind it (登记号 of visits, dates of reception days); of a rate, its numerator.
    """

    key: str
    title: str
    unit: str
    definition: str
    value: int | Ratio | None
    cases: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The value as papers write it."""
        return "—" if self.value is None else str(self.value)


@dataclass(frozen=True)
class Tie:
    """期初在办 + 本期新收 + 本期重新启动 − 本期引导 − 本期终止 − 本期办结 = 期末在办."""

    opening: int
    received: int
    restarted: int
    redirected: int
    ended: int
    closed: int
    closing: int

    @property
    def difference(self) -> int:
        """What the left side has too much."""
        flows = self.received + self.restarted - self.redirected - self.ended - self.closed
        return self.opening + flows - self.closing

    @property
    def ok(self) -> bool:
        """Whether both sides are equal."""
        return not self.difference


@dataclass(frozen=True)
class SumCheck:
    """Whether the parts of a dimension sum to their whole."""

    dimension: str
    whole: int
    parts: int

    @property
    def ok(self) -> bool:
        """Whether they do."""
        return self.whole == self.parts


@dataclass(frozen=True)
class Figures:
    """All figures of a period.

    Args:
        as_of: ISO date at whose end states were taken: the period's last day, or today when that is earlier.
        table: every figure by key, in the order of papers.
        dimensions: the keys of the parts of each dimension (``received.category``), larger ones first or in
            their fixed order.
    """

    period: Period
    as_of: str
    table: Mapping[str, Figure]
    dimensions: Mapping[str, tuple[str, ...]]
    tie: Tie
    sums: tuple[SumCheck, ...]

    def __getitem__(self, key: str) -> Figure:
        return self.table[key]

    def count(self, key: str) -> int:
        """Return the count ``key``; a part that did not occur is 0."""
        figure = self.table.get(key)
        return figure.value if figure and isinstance(figure.value, int) else 0

    def ratio(self, key: str) -> Ratio:
        """Return the rate ``key``; one that does not apply has no denominator."""
        value = self.table[key].value
        return value if isinstance(value, Ratio) else Ratio(0, 0)

    def parts(self, dimension: str) -> tuple[Figure, ...]:
        """Return the parts of a dimension."""
        return tuple(self.table[key] for key in self.dimensions.get(dimension, ()))

    @property
    def ties(self) -> bool:
        """Whether the figures tie and every sum is right."""
        return self.tie.ok and all(check.ok for check in self.sums)
