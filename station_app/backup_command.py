"""Backups on the command line: made, listed, restored."""

import argparse
import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from station_app.domain.backup import Backup, BackupLine, Occasion
from station_app.domain.problems import invalid
from station_app.operator_command import signed_in
from station_app.password_command import key_of
from station_app.services.backup_desk import Restoration
from station_app.services.unlocking import needs_password
from station_app.station import Desks, restore_station
from station_app.storage.backup_folder import folder_of
from station_app.storage.file_key import FileKey
from station_app.storage.manifests import backup_at
from station_app.support.faults import StationFault

OLD_PASSWORD: Final = "STATION_BACKUP_PASSWORD"  # noqa: S105 - the variable's name, no password

AddCommand = Callable[[str, Callable[[argparse.Namespace], bool], str], argparse.ArgumentParser]


def add_backup_commands(command: AddCommand) -> None:
    """Describe the commands."""
    backup = command("backup", _backup, "备份登记簿并验证；用 --to 则整套复制到U盘的新文件夹里")
    _takes_file(backup)
    backup.add_argument("--to", type=Path, metavar="DIR", help="复制到这个U盘或文件夹")

    backups = command("backups", _backups, "列出登记簿的备份")
    _takes_file(backups)
    backups.add_argument("--json", action="store_true", help="用 JSON 输出")

    text = f"恢复到一份备份；现在的登记簿先存成“恢复前”的备份。备份的密码不同时用环境变量 {OLD_PASSWORD} 给出"
    restore = command("restore", _restore, text)
    _takes_file(restore)
    restore.add_argument("--backup", required=True, metavar="NAME", help="备份的文件名（见 backups）或路径")
    restore.add_argument("--yes", action="store_true", help="确认恢复；不写则只说明会怎样")


def _backup(options: argparse.Namespace) -> bool:
    with closing(_open(options)) as desks:
        if options.to is not None:
            print(f"已复制并验证：{desks.backups.copy_all_to(options.to)}")
            return True
        made = desks.backups.back_up(Occasion.BY_HAND, thorough=True)
        copy = desks.backups.refresh_second()
    print(f"已备份并验证：{made.path}")
    if copy is not None:
        print(f"U盘备份已更新：{copy.path}")
    return True


def _backups(options: argparse.Namespace) -> bool:
    with closing(_open(options)) as desks:
        lines = desks.backups.listed()
    if options.json:
        print(json.dumps([_as_json(line) for line in lines], ensure_ascii=False, indent=2))
        return True
    for line in lines:
        state = "旧密码" if line.old_password else "已验证" if line.backup.proven else "未验证"
        opinions = f"意见 {line.opinions} 件" if line.opinions is not None else ""
        print("\t".join((line.backup.path.name, line.place, state, opinions)))
    if not lines:
        print("还没有备份。")
    return True


def _restore(options: argparse.Namespace) -> bool:
    path: Path = options.file
    backup = _chosen(path, options.backup)
    present_key = key_of(path)
    key = _key_for(backup, present_key)
    if not options.yes:
        print(f"将恢复到 {backup.at:%Y-%m-%d %H:%M} 的备份；现在的登记簿会先存成“恢复前”的备份。确认请加 --yes。")
        return False
    _ask_to_restore(options)
    restore_station(Restoration(backup, path, key, present_key), options.clock, options.operator).close()
    print(f"已恢复到 {backup.at:%Y-%m-%d %H:%M} 的备份")
    return True


def _ask_to_restore(options: argparse.Namespace) -> None:
    """Make sure that the operator may restore; a register that no longer opens has nobody to ask."""
    try:
        desks = _open(options)
    except StationFault:
        return
    with closing(desks):
        desks.backups.ask_to_restore()


def _chosen(path: Path, name: str) -> Backup:
    """Return the backup that was named: a file name among the backups beside the register, or a path.

    Raises:
        InvalidInput: there is no such file.
    """
    found = next((one for one in (folder_of(path) / name, Path(name)) if one.is_file()), None)
    if found is None:
        raise invalid("--backup", f"没有找到备份“{name}”，请用 backups 查看文件名。")
    return backup_at(found)


def _key_for(backup: Backup, present_key: FileKey | None) -> FileKey | None:
    """Return what opens a backup: nothing, the register's key, or one of its own that is asked for."""
    if not needs_password(backup.path):
        return None
    same = backup.manifest is not None and present_key is not None and backup.manifest.key == present_key.mark()
    return present_key if same else key_of(backup.path, OLD_PASSWORD)


def _as_json(line: BackupLine) -> dict[str, Any]:
    manifest = line.backup.manifest
    return {
        "name": line.backup.path.name,
        "path": str(line.backup.path),
        "at": line.backup.at.isoformat(timespec="seconds"),
        "occasion": line.backup.occasion,
        "place": line.place,
        "proven": line.backup.proven,
        "old_password": line.old_password,
        "counts": manifest.counts if manifest else {},
    }


def _open(options: argparse.Namespace) -> Desks:
    desks = Desks.open(options.file, options.clock, options.operator, key_of(options.file), read_only=True)
    return signed_in(desks, options.operator)


def _takes_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, required=True, metavar="F", help="登记簿文件（.station）")
