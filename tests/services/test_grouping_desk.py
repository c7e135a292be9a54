"""The desk of groups: every move is one step that can be undone, a proposal too; households and grids beside them."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from station_app.domain.grouping_rules import Rule
from station_app.domain.groups import Group, GroupKind, HouseholdLink
from station_app.domain.households import households_by_deputy, households_of_group
from station_app.domain.people import EndReason
from station_app.domain.problems import InvalidInput
from station_app.domain.proposal_areas import area_proposal
from station_app.domain.proposal_duty import duty_proposal
from station_app.services.books import Book, Selection
from station_app.services.group_rows import GroupRows
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from tests.ui.small_station import TODAY, small_station

ON = TODAY.isoformat()
BEFORE = "2026-11-01"
Facts = dict[str, object]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("grouping") / "禾溪.station"
    small_station(path).close()
    return path


@pytest.fixture
def desks(made_once: Path, tmp_path: Path) -> Iterator[Desks]:
    made = Desks.open(Path(shutil.copy(made_once, tmp_path)), fixed_clock(TODAY, time(9, 0)))
    yield made
    made.close()


def group_named(desks: Desks, name: str) -> Group:
    return next(group for group in desks.grouping.groups() if group.name == name)


def names_in(desks: Desks, name: str, day: str = ON) -> list[str]:
    """Return the members of a group on a day, the leader first."""
    people = {deputy.id: deputy.name for deputy in desks.roster.deputies()}
    return [people[one.deputy_id] for one in group_named(desks, name).members_on(day)]


def deputy_id(desks: Desks, name: str) -> int:
    return next(deputy.id for deputy in desks.roster.deputies() if deputy.name == name)


def everything(desks: Desks) -> Facts:
    """Return what is known of groups and households, without what only counts changes."""
    return {"groups": desks.grouping.groups(), "households": desks.households.all(), "grids": desks.households.grids()}


def test_a_move_is_one_step_and_the_days_before_stay(desks: Desks) -> None:
    kept = everything(desks)
    people = names_in(desks, "上坪片区小组", "2026-11-21")
    member = next(
        one for one in group_named(desks, "上坪片区小组").memberships if one.deputy_id == deputy_id(desks, "欧阳建国")
    )
    done = desks.grouping.move([member.id], group_named(desks, "水东片区小组").id, ON)
    assert done.label == "已移到 水东片区小组"
    assert names_in(desks, "上坪片区小组", "2026-11-21") == people
    assert "欧阳建国" not in names_in(desks, "上坪片区小组")
    assert "欧阳建国" in names_in(desks, "水东片区小组")
    desks.housekeeping.undo()
    assert everything(desks) == kept


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_in_any_order_each_step_is_undone_to_what_was(desks: Desks, seed: int) -> None:
    rng = random.Random(seed)
    days = [(TODAY + timedelta(days=shift)).isoformat() for shift in range(-30, 30, 3)]
    for _ in range(40):
        kept = everything(desks)
        groups, people = desks.grouping.groups(), [one.id for one in desks.roster.deputies()]
        rows = [one.id for group in groups for one in group.memberships]
        group, deputy, row, day = rng.choice(groups), rng.choice(people), rng.choice(rows), rng.choice(days)
        pair = rng.sample(people, 2)
        acts = (
            lambda group=group, deputy=deputy, day=day: desks.grouping.join(group.id, deputy, day),
            lambda group=group, pair=pair, day=day: desks.grouping.join_all(group.id, pair, day),
            lambda row=row, day=day: desks.grouping.leave(row, day),
            lambda row=row, group=group, day=day: desks.grouping.move([row], group.id, day),
            lambda group=group, deputy=deputy, day=day: desks.grouping.make_leader(group.id, deputy, day),
            lambda row=row, day=day: desks.grouping.correct_membership(row, day, ""),
            lambda row=row: desks.grouping.remove_membership(row) if rng.random() < 0.3 else None,
            lambda group=group, day=day: desks.grouping.end_group(group.id, day) if rng.random() < 0.2 else None,
            lambda group=group, day=day: desks.grouping.reopen_group(group.id, day),
        )
        try:
            rng.choice(acts)()
        except InvalidInput:
            assert everything(desks) == kept, "what is refused leaves no trace"
            continue
        if everything(desks) != kept and rng.random() < 0.5:  # what changes nothing is no step
            desks.housekeeping.undo()
            assert everything(desks) == kept
        for day in days:
            led = [[one for one in group.members_on(day) if one.leader] for group in desks.grouping.groups()]
            assert all(len(leaders) <= 1 for leaders in led)
            inside = [
                one.deputy_id
                for group in desks.grouping.groups()
                if group.kind is GroupKind.AREA
                for one in group.members_on(day)
            ]
            assert len(inside) == len(set(inside))


def test_a_group_ends_with_its_members_and_villages_and_comes_back(desks: Desks) -> None:
    group = group_named(desks, "上坪片区小组")
    members = names_in(desks, group.name)
    desks.grouping.end_group(group.id, BEFORE)
    ended = group_named(desks, group.name)
    assert names_in(desks, group.name) == []
    assert names_in(desks, group.name, "2026-10-31") == members
    assert (ended.village_ids, ended.exists_on(ON)) == ((), False)
    assert ended.villages_on("2026-10-31") == group.village_ids
    desks.grouping.join(group_named(desks, "水东片区小组").id, deputy_id(desks, "曾丽萍"), "2026-11-10")
    desks.grouping.reopen_group(group.id, ON)
    assert names_in(desks, group.name) == [name for name in members if name != "曾丽萍"]
    assert group_named(desks, group.name).villages_on(ON) == group.village_ids
    with pytest.raises(InvalidInput):
        desks.grouping.reopen_group(group.id, ON)


def test_nobody_without_mandate_joins_and_it_is_told_at_the_date(desks: Desks) -> None:
    group = group_named(desks, "农业农村专业小组")
    with pytest.raises(InvalidInput) as told:
        desks.grouping.join(group.id, deputy_id(desks, "曾丽萍"), "2021-10-31")
    assert told.value.problems[0].field == "from_on"
    assert "2021-11-01 才开始担任代表" in told.value.problems[0].message


def test_who_holds_no_mandate_any_more_leaves_every_group_and_household(desks: Desks) -> None:
    who = deputy_id(desks, "欧阳建国")
    desks.households.save(HouseholdLink(who, 1, 30, from_on="2026-01-01"))
    with desks._file.write("终止代表职务") as step:
        desks.grouping._records.end_memberships(step, who, BEFORE)
    assert all("欧阳建国" not in names_in(desks, group.name) for group in desks.grouping.groups())
    assert "欧阳建国" in names_in(desks, "上坪片区小组", "2026-10-31")
    assert [one.to_on for one in desks.households.all()] == [BEFORE]


def test_a_kind_cannot_change_to_area_when_members_would_be_in_two(desks: Desks) -> None:
    group = group_named(desks, "进站第一组")
    with pytest.raises(InvalidInput) as told:
        desks.grouping.save_group(replace(group, kind=GroupKind.AREA))
    assert told.value.problems[0].field == "kind"


def test_a_proposal_of_areas_is_adopted_in_one_step_and_undone_to_the_row(desks: Desks) -> None:
    kept = everything(desks)
    before = {group.name: names_in(desks, group.name, "2026-10-31") for group in desks.grouping.groups()}
    proposal = area_proposal(desks.grouping.grouped(BEFORE), 3)
    desks.grouping.adopt(proposal, BEFORE)
    grouped = desks.grouping.grouped(BEFORE)
    made = [group for group in grouped.standing if group.kind is GroupKind.AREA]
    assert len(made) == 3
    for group, team in zip(
        sorted(made, key=lambda one: one.name), sorted(proposal.teams, key=lambda one: one.name), strict=True
    ):
        members = group.members_on(BEFORE)
        assert {one.deputy_id for one in members} == set(team.deputy_ids)
        assert [one.deputy_id for one in members if one.leader] == [team.leader_id]
        assert set(group.villages_on(BEFORE)) == set(team.village_ids)
    for name, people in before.items():
        assert names_in(desks, name, "2026-10-31") == people, "the days before are as they were"
    desks.housekeeping.undo()
    assert everything(desks) == kept


def test_who_stays_in_a_group_that_goes_on_keeps_the_row(desks: Desks) -> None:
    rows = {one.id for one in group_named(desks, "进站第一组").memberships}
    proposal = duty_proposal(desks.grouping.grouped(ON), 2)
    at = next(at for at, team in enumerate(proposal.teams) if team.group_id)
    members = [one.deputy_id for one in group_named(desks, "进站第一组").members_on(ON)]
    desks.grouping.adopt(proposal.with_deputies(members, at), ON)
    kept = [one for one in group_named(desks, "进站第一组").memberships if one.id in rows]
    assert {one.from_on for one in kept} == {(TODAY - timedelta(days=300)).isoformat()}
    assert all(not one.to_on for one in kept)
    assert len([group for group in desks.grouping.groups() if group.kind is GroupKind.DUTY]) == 2


def test_what_was_adopted_and_refused_leaves_nothing_behind(desks: Desks) -> None:
    kept = everything(desks)
    proposal = area_proposal(desks.grouping.grouped(ON), 2)
    with pytest.raises(InvalidInput):
        desks.grouping.adopt(proposal, "2020-01-01")
    with pytest.raises(InvalidInput):
        desks.grouping.adopt(proposal.renamed(0, "农业农村专业小组"), ON)
    assert everything(desks) == kept


def test_rules_are_checked_with_a_list_and_can_be_switched_off(desks: Desks) -> None:
    found = {one.rule: one for one in desks.grouping.findings(ON)}
    loose = found[Rule.DEPUTY_IN_AREA_GROUP]
    assert loose.words == "𬭚文没有编入片区小组。"
    assert loose.deputy_id == deputy_id(desks, "𬭚文")
    desks.grouping.join(group_named(desks, "水东片区小组").id, loose.deputy_id, ON)
    assert Rule.DEPUTY_IN_AREA_GROUP not in {one.rule for one in desks.grouping.findings(ON)}
    desks.grouping.make_leader(group_named(desks, "水东片区小组").id, None, ON)
    assert Rule.GROUP_HAS_LEADER in {one.rule for one in desks.grouping.findings(ON)}
    desks.grouping.save_rules_off(frozenset({Rule.GROUP_HAS_LEADER}))
    assert Rule.GROUP_HAS_LEADER not in {one.rule for one in desks.grouping.findings(ON)}
    desks.housekeeping.undo()
    assert desks.grouping.rules_off() == frozenset()


def test_what_is_wrong_with_villages_groups_and_members_is_found(desks: Desks) -> None:
    villages = [village.id for village in desks.settings.villages()]
    first, second = group_named(desks, "上坪片区小组"), group_named(desks, "水东片区小组")
    desks.grouping.save_group(replace(first, village_ids=(villages[0], villages[2])))
    desks.grouping.save_group(Group(0, "", "教育小组", GroupKind.FIELD))
    desks.grouping.save_group(Group(0, "", "上坪村民群", GroupKind.CHAT, (villages[0],), people=120))
    desks.grouping.leave(group_named(desks, "进站第一组").memberships[1].id, ON)
    deputy = desks.roster.deputy(second.members_on(ON)[1].deputy_id)
    ended = replace(deputy.mandates[0], to_on=BEFORE, end_reason=EndReason.RESIGNED)
    kept = [replace(one, to_on=BEFORE, end_reason=EndReason.RESIGNED) for one in deputy.mandates[1:]]
    with desks._file.write("终止代表职务") as step:  # as an import may: without ending the memberships
        desks.roster._records.change_dated(step, replace(deputy, mandates=(ended, *kept)))
    words = {one.rule: one.words for one in desks.grouping.findings(ON)}
    assert "下坝村没有代表" in words[Rule.VILLAGE_HAS_DEPUTY]
    assert "大田村同时归 2 个片区小组联系" in words[Rule.VILLAGE_IN_ONE_GROUP]
    assert words[Rule.GROUP_HAS_MEMBERS] == "教育小组没有成员。"
    assert words[Rule.CHAT_HAS_DEPUTY] == "上坪村民群里没有代表。"
    assert words[Rule.DUTY_TEAM_SIZE] == "进站第一组只有 1 人，排不满一次进站。"
    assert "还在水东片区小组" in words[Rule.MEMBER_HAS_MANDATE]


def test_households_count_once_by_number_or_list_and_groups_fall_back_to_their_own_number(desks: Desks) -> None:
    who = deputy_id(desks, "钟龑")
    group = group_named(desks, "上坪片区小组")
    assert households_of_group(group, {}, ON) == 120
    desks.households.save(HouseholdLink(who, 1, 30, from_on="2026-01-01"))
    for name in ("刘发根", "王冬菊"):
        desks.households.save(HouseholdLink(who, 1, name=name, phone="140 0000 2001", from_on="2026-01-01"))
    named = desks.households.save(HouseholdLink(who, 2, name="何田生", from_on="2026-01-01")).value
    sums = households_by_deputy(desks.households.all(), ON)
    assert sums == {who: 31}
    assert households_of_group(group, sums, ON) == 31
    rows = GroupRows(desks.settings, desks.roster, desks.grouping, ON)  # the papers say what the window says
    assert rows.group_line(1, group).households == 31
    assert {line.deputy_id: line.households for line in rows.contact_lines() if line.households} == {who: 31}
    desks.households.end(named, ON)
    assert households_by_deputy(desks.households.all(), ON) == {who: 30}
    assert households_by_deputy(desks.households.all(), "2026-11-21") == {who: 31}
    with pytest.raises(InvalidInput, match="已经登记过户数"):
        desks.households.save(HouseholdLink(who, 1, 12, from_on="2026-02-01"))
    with pytest.raises(InvalidInput, match="请选择村"):
        desks.households.save(HouseholdLink(who, None, 12))


def test_the_total_of_the_group_book_counts_no_household_twice(desks: Desks) -> None:
    who = deputy_id(desks, "钟龑")
    before = desks.reports.books.sheet(Selection(Book.GROUPS, "", "", "全部")).total["households"]
    team = desks.grouping.save_group(Group(0, "", "第九进站组", GroupKind.DUTY), ON).value
    desks.grouping.join(team, who, ON)
    group = group_named(desks, "上坪片区小组")
    desks.households.save(HouseholdLink(who, 1, 150, from_on="2026-01-01"))
    sheet = desks.reports.books.sheet(Selection(Book.GROUPS, "", "", "全部"))
    told = {line.name: line.households for line in sheet.rows}
    assert (told["第九进站组"], told[group.name]) == (150, 150)
    assert isinstance(before, int)
    assert sheet.total["households"] == before - 120 + 150


def test_grids_are_set_by_name_and_stay_while_they_are_used(desks: Desks) -> None:
    desks.households.save_grids(1, ["第一网格", "第二网格", " 第一网格 "])
    first, second = desks.households.grids()
    assert [first.name, second.name] == ["第一网格", "第二网格"]
    desks.grouping.save_group(replace(group_named(desks, "上坪片区小组"), grid_ids=(first.id,)))
    with pytest.raises(InvalidInput, match="第一网格"):
        desks.households.save_grids(1, ["第二网格"])
    desks.households.save_grids(1, ["第一网格"])
    assert [grid.name for grid in desks.households.grids()] == ["第一网格"]


def test_dates_that_are_none_are_refused(desks: Desks) -> None:
    assert date.fromisoformat(ON)
    acts: tuple[Callable[[], object], ...] = (
        lambda: desks.grouping.join(1, 7, "明天"),
        lambda: desks.grouping.leave(1, ""),
        lambda: desks.grouping.end_group(1, "2026-13-01"),
        lambda: desks.grouping.adopt(duty_proposal(desks.grouping.grouped(ON)), ""),
    )
    for act in acts:
        with pytest.raises(InvalidInput, match="不是有效日期"):
            act()


def test_what_was_deleted_comes_back_only_where_nobody_would_be_in_two_area_groups(desks: Desks) -> None:
    upper, lower = group_named(desks, "上坪片区小组"), group_named(desks, "水东片区小组")
    desks.grouping.delete_group(upper.id)
    (entry, *_) = desks.deleted.entries()
    desks.grouping.join(lower.id, deputy_id(desks, "曾丽萍"), ON)
    kept = everything(desks)
    with pytest.raises(InvalidInput, match="恢复会重复编组"):
        desks.deleted.restore(entry.step_id)
    assert everything(desks) == kept
    desks.housekeeping.undo()
    desks.deleted.restore(entry.step_id)
    assert names_in(desks, upper.name) == ["钟龑", "欧阳建国", "曾丽萍"]


def test_a_membership_that_was_taken_back_comes_back_only_once(desks: Desks) -> None:
    group, who = group_named(desks, "进站第一组"), deputy_id(desks, "曾丽萍")
    desks.grouping.join(group.id, who, ON)
    desks.housekeeping.undo()
    (entry, *_) = desks.deleted.entries()
    desks.grouping.join(group.id, who, ON)
    with pytest.raises(InvalidInput, match="恢复会重复编组"):
        desks.deleted.restore(entry.step_id)
