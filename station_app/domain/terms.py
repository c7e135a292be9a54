"""Terms of congresses (届次) and the constituencies deputies are elected in."""

from dataclasses import dataclass

from station_app.domain.people import Level


@dataclass(frozen=True)
class Term:
    """A term of a congress.

    Args:
        name: e.g. 第十八届.
        from_on: ISO date on which it began, or empty.
        to_on: ISO date on which it ends or ended, or empty while that is open.
    """

    level: Level
    name: str
    from_on: str = ""
    to_on: str = ""
    id: int = 0
    uid: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether the term runs on ``day`` (ISO date)."""
        return self.from_on <= day and (not self.to_on or day <= self.to_on)


@dataclass(frozen=True)
class Constituency:
    """A constituency (选区、选举单位) of one term, with the villages it covers.

    Args:
        term: name of the term; constituencies are drawn anew for each.
        seats: how many deputies it elects, or None when nobody wrote it down.
    """

    level: Level
    term: str
    name: str
    village_ids: tuple[int, ...] = ()
    seats: int | None = None
    position: int = 0
    id: int = 0
    uid: str = ""
