"""Figures by room: every count sums to the station's, whatever happened; a deputy in two rooms counts once in the whole."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain.calendars import WorkCalendar
from station_app.domain.events import Event
from station_app.domain.figure_values import VisitCount
from station_app.domain.figures import Rules, compute
from station_app.domain.limits import Limits
from station_app.domain.periods import month
from station_app.domain.reception import Attendance, DayState, Presence, ReceptionDay
from station_app.domain.room_figures import ROOM_COUNTS, room_table
from station_app.domain.rooms import OWN_NAME, Room, is_wanted, room_names, room_problems
from station_app.domain.station import StationProfile
from tests.domain.invented_matters import case, lives

RULES = Rules(
    StationProfile("禾溪镇人大代表联络站", term_from="2021-11-01"), Limits(), WorkCalendar(), date(2026, 11, 25)
)
ROOMS = (Room("圩镇联络室", id=2), Room("水东联络点", id=3), Room("旧联络点", id=4, retired=True))
SPANS = (month("2025-12"), month("2026-02"), month("2026-05"))
AT = st.sampled_from((None, 2, 3))


@st.composite
def days(draw: st.DrawFn) -> ReceptionDay:
    """Draw a reception day of three months with who came to it."""
    on = date(2025, 12, 1).toordinal() + draw(st.integers(0, 90))
    came = draw(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(Presence)), unique_by=lambda one: one[0]))
    return ReceptionDay(
        date.fromordinal(on - on % 7).isoformat(),
        state=draw(st.sampled_from((DayState.HELD, DayState.HELD, DayState.OPEN, DayState.PLANNED))),
        attendance=tuple(Attendance(deputy, f"代表{deputy}", None, presence) for deputy, presence in came),
        room_id=draw(AT),
    )


@st.composite
def visits(draw: st.DrawFn) -> VisitCount:
    """Draw a visit of the same months."""
    on = date(2025, 12, 1).toordinal() + draw(st.integers(0, 120))
    return VisitCount(
        1, "J-1", None, date.fromordinal(on).isoformat(), draw(st.booleans()), draw(st.integers(1, 9)), draw(AT)
    )


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(lives(), AT), max_size=6), st.lists(days(), max_size=8), st.lists(visits(), max_size=6))
def test_every_count_sums_to_the_whole_and_the_whole_is_the_stations(
    matters: Sequence[tuple[tuple[Event, ...], int | None]], held: list[ReceptionDay], came: list[VisitCount]
) -> None:
    cases = [case(events, number, room_id=room_id) for number, (events, room_id) in enumerate(matters, 1)]
    for span in SPANS:
        table = room_table(ROOMS, cases, held, came, span, RULES)
        whole = compute(cases, held, came, span, RULES)
        assert table.total.figures == whole
        for key in ROOM_COUNTS:
            apart = sum(line.figures.count(key) for line in table.lines)
            if key == "attended":
                assert apart >= whole.count(key)
                assert bool(table.total.remark) == (apart > whole.count(key))
            else:
                assert apart == whole.count(key), key
        for key in ("received", "closed", "closing", "closing.overdue"):
            behind = sorted(number for line in table.lines for number in line.figures[key].cases)
            assert behind == sorted(whole[key].cases)
        assert all(line.figures.ties for line in table.lines)


def test_a_deputy_in_two_rooms_on_one_day_counts_once_in_the_whole_and_that_is_said() -> None:
    here = (Attendance(1, "钟龚", None, Presence.PRESENT),)
    both = [ReceptionDay("2026-05-04", state=DayState.HELD, attendance=here, room_id=room) for room in (2, 3)]
    table = room_table(ROOMS, (), both, (), month("2026-05"), RULES)
    assert [line.figures.count("attended") for line in table.lines] == [0, 1, 1]
    assert table.total.figures.count("attended") == 1
    assert table.total.remark == "同一代表同一天在两处签到，合计只计一次（各处相加2人次）"


def test_a_room_out_of_use_is_shown_as_long_as_something_happened_there() -> None:
    def shown(day: ReceptionDay) -> list[str]:
        return [line.name for line in room_table(ROOMS, (), (day,), (), month("2026-05"), RULES).lines]

    assert shown(ReceptionDay("2026-05-04", state=DayState.HELD)) == [OWN_NAME, "圩镇联络室", "水东联络点"]
    assert shown(ReceptionDay("2026-05-04", state=DayState.HELD, room_id=4))[-1] == "旧联络点"


def test_what_belongs_to_no_room_belongs_to_the_station_itself() -> None:
    assert room_names(()) == {}
    assert list(room_names(ROOMS)) == [None, 2, 3, 4]
    assert [is_wanted(None, wanted) for wanted in (None, 0, 2)] == [True, True, False]
    assert [is_wanted(2, wanted) for wanted in (None, 0, 2)] == [True, False, True]


def test_one_person_is_in_charge_of_one_room() -> None:
    taken = Room("圩镇联络室", id=2, staff_id=5, staff="肖敏")
    problems = [one for one in room_problems(Room("水东联络点", staff_id=5), [taken], "禾溪镇联络站") if one]
    assert [(one.field, one.message) for one in problems] == [
        ("staff_id", "肖敏已经负责“圩镇联络室”，一人只负责一处。")
    ]
    assert [one for one in room_problems(Room("水东联络点"), [taken], "禾溪镇联络站") if one] == []
