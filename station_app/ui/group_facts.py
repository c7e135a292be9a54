"""What is known of a group, and where a deputy has been a member, beside the table of members."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from station_app.domain.grouping_rules import Grouped, leader_word
from station_app.domain.groups import GROUP_KIND_LABELS, Grid, Group, GroupKind
from station_app.domain.households import households_by_deputy, households_of_group
from station_app.ui.cards import Button, Card, button, label
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
        self._facts = QWidget()
        self._grid = QGridLayout(self._facts)
        self._grid.setContentsMargins(px(14), px(10), px(14), px(6))
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 1)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
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
        facts = _facts(group, grouped, grids) if group else []
        history = _history(line, grouped) if line else []
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for title, text in facts:
            self._add(title, text)
        if line is not None and history:
            self._heading(f"{line.deputy.name} 的编组经历")
            for title, text in history:
                self._add(title, text)
        if not facts and not history:
            self._grid.addWidget(
                label("选中一个小组或一位代表，这里显示村(居)、联户和编组经历。", "muted", wrap=True), 0, 0, 1, 2
            )

    def _add(self, title: str, text: str) -> None:
        at = self._grid.rowCount()
        caption = label(title, "muted")
        caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        value = label(text, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(caption, at, 0)
        self._grid.addWidget(value, at, 1)

    def _heading(self, text: str) -> QLabel:
        heading = label(text, "strong")
        heading.setContentsMargins(0, px(10), 0, 0)
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
        return heading


def _facts(group: Group, grouped: Grouped, grids: list[Grid]) -> list[tuple[str, str]]:
    day = grouped.day
    names = {village.id: village.short_name for village in grouped.villages}
    serving = [one for one in group.members_on(day) if one.deputy_id in grouped.by_id]
    leaders = [grouped.by_id[one.deputy_id].name for one in serving if one.leader]
    villages = [names[one] for one in group.villages_on(day) if one in names]
    served_grids = {one.place_id for one in group.grids if one.holds_on(day)}
    grid_names = [f"{names.get(grid.village_id, '')}{grid.name}" for grid in grids if grid.id in served_grids]
    households = households_of_group(group, households_by_deputy(grouped.households, day), day)
    facts = [
        (leader_word(group.kind), "、".join(leaders) or "没有"),
        ("成员", f"{len(serving)} 人"),
        ("村(居)", "、".join(villages) or ("没有" if group.kind is GroupKind.AREA else "")),
        ("网格", "、".join(grid_names)),
        ("联系户数", f"{households} 户" if households else ""),
        ("群人数", f"{group.people} 人" if group.people else ""),
        ("进站安排", group.arrangement),
        ("成立", group.from_on),
        ("撤销", group.to_on),
        ("备注", group.remark),
    ]
    return [(title, text) for title, text in facts if text]


def _history(line: MemberLine, grouped: Grouped) -> list[tuple[str, str]]:
    """Return where a deputy has been a member, the newest first: from–to, and the group."""
    found = [
        (one.from_on, one.to_on, group.name + (f"（{leader_word(group.kind)}）" if one.leader else ""))
        for group in grouped.groups
        for one in group.memberships
        if one.deputy_id == line.deputy.id
    ]
    found.sort(reverse=True)
    return [(f"{begun} 至 {ended}" if ended else f"{begun} 起", name) for begun, ended, name in found[:_MANY]]
