"""What an official paper is made of, and how each part is cut into pieces that flow over pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from station_app.documents.cell_text import printable
from station_app.documents.fonts import FontBook, Role
from station_app.documents.ink import Ink
from station_app.documents.line_breaking import break_lines
from station_app.documents.paper import MM

BODY_SIZE, PITCH = 16.0, 28.95  # GB/T 9704-2012: 三号 on 22 lines a page
TITLE_SIZE, TITLE_PITCH = 22.0, 34.0
BLOCK_WIDTH, BLOCK_HEIGHT = 156 * MM, 225 * MM
SEAL = 45 * MM
_PADDING = 4.0

Draw = Callable[[Ink, float, float], None]  # ink, left edge, upper edge


@dataclass(frozen=True)
class Piece:
    """Something that is never torn.

    Args:
        height: in points.
        draw: draws it, given the left and upper edge.
        keep: True stays on the same page as the next piece.
        again: drawn first when this piece begins a page (a table's head).
        cut: drawn at the lower edge when this piece ends a page: what closes a row that goes on overleaf.
    """

    height: float
    draw: Draw
    keep: bool = False
    again: "Piece | None" = None
    cut: Draw | None = None


class Block(Protocol):
    """A part of an official paper."""

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return the part cut into pieces."""


class Drawing(Protocol):
    """A chart."""

    @property
    def height(self) -> float:
        """Points it needs."""

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draw it with its upper left corner at ``x``, ``top``."""


@dataclass(frozen=True)
class Title:
    """The title, one or more centred lines, each broken where it is too long.

    Args:
        gap: points under it.
    """

    lines: Sequence[str]
    gap: float = PITCH

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return the lines and the gap under them."""
        room, advances = BLOCK_WIDTH / TITLE_SIZE, book.advances(Role.TITLE)
        lines = [line for text in self.lines for line in break_lines(printable(text), room, advances)]
        return [_centred(line, Role.TITLE, TITLE_SIZE, TITLE_PITCH) for line in lines] + [_empty(self.gap, keep=True)]


@dataclass(frozen=True)
class Heading:
    """一、 in 黑体 (level 1) or （一） in 楷体 (level 2)."""

    text: str
    level: int = 1

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return the lines; a heading never ends a page."""
        role = Role.HEI if self.level == 1 else Role.KAI
        return [replace(piece, keep=True) for piece in _prose(printable(self.text), role, book)]


@dataclass(frozen=True)
class Paragraph:
    """Prose; its first line is indented by two characters, except where it names whom a letter is for."""

    text: str
    indent: bool = True

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return the lines; neither the first nor the last stands alone on a page."""
        pieces = _prose(printable(self.text), Role.BODY, book, 2.0 if self.indent else 0.0)
        alone = {0, len(pieces) - 2}
        return [replace(p, keep=n in alone and n < len(pieces) - 1) for n, p in enumerate(pieces)]


@dataclass(frozen=True)
class Table:
    """A small table inside the text.

    Args:
        heads: of the columns, printed in 黑体 and repeated on each page.
        rows: cells as printed.
        widths: shares of the text's width.
        left: indices of columns that are set left instead of centred.
        size: type size in points, 10 to 12.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    left: frozenset[int] = frozenset()
    size: float = 10.5

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return head and rows, and a little air below."""
        head = replace(self._row(self.heads, book, head=True), keep=True)
        rows = [replace(self._row(row, book), again=head) for row in self.rows]
        return [head, *rows, _empty(8)]

    def _row(self, texts: Sequence[str], book: FontBook, *, head: bool = False) -> Piece:
        role = Role.HEI if head else Role.TABLE
        widths = [share / sum(self.widths) * BLOCK_WIDTH for share in self.widths]
        cells = [
            break_lines(printable(text), (width - 2 * _PADDING) / self.size, book.advances(role))
            for text, width in zip(texts, widths, strict=True)
        ]
        leading = self.size * 1.35
        height = max(map(len, cells)) * leading + 6

        def draw(ink: Ink, x: float, top: float) -> None:
            if head:
                ink.box(x, top - height, BLOCK_WIDTH, height, 0.95, thickness=0)
            edges = [x]
            for index, (lines, width) in enumerate(zip(cells, widths, strict=True)):
                y = top - (height - len(lines) * leading) / 2 - leading / 2 - self.size * 0.36
                for line in lines:
                    if index in self.left and not head:
                        ink.text(edges[-1] + _PADDING, y, line, role, self.size)
                    else:
                        ink.centred(edges[-1] + width / 2, y, line, role, self.size)
                    y -= leading
                edges.append(edges[-1] + width)
            frame = [(edge, top, edge, top - height) for edge in edges]
            ink.lines([*frame, (x, top, edges[-1], top), (x, top - height, edges[-1], top - height)])

        return Piece(height, draw)


@dataclass(frozen=True)
class Chart:
    """A chart over the whole width."""

    drawing: Drawing

    def pieces(self, book: FontBook) -> list[Piece]:  # noqa: ARG002 - every block is given the faces
        """Return the chart in one piece."""

        def draw(ink: Ink, x: float, top: float) -> None:
            self.drawing.draw(ink, x, top, BLOCK_WIDTH)

        return [Piece(self.drawing.height + 6, draw)]


@dataclass(frozen=True)
class SignOff:
    """落款: the organ's name and the date.

    Args:
        name: of the organ or station.
        date: 2026年11月1日, without leading zeros.
        seal: True keeps the seal's 45 mm free: the date ends four characters from the right, the name is centred
            above it. Without seal the name ends two characters from the right, the date below it.
    """

    name: str
    date: str
    seal: bool = False

    def pieces(self, book: FontBook) -> list[Piece]:
        """Return both lines in one piece, with a line of air above."""
        name, date = printable(self.name), printable(self.date)
        wide, date_wide = book.width(name, Role.BODY, BODY_SIZE), book.width(date, Role.BODY, BODY_SIZE)
        height = max(SEAL, 3 * PITCH) if self.seal else 3 * PITCH

        def draw(ink: Ink, x: float, top: float) -> None:
            right = x + BLOCK_WIDTH
            y = top - (height - 2 * PITCH if not self.seal else (height - 2 * PITCH) / 2) - BODY_SIZE
            if self.seal:
                middle = min(right - 4 * BODY_SIZE - date_wide / 2, right - wide / 2)
                ink.centred(middle, y, name, Role.BODY, BODY_SIZE)
                ink.right(right - 4 * BODY_SIZE, y - PITCH, date, Role.BODY, BODY_SIZE)
                return
            # GB/T 9704-2012, 7.3.5.2: the date begins two characters to the right of the name.
            name_left = right - 2 * BODY_SIZE - max(wide, date_wide + 2 * BODY_SIZE)
            ink.text(name_left, y, name, Role.BODY, BODY_SIZE)
            ink.text(name_left + 2 * BODY_SIZE, y - PITCH, date, Role.BODY, BODY_SIZE)

        return [Piece(height, draw)]


def _prose(text: str, role: Role, book: FontBook, indent: float = 2.0) -> list[Piece]:
    """Return the lines of ``text``, the first one of each paragraph indented by ``indent`` characters."""
    advances, room = book.advances(role), BLOCK_WIDTH / BODY_SIZE
    pieces = []
    for paragraph in text.split("\n"):
        lines = break_lines(paragraph, room, advances, first=room - indent)
        for number, line in enumerate(lines):
            left = indent * BODY_SIZE if number == 0 else 0.0
            pieces.append(_prose_line(line, role, left, spread=number < len(lines) - 1))
    return pieces


def _prose_line(line: str, role: Role, left: float, *, spread: bool) -> Piece:
    def draw(ink: Ink, x: float, top: float) -> None:
        y = top - (PITCH + BODY_SIZE) / 2 + 2
        if spread:
            ink.justified(x + left, y, line, role, BODY_SIZE, BLOCK_WIDTH - left)
        else:
            ink.text(x + left, y, line, role, BODY_SIZE)

    return Piece(PITCH, draw)


def _centred(line: str, role: Role, size: float, pitch: float) -> Piece:
    def draw(ink: Ink, x: float, top: float) -> None:
        ink.centred(x + BLOCK_WIDTH / 2, top - (pitch + size) / 2 + 3, line, role, size)

    return Piece(pitch, draw, keep=True)


def _empty(height: float, *, keep: bool = False) -> Piece:
    return Piece(height, lambda ink, x, top: None, keep=keep)  # noqa: ARG005 - nothing is drawn
