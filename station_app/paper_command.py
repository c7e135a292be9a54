"""Papers on the command line: printed to a PDF, and found again by their return codes."""

import argparse
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from station_app.domain.moves import MOVE_LABELS
from station_app.domain.paper_rules import next_move
from station_app.domain.paper_texts import LETTER_KINDS
from station_app.domain.papers import PAPER_LABELS, PaperKind
from station_app.domain.problems import invalid
from station_app.operator_command import signed_in
from station_app.password_command import key_of
from station_app.station import Desks
from station_app.support.safe_file import safe_name, write_file

AddCommand = Callable[[str, Callable[[argparse.Namespace], bool], str], argparse.ArgumentParser]


def add_paper_command(command: AddCommand) -> None:
    """Describe the command."""
    paper = command("paper", _paper, "印一份文书（PDF），并记入办理经过；或用 --code 查回执码是哪份文书")
    paper.add_argument("numbers", nargs="*", metavar="编号", help="意见编号；一览函写该单位的任一件")
    kinds = "，".join(f"{kind.value} {PAPER_LABELS[kind]}" for kind in LETTER_KINDS)
    what = paper.add_mutually_exclusive_group(required=True)
    what.add_argument("--kind", choices=[kind.value for kind in LETTER_KINDS], metavar="KIND", help=kinds)
    what.add_argument("--code", metavar="CODE", help="回来的文书上的回执码")
    paper.add_argument("--file", type=Path, required=True, metavar="F", help="登记簿文件（.station）")
    paper.add_argument("--take-over", action="store_true", help="别的电脑可能开着它时也接管")
    paper.add_argument("--document-number", metavar="TEXT", help="发文字号；不写则用设置里的")
    paper.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="写到这个文件夹")


def _paper(options: argparse.Namespace) -> bool:
    key = key_of(options.file)
    read_only = bool(options.code)
    desks = Desks.open(
        options.file, options.clock, options.operator, key, read_only=read_only, take_over=options.take_over
    )
    with closing(signed_in(desks, options.operator)):
        if options.code:
            _tell(desks, options.code)
        else:
            _print(desks, PaperKind(options.kind), options)
    return True


def _print(desks: Desks, kind: PaperKind, options: argparse.Namespace) -> None:
    ids = {case.number: case for case in desks.opinions.cases()}
    if unknown := [number for number in options.numbers if number not in ids]:
        raise invalid("numbers", f"没有编号是 {unknown[0]} 的意见。")
    cases = [ids[number] for number in options.numbers]
    case_ids = tuple(case.id for case in cases)
    if kind is PaperKind.UNIT_OVERVIEW and len(cases) == 1:
        case_ids = desks.papers.open_of_unit(cases[0].progress.unit_id or 0)
    # What cannot be written is known before the paper is noted as printed.
    options.out.mkdir(parents=True, exist_ok=True)
    paper = desks.papers.issue(kind, case_ids, options.document_number).value
    content = desks.papers.pdf(desks.papers.letter(paper))
    path = options.out / safe_name(paper.number, ".pdf")
    write_file(path, lambda stream: stream.write(content))
    print(f"{paper.number}　回执码 {paper.code}　{path}")


def _tell(desks: Desks, code: str) -> None:
    paper = desks.papers.by_code(code)
    print(f"{paper.number}　主送{paper.recipient}　{paper.printed_on} {paper.printed_by} 印")
    for case_id in paper.opinion_ids:
        case = desks.opinions.case(case_id)
        move = next_move(paper.kind, case.progress)
        print(f"  {case.number}　{case.title}{f'　接着{MOVE_LABELS[move]}' if move else ''}")
