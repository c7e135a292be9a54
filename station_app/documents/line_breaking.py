"""Where a line may end: 避头尾 and whole numbers, after UAX #14 for the characters that occur here.

A small table of our own instead of the whole standard: ledgers measure thirty thousand cells a second.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# Marks that must not begin a line, and marks that must not end one (GB/T 15834-2011, 5.1.9; UAX #14 CL, CP, EX, NS, OP).
NEVER_FIRST = frozenset(
    "，。、；：？！）》〉」』】〕〗｝”’…‥·～‰％℃°′″々ー﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞｝］〞〟｡｣､．,.;:?!)]}%»›"
)
NEVER_LAST = frozenset("（《〈「『【〔〖｛“‘［〝﹙﹛﹝｢([{￥＄№«‹$")
_INSIDE_WORDS = frozenset("-_./\\:@%+&#'\"=~*,;?!$)]}([{<>")
_SOFT = frozenset("-/_@.")
_TOLERANCE = 1e-6


def break_lines(text: str, width: float, advances: Mapping[str, float], first: float | None = None) -> list[str]:
    """Return ``text`` broken into lines.

    No line begins with a closing or ends with an opening mark, and no number or word is torn that fits on a line;
    where nothing else is possible, text is broken anywhere.

    Args:
        text: may hold line feeds, which always break.
        width: of a line, in ems.
        advances: width of each character in ems.
        first: width of the first line of each paragraph where it differs (indent).
    """
    if "\n" not in text:
        return _wrap(text, width, advances, width if first is None else first)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap(paragraph, width, advances, width if first is None else first)
    return lines


def may_break(before: str, after: str) -> bool:
    """Return whether a line may end between two characters."""
    if after in NEVER_FIRST or before in NEVER_LAST or after == " ":
        return False
    if before == " ":
        return True
    if _extends(after) or (before == after == "—") or before == "\u200d":
        return False
    return not (_in_word(before) and _in_word(after))


def word_pieces(text: str) -> list[str]:
    """Return ``text`` cut into single characters and whole words or numbers."""
    pieces: list[str] = []
    before = ""
    for char in text:
        if before and ((_in_word(before) and _in_word(char)) or _extends(char)):
            pieces[-1] += char
        else:
            pieces.append(char)
        before = char
    return pieces


def _wrap(text: str, width: float, advances: Mapping[str, float], first: float) -> list[str]:
    widths = [advances[char] for char in text]
    room = first + _TOLERANCE
    if sum(widths) <= room:
        return [text]
    lines: list[str] = []
    start, index, used, end = 0, 0, 0.0, len(text)
    while index < end:
        if used + widths[index] <= room or index == start or text[index] == " ":
            used += widths[index]
            index += 1
            continue
        cut = _cut(text, start, index)
        lines.append(text[start:cut].rstrip(" "))
        while cut < end and text[cut] == " ":
            cut += 1
        start = index = cut
        used, room = 0.0, width + _TOLERANCE
    if start < end:
        lines.append(text[start:])
    return lines


def _cut(text: str, start: int, full: int) -> int:
    """Return where the line that begins at ``start`` and is full before ``full`` ends."""
    for cut in range(full, start, -1):
        # Blanks at the end of a line are dropped: the mark before them is then the last one.
        if may_break(text[cut - 1], text[cut]) and text[start:cut].rstrip(" ")[-1:] not in NEVER_LAST:
            return cut
    for cut in range(full, start, -1):  # a code too long for the line: after a hyphen or slash
        if text[cut - 1] in _SOFT and text[cut] not in NEVER_FIRST and cut - start > 1:
            return cut
    for cut in range(full, start, -1):
        if text[cut] not in NEVER_FIRST and text[cut - 1] not in NEVER_LAST and not _extends(text[cut]):
            return cut
    return full


@lru_cache(maxsize=8192)
def _in_word(char: str) -> bool:
    return char in _INSIDE_WORDS or (char < "\u2e80" and char.isalnum())


@lru_cache(maxsize=8192)
def _extends(char: str) -> bool:
    return char == "\u200d" or unicodedata.category(char) in {"Mn", "Me"}
