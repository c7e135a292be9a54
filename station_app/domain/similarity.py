"""How alike two matters are, by their words, village and category; found again in a moment among many.

The measure is the cosine of two term vectors (Salton, Wong and Yang, "A vector space model for automatic indexing",
CACM 1975) with binary weights. The terms of a Chinese text are its single characters, which need no dictionary of
words, without those that occur in every complaint, and the subjects it names (`matter_subjects`), which weigh three
characters each:

    likeness(a, b) = Σ w²(common terms) ÷ √(Σ w²(terms of a) · Σ w²(terms of b))

Matters of different villages are never the same; an unknown village or another category lowers the likeness. Weights
and threshold were chosen on one half of the labelled pairs in the tests and are judged on the other. Inverse document
frequencies and pairs of characters were tried there and gained nothing, so two texts are equally alike in a small
register and in a big one.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from station_app.domain.matter_subjects import subjects_in
from station_app.domain.opinion import Case
from station_app.domain.progress import State

THRESHOLD: Final = 0.4
"""From here on two matters are told to be alike."""
_SUBJECT_WEIGHT: Final = 3
_OTHER_CATEGORY: Final = 0.9
_UNKNOWN_VILLAGE: Final = 0.8
_STOP_CHARACTERS: Final = frozenset(
    "的了是在有和就都也我你他她它们这那请希望要求建议能不个一没很又还把被着过给得到上下里去来说多少"
    "年月天日晚早夜午今前后半每次回快慢久点时候二三四五六七八九十百千几两条段层座家户人老小孩娃大长高低好坏怕难行问帮派管处理"
    "安排解决尽加增设修整改反映情况政府部门领导镇村组县边头口中内外旁近远再才只太极最更已经直总无别可以会想让对向从为因所但如"
    "果而且或及跟同等"
)
"""Characters of grammar, number, time, place and asking: they occur in every complaint and tell none apart."""


@dataclass(frozen=True)
class Marks:
    """What a text is compared by.

    Args:
        terms: its characters, and its subjects by number.
        length: √Σw² of them.
    """

    terms: frozenset[str | int]
    length: float


@dataclass(frozen=True)
class Alike:
    """A matter that is like another, and how much: from `THRESHOLD` to 1."""

    case_id: int
    likeness: float


def marks_of(words: str) -> Marks:
    """Return what a text is compared by; a text of nothing but common characters has no terms."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    characters = {char for char in plain if char >= "\u3400" and char.isalpha()} - _STOP_CHARACTERS
    subjects = subjects_in(plain)
    length = sqrt(len(characters) + _SUBJECT_WEIGHT**2 * len(subjects))
    return Marks(frozenset(characters) | frozenset(subjects), length)


def likeness(one: Marks, other: Marks) -> float:
    """Return how alike two texts are, from 0 to 1."""
    if not one.length or not other.length:
        return 0.0
    return _weight(one.terms & other.terms) / (one.length * other.length)


def _weight(terms: Iterable[str | int]) -> int:
    return sum(_SUBJECT_WEIGHT**2 if isinstance(term, int) else 1 for term in terms)


def discount(village: str, other_village: str, category: str, other_category: str) -> float:
    """Return by what the likeness of two texts is multiplied: 0 for different villages, 1 for same place and category.

    Args:
        village / other_village: short names; empty where unknown.
        category / other_category: labels; empty where not chosen yet.
    """
    if village and other_village and village != other_village:
        return 0.0
    place = 1.0 if village == other_village else _UNKNOWN_VILLAGE
    same = category == other_category or not category or not other_category
    return place if same else place * _OTHER_CATEGORY


@dataclass(frozen=True)
class _Kept:
    case: Case
    marks: Marks


class SimilarityIndex:
    """All matters of a register by their terms; brought up to date from the opinions kept in memory."""

    def __init__(self) -> None:
        self._seen: tuple[Case, ...] | None = None
        self._kept: dict[int, _Kept] = {}
        self._ids_by: defaultdict[str, defaultdict[str | int, set[int]]] = defaultdict(lambda: defaultdict(set))

    def follow(self, cases: tuple[Case, ...]) -> None:
        """Take in what changed; an opinion nothing happened to is the same object as before. Void ones are left out."""
        if cases is self._seen:
            return
        self._seen = cases
        for case in cases:
            kept = self._kept.get(case.id)
            if kept is None or kept.case is not case:
                self._take(case, kept)
        if len(self._kept) > len(cases):
            for case_id in self._kept.keys() - {case.id for case in cases}:
                self._forget(case_id)

    def case(self, case_id: int) -> Case:
        """Return a matter as it stands."""
        return self._kept[case_id].case

    def case_or_none(self, case_id: int) -> Case | None:
        """Return a matter, or None when it is void or gone."""
        kept = self._kept.get(case_id)
        return kept.case if kept and kept.marks.terms else None

    def find(self, words: str, village: str, category: str, most: int, without: Iterable[int] = ()) -> list[Alike]:
        """Return the matters most like a text, the likest first.

        Args:
            village: short name; empty searches every village, and only what names a common subject.
            category: label; empty where not chosen yet.
            most: how many at the most.
            without: ids of matters to leave out.
        """
        marks = marks_of(words)
        if not marks.length:
            return []
        left_out = frozenset(without)
        found = []
        for case_id, common in self._common(marks, village):
            kept = self._kept[case_id]
            alike = common / (marks.length * kept.marks.length)
            if alike >= THRESHOLD and case_id not in left_out:
                alike *= discount(village, kept.case.village, category, kept.case.category)
                if alike >= THRESHOLD:
                    found.append(Alike(case_id, alike))
        found.sort(key=lambda one: (-one.likeness, -one.case_id))
        return found[:most]

    def _common(self, marks: Marks, village: str) -> Iterable[tuple[int, int]]:
        """Yield the matters that may be alike, each with the weight of the common terms."""
        if not village:  # every village: too many to count through, and without a place the subject must agree
            subjects = [term for term in marks.terms if isinstance(term, int)]
            ids = {case_id for by in self._ids_by.values() for term in subjects for case_id in by.get(term, ())}
            for case_id in ids:
                yield case_id, _weight(marks.terms & self._kept[case_id].marks.terms)
            return
        for place in (village, ""):
            counted: Counter[int] = Counter()
            for term, holders in ((term, self._ids_by[place].get(term, ())) for term in marks.terms):
                if isinstance(term, int):
                    for case_id in holders:
                        counted[case_id] += _SUBJECT_WEIGHT**2
                else:
                    counted.update(holders)  # counts in C: the many common characters cost little
            yield from counted.items()

    def _take(self, case: Case, before: _Kept | None) -> None:
        void = case.progress.state is State.VOID
        if before is not None:
            old = before.case
            if (old.words, old.village) == (case.words, case.village) and not void and before.marks.terms:
                self._kept[case.id] = _Kept(case, before.marks)
                return
            self._forget(case.id)
        marks = marks_of("" if void else case.words)
        self._kept[case.id] = _Kept(case, marks)
        for term in marks.terms:
            self._ids_by[case.village][term].add(case.id)

    def _forget(self, case_id: int) -> None:
        kept = self._kept.pop(case_id)
        for term in kept.marks.terms:
            self._ids_by[kept.case.village][term].discard(case_id)
