"""Importing: 5,000 roster rows previewed, and how soon and with how little memory hostile files are refused."""

import random
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from openpyxl import Workbook

from station_app.documents.spreadsheet import read_workbook
from station_app.domain.problems import InvalidInput
from station_app.domain.station import StationProfile
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.support.faults import StationFault
from tests.benchmarks.measure import Measure, best_of
from tests.documents import hostile_sheets

_ROWS, _LINES, _MANY = 5_000, 2_000, 100_000
_SECONDS, _MEMORY = 5.0, 300e6
_TITLES = (
    "序号", "姓名", "性别", "民族", "出生年月", "政治面貌", "学历", "工作单位及职务", "代表层级", "联系电话", "住址", "备注",
)  # fmt: skip
_HOSTILE: tuple[tuple[str, Callable[[Path], Path]], ...] = (
    ("a cell at XFD1048576", hostile_sheets.cell_far_away),
    ("an XML bomb", hostile_sheets.xml_bomb),
    ("a zip bomb", hostile_sheets.zip_bomb),
    ("a zip bomb that lies", hostile_sheets.lying_bomb),
    ("5,000 parts", hostile_sheets.many_entries),
    ("a password", hostile_sheets.encrypted_xlsx),
    ("a PDF renamed", hostile_sheets.pdf_renamed),
    ("half a file", hostile_sheets.truncated),
    ("a link to itself", hostile_sheets.unreadable),
    ("a million empty rows", hostile_sheets.millions_of_rows),
    ("a million rows formatted to XFD", lambda path: hostile_sheets.millions_of_rows(path, '<c r="XFD{r}" s="1"/>')),
    ("a million rows", lambda path: hostile_sheets.millions_of_rows(path, '<c r="A{r}"><v>1</v></c>')),
    ("a million blank lines of text", hostile_sheets.blank_lines),
    ("3,800,000 cells", hostile_sheets.too_many_cells),
    ("300,000 merged ranges", hostile_sheets.merged_without_end),
    ("an endless .ods", hostile_sheets.repeated_ods),
)


def measures() -> Iterator[Measure]:
    """Yield the measures."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        roster = _roster(place / "名册.xlsx", _ROWS)
        plain = best_of(3, lambda: _plainly(roster))
        desks = Desks.create(
            place / "a.station", fixed_clock(date(2026, 11, 22)), StationProfile("禾溪镇人大代表联络站")
        )
        try:
            ours = best_of(3, lambda: desks.intake.preview(roster, SheetKind.ROSTER))
            yield Measure(f"{_ROWS:,} roster rows previewed", ours, 2.0)
            yield Measure(f"{_ROWS:,} roster rows previewed", ours, 25.0, plain, "calamine alone")
            desks.intake.take_in(desks.intake.preview(roster, SheetKind.ROSTER))
            again = best_of(3, lambda: desks.intake.preview(roster, SheetKind.ROSTER))
            yield Measure(f"{_ROWS:,} roster rows compared with {_ROWS:,} registered", again, 2.0)
            ledger = _ledger(place / "接待登记簿.xlsx", _LINES)
            lines = best_of(3, lambda: desks.intake.preview(ledger, SheetKind.VISITS))
            yield Measure(f"{_LINES:,} lines of a reception ledger previewed", lines, 2.0)
            desks.intake.take_in(desks.intake.preview(ledger, SheetKind.VISITS))
            lines = best_of(3, lambda: desks.intake.preview(ledger, SheetKind.VISITS))
            yield Measure(f"{_LINES:,} lines compared with {_LINES:,} registered", lines, 3.0)
        finally:
            desks.close()
        large = _roster(place / "大名册.xlsx", _MANY)
        yield from _watched(f"{_MANY:,} rows read", large, 20.0)
        for name, make in _HOSTILE:
            yield from _watched(f"refused: {name}", make(place / f"{name}.xlsx"), _SECONDS)


def _ledger(path: Path, lines: int) -> Path:
    """Write a reception ledger in which every fourth line is a further opinion of the visit above."""
    book = Workbook(write_only=True)
    page = book.create_sheet("登记簿")
    page.append(("日期", "姓名", "性别", "联系方式", "住址", "人数", "反映问题", "类别", "接待代表", "备注"))
    for at in range(lines):
        visit = at - (at % 4 == 3)
        day = date.fromordinal(date(2023, 1, 1).toordinal() + visit % 1_000).isoformat()
        who = (
            day,
            f"王小{chr(0x4E00 + visit % 5_000)}",
            "男",
            f"1400{visit:07}",
            "竹坑村四组",
            None if at % 4 == 3 else 1,
        )
        page.append((*who, f"第{at}件：村口的路灯坏了两盏，晚上看不见路。", "基础设施", "钟龚", ""))
    book.save(path)
    return path


def _roster(path: Path, rows: int) -> Path:
    chance = random.Random(5)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("名册")
    sheet.append(list(_TITLES))
    for row in range(rows):
        name = chance.choice("张王李赵刘陈杨黄") + "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(2))
        sheet.append([
            row + 1, name, chance.choice("男女"), "汉", f"19{chance.randrange(40, 99)}.{chance.randrange(1, 13):02}", "群众",
            "大专", f"竹坑村第{row % 9 + 1}小组组长", "县、镇", 14000000000 + row, f"禾溪镇竹坑村{row % 9 + 1}组{row}号", "",
        ])  # fmt: skip
    book.save(path)
    return path


def _plainly(path: Path) -> object:
    import python_calamine

    return python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _watched(name: str, path: Path, seconds: float) -> Iterator[Measure]:
    """Yield the seconds, and the bytes that child and parent took more than before."""
    took = 0.0

    def read() -> None:
        nonlocal took
        took = best_of(1, lambda: _try(path))

    peak = _peak_of(read)
    yield Measure(name, took, seconds)
    yield Measure(f"{name}: memory", peak, _MEMORY, memory=True)


def _try(path: Path) -> None:
    try:
        read_workbook(path)
    except (InvalidInput, StationFault):
        return


def _peak_of(action: Callable[[], object]) -> float:
    """Return the most bytes that this process and its children took more than before."""
    me = psutil.Process()
    before, peak, over = me.memory_info().rss, 0, threading.Event()

    def look() -> None:
        nonlocal peak
        while not over.wait(0.005):
            peak = max(peak, me.memory_info().rss - before + sum(map(_resident, me.children())))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        action()
    finally:
        over.set()
        watcher.join()
    return peak


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
