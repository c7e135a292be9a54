"""A page that can be laid over by an import: its own content, or the preview of a spreadsheet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from station_app.services.done import Done
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.ui.import_panel import ImportPanel
from station_app.ui.page import Shell


class ImportHost(QStackedWidget):
    """Shows a page's content, or an `ImportPanel` while something is imported.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        kind: what is imported here.
        content: the page's own content.

    Signals:
        imported: the finished `Done`.
        ended: the content is shown again.
    """

    imported = Signal(object)
    ended = Signal()

    def __init__(self, shell: Shell, desks: Desks, kind: SheetKind, content: QWidget) -> None:
        super().__init__()
        self._shell = shell
        self._desks = desks
        self._kind = kind
        self._content = content
        self.panel: ImportPanel | None = None
        self.addWidget(content)

    def start(self, kind: SheetKind | None = None) -> None:
        """Choose a spreadsheet and show what it would change.

        Args:
            kind: what it holds; None for the page's own kind.
        """
        if self.panel is not None:
            return
        panel = ImportPanel(self._shell, self._desks, kind or self._kind)
        panel.closed.connect(self._end)
        panel.imported.connect(self._take)
        self.panel = panel
        self.addWidget(panel)
        self.setCurrentWidget(panel)
        panel.choose()

    def leave(self) -> bool:
        """Leave the preview (Esc); return False when there was none."""
        if self.panel is None:
            return False
        self.panel.leave()
        return True

    def _take(self, done: Done[object]) -> None:
        self._end()
        self.imported.emit(done)

    def _end(self) -> None:
        panel, self.panel = self.panel, None
        if panel is not None:
            self.setCurrentWidget(self._content)
            self.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self.ended.emit()
