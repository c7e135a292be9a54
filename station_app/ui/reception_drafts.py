"""What was not finished on the page 接待: offered in a line on top, brought back into its form."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.station import Desks
from station_app.ui.day_list import OUTSIDE
from station_app.ui.draft_bar import DraftBar
from station_app.ui.fields import FormPanel
from station_app.ui.form import resume
from station_app.ui.form_draft import tell_gone
from station_app.ui.rights import refused
from station_app.ui.unfinished_forms import reception_form
from station_app.ui.visit_entry import DRAFT_FORM, VisitMode, VisitPlace
from station_app.ui.visit_form import VisitForm

if TYPE_CHECKING:
    from station_app.ui.reception_page import ReceptionPage


class ReceptionDrafts(QObject):
    """See the module.

    Args:
        page: the page.
        desks: the desks of the open station.

    Attributes:
        bar: offers the newest unfinished registration.
    """

    def __init__(self, page: "ReceptionPage", desks: Desks) -> None:
        super().__init__(page)
        self._page = page
        self._desks = desks
        self._messages = page.shell.messages
        self.bar = DraftBar(desks.clock, self._messages, "Alt+G")
        self.bar.resumed.connect(self.resume)
        self.bar.dropped.connect(self._forget)

    def look(self) -> None:
        """Offer the newest unfinished registration, but not one of the form that is open."""
        form = self._page.editor
        kept = self._desks.housekeeping.kept_drafts(DRAFT_FORM) if self._desks.operators.may(Right.REGISTER) else []
        if isinstance(form, VisitForm):
            own = form.keeper
            kept = [
                one for one in kept if one.record_uid != own.slot and (not one.record or one.record != own.place.record)
            ]
        self.bar.offer(kept)

    def resume(self, kept: KeptDraft) -> None:
        """Open the form of something unfinished again and bring back what was typed."""
        page = self._page
        if refused(self._desks, Right.REGISTER, self._messages):
            return
        if kept.form == DRAFT_FORM:
            self._resume_visit(kept)
            return
        day = next((one for one in self._desks.days.between() if one.uid == kept.record), None)
        form: FormPanel | None = reception_form(kept, self._desks, self._messages, day)
        if form is None:
            tell_gone(self._messages)
        elif page.open_form(form):
            if day is not None:
                page.days.select(day.id)
            resume(form, kept)

    def _resume_visit(self, kept: KeptDraft) -> None:
        visit_id, page = kept.body.get("visit_id"), self._page
        if isinstance(visit_id, int):
            if self._desks.reception.is_registered(visit_id):
                page.open_visit(visit_id)
                resume(page.editor, kept)
            else:
                tell_gone(self._messages)
            return
        day = next((one for one in self._desks.days.between() if one.id == kept.body.get("day_id")), None)
        page.days.select(day.id if day else OUTSIDE)
        mode = VisitMode.PAPER if kept.body.get("mode") == VisitMode.PAPER else VisitMode.NEW
        form = VisitForm(self._desks, self._messages)
        if page.open_form(form):
            on = str(kept.body.get("on") or self._desks.clock.today().isoformat())
            form.resume(kept, VisitPlace(mode, on, day))
            self.look()

    def _forget(self, kept: KeptDraft) -> None:
        self._desks.housekeeping.drop_draft(kept.form, kept.record_uid)
        self.look()
