"""The 公示牌: everybody is on it, whole and once, on every paper; it looks the same each time it is written."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped] # it has no type information
import pytest
from PIL import Image
from pypdfium2 import raw

from station_app.documents.fonts import Role, font_book
from station_app.documents.name_lines import name_lines
from station_app.documents.page_pictures import page_sizes, page_texts
from station_app.documents.photos import portrait
from station_app.documents.wall_cards import WallCard, WallRoster, WallSection
from station_app.documents.wall_grid import CardSizes, Grid, MeasuredCard, best_grid
from station_app.documents.wall_roster import unprintable, write_wall_roster
from station_app.domain.problems import InvalidInput
from station_app.support.faults import Cancelled
from tests.documents.printed_page import boxes, faces_not_embedded, printed_pages

LONG = "阿卜杜热合曼·买买提依明·阿不都克里木"
NAMES = ("欧阳建国", "𠅤㛃玉", "钟䶮", LONG, "司马义·铁力瓦尔地", "单小芳", "𬭚文")
PAPERS = [("A4", False), ("A4", True), ("A3", False), ("A3", True)]


def photo(size: tuple[int, int] = (600, 900), colour: str = "#3a6ea5") -> bytes:
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "JPEG")
    return written.getvalue()


def card(number: int) -> WallCard:
    return WallCard(
        name=f"{NAMES[number % len(NAMES)]}{'甲乙丙丁戊己庚辛壬癸'[number // len(NAMES)]}",
        levels="县、镇人大代表",
        post=("竹坑村党支部书记、村委会主任", "清源县宏达建材有限责任公司副总经理兼工会主席", "护林员")[number % 3],
        places="、".join(("竹坑村", "上坪村", "枫林村", "石桥村")[: number % 5]),
        phone=f"140006645{number:02d}" if number % 4 == 0 else "",
    )


def board(count: int, groups: int = 1, paper: str = "A3", *, landscape: bool = False) -> WallRoster:
    cards = [card(number) for number in range(count)]
    sections = tuple(
        WallSection(f"第{group + 1}代表小组" if groups > 1 else "", tuple(cards[group::groups]), "组长：欧阳建国")
        for group in range(groups)
    )
    facts = (("站址", "禾溪镇振兴路12号"), ("接待时间", "农历逢四、七圩日 9:00–11:30"), ("联系电话", "14000660001"))
    return WallRoster("禾溪镇人大代表联络站", sections, facts, "2026年11月", paper, landscape, demo=True)


def written(folder: Path, roster: WallRoster, name: str = "a.pdf") -> Path:
    path = folder / name
    write_wall_roster(path, roster, bundled_only=True)
    return path


def squeezed(path: Path) -> list[str]:
    return [re.sub(r"\s", "", text) for text in page_texts(path)]


@pytest.mark.parametrize(("paper", "landscape"), PAPERS)
@pytest.mark.parametrize(("count", "groups"), [(1, 1), (6, 1), (23, 3), (70, 5)])
def test_everybody_is_on_it_once_and_whole(
    tmp_path: Path, count: int, groups: int, paper: str, *, landscape: bool
) -> None:
    roster = board(count, groups, paper, landscape=landscape)
    path = written(tmp_path, roster)
    text = "".join(squeezed(path))
    for one in (card for section in roster.sections for card in section.cards):
        assert text.count(one.name) == 1
        assert one.phone in text
    for section in roster.sections:
        assert section.title in text
    for page in squeezed(path):
        assert "禾溪镇人大代表联络站" in page
        assert "代表公示牌" in page
        assert "14000660001" in page
        assert "示例数据" in page
    assert all((width > height) is landscape for width, height in page_sizes(path))


@pytest.mark.parametrize(("paper", "landscape"), PAPERS)
def test_nothing_is_printed_outside_the_margins_or_over_something_else(
    tmp_path: Path, paper: str, *, landscape: bool
) -> None:
    path = written(tmp_path, board(70, 4, paper, landscape=landscape))
    margin = 14 * 72 / 25.4 * (1.3 if paper == "A3" else 1)
    for page, (width, _height) in zip(printed_pages(path), page_sizes(path), strict=True):
        assert min(char.left for char in page) >= margin - 1
        assert max(char.right for char in page) <= width - margin + 1
        assert not boxes(page)
        foot = max(char.bottom + char.size for char in page if char.char == "址")
        shown = [char for char in page if char.bottom > foot]
        places = {(round(char.left), round(char.bottom)) for char in shown}
        assert len(places) == len(shown)
    assert not faces_not_embedded(path)


def measured(one: WallCard, sizes: CardSizes) -> MeasuredCard:
    return MeasuredCard(one, sizes, (), sizes.photo_height + 40 + 10 * (len(one.post) > 10))


@pytest.mark.parametrize("count", range(1, 71))
def test_no_card_stands_alone_in_a_row_and_pages_never_overflow(count: int) -> None:
    grid: Grid = best_grid(
        [("", "", [card(number) for number in range(count)])], width=500, height=600, scale=1, measure=measured
    )
    rows = [len(row.cards) for page in grid.pages for row in page]
    assert sum(rows) == count
    assert max(rows) - min(rows) <= 1
    assert count == 1 or min(rows) > 1
    for number, page in enumerate(grid.pages):
        assert grid.used(number) + grid.gap(number) * (len(page) - 1) <= grid.room + 0.01


def test_the_same_deputies_make_the_same_bytes(tmp_path: Path) -> None:
    pictured = WallSection("", (WallCard("钟䶮", "镇人大代表", photo=photo), card(1)))
    roster = WallRoster("禾溪镇人大代表联络站", (pictured,))
    assert written(tmp_path, roster).read_bytes() == written(tmp_path, roster, "b.pdf").read_bytes()


def test_photos_are_drawn_and_what_is_no_photo_leaves_the_silhouette(tmp_path: Path) -> None:
    cards = (
        WallCard("钟䶮", "镇人大代表", photo=photo),
        WallCard("欧阳建国", "镇人大代表", photo=lambda: photo()[:200]),
        WallCard("单小芳", "镇人大代表", photo=lambda: None),
        WallCard("覃水生", "镇人大代表"),
    )
    path = written(tmp_path, WallRoster("禾溪镇人大代表联络站", (WallSection("", cards),)))
    document = pypdfium2.PdfDocument(path)
    pictures = [len(list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))) for page in document]
    document.close()
    assert pictures == [1]
    assert "覃水生" in "".join(squeezed(path))


@pytest.mark.parametrize("size", [(600, 900), (3000, 900), (400, 4000), (30, 20), (1, 1)])
def test_a_portrait_is_cut_to_five_by_seven_and_never_enlarged(size: tuple[int, int]) -> None:
    width, height = Image.open(BytesIO(portrait(photo(size), "a.jpg", 420))).size
    assert height <= min(420, size[1])
    assert width <= size[0]
    assert abs(width - height * 5 / 7) <= 1


def test_a_portrait_that_is_no_photo_is_refused_in_words() -> None:
    with pytest.raises(InvalidInput, match="读不出来"):
        portrait(b"no photo", "a.jpg", 420)


def test_long_names_break_after_the_middle_dot() -> None:
    advances = font_book(bundled_only=True).advances(Role.HEI)
    assert name_lines("欧阳建国", 8, advances) == ["欧阳建国"]
    assert name_lines(LONG, 8, advances) == ["阿卜杜热合曼·", "买买提依明·", "阿不都克里木"]
    assert name_lines(LONG, 14, advances) == ["阿卜杜热合曼·买买提依明·", "阿不都克里木"]
    assert "".join(name_lines(LONG, 3, advances)) == LONG


def test_a_long_name_of_the_station_breaks_into_lines_of_like_length(tmp_path: Path) -> None:
    name = "清源县禾溪镇人民代表大会代表中心联络站（圩镇社区党群服务中心）"
    path = written(tmp_path, replace(board(6, paper="A4"), station=name))
    lines = page_texts(path)[0].split("\n")
    head = [line.strip() for line in lines if line.strip() and line.strip() in name]
    assert "".join(head) == name
    assert min(map(len, head)) > len(name) / 3


def test_a_stopped_board_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_wall_roster(tmp_path / "a.pdf", board(6), cancelled=lambda: True)
    assert not list(tmp_path.iterdir())


def test_progress_tells_every_card(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_wall_roster(tmp_path / "a.pdf", board(6), lambda done, of: told.append((done, of)))
    assert told == [(number, 6) for number in range(7)]


def test_characters_without_a_face_are_named_with_the_name_they_stand_in() -> None:
    roster = WallRoster("站", (WallSection("", (WallCard("王\U0003134a", "镇人大代表"),)),))
    assert unprintable(roster) == {"\U0003134a": "王\U0003134a"}


def test_an_empty_board_has_its_head_and_foot(tmp_path: Path) -> None:
    assert "代表公示牌" in squeezed(written(tmp_path, WallRoster("禾溪镇人大代表联络站", ())))[0]
