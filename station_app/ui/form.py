"""Forms: fields in two columns, saved in place, keeping every keystroke when something is wrong."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from station_app.domain.kept_draft import KeptDraft
from station_app.domain.problems import FieldProblem, InvalidInput
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Button, Card, Notice, PrimaryButton, button
from station_app.ui.field import Field
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.form_draft import DraftPlace, FormDraft
from station_app.ui.messages import Messages, Unsaved
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.theme import Tone, px

_SHORT_NOTE = 14  # characters; a longer one gives way to the word about the draft
SomeField = TypeVar("SomeField", bound=Field)


class FormGrid(QWidget):
    """Captions and fields in two columns; wide fields and other widgets take both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(3, 3)
        self._line = 0

    def add(self, field: Field) -> None:
        """Add one field over the whole width."""
        self._caption(field, 0)
        self._grid.addWidget(field, self._line, 1, 1, 3)
        self._line += 1

    def add_pair(self, left: Field, right: Field | None) -> None:
        """Add two fields side by side; None leaves the right one empty."""
        for column, field in ((0, left), (2, right)):
            if field is not None:
                self._caption(field, column)
                self._grid.addWidget(field, self._line, column + 1, Qt.AlignmentFlag.AlignTop)
        self._line += 1

    def add_line(self, fields: Sequence[Field], links: Sequence[QWidget]) -> None:
        """Add short fields and links one after the other behind the first caption; they wrap in a narrow panel."""
        line = QWidget()
        flow = FlowLayout(line, spacing=4)
        for part in (*fields, *links):
            flow.addWidget(part)
        self._caption(fields[0], 0)
        self._grid.addWidget(line, self._line, 1, 1, 3)
        self._line += 1

    def add_widget(self, widget: QWidget, *, under_fields: bool = False) -> None:
        """Add anything else over the whole width, or under the fields only."""
        first = 1 if under_fields else 0
        self._grid.addWidget(widget, self._line, first, 1, 4 - first)
        self._line += 1

    def _caption(self, field: Field, column: int) -> None:
        self._grid.addWidget(field.caption, self._line, column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)

    def show_field(self, field: Field, *, shown: bool) -> None:
        """Show or hide a field with its caption."""
        field.setVisible(shown)
        field.caption.setVisible(shown)


class FormPanel(Card):
    """A form in a panel: title, fields by key, problems at the fields, 保存 (Ctrl+S) and 保存并… (Ctrl+Enter).

    Add fields in the order they are typed; Tab and Enter walk them in that order, then the buttons.

    Signals:
        saved: the `Done` of a save by 保存; the page publishes it and usually closes the form.
        saved_next: the `Done` of a save by 保存并…; the page publishes it and usually calls `clear`.
        closed: the form was left by Esc or 取消 (unsaved text was saved or given up).

    Args:
        title: e.g. 登记接待.
        save: takes the values by key, calls one service method, returns its `Done`; may raise `InvalidInput` (shown
            at the fields) or `StationFault` (told). Keys of problems are the field keys.
        messages: for questions and faults.
        save_word: word of the save button.
        next_word: word of the second save button, e.g. 保存并登记下一位; empty for none. With one, it is the primary.
    """

    saved = Signal(object)
    saved_next = Signal(object)
    closed = Signal()
    changed = Signal()
    keeper: FormDraft | None = None
    """Keeps what is typed; None where nothing may be kept (passwords)."""

    def __init__(
        self,
        title: str,
        save: Callable[[dict[str, Any]], Done[Any]],
        messages: Messages,
        *,
        save_word: str = "保存",
        next_word: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        self._save = save
        self._messages = messages
        self._next = bool(next_word)
        self.fields: dict[str, Field] = {}
        self._clean: dict[str, Any] = {}
        self._own_note = ""
        self.notice = Notice(Tone.DANGER)
        self.grid = FormGrid()
        self.grid.add_widget(self.notice)
        self.area = ScrollColumn()
        self.area.body.addWidget(self.grid)
        self.area.body.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.area, 1)
        self.button_bar = QWidget()
        self.button_bar.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._action_row = FlowLayout(self.button_bar)
        self._action_row.setContentsMargins(px(14), px(8), px(14), px(12))
        self.body.addWidget(self.button_bar)
        self._add_buttons(save_word, next_word)

    def _add_buttons(self, save_word: str, next_word: str) -> None:
        self.next_button: PrimaryButton | None = None
        self.save_button: Button
        if next_word:
            self.next_button = PrimaryButton(next_word, "", "Ctrl+Enter")
            self.next_button.clicked.connect(lambda _checked=False: self.save(go_on=True))
            self._action_row.addWidget(self.next_button)
            self.save_button = button(save_word, "", "Ctrl+S")
        else:
            self.save_button = PrimaryButton(save_word, "", "Ctrl+S")
        self.save_button.clicked.connect(lambda _checked=False: self.save())
        self._action_row.addWidget(self.save_button)
        self.cancel_button = button("取消", "", "Esc")
        self.cancel_button.clicked.connect(lambda _checked=False: self.leave())
        self._action_row.addWidget(self.cancel_button)
        self._bind("Ctrl+S", self.save)
        self._bind("Ctrl+Return", lambda: self.save(go_on=self._next))
        self._bind("Ctrl+Enter", lambda: self.save(go_on=self._next))

    def _bind(self, keys: str, action: Callable[[], Any]) -> None:
        bound = QShortcut(QKeySequence(keys), self)
        bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        bound.activated.connect(action)

    def add(self, key: str, field: SomeField) -> SomeField:
        """Add a field over the whole width; return it."""
        self._know(key, field)
        self.grid.add(field)
        return field

    def add_pair(self, left: tuple[str, Field], right: tuple[str, Field] | None = None) -> None:
        """Add two fields side by side, each with its key."""
        self._know(*left)
        if right is not None:
            self._know(*right)
        self.grid.add_pair(left[1], right[1] if right else None)

    def add_line(self, fields: Mapping[str, Field], links: Sequence[QWidget] = ()) -> None:
        """Add short fields by key one after the other, then links; only the first field has a caption."""
        for key, field in fields.items():
            self._know(key, field)
        self.grid.add_line(tuple(fields.values()), links)

    def add_block(self, key: str, field: SomeField) -> SomeField:
        """Add a field that is a block of its own, over the whole width and without caption; return it."""
        self._know(key, field)
        self.grid.add_widget(field)
        return field

    def add_widget(self, widget: QWidget, *, under_fields: bool = False) -> None:
        """Add anything else between the fields, e.g. a `Notice` with the person's earlier visits."""
        self.grid.add_widget(widget, under_fields=under_fields)

    def add_action(self, made: QWidget) -> None:
        """Add a button before 取消."""
        self._action_row.insert(self._action_row.count() - 1, made)

    def keep_drafts(self, desks: Desks, place: DraftPlace) -> None:
        """Keep what is typed as a draft every few seconds, and offer it when the form is opened again.

        Args:
            place: what the form is and where it is found again.
        """
        self.keeper = FormDraft(self, desks, self._messages, place)
        self.body.insertWidget(0, self.keeper.bar)

    def draft_body(self) -> dict[str, Any]:
        """Return what is typed as JSON can hold it."""
        return {"fields": {key: field.typed() for key, field in self.fields.items() if field.keepable}}

    def bring_back(self, body: dict[str, Any]) -> None:
        """Show what `draft_body` returned, field by field as if it were typed now."""
        for key, kept in body.get("fields", {}).items():
            field = self.fields.get(key)
            if field is not None and field.keepable:
                field.put_typed(kept)
                field.changed.emit()

    def first_words(self) -> str:
        """Return the first words that were typed, by which the clerk knows a draft again: “沟渠淤塞…”."""
        for key, field in self.fields.items():
            changed = field.keepable and (field.value() != self._clean.get(key) or field.own_problem())
            text = field.typed() if changed else ""
            if isinstance(text, str) and text.strip():
                return quoted(text)
        return ""

    def set_note(self, note: str) -> None:
        """Show a short text at the right of the title."""
        self._own_note = note
        super().set_note(note)

    def own_note(self) -> str:
        """Return the note, e.g. the number of the matter it is about."""
        return self._own_note

    def say_kept(self, words: str) -> None:
        """Tell in place of the note that what is typed is kept; an empty text shows the note again."""
        both = bool(words) and len(self._own_note) <= _SHORT_NOTE
        super().set_note(f"{self._own_note}　{words}".strip() if both else words or self._own_note)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab come to the buttons after the last field, though they were made before it."""
        super().showEvent(event)
        if self.keeper is not None and not event.spontaneous():
            self.keeper.look()
        row = self._action_row
        last = next(reversed(self.fields.values()), None)
        before: QWidget | None = last.focusProxy() if last is not None else None
        for place in range(row.count()):
            item = row.itemAt(place)
            made = item.widget() if item is not None else None
            if made is not None:
                if before is not None:
                    QWidget.setTabOrder(before, made)
                before = made

    def _know(self, key: str, field: Field) -> None:
        self.fields[key] = field
        self._clean[key] = field.value()
        field.changed.connect(self.changed)

    def values(self) -> dict[str, Any]:
        """Return the values of all fields by key."""
        return {key: field.value() for key, field in self.fields.items()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill fields by key; the form then counts as unchanged."""
        for key, value in values.items():
            self.fields[key].set_value(value)
        self.mark_clean()

    def clear(self, values: Mapping[str, Any] | None = None) -> None:
        """Empty every field, fill some, and go to the first: ready for the next entry."""
        for field in self.fields.values():
            field.set_value(None)
        self.set_values(values or {})
        self.show_problems(())
        self.start()

    def start(self) -> None:
        """Put the cursor into the first field that can take it."""
        first = next((field for field in self.fields.values() if field.isVisibleTo(self) and field.isEnabled()), None)
        if first is not None:
            first.setFocus()
            self.area.ensureWidgetVisible(first)

    def mark_clean(self) -> None:
        """Count the present values as saved."""
        self._clean = self.values()

    def is_changed(self) -> bool:
        """Tell whether something is typed that is not saved."""
        typed = any(field.own_problem() for field in self.fields.values())
        return typed or self.values() != self._clean

    def save(self, *, go_on: bool = False) -> bool:
        """Save; return whether it is saved. Problems are shown at their fields and nothing typed is lost."""
        for field in self.fields.values():
            field.leave()
        own = [FieldProblem(key, text) for key, field in self.fields.items() if (text := field.own_problem())]
        if own:
            self.show_problems(own)
            return False
        try:
            done = self._save(self.values())
        except InvalidInput as invalid:
            self.show_problems(invalid.problems)
            return False
        except StationFault as fault:
            self._messages.tell_fault(fault)
            return False
        self.show_problems(())
        self.mark_clean()
        if self.keeper is not None:
            self.keeper.finish()
        (self.saved_next if go_on else self.saved).emit(done)
        return True

    def show_problems(self, problems: Iterable[FieldProblem]) -> None:
        """Mark the fields, tell what belongs to none at the top, and go to the first bad field."""
        told = list(problems)
        by_key: dict[str, list[str]] = {}
        for problem in told:
            by_key.setdefault(problem.field, []).append(problem.message)
        for key, field in self.fields.items():
            field.show_problem("".join(by_key.get(key, [])))
        others = [problem.message for problem in told if problem.field not in self.fields]
        self.notice.say("", "\n".join(others))
        first = next((field for key, field in self.fields.items() if key in by_key), None)
        if first is not None:
            first.setFocus()
            self.area.ensureWidgetVisible(first)

    def leave(self) -> bool:
        """Leave the form (Esc); ask about unsaved text. Return False when the clerk goes on writing."""
        if self.is_changed():
            return self.leave_with(self._messages.ask_unsaved(self.title(), drafts=self.keeper is not None))
        if self.keeper is not None:
            self.keeper.drop()
        self.closed.emit()
        return True

    def leave_with(self, answer: Unsaved) -> bool:
        """Leave the form with unsaved text in it, as the clerk said; return whether it is left."""
        if answer is Unsaved.STAY:
            return False
        if answer is Unsaved.SAVE:
            return self.save()
        self._put_away(kept=answer is Unsaved.KEEP)
        self.closed.emit()
        return True

    def take_out(self) -> None:
        """Take the closed form out of the window for good."""
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _put_away(self, *, kept: bool) -> None:
        """Show what is saved again; what was typed is a draft or gone."""
        if self.keeper is not None:
            (self.keeper.keep if kept else self.keeper.drop)()
            self.keeper.begin(self.keeper.place)
            self.say_kept("")
        self.set_values(self._clean)


def resume(form: object, kept: KeptDraft) -> None:
    """Bring a draft back into the form that was opened for it; where none could be opened it stays kept."""
    keeper = form.keeper if isinstance(form, FormPanel) else None
    if keeper is not None and (keeper.place.kind, keeper.place.record) == (kept.form, kept.record):
        keeper.take(kept)


def quoted(text: str, most: int = 12) -> str:
    """Return the beginning of a text in quotation marks."""
    line = " ".join(text.split())
    return f"“{line if len(line) <= most else line[:most] + '…'}”"
