"""The panel beside the table: the matter, its clock, what happened, and what may be done now."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from station_app.domain.agenda import todo
from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.operators import Right
from station_app.domain.opinion import OPENNESS_LABELS, SOURCE_LABELS, Case, Openness
from station_app.domain.progress import disposition_labels
from station_app.domain.text import masked_phone
from station_app.station import Desks
from station_app.ui.attachments_strip import AttachmentsStrip
from station_app.ui.cards import Card, Chip, EmptyState, Notice, PrimaryButton, button, label, link_button
from station_app.ui.charts import Timeline
from station_app.ui.correct_steps import correctable
from station_app.ui.event_words import clock_words, moments
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.marks import Mark, Shape
from station_app.ui.opinion_rows import OpinionRow, state_mark
from station_app.ui.paper_menu import PaperMenu
from station_app.ui.rare_moves import SELDOM
from station_app.ui.related_matters import RelatedMatters
from station_app.ui.rights import offer
from station_app.ui.several_matters import said, suiting
from station_app.ui.suggestion_facts import SuggestionMenu, facts, known_of
from station_app.ui.theme import Tone, px

MOST_LISTED = 12
CORRECT_STEPS = "更正办理过程…"
_LONGEST_IN_HEAD = 6


class OpinionPanel(Card):
    """Shows one matter, or several that are selected, with the actions that are allowed now.

    Signals:
        move_asked: the `Move` the clerk wants to record.
        correction_asked: title, category or village are to be corrected.
        steps_asked: a step of its history is to be corrected.
        paper_asked: the `Offer` of a paper the clerk wants to print.
        suggestion_asked: the `SuggestionAction` the clerk wants to do with the deputies' suggestion.

    Args:
        desks: the desks of the open station.
        attachments: shows what is attached to the matter.

    Attributes:
        related: what the matter belongs to, with links to it.
    """

    move_asked = Signal(object)
    correction_asked = Signal()
    steps_asked = Signal()
    paper_asked = Signal(object)
    suggestion_asked = Signal(object)

    def __init__(self, desks: Desks, attachments: AttachmentsStrip) -> None:
        super().__init__(" ")
        self._desks = desks
        self.attachments = attachments
        self._row: OpinionRow | None = None
        self._phone = ""
        self._buttons: list[QPushButton] = []
        self._papers: PaperMenu | None = None
        self._phone_button = link_button("", self._show_phone)
        self._phone_button.setAccessibleDescription("显示完整电话")
        self._phone_button.setToolTip("点击或按空格显示完整电话")
        self.add_to_head(self._phone_button)
        self._subject = label("", "heading", wrap=True)
        self._who = label("", "muted", wrap=True)
        self._words = label("", "muted", wrap=True)
        self._signed = label("", wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._chips = _flowing(spacing=6)
        self._clock = Notice(Tone.QUIET)
        self.related = RelatedMatters(desks)
        self._timeline = Timeline()
        self._empty = EmptyState()
        inside = QWidget()
        # The height follows from the width alone; wrapped labels ask for far more at their least width.
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        parts = (self._subject, self._who, self._words, self._signed, self._chips, self._clock)
        for part in (*parts, self.related, attachments, self._timeline):
            column.addWidget(part)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        self._actions = _flowing()
        self._actions.setContentsMargins(px(14), px(10), px(14), px(12))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self._empty, 1)
        self.body.addWidget(self._actions)
        self.show_nothing("")

    # What is shown

    def show_nothing(self, sentence: str) -> None:
        """Say that no matter is chosen."""
        self._row = None
        self.set_title("")
        self._empty.say(sentence, "", None)
        self._show_parts(matter=False)
        self._put_actions((), None)

    def show_row(self, row: OpinionRow) -> None:
        """Show one matter; the table tells a move both as another current row and as another selection."""
        self.related.show_case(row.case)  # others may have come to belong to it
        if row is self._row:
            return
        self._row = row
        case = row.case
        today = self._desks.clock.today()
        self._show_parts(matter=True)
        self.set_title(case.number)
        # A long name would be cut in the head; it stands under the title instead.
        who, source = _who(case), SOURCE_LABELS[case.source]
        in_head = len(who) <= _LONGEST_IN_HEAD
        self.set_note(f"{source}　{who}" if in_head else source)
        self._who.setText(f"提出人：{who}")
        self._who.setVisible(not in_head)
        self._hide_phone(case.phone)
        self._subject.setText(case.title)
        self._words.setText(f"“{case.words}”")
        self._say_signed(facts(case, known_of(case, self._desks)))
        self._put_chips(case)
        if row.clock and row.stand:
            beside = self._desks.opinions.side_clocks(case)
            self._clock.say(*clock_words(case.progress, row.clock, row.stand, today.isoformat(), beside))
        else:
            self._clock.say("")
        self.attachments.show_case(case)
        self.attachments.show()
        self._timeline.set_moments(moments(case, row.stand, today.isoformat(), self._desks.settings.answer_classes()))
        self._timeline.show()
        self._put_actions(self.moves(case), case)
        self._area.verticalScrollBar().setValue(0)

    def show_many(self, rows: Sequence[OpinionRow], wanted: Move | None = None) -> None:
        """Show that several matters are selected, with every move that suits some of them.

        Args:
            wanted: the move to offer first; else the one that is likely for most.
        """
        found = suiting(rows, self._desks, self.moves, wanted)
        self._show_list(f"已选 {len(rows)} 件", said(found), rows)
        for one in (usual := [one for one in found if one.usual]):
            self._add_action(PrimaryButton(one.words) if one is usual[0] else button(one.words), one.move)
        self._put_papers(tuple(row.case.id for row in rows))
        if rest := [one for one in found if not one.usual]:
            self._put_menu([(one.words, partial(self._ask_for, one.move)) for one in rest])

    def show_handed_over(self, rows: Sequence[OpinionRow]) -> None:
        """Tell what became of the matters that were just handed over together: where they went, until when."""
        progress = rows[0].case.progress
        limits = sorted({row.clock.due_on.isoformat() for row in rows if row.clock})
        limit = f"，答复期限 {' 至 '.join(dict.fromkeys((limits[0], limits[-1])))}" if limits else ""
        subject = f"已交{progress.unit or '县人大常委会'}{limit}"
        self._show_list(f"已交办 {len(rows)} 件", subject, rows)
        self._who.setText("仍列在左边，选其中一件看详情；按 Ctrl+Z 可以整批撤销。")
        self._who.show()
        self._put_papers(tuple(row.case.id for row in rows))

    def propose_paper(self, case_ids: Sequence[int]) -> None:
        """Offer, as the likely next thing, the paper by which matters that were just handed over go out."""
        if not self._desks.operators.may(Right.KEEP):
            return
        offers = self._desks.papers.offers(case_ids)
        if not offers:
            return
        made = button(f"打印{offers[0].title}", "printer")
        made.clicked.connect(partial(self._ask_for_paper, offers[0]))
        self._layout_of(self._actions).insert(0, made)
        made.show()
        self._buttons.insert(0, made)
        for one, following in pairwise(self._buttons):
            QWidget.setTabOrder(one, following)

    def proposes_paper(self) -> bool:
        """Tell whether it speaks of several matters handed over just now, and of the paper by which they go out."""
        return self._row is None and bool(self._buttons) and self._buttons[0] is not self._papers

    def show_papers(self) -> None:
        """Open the menu of the papers that can be printed now (Ctrl+P)."""
        if self._papers is not None and self._papers.isEnabled():
            self._papers.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._papers.showMenu()

    def _show_list(self, title: str, subject: str, rows: Sequence[OpinionRow]) -> None:
        self._row = None
        self._show_parts(matter=True)
        self.set_title(title)
        self.set_note("")
        self._hide_phone("")
        self._who.hide()
        self._subject.setText(subject)
        listed = [f"{row.case.number}　{row.case.title}" for row in rows[:MOST_LISTED]]
        more = [f"…… 等 {len(rows)} 件"] if len(rows) > MOST_LISTED else []
        self._words.setText("\n".join(listed + more))
        self._say_signed("")
        self._clear(self._chips)
        self._clock.say("")
        self.attachments.hide()
        self.related.forget()
        self._timeline.hide()
        self._put_actions((), None)

    def moves(self, case: Case) -> tuple[Move, ...]:
        """Return what may be done now, first what the day's list asks for."""
        allowed = self._desks.opinions.moves(case)
        settings = self._desks.settings
        asked = todo([case], self._desks.clock.today(), settings.limits(), settings.calendar())
        likely = next((item.move for item in asked if item.move in allowed), None)
        return allowed if likely is None else (likely, *(move for move in allowed if move is not likely))

    def texts(self) -> str:
        """Return all that is said about the matter, line by line."""
        chips = [part.accessibleName() for part in self._chips.findChildren(Chip)]
        said = (self._subject.text(), self._words.text(), self._signed.text())
        return "\n".join((*said, *chips, self._clock.text(), *self._timeline.texts()))

    def action_words(self) -> list[str]:
        """Return the words of the actions offered, the primary first; those of the menu at the end."""
        listed = [made.text() for made in self._buttons if made.menu() is None]
        menus = (made.menu() for made in self._buttons if made.menu() is not None)
        return listed + [action.text() for menu in menus for action in menu.actions()]

    def phone_text(self) -> str:
        """Return the petitioner's phone as it is shown."""
        return self._phone_button.text()

    def focus_primary(self) -> bool:
        """Put the focus on the likely action; return whether there is one."""
        if not self._buttons:
            return False
        self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    # Parts

    def _show_parts(self, *, matter: bool) -> None:
        self._area.setVisible(matter)
        self._actions.setVisible(matter)
        self._empty.setVisible(not matter)

    def _hide_phone(self, phone: str) -> None:
        self._phone = phone
        self._phone_button.setText(masked_phone(phone))
        self._phone_button.setVisible(bool(phone))

    def _show_phone(self) -> None:
        shown = self._phone_button.text() == self._phone
        self._phone_button.setText(masked_phone(self._phone) if shown else self._phone)

    def _put_chips(self, case: Case) -> None:
        self._clear(self._chips)
        profile = self._desks.settings.profile()
        marks = [state_mark(case.progress.state)]
        if case.urgent:
            marks.insert(0, Mark("紧急", Tone.DANGER, Shape.DISC))
        words = [case.category, case.village or profile.whole_place, case.nature]
        words += [name for room_id, name in self._desks.rooms.names().items() if room_id == case.room_id]
        words.append(disposition_labels(profile)[case.progress.disposition])
        if case.progress.round > 1:
            words.append(f"第 {case.progress.round} 次办理")
        if case.progress.promised_on and not case.progress.promise_kept_on:
            words.append(f"承诺 {case.progress.promised_on}")
        if case.openness is not Openness.OPEN:
            marks.append(Mark(OPENNESS_LABELS[case.openness], Tone.WARNING, Shape.NONE))
        marks += [Mark(word) for word in dict.fromkeys(words)]
        for mark in marks:
            chip = Chip()
            chip.set_mark(mark)
            self._place(chip, self._chips)

    def _put_actions(self, moves: Sequence[Move], case: Case | None) -> None:
        self._clear(self._actions)
        self._buttons = []
        usual = [move for move in moves if move not in SELDOM]
        for place, move in enumerate(usual):
            made = PrimaryButton(MOVE_LABELS[move]) if place == 0 else button(MOVE_LABELS[move])
            self._add_action(made, move)
        self._papers = None
        if case is not None:
            self._put_suggestion(case)
            self._put_papers((case.id,))
            correct = button("更正", "pencil")
            correct.setToolTip("更正标题、类别、村(居)、紧急")
            correct.clicked.connect(lambda _checked=False: self.correction_asked.emit())
            offer(self._desks, Right.KEEP, correct)
            self._place(correct, self._actions)
            self._buttons.append(correct)
        seldom = [move for move in moves if move in SELDOM]
        if seldom or (case is not None and correctable(case)):
            self._put_seldom(seldom, case)

    def _say_signed(self, said: str) -> None:
        self._signed.setText(said)
        self._signed.setVisible(bool(said))

    def _put_suggestion(self, case: Case) -> None:
        """Offer what can be done with a deputies' suggestion beside the moves."""
        if not self._signed.text():
            return
        menu = SuggestionMenu(case, known_of(case, self._desks), self.suggestion_asked.emit)
        offer(self._desks, Right.KEEP, menu)
        self._place(menu, self._actions)
        self._buttons.append(menu)

    def _put_papers(self, case_ids: tuple[int, ...]) -> None:
        """Offer what can be printed about the chosen matters."""
        self._papers = PaperMenu(self._desks, case_ids, self.paper_asked.emit)
        offer(self._desks, Right.KEEP, self._papers)
        self._place(self._papers, self._actions)
        self._buttons.append(self._papers)

    def _ask_for_paper(self, offered: object, _checked: bool = False) -> None:
        self.paper_asked.emit(offered)

    def _put_seldom(self, moves: Sequence[Move], case: Case | None) -> None:
        """Offer the moves that are seldom made in a menu, and the correction of those that were made."""
        entries: list[tuple[str, Callable[[bool], None]]] = [
            (MOVE_LABELS[move], partial(self._ask_for, move)) for move in moves
        ]
        if case is not None and correctable(case):
            entries.append((CORRECT_STEPS, lambda _checked: self.steps_asked.emit()))
        self._put_menu(entries)

    def _put_menu(self, entries: Sequence[tuple[str, Callable[[bool], None]]]) -> None:
        more = button("更多")
        menu = QMenu(more)
        for words, action in entries:
            menu.addAction(words).triggered.connect(action)
        more.setMenu(menu)
        offer(self._desks, Right.KEEP, more)
        self._place(more, self._actions)
        self._buttons.append(more)

    def _ask_for(self, move: Move, _checked: bool = False) -> None:
        self.move_asked.emit(move)

    def _add_action(self, made: QPushButton, move: Move) -> None:
        made.clicked.connect(partial(self._ask_for, move))
        offer(self._desks, Right.KEEP, made)
        self._place(made, self._actions)
        self._buttons.append(made)

    def _place(self, part: QWidget, holder: QWidget) -> None:
        """Add a part and show it at once, so that it can take the focus before the layout is next reckoned."""
        self._layout_of(holder).addWidget(part)
        part.show()

    def _layout_of(self, holder: QWidget) -> FlowLayout:
        layout = holder.layout()
        assert isinstance(layout, FlowLayout)
        return layout

    def _clear(self, holder: QWidget) -> None:
        layout = self._layout_of(holder)
        while item := layout.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        holder.updateGeometry()


def _who(case: Case) -> str:
    return f"{case.petitioner}等{case.people}人" if case.people > 1 else case.petitioner


def _flowing(*, spacing: int = 8) -> QWidget:
    """Return a widget whose parts wrap."""
    made = QWidget()
    FlowLayout(made, spacing=spacing)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
