"""代表: the roster, its groups, and the card of one deputy."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from station_app.domain.groups import Group
from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.domain.people import FORMER, IN_OFFICE, Deputy, Level, RosterLine, level_label
from station_app.domain.problems import InvalidInput
from station_app.services.done import ROSTER, SETTINGS, Done
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, EmptyState
from station_app.ui.deputy_card import DeputyCard, check_is_due
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.form import FormPanel, resume
from station_app.ui.form_draft import tell_gone
from station_app.ui.group_acts import GroupActs, Within
from station_app.ui.group_forms import GroupForm, JoinForm
from station_app.ui.groups_panel import DeputyDrag, GroupsPanel
from station_app.ui.import_host import ImportHost
from station_app.ui.import_panel import ImportPanel
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.page import Page, Shell
from station_app.ui.record_history import HISTORY_SHORTCUT, offer_history
from station_app.ui.rights import offer, refused
from station_app.ui.roster_filters import RosterFilterRow
from station_app.ui.roster_table import roster_table
from station_app.ui.theme import px
from station_app.ui.unfinished_forms import roster_form

_NARROW = 1040
_LEAST_TABLE = 300


class RosterPage(Page):
    """The deputies with groups at the left and the card or a form at the right.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = frozenset({ROSTER, SETTINGS})

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "代表")
        self._desks = desks
        self._lines: list[RosterLine] = []
        self._groups: list[Group] = []
        self._deputies: dict[int, Deputy] = {}
        self._form: FormPanel | None = None
        self._wide = True
        taking_in = self.header.add_button("导入名册", "upload", self.start_import)
        self.header.add_button("花名册", "file-spreadsheet", self.export, "Ctrl+E")
        adding = self.header.add_primary("新增代表", "user-plus", self.new)
        self.group_acts = GroupActs(self, desks, shell)
        self.filters = RosterFilterRow()
        self.filters.changed.connect(self._filter)
        self.filters.standing_changed.connect(self.reload)
        self.groups = GroupsPanel(self.group_acts.act)
        self.groups.chosen.connect(lambda _place: self._filter())
        self.groups.tree.dropped.connect(self.group_acts.drop)
        self.table = self._make_table()
        self.filters.flow.insert(0, self._make_groups_button())
        self.filters.flow.addWidget(self.table.columns_button())
        self.card = DeputyCard(shell.clock.today, self.edit, self.check, self.assign)
        offer(desks, Right.KEEP, taking_in, adding, *self.card.action_buttons)
        self.side = QStackedWidget()
        self._nobody = Card()
        self._nobody_words = EmptyState()
        self._nobody_words.say("选中一位代表，这里显示职务、小组和联系方式。", "", None)
        self._nobody.body.addWidget(self._nobody_words)
        self.side.addWidget(self._nobody)
        self.side.addWidget(self.card)
        self._lay_out()
        self._bind()

    def _make_table(self) -> LedgerTable:
        table = roster_table(self.shell.settings, self.shell.clock.today)
        table.current_changed.connect(lambda _line: self._show_card())
        table.opened.connect(lambda _line: self.edit())
        offer_history(table, self.shell, lambda line: ("deputies", self._deputies[line.deputy_id].uid), "roster")
        table.view.viewport().installEventFilter(DeputyDrag(table))
        return table

    def _make_groups_button(self) -> QPushButton:
        self._groups_button = QPushButton("小组")
        self._groups_button.setCheckable(True)
        self._groups_button.setChecked(True)
        self._groups_button.setToolTip("显示或收起小组一栏（Alt+G）")
        self._groups_button.toggled.connect(self._toggle_groups)
        return self._groups_button

    def _lay_out(self) -> None:
        self._ledger = Card()
        self._ledger.set_flush()
        self._ledger.body.addWidget(self.table)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(px(12))
        for part, least in ((self.groups, 190), (self._ledger, _LEAST_TABLE), (self.side, 310)):
            part.setMinimumWidth(px(least))
            self.split.addWidget(part)
        self.split.setStretchFactor(1, 1)
        self._share_room()
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.filters)
        column.addWidget(self.split, 1)
        self.whole = ImportHost(self.shell, self._desks, SheetKind.ROSTER, main)
        self.whole.imported.connect(self.publish)
        self.whole.ended.connect(self.table.view.setFocus)
        self.body.addWidget(self.whole)
        self.begin_with(self.table)

    def _share_room(self) -> None:
        self.split.setSizes([px(210), max(self.split.width() - px(570), px(300)), px(340)])

    def _bind(self) -> None:
        for keys, action in (
            ("Alt+H", self.check),
            ("Alt+J", self.assign),
            ("Alt+G", self._go_to_groups),
            ("Ctrl+K", self._focus_search),
            ("Ctrl+Delete", self.delete),
        ):
            QShortcut(QKeySequence(keys), self, action)
        found = QShortcut(QKeySequence("Down"), self.filters.search, self.table.view.setFocus)
        found.setContext(Qt.ShortcutContext.WidgetShortcut)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return (
            ("Enter", "修改选中的代表"),
            ("Ctrl+K", "筛选代表：姓名、拼音、首字母、电话"),
            ("Alt+H", "核对无误，记下今天的日期"),
            ("Alt+J", "编入小组"),
            HISTORY_SHORTCUT,
            ("Alt+G", "到小组一栏"),
            ("Insert", "在小组里：加成员"),
            ("Delete", "在小组里：移出成员，删除小组"),
            ("Ctrl+Delete", "在名册里：删除录错的代表（没有签到、接待、意见记录的）"),
            ("Ctrl+G", "在小组里：设为组长"),
            ("Ctrl+N", "在小组里：新建小组"),
            ("Alt+M", "在表单里：再加一个职务"),
        )

    # Showing

    def reload(self) -> None:
        """Fetch roster and groups again."""
        former = self.filters.former()
        self._lines = self._desks.roster.lines(standing=FORMER if former else IN_OFFICE)
        self._groups = self._desks.grouping.groups()
        self._deputies = {deputy.id: deputy for deputy in self._desks.roster.deputies()}
        kind = self._desks.settings.profile().organ_kind
        present = {level for line in self._lines for level in line.levels.split("、")}
        levels = [word for level in Level if (word := level_label(level, kind)) in present]
        villages = [one.short_name for one in self._desks.settings.villages() if not one.retired]
        self.filters.offer(levels, villages)
        self.groups.show_groups(self._groups, self._desks.roster.serving(), self.shell.clock.today())
        self._filter()

    def _filter(self) -> None:
        today = self.shell.clock.today()
        wanted, here = self.filters.filter(), Within(self.groups.tree.place(), self._groups, today)
        due = sum(check_is_due(line.checked_on, today) for line in self._lines if line.state != "已离任")
        shown = [line for line in self._lines if here.holds(line.deputy_id) and wanted.finds(line, today)]
        if self._lines:
            self.table.set_empty("没有符合条件的代表。", "显示全部", self._show_all)
        elif self.filters.former():
            self.table.set_empty("没有已离任的代表。")
        else:
            self.table.set_empty(
                "这里放代表花名册：可以从 Excel 名册导入，也可以逐位新增。", "导入名册", self.start_import
            )
        self.table.set_rows(shown)
        self.filters.show_count(len(shown), len(self._lines), due)
        word = "已离任" if self.filters.former() else "在任"
        self.header.set_note(f"{word} {len(self._lines)} 位　小组 {len(self._groups)} 个")
        if shown and self.table.current_row() is None:
            self.table.select(shown[0].deputy_id)
        self._show_card()

    def _show_all(self) -> None:
        self.filters.clear()
        self.groups.tree.go_to_all()

    def _show_card(self) -> None:
        if self.editor is not None:
            return
        line = self.table.current_row()
        deputy = self._deputies.get(line.deputy_id) if line else None
        if deputy is None:
            self.side.setCurrentWidget(self._nobody)
            return
        self.card.show_deputy(deputy, self._groups, self._desks.settings.profile().organ_kind)
        self.side.setCurrentWidget(self.card)

    def open_item(self, key: object) -> None:
        """Show the deputy with this id, or go on with something unfinished."""
        if isinstance(key, KeptDraft):
            self._resume(key)
            return
        self._show_all()
        if isinstance(key, int):
            self.table.select(key)
            self.table.view.setFocus()

    def _toggle_groups(self, shown: bool) -> None:
        self.groups.setVisible(shown)
        if not shown:
            self.groups.tree.go_to_all()

    def _go_to_groups(self) -> None:
        self._groups_button.setChecked(True)
        self.groups.tree.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the groups where there is no room for three columns, and unfold them where there is."""
        super().resizeEvent(event)
        wide = event.size().width() >= px(_NARROW)
        if wide is not self._wide:
            self._wide = wide
            self._groups_button.setChecked(wide)
        self._fit()

    def _fit(self) -> None:
        """Let the table step aside while a form is open that leaves it no room."""
        needed = self.side.minimumWidth() + px(_LEAST_TABLE + 48)
        self._ledger.setVisible(self._form is None or self.width() >= needed)

    def _focus_search(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    # Forms

    def refused(self) -> bool:
        """Tell, and say, that who works here may not write."""
        return refused(self._desks, Right.KEEP, self.shell.messages)

    @property
    def listed_groups(self) -> list[Group]:
        """The groups as they were last fetched."""
        return self._groups

    def new(self) -> None:
        """Begin a new entry (F2)."""
        if self.importing is None and not self.refused() and self.close_editor():
            self.open_form(DeputyForm(self._desks, self.shell))

    def edit(self) -> None:
        """Correct the current deputy (Enter)."""
        line = self.table.current_row()
        if line is not None and self.importing is None and not self.refused() and self.close_editor():
            self.open_form(DeputyForm(self._desks, self.shell, self._desks.roster.deputy(line.deputy_id)))

    def assign(self) -> None:
        """Put the current deputy into a group (Alt+J)."""
        line = self.table.current_row()
        if line is not None and self.importing is None and not self.refused() and self.close_editor():
            self.open_form(JoinForm(self._desks, self.shell, self._groups, None, line.deputy_id))

    def _resume(self, kept: KeptDraft) -> None:
        """Open the form of something unfinished again and bring back what was typed."""
        if self.importing is not None or self.refused() or not self.close_editor():
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
        self.side.addWidget(form)
        self.side.setCurrentWidget(form)
        self.groups.setVisible(self._wide and self._groups_button.isChecked())
        self.side.setMinimumWidth(px(480 if isinstance(form, DeputyForm) else 400))
        self._fit()
        form.start()

    def _close_form(self) -> None:
        form, self.editor, self._form = self._form, None, None
        self.side.setMinimumWidth(px(310))
        self._fit()
        self.groups.setVisible(self._groups_button.isChecked())
        if form is not None:
            self.side.removeWidget(form)
            form.hide()
            form.deleteLater()
        self._share_room()
        self._show_card()
        self.table.view.setFocus()
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

    def delete(self) -> None:
        """Delete the current deputy, entered by mistake (Ctrl+Delete)."""
        line = self.table.current_row()
        if line is not None and self.editor is None and self.importing is None and not self.refused():
            self.do(lambda: self._desks.roster.delete_deputy(line.deputy_id))

    def check(self) -> None:
        """Note that the current entry was checked today, and go to the next one (Alt+H)."""
        line = self.table.current_row()
        if line is None or self.editor is not None or self.importing is not None or self.refused():
            return
        rows = self.table.rows()
        place = rows.index(line)
        following = (rows[place + 1 :] or rows[:place])[:1]
        self.do(lambda: self._desks.roster.mark_checked(line.deputy_id))
        if following and self.table.current_id() != line.deputy_id:
            self.table.select(following[0].deputy_id)

    def do(self, write: Callable[[], Done[Any]]) -> None:
        """Write and publish what was done; what is refused is told."""
        try:
            done = write()
        except InvalidInput as refused:
            self.shell.messages.tell(str(refused))
        except StationFault as fault:
            self.shell.messages.tell_fault(fault)
        else:
            self.publish(done)

    def export(self) -> None:
        """Go to the roster's pages, where it is exported and printed (Ctrl+E)."""
        self.shell.open_page("ledgers", "roster")

    def print_(self) -> None:
        """Go to the roster's pages (Ctrl+P)."""
        self.export()

    # Import

    @property
    def importing(self) -> ImportPanel | None:
        """The preview of a spreadsheet, while there is one."""
        return self.whole.panel

    def start_import(self) -> None:
        """Choose a spreadsheet and show what it would change."""
        if self.importing is None and not self.refused() and self.close_editor():
            self.whole.start()

    def back(self) -> None:
        """Leave the form or the import (Esc)."""
        if not self.whole.leave():
            super().back()
