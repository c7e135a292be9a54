"""Reading what can still be read of a damaged station file: the steps its log holds beyond a backup.

The log is enough: the images of a step hold everything it wrote, and its mark tells whether they are what was written.
"""

import hashlib
import json
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from station_app.storage import driver
from station_app.storage.change_log import seal
from station_app.storage.driver import Connection
from station_app.storage.file_key import FileKey
from station_app.support.faults import StationFault

_GAP: Final = 500
"""So many ids without a row that can be read are taken for the end of a table."""
_MOST_PROBLEMS: Final = 20


@dataclass(frozen=True)
class Change:
    """What a step did to one record: images as in the log."""

    entity: str
    uid: str
    before: dict[str, Any] | None
    after: dict[str, Any]


@dataclass(frozen=True)
class SavedStep:
    """A step that stands in the log of the damaged file and not in the backup.

    Args:
        whole: every change of it was read, and its mark fits.
    """

    id: int
    at: str
    operator: str
    label: str
    changes: tuple[Change, ...]
    whole: bool


class Wreck:
    """A damaged file, read row by row; whatever row cannot be read is passed over.

    Args:
        path: the file; it is never written to.
        key: of an encrypted file.
    """

    def __init__(self, path: Path, key: FileKey | None) -> None:
        self._db: Connection | None = None
        # What cannot be opened at all is as damaged as it gets: nothing can be read of it.
        with suppress(StationFault):
            self._db = driver.connect(path, key, read_only=True)

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._db:
            self._db.close()

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong, in its words: pages and tables, no contents."""
        if self._db is None:
            return ["file cannot be opened"]
        try:
            rows = self._db.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})").fetchall()
        except driver.ReadError as error:
            return [str(error)]
        return [line for row in rows for line in str(row[0]).splitlines() if row[0] != "ok"][:_MOST_PROBLEMS]

    def steps_after(self, step_id: int, change_id: int, chain_key: bytes) -> list[SavedStep]:
        """Return the steps beyond those a backup holds, in order.

        Args:
            step_id: last step of the backup.
            change_id: last change of the backup.
            chain_key: of the backup; the damaged file's own might be what is damaged.
        """
        changes: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in self._rows("changes", "step_id, entity, uid, before, after, digest", change_id):
            changes[row[0]].append(row[1:])
        steps = self._rows("steps", "id, at, operator, session, label, undoes, prev_mac, mac", step_id)
        return [_saved(row, changes[row[0]], chain_key) for row in steps]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return what a small table holds, or nothing where it cannot be read."""
        if self._db is None:
            return []
        try:
            return self._db.execute(sql).fetchall()
        except driver.ReadError:
            return []

    def _rows(self, table: str, columns: str, after: int) -> list[tuple[Any, ...]]:
        """Return the readable rows with an id beyond one, each read for itself."""
        found: list[tuple[Any, ...]] = []
        missed, number = 0, after
        while self._db is not None and missed < _GAP:
            number += 1
            try:
                row = self._db.execute(f"SELECT {columns} FROM {table} WHERE id = ?", [number]).fetchone()
            except driver.ReadError:
                row = None
            missed = missed + 1 if row is None else 0
            if row is not None:
                found.append(tuple(row))
        return found


def _saved(row: tuple[Any, ...], changes: list[tuple[Any, ...]], chain_key: bytes) -> SavedStep:
    step_id, at, operator, session, label, undoes, prev_mac, mac = row
    sound = all(
        hashlib.sha256(f"{entity}|{uid}|{before}|{after}".encode()).hexdigest() == digest
        for entity, uid, before, after, digest in changes
    )
    fields = (step_id, at, operator, session, label, undoes)
    whole = sound and seal(chain_key, str(prev_mac), fields, [str(change[4]) for change in changes]) == mac
    read = tuple(
        Change(entity, uid, json.loads(before) if before else None, json.loads(after))
        for entity, uid, before, after, _ in changes
        if whole and after
    )
    return SavedStep(int(step_id), str(at), str(operator), str(label), read, whole)
