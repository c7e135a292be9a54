"""Guessing what a column means that no synonym names: by a title that resembles one, or by its cells."""

import re
from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from station_app.domain.cell_text import compact
from station_app.domain.raw_sheet import Cell
from station_app.domain.sheet_mapping import Field

_CONTENT = (
    ("phone", re.compile(r"1[3-9]\d{9}(?:\.0)?")),
    ("id_number", re.compile(r"\d{17}[\dXx]")),
    ("gender", re.compile(r"[男女]")),
)
_ALIKE = 0.6
_LEAST = 3  # filled cells below which the content tells nothing


def guessed_key(title: str, cells: Sequence[Cell], fields: Sequence[Field], taken: Collection[str]) -> str:
    """Return the key of the free field a column may mean, or empty.

    Args:
        title: half-width, without blanks.
        cells: the first filled ones below it.
        taken: keys that other columns have.
    """
    free = [known for known in fields if known.key not in taken]
    alike = [(_likeness(title, synonym), known.key) for known in free for synonym in known.synonyms]
    likeness, key = max(alike, default=(0.0, ""), key=lambda pair: pair[0])
    return key if likeness >= _ALIKE else _by_content(cells, fields, taken)


def _likeness(title: str, synonym: str) -> float:
    """Return how much of two titles is the same in the same order, 0 … 1; one character alone says nothing."""
    if title.isascii() or len(set(title) & set(synonym)) < 2:
        return 0.0
    return SequenceMatcher(None, title, synonym, autojunk=False).ratio()


def _by_content(cells: Sequence[Cell], fields: Sequence[Field], taken: Collection[str]) -> str:
    free = {known.key for known in fields} - set(taken)
    texts = [compact(cell) for cell in cells]
    for key, pattern in _CONTENT:
        fitting = sum(bool(pattern.fullmatch(text)) for text in texts)
        if key in free and fitting >= _LEAST and fitting >= 0.8 * len(texts):
            return key
    return ""
