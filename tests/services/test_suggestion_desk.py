"""Opinions turned into deputies' suggestions, deputies' own ones, 面商, and the evaluation of result and attitude."""

from dataclasses import replace

import pytest

from station_app.domain.events import EventKind, Satisfaction
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Source
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import Disposition, State
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import OrganKind, Tier
from station_app.domain.suggestion import SessionKind, SuggestionDraft, SuggestionKind
from station_app.domain.suggestion_line import RATE_WORDS, rates_of
from station_app.services.suggestion_desk import OwnSuggestionDraft
from station_app.station import Desks

COUNTY_AND_TOWN, TOWN_ONLY = 1, 2
WATER, FARM = 1, 4
HAND_OVER = MoveDraft(Move.HAND_OVER, "2026-11-20", tier=Tier.SUGGESTION, unit_id=WATER, assisting_ids=(FARM,))
DRAFT = SuggestionDraft(
    "关于修复上坪村沟渠的建议",
    COUNTY_AND_TOWN,
    Level.TOWNSHIP,
    "2026-11-18",
    (TOWN_ONLY,),
    term="第十八届",
    number="12",
)
OWN = OwnSuggestionDraft(
    DRAFT, "上坪村沟渠淤塞多年，建议列入明年水利项目。", "农业农村", "上坪村", "2026-11-20", WATER, (FARM,)
)


def an_opinion(desks: Desks) -> int:
    visit = VisitDraft(
        on="2026-11-10",
        visitor=VisitorDraft(name="曾文", phone="14006614501", village="上坪村"),
        receivers=(Receiver("钟䶮"),),
        opinions=(OpinionDraft("沟渠从春上就淤塞了，晚稻灌不上水。", title="沟渠淤塞", village="上坪村"),),
    )
    return desks.reception.register_visit(visit).value.case_ids[0]


def converted(desks: Desks) -> int:
    case_id = an_opinion(desks)
    desks.suggestions.convert(case_id, HAND_OVER, DRAFT)
    return case_id


def problems_of(wrong: InvalidInput) -> set[str]:
    return {problem.field for problem in wrong.problems}


def refused(desks: Desks, draft: SuggestionDraft) -> set[str]:
    """Return the fields at which a conversion is refused; nothing is written by it."""
    case_id = an_opinion(desks)
    before = desks.opinions.case(case_id)
    with pytest.raises(InvalidInput) as wrong:
        desks.suggestions.convert(case_id, HAND_OVER, draft)
    assert desks.opinions.case(case_id) == before
    assert desks.suggestions.of_case(case_id) is None
    return problems_of(wrong.value)


def test_an_opinion_turned_into_a_suggestion_stays_the_same_matter(desks: Desks) -> None:
    """One step: the hand-over, the facts of the paper, who signed; source and number stay."""
    case_id = an_opinion(desks)
    number = desks.opinions.case(case_id).number
    done = desks.suggestions.convert(case_id, HAND_OVER, DRAFT)
    case = done.value
    assert (case.number, case.source) == (number, Source.VOTER)
    assert (case.progress.state, case.progress.disposition) == (State.HANDLING, Disposition.SUGGESTION)
    assert (case.progress.unit, case.progress.assisting) == ("镇水务站", ("镇农技站",))
    suggestion = desks.suggestions.of_case(case_id)
    assert suggestion is not None
    assert (suggestion.leader, suggestion.seconders) == ("钟䶮", ("欧阳建国",))
    assert (suggestion.occasion, suggestion.number) == ("第十八届闭会期间", "第12号")
    clock = desks.opinions.clock(case)
    assert clock is not None
    assert clock.due_on.isoformat() == "2027-02-20"


def test_undoing_takes_conversion_and_paper_back_together(desks: Desks) -> None:
    """The matter stands where it stood, and the ledger knows nothing of it."""
    case_id = converted(desks)
    desks.housekeeping.undo()
    assert desks.opinions.case(case_id).progress.state is State.REGISTERED
    assert desks.suggestions.of_case(case_id) is None
    assert desks.suggestions.lines() == []
    desks.suggestions.convert(case_id, HAND_OVER, DRAFT)
    assert len(desks.suggestions.lines()) == 1


def test_deputies_sign_only_what_goes_to_the_congress_they_sit_in(desks: Desks) -> None:
    """A township deputy signs no suggestion to the county, a former one signs nothing."""
    assert refused(desks, replace(DRAFT, level=Level.COUNTY)) == {"seconder_ids"}
    assert refused(desks, replace(DRAFT, leader_id=TOWN_ONLY, seconder_ids=(), level=Level.COUNTY)) == {"leader_id"}
    former = Mandate(Level.TOWNSHIP, "第十八届", from_on="2021-11-01", to_on="2026-06-30")
    left = desks.roster.save_deputy(Deputy("韦东", mandates=(former,))).value
    assert refused(desks, replace(DRAFT, seconder_ids=(left,))) == {"seconder_ids"}
    assert refused(desks, replace(DRAFT, seconder_ids=(COUNTY_AND_TOWN,))) == {"seconder_ids"}
    assert refused(desks, replace(DRAFT, leader_id=None, level=None)) == {"leader_id", "level"}


def test_what_is_put_forward_at_a_session_names_the_session(desks: Desks) -> None:
    """届次 and 会议 are asked for; the paper then says 第十八届第三次会议."""
    at_session = replace(DRAFT, session_kind=SessionKind.IN_SESSION, term="")
    assert refused(desks, at_session) == {"term", "session"}
    case_id = an_opinion(desks)
    desks.suggestions.convert(case_id, HAND_OVER, replace(at_session, term="第十八届", session="第三次会议"))
    suggestion = desks.suggestions.of_case(case_id)
    assert suggestion is not None
    assert suggestion.occasion == "第十八届第三次会议"


def test_a_bill_of_a_township_needs_a_session_and_five_deputies(desks: Desks) -> None:
    """Organic Law art. 22; with fewer it is a suggestion."""
    bill = replace(DRAFT, kind=SuggestionKind.BILL)
    assert refused(desks, bill) == {"session_kind", "seconder_ids"}
    ids = tuple(
        desks.roster.save_deputy(Deputy(name, mandates=(Mandate(Level.TOWNSHIP, from_on="2021-11-01"),))).value
        for name in ("单小芳", "覃水生", "曾丽萍")
    )
    signed = replace(bill, session_kind=SessionKind.IN_SESSION, session="第三次会议", seconder_ids=(TOWN_ONLY, *ids))
    case_id = an_opinion(desks)
    desks.suggestions.convert(case_id, HAND_OVER, signed)
    assert desks.suggestions.lines()[0].remark == "议案"


def test_days_come_in_order_and_numbers_are_given_once(desks: Desks) -> None:
    """Raised, put forward, handed over; the second 第12号 of the same session is refused with the first one's title."""
    assert refused(desks, replace(DRAFT, submitted_on="2026-11-09")) == {"submitted_on"}
    assert refused(desks, replace(DRAFT, submitted_on="2026-11-21")) == {"submitted_on"}
    assert refused(desks, replace(DRAFT, submitted_on="2026-12-21")) == {"submitted_on"}
    converted(desks)
    assert refused(desks, DRAFT) == {"number"}
    assert refused(desks, replace(DRAFT, number="第12号")) == {"number"}


def test_deputies_own_suggestion_is_registered_and_handed_over_in_one_step(desks: Desks) -> None:
    """It is a 代表意见 of the leading deputy; one undo takes all of it back."""
    case_id = desks.suggestions.register(OWN).value
    case = desks.opinions.case(case_id)
    assert (case.source, case.petitioner, case.raised_on) == (Source.DEPUTY, "钟䶮", "2026-11-18")
    assert (case.title, case.progress.tier, case.progress.unit) == (DRAFT.title, Tier.SUGGESTION, "镇水务站")
    desks.housekeeping.undo()
    assert desks.opinions.cases() == []
    assert desks.suggestions.lines() == []


def test_own_suggestion_waits_for_its_hand_over(desks: Desks) -> None:
    """Without a hand-over date it stands in the ledger, and is handed over like any other."""
    case_id = desks.suggestions.register(replace(OWN, handed_on="", unit_id=None, assisting_ids=())).value
    assert desks.opinions.case(case_id).progress.state is State.REGISTERED
    assert [line.case.id for line in desks.suggestions.lines()] == [case_id]
    desks.suggestions.convert(case_id, HAND_OVER, DRAFT)
    assert desks.opinions.case(case_id).progress.state is State.HANDLING
    assert len(desks.suggestions.lines()) == 1


def test_problems_of_an_own_suggestion_stand_at_its_fields(desks: Desks) -> None:
    """Every wrong field is told at once, by the names the form knows."""
    draft = OwnSuggestionDraft(replace(DRAFT, title="", leader_id=None), "", handed_on="2026-11-01", unit_id=WATER)
    with pytest.raises(InvalidInput) as wrong:
        desks.suggestions.register(draft)
    assert problems_of(wrong.value) == {"title", "leader_id", "words", "handed_on"}
    assert desks.opinions.cases() == []


def test_a_meeting_with_the_deputies_stands_on_ledger_and_timeline(desks: Desks) -> None:
    """面商 is not possible before the hand-over; entered later it keeps its own day."""
    case_id = converted(desks)
    with pytest.raises(InvalidInput) as wrong:
        desks.suggestions.record_meeting(case_id, "2026-11-19")
    assert problems_of(wrong.value) == {"on"}
    desks.suggestions.record_meeting(case_id, "2026-11-22", "李工到站面商", "现场看了沟渠")
    assert desks.suggestions.lines()[0].met_on == "2026-11-22"
    event = desks.opinions.case(case_id).events[-1]
    assert (event.kind, event.way, event.person) == (EventKind.INTERIM, "面商", "李工到站面商")
    desks.housekeeping.undo()
    assert desks.suggestions.lines()[0].met_on == ""


def test_deputies_judge_result_and_attitude(desks: Desks) -> None:
    """Both are kept, and the rates count them."""
    case_id = converted(desks)
    desks.suggestions.record_meeting(case_id, "2026-11-21")
    answer = MoveDraft(Move.ANSWER, "2026-11-22", text="已列入计划。", answer_class="B", unit_id=WATER)
    desks.opinions.move(case_id, answer)
    desks.opinions.move(case_id, MoveDraft(Move.FEED_BACK, "2026-11-23", way="书面"))
    rating = MoveDraft(
        Move.RATE, "2026-11-24", satisfaction=Satisfaction.FAIRLY, attitude=Satisfaction.SATISFIED, way="书面"
    )
    case = desks.opinions.move(case_id, rating).value
    assert case.progress.state is State.CLOSED
    line = desks.suggestions.lines()[0]
    assert (line.case.progress.satisfaction, line.attitude) == (Satisfaction.FAIRLY, Satisfaction.SATISFIED)
    rates = rates_of([line])
    assert [str(getattr(rates, key)) for key, _title, _words in RATE_WORDS] == ["100%（1/1）"] * 4


def test_the_attitude_of_a_voters_matter_is_not_judged(desks: Desks) -> None:
    """Only deputies' suggestions are judged by attitude."""
    case_id = an_opinion(desks)
    desks.opinions.move(case_id, replace(HAND_OVER, tier=Tier.TOWNSHIP))
    desks.opinions.move(case_id, MoveDraft(Move.ANSWER, "2026-11-22", text="已修。", answer_class="A"))
    desks.opinions.move(case_id, MoveDraft(Move.FEED_BACK, "2026-11-23", way="电话"))
    rating = MoveDraft(Move.RATE, "2026-11-24", satisfaction=Satisfaction.SATISFIED, attitude=Satisfaction.SATISFIED)
    assert {problem.field for problem in desks.opinions.problems(desks.opinions.case(case_id), rating)} == {"attitude"}


def test_facts_are_corrected_and_written_down_later(desks: Desks) -> None:
    """A matter handed over without them gets them by correction; signers that are taken off are gone."""
    case_id = an_opinion(desks)
    desks.opinions.move(case_id, HAND_OVER)
    assert desks.suggestions.of_case(case_id) is None
    desks.suggestions.save(case_id, DRAFT)
    desks.suggestions.save(case_id, replace(DRAFT, leader_id=TOWN_ONLY, seconder_ids=(), number="13"))
    suggestion = desks.suggestions.of_case(case_id)
    assert suggestion is not None
    assert (suggestion.leader, suggestion.seconders, suggestion.number) == ("欧阳建国", (), "第13号")
    other = an_opinion(desks)
    with pytest.raises(InvalidInput):
        desks.suggestions.save(other, DRAFT)


def test_a_street_has_no_suggestions_to_a_congress_of_its_own(desks: Desks) -> None:
    """Its county deputies put theirs forward to the county."""
    desks.settings.save_profile(replace(desks.settings.profile(), organ_kind=OrganKind.STREET))
    assert "level" in refused(desks, DRAFT)
    case_id = an_opinion(desks)
    desks.suggestions.convert(case_id, HAND_OVER, replace(DRAFT, level=Level.COUNTY, seconder_ids=()))
    assert desks.suggestions.lines()[0].level == "县"


def test_what_is_no_longer_handled_as_a_suggestion_leaves_the_ledger(desks: Desks) -> None:
    """Returned and handed to the township, it is an opinion again; void ones are left out too."""
    case_id = converted(desks)
    desks.opinions.move(case_id, MoveDraft(Move.RETURN, "2026-11-21", text="不属本单位职责"))
    desks.opinions.move(case_id, replace(HAND_OVER, on="2026-11-22", tier=Tier.TOWNSHIP))
    assert desks.suggestions.lines() == []
