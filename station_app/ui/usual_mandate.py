"""What a new mandate begins with: the present term of its level, as the station knows it."""

from collections.abc import Sequence

from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.station import StationProfile
from station_app.domain.terms import Term, proposed_terms, terms_in_use


class UsualMandate:
    """Proposes term and beginning of a mandate.

    Args:
        profile: of the station; its own term is that of the township's congress.
        terms: those on record.
        deputies: whose mandates tell the terms of levels that are not on record.
        today: ISO date.
    """

    def __init__(self, profile: StationProfile, terms: Sequence[Term], deputies: Sequence[Deputy], today: str) -> None:
        self._own = Level.TOWNSHIP if profile.has_congress else Level.COUNTY
        known = {(term.level, term.name): term for term in (*proposed_terms(deputies, terms), *terms)}
        self._terms = {level: known[level, name] for level, name in terms_in_use(deputies, today).items()}
        if profile.has_congress and profile.term_name:
            self._terms[Level.TOWNSHIP] = Term(Level.TOWNSHIP, profile.term_name, profile.term_from)
        for term in reversed(terms):
            if term.holds_on(today):
                self._terms[term.level] = term

    def of(self, level: Level | None) -> Mandate:
        """Return what a new mandate of a level begins with; None is the level most deputies here have."""
        level = level or self._own
        term = self._terms.get(level)
        return Mandate(level, term=term.name, from_on=term.from_on) if term else Mandate(level)
