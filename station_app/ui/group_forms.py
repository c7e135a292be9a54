"""Short forms of groups: the group itself, who joins, moves, and when; its end and its coming back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal

from station_app.domain.groups import GROUP_KIND_LABELS, Group, GroupKind, Membership
from station_app.domain.problems import FieldProblem, invalid
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import button, label
from station_app.ui.fields import (
    CheckField,
    Choice,
    ChoiceField,
    DateField,
    FormPanel,
    LineField,
    MultiChoiceField,
    NumberField,
    SegmentField,
)
from station_app.ui.form_draft import DraftPlace
from station_app.ui.member_table import MemberLine
from station_app.ui.page import Shell

_FEW: Final = 3
_DAYS: Final = {"from_on": "on", "to_on": "on", "deputy_id": "on"}


class GroupForm(FormPanel):
    """A group: name, kind, villages and grids it keeps contact with, households or people, arrangement.

    Args:
        group: the group to change, or None for a new one.
        kind: the kind a new one begins with.
    """

    kind = "group"

    def __init__(self, desks: Desks, shell: Shell, group: Group | None, kind: GroupKind = GroupKind.AREA) -> None:
        super().__init__(f"修改 {group.name}" if group else "新建小组", self._save_group, shell.messages)
        self._desks = desks
        self._group = group or Group(0, "", "", kind, position=len(desks.grouping.groups()))
        shown = self._group
        villages = {one.id: one.short_name for one in desks.settings.villages() if not one.retired}
        grids = [
            (one.id, f"{villages[one.village_id]}{one.name}")
            for one in desks.grouping.grids()
            if one.village_id in villages
        ]
        self.add("name", LineField("小组名称", required=True, wide=True, placeholder="如 上坪片区小组"))
        of_kind = self.add("kind", SegmentField("类型", [(kind, word) for kind, word in GROUP_KIND_LABELS.items()]))
        self.add("village_ids", MultiChoiceField("联系村(居)", villages.items(), placeholder="输入村名或首字母"))
        if grids:
            self.add("grid_ids", MultiChoiceField("联系网格", grids))
        self.add("on", DateField("村(居)变动自", shell.clock.today))
        self.add("households", NumberField("联系户数"))
        self.add("people", NumberField("群人数"))
        self.add("arrangement", LineField("进站安排", wide=True, placeholder="如 每月第一周"))
        self.add("from_on", DateField("成立日期", shell.clock.today))
        self.add("remark", LineField("备注", wide=True))
        self._past = group is not None
        of_kind.changed.connect(self._fit)
        known = {key: getattr(shown, key) for key in self.fields if key != "on"}
        self.clear({**known, "on": shell.clock.today()})
        self._fit()
        self.keep_drafts(desks, DraftPlace(self.kind, "roster", self._group.uid))

    def _fit(self) -> None:
        """Show what a group of this kind has."""
        kind = self.fields["kind"].value()
        for key, shown in (
            ("households", kind is GroupKind.AREA),
            ("people", kind is GroupKind.CHAT),
            ("arrangement", kind is not GroupKind.CHAT),
            ("on", self._past),
        ):
            self.grid.show_field(self.fields[key], shown=shown)

    def _save_group(self, values: dict[str, Any]) -> Done[int]:
        on = values.pop("on")
        return self._desks.grouping.save_group(replace(self._group, **values), on)


class JoinForm(FormPanel):
    """A deputy joins a group from a date on; in area groups the earlier one ends that day.

    Args:
        group_id / deputy_id: what is known already, or None.
    """

    kind = "join"

    def __init__(
        self, desks: Desks, shell: Shell, groups: Sequence[Group], group_id: int | None, deputy_id: int | None
    ) -> None:
        super().__init__("编入小组", self._join, shell.messages, next_word="保存并编入下一位" if group_id else "")
        self._desks = desks
        self._today = shell.clock.today
        self.group_id = group_id
        deputies = [Choice(one.id, one.name, one.post) for one in desks.roster.serving()]
        today = shell.clock.today().isoformat()
        offered = [
            Choice(group.id, group.name, GROUP_KIND_LABELS[group.kind]) for group in groups if group.exists_on(today)
        ]
        deputy = ("deputy_id", ChoiceField("代表", deputies, required=True, placeholder="姓名或首字母，如 zwm"))
        group = ("group_id", ChoiceField("小组", offered, required=True))
        for key, field in (group, deputy) if deputy_id else (deputy, group):
            self.add(key, field)
        self.add("from_on", DateField("起始日期", self._today, required=True))
        self.add("leader", CheckField("", "任组长"))
        self.begin(group_id, deputy_id)
        known = {"group_id": group_id, "deputy_id": deputy_id}
        self.keep_drafts(desks, DraftPlace(self.kind, "roster", f"{group_id or ''}:{deputy_id or ''}", known))

    def begin(self, group_id: int | None, deputy_id: int | None = None) -> None:
        """Show an empty form, with what is known already."""
        self.clear({"group_id": group_id, "deputy_id": deputy_id, "from_on": self._today()})

    def _join(self, values: dict[str, Any]) -> Done[None]:
        if values["deputy_id"] is None:
            raise invalid("deputy_id", "请选择代表，可以输入姓名首字母。")
        if values["group_id"] is None:
            raise invalid("group_id", "请选择小组。")
        if not values["from_on"]:
            raise invalid("from_on", "请填写起始日期，如 今天。")
        return self._desks.grouping.join(
            values["group_id"], values["deputy_id"], values["from_on"], leader=values["leader"]
        )


class MembersForm(FormPanel):
    """Several deputies join a group, or members move to another one, on one day.

    Args:
        group: the group they join, or None when it is to be chosen: then they move.
        lines: the members that move; empty when deputies are to be chosen.
        since: ISO date that is proposed.
    """

    def __init__(
        self, desks: Desks, shell: Shell, group: Group | None, lines: Sequence[MemberLine], since: str
    ) -> None:
        names = "、".join(line.deputy.name for line in lines[:_FEW]) + (
            f"等 {len(lines)} 位" if len(lines) > _FEW else ""
        )
        title = f"{group.name}：加成员" if group else "移到别的小组"
        super().__init__(title, self._save_members, shell.messages, save_word="编入" if group else "移过去")
        self._desks = desks
        self._group = group
        self._lines = lines
        if group is not None:
            inside = {one.deputy_id for one in group.members_on(since)}
            offered = [
                Choice(one.id, one.name, one.post)
                for one in desks.grouping.grouped(since).serving
                if one.id not in inside
            ]
            self.add("deputy_ids", MultiChoiceField("代表", offered, placeholder="姓名或首字母，可以加几位"))
        else:
            self.add_widget(label(f"{names}：离开原来的小组，编入另一个小组，之前的记录不变。", "muted", wrap=True))
            kinds = {line.group.kind for line in lines if line.group}
            own = {line.group.id for line in lines if line.group}
            groups = [
                Choice(one.id, one.name, GROUP_KIND_LABELS[one.kind])
                for one in desks.grouping.groups()
                if one.exists_on(since) and one.kind in kinds and (len(own) > 1 or one.id not in own)
            ]
            self.add("group_id", ChoiceField("移到", groups, required=True, placeholder="组名或首字母"))
        self.add("on", DateField("自哪天起", shell.clock.today, required=True))
        self.clear({"on": since})

    def show_problems(self, problems: Iterable[FieldProblem]) -> None:
        """Show what is wrong with a day at the one field for days."""
        super().show_problems([replace(one, field=_DAYS.get(one.field, one.field)) for one in problems])

    def _save_members(self, values: dict[str, Any]) -> Done[None]:
        if not values["on"]:
            raise invalid("on", "请填写日期，如 今天。")
        if self._group is not None:
            return self._desks.grouping.join_all(self._group.id, values["deputy_ids"], values["on"])
        if values["group_id"] is None:
            raise invalid("group_id", "请选择移到哪个小组。")
        ids = [line.membership.id for line in self._lines if line.membership]
        return self._desks.grouping.move(ids, values["group_id"], values["on"])


class MembershipForm(FormPanel):
    """Corrects the dates of a membership that was entered wrongly, or deletes it.

    Signals:
        delete_asked: id of the membership that never was.
    """

    delete_asked = Signal(int)

    def __init__(self, desks: Desks, shell: Shell, group: Group, membership: Membership, name: str) -> None:
        super().__init__(f"更正：{name}在{group.name}", self._correct, shell.messages, save_word="更正")
        self._desks = desks
        self._membership = membership
        self.add_widget(label("只用来改录错的日期。换组请用“移到别的小组”，不再参加请用“移出”。", "muted", wrap=True))
        self.add("from_on", DateField("编入日期", shell.clock.today, required=True))
        self.add("to_on", DateField("移出日期", shell.clock.today))
        delete = button("删除这一条", "trash-2")
        delete.setToolTip("录错了人或组：这一条从来没有过（可以撤销）")
        delete.clicked.connect(lambda _checked=False: self.delete_asked.emit(membership.id))
        self.add_action(delete)
        self.clear({"from_on": membership.from_on, "to_on": membership.to_on})

    def _correct(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.grouping.correct_membership(self._membership.id, values["from_on"], values["to_on"])


class GroupEndForm(FormPanel):
    """A group is given up on a day, or exists again from a day on."""

    def __init__(self, desks: Desks, shell: Shell, group: Group, since: str) -> None:
        word = "恢复" if group.to_on else "撤销"
        super().__init__(f"{word} {group.name}", self._end, shell.messages, save_word=word)
        self._desks = desks
        self._group = group
        self._key = "from_on" if group.to_on else "to_on"
        told = (
            "撤销时在组、现在没有编入别的片区小组的代表回到组里。"
            if group.to_on
            else "组员这一天起都不在组里，以前的记录保留。"
        )
        self.add_widget(label(told, "muted", wrap=True))
        self.add(self._key, DateField(f"{word}日期", shell.clock.today, required=True))
        self.clear({self._key: since})

    def _end(self, values: dict[str, Any]) -> Done[None]:
        act = self._desks.grouping.reopen_group if self._group.to_on else self._desks.grouping.end_group
        return act(self._group.id, values[self._key])
