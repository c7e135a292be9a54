"""Terms of congresses (届次), when they end, and the constituencies deputies are elected in."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from station_app.domain.calendars import add_months
from station_app.domain.people import Deputy, Level, day_problem
from station_app.domain.problems import FieldProblem
from station_app.domain.station import StationProfile, Village
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, text_problem

TERM_MONTHS: Final = 60
"""Every congress is elected for five years (Constitution art. 60 and 98)."""
_DIGITS: Final = "零一二三四五六七八九"
_NUMBERED = re.compile(r"([一二三四五六七八九十]{1,3}|[0-9]{1,2})(?=届)")


@dataclass(frozen=True)
class Term:
    """A term of a congress.

    Args:
        name: e.g. 第十八届.
        from_on: ISO date on which it began, or empty.
        to_on: ISO date on which it ends or ended, or empty while that is open.
    """

    level: Level
    name: str
    from_on: str = ""
    to_on: str = ""
    id: int = 0
    uid: str = ""

    def holds_on(self, day: str) -> bool:
        """Tell whether the term runs on ``day`` (ISO date)."""
        return self.from_on <= day and (not self.to_on or day <= self.to_on)

    @property
    def ends_on(self) -> str:
        """The ISO date on which it ends: as written down, else five years after its beginning, else empty."""
        return self.to_on or (last_day(self.from_on) if self.from_on else "")


@dataclass(frozen=True)
class Constituency:
    """A constituency (选区、选举单位) of one term, with the villages it covers.

    Args:
        term: name of the term; constituencies are drawn anew for each.
        seats: how many deputies it elects, or None when nobody wrote it down.
    """

    level: Level
    term: str
    name: str
    village_ids: tuple[int, ...] = ()
    seats: int | None = None
    position: int = 0
    id: int = 0
    uid: str = ""


@dataclass(frozen=True)
class TermEnding:
    """A term in use that ends soon or is over.

    Args:
        ends_on: ISO date.
        over: that day is past.
    """

    level: Level
    name: str
    ends_on: str
    over: bool

    def told(self, level_word: str) -> str:
        """Return the warning: 县第十八届将于 2026-11-25 届满."""
        return f"{level_word}{self.name}{'已于' if self.over else '将于'} {self.ends_on} 届满"


def own_level(profile: StationProfile) -> Level:
    """Return the level of the station's own congress: a street or park has none, so the county's."""
    return Level.TOWNSHIP if profile.has_congress else Level.COUNTY


def last_day(begun: str) -> str:
    """Return the last day of five years that begin on an ISO date."""
    return (add_months(date.fromisoformat(begun), TERM_MONTHS) - timedelta(days=1)).isoformat()


def terms_in_use(deputies: Iterable[Deputy], day: str) -> dict[Level, str]:
    """Return by level the term most mandates in force on ``day`` (ISO date) belong to, highest level first."""
    held: dict[Level, Counter[str]] = {level: Counter() for level in Level}
    for deputy in deputies:
        for mandate in deputy.mandates:
            if mandate.term and mandate.holds_on(day):
                held[mandate.level][mandate.term] += 1
    return {level: names.most_common(1)[0][0] for level, names in held.items() if names}


def proposed_terms(deputies: Iterable[Deputy], registered: Iterable[Term]) -> list[Term]:
    """Return the terms that mandates name and nobody registered, highest level first, the newest first within it.

    Their beginning is the one most mandates have, by-elections left out; their end is left open.
    """
    known = {(term.level, term.name) for term in registered}
    begun: dict[tuple[Level, str], Counter[str]] = {}
    for deputy in deputies:
        for mandate in deputy.mandates:
            key = (mandate.level, mandate.term)
            if mandate.term and key not in known:
                dates = begun.setdefault(key, Counter())
                if mandate.from_on and not mandate.by_election:
                    dates[mandate.from_on] += 1
    found = [
        Term(level, name, dates.most_common(1)[0][0] if dates else "", "") for (level, name), dates in begun.items()
    ]
    newest_first = sorted(found, key=lambda term: (term.from_on, term.name), reverse=True)
    return sorted(newest_first, key=lambda term: list(Level).index(term.level))


def term_endings(registered: Sequence[Term], deputies: Sequence[Deputy], today: date, days: int) -> list[TermEnding]:
    """Return the terms in use that are over or end within ``days``, highest level first.

    Where mandates of a later term are entered already, nothing is left to do. A term nobody registered is taken from its mandates, see `proposed_terms`.
    """
    on = today.isoformat()
    serving = [deputy for deputy in deputies if deputy.serves_on(on)]
    known = {(term.level, term.name): term for term in (*proposed_terms(serving, registered), *registered)}
    endings = []
    for level, name in terms_in_use(serving, on).items():
        ends_on = known[level, name].ends_on
        followed = any(
            mandate.level is level and mandate.from_on > ends_on for one in deputies for mandate in one.mandates
        )
        if ends_on and not followed and (date.fromisoformat(ends_on) - today).days <= days:
            endings.append(TermEnding(level, name, ends_on, over=ends_on < on))
    return endings


def next_term(name: str) -> str:
    """Return the name of the term that follows: 第十八届 → 第十九届; empty when it has no number."""
    found = _NUMBERED.search(name)
    if not found:
        return ""
    text = found[1]
    number = int(text) if text.isdecimal() else _number(text)
    following = str(number + 1) if text.isdecimal() else _written(number + 1)
    return f"{name[: found.start()]}{following}{name[found.end() :]}"


def _number(text: str) -> int:
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.index(tens[0])
    return 10 * (_DIGITS.index(tens[0]) if tens else 1) + (_DIGITS.index(ones[0]) if ones else 0)


def _written(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{'' if tens < 2 else _DIGITS[tens]}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"


def villages_in(text: str, villages: Iterable[Village]) -> tuple[int, ...]:
    """Return the ids of the villages a text names, in their order; 大田村 does not name 田村.

    Args:
        text: e.g. the name of a constituency, 枫林村、大田村联合选区.
    """
    names = sorted(
        ((name, village.id) for village in villages for name in {village.name, village.short_name} if len(name) > 1),
        key=lambda one: -len(one[0]),
    )
    found: dict[int, int] = {}
    for name, village_id in names:
        if name in text:
            found.setdefault(village_id, text.index(name))
            text = text.replace(name, "\0" * len(name))
    return tuple(sorted(found, key=found.__getitem__))


def proposed_constituencies(
    deputies: Iterable[Deputy],
    registered: Iterable[Constituency],
    villages: Sequence[Village],
    term: tuple[Level, str],
) -> list[Constituency]:
    """Return the constituencies of a term that mandates name and nobody registered, with the villages they name.

    Args:
        term: level and name of the term.
    """
    known = {one.name for one in registered if (one.level, one.term) == term}
    names = {
        mandate.constituency: None
        for deputy in deputies
        for mandate in deputy.mandates
        if (mandate.level, mandate.term) == term and mandate.constituency and mandate.constituency not in known
    }
    level, name = term
    return [Constituency(level, name, each, villages_in(each, villages)) for each in sorted(names)]


def term_problems(term: Term, others: Iterable[Term]) -> list[FieldProblem | None]:
    """Return what is wrong with a term; None stands for a check that passed."""
    begun, ended = term.from_on, term.to_on
    twice = any((one.level, one.name) == (term.level, term.name) and one.id != term.id for one in others)
    return [
        None if term.name else FieldProblem("name", "请填写届次，如“第十九届”。"),
        text_problem("name", "届次", term.name, NAME_LIMIT),
        FieldProblem("name", f"已经登记了“{term.name}”。") if twice else None,
        day_problem("from_on", "起始日期", begun) if begun else None,
        day_problem("to_on", "届满日期", ended) if ended else None,
        FieldProblem("to_on", f"届满日期 {ended} 早于起始日期 {begun}，请核对。")
        if begun and ended and ended < begun
        else None,
    ]


def constituency_problems(one: Constituency, others: Iterable[Constituency]) -> list[FieldProblem | None]:
    """Return what is wrong with a constituency; None stands for a check that passed."""
    own = (one.level, one.term, one.name)
    twice = any((other.level, other.term, other.name) == own and other.id != one.id for other in others)
    return [
        None if one.name else FieldProblem("name", "请填写选区（选举单位）的名称。"),
        text_problem("name", "选区（选举单位）", one.name, LINE_LIMIT),
        FieldProblem("name", f"本届已经有“{one.name}”。") if twice else None,
    ]
