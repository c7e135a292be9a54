"""All opinions kept in memory, brought up to date from the change log: read once, then only what a step touched."""

from dataclasses import dataclass
from typing import Final

from station_app.domain.opinion import Case
from station_app.storage.opinions import OpinionRecords
from station_app.storage.station_file import StationFile

_OWNERS: Final = {
    "opinions": "SELECT id FROM opinions WHERE uid = ?",
    "events": "SELECT opinion_id FROM events WHERE uid = ?",
    "event_units": "SELECT e.opinion_id FROM event_units t JOIN events e ON e.id = t.event_id WHERE t.uid = ?",
    "visits": "SELECT o.id FROM opinions o JOIN visits v ON v.id = o.visit_id WHERE v.uid = ?",
    "reception_days": "SELECT o.id FROM opinions o JOIN visits v ON v.id = o.visit_id"
    " JOIN reception_days r ON r.id = v.day_id WHERE r.uid = ?",
    "visit_receivers": "SELECT o.id FROM opinions o JOIN visit_receivers r ON r.visit_id = o.visit_id WHERE r.uid = ?",
}
_NAMED_EVERYWHERE: Final = frozenset({"choices", "villages", "units", "deputies"})
"""A change of one of these may show in any opinion."""
_MOST_AT_ONCE: Final = 2_000


@dataclass(frozen=True)
class Snapshot:
    """All opinions as they stood after a step of the change log."""

    step_id: int
    cases: tuple[Case, ...]


class CaseBook:
    """The opinions of one open file. An opinion nothing happened to stays the same object."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = OpinionRecords(file)
        self._kept: Snapshot | None = None

    def is_open(self) -> bool:
        """Tell whether the opinions are in memory already."""
        return self._kept is not None

    def cases(self) -> tuple[Case, ...]:
        """Return every opinion, oldest first."""
        return self.snapshot().cases

    def snapshot(self) -> Snapshot:
        """Return every opinion as it stands now."""
        last = int(self._file.value("SELECT coalesce(max(id), 0) FROM steps"))
        kept = self._kept
        if kept is None or kept.step_id > last:
            kept = Snapshot(last, tuple(self._records.cases()))
        elif kept.step_id < last:
            kept = self._followed(kept, last)
        self._kept = kept
        return kept

    def adopt(self, snapshot: Snapshot) -> None:
        """Take over what another reader of the same file has read, unless this one is as far."""
        if self._kept is None or self._kept.step_id < snapshot.step_id:
            self._kept = snapshot

    def _followed(self, kept: Snapshot, last: int) -> Snapshot:
        # Named, because SQLite would rather walk the whole log in the order it is to be made distinct by.
        touched = self._file.tuples(
            "SELECT DISTINCT entity, uid FROM changes INDEXED BY changes_of_step WHERE step_id > ?", [kept.step_id]
        )
        if len(touched) > _MOST_AT_ONCE or any(entity in _NAMED_EVERYWHERE for entity, _ in touched):
            return Snapshot(last, tuple(self._records.cases()))
        ids = {
            row[0] for entity, uid in touched if entity in _OWNERS for row in self._file.tuples(_OWNERS[entity], [uid])
        }
        if not ids:
            return Snapshot(last, kept.cases)
        others = [case for case in kept.cases if case.id not in ids]
        cases = sorted([*others, *self._records.by_id(ids)], key=lambda case: (case.raised_on, case.id))
        return Snapshot(last, tuple(cases))
