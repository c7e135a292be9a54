"""Which backups are kept as they grow older: all of the last days, then one a day, a week, a month."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Keeping:
    """How long backups are kept, in days back from now.

    Args:
        all_days: every one.
        daily_days: the last one of each day.
        weekly_days: the last one of each week, beginning on Monday.
        monthly_days: the last one of each month; what is older goes.
    """

    all_days: int = 2
    daily_days: int = 14
    weekly_days: int = 61
    monthly_days: int = 731


def superfluous(moments: Iterable[datetime], now: datetime, keeping: Keeping | None = None) -> frozenset[datetime]:
    """Return the moments whose backups may go.

    The newest one always stays, and so does what lies in the future: a clock set back must not cost a backup.

    Args:
        moments: when the backups were made, with offset.
        now: with offset.
        keeping: how long; None for the usual lengths.
    """
    rule = keeping or Keeping()
    newest_first = sorted(set(moments), reverse=True)
    seen: set[Hashable] = set()
    drop = set()
    for place, moment in enumerate(newest_first):
        age = (now.date() - moment.date()).days
        bucket = _bucket(rule, age)
        slot = bucket(moment) if bucket else None
        if place > 0 and age >= rule.all_days and (slot is None or slot in seen):
            drop.add(moment)
        seen.add(slot)
    return frozenset(drop)


def _bucket(rule: Keeping, age: int) -> Callable[[datetime], Hashable] | None:
    if age < rule.daily_days:
        return _day
    if age < rule.weekly_days:
        return _week
    return _month if age < rule.monthly_days else None


def _day(moment: datetime) -> Hashable:
    return moment.date()


def _week(moment: datetime) -> Hashable:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> Hashable:
    return moment.year, moment.month, "month"
