"""What letters are made of beside the parts of every official paper: tables whose rows may go on overleaf, slips."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from station_app.documents.cell_text import printable
from station_app.documents.fonts import FontBook, Role
from station_app.documents.ink import Ink
from station_app.documents.line_breaking import break_lines
from station_app.documents.official_blocks import BLOCK_WIDTH, Draw, Piece, SignOff
from station_app.documents.paper import MM

_PADDING = 5.0
_LONGEST_WHOLE = 14  # lines; a longer row is torn between its lines where the page ends
_TOGETHER = 3  # lines of a torn row that stay with its beginning and end
_QR_SIDE = 21 * MM
_MOST_SPREAD = 2.5  # characters


@dataclass(frozen=True)
class GridCell:
    """One cell.

    Args:
        share: of the table's width.
        label: True prints it in 黑体, centred, on grey.
        centred: True centres its lines.
    """

    text: str
    share: float
    label: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Grid:
    """A table over the whole width; each row has cells of its own. Long rows go on on the next page.

    Args:
        rows: whose shares add up to the same each.
        head: repeated on each page; empty for none.
        size: type size in points.
        least: height of a row at least, in points; more where something is written by hand.
        air: points left free below.
    """

    rows: Sequence[Sequence[GridCell]]
    head: Sequence[GridCell] = ()
    size: float = 11.0
    least: float = 23.0
    air: float = 8.0

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return the rows, long ones torn into lines."""
        edge = Piece(0.0, _rule)
        head = [replace(one, keep=True) for one in _Row(self.head, self, book).pieces(None)] if self.head else []
        again = head[0] if head else edge
        rows = [piece for cells in self.rows for piece in _Row(cells, self, book).pieces(again)]
        return [*head, *rows, Piece(self.air, _nothing)]


class _Row:
    """One row, measured and drawn."""

    def __init__(self, cells: Sequence[GridCell], grid: Grid, book: FontBook) -> None:
        self._size, self._leading, self._least = grid.size, grid.size * 1.4, grid.least
        whole = sum(cell.share for cell in cells)
        self._widths = [cell.share / whole * BLOCK_WIDTH for cell in cells]
        self._roles = [Role.HEI if cell.label else Role.TABLE for cell in cells]
        self._cells = cells
        self._lines = [
            break_lines(printable(cell.text), (width - 2 * _PADDING) / self._size, book.advances(role))
            for cell, width, role in zip(cells, self._widths, self._roles, strict=True)
        ]
        self._count = max(map(len, self._lines))

    def pieces(self, again: Piece | None) -> list[Piece]:
        """Return the row whole, or torn into its first lines, single lines and its last lines."""
        if self._count <= _LONGEST_WHOLE:
            height = max(self._least, self._count * self._leading + 8)
            return [Piece(height, self._draw(0, self._count, height, middle=True), again=again, cut=_rule)]
        last = self._count - _TOGETHER
        cuts = [0, *range(_TOGETHER, last + 1), self._count]
        pieces = []
        for start, stop in pairwise(cuts):
            height = (stop - start) * self._leading + (6 if start == 0 or stop == self._count else 0)
            pieces.append(Piece(height, self._draw(start, stop, height, middle=False), again=again, cut=_rule))
        return pieces

    def _draw(self, start: int, stop: int, height: float, *, middle: bool) -> Draw:
        def draw(ink: Ink, x: float, top: float) -> None:
            edges, left = [(x, top, x, top - height)], x
            for cell, width, role, lines in zip(self._cells, self._widths, self._roles, self._lines, strict=True):
                if cell.label:
                    ink.box(left, top - height, width, height, 0.95, thickness=0)
                part = lines[start:stop]
                above = (height - len(part) * self._leading) / 2 if middle else (6.0 if start == 0 else 0.0)
                y = top - above - self._leading / 2 - self._size * 0.36
                for line in part:
                    if cell.label or cell.centred:
                        ink.centred(left + width / 2, y, line, role, self._size)
                    else:
                        ink.text(left + _PADDING, y, line, role, self._size)
                    y -= self._leading
                left += width
                edges.append((left, top, left, top - height))
            ink.lines(edges)
            if start == 0:
                _rule(ink, x, top)
            if stop == self._count:
                _rule(ink, x, top - height)

        return draw


@dataclass(frozen=True)
class Prose:
    """Prose of a type and pitch of its own: forms are set a little smaller than letters.

    Args:
        indent: characters before the first line of each paragraph.
    """

    text: str
    size: float
    pitch: float
    indent: float = 2.0

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return the lines; neither the first nor the last of a paragraph stands alone on a page."""
        room, advances = BLOCK_WIDTH / self.size, book.advances(Role.BODY)
        pieces: list[Piece] = []
        for paragraph in printable(self.text).split("\n"):
            lines = break_lines(paragraph, room, advances, first=room - self.indent)
            alone = {0, len(lines) - 2}
            for number, line in enumerate(lines):
                left = self.indent * self.size if number == 0 else 0.0
                whole = number < len(lines) - 1
                pieces.append(Piece(self.pitch, self._draw(line, left, spread=whole), keep=whole and number in alone))
        return pieces

    def _draw(self, line: str, left: float, *, spread: bool) -> Draw:
        def draw(ink: Ink, x: float, top: float) -> None:
            y = top - (self.pitch + self.size) / 2 + 2
            # A number that went to the next line leaves a gap; letters spread over it would look torn apart.
            if spread and BLOCK_WIDTH - left - ink.measure(line, Role.BODY, self.size) <= _MOST_SPREAD * self.size:
                ink.justified(x + left, y, line, Role.BODY, self.size, BLOCK_WIDTH - left)
            else:
                ink.text(x + left, y, line, Role.BODY, self.size)

        return draw


@dataclass(frozen=True)
class NumberLine:
    """The line under the title: the program's own serial at the left, the return code at the right."""

    left: str
    right: str
    size: float = 11.0

    def pieces(self, book: FontBook) -> list[Piece]:  # noqa: ARG002 - every block is given the faces
        """Return the line, kept with what follows."""

        def draw(ink: Ink, x: float, top: float) -> None:
            ink.text(x, top - self.size, printable(self.left), Role.TABLE, self.size)
            ink.right(x + BLOCK_WIDTH, top - self.size, printable(self.right), Role.TABLE, self.size)

        return [Piece(self.size * 1.6, draw, keep=True)]


@dataclass(frozen=True)
class Centred:
    """One centred line of body type: the 发文字号 under the title."""

    text: str
    size: float
    pitch: float

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return the line, kept with what follows; a very long one is broken."""
        room = BLOCK_WIDTH / self.size
        lines = break_lines(printable(self.text), room, book.advances(Role.BODY))
        return [Piece(self.pitch, self._draw(line), keep=True) for line in lines]

    def _draw(self, line: str) -> Draw:
        def draw(ink: Ink, x: float, top: float) -> None:
            ink.centred(x + BLOCK_WIDTH / 2, top - (self.pitch + self.size) / 2 + 2, line, Role.BODY, self.size)

        return draw


@dataclass(frozen=True)
class SealedEnd(SignOff):
    """落款 with the seal's room, and at its left whom to ask (附注).

    Args:
        contact: （联系人：肖敏　电话：…）, or empty.
    """

    contact: str = ""

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return all of it in one piece."""
        signed = super().pieces(book)[0]

        def draw(ink: Ink, x: float, top: float) -> None:
            signed.draw(ink, x, top)
            ink.text(x, top - signed.height + 8, printable(self.contact), Role.BODY, 12)

        return [replace(signed, draw=draw)]


@dataclass(frozen=True)
class CopiesLine:
    """抄送 between two rules (GB/T 9704-2012, 7.4)."""

    text: str
    size: float = 14.0

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return the lines in one piece."""
        lines = break_lines(f"抄送：{printable(self.text)}。", BLOCK_WIDTH / self.size - 2, book.advances(Role.BODY))
        pitch = self.size * 1.5
        height = len(lines) * pitch + 14

        def draw(ink: Ink, x: float, top: float) -> None:
            ink.lines(
                [(x, top - 6, x + BLOCK_WIDTH, top - 6), (x, top - height + 4, x + BLOCK_WIDTH, top - height + 4)]
            )
            for number, line in enumerate(lines):
                y = top - 7 - (number + 1) * pitch + pitch * 0.28
                ink.text(x + self.size * (1 if number == 0 else 4), y, line, Role.BODY, self.size)

        return [Piece(height, draw)]


@dataclass(frozen=True)
class Slip:
    """回执: what is torn off, filled in and sent back. All of it stays on one page.

    Args:
        title: 签收回执.
        text: which paper it belongs to.
        rows: what is filled in.
        code: the return code in groups, or what stands for it in a preview.
        qr: what the QR code holds; empty for none.
    """

    title: str
    text: str
    rows: Sequence[Sequence[GridCell]]
    code: str
    qr: str = ""

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return the cutting line, the head and the rows, kept together."""
        room = BLOCK_WIDTH - (_QR_SIDE + 8 if self.qr else 0)
        lines = break_lines(printable(self.text), room / 12, book.advances(Role.TABLE))
        height = max(44 + len(lines) * 17, _QR_SIDE + 24 if self.qr else 0)

        def draw(ink: Ink, x: float, top: float) -> None:
            _dashes(ink, x, top - 8)
            ink.text(x, top - 34, self.title, Role.HEI, 14)
            ink.right(x + room, top - 34, f"回执码　{self.code}", Role.HEI, 14)
            for number, line in enumerate(lines):
                ink.text(x, top - 54 - number * 17, line, Role.TABLE, 12)
            if self.qr:
                _draw_qr(ink, self.qr, x + BLOCK_WIDTH - _QR_SIDE, top - 18)

        head = Piece(height, draw, keep=True)
        rows = Grid(self.rows, size=12, least=25, air=2).pieces(book)
        return [head, *(replace(row, keep=True) for row in rows[:-1]), rows[-1]]


def _dashes(ink: Ink, x: float, y: float) -> None:
    words = "　请沿虚线裁下寄回　"
    wide = ink.measure(words, Role.TABLE, 9)
    middle = x + BLOCK_WIDTH / 2
    ink.centred(middle, y - 3, words, Role.TABLE, 9)
    step, dash = 7.0, 4.0
    starts = [x + number * step for number in range(int(BLOCK_WIDTH / step) + 1)]
    ink.lines([(s, y, s + dash, y) for s in starts if s + dash < middle - wide / 2 or s > middle + wide / 2])


def _draw_qr(ink: Ink, text: str, left: float, top: float) -> None:
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    side = _QR_SIDE / count
    for row in range(count):
        for column in range(count):
            if code.isDark(row, column):
                # A hair wider than its place, or readers see white lines between the modules.
                ink.box(left + column * side, top - (row + 1) * side, side + 0.05, side + 0.05, 0.0, thickness=0)


def _rule(ink: Ink, x: float, y: float) -> None:
    ink.lines([(x, y, x + BLOCK_WIDTH, y)])


def _nothing(ink: Ink, x: float, top: float) -> None:
    """Draw nothing: air."""
