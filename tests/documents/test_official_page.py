"""Official papers: the measures of GB/T 9704-2012, and nothing alone on a page."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from station_app.documents.charts import CategoryBars, MonthBars
from station_app.documents.fonts import font_book
from station_app.documents.line_breaking import NEVER_FIRST
from station_app.documents.official_blocks import (
    BLOCK_HEIGHT,
    PITCH,
    Block,
    Chart,
    Heading,
    Paragraph,
    SignOff,
    Table,
)
from station_app.documents.official_page import OfficialPaper, write_official_paper
from station_app.documents.page_pictures import page_png, page_sizes, page_texts
from station_app.support.faults import Cancelled
from tests.documents.sample_month import PAPER


def pages_of(folder: Path, blocks: Sequence[Block], *, demo: bool = False, draft: bool = False) -> list[str]:
    """Write a paper and return the text of each page."""
    path = folder / "文.pdf"
    paper = OfficialPaper(("禾溪镇人大代表联络站", "工作月报"), "禾溪镇人大代表联络站", tuple(blocks), demo, draft)
    write_official_paper(path, paper, bundled_only=True)
    assert page_sizes(path)[0] == pytest.approx((595.3, 841.9), abs=0.1)
    return page_texts(path)


def test_twenty_two_lines_stand_on_a_page() -> None:
    assert int(BLOCK_HEIGHT / PITCH) == 22


def test_pages_are_numbered_and_marked(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, [Paragraph(PAPER.prose[0])] * 4, demo=True, draft=True)
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        assert f"— {number} —" in page
        assert "示例数据" in page
        assert "草稿" in page


def test_prose_comes_out_as_it_went_in_and_keeps_the_line_rules(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, [Paragraph(PAPER.prose[0])])
    lines = pages[0].split("\n")
    assert PAPER.prose[0] in pages[0].replace("\n", "")
    assert all(line[:1] not in NEVER_FIRST for line in lines if line)


@pytest.mark.parametrize("count", range(12, 24))
def test_a_heading_never_ends_a_page(tmp_path: Path, count: int) -> None:
    blocks: list[Block] = [*[Paragraph("短句。")] * count, Heading("一、主要数据"), Paragraph("正文。")]
    for page in pages_of(tmp_path, blocks):
        assert ("主要数据" in page) == ("正文" in page)


@pytest.mark.parametrize("count", range(12, 24))
@pytest.mark.parametrize("seal", [True, False])
def test_the_sign_off_is_never_alone_on_a_page(tmp_path: Path, count: int, *, seal: bool) -> None:
    blocks: list[Block] = [*[Paragraph("短句。")] * count, SignOff("禾溪镇人民代表大会主席团", "2026年11月1日", seal)]
    last = pages_of(tmp_path, blocks)[-1]
    assert "2026年11月1日" in last
    assert "短句。" in last


def test_the_table_head_stands_on_every_page(tmp_path: Path) -> None:
    rows = [(f"2026-{n:04d}", "路灯") for n in range(60)]
    pages = pages_of(tmp_path, [Table(("编号", "反映内容"), rows, (1, 3))])
    assert len(pages) == 3
    assert all("反映内容" in page for page in pages)
    assert all(code in "".join(pages) for code, _ in rows)


def test_charts_carry_their_numbers(tmp_path: Path) -> None:
    charts: list[Block] = [
        Chart(CategoryBars(PAPER.categories)),
        Chart(MonthBars(PAPER.trend)),
        Chart(MonthBars([("1月", 0, 0)])),
    ]
    text = pages_of(tmp_path, charts)[0]
    for label, received, closed in PAPER.categories:
        assert f"新收 {received}　办结 {closed}" in text
        assert label in text
    for month, received, closed in PAPER.trend:
        assert month in text
        assert str(received) in text
        assert str(closed) in text


def test_headings_are_bookmarks(tmp_path: Path) -> None:
    import pypdfium2  # type: ignore[import-untyped] # it has no type information

    pages_of(tmp_path, [Heading("一、主要数据"), Paragraph("正文。"), Heading("二、分类"), Paragraph("正文。")])
    document = pypdfium2.PdfDocument(tmp_path / "文.pdf")
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    assert document.get_metadata_dict()["Title"] == "禾溪镇人大代表联络站工作月报"
    assert document.get_metadata_dict()["Author"] == "禾溪镇人大代表联络站"
    document.close()
    assert titles == ["禾溪镇人大代表联络站工作月报", "一、主要数据", "二、分类"]


def test_a_page_becomes_a_picture(tmp_path: Path) -> None:
    pages_of(tmp_path, [Paragraph("正文。")])
    for grey in (True, False):
        png = page_png(tmp_path / "文.pdf", 0, pixel_width=300, grey=grey)
        assert png.startswith(b"\x89PNG")
        assert int.from_bytes(png[16:20]) == 300
        assert png[25] == (0 if grey else 2)


def test_a_cancelled_paper_leaves_no_file(tmp_path: Path) -> None:
    paper = OfficialPaper(("题",), "站", (Paragraph("正文。"),))
    with pytest.raises(Cancelled):
        write_official_paper(tmp_path / "文.pdf", paper, lambda: True, bundled_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_seal_has_its_forty_five_millimetres() -> None:
    book = font_book(bundled_only=True)
    assert SignOff("主席团", "2026年11月1日", seal=True).pieces(book)[0].height >= 45 / 25.4 * 72
