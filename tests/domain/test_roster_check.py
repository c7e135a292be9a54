"""Who is to be checked, how far a round has got, and the rules for both."""

from datetime import date

import pytest

from station_app.domain.groups import Group, GroupKind, Membership, Served
from station_app.domain.people import Deputy, Level, Mandate, Placement
from station_app.domain.problems import InvalidInput
from station_app.domain.roster_check import (
    Check,
    CheckScope,
    Outcome,
    RosterRules,
    check_is_due,
    check_round,
    outdated,
)

TODAY = date(2026, 11, 25)
HELD = (Mandate(Level.TOWNSHIP, from_on="2021-11-26"),)


@pytest.mark.parametrize(
    ("checked_on", "months", "due"),
    [
        ("", 12, True),
        ("2025-11-24", 12, True),
        ("2025-11-25", 12, False),
        ("2025-11-24", 24, False),
        ("2026-08-24", 3, True),
        ("2026-08-25", 3, False),
    ],
)
def test_an_entry_is_due_when_it_was_never_checked_or_too_long_ago(checked_on: str, months: int, *, due: bool) -> None:
    assert check_is_due(checked_on, TODAY, months) is due


def test_who_left_or_ended_is_not_asked() -> None:
    gone = (Placement(to_on="2024-01-01", went_to="溪口镇联络站"),)
    deputies = [
        Deputy("钟龑", id=1, mandates=HELD),
        Deputy("欧阳建国", id=2, mandates=HELD, placements=gone),
        Deputy("曾丽萍", id=3, mandates=(Mandate(Level.TOWNSHIP, to_on="2021-11-25"),)),
        Deputy("覃水生", id=4, mandates=HELD, checked_on="2020-01-01"),
    ]
    assert outdated(deputies, TODAY, 12) == ((4,), (1,))
    assert [line.deputy.id for line in check_round(deputies, [], [], TODAY, 12, "2026-11-25")] == [1, 4]


def test_a_round_holds_who_is_due_and_who_was_asked_since_it_began() -> None:
    group = Group(1, "", "枫林片区小组", GroupKind.AREA, memberships=(Membership(1, 3, "2022-01-01"),))
    deputies = [
        Deputy("钟龑", id=1, mandates=HELD, checked_on="2026-11-24"),
        Deputy("欧阳建国", id=2, mandates=HELD, checked_on="2026-05-01"),
        Deputy("曾丽萍", id=3, mandates=HELD),
        Deputy("覃水生", id=4, mandates=HELD),
    ]
    checks = [
        Check(2, "2026-05-01", "肖敏", Outcome.SAME),
        Check(1, "2026-11-24", "肖敏", Outcome.CHANGED),
        Check(3, "2026-11-24", "肖敏", Outcome.UNREACHED, "电话无人接听"),
    ]
    lines = check_round(deputies, [group], checks, TODAY, 12, "2026-11-20")
    assert [(line.deputy.id, line.due, line.last.outcome if line.last else None) for line in lines] == [
        (1, False, Outcome.CHANGED),
        (3, True, Outcome.UNREACHED),
        (4, True, None),
    ]
    assert lines[1].group_names == ("枫林片区小组",)


def test_a_walk_may_be_about_a_group_a_level_or_a_village() -> None:
    group = Group(
        1, "", "枫林片区小组", GroupKind.AREA, memberships=(Membership(1, 1, "2022-01-01"),), villages=(Served(7),)
    )
    member, resident = Deputy("钟龑", id=1, mandates=HELD), Deputy("曾丽萍", id=2, mandates=HELD, village_id=7)
    day = TODAY.isoformat()

    def within(scope: CheckScope) -> list[int]:
        return [one.id for one in (member, resident) if scope.holds(one, [group], day)]

    assert within(CheckScope()) == [1, 2]
    assert within(CheckScope(group_id=1)) == [1]
    assert within(CheckScope(village_id=7)) == [1, 2]
    assert within(CheckScope(level=Level.COUNTY)) == []
    assert within(CheckScope(level=Level.TOWNSHIP, village_id=8)) == []


def test_rules_read_back_and_nonsense_is_refused() -> None:
    rules = RosterRules(6, 90)
    assert RosterRules.from_dict(rules.to_dict()) == rules
    assert RosterRules.from_dict({}) == RosterRules(12, 180)
    for wrong in ({"check_months": 0}, {"check_months": 61}, {"term_warn_days": "x"}, {"term_warn_days": True}):
        with pytest.raises(InvalidInput):
            RosterRules.from_dict(wrong)
