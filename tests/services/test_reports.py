"""What the station hands out: Excel, PDF and figures say the same."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from station_app.documents.columns import Kind
from station_app.documents.ledgers import OPINION_LEDGER, VISIT_LEDGER
from station_app.documents.page_pictures import page_count, page_texts
from station_app.domain import periods
from station_app.domain.events import Event, EventKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.progress import Disposition
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import OrganKind, Tier
from station_app.services.books import Book, Selection
from station_app.station import Desks
from station_app.storage.opinions import OpinionRecords
from station_app.support.faults import Cancelled

NOVEMBER = periods.month("2026-11")
MONTH = Selection(Book.VISITS, NOVEMBER.from_on, NOVEMBER.to_on, "2026年11月")
DRAFT = VisitDraft(
    on="2026-11-25",
    day_id=1,
    visitor=VisitorDraft(name="阿依古丽·买买提", phone="14000000001", address="竹坑村六组", people=3),
    receivers=(Receiver("钟䶮", 1),),
    opinions=(
        OpinionDraft("=1+1 不是公式，是沟渠淤塞。", category="农业农村"),
        OpinionDraft("高龄补贴怎么申请", nature="咨询", disposition=Disposition.ON_SPOT, answer="说明了材料"),
    ),
)


def squeezed(path: Path) -> str:
    return "".join("".join(page_texts(path)).split())


@pytest.fixture
def filled(desks: Desks) -> Desks:
    desks.reception.register_visit(DRAFT)
    desks.reception.register_visit(
        replace(DRAFT, visitor=VisitorDraft(name="㛃𠅤", no_phone=True), opinions=(), notes="领宣传单")
    )
    desks.opinions.move(1, MoveDraft(Move.HAND_OVER, "2026-11-25", tier=Tier.TOWNSHIP, unit_id=1))
    return desks


@pytest.mark.parametrize(
    "selection", [MONTH, replace(MONTH, day_id=1), replace(MONTH, book=Book.OPINIONS), replace(MONTH, book=Book.ROSTER)]
)
def test_excel_and_pdf_say_the_same_in_every_column(filled: Desks, tmp_path: Path, selection: Selection) -> None:
    sheet = filled.reports.books.sheet(selection)
    xlsx = filled.reports.export(selection, "xlsx", tmp_path)
    pdf = squeezed(filled.reports.export(selection, "pdf", tmp_path))
    page = openpyxl.load_workbook(xlsx).worksheets[0]
    heads, *cells = page.iter_rows(min_row=3, max_col=len(sheet.columns), values_only=True)
    assert list(heads) == [column.title for column in sheet.columns]
    assert sheet.rows
    for line, row in zip(sheet.rows, cells, strict=False):
        for column, cell in zip(sheet.columns, row, strict=True):
            value = column.value(line)
            form = "%Y-%m" if column.kind is Kind.MONTH else "%Y-%m-%d"
            shown = cell.strftime(form) if isinstance(cell, datetime) else cell
            assert shown == (value if value not in ("", None) else None), column.key
            assert "".join(str(value if value is not None else "").split()) in pdf, column.key


def test_a_visit_without_opinion_has_one_row_and_people_count_once(filled: Desks) -> None:
    lines = filled.reports.books.sheet(MONTH).rows
    assert [(line.case_number or line.visit_number, line.people) for line in lines] == [
        ("HX-2026-0001", 3),
        ("HX-2026-0002", None),
        ("D2026-0002", 1),
    ]


def test_notes_stand_on_a_visits_first_row_beside_its_opinions(desks: Desks) -> None:
    desks.reception.register_visit(replace(DRAFT, notes="带来了照片"))
    first, second = desks.reports.books.sheet(MONTH).rows
    assert first.remark == "带来了照片"
    assert second.remark == "咨询"


def test_what_was_voided_is_not_in_the_total(filled: Desks) -> None:
    with filled._file.write("作废") as step:
        OpinionRecords(filled._file).add_event(step, 1, Event(EventKind.VOIDED, "2026-11-25"), "肖敏")
    assert filled.reports.books.sheet(MONTH).total["words"] == "意见建议 0 件，不计件（咨询等）1 件"


def test_a_street_of_a_district_reads_its_own_words(filled: Desks) -> None:
    profile = replace(filled.settings.profile(), organ_kind=OrganKind.STREET, county_name="清源区")
    filled.settings.save_profile(profile)
    chosen = replace(MONTH, book=Book.OPINIONS, keys=("village", "disposition"))
    column = {column.key: column for column in filled.reports.books.sheet(chosen).columns}
    line = replace(filled.reports.books.sheet(chosen).rows[0])
    assert column["disposition"].value(line) == "街道交办"
    case = replace(line.case, village="", progress=replace(line.case.progress, disposition=Disposition.COUNTY))
    (other,) = filled.reports.books.opinion_lines([case])
    assert (column["village"].value(other), column["disposition"].value(other)) == ("全街道/其他", "报区人大(转办)")


def test_the_redacted_version_holds_no_name_and_no_phone(filled: Desks, tmp_path: Path) -> None:
    for book in (Book.VISITS, Book.OPINIONS):
        text = squeezed(filled.reports.export(replace(MONTH, book=book, redacted=True), "pdf", tmp_path))
        assert "阿依古丽" not in text
        assert "14000000001" not in text
        assert "沟渠淤塞" in text


def test_hidden_columns_can_be_chosen(filled: Desks) -> None:
    chosen = filled.reports.books.sheet(replace(MONTH, keys=("index", "number", "disposition")))
    assert [column.key for column in chosen.columns] == ["index", "number", "disposition"]


def test_ledgers_show_the_columns_the_forms_ask_for() -> None:
    assert [column.title for column in VISIT_LEDGER.shown()] == [
        "序号", "编号", "选民(群众)姓名", "性别", "联系电话", "住址", "人数", "反映内容(原话)", "类别", "当场答复情况",
        "拟办意见", "接待人", "备注",
    ]  # fmt: skip
    assert [column.title for column in OPINION_LEDGER.shown()] == [
        "序号", "编号", "提出日期", "提出人", "反映内容", "类别", "村(居)", "承办单位", "交办(转办)日期", "办理期限",
        "答复日期及类别", "反馈日期", "满意度", "办结日期", "备注",
    ]  # fmt: skip


def test_the_months_set_is_six_whole_files_that_agree(filled: Desks, tmp_path: Path) -> None:
    steps: list[float] = []
    written = filled.reports.month_set(NOVEMBER, tmp_path / "全套", lambda part, _word: steps.append(part))
    assert [path.suffix for path in written.files] == [".pdf", ".xlsx"] * 3
    assert steps == sorted(steps)
    assert written.figures.ties
    text = squeezed(written.files[0])
    assert "".join(written.summary.split()) in text
    assert "收集意见建议1件" in text
    workbook = openpyxl.load_workbook(written.files[1])
    table = {row[0]: row[1] for row in workbook.worksheets[0].iter_rows(min_row=4, values_only=True) if row[0]}
    assert str(table["收集意见建议（件）"]) == str(written.figures.count("received")) == "1"
    assert [path.name for path in (tmp_path / "全套").iterdir() if path.name.startswith(".")] == []


def test_a_cancelled_set_leaves_no_half_file(filled: Desks, tmp_path: Path) -> None:
    answers = iter([False, False, True])
    with pytest.raises(Cancelled):
        filled.reports.month_set(NOVEMBER, tmp_path / "全套", cancelled=lambda: next(answers, True))
    assert all(path.suffix in {".pdf", ".xlsx"} for path in (tmp_path / "全套").iterdir())
    for path in (tmp_path / "全套").glob("*.pdf"):
        assert page_count(path) > 0


def test_forms_are_a_page_each_and_keep_rare_names(filled: Desks, tmp_path: Path) -> None:
    filled.reports.forms.write([1, 2], tmp_path / "表.pdf")
    assert page_count(tmp_path / "表.pdf") == 2
    assert "㛃𠅤" in squeezed(tmp_path / "表.pdf")
    numbers = filled.reception.print_blank_forms(3).value
    filled.reports.forms.write_blank(numbers, tmp_path / "空白.pdf")
    assert [numbers[page] in text for page, text in enumerate(page_texts(tmp_path / "空白.pdf"))] == [True] * 3


def test_a_long_job_reads_its_own_copy_of_the_file(filled: Desks) -> None:
    with filled.reading() as copy:
        assert copy.reports.figures(NOVEMBER).count("received") == 1
    filled.reception.register_visit(DRAFT)
    assert filled.reports.figures(NOVEMBER).count("received") == 2
