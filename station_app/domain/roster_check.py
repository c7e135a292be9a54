"""Checking the roster (名册核对): what comes of asking a deputy, who is due, and how far a round has got."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from station_app.domain.calendars import add_months
from station_app.domain.groups import Group
from station_app.domain.people import Deputy, Level
from station_app.domain.problems import FieldProblem, InvalidInput

CHECK_MONTHS: Final = 12
TERM_WARN_DAYS: Final = 180
_MOST: Final = {"check_months": 60, "term_warn_days": 730}


class Outcome(StrEnum):
    """What came of asking a deputy."""

    SAME = "same"
    CHANGED = "changed"
    UNREACHED = "unreached"


OUTCOME_LABELS = {Outcome.SAME: "无误", Outcome.CHANGED: "有变化", Outcome.UNREACHED: "未联系上"}


@dataclass(frozen=True)
class RosterRules:
    """How long an entry holds without a check, and how early the end of a term is told.

    Args:
        check_months: an entry is due when it was never checked or longer ago than so many months (1 to 60).
        term_warn_days: the end of a term is told so many days before (1 to 730).
    """

    check_months: int = CHECK_MONTHS
    term_warn_days: int = TERM_WARN_DAYS

    def to_dict(self) -> dict[str, int]:
        """Return the rules as plain values for the settings."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, object]) -> "RosterRules":
        """Return rules read from `to_dict`; what is missing keeps its default.

        Raises:
            InvalidInput: a value is no number within its limits; the problem's field is its key.
        """
        known: dict[str, int] = {}
        for key, most in _MOST.items():
            value = values.get(key, getattr(cls, key))
            if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
                raise InvalidInput([FieldProblem(key, f"请填 1 到 {most} 之间的整数。")])
            known[key] = value
        return cls(**known)


@dataclass(frozen=True)
class Check:
    """One check of an entry of the roster.

    Args:
        on: ISO date.
        operator: who asked.
        note: why the deputy was not reached, or what changed; may be empty.
    """

    deputy_id: int
    on: str
    operator: str
    outcome: Outcome
    note: str = ""
    id: int = 0
    uid: str = ""


def check_is_due(checked_on: str, today: date, months: int = CHECK_MONTHS) -> bool:
    """Tell whether an entry was never checked or longer ago than ``months`` (名册久未核对).

    Args:
        checked_on: ISO date of the last check, or empty.
    """
    return not checked_on or checked_on < add_months(today, -months).isoformat()


@dataclass(frozen=True)
class CheckScope:
    """Whom a walk through the roster is about; None everywhere: every serving deputy."""

    group_id: int | None = None
    level: Level | None = None
    village_id: int | None = None

    def holds(self, deputy: Deputy, groups: Sequence[Group], day: str) -> bool:
        """Tell whether a deputy is within it on ``day`` (ISO date): by residence, or by a group's villages."""
        own = [group for group in groups if any(m.deputy_id == deputy.id for m in group.members_on(day))]
        return (
            (self.level is None or self.level in deputy.levels_on(day))
            and (self.group_id is None or any(group.id == self.group_id for group in own))
            and (
                self.village_id is None
                or deputy.village_id == self.village_id
                or any(self.village_id in group.villages_on(day) for group in own)
            )
        )


@dataclass(frozen=True)
class RoundLine:
    """A deputy in a round of checks.

    Args:
        group_names: of the groups the deputy is a member of.
        due: still to be checked.
        last: what came of asking in this round, or None.
    """

    deputy: Deputy
    group_names: tuple[str, ...]
    due: bool
    last: Check | None = None


def check_round(
    deputies: Iterable[Deputy], groups: Sequence[Group], checks: Iterable[Check], today: date, months: int, begun: str
) -> list[RoundLine]:
    """Return who belongs to a round: serving deputies that are due, and those asked since it began, in roster order.

    Args:
        begun: ISO date on which the round began.
    """
    asked = {check.deputy_id: check for check in checks if check.on >= begun}  # the last one wins
    day = today.isoformat()
    lines = []
    for deputy in deputies:
        due = check_is_due(deputy.checked_on, today, months)
        if deputy.serves_on(day) and (due or deputy.id in asked):
            names = tuple(g.name for g in groups if any(m.deputy_id == deputy.id for m in g.members_on(day)))
            lines.append(RoundLine(deputy, names, due, asked.get(deputy.id)))
    return lines


def outdated(deputies: Iterable[Deputy], today: date, months: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return ids of the serving deputies checked too long ago, and of those never checked."""
    due = [one for one in deputies if one.serves_on(today.isoformat()) and check_is_due(one.checked_on, today, months)]
    return tuple(one.id for one in due if one.checked_on), tuple(one.id for one in due if not one.checked_on)
