"""Following an opinion: every move an event, what is not allowed refused with the reason."""

from dataclasses import replace

import pytest

from station_app.domain.events import UNREACHABLE_WAY, EventKind, Satisfaction
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import Disposition, State
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import Tier
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks

ON = "2026-11-25"
HAND_OVER = MoveDraft(Move.HAND_OVER, ON, tier=Tier.TOWNSHIP, unit_id=1)
ANSWER = MoveDraft(Move.ANSWER, ON, text="已清淤 300 米。", answer_class="A", person="李工")
FEED_BACK = MoveDraft(Move.FEED_BACK, ON, way="电话")


@pytest.fixture
def case_id(desks: Desks) -> int:
    draft = VisitDraft(
        on="2026-11-20",
        visitor=VisitorDraft(name="刘发根", no_phone=True),
        receivers=(Receiver("钟䶮", 1),),
        opinions=(OpinionDraft("沟渠淤塞，晚稻灌不上水。"),),
    )
    return desks.reception.register_visit(draft).value.case_ids[0]


def refusal(desks: Desks, case_id: int, draft: MoveDraft) -> dict[str, str]:
    before = desks.opinions.case(case_id)
    with pytest.raises(InvalidInput) as refused:
        desks.opinions.move(case_id, draft)
    assert desks.opinions.case(case_id) == before
    return {problem.field: problem.message for problem in refused.value.problems}


def test_the_way_from_study_to_closing(desks: Desks, case_id: int) -> None:
    study = MoveDraft(Move.STUDY, "2026-11-23", text="交镇政府办理", decision="同意", person="罗成")
    states = [
        desks.opinions.move(case_id, draft).value.progress.state
        for draft in (study, HAND_OVER, ANSWER, FEED_BACK, MoveDraft(Move.RATE, ON, satisfaction=Satisfaction.FAIRLY))
    ]
    assert states == [State.STUDIED, State.HANDLING, State.ANSWERED, State.FED_BACK, State.CLOSED]
    progress = desks.opinions.case(case_id).progress
    assert (progress.approval, progress.approver, progress.unit) == ("同意", "罗成", "镇水务站")
    assert progress.closings == (ON,)


def test_closing_an_opinion_needs_an_answer(desks: Desks, case_id: int) -> None:
    desks.opinions.move(case_id, HAND_OVER)
    assert "要有答复并已反馈" in refusal(desks, case_id, MoveDraft(Move.CLOSE, ON))["move"]
    assert "先登记答复" in refusal(desks, case_id, FEED_BACK)["move"]


def test_discontent_is_handled_again_with_its_reason(desks: Desks, case_id: int) -> None:
    for draft in (HAND_OVER, ANSWER, FEED_BACK):
        desks.opinions.move(case_id, draft)
    rating = MoveDraft(Move.RATE, ON, satisfaction=Satisfaction.DISSATISFIED)
    assert "写明原因" in refusal(desks, case_id, rating)["text"]
    progress = desks.opinions.move(case_id, replace(rating, text="只清了一半")).value.progress
    assert (progress.state, progress.round) == (State.HANDLING, 2)


def test_a_voter_who_cannot_be_reached_closes_without_evaluation(desks: Desks, case_id: int) -> None:
    for draft in (HAND_OVER, ANSWER, replace(FEED_BACK, way=UNREACHABLE_WAY, text="三次未接通")):
        desks.opinions.move(case_id, draft)
    progress = desks.opinions.case(case_id).progress
    assert (progress.state, progress.unreachable, progress.satisfaction) == (State.CLOSED, True, None)


def test_feedback_and_evaluation_may_be_one_save(desks: Desks, case_id: int) -> None:
    for draft in (HAND_OVER, ANSWER):
        desks.opinions.move(case_id, draft)
    done = desks.opinions.move(case_id, replace(FEED_BACK, satisfaction=Satisfaction.SATISFIED))
    assert done.value.progress.state is State.CLOSED
    assert desks.housekeeping.undo().step_id == done.step_id
    assert desks.opinions.case(case_id).progress.state is State.ANSWERED


def test_a_township_hands_nothing_to_a_county_office(desks: Desks, case_id: int) -> None:
    assert "unit_id" in refusal(desks, case_id, replace(HAND_OVER, unit_id=3))
    assert "县人大常委会" in refusal(desks, case_id, replace(HAND_OVER, tier=Tier.COUNTY, unit_id=3))["unit_id"]
    sent = desks.opinions.move(case_id, MoveDraft(Move.HAND_OVER, ON, tier=Tier.COUNTY)).value
    assert sent.progress.disposition is Disposition.COUNTY
    assert desks.opinions.moves(sent)[0] is Move.ASSIGN_AT_COUNTY
    assigned = desks.opinions.move(case_id, MoveDraft(Move.ASSIGN_AT_COUNTY, ON, unit_id=3)).value
    assert (assigned.progress.unit, assigned.progress.tier) == ("县水利局", Tier.COUNTY)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(HAND_OVER, tier=None), "tier"),
        (replace(HAND_OVER, unit_id=None), "unit_id"),
        (replace(HAND_OVER, unit_id=2), "unit_id"),
        (replace(HAND_OVER, on="2026-11-19"), "on"),
        (replace(HAND_OVER, on="2026-11-26"), "on"),
        (replace(HAND_OVER, due_on="2026-11-24"), "due_on"),
        (replace(HAND_OVER, due_on="明年"), "due_on"),
        (MoveDraft(Move.STUDY, ON), "text"),
        (MoveDraft(Move.REDIRECT, ON), "route"),
        (MoveDraft(Move.ANSWER_ON_SPOT, ON), "text"),
    ],
)
def test_what_a_move_lacks_is_told_at_the_field(desks: Desks, case_id: int, draft: MoveDraft, field: str) -> None:
    assert field in refusal(desks, case_id, draft)


def test_an_answer_on_the_spot_closes_in_one_step(desks: Desks, case_id: int) -> None:
    done = desks.opinions.move(case_id, MoveDraft(Move.ANSWER_ON_SPOT, ON, text="当场说明"))
    assert [event.kind for event in done.value.events] == [
        EventKind.REGISTERED,
        EventKind.ANSWERED,
        EventKind.FED_BACK,
        EventKind.CLOSED,
    ]
    desks.housekeeping.undo()
    assert desks.opinions.case(case_id).progress.state is State.REGISTERED


def test_several_are_handed_over_in_one_step_or_none(desks: Desks, case_id: int) -> None:
    other = desks.opinions.register_deputy_opinion(DeputyOpinionDraft(ON, 1, "建议增设班车")).value
    desks.opinions.move_many([case_id, other], HAND_OVER)
    desks.housekeeping.undo()
    assert [case.progress.state for case in desks.opinions.cases()] == [State.REGISTERED] * 2
    desks.opinions.move(other, HAND_OVER)
    with pytest.raises(InvalidInput):
        desks.opinions.move_many([case_id, other], HAND_OVER)
    assert desks.opinions.case(case_id).progress.state is State.REGISTERED


def test_a_deputys_own_opinion_needs_the_deputy(desks: Desks) -> None:
    with pytest.raises(InvalidInput, match="请选择提出意见的代表"):
        desks.opinions.register_deputy_opinion(DeputyOpinionDraft(ON, None, "建议增设班车"))
    case = desks.opinions.case(desks.opinions.register_deputy_opinion(DeputyOpinionDraft(ON, 1, "增设班车")).value)
    assert (case.petitioner, case.source.value, case.channel) == ("钟䶮", "deputy", "代表提出")


@pytest.mark.parametrize(
    "change", [{"category": "没有"}, {"nature": "长" * 5000}, {"channel": "\ufffe"}, {"village": "没有村"}]
)
def test_a_label_that_is_not_in_the_lists_is_refused(desks: Desks, change: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="请从列表中选择") as refused:
        desks.opinions.register_deputy_opinion(replace(DeputyOpinionDraft(ON, 1, "增设班车"), **change))  # type: ignore[arg-type]  # one text field each
    assert [problem.field for problem in refused.value.problems] == list(change)
    assert desks.opinions.cases() == []


def test_a_correction_takes_no_label_that_is_not_in_the_lists(desks: Desks, case_id: int) -> None:
    before = desks.opinions.case(case_id)
    with pytest.raises(InvalidInput) as refused:
        desks.opinions.correct_words(case_id, "清淤", "没有", "没有村", urgent=False)
    assert [problem.field for problem in refused.value.problems] == ["category", "village"]
    assert desks.opinions.case(case_id) == before


def test_what_nobody_rated_in_time_is_closed_by_the_program(desks: Desks, case_id: int) -> None:
    for draft in (replace(HAND_OVER, on="2026-11-20"), replace(ANSWER, on="2026-11-20")):
        desks.opinions.move(case_id, draft)
    desks.opinions.move(case_id, replace(FEED_BACK, on="2026-11-20"))
    assert desks.opinions.close_unrated() == 0


def test_each_of_separate_units_answers_once_for_itself(desks: Desks, case_id: int) -> None:
    desks.opinions.move(case_id, replace(HAND_OVER, separate_ids=(4,)))
    promised = replace(ANSWER, answer_class="B", due_on="2026-12-31", unit_id=4)
    assert desks.opinions.move(case_id, promised).value.progress.waited_for == ("镇水务站",)
    assert "请选择还没有答复的单位：镇水务站" in refusal(desks, case_id, replace(ANSWER, unit_id=4))["unit_id"]
    progress = desks.opinions.move(case_id, ANSWER).value.progress
    assert (progress.state, progress.promised_on) == (State.ANSWERED, "2026-12-31"), "the other's promise stands"


def test_separate_units_are_corrected_with_what_they_answered(desks: Desks, case_id: int) -> None:
    desks.opinions.move(case_id, replace(HAND_OVER, separate_ids=(4,)))
    for unit_id in (4, 1):
        desks.opinions.move(case_id, replace(ANSWER, unit_id=unit_id))
    desks.opinions.move(case_id, FEED_BACK)
    first = next(event for event in desks.opinions.case(case_id).events if event.kind is EventKind.ANSWERED)
    corrected = desks.opinions.correct_event(case_id, first.uid, replace(ANSWER, text="已换泵。", unit_id=4), "").value
    assert (corrected.progress.state, corrected.progress.waited_for) == (State.FED_BACK, ())


def test_a_later_day_that_was_mistaken_does_not_hold_up_the_next_step(desks: Desks, case_id: int) -> None:
    desks.opinions.move(case_id, HAND_OVER)
    handed = desks.opinions.case(case_id).events[-1]
    desks.opinions.correct_event(case_id, handed.uid, replace(HAND_OVER, on="2026-11-21"), "")
    assert desks.opinions.move(case_id, replace(ANSWER, on="2026-11-23")).value.progress.answered_on == "2026-11-23"


def test_discontent_is_not_closed_by_a_correction(desks: Desks, case_id: int) -> None:
    for draft in (HAND_OVER, ANSWER, FEED_BACK, MoveDraft(Move.RATE, ON, satisfaction=Satisfaction.FAIRLY)):
        desks.opinions.move(case_id, draft)
    rated, closed = desks.opinions.case(case_id).events[-2:]
    bad = MoveDraft(Move.RATE, ON, text="只清了一半", satisfaction=Satisfaction.DISSATISFIED)
    with pytest.raises(InvalidInput, match="“办结”就不成立了"):
        desks.opinions.correct_event(case_id, rated.uid, bad, "")
    desks.opinions.correct_event(case_id, closed.uid, None, "反映人不满意")
    case = desks.opinions.correct_event(case_id, rated.uid, bad, "").value
    assert Move.CLOSE not in desks.opinions.moves(case)
    assert desks.opinions.move(case_id, bad).value.progress.round == 2
