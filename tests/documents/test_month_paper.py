"""The month's summary says the same on paper and in Excel."""

import re
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from station_app.documents.month_paper import write_month_pdf, write_month_workbook
from station_app.documents.page_pictures import page_texts
from tests.documents.sample_month import PAPER, paper


def text_of(path: Path) -> str:
    """Return the text of all pages without blanks."""
    return re.sub(r"\s", "", "".join(page_texts(path)))


def test_everything_of_the_month_is_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "月报.pdf"
    write_month_pdf(path, PAPER, bundled_only=True)
    assert len(page_texts(path)) <= 3
    text = text_of(path)
    assert "禾溪镇人大代表联络站2026年10月工作月报" in text
    for rows in (PAPER.figures, PAPER.overdue, PAPER.promises, PAPER.plan):
        for row in rows:
            for cell in row:
                assert re.sub(r"\s", "", cell) in text
    for heading in ("一、主要数据", "二、新收意见建议分类", "三、处理方式", "五、超期未答复", "六、下月接待安排"):
        assert heading in text
    assert "新收意见建议24件，按处理方式分：当场答复4件、镇级交办13件" in text
    assert "村（居）办理" not in text
    assert "草稿" not in text
    assert all("示例数据" in page for page in page_texts(path))


def test_a_draft_and_its_remarks_are_printed(tmp_path: Path) -> None:
    path = tmp_path / "月报.pdf"
    write_month_pdf(path, paper(draft=True, demo=False, remarks=("差异说明：补录1件。",)), bundled_only=True)
    assert all("草稿" in page for page in page_texts(path))
    assert "差异说明：补录1件。" in text_of(path)
    assert "示例数据" not in text_of(path)


def test_a_quiet_month_says_so(tmp_path: Path) -> None:
    path = tmp_path / "月报.pdf"
    quiet = paper(categories=(), trend=(), dispositions=(), overdue=(), promises=(), plan=())
    write_month_pdf(path, quiet, bundled_only=True)
    text = text_of(path)
    for words in ("本月没有新收意见建议。", "月末无超期未答复事项。", "无到期承诺事项。", "下月接待日尚未安排。"):
        assert words in text


def test_the_same_month_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("1.pdf", "2.pdf"):
        write_month_pdf(tmp_path / name, PAPER, bundled_only=True)
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_the_workbook_holds_the_same_figures_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "月报.xlsx"
    write_month_workbook(
        path, paper(cases=(("本期新收", "2026-0145", "2026-10-07", "路灯"),), notes=(("口径", "按提出日期"),))
    )
    book = load_workbook(path)
    assert book.sheetnames == [
        "主要数据", "新收意见建议分类", "处理方式", "各月新收办结", "超期未答复", "到期承诺事项", "下月接待安排", "明细", "说明",
    ]  # fmt: skip
    figures = book["主要数据"]
    assert [figures.cell(4, n).value for n in range(1, 7)] == ["接待次数（次）", 4, 3, 3, 36, 118]
    assert figures["B11"].value == "78.3%（18/23）"
    assert book["新收意见建议分类"]["B10"].value == sum(received for _, received, _ in PAPER.categories)
    assert book["处理方式"]["B10"].value == 24
    assert book["明细"]["B4"].value == "2026-0145"
    assert book["明细"]["C4"].number_format == "yyyy-mm-dd"
    sheets: list[Any] = book.worksheets
    for sheet in sheets:
        assert sheet.oddHeader.center.text == "示例数据"
        assert sheet.page_setup.fitToWidth == 1
