"""Every write is a step: what changed, before and after, by whom, chained so that tampering shows."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from station_app.domain.problems import InvalidInput, invalid
from station_app.domain.text import text_problem
from station_app.storage.driver import Connection
from station_app.storage.schema import RECORD_TABLES

CHAIN_START: Final = "0" * 64
_STAMPED = ("updated_at", "revision")

PAST_STEPS: Final = """
    SELECT * FROM (
        SELECT id, at, operator, label, undoes,
            CASE WHEN id IN (SELECT step_id FROM changes WHERE erased_by IS NOT NULL) THEN 'erased'
                WHEN id IN (SELECT step_id FROM changes WHERE entity = 'stations' AND before IS NULL
                AND json_extract(after, '$.parent_id') IS NULL) THEN 'founding'
                WHEN label LIKE '恢复到 % 的备份' THEN 'restored'
                WHEN label LIKE '逾期未评，自动办结 %' THEN 'automatic' ELSE '' END AS fixed
        FROM steps WHERE session = ? AND undoes IS NULL
            AND id NOT IN (SELECT undoes FROM steps WHERE undoes IS NOT NULL)
    )
"""
"""The steps of a session that were not taken back, as `LoggedStep` keeps them; more conditions may follow."""


@dataclass(frozen=True)
class LoggedStep:
    """A step as the log keeps it."""

    id: int
    at: str
    operator: str
    label: str
    undoes: int | None
    fixed: str = ""
    """Why it cannot be undone: ``erased``, a person's data are gone; ``founding``, it made the register;
    ``restored``, it notes that a backup was restored; ``automatic``, the program did it by itself; else empty."""


class Step:
    """One action of the clerk in the making: all its changes, one transaction, one entry in the log.

    Made only by `StationFile.write`.
    """

    def __init__(self, db: Connection, step_id: int, at: str, new_uid: Callable[[], str]) -> None:
        self.id = step_id
        self.at = at
        self._db = db
        self._new_uid = new_uid
        self.digests: list[str] = []
        self.touched: list[tuple[str, int]] = []

    def insert(self, table: str, **values: Any) -> int:
        """Add a record and return its id."""
        _refuse_unstorable(values)
        row = {"uid": self._new_uid(), "created_at": self.at, "updated_at": self.at, **values}
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        cursor = self._db.execute(
            f"INSERT INTO {_record_table(table)} ({names}) VALUES ({marks})",
            list(row.values()),
        )
        record_id = int(cursor.lastrowid or 0)
        # What is empty or a default is left out of the image: the table's defaults are the same for ever.
        self.touched.append((table, record_id))
        filled = {key: value for key, value in row.items() if value not in ("", None)}
        self._log(table, str(row["uid"]), None, {"id": record_id, **filled})
        return record_id

    def update(self, table: str, record_id: int, **values: Any) -> None:
        """Change fields of a record; what stays the same is neither written nor logged."""
        before = _row(self._db, table, record_id)
        changed = {key: value for key, value in values.items() if before[key] != value}
        if not changed:
            return
        _refuse_unstorable(changed)
        after = {**changed, "updated_at": self.at, "revision": before["revision"] + 1}
        self._store(table, record_id, after)
        self.touched.append((table, record_id))
        self._log(table, before["uid"], {key: before[key] for key in after}, after)

    def table(self, name: str) -> str:
        """Return ``name`` if it is a table of records.

        Raises:
            KeyError: it is none.
        """
        return _record_table(name)

    def delete(self, table: str, record_id: int) -> None:
        """Mark a record as deleted; it can be restored."""
        self.update(table, record_id, deleted_at=self.at)

    def restore(self, table: str, record_id: int) -> None:
        """Take a deletion back."""
        self.update(table, record_id, deleted_at=None)

    def take_back(self, step_id: int) -> None:
        """Write the before-images of an earlier step back; what it created is marked as deleted.

        Raises:
            InvalidInput: a later step has changed one of its records since.
        """
        rows = self._db.execute(
            "SELECT entity, uid, before FROM changes WHERE step_id = ? ORDER BY id DESC", [step_id]
        ).fetchall()
        for entity, uid in {(row[0], row[1]) for row in rows}:
            if self._changed_since(entity, uid, step_id):
                raise invalid("undo", "这一步之后，同一条记录又有改动，不能单独撤销。")
        for entity, uid, before in rows:
            record_id = self._db.execute(f"SELECT id FROM {_record_table(entity)} WHERE uid = ?", [uid]).fetchone()[0]
            if before is None:
                self.delete(entity, record_id)
            else:
                image = json.loads(before)
                self.update(entity, record_id, **{k: v for k, v in image.items() if k not in {"id", "uid", *_STAMPED}})

    def blank(self, records: Sequence[tuple[str, str]]) -> str:
        """Blank every image the log holds of some records, this step's own included, and return what tells which.

        The chain stays whole: it covers a digest of each change, and those stay. What is returned has to be logged
        by this step (`erasures.changes_digest`); `first_broken_step` accepts blank images only with it.

        Args:
            records: table and uid of each.
        """
        blanked: list[tuple[int, str]] = []
        for entity, uid in records:
            where = "entity = ? AND uid = ? AND erased_by IS NULL"
            blanked += self._db.execute(f"SELECT id, digest FROM changes WHERE {where}", [entity, uid]).fetchall()
            self._db.execute(
                f"UPDATE changes SET before = NULL, after = NULL, erased_by = ? WHERE {where}", [self.id, entity, uid]
            )
        return _digest_of_blanked(blanked)

    def _changed_since(self, entity: str, uid: str, step_id: int) -> bool:
        """Tell whether a later step that still stands has changed a record; undone steps and undos do not count."""
        found = self._db.execute(
            "SELECT 1 FROM changes c JOIN steps s ON s.id = c.step_id"
            " WHERE c.entity = ? AND c.uid = ? AND s.id > ? AND s.id <> ? AND s.undoes IS NULL"
            " AND s.id NOT IN (SELECT undoes FROM steps WHERE undoes IS NOT NULL)",
            [entity, uid, step_id, self.id],
        )
        return found.fetchone() is not None

    def _store(self, table: str, record_id: int, values: dict[str, Any]) -> None:
        assignments = ", ".join(f"{name} = ?" for name in values)
        self._db.execute(f"UPDATE {_record_table(table)} SET {assignments} WHERE id = ?", [*values.values(), record_id])

    def _log(self, table: str, uid: str, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
        old, new = _image(before), _image(after)
        digest = hashlib.sha256(f"{table}|{uid}|{old}|{new}".encode()).hexdigest()
        self._db.execute(
            "INSERT INTO changes (step_id, entity, uid, before, after, digest) VALUES (?, ?, ?, ?, ?, ?)",
            [self.id, table, uid, old, new, digest],
        )
        self.digests.append(digest)


def _refuse_unstorable(values: dict[str, Any]) -> None:
    """Refuse text with characters that are none, wherever it came from; the desks say it at the field first.

    Raises:
        InvalidInput: at the column's name.
    """
    for column, value in values.items():
        if isinstance(value, str) and (problem := text_problem(column, "内容", value, len(value))):
            raise InvalidInput([problem])


def _record_table(name: str) -> str:
    """Return ``name`` if it is a table of records; sqlite-utils would create a misspelt one."""
    if name not in RECORD_TABLES:
        raise KeyError(name)
    return name


def _row(db: Connection, table: str, record_id: int) -> dict[str, Any]:
    cursor = db.execute(f"SELECT * FROM {_record_table(table)} WHERE id = ?", [record_id])
    found = cursor.fetchone()
    if found is None:
        raise KeyError(f"{table} {record_id}")
    return dict(zip((column[0] for column in cursor.description), found, strict=True))


def _image(row: dict[str, Any] | None) -> str | None:
    if row is None:
        return None
    plain = {
        key: hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value for key, value in row.items()
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal(key: bytes, prev_mac: str, fields: tuple[object, ...], digests: list[str]) -> str:
    """Return the chained mark of a step: an HMAC over the one before, the step's own fields and its digests.

    Args:
        key: the file's chain key.
        prev_mac: mark of the step before, or `CHAIN_START`.
        fields: id, time, operator, session, label, undone step.
        digests: SHA-256 of every change, in order.
    """
    body = json.dumps([prev_mac, *fields, *digests], ensure_ascii=False, separators=(",", ":"))
    return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()


def chain_head(db: Connection) -> str:
    """Return the mark of the last step."""
    row = db.execute("SELECT mac FROM steps ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else CHAIN_START


def chain_key(db: Connection) -> bytes:
    """Return the file's chain key."""
    row = db.execute("SELECT secret FROM keys WHERE name = 'chain'").fetchone()
    return bytes.fromhex(str(row[0]))


def first_broken_step(db: Connection) -> int | None:
    """Return the id of the first step whose mark or images do not fit, or None if the chain holds."""
    key = chain_key(db)
    erased = _erased_in_order(db)
    digests: dict[int, list[str]] = {}
    for step_id, entity, uid, before, after, digest, erased_by in db.execute(
        "SELECT step_id, entity, uid, before, after, digest, erased_by FROM changes ORDER BY id"
    ):
        if erased_by is None:
            sound = hashlib.sha256(f"{entity}|{uid}|{before}|{after}".encode()).hexdigest() == digest
        else:
            sound = erased_by in erased and before is None and after is None
        digests.setdefault(step_id, []).append(digest if sound else "")
    prev = CHAIN_START
    expected_id = 1
    for row in db.execute("SELECT id, at, operator, session, label, undoes, prev_mac, mac FROM steps ORDER BY id"):
        step_id, prev_mac, mac = row[0], row[6], row[7]
        if step_id != expected_id or prev_mac != prev or seal(key, prev, row[:6], digests.get(step_id, [])) != mac:
            return int(step_id)
        prev, expected_id = mac, step_id + 1
    return None


def _erased_in_order(db: Connection) -> set[int]:
    """Return the steps that blanked exactly the images they say they did; blank images of others are tampering."""
    blanked: dict[int, list[tuple[int, str]]] = {}
    for step_id, change_id, digest in db.execute(
        "SELECT erased_by, id, digest FROM changes WHERE erased_by IS NOT NULL"
    ):
        blanked.setdefault(step_id, []).append((change_id, digest))
    said = {
        step_id: json.loads(after)["changes_digest"]
        for step_id, after in db.execute(
            "SELECT step_id, after FROM changes WHERE entity = 'erasures' AND before IS NULL AND after IS NOT NULL"
        )
    }
    return {step_id for step_id, changes in blanked.items() if said.get(step_id) == _digest_of_blanked(changes)}


def _digest_of_blanked(changes: Iterable[tuple[int, str]]) -> str:
    """Return a SHA-256 over the ids and digests of blanked changes."""
    return hashlib.sha256(json.dumps(sorted(map(list, changes))).encode()).hexdigest()
