"""Reading what can still be read of a damaged station file: the steps its log holds beyond a backup.

The log is enough: the images of a step hold everything it wrote, and its mark tells whether they are what was written.
"""

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

from station_app.storage import driver
from station_app.storage.attachments import ERASED_TEXT
from station_app.storage.change_log import first_broken_step, seal
from station_app.storage.driver import Connection
from station_app.storage.file_key import FileKey
from station_app.support.faults import StationFault
from station_app.support.safe_file import forget_unfinished, unfinished_beside

_GAP: Final = 20_000
"""So many ids without a row that can be read are taken for the end of a table; a page of the index above the rows leads
to some thousand."""
_MOST_PROBLEMS: Final = 20
UNOPENED: Final = "file cannot be opened"
"""The one problem of a file of which nothing can be read."""

_PLAIN: Final = {
    "counters": "series, year, last",
    "drafts": "form, record_uid, saved_at, body",
    "keys": "name, secret",
    "pins": "operator_id, salt, hash",
}
Plain = dict[str, list[tuple[Any, ...]]]
"""What stands outside the log, by table: rows of `_PLAIN`'s columns."""


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
        changes: those that were read whole.
        whole: every change of it was read, and its mark fits.
        erased: its mark fits, but of some change the images were blanked on a person's request.
        erases: it erased a person's data: it is not written back but done once more.
        words_too: with that, what the person had said was erased as well, or it cannot be told.
    """

    id: int
    at: str
    operator: str
    label: str
    changes: tuple[Change, ...]
    whole: bool
    erased: bool = False
    erases: bool = False
    words_too: bool = False

    @property
    def usable(self) -> bool:
        """Whether it can be done again."""
        return self.whole or self.erases


class Wreck:
    """A damaged file, read row by row; whatever row cannot be read is passed over.

    Args:
        path: the file; it is never written to. With a journal beside it, which has to be played in first, a copy is
            read instead.
        key: of an encrypted file.
    """

    def __init__(self, path: Path, key: FileKey | None) -> None:
        self._db: Connection | None = None
        self._copied_beside: Path | None = None
        journal = _journal_of(path)
        # What cannot be opened at all is as damaged as it gets: nothing can be read of it.
        with suppress(StationFault, OSError):
            if journal.exists() and journal.stat().st_size:
                self._copied_beside = path
                copy = unfinished_beside(path)
                shutil.copyfile(path, copy)
                shutil.copyfile(journal, _journal_of(copy))
                self._db = driver.connect(copy, key)
            else:
                self._db = driver.connect(path, key, read_only=True)
        # A beginning of zeros passes for an empty database.
        if self._db and not self._rows_of("SELECT name FROM sqlite_master LIMIT 1"):
            self._db.close()
            self._db = None

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._db:
            self._db.close()
        if self._copied_beside:
            forget_unfinished(self._copied_beside)

    @property
    def opens(self) -> bool:
        """Whether the file could be opened with the key at all."""
        return self._db is not None

    def problems(self) -> list[str]:
        """Return what SQLite finds wrong, in its words: pages and tables, no contents."""
        if self._db is None:
            return [UNOPENED]
        try:
            rows = self._db.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})").fetchall()
        except driver.ReadError as error:
            return [str(error)]
        return [line for row in rows for line in str(row[0]).splitlines() if row[0] != "ok"][:_MOST_PROBLEMS]

    def broken_step(self) -> int | None:
        """Return the first step at which the chain of the log breaks; None where it holds or cannot be followed."""
        try:
            return first_broken_step(self._db) if self._db else None
        except (driver.ReadError, ValueError, TypeError):
            return None

    def chain_key(self) -> bytes:
        """Return the key of the log's chain; empty where it cannot be read."""
        found = self._rows_of("SELECT secret FROM keys WHERE name = 'chain'")
        try:
            return bytes.fromhex(str(found[0][0])) if found else b""
        except ValueError:
            return b""

    def mark_of(self, step_id: int) -> str:
        """Return the chained mark of a step; empty where it cannot be read."""
        found = self._rows_of(f"SELECT mac FROM steps WHERE id = {int(step_id)}")
        return str(found[0][0]) if found else ""

    def steps_after(self, step_id: int, change_id: int, chain_key: bytes) -> list[SavedStep]:
        """Return the steps beyond those a backup holds, in order.

        Args:
            step_id: last step of the backup.
            change_id: last change of the backup.
            chain_key: of the backup; the damaged file's own might be what is damaged.
        """
        changes: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        erased_by = "erased_by" if self._knows_erasing() else "NULL"
        for row in self._rows("changes", f"step_id, entity, uid, before, after, digest, {erased_by}", change_id):
            changes[row[0]].append(row[1:])
        steps = self._rows("steps", "id, at, operator, session, label, undoes, prev_mac, mac", step_id)
        return [self._with_words(_saved(row, changes[row[0]], chain_key), changes[row[0]]) for row in steps]

    def _with_words(self, step: SavedStep, changes: list[tuple[Any, ...]]) -> SavedStep:
        """Tell of a step that erased a person's data whether it erased the words as well."""
        if not step.erases:
            return step
        opinions = [change[1] for change in changes if change[0] == "opinions" and change[5] == step.id]
        words = [row[0] for uid in opinions for row in self._rows_of("SELECT words FROM opinions WHERE uid = ?", [uid])]
        return replace(step, words_too=len(words) < len(opinions) or ERASED_TEXT in words)

    def plain(self) -> Plain:
        """Return what stands outside the log, as far as it can be read."""
        return {table: self._rows_of(f"SELECT {columns} FROM {table}") for table, columns in _PLAIN.items()}

    def _knows_erasing(self) -> bool:
        """Tell whether images can be blanked: not in a file of the first version."""
        return "erased_by" in {row[1] for row in self._rows_of("PRAGMA table_info(changes)")}

    def _rows_of(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what a small table holds, or nothing where it cannot be read."""
        if self._db is None:
            return []
        try:
            return self._db.execute(sql, parameters).fetchall()
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
    """Put a step together; the mark covers the digests, and each digest its images."""
    step_id, at, operator, session, label, undoes, prev_mac, mac = row
    fields = (step_id, at, operator, session, label, undoes)
    complete = seal(chain_key, str(prev_mac), fields, [str(change[4]) for change in changes]) == mac
    read = [
        Change(entity, uid, json.loads(before) if before else None, json.loads(after))
        for entity, uid, before, after, digest, erased_by in changes
        if complete and erased_by is None and after and _digest(entity, uid, before, after) == digest
    ]
    return SavedStep(
        int(step_id), str(at), str(operator), str(label), tuple(read),
        whole=complete and len(read) == len(changes),
        erased=complete and any(change[5] is not None for change in changes),
        erases=any(change[5] == step_id for change in changes) and any(one.entity == "erasures" for one in read),
    )  # fmt: skip


def _digest(entity: str, uid: str, before: str | None, after: str) -> str:
    return hashlib.sha256(f"{entity}|{uid}|{before}|{after}".encode()).hexdigest()


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
