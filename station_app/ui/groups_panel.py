"""The tree of groups beside the roster, and the short forms that change them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from station_app.domain.grouping_rules import leader_word
from station_app.domain.groups import GROUP_KIND_LABELS, Group, GroupKind, Membership
from station_app.domain.people import Deputy
from station_app.ui.cards import Card, link_button
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.row_drag import DEPUTY_MIME, row_mime
from station_app.ui.theme import TONES, Tone, px, scaled_font

_ROLE = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Place:
    """A node of the tree.

    Args:
        group_id: the group, or None for 全部代表 and the kinds.
        deputy_id: the member, or None.
        membership_id: the membership of the member.
        ungrouped: True for 未编组.
        kind: the kind of group of the node.
        ended: True for 已撤销 and the groups under it.
    """

    group_id: int | None = None
    deputy_id: int | None = None
    membership_id: int | None = None
    ungrouped: bool = False
    kind: GroupKind | None = None
    ended: bool = False


class GroupTree(QTreeWidget):
    """The groups by kind with their members.

    Args:
        groups_only: leave the members and who is in no group to a table beside it; show what was given up as well.

    Signals:
        chosen: the `Place` the clerk stands on.
        asked: a key's word (add, edit, leave, lead, new) on the current place.
        dropped: ids of a deputy and of the group it was dragged to.
    """

    chosen = Signal(object)
    asked = Signal(str)
    dropped = Signal(int, int)

    def __init__(self, *, groups_only: bool = False) -> None:
        super().__init__()
        self._groups_only = groups_only
        self._target: QTreeWidgetItem | None = None
        self.setHeaderHidden(True)
        self.setAccessibleName("代表小组")
        self.setIndentation(px(14))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.currentItemChanged.connect(lambda item, _before: self._chose(item))
        self.itemDoubleClicked.connect(lambda _item, _column: self.asked.emit("edit"))

    def place(self) -> Place:
        """Return the node the clerk stands on."""
        item = self.currentItem()
        found = item.data(0, _ROLE) if item else None
        return found if isinstance(found, Place) else Place()

    def show_groups(self, groups: Sequence[Group], names: Mapping[int, str], today: str) -> None:
        """Show the groups; the current node and what is folded are kept.

        Args:
            groups: every group with members.
            names: names of the serving deputies by id.
            today: ISO date; only members of this day are shown.
        """
        kept = self.place()
        folded = {
            item.data(0, _ROLE).group_id
            for item in self._items()
            if item.data(0, _ROLE).group_id and not item.isExpanded() and item.childCount()
        }
        first = self.topLevelItemCount() == 0
        self.blockSignals(True)
        self._target = None
        self.clear()
        grouped = {m.deputy_id for group in groups for m in group.memberships if m.holds_on(today)}
        self._add(None, f"全部代表　{len(names)}", Place(), bold=True)
        standing = [group for group in groups if group.exists_on(today)]
        for kind in GroupKind:
            own = [group for group in standing if group.kind is kind]
            count = f"　{len(own)} 个" if self._groups_only and own else ""
            top = self._add(None, f"{GROUP_KIND_LABELS[kind]}{count}", Place(kind=kind), bold=True)
            for group in own:
                members = [m for m in group.memberships if m.holds_on(today) and m.deputy_id in names]
                self._add_group(top, group, members, names, folded=first or group.id in folded)
            top.setExpanded(True)
        missing = len(set(names) - grouped)
        if missing:
            self._add(None, f"未编组　{missing}", Place(ungrouped=True), bold=True)
        if self._groups_only:
            self._add_ended([group for group in groups if group.to_on and group.to_on <= today])
        self._return_to(kept)
        self.blockSignals(False)

    def _add_group(
        self,
        top: QTreeWidgetItem,
        group: Group,
        members: Sequence[Membership],
        names: Mapping[int, str],
        *,
        folded: bool,
    ) -> None:
        item = self._add(top, f"{group.name}　{len(members)}", Place(group.id, kind=group.kind))
        for member in () if self._groups_only else members:
            word = f"　{leader_word(group.kind)}" if member.leader else ""
            place = Place(group.id, member.deputy_id, member.id, kind=group.kind)
            self._add(item, f"{names[member.deputy_id]}{word}", place)
        item.setExpanded(not folded)

    def _add_ended(self, groups: Sequence[Group]) -> None:
        if groups:
            top = self._add(None, f"已撤销　{len(groups)} 个", Place(ended=True), bold=True)
            for group in groups:
                self._add(top, f"{group.name}　{group.to_on}", Place(group.id, kind=group.kind, ended=True))

    def _add(self, parent: QTreeWidgetItem | None, text: str, place: Place, *, bold: bool = False) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text])
        item.setData(0, _ROLE, place)
        item.setToolTip(0, text)
        if bold:
            item.setFont(0, scaled_font(1.0, bold=True))
        if parent is None:
            self.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        found: list[QTreeWidgetItem] = []
        waiting = [item for at in range(self.topLevelItemCount()) if (item := self.topLevelItem(at))]
        while waiting:
            item = waiting.pop(0)
            found.append(item)
            waiting += [item.child(at) for at in range(item.childCount())]
        return found

    def _return_to(self, kept: Place) -> None:
        """Stand on the node as before; where a member is gone, on the group."""

        def near(item: QTreeWidgetItem) -> int:
            place = item.data(0, _ROLE)
            if place == kept:
                return 3
            same_group = kept.group_id is not None and place.group_id == kept.group_id
            if same_group and place.deputy_id == kept.deputy_id:
                return 2
            return 1 if same_group and place.deputy_id is None else 0

        items = self._items()
        best = max(items, key=near)
        self.setCurrentItem(best if near(best) else items[0], 0, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def go_to_all(self) -> None:
        """Stand on 全部代表."""
        items = self._items()
        if items:
            self.setCurrentItem(items[0])

    def go_to_group(self, group_id: int) -> None:
        """Stand on a group."""
        item = next(
            (
                one
                for one in self._items()
                if (place := one.data(0, _ROLE)).group_id == group_id and place.deputy_id is None
            ),
            None,
        )
        if item is not None:
            self.setCurrentItem(item)

    def go_to(self, wanted: Place) -> None:
        """Stand on a node, where it is there."""
        item = next((one for one in self._items() if one.data(0, _ROLE) == wanted), None)
        if item is not None:
            self.setCurrentItem(item)

    def _chose(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(0, _ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that act on a node."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        word = {
            Qt.Key.Key_Insert: "add",
            Qt.Key.Key_Plus: "add",
            Qt.Key.Key_Delete: "leave",
            Qt.Key.Key_F4: "edit",
        }.get(Qt.Key(event.key()), "")
        if event.key() in _ENTER:
            word = "edit"
        elif control and event.key() == Qt.Key.Key_G:
            word = "lead"
        elif control and event.key() == Qt.Key.Key_N:
            word = "new"
        if word:
            self.asked.emit(word)
        else:
            super().keyPressEvent(event)

    def mimeData(self, items: Sequence[QTreeWidgetItem]) -> QMimeData:
        """Carry the dragged member's id."""
        deputy_id = next((item.data(0, _ROLE).deputy_id for item in items), None)
        return row_mime(DEPUTY_MIME, deputy_id) if deputy_id is not None else QMimeData()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take deputies only."""
        if event.mimeData().hasFormat(DEPUTY_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Allow dropping on groups, and show on which."""
        point = event.position().toPoint()
        if event.mimeData().hasFormat(DEPUTY_MIME) and self._group_under(point) is not None:
            self._mark(self.itemAt(point))
            event.acceptProposedAction()
        else:
            self._mark(None)
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget where a deputy might have been dropped."""
        self._mark(None)
        event.accept()

    def _mark(self, item: QTreeWidgetItem | None) -> None:
        if self._target is not None:
            self._target.setData(0, Qt.ItemDataRole.BackgroundRole, None)
        self._target = item
        if item is not None:
            item.setBackground(0, QColor(TONES[Tone.WARNING][1]))

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which deputy was dropped on which group."""
        self._mark(None)
        group_id = self._group_under(event.position().toPoint())  # never one that was given up
        if group_id is not None and event.mimeData().hasFormat(DEPUTY_MIME):
            deputy_id = int(bytes(event.mimeData().data(DEPUTY_MIME).data()).decode())
            event.acceptProposedAction()
            self.dropped.emit(deputy_id, group_id)

    def _group_under(self, point: QPoint) -> int | None:
        item = self.itemAt(point)
        place = item.data(0, _ROLE) if item else None
        return place.group_id if isinstance(place, Place) and not place.ended else None


class GroupsPanel(Card):
    """The tree with the keys that work on the current node written under it.

    Signals:
        chosen: the `Place` the clerk stands on.

    Args:
        act: called with a word: ``new`` group, ``edit`` group or member, ``add`` member, ``leave`` the group,
            ``lead`` the group, ``drop`` the group.
    """

    chosen = Signal(object)

    def __init__(self, act: Callable[[str], None]) -> None:
        super().__init__("代表小组")
        self.set_flush()
        self._act = act
        self.tree = GroupTree()
        self.tree.chosen.connect(self._chose)
        self.tree.asked.connect(self._asked)
        self.body.addWidget(self.tree, 1)
        self._hints = QWidget()
        self._hint_row = FlowLayout(self._hints, spacing=2)
        self._hint_row.setContentsMargins(px(8), px(4), px(8), px(6))
        self.body.addWidget(self._hints)
        self.setFocusProxy(self.tree)
        self._show_hints(Place())

    def show_groups(self, groups: Sequence[Group], deputies: Sequence[Deputy], today: date) -> None:
        """Show the groups and their members of today."""
        names = {deputy.id: deputy.name for deputy in deputies}
        self.tree.show_groups(groups, names, today.isoformat())
        self._show_hints(self.tree.place())

    def hints(self) -> tuple[str, ...]:
        """Return the words offered for the current node."""
        return tuple(word for word, _ in self._offered(self.tree.place()))

    def _offered(self, place: Place) -> tuple[tuple[str, str], ...]:
        if place.deputy_id is not None:
            return (("设为组长 Ctrl+G", "lead"), ("移出 Delete", "leave"), ("加成员 Insert", "add"))
        if place.group_id is not None:
            return (
                ("加成员 Insert", "add"),
                ("改名、村(居) Enter", "edit"),
                ("新建小组 Ctrl+N", "new"),
                ("删除小组 Delete", "drop"),
            )
        return (("新建小组 Ctrl+N", "new"),)

    def _show_hints(self, place: Place) -> None:
        while item := self._hint_row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for word, action in self._offered(place):
            self._hint_row.addWidget(self._hint(word, action))
        self._hints.updateGeometry()

    def _hint(self, word: str, action: str) -> QWidget:
        made = link_button(word, lambda: self._act(action))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made

    def _chose(self, place: Any) -> None:
        self._show_hints(place)
        self.chosen.emit(place)

    def _asked(self, word: str) -> None:
        if word == "leave" and self.tree.place().deputy_id is None:
            word = "drop"
        if word in ("new", *(action for _, action in self._offered(self.tree.place()))) or word == "edit":
            self._act(word)
