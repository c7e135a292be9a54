"""Signs of presence as offices write them into sign-in sheets, and the time somebody came."""

import re
from datetime import datetime, time

from station_app.domain.cell_text import Reading, compact, is_nothing, shown
from station_app.domain.raw_sheet import Cell
from station_app.domain.reception import Presence

_PRESENT = re.compile(
    r"[√✓✔☑vy●○◯⬤■★◆1是到]|(?:已|本人)?(?:签到?|到[站会岗席]?|出席|参加|进站|值班|出勤)了?|全勤|是的|正常|准时|迟到|早退",
    re.IGNORECASE,
)
_LEAVE = re.compile(
    r"[△▲假]|(?:请|事|病|公|产|年|婚|丧|休|已请)假?|(?:请|事|病|公|产|年|婚|丧|休|已请)假.{0,10}|出差|外出|开会"
)
_ABSENT = re.compile(
    r"[×✕✗✘☒xn缺否旷无0]|没有|缺[席勤]|未[到签出参进].{0,4}|没[到来].{0,3}|旷[工席会]|不到", re.IGNORECASE
)
_PLANNED = re.compile(r"应到|计划|待签到")
_ABSENT_THOUGH_NOTHING = frozenset({"0", "无", "没有"})
_SIGNS = (
    (_PLANNED, Presence.PLANNED),
    (_PRESENT, Presence.PRESENT),
    (_ABSENT, Presence.ABSENT),
    (_LEAVE, Presence.LEAVE),
)
_STAND_IN = re.compile(r"(?:代|替|顶替|代替|代理)(?:班|值班)?(?:\((.+)\)|([^:].{1,49}?))?(?:值班)?")
_REPLACED = re.compile(r"(?:由|请)?(.{2,50}?)(?:代替?|替|顶替)(?:班|值班|签到?)?")
_CLOCK = re.compile(r"(\d{1,2})[:.点时](\d{1,2})?分?")


def read_presence(cell: Cell) -> Reading[tuple[Presence, str]]:
    """Read a sign of presence and, where the deputy stood in for somebody, that one's name.

    Reads √ 到 出席 已签到, △ 请假 事假 出差, × 缺席 未到, 应到, and 代李四: came in place of 李四. That somebody else
    came instead (由李四代) belongs on the other one's line.
    """
    text = compact(cell)
    if says_nothing(cell):
        return Reading((Presence.PLANNED, ""))
    for pattern, presence in _SIGNS:
        if pattern.fullmatch(text):
            return Reading((presence, ""))
    if match := _STAND_IN.fullmatch(text):
        return Reading((Presence.PRESENT, match[1] or match[2] or ""))
    told = f"“{shown(cell)}”看不出到没到，请写√、请假或缺席。"
    if match := _REPLACED.fullmatch(text):
        told = f"“{shown(cell)}”是别人代班，请本人这里写请假或缺席，在“{match[1]}”那里写“代”和本人姓名。"
    return Reading((Presence.PLANNED, ""), told)


def says_nothing(cell: Cell) -> bool:
    """Tell whether a cell is blank or a stroke: neither there nor missing."""
    return is_nothing(cell) and compact(cell) not in _ABSENT_THOUGH_NOTHING


def read_clock(cell: Cell) -> Reading[str]:
    """Read a time of day as ``HH:MM``: 9:05, 9点05分, times; empty when blank."""
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return Reading(f"{cell:%H:%M}")
    if is_nothing(cell):
        return Reading("")
    match = _CLOCK.match(compact(cell).removeprefix("上午"))
    if match and int(match[1]) < 24 and int(match[2] or 0) < 60:
        return Reading(f"{int(match[1]):02}:{int(match[2] or 0):02}")
    return Reading("", f"“{shown(cell)}”不是时间，请按 09:05 的样子填写。")
