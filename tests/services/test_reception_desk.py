"""Registering at the table: one save, one number each, nothing lost, everything checked."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.domain import periods
from station_app.domain.events import EventKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import Disposition, State
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft, check_visit
from station_app.domain.station import Tier
from station_app.domain.text import clean
from station_app.services.reception_desk import short_title
from station_app.station import Desks

WORDS = "沟渠从春上就淤了，晚稻灌不上水，组里二十几户都等着。"
DRAFT = VisitDraft(
    on="2026-11-25",
    at="09:41",
    day_id=1,
    visitor=VisitorDraft(name="㛃玉", phone="140 0066 4501", address="竹坑村六组"),
    receivers=(Receiver("钟䶮", deputy_id=1),),
    opinions=(OpinionDraft(WORDS, category="农业农村"),),
)


def problems_of(desks: Desks, draft: VisitDraft) -> dict[str, str]:
    before = desks.housekeeping.check().counts
    with pytest.raises(InvalidInput) as refused:
        desks.reception.register_visit(draft)
    assert desks.housekeeping.check().counts == before
    return {problem.field: problem.message for problem in refused.value.problems}


def test_a_visit_is_kept_as_typed_and_resolved(desks: Desks) -> None:
    registered = desks.reception.register_visit(DRAFT).value
    visit = desks.reception.visit(registered.visit_id)
    case = desks.opinions.case(registered.case_ids[0])
    assert registered.case_numbers == ("HX-2026-0001",)
    assert (visit.name, visit.phone, visit.village, visit.village_group) == ("㛃玉", "14000664501", "竹坑村", "6组")
    assert (visit.place, visit.channel, visit.recorder) == ("圩镇流动接待点", "接待日", "肖敏")
    assert case.words == WORDS
    assert case.title == "沟渠从春上就淤了"
    assert (case.village, case.nature, case.raised_on) == ("竹坑村", "意见", "2026-11-25")
    assert case.progress.state is State.REGISTERED


def test_a_visit_with_several_opinions_and_one_with_none(desks: Desks) -> None:
    two = replace(
        DRAFT, opinions=(*DRAFT.opinions, OpinionDraft("村口没有路灯。", category="基础设施", village="上坪村"))
    )
    assert desks.reception.register_visit(two).value.case_numbers == ("HX-2026-0001", "HX-2026-0002")
    assert desks.opinions.cases()[1].village == "上坪村"
    none = desks.reception.register_visit(replace(DRAFT, opinions=(), notes="来拿宣传单")).value
    assert none.case_ids == ()
    assert desks.days.one(1).visits == 2


def test_an_answer_at_the_table_closes_in_one_save(desks: Desks) -> None:
    opinion = OpinionDraft("高龄补贴怎么申请？", nature="咨询", disposition=Disposition.ON_SPOT, answer="说明了材料")
    steps = desks.reception.register_visit(replace(DRAFT, opinions=(opinion,)))
    case = desks.opinions.case(steps.value.case_ids[0])
    assert case.progress.state is State.CLOSED
    assert case.progress.disposition is Disposition.ON_SPOT
    assert case.progress.closed_on == case.progress.fed_back_on == "2026-11-25"
    assert not case.counts
    desks.housekeeping.undo()
    assert desks.opinions.cases() == []


def test_a_matter_out_of_scope_records_the_channel_told(desks: Desks) -> None:
    opinion = OpinionDraft("邻居欠钱不还", disposition=Disposition.REDIRECTED, route="县人民法院")
    case = desks.opinions.case(desks.reception.register_visit(replace(DRAFT, opinions=(opinion,))).value.case_ids[0])
    assert case.progress.state is State.REDIRECTED
    assert [event.kind for event in case.events] == [EventKind.REGISTERED, EventKind.REDIRECTED]
    assert case.progress.route == "县人民法院"


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"on": "2026-02-30"}, "date", "不是有效日期"),
        ({"on": "2026-11-26"}, "date", "在今天之后"),
        ({"at": "25:10"}, "time", "09:30"),
        ({"receivers": ()}, "receivers", "请填写接待人"),
        ({"opinions": (OpinionDraft(""),)}, "opinions.0.words", "请填写反映内容"),
        ({"opinions": (OpinionDraft("字" * 5000),)}, "opinions.0.words", "有 5000 字，最多 4000 字"),
        ({"opinions": (OpinionDraft("坏\ufffe字"),)}, "opinions.0.words", "第 2 个字符无法保存"),
        ({"opinions": (OpinionDraft("坏\ud800字"),)}, "opinions.0.words", "无法保存"),
        ({"opinions": (OpinionDraft("x", category="没有"),)}, "opinions.0.category", "请从列表中选择"),
        ({"opinions": (OpinionDraft("x", disposition=Disposition.ON_SPOT),)}, "opinions.0.answer", "怎样答复"),
        ({"opinions": (OpinionDraft("x", disposition=Disposition.REDIRECTED),)}, "opinions.0.route", "哪个渠道"),
        ({"opinions": ()}, "opinions.0.words", "备注"),
        ({"visitor": VisitorDraft(name="", phone="14000000001")}, "visitor.name", "不愿留名"),
        ({"visitor": VisitorDraft(name="王某", phone="打我电话")}, "visitor.phone", "只能是数字"),
        ({"visitor": VisitorDraft(name="王某")}, "visitor.phone", "未留电话"),
        ({"visitor": VisitorDraft(name="王" * 51, no_phone=True)}, "visitor.name", "最多 50 字"),
        ({"visitor": VisitorDraft(name="王某", no_phone=True, people=0)}, "visitor.people", "1 到 9999"),
        ({"form_number": "D2026-0999"}, "form_number", "没有印过表号"),
    ],
)
def test_bad_input_is_told_at_its_field(desks: Desks, change: dict[str, object], field: str, message: str) -> None:
    found = problems_of(desks, replace(DRAFT, **change))  # type: ignore[arg-type]  # the table above has many types
    assert message in found[field]


def test_one_key_answers_for_no_name_and_no_phone(desks: Desks) -> None:
    visitor = VisitorDraft(anonymous=True)
    done = desks.reception.register_visit(replace(DRAFT, visitor=visitor))
    assert desks.reception.visit(done.value.visit_id).shown_name == "匿名"
    assert desks.opinions.cases()[0].petitioner == "匿名"


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "😀 高兴", "阿卜杜拉·买买提", "第一行\n第二行", "𠅤𬭚䶮"])
def test_odd_but_honest_text_is_kept(desks: Desks, text: str) -> None:
    desks.reception.register_visit(replace(DRAFT, opinions=(OpinionDraft(text),)))
    assert desks.opinions.cases()[0].words == text


def test_control_characters_are_stripped(desks: Desks) -> None:
    visitor = VisitorDraft(name="阿依古丽•买买提\x00", phone="１４０　0000－0001")
    done = desks.reception.register_visit(
        replace(DRAFT, visitor=visitor, opinions=(OpinionDraft("水\x07管\u202e坏了\r\n快修"),))
    )
    visit = desks.reception.visit(done.value.visit_id)
    assert (visit.name, visit.phone) == ("阿依古丽·买买提", "14000000001")
    assert desks.opinions.cases()[0].words == "水管坏了\n快修"


def test_paper_forms_keep_the_number_printed_on_them(desks: Desks) -> None:
    numbers = desks.reception.print_blank_forms(3).value
    entered = desks.reception.register_visit(replace(DRAFT, form_number=numbers[1], paper=True)).value
    assert entered.visit_number == numbers[1]
    assert desks.reception.open_forms() == [numbers[0], numbers[2]]
    assert problems_of(desks, replace(DRAFT, form_number=numbers[1]))["form_number"].endswith("请核对纸质表上的号码。")
    assert desks.reception.register_visit(DRAFT).value.visit_number == "D2026-0004"


def test_a_correction_changes_what_was_typed_and_keeps_number_and_events(desks: Desks) -> None:
    registered = desks.reception.register_visit(DRAFT).value
    draft = desks.reception.draft_of(registered.visit_id)
    visitor = replace(draft.visitor, name="㛃玉兰", people=3)
    opinions = (replace(draft.opinions[0], category="基础设施"), OpinionDraft("再加一条"))
    desks.reception.correct_visit(registered.visit_id, replace(draft, visitor=visitor, opinions=opinions))
    cases = desks.reception.cases_of_visit(registered.visit_id)
    assert [(case.number, case.category, case.petitioner) for case in cases] == [
        ("HX-2026-0001", "基础设施", "㛃玉兰"),
        ("HX-2026-0002", "其他", "㛃玉兰"),
    ]
    desks.housekeeping.undo()
    assert [case.petitioner for case in desks.opinions.cases()] == ["㛃玉"]


def test_a_corrected_date_moves_the_opinion_and_what_was_settled_at_the_table(desks: Desks) -> None:
    settled = OpinionDraft("高龄补贴怎么申请？", disposition=Disposition.ON_SPOT, answer="说明了材料")
    registered = desks.reception.register_visit(replace(DRAFT, opinions=(*DRAFT.opinions, settled))).value
    draft = replace(desks.reception.draft_of(registered.visit_id), on="2026-10-30")
    desks.reception.correct_visit(registered.visit_id, draft)
    waiting, closed = desks.reception.cases_of_visit(registered.visit_id)
    assert (waiting.raised_on, waiting.progress.raised_on, waiting.progress.state) == (
        "2026-10-30",
        "2026-10-30",
        State.REGISTERED,
    )
    assert (closed.progress.closed_on, closed.progress.answer) == ("2026-10-30", "说明了材料")
    assert desks.reports.figures(periods.month("2026-10")).count("received") == 2
    assert desks.reports.figures(periods.month("2026-11")).count("received") == 0
    desks.housekeeping.undo()
    assert [case.progress.raised_on for case in desks.opinions.cases()] == ["2026-11-25"] * 2


def test_a_date_is_not_corrected_past_what_happened_since(desks: Desks) -> None:
    registered = desks.reception.register_visit(replace(DRAFT, on="2026-11-20")).value
    hand_over = MoveDraft(Move.HAND_OVER, "2026-11-21", tier=Tier.TOWNSHIP, unit_id=1)
    desks.opinions.move(registered.case_ids[0], hand_over)
    draft = replace(desks.reception.draft_of(registered.visit_id), on="2026-11-23")
    with pytest.raises(InvalidInput, match="2026-11-21 已有办理记录"):
        desks.reception.correct_visit(registered.visit_id, draft)
    assert desks.reception.visit(registered.visit_id).on == "2026-11-20"


def test_earlier_visits_of_the_same_phone_or_name_are_found(desks: Desks) -> None:
    desks.reception.register_visit(DRAFT)
    (by_phone,) = desks.similar.persons("", "140-0066-4501")
    assert [case.number for _, cases in by_phone.visits for case in cases] == ["HX-2026-0001"]
    assert desks.similar.persons("㛃 玉", "")
    assert desks.similar.persons("别人", "14000000000") == []


def test_a_title_is_the_first_clause() -> None:
    assert short_title("村口没有路灯，晚自习学生回家不安全。请尽快装。") == "村口没有路灯，晚自习学生回家不安全"
    assert short_title("没有标点" * 10) == "没有标点没有标点没有标点没有标点没有标…"
    assert len(short_title("字" * 30)) <= 20


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(min_size=1, max_size=80))
def test_any_text_is_either_kept_whole_or_refused_with_a_reason(desks: Desks, words: str) -> None:
    draft = replace(DRAFT, opinions=(OpinionDraft(words),))
    if check_visit(replace(draft, opinions=(OpinionDraft(clean(words)),)), desks.clock.today()):
        assert all(field.startswith("opinions.0") for field in problems_of(desks, draft))
        return
    done = desks.reception.register_visit(draft)
    kept = desks.opinions.case(done.value.case_ids[0]).words
    assert kept == clean(words)
    assert desks.reception.draft_of(done.value.visit_id).opinions[0].words == kept
