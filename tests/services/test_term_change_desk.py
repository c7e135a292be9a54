"""The change of term: one step after a backup, undone whole, and no earlier day answers otherwise."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from station_app.domain.people import EndReason, Level
from station_app.domain.problems import InvalidInput
from station_app.domain.representation import Why
from station_app.domain.term_change import Fate, GroupsFate, Newcomer, TermChange
from station_app.domain.term_list import settled, with_list
from station_app.station import Desks
from station_app.storage.backup_folder import folder_of
from station_app.support.clock import fixed_clock
from tests.term_station import NAMESAKE, NEW, OLD, TODAY, term_station, write_new_list

PAST, BEFORE, AFTER = "2023-05-01", "2026-12-17", "2026-12-18"
_TABLES = (
    "deputies", "mandates", "terms", "constituencies", "constituency_villages", "memberships", "household_links",
    "villages", "stations", "placements",
)  # fmt: skip


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("terms") / "禾溪.station"
    term_station(path, 21).close()
    return path


@pytest.fixture
def desks(made_once: Path, tmp_path: Path) -> Iterator[Desks]:
    copy = tmp_path / made_once.name
    copy.write_bytes(made_once.read_bytes())
    made = Desks.open(copy, fixed_clock(TODAY), "肖敏")
    yield made
    made.close()


def content(desks: Desks) -> dict[str, list[dict[str, Any]]]:
    """Return every record that is not deleted, without the marks of having been written."""
    return {
        table: [
            {key: value for key, value in row.items() if key not in {"revision", "updated_at"}}
            for row in desks._file.rows(f"SELECT * FROM {table} WHERE deleted_at IS NULL ORDER BY id")
        ]
        for table in _TABLES
    }


def village(desks: Desks, name: str = "枫林村") -> int:
    return next(one.id for one in desks.settings.villages() if one.name == name)


def answers(desks: Desks, *days: str) -> list[list[tuple[str, str, Why, str]]]:
    """Return who represented each village on some days."""
    return [
        [(one.deputy.uid, one.mandate.term, one.why, one.through) for one in desks.terms.who_represents(place.id, day)]
        for day in days
        for place in desks.settings.villages()
    ]


def prepared(desks: Desks) -> TermChange:
    """Return a change in which twelve go on, nine end, two are new."""
    change = desks.term_change.begin(Level.TOWNSHIP)
    ids = [one.deputy_id for one in change.outgoing]
    change = change.deciding(ids[:12], fate=Fate.CARRIED)
    change = change.deciding(ids[12:], fate=Fate.ENDED).deciding(ids[20:], reason=EndReason.MOVED)
    former = next(one.id for one in desks.roster.deputies() if one.name == NAMESAKE)
    return replace(
        change,
        until="2031-12-17",
        newcomers=(
            Newcomer("韦东", "枫林村选区", "Z19901", sheet={"phone": "14000009901", "village": "枫林村"}),
            Newcomer(NAMESAKE, "枫林村选区", deputy_id=former),
        ),
    )


def test_a_draft_begins_with_the_term_in_use_and_the_days_that_are_known(desks: Desks) -> None:
    change = desks.term_change.begin(Level.TOWNSHIP)
    assert (change.old_term, change.new_term, change.ends_on, change.begins_on) == (OLD, NEW, BEFORE, AFTER)
    assert len(change.outgoing) == change.count(Fate.OPEN) == 21
    county = desks.term_change.begin(Level.COUNTY)
    assert (county.old_term, county.new_term, len(county.outgoing)) == ("第十七届", "第十八届", 1)
    assert desks.term_change.begin(Level.NATIONAL).outgoing == ()


def test_a_change_of_term_is_one_step_after_a_backup_and_undoing_it_is_the_identity(desks: Desks) -> None:
    before, steps = content(desks), len(desks.housekeeping.undoable())
    done = desks.term_change.carry_out(prepared(desks))
    assert done.value == {"open": 0, "carried": 12, "ended": 9, "new": 2}
    assert len(desks.housekeeping.undoable()) == steps + 1
    assert list(folder_of(desks.path).glob("*换届前*"))
    assert content(desks) != before
    desks.housekeeping.undo()
    assert content(desks) == before


def test_no_answer_about_an_earlier_day_changes(desks: Desks) -> None:
    days = ("2018-01-01", "2021-11-25", PAST, TODAY.isoformat(), BEFORE)
    past = days[:3]
    before = answers(desks, *past)
    serving = {day: [one.uid for one in desks.roster.deputies() if one.serves_on(day)] for day in days}
    assert {why for answer in before for _, _, why, _ in answer} == {Why.ELECTED, Why.CONTACT}
    desks.term_change.carry_out(prepared(desks))
    assert answers(desks, *past) == before
    assert {day: [one.uid for one in desks.roster.deputies() if one.serves_on(day)] for day in days} == serving


def test_a_term_does_not_end_before_it_began(desks: Desks) -> None:
    change = replace(prepared(desks), ends_on="2021-11-20", begins_on="2021-11-21")
    change = desks.term_change.fitted(change)
    with pytest.raises(InvalidInput, match="2021-11-26 才开始"):
        desks.term_change.carry_out(change)


def test_groups_end_with_the_old_term_even_where_the_new_one_begins_later(desks: Desks) -> None:
    ended = {one.deputy_id for group in desks.grouping.groups() for one in group.memberships}
    change = replace(prepared(desks), begins_on="2026-12-31").deciding(ended, fate=Fate.ENDED)
    desks.term_change.carry_out(change)
    gone = {one.id for one in desks.roster.deputies() if one.gone_on}
    held = [one for group in desks.grouping.groups() for one in group.memberships if one.deputy_id in ended & gone]
    assert held
    assert {one.to_on for one in held} == {AFTER}


def test_who_represented_a_village_is_answered_before_and_after(desks: Desks) -> None:
    def names(day: str) -> list[str]:
        return [one.deputy.name for one in desks.terms.who_represents(village(desks), day) if one.why is Why.ELECTED]

    in_2023, now = names(PAST), names(TODAY.isoformat())
    assert len(in_2023) == 3
    assert names("2020-01-01") == [NAMESAKE]
    desks.term_change.carry_out(prepared(desks))
    assert (names(PAST), names(TODAY.isoformat()), names("2020-01-01")) == (in_2023, now, [NAMESAKE])
    assert names(AFTER) == [*in_2023[:2], NAMESAKE, "韦东"]


def test_the_answer_about_2023_stays_when_members_and_groups_move_later(desks: Desks) -> None:
    before = answers(desks, PAST)
    first, second = desks.grouping.groups()
    moved = first.members_on(TODAY.isoformat())[0]
    desks.grouping.join(second.id, moved.deputy_id, TODAY.isoformat())
    desks.grouping.save_group(replace(first, village_ids=first.village_ids[1:]))
    deputy = desks.roster.deputy(moved.deputy_id)
    desks.roster.save_deputy(replace(deputy, village_id=village(desks, "竹坑村"), post="迁到竹坑村"))
    assert answers(desks, PAST) == before


def test_mandates_terms_and_profile_are_written(desks: Desks) -> None:
    desks.term_change.carry_out(prepared(desks))
    deputies = {one.name: one for one in desks.roster.deputies()}
    serving = [one for one in deputies.values() if Level.TOWNSHIP in one.levels_on(AFTER)]
    assert len(serving) == 14
    ended = [one for one in deputies.values() if any(m.to_on == BEFORE for m in one.mandates)]
    assert len(ended) == 21
    reasons = [m.end_reason for one in ended for m in one.mandates if m.to_on == BEFORE]
    assert reasons.count(EndReason.MOVED) == 1
    assert deputies["韦东"].village == "枫林村"
    assert [m.term for m in deputies[NAMESAKE].mandates] == ["第十七届", NEW]
    terms = {one.name: one for one in desks.terms.terms() if one.level is Level.TOWNSHIP}
    assert (terms[OLD].to_on, terms[NEW].from_on, terms[NEW].to_on) == (BEFORE, AFTER, "2031-12-17")
    assert [one.name for one in desks.terms.constituencies(Level.TOWNSHIP, NEW)] == [
        one.name for one in desks.terms.constituencies(Level.TOWNSHIP, OLD)
    ]


def test_the_stations_own_term_follows_on_the_day_the_new_one_begins(desks: Desks) -> None:
    desks.term_change.carry_out(prepared(desks))
    assert desks.settings.profile().term_name == OLD
    desks.close()
    for day, name, begun in (
        (date(2026, 12, 17), OLD, "2021-11-26"),
        (date(2026, 12, 18), NEW, AFTER),
        (date(2027, 1, 4), NEW, AFTER),
    ):
        again = Desks.open(desks.path, fixed_clock(day))
        assert (again.settings.profile().term_name, again.settings.profile().term_from) == (name, begun)
        again.close()


def test_a_change_that_is_written_afterwards_moves_the_stations_own_term_at_once(desks: Desks) -> None:
    change = replace(prepared(desks), ends_on="2026-11-19", begins_on="2026-11-20")
    desks.term_change.carry_out(change)
    profile = desks.settings.profile()
    assert (profile.term_name, profile.term_from) == (NEW, "2026-11-20")
    desks.housekeeping.undo()
    assert desks.settings.profile().term_name == OLD


def test_a_change_of_the_county_leaves_the_stations_own_term(desks: Desks) -> None:
    change = desks.term_change.begin(Level.COUNTY)
    change = change.deciding([one.deputy_id for one in change.outgoing], fate=Fate.ENDED)
    desks.term_change.carry_out(change)
    assert desks.settings.profile().term_name == OLD


@pytest.mark.parametrize(("fate", "left"), [(GroupsFate.KEEP, 12), (GroupsFate.END, 0), (GroupsFate.LATER, 12)])
def test_memberships_are_carried_over_ended_or_left(desks: Desks, fate: GroupsFate, left: int) -> None:
    change = prepared(desks)
    ids = [one.deputy_id for one in change.outgoing]
    desks.term_change.carry_out(replace(change, groups=fate))
    members = [one.deputy_id for group in desks.grouping.groups() for one in group.members_on(AFTER)]
    assert len(members) == left
    assert len([1 for group in desks.grouping.groups() for _ in group.members_on(BEFORE)]) == 12
    desks.housekeeping.undo()
    kept = replace(change.deciding(ids[:2], fate=Fate.ENDED), groups=fate)
    desks.term_change.carry_out(kept)
    members = [one.deputy_id for group in desks.grouping.groups() for one in group.members_on(AFTER)]
    assert len(members) == (left - 2 if fate is GroupsFate.KEEP else left)


def test_what_is_undecided_blocks_and_nothing_is_written(desks: Desks) -> None:
    change = desks.term_change.begin(Level.TOWNSHIP)
    before = content(desks)
    with pytest.raises(InvalidInput, match="还没有定"):
        desks.term_change.carry_out(change)
    assert content(desks) == before
    assert not list(folder_of(desks.path).glob("*换届前*"))


def test_the_new_list_is_read_matched_and_carried_out(desks: Desks) -> None:
    change = desks.term_change.begin(Level.TOWNSHIP)
    path = desks.path.with_suffix(".xlsx")
    write_new_list(path, desks)
    opened = desks.term_change.open_list(path)
    assert opened.ready
    read = desks.term_change.listed(opened, opened.mapping, Level.TOWNSHIP)
    assert (len(read.rows), read.left_out) == (51, ())
    listed = with_list(change, read.rows, desks.roster.deputies(), read.name)
    assert (listed.count(Fate.CARRIED), listed.count(Fate.ENDED), len(listed.newcomers)) == (21, 0, 30)
    (doubtful,) = listed.doubtful
    assert doubtful.name == NAMESAKE
    done = desks.term_change.carry_out(settled(listed, doubtful, None))
    assert done.value == {"open": 0, "carried": 21, "ended": 0, "new": 30}
    assert len([one for one in desks.roster.deputies() if one.name == NAMESAKE]) == 2
    principal = next(one for one in desks.roster.deputies() if one.post == "禾溪镇中心小学校长")
    assert principal.mandates[-1].card_number == "Z19001"
