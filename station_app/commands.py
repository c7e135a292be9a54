"""What the command line does over the desks; loaded for a command only, the window starts without it."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from station_app.backup_command import add_backup_commands
from station_app.domain import periods
from station_app.domain.attachment import size_words
from station_app.domain.founding import Founding, guess
from station_app.domain.problems import InvalidInput, invalid
from station_app.domain.rooms import STATION_ITSELF
from station_app.domain.row_verdicts import CellProblem
from station_app.domain.station import StationProfile
from station_app.issue_command import add_issue_command
from station_app.operator_command import signed_in
from station_app.paper_command import add_paper_command
from station_app.password_command import add_password_command, key_of
from station_app.rescue_command import add_rescue_command
from station_app.roster_paper_command import add_roster_paper_command
from station_app.services.books import BOOK_LABELS, OF_A_ROOM, Book, Selection
from station_app.services.figures_json import figures_as_json
from station_app.services.intake import SheetKind, write_template
from station_app.services.visit_json import json_of, read_visit
from station_app.station import Desks, found_station, make_demo, remove_demo
from station_app.support.chinese_parser import count_to, day, whole_number
from station_app.support.clock import Clock
from station_app.support.faults import StationFault

Command = Callable[[argparse.Namespace], bool]
"""Runs with the options, the clock among them, and tells whether all is well."""
AddCommand = Callable[[str, Command, str], argparse.ArgumentParser]

_BOOKS = "，".join(f"{book.value} {title}" for book, title in BOOK_LABELS.items())


_SHEETS = "roster 花名册，opinions 意见台账，visits 接待选民登记台账，attendance 代表签到表，groups 编组一览表"


def add_commands(command: AddCommand) -> None:
    """Describe every command but those that need a screen."""
    _add_writing_commands(command)
    _add_reading_commands(command)
    add_password_command(command)
    add_backup_commands(command)
    add_rescue_command(command)
    add_paper_command(command)
    add_roster_paper_command(command)
    add_issue_command(command)


def _add_writing_commands(command: AddCommand) -> None:
    demo = command("demo", _demo, "生成示例登记簿和上月全套报表")
    _takes_folder(demo)
    demo.add_argument("--years", type=count_to(20), default=3, metavar="N", help="几年的接待日")
    demo.add_argument("--opinions", type=count_to(1_000_000), default=1200, metavar="N", help="多少件意见建议")
    demo.add_argument("--seed", type=whole_number, default=1, metavar="N", help="随机种子，相同则内容相同")

    new = command("new", _new, "建立新的登记簿")
    _takes_file(new)
    new.add_argument("--station", required=True, metavar="名称", help="联络站名称")

    importing = command("import", _import, "导入代表花名册、旧台账等表格")
    importing.add_argument("kind", choices=[kind.value for kind in SheetKind], help=_SHEETS)
    importing.add_argument("sheet", type=Path, metavar="SHEET", help="电子表格（xlsx、xls、ods、csv）")
    _takes_file(importing)
    importing.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    _prints_json(importing)

    template = command("template", _template, "写一张导入用的空白模板")
    template.add_argument("kind", choices=[kind.value for kind in SheetKind], help=_SHEETS)
    template.add_argument("output", type=Path, metavar="OUTPUT.xlsx", help="写到哪里")

    register = command("register", _register, "登记一次来访")
    _takes_file(register)
    register.add_argument("--json-input", type=Path, required=True, metavar="VISIT.json", help="来访内容")
    _prints_json(register)

    attach = command("attach", _attach, "给一件意见或一次来访添加附件")
    attach.add_argument("files", type=Path, nargs="+", metavar="FILE", help="照片、PDF、Office、WPS、OFD、txt 文件")
    _takes_file(attach)
    attach.add_argument("--to", dest="number", required=True, metavar="编号", help="意见编号或来访登记号")
    attach.add_argument("--original", action="store_true", help="照片保留原图，不缩小")


def _add_reading_commands(command: AddCommand) -> None:
    export = command("export", _export, "导出台账")
    export.add_argument("book", choices=[book.value for book in Book], help=_BOOKS)
    _takes_file(export)
    span = export.add_mutually_exclusive_group()
    span.add_argument("--month", type=_month_named, metavar="YYYY-MM", help="一个月")
    span.add_argument("--from", dest="from_on", type=day, metavar="D", help="从这一天")
    span.add_argument("--all", action="store_true", help="全部")
    export.add_argument("--to", dest="to_on", type=day, metavar="D", help="到这一天（与 --from 同用）")
    export.add_argument("--format", choices=("xlsx", "pdf"), required=True, help="文件格式")
    export.add_argument("--redacted", action="store_true", help="隐去姓名和联系方式")
    export.add_argument("--room", metavar="NAME", default="", help="只要一个站室的（接待台账、意见台账）；本站写“本站”")
    _takes_folder(export)

    month = command("month", _month, "写出一个月的全套：月报、接待台账、意见台账（PDF 与 Excel）")
    month.add_argument("month", type=_month_named, metavar="YYYY-MM")
    _takes_file(month)
    _takes_folder(month)

    figures = command("figures", _figures, "一个月的数字、定义和对应的件")
    figures.add_argument("month", type=_month_named, metavar="YYYY-MM")
    figures.add_argument("--room", metavar="NAME", default="", help="只要一个站室的；本站写“本站”")
    _takes_file(figures)
    _prints_json(figures)

    check = command("check", _check, "检查登记簿：完整性、数量、操作记录链、各月数字是否平衡")
    _takes_file(check)
    _prints_json(check)


def _demo(options: argparse.Namespace) -> bool:
    out: Path = options.out
    path = out / "示范.station"
    _clear_old_demo(path, options.clock)
    desks = make_demo(path, options.clock, years=options.years, opinions=options.opinions, seed=options.seed)
    try:
        month = periods.month_of(desks.clock.today()).previous()
        written = desks.reports.month_set(month, out)
    finally:
        desks.close()
    print(f"示例登记簿：{path}")
    print(f"{month.title}全套：")
    for file in written.files:
        print(f"  {file}")
    return True


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
    remove_demo(path)


def _new(options: argparse.Namespace) -> bool:
    known = guess(options.station)
    profile = StationProfile(options.station, organ_name=known.organ_name, county_name=known.county_name)
    profile = replace(profile, code=known.code or profile.code, organ_kind=known.organ_kind or profile.organ_kind)
    found_station(options.file, options.clock, Founding(profile), options.operator).close()
    print(f"已建立 {options.file}")
    return True


def _import(options: argparse.Namespace) -> bool:
    desks = _open(options, read_only=options.dry_run)
    try:
        preview = desks.intake.preview(options.sheet, SheetKind(options.kind))
        if not options.dry_run:
            desks.intake.confirm(preview)
    finally:
        desks.close()
    if options.json:
        _print_json(preview.as_json())
        return True
    if preview.opened.remembered:
        print("按上次的对应")
    counts = preview.counts
    did = "预览（没有写入）" if options.dry_run else "已导入"
    print(
        f"{did}：新增 {counts['new']}，变更 {counts['changed']}，无变化 {counts['unchanged']}，问题 {counts['problem']}"
    )
    for problem in preview.problems:
        print(f"  {_cell_of(problem)}：{problem.reason}")
    for notice in preview.notices:
        print(f"  提示　{_cell_of(notice)}：{notice.reason}")
    for row, reason in preview.skipped:
        print(f"  略过　第 {row} 行：{reason}")
    if preview.unused_columns:
        print(f"  没有导入的列：{'、'.join(preview.unused_columns)}")
    asides = preview.opened.form.asides
    for why in dict.fromkeys(asides[key] for key in asides if key in preview.mapping.keys):
        print(f"  提示　{why}")
    if preview.mapping.other_sheets:
        print(f"  没有导入的工作表：{'、'.join(preview.mapping.other_sheets)}")
    return True


def _cell_of(problem: CellProblem) -> str:
    return f"第 {problem.row} 行{f' {problem.column} 列' if problem.column else ''}"


def _template(options: argparse.Namespace) -> bool:
    write_template(options.output, SheetKind(options.kind))
    print(f"已写出 {options.output}")
    return True


def _register(options: argparse.Namespace) -> bool:
    desks = _open(options)
    try:
        draft = read_visit(json_of(options.json_input), desks.settings, desks.days, desks.roster, desks.rooms.names())
        registered = desks.reception.register_visit(draft).value
    finally:
        desks.close()
    if options.json:
        _print_json({"visit": registered.visit_number, "opinions": list(registered.case_numbers)})
        return True
    print(f"登记号 {registered.visit_number}")
    for number in registered.case_numbers:
        print(f"编号 {number}")
    return True


def _attach(options: argparse.Namespace) -> bool:
    desks = _open(options)
    try:
        owner, owner_id = desks.attachments.owner_of(options.number)
        done = desks.attachments.attach_files(owner, owner_id, options.files, keep_original=options.original)
        attached = desks.attachments.of(owner, owner_id)
    finally:
        desks.close()
    print(done.label)
    for one in attached:
        print(f"  {one.name}　{size_words(one.size)}")
    return True


def _export(options: argparse.Namespace) -> bool:
    desks = _open(options, read_only=True)
    try:
        selection = replace(_selection(options), room=_room(desks, options.room))
        if options.room and selection.book not in OF_A_ROOM:
            raise invalid("--room", f"{BOOK_LABELS[selection.book]}不分站室。")
        unprintable = desks.reports.unprintable(selection) if options.format == "pdf" else {}
        path = desks.reports.export(selection, options.format, options.out)
    finally:
        desks.close()
    for char, text in unprintable.items():
        print(f"注意：没有字体能印“{char}”，PDF 中印作“〓”，见“{text[:20]}”。", file=sys.stderr)
    print(path)
    return True


def _room(desks: Desks, name: str) -> int | None:
    """Return the key of the room of that name, None when none is named.

    Raises:
        InvalidInput: the station has no such room; field ``--room``.
    """
    keys = {known: key or STATION_ITSELF for key, known in desks.rooms.names().items()}
    if name and name not in keys:
        raise invalid(
            "--room", f"没有站室“{name}”。" + (f"有：{'、'.join(keys)}。" if keys else "这个联络站没有设站室。")
        )
    return keys.get(name)


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
    if options.all or book in {Book.ROSTER, Book.GROUPS, Book.CONTACTS}:
        return Selection(book, title="全部", redacted=options.redacted)
    raise invalid("--month", "请用 --month、--from 与 --to 或 --all 指明时间。")


def _begun(options: argparse.Namespace) -> periods.Period:
    """Return the month asked for.

    Raises:
        InvalidInput: it has not begun; field ``month``.
    """
    month: periods.Period = options.month
    today = options.clock.today().isoformat()
    if month.from_on > today:
        raise invalid("month", f"{month.title}还没有到（今天是 {today}），没有可写的内容。")
    return month


def _month(options: argparse.Namespace) -> bool:
    desks = _open(options, read_only=True)
    try:
        written = desks.reports.month_set(_begun(options), options.out)
    finally:
        desks.close()
    for path in written.files:
        print(path)
    print(written.summary)
    return True


def _figures(options: argparse.Namespace) -> bool:
    desks = _open(options, read_only=True)
    try:
        month, room = _begun(options), _room(desks, options.room)
        figures = desks.reports.figures(month) if room is None else desks.reports.figures_of_room(month, room)
    finally:
        desks.close()
    if options.json:
        _print_json(figures_as_json(figures))
        return True
    for figure in figures.table.values():
        print(f"{figure.title}\t{figure.text}")
    print("平衡" if figures.ties else f"不平衡，相差 {figures.tie.difference} 件")
    return True


def _check(options: argparse.Namespace) -> bool:
    desks = _open(options, read_only=True)
    try:
        health = desks.housekeeping.check()
        untied = desks.reports.untied_months()
    finally:
        desks.close()
    sound = health.sound and not untied
    if options.json:
        _print_json(
            {
                "sound": sound,
                "integrity": list(health.problems),
                "counts": health.counts,
                "broken_step": health.broken_step,
                "cut_off": [manifest.at for manifest in health.cut_off],
                "unvouched": health.unvouched.name if health.unvouched else None,
                "untied_months": untied,
            }
        )
    else:
        print("文件完整" if not health.problems else "文件有损坏：" + "；".join(health.problems))
        print("操作记录链完整" if health.broken_step is None else f"操作记录从第 {health.broken_step} 步起对不上")
        for manifest in health.cut_off:
            print(f"登记簿比 {manifest.at} 的备份（{manifest.occasion}）旧：备份里的第 {manifest.step} 步不见了")
        if health.unvouched:
            print(f"{health.unvouched.name}与操作记录对不上：校验码不在记录里，或保存的文件被改动过")
        print("各月数字平衡" if not untied else "数字不平衡的月份：" + "、".join(untied))
        for table, count in health.counts.items():
            print(f"  {table}\t{count}")
    return sound


def _open(options: argparse.Namespace, *, read_only: bool = False) -> Desks:
    key = key_of(options.file)
    desks = Desks.open(
        options.file, options.clock, options.operator, key, read_only=read_only, take_over=options.take_over
    )
    return signed_in(desks, options.operator)


def _takes_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--file", type=Path, required=True, metavar="F", help="登记簿文件（.station）")
    parser.add_argument("--take-over", action="store_true", help="别的电脑可能开着它时也接管")


def _takes_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到这个文件夹")


def _prints_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="用 JSON 输出")


def _month_named(text: str) -> periods.Period:
    try:
        return periods.month(text)
    except InvalidInput as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
