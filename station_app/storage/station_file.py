"""The station file: opened and migrated, read by SQL, written only in logged steps of one transaction each."""

import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from station_app.domain.operators import ALL_RIGHTS, Right
from station_app.domain.problems import invalid
from station_app.storage import change_log, driver, opening, search
from station_app.storage.attachment_store import store_path
from station_app.storage.backup_folder import sweep
from station_app.storage.change_log import PAST_STEPS, LoggedStep, Step
from station_app.storage.driver import Connection
from station_app.storage.file_key import SALT_BYTES, FileKey, begins_as_under
from station_app.storage.lock_file import LockFile
from station_app.support.clock import Clock
from station_app.support.faults import NotAllowed, StationFault
from station_app.support.safe_file import forget_unfinished, successor, take_place
from station_app.support.shared_use import SharedUse
from station_app.support.uid import new_uid

if TYPE_CHECKING:
    from station_app.domain.backup import Backup, Manifest
    from station_app.storage.backups import Progress, State

Row = dict[str, Any]

UNDO_STEPS: Final = 20
"""How many steps of the session can be taken back."""


class StationFile:
    """One open station file.

    Args:
        path: the file.
        key: of an encrypted file; None for a plain one.
        clock: what time it is.
        operator: name of who works with it.
        randbits: source of random bits for identities; seeded by the demo.

    Attributes:
        place: used while the file is read by its path and key, so that no other takes its place meanwhile.
    """

    def __init__(
        self,
        path: Path,
        key: FileKey | None,
        clock: Clock,
        operator: str,
        db: Connection,
        lock: LockFile | None,
        randbits: Callable[[int], int],
    ) -> None:
        self.path = path
        self.key = key
        self.place = SharedUse()
        self.clock = clock
        self._db = db
        self._lock = lock
        self._randbits = randbits
        self._writing: Step | None = None
        self.sign_in(operator, ALL_RIGHTS)

    @classmethod
    def create(
        cls,
        path: Path,
        clock: Clock,
        operator: str,
        key: FileKey | None = None,
        *,
        randbits: Callable[[int], int] = secrets.randbits,
    ) -> Self:
        """Make a new station file with empty tables; it appears under its name only when complete.

        Args:
            key: encrypts the file; None leaves it plain.

        Raises:
            StationFault: a file of that name exists, or the folder cannot be written.
        """
        from station_app.storage.migrations import bring_up_to_date

        if path.exists():
            raise StationFault(f"已经有一个文件“{path.name}”。", "没有改动它。", "请换一个名称，或直接打开它。")
        with successor(path) as unfinished:
            db = driver.connect(unfinished, key, create=True)
            try:
                with driver.spoken_errors():
                    db.execute(f"PRAGMA application_id={driver.APPLICATION_ID}")
                    bring_up_to_date(db)
                    if key:
                        search.fit_encrypted_pages(db)
                    db.execute("INSERT INTO keys (name, secret) VALUES ('chain', ?)", [f"{randbits(256):064x}"])
            finally:
                db.close()
        return cls.open(path, clock, operator, key, randbits=randbits)

    @classmethod
    def open(
        cls,
        path: Path,
        clock: Clock,
        operator: str,
        key: FileKey | None = None,
        *,
        read_only: bool = False,
        take_over: bool = False,
        randbits: Callable[[int], int] = secrets.randbits,
    ) -> Self:
        """Open a station file; an older one is backed up and brought up to date first.

        Args:
            key: of an encrypted file; None for a plain one.
            read_only: ignore the lock of a running window and never write.
            take_over: take a lock over of which it is not known whether its program still runs.

        Raises:
            FileInUse: another program has it open, or may have.
            PasswordNeeded: it is encrypted and ``key`` is None.
            WrongKey: it cannot be read with this key.
            StationFault: missing, foreign, damaged or written by a newer program.
        """
        if read_only:
            db = opening.open_ours(path, key, read_only=True)
            if opening.is_older(db):
                db.close()
                raise StationFault(
                    "这个登记簿是旧版本程序写的。", "没有改动它。", "请先用本程序的窗口打开一次，自动升级后再试。"
                )
            return cls(path, key, clock, operator, db, None, randbits)
        # Whether it is ours is asked before the lock is taken: nothing is left beside a file of somebody else.
        opening.open_ours(path, key, read_only=False).close()
        lock = LockFile(path)
        lock.take(clock.stamp(), over=take_over)
        try:
            for own in (path, store_path(path)):
                forget_unfinished(own)
            sweep(path)
            db = opening.open_ours(path, key, read_only=False)
            if opening.is_older(db):
                db.close()
                opening.upgrade(path, key, clock.now())
                db = opening.open_ours(path, key, read_only=False)
            return cls(path, key, clock, operator, db, lock, randbits)
        except BaseException:
            lock.release()
            raise

    def second_reader(self) -> Self:
        """Open the file once more to read on another thread; what it is was looked at when it was opened.

        Reading its header here, as `open` does, would drop this process's locks on it when that is closed
        (https://www.sqlite.org/howtocorrupt.html, 2.2).

        Raises:
            StationFault: the file is gone or cannot be read.
        """
        db = driver.connect(self.path, self.key, read_only=True)
        return type(self)(self.path, self.key, self.clock, self.operator, db, None, self._randbits)

    def sign_in(self, operator: str, rights: frozenset[Right]) -> None:
        """Let somebody else work with the open file; what was done before can no longer be undone by a key.

        Args:
            operator: the name that goes into the log.
            rights: what may be written from now on.
        """
        self.operator = operator
        self.rights = rights
        self.session = f"{self._randbits(64):016x}"

    def replace_by(self, copy: Path, key: FileKey | None) -> None:
        """Let a proven copy under another key take the file's place, and go on with that.

        Args:
            copy: lies beside the file; closed everywhere.
            key: of the copy; None when it is plain.

        Raises:
            StationFault: the disk or folder refuses; the file is as it was and stays open.
        """
        with self.place.changing():
            self._db.close()
            try:
                take_place(copy, self.path)
            finally:
                if begins_as_under(self.path, key):  # even when the folder could not be synced after the renaming
                    self.key = key
                self._db = opening.open_ours(self.path, self.key, read_only=False)

    def close(self) -> None:
        """Close the file and give its lock back."""
        self._db.close()
        if self._lock:
            forget_unfinished(self.path)  # what was prepared and not wanted any more, perhaps without password
            self._lock.release()

    def rows(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        """Return what a query finds, each row by column name."""
        with driver.spoken_errors():
            cursor = self._db.execute(sql, parameters)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def tuples(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what a query finds as plain tuples; for the long lists."""
        with driver.spoken_errors():
            return self._db.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Return the single value a query finds, or None."""
        found = self.tuples(sql, parameters)
        return found[0][0] if found else None

    @contextmanager
    def write(self, label: str, needs: Right | None = Right.KEEP) -> Iterator[Step]:
        """Do one action: one transaction, one step in the log. Within a running one it joins that.

        Args:
            label: what the clerk did, e.g. ``登记来访 2026-0012``; numbers, never names.
            needs: the right it takes; None for what the program does by itself.

        Raises:
            NotAllowed: the operator has not that right.
            StationFault: the disk or file refused; nothing was written.
        """
        if self._writing:
            yield self._writing
            return
        if needs and needs not in self.rights:
            raise NotAllowed
        with driver.spoken_errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                step = self._begin_step(label)
                self._writing = step
                yield step
                self._seal(step, label, None)
                self._db.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                raise
            finally:
                self._writing = None

    def hurry(self) -> None:
        """Give up waiting for the disk: for a file made in one go, and thrown away unless it becomes complete."""
        with driver.spoken_errors():
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.execute("PRAGMA journal_mode=MEMORY")
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA cache_size=-200000")

    def scrub(self) -> None:
        """Write the file anew inside, so that nothing that was blanked stays readable in its unused parts.

        Raises:
            StationFault: there is no room for it; the records are as they were.
        """
        with driver.spoken_errors():
            search.forget_deleted(self._db)
            self._db.execute("VACUUM")

    @property
    def is_read_only(self) -> bool:
        """Whether it was opened beside a program that holds the lock."""
        return self._lock is None

    def derived_key(self, purpose: str) -> FileKey:
        """Return the key of a file that belongs to this one: the same in every copy and backup, whatever the password.

        It is derived from the random secret of the log's chain, which never changes (HMAC-SHA256 as in RFC 5869).

        Args:
            purpose: tells one such file from another, e.g. ``attachments``.
        """
        with driver.spoken_errors():
            secret = change_log.chain_key(self._db)
        raw, salt = (hmac.digest(secret, f"{purpose} {part}".encode(), "sha256") for part in ("key", "salt"))
        return FileKey(raw, salt[:SALT_BYTES])

    def plain_write(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Write to a table that stands outside the change log (drafts, counters)."""
        with driver.spoken_errors():
            self._db.execute(sql, parameters)

    def find(self, kind: str, typed: str, most: int) -> list[search.Found]:
        """Return the newest ``opinions``, ``visits`` or ``deputies`` that hold what was typed."""
        with driver.spoken_errors():
            return search.find(self._db, kind, typed, most)

    def undoable(self, most: int) -> list[LoggedStep]:
        """Return the last steps of this session that can still be undone, the last one first."""
        return self._past_steps("WHERE fixed = ''", most)

    def past_steps(self, most: int) -> list[LoggedStep]:
        """Return the last steps of this session that stand, the last one first, with why one cannot be undone."""
        return self._past_steps("", most)

    def _past_steps(self, condition: str, most: int) -> list[LoggedStep]:
        found = self.rows(f"{PAST_STEPS} {condition} ORDER BY id DESC LIMIT ?", [self.session, most])
        return [LoggedStep(**row) for row in found]

    def undo_last(self) -> LoggedStep:
        """Take the last step of this session back, see `undo_back_to`."""
        last = self.undoable(1)
        if not last:
            raise invalid("undo", "没有可以撤销的操作。")
        return self.undo_back_to(last[0].id)[0]

    def undo_back_to(self, step_id: int) -> list[LoggedStep]:
        """Take the steps of this session back, the last one first, down to ``step_id``: all of them or none.

        Each becomes a new step. Numbers and the log are never taken back.

        Raises:
            InvalidInput: it cannot be undone (any more).
        """
        steps = [step for step in self.undoable(UNDO_STEPS) if step.id >= step_id]
        if not steps or steps[-1].id != step_id:
            raise invalid("undo", "这一步不能撤销了。")
        with driver.spoken_errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                for undone in steps:
                    step = self._begin_step(f"撤销：{undone.label}")
                    step.take_back(undone.id)
                    self._seal(step, f"撤销：{undone.label}", undone.id)
                self._db.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                raise
        return steps

    def back_up(self, occasion: str, *, thorough: bool = False, progress: "Progress" = lambda _part: None) -> "Backup":
        """Write a proven backup beside the file; see `backups.back_up`."""
        from station_app.storage.backups import back_up  # not needed to open a file, nor are those below

        now, slow = self.clock.now(), thorough or self.is_read_only
        return back_up(self._db, self.path, self.key, now, occasion, thorough=slow, progress=progress)

    def copy_to(self, target: Path, occasion: str, progress: "Progress") -> "Backup":
        """Write a proven copy under another name; see `backups.prove_copy`."""
        from station_app.storage.backups import prove_copy

        now = self.clock.now()
        return prove_copy(self._db, self.path, target, self.key, now, occasion, thorough=True, progress=progress)

    def state(self) -> "State":
        """Return end of the log, mark of the register and counts, as they stand now."""
        from station_app.storage.backups import state_of

        return state_of(self._db)

    def missing_tails(self, folders: Iterable[Path], since: datetime | None) -> "list[Manifest]":
        """Return the manifests of backups whose last step the log does not hold any more."""
        from station_app.storage.backups import missing_tails

        with driver.spoken_errors():
            return missing_tails(self._db, folders, since)

    def integrity_problems(self) -> list[str]:
        """Return what SQLite finds wrong with the file: damaged pages and references into nothing."""
        found = [str(row[0]) for row in self.tuples("PRAGMA integrity_check") if row[0] != "ok"]
        dangling = [f"{row[0]} {row[1]} → {row[2]}" for row in self.tuples("PRAGMA foreign_key_check")]
        return found + dangling

    def counts(self) -> dict[str, int]:
        """Return the number of rows of every table of records."""
        from station_app.storage.backups import counts

        with driver.spoken_errors():
            return counts(self._db)

    def versions(self) -> dict[str, str]:
        """Return the versions of SQLite, its encryption and the tables, for the diagnostic package."""
        return {
            "sqlite": str(self.value("SELECT sqlite_version()")),
            "sqlcipher": str(self.value("PRAGMA cipher_version") or ""),
            "tables": str(self.value("PRAGMA user_version")),
        }

    def first_broken_step(self) -> int | None:
        """Return the first step at which the chain of the log is broken, or None."""
        with driver.spoken_errors():
            return change_log.first_broken_step(self._db)

    def chain_head(self) -> str:
        """Return the mark of the last step."""
        with driver.spoken_errors():
            return change_log.chain_head(self._db)

    def _begin_step(self, label: str) -> Step:
        step_id = int(self._db.execute("SELECT coalesce(max(id), 0) + 1 FROM steps").fetchone()[0])
        at = self.clock.stamp()
        self._db.execute(
            "INSERT INTO steps (id, at, operator, session, label, prev_mac, mac) VALUES (?, ?, ?, ?, ?, ?, '')",
            [step_id, at, self.operator, self.session, label, change_log.chain_head(self._db)],
        )
        return Step(self._db, step_id, at, lambda: new_uid(self.clock.now(), self._randbits))

    def _seal(self, step: Step, label: str, undoes: int | None) -> None:
        if not step.digests:
            self._db.execute("DELETE FROM steps WHERE id = ?", [step.id])
            return
        search.refresh(self._db, step.touched)
        prev = self._db.execute("SELECT prev_mac FROM steps WHERE id = ?", [step.id]).fetchone()[0]
        fields = (step.id, step.at, self.operator, self.session, label, undoes)
        mac = change_log.seal(change_log.chain_key(self._db), prev, fields, step.digests)
        self._db.execute("UPDATE steps SET mac = ?, undoes = ? WHERE id = ?", [mac, undoes, step.id])
