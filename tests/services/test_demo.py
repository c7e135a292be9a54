"""The demo station: the same for the same seed and day, sound, legal in every move, and full of life."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from copy import copy
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from lunar_python import Solar

from station_app.domain.agenda import TodoGroup
from station_app.domain.events import (
    ON_SPOT_WAY,
    PROMISE_GIVEN_UP_WAY,
    PROMISE_KEPT_WAY,
    PROMISE_NOT_YET_WAY,
    EventKind,
    Satisfaction,
    effective,
)
from station_app.domain.groups import GroupKind
from station_app.domain.moves import Move, move_problem
from station_app.domain.opinion import Case
from station_app.domain.people import EndReason, Level
from station_app.domain.progress import Disposition, Progress, State
from station_app.domain.reception import DayKind, DayState, Presence
from station_app.domain.station import Tier
from station_app.domain.unfolding import unfold
from station_app.services.demo import write_demo
from station_app.services.demo_texts import themes
from station_app.station import Desks, make_demo
from station_app.support.clock import fixed_clock
from station_app.support.faults import Cancelled, StationFault

TODAY = date(2026, 11, 25)
RARE = "㛃䶮𬭚𠅤"


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = make_demo(tmp_path_factory.mktemp("demo") / "示范.station", fixed_clock(TODAY))
    yield made
    made.close()


@pytest.fixture(scope="module")
def cases(desks: Desks) -> list[Case]:
    return list(desks.opinions.cases())


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, save the search index and when the tables were made."""
    connection = sqlite3.connect(path)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE %'")]
        ordinary = [name for name in names if not name.startswith(("search", "_sqlite"))]
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall() for name in ordinary}
    finally:
        connection.close()


def small(path: Path, today: date = TODAY, seed: int = 1) -> dict[str, list[tuple[object, ...]]]:
    write_demo(path, today, years=1, opinions=80, seed=seed)
    return rows_of(path)


def test_the_same_seed_and_day_give_the_same_rows(tmp_path: Path) -> None:
    first, second = small(tmp_path / "1.station"), small(tmp_path / "2.station")
    assert len(first["opinions"]) == 80
    assert len(first["steps"]) > 100
    assert first == second


def test_another_seed_gives_other_texts(tmp_path: Path) -> None:
    assert small(tmp_path / "1.station")["opinions"] != small(tmp_path / "2.station", seed=2)["opinions"]


def test_it_has_the_promised_size(desks: Desks, cases: list[Case]) -> None:
    counts = desks.housekeeping.check().counts
    assert len(cases) == 1200
    assert 850 <= counts["visits"] <= 950
    assert 65 <= len(desks.roster.serving()) <= 75
    assert 85 <= counts["deputies"] <= 95
    assert Counter(group.kind for group in desks.grouping.groups()) == {
        GroupKind.AREA: 5, GroupKind.FIELD: 4, GroupKind.DUTY: 3, GroupKind.CHAT: 14,
    }  # fmt: skip
    assert counts["villages"] == 14
    assert len([unit for unit in desks.settings.units() if unit.tier is not Tier.VILLAGE]) == 15
    assert {level for deputy in desks.roster.serving() for level in deputy.levels_on(TODAY.isoformat())} == set(Level)
    assert desks.settings.profile().demo


def test_the_file_is_sound_and_nothing_is_left_to_undo(desks: Desks) -> None:
    health = desks.housekeeping.check()
    assert health.problems == ()
    assert health.broken_step is None
    assert desks.housekeeping.undoable() == []


def test_rare_characters_are_in_names_of_deputies_and_voters(desks: Desks) -> None:
    deputies = "".join(deputy.name for deputy in desks.roster.deputies())
    voters = "".join(visit.name for visit in desks.reception.visits_between("", "9999"))
    assert set(RARE) <= set(deputies)
    assert set(RARE) <= set(voters)
    assert "买买提·吐尔逊" in deputies


def test_market_days_are_the_seventh_and_twenty_fourth_of_the_lunar_calendar(desks: Desks) -> None:
    days = [date.fromisoformat(day.on) for day in desks.days.between() if day.kind is DayKind.MOBILE]
    assert len(days) > 70
    assert {Solar.fromYmd(day.year, day.month, day.day).getLunar().getDay() for day in days} == {7, 24}
    day, wanted = TODAY - timedelta(days=1000), []
    while day < TODAY:
        if Solar.fromYmd(day.year, day.month, day.day).getLunar().getDay() in {7, 24}:
            wanted.append(day)
        day += timedelta(days=1)
    assert set(wanted) <= set(days)


def test_fixed_days_are_first_fridays_moved_on_from_holidays(desks: Desks) -> None:
    calendar = desks.settings.calendar()
    held = [day for day in desks.days.between() if day.state in {DayState.HELD, DayState.PLANNED}]
    usual = {day.on: day for day in held if day.kind is not DayKind.MOBILE}
    regular = [date.fromisoformat(on) for on, day in usual.items() if not day.reason.startswith(("补", "改期自"))]
    assert all(calendar.is_workday(day) for day in regular)
    assert all(day.weekday() == 4 and day.day <= 7 for day in regular if "顺延" not in usual[day.isoformat()].reason)
    assert "国庆节" in usual["2025-10-09"].reason
    assert "顺延" in usual["2025-10-09"].reason


def test_days_end_in_every_way_and_the_next_is_planned(desks: Desks) -> None:
    days = desks.days.between()
    states = Counter(day.state for day in days)
    assert states[DayState.HELD] > 90
    assert min(states[DayState.NOT_HELD], states[DayState.MOVED], states[DayState.CANCELLED]) >= 1
    assert all(day.reason for day in days if day.state in {DayState.NOT_HELD, DayState.MOVED, DayState.CANCELLED})
    presences = Counter(one.presence for day in days for one in day.attendance if day.state is DayState.HELD)
    assert min(presences[Presence.PRESENT], presences[Presence.LEAVE]) > 0
    assert all(
        any(one.presence is Presence.PRESENT for one in day.attendance) for day in days if day.state is DayState.HELD
    )
    current = desks.days.current()
    assert current is not None
    assert current.on >= TODAY.isoformat()


def test_matters_are_in_every_state(cases: list[Case]) -> None:
    states = Counter(case.progress.state for case in cases)
    assert set(states) == set(State)
    assert 30 <= sum(case.progress.is_open for case in cases) <= 60
    assert {case.progress.disposition for case in cases} == set(Disposition)
    assert {kind for case in cases for kind in (event.kind for event in case.events)} >= {
        EventKind.MERGED, EventKind.EXTENSION_GRANTED, EventKind.RESTARTED, EventKind.URGED, EventKind.INQUIRED,
        EventKind.REHANDLED, EventKind.PROMISE_CHECKED, EventKind.INTERIM, EventKind.SUPERVISED, EventKind.VOIDED,
        EventKind.RETURNED, EventKind.EXTENSION_ASKED, EventKind.EXTENSION_REFUSED, EventKind.ENDED,
    }  # fmt: skip
    checks = {event.way for case in cases for event in case.events if event.kind is EventKind.PROMISE_CHECKED}
    assert checks == {PROMISE_KEPT_WAY, PROMISE_NOT_YET_WAY, PROMISE_GIVEN_UP_WAY}
    apart = [case for case in cases if any(event.separate for event in case.events)]
    assert len(apart) >= 10
    assert all(
        not case.progress.waited_for for case in apart if not case.progress.is_open and case.progress.answered_on
    )
    assert any(case.progress.extension_asked_on for case in cases if case.progress.is_open)
    assert {case.progress.answer_class for case in cases} >= set("ABCD")
    assert {case.progress.satisfaction for case in cases} >= set(Satisfaction) - {Satisfaction.DISSATISFIED}


def test_the_day_has_something_in_every_list(desks: Desks) -> None:
    groups = Counter(item.group for item in desks.today.agenda().items)
    assert set(groups) >= set(TodoGroup) - {TodoGroup.ANNOUNCE, TodoGroup.FOLLOW_UP_FULL}
    assert groups[TodoGroup.OVERDUE] <= 6


_MOVE_OF = {
    EventKind.STUDIED: Move.STUDY,
    EventKind.HANDED_OVER: Move.HAND_OVER,
    EventKind.RECEIVED: Move.RECEIVE,
    EventKind.COUNTY_ASSIGNED: Move.ASSIGN_AT_COUNTY,
    EventKind.URGED: Move.URGE,
    EventKind.INQUIRED: Move.INQUIRE,
    EventKind.INTERIM: Move.INTERIM,
    EventKind.ANSWERED: Move.ANSWER,
    EventKind.FED_BACK: Move.FEED_BACK,
    EventKind.RATED: Move.RATE,
    EventKind.CLOSED: Move.CLOSE,
    EventKind.REDIRECTED: Move.REDIRECT,
}
_WHILE_HANDLED = {EventKind.RETURNED, EventKind.EXTENSION_ASKED, EventKind.EXTENSION_GRANTED}


@pytest.mark.parametrize("since", ["2026-11-25", "2026-10-01"])
def test_what_is_current_is_found_without_reading_everything(desks: Desks, cases: list[Case], since: str) -> None:
    """Restarted and closed again, promised and kept, promised and not kept: the narrow query misses none of them."""
    with desks.reading() as copy:
        found = copy.opinions.current(since)
        assert not copy.opinions.is_read()
    assert found == [
        case
        for case in cases
        if case.progress.is_open or case.progress.has_open_promise or any(event.on >= since for event in case.events)
    ]
    assert 0 < len(found) < len(cases)


def test_every_event_was_allowed_when_it_happened(cases: list[Case]) -> None:
    for case in cases:
        before = Progress()
        taken = 0
        for event, after in unfold(case.events):
            if event.kind in _MOVE_OF:
                move = Move.ANSWER_ON_SPOT if event.way == ON_SPOT_WAY else _MOVE_OF[event.kind]
                assert not move_problem(before, move), (case.number, event.kind)
            if event.kind in _WHILE_HANDLED:
                assert before.state is State.HANDLING, (case.number, event.kind)
            before = copy(after)
            taken += 1
        assert taken == len(case.events), case.number


def test_events_happen_in_order_before_today_and_offices_act_on_working_days(desks: Desks, cases: list[Case]) -> None:
    calendar = desks.settings.calendar()
    for case in cases:
        events = effective(case.events)
        assert [event.id for event in events] == sorted(event.id for event in events)
        assert [event.recorded_at for event in events] == sorted(event.recorded_at for event in events)
        for event in events:
            assert event.on <= event.recorded_at[:10] < TODAY.isoformat()
            at_the_table = event.on == case.raised_on
            assert at_the_table or calendar.is_workday(date.fromisoformat(event.on)), (case.number, event.kind)


def test_no_day_has_future_rows(tmp_path: Path) -> None:
    today = date(2025, 2, 3)
    rows = small(tmp_path / "1.station", today)
    assert max(str(row[1]) for row in rows["steps"]) < today.isoformat()


def test_words_are_varied_and_titles_short(cases: list[Case]) -> None:
    assert len(themes()) >= 60
    assert len({case.words for case in cases}) > 1100
    assert all(0 < len(case.title) <= 20 for case in cases)
    assert max(len(case.words) for case in cases) <= 400
    texts = [text for case in cases for text in (case.title, case.words, *(event.text for event in case.events))]
    assert not [text for text in texts if set(text) & set("[]{}|")]
    assert not [text for text in texts for twice in ("前前", "路路", "反映，帮忙反映") if twice in text]


def test_visits_are_of_every_kind(desks: Desks) -> None:
    visits = desks.reception.visits_between("", "9999")
    assert all(visit.receivers for visit in visits)
    assert any(visit.anonymous for visit in visits)
    assert any(visit.no_phone and not visit.anonymous for visit in visits)
    assert any(visit.on_behalf_of for visit in visits)
    assert any(visit.people > 5 for visit in visits)
    assert any(visit.paper for visit in visits)
    assert any(visit.notes for visit in visits)
    assert all(visit.phone.startswith("1400") for visit in visits if visit.phone)
    again = Counter((visit.name, visit.phone) for visit in visits if visit.name and visit.phone)
    assert sum(count > 1 for count in again.values()) > 50


def test_the_roster_has_a_history(desks: Desks) -> None:
    deputies = desks.roster.deputies()
    mandates = [mandate for deputy in deputies for mandate in deputy.mandates]
    assert any(mandate.end_reason is EndReason.TERM_OVER for mandate in mandates)
    assert any(mandate.end_reason is EndReason.MOVED for mandate in mandates)
    assert {EndReason.DIED, EndReason.RESIGNED} <= {mandate.end_reason for mandate in mandates}
    assert any(mandate.by_election for mandate in mandates)
    assert any(mandate.suspended for mandate in mandates)
    assert {place.went_to for deputy in deputies for place in deputy.placements} > {""}
    assert any(leave.holds_on(TODAY.isoformat()) for deputy in deputies for leave in deputy.leaves)
    assert sum(deputy.photo_id is not None for deputy in deputies) > 50
    assert all(deputy.photo_id is None for deputy in deputies if not deputy.serves_on(TODAY.isoformat()))


def test_two_terms_are_on_the_roster(desks: Desks) -> None:
    deputies, areas = desks.roster.deputies(), [g for g in desks.grouping.groups() if g.kind is GroupKind.AREA]
    terms = {mandate.term for deputy in deputies for mandate in deputy.mandates if mandate.level is Level.TOWNSHIP}
    assert terms == {"第十七届", "第十八届"}
    for day in ("2018-05-01", "2023-05-01", TODAY.isoformat()):
        assert all(sum(member.leader for member in group.members_on(day)) == 1 for group in areas), day
        assert {village for group in areas for village in group.villages_on(day)} == {
            village.id for village in desks.settings.villages()
        }
    then, now = ({m.deputy_id for g in areas for m in g.members_on(day)} for day in ("2018-05-01", TODAY.isoformat()))
    assert len(then & now) > 10
    assert len(then - now) > 10
    assert all(
        next(one for one in deputies if one.id == member.deputy_id).levels_on(day)
        for day in ("2018-05-01", "2023-05-01", TODAY.isoformat())
        for group in desks.grouping.groups()
        for member in group.members_on(day)
    )


def test_days_are_held_in_rooms_and_deputies_belong_to_them(desks: Desks) -> None:
    rooms = {room.id: room.name for room in desks.rooms.all()}
    assert len(rooms) == 3
    held = Counter(rooms.get(day.room_id or 0, "") for day in desks.days.between() if day.state is DayState.HELD)
    assert held["圩镇流动联络点"] > 50
    assert held["禾溪制衣厂代表联络点"] > 5
    assert held[""] > 10
    assert {rooms[room] for d in desks.roster.serving() if (room := d.place_on(TODAY.isoformat()))} == {
        "禾溪制衣厂代表联络点"
    }


def test_households_are_counted_and_some_are_listed(desks: Desks) -> None:
    links = desks.grouping.households()
    assert any(link.households > 5 and not link.name for link in links)
    assert any(link.name and link.households == 1 and link.phone.startswith("1400") for link in links)
    assert {link.grid_id for link in links} <= {grid.id for grid in desks.grouping.grids()}


def test_the_figures_of_every_month_tie(desks: Desks) -> None:
    assert desks.reports.untied_months() == []


def test_a_cancelled_demo_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_demo(tmp_path / "1.station", TODAY, years=1, opinions=20, cancelled=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    write_demo(tmp_path / "1.station", TODAY, years=1, opinions=20, progress=lambda *news: told.append(news))
    assert told[-1][:2] == (365, 365)
    assert all(before[0] <= after[0] for before, after in pairwise(told))


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "1.station"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(StationFault):
        write_demo(path, TODAY)
    assert path.read_text(encoding="utf-8") == "mine"
