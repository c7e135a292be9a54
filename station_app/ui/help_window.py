"""F1: the help of each page with the list of shortcuts, beside the window; to be read and printed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from station_app.support.faults import StationFault
from station_app.support.paths import resource
from station_app.ui.cards import button, label
from station_app.ui.markdown_view import MarkdownView
from station_app.ui.messages import Messages
from station_app.ui.shortcut_help import Lines, shortcut_tables
from station_app.ui.theme import px

KEYS = "keys"
TOPICS = (
    ("start", "开始使用"),
    ("today", "今日"),
    ("reception", "接待"),
    ("opinions", "意见"),
    ("units", "承办单位"),
    ("roster", "代表"),
    ("grouping", "编组"),
    ("checking", "名册核对"),
    ("terms", "届次与换届"),
    ("ledgers", "台账"),
    ("settings", "设置"),
    ("password", "密码和恢复单"),
    ("operators", "操作员和锁定"),
    ("log", "操作记录"),
    ("attachments", "附件"),
    ("backups", "备份与恢复"),
    ("deleted", "最近删除和撤销"),
    ("rescue", "文件坏了怎么办"),
    ("import", "导入表格"),
    (KEYS, "快捷键"),
)
_A4_POINTS = (595.0, 842.0)


class HelpWindow(QDialog):
    """The help; Esc or 关闭 closes it, and the window beside it goes on working.

    Args:
        parent: the window.
        messages: for the printer.
        pages: Alt+1 and so on with the pages' words.
    """

    def __init__(self, parent: QWidget, messages: Messages, pages: Lines) -> None:
        super().__init__(parent)
        self._messages = messages
        self._pages = pages
        self._own: dict[str, Lines] = {}
        self.setWindowTitle("帮助")
        self.setModal(False)
        self.topics = QListWidget()
        self.topics.setAccessibleName("帮助目录")
        self.topics.setFixedWidth(px(130))
        for key, title in TOPICS:
            item = QListWidgetItem(title, self.topics)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, px(34)))
        self.view = MarkdownView()
        self._lay_out()
        self.topics.currentItemChanged.connect(lambda item, _old: self._show(item))
        QShortcut(QKeySequence("F1"), self, self.close)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(self.topics)
        row.addWidget(self.view, 1)
        last = QHBoxLayout()
        last.addWidget(label("↑ ↓ 换一页，Tab 到正文", "small"))
        last.addStretch(1)
        printing = button("打印", "printer", "Ctrl+P")
        printing.clicked.connect(lambda _checked=False: self.print_())
        closing = button("关闭", "", "Esc")
        closing.clicked.connect(lambda _checked=False: self.close())
        last.addWidget(printing)
        last.addWidget(closing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(14), px(14), px(14), px(12))
        whole.setSpacing(px(10))
        whole.addLayout(row, 1)
        whole.addLayout(last)
        room = self.screen().availableGeometry().size() if self.screen() else QSize(1024, 700)
        self.resize(min(px(820), room.width() - px(60)), min(px(640), room.height() - px(80)))

    def show_page(self, key: str, own: Sequence[tuple[str, str]] = ()) -> None:
        """Show the help of a page; an unknown key shows the shortcuts.

        Args:
            own: the page's own shortcuts.
        """
        self._own[key] = own
        row = next((row for row, (known, _) in enumerate(TOPICS) if known == key), len(TOPICS) - 1)
        if self.topics.currentRow() == row:
            self._show(self.topics.item(row))
        else:
            self.topics.setCurrentRow(row)
        self.show()
        self.raise_()
        self.activateWindow()
        self.topics.setFocus()

    def print_(self) -> None:
        """Print the page that is shown (Ctrl+P)."""
        title = f"帮助 {self.topics.currentItem().text()}"
        try:
            printer = self._messages.choose_printer(title, [_A4_POINTS])
        except StationFault as fault:
            self._messages.tell_fault(fault)
            return
        if printer is None:
            return
        printer.setFullPage(False)
        self.view.document().clone().print_(printer)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        key = str(item.data(Qt.ItemDataRole.UserRole))
        text = resource("manual", f"{key}.md").read_text(encoding="utf-8")
        # The page on shortcuts tells them all itself.
        more = "" if key == KEYS else shortcut_tables(text, self._own.get(key, ()), self._pages)
        self.view.show_markdown(text + more)
