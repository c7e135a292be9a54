"""Fields that choose from a list: typing characters or pinyin initials opens it (zwm finds 张伟明)."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QToolButton

from station_app.ui.cards import repolish
from station_app.ui.choice_popup import Choice, ChoicePopup, choices, find
from station_app.ui.field import ENTER, Field, plain
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.icons import icon, icon_size
from station_app.ui.theme import MUTED, px

_SEPARATORS = "、，,；;"
_CHIP_LENGTH = 16
_LONGEST_NAME = 14


class _ListField(Field):
    """What both fields share: the line that is typed in and the list under it."""

    def __init__(self, title: str, offered: Iterable[Any], *, required: bool, wide: bool, free: bool) -> None:
        super().__init__(title, required=required, wide=wide)
        self.edit = QLineEdit()
        self.edit.textEdited.connect(self._typed)
        self.popup = ChoicePopup()
        self.popup.chosen.connect(self._pick)
        self._free = free
        self._choices = choices(offered)
        self.destroyed.connect(self.popup.deleteLater)

    def _offered(self) -> list[Choice]:
        """Return what may be chosen now."""
        return self._choices

    def _pick(self, one: Choice) -> None:
        """Take a choice."""
        raise NotImplementedError

    def _typed(self, text: str) -> None:
        # Letters are a spelling, no words of their own: Enter takes the first found even where words are free.
        highlight = not self._free or _is_spelling(text)
        self.popup.offer(find(self._offered(), text) if text.strip() else [], self._editor, highlight=highlight)
        self.changed.emit()

    def open_list(self) -> None:
        """Show everything that may be chosen."""
        self.edit.setFocus()
        self.popup.offer(self._offered(), self._editor, highlight=False)

    def keys(self, event: QKeyEvent) -> bool:
        """Move in the list, take from it, close it."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self.popup.isVisible():
                self.popup.step(1 if key == Qt.Key.Key_Down else -1)
            else:
                self.open_list()
            return True
        if key == Qt.Key.Key_Escape and self.popup.isVisible():
            self.popup.hide()
            return True
        if (key in ENTER and plain(event)) or key == Qt.Key.Key_Tab:
            if one := self.popup.current():
                self._pick(one)
            self.popup.hide()
        return super().keys(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Esc from the window while the list is open."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.popup.isVisible()
        ):
            event.accept()
            return True
        if event.type() is QEvent.Type.FocusOut:
            self.popup.hide()
        return super().eventFilter(watched, event)


def _is_spelling(text: str) -> bool:
    """Tell whether typed text is pinyin or initials."""
    return text.strip().isascii() and text.strip().isalpha()


class ChoiceField(_ListField):
    """One of a list. The value is the chosen one's value, or None.

    Args:
        offered: pairs of value and label, plain words, or `Choice` with a hint.
        free: whether words that are not in the list may stay; the value is then the typed text.
    """

    def __init__(
        self,
        title: str,
        offered: Iterable[Any] = (),
        *,
        required: bool = False,
        wide: bool = False,
        free: bool = False,
        placeholder: str = "",
    ) -> None:
        super().__init__(title, offered, required=required, wide=wide, free=free)
        self.edit.setPlaceholderText(placeholder)
        opener = self.edit.addAction(icon("chevron-down", MUTED), QLineEdit.ActionPosition.TrailingPosition)
        opener.triggered.connect(self._toggle)
        self.put(self.edit)

    def set_choices(self, offered: Iterable[Any]) -> None:
        """Offer another list; a value that it lacks is kept as text only in a free field."""
        value = self.value()
        self._choices = choices(offered)
        if not self._free and value is not None and not self._match(value):
            self.edit.clear()

    def value(self) -> Any:
        """Return the chosen value; for a free field the typed text (empty when nothing is typed)."""
        text = self.edit.text().strip()
        for one in self._choices:
            if one.label == text:
                return one.value
        return text if self._free else None

    def set_value(self, value: Any) -> None:
        """Show the choice that has this value; an unknown value is shown as text in a free field only."""
        one = self._match(value)
        self.edit.setText(one.label if one else str(value or "") if self._free else "")
        self.edit.setCursorPosition(0)
        self.clear_problem()

    def text(self) -> str:
        """Return what is written in the field."""
        return self.edit.text().strip()

    def typed(self) -> str:
        """See `Field.typed`."""
        return self.edit.text()

    def put_typed(self, kept: Any) -> None:
        """Show a text, whether it is in the list or not."""
        self.edit.setText(str(kept or ""))
        self.edit.setCursorPosition(0)
        self.clear_problem()

    def is_empty(self) -> bool:
        """Tell whether nothing is typed."""
        return not self.text()

    def own_problem(self) -> str:
        """Tell when the text is not in the list."""
        if self._free or self.is_empty() or any(one.label == self.text() for one in self._choices):
            return ""
        return f"没有“{self.text()}”，请从列表中选择。"

    def leave(self) -> None:
        """Take what is highlighted, else the only choice the typed text finds, or say that there is none."""
        if one := self.popup.current():
            self._pick(one)
        elif self.own_problem() or (self._free and _is_spelling(self.text())):
            found = find(self._choices, self.text())
            if len(found) == 1:
                self._pick(found[0])
            elif self.own_problem():
                self.show_problem(self.own_problem())

    def _match(self, value: Any) -> Choice | None:
        return next((one for one in self._choices if one.value == value), None)

    def _pick(self, one: Choice) -> None:
        self.edit.setText(one.label)
        self.popup.hide()
        self.changed.emit()

    def _toggle(self) -> None:
        if self.popup.isVisible():
            self.popup.hide()
        else:
            self.open_list()


class MultiChoiceField(_ListField):
    """Several of a list, shown as chips; Backspace takes the last one away. The value is a tuple of values.

    Args:
        offered: pairs of value and label, plain words, or `Choice` with a hint.
        free: whether typed names that are not in the list may become chips; their value is the text. A sentence that
            was meant for the next field is refused.
    """

    def __init__(
        self,
        title: str,
        offered: Iterable[Any] = (),
        *,
        required: bool = False,
        free: bool = False,
        placeholder: str = "",
    ) -> None:
        super().__init__(title, offered, required=required, wide=True, free=free)
        self._placeholder = placeholder
        self._taken: list[Choice] = []
        self._chips: list[QToolButton] = []
        self._frame = QFrame()
        self._frame.setProperty("look", "editor")
        self._row = FlowLayout(self._frame, spacing=4, filling=True)
        self._row.setContentsMargins(px(6), px(3), px(6), px(3))
        self.edit.setProperty("look", "inner")
        self.edit.setMinimumWidth(px(60))
        self._row.addWidget(self.edit)
        self.put(self._frame, self.edit)
        self._redraw()

    def set_choices(self, offered: Iterable[Any]) -> None:
        """Offer another list; what is taken already stays."""
        self._choices = choices(offered)

    def value(self) -> tuple[Any, ...]:
        """Return the values taken, in the order they were taken."""
        return tuple(one.value for one in self._taken)

    def set_value(self, value: Iterable[Any] | None) -> None:
        """Show these values; unknown ones only in a free field."""
        known = {one.value: one for one in self._choices}
        wanted = list(value or ())
        self._taken = [
            known[one] if one in known else Choice(one, str(one)) for one in wanted if one in known or self._free
        ]
        self.edit.clear()
        self._redraw()
        self.clear_problem()

    def typed(self) -> Any:
        """See `Field.typed`: the values taken, and what has not become a chip."""
        return {"taken": list(self.value()), "text": self.edit.text()}

    def put_typed(self, kept: Any) -> None:
        """Show what `typed` returned; what is not offered any more is left out."""
        self.set_value(kept["taken"])
        self.edit.setText(kept["text"])

    def labels(self) -> tuple[str, ...]:
        """Return the words of the chips."""
        return tuple(one.label for one in self._taken)

    def own_problem(self) -> str:
        """Tell when typed text has not become a chip."""
        text = self.edit.text().strip()
        if not text:
            return ""
        if self._free:
            return f"{self.title}只填姓名，每人不超过 {_LONGEST_NAME} 个字。"
        return f"没有“{text}”，请从列表中选择。"

    def keys(self, event: QKeyEvent) -> bool:
        """Take away by Backspace, take by Enter or a separator."""
        if event.key() == Qt.Key.Key_Backspace and not self.edit.text() and self._taken:
            self._drop(self._taken[-1])
            return True
        if event.text() and event.text() in _SEPARATORS:
            self._take_typed()
            return True
        if event.key() in ENTER and plain(event) and self.edit.text().strip():
            self._take_typed()
            return True
        return super().keys(event)

    def leave(self) -> None:
        """Take what is typed, or say that there is no such."""
        self._take_typed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the focus on the whole frame."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._frame.setProperty("active", event.type() is QEvent.Type.FocusIn)
            repolish(self._frame)
        return super().eventFilter(watched, event)

    def _offered(self) -> list[Choice]:
        taken = {one.value for one in self._taken}
        return [one for one in self._choices if one.value not in taken]

    def _take_typed(self) -> None:
        text = self.edit.text().strip()
        if not text:
            return
        found = [one for one in self._offered() if one.label == text] or find(self._offered(), text)
        highlighted = self.popup.current()
        if highlighted is not None:
            self._pick(highlighted)
        elif len(found) == 1:
            self._pick(found[0])
        elif self._free and len(text) <= _LONGEST_NAME:
            self._pick(Choice(text, text))
        else:
            self.show_problem(self.own_problem())

    def _pick(self, one: Choice) -> None:
        self.popup.hide()
        self.edit.clear()
        if one.value not in self.value():
            self._taken.append(one)
        self._redraw()
        self.changed.emit()

    def _drop(self, one: Choice) -> None:
        self._taken.remove(one)
        self._redraw()
        self.changed.emit()

    def _redraw(self) -> None:
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.deleteLater()
        self._chips = [self._chip(one) for one in self._taken]
        for place, chip in enumerate(self._chips):
            self._row.insert(place, chip)
            chip.show()
        self.edit.setPlaceholderText("" if self._taken else self._placeholder)
        self._frame.updateGeometry()

    def _chip(self, one: Choice) -> QToolButton:
        chip = QToolButton()
        chip.setProperty("look", "chip")
        chip.setText(one.label if len(one.label) <= _CHIP_LENGTH else f"{one.label[:_CHIP_LENGTH]}…")
        chip.setIcon(icon("x", MUTED))
        chip.setIconSize(icon_size(12))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setToolTip(f"点击移除 {one.label}")
        chip.clicked.connect(lambda _checked=False: self._drop(one))
        return chip
