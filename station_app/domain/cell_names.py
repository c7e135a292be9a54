"""Names of people as offices write them into spreadsheets."""

import re
from dataclasses import dataclass

from station_app.domain.cell_text import Reading, cell_text, compact, half_width, is_nothing, shown
from station_app.domain.raw_sheet import Cell
from station_app.domain.text import NAME_LIMIT, clean_name, text_problem
from station_app.support.surnames import surname_of

_DOTS = re.compile(r"\s*[·•‧∙⋅・･]\s*|(?<=[^\x00-\x7f])\s*[.．]\s*(?=[^\x00-\x7f])")
_BETWEEN_NAMES = re.compile(r"[、,;，；/|\n]|(?<=[^\s])(?:和|及|与)(?=\s)")
_PEOPLE = re.compile(r"等?\s*\(?\s*(?:共|等)?\s*([0-9]{1,4}|[一二两三四五六七八九十]{1,3})\s*(?:人|名|位|户)\s*\)?$")
_NUMBER_OF_PEOPLE = re.compile(r"([0-9]{1,6}|[一二两三四五六七八九十]{1,3})(?:人次?|名|位)?")
_UNNAMED = re.compile(r"匿名|不愿留名|未留名|不愿透露.*|无名|不详|佚名|保密|某某|某?(?:村民|居民|群众|选民|业主|商户)")
_HALF_NAMED = re.compile(r"[^\s某]{1,2}某{1,2}|[^\s]{1,2}[×xX*○〇]{1,2}|[^\s]{1,2}(?:先生|女士|同志|大爷|大妈|大娘)")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


@dataclass(frozen=True)
class Petitioner:
    """Who raised an opinion.

    Args:
        name: as written (王某 too), or empty.
        anonymous: no name, or one that hides the person; a group (村民代表) is none.
        people: how many came.
    """

    name: str = ""
    anonymous: bool = False
    people: int = 1


def read_name(cell: Cell) -> Reading[str]:
    """Read one person's name: inner blanks go (张 三), the middle dot becomes U+00B7, rare characters stay."""
    pieces = cell_text(cell).split()
    if all(len(piece) == 1 for piece in pieces) and len(pieces) <= 4:
        cell = "".join(pieces)
    names = read_names(cell)
    if names.reason or not names.value:
        return Reading("", names.reason)
    if len(names.value) > 1:
        return Reading(
            "", f"“{shown(cell)}”一格里有 {len(names.value)} 个姓名，请一人一行；是一个人的，请去掉中间的空格或换行。"
        )
    return Reading(names.value[0])


def read_names(cell: Cell) -> Reading[tuple[str, ...]]:
    """Read the names of a cell, parted by 、 , ； / a line break or blanks: 张三、李四; 欧阳建国 张伟; 张 三."""
    if is_nothing(cell):
        return Reading(())
    # The marks are half-width from here on, the dot of foreign names is one sign without blanks around it.
    text = half_width(_DOTS.sub("·", cell_text(cell)))
    names: list[str] = []
    for part in _BETWEEN_NAMES.split(text):
        names.extend(clean_name(name) for name in _joined(part.split()))
    for name in names:
        if problem := text_problem("", "姓名", name, NAME_LIMIT):
            return Reading((), problem.message)
        if re.search(r"[0-9]", name):
            return Reading((), f"“{shown(cell)}”不像姓名：含有数字，请核对。")
    return Reading(tuple(dict.fromkeys(name for name in names if name)))


def _joined(pieces: list[str]) -> list[str]:
    """Put together what blanks have torn apart: neither one character nor a double surname alone is a name (欧阳 建国).

    Latin words are one name.
    """
    if all(piece.isascii() for piece in pieces):
        return [" ".join(pieces)] if pieces else []
    names: list[str] = []
    waiting = ""
    for piece in pieces:
        if waiting:
            names.append(waiting + piece)
            waiting = ""
        elif len(piece) == 1 or (len(piece) == 2 and surname_of(f"{piece}某") == piece):
            waiting = piece
        else:
            names.append(piece)
    if len(waiting) == 1 and names:
        names[-1] += waiting
    elif waiting:
        names.append(waiting)
    return names


def read_petitioner(cell: Cell) -> Reading[Petitioner]:
    """Read who raised an opinion: a name, 匿名, 王某, or a group such as 村民代表（5人）or 张三等3人."""
    text = half_width(cell_text(cell)).strip()
    people = 1
    if match := _PEOPLE.search(text):
        people = _count(match[1])
        text = text[: match.start()].strip().removesuffix("等").strip()
    if is_nothing(text) or _UNNAMED.fullmatch(text):
        return Reading(Petitioner(anonymous=True, people=people))
    names = read_names(text)
    if names.reason:
        return Reading(Petitioner(), names.reason)
    name = "、".join(names.value)
    if problem := text_problem("", "姓名", name, NAME_LIMIT):
        return Reading(Petitioner(), problem.message)
    return Reading(Petitioner(name, bool(_HALF_NAMED.fullmatch(name)), max(people, len(names.value))))


def read_people(cell: Cell) -> Reading[int | None]:
    """Read how many people came: 3, 3人, 三人; None where the cell says nothing."""
    if is_nothing(cell):
        return Reading(None)
    match = _NUMBER_OF_PEOPLE.fullmatch(compact(cell))
    if match is None or not 1 <= _count(match[1]) <= 9999:
        return Reading(None, f"“{shown(cell)}”看不出人数，请填 1 至 9999 的数字。")
    return Reading(_count(match[1]))


def _count(text: str) -> int:
    if text.isdecimal():
        return max(int(text), 1)
    tens, has_ten, ones = text.partition("十")
    if not has_ten:
        return _DIGITS.get(text, 1)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
