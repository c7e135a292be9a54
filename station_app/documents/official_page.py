"""Official papers after GB/T 9704-2012: A4, 37 mm above, 28 mm left, 156 × 225 mm of text, page number — 1 —."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from station_app.documents.cell_text import DEMO_MARK, printable
from station_app.documents.fonts import FontBook, Role, font_book
from station_app.documents.ink import Ink
from station_app.documents.official_blocks import BLOCK_HEIGHT, BLOCK_WIDTH, Block, Heading, Piece, SignOff, Title
from station_app.documents.paper import MM, page_size
from station_app.support.faults import Cancelled
from station_app.support.safe_file import write_file

_LEFT, _TOP = 28 * MM, 37 * MM
_FORM_TOP, _FORM_HEIGHT, _FORM_GAP = 26 * MM, 248 * MM, 12.0
_NUMBER_SIZE, _MARK_SIZE = 14.0, 8.0


@dataclass(frozen=True)
class OfficialPaper:
    """A paper to print.

    Args:
        title: lines of the title.
        author: station or organ, for the PDF's metadata.
        blocks: what follows the title, in order.
        demo: True prints 示例数据 on every page.
        draft: True prints 草稿 on every page.
        mark: small type beside the page numbers; empty for none.
        form: True for what is no letter but a form: more of the page is used, so that it need not go on overleaf.
    """

    title: tuple[str, ...]
    author: str
    blocks: tuple[Block, ...]
    demo: bool = False
    draft: bool = False
    mark: str = ""
    form: bool = False

    @property
    def top(self) -> float:
        """Points above the text."""
        return _FORM_TOP if self.form else _TOP

    @property
    def room(self) -> float:
        """Points of text on a page."""
        return _FORM_HEIGHT if self.form else BLOCK_HEIGHT


@dataclass
class _Page:
    pieces: list[Piece]
    headings: list[str]
    used: float = 0.0


def write_official_paper(
    path: Path, paper: OfficialPaper, cancelled: Callable[[], bool] | None = None, *, bundled_only: bool = False
) -> None:
    """Write one paper as PDF.

    Raises:
        StationFault: the file cannot be written.
        Cancelled: ``cancelled`` said so; no file is left.
    """
    if cancelled is not None and cancelled():
        raise Cancelled
    write_file(path, lambda stream: write_pages(stream, paper, bundled_only=bundled_only))


def write_pages(stream: BinaryIO, paper: OfficialPaper, *, bundled_only: bool = False) -> None:
    """Write one paper as PDF into a stream, in memory or of a file."""
    book = font_book(bundled_only=bundled_only)
    size = page_size("A4", landscape=False)
    title = printable("".join(paper.title))
    ink = Ink(stream, size, book, title, printable(paper.author))
    for number, page in enumerate(_dealt(paper, book), start=1):
        if number == 1:
            ink.bookmark(title)
        for heading in page.headings:
            ink.bookmark(heading, 1)
        y = size[1] - paper.top
        for piece in page.pieces:
            piece.draw(ink, _LEFT, y)
            y -= piece.height
        if page.pieces[-1].cut is not None:
            page.pieces[-1].cut(ink, _LEFT, y)
        _draw_margins(ink, paper, number)
        ink.next_page()
    ink.save()


def _draw_margins(ink: Ink, paper: OfficialPaper, number: int) -> None:
    """Draw the page number, at the right on odd and at the left on even pages, and the marks above the text."""
    text, y = f"— {number} —", ink.height - paper.top - paper.room - 7 * MM - _NUMBER_SIZE / 2
    if number % 2:
        ink.right(_LEFT + BLOCK_WIDTH - _NUMBER_SIZE, y, text, Role.BODY, _NUMBER_SIZE)
        ink.text(_LEFT, y, printable(paper.mark), Role.TABLE, _MARK_SIZE)
    else:
        ink.text(_LEFT + _NUMBER_SIZE, y, text, Role.BODY, _NUMBER_SIZE)
        ink.right(_LEFT + BLOCK_WIDTH, y, printable(paper.mark), Role.TABLE, _MARK_SIZE)
    if paper.demo:
        ink.right(_LEFT + BLOCK_WIDTH, ink.height - 22 * MM, DEMO_MARK, Role.HEI, 12)
    if paper.draft:
        ink.box(_LEFT, ink.height - 23.5 * MM, 44, 20, thickness=1)
        ink.centred(_LEFT + 22, ink.height - 23.5 * MM + 5.5, "草稿", Role.HEI, 14)


def _dealt(paper: OfficialPaper, book: FontBook) -> list[_Page]:
    """Deal the pieces to pages: what keeps together moves together."""
    pages = [_Page([], [])]
    for unit, headings in _units(paper, book):
        page = pages[-1]
        if page.pieces and page.used + sum(piece.height for piece in unit) > paper.room + 0.01:
            page = _Page([], [])
            pages.append(page)
        page.headings += headings
        for piece in unit:
            if page.pieces and page.used + piece.height > paper.room + 0.01:
                page = _Page([], [])
                pages.append(page)
            if not page.pieces and piece.again is not None:
                page.pieces.append(piece.again)
                page.used += piece.again.height
            page.pieces.append(piece)
            page.used += piece.height
    return [page for page in pages if page.pieces]


def _units(paper: OfficialPaper, book: FontBook) -> list[tuple[list[Piece], list[str]]]:
    """Return runs of pieces that keep together, with the headings in each."""
    units: list[tuple[list[Piece], list[str]]] = [([], [])]
    title = Title(paper.title, _FORM_GAP) if paper.form else Title(paper.title)
    flow = _flow([title, *paper.blocks], book)
    for piece, heading in flow:
        units[-1][0].append(piece)
        if heading:
            units[-1][1].append(heading)
        if not piece.keep:
            units.append(([], []))
    return [unit for unit in units if unit[0]]


def _flow(blocks: Sequence[Block], book: FontBook) -> list[tuple[Piece, str]]:
    flow: list[tuple[Piece, str]] = []
    for block in blocks:
        if isinstance(block, SignOff):  # never alone on a page: what stands before goes with it
            flow[-3:] = [(replace(piece, keep=True), heading) for piece, heading in flow[-3:]]
        heading = block.text if isinstance(block, Heading) else ""
        for number, piece in enumerate(block.pieces(book)):
            flow.append((piece, printable(heading) if number == 0 else ""))
    return flow
