"""How wide text is in units of one ASCII character; a Chinese character counts two."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=8192)
def char_width(char: str) -> int:
    """Return 2 for a wide character (Chinese, full-width), 0 for a combining one, else 1.

    Ambiguous characters (East Asian Width A, such as “ ” — · ①) count 2: Chinese faces draw most of them full width;
    ambiguous letters such as é stay 1.
    """
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    width = unicodedata.east_asian_width(char)
    return 2 if width in "WF" or (width == "A" and not char.isalpha()) else 1


def text_width(text: str) -> int:
    """Return the width of the widest line of ``text``."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(sum(map(char_width, line)) for line in text.split("\n"))


def wrapped_lines(text: str, width: float) -> int:
    """Return how many lines ``text`` needs in a column of ``width`` units, never too few.

    Runs of ASCII (a phone, a number) move to the next line whole when they fit there, as spreadsheets do.
    """
    return sum(_lines(line, width) for line in text.split("\n"))


def _lines(line: str, width: float) -> int:
    if text_width(line) <= width:
        return 1
    count, used, word = 1, 0.0, 0
    for char in line:
        size = char_width(char)
        word = word + size if size == 1 and char not in " -/" else 0
        if used + size <= width:
            used += size
            continue
        count += 1
        # The unfinished word goes down with its last character, unless it fills a line by itself.
        used = float(word if 0 < word <= width else size)
        word = int(used) if word else 0
    return count
