"""最近删除: what was deleted or taken back, and the way to have it again."""

from collections.abc import Iterable
from typing import Final

from station_app.domain.deleted_entry import DeletedEntry
from station_app.domain.member_book import latest_end
from station_app.domain.operators import Right
from station_app.domain.problems import FieldProblem, InvalidInput, invalid
from station_app.domain.record_words import OWNERS, TABLE_TITLES
from station_app.services.done import EVERYTHING, Done
from station_app.services.log_desk import LogDesk
from station_app.storage.change_log import Step
from station_app.storage.deleted import DeletedRecords, Deletion, Record
from station_app.storage.deputies import DeputyRecords
from station_app.storage.groups import GroupRecords
from station_app.storage.station_file import StationFile
from station_app.support.faults import NotAllowed

MOST: Final = 500
_SILENT: Final = frozenset(
    {"visit_receivers", "event_units", "suggestion_signers", "imported_rows", "settings", "erasures"}
)
"""What comes and goes with other records, and is no line of its own."""


class ParentsDeleted(InvalidInput):
    """What it belongs to is deleted as well; ``names`` says what, in the clerk's words."""

    def __init__(self, names: str) -> None:
        super().__init__([FieldProblem("deleted", f"它所属的{names}也已删除，要先恢复。")])
        self.names = names


class DeletedDesk:
    """Lists what is deleted and restores it."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = DeletedRecords(file)
        self._log = LogDesk(file)
        self._groups = GroupRecords(file)

    def entries(self) -> list[DeletedEntry]:
        """Return what was deleted lately, the newest first."""
        found = [one for one in self._records.all(MOST) if {table for table, _ in one.records} - _SILENT]
        roots = {one.step_id: _roots(one.records) for one in found}
        names = self._log.names({uid for records in roots.values() for uid in records})
        return [
            DeletedEntry(
                one.step_id,
                one.at,
                one.operator,
                one.label,
                one.undone,
                "、".join(dict.fromkeys(TABLE_TITLES[table] for table, _ in roots[one.step_id])),
                _listed([names[record] for record in roots[one.step_id] if names.get(record)]),
                one.records,
            )
            for one in found
        ]

    def restore(self, step_id: int, *, with_parents: bool = False) -> Done[None]:
        """Bring back what one step deleted, in one step that can be undone.

        Args:
            with_parents: bring back what it belongs to as well, where that is deleted.

        Raises:
            InvalidInput: it is there already, something else stands in its place, or it has gone on since.
            ParentsDeleted: what it belongs to is deleted.
            NotAllowed: it takes the right to keep, for operators the right to govern.
        """
        every = {one.step_id: one for one in self._records.all(MOST)}
        if step_id not in every:
            raise invalid("deleted", "已经恢复了，或者个人信息已依申请删除，不能恢复。")
        coming = self._with_parents(every[step_id], list(every.values()))
        records = [record for one in coming for record in one.records]
        if len(coming) > 1 and not with_parents:
            parents = [record for one in coming if one.step_id != step_id for record in _roots(one.records)]
            names = self._log.names(parents)
            raise ParentsDeleted(_listed([f"{TABLE_TITLES[one[0]]} {names.get(one, '')}".strip() for one in parents]))
        governed = any(table == "operators" for table, _ in records)
        if (Right.GOVERN if governed else Right.KEEP) not in self._file.rights:
            raise NotAllowed
        self._refuse(coming, records)
        label = f"恢复：{every[step_id].label.removeprefix('撤销：')}"
        with self._file.write(label) as step:
            # What was taken back last comes back last: an earlier step first.
            for one in sorted(coming, key=lambda one: -one.step_id):
                try:
                    self._records.restore(step, one)
                except InvalidInput:
                    raise invalid("deleted", "删除以后，同一条记录又有改动，不能再恢复。") from None
            brought = {uid for _, uid in records}
            self._end_what_ended(step, brought)
            if self._groups.clash(brought):
                raise invalid("deleted", "删除以后，有的代表已经编入别的小组，恢复会重复编组，不能恢复。")
        return Done(None, f"已{label}", EVERYTHING, step.id)

    def _end_what_ended(self, step: Step, brought: set[str]) -> None:
        """Let places in groups and linked households that come back end where deputy or group have ended meanwhile."""
        deputies = {deputy.id: deputy for deputy in DeputyRecords(self._file).all()}
        held = [
            ("memberships", one.id, one.from_on, one.to_on, latest_end(group, deputies[one.deputy_id]))
            for group in self._groups.all()
            for one in group.memberships
            if brought & {one.uid, group.uid, deputies[one.deputy_id].uid}
        ]
        held += [
            ("household_links", one.id, one.from_on, one.to_on, deputies[one.deputy_id].gone_on)
            for one in self._groups.households()
            if brought & {one.uid, deputies[one.deputy_id].uid}
        ]
        for table, record_id, from_on, to_on, latest in held:
            if latest and from_on >= latest:
                step.delete(table, record_id)
            elif latest and (not to_on or to_on > latest):
                step.update(table, record_id, to_on=latest)

    def _with_parents(self, wanted: Deletion, every: list[Deletion]) -> list[Deletion]:
        """Return a deletion and those of everything it belongs to.

        Raises:
            InvalidInput: what it belongs to cannot be brought back.
        """
        coming = [wanted]
        while missing := self._records.missing_parents(record for one in coming for record in one.records):
            more = [one for one in every if one not in coming and missing & set(one.records)]
            if not more:
                raise invalid("deleted", "它所属的记录不能恢复了，这一条也不能恢复。")
            coming += more
        return coming

    def _refuse(self, coming: list[Deletion], records: list[Record]) -> None:
        if doubles := self._records.doubles(records):
            raise invalid("deleted", f"现在已经有同样的{'、'.join(doubles)}，请先把现有的改名或移出，再恢复。")
        if any(self._records.moved_on(one) for one in coming):
            raise invalid("deleted", "这件意见后来又办理了别的，不能再恢复这一步，请重新登记。")


def _roots(records: Iterable[Record]) -> list[Record]:
    """Return what stands for itself: what belongs to another record only where no such record is among them."""
    known = list(records)
    tables = {table for table, _ in known}
    order = list(TABLE_TITLES)
    shown = [one for one in known if one[0] not in _SILENT and OWNERS.get(one[0], ("", ""))[1] not in tables]
    return sorted(shown, key=lambda one: order.index(one[0]))


def _listed(names: list[str], most: int = 3) -> str:
    return "、".join(names[:most]) + (f" 等 {len(names)} 条" if len(names) > most else "")
