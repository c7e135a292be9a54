"""Limits (时限): how long everything may take, as the station has set it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Final

from station_app.domain.problems import FieldProblem, InvalidInput
from station_app.domain.station import Tier


class Measure(StrEnum):
    """Unit of a limit."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


MEASURE_LABELS = {Measure.DAY: "天", Measure.WORKING_DAY: "个工作日", Measure.MONTH: "个月"}


@dataclass(frozen=True)
class Limit:
    """A settable limit: ``amount`` of ``measure``."""

    amount: int
    measure: Measure

    def __str__(self) -> str:
        return f"{self.amount} {MEASURE_LABELS[self.measure]}" if self.amount else "当天"

    @property
    def long(self) -> bool:
        """Whether it is two months or more, and is warned of earlier."""
        return self.amount >= (2 if self.measure is Measure.MONTH else 60)


@dataclass(frozen=True)
class SpecialLimit:
    """An answer limit of its own for matters of one category, or of one tier, or of both.

    Args:
        category: label of the category; empty for every one.
        tier: who handles it; None for every one but the county, which has no binding limit.
    """

    category: str
    tier: Tier | None
    limit: Limit


@dataclass(frozen=True)
class EarlierLimits:
    """Limits that were changed without moving what was open: they go on for clocks that started before.

    Args:
        until: ISO date of the change.
    """

    until: str
    limits: "Limits"


@dataclass(frozen=True)
class Limits:
    """Every limit of a station, with the usual ones as defaults.

    Args:
        returning: a unit says that a matter is not its own so long after its receipt.
        assisting: an assisting unit gives its opinion so long after the hand-over.
        follow_up: reminder for a matter sent up to the county; no law binds a county office, so never 超期.
        suggestion / suggestion_cap: deputies' suggestions, Deputies Law (2025) art. 51; the cap runs from the first
            hand-over.
        evaluation: after it the matter is closed as 未评价.
        warn_days / warn_days_long: days before the date at which a limit is 即将到期; the long one for limits of two
            months or more.
        urge_again_days: not urged again within these days.
        announce_days: a reception day is announced so many days before.
        special: answer limits of categories and tiers; the first that fits counts.
        earlier: limits that were in force before, the oldest first.
    """

    hand_over: Limit = Limit(5, Measure.WORKING_DAY)
    urgent: Limit = Limit(0, Measure.DAY)
    answer_village: Limit = Limit(1, Measure.MONTH)
    answer_township: Limit = Limit(1, Measure.MONTH)
    follow_up: Limit = Limit(3, Measure.MONTH)
    suggestion: Limit = Limit(3, Measure.MONTH)
    suggestion_cap: Limit = Limit(6, Measure.MONTH)
    feedback: Limit = Limit(5, Measure.WORKING_DAY)
    evaluation: Limit = Limit(15, Measure.WORKING_DAY)
    rehandle: Limit = Limit(1, Measure.MONTH)
    returning: Limit = Limit(5, Measure.WORKING_DAY)
    assisting: Limit = Limit(1, Measure.MONTH)
    warn_days: int = 3
    warn_days_long: int = 15
    urge_again_days: int = 3
    announce_days: int = 3
    special: tuple[SpecialLimit, ...] = ()
    earlier: tuple[EarlierLimits, ...] = ()

    def on(self, day: str) -> "Limits":
        """Return the limits for a clock that starts on an ISO date."""
        return next((one.limits for one in self.earlier if day < one.until), self)

    def answer_of(self, category: str, tier: Tier, usual: Limit) -> Limit:
        """Return the answer limit of a category and tier, ``usual`` where none of its own is set."""
        fitting = (one.limit for one in self.special if one.category in {"", category} and one.tier in {None, tier})
        return next(fitting, usual)

    def changed_from(self, day: str, changed: "Limits") -> "Limits":
        """Return ``changed`` for clocks that start on an ISO date or later, and these for those that run already."""
        before = replace(self, earlier=())
        kept = tuple(one for one in self.earlier if one.until < day)
        return replace(changed, earlier=(*kept, EarlierLimits(day, before)))

    def to_dict(self) -> dict[str, object]:
        """Return the limits as plain values for the settings."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> "Limits":
        """Return limits read from `to_dict`; what is missing keeps its default, unknown keys are left out.

        Raises:
            InvalidInput: a value is no limit; the problem's field is its key.
        """
        known: dict[str, Any] = {}
        for field in fields(cls):
            if field.name in values:
                known[field.name] = _READERS.get(field.name, _reader(field.default))(field.name, values[field.name])
        return replace(cls(), **known)


def _reader(default: object) -> Callable[[str, Any], Any]:
    return _days_of if isinstance(default, int) else _limit_of


def _limit_of(key: str, value: object) -> Limit:
    if isinstance(value, Mapping) and value.get("measure") in set(Measure):
        return Limit(_days_of(key, value.get("amount")), Measure(value["measure"]))
    raise InvalidInput([FieldProblem(key, "期限请填数字和单位（天、个工作日或个月）。")])


def _days_of(key: str, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 366:
        return value
    raise InvalidInput([FieldProblem(key, "请填 0 到 366 之间的整数。")])


def _special_of(key: str, value: Any) -> tuple[SpecialLimit, ...]:
    try:
        return tuple(
            SpecialLimit(str(one["category"]), Tier(one["tier"]) if one["tier"] else None, _limit_of(key, one["limit"]))
            for one in value
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidInput([FieldProblem(key, "各类别的期限请填类别、层级、数字和单位。")]) from error


def _earlier_of(key: str, value: Any) -> tuple[EarlierLimits, ...]:
    try:
        return tuple(EarlierLimits(str(one["until"]), Limits.from_dict(one["limits"])) for one in value)
    except (KeyError, TypeError, AttributeError) as error:
        raise InvalidInput([FieldProblem(key, "以前的期限读不出来。")]) from error


_READERS: Final[Mapping[str, Callable[[str, Any], Any]]] = {"special": _special_of, "earlier": _earlier_of}
