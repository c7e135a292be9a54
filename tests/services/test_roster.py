"""The roster: what is saved is read again; undo of what happens on a day is the identity."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings

from station_app.documents.excel_ledger import write_ledger
from station_app.documents.ledgers import ROSTER_LEDGER
from station_app.domain.deputy_checks import deputy_problems, overlap
from station_app.domain.groups import Group, GroupKind, HouseholdLink, Membership
from station_app.domain.people import (
    Deputy,
    EndReason,
    Leave,
    Level,
    Mandate,
    Placement,
    Standing,
)
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import Presence, ReceptionDay
from station_app.domain.station import StationProfile, Village
from station_app.services.books import Book, Selection
from station_app.services.intake import SheetKind
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from tests.generated_deputies import DAYS, deputies

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    profile = StationProfile("禾溪镇人大代表联络站", organ_name="禾溪镇", term_name="第十八届", term_from="2021-11-01")
    made = Desks.create(tmp_path_factory.mktemp("roster") / "禾溪.station", fixed_clock(TODAY), profile, "肖敏")
    made.settings.save_village(Village(0, "", "竹坑村", "竹坑村"))
    made.grouping.save_group(Group(0, "", "竹坑片区小组", GroupKind.AREA, (1,), 30), "2014-01-01")
    made._file.hurry()
    yield made
    made.close()


FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


_Dated = TypeVar("_Dated", Mandate, Leave, Placement)


def unnamed(entries: tuple[_Dated, ...]) -> tuple[_Dated, ...]:
    return tuple(sorted((replace(one, id=0, uid="") for one in entries), key=str))


def bare(deputy: Deputy) -> Deputy:
    """Return a deputy without what storage gives: ids, uids, place in the roster; what is dated in one order."""
    return replace(
        deputy,
        id=0,
        uid="",
        revision=0,
        roster_order=0,
        mandates=unnamed(deputy.mandates),
        leaves=unnamed(deputy.leaves),
        placements=unnamed(deputy.placements),
    )


@FEW
@given(deputy=deputies())
def test_what_is_saved_is_read_again(desks: Desks, deputy: Deputy) -> None:
    assert not [one for one in deputy_problems(deputy, TODAY) if one]
    kept = desks.roster.deputy(desks.roster.save_deputy(deputy).value)
    assert bare(kept) == bare(deputy)
    desks.roster.save_deputy(kept)
    assert replace(desks.roster.deputy(kept.id), revision=kept.revision) == kept


def _end(desks: Desks, deputy: Deputy, on: str) -> None:
    ids = [one.id for one in deputy.mandates if not one.to_on]
    desks.roster.end_mandates(deputy.id, ids, on, EndReason.MOVED, leave_groups=True)


ACTS: dict[str, Callable[[Desks, Deputy, str], object]] = {
    "end": _end,
    "leave": lambda desks, deputy, on: desks.roster.take_leave(deputy.id, Leave(on, "", "外出")),
    "back": lambda desks, deputy, on: desks.roster.end_leave(deputy.id, on),
    "out": lambda desks, deputy, on: desks.roster.move_out(deputy.id, on, "城东街道联络站"),
    "in": lambda desks, deputy, on: desks.roster.move_in(deputy.id, on, "城东街道联络站"),
    "within": lambda desks, deputy, on: desks.roster.move_within(deputy.id, on, 1),
}


@FEW
@given(deputy=deputies(), on=DAYS, joined=DAYS)
def test_undo_of_each_is_the_identity_and_groups_before_the_day_stay(
    desks: Desks, deputy: Deputy, on: str, joined: str
) -> None:
    before = desks.roster.deputy(desks.roster.save_deputy(deputy).value)
    with desks._file.write("编入") as step:
        desks.grouping._records.join(step, Membership(1, before.id, joined))
    groups = desks.grouping.groups()
    for act in ACTS.values():
        try:
            act(desks, before, on)
        except InvalidInput:
            assert desks.roster.deputy(before.id) == before
        else:
            for days in (1, 30, 700):
                day = (date.fromisoformat(on) - timedelta(days=days)).isoformat()
                assert members(desks.grouping.groups(), day) == members(groups, day)
            desks.housekeeping.undo()
        assert replace(desks.roster.deputy(before.id), revision=before.revision) == before
        assert desks.grouping.groups() == groups


def members(groups: list[Group], day: str) -> list[set[int]]:
    return [{member.deputy_id for member in group.members_on(day)} for group in groups]


def saved(desks: Desks, **values: object) -> Deputy:
    """Save a deputy of the town's present congress, in the group since 2022, with two linked households."""
    mandates = (Mandate(Level.TOWNSHIP, "第十八届", "第1选区", "Z001", "2021-11-01"),)
    deputy = Deputy(**{"name": "覃水生", "mandates": mandates, **values})  # type: ignore[arg-type]
    kept = desks.roster.deputy(desks.roster.save_deputy(deputy).value)
    desks.grouping.join(1, kept.id, "2022-01-01")
    return kept


def test_a_line_counts_the_deputys_own_households_and_not_the_groups(desks: Desks) -> None:
    deputy = saved(desks)
    others = {one.deputy_id: one.households for one in desks.roster.lines() if one.deputy_id != deputy.id}
    desks.households.save(HouseholdLink(deputy.id, 1, 7, from_on="2022-02-01"))
    told = {one.deputy_id: one.households for one in desks.roster.lines()}
    assert told[deputy.id] == 7
    assert {one: told[one] for one in others} == others
    assert {one.households for one in desks.roster.lines(on="2022-01-31")} == {None}


def test_who_holds_no_mandate_any_more_leaves_groups_and_households_in_the_same_step(desks: Desks) -> None:
    deputy = saved(desks)
    with desks._file.write("联户") as step:
        desks.grouping._records.save_household(step, HouseholdLink(deputy.id, 1, 2, from_on="2022-02-01"))
    _end(desks, deputy, "2026-11-20")
    [member] = [m for m in desks.grouping.groups()[0].memberships if m.deputy_id == deputy.id]
    assert member.to_on == "2026-11-21", "a member still on the last day of the mandate"
    assert [one.to_on for one in desks.grouping.households() if one.deputy_id == deputy.id] == ["2026-11-21"]
    line = next(one for one in desks.roster.lines(standing={Standing.LEFT}) if one.deputy_id == deputy.id)
    assert (line.state, line.levels, line.terms) == ("已离任", "镇", "第十八届")
    past = {one.deputy_id: one for one in desks.roster.lines(on="2023-05-01")}
    assert past[deputy.id].area_groups == "竹坑片区小组"


@pytest.mark.parametrize("on", ["2026-11-20", "2026-12-31", "2021-12-01"])
def test_an_end_written_into_the_form_ends_groups_and_households_too(desks: Desks, on: str) -> None:
    deputy = saved(desks)
    desks.households.save(HouseholdLink(deputy.id, 1, 2, from_on="2022-02-01"))
    before = desks.grouping.groups(), desks.grouping.households()
    (mandate,) = deputy.mandates
    done = desks.roster.save_deputy(replace(deputy, mandates=(replace(mandate, to_on=on),)))
    after = (date.fromisoformat(on) + timedelta(days=1)).isoformat()
    ends = [m.to_on for m in desks.grouping.groups()[0].memberships if m.deputy_id == deputy.id]
    ends += [one.to_on for one in desks.grouping.households() if one.deputy_id == deputy.id]
    assert ends == ([after, after] if on > "2022" else []), "what would begin later never was"
    assert after in done.label
    desks.housekeeping.undo()
    assert (desks.grouping.groups(), desks.grouping.households()) == before


def test_groups_end_with_the_last_of_several_mandates(desks: Desks) -> None:
    levels = (Level.COUNTY, Level.TOWNSHIP)
    deputy = saved(desks, mandates=tuple(Mandate(level, from_on="2021-11-01") for level in levels))
    county, township = deputy.mandates
    later = replace(county, to_on="2026-12-31")
    desks.roster.save_deputy(replace(deputy, mandates=(later, township)))
    assert desks.grouping.groups()[0].memberships[-1].to_on == ""
    desks.roster.end_mandates(deputy.id, [township.id], "2026-11-20", EndReason.RESIGNED, leave_groups=True)
    [member] = [m for m in desks.grouping.groups()[0].memberships if m.deputy_id == deputy.id]
    assert member.to_on == "2027-01-01"


def test_nothing_joined_or_corrected_outlasts_the_deputy(desks: Desks) -> None:
    deputy = saved(desks)
    desks.roster.move_out(deputy.id, "2026-12-20", "城东街道联络站")
    group_id = desks.grouping.save_group(Group(0, "", f"农业组{deputy.id}", GroupKind.FIELD)).value
    desks.grouping.join(group_id, deputy.id, "2026-11-25")
    desks.households.save(HouseholdLink(deputy.id, 1, 2, from_on="2022-02-01"))
    (member,) = next(one for one in desks.grouping.groups() if one.id == group_id).memberships
    assert member.to_on == "2026-12-20"
    desks.grouping.correct_membership(member.id, "2026-11-26", "")
    (member,) = next(one for one in desks.grouping.groups() if one.id == group_id).memberships
    assert (member.from_on, member.to_on) == ("2026-11-26", "2026-12-20")
    with pytest.raises(InvalidInput, match="不能更晚"):
        desks.grouping.correct_membership(member.id, "2026-11-26", "2026-12-21")
    assert [one.to_on for one in desks.households.all() if one.deputy_id == deputy.id] == ["2026-12-20"]
    with pytest.raises(InvalidInput, match="2026-12-20 起"):
        desks.households.save(HouseholdLink(deputy.id, 1, 3, from_on="2027-02-01"))


def test_one_of_two_mandates_ended_leaves_the_groups_alone(desks: Desks) -> None:
    deputy = saved(
        desks, mandates=(Mandate(Level.COUNTY, from_on="2021-11-01"), Mandate(Level.TOWNSHIP, from_on="2021-11-01"))
    )
    desks.roster.end_mandates(deputy.id, [deputy.mandates[0].id], "2026-11-20", EndReason.RESIGNED, leave_groups=True)
    assert any(m.deputy_id == deputy.id for m in desks.grouping.groups()[0].members_on(TODAY.isoformat()))
    assert desks.roster.deputy(deputy.id).levels_on(TODAY.isoformat()) == (Level.TOWNSHIP,)


def test_who_goes_to_another_station_and_comes_back_keeps_the_whole_history(desks: Desks) -> None:
    deputy = saved(desks)
    desks.roster.move_out(deputy.id, "2024-03-01", "城东街道联络站")
    assert desks.roster.deputy(deputy.id).standing_on("2024-06-01") is Standing.MOVED_AWAY
    assert desks.roster.deputy(deputy.id).serves_on("2024-02-29")
    desks.roster.move_in(deputy.id, "2025-05-01", "城东街道联络站")
    kept = desks.roster.deputy(deputy.id)
    assert [(one.from_on, one.to_on, one.came_from, one.went_to) for one in kept.placements] == [
        ("", "2024-03-01", "", "城东街道联络站"),
        ("2025-05-01", "", "城东街道联络站", ""),
    ]
    assert [kept.serves_on(day) for day in ("2023-01-01", "2024-06-01", "2026-01-01")] == [True, False, True]
    with pytest.raises(InvalidInput):
        desks.roster.move_in(deputy.id, "2026-01-01", "")


@pytest.mark.parametrize(
    ("mandates", "said"),
    [
        ((Mandate(Level.COUNTY, from_on="2021-11-01"), Mandate(Level.COUNTY, from_on="2024-01-01")), "时间重叠"),
        ((Mandate(Level.COUNTY, from_on="2021-11-01", to_on="2020-01-01"),), "早于任职日期"),
        ((Mandate(Level.COUNTY, end_reason=EndReason.DIED),), "填写终止日期"),
        ((Mandate(Level.COUNTY, from_on="2021-11-01", suspended=True, suspended_on="2020-01-01"),), "暂停日期"),
    ],
)
def test_mandates_that_cannot_be_are_refused_at_their_field(
    desks: Desks, mandates: tuple[Mandate, ...], said: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        desks.roster.save_deputy(Deputy("韦东", mandates=mandates))
    assert [one.field for one in refused.value.problems] == ["mandates"]
    assert said in refused.value.problems[0].message


def test_a_mandate_may_begin_on_the_day_the_one_before_ends() -> None:
    one = Mandate(Level.COUNTY, from_on="2016-11-01", to_on="2021-11-01")
    assert not overlap(one, Mandate(Level.COUNTY, from_on="2021-11-01"))
    assert overlap(one, Mandate(Level.COUNTY, from_on="2021-10-31"))
    assert not overlap(one, Mandate(Level.TOWNSHIP, from_on="2020-01-01"))


def test_leaves_that_overlap_or_end_before_they_begin_are_refused(desks: Desks) -> None:
    deputy = saved(desks)
    desks.roster.take_leave(deputy.id, Leave("2026-12-01", "2026-12-31"))
    for leave in (Leave("2026-12-31"), Leave("2026-11-01"), Leave("2027-02-01", "2027-01-01")):
        with pytest.raises(InvalidInput):
            desks.roster.take_leave(deputy.id, leave)
    desks.roster.take_leave(deputy.id, Leave("2027-01-01"))
    assert len(desks.roster.deputy(deputy.id).leaves) == 2


def test_the_years_duty_is_told(desks: Desks) -> None:
    deputy = saved(desks)
    for on, presence in (
        ("2026-03-04", Presence.PRESENT),
        ("2026-05-04", Presence.LEAVE),
        ("2025-03-04", Presence.PRESENT),
    ):
        day = desks.days.save(ReceptionDay(on, place="一楼"), (deputy.id,)).value
        desks.days.sign_in(day, deputy.id, presence)
    desks.days.save(ReceptionDay("2026-12-04", place="一楼"), (deputy.id,))
    desks.opinions.register_deputy_opinion(DeputyOpinionDraft("2026-06-01", deputy.id, "建议修路灯。", "修路灯"))
    deeds = desks.roster.deeds(deputy.id)
    assert (deeds.attended, deeds.excused, deeds.planned) == (("2026-03-04",), 1, ("2026-12-04",))
    assert [one.title for one in deeds.raised] == ["修路灯"]
    assert desks.roster.deeds(deputy.id, "2025-12-31").attended == ("2025-03-04",)


def test_skills_and_languages_come_back_from_an_exported_roster(desks: Desks, tmp_path: Path) -> None:
    saved(desks, name="温契", skills="法律", languages="客家话", phone="14000000055")
    keys = tuple(column.key for column in ROSTER_LEDGER.columns)
    sheet = desks.reports.books.sheet(Selection(Book.ROSTER, keys=keys))
    write_ledger(tmp_path / "名册.xlsx", replace(sheet, uids=()))
    with_all = desks.intake.preview(tmp_path / "名册.xlsx", SheetKind.ROSTER)
    assert all(not line.differences for line in with_all.rows if line.verdict.kind == "unchanged")
    other = Desks.create(tmp_path / "二.station", fixed_clock(TODAY), StationProfile("禾溪镇人大代表联络站"))
    other.intake.confirm(other.intake.preview(tmp_path / "名册.xlsx", SheetKind.ROSTER))
    taken = next(one for one in other.roster.deputies() if one.name == "温契")
    assert (taken.skills, taken.languages) == ("法律", "客家话")
    other.close()
