"""The bar over every page: whose station, which day, search everywhere, who works."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QToolButton

from station_app.ui.cards import Chip, ElidedLabel
from station_app.ui.field import ENTER, leave_to_window
from station_app.ui.icons import icon, icon_size
from station_app.ui.marks import Mark
from station_app.ui.theme import FAINT, INK, Tone, px

if TYPE_CHECKING:
    from station_app.ui.choice_popup import Choice, ChoicePopup

_LONGEST_OPERATOR = 150
_TYPING_PAUSE_MS = 180


@dataclass(frozen=True)
class Hit:
    """Something the search found.

    Args:
        page: key of the page that shows it; empty for a message that leads nowhere.
        key: its id there, handed to `Page.open_item`.
        title: e.g. HX-2026-0101 水厂二楼以上上不去水.
        detail: e.g. 下坝村.
        group: the word before the first of its neighbours, e.g. 意见.
        paper_id: of the paper that came back, or None.
    """

    page: str
    key: object
    title: str
    detail: str = ""
    group: str = ""
    paper_id: int | None = None


class SearchField(QLineEdit):
    """Finds anything anywhere; Enter or a click goes there, Down and Up walk, Esc closes.

    Signals:
        chosen: the `Hit` to go to.
    """

    chosen = Signal(object)

    def __init__(self, search: Callable[[str], Sequence[Hit]]) -> None:
        super().__init__()
        self._search = search
        self.setPlaceholderText("编号 姓名 拼音 电话 内容 回执码　Ctrl+F")
        self.setAccessibleName("全站查找")
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", FAINT), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.installEventFilter(self)

    @cached_property
    def popup(self) -> "ChoicePopup":
        """The list of what is found, made when something is looked for."""
        from station_app.ui.choice_popup import ChoicePopup

        popup = ChoicePopup()
        popup.chosen.connect(self._take)
        self.destroyed.connect(popup.deleteLater)
        return popup

    def look(self) -> None:
        """Search for what is typed and show what is found."""
        from station_app.ui.choice_popup import Choice

        self._pause.stop()
        typed = self.text().strip()
        if not typed:
            self.popup.hide()
            return
        found: list[Choice] = []
        group = ""
        for hit in self._search(typed):
            word = hit.group if hit.group != group else "　" * len(hit.group)
            group = hit.group
            found.append(Choice(hit if hit.page else None, f"{word}　{hit.title}" if word else hit.title, hit.detail))
        leads = any(one.value for one in found)
        self.popup.offer(found or [Choice(None, f"没有找到“{typed}”")], self, highlight=leads)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that walk through what is found."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape and (self.popup.isVisible() or self.text()):
                event.accept()
                return True
            return leave_to_window(watched, event)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        if event.type() is QEvent.Type.FocusOut:
            self.popup.hide()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key: Any = event.key()
        if key in ENTER:
            if not self.popup.isVisible():
                self.look()
            elif one := self.popup.current():
                self._take(one)
        elif key == Qt.Key.Key_Escape:
            if not self.popup.isVisible():
                self.clear()
            self.popup.hide()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.popup.isVisible():
            self.popup.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _take(self, one: "Choice") -> None:
        self.popup.hide()
        if isinstance(one.value, Hit):
            self.chosen.emit(one.value)


class TopBar(QFrame):
    """Station, day, search, operator and lock.

    Args:
        station: the station's name.
        search: finds hits for a typed text; None leaves the search out.
    """

    def __init__(self, station: str, search: Callable[[str], Sequence[Hit]] | None) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self._station = ElidedLabel(station, "heading", least=120)
        self._files = QToolButton()
        self._files.setProperty("look", "plain")
        self._files.setIcon(icon("chevron-down", INK))
        self._files.setIconSize(icon_size(14))
        self._files.setAccessibleName("登记簿文件")
        self._files.setToolTip("登记簿文件：新建、打开、关于（Alt+F）")
        self._files.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._today = ElidedLabel("", "muted", least=90)
        self._day_chip = Chip()
        self._demo_chip = Chip("示例数据", Tone.WARNING)
        self._operator = QToolButton()
        self._operator.setProperty("look", "plain")
        self._operator.setIcon(icon("user", INK))
        self._operator.setIconSize(icon_size(16))
        self._operator.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._operator.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._operator.setToolTip("操作员：换人、锁定、修改PIN（Alt+O）")
        self._lock = QToolButton()
        self._lock.setProperty("look", "plain")
        self._lock.setIcon(icon("lock", INK))
        self._lock.setIconSize(icon_size())
        self._lock.setAccessibleName("锁定")
        self._lock.setToolTip("锁定（Ctrl+L）")
        self.search: SearchField | None = SearchField(search) if search is not None else None
        row = QHBoxLayout(self)
        row.setContentsMargins(px(18), px(6), px(18), px(6))
        row.setSpacing(px(12))
        for part in (self._station, self._files, self._today, self._day_chip, self._demo_chip):
            row.addWidget(part)
        row.addStretch(1)
        if self.search is not None:
            self.search.setMinimumWidth(px(130))
            self.search.setMaximumWidth(px(360))
            row.addWidget(self.search, 2)
        row.addWidget(self._operator)
        row.addWidget(self._lock)
        for hidden in (self._files, self._day_chip, self._demo_chip, self._operator, self._lock):
            hidden.hide()
        self.setMinimumHeight(px(46))

    def set_station(self, name: str) -> None:
        """Show the station's name."""
        self._station.setText(name)

    def set_day(self, today: str, chip: str = "") -> None:
        """Show today in full (2026年11月25日 星期三　农历十月十七) and a chip such as 今日圩日."""
        self._today.setText(today)
        self._day_chip.set_mark(Mark(chip))
        self._day_chip.setVisible(bool(chip))

    def set_demo(self, *, demo: bool) -> None:
        """Say that the data are invented."""
        self._demo_chip.setVisible(demo)

    def set_operator(self, operator: str) -> None:
        """Show who works, e.g. 联络员 肖敏; empty hides it."""
        shown = self._operator.fontMetrics().elidedText(operator, Qt.TextElideMode.ElideRight, px(_LONGEST_OPERATOR))
        self._operator.setText(shown.replace("&", "&&"))
        self._operator.setAccessibleName(f"操作员 {operator}")
        self._operator.setVisible(bool(operator))

    def set_file_menu(self, menu: QMenu) -> None:
        """Put a menu at the station's name, opened by Alt+F too."""
        self._files.setMenu(menu)
        self._files.show()
        QShortcut(QKeySequence("Alt+F"), self.window(), self._files.showMenu)

    def set_operator_menu(self, menu: QMenu) -> None:
        """Put a menu at the operator's name, opened by Alt+O too."""
        self._operator.setMenu(menu)
        QShortcut(QKeySequence("Alt+O"), self.window(), self._operator.showMenu)

    def operator_menu(self) -> QMenu:
        """Return the menu at the operator's name."""
        return self._operator.menu()

    def set_lock(self, action: Callable[[], None]) -> None:
        """Show the lock, which calls ``action``."""
        self._lock.clicked.connect(lambda _checked=False: action())
        self._lock.show()
