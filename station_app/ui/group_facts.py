"""What is known of a group, and where a deputy has been a member, beside the table of members."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from station_app.domain.grouping_rules import Grouped, leader_word
from station_app.domain.groups import GROUP_KIND_LABELS, Grid, Group, GroupKind
from station_app.domain.households import households_by_deputy, households_of_group
from station_app.ui.cards import Button, Card, button
from station_app.ui.deputy_facts import Facts
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.member_table import MemberLine
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.theme import px

_MANY = 12


class GroupFacts(Card):
    """The group of the current place and the history of the current member.

    Args:
        acts: by word, what its buttons do: ``edit`` the group, ``end`` it.
    """

    def __init__(self, acts: Mapping[str, Callable[[], None]]) -> None:
        super().__init__("小组")
        self.set_flush()
        area = ScrollColumn()
        self._column = area.body
        self._facts = Facts()
        area.body.addWidget(self._facts)
        area.body.addStretch(1)
        self.body.addWidget(area, 1)
        self.edit = button("修改小组", "pencil", "Alt+E")
        self.end = button("撤销小组", "", "Alt+X")
        self.edit.clicked.connect(lambda _checked=False: acts["edit"]())
        self.end.clicked.connect(lambda _checked=False: acts["end"]())
        actions = QWidget()
        row = FlowLayout(actions)
        row.setContentsMargins(px(14), px(8), px(14), px(10))
        for one in self.buttons():
            row.addWidget(one)
        self.body.addWidget(actions)

    def buttons(self) -> tuple[Button, ...]:
        """Return the buttons that write."""
        return self.edit, self.end

    def show_group(self, group: Group | None, line: MemberLine | None, grouped: Grouped, grids: list[Grid]) -> None:
        """Show a group as of the grouping's day, and where the member of a row has been."""
        self.set_title(group.name if group else "小组")
        self.set_note(GROUP_KIND_LABELS[group.kind] if group else "")
        for one in self.buttons():
            one.setEnabled(group is not None)
        self.end.setText("恢复小组" if group and group.to_on else "撤销小组")
        told = Facts()
        for title, text in _facts(group, grouped, grids) if group else ():
            told.add(title, text)
        if line is not None:
            told.begin(f"{line.deputy.name} 的编组经历")
            for kind, text, over in _history(line, grouped):
                told.add(kind, text, faint=over)
        if group is None and line is None:
            told.add("", "选中一个小组或一位代表，这里显示村(居)、联户和编组经历。")
        self._column.replaceWidget(self._facts, told)
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = told


def _facts(group: Group, grouped: Grouped, grids: list[Grid]) -> list[tuple[str, str]]:
    day = grouped.day
    names = {village.id: village.short_name for village in grouped.villages}
    serving = [one for one in group.members_on(day) if one.deputy_id in grouped.by_id]
    leaders = [grouped.by_id[one.deputy_id].name for one in serving if one.leader]
    villages = [names[one] for one in group.villages_on(day) if one in names]
    served_grids = {one.place_id for one in group.grids if one.holds_on(day)}
    grid_names = [f"{names.get(grid.village_id, '')}{grid.name}" for grid in grids if grid.id in served_grids]
    households = households_of_group(group, households_by_deputy(grouped.households, day), day)
    area = group.kind is GroupKind.AREA
    facts = [
        (leader_word(group.kind), "、".join(leaders) or "没有"),
        ("成员", f"{len(serving)} 人"),
        ("村(居)", "、".join(villages) or ("没有" if area else "")),
        ("网格", "、".join(grid_names)),
        ("联系户数", f"{households} 户" if households and area else ""),
        ("群人数", f"{group.people} 人" if group.people else ""),
        ("进站安排", group.arrangement),
        ("成立", group.from_on),
        ("撤销", group.to_on),
        ("备注", group.remark),
    ]
    return [(title, text) for title, text in facts if text]


def _history(line: MemberLine, grouped: Grouped) -> list[tuple[str, str, bool]]:
    """Return where a deputy has been a member, the newest first: kind, group with dates, whether it is over."""
    found = [
        (one, group, f"（{leader_word(group.kind)}）" if one.leader else "")
        for group in grouped.groups
        for one in group.memberships
        if one.deputy_id == line.deputy.id
    ]
    found.sort(key=lambda each: (each[0].from_on, each[0].id), reverse=True)
    return [
        (
            GROUP_KIND_LABELS[group.kind],
            f"{group.name}{word}\n{one.from_on} " + (f"至 {one.to_on}" if one.to_on else "起"),
            bool(one.to_on) and one.to_on <= grouped.day,
        )
        for one, group, word in found[:_MANY]
    ]
