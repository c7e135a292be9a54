"""A quiet line on 今日: the forms that were not finished, each a link to go on with it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from station_app.domain.kept_draft import KeptDraft
from station_app.ui.cards import label, link_button
from station_app.ui.draft_bar import when
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.theme import px

_MOST = 4


class UnfinishedLine(QFrame):
    """See the module; hidden while everything is finished.

    Signals:
        chosen: the `KeptDraft` to go on with.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "notice-quiet")
        self._row = FlowLayout(self, spacing=4)
        self._row.setContentsMargins(px(12), px(4), px(12), px(4))
        self._row.addWidget(label("没有填完：", "muted"))
        self.hide()

    def show_drafts(self, drafts: Sequence[KeptDraft], today: date) -> None:
        """Show the newest few."""
        while self._row.count() > 1:
            item = self._row.takeAt(1)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for kept in drafts[:_MOST]:
            words = f"{kept.words()}（{when(kept, today)}）".replace("&", "&&")
            self._row.addWidget(link_button(words, partial(self.chosen.emit, kept)))
        if len(drafts) > _MOST:
            self._row.addWidget(label(f"另有 {len(drafts) - _MOST} 份", "small"))
        self.setVisible(bool(drafts))
        self.updateGeometry()
