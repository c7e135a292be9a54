"""Ugly spreadsheets as offices keep them, one ugliness each; everybody in them is invented.

``python -m tests.documents.ugly_sheets`` writes anew the two that only LibreOffice can write, into ``tests/samples``.
"""

import subprocess
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

SAMPLES = Path(__file__).parent.parent / "samples"
HEAD = ("序号", "姓名", "性别", "代表层级", "联系电话", "备注")
ONE = (1, "罗小满", "女", "镇", "14000000001", "")
TWO = (2, "覃水生", "男", "县、镇", "14000000002", "")
THREE = (3, "㛃玉", "女", "镇", "14000000003", "")
Row = Sequence[object]


def book(path: Path, *rows: Row, merged: Sequence[str] = (), change: Callable[[Any], None] = lambda _: None) -> Path:
    """Write rows into a workbook from A1 on, then merge and change it."""
    made = Workbook()
    page: Any = made.active
    page.title = "名册"
    for row in rows:
        page.append(list(row))
    for area in merged:
        page.merge_cells(area)
    change(page)
    made.save(path)
    return path


def header_in_row_twelve(path: Path) -> Path:
    """Write remarks above the header."""
    remarks = [("禾溪镇第十八届人民代表大会代表花名册",), ("填报单位：禾溪镇人大主席团",), ("说明：一、本表一式两份",)]
    return book(path, *remarks, *[()] * 7, ("以下为名单",), HEAD, ONE, TWO)


def blank_rows_and_columns(path: Path) -> Path:
    """Put a blank row between rows and a blank column between columns."""
    wide = [(row[0], None, row[1], None, *row[2:]) for row in (HEAD, ONE, TWO)]
    return book(path, wide[0], (), wide[1], (), (None, " ", None), wide[2])


def totals_in_the_middle(path: Path) -> Path:
    """Put subtotals between the entries and a total with a signature at the end."""
    return book(
        path, HEAD, ("一、县代表",), TWO, ("小计", "1 人"), ("二、镇代表",), ONE, THREE, ("小 计", "2 人"),
        ("合　计", "3 人"), ("注：电话有变动请告知",), ("负责人：", "填表人：", "联系电话：14000000009"),
    )  # fmt: skip


def several_names_in_a_cell(path: Path) -> Path:
    """Put two people into one row."""
    return book(path, HEAD, ONE, (2, "张三、李四", "男", "镇", "", ""), (3, "王 五", "男", "镇", "", ""))


DATES: tuple[tuple[object, str], ...] = (
    ("1978.5", "1978-05"),
    ("1978.05", "1978-05"),
    ("1978-5", "1978-05"),
    ("1978/05", "1978-05"),
    ("1978年5月", "1978-05"),
    ("1978 年 05 月", "1978-05"),
    ("197805", "1978-05"),
    (197805, "1978-05"),
    ("19780503", "1978-05"),
    ("1978.5.3", "1978-05"),
    ("1978年5月3日", "1978-05"),
    ("１９７８．５", "1978-05"),
    ("78.05", "1978-05"),
    ("1978、5", "1978-05"),
    (28613, "1978-05"),
    (date(1978, 5, 3), "1978-05"),
    (datetime.fromisoformat("1978-05-03 00:00"), "1978-05"),
    ("1978-05-03 00:00:00", "1978-05"),
    (1978.5, "1978-05"),
)


def dates_in_all_spellings(path: Path) -> Path:
    """Write one month in every spelling."""
    rows = [(f"代表{chr(0x4E00 + number)}", "男", written) for number, (written, _) in enumerate(DATES)]
    return book(path, ("姓名", "性别", "出生年月"), *rows)


PHONES: tuple[tuple[object, str], ...] = (
    (14000000001, "14000000001"),
    (14000000001.0, "14000000001"),
    ("1.4000000001E+10", "14000000001"),
    ("140 0000 0001", "14000000001"),
    ("140-0000-0001", "14000000001"),
    ("+86 14000000001", "14000000001"),
    ("'14000000001", "14000000001"),
    ("１４００００００００１", "14000000001"),
    ("14000000001\n", "14000000001"),
    ("0755-8300000", "07558300000"),
    ("无", ""),
    ("——", ""),
)


def phones_in_all_spellings(path: Path) -> Path:
    """Write one phone in every spelling, and two that lost their last digits."""
    names = (chr(0x4E00 + number) for number in range(40))
    rows = [(f"代表{next(names)}", "男", written) for written, _ in PHONES]
    lost = [(f"代表{next(names)}", "男", written) for written in ("1.38E+10", "1400000001")]
    return book(path, ("姓名", "性别", "联系电话"), *rows, *lost)


def full_width_everything(path: Path) -> Path:
    """Write digits and blanks full-width."""
    return book(
        path,
        ("序　号", "姓　名", "性　别", "层　级", "电　话"),
        ("１", "罗　小　满", "女　", "县级、镇级", "１４００００００００１"),
    )


def titles_with_blanks_and_breaks(path: Path) -> Path:
    """Write titles as narrow columns force them."""
    return book(
        path,
        ("序\n号", " 姓 名 ", "性\n别　", "代表\n层级\n", "联系\n电话：", "备 注"),
        (1, "罗小满", "女", "镇", "14000000001"),
    )


def titles_in_other_words(path: Path) -> Path:
    """Write synonyms of every title."""
    return book(
        path, ("编号", "代表姓名", "性别", "文化程度", "党派", "现任职务", "代表级别", "手机号", "说明"),
        (1, "罗小满", "女", "大专", "群众", "枫林村妇女主任", "镇级代表", "14000000001", "2024年补选"),
    )  # fmt: skip


def equal_titles(path: Path) -> Path:
    """Write two columns of one title: phones, remarks."""
    return book(
        path,
        ("姓名", "性别", "联系电话", "联系电话", "备注", "备注"),
        ("罗小满", "女", "14000000001", "14000000011", "甲", "乙"),
    )


def hidden_rows(path: Path) -> Path:
    """Hide a row and a column by hand, as filters do."""

    def hide(page: Any) -> None:
        page.row_dimensions[3].hidden = True
        page.column_dimensions["E"].hidden = True

    return book(path, HEAD, ONE, TWO, THREE, change=hide)


def formulas_and_errors(path: Path) -> Path:
    """Write formulas with the values Excel kept, and errors instead of values."""
    from tests.documents.hostile_sheets import write_xlsx

    def text(cell: str, words: str) -> str:
        return f'<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>'

    def formula(cell: str, value: str, kind: str = "str") -> str:
        return f'<c r="{cell}" t="{kind}"><f>CONCATENATE("a","b")</f><v>{value}</v></c>'

    titles = "".join(
        text(f"{letter}1", word) for letter, word in zip("ABCD", ("姓名", "性别", "民族", "备注"), strict=True)
    )
    first = formula("A2", "罗小满") + formula("B2", "女") + formula("C2", "#N/A", "e") + formula("D2", "#REF!", "e")
    return write_xlsx(path, [f'<row r="1">{titles}</row>', f'<row r="2">{first}</row>'])


def percents_and_currency(path: Path) -> Path:
    """Format numbers as money and percent, as copied columns are."""

    def dress(page: Any) -> None:
        page["A2"].number_format = "0%"
        page["C2"].number_format = "¥#,##0.00"
        page["D2"].number_format = "0.00E+00"

    return book(
        path,
        ("编号", "提出日期", "人数", "联系电话", "反映内容"),
        (6, date(2025, 3, 5), 3, 14000000001, "路灯坏了"),
        change=dress,
    )


def table_from_column_c(path: Path) -> Path:
    """Begin the table at C5."""
    return book(path, (), (), (None, None, "禾溪镇人大代表"), (), *[(None, None, *row) for row in (HEAD, ONE, TWO)])


def side_by_side(path: Path) -> Path:
    """Write two tables side by side, the right one shorter, with a blank column between."""
    head = ("序号", "姓名", "层级", "电话")
    return book(
        path, ("禾溪镇人大代表通讯录",), (*head, None, *head),
        (1, "罗小满", "镇", 14000000001, None, 3, "㛃玉", "镇", 14000000003),
        (2, "覃水生", "县", 14000000002, None, None, None, None, None),
        merged=("A1:I1",),
    )  # fmt: skip


def one_below_the_other(path: Path) -> Path:
    """Write two tables with headings and columns of their own on one sheet."""
    return book(
        path, ("禾溪镇第十八届人大代表",), ("姓名", "性别", "电话"), ("罗小满", "女", "14000000001"), (),
        ("清源县第十七届人大代表",), ("序号", "代表姓名", "民族", "性别", "手机"), (1, "覃水生", "壮", "男", "14000000002"),
    )  # fmt: skip


def several_worksheets(path: Path) -> Path:
    """Put a cover first and the fuller of two rosters on the third sheet."""
    made = Workbook()
    first: Any = made.active
    first.title = "封面"
    first.append(["禾溪镇人大代表资料汇编"])
    for name, rows in (("县代表", (HEAD[:4], TWO[:4])), ("镇代表", (HEAD, ONE, THREE))):
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
    made.save(path)
    return path


def merged_downwards(path: Path) -> Path:
    """Let one cell tell the level and the group of several people."""
    return book(
        path, ("代表层级", "姓名", "性别", "电话"), ("镇", "罗小满", "女", "14000000001"), (None, "㛃玉", "女", "14000000003"),
        ("县", "覃水生", "男", "14000000002"), (None, "曾丽萍", "女", "14000000004"),
        merged=("A2:A3", "A4:A5"),
    )  # fmt: skip


def levels_ticked(path: Path) -> Path:
    """Give every level a column to tick, under one title."""
    return book(
        path, ("姓名", "性别", "代表层级", None, None, None, None, "备注"), (None, None, "全国", "省", "市", "县", "镇", None),
        ("罗小满", "女", None, None, None, None, "√"), ("覃水生", "男", None, None, "√", "√", "√"),
        ("㛃玉", "女", "×", "×", "×", "V", "×"), ("曾丽萍", "女", None, None, None, "？", None),
        merged=("C1:G1", "A1:A2", "B1:B2", "H1:H2"),
    )  # fmt: skip


def remarks_that_tell_ends(path: Path) -> Path:
    """Tell in a column of notes what became of people."""
    return book(
        path, ("姓名", "性别", "层级", "备注"), ("罗小满", "女", "镇", "2025年3月5日辞职"), ("覃水生", "男", "镇", "已调离"),
        ("㛃玉", "女", "镇", "电话请打办公室"),
    )  # fmt: skip


def gb18030_text(path: Path) -> Path:
    """Write a text table in GB 18030 with characters no older Chinese encoding has."""
    lines = ["姓名,性别,层级,备注", "㛃玉,女,镇,", "𠅤文远,男,县,", '阿依古丽·买买提,女,镇,"甲，乙"']
    path.write_bytes("\r\n".join(lines).encode("gb18030"))
    return path


def utf16_text(path: Path) -> Path:
    """Write a text table as Excel does under the name Unicode 文本."""
    lines = ["姓名\t性别\t层级", "罗小满\t女\t镇", "𬭚文\t男\t县、镇"]
    path.write_bytes("\r\n".join(lines).encode("utf-16"))
    return path


def old_formats(path: Path) -> Path:
    """Write what `main` turns into ``.xls`` and ``.ods``: a merged title, dates, phones as numbers, a total."""
    return book(
        path, ("禾溪镇第十八届人大代表花名册",), ("序号", "姓名", "性别", "出生年月", "层级", "电话", "备注"),
        (1, "罗小满", "女", date(1985, 3, 1), "镇", 14000000001, ""), (2, "㛃玉", "女", "1979.12", "县、镇", "14000000003", "补选"),
        ("合计", "2 人"),
        merged=("A1:G1",),
    )  # fmt: skip


def main() -> None:
    """Write the samples in old formats with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        made = old_formats(Path(folder) / "旧格式名册.xlsx")
        for suffix in ("xls", "ods"):
            command = ["soffice", "--headless", "--convert-to", suffix, "--outdir", str(SAMPLES), str(made)]
            subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
