"""The 名册核对表: what is registered of everybody, room to correct it, each group on pages of its own."""

import re
from dataclasses import fields
from pathlib import Path

from station_app.documents.check_list import CheckLine, CheckList, CheckPart, write_check_list
from station_app.documents.page_pictures import page_sizes, page_texts
from tests.documents.printed_page import boxes, printed_pages

LINE = CheckLine(
    name="买买提·吐尔逊",
    levels="县、镇",
    post="清源县宏达建材有限责任公司副总经理兼工会主席",
    phone="14000664501",
    birth_month="1978-05",
    party="中共党员",
    village="竹坑村",
    checked_on="2025-03-02",
)


def pages_of(folder: Path, *parts: CheckPart) -> list[str]:
    """Write the list and return the text of each page without blanks."""
    path = folder / "核对表.pdf"
    paper = CheckList("禾溪镇人大代表联络站", "2026-11-25", parts, demo=True)
    write_check_list(path, paper, bundled_only=True)
    assert all(width > height for width, height in page_sizes(path))
    assert not any(boxes(page) for page in printed_pages(path))
    return [re.sub(r"\s", "", page) for page in page_texts(path)]


def deputies(count: int) -> tuple[CheckLine, ...]:
    return tuple(CheckLine(f"第{number}号代表", "镇", phone=f"140006645{number:02d}") for number in range(count))


def test_everything_registered_is_on_it_beside_room_to_correct_and_sign(tmp_path: Path) -> None:
    (page,) = pages_of(tmp_path, CheckPart("河东片代表小组", (LINE,)))
    for field in fields(CheckLine):
        assert getattr(LINE, field.name) in page
    for words in ("更正内容", "签名、日期", "核对人（签名）：", "核对日期：", "内部资料", "河东片代表小组", "示例数据"):
        assert words in page


def test_who_was_never_checked_says_so(tmp_path: Path) -> None:
    assert "未核对" in pages_of(tmp_path, CheckPart("", (CheckLine("钟䶮"),)))[0]


def test_every_group_begins_a_page_and_heads_stand_on_all_of_them(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, CheckPart("河东片代表小组", deputies(30)), CheckPart("河西片代表小组", deputies(3)))
    assert ["河东片" in page for page in pages] == [True, True, True, False]
    assert "河西片" in pages[-1]
    assert all("上次核对" in page and "内部资料" in page for page in pages)
    assert [f"第{number}页/共{len(pages)}页" in page for number, page in enumerate(pages, 1)] == [True] * 4
    assert [len(re.findall(r"第\d+号代表", page)) for page in pages] == [12, 12, 6, 3]


def test_few_left_over_take_company_from_the_page_before(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, CheckPart("", deputies(25)))
    assert [len(re.findall(r"第\d+号代表", page)) for page in pages] == [12, 10, 3]


def test_the_same_list_makes_the_same_bytes(tmp_path: Path) -> None:
    pages_of(tmp_path, CheckPart("", (LINE,)))
    first = (tmp_path / "核对表.pdf").read_bytes()
    pages_of(tmp_path, CheckPart("", (LINE,)))
    assert (tmp_path / "核对表.pdf").read_bytes() == first
