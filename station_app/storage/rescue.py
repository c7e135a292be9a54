"""The rescue of a damaged station file: a proven backup, and on top what its log still tells of newer steps."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app.domain.operators import ALL_RIGHTS
from station_app.domain.problems import InvalidInput
from station_app.storage import driver
from station_app.storage.backup_folder import FOLDER_NAME
from station_app.storage.change_log import CHAIN_START, Step, chain_head, chain_key
from station_app.storage.erasing import Erasing
from station_app.storage.file_key import FileKey
from station_app.storage.lock_file import LockFile
from station_app.storage.opening import is_older, open_ours
from station_app.storage.station_file import StationFile
from station_app.storage.wreck import UNOPENED, Change, Plain, SavedStep, Wreck
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.support.safe_file import successor

RESCUED: Final = "抢救："
_STAMPED: Final = frozenset({"id", "uid", "updated_at", "revision"})
_BRING_OVER: Final = {
    # So that no number is given twice.
    "counters": "INSERT INTO counters (series, year, last) VALUES (?, ?, ?)"
    " ON CONFLICT (series, year) DO UPDATE SET last = max(last, excluded.last)",
    "drafts": "INSERT INTO drafts (form, record_uid, saved_at, body) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (form, record_uid) DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body",
    # The key of the attachments, if it was drawn after the backup; the chain goes on with the backup's.
    "keys": "INSERT INTO keys (name, secret) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
    "pins": "INSERT INTO pins (operator_id, salt, hash) VALUES (?, ?, ?)"
    " ON CONFLICT (operator_id) DO UPDATE SET salt = excluded.salt, hash = excluded.hash",
}


@dataclass(frozen=True)
class Damage:
    """What a damaged file and a backup have to offer together.

    Args:
        problems: what SQLite finds wrong with the file.
        broken_step: first step at which the chain of the log breaks, as far as that can be told.
        steps: what was done after the backup and can be read or at least told.
        parted: the file went another way since the backup: an older one was restored in between.
        chain_key: of the log; empty where neither backup nor file tells it, then nothing can be read.
        plain: what stands outside the log.
    """

    problems: tuple[str, ...]
    broken_step: int | None
    steps: tuple[SavedStep, ...]
    parted: bool
    chain_key: bytes
    plain: Plain

    @property
    def readable(self) -> int:
        """How many of the steps can be done again."""
        return sum(step.usable for step in self.steps)

    @property
    def unreadable(self) -> bool:
        """Whether nothing at all of the file can be read."""
        return UNOPENED in self.problems or not self.chain_key

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong with the file."""
        return not self.problems and self.broken_step is None


def look_at(path: Path, key: FileKey | None, backup: Path | None, backup_key: FileKey | None) -> Damage:
    """Return what is wrong with a file, and what of it is newer than a backup.

    Args:
        backup: None where there is none: everything the log tells is newer.

    Raises:
        StationFault: the backup cannot be read.
    """
    step_id, change_id, head, secret = 0, 0, CHAIN_START, b""
    if backup is not None:
        with closing(open_ours(backup, backup_key, read_only=True)) as proven, driver.spoken_errors():
            step_id = int(proven.execute("SELECT coalesce(max(id), 0) FROM steps").fetchone()[0])
            change_id = int(proven.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])
            head, secret = chain_head(proven), chain_key(proven)
    with Wreck(path, key) as wreck:
        mark = wreck.mark_of(step_id)
        parted = bool(step_id and mark) and mark != head
        secret = secret or wreck.chain_key()
        steps = wreck.steps_after(step_id, change_id, secret) if secret and not parted else []
        return Damage(
            tuple(wreck.problems()), wreck.broken_step(), tuple(steps), parted, secret, {} if parted else wreck.plain()
        )


def opens(path: Path, key: FileKey | None) -> bool:
    """Tell whether anything of a file can be read with a key."""
    with Wreck(path, key) as wreck:
        return wreck.opens


def rescue(
    path: Path,
    key: FileKey | None,
    backup: Path | None,
    backup_key: FileKey | None,
    damage: Damage,
    wanted: Sequence[SavedStep],
    clock: Clock,
    *,
    take_over: bool = False,
    tell: Callable[[int], None] = lambda _done: None,
) -> tuple[Path, list[SavedStep]]:
    """Put a backup in the place of a damaged file, with the newer steps done again; the damaged one is kept aside.

    Args:
        backup: None begins with an empty file under the damaged one's key.
        damage: what `look_at` told of this file and this backup.
        wanted: of its steps those the clerk wants; each becomes a step of the new log, in order.
        take_over: see `LockFile.take`.
        tell: hears how many steps are done; may raise `Cancelled`.

    Returns:
        where the damaged file lies now, and the steps that could not be done again: what they build on is missing.

    Raises:
        FileInUse: another program has the file open, or may have.
        StationFault: disk or folder refuse, or the result is not sound; the damaged file is where it was.
    """
    lock = LockFile(path)
    lock.take(clock.stamp(), over=take_over)
    aside: Path | None = None
    try:
        aside = _set_aside(path, clock)
        with successor(path) as unfinished:
            file = _begin(unfinished, key, backup, backup_key, damage.chain_key, clock)
            try:
                missed = _do_again(file, wanted, tell)
                _bring_over_plain(file, damage.plain)
                _insist_sound(file)
            finally:
                file.close()
            # It must not be played into the file that takes the place; a copy lies aside.
            _journal_of(path).unlink(missing_ok=True)
    except BaseException:
        if aside is not None:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
                _journal_of(aside).unlink(missing_ok=True)
        raise
    finally:
        lock.release()
    return aside, missed


def _set_aside(path: Path, clock: Clock) -> Path:
    """Copy the damaged file, and the journal that belongs to it, into the folder of the backups."""
    folder = path.parent / FOLDER_NAME
    aside = folder / f"{path.stem}-{clock.now():%Y%m%d-%H%M%S}-损坏的文件{path.suffix}.damaged"
    try:
        folder.mkdir(exist_ok=True)
        for source, copy in ((path, aside), (_journal_of(path), _journal_of(aside))):
            if source.exists():
                with successor(copy) as unfinished:
                    shutil.copyfile(source, unfinished)
    except OSError as error:
        raise StationFault(
            "损坏的文件没有另存成功，抢救没有开始。", "没有改动任何文件。", "请检查磁盘空间和文件夹权限后重试。"
        ) from error
    return aside


def _begin(
    unfinished: Path, key: FileKey | None, backup: Path | None, backup_key: FileKey | None, secret: bytes, clock: Clock
) -> StationFile:
    """Open what becomes the rescued file: a copy of the backup, brought up to date, or an empty one."""
    if backup is None:
        file = StationFile.create(unfinished, clock, "", key)
        file.plain_write("UPDATE keys SET secret = ? WHERE name = 'chain'", [secret.hex()])
    else:
        shutil.copyfile(backup, unfinished)
        with closing(driver.connect(unfinished, backup_key)) as copy:
            if is_older(copy):
                from station_app.storage.migrations import bring_up_to_date

                bring_up_to_date(copy)
        file = StationFile.open(unfinished, clock, "", backup_key)
    file.hurry()  # it is synced before it takes the place
    return file


def _do_again(file: StationFile, wanted: Sequence[SavedStep], tell: Callable[[int], None]) -> list[SavedStep]:
    """Do steps again and return those that could not be."""
    missed = []
    for done, step in enumerate(wanted, start=1):
        if not _done_again(file, step):
            missed.append(step)
        tell(done)
    if any(step.erases for step in wanted):
        file.scrub()  # what was blanked must not stay readable in the file's unused parts
    return missed


def _done_again(file: StationFile, step: SavedStep) -> bool:
    if not step.usable:
        return False
    file.sign_in(step.operator, ALL_RIGHTS)
    try:
        with file.write(f"{RESCUED}{step.label}（{step.at[:16].replace('T', ' ')} 所记）", None) as again:
            if step.erases:
                return _erase_again(file, again, step)
            for change in step.changes:
                _apply(file, again, change)
    except (KeyError, InvalidInput, driver.RowRefused):
        return False  # it builds on a record that could not be read
    return True


def _apply(file: StationFile, step: Step, change: Change) -> None:
    if change.before is None:
        step.insert(change.entity, **{"uid": change.uid, **change.after})
        return
    record_id = file.value(f"SELECT id FROM {step.table(change.entity)} WHERE uid = ?", [change.uid])
    if record_id is None:
        raise KeyError(change.entity)
    step.update(change.entity, int(record_id), **{k: v for k, v in change.after.items() if k not in _STAMPED})


def _erase_again(file: StationFile, step: Step, old: SavedStep) -> bool:
    """Erase a person's data once more: the backup still held it."""
    erased = [change for change in old.changes if change.entity == "erasures"]
    visits = [
        int(found)
        for change in erased
        if (found := file.value("SELECT id FROM visits WHERE uid = ?", [change.after["record_uid"]])) is not None
    ]
    if visits:
        image = erased[0].after
        asked_on, reason = str(image["asked_on"]), str(image["reason"])
        Erasing(file).visitor(step, visits, asked_on, reason, words_too=old.words_too)
    return True


def _bring_over_plain(file: StationFile, plain: Plain) -> None:
    """Take over what stands outside the log; a row that fits nothing any more is left."""
    for table, rows in plain.items():
        for row in rows:
            with suppress(driver.RowRefused):
                file.plain_write(_BRING_OVER[table], list(row))


def _insist_sound(file: StationFile) -> None:
    if file.integrity_problems() or file.first_broken_step() is not None:
        raise StationFault(
            "抢救出来的登记簿核对不一致，已作废。", "损坏的文件还在原处，没有改动。", "请换一份更早的备份再试。"
        )


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")
