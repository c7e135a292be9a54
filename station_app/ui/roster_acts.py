"""What is done to the deputy the clerk stands on: by keys, and by the buttons and the menu of the card."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from station_app.domain.people import Deputy
from station_app.services.roster import Roster
from station_app.station import Desks
from station_app.ui.deputy_card import Action
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.deputy_steps import EndForm, LeaveForm, MoveForm
from station_app.ui.form import FormPanel
from station_app.ui.group_forms import JoinForm
from station_app.ui.page import Shell
from station_app.ui.record_history import show_history

if TYPE_CHECKING:
    from station_app.ui.roster_page import RosterPage


class RosterActs:
    """Acts on the current deputy.

    Args:
        page: knows who that is, opens the forms and publishes what was done.
        desks: the desks of the open station.
        shell: what the window lends.
    """

    def __init__(self, page: "RosterPage", desks: Desks, shell: Shell) -> None:
        self._page = page
        self._desks = desks
        self._shell = shell

    def all(self) -> dict[str, Action]:
        """Return what can be done, in the order of the card: key, then word, shortcut, action."""
        return {
            "edit": ("修改", "Enter", self.edit),
            "check": ("核对无误", "Alt+H", self.check),
            "assign": ("编入小组", "Alt+J", self.assign),
            "leave": ("请假、销假", "Alt+Q", self.leave),
            "move": ("转入转出", "Alt+R", self.move),
            "end": ("终止职务", "Alt+Z", self.end),
            "portrait": ("照片", "Alt+P", self.portrait),
            "history": ("操作记录", "Ctrl+H", self.history),
            "delete": ("删除录错的代表", "Ctrl+Delete", self.delete),
        }

    def new(self) -> None:
        """Begin a new entry (F2)."""
        if self._page.may_begin():
            self._page.open_form(DeputyForm(self._desks, self._shell))

    def edit(self) -> None:
        """Correct the current deputy (Enter)."""
        self._open(lambda deputy: DeputyForm(self._desks, self._shell, deputy))

    def assign(self) -> None:
        """Put the current deputy into a group (Alt+J)."""
        groups = self._page.listed_groups
        self._open(lambda deputy: JoinForm(self._desks, self._shell, groups, None, deputy.id))

    def leave(self) -> None:
        """Note a leave, or that it is over (Alt+Q)."""
        self._open(lambda deputy: LeaveForm(self._desks, self._shell, deputy))

    def move(self) -> None:
        """Note a move to another station, back, or within this one (Alt+R)."""
        self._open(lambda deputy: MoveForm(self._desks, self._shell, deputy))

    def end(self) -> None:
        """End mandates (Alt+Z)."""
        page, deputy = self._page, self._page.current_deputy()
        today = not page.filters.past_day()
        if deputy is not None and today and all(mandate.to_on for mandate in deputy.mandates):
            self._shell.messages.tell(f"{deputy.name} 的代表职务都已终止。", "要更正日期或原因，按回车修改。")
            return
        self._open(lambda one: EndForm(self._desks, self._shell, one))

    def portrait(self) -> None:
        """Choose or change the portrait (Alt+P)."""
        from station_app.ui.portrait_form import PortraitForm

        self._open(lambda deputy: PortraitForm(self._desks, self._shell, deputy))

    def history(self) -> None:
        """Show who changed what of the entry (Ctrl+H)."""
        deputy = self._page.current_deputy()
        if deputy is not None:
            show_history(self._shell, "deputies", deputy.uid, "roster")

    def check(self) -> None:
        """Note that the current entry was checked today, and go to the next one (Alt+H)."""
        page, line = self._page, self._page.table.current_row()
        if line is None or page.editor is not None or page.importing or page.refused():
            return
        rows = page.table.rows()
        place = rows.index(line)
        following = (rows[place + 1 :] or rows[:place])[:1]
        page.do(lambda: self._desks.checking.confirm(line.deputy_id))
        if following and page.table.current_id() != line.deputy_id:
            page.table.select(following[0].deputy_id)

    def arrange(self, by: int) -> None:
        """Move the current deputy up or down in the order set by hand (Alt+Up, Alt+Down)."""
        page, table = self._page, self._page.table
        deputy = page.current_deputy()
        if deputy is None or page.editor is not None or page.importing or page.refused():
            return
        table.sort_by("index")  # by any other column nobody would see the move
        page.do(lambda: self._desks.roster.move(deputy.id, by, [line.deputy_id for line in table.rows()]))

    def same_persons(self) -> None:
        """Look at the entries that are probably one person (Alt+T)."""
        from station_app.ui.same_persons import SamePersons

        page = self._page
        shown = page.findChild(SamePersons)
        if shown is not None:
            shown.activateWindow()
        elif page.may_begin() and self._desks.persons.pairs():
            SamePersons(page, self._desks, self._shell).show()

    def delete(self) -> None:
        """Delete the current deputy, entered by mistake (Ctrl+Delete)."""
        deputy = self._page.current_deputy()
        if deputy is not None and self._page.editor is None and not self._page.refused():
            roster: Roster = self._desks.roster
            self._page.do(lambda: roster.delete_deputy(deputy.id))

    def _open(self, make: Callable[[Deputy], FormPanel]) -> None:
        deputy = self._page.current_deputy()
        if deputy is not None and self._page.may_begin():
            self._page.open_form(make(self._desks.roster.deputy(deputy.id)))
