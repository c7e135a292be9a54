"""Each rule of grouping finds what breaks it, says what to do, and is silent otherwise."""

from dataclasses import replace

import pytest

from station_app.domain.grouping_rules import HINTS, RULE_LABELS, Finding, Grouped, Rule, check_grouping, count_words
from station_app.domain.groups import Group, GroupKind, HouseholdLink, Membership, Served
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.station import Village
from station_app.domain.terms import Constituency

DAY = "2026-11-22"
VILLAGES = tuple(Village(at, "", name, name, position=at) for at, name in enumerate(("上坪村", "下坝村", "大田村"), 1))


def deputy(deputy_id: int, level: Level = Level.TOWNSHIP, village: int | None = None, **mandate: object) -> Deputy:
    held = Mandate(level, "第十八届", "第一选区", from_on="2021-11-01", **mandate)  # type: ignore[arg-type]
    return Deputy(f"代表{deputy_id}", id=deputy_id, roster_order=deputy_id, village_id=village, mandates=(held,))


def group(
    group_id: int,
    members: tuple[int, ...],
    kind: GroupKind = GroupKind.AREA,
    villages: tuple[int, ...] = (),
    **more: object,
) -> Group:
    """Return a group whose first member leads."""
    made = tuple(Membership(group_id, one, "2021-11-01", leader=at == 0, id=one) for at, one in enumerate(members))
    served = tuple(Served(one) for one in villages)
    return Group(group_id, "", f"小组{group_id}", kind, villages, memberships=made, villages=served, **more)  # type: ignore[arg-type]


PEOPLE = (deputy(1, Level.COUNTY), deputy(2), deputy(3, Level.COUNTY), deputy(4))
SOUND = Grouped(
    DAY,
    (
        group(1, (1, 2), villages=(1, 2)),
        group(2, (3, 4), villages=(3,)),
        group(3, (1, 2, 3, 4), GroupKind.FIELD),
        group(4, (1, 4), GroupKind.DUTY),
        group(5, (2,), GroupKind.CHAT, (1,)),
    ),
    PEOPLE,
    VILLAGES,
    (),
    tuple(HouseholdLink(1, village.id, 10, from_on="2026-01-01") for village in VILLAGES),
)


def with_groups(*groups: Group) -> Grouped:
    """Return the sound grouping with some groups instead of those with their ids."""
    ids = {one.id for one in groups}
    return replace(SOUND, groups=tuple(one for one in SOUND.groups if one.id not in ids) + groups)


BROKEN = {
    Rule.VILLAGE_HAS_DEPUTY: with_groups(group(1, (1, 2), villages=(1,))),
    Rule.VILLAGE_IN_ONE_GROUP: with_groups(group(2, (3, 4), villages=(2, 3))),
    Rule.GROUP_HAS_MEMBERS: with_groups(group(3, (), GroupKind.FIELD)),
    Rule.GROUP_HAS_LEADER: with_groups(
        replace(SOUND.groups[3], memberships=tuple(replace(one, leader=False) for one in SOUND.groups[3].memberships))
    ),
    Rule.ONE_LEADER: with_groups(
        replace(SOUND.groups[3], memberships=tuple(replace(one, leader=True) for one in SOUND.groups[3].memberships))
    ),
    Rule.ONE_AREA_GROUP: with_groups(group(2, (3, 4, 2), villages=(3,))),
    Rule.DEPUTY_IN_AREA_GROUP: with_groups(group(2, (3,), villages=(3,))),
    Rule.MEMBER_HAS_MANDATE: replace(SOUND, deputies=(*PEOPLE[:3], deputy(4, to_on="2026-10-31"))),
    Rule.MEMBER_EXERCISES: replace(SOUND, deputies=(*PEOPLE[:3], deputy(4, suspended=True))),
    Rule.DUTY_TEAM_SIZE: with_groups(group(4, (1,), GroupKind.DUTY)),
    Rule.SIZE_LIKE_OTHERS: replace(
        with_groups(group(1, (1, 2, *range(10, 16)), villages=(1, 2))),
        deputies=(*PEOPLE, *(deputy(one) for one in range(10, 16))),
    ),
    Rule.LEVELS_MIXED: with_groups(group(1, (1, 3), villages=(1, 2)), group(2, (2, 4), villages=(3,))),
    Rule.CHAT_HAS_DEPUTY: with_groups(group(5, (), GroupKind.CHAT)),
    Rule.VILLAGE_HAS_HOUSEHOLDS: replace(SOUND, households=SOUND.households[:2]),
}


def test_a_sound_grouping_has_no_findings() -> None:
    assert check_grouping(SOUND) == []
    assert count_words([]) == "无问题"


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_finds_what_breaks_it_and_can_be_switched_off(rule: Rule) -> None:
    found = [one for one in check_grouping(BROKEN[rule]) if one.rule is rule]
    assert len(found) == 1
    assert found[0].words.endswith("。")
    assert found[0].todo
    assert {found[0].group_id, found[0].deputy_id, found[0].village_id} != {None}, "Enter leads nowhere"
    assert not [one for one in check_grouping(BROKEN[rule], {rule}) if one.rule is rule]
    assert RULE_LABELS[rule]


def test_hints_come_last_and_are_counted_apart() -> None:
    found = check_grouping(replace(BROKEN[Rule.LEVELS_MIXED], villages=(*VILLAGES, Village(4, "", "新村", "新村"))))
    assert [one.hint for one in found] == sorted(one.hint for one in found)
    assert count_words(found) == "1 处问题、2 条提示"
    assert set(Rule) > HINTS


def test_a_village_is_covered_by_its_constituency_or_by_who_lives_there() -> None:
    lacking = BROKEN[Rule.VILLAGE_HAS_DEPUTY]

    def lacks(grouped: Grouped) -> list[Finding]:
        return [one for one in check_grouping(grouped) if one.rule is Rule.VILLAGE_HAS_DEPUTY]

    assert [one.village_id for one in lacks(lacking)] == [2]
    ward = Constituency(Level.TOWNSHIP, "第十八届", "第一选区", (2,))
    assert lacks(replace(lacking, constituencies=(ward,))) == []
    assert lacks(replace(lacking, constituencies=(replace(ward, term="第十七届"),)))
    assert lacks(replace(lacking, deputies=(*PEOPLE[:3], replace(PEOPLE[3], village_id=2)))) == []


def test_a_day_decides_and_groups_that_ended_are_left_out() -> None:
    ended = group(9, (), GroupKind.FIELD, from_on="2020-01-01", to_on="2026-01-01")
    assert check_grouping(with_groups(ended)) == []
    before = replace(with_groups(ended), day="2025-06-01")
    assert Rule.GROUP_HAS_MEMBERS in {one.rule for one in check_grouping(before)}


def test_where_nobody_keeps_households_none_are_asked_for() -> None:
    assert check_grouping(replace(SOUND, households=())) == []
