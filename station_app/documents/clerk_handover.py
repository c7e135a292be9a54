"""联络员工作交接单: what a clerk leaves to a successor, part by part, to be signed by both and a witness."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from station_app.documents.cell_text import printable
from station_app.documents.fonts import FontBook, Role, font_book
from station_app.documents.ink import Ink
from station_app.documents.letter_blocks import Grid, GridCell, Prose
from station_app.documents.official_blocks import BLOCK_WIDTH, Block, Piece, SignOff, Table
from station_app.documents.official_page import OfficialPaper, write_official_paper

TITLE: Final = "联络员工作交接单"
_INTERNAL: Final = "内部资料　注意保管"
_HEAD_SIZE, _HEAD_PITCH = 13.0, 27.0
_SIZE, _PITCH = 12.0, 19.0
_TABLE_SIZE: Final = 10.0
_SIGNED: Final = ("移交人", "接收人", "监交人")
_SIGN_HEIGHT: Final = 64.0
_NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True)
class HandoverPart:
    """One part.

    Args:
        title: without its number.
        words: paragraphs before the table.
        heads / rows / widths: of a table, as printed; none without heads.
        left: indices of columns that are set left.
    """

    title: str
    words: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    left: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class HandoverPaper:
    """The whole paper.

    Args:
        date: 2026年11月25日.
        closing: paragraph above the signatures.
    """

    station: str
    date: str
    parts: tuple[HandoverPart, ...]
    closing: str
    demo: bool = False


def write_handover(
    path: Path, paper: HandoverPaper, cancelled: Callable[[], bool] | None = None, *, bundled_only: bool = False
) -> None:
    """Write the paper as PDF.

    Raises:
        StationFault: the file cannot be written.
        Cancelled: ``cancelled`` said so; no file is left.
    """
    facts = (("联络站", True, 18.0), (paper.station, False, 72.0), ("交接日期", True, 22.0), (paper.date, False, 44.0))
    blocks: list[Block] = [Grid([[GridCell(text, share, label=label) for text, label, share in facts]], size=_SIZE)]
    for number, part in enumerate(paper.parts):
        blocks.append(_PartHead(f"{_NUMERALS[number]}、{part.title}"))
        blocks += [Prose(text, _SIZE, _PITCH) for text in part.words]
        if part.heads:
            blocks.append(_Air(3))
            blocks.append(Table(part.heads, part.rows, part.widths, part.left, _TABLE_SIZE))
    blocks.append(_Signatures("", "", closing=paper.closing))
    official = OfficialPaper((TITLE,), paper.station, tuple(blocks), paper.demo, mark=_INTERNAL, form=True)
    write_official_paper(path, official, cancelled, bundled_only=bundled_only)


def unprintable(paper: HandoverPaper) -> dict[str, str]:
    """Return the characters that no face has, each with the text it occurs in; paper shows them as 〓."""
    words = [text for part in paper.parts for row in (part.words, *part.rows) for text in row]
    return font_book(bundled_only=False).missing_characters([paper.station, *words])


@dataclass(frozen=True)
class _PartHead:
    """一、 in 黑体, smaller than a letter's; it never ends a page."""

    text: str

    def pieces(self, book: FontBook) -> list[Piece]:  # noqa: ARG002 - every block is given the faces
        def draw(ink: Ink, x: float, top: float) -> None:
            ink.text(x, top - _HEAD_PITCH + 7, printable(self.text), Role.HEI, _HEAD_SIZE)

        return [Piece(_HEAD_PITCH, draw, keep=True)]


@dataclass(frozen=True)
class _Air:
    """Nothing, kept with what follows."""

    height: float

    def pieces(self, book: FontBook) -> list[Piece]:  # noqa: ARG002 - every block is given the faces
        return [Piece(self.height, lambda ink, x, top: None, keep=True)]  # noqa: ARG005 - nothing is drawn


@dataclass(frozen=True)
class _Signatures(SignOff):
    """What is signed, and three boxes side by side to sign and date; never torn, never alone on a page."""

    closing: str = ""

    def pieces(self, book: FontBook) -> list[Piece]:
        third = BLOCK_WIDTH / len(_SIGNED)

        def draw(ink: Ink, x: float, top: float) -> None:
            top -= 8
            for place, who in enumerate(_SIGNED):
                left = x + place * third
                ink.text(left + 8, top - 20, f"{who}（签名）：", Role.HEI, 11)
                ink.right(left + third - 10, top - _SIGN_HEIGHT + 10, "　　　年　　月　　日", Role.BODY, 11)
                ink.box(left, top - _SIGN_HEIGHT, third, _SIGN_HEIGHT, thickness=0.7)

        words = [replace(piece, keep=True) for piece in Prose(self.closing, _SIZE, _PITCH).pieces(book)]
        return [*words, Piece(_SIGN_HEIGHT + 12, draw)]
