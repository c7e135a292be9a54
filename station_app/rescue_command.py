"""The rescue on the command line: tells what is damaged and what comes back; with --do it is done."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from station_app.password_command import PASSWORD
from station_app.services.rescue_desk import RescueDesk

AddCommand = Callable[[str, Callable[[argparse.Namespace], bool], str], argparse.ArgumentParser]


def add_rescue_command(command: AddCommand) -> None:
    """Describe the command."""
    rescue = command(
        "rescue", _run, "抢救损坏的登记簿：先报告损坏和能找回的内容，加 --do 才动手；损坏的文件另存，不会丢"
    )
    rescue.add_argument("--file", type=Path, required=True, metavar="F", help="损坏的登记簿文件（.station）")
    rescue.add_argument("--backup", type=Path, metavar="B", help="用这份备份（不写则用最近一份对得上的）")
    rescue.add_argument("--do", action="store_true", help="动手抢救")
    rescue.add_argument("--take-over", action="store_true", help="别的电脑可能开着它时也接管")


def _run(options: argparse.Namespace) -> bool:
    desk = RescueDesk(options.file, options.clock)
    if desk.asks_password():
        # Without one it may still be a plain register whose beginning is gone.
        password = os.environ.get(PASSWORD) or _typed()
        if password:
            desk.use_password(password)
    found = desk.examine_with(desk.backup_of(options.backup)) if options.backup else desk.examine()
    if not options.do or not found.possible:
        print(desk.report(found, None), end="")
        return found.damage.sound
    outcome = desk.rescue(found, take_over=options.take_over)
    print(desk.report(found, outcome), end="")
    return not outcome.missed


def _typed() -> str:
    """Return the password as typed at the terminal; empty without a terminal, or when there is none."""
    from getpass import getpass

    if sys.stdin is None or not sys.stdin.isatty():
        return ""
    return getpass("登记簿的密码（没有加过密码请直接回车）：")
