"""Terms: their names, when they end, what mandates tell about them, and the villages a constituency names."""

from datetime import date

import pytest

from station_app.domain.people import Deputy, Level, Mandate, Placement
from station_app.domain.station import Village
from station_app.domain.terms import (
    Constituency,
    Term,
    constituency_problems,
    next_term,
    proposed_constituencies,
    proposed_terms,
    term_endings,
    term_problems,
    villages_in,
)

TODAY = date(2026, 11, 25)
VILLAGES = [Village(1, "", "枫林村", "枫林"), Village(2, "", "大田村", "大田村"), Village(3, "", "田村", "田村")]


def deputy(number: int, *mandates: Mandate, placements: tuple[Placement, ...] = ()) -> Deputy:
    return Deputy(f"代表{number}", mandates=mandates, id=number, placements=placements)


@pytest.mark.parametrize(
    ("name", "following"),
    [
        ("第十八届", "第十九届"),
        ("第十九届", "第二十届"),
        ("第二十届", "第二十一届"),
        ("第九届", "第十届"),
        ("第十届", "第十一届"),
        ("第一届", "第二届"),
        ("第29届", "第30届"),
        ("十七届", "十八届"),
        ("本届", ""),
    ],
)
def test_the_term_that_follows_is_named_by_its_number(name: str, following: str) -> None:
    assert next_term(name) == following


def test_a_term_without_an_end_ends_after_five_years() -> None:
    assert Term(Level.COUNTY, "第十七届", "2021-12-10").ends_on == "2026-12-09"
    assert Term(Level.COUNTY, "第十七届", "2024-02-29").ends_on == "2029-02-27"
    assert Term(Level.COUNTY, "第十七届", "2021-12-10", "2026-11-30").ends_on == "2026-11-30"
    assert not Term(Level.COUNTY, "第十七届").ends_on


def test_terms_are_proposed_from_mandates_with_the_usual_beginning() -> None:
    deputies = [
        deputy(1, Mandate(Level.TOWNSHIP, "第十八届", from_on="2021-11-26"), Mandate(Level.COUNTY, "第十七届")),
        deputy(2, Mandate(Level.TOWNSHIP, "第十八届", from_on="2021-11-26")),
        deputy(3, Mandate(Level.TOWNSHIP, "第十八届", from_on="2023-03-01", by_election=True)),
        deputy(4, Mandate(Level.TOWNSHIP, "第十七届", from_on="2016-11-20", to_on="2021-11-25")),
        deputy(5, Mandate(Level.CITY, "第六届", from_on="2021-12-20")),
        deputy(6, Mandate(Level.TOWNSHIP)),
    ]
    registered = [Term(Level.CITY, "第六届")]
    assert proposed_terms(deputies, registered) == [
        Term(Level.COUNTY, "第十七届"),
        Term(Level.TOWNSHIP, "第十八届", "2021-11-26"),
        Term(Level.TOWNSHIP, "第十七届", "2016-11-20"),
    ]


def test_only_terms_in_use_that_end_soon_are_told() -> None:
    deputies = [
        deputy(1, Mandate(Level.TOWNSHIP, "第十八届", from_on="2021-11-20"), Mandate(Level.COUNTY, "第十七届")),
        deputy(2, Mandate(Level.TOWNSHIP, "第十七届", from_on="2016-11-20", to_on="2021-11-19")),
        deputy(3, Mandate(Level.CITY, "第六届", from_on="2025-01-01")),
        deputy(
            4, Mandate(Level.PROVINCIAL, "第九届", from_on="2020-01-01"), placements=(Placement(to_on="2022-01-01"),)
        ),
    ]
    registered = [Term(Level.COUNTY, "第十七届", "2021-12-10", "2027-05-24")]
    told = [one.told(one.level.value) for one in term_endings(registered, deputies, TODAY, 180)]
    assert told == ["county第十七届将于 2027-05-24 届满", "township第十八届已于 2026-11-19 届满"]
    assert [one.level for one in term_endings(registered, deputies, TODAY, 179)] == [Level.TOWNSHIP]
    elected = deputy(5, Mandate(Level.TOWNSHIP, "第十九届", from_on="2026-11-28"))
    assert term_endings(registered, [*deputies, elected], TODAY, 179) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("枫林村、大田村联合选区", (1, 2)),
        ("大田村选区", (2,)),
        ("田村选区", (3,)),
        ("田村、大田村", (3, 2)),
        ("枫林选区", (1,)),
        ("第三选区", ()),
    ],
)
def test_a_constituency_names_its_villages_and_no_part_of_a_name_counts(text: str, found: tuple[int, ...]) -> None:
    assert villages_in(text, VILLAGES) == found


def test_constituencies_are_proposed_with_the_villages_they_name() -> None:
    term = (Level.TOWNSHIP, "第十八届")
    deputies = [
        deputy(1, Mandate(*term, "枫林村选区")),
        deputy(2, Mandate(*term, "枫林村选区")),
        deputy(3, Mandate(*term, "第三选区")),
        deputy(4, Mandate(Level.COUNTY, "第十七届", "县第九选区")),
        deputy(5, Mandate(*term, "大田村选区")),
    ]
    registered = [Constituency(*term, "大田村选区", (2,))]
    found = proposed_constituencies(deputies, registered, VILLAGES, term)
    assert {one.name: one.village_ids for one in found} == {"枫林村选区": (1,), "第三选区": ()}


def test_terms_and_constituencies_say_what_is_wrong_with_them() -> None:
    known = [Term(Level.TOWNSHIP, "第十八届", id=1)]

    def told(term: Term) -> list[str]:
        return [problem.field for problem in term_problems(term, known) if problem]

    assert told(Term(Level.TOWNSHIP, "第十八届")) == ["name"]
    assert told(Term(Level.TOWNSHIP, "第十八届", id=1)) == []
    assert told(Term(Level.TOWNSHIP, "", "2026-13-01")) == ["name", "from_on"]
    assert told(Term(Level.COUNTY, "第十八届", "2026-12-01", "2026-11-01")) == ["to_on"]
    one = Constituency(Level.TOWNSHIP, "第十八届", "枫林村选区", id=1)
    assert [p.field for p in constituency_problems(Constituency(one.level, one.term, one.name), [one]) if p] == ["name"]
    assert [p.field for p in constituency_problems(Constituency(one.level, one.term, ""), [one]) if p] == ["name"]
    assert not any(constituency_problems(one, [one]))
