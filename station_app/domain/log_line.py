"""What the log of a station says: its steps, and every change as one line."""

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What a step did with a record."""

    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"
    RESTORED = "restored"
    ERASED = "erased"


ACT_LABELS = {
    Act.ADDED: "新增",
    Act.CHANGED: "修改",
    Act.DELETED: "删除",
    Act.RESTORED: "恢复",
    Act.ERASED: "改动",
}
ERASED_WORDS = "个人信息已依申请删除"
"""Stands for the contents of a change whose images were blanked on request."""


@dataclass(frozen=True)
class LogFilter:
    """Which steps are wanted; what is empty asks for nothing.

    Args:
        period: beginning of the ISO time: ``2026``, ``2026-11`` or ``2026-11-05``.
        operator: who did it.
        kinds: tables of records of which at least one was touched.
        typed: part of what the step did, or of the number or name of a record it touched.
        record: table and uid of one record: its history and that of what belongs to it.
    """

    period: str = ""
    operator: str = ""
    kinds: tuple[str, ...] = ()
    typed: str = ""
    record: tuple[str, str] | None = None


@dataclass(frozen=True)
class LogStep:
    """One action of the clerk.

    Args:
        at: ISO time with offset.
        label: what was done: ``登记来访 2026-11-05``.
        undoes: the step it took back, or None.
        undone_by: the step that took it back, or None.
        about: the records it touched, e.g. ``意见建议 HX-2026-0012、办理事项 2 条``.
    """

    id: int
    at: str
    operator: str
    label: str
    undoes: int | None = None
    undone_by: int | None = None
    about: str = ""

    @property
    def standing(self) -> str:
        """Whether it still stands: 已撤销, 撤销 for one that took another back, or empty."""
        return "已撤销" if self.undone_by else "撤销" if self.undoes else ""


@dataclass(frozen=True)
class ChangedField:
    """One field before and after, in words; empty text where there was nothing."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRecord:
    """What a step did with one record.

    Args:
        table / uid: the record.
        name: kind and label: ``意见建议 HX-2026-0012``.
    """

    step_id: int
    table: str
    uid: str
    name: str
    act: Act
    fields: tuple[ChangedField, ...] = ()


@dataclass(frozen=True)
class LogLine:
    """One line of the log on paper.

    Args:
        at: 2026-11-05 09:20.
        standing: see `LogStep.standing`.
    """

    index: int
    at: str
    operator: str
    action: str
    record: str
    field: str
    before: str
    after: str
    standing: str
