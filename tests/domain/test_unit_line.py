"""Statistics by unit: lead counts as lead, separate units answer for themselves, sums tie to the figures."""

from datetime import date

from hypothesis import given, settings

from station_app.domain.calendars import WorkCalendar
from station_app.domain.events import Event, Satisfaction
from station_app.domain.figures import Rules, compute
from station_app.domain.limits import Limits
from station_app.domain.periods import month
from station_app.domain.station import StationProfile, Tier, Unit
from station_app.domain.unit_line import UnitLine, sum_line, unit_lines
from tests.domain.invented_matters import K, case, event, lives

RULES = Rules(StationProfile("禾溪镇人大代表联络站"), Limits(), WorkCalendar(), date(2026, 11, 25))
NAMES = ("镇城建办", "镇水务站", "镇农技站", "县水利局")
UNITS = [Unit(number, f"u{number}", name, Tier.TOWNSHIP) for number, name in enumerate(NAMES, 1)]
RAISED = event(K.REGISTERED, "2026-09-01")


def handed(on: str, unit: str = "镇城建办", **values: object) -> Event:
    return event(K.HANDED_OVER, on, tier=Tier.TOWNSHIP, unit=unit, unit_id=NAMES.index(unit) + 1, **values)


def answered(on: str, unit: str = "镇城建办") -> Event:
    return event(K.ANSWERED, on, answer_class="A", text="已修好", unit=unit)


def line(unit: str, *events: Event, from_on: str = "2026-09-01", to_on: str = "2026-12-31") -> UnitLine:
    found = unit_lines([case((RAISED, *events))], UNITS, from_on, to_on, RULES)
    return next(one for one in found if one.unit and one.unit.name == unit)


def test_only_the_lead_unit_counts_as_lead() -> None:
    events = (handed("2026-09-04", assisting=("镇水务站",)), answered("2026-09-20", "镇水务站"))
    lead, assisting = line("镇城建办", *events), line("镇水务站", *events)
    assert (len(lead.lead), len(lead.answered), lead.in_time_rate.percent) == (1, 1, "100%")
    assert (len(assisting.lead), len(assisting.assisting), len(assisting.answered)) == (0, 1, 0)


def test_separate_units_answer_for_themselves() -> None:
    events = (handed("2026-09-04", separate=("镇水务站",)), answered("2026-09-20"))
    first, other = line("镇城建办", *events), line("镇水务站", *events)
    assert (len(first.answered), len(first.open)) == (1, 0)
    assert (len(other.separate), len(other.answered), len(other.open), len(other.overdue)) == (1, 0, 1, 1)


def test_returns_extensions_and_late_answers_count_with_the_unit_that_had_the_matter() -> None:
    events = (
        handed("2026-09-04"),
        event(K.RETURNED, "2026-09-07", text="不属职责"),
        handed("2026-09-08", "镇水务站"),
        event(K.EXTENSION_ASKED, "2026-09-20", due_on="2026-10-20", text="等材料"),
        event(K.EXTENSION_GRANTED, "2026-09-21", due_on="2026-10-20"),
        answered("2026-10-25", "镇水务站"),
        event(K.FED_BACK, "2026-10-26", way="电话"),
        event(K.RATED, "2026-10-26", satisfaction=Satisfaction.FAIRLY),
    )
    first, second = line("镇城建办", *events), line("镇水务站", *events)
    assert (len(first.lead), len(first.returned), len(first.answered)) == (1, 1, 0)
    assert (len(second.extended), len(second.late), len(second.in_time)) == (1, 1, 0)
    assert (second.content_rate.percent, len(second.rated)) == ("100%", 1)


def test_a_unit_out_of_use_without_matters_is_left_out() -> None:
    retired = Unit(9, "u9", "镇旧站所", Tier.TOWNSHIP, retired=True)
    found = unit_lines([case((RAISED, handed("2026-09-04")))], [*UNITS, retired], "2026-09-01", "2026-12-31", RULES)
    assert [one.unit.name for one in found if one.unit] == list(NAMES)


@settings(max_examples=60)
@given(lives())
def test_the_sums_tie_to_the_figures_of_the_same_month(events: tuple[Event, ...]) -> None:
    cases = [case(events)]
    names = {event.unit for event in events if event.unit}
    units = [Unit(number, str(number), name, Tier.TOWNSHIP) for number, name in enumerate(sorted(names), 1)]
    for span in (month("2026-09"), month("2026-10"), month("2026-11")):
        whole = sum_line(unit_lines(cases, units, span.from_on, span.to_on, RULES))
        figures = compute(cases, [], [], span, RULES)
        by_unit = [part for part in figures.dimensions["answered.unit"] if not part.endswith(".")]
        assert len(whole.answered) == sum(len(figures.table[part].cases) for part in by_unit)
        # Some invented lives lose their unit to a county's assignment that the desk would refuse: nobody's line has it.
        late = [part for part in figures.dimensions["closing.overdue.unit"] if not part.endswith(".")]
        assert len(whole.overdue) >= sum(len(figures.table[part].cases) for part in late)
