"""The command line over the desks: whatever the window does can be done without a window."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from station_app import PROGRAM_NAME, VERSION
from station_app.domain import periods
from station_app.domain.founding import Founding, guess
from station_app.domain.problems import InvalidInput, invalid
from station_app.domain.station import StationProfile
from station_app.domain.text import NAME_LIMIT, clean_name, text_problem
from station_app.services.books import Book, Selection
from station_app.services.figures_json import figures_as_json
from station_app.services.intake import SheetKind
from station_app.services.visit_json import json_of, read_visit
from station_app.station import Desks, found_station
from station_app.support.chinese_parser import ChineseParser, count_to, day, whole_number
from station_app.support.clock import Clock, clock_on, system_clock
from station_app.support.faults import StationFault

DONE, FAILED, WRONG_INPUT = 0, 1, 2
_OPTION_OF = {"name": "--station", "month": "月份", "to": "--to"}
"""What the command line calls a field of the window."""


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code: 0 done, 2 the input or usage is wrong, 1 the machine failed."""
    _speak_utf8()
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
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
        print(StationFault(f"读写出错（系统错误 {error.errno}）。", todo="请检查磁盘和文件夹后重试。"), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("已停止，没有留下未写完的文件。", file=sys.stderr)
        return FAILED
    return code


def is_command(arguments: Sequence[str]) -> bool:
    """Tell whether the arguments ask for a command rather than the window."""
    return any(argument in COMMANDS or argument in {"-h", "--help", "--version"} for argument in arguments)


def has_screen() -> bool:
    """Tell whether a window can be shown."""
    chosen = os.environ.get("QT_QPA_PLATFORM")
    return bool(
        sys.platform in {"win32", "darwin"} or chosen or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def clock_of(options: argparse.Namespace) -> Clock:
    """Return the PC's clock, or one that shows ``--today``."""
    return clock_on(options.today) if options.today else system_clock()


_AddCommand = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def _parser() -> argparse.ArgumentParser:
    parser = ChineseParser(prog="main.py", description=f"{PROGRAM_NAME} {VERSION}：不带命令时打开窗口。")
    parser.add_argument("--version", action="version", version=f"{PROGRAM_NAME} {VERSION}")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        sub.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="把这一天当作今天")
        sub.add_argument("--operator", type=_operator, default="", metavar="NAME", help="经办人姓名（不写则为联络员）")
        return sub

    window = command("window", _window, "打开窗口（不带命令时即是）")
    window.add_argument("--file", type=Path, metavar="F", help="登记簿文件（.station）")
    window.add_argument("--demo", action="store_true", help="打开示例联络站；没有屏幕时写出示例文件")
    _add_writing_commands(command)
    _add_reading_commands(command)
    command("self-test", _self_test, "在临时文件里走完一天：登记、导入、导出、读回、字体、图标、界面")
    return parser


def _add_writing_commands(command: _AddCommand) -> None:
    demo = command("demo", _demo, "生成示例登记簿和上月全套报表")
    _takes_folder(demo)
    demo.add_argument("--years", type=count_to(20), default=3, metavar="N", help="几年的接待日")
    demo.add_argument("--opinions", type=count_to(1_000_000), default=1200, metavar="N", help="多少件意见建议")
    demo.add_argument("--seed", type=whole_number, default=1, metavar="N", help="随机种子，相同则内容相同")

    new = command("new", _new, "建立新的登记簿")
    _takes_file(new)
    new.add_argument("--station", required=True, metavar="名称", help="联络站名称")

    importing = command("import", _import, "导入代表花名册或旧意见台账")
    importing.add_argument("kind", choices=[kind.value for kind in SheetKind], help="roster 花名册，opinions 意见台账")
    importing.add_argument("sheet", type=Path, metavar="SHEET", help="电子表格（xlsx、xls、ods、csv）")
    _takes_file(importing)
    importing.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    _prints_json(importing)

    register = command("register", _register, "登记一次来访")
    _takes_file(register)
    register.add_argument("--json-input", type=Path, required=True, metavar="VISIT.json", help="来访内容")
    _prints_json(register)


def _add_reading_commands(command: _AddCommand) -> None:
    export = command("export", _export, "导出台账")
    export.add_argument("book", choices=[book.value for book in Book], help="visits 接待，opinions 意见，roster 花名册")
    _takes_file(export)
    span = export.add_mutually_exclusive_group()
    span.add_argument("--month", type=_month_named, metavar="YYYY-MM", help="一个月")
    span.add_argument("--from", dest="from_on", type=day, metavar="D", help="从这一天")
    span.add_argument("--all", action="store_true", help="全部")
    export.add_argument("--to", dest="to_on", type=day, metavar="D", help="到这一天（与 --from 同用）")
    export.add_argument("--format", choices=("xlsx", "pdf"), required=True, help="文件格式")
    export.add_argument("--redacted", action="store_true", help="隐去姓名和联系方式")
    _takes_folder(export)

    month = command("month", _month, "写出一个月的全套：月报、接待台账、意见台账（PDF 与 Excel）")
    month.add_argument("month", type=_month_named, metavar="YYYY-MM")
    _takes_file(month)
    _takes_folder(month)

    figures = command("figures", _figures, "一个月的数字、定义和对应的件")
    figures.add_argument("month", type=_month_named, metavar="YYYY-MM")
    _takes_file(figures)
    _prints_json(figures)

    check = command("check", _check, "检查登记簿：完整性、数量、操作记录链、各月数字是否平衡")
    _takes_file(check)
    _prints_json(check)


COMMANDS = frozenset(
    {"window", "demo", "new", "import", "register", "export", "month", "figures", "check", "self-test"}
)


def _window(options: argparse.Namespace) -> int:
    if has_screen():
        from station_app.app import open_window

        return open_window(options.file, clock_of(options), options.operator, demo=options.demo)
    if not options.demo:
        raise StationFault(
            "没有屏幕，打不开窗口。", "没有改动任何内容。", "请在有桌面的电脑上打开，或使用命令（--help）。"
        )
    print("没有屏幕，改为写出示例文件。")
    return main(["demo", "--out", str(Path("output") / "demo"), *_everywhere(options)])


def _everywhere(options: argparse.Namespace) -> list[str]:
    """Return the options every command takes, as they were given."""
    today = ["--today", options.today.isoformat()] if options.today else []
    return [*today, "--operator", options.operator]


def _demo(options: argparse.Namespace) -> int:
    from station_app.station import make_demo

    out: Path = options.out
    path = out / "示范.station"
    _clear_old_demo(path, clock_of(options))
    desks = make_demo(path, clock_of(options), years=options.years, opinions=options.opinions, seed=options.seed)
    try:
        month = periods.month_of(desks.clock.today()).previous()
        written = desks.reports.month_set(month, out)
    finally:
        desks.close()
    print(f"示例登记簿：{path}")
    print(f"{month.title}全套：")
    for file in written.files:
        print(f"  {file}")
    return DONE


def _clear_old_demo(path: Path, clock: Clock) -> None:
    """Make room for a new demo; anything that is not an old demo is left alone.

    Raises:
        StationFault: the file is a real register, or no register at all.
    """
    if not path.exists():
        return
    old = Desks.open(path, clock, read_only=True)
    is_demo = old.settings.profile().demo
    old.close()
    if not is_demo:
        raise StationFault(f"“{path.name}”是正式的登记簿，不能用示例覆盖。", "没有改动它。", "请换一个文件夹。")
    path.unlink()


def _new(options: argparse.Namespace) -> int:
    known = guess(options.station)
    profile = StationProfile(options.station, organ_name=known.organ_name, county_name=known.county_name)
    profile = replace(profile, code=known.code or profile.code, organ_kind=known.organ_kind or profile.organ_kind)
    found_station(options.file, clock_of(options), Founding(profile), options.operator).close()
    print(f"已建立 {options.file}")
    return DONE


def _import(options: argparse.Namespace) -> int:
    desks = _open(options, read_only=options.dry_run)
    try:
        preview = desks.intake.preview(options.sheet, SheetKind(options.kind))
        if not options.dry_run:
            desks.intake.confirm(preview)
    finally:
        desks.close()
    if options.json:
        _print_json(preview.as_json())
        return DONE
    counts = preview.counts
    did = "预览（没有写入）" if options.dry_run else "已导入"
    print(
        f"{did}：新增 {counts['new']}，变更 {counts['changed']}，无变化 {counts['unchanged']}，问题 {counts['problem']}"
    )
    for problem in preview.problems:
        print(f"  第 {problem.row} 行 {problem.column} 列：{problem.reason}")
    return DONE


def _register(options: argparse.Namespace) -> int:
    desks = _open(options)
    try:
        draft = read_visit(json_of(options.json_input), desks.settings, desks.days, desks.roster)
        registered = desks.reception.register_visit(draft).value
    finally:
        desks.close()
    if options.json:
        _print_json({"visit": registered.visit_number, "opinions": list(registered.case_numbers)})
        return DONE
    print(f"登记号 {registered.visit_number}")
    for number in registered.case_numbers:
        print(f"编号 {number}")
    return DONE


def _export(options: argparse.Namespace) -> int:
    desks = _open(options, read_only=True)
    try:
        selection = _selection(options)
        unprintable = desks.reports.unprintable(selection) if options.format == "pdf" else {}
        path = desks.reports.export(selection, options.format, options.out)
    finally:
        desks.close()
    for char, text in unprintable.items():
        print(f"注意：没有字体能印“{char}”，PDF 中印作“〓”，见“{text[:20]}”。", file=sys.stderr)
    print(path)
    return DONE


def _selection(options: argparse.Namespace) -> Selection:
    book = Book(options.book)
    for given, missing in (("from", "to"), ("to", "from")):
        if getattr(options, f"{given}_on") and not getattr(options, f"{missing}_on"):
            raise invalid(f"--{given}", f"--{given} 要和 --{missing} 一起用。")
    if options.month:
        month = _begun(options)
        return Selection(book, month.from_on, month.to_on, month.title, redacted=options.redacted)
    if options.from_on and options.to_on:
        span = periods.between(options.from_on.isoformat(), options.to_on.isoformat())
        return Selection(book, span.from_on, span.to_on, span.title, redacted=options.redacted)
    if options.all or book is Book.ROSTER:
        return Selection(book, title="全部", redacted=options.redacted)
    raise invalid("--month", "请用 --month、--from 与 --to 或 --all 指明时间。")


def _begun(options: argparse.Namespace) -> periods.Period:
    """Return the month asked for.

    Raises:
        InvalidInput: it has not begun; field ``month``.
    """
    month: periods.Period = options.month
    today = clock_of(options).today().isoformat()
    if month.from_on > today:
        raise invalid("month", f"{month.title}还没有到（今天是 {today}），没有可写的内容。")
    return month


def _month(options: argparse.Namespace) -> int:
    desks = _open(options, read_only=True)
    try:
        written = desks.reports.month_set(_begun(options), options.out)
    finally:
        desks.close()
    for path in written.files:
        print(path)
    print(written.summary)
    return DONE


def _figures(options: argparse.Namespace) -> int:
    desks = _open(options, read_only=True)
    try:
        figures = desks.reports.figures(_begun(options))
    finally:
        desks.close()
    if options.json:
        _print_json(figures_as_json(figures))
        return DONE
    for figure in figures.table.values():
        print(f"{figure.title}\t{figure.text}")
    print("平衡" if figures.ties else f"不平衡，相差 {figures.tie.difference} 件")
    return DONE


def _check(options: argparse.Namespace) -> int:
    desks = _open(options, read_only=True)
    try:
        health = desks.housekeeping.check()
        untied = desks.reports.untied_months()
    finally:
        desks.close()
    sound = not health.problems and health.broken_step is None and not untied
    if options.json:
        _print_json(
            {
                "sound": sound,
                "integrity": list(health.problems),
                "counts": health.counts,
                "broken_step": health.broken_step,
                "untied_months": untied,
            }
        )
    else:
        print("文件完整" if not health.problems else "文件有损坏：" + "；".join(health.problems))
        print("操作记录链完整" if health.broken_step is None else f"操作记录从第 {health.broken_step} 步起对不上")
        print("各月数字平衡" if not untied else "数字不平衡的月份：" + "、".join(untied))
        for table, count in health.counts.items():
            print(f"  {table}\t{count}")
    return DONE if sound else FAILED


def _self_test(options: argparse.Namespace) -> int:
    from station_app.self_test import run

    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    failures = run(clock_of(options))
    for failure in failures:
        print(f"未通过：{failure}", file=sys.stderr)
    print("自检通过" if not failures else f"自检有 {len(failures)} 项未通过")
    return FAILED if failures else DONE


def _open(options: argparse.Namespace, *, read_only: bool = False) -> Desks:
    return Desks.open(options.file, clock_of(options), options.operator, read_only=read_only)


def _takes_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, required=True, metavar="F", help="登记簿文件（.station）")


def _takes_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到这个文件夹")


def _prints_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="用 JSON 输出")


def _month_named(text: str) -> periods.Period:
    try:
        return periods.month(text)
    except InvalidInput as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _operator(name: str) -> str:
    cleaned = clean_name(name)
    if problem := text_problem("--operator", "经办人姓名", cleaned, NAME_LIMIT):
        raise argparse.ArgumentTypeError(problem.message)
    return cleaned


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


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
