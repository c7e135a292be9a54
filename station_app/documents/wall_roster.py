"""代表公示牌: the deputies of a station with their photos, to be hung on its wall.

It says what a station makes public: photo, name, levels, post, villages, and a phone only where the deputy agreed to it.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from station_app.documents.cell_text import DEMO_MARK, printable
from station_app.documents.colour_ink import Colour, ColourInk
from station_app.documents.fonts import FontBook, Role, font_book
from station_app.documents.line_breaking import break_lines
from station_app.documents.name_lines import name_lines
from station_app.documents.paper import MM, page_size
from station_app.documents.silhouette import draw_silhouette
from station_app.documents.wall_cards import WallCard, WallRoster
from station_app.documents.wall_grid import CardSizes, Grid, MeasuredCard, Row, best_grid
from station_app.domain.problems import InvalidInput
from station_app.support.faults import Cancelled
from station_app.support.safe_file import write_file

TITLE: Final = "代表公示牌"
_RED: Final[Colour] = (0.69, 0.11, 0.11)
_DARK: Final[Colour] = (0.13, 0.13, 0.13)
_GREY: Final[Colour] = (0.38, 0.38, 0.38)
_LINE: Final[Colour] = (0.80, 0.77, 0.73)
_PHOTO_DPI: Final = 300
_A3: Final = 1.3
"""How much larger everything is on A3, which is read from farther away."""

_STATION: Final = 17.0
_TITLE: Final = 26.0
_SPREAD: Final = 8.0
"""Sizes of the station's name and the title, and the air between the title's characters."""
_MOST_SPREAD: Final = 1.25
"""How much farther apart than usual the cards of a short row may stand."""
_POST_LINES: Final = 4
_PLACE_LINES: Final = 3

Progress = Callable[[int, int], None]


def write_wall_roster(
    path: Path,
    roster: WallRoster,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    bundled_only: bool = False,
) -> None:
    """Write the board as PDF.

    Args:
        progress: told ``(cards drawn, cards in all)``.
        cancelled: asked before each card; True stops and leaves no file.

    Raises:
        StationFault: the file cannot be written.
        Cancelled: ``cancelled`` said so.
    """
    book = font_book(bundled_only=bundled_only)
    in_all = sum(len(section.cards) for section in roster.sections)

    def tell(done: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(done, in_all)

    write_file(path, lambda stream: _Board(stream, roster, book).write(tell))


def unprintable(roster: WallRoster) -> dict[str, str]:
    """Return the characters that no face has, each with the text it occurs in; paper shows them as 〓."""
    cards = [card for section in roster.sections for card in section.cards]
    words = [text for card in cards for text in (card.name, card.levels, card.post, card.places)]
    heads = [text for section in roster.sections for text in (section.title, section.note)]
    facts = [value for _, value in roster.facts]
    return font_book(bundled_only=False).missing_characters([roster.station, *heads, *facts, *words])


class _Board:
    """Measures the cards, deals them to pages, draws the pages."""

    def __init__(self, stream: BinaryIO, roster: WallRoster, book: FontBook) -> None:
        size = page_size(roster.paper, landscape=roster.landscape)
        title = f"{printable(roster.station)}{TITLE}"
        self._ink = ColourInk(stream, size, book, title, printable(roster.station))
        self._book, self._roster = book, roster
        self._scale = _A3 if roster.paper == "A3" else 1.0
        margin = 14 * MM * self._scale
        self._left, self._right = margin, size[0] - margin
        room = self._right - self._left
        self._head_lines = self._even(roster.station, Role.TITLE, _STATION * self._scale, room)
        wide = book.width(TITLE, Role.TITLE, _TITLE)
        self._title_width = (wide + _SPREAD * (len(TITLE) - 1)) * self._scale
        beside = book.width(roster.station, Role.TITLE, _STATION * self._scale) + 3 * _SPREAD * self._scale
        self._abreast = roster.landscape and beside + self._title_width <= room
        self._top = size[1] - margin - self._head_height()
        self._fact_size, self._fact_lines = self._facts()
        self._bottom = margin + self._foot_height()
        self._grid = self._chosen_grid()

    def write(self, tell: Callable[[int], None]) -> None:
        """Write the whole PDF."""
        pages, done = self._grid.pages, 0
        for number, rows in enumerate(pages, start=1):
            self._draw_head(number)
            gap = self._grid.gap(number - 1)
            y = self._top
            for row in rows:
                if row.heading:
                    self._draw_heading(row, y)
                    y -= self._grid.heading
                for place, card in enumerate(row.cards):
                    tell(done)
                    self._draw_card(card, self._card_left(row, place), y)
                    done += 1
                y -= row.height + gap
            self._draw_foot(number, len(pages))
            self._ink.next_page()
        tell(done)
        self._ink.save()

    def _lines(self, text: str, role: Role, size: float, width: float) -> list[str]:
        return break_lines(printable(text), width / size, self._book.advances(role)) if text else []

    # -- measuring ---------------------------------------------------------------------------------------------------

    def _chosen_grid(self) -> Grid:
        sections = [
            (section.title, section.note, [_clean(card) for card in section.cards])
            for section in self._roster.sections
            if section.cards
        ]
        return best_grid(
            sections,
            width=self._right - self._left,
            height=self._top - self._bottom,
            scale=self._scale,
            measure=self._measured,
        )

    def _measured(self, card: WallCard, sizes: CardSizes) -> MeasuredCard:
        width = sizes.text_width
        name_size, name = self._name(card.name, sizes)
        small, smaller = sizes.small, sizes.smaller
        lines = [(text, Role.HEI, name_size, _DARK) for text in name]
        wide = self._book.width(card.levels, Role.TABLE, 1)
        if wide and smaller <= width / wide < small:
            small = width / wide - 0.01
        lines += [(text, Role.TABLE, small, _RED) for text in self._even(card.levels, Role.TABLE, small, width)]
        post = _at_most(_POST_LINES, self._even(card.post, Role.TABLE, smaller, width))
        lines += [(text, Role.TABLE, smaller, _DARK) for text in post]
        lines += [(line, Role.TABLE, smaller, _GREY) for line in self._places(card.places, smaller, width)]
        lines += [(card.phone, Role.TABLE, smaller, _GREY)] if card.phone else []
        height = sizes.photo_height + sizes.under_photo + sum(size * _leading(role) for _, role, size, _ in lines)
        return MeasuredCard(card, sizes, tuple(lines), height)

    def _name(self, name: str, sizes: CardSizes) -> tuple[float, list[str]]:
        """Return the size and lines of a name: in one line where that takes little, else two lines or more."""
        wide = self._book.width(name, Role.HEI, sizes.name)
        smallest = 0.8 * sizes.name
        if wide <= sizes.text_width:
            return sizes.name, [name]
        if wide * 0.8 <= sizes.text_width:
            return max(smallest, sizes.name * sizes.text_width / wide - 0.01), [name]
        return smallest, name_lines(name, sizes.text_width / smallest, self._book.advances(Role.HEI))

    def _places(self, places: str, size: float, width: float) -> list[str]:
        """Return the villages in few lines, each whole; where there are more, the first ones and how many they are."""
        names = [name for name in places.split("、") if name]
        for shown in range(len(names), 0, -1):
            more = f"等{len(names)}个" if shown < len(names) else ""
            words = [f"{name}、" for name in names[: shown - 1]] + [f"{names[shown - 1]}{more}"]
            lines = [""]
            for word in [f"联系{words[0]}", *words[1:]]:
                if lines[-1] and self._book.width((lines[-1] + word).rstrip("、"), Role.TABLE, size) > width:
                    lines.append("")
                lines[-1] += word
            if len(lines) <= _PLACE_LINES or shown == 1:
                return [part for line in lines for part in self._even(line.rstrip("、"), Role.TABLE, size, width)]
        return []

    def _even(self, text: str, role: Role, size: float, width: float) -> list[str]:
        """Return lines of like length, so that no single character is left over for the last one."""
        lines = self._lines(text, role, size, width)
        narrowest, widest = width / max(len(lines), 1), width
        for _ in range(6 if len(lines) > 1 else 0):
            middle = (narrowest + widest) / 2
            tried = self._lines(text, role, size, middle)
            if len(tried) <= len(lines):
                lines, widest = tried, middle
            else:
                narrowest = middle
        return lines

    def _head_height(self) -> float:
        return ((0 if self._abreast else len(self._head_lines) * 23) + 30 + 22) * self._scale

    def _facts(self) -> tuple[float, list[list[tuple[str, str]]]]:
        """Return size and lines of the facts; a little smaller where that brings them into one line."""
        lines: list[list[tuple[str, str]]] = []
        for size in (9.5 * self._scale, 9.0 * self._scale, 8.5 * self._scale):
            lines = self._fact_lines_of(size)
            if len(lines) <= 1:
                return size, lines
        return 9.5 * self._scale, self._fact_lines_of(9.5 * self._scale)

    def _fact_lines_of(self, size: float) -> list[list[tuple[str, str]]]:
        room = self._right - self._left
        lines: list[list[tuple[str, str]]] = [[]]
        used = 0.0
        for label, value in self._roster.facts:
            parts = self._lines(f"{label}：{value}", Role.TABLE, size, room)
            for number, part in enumerate(parts):
                wide = self._book.width(part, Role.HEI, size) + 2.5 * size
                if lines[-1] and used + wide > room:
                    lines.append([])
                    used = 0.0
                head = f"{label}：" if number == 0 else ""
                lines[-1].append((head, part.removeprefix(head)))
                used += wide
        return [line for line in lines if line]

    def _foot_height(self) -> float:
        return (len(self._fact_lines) * 15 + 20) * self._scale

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _draw_head(self, number: int) -> None:
        ink, k = self._ink, self._scale
        middle = (self._left + self._right) / 2
        y = ink.height - 14 * MM * k
        if number == 1:
            ink.bookmark(f"{printable(self._roster.station)}{TITLE}")
        if self._roster.demo:
            with ink.coloured(_GREY):
                ink.right(self._right, ink.height - 9 * MM * k, DEMO_MARK, Role.TABLE_BOLD, 9 * k)
        left = middle - self._title_width / 2
        if self._abreast:
            beside = ink.measure(self._head_lines[0], Role.TITLE, _STATION * k) + 3 * _SPREAD * k
            left += beside / 2
            with ink.coloured(_DARK):
                ink.text(left - beside, y - 24 * k, self._head_lines[0], Role.TITLE, _STATION * k)
        else:
            for line in self._head_lines:
                y -= 23 * k
                with ink.coloured(_DARK):
                    ink.centred(middle, y + 6 * k, line, Role.TITLE, _STATION * k)
        y -= 32 * k
        with ink.coloured(_RED):
            ink.text(left, y + 8 * k, TITLE, Role.TITLE, _TITLE * k, _SPREAD * k)
            self._draw_rule(y - 4 * k, thick_first=True)

    def _draw_rule(self, y: float, *, thick_first: bool) -> None:
        """Draw a thick and a thin line, as on official papers."""
        k = self._scale
        thick, thin = (y, y - 2.6 * k) if thick_first else (y - 2.6 * k, y)
        self._ink.lines([(self._left, thick, self._right, thick)], 1.8 * k)
        self._ink.lines([(self._left, thin, self._right, thin)], 0.6 * k)

    def _draw_heading(self, row: Row, top: float) -> None:
        ink, k = self._ink, self._scale
        size, y = 12 * k, top - 14 * k
        with ink.coloured(_RED):
            ink.shape(_rectangle(self._left, y - 1.5 * k, 3.5 * k, 12.5 * k))
            ink.text(self._left + 9 * k, y, row.heading, Role.HEI, size)
        room = self._right - self._left - 21 * k - ink.measure(row.heading, Role.HEI, size)
        note = _shortened(row.note, room / (9 * k), self._book)
        with ink.coloured(_GREY):
            ink.right(self._right, y, note, Role.TABLE, 9 * k)
        with ink.coloured(_LINE):
            ink.lines([(self._left, y - 5.5 * k, self._right, y - 5.5 * k)], 0.6 * k)

    def _card_left(self, row: Row, place: int) -> float:
        """Return the left edge of a card's share of the width; a row that is not full stands in the middle."""
        pitch = (self._right - self._left) / self._grid.columns
        wide = pitch * min(self._grid.columns / row.longest, _MOST_SPREAD)
        middle = (self._left + self._right) / 2 + (place - (len(row.cards) - 1) / 2) * wide
        return middle - pitch / 2

    def _draw_card(self, card: MeasuredCard, left: float, top: float) -> None:
        ink, sizes = self._ink, card.sizes
        middle = left + sizes.cell / 2
        x, y = middle - sizes.photo / 2, top - sizes.photo_height
        self._draw_photo(card, x, y)
        with ink.coloured(_LINE):
            ink.box(x, y, sizes.photo, sizes.photo_height, thickness=0.6 * self._scale)
        y -= sizes.under_photo
        for text, role, size, colour in card.lines:
            y -= size * _leading(role)
            with ink.coloured(colour):
                ink.centred(middle, y + size * 0.28, text, role, size)

    def _draw_photo(self, card: MeasuredCard, x: float, y: float) -> None:
        from station_app.documents.photos import portrait

        sizes, taken = card.sizes, card.card.photo() if card.card.photo is not None else None
        if taken is not None:
            try:
                jpeg = portrait(taken, card.card.name, round(sizes.photo_height / 72 * _PHOTO_DPI))
            except InvalidInput:
                taken = None  # a file that cannot be read as a photo leaves the silhouette
            else:
                self._ink.photo(jpeg, x, y, sizes.photo, sizes.photo_height)
        if taken is None:
            draw_silhouette(self._ink, x, y, sizes.photo, sizes.photo_height)

    def _draw_foot(self, number: int, count: int) -> None:
        ink, k = self._ink, self._scale
        size = self._fact_size
        middle, y = (self._left + self._right) / 2, self._bottom - 6 * k
        with ink.coloured(_RED):
            self._draw_rule(y, thick_first=False)
        y -= 2 * k
        for line in self._fact_lines:
            y -= 15 * k
            wide = sum(ink.measure(a, Role.HEI, size) + ink.measure(b, Role.TABLE, size) for a, b in line)
            x = middle - (wide + 2.5 * size * (len(line) - 1)) / 2
            for label, value in line:
                with ink.coloured(_RED):
                    ink.text(x, y, label, Role.HEI, size)
                x += ink.measure(label, Role.HEI, size)
                with ink.coloured(_DARK):
                    ink.text(x, y, value, Role.TABLE, size)
                x += ink.measure(value, Role.TABLE, size) + 2.5 * size
        low = 8.5 * MM * k
        with ink.coloured(_GREY):
            ink.right(self._right, low, self._roster.date, Role.TABLE, 8 * k)
            if count > 1:
                ink.text(self._left, low, f"第 {number} 页 / 共 {count} 页", Role.TABLE, 8 * k)


def _leading(role: Role) -> float:
    return 1.42 if role is Role.HEI else 1.34


def _at_most(count: int, lines: list[str]) -> list[str]:
    return lines if len(lines) <= count else [*lines[: count - 1], f"{lines[count - 1][:-1]}…"]


def _clean(card: WallCard) -> WallCard:
    return replace(
        card,
        name=printable(card.name),
        levels=printable(card.levels),
        post=printable(card.post),
        places=printable(card.places),
        phone=printable(card.phone),
    )


def _rectangle(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def _shortened(text: str, room: float, book: FontBook) -> str:
    """Return ``text`` or as much of it as ``room`` ems hold, whole names, then 等."""
    advances = book.advances(Role.TABLE)
    text = printable(text)
    while text and sum(advances[char] for char in text) > room:
        shorter = text.removesuffix("等").rpartition("、")[0]
        text = f"{shorter}等" if shorter else ""
    return text
