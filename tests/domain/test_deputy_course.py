"""What happens to a deputy on a day changes nothing before it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from station_app.domain.deputy_course import back_from_leave, moved_in, moved_out, moved_within, with_ended, with_leave
from station_app.domain.people import IN_OFFICE, Deputy, EndReason, Leave, Standing
from station_app.domain.problems import InvalidInput
from station_app.domain.workplace import workplace
from tests.generated_deputies import DAYS, FIRST, deputies

MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def _ended(deputy: Deputy, on: str) -> Deputy:
    ids = [one.id for one in deputy.mandates if not one.to_on]  # generated ones have no id yet: all or none
    if len(ids) < len(deputy.mandates):
        raise InvalidInput([])
    return with_ended(deputy, ids, on, EndReason.MOVED)


ACTS: dict[str, Callable[[Deputy, str], Deputy]] = {
    "end": _ended,
    "leave": lambda deputy, on: with_leave(deputy, Leave(on, "", "外出")),
    "back": back_from_leave,
    "out": lambda deputy, on: moved_out(deputy, on, "城东街道联络站"),
    "in": lambda deputy, on: moved_in(deputy, on, "城东街道联络站"),
    "within": lambda deputy, on: moved_within(deputy, on, 1),
}


@pytest.mark.parametrize("act", ACTS)
@MANY
@given(deputy=deputies(), on=DAYS)
def test_nothing_before_the_day_is_changed(act: str, deputy: Deputy, on: str) -> None:
    try:
        after = ACTS[act](deputy, on)
    except InvalidInput:
        return
    last = (date.fromisoformat(on) - FIRST).days - 1
    for offset in (*range(0, last, 11), *range(max(last - 3, 0), last + 1)):
        day = (FIRST + timedelta(days=offset)).isoformat()
        assert after.levels_on(day) == deputy.levels_on(day)
        assert after.serves_on(day) == deputy.serves_on(day)
        assert after.standing_on(day) is deputy.standing_on(day)
        assert after.place_on(day) == deputy.place_on(day)


@MANY
@given(deputy=deputies(), day=DAYS)
def test_duty_is_dealt_only_to_who_serves_is_not_suspended_and_not_away(deputy: Deputy, day: str) -> None:
    standing = deputy.standing_on(day)
    assert deputy.is_dealt_duty_on(day) == (standing is Standing.SERVING)
    assert deputy.serves_on(day) == (standing in IN_OFFICE)


@pytest.mark.parametrize(
    ("post", "where"),
    [
        ("水东村党总支书记", "水东村"),
        ("上坪村党支部书记、村委会主任", "上坪村"),
        ("禾溪镇中心小学教师", "禾溪镇中心小学"),
        ("镇中心小学校长", "镇中心小学"),
        ("县交通运输局公路站站长", "县交通运输局公路站"),
        ("枫林村民兵连长", "枫林村"),
        ("新田村村民", "新田村"),
        ("白石村返乡创业青年", "白石村"),
        ("县林业局工程师（原镇林业员）", "县林业局"),
        ("圩镇社区药店经理", "圩镇社区药店"),
        ("自由职业", "自由职业"),
        ("", ""),
    ],
)
def test_the_place_of_work_is_read_from_the_post(post: str, where: str) -> None:
    assert workplace(post) == where
