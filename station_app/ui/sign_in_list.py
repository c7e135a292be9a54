"""Who attends a reception day: a tick with the time for each deputy, by keyboard."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate

from station_app.domain.people import level_label
from station_app.domain.reception import PRESENCE_LABELS, Attendance, Presence
from station_app.domain.station import OrganKind
from station_app.ui.choice_fields import ChoiceField
from station_app.ui.choice_popup import Choice
from station_app.ui.icons import draw_icon
from station_app.ui.marks import Mark, Shape, mark_size, paint_mark
from station_app.ui.theme import FAINT, INK, MUTED, TONES, Tone, px, scaled_font

_ATTENDANCE = Qt.ItemDataRole.UserRole
_LEVEL = Qt.ItemDataRole.UserRole + 1
_AWAY = Qt.ItemDataRole.UserRole + 2
_MOST_LINES = 6
_KEYS = {Qt.Key.Key_Q: Presence.LEAVE, Qt.Key.Key_X: Presence.ABSENT}
SIGN_IN_HINT = "空格 签到　Q 请假　X 缺席　Del 移出"


class _AttendanceDelegate(QStyledItemDelegate):
    """Draws the tick, the name, the level, and when the deputy came or why not."""

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw a line."""
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        attendance = index.data(_ATTENDANCE)
        box = QRectF(option.rect).adjusted(px(12), 0, -px(8), 0)
        present = attendance.presence is Presence.PRESENT
        size = px(17)
        sign = QRectF(box.left(), box.center().y() - size / 2, size, size)
        draw_icon(painter, "square-check" if present else "square", sign, TONES[Tone.GOOD][0] if present else FAINT)
        box.setLeft(box.left() + px(26))
        painter.save()
        painter.setFont(scaled_font())
        painter.setPen(INK)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, attendance.name)
        box.setLeft(box.left() + option.fontMetrics.horizontalAdvance(attendance.name) + px(8))
        level = index.data(_LEVEL)
        if level:
            mark = Mark(level, Tone.QUIET, Shape.NONE)
            paint_mark(painter, mark, box)
            box.setLeft(box.left() + mark_size(mark).width() + px(8))
        if attendance.presence in (Presence.LEAVE, Presence.ABSENT):
            paint_mark(painter, Mark(PRESENCE_LABELS[attendance.presence], Tone.WARNING), box)
        elif not present and index.data(_AWAY):
            paint_mark(painter, Mark(index.data(_AWAY), Tone.WARNING), box)
        else:
            painter.setPen(INK if present else MUTED)
            words = attendance.arrived_at if present else PRESENCE_LABELS[Presence.PLANNED]
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        painter.restore()

    def sizeHint(self, _option: Any, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room of a line."""
        return QSize(px(200), px(34))


class SignInList(QListWidget):
    """The deputies of a day. Space or Enter signs in and out, Q notes a leave, X an absence, Delete takes off.

    Signals:
        marked: id of the deputy and the new `Presence`.
        taken_off: id of the deputy.
    """

    marked = Signal(int, object)
    taken_off = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_AttendanceDelegate(self))
        self.setAccessibleName("签到")
        self.setToolTip(SIGN_IN_HINT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def texts(self) -> str:
        """Return who came when, who did not, and who is awaited, in one line."""
        return "　".join(_words_of(one) for one in self._everybody())

    def is_awaiting(self) -> bool:
        """Tell whether somebody is neither signed in nor excused; also when nobody is on the list yet."""
        return self.count() == 0 or any(one.presence is Presence.PLANNED for one in self._everybody())

    def show_attendance(
        self, attendance: tuple[Attendance, ...], organ: OrganKind, away: Mapping[int, str] | None = None
    ) -> None:
        """Show the deputies of a day; the one the clerk stands on is kept.

        Args:
            away: by deputy, why somebody planned is dealt no duty that day: 请假, 暂停履职; signing in stays possible.
        """
        row = self.currentRow()
        self.clear()
        for one in attendance:
            level = level_label(one.level, organ) if one.level else ""
            why_away = (away or {}).get(one.deputy_id, "") if one.presence is Presence.PLANNED else ""
            words = why_away or PRESENCE_LABELS[one.presence]
            item = QListWidgetItem(one.name)
            item.setData(_AWAY, why_away)
            item.setData(_ATTENDANCE, one)
            item.setData(_LEVEL, level)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.name} {level} {words} {one.arrived_at}".strip())
            self.addItem(item)
        if attendance:
            self.setCurrentRow(min(max(row, 0), len(attendance) - 1))
        self.setFixedHeight(px(34) * min(max(len(attendance), 1), _MOST_LINES) + px(4))
        self.setVisible(bool(attendance))

    def _everybody(self) -> list[Attendance]:
        return [self.item(row).data(_ATTENDANCE) for row in range(self.count())]

    def _current(self) -> Attendance | None:
        item = self.currentItem()
        found = item.data(_ATTENDANCE) if item else None
        return found if isinstance(found, Attendance) else None

    def mark(self, presence: Presence) -> None:
        """Note the presence of the deputy the clerk stands on; the same again takes it back."""
        one = self._current()
        if one is not None:
            self.marked.emit(one.deputy_id, Presence.PLANNED if one.presence is presence else presence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the list."""
        key = Qt.Key(event.key())
        one = self._current()
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.mark(Presence.PRESENT)
        elif key in _KEYS:
            self.mark(_KEYS[key])
        elif key == Qt.Key.Key_Delete and one is not None:
            self.taken_off.emit(one.deputy_id)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Sign in by a click on the tick."""
        super().mouseReleaseEvent(event)
        where: QPoint = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and where.x() < px(36) and self.itemAt(where) is not None:
            self.mark(Presence.PRESENT)


def _words_of(one: Attendance) -> str:
    return f"{one.name} {one.arrived_at if one.presence is Presence.PRESENT else PRESENCE_LABELS[one.presence]}".strip()


class AddDeputy(ChoiceField):
    """A line that adds a deputy to the day: typing zwm and Enter is enough.

    Signals:
        picked: id of the deputy.
    """

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__("添加代表", placeholder="添加代表：打首字母，如 zwm")

    def leave(self) -> None:
        """Leave what is typed alone; nobody is added by walking past."""

    def _pick(self, one: Choice) -> None:
        self.popup.hide()
        self.set_value(None)
        self.picked.emit(one.value)
