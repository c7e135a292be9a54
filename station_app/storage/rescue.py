"""The rescue of a damaged station file: a proven backup, and on top what its log still tells of newer steps."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from station_app.domain.operators import ALL_RIGHTS
from station_app.domain.problems import InvalidInput
from station_app.storage import driver
from station_app.storage.backups import FOLDER_NAME
from station_app.storage.change_log import Step, chain_key
from station_app.storage.file_key import FileKey
from station_app.storage.station_file import StationFile
from station_app.storage.wreck import Change, SavedStep, Wreck
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.support.safe_file import successor

RESCUED: Final = "抢救："
_STAMPED: Final = frozenset({"id", "uid", "updated_at", "revision"})


@dataclass(frozen=True)
class Damage:
    """What a damaged file and a backup have to offer together.

    Args:
        problems: what SQLite finds wrong with the file.
        steps: what was done after the backup and can be read or at least told.
    """

    problems: tuple[str, ...]
    steps: tuple[SavedStep, ...]

    @property
    def readable(self) -> int:
        """How many of the steps can be done again."""
        return sum(step.whole for step in self.steps)


def look_at(path: Path, key: FileKey | None, backup: Path, backup_key: FileKey | None) -> Damage:
    """Return what is wrong with a file, and what of it is newer than a backup.

    Raises:
        StationFault: the backup cannot be read.
    """
    with (
        closing(driver.connect(backup, backup_key, read_only=True)) as proven,
        Wreck(path, key) as wreck,
    ):
        with driver.spoken_errors():
            step_id = int(proven.execute("SELECT coalesce(max(id), 0) FROM steps").fetchone()[0])
            change_id = int(proven.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0])
            secret = chain_key(proven)
        return Damage(tuple(wreck.problems()), tuple(wreck.steps_after(step_id, change_id, secret)))


def rescue(
    path: Path,
    key: FileKey | None,
    backup: Path,
    backup_key: FileKey | None,
    steps: Sequence[SavedStep],
    clock: Clock,
) -> tuple[Path, list[SavedStep]]:
    """Put a backup in the place of a damaged file, with the newer steps done again; the damaged one is kept aside.

    Args:
        steps: of `Damage`, those the clerk wants; each becomes a step of the new log, in order.

    Returns:
        where the damaged file lies now, and the steps that could not be done again: what they build on is missing.

    Raises:
        StationFault: disk or folder refuse; the damaged file is where it was.
    """
    aside = _set_aside(path, clock)
    with successor(path) as unfinished:
        shutil.copyfile(backup, unfinished)
        file = StationFile.open(unfinished, clock, "", backup_key)
        try:
            missed = [step for step in steps if not _done_again(file, step)]
            with Wreck(path, key) as wreck:
                _bring_over_plain(file, wreck)
        finally:
            file.close()
    return aside, missed


def _set_aside(path: Path, clock: Clock) -> Path:
    """Copy the damaged file, and the journal that belongs to it, into the folder of the backups."""
    folder = path.parent / FOLDER_NAME
    aside = folder / f"{path.stem}-{clock.now():%Y%m%d-%H%M%S}-损坏的文件{path.suffix}.damaged"
    try:
        folder.mkdir(exist_ok=True)
        with successor(aside) as unfinished:
            shutil.copyfile(path, unfinished)
        journal = path.with_name(f"{path.name}-journal")
        if journal.exists():
            # It must not be played into the file that takes the place.
            journal.replace(aside.with_name(f"{aside.name}-journal"))
    except OSError as error:
        raise StationFault(
            "损坏的文件没有另存成功，抢救没有开始。", "没有改动任何文件。", "请检查磁盘空间和文件夹权限后重试。"
        ) from error
    return aside


def _done_again(file: StationFile, step: SavedStep) -> bool:
    if not step.whole:
        return False
    file.sign_in(step.operator, ALL_RIGHTS)
    try:
        with file.write(f"{RESCUED}{step.label}", None) as again:
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


def _bring_over_plain(file: StationFile, wreck: Wreck) -> None:
    """Take over what stands outside the log: counters, so that no number is given twice, and unfinished forms."""
    for series, year, last in wreck.rows("SELECT series, year, last FROM counters"):
        file.plain_write(
            "INSERT INTO counters (series, year, last) VALUES (?, ?, ?)"
            " ON CONFLICT (series, year) DO UPDATE SET last = max(last, excluded.last)",
            [series, year, last],
        )
    drafts: list[tuple[Any, ...]] = wreck.rows("SELECT form, record_uid, saved_at, body FROM drafts")
    for draft in drafts:
        file.plain_write(
            "INSERT INTO drafts (form, record_uid, saved_at, body) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (form, record_uid) DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body",
            list(draft),
        )
