"""Reads the yearly notice on holidays, as decreed or as a table: which days are off, which are worked in exchange."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MOST_DAYS: Final = 15
_DATE: Final = r"(?:(\d{4})\s*[-年/.]\s*)?(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?"
_SPAN: Final = re.compile(rf"{_DATE}(?:\s*(?:至|到|~|～|—+|–)\s*(?:{_DATE}|(\d{{1,2}})\s*日?))?")
_BRACKETS: Final = re.compile(r"[（(][^（()）]*[)）]")
_NUMBERING: Final = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\d+[、．]|\d+\.\s)")
_NO_NAME: Final = re.compile(r"放假调休|调休|放假|上班|补班|休息|共\s*\d+\s*天|[休班与和\s,，、。:：\t]")


@dataclass(frozen=True)
class NoticedDay:
    """One day of a notice.

    Args:
        name: the holiday, e.g. 春节; of a make-up day mostly empty.
        working: whether it is worked (调休上班).
    """

    on: date
    name: str
    working: bool


def read_notice(text: str, year: int) -> tuple[list[NoticedDay], list[str]]:
    """Return the days of a notice in order, each once, and the lines that say no day of ``year``.

    Understood are the sentences of the State Council's notice (``春节：2月15日至23日放假调休，共9天。2月14日（周六）上班。``) and lines
    of a table (``2027-02-05,春节,休``, ``2027-02-14 班``, ``2027-02-05 至 2027-02-11 春节``).
    """
    days: dict[date, NoticedDay] = {}
    unread = []
    for line in text.splitlines():
        if not line.strip():
            continue
        found = _days_of(line, year)
        if found is None:
            unread.append(line.strip())
        else:
            days.update((day.on, day) for day in found)
    return sorted(days.values(), key=lambda day: day.on), unread


def notice_text(days: Sequence[NoticedDay]) -> str:
    """Return days as lines that `read_notice` reads back."""
    return "\n".join(" ".join(filter(None, (f"{day.on}", day.name, "上班" if day.working else "休"))) for day in days)


def _days_of(line: str, year: int) -> list[NoticedDay] | None:
    """Return the days of one line, or None when it has none, or one of another year, or none there is."""
    plain = _NUMBERING.sub("", _BRACKETS.sub("", line))
    head, colon, rest = plain.replace(":", "：").partition("：")
    name = head.strip() if colon else ""
    days = []
    for sentence in re.split(r"[。；;]", rest if colon else plain):
        working = "班" in sentence
        named = name or _NO_NAME.sub("", _SPAN.sub("", sentence))
        for match in _SPAN.finditer(sentence):
            span = _span(match, year)
            if span is None:
                return None
            days += [NoticedDay(day, "" if working and colon else named, working) for day in span]
    return days or None


def _span(match: re.Match[str], year: int) -> list[date] | None:
    own_year, month, day, to_year, to_month, to_day, only_day = match.groups()
    try:
        first = date(int(own_year or year), int(month), int(day))
        last = first
        if to_month:
            last = date(int(to_year or first.year), int(to_month), int(to_day))
        elif only_day:
            last = first.replace(day=int(only_day))
    except ValueError:
        return None
    length = (last - first).days + 1
    if not 1 <= length <= _MOST_DAYS or {first.year, last.year} != {year}:
        return None
    return [first + timedelta(days=count) for count in range(length)]
