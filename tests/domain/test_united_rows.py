"""What two entries of one person say twice is said once; what only one of them says is kept."""

from typing import Any

import pytest

from station_app.domain.groups import Membership
from station_app.domain.united_rows import UNITED, united_memberships


def mandate(**fields: Any) -> dict[str, Any]:
    """Return a mandate's row."""
    empty = dict.fromkeys(("term", "constituency", "card_number", "from_on", "to_on", "entered", "suspended_on"), "")
    return {"level": "township", "end_reason": None, "suspended": 0, **empty, **fields}


@pytest.mark.parametrize(
    ("kept", "other", "added"),
    [
        ({"term": "第十八届"}, {"term": "第十八届"}, {"suspended": 0}),
        (
            {"term": "第十八届"},
            {"term": "第十八届", "constituency": "第一选区", "from_on": "2021-11-01"},
            {"constituency": "第一选区", "from_on": "2021-11-01", "suspended": 0},
        ),
        ({"from_on": "2021-11-01", "suspended": 1}, {"from_on": "2021-11-01"}, {"suspended": 1}),
        ({"term": "第十八届"}, {"term": "第十七届"}, None),
        ({"term": "第十八届"}, {"term": "第十八届", "level": "county"}, None),
        ({"term": "第十八届"}, {"term": "第十八届", "to_on": "2024-01-01"}, None),
        ({"term": "第十八届", "constituency": "第一选区"}, {"term": "第十八届", "constituency": "第二选区"}, None),
        ({}, {}, None),
    ],
)
def test_a_mandate_is_the_same_when_nothing_contradicts(
    kept: dict[str, Any], other: dict[str, Any], added: dict[str, Any] | None
) -> None:
    assert UNITED["mandates"](mandate(**kept), mandate(**other)) == added


@pytest.mark.parametrize(
    ("kept", "other", "stays"),
    [("planned", "present", "present"), ("leave", "planned", "leave"), ("absent", "leave", "leave"), ("present", "absent", "present")],
)  # fmt: skip
def test_the_presence_that_tells_most_stays(kept: str, other: str, stays: str) -> None:
    blank = {"day_id": 1, "level": None, "arrived_at": "", "stands_in_for": None}
    assert UNITED["attendance"]({**blank, "presence": kept}, {**blank, "presence": other, "arrived_at": "09:10"}) == {
        "presence": stays,
        "arrived_at": "09:10",
    }


def test_who_led_a_group_under_either_name_led_it_then_and_only_then() -> None:
    kept = [Membership(1, 7, "2021-11-01", "2023-01-01", leader=True, id=1), Membership(1, 7, "2023-01-01", id=2)]
    other = [Membership(1, 8, "2022-05-01", "2024-06-01", id=3), Membership(1, 8, "2024-06-01", leader=True, id=4)]
    united = united_memberships(kept, other)
    assert [(one.from_on, one.to_on, one.leader, one.deputy_id) for one in united] == [
        ("2021-11-01", "2023-01-01", True, 7),
        ("2023-01-01", "2024-06-01", False, 7),
        ("2024-06-01", "", True, 7),
    ]
    assert [one.id for one in united] == [1, 2, 4]


def test_memberships_of_other_groups_and_other_times_stay_as_they_are() -> None:
    kept = [Membership(1, 7, "2021-11-01", "2022-01-01", id=1), Membership(1, 7, "2022-01-01", "2023-01-01", id=2)]
    other = [Membership(1, 8, "2023-01-01", id=3), Membership(2, 8, "2021-11-01", id=4)]
    assert [(one.id, one.from_on, one.to_on) for one in united_memberships(kept, other)] == [
        (1, "2021-11-01", "2022-01-01"),
        (2, "2022-01-01", "2023-01-01"),
        (3, "2023-01-01", ""),
        (4, "2021-11-01", ""),
    ]
