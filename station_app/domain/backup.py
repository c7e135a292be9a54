"""A backup of a station file: what its manifest tells, and how its age is said."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final


class Occasion(StrEnum):
    """Why a backup was made; the word stands in its name."""

    CLOSING = "关闭时"
    WORKING = "定时"
    BY_HAND = "手动"
    BEFORE_IMPORT = "导入前"
    BEFORE_UPGRADE = "升级前"
    BEFORE_RESTORE = "恢复前"
    BEFORE_TERM_CHANGE = "换届前"
    NEW_PASSWORD = "改密码"  # noqa: S105 - an occasion, no password


KEPT_FOR_EVER: Final = frozenset(
    {
        Occasion.BY_HAND,
        Occasion.BEFORE_UPGRADE,
        Occasion.BEFORE_RESTORE,
        Occasion.BEFORE_TERM_CHANGE,
        Occasion.NEW_PASSWORD,
    }
)
"""Backups of these occasions are never thinned out."""


@dataclass(frozen=True)
class Manifest:
    """What was proven of a backup when it was made; kept beside it, without any word of the register.

    Args:
        at: when, ISO time with offset.
        occasion: Chinese word, see `Occasion`.
        counts: rows by table of records.
        step: id of the last step of its log; 0 where there is none.
        chain_head: mark of that step.
        station: mark of the log the steps belong to; equal for every copy of one register.
        key: `FileKey.mark` of what opens it; empty for a plain file.
        program: version of the program.
        schema: version of the tables.
        size: in bytes.
        sha256: of the whole file, in hex.
        thorough: whether every index was compared with its table as well.
    """

    at: str
    occasion: str
    counts: dict[str, int]
    step: int
    chain_head: str
    station: str
    key: str
    program: str
    schema: int
    size: int
    sha256: str
    thorough: bool


@dataclass(frozen=True)
class Backup:
    """A backup that lies somewhere.

    Args:
        path: the file.
        at: when it was made; of a file without manifest the time the file itself tells.
        occasion: Chinese word; empty when nothing tells it.
        manifest: what was proven; None for a file that nothing vouches for.
    """

    path: Path
    at: datetime
    occasion: str
    manifest: Manifest | None

    @property
    def proven(self) -> bool:
        """Whether it was verified when it was made."""
        return self.manifest is not None

    @property
    def is_kept(self) -> bool:
        """Whether it is kept whatever its age: by its occasion, or because nothing tells where it comes from."""
        return self.manifest is None or self.occasion in KEPT_FOR_EVER


def time_words(at: datetime, now: datetime) -> str:
    """Return when something was, as one says it: ``09:02``, ``昨天 17:30``, ``3天前``."""
    days = (now.date() - at.date()).days
    if days <= 0:
        return f"{at:%H:%M}" if days == 0 else f"{at:%Y-%m-%d %H:%M}"
    return f"昨天 {at:%H:%M}" if days == 1 else f"{days}天前"


def is_older_than(at: datetime, now: datetime, days: int) -> bool:
    """Tell whether more than ``days`` calendar days have passed since."""
    return (now.date() - at.date()).days > days


@dataclass(frozen=True)
class Contents:
    """What a backup holds.

    Args:
        counts: rows by table.
        last_steps: time and label of the last steps, newest first.
        station: mark of the register it belongs to.
    """

    counts: dict[str, int]
    last_steps: tuple[tuple[str, str], ...]
    station: str


@dataclass(frozen=True)
class BackupLine:
    """A backup as it is listed.

    Args:
        place: 本机 or U盘.
        old_password: it opens with another password than the register has now, or with one where that has none.
        holds_erased: it was made before somebody's data were erased on request, and still holds them.
    """

    backup: Backup
    place: str
    old_password: bool
    holds_erased: bool = False

    @property
    def opinions(self) -> int | None:
        """How many opinions it holds; None where nothing tells it."""
        return self.backup.manifest.counts.get("opinions") if self.backup.manifest else None


@dataclass(frozen=True)
class BackupSettings:
    """What a station sets about its backups.

    Args:
        every_minutes: how often at most while working.
        warn_days: after so many days without a backup of what changed the status bar warns.
    """

    every_minutes: int = 60
    warn_days: int = 3


@dataclass(frozen=True)
class SecondState:
    """How the second place stands.

    Args:
        folder: where it is now; None when it is not plugged in.
        at: when it was brought up to date last; None for never.
    """

    folder: Path | None
    at: datetime | None

    def words(self, now: datetime) -> str:
        """Return how old it is: ``U盘备份：9天前``."""
        return f"U盘备份：{time_words(self.at, now) if self.at else '还没有'}"


@dataclass(frozen=True)
class BackupState:
    """How the backups stand.

    Args:
        at: when the last proven one was made; None for never.
        due: whether something changed since.
        second: the second place; None when none was chosen.
        warn_days: see `BackupSettings`.
    """

    at: datetime | None
    due: bool
    second: SecondState | None
    warn_days: int

    def is_late(self, now: datetime) -> bool:
        """Tell whether what changed has waited too long for a backup, here or at the second place."""
        here = self.due and self.at is not None and is_older_than(self.at, now, self.warn_days)
        return here or self._second_is_late(now)

    def words(self, now: datetime) -> str:
        """Return the status bar's words: ``备份已验证 09:02　U盘备份：9天前``."""
        here = f"备份已验证 {time_words(self.at, now)}" if self.at else "还没有备份"
        return f"{here}　{self.second.words(now)}" if self.second else here

    def _second_is_late(self, now: datetime) -> bool:
        second = self.second
        return second is not None and (second.at is None or is_older_than(second.at, now, 7 * self.warn_days))
