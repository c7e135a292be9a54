"""What a deputy did at the station in a time, as the deputy's card tells it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Raised:
    """A matter a deputy brought in."""

    case_id: int
    number: str
    title: str
    on: str


@dataclass(frozen=True)
class Deeds:
    """What a deputy did between two days.

    Args:
        attended: ISO dates of the reception days attended, oldest first.
        excused: how many days the deputy was planned for and away with leave.
        missed: how many days the deputy was planned for and absent without one.
        planned: ISO dates of the days ahead the deputy is planned for, soonest first.
        visits: how many visits the deputy received.
        raised: matters of the deputy's own, newest first.
    """

    attended: tuple[str, ...] = ()
    excused: int = 0
    missed: int = 0
    planned: tuple[str, ...] = ()
    visits: int = 0
    raised: tuple[Raised, ...] = ()
