"""The card of one deputy beside the roster."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from station_app.domain.people import FORMER, STANDING_LABELS, Deputy, Level, Standing, level_label
from station_app.domain.text import masked_phone
from station_app.ui.cards import Card, Chip, Notice, PrimaryButton, button, label, link_button
from station_app.ui.deputy_facts import DeputyStory, Facts, facts_of
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.marks import Mark, Shape
from station_app.ui.portrait_shelf import PortraitShelf
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.silhouette import RATIO, draw_portrait
from station_app.ui.standing_marks import STANDING_TONES
from station_app.ui.theme import Tone, px

Action = tuple[str, str, Callable[[], None]]
"""Word, shortcut as shown, what is done."""


class PortraitFrame(QWidget):
    """The portrait of the deputy shown, or the silhouette; a click leads to the form that changes it.

    Args:
        shelf: where the portraits are.
        change: opens that form.
    """

    def __init__(self, shelf: PortraitShelf, change: Callable[[], None]) -> None:
        super().__init__()
        self._shelf = shelf
        self._deputy: Deputy | None = None
        self.setFixedSize(px(80), px(80 * RATIO))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("照片（Alt+P）")
        self._change = change
        shelf.arrived.connect(self.update)

    def show_deputy(self, deputy: Deputy) -> None:
        """Show the portrait of a deputy."""
        self._deputy = deputy
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the frame."""
        return self.size()

    def mouseReleaseEvent(self, _event: object) -> None:
        """Change the portrait."""
        self._change()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        draw_portrait(painter, QRectF(self.rect()), self._shelf.portrait(self._deputy) if self._deputy else None)
        painter.end()


class DeputyCard(Card):
    """Portrait, name, levels, contact, duty, mandates by term, groups, households, leaves, places, last check.

    Args:
        shelf: where the portraits are.
        actions: ``edit``, ``check``, ``assign`` and ``portrait`` and those of the menu 更多 by their keys.
        open_matter: goes to a matter by its id.
    """

    def __init__(self, shelf: PortraitShelf, actions: Mapping[str, Action], open_matter: Callable[[int], None]) -> None:
        super().__init__()
        self._story: DeputyStory | None = None
        self._open_matter = open_matter
        self._portrait = PortraitFrame(shelf, actions["portrait"][2])
        self._name = label("", "title", wrap=True)
        self._post = label("", "muted", wrap=True)
        self._chips = QWidget()
        self._chip_row = FlowLayout(self._chips, spacing=6)
        self._phone = label("")
        self._reveal = link_button("显示", self.toggle_phone)
        self._shown = False
        self._notice = Notice(Tone.WARNING)
        self._facts = Facts()
        self._lay_out()
        row = QWidget()
        self._actions = FlowLayout(row)
        self._actions.setContentsMargins(px(14), px(8), px(14), px(10))
        self.action_buttons = self._make_buttons(actions)
        self.body.addWidget(row)

    def _make_buttons(self, actions: Mapping[str, Action]) -> tuple[QPushButton, ...]:
        made: list[QPushButton] = []
        for key, sign in (("edit", "pencil"), ("check", "check"), ("assign", "users")):
            word, keys, action = actions[key]
            one = PrimaryButton(word, sign, keys) if key == "edit" else button(word, sign, keys)
            one.clicked.connect(lambda _checked=False, action=action: action())
            made.append(one)
            self._actions.addWidget(one)
        self.menu = QMenu(self)
        for key, (word, keys, action) in actions.items():
            if key not in ("edit", "check", "assign"):
                self.menu.addAction(f"{word}\t{keys}").triggered.connect(lambda _checked=False, action=action: action())
        more = button("更多", "chevron-down")
        more.clicked.connect(lambda _checked=False: self.menu.popup(more.mapToGlobal(QPoint(0, more.height()))))
        self._actions.addWidget(more)
        return tuple(made)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(px(3))
        words.addWidget(self._name)
        words.addWidget(self._post)
        words.addWidget(self._chips)
        words.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(self._portrait, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.area = ScrollColumn()
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that arrow keys can scroll a long history
        self._column = self.area.body
        self._column.addLayout(top)
        self._column.addWidget(self._notice)
        self._column.addWidget(self._facts)
        self._column.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.area, 1)

    def deputy(self) -> Deputy | None:
        """Return who is shown, or None."""
        return self._story.deputy if self._story else None

    def phone_text(self) -> str:
        """Return the phone as shown."""
        return self._phone.text()

    def texts(self) -> str:
        """Return everything the card tells, line by line."""
        found = [self._name.text(), *(chip.accessibleName() for chip in self._chips.findChildren(Chip))]
        return "\n".join([*found, *(one.text() for one in self._facts.findChildren(QLabel))])

    def toggle_phone(self) -> None:
        """Show the whole phone number, or mask it again."""
        self._shown = not self._shown
        self._show_phone()

    def show_story(self, story: DeputyStory) -> None:
        """Show an entry with what is around it."""
        other = self._story is None or self._story.deputy.id != story.deputy.id
        if other:
            self._shown = False
        self._story = story
        deputy = story.deputy
        self._portrait.show_deputy(deputy)
        self._name.setText(deputy.name)
        self._post.setText(deputy.post or "未填工作单位及职务")
        self._show_marks(_marks(story))
        self._show_notice(story)
        self._show_facts(story)
        self._show_phone()
        if other:
            self.area.verticalScrollBar().setValue(0)

    def set_past(self, *, past: bool) -> None:
        """Offer to change something only on the card of today."""
        for one in self.action_buttons:
            one.setEnabled(not past)

    def _show_marks(self, marks: Sequence[Mark]) -> None:
        while item := self._chip_row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for mark in marks:
            chip = Chip()
            chip.set_mark(mark)
            self._chip_row.addWidget(chip)

    def _show_notice(self, story: DeputyStory) -> None:
        checked = story.deputy.checked_on
        if story.check_due and story.deputy.standing_on(story.day) not in FORMER:
            past = f"上次核对是 {checked}。" if checked else "登记以来没有核对过。"
            self._notice.say("名册久未核对", f"{past}请与本人核对职务、电话和小组，无误后按“核对无误”。")
        else:
            self._notice.say("", "")

    def _show_facts(self, story: DeputyStory) -> None:
        self._phone = label("")
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._reveal = link_button("显示", self.toggle_phone)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._phone)
        row.addWidget(self._reveal)
        row.addStretch(1)
        facts = facts_of(story, line, self._open_matter)
        self._column.replaceWidget(self._facts, facts)
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = facts

    def _show_phone(self) -> None:
        deputy = self.deputy()
        phones = [one for one in (deputy.phone, deputy.phone2) if one] if deputy else []
        shown = "\n".join(phones) if self._shown else masked_phone(phones[0]) if phones else ""
        self._phone.setText(shown or "未登记")
        self._reveal.setText("隐去" if self._shown else "显示")
        self._reveal.setVisible(bool(phones))


def _marks(story: DeputyStory) -> list[Mark]:
    """Return the levels held on the day, and how the deputy stands to the station where that is not as usual."""
    deputy, day = story.deputy, story.day
    standing = deputy.standing_on(day)
    words: dict[Level, str] = {level: level_label(level, story.organ) for level in deputy.levels_on(day)}
    marks = [Mark(f"{word}人大代表", Tone.INFO, Shape.NONE) for word in words.values()]
    if standing is not Standing.SERVING:
        marks.insert(0, Mark(STANDING_LABELS[standing], STANDING_TONES[standing]))
    return marks
