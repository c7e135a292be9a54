"""Every question, notice and file choice of the window. No other module opens a box, so no test can hang on one."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from station_app.support.faults import StationFault, machine_fault
from station_app.ui.icons import icon, icon_size
from station_app.ui.theme import TONES, Tone

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter  # loaded when something is printed

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

EXCEL_FILES = "Excel 工作簿 (*.xlsx)"
PDF_FILES = "PDF 文件 (*.pdf)"
SPREADSHEETS = "电子表格 (*.xlsx *.xls *.csv *.et *.ods)"
STATION_FILES = "联络站文件 (*.station)"

_UNASKED_MS = 60_000
_LONG_NAME = 14  # characters
_SIGNS = {
    QMessageBox.Icon.Information: ("info", TONES[Tone.INFO][0]),
    QMessageBox.Icon.Question: ("info", TONES[Tone.INFO][0]),
    QMessageBox.Icon.Warning: ("triangle-alert", TONES[Tone.WARNING][0]),
    QMessageBox.Icon.Critical: ("circle-alert", TONES[Tone.DANGER][0]),
}


class Unsaved(StrEnum):
    """What to do with a form that is left unfinished."""

    SAVE = "save"
    KEEP = "keep"
    DISCARD = "discard"
    STAY = "stay"


class Messages(Protocol):
    """The questions and notices a page may need."""

    def ask(
        self, question: str, detail: str = "", *, yes: str = "继续", no: str = "取消", danger: bool = False
    ) -> bool:
        """Ask before something that cannot be undone; return whether the clerk agreed."""

    def ask_unsaved(self, what: str, *, drafts: bool = False) -> Unsaved:
        """Ask what to do with an unfinished form, e.g. ``登记接待``, or with several.

        Args:
            drafts: whether what is typed may be left as a draft.
        """

    def tell(self, what: str, detail: str = "") -> None:
        """Tell something the clerk must have read."""

    def tell_fault(self, fault: StationFault) -> None:
        """Tell a condition of the machine: what happened, what is safe, what to do."""

    def tell_bug(self, error: BaseException) -> None:
        """Tell what nobody dealt with: the program itself went wrong, which is logged, or the machine did."""

    def choose_file(self, title: str, kinds: str, folder: Path | None = None) -> Path | None:
        """Return an existing file, or None; ``kinds`` like ``电子表格 (*.xlsx *.xls)``."""

    def choose_files(self, title: str, kinds: str, folder: Path | None = None) -> list[Path]:
        """Return existing files, none when cancelled."""

    def choose_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """Return a folder, or None."""

    def save_as(self, title: str, suggested: Path, kinds: str) -> Path | None:
        """Return where to write, with the suffix of ``suggested``, or None."""

    def choose_printer(self, title: str, sizes: Sequence[tuple[float, float]]) -> "QPrinter | None":
        """Return the printer with page range, copies and sides as chosen, or None.

        Args:
            title: the name of the print job.
            sizes: width and height of every page in points.

        Raises:
            StationFault: this PC knows no printer.
        """


class Boxes:
    """The real boxes, shown over ``parent``.

    Attributes:
        save_package: saves a diagnostic package about an error; the box about a bug offers it. None offers none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        self.parent = parent
        self.save_package: Callable[[BaseException], None] | None = None
        self._telling_bug = False
        self._unasked = ""
        self._unasked_until = QDeadlineTimer(0)

    def ask(
        self, question: str, detail: str = "", *, yes: str = "继续", no: str = "取消", danger: bool = False
    ) -> bool:
        """See `Messages.ask`. With ``danger`` the safe answer is the default one."""
        box = self._box(QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question, question, detail)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse if danger else agree)
        box.setEscapeButton(refuse)
        box.exec()
        return box.clickedButton() is agree

    def ask_unsaved(self, what: str, *, drafts: bool = False) -> Unsaved:
        """See `Messages.ask_unsaved`."""
        later = "\n留作草稿的，下次打开同一张表时可以接着填。" if drafts else ""
        # The first line of a box does not wrap on small screens; several names go below it.
        told, names = (
            (f"{what}还没有保存。", "") if len(what) <= _LONG_NAME else ("填写的内容还没有保存。", f"{what}。\n")
        )
        box = self._box(QMessageBox.Icon.Question, told, f"{names}要保存已填写的内容吗？{later}")
        answers: dict[Unsaved, QPushButton] = {
            Unsaved.SAVE: box.addButton("保存", QMessageBox.ButtonRole.AcceptRole),
        }
        if drafts:
            answers[Unsaved.KEEP] = box.addButton("留作草稿", QMessageBox.ButtonRole.AcceptRole)
        answers[Unsaved.DISCARD] = box.addButton("不保存", QMessageBox.ButtonRole.DestructiveRole)
        answers[Unsaved.STAY] = box.addButton("继续填写", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(answers[Unsaved.STAY])
        box.setEscapeButton(answers[Unsaved.STAY])
        box.exec()
        return next((answer for answer, button in answers.items() if button is box.clickedButton()), Unsaved.STAY)

    def tell(self, what: str, detail: str = "") -> None:
        """See `Messages.tell`."""
        box = self._box(QMessageBox.Icon.Information, what, detail)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def tell_fault(self, fault: StationFault) -> None:
        """See `Messages.tell_fault`."""
        log.info("told a fault: %s", type(fault).__name__)
        self.fault_box(fault).exec()

    def fault_box(self, fault: StationFault) -> QMessageBox:
        """Return the box that tells a fault."""
        box = self._box(QMessageBox.Icon.Warning, fault.what, f"{fault.safe}\n{fault.todo}")
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        return box

    def tell_bug(self, error: BaseException) -> None:
        """See `Messages.tell_bug`."""
        fault = machine_fault(error)
        if fault is not None:
            self._tell_unasked(fault)
            return
        log.error("bug", exc_info=error)
        if self._telling_bug:
            return  # one box is enough for a bug that comes with every drawing of the window
        box = self._box(
            QMessageBox.Icon.Critical,
            "程序出错",
            "刚才这一步没有完成，已保存的内容没有受影响，可以继续使用。\n"
            f"错误已记入日志（{type(error).__name__}），日志里没有姓名、电话和反映内容。",
        )
        wanted = box.addButton("保存诊断包…", QMessageBox.ButtonRole.ActionRole) if self.save_package else None
        known = box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(known)
        box.setEscapeButton(known)
        self._telling_bug = True
        try:
            box.exec()
            if self.save_package is not None and box.clickedButton() is wanted:
                self.save_package(error)
        finally:
            self._telling_bug = False

    def _tell_unasked(self, fault: StationFault) -> None:
        """Tell a fault that came by itself, e.g. with a timer or with the drawing of a page: once a minute at most."""
        if self._unasked == fault.what and not self._unasked_until.hasExpired():
            log.info("not told again: %s", type(fault).__name__)
            return
        self._unasked = fault.what
        self._unasked_until = QDeadlineTimer(_UNASKED_MS)
        self.tell_fault(fault)
        self._unasked_until = QDeadlineTimer(_UNASKED_MS)  # counted from when it was read

    def choose_file(self, title: str, kinds: str, folder: Path | None = None) -> Path | None:
        """See `Messages.choose_file`."""
        chosen, _ = QFileDialog.getOpenFileName(self.parent, title, _text(folder), kinds)
        return Path(chosen) if chosen else None

    def choose_files(self, title: str, kinds: str, folder: Path | None = None) -> list[Path]:
        """See `Messages.choose_files`."""
        chosen, _ = QFileDialog.getOpenFileNames(self.parent, title, _text(folder), kinds)
        return [Path(one) for one in chosen]

    def choose_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """See `Messages.choose_folder`."""
        chosen = QFileDialog.getExistingDirectory(self.parent, title, _text(folder))
        return Path(chosen) if chosen else None

    def save_as(self, title: str, suggested: Path, kinds: str) -> Path | None:
        """See `Messages.save_as`."""
        chosen, _ = QFileDialog.getSaveFileName(self.parent, title, str(suggested), kinds)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == suggested.suffix.lower() else Path(chosen + suggested.suffix)

    def choose_printer(self, title: str, sizes: Sequence[tuple[float, float]]) -> "QPrinter | None":
        """See `Messages.choose_printer`."""
        from PySide6.QtPrintSupport import QPrintDialog

        from station_app.ui.printing import new_printer

        printer = new_printer(title, sizes)
        box = QPrintDialog(printer, self.parent)
        box.setWindowTitle(title)
        box.setMinMax(1, len(sizes))
        return printer if box.exec() == QPrintDialog.DialogCode.Accepted else None

    def _box(self, sign: QMessageBox.Icon, what: str, detail: str) -> QMessageBox:
        box = QMessageBox(sign, "代表联络站", what, QMessageBox.StandardButton.NoButton, self.parent)
        sign_name, colour = _SIGNS[sign]
        box.setIconPixmap(icon(sign_name, colour).pixmap(icon_size(32), box.devicePixelRatioF()))
        box.setInformativeText(detail)
        box.setTextFormat(Qt.TextFormat.PlainText)
        return box


def _text(folder: Path | None) -> str:
    return str(folder) if folder else ""


@dataclass
class RecordedMessages:
    """Messages without a screen: writes down what was said and gives the answers it was handed.

    Args:
        answers: replies in order; each is what the asked method returns (bool, `Unsaved`, Path, list of Path or None).

    Attributes:
        said: the texts of all boxes in order.
        faults: the faults told.
        bugs: the errors told.
    """

    answers: list[object] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    faults: list[StationFault] = field(default_factory=list)
    bugs: list[BaseException] = field(default_factory=list)

    def ask(
        self, question: str, detail: str = "", *, yes: str = "继续", no: str = "取消", danger: bool = False
    ) -> bool:
        """Write the question down and return the next answer."""
        del yes, no, danger
        return self._answer(bool, question, detail)

    def ask_unsaved(self, what: str, *, drafts: bool = False) -> Unsaved:
        """Write the question down and return the next answer."""
        del drafts
        return self._answer(Unsaved, f"{what}还没有保存。")

    def tell(self, what: str, detail: str = "") -> None:
        """Write the notice down."""
        self.said.append(what + detail)

    def tell_fault(self, fault: StationFault) -> None:
        """Write the fault down."""
        self.faults.append(fault)
        self.said.append(str(fault))

    def tell_bug(self, error: BaseException) -> None:
        """Write the bug down."""
        fault = machine_fault(error)
        if fault is not None:
            self.tell_fault(fault)
            return
        self.bugs.append(error)
        self.said.append(f"程序出错：{error!r}")

    def choose_file(self, title: str, kinds: str, folder: Path | None = None) -> Path | None:
        """Return the next answer."""
        del kinds, folder
        return self._path(title)

    def choose_files(self, title: str, kinds: str, folder: Path | None = None) -> list[Path]:
        """Return the next answer."""
        del kinds, folder
        return [one for one in self._answer(list, title) if isinstance(one, Path)]

    def choose_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """Return the next answer."""
        del folder
        return self._path(title)

    def choose_printer(self, title: str, sizes: Sequence[tuple[float, float]]) -> "QPrinter | None":
        """Return the next answer."""
        from PySide6.QtPrintSupport import QPrinter

        del sizes
        return self._answer(QPrinter, title)

    def save_as(self, title: str, suggested: Path, kinds: str) -> Path | None:
        """Return the next answer."""
        del kinds
        return self._path(title, str(suggested))

    def _path(self, *texts: str) -> Path | None:
        answer = self._answer(object, *texts)
        assert answer is None or isinstance(answer, Path), "a path or None is expected here"
        return answer

    def _answer(self, kind: type[Answer], *texts: str) -> Answer:
        self.said.append("".join(texts))
        assert self.answers, f"nobody prepared an answer to: {self.said[-1]}"
        answer = self.answers.pop(0)
        assert isinstance(answer, kind), f"a {kind.__name__} is expected as answer to: {self.said[-1]}"
        return answer
