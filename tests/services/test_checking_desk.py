"""Checking the roster: every outcome is kept with date, operator and note, in one step that can be undone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from station_app.domain.problems import InvalidInput
from station_app.domain.roster_check import CheckScope, Outcome, RosterRules
from station_app.station import Desks
from station_app.support.clock import Clock
from tests.term_station import TODAY, term_station


class Hand:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.today: date = TODAY

    def now(self) -> datetime:
        return datetime.combine(self.today, time(9, 0)).astimezone()


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def desks(tmp_path: Path, hand: Hand) -> Iterator[Desks]:
    """A station of six township deputies and one of the county: three were checked this year."""
    term_station(tmp_path / "a.station", 6).close()
    made = Desks.open(tmp_path / "a.station", Clock(hand.now))
    yield made
    made.close()


def waiting(desks: Desks) -> list[str]:
    return [line.deputy.name for line in desks.checking.round().lines if line.due]


def test_who_was_never_checked_or_long_ago_is_in_the_round(desks: Desks) -> None:
    assert len(waiting(desks)) == 4
    desks.settings.save_roster_rules(RosterRules(check_months=60))
    assert waiting(desks) == ["阿依古丽·买买提"]
    desks.settings.save_roster_rules(RosterRules(check_months=1))
    assert len(waiting(desks)) == 7


def test_an_entry_that_is_right_is_checked_with_date_and_operator(desks: Desks) -> None:
    first = desks.checking.round().lines[0].deputy
    before = len(desks.housekeeping.undoable())
    desks.checking.confirm(first.id)
    checked = desks.roster.deputy(first.id)
    assert (checked.checked_on, checked.checked_by) == (TODAY.isoformat(), "肖敏")
    (check,) = desks.checking.history(first.id)
    assert (check.on, check.operator, check.outcome, check.note) == (TODAY.isoformat(), "肖敏", Outcome.SAME, "")
    assert len(desks.housekeeping.undoable()) == before + 1
    desks.housekeeping.undo()
    assert desks.checking.history(first.id) == []
    assert desks.roster.deputy(first.id).checked_on == first.checked_on


def test_what_has_changed_is_saved_and_checked_in_one_step(desks: Desks) -> None:
    first = desks.checking.round().lines[0].deputy
    desks.checking.change(replace(first, post="枫林村党总支书记", phone="140 0000 5555"), "换届当选")
    changed = desks.roster.deputy(first.id)
    assert (changed.post, changed.phone, changed.checked_on) == ("枫林村党总支书记", "14000005555", TODAY.isoformat())
    assert [(one.outcome, one.note) for one in desks.checking.history(first.id)] == [(Outcome.CHANGED, "换届当选")]
    desks.housekeeping.undo()
    undone = desks.roster.deputy(first.id)
    assert replace(undone, revision=0) == replace(first, revision=0)
    assert desks.checking.history(first.id) == []


def test_nothing_is_written_when_a_field_is_wrong(desks: Desks) -> None:
    first = desks.checking.round().lines[0].deputy
    for wrong, field in ((replace(first, phone="不详"), "phone"), (first, "note")):
        with pytest.raises(InvalidInput) as refused:
            desks.checking.change(wrong, "长" * 201 if field == "note" else "")
        assert [problem.field for problem in refused.value.problems] == [field]
    assert desks.checking.history(first.id) == []


def test_who_was_not_reached_stays_due_with_the_reason(desks: Desks) -> None:
    first = desks.checking.round().lines[0].deputy
    desks.checking.unreached(first.id, "电话无人接听")
    line = desks.checking.round().lines[0]
    assert line.due
    assert line.last is not None
    assert (line.last.outcome, line.last.note) == (Outcome.UNREACHED, "电话无人接听")
    assert desks.roster.deputy(first.id).checked_on == first.checked_on


def test_a_round_goes_on_the_next_day_where_it_was_left(desks: Desks, hand: Hand) -> None:
    walk = desks.checking.round()
    first, second, third, _ = (line.deputy.id for line in walk.lines)
    desks.checking.confirm(first)
    desks.checking.keep_place(walk, third, frozenset({second}))
    hand.today += timedelta(days=3)
    again = desks.checking.round()
    assert (again.begun, again.done, len(again.lines), again.at) == (TODAY.isoformat(), 1, 4, third)
    assert again.skipped == {second}
    for line in again.lines:
        desks.checking.confirm(line.deputy.id)
    assert desks.checking.round().done == 4
    hand.today += timedelta(days=1)
    assert desks.checking.round().lines == ()
    hand.today += timedelta(days=400)
    assert len(desks.checking.round().lines) == 7


def test_a_walk_keeps_to_a_group(desks: Desks) -> None:
    group = desks.grouping.groups()[0]
    names = {line.deputy.name for line in desks.checking.round(CheckScope(group_id=group.id)).lines}
    members = {one.deputy_id for one in group.members_on(TODAY.isoformat())}
    assert names == {one.name for one in desks.roster.serving() if one.id in members} & set(waiting(desks))


def test_the_days_list_leads_to_checks_and_terms(desks: Desks) -> None:
    titles = [item.title for item in desks.today.agenda().items]
    assert "3 名代表一年以上未核对，1 名从未核对" in titles
    assert "镇第十八届将于 2026-12-17 届满" in titles
    desks.settings.save_roster_rules(RosterRules(check_months=6, term_warn_days=14))
    titles = [item.title for item in desks.today.agenda().items]
    assert "6 名代表超过 6 个月未核对，1 名从未核对" in titles
    assert "县第十七届将于 2026-12-09 届满" in titles
    assert "镇第十八届将于 2026-12-17 届满" not in titles
