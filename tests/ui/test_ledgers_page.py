"""The 台账 page: the very pages are shown, exported and printed; the month's set is written in one go."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_app.documents.page_pictures import page_sizes, page_texts
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.station import Village
from station_app.station import Desks
from station_app.support.faults import Cancelled, StationFault
from station_app.ui.jobs import JobRunner
from station_app.ui.ledger_choice import Paper
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.page_preview import PageCanvas, PagePreview
from station_app.ui.pdf_pages import PdfPages
from station_app.ui.period_picker import Span
from station_app.ui.printing import pages_to_print, print_pages, set_up
from tests.ui.keyboard import press
from tests.ui.window_seat import page_of

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
A4 = (595.3, 841.9)
LYING = (841.9, 595.3)


@pytest.fixture
def page(window: MainWindow) -> LedgersPage:
    """Return the ledgers page."""
    return page_of(window, "ledgers", LedgersPage)


def shown(qtbot: QtBot, page: LedgersPage) -> PdfPages:
    """Wait until the pages of what is chosen are shown and drawn; return them."""
    qtbot.waitUntil(lambda: not page.is_working() and page.source() is not None, timeout=20_000)
    qtbot.waitUntil(page.preview.canvas.is_drawn, timeout=20_000)
    source = page.source()
    assert source is not None
    return source


def told(page: LedgersPage, words: str) -> bool:
    """Tell whether the page says something."""
    return words in page.told()


def text_of(source: PdfPages) -> str:
    """Return the text of all pages."""
    return "".join(page_texts(source.path))


def test_the_books_are_chosen_by_arrow_keys_and_their_pages_shown(qtbot: QtBot, page: LedgersPage) -> None:
    assert "接待选民登记台账" in text_of(shown(qtbot, page))
    press(Qt.Key.Key_Down)
    assert "意见建议办理台账" in text_of(shown(qtbot, page))
    press(Qt.Key.Key_Down)
    roster = text_of(shown(qtbot, page))
    assert "代表花名册" in roster
    assert "欧阳建国" in roster
    press(Qt.Key.Key_Down)
    assert "工作月报" in text_of(shown(qtbot, page))


def test_promises_and_the_statistics_of_units_are_books_too(qtbot: QtBot, desks: Desks, page: LedgersPage) -> None:
    case = desks.opinions.cases()[0]
    answer = MoveDraft(Move.ANSWER, "2026-11-20", text="护栏已列入计划。", answer_class="B", due_on="2026-11-30")
    desks.opinions.move(case.id, answer)
    page.choice.open("promises")
    promises = text_of(shown(qtbot, page))
    assert "承诺事项台账" in promises
    assert "护栏已列入计划" in promises
    press(Qt.Key.Key_Down)
    units = text_of(shown(qtbot, page))
    assert "承办单位办理情况统计表" in units
    assert "镇城建办" in units
    page.choice.papers.setFocus()
    press(Qt.Key.Key_Up)
    assert page.file_name("xlsx") == "承诺事项台账_2026年11月.xlsx"


def test_a_reception_day_and_a_month_are_two_periods_of_the_visits(qtbot: QtBot, page: LedgersPage) -> None:
    assert "刘发根" in text_of(shown(qtbot, page))
    period = page.choice.period
    period.kind.setFocus()
    press(Qt.Key.Key_1)
    assert period.span() is Span.DAY
    today = text_of(shown(qtbot, page))
    assert "刘发根" not in today
    assert "晚稻灌不上水" in today
    press(Qt.Key.Key_Left, ALT)
    assert "刘发根" in text_of(shown(qtbot, page))


def test_a_month_is_typed_or_stepped_to(page: LedgersPage) -> None:
    period = page.choice.period
    assert page.choice.selection() is not None
    press(Qt.Key.Key_Left, ALT)
    assert period.typed.value() == "2026年10月"
    period.typed.setFocus()
    press(Qt.Key.Key_A, CTRL)
    QTest.keyClicks(period.typed.edit, "2025-3")
    press(Qt.Key.Key_Return)
    assert period.typed.value() == "2025年3月"
    selection = page.choice.selection()
    assert selection is not None
    assert (selection.from_on, selection.to_on, selection.title) == ("2025-03-01", "2025-03-31", "2025年3月")


def test_the_redacted_version_shows_no_phone(qtbot: QtBot, page: LedgersPage) -> None:
    assert "14000002000" in text_of(shown(qtbot, page))
    page.choice.version.setFocus()
    press(Qt.Key.Key_Right)
    redacted = text_of(shown(qtbot, page))
    assert "14000002000" not in redacted
    assert "刘发根" not in redacted


def test_hidden_columns_can_be_printed(qtbot: QtBot, page: LedgersPage) -> None:
    shown(qtbot, page)
    next(action for action in page.choice.columns_menu().actions() if action.text() == "记录人").toggle()
    assert "记录人" in text_of(shown(qtbot, page))


def test_a_change_elsewhere_renders_the_pages_anew(qtbot: QtBot, page: LedgersPage, desks: Desks) -> None:
    page.choice.choose(Paper.ROSTER)
    before = shown(qtbot, page)
    deputy = desks.roster.deputies()[0]
    page.publish(desks.checking.confirm(deputy.id))
    qtbot.waitUntil(lambda: page.source() not in (None, before), timeout=20_000)
    page.publish(desks.settings.save_village(Village(0, "", "岭背村", "岭背村")))
    assert "钟龑" in text_of(shown(qtbot, page))


def test_excel_and_pdf_go_where_the_clerk_says_and_the_folder_is_remembered(
    qtbot: QtBot, page: LedgersPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    shown(qtbot, page)
    for how, name in ((CTRL, "台账.xlsx"), (CTRL | Qt.KeyboardModifier.ShiftModifier, "台账.pdf")):
        messages.answers = [tmp_path / name]
        press(Qt.Key.Key_E, how)
        qtbot.waitUntil(partial(told, page, f"已导出 {name}"), timeout=20_000)
        assert (tmp_path / name).stat().st_size > 1000
    assert messages.said[0].endswith("接待选民登记台账_2026年11月.xlsx")
    assert str(tmp_path) in messages.said[1]
    assert "刘发根" in "".join(page_texts(tmp_path / "台账.pdf"))


def test_the_months_set_is_written_by_one_key(
    qtbot: QtBot, window: MainWindow, page: LedgersPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    folder = tmp_path / "十一月"
    folder.mkdir()
    messages.answers = [folder]
    QTest.keyClick(window, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: "全套已写好" in page.told(), timeout=60_000)
    written = sorted(path.name for path in folder.iterdir())
    assert len(written) == 6
    assert {Path(name).suffix for name in written} == {".pdf", ".xlsx"}
    assert all(name in page.told() for name in written)
    assert str(folder) in page.told()


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, page: LedgersPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    shown(qtbot, page)
    (tmp_path / "file").write_text("x")
    messages.answers = [tmp_path / "file" / "台账.xlsx"]
    press(Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: bool(messages.faults), timeout=20_000)
    assert page.told() == ""


def test_what_prints_is_what_is_shown(
    qtbot: QtBot, page: LedgersPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    source = shown(qtbot, page)
    printer = printer_to(tmp_path / "打印.pdf", source.sizes)
    messages.answers = [printer]
    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: "已交给打印机" in page.told(), timeout=30_000)
    sizes = page_sizes(tmp_path / "打印.pdf")
    assert len(sizes) == len(source.sizes)
    assert sizes[0] == pytest.approx(source.sizes[0], abs=2)
    printed, original = (PdfPages(path).draw(0, 60) for path in (tmp_path / "打印.pdf", source.path))
    assert likeness(printed, original) > 0.97


class Sheets:
    """Blank pages, each with a black bar in its first fifth."""

    def __init__(self, *sizes: tuple[float, float]) -> None:
        self.sizes = sizes
        self.drawn: list[tuple[int, float]] = []

    def draw(self, page: int, dpi: float) -> QImage:
        """Return a page."""
        self.drawn.append((page, dpi))
        width, height = self.sizes[page]
        made = QImage(round(width * dpi / 72), round(height * dpi / 72), QImage.Format.Format_RGB888)
        made.fill(Qt.GlobalColor.white)
        for x in range(made.width() // 5):
            for y in range(0, made.height(), 4):
                made.setPixel(x, y, 0)
        return made


def printer_to(path: Path, sizes: Sequence[tuple[float, float]]) -> QPrinter:
    """Return a printer that writes a PDF."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    set_up(printer, "试印", sizes)
    return printer


def likeness(one: QImage, other: QImage) -> float:
    """Return the share of points, on a coarse grid, that are alike in both pictures."""
    smooth = (Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    small = [image.scaled(120, 85, *smooth).convertToFormat(QImage.Format.Format_Grayscale8) for image in (one, other)]
    points = [(x, y) for x in range(120) for y in range(85)]
    alike = [abs(small[0].pixelColor(x, y).value() - small[1].pixelColor(x, y).value()) < 48 for x, y in points]
    return sum(alike) / len(alike)


def test_a_page_range_and_copies_are_printed_as_asked(qtbot: QtBot, tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "a.pdf", [A4])
    assert pages_to_print(printer, 3) == [0, 1, 2]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert pages_to_print(printer, 3) == [1, 2]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert pages_to_print(printer, 3) == [2, 1]


def test_printing_never_draws_finer_than_300_dpi_and_keeps_lying_pages_lying(qtbot: QtBot, tmp_path: Path) -> None:
    sheets = Sheets(A4, LYING)
    printer = printer_to(tmp_path / "a.pdf", sheets.sizes)
    assert print_pages(printer, sheets, lambda _part, _word: None, lambda: False) == 2
    assert sheets.drawn == [(0, 300), (1, 300)]
    assert [round(width) for width, _ in page_sizes(tmp_path / "a.pdf")] == [595, 595]  # turned onto standing paper


def test_a_cancelled_print_stops_before_the_next_page(qtbot: QtBot, tmp_path: Path) -> None:
    sheets = Sheets(A4, A4, A4)
    printer = printer_to(tmp_path / "a.pdf", sheets.sizes)
    with pytest.raises(Cancelled):
        print_pages(printer, sheets, lambda _part, _word: None, lambda: len(sheets.drawn) == 1)
    assert len(sheets.drawn) == 1


def test_a_page_range_beyond_the_last_page_is_told_in_words(qtbot: QtBot, tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "a.pdf", [A4])
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(7, 9)
    with pytest.raises(StationFault, match="一共 1 页"):
        print_pages(printer, Sheets(A4), lambda _part, _word: None, lambda: False)


@pytest.fixture
def preview(qtbot: QtBot, messages: RecordedMessages) -> Iterator[PagePreview]:
    """Return a preview of three sheets."""
    jobs = JobRunner(messages)
    made = PagePreview(jobs)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    made.show_pages(Sheets(A4, A4, LYING))
    made.setFocus()
    qtbot.waitUntil(made.canvas.is_drawn, timeout=10_000)
    yield made
    jobs.stop()


def test_only_pages_in_sight_are_drawn_at_the_screens_own_sharpness(qtbot: QtBot, preview: PagePreview) -> None:
    source = preview.canvas._source
    assert isinstance(source, Sheets)
    assert {page for page, _ in source.drawn} <= {0, 1}
    width = round(A4[0] * preview.canvas.zoom() * 96 / 72)
    assert round(A4[0] * source.drawn[0][1] / 72) == pytest.approx(width * preview.devicePixelRatioF(), abs=2)


def test_pages_turn_and_zoom_by_keyboard(qtbot: QtBot, preview: PagePreview) -> None:
    canvas: PageCanvas = preview.canvas
    assert preview.place_text() == "第 1 / 3 页"
    QTest.keyClick(canvas, Qt.Key.Key_End)
    assert preview.place_text() == "第 3 / 3 页"
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)
    assert preview.place_text() == "第 2 / 3 页"
    fitting = canvas.zoom()
    QTest.keyClick(canvas, Qt.Key.Key_Plus, CTRL)
    assert canvas.zoom() > fitting
    assert not canvas.fits_width()
    assert preview.place_text() == "第 2 / 3 页"
    QTest.keyClick(canvas, Qt.Key.Key_0, CTRL)
    assert canvas.zoom() == fitting
    qtbot.waitUntil(canvas.is_drawn, timeout=10_000)
