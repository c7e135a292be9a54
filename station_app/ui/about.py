"""关于: versions, where things lie, and the licences of everything the program is made of."""

import platform
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QSize, Qt, QUrl
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from station_app import PROGRAM_NAME, VERSION
from station_app.station import Desks
from station_app.support.paths import resource
from station_app.ui.cards import Button, button, label
from station_app.ui.icons import icon, icon_size
from station_app.ui.markdown_view import MarkdownView
from station_app.ui.theme import ACCENT, px


@dataclass(frozen=True)
class Action:
    """A button of the box: its word, its icon, what it does; the box closes when ``closes``."""

    word: str
    icon_name: str
    do: Callable[[], None]
    closes: bool = False


class AboutBox(QDialog):
    """The box, beside the window; Esc closes it.

    Args:
        parent: the window.
        places: where things lie by what they are called, e.g. ``{"登记簿": Path("…/禾溪.station")}``.
        versions: versions of the file's parts, e.g. ``{"sqlite": "3.51.0"}``.
        actions: buttons at the left.
    """

    def __init__(
        self, parent: QWidget, places: Mapping[str, Path], versions: Mapping[str, str], actions: tuple[Action, ...]
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.licences = LicenceView()
        self.tabs = QTabWidget()
        self.tabs.addTab(_facts(places, versions), "程序")
        self.tabs.addTab(self.licences, "第三方组件及许可")
        row = QHBoxLayout()
        for action in actions:
            row.addWidget(self._button(action))
        row.addStretch(1)
        closing = button("关闭", "", "Esc")
        closing.clicked.connect(lambda _checked=False: self.close())
        row.addWidget(closing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(14), px(14), px(14), px(12))
        whole.setSpacing(px(10))
        whole.addLayout(_head())
        whole.addWidget(self.tabs, 1)
        whole.addLayout(row)
        closing.setFocus()
        room = self.screen().availableGeometry().size() if self.screen() else QSize(1024, 700)
        self.resize(min(px(780), room.width() - px(60)), min(px(560), room.height() - px(80)))

    def _button(self, action: Action) -> Button:
        made = button(action.word, action.icon_name)

        def press() -> None:
            if action.closes:
                self.close()
            action.do()

        made.clicked.connect(lambda _checked=False: press())
        return made


class LicenceView(QWidget):
    """The index of the components; a link shows the text, 返回 the index again."""

    def __init__(self) -> None:
        super().__init__()
        self.view = MarkdownView()
        self.view.anchorClicked.connect(self.open)
        self._title = label("", "muted")
        self.back = button("返回目录", "chevron-left")
        self.back.clicked.connect(lambda _checked=False: self.show_index())
        row = QHBoxLayout()
        row.addWidget(self.back)
        row.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        self.show_index()

    def show_index(self) -> None:
        """Show the components with their licences."""
        text = resource("licences", "INDEX.md").read_text(encoding="utf-8")
        # The index says it once more in English, for those who look at the source.
        self.view.show_markdown("\n\n".join(part for part in text.split("\n\n") if not part.isascii()))
        self.back.hide()
        self._title.setText("点“原文”一栏的名称，看许可全文")

    def open(self, link: QUrl) -> None:
        """Show a licence text of the index; anything else is left alone, this program goes nowhere by itself."""
        name = link.toString()
        if not re.fullmatch(r"(?:\.\./(?:fonts|icons)/)?[\w.\- ]+", name):
            return
        self.view.show_plain(resource("licences", *name.split("/")).read_text(encoding="utf-8", errors="replace"))
        self.back.show()
        self._title.setText(name.rsplit("/", 1)[-1])
        self.view.setFocus()


def _head() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(12))
    sign = QLabel()
    sign.setPixmap(icon("users", ACCENT).pixmap(icon_size(32), sign.devicePixelRatioF()))
    row.addWidget(sign)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(f"{PROGRAM_NAME}　{VERSION}", "title"))
    words.addWidget(label("单机使用，不联网；所有内容只在本机的登记簿文件里。", "muted"))
    row.addLayout(words, 1)
    return row


def _facts(places: Mapping[str, Path], versions: Mapping[str, str]) -> QWidget:
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(px(4), px(14), px(4), px(4))
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(8))
    grid.setColumnStretch(1, 1)
    qt = QLibraryInfo.version().toString()
    system = f"{platform.system()} {platform.release()}"
    parts = f"Python {platform.python_version()}　Qt {qt}"
    if versions:
        parts += f"　SQLite {versions['sqlite']}　SQLCipher {(versions['sqlcipher'] or '—').split()[0]}"
    lines = {
        "版本": VERSION,
        **{name: str(place) for name, place in places.items()},
        "组成": parts,
        "系统": system,
        "许可": "MIT 许可；第三方组件见右边一页",
    }
    for row, (name, text) in enumerate(lines.items()):
        said = label(text, wrap=True)
        said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        said.setAccessibleName(f"{name} {text}")
        grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(said, row, 1)
    grid.setRowStretch(len(lines), 1)
    return made


def about_box(parent: QWidget, desks: Desks | None, log_folder: Path, actions: Sequence[Action]) -> AboutBox:
    """Return the box over the open register, or over none.

    Args:
        desks: of the open register.
        actions: buttons at the left.
    """
    places = {"日志": log_folder}
    versions: dict[str, str] = {}
    if desks is not None:
        places = {"登记簿": desks.path, **places}
        versions = desks.housekeeping.versions()
    return AboutBox(parent, places, versions, tuple(actions))
