"""PDF ledgers: nothing missing, heads on every page, ready to sign."""

import re
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.documents.columns import Sheet
from station_app.documents.fonts import font_book, missing_characters
from station_app.documents.line_breaking import NEVER_FIRST
from station_app.documents.page_pictures import page_count, page_sizes, page_texts
from station_app.documents.pdf_ledger import missing_in_ledger, write_ledger_pdf
from station_app.support.faults import Cancelled, StationFault
from tests.documents.sample_ledger import RARE_NAMES, WORDS, sheet, sheet_of, visits


def texts_of(folder: Path, filled: Sheet) -> list[str]:
    """Write ``filled`` and return the text of each page."""
    path = folder / "台账.pdf"
    write_ledger_pdf(path, filled, bundled_only=True)
    return page_texts(path)


def together(text: str) -> str:
    """Return ``text`` without the blanks that lines and cells leave.

    PDFium takes a hyphen at a line's end for one of hyphenation and gives U+0002 for it.
    """
    return re.sub(r"\s", "", text.replace("\x02", "-"))


def test_everything_of_the_ledger_is_on_paper(tmp_path: Path) -> None:
    pages = texts_of(tmp_path, sheet(5))
    text = together("".join(pages))
    for words in (
        "接待选民登记台账",
        "填报单位（盖章）：禾溪镇人大代表联络站",
        "负责人：",
        "填表人：肖敏",
        "合计5批",
        "第1页/共1页",
    ):
        assert words in text
    for words in (*WORDS, "2026-0145", "2026-11-02", "14000000003", "1978-05", "78.3%"):
        assert together(words) in text
    for name in RARE_NAMES[:4]:
        assert name in pages[0]
    assert "示例数据" not in text


def test_heads_page_numbers_and_the_demo_mark_are_on_every_page(tmp_path: Path) -> None:
    pages = texts_of(tmp_path, sheet(120, demo=True))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert "反映内容（原话）" in page
        assert f"第 {number} 页 / 共 {len(pages)} 页" in page
        assert "示例数据" in page
    assert sum("接待选民登记台账" in page for page in pages) == 1
    assert ["负责人：" in page for page in pages] == [False] * (len(pages) - 1) + [True]


@pytest.mark.parametrize("count", range(10, 40, 2))
def test_the_total_and_the_signatures_never_stand_alone(tmp_path: Path, count: int) -> None:
    last = together(texts_of(tmp_path, sheet(count))[-1])
    assert f"合计{count}批" in last
    assert f"2026-{count + 144:04d}" in last


def test_a_row_higher_than_a_page_goes_on_over_the_page(tmp_path: Path) -> None:
    row = replace(visits(1)[0], words="\n".join(f"{n}行" for n in range(60)))
    pages = texts_of(tmp_path, sheet(1, rows=(visits(1)[0], row), total={}))
    assert len(pages) == 2
    assert all(f"{n}行" in "".join(pages) for n in range(60))


def test_very_long_text_shows_its_beginning_and_where_the_whole_is(tmp_path: Path) -> None:
    text = together("".join(texts_of(tmp_path, sheet_of("请修路。" * 200))))
    assert "全文见登记表" in text
    assert text.count("请修路。") > 60


@pytest.mark.parametrize(
    ("paper", "landscape", "size"), [("A4", True, (842, 595)), ("A4", False, (595, 842)), ("A3", True, (1191, 842))]
)
def test_the_paper_is_what_was_asked_for(tmp_path: Path, paper: str, *, landscape: bool, size: tuple[int, int]) -> None:
    path = tmp_path / "台账.pdf"
    write_ledger_pdf(path, sheet(1, paper=paper, landscape=landscape), bundled_only=True)
    assert page_sizes(path)[0] == pytest.approx(size, abs=1)


def test_the_same_ledger_gives_the_same_bytes_with_all_fonts_embedded(tmp_path: Path) -> None:
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for path in (first, second):
        write_ledger_pdf(path, sheet(40), bundled_only=True)
    content = first.read_bytes()
    assert content == second.read_bytes()
    assert b"Helvetica" not in content
    assert content.count(b"/Type /FontDescriptor") == content.count(b"/FontFile2")
    assert b"/Outlines" in content


def test_no_line_begins_with_a_closing_mark(tmp_path: Path) -> None:
    narrow = tuple(replace(column, width=8 if column.key == "words" else column.width) for column in sheet(1).columns)
    for page in texts_of(tmp_path, sheet(30, columns=narrow)):
        for line in page.split("\n"):
            assert line[:1] not in NEVER_FIRST or not line


def test_an_empty_ledger_is_a_page_with_heads(tmp_path: Path) -> None:
    pages = texts_of(tmp_path, sheet(0, total={}, foot=(), head=("", "", "")))
    assert len(pages) == 1
    assert "反映内容" in pages[0]


def test_characters_no_face_has_are_told_with_their_cell_and_never_printed_as_a_box(tmp_path: Path) -> None:
    row = replace(visits(1)[0], name="李👍")
    filled = sheet(1, rows=(row,))
    assert missing_in_ledger(filled, bundled_only=True) == {"👍": "李👍"}
    assert "李〓" in texts_of(tmp_path, filled)[0]


@pytest.mark.parametrize("count", [1, 2, 24])
def test_any_number_of_columns_finds_its_place(tmp_path: Path, count: int) -> None:
    columns = tuple(replace(sheet(1).columns[n % 9], key=str(n), group="") for n in range(count))
    text = together("".join(texts_of(tmp_path, sheet(3, columns=columns, total={}))))
    assert text.count("序号") == (count + 8) // 9


def test_a_cancelled_ledger_leaves_no_file(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    stop: Callable[[], bool] = lambda: len(steps) > 2  # noqa: E731 - one line says it
    with pytest.raises(Cancelled):
        write_ledger_pdf(tmp_path / "台账.pdf", sheet(500), lambda a, b: steps.append((a, b)), stop, bundled_only=True)
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_pdf_is_told_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.7 cut")
    with pytest.raises(StationFault, match="打不开"):
        page_count(tmp_path / "坏.pdf")


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="gb18030", exclude_categories=["C", "Z", "M"]), max_size=40))
def test_any_text_a_face_has_survives_the_pdf(text: str) -> None:
    missing = missing_characters([text], bundled_only=True)
    kept = "".join(char for char in text if char not in missing)
    with tempfile.TemporaryDirectory() as folder:
        page = together("".join(texts_of(Path(folder), sheet_of(kept))))
    assert kept in page
    assert font_book(bundled_only=True).missing_characters([kept]) == {}
