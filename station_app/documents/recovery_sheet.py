"""The recovery sheet: the code that opens the register when its password is forgotten, on one page for the safe.

It is made in memory only. Whether it ever becomes a file is for the clerk to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from station_app.documents.cell_text import printable
from station_app.documents.fonts import FontBook, Role
from station_app.documents.ink import Ink
from station_app.documents.line_breaking import break_lines
from station_app.documents.official_blocks import BLOCK_WIDTH, Paragraph, Piece
from station_app.documents.official_page import OfficialPaper, write_pages

TITLE = "联络站登记簿恢复单"
_SIZE, _PITCH = 21.0, 26.0
_CELL, _GAP, _NUMBER = 18.0, 26.0, 64.0
_MARGIN = 10.0
_FACT_SIZE, _FACT_PITCH = 14.0, 23.0

_PROSE = (
    "忘记密码时，在输入密码的窗口选“忘记密码，用恢复单”，照上面八行输入，就能打开登记簿，另设密码。",
    "请装入信封封好，放进保险柜，不拍照，不传网络。谁拿到本单，谁就能打开登记簿。",
    "修改密码后本单作废，请另印新单。修改以前的备份仍用当时的密码或本单打开，那些备份不再要了，再销毁本单。",
)


@dataclass(frozen=True)
class RecoverySheet:
    """What stands on the sheet.

    Args:
        station: name of the station.
        file_name: of the register.
        on: the day it is printed.
        rows: eight rows of code in groups of four.
        number: tells two sheets apart and says nothing about the key.
    """

    station: str
    file_name: str
    on: date
    rows: Sequence[str]
    number: str


def recovery_sheet_pdf(sheet: RecoverySheet, *, bundled_only: bool = False) -> bytes:
    """Return the sheet as the bytes of a PDF of one page."""
    day = f"{sheet.on.year}年{sheet.on.month}月{sheet.on.day}日"
    facts = (
        f"联络站：{sheet.station}",
        f"文件名：{sheet.file_name}",
        f"恢复单号：{sheet.number}　　印制日期：{day}",
    )
    paper = OfficialPaper(
        (TITLE,),
        sheet.station,
        (
            _Facts(facts),
            _CodeRows(tuple(sheet.rows)),
            *(Paragraph(text) for text in _PROSE),
            _Blanks(),
        ),
    )
    stream = BytesIO()
    write_pages(stream, paper, bundled_only=bundled_only)
    return stream.getvalue()


@dataclass(frozen=True)
class _Facts:
    """What the sheet belongs to, small enough for long names."""

    lines: tuple[str, ...]

    def pieces(self, book: FontBook) -> list[Piece]:
        room, advances = BLOCK_WIDTH / _FACT_SIZE, book.advances(Role.BODY)
        lines = [part for line in self.lines for part in break_lines(printable(line), room, advances)]

        def draw(ink: Ink, x: float, top: float) -> None:
            for place, line in enumerate(lines):
                ink.text(x, top - place * _FACT_PITCH - _FACT_SIZE, line, Role.BODY, _FACT_SIZE)

        return [Piece(len(lines) * _FACT_PITCH + 4, draw)]


@dataclass(frozen=True)
class _CodeRows:
    """The rows, every character in a cell of its own, so that none is overlooked."""

    rows: tuple[str, ...]

    def pieces(self, book: FontBook) -> list[Piece]:  # noqa: ARG002 - every block is given the faces
        height = len(self.rows) * _PITCH + 2 * _MARGIN

        def draw(ink: Ink, x: float, top: float) -> None:
            ink.box(x, top - height, BLOCK_WIDTH, height, thickness=1)
            ink.box(x, top - height, _NUMBER, height, 0.95, thickness=0.5)
            for place, row in enumerate(self.rows):
                y = top - _MARGIN - place * _PITCH - _PITCH / 2 - _SIZE * 0.36
                ink.centred(x + _NUMBER / 2, y + 2, f"第 {place + 1} 行", Role.HEI, 13)
                _draw_row(ink, x + _NUMBER + 2 * _GAP, y, row)

        return [Piece(height + 8, draw)]


def _draw_row(ink: Ink, left: float, y: float, row: str) -> None:
    for group in row.split(" "):
        for char in group:
            ink.centred(left + _CELL / 2, y, char, Role.TABLE, _SIZE)
            left += _CELL
        left += _GAP


@dataclass(frozen=True)
class _Blanks:
    """A line to sign where the sheet is kept and by whom."""

    def pieces(self, book: FontBook) -> list[Piece]:  # noqa: ARG002 - every block is given the faces
        third = BLOCK_WIDTH / 3

        def draw(ink: Ink, x: float, top: float) -> None:
            for place, word in enumerate(("保管人：", "存放处：", "封存日期：")):
                left, y = x + place * third, top - 32
                ink.text(left, y, word, Role.BODY, 14)
                begin = left + ink.measure(word, Role.BODY, 14) + 2
                ink.lines([(begin, y - 3, left + third - 12, y - 3)])

        return [Piece(40, draw)]
