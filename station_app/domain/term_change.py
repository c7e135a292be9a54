"""The change of term (换届): who goes on, who ends, who is new; a draft until it is carried out in one step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from station_app.domain.people import Deputy, EndReason, Gender, Level, Mandate

TAKEN_FIELDS: Final = {
    "gender": "性别",
    "ethnicity": "民族",
    "birth_month": "出生年月",
    "party": "政治面貌",
    "education": "学历",
    "post": "单位及职务",
    "phone": "联系电话",
    "phone2": "备用电话",
    "village": "所在村(居)",
}
"""What a new list may tell about a deputy who is registered already, with its title."""


class Fate(StrEnum):
    """What becomes of a deputy of the old term."""

    OPEN = "open"
    CARRIED = "carried"
    ENDED = "ended"


FATE_LABELS = {Fate.OPEN: "未定", Fate.CARRIED: "连任", Fate.ENDED: "离任"}


class GroupsFate(StrEnum):
    """What becomes of memberships in groups."""

    KEEP = "keep"
    END = "end"
    LATER = "later"


GROUPS_FATE_LABELS = {
    GroupsFate.KEEP: "连任的留在原小组，离任的移出",
    GroupsFate.END: "上一届的全部移出，重新编组",
    GroupsFate.LATER: "先不动，以后再定",
}


@dataclass(frozen=True)
class Outgoing:
    """A deputy of the old term.

    Args:
        deputy_id: of the registered deputy.
        reason: why the mandate ends, when it does.
        constituency / card_number: of the new mandate, when carried over.
        row: the row of the new list that names the deputy, 1-based as in Excel; 0 for none.
        sheet: what the list tells (keys of `TAKEN_FIELDS`).
        take: whether what differs is taken from the list.
    """

    deputy_id: int
    fate: Fate = Fate.OPEN
    reason: EndReason = EndReason.TERM_OVER
    constituency: str = ""
    card_number: str = ""
    row: int = 0
    sheet: Mapping[str, str] = field(default_factory=dict)
    take: bool = True


@dataclass(frozen=True)
class Newcomer:
    """Somebody elected for the new term who was not in the old one.

    Args:
        name: as typed or listed.
        deputy_id: when registered already: a former deputy, or one of another level.
        candidates: ids of registered people of that name while nobody has said who is meant; empty otherwise.
        row, sheet, take: see `Outgoing`.
    """

    name: str
    constituency: str = ""
    card_number: str = ""
    deputy_id: int | None = None
    candidates: tuple[int, ...] = ()
    row: int = 0
    sheet: Mapping[str, str] = field(default_factory=dict)
    take: bool = True


@dataclass(frozen=True)
class TermChange:
    """A change of term that is being prepared.

    Args:
        ends_on: last day of the old term (ISO date).
        begins_on: first day of the new one, after that.
        until: last day of the new one, or empty.
        keep_constituencies: the new term's constituencies are those of the old one, with their villages and seats.
        sheet_name: file name of the new list that was read, or empty.
        step: at which step the clerk was.
    """

    level: Level
    old_term: str
    new_term: str
    ends_on: str
    begins_on: str
    until: str = ""
    keep_constituencies: bool = True
    groups: GroupsFate = GroupsFate.KEEP
    outgoing: tuple[Outgoing, ...] = ()
    newcomers: tuple[Newcomer, ...] = ()
    sheet_name: str = ""
    step: int = 0

    def count(self, fate: Fate) -> int:
        """Return how many of the old term have this fate."""
        return sum(one.fate is fate for one in self.outgoing)

    @property
    def doubtful(self) -> tuple[Newcomer, ...]:
        """Newcomers of whom nobody has said yet whether they are registered already."""
        return tuple(one for one in self.newcomers if one.candidates)

    def to_dict(self) -> dict[str, Any]:
        """Return the draft as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> "TermChange":
        """Return the draft `to_dict` gave."""
        values: dict[str, Any] = dict(kept)
        values["level"] = Level(kept["level"])
        values["groups"] = GroupsFate(kept["groups"])
        values["outgoing"] = tuple(
            Outgoing(**{**one, "fate": Fate(one["fate"]), "reason": EndReason(one["reason"])})
            for one in kept["outgoing"]
        )
        values["newcomers"] = tuple(
            Newcomer(**{**one, "candidates": tuple(one["candidates"])}) for one in kept["newcomers"]
        )
        return cls(**values)

    def ending(self, deputy: Deputy) -> tuple[Mandate, ...]:
        """Return the mandates of the deputy that end with the old term."""
        return tuple(
            one
            for one in deputy.mandates
            if one.level is self.level and one.term != self.new_term and one.holds_on(self.ends_on)
        )

    def fitted(self, deputies: Iterable[Deputy]) -> "TermChange":
        """Return the draft for the roster as it is now: who is gone is left out, who came is undecided."""
        known = {one.deputy_id: one for one in self.outgoing}
        registered = {deputy.id: deputy for deputy in deputies}
        outgoing = tuple(
            known.get(deputy.id) or Outgoing(deputy.id, constituency=ending[-1].constituency)
            for deputy in registered.values()
            if deputy.belongs_on(self.ends_on) and (ending := self.ending(deputy))
        )
        newcomers = tuple(
            replace(
                one,
                deputy_id=one.deputy_id if one.deputy_id in registered else None,
                candidates=tuple(each for each in one.candidates if each in registered),
            )
            for one in self.newcomers
        )
        return replace(self, outgoing=outgoing, newcomers=newcomers)

    def deciding(self, deputy_ids: Iterable[int], **values: Any) -> "TermChange":
        """Return the draft with other values (`Outgoing`) for some of the old term."""
        wanted = set(deputy_ids)
        return replace(
            self,
            outgoing=tuple(replace(one, **values) if one.deputy_id in wanted else one for one in self.outgoing),
        )


def day_before(day: str) -> str:
    """Return the ISO date before ``day``."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    """Return the ISO date after ``day``."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def differences(deputy: Deputy, sheet: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield key, registered and listed text of each field in which a list tells something else."""
    for key in TAKEN_FIELDS:
        current, listed = str(getattr(deputy, key)), sheet.get(key, "")
        if listed and listed != current:
            yield key, "" if current == Gender.UNKNOWN else current, listed


def taken_from(deputy: Deputy, sheet: Mapping[str, str], village_ids: Mapping[str, int]) -> Deputy:
    """Return the deputy with what a list tells.

    Args:
        village_ids: by name; a village that is not among them is left as it is.
    """
    values: dict[str, Any] = {key: listed for key, _, listed in differences(deputy, sheet)}
    if "gender" in values:
        values["gender"] = Gender(values["gender"])
    if "village" in values:
        if values["village"] in village_ids:
            values["village_id"] = village_ids[values["village"]]
        else:
            del values["village"]
    return replace(deputy, **values)


def changed_deputies(
    change: TermChange, deputies: Iterable[Deputy], village_ids: Mapping[str, int]
) -> Iterator[Deputy]:
    """Yield every deputy as the change of term leaves them; id 0 for who is not registered yet.

    No day up to ``ends_on`` is touched: what held ends that day, what is new begins after it. Undecided ones stay as
    they are.
    """
    registered = {deputy.id: deputy for deputy in deputies}
    for one in change.outgoing:
        deputy = registered[one.deputy_id]
        if one.fate is Fate.OPEN:
            continue
        ending = change.ending(deputy)
        reason = one.reason if one.fate is Fate.ENDED else EndReason.TERM_OVER
        mandates = [_ended(mandate, change, reason) if mandate in ending else mandate for mandate in deputy.mandates]
        if one.fate is Fate.CARRIED:
            mandates.append(_begun(change, one))
            deputy = taken_from(deputy, one.sheet, village_ids) if one.take else deputy
        yield replace(deputy, mandates=tuple(mandates))
    for new in change.newcomers:
        known = registered.get(new.deputy_id or 0)
        deputy = known or Deputy(new.name)
        ending = change.ending(deputy)  # of somebody who was at another station meanwhile
        mandates = [_ended(one, change, EndReason.TERM_OVER) if one in ending else one for one in deputy.mandates]
        if known is None or new.take:
            deputy = taken_from(deputy, new.sheet, village_ids)
        yield replace(deputy, mandates=(*mandates, _begun(change, new)))


def _ended(mandate: Mandate, change: TermChange, reason: EndReason) -> Mandate:
    if mandate.to_on == change.ends_on and mandate.end_reason:
        return mandate  # somebody wrote down already how it ended that day
    return replace(mandate, to_on=change.ends_on, end_reason=reason)


def _begun(change: TermChange, one: Outgoing | Newcomer) -> Mandate:
    return Mandate(change.level, change.new_term, one.constituency, one.card_number, change.begins_on)


def ends_altogether(change: TermChange, deputies: Iterable[Deputy]) -> tuple[int, ...]:
    """Return the ids of those who end and hold no other mandate when the new term begins."""
    ended = {one.deputy_id for one in change.outgoing if one.fate is Fate.ENDED}
    return tuple(
        deputy.id
        for deputy in deputies
        if deputy.id in ended
        and not any(m.holds_on(change.begins_on) and m not in change.ending(deputy) for m in deputy.mandates)
    )


def groups_end(change: TermChange, deputy: Deputy) -> str:
    """Return the ISO date on which places in groups and linked households end, empty where they do not.

    Args:
        deputy: as the change of term leaves them.
    """
    match change.groups:
        case GroupsFate.KEEP:
            return deputy.gone_on
        case GroupsFate.END if any(one.deputy_id == deputy.id for one in change.outgoing):
            return min(deputy.gone_on or change.begins_on, change.begins_on)
        case _:
            return ""


def elected(change: TermChange) -> Sequence[Outgoing | Newcomer]:
    """Return everybody who has a mandate in the new term."""
    return (*(one for one in change.outgoing if one.fate is Fate.CARRIED), *change.newcomers)
