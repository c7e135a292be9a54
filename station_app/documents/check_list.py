"""名册核对表: what is registered about each deputy, with room for the deputy's corrections and signature."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from station_app.documents.cell_text import DEMO_MARK, printable
from station_app.documents.fonts import FontBook, Role, font_book
from station_app.documents.ink import Ink
from station_app.documents.line_breaking import break_lines
from station_app.documents.name_lines import name_lines
from station_app.documents.paper import LEDGER_MARGIN, MM, page_size
from station_app.support.faults import Cancelled
from station_app.support.safe_file import write_file

TITLE: Final = "代表名册核对表"
HINT: Final = "请逐项核对，没有变化的在“更正内容”栏打“√”；有变化的写明项目和新的内容，并签名。"
_HEADS: Final = (
    "序号", "姓名", "代表层级", "单位及职务", "联系电话", "出生年月", "政治面貌", "村(居)", "上次核对", "更正内容", "签名、日期",
)  # fmt: skip
_WIDTHS: Final = (9.0, 21.0, 17.0, 45.0, 26.0, 17.0, 19.0, 20.0, 20.0, 52.0, 27.0)
"""Shares of the width; of A4 landscape they are millimetres."""
_NAME: Final = 1
_LEFT_SET: Final = frozenset({3})
_SIZE, _LEADING, _PADDING = 9.5, 12.6, 3.0
_HEAD_ROW, _LEAST_ROW = 22.0, 11.5 * MM
_FOOT: Final = 34.0

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class CheckLine:
    """One deputy as registered, as printed.

    Args:
        birth_month: ``YYYY-MM`` or empty.
        checked_on: ISO date of the last check, or empty.
    """

    name: str
    levels: str = ""
    post: str = ""
    phone: str = ""
    birth_month: str = ""
    party: str = ""
    village: str = ""
    checked_on: str = ""


@dataclass(frozen=True)
class CheckPart:
    """The deputies of one group, on pages of their own; ``title`` is the group's name, empty for the whole roster."""

    title: str
    lines: tuple[CheckLine, ...]


@dataclass(frozen=True)
class CheckList:
    """The whole paper.

    Args:
        date: on which it is printed, ISO.
        demo: True prints 示例数据 on every page.
    """

    station: str
    date: str
    parts: tuple[CheckPart, ...]
    demo: bool = False


def write_check_list(
    path: Path,
    paper: CheckList,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    bundled_only: bool = False,
) -> None:
    """Write the paper as PDF, A4 landscape.

    Raises:
        StationFault: the file cannot be written.
        Cancelled: ``cancelled`` said so; no file is left.
    """
    book = font_book(bundled_only=bundled_only)

    def tell(done: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(done, len(paper.parts))

    write_file(path, lambda stream: _CheckPages(stream, paper, book).write(tell))


def unprintable(paper: CheckList) -> dict[str, str]:
    """Return the characters that no face has, each with the text it occurs in; paper shows them as 〓."""
    words = [text for part in paper.parts for line in part.lines for text in (line.name, line.post, line.village)]
    titles = [part.title for part in paper.parts]
    return font_book(bundled_only=False).missing_characters([paper.station, *titles, *words])


@dataclass(frozen=True)
class _Row:
    cells: tuple[list[str], ...]
    height: float


class _CheckPages:
    def __init__(self, stream: BinaryIO, paper: CheckList, book: FontBook) -> None:
        size = page_size("A4", landscape=True)
        self._ink = Ink(stream, size, book, TITLE, printable(paper.station))
        self._book, self._paper = book, paper
        self._left, self._right = LEDGER_MARGIN, size[0] - LEDGER_MARGIN
        share = (self._right - self._left) / sum(_WIDTHS)
        self._edges = [self._left]
        for width in _WIDTHS:
            self._edges.append(self._edges[-1] + width * share)
        self._top = size[1] - LEDGER_MARGIN
        self._bottom = 13 * MM + _FOOT

    def write(self, tell: Callable[[int], None]) -> None:
        parts = [(part, self._dealt(part)) for part in self._paper.parts]
        count = sum(len(pages) for _, pages in parts)
        number = 0
        for done, (part, pages) in enumerate(parts):
            tell(done)
            for place, rows in enumerate(pages):
                number += 1
                if place == 0:
                    self._ink.bookmark(printable(part.title) or TITLE)
                self._draw_page(part, rows, number, count)
        tell(len(parts))
        self._ink.save()

    def _dealt(self, part: CheckPart) -> list[list[_Row]]:
        """Deal the rows to pages; few left over on the last page take company from the page before."""
        pages: list[list[_Row]] = [[]]
        room = self._room()
        used = 0.0
        for number, line in enumerate(part.lines, start=1):
            row = self._row(number, line)
            if pages[-1] and used + row.height > room:
                pages.append([])
                used = 0.0
            pages[-1].append(row)
            used += row.height
        while len(pages) > 1 and len(pages[-1]) < 3 and len(pages[-2]) > 4:
            pages[-1].insert(0, pages[-2].pop())
        return pages

    def _room(self) -> float:
        return self._top - self._bottom - 69 - _HEAD_ROW

    def _row(self, number: int, line: CheckLine) -> _Row:
        texts = (
            str(number), line.name, line.levels, line.post, line.phone, line.birth_month, line.party, line.village,
            line.checked_on or "未核对", "", "",
        )  # fmt: skip
        cells = tuple(self._lines(text, index) for index, text in enumerate(texts))
        return _Row(cells, max(_LEAST_ROW, max(map(len, cells)) * _LEADING + 6))

    def _lines(self, text: str, column: int) -> list[str]:
        room = (self._edges[column + 1] - self._edges[column] - 2 * _PADDING) / _SIZE
        if column == _NAME:
            return name_lines(printable(text), room, self._book.advances(Role.TABLE_BOLD))
        return break_lines(printable(text), room, self._book.advances(Role.TABLE)) if text else []

    def _draw_page(self, part: CheckPart, rows: Sequence[_Row], number: int, count: int) -> None:
        ink, paper = self._ink, self._paper
        middle, y = (self._left + self._right) / 2, self._top
        if paper.demo:
            ink.right(self._right, ink.height - 9 * MM, DEMO_MARK, Role.TABLE_BOLD, 9)
        ink.text(self._left, ink.height - 9 * MM, "内部资料　注意保管", Role.TABLE_BOLD, 9)
        ink.centred(middle, y - 24, TITLE, Role.TITLE, 20)
        y -= 47
        ink.text(self._left, y, f"联络站：{printable(paper.station)}", Role.TABLE, 10.5)
        if part.title:
            ink.centred(middle, y, printable(part.title), Role.HEI, 11.5)
        ink.right(self._right, y, f"印制日期：{paper.date}　共 {len(part.lines)} 人", Role.TABLE, 10.5)
        y -= 15
        ink.text(self._left, y, HINT, Role.TABLE, 9)
        y -= 7
        top = y
        ink.box(self._left, y - _HEAD_ROW, self._right - self._left, _HEAD_ROW, 0.95, thickness=0)
        for index, head in enumerate(_HEADS):
            x = (self._edges[index] + self._edges[index + 1]) / 2
            ink.centred(x, y - _HEAD_ROW / 2 - 3.4, head, Role.TABLE_BOLD, _SIZE)
        levels = [y, y - _HEAD_ROW]
        y -= _HEAD_ROW
        for row in rows:
            for index, lines in enumerate(row.cells):
                self._draw_cell(lines, index, y, row.height)
            y -= row.height
            levels.append(y)
        grid = [(self._left, level, self._right, level) for level in levels]
        ink.lines([*grid, *((x, top, x, y) for x in self._edges)])
        third = (self._right - self._left) / 3
        for place, text in enumerate(("核对人（签名）：", "组长（签名）：", "核对日期：　　　　年　　月　　日")):
            ink.text(self._left + place * third, y - 22, text, Role.TABLE, 10.5)
        ink.centred(middle, 7.5 * MM, f"第 {number} 页 / 共 {count} 页", Role.TABLE, 9)
        ink.next_page()

    def _draw_cell(self, lines: list[str], index: int, top: float, height: float) -> None:
        left, right = self._edges[index], self._edges[index + 1]
        y = top - (height - len(lines) * _LEADING) / 2 - _LEADING / 2 - _SIZE * 0.36
        role = Role.TABLE_BOLD if index == _NAME else Role.TABLE
        for line in lines:
            if index in _LEFT_SET:
                self._ink.text(left + _PADDING, y, line, role, _SIZE)
            else:
                self._ink.centred((left + right) / 2, y, line, role, _SIZE)
            y -= _LEADING
