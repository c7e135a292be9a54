"""届次与换届: terms and constituencies, who represents a village, and the change of term."""

from typing import Any

from PySide6.QtWidgets import QStackedWidget

from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.domain.people import Level
from station_app.domain.term_change import TermChange
from station_app.domain.terms import Constituency, Term
from station_app.services.done import ROSTER, SETTINGS, Done
from station_app.station import Desks
from station_app.ui.form import FormPanel, resume
from station_app.ui.form_draft import tell_gone
from station_app.ui.page import Page, Shell
from station_app.ui.rights import offer, refused
from station_app.ui.term_change_panel import DRAFT, TermChangePanel
from station_app.ui.term_forms import ConstituencyForm, TermForm
from station_app.ui.terms_panel import TermsPanel


class TermsPage(Page):
    """See the module.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = frozenset({ROSTER, SETTINGS})

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "届次与换届")
        self._desks = desks
        self._form: FormPanel | None = None
        self.change: TermChangePanel | None = None
        self._begin = self.header.add_primary("开始换届", "rotate-ccw", self.new)
        offer(desks, Right.KEEP, self._begin)
        self.panel = TermsPanel(shell, desks)
        self.panel.asked.connect(self._act)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.panel)
        self.body.addWidget(self.whole, 1)
        self.begin_with(self.panel.terms)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts, those of the steps too."""
        return (
            ("F2", "开始换届，或接着办"),
            ("Alt+G / Alt+D / Alt+V", "到届次、选区、谁代表这个村"),
            ("Insert / Enter / Delete", "新增、修改、删除届次或选区"),
            ("Alt+R / Alt+T", "登记名册里的届次、选区"),
            ("Alt+C", "复制“谁代表这个村”的答案"),
            ("Ctrl+P", "打印“谁代表这个村”的答案"),
            *(self.change.shortcuts() if self.change else ()),
        )

    def reload(self) -> None:
        """Fetch terms, constituencies and the answer again."""
        self.panel.reload()
        if self.change is not None:
            self.change.refit()
        kept = self._desks.housekeeping.kept_draft(DRAFT)
        self._begin.setText("接着换届" if kept else "开始换届")
        self._begin.updateGeometry()
        self.header.set_note(f"{kept.body.get('about', '')} 还没有办完" if kept and self.change is None else "")

    # Changing the term

    def new(self) -> None:
        """Begin a change of term, or go on with the one that was left (F2)."""
        if self.change is not None or refused(self._desks, Right.KEEP, self.shell.messages) or not self.close_editor():
            return
        kept = self._desks.housekeeping.kept_draft(DRAFT)
        desk = self._desks.term_change
        if kept is not None:
            change = desk.fitted(TermChange.from_dict(kept.body["change"]))
        else:
            term = self.panel.term()
            change = desk.begin(term.level if term else desk.own_level())
        made = TermChangePanel(self.shell, self._desks, change)
        made.carried_out.connect(self._carried_out)
        made.left.connect(self._leave_change)
        self.change = made
        self.editor = made
        self._begin.hide()
        self.whole.addWidget(made)
        self.whole.setCurrentWidget(made)
        made.steps[made.change.step].start()

    def _leave_change(self) -> None:
        made, self.change, self.editor = self.change, None, None
        if made is not None:
            self.whole.removeWidget(made)
            made.hide()
            made.deleteLater()
        self._begin.show()
        self.reload()
        self.panel.terms.view.setFocus()

    def _carried_out(self, done: Done[Any]) -> None:
        change = self.change.change if self.change else None
        self._leave_change()
        self.publish(done)
        if change is not None:
            self.panel.terms.select((change.level, change.new_term))

    # Terms and constituencies

    def _act(self, word: str, about: object) -> None:
        if refused(self._desks, Right.KEEP, self.shell.messages) or not self.close_editor():
            return
        desk = self._desks.terms
        match word, about:
            case "new term", _:
                self._open(TermForm(self._desks, self.shell))
            case "edit term", Term():
                self._open(TermForm(self._desks, self.shell, about))
            case "delete term", Term() if about.id:
                self.publish(desk.delete_term(about.id))
            case "register term", _:
                self.publish(desk.register_proposals())
            case "new constituency" | "edit constituency", Constituency():
                self._open(ConstituencyForm(self._desks, self.shell, about))
            case "delete constituency", Constituency() if about.id:
                self.publish(desk.delete_constituency(about.id))
            case "register constituency", Constituency():
                self.publish(desk.register_constituencies(about.level, about.term))

    def _open(self, form: FormPanel) -> None:
        self.editor = self._form = form
        form.set_active(True)
        form.saved.connect(self._saved)
        form.saved_next.connect(self._saved)
        form.closed.connect(self._close_form)
        self.panel.show_form(form)
        form.start()

    def _close_form(self) -> None:
        form, self.editor, self._form = self._form, None, None
        if form is not None:
            self.panel.drop_form(form)
            (self.panel.terms if isinstance(form, TermForm) else self.panel.districts).view.setFocus()
        self.catch_up()

    def _saved(self, done: Done[Any]) -> None:
        self._close_form()
        self.publish(done)

    def open_item(self, key: object) -> None:
        """Go on with something unfinished."""
        if not isinstance(key, KeptDraft):
            return
        self.catch_up()
        if key.form == DRAFT:
            self.new()
        elif self.change is None and self.close_editor():
            form = self._form_of(key)
            if form is None:
                tell_gone(self.shell.messages)
            else:
                self._open(form)
                resume(form, key)

    def _form_of(self, kept: KeptDraft) -> FormPanel | None:
        if kept.form == TermForm.kind:
            term = next((one for one in self._desks.terms.terms() if one.uid == kept.record), None)
            return TermForm(self._desks, self.shell, term) if term or not kept.record else None
        about = kept.body["reopen"]
        level, name = Level(about["level"]), about["term"]
        known = self._desks.terms.constituencies(level, name)
        found = next((one for one in known if one.uid == kept.record), None)
        if found is None and kept.record:
            return None
        return ConstituencyForm(self._desks, self.shell, found or Constituency(level, name, ""))

    def print_(self) -> None:
        """Print who represents the village (Ctrl+P)."""
        if self.change is None:
            self.panel.represent.print_()

    def back(self) -> None:
        """Leave the form or the change of term, then go back to the roster (Esc)."""
        if self.editor is not None:
            self.close_editor()
        else:
            self.shell.open_page("roster", None)
