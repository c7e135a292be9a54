"""What is done to groups and members on the page 编组, by key, button and drag."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from station_app.domain.grouping_rules import Finding, leader_word
from station_app.domain.groups import Group, GroupKind
from station_app.domain.operators import Right
from station_app.domain.problems import InvalidInput
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Button, button
from station_app.ui.group_forms import GroupEndForm, GroupForm, JoinForm, MembersForm, MembershipForm
from station_app.ui.groups_panel import Place
from station_app.ui.page import Shell
from station_app.ui.rights import refused

if TYPE_CHECKING:
    from station_app.ui.grouping_page import GroupingPage


SHORTCUTS: Final = (
    ("Insert", "给这个小组加成员，可以一次加几位"),
    ("Alt+M", "把选中的成员移到别的小组（自哪天起）"),
    ("Delete", "移出小组（在小组一栏：删除录错的小组）"),
    ("Ctrl+G", "设为组长；在组长上再按一次：免去"),
    ("Alt+J", "再编入一个别的小组（专业小组、进站编组、联系群）"),
    ("Enter", "更正录错的日期（在小组一栏：修改小组）"),
    ("Alt+E", "修改小组：名称、村(居)、网格、联系户数"),
    ("Alt+X", "撤销小组，或恢复已撤销的小组"),
    ("Alt+D", "看哪天的编组"),
    ("Alt+I", "导入编组一览表"),
    ("Alt+Z", "变动自哪天起"),
    ("Alt+C", "编组检查"),
    ("Alt+A", "编组方案：按村(居)和层级均匀分组"),
    ("Alt+L", "联户"),
    ("Alt+Q", "联系群"),
    ("Alt+G", "到小组一栏"),
    ("Esc", "返回；再按回到代表"),
)
"""The page's own shortcuts."""


class GroupingActs:
    """Acts on the place of the tree and the rows of the table.

    Args:
        page: whose they are; opens the forms and publishes what was done.
        desks: the desks of the open station.
        shell: what the window lends.
    """

    def __init__(self, page: "GroupingPage", desks: Desks, shell: Shell) -> None:
        self._page = page
        self._desks = desks
        self._shell = shell
        self._leading = self._button("设组长", "Ctrl+G", self.lead)
        self._buttons = (
            self._button("加成员", "Insert", self.add),
            self._button("移组", "Alt+M", self.move),
            self._button("移出", "Delete", self.leave),
            self._leading,
            self._button("再编入", "Alt+J", self.join),
        )

    def buttons(self) -> tuple[Button, ...]:
        """Return the buttons under the table."""
        return self._buttons

    def _button(self, word: str, keys: str, action: Callable[[], None]) -> Button:
        made = button(word, "", keys)
        made.clicked.connect(lambda _checked=False: action())
        return made

    def name_leading(self, kind: GroupKind | None) -> None:
        """Let the button that makes a leader say what one is called in groups of a kind."""
        self._leading.setText(f"设{leader_word(kind or GroupKind.AREA)}")
        self._leading.updateGeometry()

    def refused(self) -> bool:
        """Tell, and say, that nothing may be written: by who works here, or while another day is shown."""
        if refused(self._desks, Right.KEEP, self._shell.messages):
            return True
        if self._page.looks_back():
            self._page.tell("看别的日子时不能改。请先回到今天（Esc）；要补记以前的变动，改“变动自”的日期。")
            return True
        return False

    def asked_in_tree(self, word: str) -> None:
        """Do what a key in the tree asks for."""
        group = self._page.group()
        if word == "new":
            self.new_group(self._page.place().kind or GroupKind.AREA)
        elif word == "add":
            self.add()
        elif word == "edit":
            self.edit_group()
        elif word == "leave" and group is not None and self._free():
            self._do(lambda: self._desks.grouping.delete_group(group.id))

    def go_to(self, found: Finding) -> None:
        """Show the group, deputy or village a finding is about."""
        page = self._page
        page.close_panel()
        if found.group_id is not None:
            page.tree.go_to_group(found.group_id)
            if found.deputy_id is None:
                page.tree.setFocus()
                return
        else:
            page.tree.go_to(Place(ungrouped=True) if found.deputy_id is not None else Place())
        if found.deputy_id is not None:
            if not any(page.table.select((one, found.deputy_id)) for one in (found.group_id or 0, 0)):
                page.tree.go_to(Place())
                page.table.select((0, found.deputy_id))
            page.table.view.setFocus()
        elif found.village_id is not None:
            name = next(village.short_name for village in page.grouped.villages if village.id == found.village_id)
            page.tell(f"{name}：{found.todo}")
            page.tree.setFocus()

    # Groups

    def new_group(self, kind: GroupKind) -> None:
        """Begin a new group."""
        if self._free():
            self._page.open_form(GroupForm(self._desks, self._shell, None, kind))

    def edit_group(self) -> None:
        """Change the group of the place (Alt+E)."""
        group = self._shown_group()
        if group is not None and self._free():
            self._page.open_form(GroupForm(self._desks, self._shell, group))

    def end_group(self) -> None:
        """Give the group of the place up, or let it exist again (Alt+X)."""
        group = self._shown_group()
        if group is not None and self._free():
            self._page.open_form(GroupEndForm(self._desks, self._shell, group, self._page.change_day()))

    # Members

    def add(self) -> None:
        """Put deputies into the group of the place (Insert)."""
        group = self._page.group()
        if group is None:
            self._page.tell("请先在左边选一个小组。")
        elif self._free():
            self._page.open_form(MembersForm(self._desks, self._shell, group, (), self._page.change_day()))

    def join(self) -> None:
        """Put the current deputy into one more group (Alt+J)."""
        line = self._page.line()
        if line is not None and self._free():
            self._page.open_form(JoinForm(self._desks, self._shell, self._page.grouped.groups, None, line.deputy.id))

    def move(self) -> None:
        """Move the selected members to another group (Alt+M)."""
        lines = [line for line in self._page.lines() if line.membership]
        if not lines:
            self.join()
        elif self._free():
            self._page.open_form(MembersForm(self._desks, self._shell, None, lines, self._page.change_day()))

    def leave(self) -> None:
        """Let the selected members leave their group (Delete)."""
        ids = [line.membership.id for line in self._page.lines() if line.membership]
        if ids and self._free():
            self._do(lambda: self._desks.grouping.leave_all(ids, self._page.change_day()))

    def lead(self) -> None:
        """Let the current member lead the group; a leader does so no more (Ctrl+G)."""
        line = self._page.line()
        if line is None or line.group is None or not self._free():
            return
        group_id, leader = line.group.id, None if line.leads else line.deputy.id
        self._do(lambda: self._desks.grouping.make_leader(group_id, leader, self._page.change_day()))

    def correct(self) -> None:
        """Correct the dates of the current membership (Enter)."""
        line = self._page.line()
        if line is None or line.membership is None or line.group is None:
            self.join()
        elif self._free():
            form = MembershipForm(self._desks, self._shell, line.group, line.membership, line.deputy.name)
            form.delete_asked.connect(self._delete)
            self._page.open_form(form)

    def drop(self, deputy_id: int, group_id: int) -> None:
        """Move a deputy that was dragged onto a group, with who is selected beside: within a kind, else into one more."""
        page = self._page
        lines = page.lines()
        if deputy_id not in {line.deputy.id for line in lines}:
            lines = [line for line in page.table.rows() if line.deputy.id == deputy_id]
        target = next(group for group in page.grouped.groups if group.id == group_id)
        moving = [
            line.membership.id for line in lines if line.membership and line.group and line.group.kind is target.kind
        ]
        if not self._free():
            return
        if moving:
            self._do(lambda: self._desks.grouping.move(moving, group_id, page.change_day()))
        else:
            ids = list(dict.fromkeys([line.deputy.id for line in lines] or [deputy_id]))
            self._do(lambda: self._desks.grouping.join_all(group_id, ids, page.change_day()))

    # How

    def _delete(self, membership_id: int) -> None:
        if self._page.close_editor():
            self._do(lambda: self._desks.grouping.remove_membership(membership_id))

    def _shown_group(self) -> Group | None:
        line = self._page.line()
        return self._page.group() or (line.group if line else None)

    def _free(self) -> bool:
        return not self.refused() and self._page.close_editor()

    def _do(self, write: Callable[[], Done[Any]]) -> None:
        try:
            done = write()
        except InvalidInput as wrong:
            self._page.tell(str(wrong))
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
        else:
            self._page.tell("")
            self._page.publish(done)
