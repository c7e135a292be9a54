"""Shows the very pages that are exported and printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QToolButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from station_app.ui.cards import EmptyState, label
from station_app.ui.icons import icon, icon_size
from station_app.ui.jobs import JobRunner
from station_app.ui.theme import FAINT, LINE, MUTED, PANEL, px

POINTS_PER_INCH = 72
_SCREEN_DPI = 96
_GAP = 14
_ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
_KEPT = 8
_WIDEST = 5000
_STEP = 48


class PageSource(Protocol):
    """Pages that can be drawn; `draw` is called on the worker thread."""

    @property
    def sizes(self) -> Sequence[tuple[float, float]]:
        """Width and height of every page in points."""

    def draw(self, page: int, dpi: float) -> QImage:
        """Return the page (counted from 0) as a picture."""


@dataclass(frozen=True)
class _Want:
    """A page at a width in real pixels."""

    page: int
    width: int


class PageCanvas(QAbstractScrollArea):
    """The pages one under the other; those in sight are drawn on the worker thread for the screen's own pixels.

    Signals:
        moved: the number of the page in sight (from 0) or the zoom changed.

    Args:
        jobs: the one worker thread.
    """

    moved = Signal()

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self._jobs = jobs
        self._source: PageSource | None = None
        self._pictures: dict[_Want, QImage] = {}
        self._asked: set[_Want] = set()
        self._zoom: float | None = None
        self._generation = 0
        self.setAccessibleName("页面预览")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    def show_pages(self, source: PageSource | None) -> None:
        """Show other pages from the first one on, or none."""
        self._generation += 1
        self._source = source
        self._pictures.clear()
        self._asked.clear()
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.moved.emit()

    def page_count(self) -> int:
        """Return how many pages there are."""
        return len(self._source.sizes) if self._source else 0

    def page(self) -> int:
        """Return the number of the page in the middle of the view, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        passed = [page for page in range(self.page_count()) if self._top(page) <= middle]
        return passed[-1] if passed else 0

    def go_to(self, page: int) -> None:
        """Show a page from its top."""
        if self._source:
            page = min(max(page, 0), self.page_count() - 1)
            self.verticalScrollBar().setValue(self._top(page) - px(_GAP))

    def zoom(self) -> float:
        """Return the zoom in force: 1 is the size on paper."""
        return self._zoom if self._zoom is not None else self._fitting_zoom()

    def fits_width(self) -> bool:
        """Tell whether the zoom follows the width of the view."""
        return self._zoom is None

    def set_zoom(self, zoom: float | None) -> None:
        """Set the zoom; None lets it follow the width."""
        page = self.page()
        bar = self.verticalScrollBar()
        within = (bar.value() - self._top(page)) / max(self._size(page).height(), 1) if self._source else 0.0
        self._zoom = zoom
        self._arrange()
        if self._source:
            bar.setValue(round(self._top(page) + within * self._size(page).height()))
        self.moved.emit()

    def zoom_in(self) -> None:
        """Go to the next larger zoom."""
        self.set_zoom(next((step for step in _ZOOMS if step > self.zoom() + 0.01), _ZOOMS[-1]))

    def zoom_out(self) -> None:
        """Go to the next smaller zoom."""
        self.set_zoom(next((step for step in reversed(_ZOOMS) if step < self.zoom() - 0.01), _ZOOMS[0]))

    def is_drawn(self) -> bool:
        """Tell whether every page in sight is shown at its full sharpness."""
        return all(self._want(page) in self._pictures for page in self._in_sight())

    def _fitting_zoom(self) -> float:
        if not self._source:
            return 1.0
        widest = max(width for width, _ in self._source.sizes)
        room = self.viewport().width() - 2 * px(_GAP)
        return max(room * POINTS_PER_INCH / (widest * _SCREEN_DPI), _ZOOMS[0] / 2)

    def _size(self, page: int) -> QSize:
        if not self._source:
            return QSize()
        width, height = self._source.sizes[page]
        scale = self.zoom() * _SCREEN_DPI / POINTS_PER_INCH
        return QSize(round(width * scale), round(height * scale))

    def _top(self, page: int) -> int:
        return px(_GAP) + sum(self._size(before).height() + px(_GAP) for before in range(page))

    def _rect(self, page: int) -> QRect:
        size = self._size(page)
        left = max((self.viewport().width() - size.width()) // 2, px(_GAP)) - self.horizontalScrollBar().value()
        return QRect(left, self._top(page) - self.verticalScrollBar().value(), size.width(), size.height())

    def _in_sight(self) -> list[int]:
        view = self.viewport().rect()
        return [page for page in range(self.page_count()) if self._rect(page).intersects(view)]

    def _want(self, page: int) -> _Want:
        return _Want(page, min(round(self._size(page).width() * self.devicePixelRatioF()), _WIDEST))

    def _arrange(self) -> None:
        count = self.page_count()
        height = self._top(count) if count else 0
        width = max((self._size(page).width() for page in range(count)), default=0) + 2 * px(_GAP)
        view = self.viewport().size()
        for bar, whole, shown in (
            (self.verticalScrollBar(), height, view.height()),
            (self.horizontalScrollBar(), 0 if self.fits_width() else width, view.width()),
        ):
            bar.setRange(0, max(whole - shown, 0))
            bar.setPageStep(max(shown - px(_STEP), 1))
            bar.setSingleStep(px(_STEP))
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()
        self.moved.emit()

    def _ask(self, page: int) -> None:
        want, source, generation = self._want(page), self._source, self._generation
        if source is None or want in self._asked or want in self._pictures:
            return
        self._asked.add(want)
        dpi = want.width * POINTS_PER_INCH / source.sizes[page][0]

        def drawn(picture: QImage) -> None:
            if not isValid(self) or generation != self._generation:
                return  # closed, or showing another paper by now
            self._asked.discard(want)
            self._pictures = {kept: image for kept, image in self._pictures.items() if kept.page != page}
            self._pictures[want] = picture
            for kept in list(self._pictures)[:-_KEPT]:
                del self._pictures[kept]
            self.viewport().update()

        self._jobs.run("显示页面", lambda _progress, _cancelled: source.draw(page, dpi), drawn)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pages in sight; one that is not ready yet is shown blurred or empty."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor("#E4E8EC"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._in_sight():
            rect = self._rect(page)
            painter.fillRect(rect, QColor(PANEL))
            picture = self._pictures.get(self._want(page)) or next(
                (image for kept, image in self._pictures.items() if kept.page == page), None
            )
            if picture is not None:
                painter.drawImage(QRectF(rect), picture)
            else:
                painter.setPen(QColor(FAINT))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"正在显示第 {page + 1} 页…")
            painter.setPen(QPen(QColor(LINE), 1))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            self._ask(page)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().accent(), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place on the page."""
        super().resizeEvent(event)
        self.set_zoom(self._zoom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down, Home and End, Ctrl with plus, minus and 0, arrows."""
        key = event.key()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            actions: dict[Qt.Key, Callable[[], None]] = {
                Qt.Key.Key_Plus: self.zoom_in,
                Qt.Key.Key_Equal: self.zoom_in,
                Qt.Key.Key_Minus: self.zoom_out,
                Qt.Key.Key_0: lambda: self.set_zoom(None),
                Qt.Key.Key_1: lambda: self.set_zoom(1.0),
            }
        else:
            actions = {
                Qt.Key.Key_PageDown: self._next_view,
                Qt.Key.Key_PageUp: self._previous_view,
                Qt.Key.Key_Home: lambda: self.go_to(0),
                Qt.Key.Key_End: lambda: self.go_to(self.page_count() - 1),
            }
        action = actions.get(Qt.Key(key))
        if action is None:
            super().keyPressEvent(event)
        else:
            action()

    def _next_view(self) -> None:
        """Go down a screen, but never past the top of the next page."""
        bar = self.verticalScrollBar()
        tops = [self._top(page) - px(_GAP) for page in range(self.page_count())]
        following = next((top for top in tops if top > bar.value()), bar.maximum())
        bar.setValue(min(bar.value() + bar.pageStep(), following))

    def _previous_view(self) -> None:
        bar = self.verticalScrollBar()
        tops = [self._top(page) - px(_GAP) for page in range(self.page_count())]
        before = next((top for top in reversed(tops) if top < bar.value()), 0)
        bar.setValue(max(bar.value() - bar.pageStep(), before))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom while Ctrl is held, scroll otherwise."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
        else:
            super().wheelEvent(event)


class PagePreview(QWidget):
    """The pages with a row above: which page, zoom, fit to width; a sentence while there is nothing to show.

    Args:
        jobs: the one worker thread.
    """

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.canvas = PageCanvas(jobs)
        self.canvas.moved.connect(self._tell)
        self._place = label("", "muted")
        self._zoom = label("", "muted")
        self._zoom.setMinimumWidth(px(44))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(px(10), px(6), px(10), px(6))
        self.tools.setSpacing(px(4))
        back = self._tool("chevron-up", "上一页（PageUp）", lambda: self.canvas.go_to(self.canvas.page() - 1))
        onward = self._tool("chevron-down", "下一页（PageDown）", lambda: self.canvas.go_to(self.canvas.page() + 1))
        self._smaller = self._tool("zoom-out", "缩小（Ctrl+-）", self.canvas.zoom_out)
        self._larger = self._tool("zoom-in", "放大（Ctrl++）", self.canvas.zoom_in)
        self._fit = QToolButton()
        self._fit.setProperty("look", "button")
        self._fit.setText("适合宽度")
        self._fit.setToolTip("让页面与窗口同宽（Ctrl+0）")
        self._fit.setCheckable(True)
        self._fit.clicked.connect(lambda: self.canvas.set_zoom(None))
        self._turning = (back, onward)
        for part in (back, self._place, onward):
            self.tools.addWidget(part)
        self.tools.addStretch(1)
        for part in (self._smaller, self._zoom, self._larger, self._fit):
            self.tools.addWidget(part)
        self._empty = EmptyState()
        self._row = QWidget()
        self._row.setLayout(self.tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._row)
        column.addWidget(self.canvas, 1)
        column.addWidget(self._empty, 1)
        self.setFocusProxy(self.canvas)
        self.show_sentence("")

    def show_pages(self, source: PageSource) -> None:
        """Show pages."""
        self._empty.hide()
        self._row.show()
        self.canvas.show()
        self.canvas.show_pages(source)

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence instead of pages."""
        self.canvas.show_pages(None)
        self.canvas.hide()
        self._row.hide()
        self._empty.say(sentence, "", None)
        self._empty.show()

    def place_text(self) -> str:
        """Return which page is in sight, e.g. 第 1 / 3 页."""
        return self._place.text()

    def _tool(self, sign: str, hint: str, action: Callable[[], None]) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "plain")
        made.setIcon(icon(sign, MUTED))
        made.setIconSize(icon_size(18))
        made.setToolTip(hint)
        made.setAccessibleName(hint)
        made.clicked.connect(lambda _checked=False: action())
        return made

    def _tell(self) -> None:
        count, page = self.canvas.page_count(), self.canvas.page()
        self._place.setText(f"第 {page + 1} / {count} 页")
        self._turning[0].setEnabled(page > 0)
        self._turning[1].setEnabled(page + 1 < count)
        self._zoom.setText(f"{self.canvas.zoom():.0%}")
        self._fit.setChecked(self.canvas.fits_width())
