"""What is wrong with an entry of the roster, field by field."""

import re
from datetime import date
from itertools import combinations

from station_app.domain.people import Deputy, Leave, Level, Mandate, day_problem, level_label
from station_app.domain.problems import FieldProblem
from station_app.domain.station import OrganKind
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, phone_problem, text_problem

_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")


def mandate_problem(mandate: Mandate) -> FieldProblem | None:
    """Return what is wrong with the dates of a mandate, or None."""
    begun, ended, suspended = mandate.from_on, mandate.to_on, mandate.suspended_on
    for label, text in (("任职日期", begun), ("终止日期", ended), ("暂停日期", suspended)):
        if text and (problem := day_problem("mandates", label, text)):
            return problem
    if begun and ended and ended < begun:
        return FieldProblem("mandates", f"终止日期 {ended} 早于任职日期 {begun}，请核对。")
    if mandate.end_reason and not ended:
        return FieldProblem("mandates", "选了终止原因，请同时填写终止日期。")
    if suspended and begun and suspended < begun:
        return FieldProblem("mandates", f"暂停日期 {suspended} 早于任职日期 {begun}，请核对。")
    return None


def overlap(one: Mandate, other: Mandate) -> bool:
    """Tell whether two mandates of one level run at the same time; one may begin on the day the other ends."""
    if one.level is not other.level:
        return False
    return (not one.to_on or other.from_on < one.to_on) and (not other.to_on or one.from_on < other.to_on)


def overlap_problem(mandates: tuple[Mandate, ...], word: dict[Level, str] | None = None) -> FieldProblem | None:
    """Return which level is held twice at the same time, or None.

    Args:
        word: the levels' words here; those of a town when missing.
    """
    for one, other in combinations(mandates, 2):
        if overlap(one, other):
            level = (word or {}).get(one.level) or level_label(one.level, OrganKind.TOWN)
            message = f"{level}代表职务有两条时间重叠，请移除一条或核对起止日期。"
            return FieldProblem("mandates", message)
    return None


def leave_problem(leave: Leave, field: str = "leaves") -> FieldProblem | None:
    """Return what is wrong with a leave, or None."""
    if not leave.from_on:
        return FieldProblem(field, "请填写请假起始日期。")
    for label, text in (("请假起始日期", leave.from_on), ("请假结束日期", leave.to_on)):
        if text and (problem := day_problem(field, label, text)):
            return problem
    if leave.to_on and leave.to_on < leave.from_on:
        return FieldProblem(field, f"请假结束日期 {leave.to_on} 早于起始日期 {leave.from_on}，请核对。")
    return text_problem(field, "请假原因", leave.reason, LINE_LIMIT)


def leaves_problem(leaves: tuple[Leave, ...]) -> FieldProblem | None:
    """Return what is wrong with the leaves of a deputy, or None: one of them, or two at the same time."""
    for leave in leaves:
        if problem := leave_problem(leave):
            return problem
    for one, other in combinations(sorted(leaves, key=lambda leave: leave.from_on), 2):
        if not one.to_on or other.from_on <= one.to_on:
            return FieldProblem("leaves", f"{other.from_on} 起的请假与 {one.from_on} 起的请假时间重叠，请核对。")
    return None


def deputy_problems(deputy: Deputy, today: date) -> list[FieldProblem | None]:
    """Return what is wrong with an entry of the roster; None stands for a check that passed."""
    problems = [
        None if deputy.name else FieldProblem("name", "请填写代表姓名。"),
        text_problem("name", "姓名", deputy.name, NAME_LIMIT),
        phone_problem("phone", deputy.phone, "没有电话请留空。"),
        phone_problem("phone2", deputy.phone2, "没有电话请留空。"),
        *(text_problem(key, title, getattr(deputy, key), limit) for key, title, limit in _TEXTS),
        None if deputy.mandates else FieldProblem("mandates", "请至少填写一个代表职务（层级）。"),
    ]
    for mandate in deputy.mandates:
        problems += [
            text_problem("mandates", "届次", mandate.term, NAME_LIMIT),
            text_problem("mandates", "选区（选举单位）", mandate.constituency, LINE_LIMIT),
            text_problem("mandates", "代表证号", mandate.card_number, NAME_LIMIT),
            mandate_problem(mandate),
        ]
    problems += [overlap_problem(deputy.mandates), leaves_problem(deputy.leaves)]
    if deputy.birth_month and not _MONTH.fullmatch(deputy.birth_month):
        problems.append(FieldProblem("birth_month", "出生年月请按 1978-05 的样子填写。"))
    if deputy.checked_on:
        problems.append(day_problem("checked_on", "核对日期", deputy.checked_on))
        if deputy.checked_on > today.isoformat():
            problems.append(FieldProblem("checked_on", "核对日期在今天之后，请核对。"))
    for placement in deputy.placements:
        came, went = placement.from_on, placement.to_on
        problems += [
            day_problem("came_on", "转入日期", came) if came else None,
            text_problem("came_from", "转入前所在", placement.came_from, LINE_LIMIT),
            text_problem("went_to", "转往", placement.went_to, LINE_LIMIT),
        ]
        if came and went and went < came:
            problems.append(FieldProblem("came_on", f"转入日期 {came} 晚于转出日期 {went}，请核对。"))
    return problems


_TEXTS = (
    ("post", "工作单位及职务", LINE_LIMIT),
    ("remark", "备注", LINE_LIMIT),
    ("ethnicity", "民族", NAME_LIMIT),
    ("party", "政治面貌", NAME_LIMIT),
    ("education", "学历", NAME_LIMIT),
    ("id_number", "身份证号", NAME_LIMIT),
    ("address", "住址", LINE_LIMIT),
    ("skills", "专长", LINE_LIMIT),
    ("languages", "语言、方言", LINE_LIMIT),
    ("duty_wishes", "值班意愿", LINE_LIMIT),
)
