"""The attachments file: contents once each, encrypted, never a record without its content, nothing else hurt by it."""

import hashlib
import os
import signal
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from station_app.domain.attachment import Owner
from station_app.storage import attachments
from station_app.storage.attachment_store import AttachmentStore, Copied, Missing, Unreadable, store_path, take_along
from station_app.storage.attachments import AttachmentRecords
from station_app.storage.file_key import FileKey
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock

CLOCK = fixed_clock(date(2026, 11, 25))
WORDS = "村口桥头的护栏坏了好几年".encode()


@pytest.fixture
def file(tmp_path: Path) -> StationFile:
    return StationFile.create(tmp_path / "禾溪.station", CLOCK, "肖敏")


def attach(file: StationFile, content: bytes, name: str = "照片.jpg") -> int:
    store = attachments.store_for_writing(file)
    digest = store.put(content, b"small")
    with file.write("添加附件") as step:
        added = AttachmentRecords(file).add(
            step, Owner.OPINION, 1, name=name, media_type="image/jpeg", size=len(content), sha256=digest
        )
    store.settle([digest])
    return added


def content_of(file: StationFile, attachment_id: int) -> bytes:
    store = attachments.store_of(file)
    assert store is not None
    return store.content(AttachmentRecords(file).one(attachment_id).sha256)


def count(store: AttachmentStore, table: str = "blobs") -> int:
    with store._open() as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_nothing_lies_beside_the_station_file_before_the_first_attachment(file: StationFile) -> None:
    assert attachments.store_of(file) is None
    assert attachments.bring_up_to_date(file, file.path.with_name("copy.attachments")) == Copied(0, 0)
    assert {path.suffix for path in file.path.parent.iterdir()} == {".station", ".lock"}


def test_the_same_content_is_stored_once(file: StationFile) -> None:
    first, second = attach(file, WORDS), attach(file, WORDS, "同一张.jpg")
    store = attachments.store_for_writing(file)
    assert (count(store), count(store, "waiting")) == (1, 0)
    assert content_of(file, first) == content_of(file, second) == WORDS
    assert AttachmentRecords(file).total() == len(WORDS)


def test_no_byte_of_an_attachment_is_readable_in_any_file(file: StationFile) -> None:
    """Beside the station file, in a backup, and with the station file plain or not."""
    attach(file, WORDS * 1000)
    backup = file.path.parent / "备份" / "禾溪.attachments"
    attachments.bring_up_to_date(file, backup)
    kept = [path for path in file.path.parent.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} == {".station", ".lock", ".attachments"}
    for path in kept:
        assert WORDS[:12] not in path.read_bytes(), path.name
        assert b"blobs" not in path.read_bytes(), path.name


def test_a_content_without_a_record_is_swept_and_one_with_a_deleted_record_is_not(file: StationFile) -> None:
    kept = attach(file, WORDS)
    with file.write("移除附件") as step:
        AttachmentRecords(file).remove(step, kept)
    store = attachments.store_for_writing(file)
    store.put(b"never attached", None)
    assert store.sweep(AttachmentRecords(file).names) == 1
    assert count(store) == 1
    file.undo_last()
    assert content_of(file, kept) == WORDS


def test_contents_are_not_swept_because_an_older_station_file_knows_nothing_of_them(file: StationFile) -> None:
    """A restored backup has no records of what was attached later; going back to the newer file must find it again."""
    kept = attach(file, WORDS)
    store = attachments.store_for_writing(file)
    assert store.sweep(lambda _digest: False) == 0
    assert content_of(file, kept) == WORDS


_KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from station_app.storage import attachments
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock
file = StationFile.open(Path(sys.argv[1]), fixed_clock(date(2026, 11, 25)), "肖敏")
attachments.store_for_writing(file).put(b"written and killed", None)
print("stored", flush=True)
sys.stdin.read()
"""


def test_a_kill_between_content_and_record_leaves_a_content_that_is_swept(file: StationFile) -> None:
    kept = attach(file, WORDS)
    file.close()
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(file.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline().strip() == b"stored"
        os.kill(child.pid, signal.SIGKILL)
    again = StationFile.open(file.path, CLOCK, "肖敏")
    store = attachments.store_for_writing(again)
    assert count(store) == 2
    assert AttachmentRecords(again).of_owner(Owner.OPINION, 1)[0].id == kept
    assert store.sweep(AttachmentRecords(again).names) == 1
    assert content_of(again, kept) == WORDS
    assert again.first_broken_step() is None
    again.close()


def test_a_torn_attachments_file_is_noticed_set_aside_and_what_is_readable_of_it_kept(file: StationFile) -> None:
    """Flipped bytes at random places: what is read is right or refused, and adding goes on."""
    contents = [Random(number).randbytes(30_000) for number in range(6)]
    ids = [attach(file, content) for content in contents]
    path = store_path(file.path)
    whole = path.read_bytes()
    for seed in range(12):
        torn = bytearray(whole)
        torn[Random(seed).randrange(len(torn))] ^= 0xFF
        path.write_bytes(torn)
        for attachment_id, content in zip(ids, contents, strict=True):
            try:
                assert content_of(file, attachment_id) == content
            except Unreadable:
                continue
        new = attach(file, f"after {seed}".encode())
        assert content_of(file, new) == f"after {seed}".encode()
        for aside in path.parent.glob("*打不开*"):
            aside.unlink()


@pytest.mark.parametrize("broken", ["missing", "foreign", "cut", "empty", "other key"])
def test_an_attachments_file_that_is_away_hurts_nothing_else_and_comes_back_from_a_backup(
    file: StationFile, tmp_path: Path, broken: str
) -> None:
    kept = attach(file, WORDS)
    backup = tmp_path / "备份" / "禾溪.attachments"
    assert attachments.bring_up_to_date(file, backup) == Copied(1, 0)
    path = store_path(file.path)
    if broken == "missing":
        path.unlink()
    elif broken == "foreign":
        path.write_bytes(b"not a database at all" * 1000)
    elif broken == "cut":
        path.write_bytes(path.read_bytes()[:5000])
    elif broken == "empty":
        path.write_bytes(b"")
    else:
        path.unlink()
        AttachmentStore(path, FileKey.random()).put(b"of another register", None)
    with pytest.raises((Missing, Unreadable)) as told:
        content_of(file, kept)
    assert "登记簿的其他内容都在" in str(told.value)
    before = path.read_bytes() if path.exists() else None
    assert AttachmentRecords(file).one(kept).name == "照片.jpg"
    assert (path.read_bytes() if path.exists() else None) == before, "reading changed nothing"
    assert attachments.add_missing_from(file, backup) == Copied(1, 0)
    assert content_of(file, kept) == WORDS
    aside = list(tmp_path.glob("禾溪-打不开*.attachments"))
    assert len(aside) == (0 if broken == "missing" else 1), "what could not be read is kept under another name"


def test_an_attachments_file_of_another_register_is_not_taken_for_a_backup(file: StationFile, tmp_path: Path) -> None:
    attach(file, WORDS)
    other = tmp_path / "别的.attachments"
    AttachmentStore(other, FileKey.random()).put(WORDS, None)
    with pytest.raises(Unreadable):
        attachments.add_missing_from(file, other)


def test_a_backup_gets_only_what_it_lacks(file: StationFile, tmp_path: Path) -> None:
    backup = tmp_path / "备份" / "禾溪.attachments"
    attach(file, Random(1).randbytes(400_000))
    assert attachments.bring_up_to_date(file, backup) == Copied(1, 0)
    first = backup.stat().st_mtime_ns, backup.read_bytes()
    assert attachments.bring_up_to_date(file, backup) == Copied(0, 0)
    assert (backup.stat().st_mtime_ns, backup.read_bytes()) == first, "nothing new, nothing written"
    attach(file, b"another")
    assert attachments.bring_up_to_date(file, backup) == Copied(1, 0)


def test_what_is_missing_in_a_backup_is_counted(file: StationFile, tmp_path: Path) -> None:
    attach(file, WORDS)
    attach(file, b"lost")
    store = attachments.store_for_writing(file)
    with store._writing() as db:
        db.execute("DELETE FROM blobs WHERE sha256 = ?", [sha256(b"lost").hexdigest()])
    assert attachments.bring_up_to_date(file, tmp_path / "copy.attachments") == Copied(1, 1)


def test_what_was_erased_on_request_leaves_the_backup_and_does_not_come_back(file: StationFile, tmp_path: Path) -> None:
    erased = attach(file, WORDS)
    attach(file, b"of somebody else")
    backup = tmp_path / "备份" / "禾溪.attachments"
    attachments.bring_up_to_date(file, backup)
    with file.write("依申请删除") as step:
        step.update("attachments", erased, name=attachments.ERASED_TEXT, deleted_at=step.at)
    attachments.drop_erased(file)
    assert attachments.add_missing_from(file, backup) == Copied(0, 0)
    attachments.bring_up_to_date(file, backup)
    store = attachments.store_for_writing(file)
    copy = AttachmentStore(backup, store.key)
    assert (count(store), count(copy)) == (1, 1)
    again = attach(file, WORDS)
    assert attachments.bring_up_to_date(file, backup) == Copied(1, 0), "somebody else brought the same photo"
    assert content_of(file, again) == WORDS


def test_another_password_of_the_station_file_does_not_touch_it(file: StationFile, tmp_path: Path) -> None:
    """The key lies inside the station file; a copy under another key finds the attachments as before."""
    from station_app.storage import driver

    kept = attach(file, WORDS)
    before = store_path(file.path).read_bytes()
    key = FileKey.random()
    driver.export_into(file._db, tmp_path / "加密.station", key)
    file.close()
    (tmp_path / "加密.station").replace(file.path)
    again = StationFile.open(file.path, CLOCK, "肖敏", key)
    assert content_of(again, kept) == WORDS
    assert store_path(file.path).read_bytes() == before
    again.close()


def test_attachments_go_along_when_a_file_gets_its_name_and_never_overwrite_others(tmp_path: Path) -> None:
    part, target = tmp_path / "新.station.part", tmp_path / "新.station"
    store_path(part).write_bytes(b"new")
    store_path(target).write_bytes(b"left behind")
    take_along(part, target)
    assert store_path(target).read_bytes() == b"new"
    assert (tmp_path / "新-打不开1.attachments").read_bytes() == b"left behind"


def test_a_restored_older_file_still_opens_what_was_attached_since(file: StationFile, tmp_path: Path) -> None:
    """The key is the same in every copy: a backup from before the first attachment knows it too."""
    from station_app.storage import driver

    earlier = tmp_path / "从前.station"
    driver.export_into(file._db, earlier, None)
    attach(file, WORDS)
    later = tmp_path / "后来.station"
    driver.export_into(file._db, later, None)
    file.close()
    earlier.replace(file.path)
    again = StationFile.open(file.path, CLOCK, "肖敏")
    attach(again, WORDS + "，又来了一次".encode())
    again.close()
    later.replace(file.path)
    back = StationFile.open(file.path, CLOCK, "肖敏")
    store = attachments.store_of(back)
    assert store is not None
    assert store.content(hashlib.sha256(WORDS).hexdigest()) == WORDS
    back.close()
