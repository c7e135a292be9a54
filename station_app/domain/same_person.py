"""Entries of the roster that are probably one person (重复人员), with the reason in words.

Two entries come from typing somebody in twice, from an import with a misspelt name, or from a deputy who came back.
Namesakes are common, so what contradicts weighs more than what agrees: different ID numbers, different birth months,
or seats of two constituencies of one level at a time (Electoral Law 选举法: nobody holds both) keep entries apart.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Final

from station_app.domain.people import Deputy, Gender, Mandate
from station_app.support import pinyin
from station_app.support.surnames import DOTS

_FOR_EVER: Final = "9999-12-31"
_MOST_SHARING: Final = 8
"""A phone of more people than this is an office's: it tells nothing, nor is everybody compared with everybody."""


class Likeness(StrEnum):
    """How sure it is that two entries are one person, the surest first."""

    SURE = "sure"
    LIKELY = "likely"
    POSSIBLE = "possible"


LIKENESS_LABELS: Final = {
    Likeness.SURE: "几乎可以肯定",
    Likeness.LIKELY: "很可能",
    Likeness.POSSIBLE: "有可能",
}


@dataclass(frozen=True)
class Pair:
    """Two entries that are probably one person.

    Args:
        first: the entry that stands first in the roster.
        reasons: what agrees, and what has to be looked at, in words.
    """

    first: Deputy
    second: Deputy
    likeness: Likeness
    reasons: tuple[str, ...]


def find_pairs(deputies: Sequence[Deputy], apart: Collection[frozenset[str]] = ()) -> list[Pair]:
    """Return the pairs that are probably one person, the surest first.

    Args:
        deputies: in roster order.
        apart: pairs of uids that the clerk has said to be two people.
    """
    found = [
        Pair(first, second, *judged)
        for first, second in _candidates(deputies)
        if frozenset((first.uid, second.uid)) not in apart and (judged := judge(first, second))
    ]
    return sorted(found, key=lambda pair: list(Likeness).index(pair.likeness))


def judge(first: Deputy, second: Deputy) -> tuple[Likeness, tuple[str, ...]] | None:
    """Return how likely two entries are one person and why, or None when they are to be taken for two."""
    about = _Agreement(first, second)
    if about.same_id_number:
        return Likeness.SURE, about.reasons()
    if about.contradicts:
        return None
    if about.same_name:
        return _judge_same_name(about)
    if about.like_name and about.same_phone and not about.other_birth:
        return (Likeness.LIKELY if about.same_birth or about.same_post else Likeness.POSSIBLE), about.reasons()
    if about.like_name and about.same_birth and about.same_post and not about.other_phone:
        return Likeness.POSSIBLE, about.reasons()
    return None


def _judge_same_name(about: "_Agreement") -> tuple[Likeness, tuple[str, ...]] | None:
    if about.same_phone:
        return (Likeness.LIKELY if about.other_birth else Likeness.SURE), about.reasons()
    if about.other_birth:
        return None
    if about.same_birth or about.same_post:
        return (Likeness.POSSIBLE if about.other_phone else Likeness.LIKELY), about.reasons()
    if about.other_phone or about.other_post:
        return None
    return Likeness.POSSIBLE, about.reasons()


class _Agreement:
    """What agrees and what differs between two entries; what is not filled in does neither."""

    def __init__(self, first: Deputy, second: Deputy) -> None:
        self._names = first.name, second.name
        key = name_key(first.name), name_key(second.name)
        self.same_name = key[0] == key[1]
        self.like_name = self.same_name or names_are_alike(*key)
        ids = _id_number(first), _id_number(second)
        self.same_id_number = bool(ids[0]) and ids[0] == ids[1]
        phones = _phones(first), _phones(second)
        self.same_phone = bool(phones[0] & phones[1])
        self.other_phone = all(phones) and not self.same_phone
        self.same_birth, self.other_birth = _compared(first.birth_month, second.birth_month)
        self.same_post, self.other_post = _compared(_plain(first.post), _plain(second.post))
        self.same_village = first.village_id is not None and first.village_id == second.village_id
        self.other_gender = {first.gender, second.gender} == {Gender.MALE, Gender.FEMALE}
        self.contradicts = (all(ids) and not self.same_id_number) or self.other_gender or _two_seats(first, second)

    def reasons(self) -> tuple[str, ...]:
        """Return in words what agrees, then what has to be looked at."""
        same = [
            word
            for word, holds in (
                ("姓名相同", self.same_name),
                ("身份证号相同", self.same_id_number),
                ("电话相同", self.same_phone),
                ("出生年月相同", self.same_birth),
                ("单位职务相同", self.same_post),
                ("同一个村(居)", self.same_village),
            )
            if holds
        ]
        if self.like_name and not self.same_name:
            same.insert(0, f"姓名相近（{self._names[0]}、{self._names[1]}）")
        differing = [
            word
            for word, holds in (
                ("姓名", not self.like_name),
                ("出生年月", self.other_birth),
                ("性别", self.other_gender),
                ("电话", self.other_phone),
            )
            if holds
        ]
        if self.same_name and same == ["姓名相同"] and not differing:
            return ("姓名相同，其他资料不足以分辨",)
        return (*same, *([f"{'、'.join(differing)}不同，请核对"] if differing else []))


def name_key(name: str) -> str:
    """Return a name as names are compared: without blanks and dots, whatever width it was typed in."""
    return "".join(
        each for each in unicodedata.normalize("NFKC", name) if not each.isspace() and each not in DOTS
    ).lower()


def names_are_alike(first: str, second: str) -> bool:
    """Tell whether two names (as `name_key` gives them) may be one, misspelt: they sound alike (伟明、维明; 蘭、兰),
    differ by one character of three or more, or the longer one only has a part more (阿依古丽、阿依古丽·买买提).
    """
    short, long = sorted((first, second), key=len)
    if len(short) < 2 or short[0] != long[0]:
        return len(short) > 1 and pinyin.spelling(short) == pinyin.spelling(long)
    if len(short) > 3 and long.startswith(short):
        return True
    if len(short) == len(long):
        differing = sum(one != other for one, other in zip(short, long, strict=True))
        return (differing == 1 and len(short) > 2) or pinyin.spelling(short) == pinyin.spelling(long)
    return len(long) == len(short) + 1 > 3 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _candidates(deputies: Sequence[Deputy]) -> Iterator[tuple[Deputy, Deputy]]:
    """Yield every pair worth judging, once, in roster order."""
    seen: set[tuple[int, int]] = set()
    places = {id(deputy): place for place, deputy in enumerate(deputies)}
    kinds: tuple[Callable[[Deputy], Iterable[Hashable]], ...] = (
        lambda deputy: [name_key(deputy.name)],
        lambda deputy: [_id_number(deputy)] if _id_number(deputy) else [],
        _phones,
        lambda deputy: [(deputy.birth_month, _plain(deputy.post))] if deputy.birth_month and deputy.post else [],
    )
    for keys in kinds:
        sharing: dict[Hashable, list[Deputy]] = defaultdict(list)
        for deputy in deputies:
            for key in keys(deputy):
                sharing[key].append(deputy)
        for alike in sharing.values():
            if len(alike) > _MOST_SHARING:
                continue
            for first, second in combinations(alike, 2):
                both = places[id(first)], places[id(second)]
                if both not in seen:
                    seen.add(both)
                    yield first, second


def _compared(first: str, second: str) -> tuple[bool, bool]:
    """Return whether two values are the same, and whether they differ; an empty one is neither."""
    known = bool(first and second)
    return known and first == second, known and first != second


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _id_number(deputy: Deputy) -> str:
    return _plain(deputy.id_number).upper()


def _phones(deputy: Deputy) -> set[str]:
    return {phone for phone in (deputy.phone, deputy.phone2) if phone}


def _two_seats(first: Deputy, second: Deputy) -> bool:
    """Tell whether the two would hold two constituencies' seats of one level at the same time."""
    return any(
        one.level is other.level
        and one.constituency
        and other.constituency
        and _plain(one.constituency) != _plain(other.constituency)
        and _overlap(one, other)
        for one in first.mandates
        for other in second.mandates
    )


def _overlap(one: Mandate, other: Mandate) -> bool:
    """Tell whether two mandates were held together; where nobody wrote the dates down, in the same term."""
    if one.from_on and other.from_on:
        return one.from_on < (other.to_on or _FOR_EVER) and other.from_on < (one.to_on or _FOR_EVER)
    return bool(one.term) and one.term == other.term
