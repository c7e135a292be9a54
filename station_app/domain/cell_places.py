"""Villages and village groups as they hide in addresses, posts and places."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from station_app.domain.cell_text import compact
from station_app.domain.raw_sheet import Cell

_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_GROUP = re.compile(r"第?([0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:村民|居民)?(?:小组|组|队)")
# A village named after its township, as in 禾溪镇竹坑村四组5号; without the township in front a 村 may be anything.
_AFTER_TOWNSHIP = re.compile(r"(?:镇|乡|街道)((?:(?!镇|乡|街道)[^\W\d_]){2,6}?(?:村|社区))")
_WHOLE_PLACE = re.compile(r"全(?:镇|乡|街道|园区|企业|行业|片区|域)(?:/其他)?|各村|其他|多个?村")
_COMMITTEE = re.compile(r"(村|社区)?(?:村民委员会|居民委员会|村委会|居委会)$")


@dataclass(frozen=True)
class Place:
    """A village with the villagers' group, as far as a text tells.

    Args:
        village: its name as the station knows it, or as written; empty when none is named.
        group: number of the villagers' group (四组 → 4), or None.
    """

    village: str = ""
    group: int | None = None


def find_place(cell: Cell, villages: Iterable[str]) -> Place:
    """Find village and group in an address: 禾溪镇竹坑村四组5号 → 竹坑村, 4.

    Args:
        villages: names known to the station; the longest that occurs wins. A village not among them is found
            only where the text names the township before it.
    """
    text = compact(cell)
    village = known_village(cell, villages)
    if village:
        rest = text[text.index(village) + len(village) :]
    elif match := _AFTER_TOWNSHIP.search(text):
        village, rest = match[1], text[match.end() :]
    else:
        return Place()
    group = _GROUP.search(rest)
    return Place(village, chinese_number(group[1]) if group else None)


def known_village(cell: Cell, villages: Iterable[str]) -> str:
    """Return the longest of the known names that occurs in a text such as a post, or empty."""
    text = compact(cell)
    return max((name for name in villages if name and name in text), key=len, default="")


def read_village(cell: Cell, villages: Iterable[str]) -> str:
    """Read a cell that names a village: its known name, the name as written, or empty for 全镇 and blank."""
    text = compact(cell)
    if not text or _WHOLE_PLACE.fullmatch(text):
        return ""
    return find_place(cell, villages).village or _COMMITTEE.sub(_ending, text)


def is_village(cell: Cell, villages: Iterable[str]) -> bool:
    """Tell whether a cell is nothing but a village's name."""
    text = compact(cell)
    return text in set(villages) or bool(re.fullmatch(r"[^\W\d_]{2,6}(?:村|社区)", text))


def chinese_number(text: str) -> int:
    """Return a number below 100 written in digits or characters: 4, 四, 十二, 二十."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


def _ending(match: re.Match[str]) -> str:
    return match[1] or ("村" if match[0].startswith("村") else "社区")
