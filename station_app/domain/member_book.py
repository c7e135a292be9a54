"""Who is a member of which group from when to when, and the moves that change it without touching the days before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from station_app.domain.groups import Group, GroupKind, Membership
from station_app.domain.people import Deputy, day_problem
from station_app.domain.problems import invalid, refuse

_EVER: Final = "9999-12-31"
Segments = list[Membership]
"""The memberships of one deputy in one group, in order of time; where one leads, another row begins."""


class MemberBook:
    """The memberships of every group, to be changed by dated moves and then written as a difference.

    What always holds: the rows of one deputy in one group do not overlap; nobody is in two area groups on a day; a
    group has one leader at most on a day. A move on a day leaves the days before it as they were.

    Args:
        groups: every group with its memberships.
        deputies: every deputy.
    """

    def __init__(self, groups: Iterable[Group], deputies: Iterable[Deputy]) -> None:
        self._groups = {group.id: group for group in groups}
        self._deputies = {deputy.id: deputy for deputy in deputies}
        self.before = tuple(one for group in self._groups.values() for one in group.memberships)
        self._rows: dict[tuple[int, int], Segments] = defaultdict(list)
        for one in sorted(self.before, key=lambda row: (row.from_on, row.id)):
            self._rows[one.group_id, one.deputy_id].append(one)

    def after(self) -> list[Membership]:
        """Return every membership as it is now; new ones have the id 0."""
        return [one for rows in self._rows.values() for one in rows]

    def add_group(self, group: Group) -> None:
        """Know a group that has just been made."""
        self._groups[group.id] = group

    def members_on(self, group_id: int, day: str) -> list[Membership]:
        """Return who is in a group on a day (ISO date)."""
        return [one for one in self.after() if one.group_id == group_id and one.holds_on(day)]

    def row(self, membership_id: int) -> Membership:
        """Return one membership by its id."""
        return next(one for one in self.after() if one.id == membership_id)

    # Moves

    def join(self, group_id: int, deputy_id: int, on: str, *, leader: bool = False) -> None:
        """Put a deputy into a group from a day on; the area group of that day ends, when this is one.

        The membership ends by itself when the deputy goes (`Deputy.gone_on`), or with the group.

        Raises:
            InvalidInput: at ``from_on`` or ``deputy_id``.
        """
        group, deputy = self._groups[group_id], self._deputies[deputy_id]
        self._refuse_absence(group, deputy, on)
        for one in self._rows[group_id, deputy_id]:
            if _end(one) > on:
                since = "" if one.holds_on(on) else f"自 {one.from_on} 起"
                raise invalid("deputy_id", f"{deputy.name}{since}已经在{group.name}，要改日期请用“更正”。")
        if group.kind is GroupKind.AREA:
            self._leave_other_areas(group, deputy, on)
        self._rows[group_id, deputy_id].append(Membership(group_id, deputy_id, on, latest_end(group, deputy)))
        self._tidy(group_id, deputy_id)
        if leader:
            self.lead(group_id, deputy_id, on)

    def leave(self, group_id: int, deputy_id: int, on: str) -> None:
        """End the stay of a deputy in a group that holds on a day; on the day it began it never was.

        Raises:
            InvalidInput: at ``to_on``.
        """
        refuse([day_problem("to_on", "移出日期", on)])
        group, name = self._groups[group_id], self._deputies[deputy_id].name
        stays = _stays(self._rows[group_id, deputy_id])
        stay = next((one for one in stays if one[0].from_on <= on < _end(one[-1])), None)
        if stay is None:
            begun = [one[0].from_on for one in stays if one[0].from_on > on]
            why = f"自 {begun[0]} 起才在{group.name}" if begun else f"这一天已经不在{group.name}"
            raise invalid("to_on", f"{name}{why}，请核对移出日期。")
        self._cut(stay, on)

    def move(self, group_id: int, deputy_id: int, to_group_id: int, on: str, *, leader: bool = False) -> None:
        """Leave one group and join another on the same day.

        Raises:
            InvalidInput: see `join` and `leave`.
        """
        if group_id == to_group_id:
            raise invalid("group_id", f"{self._deputies[deputy_id].name}已经在{self._groups[group_id].name}。")
        self._refuse_absence(self._groups[to_group_id], self._deputies[deputy_id], on)
        self.leave(group_id, deputy_id, on)
        self.join(to_group_id, deputy_id, on, leader=leader)

    def lead(self, group_id: int, deputy_id: int | None, on: str) -> None:
        """Let a member lead the group from a day on as long as the stay lasts; the one before is an ordinary member.

        Args:
            deputy_id: None: nobody leads from that day on.

        Raises:
            InvalidInput: at ``on``: the day is none, or the deputy is not in the group that day.
        """
        refuse([day_problem("on", "任组长日期", on)])
        until = _EVER
        if deputy_id is not None:
            stays = _stays(self._rows[group_id, deputy_id])
            stay = next((one for one in stays if one[0].from_on <= on < _end(one[-1])), None)
            if stay is None:
                name, group = self._deputies[deputy_id].name, self._groups[group_id].name
                raise invalid("on", f"{name} {on} 不在{group}，不能从这一天起任组长。")
            until = _end(stay[-1])
        for of_group, member_id in list(self._rows):
            if of_group == group_id:
                rows = self._rows[of_group, member_id]
                self._rows[of_group, member_id] = [
                    part for one in rows for part in _flagged(one, on, until, leader=member_id == deputy_id)
                ]
                self._tidy(of_group, member_id)

    def close(self, group_id: int, on: str) -> None:
        """End every membership of a group that is given up on a day; those that were to begin later are deleted."""
        for of_group, deputy_id in list(self._rows):
            if of_group == group_id:
                self._cut(self._rows[of_group, deputy_id], on)

    # Corrections

    def correct(self, membership_id: int, from_on: str, to_on: str) -> None:
        """Correct the dates of a membership; the row it touches on that side (leader or not) follows.

        Raises:
            InvalidInput: at ``from_on`` or ``to_on``: what always holds would not.
        """
        refuse([day_problem("from_on", "编入日期", from_on)])
        refuse([day_problem("to_on", "移出日期", to_on) if to_on else None])
        if to_on and to_on <= from_on:
            raise invalid("to_on", "移出日期应在编入日期之后；整条录错的，请用“删除这一条”。")
        old = self.row(membership_id)
        group, deputy = self._groups[old.group_id], self._deputies[old.deputy_id]
        if from_on != old.from_on:
            self._refuse_absence(group, deputy, from_on)
        latest = latest_end(group, deputy)
        if latest and to_on > latest:
            raise invalid("to_on", f"{deputy.name} {latest} 起已不在{group.name}，移出日期不能更晚。")
        if latest and not to_on:
            to_on = latest
        rows = []
        for one in self._rows[old.group_id, old.deputy_id]:
            if one.id == membership_id:
                rows.append(replace(one, from_on=from_on, to_on=to_on))
            elif one.to_on == old.from_on and one.from_on < from_on:
                rows.append(replace(one, to_on=from_on))
            elif old.to_on and one.from_on == old.to_on and to_on and to_on < _end(one):
                rows.append(replace(one, from_on=to_on))
            else:
                rows.append(one)
        self._rows[old.group_id, old.deputy_id] = sorted(rows, key=lambda one: one.from_on)
        self._refuse_clash(group, deputy)
        self._tidy(group.id, deputy.id)

    def remove(self, membership_id: int) -> None:
        """Take out a membership that never was."""
        old = self.row(membership_id)
        self._rows[old.group_id, old.deputy_id] = [
            one for one in self._rows[old.group_id, old.deputy_id] if one.id != membership_id
        ]

    # Rules

    def _refuse_absence(self, group: Group, deputy: Deputy, on: str) -> None:
        refuse([day_problem("from_on", "编入日期", on)])
        if not deputy.serves_on(on):
            held = sorted(mandate.from_on for mandate in deputy.mandates)
            last = deputy.gone_on
            if held and held[0] > on:
                why = f"{held[0]} 才开始担任代表"
            elif last and last <= on:
                why = f"{last} 起已不再担任代表"
            else:
                why = "这一天不是本站的代表"
            raise invalid("from_on", f"{deputy.name} {why}，{on} 不能编入小组。")
        if not group.exists_on(on):
            why = f"{group.from_on} 才成立" if group.from_on > on else f"{group.to_on} 起已经撤销"
            raise invalid("from_on", f"{group.name} {why}，请核对日期。")

    def _leave_other_areas(self, group: Group, deputy: Deputy, on: str) -> None:
        for (group_id, deputy_id), rows in list(self._rows.items()):
            other = self._groups[group_id]
            if deputy_id != deputy.id or other.id == group.id or other.kind is not GroupKind.AREA:
                continue
            for stay in _stays(rows):
                if stay[0].from_on > on:
                    since = stay[0].from_on
                    raise invalid(
                        "from_on", f"{deputy.name}自 {since} 起已编入{other.name}，一位代表不能同时在两个片区小组。"
                    )
                if on < _end(stay[-1]):
                    self._cut(stay, on)

    def _refuse_clash(self, group: Group, deputy: Deputy) -> None:
        own = self._rows[group.id, deputy.id]
        others = [one for key, rows in self._rows.items() if key != (group.id, deputy.id) for one in rows]
        for at, one in enumerate(own):
            if any(_overlap(one, later) for later in own[at + 1 :]):
                raise invalid("from_on", f"{deputy.name}在{group.name}的两段时间重叠了，请核对日期。")
            for other in others:
                if not _overlap(one, other):
                    continue
                place = self._groups[other.group_id]
                if other.deputy_id == deputy.id and group.kind is place.kind is GroupKind.AREA:
                    raise invalid(
                        "from_on",
                        f"{deputy.name} {_span(other)}在{place.name}，一位代表不能同时在两个片区小组。",
                    )
                if other.group_id == group.id and one.leader and other.leader:
                    name = self._deputies[other.deputy_id].name
                    raise invalid("from_on", f"{group.name} {_span(other)}的组长是{name}，请先更正那一条。")

    # Rows

    def _cut(self, rows: Segments, on: str) -> None:
        """Let some rows of one deputy in one group end on a day; what would begin later goes."""
        for one in list(rows):
            own = self._rows[one.group_id, one.deputy_id]
            if one.from_on >= on:
                own.remove(one)
            elif _end(one) > on:
                own[own.index(one)] = replace(one, to_on=on)

    def _tidy(self, group_id: int, deputy_id: int) -> None:
        """Make one row of two that touch and say the same."""
        tidy: Segments = []
        for one in self._rows[group_id, deputy_id]:
            last = tidy[-1] if tidy else None
            if last is not None and last.to_on == one.from_on and last.leader == one.leader:
                tidy[-1] = replace(last, to_on=one.to_on, id=last.id or one.id, uid=last.uid or one.uid)
            else:
                tidy.append(one)
        self._rows[group_id, deputy_id] = tidy


def _end(one: Membership) -> str:
    return one.to_on or _EVER


def _overlap(one: Membership, other: Membership) -> bool:
    return one.from_on < _end(other) and other.from_on < _end(one)


def _span(one: Membership) -> str:
    return f"{one.from_on} 至 {_day_before(one.to_on)} " if one.to_on else f"自 {one.from_on} 起"


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _stays(rows: Segments) -> list[Segments]:
    """Return rows that touch one another together: a member who leads for a time stays all the while."""
    stays: list[Segments] = []
    for one in rows:
        if stays and stays[-1][-1].to_on == one.from_on:
            stays[-1].append(one)
        else:
            stays.append([one])
    return stays


def _flagged(one: Membership, since: str, until: str, *, leader: bool) -> Segments:
    """Return a row in parts, the one between two days with a leader's mark or without."""
    if one.leader is leader or not (one.from_on < until and since < _end(one)):
        return [one]
    parts = []
    if one.from_on < since:
        parts.append(replace(one, to_on=since))
    middle = replace(one, from_on=max(one.from_on, since), to_on="" if until == _EVER else until, leader=leader)
    if one.to_on and _end(one) < until:
        middle = replace(middle, to_on=one.to_on)
    if parts:
        middle = replace(middle, id=0, uid="")
    parts.append(middle)
    if until < _end(one):
        parts.append(replace(one, from_on=until, id=0, uid=""))
    return parts


def latest_end(group: Group, deputy: Deputy) -> str:
    """Return the day on which a membership ends at the latest, or empty while there is no end."""
    return min((day for day in (deputy.gone_on, group.to_on) if day), default="")
