"""代表: the roster, its groups, and the card of one deputy."""

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.groups import Group, HouseholdLink
from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.domain.people import FORMER, IN_OFFICE, Deputy, Level, RosterLine, level_label
from station_app.domain.roster_check import check_is_due
from station_app.services.done import ATTACHMENTS, DAYS, OPINIONS, ROSTER, SETTINGS, VISITS, Done
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.ui.cards import Card
from station_app.ui.deputy_card import DeputyCard
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.deputy_side import DeputySide
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.form import FormPanel, resume
from station_app.ui.form_draft import tell_gone
from station_app.ui.group_acts import GroupActs, Within
from station_app.ui.group_forms import GroupForm, JoinForm
from station_app.ui.groups_panel import GroupsPanel
from station_app.ui.import_host import ImportHost
from station_app.ui.import_panel import ImportPanel
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.page import Page, Shell
from station_app.ui.past_notice import PastNotice
from station_app.ui.portrait_shelf import PortraitShelf
from station_app.ui.record_history import offer_history
from station_app.ui.rights import offer, refused
from station_app.ui.roster_acts import RosterActs
from station_app.ui.roster_columns import RosterColumns
from station_app.ui.roster_filters import RosterFilterRow
from station_app.ui.roster_keys import ROSTER_KEYS
from station_app.ui.roster_print_menu import RosterPrintMenu
from station_app.ui.roster_side import RosterSide
from station_app.ui.roster_table import roster_table
from station_app.ui.roster_views import RosterViews
from station_app.ui.row_drag import DEPUTY_MIME, RowDrag
from station_app.ui.same_person_line import KEY as TWINS_KEY
from station_app.ui.same_person_line import SamePersonLine
from station_app.ui.term_line import TermLine
from station_app.ui.theme import px
from station_app.ui.unfinished_forms import roster_form

_SUB_PAGES = (("grouping", "编组", "Alt+U"), ("checking", "核对", "Alt+W"), ("terms", "换届", "Alt+E"))


class RosterPage(Page):
    """The deputies with groups at the left and the card or a form at the right.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = frozenset({ROSTER, SETTINGS, DAYS, VISITS, OPINIONS, ATTACHMENTS})

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "代表")
        self._desks = desks
        self._lines: list[RosterLine] = []
        self._groups: list[Group] = []
        self._households: list[HouseholdLink] = []
        self._deputies: dict[int, Deputy] = {}
        self._months = 12
        self._form: FormPanel | None = None
        self.acts = RosterActs(self, desks, shell)
        self.group_acts = GroupActs(self, desks, shell)
        self._shelf = PortraitShelf(desks, self)
        taking_in = self.header.add_button("导入名册", "upload", self.start_import)
        taking_in.setToolTip("导入名册（Alt+I）")
        self.papers = RosterPrintMenu(shell, desks, self)
        self._printing = self.header.add_button("打印", "printer", self.print_, "Ctrl+P")
        for key, word, keys in _SUB_PAGES:
            lead = partial(shell.open_page, key, None)
            self.header.add_button(word, "", lead).setToolTip(f"{word}（{keys}）")
            QShortcut(QKeySequence(keys), self, lead)
        adding = self.header.add_primary("新增代表", "user-plus", self.new)
        self.filters = RosterFilterRow(shell.clock.today)
        self.filters.changed.connect(self._filter)
        self.filters.standing_changed.connect(self.reload)
        self.groups = GroupsPanel(self.group_acts.act)
        self.groups.chosen.connect(lambda _place: self._filter())
        self.groups.tree.dropped.connect(self.group_acts.drop)
        self.left = RosterSide(self.groups, shell.settings)
        self.left.chosen.connect(self._filter)
        self.left.tree.opened.connect(self._open_in_tree)
        self.table = self._make_table()
        self.views = RosterViews(self.table, self._shelf, shell.settings, self.acts.edit)
        self._past = PastNotice(self.filters.go_to_today)
        self.twins = SamePersonLine(desks, self.acts.same_persons)
        self.term_line = TermLine(desks, partial(shell.open_page, "terms", None))
        self.card = DeputyCard(self._shelf, self.acts.all(), self._open_matter)
        offer(desks, Right.KEEP, taking_in, adding, *self.card.action_buttons)
        self.side = DeputySide(desks, self.card)
        ledger = Card()
        ledger.set_flush()
        ledger.body.addWidget(self.views)
        self.columns = RosterColumns(self.left, ledger, self.side)
        self.filters.flow.insert(0, self.columns.button)
        for part in (self.views.switch, self.views.columns):
            self.filters.flow.addWidget(part)
        self._lay_out()
        self._bind()

    def _make_table(self) -> LedgerTable:
        table = roster_table(self.shell.settings, self.shell.clock.today, lambda: self._months)
        table.current_changed.connect(lambda _line: self._show_card())
        table.opened.connect(lambda _line: self.edit())
        offer_history(table, self.shell, lambda line: ("deputies", self._deputies[line.deputy_id].uid), "roster")
        table.view.viewport().installEventFilter(RowDrag(table, DEPUTY_MIME))
        return table

    def _lay_out(self) -> None:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.filters)
        column.addWidget(self._past)
        self._warnings = QWidget()
        warnings = FlowLayout(self._warnings)
        warnings.addWidget(self.twins)
        warnings.addWidget(self.term_line)
        column.addWidget(self._warnings)
        column.addWidget(self.columns, 1)
        self.whole = ImportHost(self.shell, self._desks, SheetKind.ROSTER, main)
        self.whole.imported.connect(self.publish)
        self.whole.ended.connect(self.views.go)
        self.body.addWidget(self.whole)
        self.begin_with(self.views)

    def _bind(self) -> None:
        for _word, keys, action in self.acts.all().values():
            if keys.startswith("Alt+") or keys == "Ctrl+Delete":
                QShortcut(QKeySequence(keys), self, action)
        for keys, action in (
            ("Alt+G", self.columns.go_left),
            ("Alt+I", self.start_import),
            ("Alt+B", self.columns.next_tree),
            ("Alt+D", self.filters.day.go),
            ("Alt+K", self.views.switch.toggle),
            ("Ctrl+K", self._focus_search),
            (TWINS_KEY, self.acts.same_persons),
        ):
            QShortcut(QKeySequence(keys), self, action)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            moving = QShortcut(QKeySequence(keys), self.table.view, partial(self.acts.arrange, by))
            moving.setContext(Qt.ShortcutContext.WidgetShortcut)
        history = QShortcut(QKeySequence("Ctrl+H"), self.views.gallery, self.acts.history)
        history.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        found = QShortcut(self.filters.search)
        found.setKeys([QKeySequence(keys) for keys in ("Down", "Return", "Enter")])
        found.setContext(Qt.ShortcutContext.WidgetShortcut)
        found.activated.connect(self.views.go)
        self.filters.day.entered.connect(self.views.go)
        self.filters.day.refused.connect(self._past.say)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return ROSTER_KEYS

    # Showing

    @property
    def listed_groups(self) -> list[Group]:
        """The groups as they were last fetched."""
        return self._groups

    def current_deputy(self) -> Deputy | None:
        """Return the deputy the clerk stands on, or None."""
        line = self.table.current_row()
        return self._deputies.get(line.deputy_id) if line else None

    def reload(self) -> None:
        """Fetch roster and groups again."""
        past, standings = self.filters.past_day(), self.filters.standings()
        self._months = self._desks.settings.roster_rules().check_months
        self._lines = self._desks.roster.lines(on=past, standing=standings)
        self._groups = self._desks.grouping.groups()
        self._households = self._desks.grouping.households()
        self._deputies = {deputy.id: deputy for deputy in self._desks.roster.deputies()}
        self._shelf.forget()
        kind = self._desks.settings.profile().organ_kind
        present = {level for line in self._lines for level in line.levels.split("、")}
        levels = [word for level in Level if (word := level_label(level, kind)) in present]
        villages = [one.short_name for one in self._desks.settings.villages() if not one.retired]
        terms = {term for line in self._lines for term in line.terms.split("、") if term}
        self.filters.offer(levels, villages, sorted(terms))
        day = self._day()
        serving = [deputy for deputy in self._deputies.values() if deputy.serves_on(day.isoformat())]
        self.groups.show_groups(self._groups, serving, day)
        self.left.show_lines(self._lines, levels, villages)
        self.twins.refresh()
        self.term_line.refresh()
        self._show_warnings()
        self._past.tell(past, len(serving))
        self._filter()

    def _show_warnings(self) -> None:
        """Warn of the roster as it is today, while nothing is being typed."""
        warned = not (self.twins.isHidden() and self.term_line.isHidden())
        self._warnings.setVisible(warned and self._form is None and not self.filters.past_day())

    def _day(self) -> date:
        """Return the day the roster is told of."""
        past = self.filters.past_day()
        return date.fromisoformat(past) if past else self.shell.clock.today()

    def _filter(self) -> None:
        today, day = self.shell.clock.today(), self._day()
        wanted, here = self.filters.filter(self._months), Within(self.groups.tree.place(), self._groups, day)
        in_group = here.holds if self.left.shows_groups() else self.left.holds
        waiting = [line for line in self._lines if line.standing not in FORMER]
        due = sum(check_is_due(line.checked_on, today, self._months) for line in waiting if day == today)
        shown = [line for line in self._lines if in_group(line.deputy_id) and wanted.finds(line, today)]
        if self._lines:
            self.views.say_empty("没有符合条件的代表。", "显示全部", self._show_all)
        elif self.filters.past_day() or self.filters.standings() != IN_OFFICE:
            self.views.say_empty(f"没有{self.filters.standing.currentText()}的代表。")
        else:
            self.views.say_empty(
                "这里放代表花名册：可以从 Excel 名册导入，也可以逐位新增。", "导入名册", self.start_import
            )
        self.views.show_lines(shown, self._deputies)
        self.filters.show_count(len(shown), len(self._lines), due)
        word = self.filters.standing.currentText()
        self.header.set_note(f"{word} {len(self._lines)} 位　小组 {len(self._groups)} 个")
        if shown and self.table.current_row() is None:
            self.table.select(shown[0].deputy_id)
        self._show_card()

    def _show_all(self) -> None:
        self.filters.show_everyone()
        self.left.go_to_all()

    def _show_card(self) -> None:
        if self.editor is None:
            self.side.show_deputy(self.current_deputy(), self._groups, self._households, self._day(), self._months)

    def open_item(self, key: object) -> None:
        """Show the deputy with this id, or go on with something unfinished."""
        if isinstance(key, KeptDraft):
            self._resume(key)
            return
        self._show_all()
        if isinstance(key, int):
            deputy = self._deputies.get(key)
            if deputy is not None:
                self.filters.show_standing(deputy.standing_on(self._day().isoformat()))
            self.table.select(key)
            self.views.go()

    def _open_matter(self, case_id: int) -> None:
        self.shell.open_page("opinions", case_id)

    def _open_in_tree(self, deputy_id: int) -> None:
        self.table.select(deputy_id)
        self.edit()

    def _focus_search(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    # Forms

    def refused(self) -> bool:
        """Tell, and say, that nothing may be written: by who works here, or on a day that is past."""
        if self.filters.past_day():
            self.shell.messages.tell(
                f"现在看的是 {self.filters.past_day()} 的名册，只能看。", "按 Esc 回到今天后再改。"
            )
            return True
        return refused(self._desks, Right.KEEP, self.shell.messages)

    def may_begin(self) -> bool:
        """Tell whether a form may be opened; the one that is open is left for it."""
        return self.importing is None and not self.refused() and self.close_editor()

    def new(self) -> None:
        """Begin a new entry (F2)."""
        self.acts.new()

    def edit(self) -> None:
        """Correct the current deputy (Enter)."""
        self.acts.edit()

    def _resume(self, kept: KeptDraft) -> None:
        """Open the form of something unfinished again and bring back what was typed."""
        if not self.may_begin():
            return
        self.catch_up()
        form = roster_form(kept, self._desks, self.shell)
        if form is None:
            tell_gone(self.shell.messages)
        else:
            self.open_form(form)
            resume(form, kept)

    def open_form(self, form: FormPanel) -> None:
        """Show a form in the place of the card."""
        self.editor = self._form = form
        form.set_active(True)
        form.saved.connect(self._saved)
        form.saved_next.connect(self._saved_next)
        form.closed.connect(self._close_form)
        self.side.show_form(form)
        self.columns.show_form(shown=True)
        self._show_warnings()
        form.start()

    def _close_form(self) -> None:
        form, self.editor, self._form = self._form, None, None
        if form is not None:
            self.side.take_form(form)
        self.columns.show_form(shown=False)
        self._show_warnings()
        self._show_card()
        self.views.go()
        self.catch_up()

    def _saved(self, done: Done[Any]) -> None:
        form = self._form
        self._close_form()
        self.publish(done)
        if isinstance(form, DeputyForm):
            self.table.select(done.value)
        elif isinstance(form, GroupForm):
            self.groups.tree.go_to_group(done.value)
            self.groups.tree.setFocus()

    def _saved_next(self, done: Done[Any]) -> None:
        """Be ready for the next deputy, or for the next member of the same group."""
        form = self._form
        self.publish(done)
        self.reload()
        if isinstance(form, DeputyForm):
            self.table.select(done.value)
            form.begin()
        elif isinstance(form, JoinForm):
            form.begin(form.group_id)

    # Acting

    def export(self) -> None:
        """Go to the roster's pages, where it is exported and printed (Ctrl+E)."""
        self.shell.open_page("ledgers", "roster")

    def print_(self) -> None:
        """Offer the papers of the roster (Ctrl+P)."""
        self.papers.ask(self._printing)

    # Import

    @property
    def importing(self) -> ImportPanel | None:
        """The preview of a spreadsheet, while there is one."""
        return self.whole.panel

    def start_import(self) -> None:
        """Choose a spreadsheet and show what it would change."""
        if self.may_begin():
            self.whole.start()

    def back(self) -> None:
        """Leave the form, the import, the earlier day or the search (Esc)."""
        if self.whole.leave():
            return
        if self.editor is not None:
            super().back()
        elif self.filters.past_day():
            self.filters.go_to_today()
            self.views.go()
        elif self.filters.search.hasFocus():
            self.filters.search.clear()
            self.views.go()
