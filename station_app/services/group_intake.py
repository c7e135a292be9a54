"""Taking in groups: a line a group or a line a member; who comes and goes does so on a day, the days before stay."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from station_app.documents.columns import Column, Kind
from station_app.domain.group_sheet import GROUP_FORM, GroupRow, group_key, member_keys
from station_app.domain.group_table import KnownGroups, read_group_rows, read_group_table
from station_app.domain.groups import GROUP_KIND_LABELS, Grid, Group, GroupKind, Membership
from station_app.domain.member_book import MemberBook
from station_app.domain.named_deputies import NamedDeputies
from station_app.domain.problems import InvalidInput, invalid
from station_app.domain.raw_sheet import Cell, RawSheet
from station_app.domain.row_verdicts import CellProblem, Known, RowVerdict
from station_app.domain.sheet_form import SheetForm
from station_app.domain.sheet_mapping import DataRow, MappedColumn, SheetMapping, SkippedRow
from station_app.services.group_rows import GroupRows, works_on
from station_app.services.grouping import Grouping
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.services.sheet_villages import village_ids
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.groups import GroupRecords
from station_app.storage.imports import ImportRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords

_KIND = "groups"
_PRINTED = ("name", "kind", "leader", "members", "places", "households", "arrangement", "remark")
_WHOLE = SheetMapping("", (1,), tuple(MappedColumn(0, key, key) for key in _PRINTED))


class GroupIntake:
    """The kind 编组一览表."""

    form: ClassVar[SheetForm] = GROUP_FORM
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column[GroupRow]("name", "小组名称", lambda row: row.name, Kind.TEXT, 14),
        Column[GroupRow]("kind", "类型", lambda row: GROUP_KIND_LABELS[row.kind] if row.kind else "", Kind.LABEL, 9),
        Column[GroupRow]("leader", "组长", lambda row: row.leader.name if row.leader else "", Kind.LABEL, 9),
        Column[GroupRow]("members", "成员", lambda row: row.told_members, Kind.TEXT, 24),
        Column[GroupRow]("places", "联系村(居)、网格", lambda row: row.told_places, Kind.TEXT, 18),
    )

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._groups = GroupRecords(file)
        self._deputies = DeputyRecords(file)
        self._stations = StationRecords(file)
        self._imports = ImportRecords(file)

    def read(self, sheet: RawSheet, mapping: SheetMapping) -> tuple[tuple[GroupRow, ...], tuple[SkippedRow, ...]]:
        """Return the groups or members of a worksheet and the rows that are none; what cannot be is told here."""
        rows, skipped = read_group_table(sheet, mapping, self._known_names())
        return tuple(self._tried(rows)), skipped

    def villages(self, row: GroupRow) -> Iterable[str]:
        """Return the villages the group keeps contact with."""
        return (village for village, _grid in row.places)

    def rest(self, row: GroupRow) -> GroupRow | None:
        """Return a group's row without the names nobody on the roster has."""
        other = tuple(
            problem for problem in row.problems if not any(f"“{name}”" in problem.reason for name in row.unknown)
        )
        if row.single or not row.unknown or other:
            return None
        said = CellProblem(row.row_number, "", f"没有编入：{'、'.join(row.unknown)}（代表名册里找不到）。")
        return replace(row, problems=(), notices=(*row.notices, said), digest="")

    def known(self) -> list[Known]:
        """Return every group as 编组一览表 prints it today, and every membership."""
        remembered = {row.record_uid: row for row in self._imports.all(_KIND)}
        today = self._today()
        printed = GroupRows(SettingsDesk(self._file), Roster(self._file), Grouping(self._file), today)
        lines = [printed.group_line(0, group) for group in printed.groups]
        data = [DataRow(at, _cells(line), _WHOLE) for at, line in enumerate(lines)]
        said = read_group_rows(data, self._known_names())
        known = [
            _known(
                group.uid,
                (group_key(group.name),),
                {**row.values, "people": _count(group.people)},
                group.name,
                remembered,
            )
            for group, row in zip(printed.groups, said, strict=True)
        ]
        names = {deputy.id: deputy.name for deputy in self._deputies.all()}
        for group in self._groups.all():
            last = {one.deputy_id: one.uid for one in sorted(group.memberships, key=lambda one: one.from_on)}
            for one in group.memberships:
                keys = member_keys(group.name, one.deputy_id, one.from_on)
                keys = keys if last[one.deputy_id] == one.uid else keys[:1]
                current = {"is_leader": "是" if one.leader else "", "from_on": one.from_on, "to_on": one.to_on}
                known.append(_known(one.uid, keys, current, names[one.deputy_id], remembered))
        return known

    def take_in(self, step: Step, pairs: Sequence[tuple[GroupRow, RowVerdict]]) -> Iterator[str]:
        """Write groups, memberships and new grids, and yield the uids of the groups or memberships."""
        deputies = self._deputies.all()
        for row, verdict in pairs:
            groups = self._groups.all()
            group = _group_of(row, groups)
            fields = {difference.field for difference in verdict.differences if difference.applies}
            if group is None or not row.single:
                group = self._save(step, row, group, fields, len(groups))
            book = MemberBook([*(one for one in groups if one.id != group.id), group], deputies)
            self._apply(book, row, group, fields if verdict.kind == "changed" else None)
            self._groups.write_members(step, book.before, book.after())
            yield self._membership(row, group.id).uid if row.single else group.uid

    def _save(self, step: Step, row: GroupRow, group: Group | None, fields: set[str], position: int) -> Group:
        """Save what a row says of the group itself and return it as it then is."""
        new = group is None
        made = group or Group(
            0, "", row.name, row.kind or GroupKind.AREA, position=position, from_on="" if row.single else row.from_on
        )
        values = {key: getattr(row, key) for key in ("name", "kind", "households", "people", "arrangement", "remark")}
        told = {key: value for key, value in values.items() if (new and value is not None) or key in fields}
        if new or "places" in fields:
            told["village_ids"], told["grid_ids"] = self._places(step, row)
        group_id = self._groups.save(step, replace(made, **told), self._today())
        return next(one for one in self._groups.all() if one.id == group_id)

    def _places(self, step: Step, row: GroupRow) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return ids of villages and grids, making grids that are not known yet."""
        villages = village_ids(self._file)
        grids = {(grid.village_id, grid.name): grid.id for grid in self._groups.grids()}
        whole, parts = [], []
        for village, name in row.places:
            village_id = villages.get(village)
            if village_id is None:
                continue
            if not name:
                whole.append(village_id)
            else:
                known = grids.get((village_id, name))
                parts.append(known or self._groups.save_grid(step, Grid(0, "", village_id, name)))
        return tuple(whole), tuple(parts)

    def _tried(self, rows: Sequence[GroupRow]) -> Iterator[GroupRow]:
        """Yield the rows, with a problem where a deputy cannot join or leave as the row says."""
        groups, deputies = self._groups.all(), self._deputies.all()
        book = MemberBook(groups, deputies)
        for row in rows:
            trial = self.rest(row) if row.problems else row
            if trial is None:
                yield row
                continue
            group = _group_of(row, groups)
            if group is None:
                group = Group(-len(groups) - 1, "", row.name, row.kind or GroupKind.AREA)
                groups.append(group)
                book.add_group(group)
            before = book.after()
            try:
                if any(one.name == row.name and one is not group for one in groups):
                    raise invalid("name", f"已经有“{row.name}”，不能改成这个名称。")
                self._apply(book, trial, group, None)
            except InvalidInput as refused:
                book = MemberBook(_with_members(groups, before), deputies)
                key = ("member" if "member" in row.columns else "members") if row.single else "members"
                refusal = CellProblem(row.row_number, "", f"{GROUP_FORM.field(key).title}：{refused}")
                yield replace(row, problems=(*row.problems, refusal))
            else:
                yield row

    def _apply(self, book: MemberBook, row: GroupRow, group: Group, fields: set[str] | None) -> None:
        """Let join, leave and lead whom the row says.

        Args:
            fields: those that may be written; None for all.

        Raises:
            InvalidInput: see `MemberBook`.
        """
        if row.single:
            self._apply_one(book, row, group, fields)
            return
        new = not any(one.group_id == group.id for one in book.after())
        on = (row.from_on if new else "") or self._today()
        present = {one.deputy_id: one.leader for one in book.members_on(group.id, on)}
        if "members" in row.columns and (fields is None or "members" in fields):
            wanted = {deputy.id for deputy in row.members}
            for deputy_id in (present.keys() & self._working) - wanted if wanted else ():
                book.leave(group.id, deputy_id, on)
            for deputy in row.members:
                if deputy.id not in present:
                    book.join(group.id, deputy.id, on)
        if row.leader and not present.get(row.leader.id) and (fields is None or "leader" in fields):
            if row.leader.id not in {one.deputy_id for one in book.members_on(group.id, on)}:
                book.join(group.id, row.leader.id, on)
            book.lead(group.id, row.leader.id, on)

    def _apply_one(self, book: MemberBook, row: GroupRow, group: Group, fields: set[str] | None) -> None:
        deputy, on = row.members[0], row.from_on or self._today()
        own = [one for one in book.after() if one.group_id == group.id and one.deputy_id == deputy.id]
        same = next((one for one in own if one.from_on == row.from_on or (not row.from_on and one.holds_on(on))), None)
        if same is None:
            book.join(group.id, deputy.id, on)
            if row.to_on:
                book.leave(group.id, deputy.id, row.to_on)
        elif same.id and row.to_on not in ("", same.to_on) and (fields is None or "to_on" in fields):
            book.correct(same.id, same.from_on, row.to_on)
        if row.leader and not (same and same.leader) and (fields is None or "is_leader" in fields):
            book.lead(group.id, deputy.id, on)

    @property
    def _working(self) -> frozenset[int]:
        """Whom 编组一览表 prints today: who is not in it does not leave because the sheet leaves them out."""
        today = self._today()
        return frozenset(deputy.id for deputy in self._deputies.all() if works_on(deputy, today))

    def _membership(self, row: GroupRow, group_id: int) -> Membership:
        group = next(one for one in self._groups.all() if one.id == group_id)
        own = [one for one in group.memberships if one.deputy_id == row.members[0].id]
        on = row.from_on or self._today()
        return next((one for one in own if one.holds_on(on)), own[-1])

    def _known_names(self) -> KnownGroups:
        groups = self._groups.all()
        today = self._today()
        return KnownGroups(
            deputies=NamedDeputies(self._deputies.all(), today, self._stations.profile().organ_kind),
            members={group.name: frozenset(one.deputy_id for one in group.members_on(today)) for group in groups},
            villages={name: one.short_name for one in self._stations.villages() for name in (one.short_name, one.name)},
            kinds={group.name: group.kind for group in groups if group.exists_on(today)},
            ended={group.name: group.to_on for group in groups if not group.exists_on(today) and group.to_on},
        )

    def _today(self) -> str:
        return self._file.clock.today().isoformat()


def _group_of(row: GroupRow, groups: Sequence[Group]) -> Group | None:
    """Return the group a row is about: that of our own export, whatever it is called now, else the one of the name."""
    known = next((one for one in groups if row.uid and one.uid == row.uid), None)
    return known or next((one for one in groups if one.name == row.name), None)


def _cells(line: object) -> dict[str, Cell]:
    return {key: getattr(line, key) for key in _PRINTED}


def _known(
    uid: str, keys: tuple[str, ...], current: Mapping[str, str], label: str, remembered: Mapping[str, Any]
) -> Known:
    memory = remembered.get(uid)
    return Known(uid, keys, current, memory.digest if memory else "", memory.values if memory else None, label)


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _with_members(groups: Iterable[Group], members: Sequence[Membership]) -> list[Group]:
    return [replace(group, memberships=tuple(one for one in members if one.group_id == group.id)) for group in groups]
