"""The desk at which entries of one person in the roster are found, looked at side by side, and made one."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from station_app.domain.people import GENDER_LABELS, Deputy
from station_app.domain.problems import invalid
from station_app.domain.record_words import TABLE_TITLES, column_title
from station_app.domain.same_person import Pair, find_pairs
from station_app.services.done import EVERYTHING, ROSTER, Done
from station_app.storage.deputies import DeputyRecords
from station_app.storage.persons import PersonRecords
from station_app.storage.station_file import StationFile
from station_app.support import pinyin

COMPARED: Final = (
    "name", "gender", "ethnicity", "birth_month", "party", "education", "post", "phone", "phone2", "id_number",
    "address", "village_id", "skills", "languages", "phone_public", "duty_wishes", "photo_id", "remark",
)  # fmt: skip
"""Fields of which one value stays; all that a deputy has several of comes together."""


@dataclass(frozen=True)
class FieldPair:
    """What two entries say in one field, as screens show it.

    Args:
        values: of the first and the second entry; empty where nothing is filled in.
        better: 0 or 1: whose value is offered to stay.
    """

    key: str
    title: str
    values: tuple[str, str]
    better: int

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.values[0] != self.values[1]


@dataclass(frozen=True)
class Comparison:
    """Two entries side by side.

    Args:
        fields: those in which at least one says something, in the order of the roster.
        belongings: of the first and the second entry: how many records of each kind refer to it, in words.
        better: 0 or 1: which entry is offered to stay: the one that more refers to.
    """

    pair: Pair
    fields: tuple[FieldPair, ...]
    belongings: tuple[str, str]
    better: int


class PersonsDesk:
    """Finds and unites entries of the roster that are one person."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._deputies = DeputyRecords(file)
        self._persons = PersonRecords(file)

    def pairs(self) -> list[Pair]:
        """Return the pairs of entries, former deputies' too, that are probably one person, the surest first."""
        return find_pairs(self._deputies.all(), self._persons.apart())

    def compare(self, pair: Pair) -> Comparison:
        """Return what two entries say, field by field, and what refers to each."""
        both = pair.first, pair.second
        counts = tuple(self._persons.counts(deputy.id) for deputy in both)
        better = int(sum(counts[1].values()) > sum(counts[0].values()))
        fields = []
        for key in COMPARED:
            shown = _shown(both[0], key), _shown(both[1], key)
            if any(shown):
                own = better if shown[better] else 1 - better
                fields.append(FieldPair(key, column_title("deputies", key), shown, own))
        return Comparison(pair, tuple(fields), (_in_words(counts[0]), _in_words(counts[1])), better)

    def keep_apart(self, pair: Pair) -> Done[None]:
        """Remember that two entries are two people (不是同一人); they are not offered again."""
        with self._file.write("认定不是同一人") as step:
            self._persons.keep_apart(step, pair.first.uid, pair.second.uid)
        return Done(None, f"已记下：{pair.first.name}、{pair.second.name} 不是同一人", frozenset({ROSTER}), step.id)

    def merge(self, kept_id: int, other_id: int, taken: Collection[str] = ()) -> Done[int]:
        """Make two entries one: all that refers to the other one refers to the kept one, the other one is deleted.

        Args:
            taken: the fields (see `COMPARED`) in which the other entry's value stays.

        Raises:
            InvalidInput: they are the same entry.
            KeyError: one of them is not in the roster (any more).
        """
        if kept_id == other_id:
            raise invalid("other_id", "请选两条不同的代表记录。")
        kept, other = self._deputies.one(kept_id), self._deputies.one(other_id)
        values: dict[str, Any] = {key: getattr(other, key) for key in COMPARED if key in taken}
        name = values.get("name", kept.name)
        values["pinyin"], values["initials"] = pinyin.indexed(name)
        if "phone_public" in values:
            values["phone_public"] = int(values["phone_public"])
        if "gender" in values:
            values["gender"] = values["gender"].value
        with self._file.write("合并重复代表") as step:
            self._deputies.change_fields(step, kept_id, **values)
            self._persons.unite(step, kept_id, other_id)
        return Done(kept_id, f"已合并 {name} 的两条记录", EVERYTHING, step.id)


def _shown(deputy: Deputy, key: str) -> str:
    if key == "gender":
        return GENDER_LABELS[deputy.gender]
    if key == "village_id":
        return deputy.village
    if key == "phone_public":
        return "同意公开" if deputy.phone_public else ""
    if key == "photo_id":
        return "有照片" if deputy.photo_id else ""
    return str(getattr(deputy, key))


def _in_words(counts: dict[str, int]) -> str:
    """Return what refers to an entry, most first: 签到 12、代表职务 2."""
    listed = sorted(counts.items(), key=lambda entry: (-entry[1], list(TABLE_TITLES).index(entry[0])))
    return "、".join(f"{TABLE_TITLES[table]} {count}" for table, count in listed)
