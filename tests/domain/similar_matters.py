"""Labelled pairs of matters: which are the same one told by different people, and which only sound alike.

Written before the measure was chosen and never changed to suit it. Every theme has one matter of one village told by
three speakers, the same theme in another village, and other matters of the same village that share its words. Themes
alternate between the half on which weights and threshold may be tuned and the half on which they are judged. They
stand in ``similar_matters.json``.
"""

import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Told:
    """A matter as somebody told it; ``village`` is empty where none was noted."""

    words: str
    village: str
    category: str


@dataclass(frozen=True)
class Pair:
    """Two matters, and whether they are one and the same."""

    one: Told
    other: Told
    same: bool
    theme: str


@dataclass(frozen=True)
class Theme:
    """One theme: a matter in three tellings, elsewhere the same complaint, and neighbours that share its words.

    Args:
        same: words of each telling; a pair gives its own category, as another clerk filed it.
        elsewhere: village and words.
        others: words of other matters in the same village.
    """

    name: str
    category: str
    village: str
    same: tuple[str | tuple[str, str], ...]
    elsewhere: tuple[str, str]
    others: tuple[str, ...]

    def tellings(self) -> list[Told]:
        """Return the tellings of the one matter."""
        return [
            Told(one, self.village, self.category) if isinstance(one, str) else Told(one[0], self.village, one[1])
            for one in self.same
        ]

    def strangers(self) -> list[Told]:
        """Return what only sounds like it."""
        village, words = self.elsewhere
        return [Told(words, village, self.category), *(Told(one, self.village, self.category) for one in self.others)]

    def pairs(self) -> list[Pair]:
        """Return every pair of tellings, and two tellings beside each stranger."""
        tellings = self.tellings()
        return [
            *(Pair(one, other, True, self.name) for one, other in combinations(tellings, 2)),
            *(Pair(one, stranger, False, self.name) for stranger in self.strangers() for one in tellings[:2]),
        ]


def _read(values: dict[str, Any]) -> Theme:
    same = tuple(one if isinstance(one, str) else (one[0], one[1]) for one in values["same"])
    village, words = values["elsewhere"]
    return Theme(values["name"], values["category"], values["village"], same, (village, words), tuple(values["others"]))


_FILE = Path(__file__).with_suffix(".json")
THEMES = tuple(_read(values) for values in json.loads(_FILE.read_text(encoding="utf-8")))
TUNING_THEMES = THEMES[::2]
JUDGING_THEMES = THEMES[1::2]


def pairs_of(themes: tuple[Theme, ...]) -> list[Pair]:
    """Return the labelled pairs of some themes."""
    return [pair for theme in themes for pair in theme.pairs()]


def told_in(themes: tuple[Theme, ...]) -> list[Told]:
    """Return everything told in some themes, as a register would hold it."""
    return [told for theme in themes for told in (*theme.tellings(), *theme.strangers())]
