"""Backups: made, listed, thinned, carried to a second place, looked into and restored."""

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final

from station_app.domain.backup import (
    Backup,
    BackupLine,
    BackupSettings,
    BackupState,
    Contents,
    Occasion,
    SecondState,
)
from station_app.domain.operators import Right
from station_app.domain.problems import invalid
from station_app.services.done import SETTINGS, Done
from station_app.services.unlocking import key_of_password, needs_password
from station_app.storage import attachments, restoring, second_place
from station_app.storage.attachment_store import AttachmentsAway, store_path
from station_app.storage.backup_folder import folder_of, sweep
from station_app.storage.backups import deepen, thin_out
from station_app.storage.erasing import ErasureRecords
from station_app.storage.file_key import FileKey
from station_app.storage.manifests import backup_at, backups_in
from station_app.storage.second_place import SecondPlace, drives
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile
from station_app.support.faults import NotAllowed, StationFault
from station_app.support.safe_file import safe_name, write_file

HERE, STICK = "本机", "U盘"
_SETTINGS: Final = "backups"
_SECOND: Final = "backups.second"
_RESTORED: Final = "backups.restored"
_SECOND_NOTE: Final = "第二位置.json"
"""Lies among the backups and tells when the second place was brought up to date: no step of the log, for it would
make the next backup due by itself."""
_MOST_MINUTES, _MOST_DAYS = 24 * 60, 365
Progress = Callable[[float, str], None]


def _quiet(_part: float, _word: str) -> None:
    return


@dataclass(frozen=True)
class Restoration:
    """A backup that was proven to be restorable; `put_back` once the register is closed.

    Args:
        backup: what is restored.
        path: the register.
        key: opens the backup, and the register afterwards.
        present_key: opens the register as it is now.
    """

    backup: Backup
    path: Path
    key: FileKey | None
    present_key: FileKey | None

    def put_back(self, now: datetime) -> Backup | None:
        """Let the backup take the register's place and return what stood there; see `restoring.put_back`."""
        return restoring.put_back(self.path, self.backup, self.key, self.present_key, now)


class BackupDesk:
    """The backups of one open station file."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._settings = Settings(file)
        self.folder = folder_of(file.path)

    @cached_property
    def _station(self) -> str:
        """The mark of the register, equal in every copy of it."""
        return self._file.state().station

    # Making

    def back_up(
        self, occasion: str = Occasion.BY_HAND, *, thorough: bool = False, progress: Progress = _quiet
    ) -> Backup:
        """Write a proven backup beside the file, and remove the old ones that its age no longer needs.

        Raises:
            StationFault: it could not be written or did not verify.
        """
        backup = self._file.back_up(occasion, thorough=thorough, progress=lambda part: progress(part, ""))
        # After the register: what it names then is stored already, and one file serves all backups.
        self._bring_attachments(attachments.backup_path(self._file.path, self.folder))
        self._thin_out(self.folder, backup)
        return backup

    def keep_up(self, progress: Progress = _quiet) -> Backup | None:
        """Do what is due while the clerk works: a backup when something changed long enough ago, the second place.

        Returns:
            The backup that was made, or None.

        Raises:
            StationFault: it could not be written or did not verify.
        """
        made = self.back_up(Occasion.WORKING, thorough=True, progress=progress) if self.is_time() else None
        if (hurried := self.hurried()) is not None:
            deepen(hurried, self._file.key)
        self.refresh_second(progress)
        return made

    def hurried(self) -> Backup | None:
        """Return the newest backup if it was made while the clerk waited, and can be looked through more closely."""
        last, key = self.last(), self._file.key
        manifest = last.manifest if last else None
        mine = manifest is not None and manifest.key == (key.mark() if key else "")
        return last if mine and manifest is not None and not manifest.thorough else None

    def is_due(self) -> bool:
        """Tell whether something changed since the last proven backup."""
        last = self.last()
        return last is None or last.manifest is None or last.manifest.chain_head != self._file.chain_head()

    def is_time(self) -> bool:
        """Tell whether a backup is due and the last one is old enough; a clock set back does not hinder it."""
        last = self.last()
        pause = timedelta(minutes=self.settings().every_minutes)
        young = last is not None and timedelta(0) <= self._file.clock.now() - last.at < pause
        return not young and self.is_due()

    def last(self) -> Backup | None:
        """Return the newest proven backup beside the file, or None.

        After the clock was set back that is not the one with the latest time: one that holds the present state, or
        one that was made by now, comes first.
        """
        state, now = self._file.state(), self._file.clock.now()
        ours = [one for one in backups_in(self.folder) if one.manifest and one.manifest.station == state.station]
        same = (one for one in ours if one.manifest and one.manifest.chain_head == state.chain_head)
        by_now = (one for one in ours if one.at <= now)
        return next(same, None) or next(by_now, None) or next(iter(ours), None)

    def state(self) -> BackupState:
        """Return how the backups stand."""
        last = self.last()
        return BackupState(last.at if last else None, self.is_due(), self._second_state(), self.settings().warn_days)

    # What is set

    def settings(self) -> BackupSettings:
        """Return what the station set."""
        return BackupSettings(**self._settings.get(_SETTINGS, {}))

    def save_settings(self, settings: BackupSettings) -> Done[None]:
        """Save what the station set.

        Raises:
            InvalidInput: fields ``every_minutes`` and ``warn_days``.
        """
        if not 10 <= settings.every_minutes <= _MOST_MINUTES:
            raise invalid("every_minutes", f"请填10到{_MOST_MINUTES}之间的分钟数。")
        if not 1 <= settings.warn_days <= _MOST_DAYS:
            raise invalid("warn_days", f"请填1到{_MOST_DAYS}之间的天数。")
        with self._file.write("修改备份设置") as step:
            self._settings.put(step, _SETTINGS, asdict(settings))
        return Done(None, "已保存备份设置", frozenset({SETTINGS}), step.id)

    # The list

    def listed(self) -> list[BackupLine]:
        """Return the backups of this register, here and at the second place, newest first."""
        lines = self._lines(self.folder, HERE)
        stick = self._second_folder()
        if stick is not None:
            here = {line.backup.path.name for line in lines}
            lines += [line for line in self._lines(stick, STICK) if line.backup.path.name not in here]
        spans = ErasureRecords(self._file).spans()
        lines = [replace(one, holds_erased=any(span.covers(one.backup) for span in spans)) for one in lines]
        return sorted(lines, key=lambda line: (line.backup.at, line.backup.path.name), reverse=True)

    def line_of(self, path: Path) -> BackupLine:
        """Return any file the clerk chose as a line of the list.

        Raises:
            StationFault: it cannot be read.
        """
        try:
            return self._line(backup_at(path), "所选文件")
        except OSError as error:
            raise StationFault(f"读不了“{path.name}”。", "没有改动任何文件。", "请检查文件或U盘。") from error

    def counts(self) -> dict[str, int]:
        """Return what the register holds now, to be compared with a backup."""
        return self._file.counts()

    def look_into(self, backup: Backup, password: str = "") -> Contents:
        """Read what a backup holds; with a typed password it takes a moment.

        Raises:
            PasswordNeeded, WrongKey: it does not open with the register's key, or not with this password.
            StationFault: it cannot be read.
        """
        return restoring.look_into(backup.path, self._key_of(backup, password))

    def password_changed_on(self) -> str:
        """Return the ISO date on which the password was set or changed last; empty when it never was."""
        from station_app.storage.rekeying import CHANGED

        return str(self._settings.get(CHANGED, {}).get("on", ""))

    # The second place

    def choose_second(self, folder: Path) -> Done[Path]:
        """Let a folder, or a drive, be the second place.

        Raises:
            NotAllowed: the operator may not.
            StationFault: it cannot be written.
        """
        self._ask(Right.KEEP)
        place = second_place.make_second_place(folder, drives())
        with self._file.write("设置U盘备份位置") as step:
            self._settings.put(step, _SECOND, asdict(place))
        return Done(Path(place.path), "已设好U盘备份位置", frozenset({SETTINGS}), step.id)

    def forget_second(self) -> Done[None]:
        """Do without a second place; what lies there stays."""
        with self._file.write("取消U盘备份位置") as step:
            self._settings.put(step, _SECOND, None)
        return Done(None, "已取消U盘备份位置", frozenset({SETTINGS}), step.id)

    def refresh_second(self, progress: Progress = _quiet) -> Backup | None:
        """Carry the newest proven backup to the second place when it is plugged in; its absence is no fault.

        Raises:
            StationFault: the stick refuses, or gives back something else than was written.
        """
        folder, last = self._second_folder(), self.last()
        if folder is None or last is None:
            return None
        sweep(self._file.path, folder)
        copy = second_place.copy_proven(last, folder, lambda part: progress(part, "U盘"))
        self._bring_attachments(attachments.backup_path(self._file.path, folder))
        self._thin_out(folder, copy)
        note = {"at": last.at.isoformat(), "id": self._second()["id"]}
        write_file(self.folder / _SECOND_NOTE, lambda stream: stream.write(json.dumps(note).encode()))
        return copy

    def copy_all_to(self, folder: Path, progress: Progress = _quiet) -> Path:
        """Copy everything that belongs to the station into a new folder on a drive, each file verified.

        Returns:
            The new folder; the register in it can be opened as it is.

        Raises:
            StationFault: the drive refuses; nothing remains.
        """
        now = self._file.clock.now()
        path = self._file.path
        target = _free_folder(folder / safe_name(f"{path.stem} {now:%Y-%m-%d}"))
        try:
            target.mkdir()
        except OSError as error:
            raise StationFault(
                "不能在这里建文件夹。", "登记簿没有受影响。", "请检查U盘是否插好、是否写保护。"
            ) from error
        try:
            self._file.copy_to(target / path.name, Occasion.BY_HAND, lambda part: progress(part, "登记簿"))
            self._bring_attachments(store_path(target / path.name))
        except BaseException:
            shutil.rmtree(target, ignore_errors=True)  # made just now; the drive may be gone
            raise
        return target

    # Restoring

    def ask_to_restore(self) -> None:
        """Make sure that the operator may restore.

        Raises:
            NotAllowed: not with this role.
        """
        self._ask(Right.GOVERN)

    def prepare(self, backup: Backup, password: str = "", progress: Progress = _quiet) -> Restoration:
        """Prove that a backup can be restored; nothing is replaced yet.

        Raises:
            NotAllowed: the operator may not restore.
            PasswordNeeded, WrongKey: the backup does not open with the register's key, or not with this password.
            StationFault: it is damaged, or belongs to another register.
        """
        self.ask_to_restore()
        progress(0.0, "核对备份")
        key = self._key_of(backup, password)
        restoring.prove_whole(backup, key)
        if self._station != restoring.look_into(backup.path, key).station:
            raise StationFault(
                "这不是这个登记簿的备份。", "现在的登记簿没有改动。", "要看别的登记簿，请用“打开登记簿”。"
            )
        return Restoration(backup, self._file.path, key, self._file.key)

    def note_restored(self, backup: Backup, aside: Backup | None) -> Done[None]:
        """Enter into the log of the restored register that it was restored, and from what it can be taken back."""
        now = self._file.clock.stamp()
        note = {"at": now, "of": backup.at.isoformat(timespec="seconds"), "aside": aside.path.name if aside else ""}
        with self._file.write(f"恢复到 {backup.at:%Y-%m-%d %H:%M} 的备份", None) as step:
            self._settings.put(step, _RESTORED, note)
        kept = attachments.backup_path(self._file.path, self.folder)
        if attachments.store_of(self._file) is not None and kept.is_file():
            with suppress(StationFault):  # what is missing is told where it is shown
                attachments.add_missing_from(self._file, kept)
        return Done(None, f"已恢复到 {backup.at:%Y-%m-%d %H:%M} 的备份", frozenset({SETTINGS}), step.id)

    def set_aside(self) -> Backup | None:
        """Return the register as it was before the last restoring, as long as it is there; restoring it undoes that."""
        name = str((self._settings.get(_RESTORED) or {}).get("aside", ""))
        try:
            return backup_at(self.folder / name) if name else None
        except OSError:
            return None

    def restored_at(self) -> datetime | None:
        """Return when a backup was restored last, or None."""
        at = (self._settings.get(_RESTORED) or {}).get("at")
        return datetime.fromisoformat(at) if at else None

    def drives(self) -> list[str]:
        """Return where the disks and sticks of this PC are found now."""
        return drives()

    def folders(self) -> list[Path]:
        """Return where backups of this register can be reached now."""
        stick = self._second_folder()
        return [self.folder, *([stick] if stick else [])]

    def _bring_attachments(self, target: Path) -> None:
        """Add to a copy's attachments file what it lacks; a register without its own loses nothing else by that."""
        with suppress(AttachmentsAway):
            attachments.bring_up_to_date(self._file, target)

    def _ask(self, right: Right) -> None:
        if right not in self._file.rights:
            raise NotAllowed

    def _key_of(self, backup: Backup, password: str) -> FileKey | None:
        if password:
            return key_of_password(backup.path, password)
        return self._file.key if needs_password(backup.path) else None

    def _lines(self, folder: Path, place: str) -> list[BackupLine]:
        station, stem = self._station, f"{self._file.path.stem}-"
        return [
            self._line(backup, place)
            for backup in backups_in(folder)
            if (backup.manifest.station == station if backup.manifest else backup.path.name.startswith(stem))
        ]

    def _line(self, backup: Backup, place: str) -> BackupLine:
        if backup.manifest is not None:
            marks = ("", self._file.key.mark() if self._file.key else "")
            return BackupLine(backup, place, backup.manifest.key not in marks)
        return BackupLine(backup, place, old_password=self._file.key is None and needs_password(backup.path))

    def _thin_out(self, folder: Path, newest: Backup) -> None:
        if newest.manifest is not None:
            thin_out(folder, newest.manifest.station, self._file.clock.now())

    def _second(self) -> dict[str, str]:
        return dict(self._settings.get(_SECOND) or {})

    def _second_folder(self) -> Path | None:
        said = self._second()
        return second_place.find_second_place(SecondPlace(**said), drives()) if said else None

    def _second_state(self) -> SecondState | None:
        said = self._second()
        if not said:
            return None
        at = None
        with suppress(OSError, ValueError, KeyError, TypeError):
            note = json.loads((self.folder / _SECOND_NOTE).read_text(encoding="utf-8"))
            at = datetime.fromisoformat(note["at"]) if note["id"] == said["id"] else None
        return SecondState(self._second_folder(), at)


def _free_folder(target: Path) -> Path:
    number = 1
    free = target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.name} {number}")
    return free
