"""定稿报送 on the command line: a month is reported, what was reported is listed and written out."""

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station_app.domain import periods
from station_app.domain.issued import IssueDraft, shown_head
from station_app.domain.problems import InvalidInput
from station_app.operator_command import signed_in
from station_app.password_command import key_of
from station_app.station import Desks
from station_app.support.chinese_parser import day

AddCommand = Callable[[str, Callable[[argparse.Namespace], bool], str], argparse.ArgumentParser]


def add_issue_command(command: AddCommand) -> None:
    """Describe the command."""
    issue = command("issue", _issue, "定稿报送一个月的月报，PDF 和 Excel 原样存进登记簿；不写月份则列出已报送的")
    issue.add_argument("month", type=_month_named, nargs="?", metavar="YYYY-MM")
    issue.add_argument("--file", type=Path, required=True, metavar="F", help="登记簿文件（.station）")
    issue.add_argument("--take-over", action="store_true", help="别的电脑可能开着它时也接管")
    issue.add_argument("--to", default="", metavar="机关", help="报给谁")
    issue.add_argument("--on", type=day, metavar="D", help="报出日期，不写则为今天")
    issue.add_argument("--note", default="", metavar="说明", help="差异说明（数字不平衡时）或更正说明（再次报送时）")
    issue.add_argument("--signed-by", default="", metavar="姓名", help="谁对差异说明负责")
    issue.add_argument("--out", type=Path, metavar="DIR", help="报送后（或列出时）把原件写到这个文件夹")


def _issue(options: argparse.Namespace) -> bool:
    month: periods.Period | None = options.month
    with closing(_open(options, read_only=month is None)) as desks:
        desk = desks.issuing
        if month is not None:
            on = (options.on or options.clock.today()).isoformat()
            draft = IssueDraft(on, options.to, options.note, options.signed_by)
            chosen = [desk.keep(desk.pack(month, draft)).value]
        else:
            chosen = desk.listed()
        for one in chosen:
            print(f"{one.name}　报给 {one.to}　期末在办 {one.closing}　登记簿校验码 {shown_head(one.chain_head)}")
            for format_ in ("pdf", "xlsx") if options.out else ():
                path = options.out / desk.file_name(one, format_)
                desk.save(one, path)
                print(f"  {path}")
        if not chosen:
            print("还没有报送过月报")
    return True


def _open(options: argparse.Namespace, *, read_only: bool) -> Desks:
    key = key_of(options.file)
    desks = Desks.open(
        options.file, options.clock, options.operator, key, read_only=read_only, take_over=options.take_over
    )
    return signed_in(desks, options.operator)


def _month_named(text: str) -> periods.Period:
    try:
        return periods.month(text)
    except InvalidInput as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None
