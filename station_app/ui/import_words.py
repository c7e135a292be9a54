"""What the import tells: about a spreadsheet as a whole, and in the columns of its preview about each row."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from station_app.documents.columns import Column, Kind, Ledger
from station_app.services.intake import VERDICT_LABELS, OpenedSheet, Preview, PreviewRow

_SKIPPED_TOLD = 6
_COLUMNS_TOLD = 12


def told_mapping(opened: OpenedSheet) -> tuple[str, str]:
    """Return title and text above the columns."""
    if opened.missing(opened.mapping):
        about = "没有认出表头，请先选对工作表和表头所在的行，再看每一列登记为什么。"
    elif opened.mapping.guessed:
        about = "标着“请核对”的列是按相近的标题猜的，请看一看；不要的列选“不导入”。"
    else:
        about = "看一看每一列登记为什么，认错了可以改。"
    return _place(opened, opened.mapping.sheet), f"{about}\n确认导入后，下次标题相同的表就按这次的对应。"


def told_preview(preview: Preview) -> tuple[str, str]:
    """Return title and text above the rows."""
    counts, opened = preview.counts, preview.opened
    parts = []
    if opened.remembered and not preview.corrected:
        parts.append("按上次的对应（F6 可以改）。")
    if counts["problem"]:
        parts.append(f"{counts['problem']} 行有问题，不会导入；在表里改好后可以再导一次，已导入的不会重复。")
    if rests := sum(line.rest is not None for line in preview.rows):
        parts.append(f"其中 {rests} 行只是有的姓名认不出；不等改好、其余的先导入，就选中那几行按空格。")
    kept = sum(line.kept for line in preview.rows)
    if not preview.rows and not counts["problem"]:
        parts.append("表头下面没有可以导入的行。")
    elif not preview.wanted and not counts["problem"] and not kept:
        parts.append("表里的内容与登记簿完全一致。")
    if kept:
        parts.append(f"{kept} 处与登记的不同，是手工登记或改过的，保留现有内容；要换成表里的，选中那几行按空格。")
    if preview.new_villages:
        parts.append(f"将新增村(居)：{'、'.join(preview.new_villages)}。")
    if titles := [column.title for column in preview.mapping.unrecognised]:
        more = f"等 {len(titles)} 列" if len(titles) > _COLUMNS_TOLD else ""
        parts.append(f"不导入的列：{'、'.join(titles[:_COLUMNS_TOLD])}{more}。")
    parts += dict.fromkeys(told for key, told in opened.form.asides.items() if key in preview.mapping.keys)
    if preview.mapping.other_sheets:
        names = "、".join(f"“{name}”" for name in preview.mapping.other_sheets)
        parts.append(f"工作表{names}也是这样的表，没有读入；要导入它，按 F6 改选。")
    if preview.skipped:
        told = "、".join(f"第 {row} 行（{reason}）" for row, reason in preview.skipped[:_SKIPPED_TOLD])
        more = f"等 {len(preview.skipped)} 行" if len(preview.skipped) > _SKIPPED_TOLD else ""
        parts.append(f"跳过 {told}{more}。")
    return _place(opened, preview.mapping.sheet), "\n".join(parts)


def _place(opened: OpenedSheet, sheet: str) -> str:
    return f"{opened.path.name}　工作表“{sheet}”" if sheet else opened.path.name


def _of_row(column: Column[Any]) -> Column[PreviewRow]:
    return replace(column, value=lambda line: column.value(line.row))


def _cell(line: PreviewRow) -> str:
    return "、".join(f"{one.column}{one.row}" for one in line.problems if one.column)


def _remark(line: PreviewRow) -> str:
    if not line.kept:
        return line.remark
    return f"{line.remark} {replace(line, verdict=replace(line.verdict, reason='')).remark}"


_BEFORE = (
    Column[PreviewRow]("row", "行", lambda line: line.verdict.row, Kind.COUNT, 5),
    Column[PreviewRow]("verdict", "结果", lambda line: VERDICT_LABELS[line.verdict.kind], Kind.LABEL, 9),
)
_AFTER = (
    Column[PreviewRow]("cell", "单元格", _cell, Kind.CODE, 8),
    Column[PreviewRow]("remark", "说明", _remark, Kind.TEXT, 40),
)


def preview_ledger(key: str, columns: Sequence[Column[Any]]) -> Ledger[PreviewRow]:
    """Return the preview's columns: the row, what would happen, what a kind shows of it, and why."""
    return Ledger(key, "", (*_BEFORE, *map(_of_row, columns), *_AFTER))
