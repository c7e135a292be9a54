"""Every PDF of a month of the demo: faces carried along, no empty box, 避头尾, heads on every page, names to copy."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from station_app.documents.fonts import FONT_FOLDER, MISSING_MARK
from station_app.documents.page_pictures import page_texts
from station_app.domain import periods
from station_app.services.books import Book, Selection
from station_app.station import Desks, make_demo
from station_app.support.clock import fixed_clock
from tests.documents.printed_page import boxes, faces_not_embedded, lines_begun_wrong, printed_pages

RARE = "㛃䶮𬭚𠅤"
MONTH = periods.month("2026-10")


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    path = tmp_path_factory.mktemp("paper") / "示范.station"
    made = make_demo(path, fixed_clock(date(2026, 11, 25)), years=1, opinions=400)
    yield made
    made.close()


@pytest.fixture(scope="module")
def papers(desks: Desks, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The month's set, the roster, the forms of a visit and blank ones."""
    folder = tmp_path_factory.mktemp("papers")
    written = [file for file in desks.reports.month_set(MONTH, folder).files if file.suffix == ".pdf"]
    written.append(desks.reports.export(Selection(Book.ROSTER, title="全部"), "pdf", folder))
    for visit in desks.reception.visits_between(MONTH.from_on, MONTH.to_on)[:5]:
        written.append(folder / f"{visit.number}.pdf")
        desks.reports.forms.write([visit.id], written[-1])
    written.append(folder / "空白.pdf")
    desks.reports.forms.write_blank(["D2026-0901", "D2026-0902"], written[-1])
    return written


def test_every_face_is_carried_along(papers: list[Path]) -> None:
    assert {path.name: faces_not_embedded(path) for path in papers} == {path.name: set() for path in papers}


def test_no_character_is_an_empty_box_or_a_mark_for_one(papers: list[Path]) -> None:
    for path in papers:
        for page in printed_pages(path):
            assert boxes(page) == [], path.name
            assert not [one for one in page if one.char in {MISSING_MARK, "\ufffd"}], path.name


def test_no_line_begins_with_a_closing_mark(papers: list[Path]) -> None:
    assert {path.name: [lines_begun_wrong(page) for page in printed_pages(path)] for path in papers} == {
        path.name: [[]] * len(page_texts(path)) for path in papers
    }


def test_heads_and_the_demo_mark_are_on_every_page(papers: list[Path]) -> None:
    for path in papers:
        heads = {
            "接待选民登记台账": ("反映内容", "接待人"),
            "意见建议办理台账": ("办理期限", "满意度"),
            "代表花名册": ("代表层级", "单位"),
        }
        wanted = next((words for name, words in heads.items() if path.name.startswith(name)), ())
        pages = page_texts(path)
        for page in pages:
            flat = "".join(page.split())
            assert [word for word in (*wanted, "示例数据") if word not in flat] == [], path.name


def test_rare_names_can_be_copied(desks: Desks, papers: list[Path]) -> None:
    rare = {deputy.name for deputy in desks.roster.serving() if set(deputy.name) & set(RARE)}
    assert rare
    (roster,) = (path for path in papers if path.name.startswith("代表花名册"))
    text = "".join("".join(page_texts(roster)).split())
    assert {name for name in rare if name not in text} == set()


def test_a_wrong_paper_would_be_noticed(tmp_path: Path) -> None:
    path = tmp_path / "错.pdf"
    pdfmetrics.registerFont(TTFont("Serif", FONT_FOLDER / "NotoSerifSC_400Regular.ttf"))
    canvas = Canvas(str(path))
    canvas.setFont("Serif", 12)
    canvas.drawString(100, 700, "村口的路不平")
    canvas.drawString(100, 680, "，请修。✔")
    canvas.setFont("Helvetica", 12)
    canvas.drawString(100, 600, "plain")
    canvas.save()
    (page,) = printed_pages(path)
    assert lines_begun_wrong(page) == ["，请修。\0pla"]
    assert [one.char for one in boxes(page)] == ["\0"]  # reportlab names no character behind a box
    assert faces_not_embedded(path) == {"Helvetica"}
