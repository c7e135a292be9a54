"""Who represented a village on a day, and why (谁代表这个村)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from station_app.domain.groups import Group, GroupKind
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.station import Village
from station_app.domain.terms import Constituency, villages_in


class Why(StrEnum):
    """Why a deputy represents a village, the strongest first."""

    ELECTED = "elected"
    CONTACT = "contact"
    RESIDES = "resides"


WHY_LABELS = {Why.ELECTED: "选区选出", Why.CONTACT: "小组联系", Why.RESIDES: "现住本村"}


@dataclass(frozen=True)
class Representative:
    """A deputy who represented a village on a day, in one level.

    Args:
        deputy: as registered now.
        mandate: the one in force that day.
        why: the reason.
        through: name of the constituency or group, or empty.
    """

    deputy: Deputy
    mandate: Mandate
    why: Why
    through: str = ""


def who_represents(
    village: Village,
    day: str,
    today: date,
    deputies: Iterable[Deputy],
    constituencies: Sequence[Constituency],
    groups: Sequence[Group],
    villages: Sequence[Village],
) -> list[Representative]:
    """Return who represented a village on ``day`` (ISO date): by level, elected ones first, then roster order.

    Only what is dated answers about the past: mandates, terms of constituencies, members and villages of area groups.
    Residence is not dated, so it counts from today on only; a later move changes no answer about an earlier day.

    Args:
        villages: every village, to read their names out of a constituency nobody registered.
    """
    cover = {(one.level, one.term, one.name): village.id in one.village_ids for one in constituencies}
    contact = {
        member.deputy_id: group.name
        for group in groups
        if group.kind is GroupKind.AREA and group.exists_on(day) and village.id in group.villages_on(day)
        for member in group.members_on(day)
    }
    found = []
    for deputy in deputies:
        if not deputy.serves_on(day):
            continue
        held = [mandate for mandate in deputy.mandates if mandate.holds_on(day)]
        elected = [mandate for mandate in held if _covers(mandate, village, cover, villages)]
        found += [Representative(deputy, mandate, Why.ELECTED, mandate.constituency) for mandate in elected]
        if deputy.id in contact:
            why, through = Why.CONTACT, contact[deputy.id]
        elif deputy.village_id == village.id and day >= today.isoformat():
            why, through = Why.RESIDES, ""
        else:
            continue
        found += [Representative(deputy, mandate, why, through) for mandate in held if mandate not in elected]
    levels = list(Level)
    return sorted(found, key=lambda one: (levels.index(one.mandate.level), list(Why).index(one.why)))


def _covers(
    mandate: Mandate, village: Village, cover: dict[tuple[Level, str, str], bool], villages: Sequence[Village]
) -> bool:
    if not mandate.constituency:
        return False
    known = cover.get((mandate.level, mandate.term, mandate.constituency))
    return village.id in villages_in(mandate.constituency, villages) if known is None else known
