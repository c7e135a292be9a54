"""Mandates as a roster sheet tells them: levels, the term in its title, an end in the remark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from station_app.domain.cell_dates import read_date
from station_app.domain.people import EndReason, Level, Mandate

_TERM = re.compile(r"第([0-9]{1,2}|[一二三四五六七八九十]{1,3})届")
_LEVEL_IN_HEADING = re.compile(
    r"(全国|省|自治区|市|县|区|旗|乡|镇|街道)(?:第[^届]{1,3}届)?(?:级)?(?:人大|人民代表大会|各级|代表)"
)
_HEADING_LEVELS = {
    "全国": Level.NATIONAL, "省": Level.PROVINCIAL, "自治区": Level.PROVINCIAL, "市": Level.CITY,
    "县": Level.COUNTY, "区": Level.COUNTY, "旗": Level.COUNTY, "乡": Level.TOWNSHIP, "镇": Level.TOWNSHIP,
}  # fmt: skip
_END_WORDS = (
    (re.compile(r"调离|调出|迁出|调往"), EndReason.MOVED),
    (re.compile(r"辞职|辞去代表"), EndReason.RESIGNED),
    (re.compile(r"去世|病故|逝世|身故|已故|亡故"), EndReason.DIED),
    (re.compile(r"罢免"), EndReason.RECALLED),
)
_DAY = re.compile(r"\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?")


@dataclass(frozen=True)
class MandateEnd:
    """An end told in a remark: ISO date and reason, or only a notice when the remark does not say all of it."""

    on: str = ""
    reason: EndReason | None = None
    notice: str = ""


def term_of_heading(heading: str) -> str:
    """Return the term in a sheet's title, e.g. 第十八届, or empty."""
    found = _TERM.search(heading)
    return found[0] if found else ""


def level_of_heading(heading: str) -> Level | None:
    """Return the level of the congress a title names: 禾溪镇人大代表… → township; None when it names none."""
    found = _LEVEL_IN_HEADING.search(heading)
    return _HEADING_LEVELS.get(found[1]) if found else None


def end_in_remark(remark: str) -> MandateEnd:
    """Return the end of a mandate told in a remark.

    Only one reason together with one full date ends a mandate; 已调离 alone says neither when nor, for somebody with
    several mandates, which one, so it stays a remark and is pointed out.
    """
    reasons = [reason for pattern, reason in _END_WORDS if pattern.search(remark)]
    if not reasons:
        return MandateEnd()
    days = _DAY.findall(remark)
    day = read_date(days[0]).value if len(days) == 1 else ""
    if len(reasons) == 1 and day and not re.search(r"拟|将|可能|\?|？|未|补选", remark):
        return MandateEnd(day, reasons[0])
    return MandateEnd(notice=f"写着“{remark}”，没有写明日期，仍按在任登记；请核对后在代表页登记终止日期和原因。")


def mandates_of(
    levels: Sequence[Level],
    terms: Sequence[str],
    constituencies: Sequence[str],
    card_numbers: Sequence[str],
    heading_term: str,
    heading_level: Level | None,
    end: MandateEnd,
) -> tuple[Mandate, ...]:
    """Return one mandate a level.

    Lists with one entry a level are dealt out in order; a single entry belongs to the lowest level, which is the one
    the station's own roster speaks of. The title's term belongs to the congress the title names: the National
    People's Congress has no 第十八届 because a township has one. A sheet without a level column tells the level by
    its title alone.
    """
    levels = tuple(levels) or ((heading_level,) if heading_level else ())
    own = heading_level or (levels[-1] if levels else None)
    return tuple(
        Mandate(
            level=level,
            term=_dealt(terms, place, len(levels)) or (heading_term if level is own and not terms else ""),
            constituency=_dealt(constituencies, place, len(levels)),
            card_number=_dealt(card_numbers, place, len(levels)),
            to_on=end.on,
            end_reason=end.reason,
        )
        for place, level in enumerate(levels)
    )


def _dealt(parts: Sequence[str], place: int, count: int) -> str:
    if len(parts) == count:
        return parts[place]
    return "、".join(parts) if place == count - 1 else ""


def mandate_values(mandates: Sequence[Mandate]) -> dict[str, str]:
    """Return the canonical texts of mandates for comparison: levels, terms, constituencies and card numbers."""
    ordered = [mandate for level in Level for mandate in mandates if mandate.level is level]

    def told(texts: list[str]) -> str:
        return "、".join(texts) if any(texts) else ""

    return {
        "levels": ",".join(dict.fromkeys(mandate.level.value for mandate in ordered)),
        "terms": told([mandate.term for mandate in ordered]),
        "constituencies": told([mandate.constituency for mandate in ordered]),
        "card_numbers": told([mandate.card_number for mandate in ordered]),
    }
