"""A clerk who does anything at all with deputies, groups, households, terms, rooms and lists."""

import csv
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from station_app.domain.groups import Group, GroupKind, HouseholdLink
from station_app.domain.people import Deputy, EndReason, Leave, Level, Mandate
from station_app.domain.problems import InvalidInput
from station_app.domain.proposal_areas import area_proposal
from station_app.domain.proposal_duty import duty_proposal
from station_app.domain.rooms import Room
from station_app.domain.term_change import Fate, GroupsFate, Newcomer
from station_app.services.done import Done
from station_app.services.intake import Intake, SheetKind
from station_app.station import Desks
from tests.term_station import TODAY

Act = Callable[["RandomRosterClerk"], object]


class RandomRosterClerk:
    """Works a roster by chance; the same seed does the same.

    Args:
        folder: where the lists to be imported lie.
    """

    def __init__(self, desks: Desks, folder: Path, seed: int) -> None:
        self.desks = desks
        self.folder = folder
        self.random = random.Random(seed)
        self.on = TODAY.isoformat()

    # What there is

    def day(self, first: int = -200, last: int = 60) -> str:
        """Return a day around today."""
        return (TODAY + timedelta(days=self.random.randint(first, last))).isoformat()

    def deputy(self) -> Deputy:
        """Return any deputy."""
        return self.random.choice(self.desks.roster.deputies())

    def serving(self) -> Deputy:
        """Return somebody who serves on the day of the act."""
        found = [one for one in self.desks.roster.deputies() if one.serves_on(self.on)]
        return self.random.choice(found or self.desks.roster.deputies())

    def group(self) -> Group:
        """Return any group."""
        return self.random.choice(self.desks.grouping.groups())

    def member(self) -> int:
        """Return the id of a membership: mostly one that holds on the day of the act."""
        every = [one for group in self.desks.grouping.groups() for one in group.memberships]
        held = [one for one in every if one.holds_on(self.on)] if self.random.random() < 0.8 else []
        return self.random.choice(held or every).id

    def link(self) -> HouseholdLink:
        """Return any household link, a new one where there is none."""
        village = self.random.choice(self.desks.settings.villages()).id
        made = HouseholdLink(self.serving().id, village, self.random.randint(1, 9), from_on=self.day(-900, 30))
        return self.random.choice([*self.desks.households.all(), made, made])

    # Acts on a day: nothing before it changes

    def join(self) -> Done[None]:
        return self.desks.grouping.join(self.group().id, self.serving().id, self.on, leader=self.random.random() < 0.3)

    def leave(self) -> Done[None]:
        return self.desks.grouping.leave(self.member(), self.on)

    def move(self) -> Done[None]:
        return self.desks.grouping.move([self.member(), self.member()], self.group().id, self.on)

    def lead(self) -> Done[None]:
        group = self.group()
        ids = [one.deputy_id for one in group.members_on(self.on)]
        return self.desks.grouping.make_leader(group.id, self.random.choice([*ids, None]), self.on)

    def end_group(self) -> Done[None]:
        return self.desks.grouping.end_group(self.group().id, self.on)

    def reopen_group(self) -> Done[None]:
        return self.desks.grouping.reopen_group(self.group().id, self.on)

    def new_group(self) -> Done[int]:
        villages = self.random.sample([one.id for one in self.desks.settings.villages()], 2)
        made = Group(0, "", f"第{self.random.randint(1, 99)}组", self.random.choice(list(GroupKind)), tuple(villages))
        return self.desks.grouping.save_group(replace(made, from_on=self.on))

    def serve_other_villages(self) -> Done[int]:
        villages = self.random.sample([one.id for one in self.desks.settings.villages()], 3)
        return self.desks.grouping.save_group(replace(self.group(), village_ids=tuple(villages)), self.on)

    def adopt_areas(self) -> Done[None]:
        proposal = area_proposal(self.desks.grouping.grouped(self.on), self.random.randint(1, 3))
        return self.desks.grouping.adopt(proposal, self.on)

    def adopt_duty(self) -> Done[None]:
        return self.desks.grouping.adopt(duty_proposal(self.desks.grouping.grouped(self.on), 2), self.on)

    def end_mandates(self) -> Done[int]:
        deputy = self.serving()
        ids = [one.id for one in deputy.mandates if not one.to_on]
        ids = ids if self.random.random() < 0.7 else ids[:1]
        return self.desks.roster.end_mandates(deputy.id, ids, self.on, EndReason.RESIGNED, leave_groups=True)

    def go_on_leave(self) -> Done[int]:
        return self.desks.roster.take_leave(self.serving().id, Leave(self.on))

    def come_back(self) -> Done[int]:
        return self.desks.roster.end_leave(self.deputy().id, self.on)

    def move_out(self) -> Done[int]:
        return self.desks.roster.move_out(self.serving().id, self.on, "城东街道联络站")

    def move_in(self) -> Done[int]:
        gone = [one for one in self.desks.roster.deputies() if one.placements]
        return self.desks.roster.move_in(self.random.choice(gone or [self.deputy()]).id, self.on, "城东街道联络站")

    def move_within(self) -> Done[int]:
        rooms = [None, *(one.id for one in self.desks.rooms.all())]
        return self.desks.roster.move_within(self.serving().id, self.on, self.random.choice(rooms))

    def end_link(self) -> Done[None]:
        return self.desks.households.end(self.link().id, self.on)

    def change_term(self) -> Done[dict[str, int]]:
        """Change the term: dated by itself, so the day of the act becomes the first of the new term."""
        change = self.desks.term_change.begin(self.random.choice((Level.TOWNSHIP, Level.TOWNSHIP, Level.COUNTY)))
        last = (date.fromisoformat(self.on) - timedelta(days=self.random.choice((1, 1, 5)))).isoformat()
        change = replace(change, ends_on=last, begins_on=self.on)
        change = self.desks.term_change.fitted(
            replace(change, groups=self.random.choice((GroupsFate.KEEP, GroupsFate.END)))
        )
        self.on = last  # what ends does so after this day
        for one in change.outgoing:
            change = change.deciding([one.deputy_id], fate=self.random.choice((Fate.CARRIED, Fate.CARRIED, Fate.ENDED)))
        named = Newcomer(f"新{self.random.choice('甲乙丙丁')}", "枫林村选区", sheet={"village": "枫林村"})
        return self.desks.term_change.carry_out(replace(change, newcomers=(named,)))

    # Acts that correct, or are not dated

    def correct(self) -> Done[None]:
        return self.desks.grouping.correct_membership(
            self.member(), self.day(), self.random.choice(("", "", self.day()))
        )

    def remove(self) -> Done[None]:
        return self.desks.grouping.remove_membership(self.member())

    def delete_group(self) -> Done[None]:
        return self.desks.grouping.delete_group(self.group().id)

    def save_link(self) -> Done[int]:
        return self.desks.households.save(replace(self.link(), to_on=self.random.choice(("", "", self.day()))))

    def delete_link(self) -> Done[None]:
        return self.desks.households.delete(self.random.choice(self.desks.households.all()).id)

    def register(self) -> Done[int]:
        mandate = Mandate(Level.COUNTY, "第十七届", from_on=self.day(-900, 0))
        return self.desks.roster.save_deputy(Deputy(f"补{self.random.choice('选缺任')}", mandates=(mandate,)))

    def write_down_an_end(self) -> Done[int]:
        deputy = self.serving()
        ended = tuple(replace(one, to_on=one.to_on or self.day()) for one in deputy.mandates)
        return self.desks.roster.save_deputy(replace(deputy, mandates=ended))

    def delete_deputy(self) -> Done[None]:
        return self.desks.roster.delete_deputy(self.deputy().id)

    def merge(self) -> Done[int] | None:
        """Make two entries one, unless they were in two area groups on a day: that a clerk has to mend."""
        kept, other = self.random.sample(self.desks.roster.deputies(), 2)
        areas = {one.id for one in self.desks.grouping.groups() if one.kind is GroupKind.AREA}
        every = [one for group in self.desks.grouping.groups() for one in group.memberships if one.group_id in areas]
        both = {one.deputy_id for one in every} >= {kept.id, other.id}
        return None if both or kept.placements or other.placements else self.desks.persons.merge(kept.id, other.id)

    def keep_room(self) -> Done[int]:
        return self.desks.rooms.save(Room(f"{self.random.choice('东西南北')}片联络室"))

    def check(self) -> Done[None]:
        deputy = self.deputy()
        act = self.random.choice(
            (self.desks.checking.confirm, lambda one: self.desks.checking.unreached(one, "无人接听"))
        )
        return act(deputy.id)

    def find_changed(self) -> Done[None]:
        return self.desks.checking.change(
            replace(self.deputy(), party="群众", address=f"{self.random.randint(1, 9)}组")
        )

    def restore(self) -> Done[None]:
        entries = self.desks.deleted.entries()
        return self.desks.deleted.restore(self.random.choice(entries).step_id if entries else 0, with_parents=True)

    def import_roster(self) -> Done[dict[str, int]]:
        """Import a list of a few registered people with other posts, and of one who is new."""
        path = self.folder / f"名册{self.random.randint(0, 10**9)}.csv"
        people = self.random.sample(self.desks.roster.deputies(), 3)
        rows = [[one.name, one.phone, f"职务{self.random.randint(1, 99)}", "镇"] for one in people]
        rows.append([f"名单{self.random.choice('一二三四')}", "", "村民", "镇"])
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["姓名", "联系电话", "工作单位及职务", "代表层级"], *rows])
        intake = Intake(self.desks._file)
        return intake.confirm(intake.preview(path, SheetKind.ROSTER))

    def import_members(self) -> Done[dict[str, int]]:
        """Import a list of who joins which group on the day of the act."""
        path = self.folder / f"编组{self.random.randint(0, 10**9)}.csv"
        rows = [[self.group().name, self.serving().name, self.on, ""] for _ in range(3)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["小组名称", "组员", "编入日期", "移出日期"], *rows])
        intake = Intake(self.desks._file)
        return intake.confirm(intake.preview(path, SheetKind.GROUPS))


C = RandomRosterClerk
DATED: tuple[Act, ...] = (
    *(C.join, C.leave, C.move, C.lead) * 3,
    *(C.end_mandates, C.move_out, C.move_in, C.move_within, C.go_on_leave, C.come_back, C.end_link) * 2,
    *(C.end_group, C.reopen_group, C.new_group, C.serve_other_villages, C.adopt_areas, C.adopt_duty, C.change_term),
)
"""After these, who represented a village before `RandomRosterClerk.on` is told as before."""
OTHER: tuple[Act, ...] = (
    C.correct, C.correct, C.remove, C.delete_group, C.save_link, C.save_link, C.save_link, C.delete_link, C.register,
    C.write_down_an_end, C.delete_deputy, C.merge, C.keep_room, C.check, C.find_changed, C.restore, C.restore,
    C.import_roster, C.import_members,
)  # fmt: skip
NOT_NOW = (InvalidInput, IndexError, StopIteration, ValueError)
