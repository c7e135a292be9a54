"""Who represented a village on a day: only what is dated answers about the past."""

from dataclasses import replace
from datetime import date

from station_app.domain.groups import Group, GroupKind, Membership, Served
from station_app.domain.people import Deputy, Level, Mandate, Placement
from station_app.domain.representation import Why, who_represents
from station_app.domain.station import Village
from station_app.domain.terms import Constituency

TODAY = date(2026, 11, 25)
FENGLIN, DATIAN = Village(1, "", "枫林村", "枫林村"), Village(2, "", "大田村", "大田村")
OLD = Mandate(Level.TOWNSHIP, "第十七届", "第一选区", from_on="2016-11-20", to_on="2021-11-25", id=1)
NOW = Mandate(Level.TOWNSHIP, "第十八届", "第一选区", from_on="2021-11-26", id=2)
COUNTY = Mandate(Level.COUNTY, "第十七届", "枫林村、竹坑村选区", from_on="2021-12-10", id=3)
DISTRICTS = (
    Constituency(Level.TOWNSHIP, "第十七届", "第一选区", (2,)),
    Constituency(Level.TOWNSHIP, "第十八届", "第一选区", (1,)),
)
AREA = Group(
    1, "", "枫林片区小组", GroupKind.AREA,
    memberships=(Membership(1, 3, "2022-01-01", "2024-01-01"),),
    villages=(Served(1, "2022-06-01"),),
)  # fmt: skip


def told(day: str, *deputies: Deputy, village: Village = FENGLIN) -> list[tuple[str, Level, Why, str]]:
    found = who_represents(village, day, TODAY, deputies, DISTRICTS, [AREA], [FENGLIN, DATIAN])
    return [(one.deputy.name, one.mandate.level, one.why, one.through) for one in found]


def test_each_term_has_its_own_constituencies() -> None:
    zhong = Deputy("钟龑", id=1, mandates=(OLD, NOW))
    assert told("2023-05-01", zhong) == [("钟龑", Level.TOWNSHIP, Why.ELECTED, "第一选区")]
    assert told("2020-05-01", zhong) == []
    assert told("2020-05-01", zhong, village=DATIAN) == [("钟龑", Level.TOWNSHIP, Why.ELECTED, "第一选区")]


def test_a_constituency_nobody_registered_covers_the_villages_it_names() -> None:
    zhong = Deputy("钟龑", id=1, mandates=(NOW, COUNTY))
    assert told("2023-05-01", zhong) == [
        ("钟龑", Level.COUNTY, Why.ELECTED, "枫林村、竹坑村选区"),
        ("钟龑", Level.TOWNSHIP, Why.ELECTED, "第一选区"),
    ]
    assert told("2023-05-01", zhong, village=DATIAN) == []


def test_an_area_group_keeps_contact_while_member_and_village_belong_to_it() -> None:
    member = Deputy("曾丽萍", id=3, mandates=(replace(NOW, constituency="第九选区"),))
    contact = [("曾丽萍", Level.TOWNSHIP, Why.CONTACT, "枫林片区小组")]
    assert told("2023-05-01", member) == contact
    assert told("2022-05-31", member) == []
    assert told("2024-01-01", member) == []
    assert told("2023-05-01", replace(member, placements=(Placement(from_on="2023-06-01"),))) == []


def test_residence_counts_from_today_on_only() -> None:
    resident = Deputy("覃水生", id=4, village_id=1, mandates=(replace(NOW, constituency=""),))
    assert told(TODAY.isoformat(), resident) == [("覃水生", Level.TOWNSHIP, Why.RESIDES, "")]
    assert told("2023-05-01", resident) == []


def test_who_is_elected_there_in_one_level_keeps_contact_in_the_other() -> None:
    both = Deputy("曾丽萍", id=3, mandates=(NOW, replace(COUNTY, constituency="县第九选区")))
    assert told("2023-05-01", both) == [
        ("曾丽萍", Level.COUNTY, Why.CONTACT, "枫林片区小组"),
        ("曾丽萍", Level.TOWNSHIP, Why.ELECTED, "第一选区"),
    ]
