"""Kills a clerk at work, again and again, and looks at what is left: whole, sound, and nothing acknowledged lost."""

import hashlib
import json
import lzma
import os
import signal
import time
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from station_app.domain.attachment import Owner
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.station import StationProfile, Tier, Unit, Village
from station_app.station import Desks
from station_app.storage import driver
from station_app.storage.file_key import FileKey, is_encrypted
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock
from station_app.support.faults import WrongKey
from tests.faults.clerk import Clerk, Diary
from tests.faults.replay import differences

CLOCK = fixed_clock(date(2026, 11, 25))
SHEET = Path(__file__).parents[1] / "samples" / "代表花名册_禾溪镇.xlsx"
FIRST_VERSION = Path(__file__).parents[1] / "storage" / "schema" / "0001.station.xz"
LIVES = 25
"""A station is killed so many times before a new one begins."""


@dataclass(frozen=True)
class Told:
    """What was acknowledged and has to be in the register.

    Args:
        visits / opinions: their numbers.
        attachments: SHA-256 by id.
        draft: words of the unfinished form.
        step / mac: the last step of the log and its mark.
    """

    visits: tuple[str, ...] = ()
    opinions: tuple[str, ...] = ()
    attachments: tuple[tuple[int, str], ...] = ()
    draft: str = ""
    step: int = 0
    mac: str = ""


@dataclass
class Station:
    """A register that is killed again and again.

    Args:
        folder: holds the file, its backups, the exports and the diary.
        key: under which the file lies, as `FileKey.literal`; empty when plain.
        known_keys: every key a backup may have.
        told: what was acknowledged so far.
        backups: what had been acknowledged when each backup was made.
        files: documents that were acknowledged.
        restoring: the backup that was about to be restored at the kill.
    """

    folder: Path
    key: str = ""
    known_keys: list[str] = field(default_factory=lambda: [""])
    told: Told = field(default_factory=Told)
    backups: dict[str, Told] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    restoring: str = ""

    @property
    def path(self) -> Path:
        """The station file."""
        return self.folder / "禾溪.station"

    @property
    def exports(self) -> Path:
        """Where ledgers go."""
        return self.folder / "导出"

    @property
    def diary(self) -> Path:
        """What the killed clerk was told."""
        return self.folder / "diary.jsonl"


class Lost(AssertionError):  # noqa: N818 - it says what happened
    """Something acknowledged is gone, or something is half there."""


def found(folder: Path, random: Random) -> Station:
    """Make a small register, or unpack one of the first version that is upgraded at the first opening."""
    folder.mkdir(parents=True)
    station = Station(folder)
    station.exports.mkdir()
    if random.random() < 0.4:
        station.path.write_bytes(lzma.decompress(FIRST_VERSION.read_bytes()))
        return station
    desks = Desks.create(station.path, CLOCK, StationProfile("禾溪镇人大代表联络站", demo=True), "肖敏")
    desks.settings.save_village(Village(0, "", "竹坑村", "竹坑村"))
    desks.settings.save_unit(Unit(0, "", "镇水务站", Tier.TOWNSHIP))
    desks.roster.save_deputy(Deputy(name="钟䶮", mandates=(Mandate(Level.TOWNSHIP),)))
    desks.close()
    return station


def key_of(literal: str) -> FileKey | None:
    """Return the key of its text, None for a plain file."""
    if not literal:
        return None
    raw = bytes.fromhex(literal[2:-1])
    return FileKey(raw[:32], raw[32:])


def live_and_die(station: Station, random: Random) -> str:
    """Let a clerk work in a process of its own, kill it, and return the action it was killed in."""
    station.diary.unlink(missing_ok=True)
    seed = random.randrange(10**9)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            desks = Desks.open(station.path, CLOCK, "肖敏", key_of(station.key))
            Clerk(desks, Diary(station.diary), station.exports, SHEET, Random(seed)).work(60)
            code = 0
        except BaseException:
            (station.folder / "bug.txt").write_text(traceback.format_exc(), encoding="utf-8")
            raise
        finally:
            os._exit(code)
    # Half of the kills hit the opening or the first actions, half anything after.
    time.sleep(random.uniform(0.0, 0.25) if random.random() < 0.5 else random.uniform(0.0, 1.2))
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise Lost((station.folder / "bug.txt").read_text(encoding="utf-8"))
    return take_notes(station)


def take_notes(station: Station) -> str:
    """Take what the clerk was told over into what must be there; return the action that was not acknowledged."""
    doing = "opening"
    lines = station.diary.read_text(encoding="utf-8").splitlines() if station.diary.exists() else []
    for note in (json.loads(line) for line in lines):
        if "begin" in note:
            doing = note["begin"]
        elif "next_key" in note:
            station.known_keys.append(note["next_key"])
        elif "restoring" in note:
            station.restoring = note["restoring"]
        elif "done" in note:
            doing = "between"
            _acknowledge(station, note)
    return doing


def _acknowledge(station: Station, note: dict[str, Any]) -> None:
    # A backup may be whole whose maker was killed before it said so: nothing is known of what it has to hold.
    told = station.backups.get(note["restored"], Told()) if "restored" in note else station.told
    station.told = Told(
        told.visits + ((note["visit"],) if "visit" in note else ()),
        told.opinions + tuple(note.get("opinions", ())),
        told.attachments + (((note["attached"], note["sha256"]),) if "attached" in note else ()),
        note.get("draft", told.draft),
        note["step"],
        note["mac"],
    )
    if "backup" in note:
        station.backups[note["backup"]] = station.told
    station.files += note.get("files", [])
    station.key = note.get("key", station.key)
    station.restoring = ""


def look(station: Station, doing: str) -> None:
    """Open what is left and compare it with what was acknowledged.

    Raises:
        Lost: with what is wrong.
    """
    station.key = _fitting_key(station, doing)
    desks = Desks.open(station.path, CLOCK, "肖敏", key_of(station.key))
    try:
        if station.restoring and not _has_step(desks, station.told):
            # Killed while it was restored: the backup stands there, wholly, and is what counts from now on.
            station.told = station.backups.get(station.restoring, Told())
        station.restoring = ""
        _look_at_register(desks, station.told)
        # The file takes new work; this also clears a journal that was begun and holds nothing.
        desks.housekeeping.keep_draft("probe", {"after": f"{doing} {station.told.step} {time.time_ns()}"})
    finally:
        desks.close()
    _look_at_documents(station)
    _look_at_backups(station)
    # The attachments' journal stays until their next change; SQLite knows what of it still counts.
    ours = (".new", ".new-journal", ".station-journal", ".lock")
    left = [path.name for path in station.folder.iterdir() if path.name.endswith(ours)]
    _insist(not left, f"left behind: {left}")


def _has_step(desks: Desks, told: Told) -> bool:
    mac = desks._file.value("SELECT mac FROM steps WHERE id = ?", [told.step])
    return not told.mac or mac == told.mac


def _look_at_register(desks: Desks, told: Told) -> None:
    file = desks._file
    health = desks.housekeeping.check()
    _insist(not health.problems, f"damaged: {health.problems[:3]}")
    _insist(health.broken_step is None, f"the chain breaks at {health.broken_step}")
    _insist(_has_step(desks, told), "an acknowledged step is gone")
    _insist(not (wrong := differences(file)), f"half there: {wrong[:3]}")
    for table, numbers in (("visits", told.visits), ("opinions", told.opinions)):
        there = {row[0] for row in file.tuples(f"SELECT number FROM {table}")}
        _insist(set(numbers) <= there, f"acknowledged {table} are gone")
        _insist(len(set(numbers)) == len(numbers), f"a number of {table} was given twice")
    dangling = file.value(
        "SELECT count(*) FROM opinions o WHERE NOT EXISTS"
        " (SELECT 1 FROM events e WHERE e.opinion_id = o.id AND e.kind = 'registered')"
    )
    _insist(dangling == 0, "an opinion without its registration")
    if told.draft:
        _insist(desks.housekeeping.kept_draft("visit"), "a draft is gone")
    _look_at_attachments(desks, told)


def _look_at_attachments(desks: Desks, told: Told) -> None:
    """Read the content of every record of an attachment that stands, and every acknowledged one."""
    wanted = dict(told.attachments)
    standing = desks._file.tuples("SELECT id, owner, owner_id FROM attachments WHERE deleted_at IS NULL")
    there = {int(row[0]) for row in desks._file.tuples("SELECT id FROM attachments")}
    _insist(set(wanted) <= there, "an acknowledged attachment is gone")
    for attachment_id, owner, owner_id in standing:
        (attachment,) = [one for one in desks.attachments.of(Owner(owner), owner_id) if one.id == attachment_id]
        digest = hashlib.sha256(desks.attachments.content(attachment)).hexdigest()
        _insist(digest == attachment.sha256, "the content of an attachment is another one")
        _insist(wanted.get(attachment_id, digest) == digest, "an attachment is not what was attached")


def _fitting_key(station: Station, doing: str) -> str:
    """Return the key that opens the file: the acknowledged one, or, killed while changing it, the next one."""
    candidates = [station.key, station.known_keys[-1]] if doing == "rekey" else [station.key]
    for candidate in candidates:
        key = key_of(candidate)
        if is_encrypted(station.path) != bool(key):
            continue
        try:
            StationFile.open(station.path, CLOCK, "肖敏", key).close()
        except WrongKey:
            continue
        return candidate
    raise Lost("no acknowledged key opens the file")


def _look_at_documents(station: Station) -> None:
    import pypdfium2  # type: ignore[import-untyped] # it carries no types

    names = {path.name for path in station.exports.iterdir()}
    _insist(set(station.files) <= names, "an acknowledged document is gone")
    for path in station.exports.iterdir():
        if path.name.startswith("."):
            path.unlink()  # a killed writer's temporary file, hidden and never taken for a document
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as whole:
                _insist(whole.testzip() is None, f"half-written {path.suffix}")
        elif path.suffix == ".pdf":
            pypdfium2.PdfDocument(path).close()
        else:
            raise Lost(f"a stray file among the documents: {path.suffix}")


def _look_at_backups(station: Station) -> None:
    folder = station.folder / "备份"
    there = sorted(folder.glob("*.station")) if folder.exists() else []
    _insist(set(station.backups) <= {path.name for path in there}, "an acknowledged backup is gone")
    for path in there[-3:]:
        _insist(any(_opens(path, literal) for literal in reversed(station.known_keys)), "a backup does not open")


def _opens(path: Path, literal: str) -> bool:
    """Tell whether a key opens a backup; a damaged one raises."""
    if is_encrypted(path) != bool(literal):
        return False
    copy = driver.connect(path, key_of(literal), read_only=True)
    try:
        with driver.spoken_errors():
            return bool(copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except WrongKey:
        return False
    finally:
        copy.close()


def _insist(fact: object, otherwise: str) -> None:
    if not fact:
        raise Lost(otherwise)


def kill_many(folder: Path, kills: int, seed: int) -> Counter[str]:
    """Kill clerks of several stations and return how often each action was hit.

    Raises:
        Lost: at the first station that is not whole; its folder stays.
    """
    random = Random(seed)
    hit: Counter[str] = Counter()
    station: Station | None = None
    for number in range(kills):
        if station is None or number % LIVES == 0:
            station = found(folder / f"{number:05}", random)
        doing = live_and_die(station, random)
        hit[doing] += 1
        try:
            look(station, doing)
        except Lost as lost:
            raise Lost(f"kill {number} (seed {seed}) in {doing}: {lost}") from lost
    return hit
