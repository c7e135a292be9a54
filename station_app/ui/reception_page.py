"""The 接待 page: the days, the day with its sign-in and visits, and the form in place."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication

from station_app.domain.attachment import Owner
from station_app.domain.calendars import weekday_text
from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.domain.reception import DayState, Presence, ReceptionDay
from station_app.services.done import DAYS, OPINIONS, ROSTER, SETTINGS, VISITS, Done
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.ui.attachments_strip import strip_of
from station_app.ui.cards import Notice, link_button
from station_app.ui.day_columns import DayColumns
from station_app.ui.day_form import BlankFormsForm, CallOffForm, DayForm
from station_app.ui.day_list import OUTSIDE, WAITING, DayList, state_word
from station_app.ui.day_panel import DayPanel
from station_app.ui.fields import FormPanel
from station_app.ui.import_host import ImportHost
from station_app.ui.import_menu import ImportMenu
from station_app.ui.page import Page, Shell
from station_app.ui.reception_drafts import ReceptionDrafts
from station_app.ui.reception_keys import SHORTCUTS
from station_app.ui.reception_papers import ReceptionPapers
from station_app.ui.record_history import show_history
from station_app.ui.rights import offer, offer_saving, refused
from station_app.ui.theme import Tone
from station_app.ui.visit_entry import VisitMode, VisitPlace
from station_app.ui.visit_form import VisitForm


class ReceptionPage(Page):
    """See the module; without ``papers`` what prints is left out."""

    topics = frozenset({DAYS, VISITS, OPINIONS, ROSTER, SETTINGS})

    def __init__(self, shell: Shell, desks: Desks, papers: ReceptionPapers | None = None) -> None:
        super().__init__(shell, "接待")
        self._desks = desks
        self._papers = papers
        self._day: ReceptionDay | None = None
        self._form: FormPanel | None = None
        self._note = ""
        taking_in = ImportMenu(desks, (SheetKind.VISITS, SheetKind.ATTENDANCE), self.start_import, "Alt+I")
        self.header.add(taking_in)
        self._print_button = self.header.add_button("打印台账", "printer", self.print_ledger, "Alt+L")
        self._print_button.setVisible(papers is not None)
        paper = self.header.add_button("补录纸质", "clipboard-list", self.enter_paper, "Alt+B")
        self._state_button = self.header.add_button("开始接待", "", self.change_state, "Alt+K")
        register = self.header.add_primary("登记接待", "user-plus", self.new)
        self.drafts = ReceptionDrafts(self, desks)
        self.draft_bar = self.drafts.bar
        self.notice = Notice(Tone.WARNING)
        self.days = DayList()
        self.panel = DayPanel(desks, shell.settings)
        self._columns = DayColumns(shell.settings, self.days, self.panel)
        self.begin_with(self.days)
        self.body.addWidget(self.draft_bar)
        self.body.addWidget(self.notice)
        self.whole = ImportHost(shell, desks, SheetKind.VISITS, self._columns)
        self.whole.imported.connect(self.publish)
        self.whole.ended.connect(self._go_to_table)
        self.body.addWidget(self.whole, 1)
        offer(desks, Right.REGISTER, paper, register, self.panel.links["blanks"], self.panel.add_deputy)
        changing = [self.panel.links[key] for key in ("change", "announce", "call_off")]
        offer(desks, Right.KEEP, taking_in, self._state_button, self.days.new_link, *changing)
        self._connect(taking_in)

    def _refused(self, right: Right) -> bool:
        return refused(self._desks, right, self.shell.messages)

    def _connect(self, taking_in: ImportMenu) -> None:
        self.days.chosen.connect(lambda _key: self._show_day())
        self.days.opened.connect(self._go_to_table)
        self.days.new_asked.connect(self.new_day)
        self.days.room_changed.connect(self.reload)
        self.panel.new_day_asked.connect(self.new_day)
        self.panel.change_asked.connect(self._change_day)
        self.panel.announce_asked.connect(lambda: self._with_day(self._desks.days.announce))
        self.panel.call_off_asked.connect(self._call_off)
        self.panel.blanks_asked.connect(lambda: self.open_form(BlankFormsForm(self._desks, self.shell.messages)))
        self.panel.marked.connect(self._mark)
        self.panel.deputy_added.connect(self._add_deputy)
        self.panel.deputy_removed.connect(
            lambda deputy_id: self._with_day(lambda day_id: self._desks.days.take_off(day_id, deputy_id))
        )
        self.panel.opened.connect(lambda line: self.open_visit(line.visit_id))
        for keys, action in {
            "Alt+I": taking_in.showMenu,
            "Alt+L": self.print_ledger,
            "Alt+B": self.enter_paper,
            "Alt+K": self.change_state,
            "Alt+Q": self.panel.toggle_sign_in,
            "Alt+T": self.new_day,
            "Alt+G": self.draft_bar.resume,
            "Ctrl+H": self._show_history,
            "Ctrl+Delete": self.delete,
            "Ctrl+Shift+D": self.erase_chosen,
        }.items():
            bound = QShortcut(QKeySequence(keys), self)
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            bound.activated.connect(action)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        printing = (("Alt+L", "打印这一天的台账"), ("Ctrl+P", "打印所选来访的登记表")) if self._papers else ()
        return (*SHORTCUTS, *printing)

    def _show_history(self) -> None:
        """Show who changed what of the visit that is chosen (Ctrl+H)."""
        line = self.panel.table.current_row()
        if line is not None:
            show_history(self.shell, "visits", self._desks.reception.visit(line.visit_id).uid, "reception")

    def start_import(self, kind: SheetKind) -> None:
        """Take in visits or sign-ins from a spreadsheet (Alt+I)."""
        if not self._refused(Right.KEEP) and self.close_editor():
            self.whole.start(kind)

    def back(self) -> None:
        """Leave the import or the form (Esc)."""
        if not self.whole.leave():
            super().back()

    def erase_chosen(self) -> None:
        """Erase the data of the visitor who is open or chosen (Ctrl+Shift+D)."""
        line = self.panel.table.current_row()
        visit_id = self._form.place.visit_id if isinstance(self._form, VisitForm) else line.visit_id if line else None
        if visit_id is not None:
            self._erase(visit_id)

    def _erase(self, visit_id: int) -> None:
        from station_app.ui.erasing_window import open_erasing

        if self.close_editor():
            open_erasing(self.shell, self._desks, self._desks.reception.visit(visit_id), self.window())

    # What is shown

    def reload(self) -> None:
        """Fetch days and visits again; the open form is left alone."""
        desks = self._desks
        word = desks.settings.profile().market_word
        self.days.offer_rooms(desks.rooms.names())
        outside = desks.reception.outside_counts(self.days.room())
        self.days.set_days(desks.days.between(), outside, desks.clock.today(), word)
        self._close_if_gone()
        self._show_day()
        self.drafts.look()

    def catch_up(self) -> None:
        """Reload even while a form is open: reloading never touches what is typed in it."""
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()

    def _show_day(self) -> None:
        self.notice.say("")
        key = self.days.current_id()
        if key is None:
            return
        if key == OUTSIDE:
            self._day = None
            self._note = "日常来访"
            self.panel.show_outside(self.days.year, self.days.room(), no_days=not self.days.has_days())
        else:
            self._day = self._desks.days.one(key)
            on = date.fromisoformat(self._day.on)
            self._note = f"{on.month}月{on.day}日 {weekday_text(on)}　{self._day.place}"
            self.panel.show_day(self._day)
        self._fit()
        self._show_state_button()
        self._print_button.setEnabled(self._day is not None)

    def _show_state_button(self) -> None:
        word = state_word(self._day, self._today())
        self._state_button.setVisible(bool(word))
        self._state_button.setText(word)
        self._state_button.updateGeometry()

    def _today(self) -> str:
        return self._desks.clock.today().isoformat()

    def _go_to_table(self) -> None:
        if not self.panel.table.rows():
            self.panel.go_to_sign_in()
            return
        if self.panel.table.current_row() is None:
            self.panel.table.view.selectRow(0)
        self.panel.table.setFocus()

    # The day

    def change_state(self) -> None:
        """Begin or end the reception of the day (Alt+K)."""
        day = self._day
        word = state_word(day, self._today())
        if day is None or not word:
            return
        desk, ending = self._desks.days, word in {"结束接待", "补记已接待"}
        if self._do(lambda: desk.end(day.id) if ending else desk.open(day.id)):
            (self._go_to_table if word == "结束接待" else self.panel.go_to_sign_in)()

    def new_day(self) -> None:
        """Open the form of a new reception day (Alt+T)."""
        if not self._refused(Right.KEEP):
            self.open_form(DayForm(self._desks, self.shell.messages))

    def _change_day(self) -> None:
        if self._day is not None:
            self.open_form(DayForm(self._desks, self.shell.messages, self._day))

    def _call_off(self) -> None:
        if self._day is not None:
            self.open_form(CallOffForm(self._desks, self.shell.messages, self._day))

    def _mark(self, deputy_id: int, presence: Presence) -> None:
        self._with_day(lambda day_id: self._desks.days.sign_in(day_id, deputy_id, presence))

    def _add_deputy(self, deputy_id: int) -> None:
        here = self._day is not None and self._day.state is DayState.OPEN
        self._mark(deputy_id, Presence.PRESENT if here else Presence.PLANNED)

    def delete(self) -> None:
        """Delete the chosen visit, or in the list of days the day, that was entered by mistake (Ctrl+Delete)."""
        line, day = self.panel.table.current_row(), self._day
        if self._form is not None or self._refused(Right.KEEP):
            return
        if self.days.isAncestorOf(QApplication.focusWidget() or self):
            if day is not None:
                self._do(lambda: self._desks.days.delete(day.id))
        elif line is not None:
            self._do(lambda: self._desks.reception.delete_visit(line.visit_id))

    def _with_day(self, action: Callable[[int], Done[Any]]) -> None:
        day = self._day
        if day is not None:
            self._do(lambda: action(day.id))

    def _do(self, action: Callable[[], Done[Any]]) -> bool:
        """Do one thing and publish it; say above the tables what is in the way otherwise."""
        return self.do(action, lambda words: self.notice.say("", words))

    # Visits

    def new(self) -> None:
        """Register a visitor (F2): on today's reception day, which begins with it, or as 日常来访."""
        if isinstance(self._form, VisitForm) and self._form.place.mode is VisitMode.NEW:
            self._form.start()
            return
        if self._refused(Right.REGISTER) or not self.close_editor():
            return
        day = self._todays_day()
        if day is not None and day.state in WAITING and not self._desks.operators.may(Right.KEEP):
            self.notice.say("", "今天的接待还没有开始，请联络员先按“开始接待”。")
            return
        if day is not None and day.state in WAITING and not self._do(lambda: self._desks.days.open(day.id)):
            return
        self.days.select(day.id if day else OUTSIDE)
        self._begin(VisitPlace(VisitMode.NEW, self._today(), self._day))

    def _todays_day(self) -> ReceptionDay | None:
        """Return the day a visitor of now belongs to; whoever looks at 日常来访 registers there."""
        if self.days.current_id() == OUTSIDE and self.isVisible():
            return None
        today = self._today()
        usable = (DayState.OPEN, *WAITING, DayState.HELD)
        found = [one for one in self._desks.days.between(today, today) if one.state in usable and self.days.shows(one)]
        shown = self.days.current_id()  # of two rooms that receive today, the one that is looked at
        return min(found, key=lambda one: (usable.index(one.state), one.id != shown), default=None)

    def enter_paper(self) -> None:
        """Enter forms that were filled in by hand (Alt+B), on the day that is shown."""
        if self._refused(Right.REGISTER) or not self.close_editor():
            return
        if self._day is not None and self._day.on > self._today():
            self.notice.say("", f"接待日 {self._day.on} 还没有到，不能补录。请先在左边选已经接待的那一天。")
            return
        on = self._day.on if self._day else self._today()
        self._begin(VisitPlace(VisitMode.PAPER, on, self._day))

    def _begin(self, place: VisitPlace) -> None:
        form = VisitForm(self._desks, self.shell.messages)
        if self.open_form(form):
            form.begin(place)

    def open_visit(self, visit_id: int) -> None:
        """Open a registered visit for correction."""
        form = VisitForm(self._desks, self.shell.messages, correcting=True)
        if self.open_form(form):
            form.correct(self._desks.reception.visit(visit_id))
            offer_saving(self._desks, Right.KEEP, form)
            form.add_widget(strip_of(self.shell, self._desks, Owner.VISIT, visit_id))
            erase = link_button("个人信息删除…", lambda: self._erase(visit_id))
            erase.setToolTip("本人要求删除姓名、电话等（Ctrl+Shift+D）")
            offer(self._desks, Right.GOVERN, erase)
            form.add_action(erase)
            self.drafts.look()

    def open_item(self, key: object) -> None:
        """Go to what another page or the search asks for.

        Args:
            key: id of a reception day; or a pair ``("visit", id)``; or ``"new"`` to register a visitor.
        """
        self.catch_up()
        match key:
            case int(day_id):
                self.days.select(day_id)
            case ("visit", int(visit_id)):
                visit = self._desks.reception.visit(visit_id)
                if visit.day_id is None:
                    self.days.year = int(visit.on[:4])
                self.days.select(visit.day_id or OUTSIDE)
                self.open_visit(visit_id)
            case "new":
                self.new()
            case KeptDraft():
                self.drafts.resume(key)

    # The form in place

    def open_form(self, form: FormPanel) -> bool:
        """Show a form in place; return False when the clerk goes on with another one."""
        if not self.close_editor():
            form.deleteLater()
            return False
        self._form = self.editor = form
        form.saved.connect(self._saved)
        form.saved_next.connect(self._saved_next)
        form.closed.connect(self._closed)
        form.set_active(active=True)
        self._columns.put_form(form)
        self._fit()
        form.start()
        return True

    def _fit(self) -> None:
        """Make room for the form; the note gives way with the days."""
        self.header.set_note(self._note if self._columns.fit(self.width()) else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is shown to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _saved(self, done: Done[Any]) -> None:
        form = self._form
        self._closed()
        self.publish(done)
        if isinstance(form, DayForm | CallOffForm) and isinstance(done.value, int):
            self.days.select(done.value)
            self._go_to_table()
        elif isinstance(form, BlankFormsForm) and self._papers is not None:
            self._papers.blank_forms(done.value)
        elif isinstance(form, VisitForm):
            self._select_visit(form.place.visit_id or done.value.visit_id)
            self._go_to_table()

    def _saved_next(self, done: Done[Any]) -> None:
        self.publish(done)
        if isinstance(self._form, VisitForm):
            self._select_visit(done.value.visit_id)
            self._form.begin_next()

    def _select_visit(self, visit_id: int) -> None:
        """Show the row of a visit's last opinion: in a long day it may lie out of sight."""
        rows = [one for one in self.panel.table.rows() if one.visit_id == visit_id]
        if rows:
            self.panel.table.select((visit_id, rows[-1].case_number))

    def _closed(self) -> None:
        if self._form is None:
            return
        self._form = self.editor = None
        self._columns.take_form()
        self._fit()
        self.drafts.look()
        self.catch_up()
        self._go_to_table()

    def _close_if_gone(self) -> None:
        """Close a correction whose visit an undo has taken back."""
        visit_id = self._form.place.visit_id if isinstance(self._form, VisitForm) else None
        if visit_id is not None and not self._desks.reception.is_registered(visit_id):
            self._closed()

    # Papers

    def print_ledger(self) -> None:
        """Print the ledger of the day that is shown (Alt+L)."""
        if self._papers is not None and self._day is not None:
            self._papers.ledger(self._day.id)

    def print_(self) -> None:
        """Print the forms of the selected visits (Ctrl+P); the day's ledger when none is selected."""
        chosen = dict.fromkeys(line.visit_id for line in self.panel.table.selected_rows())
        if self._papers is not None and chosen:
            self._papers.visit_forms(tuple(chosen))
        else:
            self.print_ledger()
