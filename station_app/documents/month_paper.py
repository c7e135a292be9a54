"""The month's summary 月报: the PDF to report and the sheets that go with it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from station_app.documents.charts import CategoryBars, MonthBars
from station_app.documents.columns import Cell, Column, Kind, Sheet
from station_app.documents.excel_ledger import write_sheets, write_workbook
from station_app.documents.official_blocks import Block, Chart, Heading, Paragraph, SignOff, Table
from station_app.documents.official_page import OfficialPaper, write_official_paper, write_pages
from station_app.support.text_width import text_width

FIGURE_HEADS = ("项目", "本月", "上月", "去年同期", "本年累计", "本届以来")
OVERDUE_HEADS = ("编号", "反映内容", "承办单位", "办理期限", "超期天数")
PROMISE_HEADS = ("编号", "承诺事项", "承办单位", "承诺日期")
PLAN_HEADS = ("日期", "农历、星期", "时间", "地点", "接待代表")
CASE_HEADS = ("指标", "编号", "提出日期", "内容")
ROOM_HEADS = (
    "站室", "接待次数", "代表进站", "群众批次", "群众人次", "新收", "办结", "期末在办", "其中超期", "新收办结率", "满意率",
)  # fmt: skip
_FIGURES, _CASES, _ROOMS = "主要数据", "明细", "各站室情况"
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class MonthPaper:
    """Everything the summary prints, as printed.

    Args:
        station: who reports; also the name under it.
        title: lines of the title: 禾溪镇人大代表联络站, 2026年10月工作月报.
        prose: paragraphs of official prose with the figures.
        figures: rows of the figures' table, as many cells as ``figure_heads``; an indented item begins with ``　``.
        categories: ``(category, received, closed)``.
        trend: ``(month, received, closed)``, oldest first.
        dispositions: ``(处理方式, count)``; the parts sum to the whole.
        overdue: rows under `OVERDUE_HEADS`.
        promises: rows under `PROMISE_HEADS`, promises due.
        plan: rows under `PLAN_HEADS`, next month's reception days.
        date: of the sign-off, 2026年11月1日.
        seal: True where a seal goes.
        draft: True prints 草稿 on every page.
        remarks: notes, and the signed 差异说明 where the figures do not tie.
        demo: True prints 示例数据 on every page.
        figure_heads: heads of the figures' table.
        cases: rows under `CASE_HEADS`: the matters behind each figure (working version only); in a station with rooms
            the room's name comes after.
        rooms: rows under `ROOM_HEADS`, the last one 合计; empty leaves the part out.
        rooms_remark: why a column of them does not sum, or empty.
        notes: pairs for the sheet 说明 of the working version; empty for the reported version.
        period: 所属期 for the sheets' head, e.g. 2026年10月.
        report_date: 报出日期 for the sheets' head, ISO.
        mark: small type in the foot of every page of a reported summary; empty for none.
    """

    station: str
    title: tuple[str, ...]
    prose: tuple[str, ...]
    figures: tuple[tuple[str, ...], ...]
    categories: tuple[tuple[str, int, int], ...]
    trend: tuple[tuple[str, int, int], ...]
    dispositions: tuple[tuple[str, int], ...]
    overdue: tuple[tuple[str, ...], ...]
    promises: tuple[tuple[str, ...], ...]
    plan: tuple[tuple[str, ...], ...]
    date: str
    seal: bool = False
    draft: bool = False
    remarks: tuple[str, ...] = ()
    demo: bool = False
    figure_heads: tuple[str, ...] = FIGURE_HEADS
    cases: tuple[tuple[str, ...], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    period: str = ""
    report_date: str = ""
    foot: tuple[str, ...] = field(default=("负责人：", "审核人：", "填表人：", "联系电话："))
    mark: str = ""
    rooms: tuple[tuple[str, ...], ...] = ()
    rooms_remark: str = ""


def write_month_pdf(
    path: Path, paper: MonthPaper, cancelled: Callable[[], bool] | None = None, *, bundled_only: bool = False
) -> None:
    """Write the summary as PDF; see `official_page.write_official_paper`."""
    write_official_paper(path, _official(paper), cancelled, bundled_only=bundled_only)


def month_pdf(paper: MonthPaper) -> bytes:
    """Return the summary as the bytes of a PDF."""
    stream = BytesIO()
    write_pages(stream, _official(paper))
    return stream.getvalue()


def _official(paper: MonthPaper) -> OfficialPaper:
    return OfficialPaper(paper.title, paper.station, tuple(_blocks(paper)), paper.demo, paper.draft, paper.mark)


def write_month_workbook(
    path: Path,
    paper: MonthPaper,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write the summary's figures as a workbook; see `excel_ledger.write_workbook`."""
    write_workbook(path, month_sheets(paper), progress, cancelled)


def month_workbook(paper: MonthPaper) -> bytes:
    """Return the summary's figures as the bytes of a workbook."""
    stream = BytesIO()
    write_sheets(stream, month_sheets(paper))
    return stream.getvalue()


def numbers_behind(workbook: bytes, figure: str) -> list[str]:
    """Return the 编号 of the matters behind a figure, from a workbook that was made by `month_workbook`.

    Args:
        figure: its title, e.g. 期末在办.
    """
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(workbook), read_only=True)
    rows = book[_CASES].iter_rows(max_col=2, values_only=True) if _CASES in book.sheetnames else ()
    numbers = [str(number) for title, number in rows if title == figure]
    book.close()
    return numbers


def figures_in(workbook: bytes) -> dict[str, str]:
    """Return the month's own figures as printed, by item, from a workbook that was made by `month_workbook`."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(workbook), read_only=True)
    rows = book[_FIGURES].iter_rows(max_col=2, values_only=True)
    figures = {str(item): str(value) for item, value in rows if item is not None and value is not None}
    book.close()
    return figures


def month_sheets(paper: MonthPaper) -> list[Sheet]:
    """Return the sheets 主要数据, 分类, 处理方式, 趋势, and the lists that are not empty."""
    sheets = [
        _sheet(paper, _FIGURES, paper.figure_heads, paper.figures, (26, *[14] * (len(paper.figure_heads) - 1))),
        _sheet(paper, "新收意见建议分类", ("类别", "新收", "办结"), paper.categories, (30, 14, 14), summed=(1, 2)),
        _sheet(paper, "处理方式", ("处理方式", "件数"), paper.dispositions, (40, 16), summed=(1,)),
        _sheet(paper, "各月新收办结", ("月份", "新收", "办结"), paper.trend, (30, 14, 14)),
    ]
    lists = (
        ("超期未答复", OVERDUE_HEADS, paper.overdue, (12, 40, 18, 12, 10)),
        ("到期承诺事项", PROMISE_HEADS, paper.promises, (12, 40, 18, 12)),
        ("下月接待安排", PLAN_HEADS, paper.plan, (12, 18, 14, 22, 26)),
        (_CASES, *_with_room(paper.cases)),
    )
    if paper.rooms:
        whole: dict[str, Cell] = {
            str(index): int(cell) if cell.isdigit() else cell for index, cell in enumerate(paper.rooms[-1]) if index
        }
        by_room = _sheet(paper, _ROOMS, ROOM_HEADS, paper.rooms[:-1], (22, *[9] * 8, 17, 17))
        sheets.append(replace(by_room, total=whole | {"": "合计"}))
    sheets += [_sheet(paper, title, heads, rows, widths) for title, heads, rows, widths in lists if rows]
    return sheets


def _sheet(
    paper: MonthPaper,
    title: str,
    heads: tuple[str, ...],
    rows: tuple[tuple[Any, ...], ...],
    widths: tuple[float, ...],
    summed: tuple[int, ...] = (),
) -> Sheet:
    columns = tuple(_column(index, head, width) for index, (head, width) in enumerate(zip(heads, widths, strict=True)))
    total: dict[str, Cell] = {str(index): sum(row[index] for row in rows) for index in summed}
    return Sheet(
        title=title,
        head=(f"填报单位（盖章）：{paper.station}", f"所属期：{paper.period}", f"报出日期：{paper.report_date}"),
        columns=columns,
        rows=rows,
        total=total | {"": "合计"} if total else {},
        foot=paper.foot,
        notes=paper.notes,
        demo=paper.demo,
        landscape=sum(widths) > 90,
    )


def _with_room(
    cases: tuple[tuple[str, ...], ...],
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[float, ...]]:
    """Return heads, rows and widths of the list of matters, with the room where the rows have it."""
    has_room = bool(cases) and len(cases[0]) > len(CASE_HEADS)
    return (*CASE_HEADS, "站室") if has_room else CASE_HEADS, cases, (22, 14, 12, 60, *([18] if has_room else []))


def _column(index: int, head: str, width: float) -> Column[tuple[Any, ...]]:
    kind = Kind.TEXT if index == 0 or width >= 40 else Kind.DATE if head.endswith("日期") else Kind.COUNT

    def value(row: tuple[Any, ...]) -> Cell:
        cell: Cell = row[index]
        # A count that is printed alone is a number in Excel, too; numbers of matters keep their zeros.
        is_count = isinstance(cell, str) and cell.isascii() and cell.isdigit() and str(int(cell)) == cell
        return int(cell) if is_count and isinstance(cell, str) and kind is Kind.COUNT else cell

    return Column(str(index), head, value, kind, width)


def _blocks(paper: MonthPaper) -> list[Block]:
    sections: list[tuple[str, list[Block]]] = [
        ("主要数据", [_figures(paper)]),
        (
            "新收意见建议分类",
            _or_none([Chart(CategoryBars(paper.categories))], paper.categories, "本月没有新收意见建议。"),
        ),
        ("处理方式", [Paragraph(_disposition_words(paper.dispositions))]),
        *([(_ROOMS, _by_room(paper))] if paper.rooms else []),
        ("各月新收和办结情况", _or_none([Chart(MonthBars(paper.trend))], paper.trend, "暂无各月数据。")),
        (
            "超期未答复和到期承诺事项",
            _or_none(
                [Table(OVERDUE_HEADS, paper.overdue, (19, 34, 20, 15, 12), frozenset({1}))],
                paper.overdue,
                "月末无超期未答复事项。",
            )
            + _or_none(
                [Table(PROMISE_HEADS, paper.promises, (19, 41, 24, 16), frozenset({1}))],
                paper.promises,
                "无到期承诺事项。",
            ),
        ),
        (
            "下月接待安排",
            _or_none([Table(PLAN_HEADS, paper.plan, (15, 22, 18, 22, 23))], paper.plan, "下月接待日尚未安排。"),
        ),
    ]
    if paper.remarks:
        sections.append(("有关说明", [Paragraph(remark) for remark in paper.remarks]))
    blocks: list[Block] = [Paragraph(text) for text in paper.prose]
    for numeral, (title, parts) in zip(_NUMERALS, sections, strict=False):
        blocks += [Heading(f"{numeral}、{title}"), *parts]
    return [*blocks, SignOff(paper.station, paper.date, paper.seal)]


def _or_none(blocks: list[Block], rows: tuple[Any, ...], otherwise: str) -> list[Block]:
    return blocks if rows else [Paragraph(otherwise)]


def _figures(paper: MonthPaper) -> Table:
    """Return the table of figures, its columns as wide as a per cent or its fraction needs."""

    def widest(index: int) -> int:
        cells = [paper.figure_heads[index], *(row[index] for row in paper.figures)]
        return max(text_width(cell.replace("（", "\n（")) for cell in cells) + 2

    others = [max(9, widest(index)) for index in range(1, len(paper.figure_heads))]
    return Table(paper.figure_heads, paper.figures, (min(26, widest(0) + 2), *others), frozenset({0}), size=10)


def _by_room(paper: MonthPaper) -> list[Block]:
    """Return the figures by room, neighbouring counts in one column as in the table of figures."""
    heads = ("站室", "接待次数", "代表进站", "群众批／\n人次", "新收", "办结", "在办／\n超期", "新收办结率", "满意率")
    rows = tuple(
        (name, held, attended, f"{visits}／{people}", received, closed, f"{still_open}／{overdue}", rate, content)
        for name, held, attended, visits, people, received, closed, still_open, overdue, rate, content in paper.rooms
    )
    table = Table(heads, rows, (24, 9, 9, 12, 7, 7, 11, 15, 15), frozenset({0}), size=10)
    return [table, Paragraph(f"{paper.rooms_remark}。")] if paper.rooms_remark else [table]


def _disposition_words(dispositions: tuple[tuple[str, int], ...]) -> str:
    """Return the dispositions as one sentence that adds up."""
    counted = [(label, count) for label, count in dispositions if count]
    if not counted:
        return "本月没有需要处理的新收意见建议。"
    parts = "、".join(f"{label}{count}件" for label, count in counted)
    return f"新收意见建议{sum(count for _, count in counted)}件，按处理方式分：{parts}。"
