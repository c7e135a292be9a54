"""The command line over the desks: whatever the window does can be done without a window."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from station_app import PROGRAM_NAME, VERSION
from station_app.domain.problems import InvalidInput
from station_app.domain.text import NAME_LIMIT, clean_name, text_problem
from station_app.support.chinese_parser import ChineseParser, day
from station_app.support.clock import clock_on, system_clock
from station_app.support.faults import StationFault, machine_fault

DONE, FAILED, WRONG_INPUT = 0, 1, 2
_OPTION_OF = {
    "number": "--to",
    "numbers": "编号",
    "code": "--code",
    "kind": "--kind",
    "files": "附件",
    "name": "--station",
    "month": "月份",
    "to": "--to",
    "new": "新密码",
    "again": "再输一次",
    "current": "密码",
    "operator": "--operator",
    "pin": "PIN",
}
"""What the command line calls a field of the window."""


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code: 0 done, 2 the input or usage is wrong, 1 the machine failed."""
    _speak_utf8()
    options = _parser(arguments).parse_args(arguments)
    options.clock = clock_on(options.today) if options.today else system_clock()
    run: Callable[[argparse.Namespace], bool] = options.run
    try:
        well = run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
    except InvalidInput as wrong:
        for problem in wrong.problems:
            print(f"{_OPTION_OF.get(problem.field, problem.field)}：{problem.message}", file=sys.stderr)
        return WRONG_INPUT
    except StationFault as fault:
        print(fault, file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # who read the output has seen enough, e.g. “| head”
        _drop_output()
        return DONE
    except OSError as error:
        _drop_output()
        print(machine_fault(error), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("已停止，没有留下未写完的文件。", file=sys.stderr)
        return FAILED
    return DONE if well else FAILED


def is_command(arguments: Sequence[str]) -> bool:
    """Tell whether the arguments ask for a command rather than the window."""
    return any(argument in COMMANDS or argument in {"-h", "--help", "--version"} for argument in arguments)


def has_screen() -> bool:
    """Tell whether a window can be shown."""
    chosen = os.environ.get("QT_QPA_PLATFORM")
    return bool(
        sys.platform in {"win32", "darwin"} or chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = ChineseParser(prog="main.py", description=f"{PROGRAM_NAME} {VERSION}：不带命令时打开窗口。")
    parser.add_argument("--version", action="version", version=f"{PROGRAM_NAME} {VERSION}")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], bool], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        sub.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="把这一天当作今天")
        sub.add_argument(
            "--operator",
            type=_operator,
            default="",
            metavar="NAME",
            help="经办人姓名（不写则为联络员）；设了操作员的，写其中一位，PIN由环境变量 STATION_PIN 给出或按提示输入",
        )
        return sub

    window = command("window", _window, "打开窗口（不带命令时即是）")
    window.add_argument("--file", type=Path, metavar="F", help="登记簿文件（.station）")
    window.add_argument("--demo", action="store_true", help="打开示例联络站；没有屏幕时写出示例文件")
    if "window" not in arguments[:1]:  # the others bring along much that the window starts without
        from station_app.commands import add_commands

        add_commands(command)
    command("self-test", _self_test, "在临时文件里走完一天：登记、导入、导出、读回、字体、图标、界面")
    return parser


COMMANDS = frozenset(
    {
        "window", "demo", "new", "import", "template", "register", "attach", "export",
        "month", "issue", "figures", "check", "password", "backup", "backups", "restore", "rescue", "paper",
        "roster-paper", "self-test",
    }
)  # fmt: skip


def _window(options: argparse.Namespace) -> bool:
    if has_screen():
        from station_app.app import open_window

        return open_window(options.file, options.clock, options.operator, demo=options.demo) == DONE
    if not options.demo:
        raise StationFault(
            "没有屏幕，打不开窗口。", "没有改动任何内容。", "请在有桌面的电脑上打开，或使用命令（--help）。"
        )
    print("没有屏幕，改为写出示例文件。")
    return main(["demo", "--out", str(Path("output") / "demo"), *_everywhere(options)]) == DONE


def _everywhere(options: argparse.Namespace) -> list[str]:
    """Return the options every command takes, as they were given."""
    today = ["--today", options.today.isoformat()] if options.today else []
    return [*today, "--operator", options.operator]


def _self_test(options: argparse.Namespace) -> bool:
    from station_app.self_test import run

    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    failures = run(options.clock)
    for failure in failures:
        print(f"未通过：{failure}", file=sys.stderr)
    print("自检通过" if not failures else f"自检有 {len(failures)} 项未通过")
    return not failures


def _operator(name: str) -> str:
    cleaned = clean_name(name)
    if problem := text_problem("--operator", "经办人姓名", cleaned, NAME_LIMIT):
        raise argparse.ArgumentTypeError(problem.message)
    return cleaned


def _speak_utf8() -> None:
    """Consoles on Chinese Windows are cp936; a windowed program has none at all."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _drop_output() -> None:
    """Send what is still waiting to be printed nowhere, so that it does not fail a second time at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
