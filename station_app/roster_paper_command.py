"""The station's own papers on the command line: 公示牌, 名册核对表, 联络员工作交接单."""

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station_app.operator_command import signed_in
from station_app.password_command import key_of
from station_app.services.clerk_handover import HANDOVER_TITLE
from station_app.services.roster_papers import ARRANGED_LABELS, CHECK_TITLE, WALL_TITLE, Arranged, WallChoice
from station_app.station import Desks
from station_app.support.safe_file import safe_name

AddCommand = Callable[[str, Callable[[argparse.Namespace], bool], str], argparse.ArgumentParser]
_TITLES = {"wall": WALL_TITLE, "check": CHECK_TITLE, "handover": HANDOVER_TITLE}


def add_roster_paper_command(command: AddCommand) -> None:
    """Describe the command."""
    paper = command("roster-paper", _print, "印公示牌、名册核对表或联络员工作交接单（PDF）")
    kinds = "，".join(f"{kind} {title}" for kind, title in _TITLES.items())
    paper.add_argument("kind", choices=_TITLES, help=kinds)
    paper.add_argument("--file", type=Path, required=True, metavar="F", help="登记簿文件（.station）")
    paper.add_argument("--out", type=Path, required=True, metavar="DIR", help="写到这个文件夹")
    ways = "，".join(f"{one.value} {words}" for one, words in ARRANGED_LABELS.items())
    paper.add_argument(
        "--by", choices=[one.value for one in Arranged], default=Arranged.AREA.value, help=f"排列：{ways}"
    )
    paper.add_argument("--paper", choices=("A3", "A4"), default="A3", help="公示牌的纸张")
    paper.add_argument("--landscape", action="store_true", help="公示牌横排")
    paper.add_argument("--hours", metavar="TEXT", help="公示牌上的接待时间")
    paper.add_argument("--no-phones", action="store_true", help="公示牌上不印电话（本人同意公开的也不印）")


def _print(options: argparse.Namespace) -> bool:
    key = key_of(options.file)
    desks = Desks.open(options.file, options.clock, options.operator, key, read_only=True)
    with closing(signed_in(desks, options.operator)):
        title = _TITLES[options.kind]
        path: Path = options.out / safe_name(f"{title}_{options.clock.today().isoformat()}", ".pdf")
        missing = _write(desks, options, path)
        print(path)
        for char, text in missing.items():
            print(f"印不出来，纸上显示为〓：{char}（在“{text[:20]}”里）")
    return True


def _write(desks: Desks, options: argparse.Namespace, path: Path) -> dict[str, str]:
    papers, arranged = desks.roster_papers, Arranged(options.by)
    if options.kind == "handover":
        return desks.handover.write(path)
    if options.kind == "check":
        return papers.write_check_list(path, by_group=arranged is Arranged.AREA)
    hours = papers.usual_hours() if options.hours is None else options.hours
    choice = WallChoice(arranged, options.paper, options.landscape, not options.no_phones, hours)
    return papers.write_wall(choice, path)
