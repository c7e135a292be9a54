"""No desk keeps broken characters or endless text, whichever field it is typed into; the field is named."""

from dataclasses import replace
from typing import Any

import pytest

from station_app.domain.groups import Group, GroupKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import DayState, OpinionDraft, Receiver, ReceptionDay, VisitDraft, VisitorDraft
from station_app.domain.station import ListKey, Tier, Village
from station_app.station import Desks

TODAY = "2026-11-25"
BROKEN = pytest.mark.parametrize("typed", ["字\ufffe", "\ud800", "长" * 5000], ids=["U+FFFE", "surrogate", "endless"])
MANDATE = Mandate(Level.TOWNSHIP, "第十八届", from_on="2021-11-01")
VISIT = VisitDraft(
    TODAY, VisitorDraft("覃水生", phone="14000000001"), (Receiver("肖敏"),), (OpinionDraft("沟渠淤塞。"),)
)


def changed(record: Any, field: str, typed: str) -> Any:
    """Return a record with one field as typed."""
    return replace(record, **{field: typed})


@BROKEN
@pytest.mark.parametrize("field", ["name", "organ_name", "county_name", "place", "phone", "market_word", "term_name"])
def test_of_the_station(desks: Desks, field: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        desks.settings.save_profile(changed(desks.settings.profile(), field, typed))
    assert field in {problem.field for problem in wrong.value.problems}


@BROKEN
def test_of_the_lists(desks: Desks, typed: str) -> None:
    choice = desks.settings.choices(ListKey.CATEGORY)[0]
    with pytest.raises(InvalidInput):
        desks.settings.save_choice(replace(choice, label=typed))
    with pytest.raises(InvalidInput):
        desks.settings.save_village(Village(0, "", typed, "新村"))


@BROKEN
@pytest.mark.parametrize("field", ["name", "ethnicity", "party", "education", "post", "address", "remark"])
def test_of_a_deputy(desks: Desks, field: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        desks.roster.save_deputy(changed(Deputy(name="兰秀英", mandates=(MANDATE,)), field, typed))
    assert field in {problem.field for problem in wrong.value.problems}


@BROKEN
@pytest.mark.parametrize("field", ["term", "constituency", "card_number"])
def test_of_a_mandate(desks: Desks, field: str, typed: str) -> None:
    with pytest.raises(InvalidInput):
        desks.roster.save_deputy(Deputy(name="兰秀英", mandates=(changed(MANDATE, field, typed),)))


@pytest.mark.parametrize("wrong", ["2026-02-30", "20260301", "去年", "\ud800"])
@pytest.mark.parametrize("field", ["from_on", "to_on"])
def test_a_mandate_keeps_real_dates_only(desks: Desks, field: str, wrong: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        desks.roster.save_deputy(Deputy(name="兰秀英", mandates=(changed(MANDATE, field, wrong),)))
    assert [problem.field for problem in refused.value.problems] == ["mandates"]


@pytest.mark.parametrize("wrong", ["2026-02-30", "20260301", "2027-01-01"])
def test_an_entry_was_checked_on_a_real_day_of_the_past(desks: Desks, wrong: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        desks.roster.save_deputy(Deputy(name="兰秀英", mandates=(MANDATE,), checked_on=wrong))
    assert {problem.field for problem in refused.value.problems} == {"checked_on"}


def test_a_deputy_joins_and_leaves_a_group_on_a_real_day(desks: Desks) -> None:
    deputy_id = desks.roster.save_deputy(Deputy(name="兰秀英", mandates=(MANDATE,))).value
    group_id = desks.grouping.save_group(Group(0, "", "上坪小组", GroupKind.AREA)).value
    with pytest.raises(InvalidInput) as refused:
        desks.grouping.join(group_id, deputy_id, "2026-02-30")
    assert [problem.field for problem in refused.value.problems] == ["from_on"]
    desks.grouping.join(group_id, deputy_id, "2026-03-01")
    (member,) = next(group for group in desks.grouping.groups() if group.id == group_id).memberships
    with pytest.raises(InvalidInput):
        desks.grouping.leave(member.id, "明天")


@BROKEN
@pytest.mark.parametrize("field", ["place", "topic", "with_units", "reason"])
def test_of_a_reception_day(desks: Desks, field: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        desks.days.save(changed(ReceptionDay("2026-12-04", place="院内"), field, typed))
    assert field in {problem.field for problem in wrong.value.problems}


@BROKEN
def test_of_the_reason_why_a_day_is_not_held(desks: Desks, typed: str) -> None:
    with pytest.raises(InvalidInput):
        desks.days.call_off(1, DayState.CANCELLED, typed)
    with pytest.raises(InvalidInput):
        desks.days.move_to(1, "2026-12-04", typed)
    assert desks.days.one(1).state is DayState.PLANNED


@pytest.mark.parametrize("wrong", [{"on": "20261204"}, {"on": "2026-02-30"}, {"starts": "24:00", "ends": "25:00"}])
def test_a_day_that_is_none_is_refused(desks: Desks, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        desks.days.save(replace(ReceptionDay("2026-12-04", place="院内"), **wrong))


@BROKEN
@pytest.mark.parametrize("field", ["text", "person", "phone", "decision", "way"])
def test_of_a_move(desks: Desks, field: str, typed: str) -> None:
    case_id = desks.reception.register_visit(VISIT).value.case_ids[0]
    draft = MoveDraft(Move.HAND_OVER, TODAY, tier=Tier.TOWNSHIP, unit_id=1)
    with pytest.raises(InvalidInput) as wrong:
        desks.opinions.move(case_id, changed(draft, field, typed))
    assert field in {problem.field for problem in wrong.value.problems}
    assert len(desks.opinions.case(case_id).events) == 1


@BROKEN
@pytest.mark.parametrize("field", ["place", "notes", "form_number"])
def test_of_a_visit(desks: Desks, field: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        desks.reception.register_visit(changed(VISIT, field, typed))
    assert field in {problem.field for problem in wrong.value.problems}
