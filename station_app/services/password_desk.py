"""The password of the open file: set, changed, removed, and the sheet that replaces a forgotten one."""

import hmac
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from station_app.domain.backup import BackupLine, Occasion
from station_app.domain.operators import Right
from station_app.domain.passwords import new_password_problems
from station_app.domain.problems import invalid, refuse
from station_app.services.backup_desk import BackupDesk
from station_app.services.done import SETTINGS, Done
from station_app.services.unlocking import needs_password, rows_of_key
from station_app.storage.backups import remove
from station_app.storage.file_key import FileKey
from station_app.storage.rekeying import CHANGED, Rekeying
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support.faults import NotAllowed, StationFault

BY_SHEET: Final = "恢复单"
"""Who the log names when the password was set anew with the recovery sheet."""

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class PasswordState:
    """Whether the file is locked by a password.

    Args:
        locked: it is encrypted.
        changed_on: ISO date on which that was changed last; empty when it never was.
        sheet_number: stands on the recovery sheet that is valid now; empty without password.
    """

    locked: bool
    changed_on: str
    sheet_number: str


class PasswordChange:
    """A password on its way: `prepare` may run on another thread, `finish` on the one that uses the file.

    Made by `PasswordDesk.change`.
    """

    def __init__(self, file: StationFile, current: str | None, new: str, by: str = "") -> None:
        self._file = file
        self._current = current
        self._new = new
        self._label = "取消密码" if not new else ("修改密码" if file.key else "设置密码")
        self._rekeying = Rekeying(file, self._label, by)

    def prepare(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Write and prove the file under its new key; nothing is changed yet.

        Raises:
            InvalidInput: field ``current``.
            StationFault, Cancelled: see `Rekeying.prepare`.
        """
        progress(0.0, "正在核对密码")
        if self._current is not None:
            refuse_wrong(self._file, self._current)
        key = FileKey.fresh(self._new) if self._new else None
        self._rekeying.prepare(key, progress, cancelled)

    def finish(self) -> Done[None]:
        """Let it take effect, at once and wholly.

        Raises:
            StationFault: the file was written to meanwhile, or the folder refuses; nothing has changed.
        """
        self._rekeying.finish()
        said = {"取消密码": "已取消密码", "修改密码": "密码已修改", "设置密码": "密码已设好"}[self._label]
        return Done(None, said, frozenset({SETTINGS}), 0)


class PasswordDesk:
    """The password of one station file."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def state(self) -> PasswordState:
        """Return whether the file is locked, and since when."""
        changed = Settings(self._file).get(CHANGED, {})
        key = self._file.key
        return PasswordState(key is not None, str(changed.get("on", "")), _sheet_number(key) if key else "")

    def ask_right(self) -> None:
        """Refuse an operator who may not keep the password.

        Raises:
            NotAllowed: so it is.
        """
        if Right.GOVERN not in self._file.rights:
            raise NotAllowed

    def refuse_wrong(self, current: str) -> None:
        """Refuse a typed password that is not the present one; takes a moment.

        Raises:
            InvalidInput: field ``current``.
        """
        refuse_wrong(self._file, current)

    def change(self, current: str, new: str, again: str) -> PasswordChange:
        """Begin to set or change the password.

        Args:
            current: the present one; anything when there is none.
            new: the new one.
            again: the new one, typed once more.

        Raises:
            InvalidInput: fields ``new`` and ``again``.
            NotAllowed: the operator may not do this.
        """
        self.ask_right()
        refuse(new_password_problems(new, again))
        return PasswordChange(self._file, current, new)

    def change_by_sheet(self, new: str, again: str) -> PasswordChange:
        """Begin to set a new password after the file was opened by its recovery sheet, whoever holds that.

        Raises:
            InvalidInput: fields ``new`` and ``again``.
        """
        refuse(new_password_problems(new, again))
        return PasswordChange(self._file, None, new, BY_SHEET)

    def remove(self, current: str) -> PasswordChange:
        """Begin to remove the password.

        Raises:
            NotAllowed: the operator may not do this.
        """
        self.ask_right()
        return PasswordChange(self._file, current, "")

    def back_up(self) -> None:
        """Write a proven backup under the new key.

        Raises:
            StationFault: it could not be written or did not verify.
        """
        BackupDesk(self._file).back_up(Occasion.NEW_PASSWORD, thorough=True)

    def recovery_sheet(self) -> bytes:
        """Return the recovery sheet as a PDF, in memory only.

        Raises:
            NotAllowed: the operator may not have it.
            StationFault: the file has no password.
        """
        from station_app.documents.recovery_sheet import RecoverySheet, recovery_sheet_pdf

        self.ask_right()
        key = self._file.key
        if key is None:
            raise StationFault("登记簿没有设密码，不需要恢复单。", todo="设好密码后再打印。")
        today = self._file.clock.today()
        station = StationRecords(self._file).profile().name
        made = RecoverySheet(station, self._file.path.name, today, rows_of_key(key), _sheet_number(key))
        return recovery_sheet_pdf(made)

    def plain_backups(self) -> list[BackupLine]:
        """Return this register's backups that anybody can read, those on the stick among them when it is there."""
        try:
            return [line for line in BackupDesk(self._file).listed() if not needs_password(line.backup.path)]
        except StationFault:
            return []

    def delete_plain_backups(self) -> int:
        """Delete the backups that anybody can read and return how many; those that cannot be deleted stay.

        Raises:
            InvalidInput: the file itself has no password.
            NotAllowed: the operator may not do this.
        """
        self.ask_right()
        if self._file.key is None:
            raise invalid("backups", "登记簿没有设密码，备份不用删除。")
        deleted = 0
        for line in self.plain_backups():
            with suppress(StationFault):
                remove(line.backup)
                deleted += 1
        return deleted


def refuse_wrong(file: StationFile, current: str) -> None:
    """Refuse a typed password that does not give the open file's key.

    Raises:
        InvalidInput: field ``current``.
    """
    key = file.key
    if key is not None and not hmac.compare_digest(FileKey.from_password(current, key.salt).raw, key.raw):
        raise invalid("current", "现在的密码不对，请重新输入。")


def _sheet_number(key: FileKey) -> str:
    return key.mark()[:4].upper()
