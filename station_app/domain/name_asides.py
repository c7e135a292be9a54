"""What lists of deputies write beside a name in its own cell: 韦秀英（女，壮族）, 覃水生（补选）, *李四."""

import re
from dataclasses import dataclass

from station_app.domain.cell_names import read_name
from station_app.domain.cell_text import cell_text, half_width, shown
from station_app.domain.cell_words import read_ethnicity, read_gender
from station_app.domain.people import Gender
from station_app.domain.raw_sheet import Cell

_WITH_ASIDE = re.compile(r"([^()]+)\(([^()]+)\)")
_MARK = re.compile(r"[*※#△▲▽▼☆★●○◎◆◇□■√✓?]")


@dataclass(frozen=True)
class NameCell:
    """The cell 姓名 of a list.

    Args:
        gender / ethnicity: told in brackets, as congresses announce their deputies; unknown or empty otherwise.
        remark: whatever else stands in the brackets.
        reason: why the cell cannot be read, a Chinese sentence; empty when it could.
    """

    name: str
    gender: Gender = Gender.UNKNOWN
    ethnicity: str = ""
    remark: str = ""
    reason: str = ""


def read_name_cell(cell: Cell) -> NameCell:
    """Read a name with what stands behind it in brackets; a mark, whose meaning nobody can know, is pointed out."""
    text = half_width(cell_text(cell)).strip()
    aside = ""
    if match := _WITH_ASIDE.fullmatch(text):
        text, aside = match[1], match[2]
    if mark := _MARK.search(text):
        return NameCell("", reason=f"“{shown(cell)}”里有记号“{mark[0]}”，这一格只写姓名，记号的意思请写进备注。")
    reading = read_name(text if aside else cell)
    gender, ethnicity, rest = Gender.UNKNOWN, "", []
    for part in re.split(r"[、,，;；\s]+", aside):
        if gender is Gender.UNKNOWN and part and not (told := read_gender(part)).reason:
            gender = told.value
        elif not ethnicity and part and not (group := read_ethnicity(part)).reason:
            ethnicity = group.value
        elif part:
            rest.append(part)
    return NameCell(reading.value, gender, ethnicity, "、".join(rest), reading.reason)
