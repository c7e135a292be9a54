"""What is done to groups from the roster page: new, members in and out, leaders, by key and by drag."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from station_app.domain.groups import Group, GroupKind
from station_app.station import Desks
from station_app.ui.group_forms import GroupForm, JoinForm
from station_app.ui.groups_panel import Place
from station_app.ui.page import Shell

if TYPE_CHECKING:
    from station_app.ui.roster_page import RosterPage


class GroupActs:
    """Acts on the place of the tree the clerk stands on.

    Args:
        page: whose tree it is; opens the forms and publishes what was done.
        desks: the desks of the open station.
        shell: what the window lends.
    """

    def __init__(self, page: "RosterPage", desks: Desks, shell: Shell) -> None:
        self._page = page
        self._desks = desks
        self._shell = shell

    def act(self, word: str) -> None:
        """Do what a key or button of the tree asks for: new, add, edit, leave, drop, lead."""
        page, grouping = self._page, self._desks.grouping
        place = page.groups.tree.place()
        if page.refused() or not page.close_editor():
            return
        if word == "new":
            page.open_form(GroupForm(self._desks, self._shell, None, place.kind or GroupKind.AREA))
        elif word == "add":
            page.open_form(JoinForm(self._desks, self._shell, page.listed_groups, place.group_id, None))
        elif word == "edit" and place.deputy_id is not None:
            page.table.select(place.deputy_id)
            page.edit()
        elif word == "edit" and place.group_id is not None:
            group = next(one for one in page.listed_groups if one.id == place.group_id)
            page.open_form(GroupForm(self._desks, self._shell, group))
        elif word == "leave" and (member := place.membership_id) is not None:
            page.do(lambda: grouping.leave(member, self._today()))
        elif word == "drop" and (dropped := place.group_id) is not None:
            page.do(lambda: grouping.delete_group(dropped))
        elif word == "lead" and (led := place.group_id) is not None and (leader := place.deputy_id) is not None:
            page.do(lambda: grouping.make_leader(led, leader))

    def drop(self, deputy_id: int, group_id: int) -> None:
        """Put a deputy that was dragged onto a group into it, from today on."""
        self._page.do(lambda: self._desks.grouping.join(group_id, deputy_id, self._today()))

    def _today(self) -> str:
        return self._shell.clock.today().isoformat()


class Within:
    """Tells which deputies stand at a place of the tree.

    Args:
        place: where the clerk stands.
        groups: every group.
        today: the day that decides who is a member.
    """

    def __init__(self, place: Place, groups: Iterable[Group], today: date) -> None:
        self._place = place
        self._members = {
            member.deputy_id
            for group in groups
            if place.group_id in (None, group.id) and (place.kind is None or group.kind is place.kind)
            for member in group.members_on(today.isoformat())
        }

    def holds(self, deputy_id: int) -> bool:
        """Tell whether the deputy is to be shown."""
        place = self._place
        if place.deputy_id is not None:
            return deputy_id == place.deputy_id
        if place.ungrouped:
            return deputy_id not in self._members
        return (place.group_id is None and place.kind is None) or deputy_id in self._members
