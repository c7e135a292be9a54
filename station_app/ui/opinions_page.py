"""The 意见 page: every matter in a table, the one chosen beside it, and what may be done with it now."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.documents.ledgers import ROOM_KEY
from station_app.domain.events import Event
from station_app.domain.figures import Rules
from station_app.domain.kept_draft import KeptDraft
from station_app.domain.moves import Move
from station_app.domain.operators import Right
from station_app.domain.opinion import Case
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import OPEN_STATES
from station_app.services.done import OPINIONS, ROSTER, SETTINGS, VISITS, Done
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.ui.attachments_strip import AttachmentsStrip
from station_app.ui.cards import Card
from station_app.ui.cases_behind import CasesBehind, CasesTogether
from station_app.ui.correct_opinion_form import CorrectOpinionForm
from station_app.ui.correct_steps import StepChoice, StepCorrection, TakingBack
from station_app.ui.deputy_opinion_form import DeputyOpinionForm
from station_app.ui.fields import FormPanel
from station_app.ui.filter_button import OPEN
from station_app.ui.form import resume
from station_app.ui.form_draft import tell_gone
from station_app.ui.import_host import ImportHost
from station_app.ui.move_form import MoveForm
from station_app.ui.new_opinion_choice import NewOpinionChoice
from station_app.ui.opinion_export import export_opinions
from station_app.ui.opinion_filters import ALL, OpinionFilter, OpinionFilterBar
from station_app.ui.opinion_forms import move_form, new_case
from station_app.ui.opinion_keys import SHORTCUTS
from station_app.ui.opinion_panel import OpinionPanel
from station_app.ui.opinion_rows import OpinionRow, opinion_rows, pressing
from station_app.ui.opinion_split import OpinionSplit
from station_app.ui.opinion_table import opinion_table
from station_app.ui.page import Editor, Page, Shell
from station_app.ui.record_history import offer_history
from station_app.ui.rights import offer, refused
from station_app.ui.several_matters import TOGETHER, fitting
from station_app.ui.suggestion_facts import SuggestionAction
from station_app.ui.suggestion_form import CorrectSuggestionForm, MeetingForm, OwnSuggestionForm
from station_app.ui.theme import px
from station_app.ui.unfinished_forms import opinion_form
from station_app.ui.visit_entry import VisitMode, VisitPlace
from station_app.ui.visit_form import VisitForm

if TYPE_CHECKING:
    from station_app.services.papers_desk import Offer

_EMPTY = "这里是收到的意见建议。接待日登记的会自动列在这里；走访、电话、微信群等收到的，按 F2 登记。"
_NONE_FOUND = "没有符合条件的意见建议。请放宽上面的条件。"


class OpinionsPage(Page):
    """See the module."""

    topics = frozenset({OPINIONS, VISITS, ROSTER, SETTINGS})

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "意见建议")
        self._desks = desks
        self._rows: list[OpinionRow] = []
        self._open_rows: list[OpinionRow] = []
        self._pressing = (0, 0)
        self._rows_by: tuple[object, ...] = ()
        self._kept: frozenset[int] = frozenset()
        self._form: FormPanel | NewOpinionChoice | StepChoice | None = None
        self._form_of: int | None = None
        self.header.add_button("承办单位", "building-2", lambda: shell.open_page("units", None), "Alt+U")
        taking_in = self.header.add_button("导入旧台账", "upload", self.start_import, "Alt+I")
        self.header.add_button("导出", "file-spreadsheet", self.export, "Ctrl+E")
        register = self.header.add_primary("登记意见", "plus", self.new)
        offer(desks, Right.KEEP, taking_in)
        offer(desks, Right.REGISTER, register)
        self.table = opinion_table(shell.settings, desks.settings.profile().village_word)
        self.filters = OpinionFilterBar(self.table.columns_button())
        self.panel = OpinionPanel(desks, AttachmentsStrip(shell, desks))
        self._lay_out()
        self.filters.changed.connect(self._filter_changed)
        self.filters.left.connect(self._go_to_table)
        self.table.current_changed.connect(self._current_changed)
        self.table.selection_changed.connect(self._selection_changed)
        self.table.opened.connect(self._go_to_actions)
        self.panel.move_asked.connect(self.open_move)
        self.panel.correction_asked.connect(self._correct)
        self.panel.steps_asked.connect(self._choose_step)
        self.panel.paper_asked.connect(self.open_paper)
        self.panel.suggestion_asked.connect(self.open_suggestion)
        self.panel.related.asked.connect(self.open_item)
        offer_history(self.table, shell, lambda row: ("opinions", row.case.uid), "opinions")
        QShortcut(QKeySequence("Alt+U"), self, lambda: shell.open_page("units", None))
        QShortcut(QKeySequence("Alt+I"), self, self.start_import)
        self.begin_with(self.table)

    def _lay_out(self) -> None:
        ledger = Card()
        ledger.set_flush()
        ledger.body.addWidget(self.table)
        self._split = OpinionSplit(ledger, self.panel, self.shell.settings)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.filters)
        column.addWidget(self._split, 1)
        self.whole = ImportHost(self.shell, self._desks, SheetKind.OPINIONS, main)
        self.whole.imported.connect(self.publish)
        self.whole.ended.connect(self._go_to_table)
        self.body.addWidget(self.whole, 1)

    def start_import(self) -> None:
        """Choose an old ledger of opinions and show what it would add."""
        if self.whole.panel is None and not self._refused(Right.KEEP) and self.close_editor():
            self.whole.start()

    def _refused(self, right: Right) -> bool:
        return refused(self._desks, right, self.shell.messages)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return SHORTCUTS

    # Rows

    def reload(self) -> None:
        """Fetch every matter again; selection, scroll and filters stay."""
        settings = self._desks.settings
        by = (self._desks.clock.today(), settings.limits(), settings.profile(), self._desks.rooms.names())
        known = self._rows if by == self._rows_by else []
        self._rows_by = by
        rules = Rules(by[2], by[1], settings.calendar(), by[0], by[3])
        self.table.withheld = frozenset() if by[3] else frozenset({ROOM_KEY})
        self._rows = opinion_rows(self._desks.opinions.cases(), rules, known)
        self._open_rows = [row for row in self._rows if row.case.progress.state in OPEN_STATES]
        self._pressing = pressing(self._open_rows)
        self.header.set_note(f"在办 {len(self._open_rows):,} 件　共 {len(self._rows):,} 件")
        self.filters.offer(self._rows, rules)
        self._apply_filter()

    def _apply_filter(self) -> None:
        wanted = self.filters.value()
        asked = self._open_rows if wanted.state == OPEN and not self._kept else self._rows
        shown = [row for row in asked if wanted.passes(row) or row.case.id in self._kept]
        begin = "" if self._rows or not self._desks.operators.may(Right.REGISTER) else "登记意见"
        self.table.set_empty(_NONE_FOUND if self._rows else _EMPTY, begin, self.new)
        self.table.set_rows(shown)
        self.filters.set_counts(len(shown), len(self._rows), *self._pressing)
        if self.table.current_row() is None and shown:
            self.table.select(self.table.rows()[0].case.id)
        elif not shown:
            self.panel.show_nothing("")

    def _filter_changed(self) -> None:
        self._kept = frozenset()
        self._apply_filter()

    def _current_changed(self, row: OpinionRow | None) -> None:
        if row is None:
            if self._form is None:
                self.panel.show_nothing("")
            return
        if self._form is not None and row.case.id != self._form_of and not self.close_editor():
            if self._form_of is not None:
                self.table.select(self._form_of)
            return
        self.panel.show_row(row)

    def _selection_changed(self, rows: list[OpinionRow]) -> None:
        if self._form is not None:
            return
        if len(rows) > 1:
            self.panel.show_many(rows)
        elif (row := self.table.current_row()) is not None:
            self.panel.show_row(row)

    def _go_to_actions(self, row: OpinionRow) -> None:
        if len(self.table.selected_rows()) == 1 and not self.panel.proposes_paper():
            self.panel.show_row(row)  # it may still tell of several that were handed over
        self.panel.focus_primary()

    def _go_to_table(self) -> None:
        if self.table.current_row() is None and self.table.rows():
            self.table.select(self.table.rows()[0].case.id)
        self.table.setFocus()

    # Moves

    def open_item(self, key: object) -> None:
        """Show a matter whatever the filters hide; with a pair of id and `Move` open that move's form too.

        Args:
            key: an opinion's id, or ``(id, move)``; or the `CasesBehind` a figure, which are shown and no others; or
                `CasesTogether`, which are selected as well; or something unfinished to go on with.
        """
        if isinstance(key, KeptDraft):
            self._resume(key)
            return
        if isinstance(key, CasesTogether):
            self._show_together(key)
            return
        if isinstance(key, CasesBehind):
            if self.close_editor():
                self.catch_up()
                self.filters.ask(OpinionFilter(state=ALL, behind=key))
                self.table.setFocus()
            return
        case_id, move = key if isinstance(key, tuple) else (key, None)
        if not self.close_editor():
            return
        self.catch_up()
        self._kept = frozenset({case_id})
        if not self.table.select(case_id):
            self._apply_filter()
            self.table.select(case_id)
        self.table.setFocus()
        row = self.table.current_row()
        if isinstance(move, Move) and row is not None and move in self._desks.opinions.moves(row.case):
            self.open_move(move)

    def _show_together(self, group: CasesTogether) -> None:
        """Show a group of 待办事项 and no others, all selected, with what they wait for as the first action."""
        if not self.close_editor():
            return
        self.catch_up()
        self.filters.ask(OpinionFilter(state=ALL, behind=group.behind))
        self.table.setFocus()
        self.table.select_all()
        if len(self.table.selected_rows()) > 1:
            self.panel.show_many(self.table.selected_rows(), group.move)

    def show_overdue(self) -> None:
        """Show what is overdue, and nothing else."""
        self.filters.ask(OpinionFilter(state=ALL, overdue=True))

    def _resume(self, kept: KeptDraft) -> None:
        """Open the form of something unfinished again and bring back what was typed."""
        if self._refused(Right.REGISTER) or not self.close_editor():
            return
        self.catch_up()
        found = opinion_form(kept, self._desks, self.shell)
        if found is None:
            tell_gone(self.shell.messages)
            return
        form, case_id = found
        if case_id is not None:
            self.open_item(case_id)
        self._show_form(form, case_id)
        resume(form, kept)

    def open_move(self, move: Move) -> None:
        """Open the short form of a move with the chosen matter, or with all the selected ones it suits."""
        cases = self._chosen(move)
        if cases and not self._refused(Right.KEEP) and self.close_editor():
            self._show_form(move_form(cases, move, self._desks, self.shell), cases[0].id)

    def _chosen(self, move: Move) -> list[Case]:
        selected = self.table.selected_rows()
        if len(selected) > 1 and move in TOGETHER:
            return fitting(selected, move, self._desks)
        row = self.table.current_row()
        return [row.case] if row is not None else []

    def _correct(self) -> None:
        row = self.table.current_row()
        if row is not None and not self._refused(Right.KEEP) and self.close_editor():
            self._show_form(CorrectOpinionForm(row.case, self._desks, self.shell.messages), row.case.id)

    def _choose_step(self) -> None:
        """List the steps of the matter, to correct one of them."""
        row = self.table.current_row()
        if row is None or self._refused(Right.KEEP) or not self.close_editor():
            return
        case = row.case
        choice = StepChoice(case)
        choice.correction_asked.connect(partial(self._correct_step, StepCorrection, case))
        choice.taking_back_asked.connect(partial(self._correct_step, TakingBack, case))
        self._show_choice(choice, case.id)

    def _correct_step(self, form: type[StepCorrection] | type[TakingBack], case: Case, event: Event) -> None:
        self._drop_form()
        self._show_form(form(case, event, self._desks, self.shell.messages), case.id)

    # Registering

    def new(self) -> None:
        """Ask whose opinion is to be registered: a visitor's or a deputy's."""
        if isinstance(self._form, NewOpinionChoice) or self._refused(Right.REGISTER) or not self.close_editor():
            return
        choice = NewOpinionChoice()
        choice.voter_chosen.connect(self._register_visit)
        choice.deputy_chosen.connect(self._register_deputy_opinion)
        choice.suggestion_chosen.connect(self._register_suggestion)
        self._show_choice(choice, None)

    def _register_visit(self) -> None:
        self._drop_form()
        form = VisitForm(self._desks, self.shell.messages)
        place = VisitPlace(VisitMode.NEW, self._desks.clock.today().isoformat())
        form.saved_next.connect(lambda _done: form.begin(place, keep=("channel", "receivers")))
        self._show_form(form, None)
        form.begin(place)
        form.show_more()
        form.start()

    def _register_deputy_opinion(self) -> None:
        self._drop_form()
        self._show_form(DeputyOpinionForm(self._desks, self.shell.messages), None)

    def _register_suggestion(self) -> None:
        self._drop_form()
        self._show_form(OwnSuggestionForm(self._desks, self.shell.messages), None)

    # The open form

    def has_open_editor(self) -> bool:
        """Tell whether a form is open."""
        return self._form is not None

    def unfinished(self) -> Editor | None:
        """See `Page.unfinished`."""
        return self._form if isinstance(self._form, FormPanel) and self._form.is_changed() else None

    def close_editor(self) -> bool:
        """Close the open form, asking about unsaved text; return False when the clerk goes on writing."""
        return self._form is None or self._form.leave()

    def back(self) -> None:
        """Close the form, or go back to the table."""
        if self.whole.leave():
            return
        if self._form is not None:
            self.close_editor()
        else:
            self._go_to_table()

    def form(self) -> FormPanel | NewOpinionChoice | StepChoice | None:
        """Return the open form, or None."""
        return self._form

    def _show_choice(self, choice: NewOpinionChoice | StepChoice, case_id: int | None) -> None:
        choice.closed.connect(self._drop_form)
        self._form, self._form_of = choice, case_id
        self._split.cover(choice)
        choice.start()

    def _show_form(self, form: FormPanel, case_id: int | None) -> None:
        self._form, self._form_of = form, case_id
        form.saved.connect(self._saved)
        form.saved_next.connect(self.publish)
        form.closed.connect(self._drop_form)
        self._split.cover(form, wide=isinstance(form, VisitForm | DeputyOpinionForm))
        form.start()

    def _saved(self, done: Done[object]) -> None:
        """Go back to the matter; it stays in the table though it may no longer fit the filters."""
        new_id = new_case(done.value) if self._form_of is None else None
        moved = self._form.case_ids if isinstance(self._form, MoveForm) else ()
        corrected = isinstance(self._form, StepCorrection)
        handed_over = isinstance(self._form, MoveForm) and self._form.what is Move.HAND_OVER and not corrected
        main_id = self._form.main_id if isinstance(self._form, MoveForm) and not corrected else 0
        self._kept = frozenset({*moved, self._form_of or new_id or 0, main_id} - {0})
        self._drop_form()
        self.publish(done)
        if new_id is not None:
            self.table.select(new_id)
        elif main_id and len(moved) > 1:
            self.table.select(main_id)
        elif len(moved) > 1:
            self.table.select(moved[0])
            self.panel.show_handed_over([row for row in self._rows if row.case.id in self._kept])
        if handed_over:
            self.panel.propose_paper(moved)

    def _drop_form(self) -> None:
        if self._form is None:
            return
        form, self._form, self._form_of = self._form, None, None
        self._split.uncover(form)
        form.deleteLater()
        self.table.setFocus()
        self.catch_up()

    # Papers and export

    def print_(self) -> None:
        """Open the menu of the papers about what is selected (Ctrl+P)."""
        if self._form is None:
            self.panel.show_papers()

    def open_paper(self, offer: "Offer") -> None:
        """Show a paper before it is printed."""
        from station_app.ui.letter_window import LetterWindow

        try:
            LetterWindow(self.shell, self._desks, offer, self.window()).show()
        except InvalidInput as wrong:
            self.shell.messages.tell(str(wrong))

    def open_suggestion(self, action: SuggestionAction) -> None:
        """Open a form of the deputies' suggestion the chosen matter is, or show its paper."""
        row = self.table.current_row()
        if row is None or self._refused(Right.KEEP) or not self.close_editor():
            return
        if action is SuggestionAction.PRINT:
            from station_app.ui.suggestion_window import SuggestionWindow

            SuggestionWindow(self.shell, self._desks, row.case.id, self.window()).show()
            return
        form = MeetingForm if action is SuggestionAction.MEET else CorrectSuggestionForm
        self._show_form(form(row.case, self._desks, self.shell.messages), row.case.id)

    def export(self) -> None:
        """Write the rows and columns shown to an Excel file."""
        export_opinions(self.shell, self._desks, self.table, self._desks.clock.today(), self.publish)
