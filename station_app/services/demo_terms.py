"""The invented congresses: two terms of each level, the constituencies of town and county, and mandates in them."""

from collections.abc import Mapping
from datetime import date, timedelta

from station_app.domain.calendars import add_months
from station_app.domain.people import EndReason, Level, Mandate
from station_app.domain.terms import Constituency, Term
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile
from station_app.storage.terms import TermRecords

_YEARS = 5
_CARD_LETTERS = dict(zip(Level, "全省市县镇", strict=True))
_ELECTED_BY = {
    Level.CITY: "清源县人民代表大会",
    Level.PROVINCIAL: "岚江市人民代表大会",
    Level.NATIONAL: "省人民代表大会",
}
_VILLAGES_PER_COUNTY_CONSTITUENCY = 3


def current_term(level: Level, today: date) -> Term:
    """Return the term in force on ``today``, five years each: town and county from November 2021."""
    if level in {Level.PROVINCIAL, Level.NATIONAL}:
        later = (today.year - 2024) // _YEARS
        return _term(level, 14 + later, date(2023 + _YEARS * later, 2, 24))
    later = (today.year - 2022) // _YEARS
    year = 2021 + _YEARS * later
    return (
        _term(level, 6 + later, date(year, 12, 20))
        if level is Level.CITY
        else _term(level, 18 + later, date(year, 11, 26))
    )


def term_before(term: Term) -> Term:
    """Return the term before a term."""
    begun = add_months(date.fromisoformat(term.from_on), -12 * _YEARS)
    return _term(term.level, number_of(term) - 1, begun)


def _term(level: Level, number: int, begun: date) -> Term:
    ended = add_months(begun, 12 * _YEARS) - timedelta(days=1)
    return Term(level, f"第{_numeral(number)}届", begun.isoformat(), ended.isoformat())


def number_of(term: Term) -> int:
    """Return the number in a term's name: 18 of 第十八届."""
    tens, _, ones = term.name.strip("第届").rpartition("十")
    digits = "〇一二三四五六七八九"
    if "十" not in term.name:
        return digits.index(ones)
    return 10 * (digits.index(tens) if tens else 1) + (digits.index(ones) if ones else 0)


def write_terms(file: StationFile, step: Step, villages: Mapping[str, int], today: date) -> None:
    """Write two terms of every level, and the constituencies of town and county in each.

    Args:
        villages: id by name, in the order in which constituencies are counted.
    """
    records = TermRecords(file)
    districts = list(enumerate(villages.values(), 1))
    for level in Level:
        term = current_term(level, today)
        for one in (term_before(term), term):
            records.save(step, one)
            if level not in {Level.TOWNSHIP, Level.COUNTY}:
                continue
            covered: dict[str, list[int]] = {}
            for district, village_id in districts:
                covered.setdefault(elected_in(level, district), []).append(village_id)
            for position, (name, ids) in enumerate(covered.items()):
                seats = 4 if level is Level.TOWNSHIP else 3
                records.save_constituency(step, Constituency(level, one.name, name, tuple(ids), seats, position))


def mandate_of(level: Level, term: Term, district: int, order: int) -> Mandate:
    """Return a mandate for a whole term that goes on.

    Args:
        district: number of the village, from 1.
        order: number on the roster, for the card.
    """
    return Mandate(
        level=level,
        term=term.name,
        constituency=elected_in(level, district),
        card_number=f"{_CARD_LETTERS[level]}{number_of(term)}{order:03d}",
        from_on=term.from_on,
    )


def mandates_of(level: Level, district: int, order: int, flag: str, span: tuple[date, date]) -> list[Mandate]:
    """Return the mandates of one level: the current one, and the one before for those of two terms.

    Where the current term began within the register's time, everybody served in the one before.

    Args:
        flag: ``2`` for two terms, ``B`` elected in a by-election, ``M`` moved away; others say nothing here.
        span: first day of the register and today.
    """
    first, today = span
    term = current_term(level, today)
    before = term_before(term)
    now = mandate_of(level, term, district, order)
    then = Mandate(
        **{
            **vars(mandate_of(level, before, district, order)),
            "to_on": before.to_on,
            "end_reason": EndReason.TERM_OVER,
        }
    )
    if flag == "B":
        elected = max(term.from_on, day_within(span, 0.62).isoformat())
        return [Mandate(**{**vars(now), "from_on": elected, "by_election": True})]
    if flag == "M":
        left = day_within(span, 0.55 if district % 2 else 0.4).isoformat()
        held = now if left > term.from_on else then
        return [Mandate(**{**vars(held), "to_on": left, "end_reason": EndReason.MOVED})]
    if flag == "S":
        return [Mandate(**{**vars(now), "suspended": True, "suspended_on": day_within(span, 0.93).isoformat()})]
    again = term.from_on > first.isoformat() or (flag == "2" and level is Level.TOWNSHIP)
    return [then, now] if again else [now]


def day_within(span: tuple[date, date], part: float) -> date:
    """Return the day that lies at ``part`` (0 … 1) between two days."""
    first, last = span
    return date.fromordinal(first.toordinal() + round((last - first).days * part))


def elected_in(level: Level, district: int) -> str:
    """Return the constituency, or the congress that elects, for the village with this number."""
    if level is Level.TOWNSHIP:
        return f"第{district}选区"
    if level is Level.COUNTY:
        return f"第{40 + (district + 2) // _VILLAGES_PER_COUNTY_CONSTITUENCY}选区"
    return _ELECTED_BY[level]


def _numeral(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens] if tens else "") + ("十" if tens else "") + (digits[ones] if ones else "")
