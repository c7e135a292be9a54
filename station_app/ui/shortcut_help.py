"""Every shortcut of the window, as tables for the help of a page."""

from collections.abc import Sequence

EVERYWHERE = (
    ("F2", "新建（登记）"),
    ("Enter", "打开选中的一行"),
    ("Esc", "返回、关闭表单"),
    ("Ctrl+F", "全站查找"),
    ("Ctrl+Z", "撤销上一步"),
    ("Ctrl+Shift+Z", "最近几步一起撤销"),
    ("Ctrl+P", "打印"),
    ("Ctrl+E", "导出"),
    ("Ctrl+L", "锁定"),
    ("Alt+O", "操作员：换人、锁定、修改我的PIN"),
    ("Alt+F", "登记簿文件：新建、打开、关于"),
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
Lines = Sequence[tuple[str, str]]


def shortcut_tables(text: str, own: Lines, pages: Lines) -> str:
    """Return the shortcuts as Markdown: the page's own that its help ``text`` does not tell, then everybody's.

    Args:
        text: the help of the page.
        own: the page's own shortcuts as pairs of key and what it does.
        pages: Alt+1 and so on with the pages' words.
    """
    untold = [(keys, what) for keys, what in own if keys not in text]
    parts = (("本页其他按键", untold), ("任何时候", EVERYWHERE), ("页面", pages), ("表单中", IN_FORMS))
    return "".join(_table(heading, lines) for heading, lines in parts if lines)


def _table(heading: str, lines: Lines) -> str:
    rows = "".join(f"| {keys.replace('|', '/')} | {what.replace('|', '/')} |\n" for keys, what in lines)
    return f"\n\n## {heading}\n\n| 按键 | 作用 |\n| --- | --- |\n{rows}"
