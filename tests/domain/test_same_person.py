"""Entries that are probably one person are found, with the reason; namesakes stay apart."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.people import Deputy, Gender, Level, Mandate
from station_app.domain.same_person import LIKENESS_LABELS, Likeness, find_pairs, judge, names_are_alike

BASE = Deputy("周水根", id=1, uid="a")


def likeness(first: Deputy, second: Deputy) -> Likeness | None:
    """Return how likely two entries are one person."""
    judged = judge(first, second)
    return judged[0] if judged else None


def entry(**fields: Any) -> Deputy:
    """Return an entry of 周水根 with these fields."""
    return replace(BASE, **fields)


SAME = [
    ({"phone": "14000000001"}, {"phone": "14000000001"}, Likeness.SURE, "姓名相同 电话相同"),
    ({"phone": "14000000001"}, {"phone": "14000000009", "phone2": "14000000001"}, Likeness.SURE, "姓名相同 电话相同"),
    (
        {"phone": "14000000001", "birth_month": "1970-01"},
        {"phone": "14000000001", "birth_month": "1971-01"},
        Likeness.LIKELY,
        "姓名相同 电话相同 出生年月不同，请核对",
    ),
    ({"birth_month": "1970-01"}, {"birth_month": "1970-01"}, Likeness.LIKELY, "姓名相同 出生年月相同"),
    (
        {"birth_month": "1970-01", "phone": "14000000001"},
        {"birth_month": "1970-01", "phone": "14000000002"},
        Likeness.POSSIBLE,
        "姓名相同 出生年月相同 电话不同，请核对",
    ),
    ({"post": "枫林村 党总支书记"}, {"post": "枫林村党总支书记"}, Likeness.LIKELY, "姓名相同 单位职务相同"),
    ({}, {}, Likeness.POSSIBLE, "姓名相同，其他资料不足以分辨"),
    ({"village_id": 3}, {"village_id": 3}, Likeness.POSSIBLE, "姓名相同 同一个村(居)"),
    (
        {"id_number": "11010119700101001x"},
        {"id_number": "11010119700101001X", "name": "王大田", "birth_month": "1970-01"},
        Likeness.SURE,
        "身份证号相同 姓名不同，请核对",
    ),
    (
        {"phone": "14000000001", "birth_month": "1970-01"},
        {"phone": "14000000001", "birth_month": "1970-01", "name": "周水艮"},
        Likeness.LIKELY,
        "姓名相近（周水根、周水艮） 电话相同 出生年月相同",
    ),
    ({"phone": "14000000001"}, {"phone": "14000000001", "name": "周水跟"}, Likeness.POSSIBLE, "姓名相近（周水根、周水跟） 电话相同"),
    (
        {"birth_month": "1970-01", "post": "村医"},
        {"birth_month": "1970-01", "post": "村医", "name": "周水跟"},
        Likeness.POSSIBLE,
        "姓名相近（周水根、周水跟） 出生年月相同 单位职务相同",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "expected", "said"), SAME)
def test_one_person_is_found_with_the_reason(
    first: dict[str, object], second: dict[str, object], expected: Likeness, said: str
) -> None:
    judged = judge(entry(**first), entry(**second))
    assert judged == (expected, tuple(said.split(" ")))
    assert likeness(entry(**second), entry(**first)) is expected


APART = [
    ({"birth_month": "1970-01"}, {"birth_month": "1982-11"}),
    ({"phone": "14000000001"}, {"phone": "14000000002"}),
    ({"id_number": "110101197001010011"}, {"id_number": "110101197001010038"}),
    (
        {"id_number": "110101197001010011", "phone": "14000000001"},
        {"id_number": "110101197001010038", "phone": "14000000001"},
    ),
    ({"post": "村医"}, {"post": "小学教师"}),
    ({"gender": Gender.MALE, "birth_month": "1970-01"}, {"gender": Gender.FEMALE, "birth_month": "1970-01"}),
    ({"phone": "14000000001"}, {"phone": "14000000001", "name": "吴春梅"}),
    ({"phone": "14000000001", "birth_month": "1970-01"}, {"phone": "14000000001", "birth_month": "1999-01", "name": "周水"}),
    ({"birth_month": "1970-01"}, {"birth_month": "1970-01", "name": "周水跟"}),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), APART)
def test_namesakes_and_people_with_one_telephone_stay_apart(
    first: dict[str, object], second: dict[str, object]
) -> None:
    assert judge(entry(**first), entry(**second)) is None


def test_nobody_sits_for_two_constituencies_of_one_level_at_a_time() -> None:
    north = Mandate(Level.TOWNSHIP, "第十八届", "第一选区", from_on="2021-07-01")
    south = Mandate(Level.TOWNSHIP, "第十八届", "第二选区", from_on="2021-07-01")
    assert judge(entry(mandates=(north,)), entry(mandates=(south,))) is None
    undated = replace(north, from_on=""), replace(south, from_on="")
    assert judge(entry(mandates=undated[:1]), entry(mandates=undated[1:])) is None
    earlier = replace(south, term="第十七届", from_on="2016-07-01", to_on="2021-07-01")
    assert likeness(entry(mandates=(north,)), entry(mandates=(earlier,))) is Likeness.POSSIBLE
    higher = replace(south, level=Level.COUNTY)
    assert likeness(entry(mandates=(north,)), entry(mandates=(higher,))) is Likeness.POSSIBLE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("阿依古丽·买买提", "阿依古丽・买买提"),
        ("阿依古丽·买买提", "阿依古丽 • 买买提"),
        ("ＡＢ明", "ab明"),
        ("张 三", "张三"),
    ],
)
def test_a_name_is_the_same_in_any_width_and_with_any_dot(first: str, second: str) -> None:
    assert likeness(replace(BASE, name=first), replace(BASE, name=second)) is Likeness.POSSIBLE


@pytest.mark.parametrize(
    ("first", "second"),
    [("周秀蘭", "周秀兰"), ("陈伟明", "陳伟明"), ("周水根", "周水跟"), ("王伟", "王玮"), ("阿依古丽", "阿依古丽买买提"), ("欧阳国", "欧阳建国")],
)  # fmt: skip
def test_names_that_sound_or_look_alike_may_be_one_misspelt(first: str, second: str) -> None:
    assert names_are_alike(first, second)
    assert names_are_alike(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [("王伟", "王芳"), ("周水根", "周春梅"), ("周水根", "王水根"), ("王", "王伟"), ("周水", "周水根")],
)
def test_other_names_are_not_alike(first: str, second: str) -> None:
    assert not names_are_alike(first, second)


def test_pairs_come_the_surest_first_and_each_once() -> None:
    roster = [
        entry(id=1, uid="a", phone="14000000001", birth_month="1970-01"),
        replace(BASE, id=2, uid="b", name="吴春梅", post="村医"),
        replace(BASE, id=3, uid="c", name="吴春梅", post="村医"),
        entry(id=4, uid="d", phone="14000000001", birth_month="1970-01"),
    ]
    pairs = find_pairs(roster)
    assert [(pair.first.id, pair.second.id, pair.likeness) for pair in pairs] == [
        (1, 4, Likeness.SURE),
        (2, 3, Likeness.LIKELY),
    ]
    assert [pair.first.id for pair in find_pairs(roster, [frozenset("ad")])] == [2]
    assert set(LIKENESS_LABELS) == set(Likeness)


def test_the_telephone_of_an_office_pairs_nobody() -> None:
    roster = [
        replace(BASE, id=number, uid=str(number), name=f"周水{each}", phone="14000000001")
        for number, each in enumerate("跟亘艮根哏茛一二三四")
    ]
    assert find_pairs(roster) == []


PEOPLE = st.builds(
    Deputy,
    name=st.sampled_from(["周水根", "周水跟", "阿依古丽·买买提", "阿依古丽买买提", "王伟"]),
    phone=st.sampled_from(["", "14000000001", "14000000002"]),
    birth_month=st.sampled_from(["", "1970-01", "1980-05"]),
    id_number=st.sampled_from(["", "110101197001010011", "110101198005010038"]),
    post=st.sampled_from(["", "村医", "教师"]),
)


@given(PEOPLE, PEOPLE)
def test_it_does_not_matter_who_is_looked_at_first(first: Deputy, second: Deputy) -> None:
    assert likeness(first, second) is likeness(second, first)


@given(PEOPLE, PEOPLE)
def test_namesakes_with_everything_different_are_never_one(first: Deputy, second: Deputy) -> None:
    first = replace(first, phone="14000000001", birth_month="1970-01", id_number="110101197001010011")
    second = replace(
        second,
        phone="14000000002" if second.phone else "",
        birth_month="1980-05",
        id_number="110101198005010038" if second.id_number else "",
    )
    assert judge(first, second) is None


@given(st.lists(PEOPLE, max_size=12))
def test_exactly_the_pairs_that_are_judged_one_person_are_found(people: list[Deputy]) -> None:
    roster = [replace(each, id=number, uid=f"u{number}") for number, each in enumerate(people)]
    expected = {
        (first.id, second.id)
        for place, first in enumerate(roster)
        for second in roster[place + 1 :]
        if judge(first, second)
    }
    found = find_pairs(roster)
    assert {(pair.first.id, pair.second.id) for pair in found} <= expected
    assert len(found) == len({(pair.first.id, pair.second.id) for pair in found})
    if len(roster) <= 8:
        assert {(pair.first.id, pair.second.id) for pair in found} == expected
