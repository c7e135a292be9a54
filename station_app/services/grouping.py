"""Grouping: deputies' groups with their dated members, villages and grids, and what is to be checked about them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from station_app.domain.grouping_rules import Finding, Grouped, Rule, check_grouping, leader_word
from station_app.domain.groups import Grid, Group, GroupKind, HouseholdLink, Membership
from station_app.domain.member_book import MemberBook
from station_app.domain.people import day_problem
from station_app.domain.problems import FieldProblem, invalid, refuse
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, clean_line, text_problem
from station_app.services.done import ROSTER, Done
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.groups import GroupRecords
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.storage.terms import TermRecords

if TYPE_CHECKING:
    from station_app.domain.grouping_proposal import Proposal, Team

_RULES_OFF = "grouping_rules_off"


class Grouping:
    """Keeps the groups and who is in them from when to when."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = GroupRecords(file)
        self._deputies = DeputyRecords(file)
        self._settings = Settings(file)

    # Reading

    def groups(self) -> list[Group]:
        """Return every group with its dated members."""
        return self._records.all()

    def grids(self) -> list[Grid]:
        """Return the grids of every village."""
        return self._records.grids()

    def households(self) -> list[HouseholdLink]:
        """Return every household link, past ones too."""
        return self._records.households()

    def grouped(self, on: str) -> Grouped:
        """Return the grouping of a day (ISO date) with everything the rules ask about."""
        return Grouped(
            on,
            tuple(self._records.all()),
            tuple(self._deputies.all()),
            tuple(StationRecords(self._file).villages()),
            tuple(TermRecords(self._file).constituencies()),
            tuple(self._records.households()),
        )

    def findings(self, on: str) -> list[Finding]:
        """Return what is not as the rules in use want it on a day (ISO date)."""
        return check_grouping(self.grouped(on), self.rules_off())

    def rules_off(self) -> frozenset[Rule]:
        """Return the rules that are switched off."""
        known = set(Rule)
        return frozenset(Rule(name) for name in self._settings.get(_RULES_OFF, []) if name in known)

    # Groups

    def save_group(self, group: Group, on: str = "") -> Done[int]:
        """Create (id 0) or change a group, its villages and grids.

        Args:
            on: ISO date from which villages and grids that come or go do so; empty for today.

        Raises:
            InvalidInput: the name is missing or taken, a date is none, or members stand against the change.
        """
        group = replace(
            group,
            name=clean_line(group.name),
            arrangement=clean_line(group.arrangement),
            remark=clean_line(group.remark),
        )
        known = {one.id: one for one in self._records.all()}
        refuse(_group_problems(group, known))
        with self._file.write("修改小组" if group.id else "新建小组") as step:
            group_id = self._records.save(step, group, on or self._today())
        return Done(group_id, f"已保存 {group.name}", frozenset({ROSTER}), step.id)

    def delete_group(self, group_id: int) -> Done[None]:
        """Delete a group that is not needed, with its members' places in it; it can be undone."""
        group = self._group(group_id)
        with self._file.write(f"删除小组 {group.name}") as step:
            step.delete("groups", group_id)
        return Done(None, f"已删除 {group.name}", frozenset({ROSTER}), step.id)

    def end_group(self, group_id: int, on: str) -> Done[None]:
        """Give a group up on a day: its members leave that day, and it serves nothing any more; history stays.

        Raises:
            InvalidInput: at ``to_on``.
        """
        refuse([day_problem("to_on", "撤销日期", on)])
        group = self._group(group_id)
        if on <= group.from_on:
            raise invalid("to_on", f"{group.name} {group.from_on} 才成立；录错的小组请直接删除。")
        if group.to_on and group.to_on <= on:
            raise invalid("to_on", f"{group.name} {group.to_on} 已经撤销。")
        with self._file.write(f"撤销小组 {group.name}") as step:
            book = self._book()
            book.close(group_id, on)
            self._records.write_members(step, book.before, book.after())
            self._give_up(step, group_id, on)
        return Done(None, f"{group.name} {on} 撤销", frozenset({ROSTER}), step.id)

    def reopen_group(self, group_id: int, on: str) -> Done[None]:
        """Let a group that was given up exist again; who was in it at the end and is free joins on a day.

        Raises:
            InvalidInput: at ``from_on``.
        """
        refuse([day_problem("from_on", "恢复日期", on)])
        group = self._group(group_id)
        if not group.to_on or on < group.to_on:
            raise invalid("from_on", f"恢复日期应在撤销日期 {group.to_on} 或以后。")
        last = [one for one in group.memberships if one.to_on == group.to_on]
        villages = tuple(one.place_id for one in group.villages if one.to_on == group.to_on)
        grids = tuple(one.place_id for one in group.grids if one.to_on == group.to_on)
        opened = replace(group, to_on="", village_ids=villages, grid_ids=grids)
        known = {one.id: one for one in self._records.all()}
        taken = _in_areas_from(known.values(), on) if group.kind is GroupKind.AREA else frozenset()
        book = self._book()
        book.add_group(opened)
        for one in last:
            if one.deputy_id not in taken and self._deputies.one(one.deputy_id).serves_on(on):
                book.join(group_id, one.deputy_id, on, leader=one.leader)
        with self._file.write(f"恢复小组 {group.name}") as step:
            self._records.save(step, opened, on)
            self._records.write_members(step, book.before, book.after())
        return Done(None, f"{group.name} {on} 恢复", frozenset({ROSTER}), step.id)

    # Members

    def join(self, group_id: int, deputy_id: int, from_on: str, *, leader: bool = False) -> Done[None]:
        """Put a deputy into a group from a day on; an earlier area group ends that day.

        Raises:
            InvalidInput: see `MemberBook.join`.
        """
        return self._moved(
            "编入小组",
            f"已编入 {self._group(group_id).name}",
            lambda book: book.join(group_id, deputy_id, from_on, leader=leader),
        )

    def join_all(
        self, group_id: int, deputy_ids: Sequence[int], from_on: str, leader_id: int | None = None
    ) -> Done[None]:
        """Put several deputies into a group from a day on, in one step.

        Args:
            leader_id: who of them leads, or None.

        Raises:
            InvalidInput: none is named, or as of `MemberBook.join`; then nobody has joined.
        """
        if not deputy_ids:
            raise invalid("deputy_ids", "请至少选一位代表，可以输入姓名首字母。")

        def act(book: MemberBook) -> None:
            for deputy_id in deputy_ids:
                book.join(group_id, deputy_id, from_on, leader=deputy_id == leader_id)

        return self._moved("编入小组", f"{len(deputy_ids)} 位已编入 {self._group(group_id).name}", act)

    def leave(self, membership_id: int, to_on: str) -> Done[None]:
        """End a membership on a date; history stays. On the day it began it is taken out.

        Raises:
            InvalidInput: see `MemberBook.leave`.
        """
        return self.leave_all([membership_id], to_on)

    def leave_all(self, membership_ids: Sequence[int], to_on: str) -> Done[None]:
        """End several memberships on a date, in one step.

        Raises:
            InvalidInput: see `MemberBook.leave`.
        """

        def act(book: MemberBook) -> None:
            for one in [book.row(membership_id) for membership_id in membership_ids]:
                book.leave(one.group_id, one.deputy_id, to_on)

        return self._moved("移出小组", "已移出小组", act)

    def move(self, membership_ids: Sequence[int], to_group_id: int, on: str) -> Done[None]:
        """Let members leave their group and join another on the same day, in one step.

        Raises:
            InvalidInput: see `MemberBook.move`.
        """

        def act(book: MemberBook) -> None:
            for one in [book.row(membership_id) for membership_id in membership_ids]:
                book.move(one.group_id, one.deputy_id, to_group_id, on)

        return self._moved("移到别的小组", f"已移到 {self._group(to_group_id).name}", act)

    def make_leader(self, group_id: int, deputy_id: int | None, on: str = "") -> Done[None]:
        """Let a member lead the group from a day on; the one before is an ordinary member again.

        Args:
            deputy_id: None for nobody.
            on: ISO date, empty for today.

        Raises:
            InvalidInput: see `MemberBook.lead`.
        """
        group = self._group(group_id)
        word = leader_word(group.kind)
        return self._moved(
            f"设{word}" if deputy_id is not None else f"免{word}",
            f"已设为 {group.name} {word}" if deputy_id is not None else f"{group.name} 不再有{word}",
            lambda book: book.lead(group_id, deputy_id, on or self._today()),
        )

    def correct_membership(self, membership_id: int, from_on: str, to_on: str) -> Done[None]:
        """Correct the dates of a membership that was entered wrongly (更正).

        Raises:
            InvalidInput: see `MemberBook.correct`.
        """
        return self._moved("更正编组日期", "已更正编组日期", lambda book: book.correct(membership_id, from_on, to_on))

    def remove_membership(self, membership_id: int) -> Done[None]:
        """Delete a membership that never was (更正); it can be undone."""
        return self._moved("删除录错的编组", "已删除录错的一条", lambda book: book.remove(membership_id))

    def adopt(self, proposal: "Proposal", on: str) -> Done[None]:
        """Take a proposal over on a day, in one step: old memberships end that day, new ones begin; who stays, stays.

        Raises:
            InvalidInput: at ``on``, at ``name`` of a group, or who cannot join that day.
        """
        refuse([day_problem("on", "采用日期", on)])
        known = {group.id: group for group in self._records.all()}
        book = self._book()
        with self._file.write("采用编组方案") as step:
            ids = [self._save_team(step, proposal.kind, team, known, (on, len(known) + at))
                   for at, team in enumerate(proposal.teams)]  # fmt: skip
            target = {one: ids[at] for at, team in enumerate(proposal.teams) for one in team.deputy_ids}
            for group in self._records.all():
                book.add_group(group)
                if group.kind is proposal.kind:
                    for member in book.members_on(group.id, on):
                        if target.get(member.deputy_id) != group.id:
                            book.leave(group.id, member.deputy_id, on)
            for group_id, team in zip(ids, proposal.teams, strict=True):
                present = {member.deputy_id: member.leader for member in book.members_on(group_id, on)}
                for deputy_id in team.deputy_ids:
                    if deputy_id not in present:
                        book.join(group_id, deputy_id, on)
                if not (present.get(team.leader_id) if team.leader_id else not any(present.values())):
                    book.lead(group_id, team.leader_id, on)
            for group_id in proposal.ended:
                book.close(group_id, on)
                self._give_up(step, group_id, on)
            self._records.write_members(step, book.before, book.after())
        return Done(None, f"已采用编组方案，自 {on} 起", frozenset({ROSTER}), step.id)

    def _save_team(
        self, step: Step, kind: GroupKind, team: "Team", known: Mapping[int, Group], since: tuple[str, int]
    ) -> int:
        """Save a group of a proposal.

        Args:
            since: from which day, and the position of a new group.
        """
        on, position = since
        made = known.get(team.group_id) or Group(0, "", "", kind, position=position, from_on=on)
        group = replace(made, name=clean_line(team.name), village_ids=team.village_ids)
        refuse(_group_problems(group, known))
        return self._records.save(step, group, on)

    # Rules

    def save_rules_off(self, rules: frozenset[Rule]) -> Done[None]:
        """Switch rules off; those not named are checked."""
        with self._file.write("保存编组检查规则") as step:
            self._settings.put(step, _RULES_OFF, sorted(rules))
        return Done(None, "已保存编组检查规则", frozenset({ROSTER}), step.id)

    # How

    def _moved(self, label: str, done: str, act: Callable[[MemberBook], None]) -> Done[None]:
        book = self._book()
        act(book)
        with self._file.write(label) as step:
            self._records.write_members(step, book.before, book.after())
        return Done(None, done, frozenset({ROSTER}), step.id)

    def _give_up(self, step: Step, group_id: int, on: str) -> None:
        self._records.end_served(step, group_id, on)
        step.update("groups", group_id, to_on=on)

    def _book(self) -> MemberBook:
        return MemberBook(self._records.all(), self._deputies.all())

    def _group(self, group_id: int) -> Group:
        return next(group for group in self._records.all() if group.id == group_id)

    def _today(self) -> str:
        return self._file.clock.today().isoformat()


def _in_areas_from(groups: Iterable[Group], on: str) -> frozenset[int]:
    """Return who is in an area group on a day or is to be later."""
    return frozenset(
        one.deputy_id
        for group in groups
        if group.kind is GroupKind.AREA
        for one in group.memberships
        if not one.to_on or one.to_on > on
    )


def _group_problems(group: Group, known: Mapping[int, Group]) -> list[FieldProblem | None]:
    """Return what is wrong with a group to be saved; None stands for a check that passed."""
    before = known.get(group.id)
    others = [one for one in known.values() if one.id != group.id]
    problems = [
        None if group.name else FieldProblem("name", "请填写小组名称。"),
        FieldProblem("name", f"已经有“{group.name}”。")
        if group.name in {one.name for one in others if not one.to_on}
        else None,
        text_problem("name", "小组名称", group.name, NAME_LIMIT),
        text_problem("arrangement", "进站安排", group.arrangement, LINE_LIMIT),
        text_problem("remark", "备注", group.remark, LINE_LIMIT),
        day_problem("from_on", "成立日期", group.from_on) if group.from_on else None,
    ]
    if before is None:
        return problems
    first = min((one.from_on for one in before.memberships), default="")
    if first and group.from_on > first:
        problems.append(FieldProblem("from_on", f"{first} 就有成员编入，成立日期不能更晚。"))
    if group.kind is GroupKind.AREA and before.kind is not GroupKind.AREA:
        # Whoever is in an area group already would be in two.
        inside = {
            (one.deputy_id, other.name) for other in others if other.kind is group.kind
            for one in other.memberships for own in before.memberships
            if one.deputy_id == own.deputy_id and _share_days(one, own)
        }  # fmt: skip
        if inside:
            names = "、".join(sorted({name for _, name in inside}))
            problems.append(
                FieldProblem("kind", f"有 {len({one for one, _ in inside})} 位成员已在{names}，不能改为片区小组。")
            )
    return problems


def _share_days(one: Membership, other: Membership) -> bool:
    return (not other.to_on or one.from_on < other.to_on) and (not one.to_on or other.from_on < one.to_on)
