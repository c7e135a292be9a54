"""The roster: deputies, their mandates and their groups."""

from collections import defaultdict
from dataclasses import replace

from station_app.domain.people import (
    GENDER_LABELS,
    Deputy,
    Group,
    GroupKind,
    Mandate,
    Membership,
    RosterLine,
    day_problem,
    deputy_problems,
    level_label,
)
from station_app.domain.problems import invalid, refuse
from station_app.domain.text import NAME_LIMIT, clean_line, clean_name, clean_phone, text_problem
from station_app.services.done import ROSTER, Done
from station_app.storage.deputies import DeputyRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support import pinyin


class Roster:
    """Keeps deputies and groups."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = DeputyRecords(file)
        self._stations = StationRecords(file)

    # Reading

    def deputies(self) -> list[Deputy]:
        """Return every deputy, in roster order."""
        return self._records.all()

    def serving(self) -> list[Deputy]:
        """Return the deputies who hold a mandate today, in roster order."""
        today = self._file.clock.today().isoformat()
        return [deputy for deputy in self._records.all() if deputy.levels_on(today)]

    def deputy(self, deputy_id: int) -> Deputy:
        """Return one deputy."""
        return self._records.one(deputy_id)

    def groups(self) -> list[Group]:
        """Return every group with its dated members."""
        return self._records.groups()

    def lines(self, *, former: bool = False) -> list[RosterLine]:
        """Return the roster as it stands today, a row per serving deputy, in roster order.

        Args:
            former: True for those who hold no mandate any more; their row names the mandates they held.
        """
        today = self._file.clock.today().isoformat()
        kind = self._stations.profile().organ_kind
        villages = {village.id: village.short_name for village in self._stations.villages()}
        spelled = self._records.pinyin()
        groups: dict[int, dict[GroupKind, list[Group]]] = defaultdict(lambda: defaultdict(list))
        for group in self._records.groups():
            for member in group.memberships:
                if member.holds_on(today):
                    groups[member.deputy_id][group.kind].append(group)
        lines = []
        serving = [deputy for deputy in self._records.all() if bool(deputy.levels_on(today)) is not former]
        for index, deputy in enumerate(serving, 1):
            held = [mandate for mandate in deputy.mandates if former or mandate.holds_on(today)]
            levels = tuple(dict.fromkeys(mandate.level for mandate in held))
            own = groups[deputy.id]
            near = [villages[v] for group in own[GroupKind.AREA] for v in group.village_ids if v in villages]
            lines.append(
                RosterLine(
                    index=index,
                    deputy_id=deputy.id,
                    uid=deputy.uid,
                    name=deputy.name,
                    gender=GENDER_LABELS[deputy.gender],
                    ethnicity=deputy.ethnicity,
                    birth_month=deputy.birth_month,
                    party=deputy.party,
                    education=deputy.education,
                    post=deputy.post,
                    levels="、".join(level_label(level, kind) for level in levels),
                    terms="、".join(dict.fromkeys(m.term for m in held if m.term)),
                    constituencies="、".join(dict.fromkeys(m.constituency for m in held if m.constituency)),
                    card_numbers="、".join(m.card_number for m in held if m.card_number),
                    phone=deputy.phone,
                    area_groups="、".join(group.name for group in own[GroupKind.AREA]),
                    villages="、".join(dict.fromkeys(near)),
                    remark=deputy.remark,
                    field_groups="、".join(group.name for group in own[GroupKind.FIELD]),
                    households=sum(group.households or 0 for group in own[GroupKind.AREA]) or None,
                    state=_state(held, former=former),
                    checked_on=deputy.checked_on,
                    id_number=deputy.id_number,
                    address=deputy.address,
                    pinyin=" ".join(spelled.get(deputy.id, ("", ""))),
                )
            )
        return lines

    # Writing

    def save_deputy(self, deputy: Deputy) -> Done[int]:
        """Create (id 0) or change a deputy with mandates.

        Raises:
            InvalidInput: with every problem of every field.
        """
        deputy = replace(
            deputy,
            name=clean_name(deputy.name),
            phone=clean_phone(deputy.phone),
            phone2=clean_phone(deputy.phone2),
            post=clean_line(deputy.post),
            remark=clean_line(deputy.remark),
            address=clean_line(deputy.address),
        )
        refuse(deputy_problems(deputy, self._file.clock.today()))
        spelled = (pinyin.spelling(deputy.name).replace(" ", ""), " ".join(pinyin.initials(deputy.name)))
        with self._file.write("修改代表" if deputy.id else "新增代表") as step:
            if deputy.id:
                self._records.change(step, deputy, *spelled)
                deputy_id = deputy.id
            else:
                deputy_id = self._records.add(step, deputy, *spelled)
        return Done(deputy_id, f"已保存代表 {deputy.name}", frozenset({ROSTER}), step.id)

    def delete_deputy(self, deputy_id: int) -> Done[None]:
        """Take an entry made by mistake off the roster; it can be undone.

        Raises:
            InvalidInput: the deputy has signed in, received visitors or raised opinions: that is history.
        """
        if self._records.has_history(deputy_id):
            raise invalid("deputy", "这位代表已有签到、接待或意见记录，不能删除；不再担任的，请填写终止日期和原因。")
        with self._file.write("删除代表") as step:
            self._records.delete(step, deputy_id)
        return Done(None, "已从名册删除", frozenset({ROSTER}), step.id)

    def mark_checked(self, deputy_id: int) -> Done[None]:
        """Note that a deputy's entry was checked today (名册核对)."""
        deputy = replace(self._records.one(deputy_id), checked_on=self._file.clock.today().isoformat())
        done = self.save_deputy(deputy)
        return Done(None, "已核对", done.topics, done.step_id)

    def save_group(self, group: Group) -> Done[int]:
        """Create (id 0) or change a group and its villages.

        Raises:
            InvalidInput: the name is missing or taken.
        """
        group = replace(group, name=clean_line(group.name), arrangement=clean_line(group.arrangement))
        if not group.name:
            raise invalid("name", "请填写小组名称。")
        if any(g.name == group.name and g.id != group.id for g in self._records.groups()):
            raise invalid("name", f"已经有“{group.name}”。")
        refuse([text_problem("name", "小组名称", group.name, NAME_LIMIT)])
        with self._file.write("修改小组" if group.id else "新建小组") as step:
            group_id = self._records.save_group(step, group)
        return Done(group_id, f"已保存 {group.name}", frozenset({ROSTER}), step.id)

    def delete_group(self, group_id: int) -> Done[None]:
        """Delete a group that is not needed, with its members' places in it; it can be undone."""
        group = next(group for group in self._records.groups() if group.id == group_id)
        with self._file.write(f"删除小组 {group.name}") as step:
            step.delete("groups", group_id)
        return Done(None, f"已删除 {group.name}", frozenset({ROSTER}), step.id)

    def join(self, group_id: int, deputy_id: int, from_on: str, *, leader: bool = False) -> Done[None]:
        """Put a deputy into a group from a date on; an earlier area group ends that day.

        Raises:
            InvalidInput: the deputy is a member already, or the date is none.
        """
        refuse([day_problem("from_on", "编入日期", from_on)])
        groups = {group.id: group for group in self._records.groups()}
        group = groups[group_id]
        current = [
            (other, member)
            for other in groups.values()
            for member in other.memberships
            if member.deputy_id == deputy_id and not member.to_on
        ]
        if any(other.id == group_id for other, _ in current):
            raise invalid("deputy_id", "这位代表已经在这个小组。")
        with self._file.write("编入小组") as step:
            for other, member in current:
                if other.kind is GroupKind.AREA and group.kind is GroupKind.AREA:
                    self._records.change_membership(step, member.id, to_on=max(member.from_on, from_on))
            if leader:
                for member in group.memberships:
                    if member.leader and not member.to_on:
                        self._records.change_membership(step, member.id, leader=0)
            self._records.join(step, Membership(group_id, deputy_id, from_on, leader=leader))
        return Done(None, f"已编入 {group.name}", frozenset({ROSTER}), step.id)

    def leave(self, membership_id: int, to_on: str) -> Done[None]:
        """End a membership on a date; history stays.

        Raises:
            InvalidInput: the date is none.
        """
        refuse([day_problem("to_on", "移出日期", to_on)])
        with self._file.write("移出小组") as step:
            self._records.change_membership(step, membership_id, to_on=to_on)
        return Done(None, "已移出小组", frozenset({ROSTER}), step.id)

    def make_leader(self, group_id: int, deputy_id: int) -> Done[None]:
        """Make a member the group's leader; the one before is an ordinary member again."""
        group = next(group for group in self._records.groups() if group.id == group_id)
        with self._file.write("设组长") as step:
            for member in group.memberships:
                if not member.to_on:
                    self._records.change_membership(step, member.id, leader=int(member.deputy_id == deputy_id))
        return Done(None, f"已设为 {group.name} 组长", frozenset({ROSTER}), step.id)


def _state(held: list[Mandate], *, former: bool) -> str:
    if former:
        return "已离任"
    return "暂停履职" if any(mandate.suspended for mandate in held) else "在任"
