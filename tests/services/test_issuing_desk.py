"""A month is reported once and kept for ever: its files, its closing figure, its mark in the log."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from station_app.documents.page_pictures import page_texts
from station_app.domain import periods
from station_app.domain.issued import Issued, IssueDraft, issue_problems, note_words
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.operators import Role
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import Tier
from station_app.services.month_report import Issue
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.support.faults import NotAllowed, StationFault

OCTOBER, NOVEMBER = periods.month("2026-10"), periods.month("2026-11")
DRAFT = IssueDraft("2026-11-25", "清源县人大常委会")


def register(desks: Desks, on: str, words: str) -> str:
    opinion = OpinionDraft(words=words, category="基础设施")
    visit = VisitDraft(
        on=on, visitor=VisitorDraft("示例甲", phone="14000000001"), receivers=(Receiver("肖敏"),), opinions=(opinion,)
    )
    (number,) = desks.reception.register_visit(visit).value.case_numbers
    return number


def report(desks: Desks, draft: IssueDraft = DRAFT, month: periods.Period = OCTOBER) -> Issued:
    return desks.issuing.keep(desks.issuing.pack(month, draft)).value


def desks_today(desks: Desks) -> date:
    return desks.clock.today()


def read(content: bytes, path: Path) -> str:
    path.write_bytes(content)
    return "".join("".join(page_texts(path)).split())


@pytest.fixture
def october(desks: Desks) -> Desks:
    register(desks, "2026-10-08", "桥头护栏坏了")
    register(desks, "2026-10-20", "水渠淤了")
    return desks


@pytest.fixture
def later(october: Desks) -> Iterator[Desks]:
    """The station a day after October was reported, so that what is recorded now is late."""
    report(october)
    path = october.path
    october.close()
    made = Desks.open(path, fixed_clock(date(2026, 11, 26)), "肖敏")
    yield made
    made.close()


def test_a_report_keeps_both_files_their_hashes_and_the_closing_figure(october: Desks, tmp_path: Path) -> None:
    head = october._file.chain_head()
    issued = report(october)
    assert (issued.closing, issued.by, issued.to, issued.on) == (2, "肖敏", "清源县人大常委会", "2026-11-25")
    pdf, xlsx = (october.issuing.content(issued, format_) for format_ in ("pdf", "xlsx"))
    assert (hashlib.sha256(pdf).hexdigest(), hashlib.sha256(xlsx).hexdigest()) == (
        issued.pdf_sha256,
        issued.xlsx_sha256,
    )
    text = read(pdf, tmp_path / "kept.pdf")
    assert f"登记簿校验码{head[:12]}…" in text
    assert "草稿" not in text
    october.issuing.save(issued, tmp_path / "kept.xlsx")
    assert "明细" in openpyxl.load_workbook(tmp_path / "kept.xlsx").sheetnames


def test_later_changes_of_the_data_do_not_touch_what_was_reported(later: Desks) -> None:
    (issued,) = later.issuing.listed()
    before = later.issuing.content(issued, "pdf")
    assert later.issuing.changes_since(issued) == ()
    number = register(later, "2026-10-28", "路灯不亮")
    assert later.issuing.content(issued, "pdf") == before
    told = later.issuing.changes_since(issued)
    assert "收集意见建议（件）由2改为3" in told
    assert f"在办增加 {number}（补录：2026-10-28 提出，2026-11-26 录入）" in told


def test_what_is_carried_over_is_told_singly_in_the_next_month(later: Desks, tmp_path: Path) -> None:
    late = register(later, "2026-10-28", "路灯不亮")
    first = later.opinions.cases()[0]
    later.opinions.move(first.id, MoveDraft(Move.REDIRECT, "2026-10-30", route="人民法院"))
    path = tmp_path / "november.pdf"
    later.reports.write_month_paper(NOVEMBER, path)
    text = read(path.read_bytes(), path)
    assert "10月报出期末在办2件，以前月份补录更正后期初在办2件（2＋1－1＝2）" in text
    assert f"{late}加1件（补录：2026-10-28提出，2026-11-26录入）" in text
    assert f"{first.number}减1件（补记：2026-10-30" in text


def test_a_month_without_corrections_says_nothing_of_it(later: Desks, tmp_path: Path) -> None:
    later.opinions.move(1, MoveDraft(Move.HAND_OVER, "2026-11-25", tier=Tier.TOWNSHIP, unit_id=1))
    path = tmp_path / "november.pdf"
    later.reports.write_month_paper(NOVEMBER, path)
    assert "补录更正" not in read(path.read_bytes(), path)


def test_a_corrected_report_needs_a_reason_and_says_what_changed(later: Desks, tmp_path: Path) -> None:
    register(later, "2026-10-28", "路灯不亮")
    with pytest.raises(InvalidInput, match="报过了"):
        report(later, IssueDraft("2026-11-26", "清源县人大常委会"))
    second = report(later, IssueDraft("2026-11-26", "清源县人大常委会", "补录一张纸质登记表"))
    assert (second.kind, second.closing) == ("更正报送", 3)
    text = read(later.issuing.content(second, "pdf"), tmp_path / "second.pdf")
    assert "更正说明：补录一张纸质登记表" in text
    assert "收集意见建议（件）由2改为3" in text
    assert [one.kind for one in later.issuing.listed()] == ["更正报送", "报送"]


def test_what_does_not_tie_is_reported_only_with_a_signed_explanation(october: Desks) -> None:
    standing = replace(october.issuing.standing(OCTOBER), ties=False)
    silent = [one for one in issue_problems(DRAFT, standing, desks_today(october)) if one]
    assert {one.field for one in silent} == {"note", "signed_by"}
    explained = replace(DRAFT, note="登记日期有误，正在核对", signed_by="罗成")
    assert not any(issue_problems(explained, standing, desks_today(october)))
    assert note_words(explained, standing) == "差异说明：登记日期有误，正在核对（说明人：罗成）"


def test_an_explanation_takes_the_word_draft_off_the_paper(october: Desks) -> None:
    report = october.reports.month_report(OCTOBER)
    wrong = replace(report.figures, tie=replace(report.figures.tie, closing=5))
    untied = replace(report, comparison=replace(report.comparison, now=wrong))
    issue = Issue(date(2026, 11, 25), "ab" * 32, "差异说明：正在核对（说明人：罗成）")
    assert untied.paper(working=False).draft
    assert replace(untied, issue=replace(issue, note="")).paper(working=False).draft
    paper = replace(untied, issue=issue).paper(working=False)
    assert not paper.draft
    assert paper.remarks == ("本期数字不平衡，相差 3 件，见差异说明。", issue.note)


@pytest.mark.parametrize(
    ("draft", "month", "field"),
    [
        (IssueDraft("2026-11-25", " "), OCTOBER, "to"),
        (IssueDraft("明天", "县人大"), OCTOBER, "on"),
        (IssueDraft("2026-12-01", "县人大"), OCTOBER, "on"),
        (IssueDraft("2026-10-30", "县人大"), OCTOBER, "on"),
        (DRAFT, NOVEMBER, "month"),
    ],
)
def test_what_hinders_a_report_is_said_at_its_field(
    october: Desks, draft: IssueDraft, month: periods.Period, field: str
) -> None:
    with pytest.raises(InvalidInput) as wrong:
        report(october, draft, month)
    assert field in {one.field for one in wrong.value.problems}


def test_a_paper_that_names_another_end_of_the_log_is_not_kept(october: Desks) -> None:
    packed = october.issuing.pack(OCTOBER, DRAFT)
    register(october, "2026-10-21", "又一件")
    with pytest.raises(InvalidInput, match="新的改动"):
        october.issuing.keep(packed)
    assert october.issuing.listed() == []


def test_undo_takes_the_report_off_the_list_and_the_log_keeps_it(october: Desks) -> None:
    report(october)
    october.housekeeping.undo()
    assert october.issuing.listed() == []
    assert october._file.value("SELECT count(*) FROM issued_summaries") == 1
    assert october.housekeeping.check().sound


def test_a_cut_off_end_of_the_log_is_seen_by_what_was_reported(october: Desks) -> None:
    issued = report(october)
    assert october.housekeeping.check().sound
    file = october._file
    last = file.value("SELECT max(id) FROM steps")
    file.plain_write("DELETE FROM changes WHERE step_id >= ?", [last - 1])
    file.plain_write("DELETE FROM steps WHERE id >= ?", [last - 1])
    health = october.housekeeping.check()
    assert health.broken_step is None  # the chain alone does not tell
    assert health.unvouched is not None
    assert health.unvouched.name == issued.name == "2026年10月工作月报（2026-11-25 报送）"


def test_a_changed_file_is_refused_and_named(october: Desks) -> None:
    issued = report(october)
    october._file.plain_write("UPDATE issued_summaries SET pdf = x'00' WHERE id = ?", [issued.id])
    with pytest.raises(StationFault, match="改动过"):
        october.issuing.content(issued, "pdf")
    assert october.housekeeping.check().unvouched is not None


def test_a_helper_may_not_report(october: Desks) -> None:
    packed = october.issuing.pack(OCTOBER, DRAFT)
    october._file.sign_in("李梅", Role.HELPER.rights)
    with pytest.raises(NotAllowed):
        october.issuing.keep(packed)
