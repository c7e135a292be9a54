"""Phone and ID numbers as offices write them into spreadsheets."""

import re
from datetime import date
from decimal import Decimal

from station_app.domain.cell_text import Reading, cell_text, compact, half_width, is_nothing, shown
from station_app.domain.raw_sheet import Cell

_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"(?:0\d{2,3})?[2-9]\d{6,7}")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_NEXT_NUMBER = re.compile(r"[、,;，；/|]|\n|或|(?<=\d{11})\s+(?=1\d{10})")

# GB 11643-1999: weights of the first 17 digits and the check character for each remainder.
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"


def read_phones(cell: Cell) -> Reading[tuple[str, ...]]:
    """Read the phone numbers of a cell, digits only, in order; none for 无, —, / or a blank cell.

    Reads numbers, ``1.38E+10`` where Excel kept all digits, blanks, dashes, full-width digits, ``+86``,
    and several numbers parted by 、 or /.
    """
    if is_nothing(cell):
        return Reading(())
    if isinstance(cell, float) and not cell.is_integer():
        return Reading((), f"“{shown(cell)}”不是电话号码，请核对。")
    text = half_width(cell_text(cell)).strip().removeprefix("=").strip("'\"")
    if _SCIENTIFIC.fullmatch(text):
        number = Decimal(text)
        if len(number.as_tuple().digits) < 11 or number != number.to_integral_value():
            return Reading((), f"“{shown(cell)}”是科学计数法，后几位已丢失，请把该列设为文本后重新填写号码。")
        text = str(int(number))
    phones: list[str] = []
    for part in _NEXT_NUMBER.split(text):
        digits = re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", re.sub(r"[\s\-—–()·.]", "", part))
        if not digits:
            continue
        if reason := _phone_reason(digits, shown(part)):
            return Reading((), reason)
        phones.append(digits)
    return Reading(tuple(dict.fromkeys(phones)))


def _phone_reason(digits: str, as_written: str) -> str:
    """Return why ``digits`` is no phone number of the mainland's numbering plan, or nothing."""
    if not re.fullmatch(r"[0-9]+", digits):
        return f"“{as_written}”不是电话号码：只能有数字，请核对。"
    if _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return ""
    if digits.startswith("1") and len(digits) > 6:
        return f"“{as_written}”有 {len(digits)} 位，手机号码应为 11 位，请核对。"
    return f"“{as_written}”不像电话号码：手机 11 位，座机 7 至 8 位，可带区号，请核对。"


def read_id_number(cell: Cell) -> Reading[str]:
    """Read an ID number (公民身份号码, GB 11643-1999): 18 characters with a right date and check character."""
    if is_nothing(cell):
        return Reading("")
    if isinstance(cell, int | float):
        return Reading("", "身份证号被存成了数字，末几位已丢失，请把该列设为文本后重新填写。")
    text = compact(cell).lstrip("'").upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        return Reading("", f"身份证号应为 18 位，现为 {len(text)} 位或含有其他字符，请核对。")
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return Reading("", "身份证号中的出生日期不存在，请核对。")
    remainder = sum(int(digit) * weight for digit, weight in zip(text[:17], _ID_WEIGHTS, strict=True)) % 11
    if _ID_CHECKS[remainder] != text[17]:
        return Reading("", "身份证号的最后一位（校验码）不对，请核对。")
    return Reading(text)
