"""The menu at the station's name: everything about the file itself."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QMenu, QWidget


class FileActions(Protocol):
    """What can be done with station files; the program behind the window does it."""

    def recent(self) -> list[Path]:
        """Return the files opened lately, the open one not among them."""

    def in_demo(self) -> bool:
        """Tell whether the open file is a demo."""

    def show_assistant(self) -> None:
        """Begin a new register."""

    def choose_file(self) -> None:
        """Let the clerk choose a register to open."""

    def open_file(self, path: Path) -> None:
        """Open a register instead of the open one."""

    def show_folder(self) -> None:
        """Show the open file in the system's file window."""

    def try_demo(self) -> None:
        """Open the demo instead of the open file."""

    def end_demo(self) -> None:
        """Throw the open demo away."""

    def rescue_file(self) -> None:
        """Rescue a damaged register."""

    def save_package(self) -> None:
        """Save a diagnostic package."""

    def show_about(self) -> None:
        """Show versions, places and licences."""


_PAGES = (("操作记录", "log"), ("最近删除", "deleted"), ("备份与恢复", "backups"))


class FileMenu(QMenu):
    """The menu, made anew whenever it opens.

    Args:
        actions: what its entries do.
        show_page: shows a page of the window by its key.
    """

    def __init__(self, actions: FileActions, show_page: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__("登记簿文件", parent)
        self._does = actions
        self._shows = show_page
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Write the entries."""
        does = self._does
        self.clear()
        if does.in_demo():
            self.addAction("结束体验，建立正式登记簿…", does.end_demo)
            self.addSeparator()
        self.addAction("新建登记簿…", does.show_assistant)
        self.addAction("打开登记簿…", does.choose_file)
        recent = does.recent()
        self.addSeparator()
        if recent:
            self.addAction("最近打开的：").setEnabled(False)  # a section's title is not drawn by this style
            for path in recent:
                self._add_recent(path)
            self.addSeparator()
        for title, key in _PAGES:
            self.addAction(title).triggered.connect(partial(self._show_page, key))
        self.addAction("打开所在文件夹", does.show_folder)
        self.addAction("抢救损坏的登记簿…").triggered.connect(lambda _checked=False: does.rescue_file())
        if not does.in_demo():
            self.addAction("看示例联络站", does.try_demo)
        self.addSeparator()
        self.addAction("保存诊断包…").triggered.connect(lambda _checked=False: does.save_package())
        self.addAction("关于", does.show_about)

    def _show_page(self, key: str, _checked: bool = False) -> None:
        self._shows(key)

    def _add_recent(self, path: Path) -> None:
        there = path.is_file()
        words = f"{path.stem}　{path.parent}" if there else f"{path.stem}　找不到"
        entry = self.addAction(words.replace("&", "&&"))
        entry.triggered.connect(lambda _checked=False: self._does.open_file(path))
        entry.setEnabled(there)
        entry.setToolTip(str(path))
