"""Cells that tell less than was registered: names and phones hidden for readers outside, long texts cut for paper."""

import re

from station_app.domain.cell_text import cell_text, compact
from station_app.domain.raw_sheet import Cell
from station_app.domain.text import CUT_MARK

_PHONE = re.compile(r"[0-9+\-]{0,7}[*×xX•●]{3,}[0-9]{0,4}")
_NAME = re.compile(r"\S{1,2}(?:某{1,3}|[*×○]{1,3})|[*×○]{1,3}\S{1,2}")


def is_cut(cell: Cell) -> bool:
    """Tell whether a text was cut on paper: its end stands in the register only."""
    return cell_text(cell).endswith(CUT_MARK)


def uncut(text: str) -> str:
    """Return the part of a text that was not cut off."""
    return text.removesuffix(CUT_MARK)


def is_masked_phone(cell: Cell) -> bool:
    """Tell whether a phone number is hidden: 140****1234."""
    return bool(_PHONE.fullmatch(compact(cell)))


def is_masked_name(cell: Cell) -> bool:
    """Tell whether a name is hidden: 张某, 李某某, 王**, 欧阳某."""
    return bool(_NAME.fullmatch(compact(cell)))
