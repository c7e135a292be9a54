"""Records that are marked as deleted: which step did it, what they belong to, and what stands in their way."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from station_app.domain.record_words import ATTACHED_TO, OWNERS, TABLE_TITLES
from station_app.storage.change_log import Step
from station_app.storage.schema import RECORD_TABLES
from station_app.storage.station_file import StationFile

Record = tuple[str, str]
"""Table and uid."""

_PARENTS: Final = (
    *((child, column, parent) for child, (column, parent) in OWNERS.items()),
    ("memberships", "group_id", "groups"),
    ("group_villages", "village_id", "villages"),
    ("group_grids", "grid_id", "grids"),
    ("constituency_villages", "village_id", "villages"),
    ("station_villages", "village_id", "villages"),
    ("household_links", "village_id", "villages"),
    ("attendance", "deputy_id", "deputies"),
    ("visits", "day_id", "reception_days"),
    ("opinions", "visit_id", "visits"),
    ("opinions", "proposer_id", "deputies"),
    *((child, "station_id", "stations") for child in ("reception_days", "visits", "opinions", "groups", "placements")),
)
"""What a record cannot do without: its table, its column, the table it points to."""

_ALIKE: Final = {
    "stations": "name",
    "villages": "name",
    "units": "name",
    "groups": "name",
    "operators": "name",
    "choices": "list_key || ' ' || label",
    "attendance": "day_id || ' ' || deputy_id",
    "holidays": "on_date",
}
"""Of what there may be only one at a time."""


@dataclass(frozen=True)
class Deletion:
    """A step with the records that it deleted and that are still deleted."""

    step_id: int
    at: str
    operator: str
    label: str
    undone: bool
    records: tuple[Record, ...]


class DeletedRecords:
    """Reads what is deleted, and brings it back."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self, most: int) -> list[Deletion]:
        """Return the last deletions, the newest first; records whose data were erased do not come back."""
        every = " UNION ALL ".join(
            f"SELECT '{table}' AS entity, uid FROM {table} WHERE deleted_at IS NOT NULL"
            for table in sorted(RECORD_TABLES)
        )
        rows = self._file.tuples(
            "SELECT s.id, s.at, s.operator, s.label, s.undoes IS NOT NULL, json_group_array(json_array(entity, uid))"
            " FROM (SELECT max(c.step_id) AS step_id, d.entity AS entity, d.uid AS uid"
            f" FROM ({every}) d JOIN changes c ON c.entity = d.entity AND c.uid = d.uid"
            " WHERE json_extract(c.after, '$.deleted_at') IS NOT NULL GROUP BY d.entity, d.uid)"
            " JOIN steps s ON s.id = step_id GROUP BY s.id ORDER BY s.id DESC LIMIT ?",
            [most],
        )
        return [
            Deletion(step_id, at, operator, label, bool(undone), tuple((one, uid) for one, uid in json.loads(records)))
            for step_id, at, operator, label, undone, records in rows
        ]

    def missing_parents(self, records: Iterable[Record]) -> set[Record]:
        """Return the deleted records that these belong to, themselves not among them."""
        own = set(records)
        found: set[Record] = set()
        for child, column, parent in (*_PARENTS, *(("attachments", "owner_id", owner) for owner in ATTACHED_TO)):
            uids = [uid for table, uid in own if table == child]
            if uids:
                attached = f"AND c.owner = '{parent}'" if child == "attachments" else ""
                rows = self._file.tuples(
                    f"SELECT DISTINCT p.uid FROM {child} c JOIN {parent} p ON p.id = c.{column}"
                    f" WHERE p.deleted_at IS NOT NULL {attached} AND c.uid IN (SELECT value FROM json_each(?))",
                    [json.dumps(uids)],
                )
                found |= {(parent, uid) for (uid,) in rows}
        return found - own

    def doubles(self, records: Iterable[Record]) -> list[str]:
        """Return the kinds of records, in words, of which another one stands where one of these stood."""
        own = list(records)
        found = []
        for table, alike in _ALIKE.items():
            uids = [uid for one, uid in own if one == table]
            if uids and self._file.value(
                f"SELECT EXISTS (SELECT 1 FROM {table} WHERE deleted_at IS NULL AND {alike} IN"
                f" (SELECT {alike} FROM {table} WHERE uid IN (SELECT value FROM json_each(?))))",
                [json.dumps(uids)],
            ):
                found.append(TABLE_TITLES[table])
        return found

    def moved_on(self, deletion: Deletion) -> bool:
        """Tell whether an opinion has gone on since some of its events were taken back."""
        uids = [uid for table, uid in deletion.records if table == "events"]
        return bool(uids) and bool(
            self._file.value(
                "SELECT EXISTS (SELECT 1 FROM events e JOIN changes c ON c.entity = 'events' AND c.uid = e.uid"
                " WHERE e.deleted_at IS NULL AND c.step_id > ? AND e.opinion_id IN"
                " (SELECT opinion_id FROM events WHERE uid IN (SELECT value FROM json_each(?))))",
                [deletion.step_id, json.dumps(uids)],
            )
        )

    def restore(self, step: Step, deletion: Deletion) -> None:
        """Bring back what one step deleted; of a step that was taken back everything it had done.

        Raises:
            InvalidInput: one of the records has changed since.
        """
        if deletion.undone:
            step.take_back(deletion.step_id)
            return
        for table, uid in deletion.records:
            record_id = self._file.value(f"SELECT id FROM {step.table(table)} WHERE uid = ?", [uid])
            step.restore(table, int(record_id))
