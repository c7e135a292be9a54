"""Panels, chips, buttons and figures that pages are made of."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from station_app.ui.icons import draw_icon, icon, icon_size
from station_app.ui.marks import Mark, mark_size, paint_mark
from station_app.ui.theme import INK, MUTED, TONES, Tone, px, scaled_font


def dress(widget: QWidget, look: str) -> None:
    """Give a widget one of the style sheet's looks and draw it anew."""
    widget.setProperty("look", look)
    repolish(widget)


def repolish(widget: QWidget) -> None:
    """Draw a widget anew after one of its style properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(text: str, look: str = "", *, wrap: bool = False) -> QLabel:
    """Return a label showing plain text; looks: title, heading, strong, big, muted, struck, small, problem."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    return made


class ElidedLabel(QLabel):
    """One line of text that gives way when there is no room; the whole text is then its tooltip."""

    def __init__(self, text: str = "", look: str = "", *, least: int = 60) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._least = least
        if look:
            self.setProperty("look", look)

    def minimumSizeHint(self) -> QSize:
        """Return the least room."""
        whole = super().minimumSizeHint()
        return QSize(min(px(self._least), whole.width()), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter, self.rect(), self.alignment(), self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.end()


class WrappingLabel(QLabel):
    """A text that stands in one line where there is room and wraps where there is none.

    A plain wrapping label asks for a block of several lines whatever the room.
    """

    def __init__(self, text: str = "", look: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if look:
            self.setProperty("look", look)

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        self.ensurePolished()
        whole = self.fontMetrics().size(0, self.text())
        return whole + QSize(2, 0)

    def minimumSizeHint(self) -> QSize:
        """Return the least room: a few characters."""
        return QSize(min(self.sizeHint().width(), px(60)), self.fontMetrics().height())


class Button(QPushButton):
    """A push button with an icon and its shortcut written small behind the word; Enter presses it too.

    Args:
        text: the word.
        icon_name: an icon of ``resources/icons`` or empty.
        hint: its shortcut as shown, e.g. ``Ctrl+S``; the page or form binds the key itself.
    """

    def __init__(self, text: str, icon_name: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._hint = hint
        self._icon_name = icon_name
        if hint:
            self.setToolTip(f"{text}（{hint}）")

    def sizeHint(self) -> QSize:
        """Return the room for icon, word and shortcut."""
        size = super().sizeHint()
        return QSize(size.width() + self._icon_room() + self._hint_room(), size.height())

    def minimumSizeHint(self) -> QSize:
        """Never smaller than its words."""
        return self.sizeHint()

    def set_hint(self, hint: str) -> None:
        """Show another shortcut."""
        self._hint = hint
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, icon, word and shortcut."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        word_width = self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))
        left = (self.width() - word_width - self._icon_room() - self._hint_room()) / 2
        word_ink, hint_ink = self._inks()
        if self._icon_name:
            size = px(16)
            draw_icon(painter, self._icon_name, QRectF(left, (self.height() - size) / 2, size, size), word_ink)
            left += self._icon_room()
        painter.setFont(self.font())
        painter.setPen(word_ink)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(left, 0, word_width + 2, self.height()), middle, self.text().replace("&", ""))
        if self._hint:
            painter.setFont(scaled_font(0.85))
            painter.setPen(hint_ink)
            painter.drawText(QRectF(left + word_width + px(10), 0, self.width(), self.height()), middle, self._hint)
        painter.end()

    def _inks(self) -> tuple[str, str]:
        return (INK, MUTED) if self.isEnabled() else ("#8A929B", "#8A929B")

    def _icon_room(self) -> int:
        return px(24) if self._icon_name else 0

    def _hint_room(self) -> int:
        if not self._hint:
            return 0
        return QFontMetrics(scaled_font(0.85)).horizontalAdvance(self._hint) + px(10)


class PrimaryButton(Button):
    """The one button of a page or form that is most likely wanted."""

    def __init__(self, text: str, icon_name: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, icon_name, hint, parent)
        self.setProperty("look", "primary")

    def _inks(self) -> tuple[str, str]:
        return ("#FFFFFF", "#FBE7E5") if self.isEnabled() else (MUTED, MUTED)


def button(text: str, icon_name: str = "", hint: str = "") -> Button:
    """Return an ordinary button."""
    return Button(text, icon_name, hint)


def link_button(text: str, action: Callable[[], None]) -> QPushButton:
    """Return a button that looks like a link and can be reached by Tab."""
    made = QPushButton(text)
    made.setProperty("look", "link")
    made.setAutoDefault(True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _checked=False: action())
    return made


class Chip(QWidget):
    """A small pill with a state: shape, word and colour."""

    def __init__(self, word: str = "", tone: Tone = Tone.QUIET, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = Mark(word, tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(word)

    def mark(self) -> Mark:
        """Return what is shown."""
        return self._mark

    def set_mark(self, mark: Mark) -> None:
        """Show another state."""
        self._mark = mark
        self.setAccessibleName(mark.word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the pill."""
        return mark_size(self._mark).toSize() + QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        painter = QPainter(self)
        paint_mark(painter, self._mark, QRectF(self.rect()))
        painter.end()


class Card(QFrame):
    """A rounded panel with a title row.

    Attributes:
        body: the layout to fill.
    """

    def __init__(self, title: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(1, 1, 1, 1)
        self._whole.setSpacing(0)
        self.head = QFrame()
        self.head.setProperty("look", "cardhead")
        self._head_row = QHBoxLayout(self.head)
        self._head_row.setContentsMargins(px(14), px(9), px(14), px(9))
        self._head_row.setSpacing(px(8))
        if icon_name:
            sign = QLabel()
            sign.setPixmap(icon(icon_name).pixmap(icon_size(16), self.devicePixelRatioF()))
            self._head_row.addWidget(sign)
        self._title = label(title, "heading")
        self._note = label("", "small")
        self._head_row.addWidget(self._title)
        self._head_row.addStretch(1)
        self._head_row.addWidget(self._note)
        # Shown only once it lies inside the panel: a loose widget would flash up as a window of its own.
        self._whole.addWidget(self.head)
        self.head.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(px(14), px(12), px(14), px(12))
        self.body.setSpacing(px(8))
        self._whole.addLayout(self.body, 1)

    def title(self) -> str:
        """Return the title."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)
        self.head.setVisible(bool(title))

    def set_note(self, note: str) -> None:
        """Show a short text at the right of the title."""
        self._note.setText(note)

    def add_to_head(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget at the right end of the title row; with a stretch it takes its share of the free room."""
        self._head_row.addWidget(widget, stretch)

    def tighten_head(self) -> None:
        """Keep the title row low though fields stand in it."""
        self._head_row.setContentsMargins(px(14), px(4), px(10), px(4))

    def set_flush(self) -> None:
        """Let the content reach the panel's edge, for tables."""
        self.body.setContentsMargins(0, 0, 0, px(4))

    def set_active(self, active: bool) -> None:
        """Draw the edge in the focus colour, for the panel the clerk is working in."""
        self.setProperty("active", active)
        repolish(self)


class Notice(QFrame):
    """A coloured box with a few lines inside a form or panel; hidden while it has nothing to say."""

    def __init__(self, tone: Tone = Tone.INFO, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "strong", wrap=True)
        self._text = label("", wrap=True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(12), px(8), px(12), px(8))
        self.body.setSpacing(px(2))
        self.body.addWidget(self._title)
        self.body.addWidget(self._text)
        self.set_tone(tone)
        self.hide()

    def set_tone(self, tone: Tone) -> None:
        """Colour the box."""
        dress(self, f"notice-{tone}")
        for part in (self._title, self._text):
            part.setStyleSheet(f"color: {TONES[tone][0]};")

    def say(self, title: str, text: str = "", tone: Tone | None = None) -> None:
        """Show a line in bold and the text under it; both empty hides the box."""
        if tone is not None:
            self.set_tone(tone)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setVisible(bool(title or text))

    def text(self) -> str:
        """Return what is said."""
        return "\n".join(part for part in (self._title.text(), self._text.text()) if part)


class EmptyState(QWidget):
    """One sentence what belongs here and the button to begin."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = label("", "muted", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button: PrimaryButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setSpacing(px(14))
        self._column.addStretch(2)
        self._column.addWidget(self._sentence)
        self._column.addStretch(3)

    def has_words(self) -> bool:
        """Tell whether there is something to say."""
        return bool(self._sentence.text())

    def say(self, sentence: str, button: str, action: Callable[[], None] | None) -> None:
        """Say the sentence and offer the button."""
        self._sentence.setText(sentence)
        if self._button is not None:
            self._button.deleteLater()
            self._button = None
        if button and action is not None:
            self._button = PrimaryButton(button, "plus")
            self._button.clicked.connect(lambda _checked=False: action())
            self._column.insertWidget(2, self._button, 0, Qt.AlignmentFlag.AlignHCenter)
