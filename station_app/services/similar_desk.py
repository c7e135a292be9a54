"""The desk that remembers: who was here before, and which matters are like the one that is being told."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from station_app.domain.opinion import Case
from station_app.domain.reception import Visit
from station_app.domain.similarity import SimilarityIndex
from station_app.domain.text import clean_name, clean_phone
from station_app.services.opinion_desk import OpinionDesk
from station_app.storage.opinions import OpinionRecords
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile
from station_app.support import pinyin

_MOST_SOUNDING = 40
_MOST_OF_A_PERSON = 4


class Known(StrEnum):
    """By what a person seems to be known, the surest first."""

    PHONE = "phone"
    NAME_AND_VILLAGE = "name_and_village"
    NAME = "name"
    SOUND = "sound"


@dataclass(frozen=True)
class Person:
    """What may be the person at the table; namesakes are persons of their own.

    Args:
        village: short name; empty where none was noted.
        visits: the newest visits, each with its opinions, the newest first.
    """

    name: str
    phone: str
    village: str
    known: Known
    visits: tuple[tuple[Visit, tuple[Case, ...]], ...]


@dataclass(frozen=True)
class SimilarMatter:
    """A matter like another; of several merged ones only the main one.

    Args:
        likeness: from the threshold of `domain.similarity` to 1.
    """

    case: Case
    likeness: float


class SimilarDesk:
    """Finds earlier visits of a person and similar matters; all matters are kept by their words in memory.

    Args:
        file: the open file.
        opinions: holds the opinions in memory.
    """

    def __init__(self, file: StationFile, opinions: OpinionDesk) -> None:
        self._opinions = opinions
        self._receptions = ReceptionRecords(file)
        self._records = OpinionRecords(file)
        self._file = file
        self._index: SimilarityIndex | None = None

    def is_ready(self) -> bool:
        """Tell whether the words of all matters are in memory, so that asking takes no time."""
        return self._index is not None

    def get_ready(self) -> SimilarityIndex:
        """Bring the words of all matters into memory and up to date; the first time takes a moment."""
        if self._index is None:
            self._index = SimilarityIndex()
            pinyin.spelling("何")  # else the first name typed would wait for the import
        self._index.follow(self._opinions.snapshot().cases)
        return self._index

    def adopt(self, index: SimilarityIndex) -> None:
        """Take over what a second reader has made ready on the worker thread."""
        if self._index is None:
            self._index = index

    def matters(
        self, words: str, village: str, category: str = "", most: int = 3, without: Iterable[int] = ()
    ) -> list[SimilarMatter]:
        """Return open and past matters like the words of a visitor, the likest first.

        Args:
            village: short name of the place; empty searches every village.
            category: label; empty where not chosen yet.
            without: ids of matters to leave out.
        """
        index = self.get_ready()
        found: dict[int, SimilarMatter] = {}
        for one in index.find(words, village, category, 4 * most, without):
            case = index.case(one.case_id)
            if case.progress.main_id:
                case = index.case_or_none(case.progress.main_id) or case
            if case.id not in found:
                found[case.id] = SimilarMatter(case, one.likeness)
        return list(found.values())[:most]

    def raised_before(self, case: Case, most: int = 3) -> list[Case]:
        """Return matters like this one that were raised before it and are settled, the newest first: it comes again.

        What is merged with it is no repetition but the same.
        """
        own = {case.id, case.progress.main_id}
        found = self.matters(case.words, case.village, case.category, 4 * most, without=[case.id])
        earlier = [
            one.case
            for one in found
            if one.case.id not in own and one.case.raised_on < case.raised_on and not one.case.progress.is_open
        ]
        return sorted(earlier, key=lambda one: one.raised_on, reverse=True)[:most]

    def persons(self, name: str, phone: str, village: str = "", except_visit: int | None = None) -> list[Person]:
        """Return who the person at the table may be, the likeliest first.

        Args:
            name / phone: as typed; one of them may be empty.
            village: short name of the place typed; empty where unknown.
            except_visit: id of the visit that is being corrected.
        """
        name, phone = clean_name(name), clean_phone(phone)
        if not name and not phone:
            return []
        visits = self._receptions.earlier_visits(name, phone)
        if name and self.is_ready():
            visits += self._sounding(name, {visit.id for visit in visits})
        groups: list[list[Visit]] = []
        for visit in visits:
            if visit.id != except_visit:
                group = next((one for one in groups if _same_person(one, visit)), None)
                groups.append([visit]) if group is None else group.append(visit)
        order = list(Known)
        persons = [self._person(group, name, phone, village) for group in groups]
        return sorted(persons, key=lambda one: order.index(one.known))

    def _sounding(self, name: str, known: set[int]) -> list[Visit]:
        """Return visits of people whose name sounds the same and is written otherwise."""
        spelled = pinyin.spelling(name).replace(" ", "")
        ids = [found.id for found in self._file.find("visits", spelled, _MOST_SOUNDING) if found.id not in known]
        visits = [visit for visit in self._receptions.by_id(ids) if visit.pinyin == spelled]
        return sorted(visits, key=lambda visit: (visit.on, visit.id), reverse=True)

    def _person(self, visits: list[Visit], name: str, phone: str, village: str) -> Person:
        known = Known.SOUND
        if phone and any(visit.phone == phone for visit in visits):
            known = Known.PHONE
        elif visits[0].name == name:
            places = {visit.village for visit in visits}
            known = Known.NAME_AND_VILLAGE if village and village in places else Known.NAME
        newest = visits[:_MOST_OF_A_PERSON]
        cases: dict[int, list[Case]] = {}
        for case in self._records.of_visits([visit.id for visit in newest]):
            cases.setdefault(case.visit_id or 0, []).append(case)
        return Person(
            visits[0].name,
            next((visit.phone for visit in visits if visit.phone), ""),
            next((visit.village for visit in visits if visit.village), ""),
            known,
            tuple((visit, tuple(cases.get(visit.id, ()))) for visit in newest),
        )


def _same_person(known: list[Visit], visit: Visit) -> bool:
    """Tell whether a visit is one more of somebody: same name, and the same phone, or no other phone and the village."""
    if visit.anonymous or known[0].name != visit.name:
        return False
    phones = {one.phone for one in known if one.phone}
    if visit.phone and phones:
        return visit.phone in phones
    return visit.village in {one.village for one in known}
