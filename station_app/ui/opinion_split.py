"""The ledger and the panel beside it: how the page of opinions shares its room between them."""

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from station_app.ui.theme import px

_SPLIT_KEY = "opinions/split"
_LEAST_PANEL, _USUAL_PANEL = 344, 430
_PANEL_SHARE = 0.33


class OpinionSplit(QSplitter):
    """The table at the left; at the right the panel, or a form over it. The clerk's own division is remembered.

    Args:
        ledger: stands at the left.
        panel: stands at the right whenever no form does.
        settings: what the window remembers.
    """

    def __init__(self, ledger: QWidget, panel: QWidget, settings: QSettings) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._panel = panel
        self._settings = settings
        self._least = px(_LEAST_PANEL)
        self._right = QStackedWidget()
        self._right.addWidget(panel)
        self._right.setMinimumWidth(self._least)
        self.setHandleWidth(px(12))
        self.setChildrenCollapsible(False)
        self.addWidget(ledger)
        self.addWidget(self._right)
        self.setStretchFactor(0, 1)
        kept = settings.value(_SPLIT_KEY)
        self._by_clerk = isinstance(kept, QByteArray) and self.restoreState(kept)
        self.splitterMoved.connect(self._keep)

    def cover(self, form: QWidget, *, wide: bool = False) -> None:
        """Show a form over the panel.

        Args:
            wide: whether it has two columns of fields, which need more room than a matter.
        """
        self._right.addWidget(form)
        self._right.setCurrentWidget(form)
        self._least = max(form.minimumSizeHint().width(), px(_USUAL_PANEL if wide else _LEAST_PANEL))
        self._share()

    def uncover(self, form: QWidget) -> None:
        """Take a form away; the panel comes to sight again."""
        self._right.setCurrentWidget(self._panel)
        self._right.removeWidget(form)
        self._least = px(_LEAST_PANEL)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room whenever it changes, until the clerk does it."""
        super().resizeEvent(event)
        if not self._by_clerk:
            self._share()

    def _share(self) -> None:
        self._right.setMinimumWidth(self._least)
        panel = max(self._least, min(round(self.width() * _PANEL_SHARE), px(_USUAL_PANEL)))
        if not self._by_clerk:
            self.setSizes([self.width() - panel, panel])

    def _keep(self) -> None:
        self._by_clerk = True
        self._settings.setValue(_SPLIT_KEY, self.saveState())
