"""What two entries of one person say twice: which row stays, and what the other one still adds to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Any, Final

from station_app.domain.groups import Membership
from station_app.domain.reception import Presence

Row = Mapping[str, Any]
"""A row of the file, by column."""

_FOR_EVER: Final = "9999-12-31"
_PRESENCES: Final = (Presence.PRESENT, Presence.LEAVE, Presence.ABSENT, Presence.PLANNED)


def _same_sitting(kept: Row, other: Row) -> dict[str, Any] | None:
    """One day, one person: the presence that tells most stays."""
    if kept["day_id"] != other["day_id"]:
        return None
    told = min(Presence(kept["presence"]), Presence(other["presence"]), key=_PRESENCES.index)
    return {"presence": told.value, **_filled(kept, other, "level", "arrived_at", "stands_in_for")}


def _same_mandate(kept: Row, other: Row) -> dict[str, Any] | None:
    """A mandate of one level, term and constituency; one that ended and one that lasts both stay, for the clerk to see."""
    compared = ("term", "constituency", "card_number", "from_on", "end_reason")
    if not _alike(kept, other, "level", "to_on") or any(_differ(kept[name], other[name]) for name in compared):
        return None
    if not any(kept[name] and kept[name] == other[name] for name in ("term", "from_on", "card_number")):
        return None  # nothing says that it is the same one
    filled = _filled(kept, other, *compared, "entered", "suspended_on")
    if kept["to_on"] and filled.get("from_on", kept["from_on"]) > kept["to_on"]:
        return None
    return {**filled, "suspended": max(kept["suspended"], other["suspended"])}


def _same_leave(kept: Row, other: Row) -> dict[str, Any] | None:
    return _filled(kept, other, "reason") if _alike(kept, other, "from_on", "to_on") else None


def _same_place(kept: Row, other: Row) -> dict[str, Any] | None:
    """One person belongs to one place at a time: what overlaps is united, or what the kept entry says stands."""
    if not _overlap(kept, other):
        return None
    if kept["station_id"] != other["station_id"]:
        return {}
    ends = _filled(kept, other, "came_from", "went_to")
    return {**ends, "from_on": min(kept["from_on"], other["from_on"]), "to_on": _later(kept["to_on"], other["to_on"])}


def _same_households(kept: Row, other: Row) -> dict[str, Any] | None:
    if not _alike(kept, other, "village_id", "grid_id", "name", "address") or not _overlap(kept, other):
        return None
    return {
        "households": max(kept["households"], other["households"]),
        "from_on": min(kept["from_on"], other["from_on"]),
        "to_on": _later(kept["to_on"], other["to_on"]),
        **_filled(kept, other, "phone", "remark"),
    }


def _same_signature(kept: Row, other: Row) -> dict[str, Any] | None:
    if kept["suggestion_id"] != other["suggestion_id"]:
        return None
    return {"leading": max(kept["leading"], other["leading"]), "position": min(kept["position"], other["position"])}


def _same_receiver(kept: Row, other: Row) -> dict[str, Any] | None:
    return {} if kept["visit_id"] == other["visit_id"] else None


UNITED: Final[Mapping[str, Callable[[Row, Row], dict[str, Any] | None]]] = {
    "attendance": _same_sitting,
    "mandates": _same_mandate,
    "leaves": _same_leave,
    "placements": _same_place,
    "household_links": _same_households,
    "suggestion_signers": _same_signature,
    "visit_receivers": _same_receiver,
}
"""By table: what becomes of the kept entry's row when the other entry's row says the same; None when it does not.
Rows of other tables (memberships apart, see `united_memberships`) all stay: each tells something of its own."""


def united_memberships(kept: Iterable[Membership], other: Iterable[Membership]) -> list[Membership]:
    """Return the memberships of one person who had two entries, nobody twice in a group on any day.

    Whoever led the group as one of them led it. Memberships that do not overlap one of the other entry's stay as they are.

    Args:
        kept: of the entry that stays; their deputy is everybody's in what is returned.
        other: of the entry that goes; may keep their ids.
    """
    mine = list(kept)
    theirs = list(other)
    united: list[Membership] = []
    for _, members in groupby(sorted([*mine, *theirs], key=lambda one: one.group_id), key=lambda one: one.group_id):
        rows = list(members)
        cross = any(_overlaps(one, two) for one in rows if one in mine for two in rows if two in theirs)
        united += _timeline(rows) if cross else rows
    owner = mine[0].deputy_id if mine else 0
    return [replace(one, deputy_id=owner) if owner else one for one in united]


def _timeline(rows: list[Membership]) -> list[Membership]:
    """Return what some memberships of one group come to: as few as tell who was in it, and who led it, on every day."""
    days = sorted({day for one in rows for day in (one.from_on, one.to_on or _FOR_EVER)})
    pieces: list[tuple[str, str, bool]] = []
    for start, end in pairwise(days):
        held = [one for one in rows if one.holds_on(start)]
        if not held:
            continue
        leads = any(one.leader for one in held)
        if pieces and pieces[-1][1:] == (start, leads):
            pieces[-1] = (pieces[-1][0], end, leads)
        else:
            pieces.append((start, end, leads))
    free = list(rows)
    made = []
    for start, end, leads in pieces:
        reused = next((one for one in free if one.from_on == start), free[0] if free else None)
        if reused is not None:
            free.remove(reused)
        until = "" if end == _FOR_EVER else end
        base = reused or replace(rows[0], id=0, uid="")
        made.append(replace(base, from_on=start, to_on=until, leader=leads))
    return made


def _overlaps(one: Membership, other: Membership) -> bool:
    return one.from_on < (other.to_on or _FOR_EVER) and other.from_on < (one.to_on or _FOR_EVER)


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["from_on"] < (other["to_on"] or _FOR_EVER) and other["from_on"] < (one["to_on"] or _FOR_EVER))


def _later(one: str, other: str) -> str:
    return max(one, other) if one and other else ""


def _alike(one: Row, other: Row, *names: str) -> bool:
    return all(one[name] == other[name] for name in names)


def _differ(one: Any, other: Any) -> bool:
    return bool(one) and bool(other) and one != other


def _filled(kept: Row, other: Row, *names: str) -> dict[str, Any]:
    """Return what the other row knows and the kept one does not."""
    return {name: other[name] for name in names if not kept[name] and other[name]}
