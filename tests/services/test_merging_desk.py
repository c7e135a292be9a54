"""Merging: everybody keeps a matter of their own, one answer reaches all of them, one undo takes it back."""

from dataclasses import replace
from typing import Any

import pytest

from station_app.domain.events import EventKind, Satisfaction
from station_app.domain.merging import answered_along, merged_count
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.domain.periods import month
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import Disposition, State
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import Tier
from station_app.station import Desks

ON = "2026-11-25"
HAND_OVER = MoveDraft(Move.HAND_OVER, "2026-11-24", tier=Tier.TOWNSHIP, unit_id=1)
ANSWER = MoveDraft(Move.ANSWER, ON, text="水渠已清淤 300 米。", answer_class="A", person="李工")
NAMES = ("刘发根", "覃水生", "何田生", "钟秀英")


def registered(desks: Desks, name: str, main_id: int | None = None, **changed: Any) -> int:
    """Register one visitor's matter, merged into a main one when told."""
    opinion = OpinionDraft("三组的水渠淤了，晚稻灌不上水。", category="农业农村", main_id=main_id, **changed)
    draft = VisitDraft(
        on="2026-11-20",
        visitor=VisitorDraft(name=name, no_phone=True, address="竹坑村三组"),
        receivers=(Receiver("钟䶮", 1),),
        opinions=(opinion,),
    )
    return desks.reception.register_visit(draft).value.case_ids[0]


@pytest.fixture
def ids(desks: Desks) -> list[int]:
    """Return four matters of four visitors; the first is handed over."""
    found = [registered(desks, name) for name in NAMES]
    desks.opinions.move(found[0], HAND_OVER)
    return found


def merge(desks: Desks, ids: list[int], main: int) -> None:
    desks.merging.merge(ids, MoveDraft(Move.MERGE, ON, main_id=main))


def by_name(desks: Desks) -> dict[str, Case]:
    return {case.petitioner: case for case in desks.opinions.cases()}


def figure(desks: Desks, key: str) -> object:
    return desks.reports.figures(month("2026-11")).table[key].value


def test_what_merging_will_do_is_told_before(desks: Desks, ids: list[int]) -> None:
    merge(desks, [ids[1]], ids[0])
    preview = desks.merging.preview(ids, ids[0])
    assert ([case.petitioner for case in preview.joining], [case.petitioner for case in preview.joined]) == (
        ["覃水生", "何田生", "钟秀英"],
        ["覃水生"],
    )


def test_several_are_merged_in_one_step_and_taken_apart_by_one_undo(desks: Desks, ids: list[int]) -> None:
    merge(desks, ids, ids[0])
    assert [case.id for case in desks.merging.joined(ids[0])] == ids[1:]
    assert (figure(desks, "received"), figure(desks, "received.merged")) == (4, 1)
    desks.housekeeping.undo()
    assert desks.merging.joined(ids[0]) == []
    assert (figure(desks, "received"), figure(desks, "received.merged")) == (4, 4)


def test_one_that_cannot_be_merged_leaves_all_as_they_were(desks: Desks, ids: list[int]) -> None:
    merge(desks, [ids[2]], ids[1])
    with pytest.raises(InvalidInput) as refused:
        merge(desks, ids[1:], ids[0])
    assert "先取消那些并案" in refused.value.problems[0].message
    assert desks.merging.joined(ids[0]) == []
    with pytest.raises(InvalidInput):
        merge(desks, [ids[0]], ids[0])


def test_the_answer_is_recorded_for_the_merged_ones_each_with_its_own_event(desks: Desks, ids: list[int]) -> None:
    merge(desks, ids, ids[0])
    desks.opinions.move(ids[1], replace(HAND_OVER, on=ON))
    desks.merging.answer(ids[0], ANSWER, ids[1:3])
    cases = by_name(desks)
    assert [cases[name].progress.state for name in NAMES] == [*[State.ANSWERED] * 3, State.REGISTERED]
    assert {cases[name].progress.answer for name in NAMES[:3]} == {ANSWER.text}
    assert cases["何田生"].progress.unit == "镇水务站"
    handed = next(event for event in cases["何田生"].events if event.kind is EventKind.HANDED_OVER)
    assert (handed.on, handed.text) == (ON, f"并入 {cases['刘发根'].number}，随主件办理")
    desks.housekeeping.undo()
    assert [case.progress.state for case in by_name(desks).values()].count(State.HANDLING) == 2


def test_everybody_keeps_their_own_feedback_and_closing(desks: Desks, ids: list[int]) -> None:
    merge(desks, ids[:2], ids[0])
    desks.merging.answer(ids[0], ANSWER, [ids[1]])
    desks.opinions.move(ids[1], MoveDraft(Move.FEED_BACK, ON, way="电话", satisfaction=Satisfaction.SATISFIED))
    states = [desks.opinions.case(case_id).progress.state for case_id in ids[:2]]
    assert states == [State.ANSWERED, State.CLOSED]
    assert figure(desks, "closed") == 1


def test_only_what_can_take_the_answer_is_offered(desks: Desks, ids: list[int]) -> None:
    merge(desks, ids, ids[0])
    desks.opinions.move(ids[3], MoveDraft(Move.END, ON, way="撤回", text="自己修好了。"))
    assert [case.id for case in desks.merging.answered_along(desks.opinions.case(ids[0]))] == ids[1:3]
    with pytest.raises(InvalidInput):
        desks.merging.answer(ids[0], ANSWER, [ids[3]])
    assert desks.opinions.case(ids[0]).progress.state is State.HANDLING
    main = desks.opinions.case(ids[1])
    assert answered_along(main, [desks.opinions.case(ids[2])]) == [], "a main one without a unit hands nothing on"


def test_a_visitor_is_linked_to_a_matter_while_registering(desks: Desks, ids: list[int]) -> None:
    before = figure(desks, "received"), figure(desks, "received.merged")
    linked = desks.opinions.case(registered(desks, "单小芳", main_id=ids[0]))
    assert (linked.progress.main_id, linked.progress.state) == (ids[0], State.REGISTERED)
    assert (figure(desks, "received"), figure(desks, "received.merged")) == (5, 4)
    desks.housekeeping.undo()
    assert (figure(desks, "received"), figure(desks, "received.merged")) == before
    told = registered(desks, "阿依古丽·买买提", ids[0], disposition=Disposition.REDIRECTED, route="县人民法院")
    assert desks.opinions.case(told).progress.state is State.REDIRECTED


def test_a_visitor_is_not_linked_to_what_cannot_take_it(desks: Desks, ids: list[int]) -> None:
    merge(desks, [ids[1]], ids[0])
    for main_id, words in ((ids[1], "请直接并入那一件"), (9999, "找不到")):
        with pytest.raises(InvalidInput) as refused:
            registered(desks, "单小芳", main_id=main_id)
        assert words in refused.value.problems[0].message
    assert len(desks.opinions.cases()) == 4


def test_a_main_matter_is_not_made_void_under_those_merged_into_it(desks: Desks, ids: list[int]) -> None:
    merge(desks, ids[:2], ids[0])
    with pytest.raises(InvalidInput) as refused:
        desks.opinions.move(ids[0], MoveDraft(Move.VOID, ON, text="重复登记。"))
    assert "请先取消并案" in refused.value.problems[0].message
    desks.opinions.move(ids[1], MoveDraft(Move.UNMERGE, ON))
    desks.opinions.move(ids[0], MoveDraft(Move.VOID, ON, text="重复登记。"))
    assert desks.opinions.case(ids[0]).progress.state is State.VOID


def test_merged_matters_count_once_beside_their_number(desks: Desks, ids: list[int]) -> None:
    cases = desks.opinions.cases()
    assert (len(cases), merged_count(cases)) == (4, 4)
    merge(desks, ids[2:], ids[0])
    cases = desks.opinions.cases()
    assert (len(cases), merged_count(cases)) == (4, 2)
    assert merged_count(cases[2:]) == 1, "a main one of another month counts with those merged into it"
