"""From a password or a recovery sheet to the key that opens a file."""

from collections.abc import Sequence
from pathlib import Path

from station_app.domain.passwords import new_password_problems
from station_app.domain.problems import invalid, refuse
from station_app.domain.recovery_code import code_rows, read_rows
from station_app.storage.file_key import KEY_BYTES, FileKey, is_encrypted, salt_of
from station_app.support.faults import StationFault


def needs_password(path: Path) -> bool:
    """Tell whether a file is anything but a plain database; False for one that is missing.

    Raises:
        StationFault: the file cannot be read.
    """
    try:
        return path.is_file() and is_encrypted(path)
    except OSError as error:
        raise _unreadable(path) from error


def key_of_password(path: Path, password: str) -> FileKey:
    """Derive the key a password gives for this file; whether it fits shows when the file is opened. Takes a moment.

    Raises:
        StationFault: the file cannot be read.
    """
    return FileKey.from_password(password, _salt(path))


def key_of_sheet(path: Path, rows: Sequence[str]) -> FileKey:
    """Return the key that stands on a recovery sheet, as typed from it.

    Raises:
        InvalidInput: fields ``row_1`` … ``row_8``, or ``sheet`` when it is not the present sheet of this file.
        StationFault: the file cannot be read.
    """
    key = key_of_rows(rows)
    if key.salt != _salt(path):
        raise invalid(
            "sheet",
            "每一行都没有输错，但这张恢复单打不开这个文件：改过密码以后，旧的恢复单就作废了；也可能是别的登记簿的恢复单。",
        )
    return key


def key_of_rows(rows: Sequence[str]) -> FileKey:
    """Return the key that stands in typed rows; which file it opens is not asked.

    Raises:
        InvalidInput: fields ``row_1`` … ``row_8``.
    """
    secret = read_rows(rows)
    return FileKey(secret[:KEY_BYTES], secret[KEY_BYTES:])


def new_key(password: str, again: str) -> FileKey:
    """Return the key of a file that is about to be made. Takes a moment.

    Raises:
        InvalidInput: fields ``new`` and ``again``.
    """
    refuse(new_password_problems(password, again))
    return FileKey.fresh(password)


def rows_of_key(key: FileKey) -> tuple[str, ...]:
    """Return a key as the rows of a recovery sheet."""
    return code_rows(key.raw + key.salt)


def _salt(path: Path) -> bytes:
    try:
        return salt_of(path)
    except OSError as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> StationFault:
    return StationFault(f"读不了“{path.name}”。", "没有改动任何文件。", "请检查文件的读取权限，或U盘是否已插好。")
