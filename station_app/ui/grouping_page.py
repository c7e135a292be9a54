"""编组: the groups of a day, their members, what they keep contact with, what is to be mended, and proposals."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from station_app.domain.grouping_rules import Finding, Grouped, check_grouping, count_words
from station_app.domain.groups import Group, GroupKind
from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.services.done import ROSTER, SETTINGS, Done
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.ui.bar_day import BarDay
from station_app.ui.cards import Card, Notice, button, label, link_button
from station_app.ui.fields import FormPanel
from station_app.ui.findings_panel import FindingsPanel
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.group_facts import GroupFacts
from station_app.ui.group_forms import GroupForm
from station_app.ui.grouping_acts import SHORTCUTS, GroupingActs
from station_app.ui.groups_panel import GroupTree, Place
from station_app.ui.households_panel import HouseholdsPanel
from station_app.ui.import_panel import ImportPanel
from station_app.ui.member_table import MemberLine, member_lines, member_table
from station_app.ui.page import Editor, Page, Shell
from station_app.ui.proposal_panel import ProposalPanel
from station_app.ui.rights import offer
from station_app.ui.row_drag import DEPUTY_MIME, RowDrag
from station_app.ui.splits import Split
from station_app.ui.theme import Tone, px

_LEAST_TREE = 180
_LEAST_TABLE = 320
Panel = FindingsPanel | HouseholdsPanel | ImportPanel | ProposalPanel


class GroupingPage(Page):
    """The groups with their members.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = frozenset({ROSTER, SETTINGS})

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "编组")
        self._desks = desks
        self._form: FormPanel | None = None
        self.panel: Panel | None = None
        self.grouped = Grouped("", (), (), ())
        self.findings: list[Finding] = []
        self.acts = GroupingActs(self, desks, shell)
        self.check_button = button("检查", "", "Alt+C")
        self._proposing = button("编组方案", "", "Alt+A")
        taking_in = self.header.add_button("导入", "upload", self.start_import, "Alt+I")
        adding = self.header.add_primary("新建小组", "plus", self.new)
        self._own_buttons = (taking_in, adding)
        self._to_groups = self.header.add_button("返回编组", "", self.back, "Esc")
        self._to_groups.hide()
        self.day = BarDay("看哪天", shell.clock.today)
        self.since = BarDay("变动自", shell.clock.today)
        self.told = Notice(Tone.WARNING)
        self._today_link = link_button("回到今天", self.go_to_today)
        self.told.body.addWidget(self._today_link, 0, Qt.AlignmentFlag.AlignLeft)
        self.tree = GroupTree(groups_only=True)
        self.table = member_table(shell.settings)
        self.facts = GroupFacts({"edit": self.acts.edit_group, "end": self.acts.end_group})
        self._members = Card("成员")
        self._tools = self.acts.buttons()
        self._lay_out()
        self._bind()
        offer(desks, Right.KEEP, taking_in, self._proposing, adding, *self.facts.buttons(), *self._tools)
        self.day.set_value(shell.clock.today())
        self.since.set_value(shell.clock.today())
        self.begin_with(self.tree)

    def _lay_out(self) -> None:
        self._groups = Card("小组")
        self._groups.set_flush()
        self._groups.body.addWidget(self.tree, 1)
        self._members.set_flush()
        self._members.body.addWidget(self.table, 1)
        tools = QWidget()
        row = FlowLayout(tools, spacing=6)
        row.setContentsMargins(px(14), px(8), px(14), px(10))
        for one in self._tools:
            row.addWidget(one)
        self._members.body.addWidget(tools)
        self.side = QStackedWidget()
        self.side.addWidget(self.facts)
        for part, least in ((self._groups, _LEAST_TREE), (self._members, _LEAST_TABLE), (self.side, 260)):
            part.setMinimumWidth(px(least))
        parts: list[QWidget] = [self._groups, self._members, self.side]
        self.split = Split(self.shell.settings, "grouping", parts, [205, 520, 315], stretch=1)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self._dates())
        column.addWidget(self.told)
        column.addWidget(self.split, 1)
        self._main = main
        self.whole = QStackedWidget()
        self.whole.addWidget(main)
        self.body.addWidget(self.whole, 1)

    def _dates(self) -> QWidget:
        line = QWidget()
        flow = FlowLayout(line)
        for field, hint in (
            (self.day, "看哪一天的编组（Alt+D）"),
            (self.since, "拖动、移组、移出、设组长都从这天算，以前的编组不变（Alt+Z）"),
        ):
            flow.addWidget(label(field.title, "muted"))
            field.setFixedWidth(px(140))
            field.setToolTip(hint)
            flow.addWidget(field)
        for made, action in (
            (self.check_button, self.show_findings),
            (self._proposing, self.show_proposal),
            (button("联户", "", "Alt+L"), self.show_households),
            (button("联系群", "", "Alt+Q"), self.show_chats),
        ):
            made.clicked.connect(lambda _checked=False, action=action: action())
            flow.addWidget(made)
        return line

    def _bind(self) -> None:
        self.tree.chosen.connect(lambda _place: self._show_members())
        self.tree.asked.connect(self.acts.asked_in_tree)
        self.tree.dropped.connect(self.acts.drop)
        self.table.current_changed.connect(lambda _line: self._show_facts())
        self.table.opened.connect(lambda _line: self.acts.correct())
        self.day.changed.connect(self._day_changed)
        for field in (self.day, self.since):
            field.entered.connect(self.table.view.setFocus)
            field.refused.connect(self.tell)
        drag = RowDrag(self.table, DEPUTY_MIME, lambda: line.deputy.id if (line := self.line()) else None)
        self.table.view.viewport().installEventFilter(drag)
        for keys, action in (
            ("Alt+C", self.show_findings), ("Alt+A", self.show_proposal), ("Alt+L", self.show_households),
            ("Alt+Q", self.show_chats), ("Alt+D", self.day.go), ("Alt+Z", self.since.go),
            ("Alt+E", self.acts.edit_group), ("Alt+X", self.acts.end_group), ("Alt+M", self.acts.move),
            ("Alt+J", self.acts.join), ("Alt+G", self.tree.setFocus), ("Alt+I", self.start_import),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self._main, action).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for keys, action in (("Insert", self.acts.add), ("Delete", self.acts.leave), ("Ctrl+G", self.acts.lead)):
            QShortcut(QKeySequence(keys), self.table.view, action).setContext(Qt.ShortcutContext.WidgetShortcut)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return SHORTCUTS

    # Showing

    def today(self) -> str:
        """Return today as ISO text."""
        return self.shell.clock.today().isoformat()

    def shown_day(self) -> str:
        """Return the day whose grouping is shown, ISO text."""
        return self.day.value() or self.today()

    def change_day(self) -> str:
        """Return the day from which changes count, ISO text."""
        return self.since.value() or self.today()

    def reload(self) -> None:
        """Fetch the grouping of the day again."""
        self.grouped = self._desks.grouping.grouped(self.shown_day())
        self.findings = check_grouping(self.grouped, self._desks.grouping.rules_off())
        names = {deputy.id: deputy.name for deputy in self.grouped.serving}
        self.tree.show_groups(self.grouped.groups, names, self.grouped.day)
        self.header.set_note(f"{len(self.grouped.standing)} 个小组　检查：{count_words(self.findings)}")
        self.check_button.setText(f"检查 {len(self.findings)}" if self.findings else "检查")
        self.check_button.updateGeometry()
        self._tell_day()
        self._show_members()
        if isinstance(self.panel, FindingsPanel):
            self.panel.show_findings(self.findings, self.grouped.day)
        elif isinstance(self.panel, HouseholdsPanel):
            self.panel.reload()

    def place(self) -> Place:
        """Return the place of the tree."""
        return self.tree.place()

    def group(self) -> Group | None:
        """Return the group of the place, or None."""
        return next((one for one in self.grouped.groups if one.id == self.place().group_id), None)

    def line(self) -> MemberLine | None:
        """Return the row the clerk stands on."""
        found = self.table.current_row()
        return found if isinstance(found, MemberLine) else None

    def lines(self) -> list[MemberLine]:
        """Return the selected rows."""
        return self.table.selected_rows()

    def _show_members(self) -> None:
        place = self.place()
        group = self.group()
        lines = member_lines(self.grouped, place, self._desks.settings.profile().organ_kind)
        self._members.set_title(group.name if group else "未编组的代表" if place.ungrouped else "成员")
        self._members.set_note(f"{len(lines)} 位" if lines else "")
        self.acts.name_leading(place.kind)
        if group is not None:
            self.table.set_empty("这个小组还没有成员。", "加成员", self.acts.add)
        else:
            self.table.set_empty("这里没有代表。")
        self.table.set_rows(lines)
        self.table.stand()
        self._show_facts()

    def _show_facts(self) -> None:
        line, group = self.line(), self.group()
        shown = group or (line.group if line else None)
        self.facts.show_group(shown, line, self.grouped, self._desks.grouping.grids())

    def _day_changed(self) -> None:
        if self.day.value() and self.day.value() != self.grouped.day:
            self.reload()

    def _tell_day(self) -> None:
        past = self.looks_back()
        self._today_link.setVisible(past)
        self.told.say(f"现在看的是 {self.grouped.day} 的编组，只看不改。" if past else "", "", Tone.INFO)

    def tell(self, words: str) -> None:
        """Say why something was not done."""
        self._today_link.hide()
        self.told.say(words, "", Tone.WARNING)

    def go_to_today(self) -> None:
        """Show today's grouping again."""
        self.day.set_value(self.today())
        self.reload()
        self.table.view.setFocus()

    def looks_back(self) -> bool:
        """Tell whether another day than today is shown: nothing is changed then."""
        return self.grouped.day != self.today()

    # Panels over the whole page

    def show_findings(self) -> None:
        """Show what is not as the rules want it (Alt+C)."""
        if self._may_open():
            panel = FindingsPanel(self.shell, self._desks)
            panel.asked.connect(self.acts.go_to)
            panel.saved.connect(self.publish)
            panel.show_findings(self.findings, self.grouped.day)
            self._open_panel(panel)

    def show_proposal(self) -> None:
        """Propose a grouping, to be adjusted and adopted (Alt+A)."""
        if self._may_open() and not self.acts.refused():
            kind = GroupKind.DUTY if self.place().kind is GroupKind.DUTY else GroupKind.AREA
            panel = ProposalPanel(self.shell, self._desks, kind, self.change_day())
            panel.adopted.connect(self._adopted)
            self._open_panel(panel)

    def start_import(self) -> None:
        """Take in a sheet of groups (Alt+I)."""
        if self._may_open() and not self.acts.refused():
            panel = ImportPanel(self.shell, self._desks, SheetKind.GROUPS)
            panel.imported.connect(self._adopted)
            self._open_panel(panel)
            panel.choose()

    def show_households(self) -> None:
        """Show the households deputies keep contact with (Alt+L)."""
        if self._may_open():
            panel = HouseholdsPanel(self.shell, self._desks)
            panel.saved.connect(self.publish)
            self._open_panel(panel)
            panel.reload()
            if (line := self.line()) is not None:
                panel.go_to_deputy(line.deputy.id)

    def show_chats(self) -> None:
        """Go to the messaging groups; where there is none, begin one (Alt+Q)."""
        chats = self.grouped.of_kind(GroupKind.CHAT)
        if not chats:
            self.acts.new_group(GroupKind.CHAT)
            return
        self.tree.go_to_group(chats[0].id)
        self.tree.setFocus()

    def _may_open(self) -> bool:
        return self.panel is None and self.close_editor()

    def _open_panel(self, panel: Panel) -> None:
        self.panel = panel
        self._show_buttons()
        panel.closed.connect(self.close_panel)
        self.whole.addWidget(panel)
        self.whole.setCurrentWidget(panel)
        panel.setFocus()

    def close_panel(self) -> None:
        """Go back to the groups."""
        panel, self.panel = self.panel, None
        self._show_buttons()
        if panel is not None:
            self.whole.setCurrentWidget(self._main)
            self.whole.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self.tree.setFocus()
            self.catch_up()

    def _show_buttons(self) -> None:
        """Offer the page's own buttons where the groups are shown, and the way back elsewhere."""
        for one in self._own_buttons:
            one.setVisible(self.panel is None)
        self._to_groups.setVisible(self.panel is not None)

    def _adopted(self, done: Done[Any]) -> None:
        self.close_panel()
        self.publish(done)

    def open_item(self, key: object) -> None:
        """Show a group by its id, or go on with something unfinished."""
        self.catch_up()
        if isinstance(key, KeptDraft):
            self.show_households()
            if isinstance(self.panel, HouseholdsPanel):
                self.panel.resume(key)
        elif isinstance(key, int):
            self.tree.go_to_group(key)

    # Forms

    def new(self) -> None:
        """Begin a new group (F2), or an entry of the panel."""
        if isinstance(self.panel, HouseholdsPanel):
            self.panel.new()
        elif self.panel is None:
            self.acts.new_group(self.place().kind or GroupKind.AREA)

    def open_form(self, form: FormPanel) -> None:
        """Show a form in the place of the facts."""
        self.editor = self._form = form
        form.set_active(True)
        form.saved.connect(self._saved)
        form.saved_next.connect(self._saved)
        form.closed.connect(self._close_form)
        self.side.addWidget(form)
        self.side.setCurrentWidget(form)
        self.side.setMinimumWidth(px(450 if isinstance(form, GroupForm) else 360))
        self._fit()
        form.start()

    def _saved(self, done: Done[Any]) -> None:
        form = self._form
        self._close_form()
        self.publish(done)
        if isinstance(done.value, int) and form is not None:
            self.tree.go_to_group(done.value)

    def _close_form(self) -> None:
        form, self.editor, self._form = self._form, None, None
        self.side.setMinimumWidth(px(260))
        if form is not None:
            self.side.removeWidget(form)
            form.hide()
            form.deleteLater()
        self._fit()
        (self.table.view if self.table.rows() else self.tree).setFocus()
        self.catch_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the tree step aside where a form leaves it no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let facts, tree or table step aside where there is no room for all."""
        room, side = self.width() - px(36), self.side.minimumWidth()
        all_fit = room >= px(_LEAST_TREE + _LEAST_TABLE + 24) + side
        self._groups.setVisible(self._form is None or all_fit)
        self.side.setVisible(self._form is not None or all_fit)
        self._members.setVisible(self._form is None or room >= px(_LEAST_TABLE + 12) + side)

    def _inner_form(self) -> FormPanel | None:
        return self.panel.form if isinstance(self.panel, FindingsPanel | HouseholdsPanel) else None

    def unfinished(self) -> Editor | None:
        """See `Page.unfinished`."""
        inner = self.panel if isinstance(self.panel, ProposalPanel) else self._inner_form()
        return inner if inner is not None and inner.is_changed() else super().unfinished()

    def close_editor(self) -> bool:
        """Close the open form, also that of a panel."""
        inner = self._inner_form()
        return (inner is None or inner.leave()) and super().close_editor()

    def back(self) -> None:
        """Leave form, panel, another day, page, in this order (Esc)."""
        if (inner := self._inner_form()) is not None:
            inner.leave()
        elif isinstance(self.panel, ProposalPanel | ImportPanel):
            self.panel.leave()
        elif self.panel is not None:
            self.close_panel()
        elif self.editor is not None:
            self.close_editor()
        elif self.looks_back():
            self.go_to_today()
        else:
            self.shell.open_page("roster", None)
