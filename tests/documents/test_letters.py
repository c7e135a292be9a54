"""Papers as PDF: whole, embedded, torn only where a page ends, with a slip that stays in one piece."""

from dataclasses import replace
from pathlib import Path

import pytest

from station_app.documents.letters import Letter, LetterSlip, LetterTable, letter_pdf, unprintable
from station_app.documents.page_pictures import page_count, page_picture, page_texts
from tests.documents.printed_page import boxes, faces_not_embedded, lines_begun_wrong, printed_pages

SLIP = LetterSlip("签收回执", (("签收单位\n（盖章）", "签收人"), ("联系电话", "签收日期：　年　月　日")), "已收到。")
SHEET = Letter(
    title="意见建议交办单",
    number="交办单 2026-021",
    code="7KQ3MP",
    document_number="",
    recipient="禾溪镇人民政府",
    opening="现将禾溪镇人大代表联络站收集的1件意见建议交由你单位办理，有关情况和要求如下。",
    request="",
    facts=(
        ("编号", "HX-2026-0101"), ("提出日期", "2026年11月10日"), ("事项", "㛃江边𠅤坪护栏损坏"),
        ("反映内容\n（原话）", "㛃江边𠅤坪的护栏坏了，𬭚家坪的老人走那里不放心。"), ("承办单位", "镇城建办"),
    ),
    table=None,
    organ="禾溪镇人民代表大会主席团",
    date="2026年11月25日",
    contact="（联系人：钟䶮　电话：14000000000）",
    copies="镇城建办",
    slip=SLIP,
    about="HX-2026-0101",
    form=True,
    demo=True,
)  # fmt: skip
WORDS = "水渠从春上就淤了，晚稻灌不上水；" * 130
ROWS = tuple((str(n), f"HX-2026-{n:04}", f"第{n}件：水渠淤塞，晚稻灌不上水。", "镇城建办") for n in range(1, 61))
LIST = replace(
    SHEET,
    facts=(),
    request="请收到后签收并退回回执。",
    table=LetterTable(("序号", "编号", "反映事项", "承办单位"), ROWS, (11, 29, 80, 36), frozenset({2})),
)


def texts(letter: Letter) -> list[str]:
    """Return the text of every page without blanks."""
    return ["".join(page.split()) for page in page_texts(letter_pdf(letter, bundled_only=True))]


def written(tmp_path: Path, letter: Letter) -> Path:
    path = tmp_path / "文书.pdf"
    path.write_bytes(letter_pdf(letter, bundled_only=True))
    return path


@pytest.mark.parametrize("letter", [SHEET, LIST, replace(SHEET, form=False, qr=True)])
def test_every_face_is_carried_along_and_no_character_is_lost(tmp_path: Path, letter: Letter) -> None:
    path = written(tmp_path, letter)
    assert faces_not_embedded(path) == set()
    assert unprintable(letter) == {}
    for page in printed_pages(path):
        assert boxes(page) == []
        assert "〓" not in {one.char for one in page}


def test_no_line_begins_with_a_closing_mark(tmp_path: Path) -> None:
    long = replace(SHEET, facts=(*SHEET.facts, ("办理要求", WORDS)))
    for page in printed_pages(written(tmp_path, long)):
        assert lines_begun_wrong(page) == []


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert letter_pdf(SHEET, bundled_only=True) == letter_pdf(SHEET, bundled_only=True)


def test_a_sheet_is_one_page_with_rare_names_that_can_be_copied() -> None:
    (page,) = texts(SHEET)
    for words in (
        "㛃江边𠅤坪护栏损坏",
        "𬭚家坪",
        "钟䶮",
        "交办单2026-021",
        "回执码7KQ3MP",
        "抄送：镇城建办。",
        "示例数据",
    ):
        assert words in page
    assert page.count("7KQ3MP") == 3, "at the head, on the slip and in the foot"


def test_a_preview_says_that_it_has_no_number_yet() -> None:
    (page,) = texts(replace(SHEET, number="", code=""))
    assert page.count("（打印时编号）") >= 3
    assert "2026-021" not in page


def test_a_list_over_several_pages_repeats_its_head_and_keeps_the_seal_with_text() -> None:
    pages = texts(LIST)
    assert len(pages) > 2
    listed = [page for page in pages if "第1件" in page or "HX-2026" in page.replace("意见编号HX-2026", "")]
    assert all("序号编号反映事项承办单位" in page for page in listed[:-1])
    assert all(f"第{n}件：" in "".join(pages) for n in range(1, 61))
    (sealed,) = [page for page in pages if "主席团2026年11月25日" in page]
    assert "请收到后签收并退回回执。" in sealed


@pytest.mark.parametrize("count", range(1, 30))
def test_the_slip_is_never_torn(count: int) -> None:
    assert LIST.table is not None
    letter = replace(LIST, table=replace(LIST.table, rows=ROWS[:count]))
    pages = texts(letter)
    (slip,) = [page for page in pages if "请沿虚线裁下寄回" in page]
    for words in ("签收回执", "签收单位", "签收人", "联系电话", "签收日期"):
        assert words in slip
    (sealed,) = [page for page in pages if "主席团2026年11月25日" in page]
    assert len(sealed) > 100, "the seal is never alone"


@pytest.mark.parametrize("filler", range(0, 2000, 190))
def test_a_long_matter_goes_on_overleaf_with_nothing_lost(filler: int) -> None:
    facts = (("编号", "HX-2026-0101"), ("反映内容", WORDS[: 2000 - filler] + "完。"))
    text = "".join(texts(replace(SHEET, facts=facts)))
    assert abs(text.count("水渠") - facts[1][1].count("水渠")) <= 2, "a word may be parted by the foot of a page"
    assert "完。" in text


def test_the_code_is_drawn_as_squares_only_when_wanted() -> None:
    plain, drawn = (letter_pdf(replace(SHEET, qr=qr), bundled_only=True) for qr in (False, True))
    assert page_count(drawn) == page_count(plain) == 1
    assert _dark(drawn) > _dark(plain) * 1.1


def _dark(pdf: bytes) -> int:
    picture = page_picture(pdf, 0, dpi=60, grey=True)
    return sum(value < 100 for value in picture.pixels)
