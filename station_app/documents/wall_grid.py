"""How the cards of a 代表公示牌 are dealt to rows and pages: few pages, large photos, no card alone in a row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final

from station_app.documents.colour_ink import Colour
from station_app.documents.fonts import Role
from station_app.documents.paper import MM
from station_app.documents.wall_cards import WallCard

_SMALLEST_PHOTO, _LARGEST_PHOTO = 19 * MM, 46 * MM
"""Widths on A4; on A3 both are larger by the board's scale."""
_WIDEST_SHARE: Final = 0.84
"""Of a card's width for its photo."""
_STEP: Final = 0.92
_TYPE: Final = (1.0, 0.88)
"""On A3 the cards' type may be a little smaller than the board's scale where that saves a page."""
_HEADING: Final = 27.0
_LEAST_GAP: Final = 7.0
_MOST_GAP: Final = 34.0

Line = tuple[str, Role, float, Colour]
"""Text, face, size and colour of a line under a photo."""


@dataclass(frozen=True)
class CardSizes:
    """Sizes in points of one card.

    Args:
        cell: the card's share of the width.
        photo: width of the photo, which is 5:7.
        scale: of the board: type is no smaller than 8 points times this.
    """

    cell: float
    photo: float
    scale: float

    @property
    def photo_height(self) -> float:
        """Height of the photo."""
        return self.photo * 1.4

    @property
    def under_photo(self) -> float:
        """Air between the photo and the name."""
        return 2.5 * self.scale

    @property
    def text_width(self) -> float:
        """Width of the lines under the photo."""
        return self.cell - 7 * self.scale

    @property
    def name(self) -> float:
        """Size of the name."""
        return min(max(11 * self.scale, self.photo * 0.165), 19 * self.scale)

    @property
    def small(self) -> float:
        """Size of the levels."""
        return min(max(8.5 * self.scale, self.photo * 0.112), 12 * self.scale)

    @property
    def smaller(self) -> float:
        """Size of post and villages."""
        return min(max(8 * self.scale, self.photo * 0.102), 11 * self.scale)


@dataclass(frozen=True)
class MeasuredCard:
    """A card with the lines under its photo and its whole height."""

    card: WallCard
    sizes: CardSizes
    lines: tuple[Line, ...]
    height: float


@dataclass(frozen=True)
class Row:
    """Cards side by side.

    Args:
        heading / note: above the row: of the section that begins or goes on here; empty for none.
        height: of the cards.
        longest: cards in the longest row of its section.
    """

    cards: tuple[MeasuredCard, ...]
    height: float
    longest: int
    heading: str = ""
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """The rows of every page.

    Args:
        columns: cards in a full row.
        heading: height of a heading.
        room: height of a page.
        least / most: air under a row.
        largest: width a photo may have.
    """

    pages: tuple[tuple[Row, ...], ...]
    columns: int
    heading: float
    room: float
    least: float
    most: float
    largest: float

    def used(self, page: int) -> float:
        """Return the height a page's rows and headings take without the air between."""
        return sum(row.height + (self.heading if row.heading else 0) for row in self.pages[page])

    def gap(self, page: int) -> float:
        """Return the air under each row of a page: what is left is shared out, but rows never drift apart."""
        rows = len(self.pages[page])
        share = (self.room - self.used(page)) / max(rows, 1)
        return max(self.least, min(share, self.most)) if rows > 1 else self.least


Section = tuple[str, str, Sequence[WallCard]]
"""Title, note, cards."""
Measure = Callable[[WallCard, CardSizes], MeasuredCard]


def best_grid(sections: Sequence[Section], *, width: float, height: float, scale: float, measure: Measure) -> Grid:
    """Return the fewest pages the cards fit on and, for these, the least torn sections and the largest photos.

    Args:
        sections: none of them empty.
        width / height: of the room for cards on a page, in points.
        scale: 1 for A4, more for larger paper.
        measure: breaks a card's lines for given sizes.
    """
    grids: list[Grid] = []
    for columns, sizes in _candidates(width, scale, max((len(cards) for _, _, cards in sections), default=0)):
        rows = [
            _rows([measure(card, sizes) for card in cards], columns, title, note) for title, note, cards in sections
        ]
        least, most = _LEAST_GAP * sizes.scale, _MOST_GAP * sizes.scale
        empty = Grid((), columns, _HEADING * sizes.scale, height, least, most, _LARGEST_PHOTO * scale)
        grids += [_dealt(rows, empty, whole=whole) for whole in (True, False)]
    return min(grids, key=_badness)


def _candidates(width: float, scale: float, most_in_section: int) -> Iterator[tuple[int, CardSizes]]:
    smallest, largest = _SMALLEST_PHOTO * scale, _LARGEST_PHOTO * scale
    for columns in range(2, max(2, min(most_in_section, int(width * _WIDEST_SHARE / smallest))) + 1):
        if columns > 2 and ceil(most_in_section / ceil(most_in_section / columns)) < columns:
            continue  # its longest row would be shorter: another number of columns has the same rows, only larger
        for kind in sorted({max(1.0, scale * kind) for kind in _TYPE}):
            photo = min(width / columns * _WIDEST_SHARE, largest)
            while photo >= smallest:
                yield columns, CardSizes(width / columns, photo, kind)
                photo *= _STEP


def _badness(grid: Grid) -> float:
    """Return what is to be avoided, weighed: overflow, lonely cards, pages, empty paper, torn sections, small photos."""
    pages = range(len(grid.pages))
    over = sum(grid.used(page) + grid.least * (len(grid.pages[page]) - 1) > grid.room + 0.01 for page in pages)
    empty = sum(max(0.0, grid.room - grid.used(page) - grid.most * len(grid.pages[page])) for page in pages) / grid.room
    torn = sum(row.heading.endswith(_ON) for rows in grid.pages for row in rows)
    lonely = sum(len(row.cards) == 1 < row.longest for rows in grid.pages for row in rows)
    photo = max((card.sizes.photo for rows in grid.pages for row in rows for card in row.cards), default=0.0)
    return 100 * over + 2 * lonely + 0.75 * len(pages) + 0.8 * empty + 0.35 * torn - photo / grid.largest


_ON: Final = "（续）"


def _dealt(rows: list[list[Row]], empty: Grid, *, whole: bool) -> Grid:
    """Deal the sections' rows to pages, which are as evenly filled as their number allows."""
    height = empty.room
    first = _filled(rows, empty, height, whole=whole)
    best, low, high = first, height / 2, height
    for _ in range(7):  # the lowest page with which their number stays
        middle = (low + high) / 2
        tried = _filled(rows, empty, middle, whole=whole)
        if len(tried) <= len(first) and _highest(tried, empty) <= height + 0.01:
            best, high = tried, middle
        else:
            low = middle
    return replace(empty, pages=best)


def _rows(cards: list[MeasuredCard], columns: int, title: str, note: str) -> list[Row]:
    """Return rows that differ by at most one card, the longer ones first."""
    count = ceil(len(cards) / columns)
    short, longer = divmod(len(cards), count)
    rows, start = [], 0
    for number in range(count):
        end = start + short + (number < longer)
        shown = tuple(cards[start:end])
        height = max(card.height for card in shown)
        rows.append(Row(shown, height, short + bool(longer), title, note if number == 0 else ""))
        start = end
    return rows


def _filled(sections: list[list[Row]], grid: Grid, height: float, *, whole: bool) -> tuple[tuple[Row, ...], ...]:
    """Fill pages of a height; a section's title stands above its first row and where it goes on.

    Args:
        whole: True begins a new page for a section that would be torn and fits on one.
    """
    pages: list[list[Row]] = [[]]
    used = 0.0
    for rows in sections:
        in_all = sum(row.height + grid.least for row in rows) + grid.heading * bool(rows[0].heading)
        if whole and pages[-1] and used + in_all - grid.least > height >= in_all - grid.least:
            pages.append([])
            used = 0.0
        for number, row in enumerate(rows):
            starts = number == 0
            need = row.height + (grid.heading if starts and row.heading else 0)
            if pages[-1] and used + need > height + 0.01:
                pages.append([])
                used = 0.0
            goes_on = not starts and not pages[-1]
            shown = row
            if goes_on and row.heading:
                shown = replace(row, heading=f"{row.heading}{_ON}")
                need = row.height + grid.heading
            elif not starts:
                shown = replace(row, heading="")
            pages[-1].append(shown)
            used += need + grid.least
    return tuple(tuple(page) for page in pages)


def _highest(pages: tuple[tuple[Row, ...], ...], grid: Grid) -> float:
    counted = replace(grid, pages=pages)
    return max(counted.used(page) + grid.least * (len(rows) - 1) for page, rows in enumerate(pages))
