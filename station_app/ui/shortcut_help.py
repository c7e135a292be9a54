"""F1: every shortcut of the window and of the page that is shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from station_app.ui.cards import button, label
from station_app.ui.theme import px

EVERYWHERE = (
    ("F2", "新建（登记）"),
    ("Enter", "打开选中的一行"),
    ("Esc", "返回、关闭表单"),
    ("Ctrl+F", "全站查找"),
    ("Ctrl+Z", "撤销上一步"),
    ("Ctrl+P", "打印"),
    ("Ctrl+E", "导出"),
    ("F1", "帮助"),
)
IN_FORMS = (
    ("Tab、Enter", "下一栏"),
    ("Shift+Tab", "上一栏"),
    ("Ctrl+S", "保存"),
    ("Ctrl+Enter", "保存并登记下一条"),
    ("↑ ↓", "日期、数字增减；在列表中选择"),
    ("zwm", "列表可按拼音首字母或汉字查找，如 zwm 即张伟明"),
)
_Lines = tuple[tuple[str, str], ...]


class ShortcutHelp(QDialog):
    """The list of shortcuts; Esc or 关闭 closes it.

    Args:
        pages: Alt+1 and so on with the pages' words.
        page_title: title of the shown page.
        own: the shown page's own shortcuts.
    """

    def __init__(self, parent: QWidget, pages: _Lines, page_title: str, own: _Lines) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, parts in (
            (left, (("任何时候", EVERYWHERE), ("页面", pages))),
            (right, (("表单中", IN_FORMS), (page_title, own))),
        ):
            column.setSpacing(px(8))
            for heading, lines in parts:
                if lines:
                    column.addWidget(label(heading, "heading"))
                    column.addLayout(_listed(lines))
                    column.addSpacing(px(8))
            column.addStretch(1)
        columns = QGridLayout()
        columns.setHorizontalSpacing(px(40))
        columns.addLayout(left, 0, 0)
        columns.addLayout(right, 0, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(24), px(20), px(24), px(16))
        whole.setSpacing(px(10))
        whole.addLayout(columns)
        close = button("关闭", "", "Esc")
        close.clicked.connect(lambda _checked=False: self.close())
        whole.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def _listed(lines: _Lines) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, px(84))
    for row, (keys, what) in enumerate(lines):
        grid.addWidget(label(keys, "strong"), row, 0)
        grid.addWidget(label(what), row, 1)
    return grid
