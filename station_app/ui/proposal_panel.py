"""编组方案: a proposal with its reasons, adjusted by keyboard and drag; nothing is written before 采用."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.grouping_proposal import Proposal
from station_app.domain.grouping_rules import count_words
from station_app.domain.groups import GroupKind
from station_app.domain.problems import InvalidInput
from station_app.domain.proposal_areas import area_proposal
from station_app.domain.proposal_duty import duty_proposal
from station_app.domain.proposal_parts import span, usual_count
from station_app.domain.text import clean_line
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, Notice, PrimaryButton, button, label, link_button
from station_app.ui.fields import (
    CheckField,
    Choice,
    ChoiceField,
    DateField,
    FormPanel,
    LineField,
    NumberField,
    SegmentField,
)
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.messages import Unsaved
from station_app.ui.page import Shell
from station_app.ui.proposal_drag import RowDrop
from station_app.ui.proposal_rows import OUTSIDE, ProposalRows, TeamRow, seat_table, team_table, village_table
from station_app.ui.row_drag import DEPUTY_MIME, VILLAGE_MIME, RowDrag
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.splits import Split
from station_app.ui.theme import Tone, px


class ProposalPanel(QWidget):
    """The proposal.

    Signals:
        adopted: the `Done` of taking it over.
        closed: the clerk goes back without.

    Args:
        kind: area groups or duty teams at first.
        on: ISO date from which it is to count at first.
    """

    adopted = Signal(object)
    closed = Signal()

    def __init__(self, shell: Shell, desks: Desks, kind: GroupKind, on: str) -> None:
        super().__init__()
        self._shell = shell
        self._desks = desks
        self._organ = desks.settings.profile().organ_kind
        self.form: FormPanel | None = None
        self.earlier: list[Proposal] = []
        self._by_hand = False
        self.kind = SegmentField("编什么", [(GroupKind.AREA, "片区小组"), (GroupKind.DUTY, "进站编组")])
        self.count = NumberField("组数", most=99)
        self.keep = CheckField("", "村(居)不动")
        self.on = DateField("自哪天起", shell.clock.today)
        self.notice = Notice(Tone.WARNING)
        self.teams = team_table(shell.settings)
        self.seats = seat_table(shell.settings)
        self.villages = village_table(shell.settings)
        self.reasons = label("", wrap=True)
        self.found = label("", wrap=True)
        self.kind.set_value(kind)
        self.on.set_value(on)
        self._lay_out()
        self._bind()
        self._grouped = desks.grouping.grouped(on)
        self._rows = ProposalRows(self._grouped, self._organ)
        self.count.set_value(usual_count(self._grouped, kind))
        self.proposal = self._propose()
        self.reload()
        self.teams.view.selectRow(0)
        self.setFocusProxy(self.seats.view)

    def _lay_out(self) -> None:
        top = QWidget()
        flow = FlowLayout(top)
        for title, field, width in (
            ("", self.kind, 0),
            ("组数", self.count, 70),
            ("", self.keep, 0),
            ("自", self.on, 150),
        ):
            if title:
                flow.addWidget(label(title, "muted"))
            if width:
                field.setFixedWidth(px(width))
            flow.addWidget(field)
        self._adopt = PrimaryButton("采用", "check", "Ctrl+S")
        self._step_back = button("退回一步", "undo-2", "Alt+B")
        for made, action in ((self._adopt, self.adopt), (self._step_back, self.step_back)):
            made.clicked.connect(lambda _checked=False, action=action: action())
            flow.addWidget(made)
        teams = self._card("各组", self.teams, (("改名", "Enter", self.rename),))
        self._seats_card = self._card(
            "成员",
            self.seats,
            (
                ("移组", "Alt+M", self.move_rows),
                ("设组长", "Ctrl+G", self.lead),
                ("不编入", "Delete", self.leave_out),
            ),
        )
        self._villages_card = self._card("村(居)", self.villages, (("整村移组", "Alt+M", self.move_rows),))
        left = QWidget()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(10))
        inner.addWidget(teams, 3)
        inner.addWidget(self._villages_card, 2)
        why = Card("检查和说明")
        why.set_flush()
        area = ScrollColumn()
        for text in (self.found, label("为什么这样分", "strong"), self.reasons):
            text.setContentsMargins(px(14), px(6), px(14), px(4))
            area.body.addWidget(text)
        area.body.addStretch(1)
        why.body.addWidget(area, 1)
        parts: list[QWidget] = [left, self._seats_card, why]
        for part, least in zip(parts, (200, 250, 170), strict=True):
            part.setMinimumWidth(px(least))
        self.split = Split(self._shell.settings, "grouping_proposal", parts, [245, 480, 235], stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(top)
        column.addWidget(self.notice)
        column.addWidget(self.split, 1)

    def _card(self, title: str, table: LedgerTable, tools: tuple[tuple[str, str, Callable[[], None]], ...]) -> Card:
        card = Card(title)
        card.set_flush()
        card.body.addWidget(table, 1)
        links = []
        for word, keys, action in tools:
            made = link_button(f"{word} {keys}", partial(_on, table, action))
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the table the word is about keeps the keyboard
            links.append(made)
        if len(links) == 1:
            card.add_to_head(links[0])
            return card
        line = QWidget()
        row = FlowLayout(line, spacing=2)
        row.setContentsMargins(px(8), px(2), px(8), px(4))
        for made in links:
            row.addWidget(made)
        card.body.addWidget(line)
        return card

    def _bind(self) -> None:
        self.teams.current_changed.connect(lambda _row: self._show_team())
        self.teams.opened.connect(lambda _row: self.rename())
        self.kind.changed.connect(self._kind_changed)
        for field in (self.count, self.keep):
            field.changed.connect(self._again)
        self.on.changed.connect(self._day_changed)
        self.seats.view.viewport().installEventFilter(RowDrag(self.seats, DEPUTY_MIME))
        self.villages.view.viewport().installEventFilter(RowDrag(self.villages, VILLAGE_MIME))
        self.teams.view.viewport().installEventFilter(RowDrop(self.teams, self.drop))
        self._keys = [
            QShortcut(QKeySequence(keys), self, action, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            for keys, action in (
                ("Ctrl+S", self.adopt), ("Alt+M", self.move_rows), ("Ctrl+G", self.lead), ("Alt+B", self.step_back),
            )
        ]  # fmt: skip
        QShortcut(QKeySequence("Delete"), self.seats.view, self.leave_out).setContext(Qt.ShortcutContext.WidgetShortcut)

    # Showing

    def reload(self) -> None:
        """Show the proposal as it stands."""
        self.teams.set_rows(self._rows.teams(self.proposal))
        if self.teams.current_row() is None and self.teams.rows():
            self.teams.select(self.teams.rows()[0].at)
        findings = self.proposal.findings(self._grouped)
        sizes = [len(team.deputy_ids) for team in self.proposal.teams]
        why = [f"{team.name}：{team.why}" for team in self.proposal.teams if team.why]
        self.reasons.setText("\n".join(f"· {one}" for one in (*self.proposal.reasons, *why)))
        told = [f"每组 {span(min(sizes), max(sizes))} 人；{count_words(findings)}。"]
        self.found.setText("\n".join([*told, *(f"· {one.words}" for one in findings)]))
        is_area = self.proposal.kind is GroupKind.AREA
        self._villages_card.setVisible(is_area)
        self.keep.setVisible(is_area)
        self._step_back.setEnabled(bool(self.earlier))
        self._show_team()

    def team(self) -> TeamRow | None:
        """Return the team the clerk stands on."""
        found = self.teams.current_row()
        return found if isinstance(found, TeamRow) else None

    def _show_team(self) -> None:
        row = self.team()
        self._seats_card.set_title(row.team.name if row else "成员")
        self.seats.set_rows(self._rows.seats(self.proposal, row))
        self.villages.set_rows(self._rows.villages(row))
        for table in (self.seats, self.villages):
            table.stand()

    # Proposing

    def _propose(self) -> Proposal:
        count = self.count.value() or 0
        if self.kind.value() is GroupKind.DUTY:
            return duty_proposal(self._grouped, count)
        return area_proposal(self._grouped, count, keep_villages=self.keep.value())

    def _again(self) -> None:
        self._become(self._propose())
        self._by_hand = False

    def _kind_changed(self) -> None:
        self.count.set_value(usual_count(self._grouped, self.kind.value()))
        self.keep.set_value(False)
        self._again()

    def _day_changed(self) -> None:
        """Begin from the grouping of another day; what was adjusted stays."""
        on = self.on.value()
        if on and on != self._grouped.day:
            self._grouped = self._desks.grouping.grouped(on)
            self._rows = ProposalRows(self._grouped, self._organ)
            if not self._by_hand:
                self.proposal = self._propose()
            self.reload()

    def _become(self, proposal: Proposal) -> None:
        if proposal != self.proposal:
            self.earlier.append(self.proposal)
            self.proposal = proposal
            self._by_hand = True
        self.notice.say("")
        self.reload()

    def step_back(self) -> None:
        """Take the last adjustment back (Alt+B)."""
        if self.earlier:
            self.proposal = self.earlier.pop()
            self._by_hand = bool(self.earlier)
            self.reload()

    # Adjusting

    def move_rows(self) -> None:
        """Choose to which team the selected deputies, or the village the clerk stands on, go (Alt+M)."""
        of_village = self.villages.view.hasFocus()
        ids = [row.village.id for row in self.villages.selected_rows()] if of_village else self._selected()
        if not ids or self.form is not None:
            return
        self._open(
            _TargetForm(self._shell, self.proposal, ids, self._move_village if of_village else self._move_deputies)
        )

    def _selected(self) -> list[int]:
        return [row.deputy.id for row in self.seats.selected_rows()]

    def _move_deputies(self, ids: list[int], at: int) -> None:
        self._become(self.proposal.with_deputies(ids, None if at == OUTSIDE else at))

    def _move_village(self, ids: list[int], at: int) -> None:
        proposal = self.proposal
        for village_id in ids:
            proposal = proposal.with_village(village_id, at, self._rows.residents(village_id))
        self._become(proposal)

    def drop(self, mime: str, row_id: int, at: int) -> None:
        """Move what was dragged onto a team, with what is selected beside it."""
        if mime == DEPUTY_MIME:
            self._move_deputies(ids if row_id in (ids := self._selected()) else [row_id], at)
        elif at != OUTSIDE:
            self._move_village([row_id], at)

    def lead(self) -> None:
        """Let the current deputy lead the team (Ctrl+G)."""
        row = self.seats.current_row()
        if row is not None:
            self._become(self.proposal.with_leader(row.deputy.id))

    def leave_out(self) -> None:
        """Put the selected deputies into no team (Delete)."""
        if ids := self._selected():
            self._move_deputies(ids, OUTSIDE)

    def rename(self) -> None:
        """Give the current team another name (Enter)."""
        row = self.team()
        if row is not None and row.at != OUTSIDE and self.form is None:
            self._open(
                _NameForm(self._shell, row.team.name, lambda name: self._become(self.proposal.renamed(row.at, name)))
            )

    def _open(self, form: FormPanel) -> None:
        self._from: QWidget = self.focusWidget() or self.seats.view
        self.form = form
        form.set_active(True)
        form.setMinimumWidth(px(280))
        form.saved.connect(lambda _done: self._close_form())
        form.closed.connect(self._close_form)
        for one in self._keys:
            one.setEnabled(False)  # the form has some of them for itself
        self.split.widget(2).hide()
        self.split.addWidget(form)
        form.start()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.take_out()
        for one in self._keys:
            one.setEnabled(True)
        self.split.widget(2).show()
        self._from.setFocus()

    # Taking over

    def adopt(self) -> bool:
        """Take the proposal over in one step (Ctrl+S); return whether it is saved."""
        if self.form is not None:
            return False
        try:
            done = self._desks.grouping.adopt(self.proposal, self.on.value())
        except InvalidInput as wrong:
            self.notice.say("没有采用", str(wrong))
            return False
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            return False
        self.adopted.emit(done)
        return True

    def title(self) -> str:
        """See `Editor`."""
        return "编组方案"

    def is_changed(self) -> bool:
        """Tell whether the clerk has adjusted something."""
        return self._by_hand

    def leave(self) -> bool:
        """Go back without taking it over (Esc); ask when something was adjusted."""
        if self.form is not None:
            return self.form.leave()
        return self.leave_with(self._shell.messages.ask_unsaved(self.title())) if self.is_changed() else self._left()

    def leave_with(self, answer: Unsaved) -> bool:
        """Go back as the clerk said; return whether that was done."""
        if answer is Unsaved.STAY:
            return False
        return self.adopt() if answer is Unsaved.SAVE else self._left()

    def _left(self) -> bool:
        self.closed.emit()
        return True


def _on(table: LedgerTable, action: Callable[[], None]) -> None:
    """Do something with the rows of a table."""
    table.view.setFocus()
    action()


class _TargetForm(FormPanel):
    """To which team deputies or a village go."""

    def __init__(self, shell: Shell, proposal: Proposal, ids: list[int], act: Callable[[list[int], int], None]) -> None:
        super().__init__("移到哪一组", self._go, shell.messages, save_word="移过去")
        self._ids = ids
        self._act = act
        offered = [Choice(at, team.name, f"{len(team.deputy_ids)} 人") for at, team in enumerate(proposal.teams)]
        self.add("at", ChoiceField("移到", offered, required=True, placeholder="组名或首字母"))

    def _go(self, values: dict[str, Any]) -> Done[None]:
        if values["at"] is None:
            raise InvalidInput([])
        self._act(self._ids, values["at"])
        return Done(None, "", frozenset(), 0)


class _NameForm(FormPanel):
    """Another name of a team."""

    def __init__(self, shell: Shell, name: str, act: Callable[[str], None]) -> None:
        super().__init__("小组名称", self._name, shell.messages, save_word="改名")
        self._act = act
        self.add("name", LineField("小组名称", required=True, wide=True))
        self.clear({"name": name})

    def _name(self, values: dict[str, Any]) -> Done[None]:
        name = clean_line(values["name"])
        if name:
            self._act(name)
        return Done(None, "", frozenset(), 0)
