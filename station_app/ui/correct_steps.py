"""更正办理过程: choose the mistaken step, then say it rightly, or take it back with a reason."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from station_app.domain.events import EVENT_LABELS, Event, EventKind, effective
from station_app.domain.legality import MOVE_OF_EVENT, move_of, progress_before
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Card, PrimaryButton, button, label
from station_app.ui.event_words import headline
from station_app.ui.fields import FormPanel, TextField
from station_app.ui.form_draft import DraftPlace
from station_app.ui.messages import Messages
from station_app.ui.move_form import MoveForm
from station_app.ui.theme import px

_ONLY_TAKEN_BACK = frozenset({EventKind.REHANDLED, EventKind.MERGED, EventKind.UNMERGED})
"""Steps that follow from another one, or join two matters: they are taken back, not reworded."""
_OTHER_STEPS = frozenset({Move.FEED_BACK, Move.ANSWER_ON_SPOT})
"""Moves whose form records an evaluation as well, which is a step of its own and corrected there."""


def correctable(case: Case) -> list[Event]:
    """Return the steps of a matter that can be corrected, the newest first."""
    kinds = {*MOVE_OF_EVENT, *_ONLY_TAKEN_BACK}
    return [event for event in reversed(effective(case.events)) if event.kind in kinds]


class StepChoice(Card):
    """Lists the steps of a matter.

    Signals:
        correction_asked: the `Event` that is to be said rightly.
        taking_back_asked: the `Event` that is to be taken back.
        closed: left by Esc.
    """

    correction_asked = Signal(object)
    taking_back_asked = Signal(object)
    closed = Signal()

    def __init__(self, case: Case) -> None:
        super().__init__("更正办理过程")
        self.set_note(case.number)
        self._steps = correctable(case)
        self.body.addWidget(
            label(
                "选记错的一步。更正后，原来的一步划去，仍留在时间线上；后面的步骤不成立的，会说明原因。",
                "small",
                wrap=True,
            )
        )
        self.list = QListWidget()
        self.list.setAccessibleName("可以更正的步骤")
        for event in self._steps:
            item = QListWidgetItem(f"{event.on}　{headline(event, case)}", self.list)
            item.setToolTip(event.text)
            item.setSizeHint(QSize(0, px(32)))
        self.list.setCurrentRow(0)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(px(160))
        self.body.addWidget(self.list, 1)
        self.correct = PrimaryButton("改正这一步", "pencil", "Enter")
        self.take_back = button("撤回这一步", "", "Delete")
        self.cancel = button("取消", "", "Esc")
        for made in (self.correct, self.take_back, self.cancel):
            self.body.addWidget(made)
        self.correct.clicked.connect(lambda _checked=False: self._correct())
        self.take_back.clicked.connect(lambda _checked=False: self._take_back())
        self.cancel.clicked.connect(lambda _checked=False: self.closed.emit())
        self.list.itemActivated.connect(lambda _item: self._correct())
        self.list.currentRowChanged.connect(lambda _row: self._show_buttons())
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, self._take_back)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._show_buttons()

    def start(self) -> None:
        """Put the focus on the newest step."""
        self.list.setFocus()

    def leave(self) -> bool:
        """Leave without choosing."""
        self.closed.emit()
        return True

    def _step(self) -> Event:
        return self._steps[self.list.currentRow()]

    def _show_buttons(self) -> None:
        self.correct.setEnabled(self._step().kind not in _ONLY_TAKEN_BACK)

    def _correct(self) -> None:
        if self.correct.isEnabled():
            self.correction_asked.emit(self._step())

    def _take_back(self) -> None:
        self.taking_back_asked.emit(self._step())


class StepCorrection(MoveForm):
    """The form of a move, filled with a step that was mistaken.

    Args:
        case: the matter.
        event: the mistaken step.
    """

    asks_signers = False

    def __init__(self, case: Case, event: Event, desks: Desks, messages: Messages) -> None:
        self._event = event
        before = replace(case, progress=progress_before(case.events, event))
        super().__init__([before], move_of(event), desks, messages)
        self.set_title(f"更正“{EVENT_LABELS[event.kind]}”（{event.on}）")
        self._fill(desks)

    def keep_drafts(self, desks: Desks, place: DraftPlace) -> None:
        """Keep nothing: what the step says is in the file, and the correction is a word or a date."""

    def _fill(self, desks: Desks) -> None:
        """Show the step as it was recorded; the level first, for the units follow from it."""
        ids = {unit.name: unit.id for unit in desks.settings.units()}
        told: dict[str, Any] = {key: getattr(self._event, key, None) for key in self.fields}
        told["assisting_ids"] = tuple(ids[name] for name in self._event.assisting if name in ids)
        told["separate_ids"] = tuple(ids[name] for name in self._event.separate if name in ids)
        for key, field in self.fields.items():
            if key != "due_on" or told[key]:  # without one of its own it shows the usual limit
                field.set_value(told[key] or None)
            field.changed.emit()
        if self.what in _OTHER_STEPS:
            self.grid.show_field(self.fields["satisfaction"], shown=False)
        self.mark_clean()

    def _record(self, values: dict[str, Any]) -> Done[Any]:
        draft = self.draft(values)
        if "way" not in self.fields:
            draft = replace(draft, way=self._event.way)  # 面商 stays 面商
        return self._desks.opinions.correct_event(self.case.id, self._event.uid, draft, "")


class TakingBack(FormPanel):
    """Takes a step back that never was, with the reason."""

    def __init__(self, case: Case, event: Event, desks: Desks, messages: Messages) -> None:
        super().__init__("撤回这一步", self._take_back, messages, save_word="撤回")
        self._case = case
        self._event = event
        self._desks = desks
        self.set_note(case.number)
        self.add_widget(label(f"{event.on}　{headline(event, case)}", "strong", wrap=True))
        if event.text:
            self.add_widget(label(event.text, "muted", wrap=True))
        self.add("reason", TextField("撤回的理由", required=True, least=2, placeholder="如：记到别的件上了"))
        self.add_widget(label("这一步划去，理由和经手人留在时间线上。", "small", wrap=True))
        self.mark_clean()

    def _take_back(self, values: dict[str, Any]) -> Done[Any]:
        return self._desks.opinions.correct_event(self._case.id, self._event.uid, None, values["reason"])
