"""What leaves the station about deputies' suggestions: 专用纸, 征询意见表 with its return code, the ledger."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from station_app.documents.ledgers import SUGGESTION_LEDGER
from station_app.documents.page_pictures import page_texts
from station_app.domain.events import EventKind, Satisfaction
from station_app.domain.figure_values import Ratio
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Openness
from station_app.domain.paper_rules import next_move
from station_app.domain.papers import PaperKind
from station_app.domain.people import Level
from station_app.domain.periods import month
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import OrganKind, StationProfile, Tier
from station_app.domain.suggestion import SessionKind, Suggestion, SuggestionKind
from station_app.services.books import Book, Selection
from station_app.services.suggestion_papers import form_title, recipient
from station_app.station import Desks
from tests.services.test_suggestion_desk import DRAFT, HAND_OVER, OWN, WATER, an_opinion, converted

ANSWER = MoveDraft(Move.ANSWER, "2026-11-22", text="已列入计划。", answer_class="B", unit_id=WATER)


def squeezed(pdf: bytes) -> str:
    return "".join("".join(page_texts(pdf)).split())


def test_the_survey_asks_the_leading_deputy_about_result_and_attitude(desks: Desks) -> None:
    """Its columns are those of the official form; typed back, its code leads to the evaluation."""
    case_id = converted(desks)
    assert "还没有答复" in desks.papers.problem(PaperKind.SURVEY, [case_id])
    desks.suggestions.record_meeting(case_id, "2026-11-21")
    desks.opinions.move(case_id, ANSWER)
    assert PaperKind.SURVEY in {offer.kind for offer in desks.papers.offers([case_id])}
    paper = desks.papers.issue(PaperKind.SURVEY, [case_id]).value
    assert paper.recipient == "钟䶮代表"
    said = squeezed(desks.papers.pdf(desks.papers.letter(paper)))
    for word in (
        "《关于修复上坪村沟渠的建议》", "第12号", "欧阳建国", "镇水务站", "面商日期2026年11月21日", "是否收到", "收到时间", "办理结果",
        "办理态度", "□满意□基本满意□不满意", "意见", "签名", "电话",
    ):  # fmt: skip
        assert word in said, word
    assert next_move(PaperKind.SURVEY, desks.opinions.case(case_id).progress) is Move.FEED_BACK
    desks.opinions.move(case_id, MoveDraft(Move.FEED_BACK, "2026-11-23", way="书面"))
    assert next_move(desks.papers.by_code(paper.code).kind, desks.opinions.case(case_id).progress) is Move.RATE


def test_voters_matters_have_no_survey_and_suggestions_no_hand_over_sheet(desks: Desks) -> None:
    """Each refusal names the paper that fits."""
    case_id = an_opinion(desks)
    assert "没有转为代表建议" in desks.papers.problem(PaperKind.SURVEY, [case_id])
    assert "专用纸" in desks.papers.problem(PaperKind.HAND_OVER, [converted(desks)])


def test_the_form_says_who_signed_and_its_printing_is_noted(desks: Desks) -> None:
    """Printing stands on the timeline; a matter that is no suggestion has no form."""
    case_id = desks.suggestions.register(OWN).value
    said = squeezed(desks.suggestions.pdf(desks.suggestions.paper(case_id)))
    for word in ("闭会期间代表建议、批评和意见专用纸", "第12号", "钟䶮", "欧阳建国", "请镇水务站主办、镇农技站协办"):
        assert word in said
    desks.suggestions.note_printed(case_id)
    event = desks.opinions.case(case_id).events[-1]
    assert (event.kind, event.text) == (EventKind.PRINTED, "代表建议专用纸")
    with pytest.raises(InvalidInput):
        desks.suggestions.paper(an_opinion(desks))


def test_a_confidential_voter_is_not_given_away_by_the_form(desks: Desks) -> None:
    """The own words stay at the station, as on every other paper."""
    visit = VisitDraft(
        on="2026-11-10",
        visitor=VisitorDraft(name="曾文", phone="14006614501"),
        receivers=(Receiver("钟䶮"),),
        opinions=(OpinionDraft("我家门口的沟渠淤塞了。", title="沟渠淤塞", openness=Openness.CONFIDENTIAL),),
    )
    case_id = desks.reception.register_visit(visit).value.case_ids[0]
    desks.suggestions.convert(case_id, HAND_OVER, DRAFT)
    said = squeezed(desks.suggestions.pdf(desks.suggestions.paper(case_id)))
    assert "我家门口" not in said
    assert "曾文" not in said


@pytest.mark.parametrize(
    ("level", "kind", "session_kind", "title", "to"),
    [
        (
            Level.TOWNSHIP, SuggestionKind.SUGGESTION, SessionKind.BETWEEN,
            ("云顶瑶族乡人民代表大会", "闭会期间代表建议、批评和意见专用纸"), "云顶瑶族乡人民代表大会主席团",
        ),
        (
            Level.TOWNSHIP, SuggestionKind.BILL, SessionKind.IN_SESSION,
            ("云顶瑶族乡第十八届人民代表大会第三次会议", "代表议案专用纸"), "大会主席团",
        ),
        (
            Level.COUNTY, SuggestionKind.SUGGESTION, SessionKind.BETWEEN,
            ("龙水区人民代表大会", "闭会期间代表建议、批评和意见专用纸"), "龙水区人民代表大会常务委员会",
        ),
        (
            Level.CITY, SuggestionKind.SUGGESTION, SessionKind.IN_SESSION,
            ("市第十八届人民代表大会第三次会议", "代表建议、批评和意见专用纸"), "大会主席团",
        ),
    ],
)  # fmt: skip
def test_the_form_is_named_after_congress_and_session(
    level: Level, kind: SuggestionKind, session_kind: SessionKind, title: tuple[str, str], to: str
) -> None:
    """In the words of the host organ, for a bill and a suggestion, at a session and between two."""
    profile = StationProfile(
        "云顶站", organ_kind=OrganKind.ETHNIC_TOWNSHIP, organ_name="云顶瑶族乡", county_name="龙水区"
    )
    suggestion = Suggestion(1, kind, level, "标题", session_kind, "第十八届", "第三次会议")
    assert form_title(suggestion, profile) == title
    assert recipient(suggestion, profile) == to


def test_ledger_says_the_same_in_excel_and_pdf(desks: Desks, tmp_path: Path) -> None:
    """Every column of domain.md, both sessions, and the rates with their fractions in the last row."""
    case_id = converted(desks)
    desks.suggestions.record_meeting(case_id, "2026-11-21")
    desks.opinions.move(case_id, ANSWER)
    desks.opinions.move(case_id, MoveDraft(Move.FEED_BACK, "2026-11-23", way="书面"))
    rating = MoveDraft(
        Move.RATE, "2026-11-24", satisfaction=Satisfaction.FAIRLY, attitude=Satisfaction.SATISFIED, way="书面"
    )
    desks.opinions.move(case_id, rating)
    at_session = replace(DRAFT, session_kind=SessionKind.IN_SESSION, session="第三次会议", seconder_ids=())
    desks.suggestions.register(replace(OWN, suggestion=at_session, unit_id=None, assisting_ids=()))
    selection = Selection(Book.SUGGESTIONS, "2026-01-01", "2026-12-31", "2026年")
    sheet = desks.reports.books.sheet(selection)
    assert [column.title for column in sheet.columns] == [
        "序号", "届次会议", "编号", "标题", "领衔代表", "附议代表", "提交日期", "交办日期", "主办/协办", "面商日期", "答复日期", "类别",
        "结果", "态度", "备注",
    ]  # fmt: skip
    cells = [
        str(cell)
        for row in openpyxl.load_workbook(desks.reports.export(selection, "xlsx", tmp_path)).worksheets[0].values
        for cell in row
        if cell is not None
    ]
    pdf = squeezed(desks.reports.export(selection, "pdf", tmp_path).read_bytes())
    for line in sheet.rows:
        for column in SUGGESTION_LEDGER.shown():
            if column.kind.value != "date" and (value := column.value(line)):
                assert str(value) in cells
                assert "".join(str(value).split()) in pdf
    assert any("见面率 50.0%（1/2）" in cell for cell in cells)
    assert "满意率（态度）100%（1/1）" in pdf
    assert desks.suggestions.lines("2027-01-01") == []


def test_the_months_figures_know_how_suggestions_fare(desks: Desks) -> None:
    """见面率, 答复率 and 满意率 of those handed over in the month, each with the matters behind it."""
    case_id = converted(desks)
    other = replace(DRAFT, number="13")
    desks.suggestions.register(replace(OWN, suggestion=other, unit_id=None, assisting_ids=()))
    desks.opinions.move(an_opinion(desks), replace(HAND_OVER, tier=Tier.TOWNSHIP))
    desks.suggestions.record_meeting(case_id, "2026-11-21")
    desks.opinions.move(case_id, ANSWER)
    desks.opinions.move(case_id, MoveDraft(Move.FEED_BACK, "2026-11-23", way="书面"))
    desks.opinions.move(case_id, MoveDraft(Move.RATE, "2026-11-24", satisfaction=Satisfaction.FAIRLY))
    figures = desks.reports.figures(month("2026-11"))
    assert figures.count("suggested") == 2
    assert figures.ratio("rate.met") == Ratio(1, 2)
    assert figures.ratio("rate.suggestion_answered") == Ratio(1, 2)
    assert figures.ratio("rate.suggestion_content") == Ratio(1, 1)
    assert figures["rate.met"].cases == (desks.opinions.case(case_id).number,)
    assert figures.ties
    assert desks.reports.figures(month("2026-10")).ratio("rate.met").denominator == 0
