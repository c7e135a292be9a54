"""Guessing what a column means that no synonym names: by a title that resembles one, or by its cells."""

import re
from collections.abc import Collection, Sequence

from station_app.domain.cell_text import compact
from station_app.domain.raw_sheet import Cell
from station_app.domain.sheet_mapping import Field

_CONTENT = (
    ("phone", re.compile(r"1[3-9]\d{9}(?:\.0)?")),
    ("id_number", re.compile(r"\d{17}[\dXx]")),
    ("gender", re.compile(r"[男女]")),
)
_LEAST = 3  # filled cells below which the content tells nothing


def guessed_key(title: str, cells: Sequence[Cell], fields: Sequence[Field], taken: Collection[str]) -> str:
    """Return the key of the free field a column may mean, or empty.

    Args:
        title: half-width, without blanks.
        cells: the first filled ones below it.
        taken: keys that other columns have.
    """
    best, length = "", 1
    for known in fields:
        if known.key in taken:
            continue
        for synonym in known.synonyms:
            shared = synonym if synonym in title else title if title in synonym else ""
            if len(shared) > length and not shared.isascii():
                best, length = known.key, len(shared)
    return best or _by_content(cells, fields, taken)


def _by_content(cells: Sequence[Cell], fields: Sequence[Field], taken: Collection[str]) -> str:
    free = {known.key for known in fields} - set(taken)
    texts = [compact(cell) for cell in cells]
    for key, pattern in _CONTENT:
        fitting = sum(bool(pattern.fullmatch(text)) for text in texts)
        if key in free and fitting >= _LEAST and fitting >= 0.8 * len(texts):
            return key
    return ""
