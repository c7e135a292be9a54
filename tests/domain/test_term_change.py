"""The change of term as a draft: no day before it is touched, and namesakes stay apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.groups import Group, GroupKind, Membership, Served
from station_app.domain.people import Deputy, EndReason, Gender, Level, Mandate, Placement
from station_app.domain.representation import Why, who_represents
from station_app.domain.roster_sheet import roster_keys
from station_app.domain.station import Village
from station_app.domain.term_change import (
    Fate,
    GroupsFate,
    Newcomer,
    Outgoing,
    TermChange,
    changed_deputies,
    ends_altogether,
)
from station_app.domain.term_checks import findings
from station_app.domain.term_list import Listed, match_list, named, settled, with_list
from station_app.domain.terms import Constituency

TODAY = date(2026, 11, 25)
CHANGE = TermChange(Level.TOWNSHIP, "第十八届", "第十九届", "2026-12-17", "2026-12-18")
HELD = Mandate(Level.TOWNSHIP, "第十八届", "枫林村选区", "Z18001", "2021-11-26", id=1)
COUNTY = Mandate(Level.COUNTY, "第十七届", "县第九选区", from_on="2021-12-10", id=2)

VILLAGE = Village(1, "", "枫林村", "枫林村")
DISTRICTS = [
    Constituency(Level.TOWNSHIP, "第十七届", "枫林村选区"),
    Constituency(Level.COUNTY, "第十八届", "枫林村选区", (1,)),
]
AREA = Group(
    1, "", "枫林片区小组", GroupKind.AREA,
    memberships=tuple(Membership(1, number, "2020-01-01") for number in (1, 2, 3)), villages=(Served(1),),
)  # fmt: skip

DAYS = st.integers(0, 4500).map(lambda days: (date(2016, 1, 1) + timedelta(days)).isoformat())
SPANS = st.tuples(DAYS, DAYS).map(lambda two: (min(two), max(two)))


@st.composite
def mandates(draw: st.DrawFn) -> Mandate:
    begun, ended = draw(SPANS)
    return Mandate(
        draw(st.sampled_from((Level.TOWNSHIP, Level.COUNTY))),
        draw(st.sampled_from(("第十七届", "第十八届", "第十九届", ""))),
        draw(st.sampled_from(("枫林村选区", ""))),
        from_on=draw(st.sampled_from((begun, ""))),
        to_on=draw(st.sampled_from((ended, ""))),
        suspended=draw(st.booleans()),
        id=draw(st.integers(1, 10_000)),
    )


@st.composite
def rosters(draw: st.DrawFn) -> list[Deputy]:
    count = draw(st.integers(0, 6))
    return [
        Deputy(
            f"代表{number}",
            mandates=tuple(draw(st.lists(mandates(), max_size=3))),
            placements=draw(
                st.sampled_from(((), (Placement(to_on="2024-01-01"),), (Placement(from_on="2023-01-01"),)))
            ),
            id=number,
        )
        for number in range(1, count + 1)
    ]


def represented(deputy: Deputy, day: str) -> list[tuple[Level, str, Why]]:
    """Return for which levels and why a deputy represented 枫林村 on a day."""
    found = who_represents(VILLAGE, day, TODAY, [deputy], DISTRICTS, [AREA], [VILLAGE])
    return [(one.mandate.level, one.mandate.term, one.why) for one in found]


@given(rosters(), st.data())
def test_no_change_of_term_changes_anything_before_its_date(roster: list[Deputy], data: st.DataObject) -> None:
    ends_on = data.draw(DAYS)
    begins_on = (date.fromisoformat(ends_on) + timedelta(data.draw(st.integers(1, 40)))).isoformat()
    change = TermChange(Level.TOWNSHIP, "第十八届", "第十九届", ends_on, begins_on).fitted(roster)
    for one in change.outgoing:
        fate, reason = data.draw(st.sampled_from(list(Fate))), data.draw(st.sampled_from(list(EndReason)))
        change = change.deciding([one.deputy_id], fate=fate, reason=reason)
    others = [deputy for deputy in roster if deputy.id not in {one.deputy_id for one in change.outgoing}]
    change = replace(change, newcomers=(Newcomer("新人"), *(Newcomer(one.name, deputy_id=one.id) for one in others)))
    after = {deputy.id: deputy for deputy in changed_deputies(change, roster, {})}
    for deputy in roster:
        now = after.get(deputy.id, deputy)
        for back in (0, 1, 30, 400, 2000):
            day = (date.fromisoformat(ends_on) - timedelta(back)).isoformat()
            assert now.levels_on(day) == deputy.levels_on(day)
            assert now.serves_on(day) == deputy.serves_on(day)
            assert now.is_dealt_duty_on(day) == deputy.is_dealt_duty_on(day)
            held = [(m.level, m.term, m.constituency, m.card_number) for m in deputy.mandates if m.holds_on(day)]
            assert [(m.level, m.term, m.constituency, m.card_number) for m in now.mandates if m.holds_on(day)] == held
            assert represented(now, day) == represented(deputy, day)
    assert after.pop(0).mandates == (Mandate(Level.TOWNSHIP, "第十九届", from_on=begins_on),)


@given(rosters())
def test_a_draft_is_read_back_as_it_was_kept(roster: list[Deputy]) -> None:
    change = CHANGE.fitted(roster)
    change = replace(
        change,
        groups=GroupsFate.LATER,
        newcomers=(Newcomer("刘建国", candidates=(1, 2), row=7, sheet={"post": "教师"}),),
    )
    assert TermChange.from_dict(change.to_dict()) == change


def test_who_goes_on_gets_a_new_mandate_and_who_ends_a_reason() -> None:
    roster = [
        Deputy("钟龑", id=1, mandates=(HELD, COUNTY)),
        Deputy("曾丽萍", id=2, mandates=(HELD,)),
        Deputy("覃水生", id=3, mandates=(HELD,)),
    ]
    change = CHANGE.fitted(roster).deciding([1], fate=Fate.CARRIED, constituency="上坪村选区", card_number="Z19001")
    change = change.deciding([2], fate=Fate.ENDED, reason=EndReason.MOVED)
    zhong, zeng = changed_deputies(change, roster, {})
    assert zhong.mandates == (
        replace(HELD, to_on="2026-12-17", end_reason=EndReason.TERM_OVER),
        COUNTY,
        Mandate(Level.TOWNSHIP, "第十九届", "上坪村选区", "Z19001", "2026-12-18"),
    )
    assert zeng.mandates == (replace(HELD, to_on="2026-12-17", end_reason=EndReason.MOVED),)
    assert ends_altogether(change.deciding([1], fate=Fate.ENDED), roster) == (2,)  # the first is a county deputy still


def test_what_a_list_tells_is_taken_unless_the_clerk_keeps_what_is_registered() -> None:
    roster = [Deputy("钟龑", id=1, mandates=(HELD,), post="教师", phone="14000000001", village="枫林村", village_id=1)]
    sheet = {"post": "校长", "gender": "male", "phone": "14000000001", "village": "上坪村"}
    change = CHANGE.fitted(roster).deciding([1], fate=Fate.CARRIED, sheet=sheet)
    (taken,) = changed_deputies(change, roster, {"上坪村": 2})
    assert (taken.post, taken.gender, taken.phone, taken.village_id) == ("校长", Gender.MALE, "14000000001", 2)
    (kept,) = changed_deputies(change.deciding([1], take=False), roster, {"上坪村": 2})
    assert (kept.post, kept.gender, kept.village_id) == ("教师", Gender.UNKNOWN, 1)


def listed(row: int, name: str, phone: str = "", born: str = "", **sheet: str) -> Listed:
    told = {key: text for key, text in {**sheet, "phone": phone, "birth_month": born}.items() if text}
    return Listed(row, name, roster_keys(name, phone, "", born), told.pop("constituency", ""), "", told)


def test_namesakes_stay_apart() -> None:
    father = Deputy("刘建国", id=1, birth_month="1955-02", phone="14000000001", mandates=(HELD,))
    son = Deputy("刘建国", id=2, birth_month="1980-05", phone="14000000002", mandates=(HELD,))
    both: Sequence[Deputy] = [father, son]
    rows = [listed(3, "刘建国", phone="14000000002"), listed(4, "刘建国")]
    matched = match_list(rows, both, {1, 2})
    assert matched.certain == ((rows[0], son),)
    assert matched.doubtful == ((rows[1], (father,)),)
    stranger = listed(5, "刘建国", born="1999-09")
    assert match_list([stranger], both, {1, 2}).new == (stranger,)
    assert match_list([listed(6, "刘建国")], both, {1, 2}).doubtful[0][1] == (father, son)


def test_the_same_constituency_tells_only_about_those_of_the_old_term() -> None:
    former = Deputy("刘建国", id=1, post="务农", mandates=(replace(HELD, to_on="2021-11-25"),))
    row = listed(3, "刘建国", constituency="枫林村选区", post="务农")
    assert match_list([row], [former], {1}).certain == ((row, former),)
    assert match_list([row], [former]).doubtful == ((row, (former,)),)


def test_a_list_carries_over_ends_and_adds_and_leaves_what_is_doubtful() -> None:
    roster = [
        Deputy("钟龑", id=1, phone="14000000001", mandates=(HELD,)),
        Deputy("曾丽萍", id=2, phone="14000000002", mandates=(HELD,)),
        Deputy("刘建国", id=3, mandates=(replace(HELD, constituency=""),)),
        Deputy("覃水生", id=4, phone="14000000004", mandates=(replace(HELD, to_on="2021-11-25"),)),
    ]
    rows = [
        listed(3, "钟龑", phone="14000000001"),
        listed(4, "覃水生", phone="14000000004"),
        listed(5, "韦东"),
        listed(6, "刘建国"),
    ]
    change = with_list(CHANGE.fitted(roster), rows, roster, "新名单.xlsx")
    assert {one.deputy_id: one.fate for one in change.outgoing} == {1: Fate.CARRIED, 2: Fate.ENDED, 3: Fate.OPEN}
    assert [(one.name, one.deputy_id, one.candidates) for one in change.newcomers] == [
        ("覃水生", 4, ()),
        ("韦东", None, ()),
        ("刘建国", None, (3,)),
    ]
    same = settled(change, change.newcomers[2], 3)
    assert {one.deputy_id: one.fate for one in same.outgoing}[3] is Fate.CARRIED
    assert [one.name for one in same.newcomers] == ["覃水生", "韦东"]
    other = settled(change, change.newcomers[2], None)
    assert {one.deputy_id: one.fate for one in other.outgoing}[3] is Fate.ENDED
    assert other.newcomers[2] == replace(change.newcomers[2], candidates=())
    assert with_list(same, rows, roster, "新名单.xlsx") == change  # reading it again begins anew


def test_a_typed_name_that_is_registered_is_doubtful() -> None:
    roster = [Deputy("钟龑", id=1, mandates=(HELD,)), Deputy("覃水生", id=4)]
    change = CHANGE.fitted(roster).deciding([1], fate=Fate.CARRIED)
    assert named(change, Newcomer("覃水生"), roster).candidates == (4,)
    assert named(change, Newcomer("钟龑"), roster).candidates == ()  # goes on already: somebody else of that name
    assert named(change, Newcomer(""), roster).candidates == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (CHANGE, "1 位还没有定：钟龑。"),
        (replace(CHANGE, new_term="第十八届"), "新一届与上一届是同一个届次"),
        (replace(CHANGE, begins_on="2026-12-17"), "新一届应在上一届终止"),
        (replace(CHANGE, begins_on="2026-02-30"), "不是有效日期"),
        (replace(CHANGE, until="2026-12-01"), "届满日期应在起始日期"),
        (replace(CHANGE, newcomers=(Newcomer("覃水生", candidates=(1,)),)), "分不清是不是已登记的同名代表"),
        (replace(CHANGE, newcomers=(Newcomer("甲", "", "Z1"), Newcomer("乙", "", "Z1"))), "代表证号重复：Z1"),
        (replace(CHANGE, newcomers=(Newcomer("", "", ""),)), "请填写代表姓名"),
        (replace(CHANGE, newcomers=(Newcomer("丁", sheet={"phone": "不详"}),)), "联系电话只能是数字"),
    ],
)
def test_what_keeps_a_change_from_being_carried_out_is_told(change: TermChange, told: str) -> None:
    roster = [Deputy("钟龑", id=1, mandates=(HELD,))]
    found = [one.text for one in findings(change.fitted(roster), roster, (), TODAY) if one.blocks]
    assert any(told in one for one in found), found


def test_seats_are_compared_with_the_list_but_do_not_block() -> None:
    roster = [Deputy("钟龑", id=1, mandates=(HELD,))]
    districts = [Constituency(Level.TOWNSHIP, "第十八届", "枫林村选区", seats=3)]
    change = CHANGE.fitted(roster).deciding([1], fate=Fate.CARRIED)
    found = findings(change, roster, districts, TODAY)
    assert [one.blocks for one in found] == [False]
    assert "枫林村选区应选 3 名，名单上有 1 名" in found[0].text
    assert findings(change.deciding([1], constituency="第十选区"), roster, districts, TODAY)[-1].text.startswith(
        "没有登记过"
    )


def test_an_outgoing_one_keeps_decisions_when_the_roster_changed() -> None:
    roster = [Deputy("钟龑", id=1, mandates=(HELD,)), Deputy("曾丽萍", id=2, mandates=(HELD,))]
    change = CHANGE.fitted(roster).deciding([1, 2], fate=Fate.CARRIED)
    later = change.fitted([roster[0], Deputy("韦东", id=3, mandates=(HELD,))])
    assert [(one.deputy_id, one.fate) for one in later.outgoing] == [(1, Fate.CARRIED), (3, Fate.OPEN)]
    assert later.outgoing[1] == Outgoing(3, constituency="枫林村选区")
