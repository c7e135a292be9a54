"""Erasing a person's data on request (个人信息删除): how much goes, what stays, which backups still hold it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from station_app.domain.backup import Backup
from station_app.domain.thinning import Keeping

STAYS = "登记号、编号、日期、类别、村(居)、办理经过和各期数字"
"""What is left of a matter whose visitor was erased: it belongs to the official register."""


@dataclass(frozen=True)
class HeldVisit:
    """A registration, or a linked household, of what may be the person who asks.

    Args:
        id: of the visit; minus the id of a household link.
        on: ISO date.
        where: address, or village where there is none.
        titles: of its matters, joined.
        deleted: it was taken off the lists, but the register still holds it.
    """

    id: int
    number: str
    on: str
    name: str
    phone: str
    where: str
    titles: str
    deleted: bool

    @property
    def words(self) -> str:
        """Two lines that tell people of one name apart."""
        who = (self.number, self.on, self.name or "匿名", self.phone, "（已删除的登记）" if self.deleted else "")
        lines = (who, (self.where, self.titles))
        return "\n".join("　".join(part for part in line if part) for line in lines if any(line))


@dataclass(frozen=True)
class Extent:
    """How many records hold something of a person.

    Args:
        visits: registrations.
        opinions: matters that were raised in them.
        told: feedbacks, ratings and endings that name who was told.
        mentions: matters and events in whose text the name or phone stands.
        brought: attachments of visits and matters, removed ones too.
        handling: attachments of what was done with the matters, as answers.
        imported: rows of old ledgers they came from.
        drafts: unfinished forms in which the name or phone stands.
        households: linked households.
    """

    visits: int
    opinions: int
    told: int
    mentions: int
    brought: int
    handling: int
    imported: int
    drafts: int
    households: int = 0

    def goes(self, *, words_too: bool) -> tuple[str, ...]:
        """Return what is erased, one line each.

        Args:
            words_too: title and words of the matters as well, and what is attached to their handling.
        """
        attached = self.brought + (self.handling if words_too else 0)
        lines = [
            (self.visits, f"{self.visits} 条登记的姓名、性别、电话、住址、代谁反映、来访情况"),
            (self.households, f"{self.households} 户联户的户主姓名、住址、电话、备注（户数保留）"),
            (self.told, f"{self.told} 条反馈、评价记录里的联系人和电话"),
            (self.opinions if words_too else 0, f"{self.opinions} 件意见的标题、反映内容和备注"),
            (self.mentions, f"{self.mentions} 处文字里写到的姓名和电话（改成“某某”）"),
            (attached, f"{attached} 个附件的名称和内容"),
            (self.imported, f"{self.imported} 行旧台账的原文"),
            (self.drafts, f"{self.drafts} 份没写完的草稿"),
        ]
        return tuple(words for count, words in lines if count)


@dataclass(frozen=True)
class Erasure:
    """What was erased in one step; without any word of the person.

    Args:
        step_id: its step in the log.
        at: ISO time.
        by: who did it.
        asked_on: ISO date of the request.
        reason: why.
        numbers: 登记号 of the registrations.
        opinions / events / attachments: how many of these were blanked.
    """

    step_id: int
    at: str
    by: str
    asked_on: str
    reason: str
    numbers: tuple[str, ...]
    opinions: int
    events: int
    attachments: int

    @property
    def counts_words(self) -> str:
        """How much: ``2 条登记、3 件意见、1 个附件``."""
        parts = (
            (len(self.numbers), "条登记"),
            (self.opinions, "件意见"),
            (self.events, "条办理记录"),
            (self.attachments, "个附件"),
        )
        return "、".join(f"{count} {unit}" for count, unit in parts if count)


@dataclass(frozen=True)
class Span:
    """From which step to before which one the log held a person's data."""

    first: int
    erased: int

    def covers(self, backup: Backup) -> bool:
        """Tell whether a backup was made in between; of one that nothing vouches for it must be feared."""
        return backup.manifest is None or self.first <= backup.manifest.step < self.erased


@dataclass(frozen=True)
class StillHeld:
    """A backup that still holds what was erased, or is to be.

    Args:
        place: 本机 or U盘.
        until: the day it is gone by itself at the latest; None when somebody has to delete it.
    """

    backup: Backup
    place: str
    until: date | None


def still_held(backup: Backup, place: str) -> StillHeld:
    """Return until when a backup stays: what is not kept for ever is thinned out after two years at the latest."""
    until = None if backup.is_kept else backup.at.date() + timedelta(days=Keeping().monthly_days)
    return StillHeld(backup, place, until)


def held_words(held: Iterable[StillHeld]) -> tuple[str, ...]:
    """Return which backups still hold the data and until when, one line each place and kind."""
    lines = []
    groups: dict[tuple[str, bool], list[StillHeld]] = {}
    for one in held:
        groups.setdefault((one.place, one.until is None), []).append(one)
    for (place, by_hand), ones in groups.items():
        days = [one.until for one in ones if one.until is not None]
        end = "要人手删除" if by_hand else f"最迟 {max(days).isoformat()} 前自动清理"
        occasions = "、".join(dict.fromkeys(one.backup.occasion or "来历不明" for one in ones))
        lines.append(f"{place} {len(ones)} 份（{occasions}）：{end}")
    return tuple(lines)
