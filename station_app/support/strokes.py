"""The order of names by strokes (以姓氏笔画为序), as lists of deputies are printed.

Characters are ordered by ``resources/strokes/order.txt``: by their number of strokes, then stroke by stroke 横竖撇点折
(GF 3003-1999 《GB 13000.1 字符集汉字字序（笔画序）规范》), equal strokes as 《通用规范汉字表》 (2013) lists them. The list
takes 5 ms to read, so that happens at the first use.

Names are compared character by character from the first, a double surname and the first part of a minority's long
name too by their first character alone; a given name of one character stands before those of two with the same
surname (高富 before 高大富), as if it had an empty character in between. So do the lists of people's congresses.
"""

from functools import cache
from typing import Final

from station_app.support.paths import resource
from station_app.support.surnames import DOTS, surname_of

_MISSING_CHARACTER: Final = 0
_BEYOND: Final = 0x110000


def stroke_key(name: str) -> tuple[tuple[int, ...], str]:
    """Return a key that sorts names by strokes; blanks and dots within a name do not count.

    A character beyond the list (rare ones outside 《通用规范汉字表》 and GB 13000.1, letters, digits) sorts behind all of
    it, by its code point: nobody knows its strokes here, and 排序号 puts such a name where it belongs.
    """
    surname = surname_of(name)
    given = _ranks(name[len(surname) :])
    single = bool(surname) and len(given) == 1
    return (*_ranks(surname), *([_MISSING_CHARACTER] if single else []), *given), name


def _ranks(text: str) -> list[int]:
    order = _order()
    return [order.get(each, _BEYOND + ord(each)) for each in text if not each.isspace() and each not in DOTS]


@cache
def _order() -> dict[str, int]:
    """Return the place of each character of the list, from 1 on."""
    lines = resource("strokes", "order.txt").read_text(encoding="utf-8").splitlines()
    listed = "".join(line for line in lines if not line.startswith("#"))
    return {character: place for place, character in enumerate(listed, start=1)}
