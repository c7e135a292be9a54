"""Short forms of the roster: a group, and a deputy who joins one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from station_app.domain.groups import GROUP_KIND_LABELS, Group, GroupKind
from station_app.domain.problems import invalid
from station_app.services.done import Done
from station_app.station import Desks
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
from station_app.ui.page import Shell


class GroupForm(FormPanel):
    """A group: name, kind, villages it keeps contact with, households, arrangement.

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
        villages = [(one.id, one.short_name) for one in desks.settings.villages() if not one.retired]
        self.add("name", LineField("小组名称", required=True, wide=True, placeholder="如 上坪片区小组"))
        self.add("kind", SegmentField("类型", [(kind, word) for kind, word in GROUP_KIND_LABELS.items()]))
        self.add("village_ids", MultiChoiceField("联系村(居)", villages, placeholder="输入村名或首字母"))
        self.add("households", NumberField("联系户数"))
        self.add("arrangement", LineField("进站安排", wide=True, placeholder="如 每月第一周"))
        self.add("remark", LineField("备注", wide=True))
        self.clear(
            {
                "name": shown.name, "kind": shown.kind, "village_ids": shown.village_ids,
                "households": shown.households, "arrangement": shown.arrangement, "remark": shown.remark,
            }
        )  # fmt: skip
        self.keep_drafts(desks, DraftPlace(self.kind, "roster", self._group.uid))

    def _save_group(self, values: dict[str, Any]) -> Done[int]:
        return self._desks.grouping.save_group(replace(self._group, **values))


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
        offered = [Choice(group.id, group.name, GROUP_KIND_LABELS[group.kind]) for group in groups]
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
