"""What a line of an old ledger tells, written as a visit and an opinion."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from station_app.domain.cell_names import Petitioner
from station_app.domain.events import Event, EventKind
from station_app.domain.numbering import Series
from station_app.domain.opinion import Openness, Source
from station_app.domain.people import Gender
from station_app.domain.reception import Receiver
from station_app.domain.station import ListKey
from station_app.services.reception_desk import DEFAULT_CATEGORY, DEFAULT_NATURE, short_title
from station_app.services.sheet_villages import village_ids
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.numbers import Numbers
from station_app.storage.opinions import OpinionRecords
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support import pinyin

_DEFAULTS = {ListKey.CATEGORY: DEFAULT_CATEGORY, ListKey.NATURE: DEFAULT_NATURE, ListKey.CHANNEL: "其他"}


class ToldMatter(Protocol):
    """A line of an old ledger: who came, and what was said."""

    @property
    def number(self) -> str:
        """编号 as in the sheet."""

    @property
    def raised_on(self) -> str:
        """ISO date."""

    @property
    def petitioner(self) -> Petitioner:
        """Who came, and how many."""

    @property
    def gender(self) -> Gender:
        """Of who came."""

    @property
    def phone(self) -> str:
        """Digits, or empty."""

    @property
    def no_phone(self) -> bool:
        """Whether the sheet gives none."""

    @property
    def address(self) -> str:
        """As written."""

    @property
    def place(self) -> str:
        """Where it was."""

    @property
    def channel(self) -> str:
        """来源渠道, or empty."""

    @property
    def receivers(self) -> Sequence[str]:
        """Names of who received."""

    @property
    def words(self) -> str:
        """What was said."""

    @property
    def category(self) -> str:
        """类别, or empty."""

    @property
    def nature(self) -> str:
        """诉求性质, or empty."""

    @property
    def village(self) -> str:
        """The village concerned, or empty."""

    @property
    def notes(self) -> str:
        """Notes of the visit."""

    @property
    def remark(self) -> str:
        """Remark of the opinion."""


class SheetMatters:
    """Turns lines into records; the station's lists are those of the moment it is made.

    Args:
        spoken_for: numbers that lines of the sheet keep; no other line is given them.
    """

    def __init__(self, file: StationFile, spoken_for: Collection[str] = ()) -> None:
        self._file = file
        self._spoken_for = frozenset(spoken_for)
        self._receptions = ReceptionRecords(file)
        self._opinions = OpinionRecords(file)
        self._numbers = Numbers(file)
        stations = StationRecords(file)
        self._code = stations.profile().code
        self._villages = village_ids(file)
        self._choices = {key: {choice.label: choice.id for choice in stations.choices(key)} for key in ListKey}
        self._deputies = _ids_by_name((deputy.name, deputy.id) for deputy in DeputyRecords(file).all())
        self._staff = _ids_by_name((person.name, person.id) for person in stations.staff())

    def receivers(self, row: ToldMatter) -> tuple[Receiver, ...]:
        """Return who received; names that several people bear, or nobody, stay names."""
        return tuple(
            Receiver(name, self._deputies.get(name), None if name in self._deputies else self._staff.get(name))
            for name in row.receivers
        )

    def visit_values(self, row: ToldMatter) -> dict[str, Any]:
        """Return the columns of the visit."""
        name = row.petitioner.name
        return {
            "on_date": row.raised_on,
            "place": row.place,
            "channel_id": self._choice(ListKey.CHANNEL, row.channel),
            "name": name,
            "pinyin": pinyin.spelling(name).replace(" ", ""),
            "initials": " ".join(pinyin.initials(name)),
            "anonymous": int(not name),
            "gender": row.gender,
            "phone": row.phone,
            "no_phone": int(row.no_phone),
            "address": row.address,
            "village_id": self._villages.get(row.village),
            "people": row.petitioner.people,
            "notes": row.notes,
            "paper": 1,
        }

    def opinion_values(self, row: ToldMatter) -> dict[str, Any]:
        """Return the columns of the opinion."""
        return {
            "source_number": row.number,
            "title": short_title(row.words),
            "words": row.words,
            "category_id": self._choice(ListKey.CATEGORY, row.category),
            "nature_id": self._choice(ListKey.NATURE, row.nature),
            "channel_id": self._choice(ListKey.CHANNEL, row.channel),
            "village_id": self._villages.get(row.village),
            "raised_on": row.raised_on,
            "remark": row.remark,
        }

    def add_visit(self, step: Step, row: ToldMatter, number: str = "", **values: Any) -> int:
        """Add a visit and return its id.

        Args:
            number: 登记号 it keeps; empty for a new one.
            values: further columns.
        """
        given = number or self._next(Series.VISIT, row)
        columns = {"recorder": self._file.operator, **self.visit_values(row), **values, "number": given}
        return self._receptions.save_visit(step, None, columns, self.receivers(row))

    def add_opinion(
        self, step: Step, visit_id: int, row: ToldMatter, events: Sequence[Event], number: str = "", **values: Any
    ) -> str:
        """Add an opinion of a visit and return its uid.

        Args:
            events: what happened after it was registered.
            number: 编号 it keeps; empty for a new one.
            values: further columns.
        """
        given = number or self._next(Series.OPINION, row)
        columns = {"recorder": self._file.operator, "openness": Openness.OPEN, **self.opinion_values(row), **values}
        case_id = self._opinions.add(step, number=given, source=Source.VOTER, visit_id=visit_id, **columns)
        for event in (Event(EventKind.REGISTERED, row.raised_on), *events):
            self._opinions.add_event(step, case_id, event, self._file.operator)
        return str(self._file.value("SELECT uid FROM opinions WHERE id = ?", [case_id]))

    def _next(self, series: Series, row: ToldMatter) -> str:
        year = date.fromisoformat(row.raised_on).year
        while (number := self._numbers.next(series, self._code, year)) in self._spoken_for:
            pass
        return number

    def _choice(self, key: ListKey, label: str) -> int:
        """Return the id of a list's entry, of its default one for a label that is not in it."""
        entries = self._choices[key]
        return entries.get(label) or entries.get(_DEFAULTS[key]) or next(iter(entries.values()))


def _ids_by_name(named: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return the ids of those whose name is theirs alone."""
    found: dict[str, list[int]] = {}
    for name, record_id in named:
        found.setdefault(name, []).append(record_id)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1}
