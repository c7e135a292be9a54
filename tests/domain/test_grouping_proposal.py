"""Proposed groups: fair, complete, mixed in levels, the same whatever the order of what they are made of, explained."""

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain.grouping_proposal import Proposal
from station_app.domain.grouping_rules import Grouped, Rule, is_higher
from station_app.domain.groups import Group, GroupKind, Membership, Served
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.proposal_areas import area_proposal
from station_app.domain.proposal_duty import duty_proposal
from station_app.domain.station import Village

DAY = "2026-11-22"


def a_township(seed: int, deputies: int = 60, villages: int = 12, groups: int = 0) -> Grouped:
    """Return an invented township: some villages without deputies, some deputies without village."""
    rng = random.Random(seed)
    places = tuple(Village(at, "", f"第{at}村", f"第{at}村", position=at) for at in range(1, villages + 1))
    homes = [*rng.sample(range(1, villages + 1), max(1, villages * 3 // 4)), None]
    people = tuple(
        Deputy(
            f"代表{at}", id=at, roster_order=at, village_id=rng.choice(homes), post=rng.choice(("", "党总支书记", "教师")),
            mandates=tuple(
                Mandate(level, from_on=rng.choice(("2016-11-01", "2021-11-01")))
                for level in rng.choice(((Level.TOWNSHIP,),) * 4 + ((Level.COUNTY, Level.TOWNSHIP), (Level.CITY,)))
            ),
        )
        for at in range(1, deputies + 1)
    )  # fmt: skip
    made = tuple(
        Group(
            at, "", f"老{at}组", GroupKind.AREA, position=at, villages=(Served(at, "2024-01-01"),),
            memberships=tuple(
                Membership(at, one.id, "2024-01-01", leader=one.id == at, id=one.id)
                for one in people if one.id % groups == at % groups
            ),
        )
        for at in range(1, groups + 1)
    )  # fmt: skip
    return Grouped(DAY, made, people, places)


townships = st.builds(a_township, st.integers(0, 10_000), st.integers(6, 70), st.integers(3, 16), st.integers(0, 3))


def everybody(proposal: Proposal) -> Counter[int]:
    return Counter(one for team in proposal.teams for one in team.deputy_ids)


@settings(max_examples=60, deadline=None)
@given(townships, st.integers(1, 8))
def test_every_deputy_and_village_has_one_place_and_who_lives_there_goes_along(grouped: Grouped, count: int) -> None:
    proposal = area_proposal(grouped, count)
    assert everybody(proposal) == Counter(one.id for one in grouped.serving)
    assert Counter(one for team in proposal.teams for one in team.village_ids) == Counter(
        village.id for village in grouped.kept_villages
    )
    for team in proposal.teams:
        for deputy_id in team.deputy_ids:
            assert grouped.by_id[deputy_id].village_id in (None, *team.village_ids)
    assert len(proposal.teams) == min(count, len(grouped.villages))
    assert all(team.leader_id in team.deputy_ids for team in proposal.teams if team.deputy_ids)
    assert len({team.name for team in proposal.teams}) == len(proposal.teams)
    assert not {one.rule for one in proposal.findings(grouped)} & {
        Rule.VILLAGE_IN_ONE_GROUP,
        Rule.GROUP_HAS_LEADER,
        Rule.DEPUTY_IN_AREA_GROUP,
        Rule.ONE_AREA_GROUP,
    }


@settings(max_examples=40, deadline=None)
@given(townships, st.integers(1, 8), st.randoms(use_true_random=False))
def test_the_order_of_what_it_is_made_of_does_not_matter(grouped: Grouped, count: int, rng: random.Random) -> None:
    deputies, villages = list(grouped.deputies), list(grouped.villages)
    rng.shuffle(deputies)
    rng.shuffle(villages)
    other = replace(grouped, deputies=tuple(deputies), villages=tuple(villages))
    assert area_proposal(other, count) == area_proposal(grouped, count)
    assert duty_proposal(other, count) == duty_proposal(grouped, count)


@settings(max_examples=60, deadline=None)
@given(townships, st.integers(1, 9))
def test_duty_teams_are_even_in_size_and_in_every_level(grouped: Grouped, count: int) -> None:
    proposal = duty_proposal(grouped, count)
    assert everybody(proposal) == Counter(one.id for one in grouped.serving)
    sizes = [len(team.deputy_ids) for team in proposal.teams]
    assert max(sizes) - min(sizes) <= 1
    for level in Level:
        highest = [
            sum(grouped.by_id[one].levels_on(DAY)[0] is level for one in team.deputy_ids) for team in proposal.teams
        ]
        assert max(highest) - min(highest) <= 1


def test_each_area_has_somebody_in_each_duty_team_where_that_can_be() -> None:
    grouped = a_township(5, deputies=36, groups=3)
    proposal = duty_proposal(grouped, 4)
    for team in proposal.teams:
        assert {one % 3 for one in team.deputy_ids} == {0, 1, 2}


def test_higher_levels_that_live_nowhere_go_where_there_is_none() -> None:
    places = tuple(Village(at, "", f"村{at}", f"村{at}", position=at) for at in (1, 2, 3))
    homes = [1] * 4 + [2] * 4 + [3] * 4
    people = [
        Deputy(f"代表{at}", id=at, roster_order=at, village_id=home, mandates=(Mandate(Level.TOWNSHIP),))
        for at, home in enumerate(homes, 1)
    ]
    people += [Deputy(f"县代表{at}", id=at, roster_order=at, mandates=(Mandate(Level.COUNTY),)) for at in (13, 14, 15)]
    grouped = Grouped(DAY, (), tuple(people), places)
    proposal = area_proposal(grouped, 3)
    for team in proposal.teams:
        assert sum(is_higher(grouped.by_id[one], DAY) for one in team.deputy_ids) == 1
    assert "混合编组：县级以上代表 3 位，每组 1 位。" in proposal.reasons


def test_it_says_why_sizes_differ_and_who_leads() -> None:
    places = tuple(Village(at, "", f"村{at}", f"村{at}", position=at) for at in (1, 2, 3))
    people = tuple(
        Deputy(
            f"代表{at}", id=at, roster_order=at, village_id=1 if at <= 6 else 2,
            post="村党总支书记" if at == 3 else "妇联主席" if at == 2 else "",
            mandates=(Mandate(Level.TOWNSHIP, from_on="2011-11-01" if at == 8 else "2021-11-01"),),
        )
        for at in range(1, 9)
    )  # fmt: skip
    proposal = area_proposal(Grouped(DAY, (), people, places), 2)
    assert proposal.reasons[0] == "8 位代表编成 2 个片区小组，每组 2–6 人。"
    assert "人数最多相差 4 人：村1片区小组有村1 6 位；整村不拆，没有更均匀的分法。" in proposal.reasons
    assert "村3没有代表居住，按村(居)顺序就近归村2片区小组联系。" in proposal.reasons
    first, second = proposal.teams
    assert (first.leader_id, first.why) == (3, "建议代表3任组长：村党总支书记。")
    assert (second.leader_id, second.why) == (8, "建议代表8任组长：担任代表时间最长（2011-11 起）。")


def test_present_groups_go_on_and_what_is_left_over_ends() -> None:
    grouped = a_township(3, deputies=30, villages=6, groups=3)
    proposal = area_proposal(grouped, 2)
    assert {team.group_id for team in proposal.teams} < {1, 2, 3}
    assert len(proposal.ended) == 1
    kept = area_proposal(grouped, keep_villages=True)
    assert [team.group_id for team in kept.teams] == [1, 2, 3]
    assert all(at in team.village_ids for at, team in enumerate(kept.teams, 1))


def test_the_clerk_adjusts_a_proposal_and_the_rules_follow() -> None:
    grouped = a_township(3, deputies=30, villages=6)
    proposal = area_proposal(grouped, 3)
    leader = proposal.teams[0].leader_id
    assert leader is not None
    moved = proposal.with_deputies([leader], 1)
    assert moved.place_of(leader) == 1
    assert moved.teams[0].leader_id is None
    assert Rule.GROUP_HAS_LEADER in {one.rule for one in moved.findings(grouped)}
    out = moved.with_deputies([leader], None)
    assert out.left_out == (leader,)
    assert Rule.DEPUTY_IN_AREA_GROUP in {one.rule for one in out.findings(grouped)}
    village = proposal.teams[0].village_ids[0]
    residents = [one.id for one in grouped.serving if one.village_id == village]
    away = proposal.with_village(village, 2, residents)
    assert village in away.teams[2].village_ids
    assert all(away.place_of(one) == 2 for one in residents)
    assert away.with_leader(residents[0] if residents else away.teams[2].deputy_ids[0]).teams[2].leader_id is not None
    assert proposal == area_proposal(grouped, 3), "what is proposed stays as it is"


@pytest.mark.parametrize("deputies", [0, 1])
def test_hardly_anybody_is_no_trouble(deputies: int) -> None:
    grouped = a_township(1, deputies=deputies, villages=3)
    assert sum(everybody(area_proposal(grouped)).values()) == deputies
    assert sum(everybody(duty_proposal(grouped)).values()) == deputies
    assert area_proposal(replace(grouped, villages=())).teams
