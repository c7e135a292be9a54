"""The roster: deputies, their mandates, leaves and places."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from station_app.domain.deeds import Deeds
from station_app.domain.deputy_checks import deputy_problems
from station_app.domain.deputy_course import back_from_leave, moved_in, moved_out, moved_within, with_ended, with_leave
from station_app.domain.households import households_by_deputy
from station_app.domain.people import IN_OFFICE, Deputy, EndReason, Leave, RosterLine, Standing
from station_app.domain.problems import invalid, refuse
from station_app.domain.roster_order import RosterOrder, in_order, moved
from station_app.domain.terms import Term
from station_app.domain.text import clean_line, clean_name, clean_phone
from station_app.services.done import ROSTER, Done
from station_app.services.roster_lines import Around, roster_lines
from station_app.storage.deputies import DeputyRecords
from station_app.storage.deputy_deeds import deeds_of
from station_app.storage.groups import GroupRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.storage.terms import TermRecords
from station_app.support import pinyin


class Roster:
    """Keeps the deputies."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = DeputyRecords(file)
        self._groups = GroupRecords(file)
        self._stations = StationRecords(file)
        self._terms = TermRecords(file)

    # Reading

    def deputies(self) -> list[Deputy]:
        """Return every deputy, in roster order."""
        return self._records.all()

    def serving(self) -> list[Deputy]:
        """Return the deputies who hold a mandate and belong to the station today, in roster order."""
        today = self._today()
        return [deputy for deputy in self._records.all() if deputy.serves_on(today)]

    def deputy(self, deputy_id: int) -> Deputy:
        """Return one deputy."""
        return self._records.one(deputy_id)

    def lines(
        self, *, on: str = "", standing: Collection[Standing] = IN_OFFICE, order: RosterOrder = RosterOrder.HAND
    ) -> list[RosterLine]:
        """Return the roster, a row per deputy.

        Args:
            on: ISO date of the day it is told of; empty for today.
            standing: how those who are listed stand to the station on that day.
            order: in which they are listed and numbered.
        """
        day = on or self._today()
        around = Around(
            self._stations.profile().organ_kind,
            {village.id: village.short_name for village in self._stations.villages()},
            self._groups.all(),
            self._records.pinyin(),
            households_by_deputy(self._groups.households(), day),
        )
        return roster_lines(in_order(self._records.all(), order, day), day, standing, around)

    def deeds(self, deputy_id: int, on: str = "") -> Deeds:
        """Return what a deputy did in the year of an ISO date until that day; empty for today."""
        on = on or self._today()
        return deeds_of(self._file, deputy_id, f"{on[:4]}-01-01", on)

    def terms(self) -> list[Term]:
        """Return the terms on record, highest level first, the newest first within a level."""
        return self._terms.all()

    # Writing

    def save_deputy(self, deputy: Deputy) -> Done[int]:
        """Create (id 0) or change a deputy with mandates.

        Where the change says when the deputy goes (`Deputy.gone_on`), places in groups and linked households end too.

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
            skills=clean_line(deputy.skills),
            languages=clean_line(deputy.languages),
            duty_wishes=clean_line(deputy.duty_wishes),
        )
        refuse(deputy_problems(deputy, self._file.clock.today()))
        spelled = pinyin.indexed(deputy.name)
        told = f"已保存代表 {deputy.name}"
        with self._file.write("修改代表" if deputy.id else "新增代表") as step:
            if deputy.id:
                known = self._records.one(deputy.id).gone_on
                self._records.change(step, deputy, *spelled)
                deputy_id, gone = deputy.id, deputy.gone_on
                if gone and gone != known and self._groups.end_memberships(step, deputy_id, gone):
                    told += f"，小组和联户到 {gone} 为止"
            else:
                deputy_id = self._records.add(step, deputy, *spelled)
        return Done(deputy_id, told, frozenset({ROSTER}), step.id)

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

    def move(self, deputy_id: int, by: int, among: Sequence[int] = ()) -> Done[int]:
        """Move a deputy up (``by`` below 0) or down in the order set by hand (排序号).

        Args:
            among: ids of those the clerk sees, in that order, by which the places are counted; empty for all.

        Raises:
            InvalidInput: there is no place further up or down.
        """
        before = [deputy.id for deputy in self._records.all()]
        after = moved(before, deputy_id, by, among)
        if after == before:
            raise invalid("roster_order", "已经在最上面了。" if by < 0 else "已经在最下面了。")
        name, place = self._records.one(deputy_id).name, ([*among] or before).index(deputy_id) + by + 1
        with self._file.write("调整代表排序") as step:
            for number, one in enumerate(after, 1):
                self._records.change_fields(step, one, roster_order=number)
        return Done(deputy_id, f"已把 {name} 排到第 {max(place, 1)} 位", frozenset({ROSTER}), step.id)

    def end_mandates(
        self, deputy_id: int, mandate_ids: Collection[int], on: str, reason: EndReason, *, leave_groups: bool
    ) -> Done[int]:
        """End mandates on a day (终止职务), the last on which they are held.

        Args:
            leave_groups: end the deputy's places in groups and linked households with the last mandate.

        Raises:
            InvalidInput: fields ``mandates`` and ``on``.
        """
        deputy = with_ended(self._records.one(deputy_id), mandate_ids, on, reason)
        with self._file.write("终止代表职务") as step:
            self._records.change_dated(step, deputy)
            gone = replace(deputy, placements=()).gone_on  # never before ``on``, wherever the deputy was meanwhile
            if leave_groups and gone:
                self._groups.end_memberships(step, deputy_id, gone)
        return Done(deputy_id, f"已终止 {deputy.name} 的代表职务", frozenset({ROSTER}), step.id)

    def take_leave(self, deputy_id: int, leave: Leave) -> Done[int]:
        """Note a time in which no duty is dealt to a deputy (请假).

        Raises:
            InvalidInput: field ``from_on``.
        """
        leave = replace(leave, reason=clean_line(leave.reason))
        return self._change(deputy_id, lambda one: with_leave(one, leave), "代表请假", "已登记请假：{}")

    def end_leave(self, deputy_id: int, on: str) -> Done[int]:
        """Note that a deputy is back from a day on (销假).

        Raises:
            InvalidInput: field ``on``.
        """
        return self._change(deputy_id, lambda one: back_from_leave(one, on), "代表销假", "已销假：{}")

    def move_out(self, deputy_id: int, on: str, went_to: str) -> Done[int]:
        """Note that a deputy went to another station; places in groups and linked households end that day.

        Raises:
            InvalidInput: fields ``on`` and ``station``.
        """
        deputy = moved_out(self._records.one(deputy_id), on, clean_line(went_to))
        with self._file.write("代表转出") as step:
            self._records.change_dated(step, deputy)
            self._groups.end_memberships(step, deputy_id, on)
        return Done(deputy_id, f"已登记转出：{deputy.name}", frozenset({ROSTER}), step.id)

    def move_in(self, deputy_id: int, on: str, came_from: str, station_id: int | None = None) -> Done[int]:
        """Note that a deputy who had gone is back.

        Raises:
            InvalidInput: fields ``on`` and ``station``.
        """
        came_from = clean_line(came_from)
        return self._change(
            deputy_id, lambda one: moved_in(one, on, came_from, station_id), "代表转入", "已登记转入：{}"
        )

    def move_within(self, deputy_id: int, on: str, station_id: int | None) -> Done[int]:
        """Put a deputy into another room or post of this station.

        Raises:
            InvalidInput: fields ``on`` and ``room``.
        """
        return self._change(
            deputy_id, lambda one: moved_within(one, on, station_id), "调整代表所属", "已调整 {} 的所属"
        )

    def _change(self, deputy_id: int, changed: Callable[[Deputy], Deputy], label: str, told: str) -> Done[int]:
        with self._file.write(label) as step:
            deputy = changed(self._records.one(deputy_id))
            self._records.change_dated(step, deputy)
        return Done(deputy_id, told.format(deputy.name), frozenset({ROSTER}), step.id)

    def _today(self) -> str:
        return self._file.clock.today().isoformat()
