"""The sibling file that holds what attachments contain: by content hash, encrypted with a key of its own."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app.storage import driver
from station_app.storage.driver import Connection
from station_app.storage.file_key import FileKey
from station_app.support.faults import DamagedFile, StationFault, WrongKey
from station_app.support.safe_file import successor

APPLICATION_ID: Final = 0x53544E41
"""``STNA`` in the header marks our attachments files."""
ENDING: Final = ".attachments"
VERSION: Final = 1

_TABLES: Final = (
    """CREATE TABLE blobs (
        sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
        content BLOB NOT NULL,
        thumbnail BLOB
    ) STRICT""",
    # Written, but not yet named by a record: the only ones that are ever swept.
    "CREATE TABLE waiting (sha256 TEXT PRIMARY KEY) STRICT",
    # Erased on a person's request: no backup may bring them back.
    "CREATE TABLE erased (sha256 TEXT PRIMARY KEY) STRICT",
)


class AttachmentsAway(StationFault):
    """The attachments file, or what one attachment contains, is missing or cannot be read; nothing else suffers."""


class Missing(AttachmentsAway):
    """There is no attachments file, or this content is not in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"附件文件“{path.name}”里没有这个附件的内容。" if path.is_file() else f"找不到附件文件“{path.name}”。",
            "登记簿的其他内容都在，可以照常使用。",
            "可以从备份取回，或另选一份附件文件。",
        )


class Unreadable(AttachmentsAway):
    """The attachments file is foreign, damaged, or belongs to another register."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"附件文件“{name}”打不开：已损坏，或不是这个登记簿的附件文件。",
            "登记簿的其他内容都在，可以照常使用；程序没有改动这个文件。",
            "可以从备份取回，或另选一份附件文件。",
        )


@dataclass(frozen=True)
class Copied:
    """What came of copying contents from one store into another.

    Args:
        added: how many were copied and read back.
        missing: how many are wanted and in neither.
    """

    added: int
    missing: int


@dataclass(frozen=True)
class AttachmentStore:
    """Contents by hash. Opened anew for every action, so that any thread may use it and no file stays open.

    Args:
        path: the file; it need not exist yet.
        key: derived from the station file's own secret.
        read_only: never write, not even to clear up after a power cut.
    """

    path: Path
    key: FileKey
    read_only: bool = False

    def put(self, content: bytes, thumbnail: bytes | None) -> str:
        """Store a content, once however often it comes, and return its hash. It waits until a record names it.

        An attachments file that cannot be read is set aside under another name, not overwritten.

        Raises:
            StationFault: the disk refuses; nothing was stored.
        """
        digest = hashlib.sha256(content).hexdigest()
        self._make_usable()
        try:
            self._insert(digest, content, thumbnail)
        except Unreadable:  # damaged further inside than opening it shows
            self._begin_anew()
            self._insert(digest, content, thumbnail)
        return digest

    def _insert(self, digest: str, content: bytes, thumbnail: bytes | None) -> None:
        with self._writing() as db:
            if not db.execute("SELECT 1 FROM blobs WHERE sha256 = ?", [digest]).fetchone():
                db.execute("INSERT INTO blobs VALUES (?, ?, ?)", [digest, content, thumbnail])
                db.execute("INSERT OR IGNORE INTO waiting VALUES (?)", [digest])
                db.execute("DELETE FROM erased WHERE sha256 = ?", [digest])

    def content(self, digest: str) -> bytes:
        """Return a content, checked against its hash.

        Raises:
            AttachmentsAway: it is not there or not as it was.
        """
        with self._open() as db:
            found = db.execute("SELECT content FROM blobs WHERE sha256 = ?", [digest]).fetchone()
        if found is None:
            raise Missing(self.path)
        content = bytes(found[0])
        if hashlib.sha256(content).hexdigest() != digest:
            raise Unreadable(self.path.name)
        return content

    def thumbnails(self, digests: Collection[str]) -> dict[str, bytes | None]:
        """Return the thumbnails of those contents that are there; None for one that has none.

        Raises:
            AttachmentsAway: the file is not there or cannot be read.
        """
        marks = ", ".join("?" * len(digests))
        with self._open() as db:
            sql = f"SELECT sha256, thumbnail FROM blobs WHERE sha256 IN ({marks})"
            return {row[0]: row[1] for row in db.execute(sql, list(digests))}

    def settle(self, digests: Collection[str]) -> None:
        """Note that records name these contents now."""
        with self._writing() as db:
            db.executemany("DELETE FROM waiting WHERE sha256 = ?", [[digest] for digest in digests])

    def sweep(self, is_needed: Callable[[str], bool]) -> int:
        """Drop what was stored and never named by a record; return how many.

        Args:
            is_needed: tells whether any record, a deleted one too, names a hash.
        """
        if not self.path.is_file():
            return 0
        with self._open() as db:
            waiting = [row[0] for row in db.execute("SELECT sha256 FROM waiting")]
        if not waiting:
            return 0
        dropped = [[digest] for digest in waiting if not is_needed(digest)]
        with self._writing() as db:
            db.executemany("DELETE FROM blobs WHERE sha256 = ?", dropped)
            db.execute("DELETE FROM waiting")
        return len(dropped)

    def erase(self, digests: Collection[str]) -> None:
        """Erase contents for good, on a person's request; backups drop theirs when they are next brought up to date.

        Raises:
            StationFault: the disk refuses.
        """
        if not self.path.is_file():
            return
        with self._open() as db:
            known = {row[0] for row in db.execute("SELECT sha256 FROM erased")}
        if known.issuperset(digests):
            return
        with self._writing() as db:
            db.execute("PRAGMA secure_delete=ON")
            db.executemany("DELETE FROM blobs WHERE sha256 = ?", [[digest] for digest in digests])
            db.executemany("INSERT OR IGNORE INTO erased VALUES (?)", [[digest] for digest in digests])

    def add_from(self, source: "AttachmentStore", wanted: Collection[str]) -> Copied:
        """Copy what is wanted and not here yet, each content in a transaction of its own and read back.

        What was erased there is erased here, unless it is wanted.

        Args:
            source: a store with the same key; contents that were damaged there are left out.
            wanted: hashes.

        Raises:
            AttachmentsAway: the source cannot be read.
            StationFault: the disk refuses, or gave back something else than was written.
        """
        with source._open() as db:
            there = {row[0] for row in db.execute("SELECT sha256 FROM blobs")}
            erased = {row[0] for row in db.execute("SELECT sha256 FROM erased")}
        self._make_usable()
        with self._open() as db:
            here = {row[0] for row in db.execute("SELECT sha256 FROM blobs")}
        added = sum(self._copy(source, digest) for digest in sorted((set(wanted) & there) - here))
        if gone := (erased & here) - set(wanted):
            self.erase(gone)
        return Copied(added, len(set(wanted) - here) - added)

    def _copy(self, source: "AttachmentStore", digest: str) -> bool:
        try:
            content = source.content(digest)
        except AttachmentsAway:
            return False
        thumbnail = source.thumbnails([digest])[digest]
        with self._writing() as db:
            db.execute("INSERT INTO blobs VALUES (?, ?, ?)", [digest, content, thumbnail])
        try:
            self.content(digest)
        except AttachmentsAway as error:
            with self._writing() as db:
                db.execute("DELETE FROM blobs WHERE sha256 = ?", [digest])
            raise StationFault(
                "附件复制后核对不一致，已作废。", "原来的附件没有受影响。", "请检查磁盘或U盘后重试。"
            ) from error
        return True

    # The file

    def _make_usable(self) -> None:
        """Make the file when there is none; set one aside that cannot be read."""
        try:
            with self._open():
                return
        except Unreadable:
            self._begin_anew()
        except Missing:
            self._make()

    def _begin_anew(self) -> None:
        """Set the file aside and begin another with what can still be read of it."""
        aside = self._set_aside()
        self._make()
        try:
            with aside._open() as db:
                there = [row[0] for row in db.execute("SELECT sha256 FROM blobs")]
            self.add_from(aside, there)
        except AttachmentsAway:
            return  # foreign, or damaged from the first page on

    def _make(self) -> None:
        with successor(self.path) as unfinished:
            db = driver.connect(unfinished, self.key, create=True)
            try:
                with driver.spoken_errors():
                    for statement in _TABLES:
                        db.execute(statement)
                    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
                    db.execute(f"PRAGMA user_version={VERSION}")
            finally:
                db.close()

    def _set_aside(self) -> "AttachmentStore":
        try:
            return AttachmentStore(_set_aside(self.path), self.key)
        except OSError as error:
            raise Unreadable(self.path.name) from error

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        """Open the file for one action.

        Raises:
            AttachmentsAway: it is not there, damaged, foreign, or has another key.
        """
        if not self.path.is_file():
            raise Missing(self.path)
        with self._spoken():
            db = driver.connect(self.path, self.key, read_only=self.read_only)
            try:
                if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                    raise Unreadable(self.path.name)
                yield db
            finally:
                db.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        """Say of the attachments file what the driver says of the station file."""
        try:
            with driver.spoken_errors():
                yield
        except (WrongKey, DamagedFile) as error:
            raise Unreadable(self.path.name) from error
        except AttachmentsAway:
            raise
        except StationFault as fault:
            raise StationFault(fault.what.replace("登记簿文件", "附件文件"), fault.safe, fault.todo) from fault


def store_path(station_path: Path) -> Path:
    """Return where the attachments of a station file lie: beside it, with the same name."""
    return station_path.with_suffix(ENDING)


def take_along(station_path: Path, target: Path) -> None:
    """Rename the attachments of a station file that is about to be renamed; those of another one are set aside.

    Raises:
        OSError: the folder refuses.
    """
    if store_path(station_path).exists():
        if store_path(target).exists():
            _set_aside(store_path(target))
        store_path(station_path).rename(store_path(target))


def _set_aside(path: Path) -> Path:
    """Rename a file that cannot be used, with its journal, which must not be played into another one."""
    number = 1
    while (aside := path.with_stem(f"{path.stem}-打不开{number}")).exists():
        number += 1
    path.rename(aside)
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        journal.rename(aside.with_name(f"{aside.name}-journal"))
    return aside
