"""Offers a registration that was not finished: after a crash, or when the clerk left it for a while."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from station_app.domain.operators import Right
from station_app.station import Desks
from station_app.ui.cards import button, dress, label
from station_app.ui.visit_entry import DRAFT_FORM, MODE_TITLES, VisitMode


class DraftBar(QFrame):
    """One line on top of the page; hidden while nothing is unfinished.

    Signals:
        resumed: what was kept and the slot it is kept under.
        dropped: the slot to forget.
    """

    resumed = Signal(dict, str)
    dropped = Signal(str)

    def __init__(self, desks: Desks) -> None:
        super().__init__()
        self._desks = desks
        self._slot = ""
        self._body: dict[str, Any] = {}
        dress(self, "notice-warning")
        self._words = label("", wrap=True)
        self.resume_button = button("继续", "", "Alt+G")
        self.resume_button.clicked.connect(lambda _checked=False: self.resume())
        self.drop_button = button("丢弃")
        self.drop_button.clicked.connect(lambda _checked=False: self.dropped.emit(self._slot))
        row = QHBoxLayout(self)
        row.addWidget(self._words, 1)
        row.addWidget(self.resume_button)
        row.addWidget(self.drop_button)
        self.hide()

    def look(self, open_slot: str = "") -> None:
        """Offer the newest unfinished registration, but not the one in the open form."""
        kept = [one for one in self._desks.housekeeping.kept_drafts(DRAFT_FORM) if one.record_uid != open_slot]
        if not self._desks.operators.may(Right.REGISTER):
            kept = []
        self.setVisible(bool(kept))
        if not kept:
            return
        newest = kept[0]
        self._slot, self._body = newest.record_uid, newest.body
        others = f"（另有 {len(kept) - 1} 份）" if len(kept) > 1 else ""
        self._words.setText(f"{self._when(newest.saved_at)} 有一份没有完成的{_what(newest.body)}{others}，要继续吗？")

    def words(self) -> str:
        """Return what is said."""
        return self._words.text()

    def resume(self) -> None:
        """Ask for what was kept to be brought back."""
        if self.isVisible():
            self.resumed.emit(self._body, self._slot)

    def _when(self, saved_at: str) -> str:
        at = datetime.fromisoformat(saved_at)
        return f"{at:%H:%M}" if at.date() == self._desks.clock.today() else f"{at:%m-%d %H:%M}"


def _what(body: dict[str, Any]) -> str:
    """Return which form it is and its first words: 登记接待 覃水生“沟渠淤塞…”."""
    mode = VisitMode(body["mode"]) if body.get("mode") in set(VisitMode) else VisitMode.NEW
    name = str(body.get("fields", {}).get("visitor.name", ""))
    words = next((str(one["words"]) for one in body.get("matters", ()) if one.get("words")), "")
    beginning = words if len(words) <= 12 else f"{words[:12]}…"
    return f"{MODE_TITLES[mode]}　{name}" + (f"“{beginning}”" if beginning else "")
