"""Operators: who works with the file, and what each role may do."""

import itertools
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from station_app.domain.problems import FieldProblem
from station_app.domain.text import text_problem

LONGEST_NAME: Final = 40
PIN_FORM: Final = re.compile(r"[0-9]{4,8}")


class Role(StrEnum):
    """What an operator is; stored by its code."""

    HEAD = "head"
    CLERK = "clerk"
    HELPER = "helper"
    READER = "reader"

    @property
    def label(self) -> str:
        """The role's name on screen and in the log."""
        return {Role.HEAD: "站长", Role.CLERK: "联络员", Role.HELPER: "录入员", Role.READER: "查阅"}[self]

    @property
    def rights(self) -> frozenset["Right"]:
        """What the role may do."""
        return _RIGHTS[self]


class Right(StrEnum):
    """What an action needs."""

    REGISTER = "register"
    """Register visits and opinions on a reception day."""
    KEEP = "keep"
    """Everything else of the daily work."""
    GOVERN = "govern"
    """Operators, the password, erasing a person's data, restoring a backup."""


ALL_RIGHTS: Final = frozenset(Right)
_RIGHTS: Final = {
    Role.HEAD: ALL_RIGHTS,
    # A station has one clerk and often no other operator: the clerk keeps the keys as well.
    Role.CLERK: ALL_RIGHTS,
    Role.HELPER: frozenset({Right.REGISTER}),
    Role.READER: frozenset[Right](),
}


@dataclass(frozen=True)
class Operator:
    """A person who works with the file.

    Args:
        id: 0 for a new one.
        staff_id: the member of staff this is, if any.
        has_pin: whether a PIN is set; without one the name alone signs in.
    """

    id: int
    uid: str
    name: str
    role: Role
    staff_id: int | None = None
    retired: bool = False
    has_pin: bool = False


def operator_problems(operator: Operator, others: list[Operator]) -> list[FieldProblem]:
    """Return what is wrong with an operator before saving: fields ``name`` and ``role``."""
    problems = []
    name = operator.name.strip()
    if not name:
        problems.append(FieldProblem("name", "请填写操作员的姓名。"))
    elif wrong := text_problem("name", "姓名", name, LONGEST_NAME):
        problems.append(wrong)
    elif any(other.name == name and other.id != operator.id for other in others):
        problems.append(FieldProblem("name", "已经有同名的操作员，请加以区分，如“李梅（二）”。"))
    remaining = [other for other in others if other.id != operator.id and not other.retired]
    governs = Right.GOVERN in operator.role.rights and not operator.retired
    if not governs and not any(Right.GOVERN in other.role.rights for other in remaining):
        problems.append(FieldProblem("role", "至少要有一名站长或联络员，否则没有人能管理操作员和密码。"))
    return problems


def pin_problem(pin: str) -> FieldProblem | None:
    """Return what is wrong with a new PIN: four to eight digits, not all the same and not in a row."""
    if not PIN_FORM.fullmatch(pin):
        return FieldProblem("pin", "请输入4到8位数字。")
    steps = {int(later) - int(earlier) for earlier, later in itertools.pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        return FieldProblem("pin", "这个数字太容易猜到，请不要用相同或连续的数字。")
    return None
