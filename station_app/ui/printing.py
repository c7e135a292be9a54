"""Prints pages through the system's printer, as the very pictures that are previewed."""

from collections.abc import Callable, Sequence
from itertools import chain

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from station_app.support.faults import Cancelled, StationFault
from station_app.ui.jobs import Progress
from station_app.ui.page_preview import PageSource

MOST_DPI = 300
"""Office printers gain nothing beyond, and a page at 1200 dpi takes half a gigabyte."""


def new_printer(title: str, sizes: Sequence[tuple[float, float]]) -> QPrinter:
    """Return a printer set up for the pages: paper size and direction of the first one.

    Args:
        title: the name of the print job.
        sizes: width and height of every page in points.

    Raises:
        StationFault: this PC knows no printer.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise StationFault(
            "这台电脑没有可用的打印机。",
            "要打印的内容没有丢失。",
            "请接通打印机或请人安装后再打印；也可以先导出 PDF，拷到别的电脑上打印。",
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_up(printer, title, sizes)
    return printer


def set_up(printer: QPrinter, title: str, sizes: Sequence[tuple[float, float]]) -> None:
    """Give a printer the job's name, paper and direction."""
    width, height = sizes[0]
    wide = width > height
    long_side = max(width, height)
    paper = QPageSize.PageSizeId.A3 if long_side > 1000 else QPageSize.PageSizeId.A4
    printer.setDocName(title)
    printer.setPageSize(QPageSize(paper))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)


def pages_to_print(printer: QPrinter, count: int) -> list[int]:
    """Return the pages (from 0) the clerk asked for, in the order they leave the printer.

    Args:
        printer: as set in the printer's box: range, last page first, and copies where the driver makes none itself.
        count: how many pages there are.
    """
    chosen = _chosen(printer, count)
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        chosen = chosen[::-1]
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return chosen * copies
    return list(chain.from_iterable([page] * copies for page in chosen))


def _chosen(printer: QPrinter, count: int) -> list[int]:
    if printer.printRange() is not QPrinter.PrintRange.PageRange:
        return list(range(count))
    ranges = printer.pageRanges()
    if not ranges.isEmpty():
        return [page for page in range(count) if ranges.contains(page + 1)]
    first, last = printer.fromPage() or 1, printer.toPage() or count
    return [page for page in range(count) if first <= page + 1 <= last]


def print_pages(printer: QPrinter, source: PageSource, progress: Progress, cancelled: Callable[[], bool]) -> int:
    """Print; called on the worker thread. Return how many sheets' sides were sent.

    Args:
        printer: chosen by the clerk; each page fills the paper, lying pages are turned where the paper stands.
        source: the pages.
        progress: told the part done.
        cancelled: asked before each page.

    Raises:
        Cancelled: the clerk stopped it; the job is withdrawn from the printer as far as it lets it.
        StationFault: the printer refused the job.
    """
    pages = pages_to_print(printer, len(source.sizes))
    if not pages:
        raise StationFault(
            "页码范围里没有页。", "没有打印任何内容。", f"一共 {len(source.sizes)} 页，请在打印窗口里重填页码。"
        )
    painter = QPainter()
    if not painter.begin(printer):
        raise StationFault(
            "打印机没有接受打印任务。", "要打印的内容没有丢失。", "请检查打印机是否开机、有纸，再打印一次。"
        )
    try:
        for place, page in enumerate(pages):
            if cancelled():
                printer.abort()
                raise Cancelled
            progress(place / len(pages), f"第 {place + 1} / {len(pages)} 页")
            if place and not printer.newPage():
                raise StationFault(
                    f"打印到第 {place} 页时打印机停了下来。",
                    "要打印的内容没有丢失。",
                    "请检查打印机的纸张和连线，在打印窗口里填页码范围接着打印。",
                )
            _paint(painter, printer, source, page)
    finally:
        painter.end()
    return len(pages)


def _paint(painter: QPainter, printer: QPrinter, source: PageSource, page: int) -> None:
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    picture = source.draw(page, min(printer.resolution(), MOST_DPI))
    if (picture.width() > picture.height()) != (sheet.width() > sheet.height()):
        picture = picture.transformed(QTransform().rotate(90))
    painter.drawImage(_placed(picture, QRectF(0, 0, sheet.width(), sheet.height())), picture)


def _placed(picture: QImage, sheet: QRectF) -> QRectF:
    """Return where the picture goes: whole, in proportion, in the middle of the sheet."""
    scale = min(sheet.width() / picture.width(), sheet.height() / picture.height())
    width, height = picture.width() * scale, picture.height() * scale
    return QRectF((sheet.width() - width) / 2, (sheet.height() - height) / 2, width, height)
