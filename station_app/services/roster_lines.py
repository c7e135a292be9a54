"""The lines of the roster as it stands, or stood, on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from station_app.domain.groups import Group, GroupKind
from station_app.domain.people import (
    FORMER,
    GENDER_LABELS,
    STANDING_LABELS,
    Deputy,
    RosterLine,
    Standing,
    level_label,
)
from station_app.domain.station import OrganKind
from station_app.domain.workplace import workplace


@dataclass(frozen=True)
class Around:
    """What the lines tell besides the deputies themselves.

    Args:
        organ: kind of the host organ, for the word of the lowest level.
        villages: short names by id.
        groups: every group, past ones too.
        spelled: pinyin and initials by deputy.
        households: how many each deputy keeps contact with, by deputy.
    """

    organ: OrganKind
    villages: Mapping[int, str]
    groups: Sequence[Group]
    spelled: Mapping[int, tuple[str, str]]
    households: Mapping[int, int]


def roster_lines(
    deputies: Sequence[Deputy], day: str, standing: Collection[Standing], around: Around
) -> list[RosterLine]:
    """Return a line for each deputy who stands so to the station on ``day`` (ISO date), in roster order.

    Those who left are told by the mandates they had held until then and the groups they were in last.
    """
    chosen = [(deputy, how) for deputy in deputies if (how := deputy.standing_on(day)) in standing]
    groups = _groups_on(around.groups, day)
    return [_line(index, *one, day, around, groups[one[0].id]) for index, one in enumerate(chosen, 1)]


def _groups_on(groups: Sequence[Group], day: str) -> dict[int, dict[GroupKind, list[Group]]]:
    found: dict[int, dict[GroupKind, list[Group]]] = defaultdict(lambda: defaultdict(list))
    for group in groups:
        for member in group.members_on(day):
            found[member.deputy_id][group.kind].append(group)
    return found


def _line(
    index: int, deputy: Deputy, how: Standing, day: str, around: Around, own: Mapping[GroupKind, list[Group]]
) -> RosterLine:
    held = [one for one in deputy.mandates if one.holds_on(day)]
    if how in FORMER and not held:
        held = [one for one in deputy.mandates if one.from_on <= day]
    elif how is Standing.COMING and not held:
        held = list(deputy.mandates)
    area = own.get(GroupKind.AREA, [])
    near = [around.villages[one] for group in area for one in group.villages_on(day) if one in around.villages]
    return RosterLine(
        index=index,
        deputy_id=deputy.id,
        uid=deputy.uid,
        name=deputy.name,
        gender=GENDER_LABELS[deputy.gender],
        ethnicity=deputy.ethnicity,
        birth_month=deputy.birth_month,
        party=deputy.party,
        education=deputy.education,
        post=deputy.post,
        levels=_joined(level_label(one.level, around.organ) for one in held),
        terms=_each(one.term for one in held),
        constituencies=_each(one.constituency for one in held),
        card_numbers=_each(one.card_number for one in held),
        phone=deputy.phone,
        area_groups=_joined(group.name for group in area),
        villages=_joined(near),
        remark=deputy.remark,
        field_groups=_joined(group.name for group in own.get(GroupKind.FIELD, [])),
        households=around.households.get(deputy.id),
        state=STANDING_LABELS[how],
        checked_on=deputy.checked_on,
        id_number=deputy.id_number,
        address=deputy.address,
        pinyin=" ".join(around.spelled.get(deputy.id, ("", ""))),
        home=deputy.village,
        workplace=workplace(deputy.post),
        phone2=deputy.phone2,
        skills=deputy.skills,
        languages=deputy.languages,
        standing=how,
    )


def _each(words: Iterable[str]) -> str:
    """Return one word a mandate, so that it is plain which level each belongs to; a dash for one that has none."""
    told = list(words)
    return "、".join(word or "—" for word in told) if any(told) else ""


def _joined(words: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(word for word in words if word))
