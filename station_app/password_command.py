"""The password on the command line: from STATION_PASSWORD or typed at the terminal, never an argument."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from station_app.domain.problems import invalid
from station_app.operator_command import signed_in
from station_app.services.unlocking import key_of_password, needs_password
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.support.faults import StationFault
from station_app.support.safe_file import safe_name, write_file

PASSWORD: Final = "STATION_PASSWORD"  # noqa: S105 - the variable's name, no password
NEW_PASSWORD: Final = "STATION_NEW_PASSWORD"  # noqa: S105 - the variable's name, no password
_ACTIONS: Final = ("set", "change", "remove", "sheet")

AddCommand = Callable[[str, Callable[[argparse.Namespace], bool], str], argparse.ArgumentParser]


def key_of(path: Path, variable: str = PASSWORD) -> FileKey | None:
    """Return the key of a file, asking for its password when it has one.

    Args:
        variable: of the environment, where the password may stand.

    Raises:
        StationFault: it has one and nobody can be asked.
    """
    return key_of_password(path, password_of(path, variable)) if needs_password(path) else None


def add_password_command(command: AddCommand) -> None:
    """Describe the command."""
    text = f"密码：set 设置，change 修改，remove 取消，sheet 写出恢复单；密码由环境变量 {PASSWORD} 给出或按提示输入"
    password = command("password", _run, text)
    password.add_argument("action", choices=_ACTIONS, help=f"新密码由环境变量 {NEW_PASSWORD} 给出或按提示输入")
    password.add_argument("--file", type=Path, required=True, metavar="F", help="登记簿文件（.station）")
    password.add_argument("--out", type=Path, metavar="DIR", help="恢复单写到这个文件夹（只用于 sheet）")


def _run(options: argparse.Namespace) -> bool:
    action, path = options.action, options.file
    if action == "sheet" and options.out is None:
        raise invalid("--out", "请用 --out 指明恢复单写到哪个文件夹；它能打开登记簿，请单独保管。")
    locked = needs_password(path)
    if action == "set" and locked:
        raise invalid("set", "登记簿已经有密码，修改请用 change。")
    if action != "set" and not locked and path.is_file():
        raise invalid(action, "登记簿没有密码，设置请用 set。")
    current = password_of(path) if locked else ""
    key = key_of_password(path, current) if locked else None
    desks = signed_in(Desks.open(path, options.clock, options.operator, key), options.operator)
    try:
        if action == "sheet":
            _write_sheet(desks, options.out)
        else:
            _change(desks, action, current)
    finally:
        desks.close()
    return True


def _change(desks: Desks, action: str, current: str) -> None:
    desk = desks.password
    change = desk.remove(current) if action == "remove" else desk.change(current, *_new_password())
    change.prepare(lambda _part, _word: None, lambda: False)
    print(change.finish().label)
    desks.password.back_up()
    print("已做好新的备份。以前的备份仍照当时的密码打开，旧的恢复单作废。" if current else "已做好新的备份。")
    if desks.locked:
        print("请写出并打印恢复单（password sheet），忘记密码时只有它能打开登记簿。")
        if plain := len(desks.password.plain_backups()):
            print(f"注意：“备份”文件夹里有 {plain} 份以前的备份没有密码，谁都能打开。")


def _write_sheet(desks: Desks, folder: Path) -> None:
    sheet = desks.password.recovery_sheet()
    target = folder / safe_name(f"联络站登记簿恢复单-{desks.path.stem}", ".pdf")
    write_file(target, lambda stream: stream.write(sheet))
    print(target)
    print("谁拿到恢复单，谁就能打开登记簿：请打印后删除这个文件。", file=sys.stderr)


def password_of(path: Path, variable: str = PASSWORD) -> str:
    """Return the password of a file, from a variable of the environment or as typed at the terminal."""
    return _asked(variable, f"“{path.name}”的密码：")


def _new_password() -> tuple[str, str]:
    given = os.environ.get(NEW_PASSWORD)
    return (given, given) if given else (_asked(NEW_PASSWORD, "新密码："), _asked(NEW_PASSWORD, "再输一次："))


def _asked(variable: str, words: str) -> str:
    """Return the password in a variable, or as typed without showing it."""
    from getpass import getpass

    if given := os.environ.get(variable):
        return given
    nobody = StationFault("需要密码。", "没有打开任何文件。", f"请设环境变量 {variable}，或在终端里运行，按提示输入。")
    if sys.stdin is None or not sys.stdin.isatty():
        raise nobody
    try:
        return getpass(words)
    except EOFError as error:
        raise nobody from error
