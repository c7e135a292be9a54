"""A book without names and phones, given back to the register it came from, adds nothing and changes nothing."""

from collections.abc import Iterator
from datetime import date

import pytest

from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.services.books import Book, Selection
from station_app.services.intake import SheetKind
from station_app.station import Desks, make_demo
from station_app.support.clock import fixed_clock

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    made = make_demo(tmp_path_factory.mktemp("demo") / "示例.station", fixed_clock(TODAY), years=1, opinions=80)
    yield made
    made.close()


@pytest.mark.parametrize(("book", "kind"), [(Book.OPINIONS, SheetKind.OPINIONS), (Book.ROSTER, SheetKind.ROSTER)])
def test_a_redacted_book_finds_its_own_entries(
    demo: Desks, tmp_path_factory: pytest.TempPathFactory, book: Book, kind: SheetKind
) -> None:
    if book is Book.OPINIONS:
        words = "村口路灯坏了两盏，晚上看不见路，请尽快修。" * 40
        demo.reception.register_visit(
            VisitDraft(
                TODAY.isoformat(),
                VisitorDraft("张三丰", phone="14000000001"),
                opinions=(OpinionDraft(words),),
                receivers=(Receiver("肖敏"),),
            )
        )
    selection = Selection(book, "2020-01-01", "2026-12-31", "全部", redacted=True)
    path = demo.reports.export(selection, "xlsx", tmp_path_factory.mktemp("out"))
    preview = demo.intake.preview(path, kind)
    assert (preview.counts["new"], preview.counts["changed"]) == (0, 0)
    assert preview.counts["unchanged"] > 50
    # A double entry of one person cannot be told from the other without its phone.
    assert all("分不清" in problem.reason for problem in preview.problems)
