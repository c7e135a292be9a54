"""Offers what was not finished: after a crash, or when the clerk left it for a while. Nothing is forced."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from station_app.domain.kept_draft import KeptDraft
from station_app.support.clock import Clock
from station_app.ui.cards import WrappingLabel, button, dress
from station_app.ui.messages import Messages
from station_app.ui.theme import TONES, Tone, px


class DraftBar(QFrame):
    """One line on top of a page or form; hidden while nothing is unfinished.

    Signals:
        resumed: the `KeptDraft` to go on with.
        dropped: the `KeptDraft` to forget; the clerk was asked.

    Args:
        clock: today is an argument.
        messages: for the question before something is thrown away.
        key: the shortcut of 继续; whoever shows the bar binds it.
    """

    resumed = Signal(object)
    dropped = Signal(object)

    def __init__(self, clock: Clock, messages: Messages, key: str) -> None:
        super().__init__()
        self._clock = clock
        self._messages = messages
        self._kept: KeptDraft | None = None
        dress(self, "notice-warning")
        self._words = WrappingLabel()
        self._words.setStyleSheet(f"color: {TONES[Tone.WARNING][0]};")
        self.resume_button = button("继续", "", key)
        self.resume_button.clicked.connect(lambda _checked=False: self.resume())
        self.drop_button = button("丢弃")
        self.drop_button.clicked.connect(lambda _checked=False: self._drop())
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), px(6), px(10), px(6))
        row.addWidget(self._words, 1)
        row.addWidget(self.resume_button)
        row.addWidget(self.drop_button)
        self.hide()

    def offer(self, kept: Sequence[KeptDraft], *, same: bool = False) -> None:
        """Offer the first of these; none hides the bar.

        Args:
            same: they stand in the form they belong to, which need not be named again.
        """
        self._kept = kept[0] if kept else None
        if self._kept is not None:
            others = f"（另有 {len(kept) - 1} 份）" if len(kept) > 1 else ""
            what = str(self._kept.body.get("about", "")) if same else self._kept.words()
            told = f"这里有没有填完的内容{what}" if same else f"有一份没有完成的{what}"
            self._words.setText(f"{when(self._kept, self._clock.today())} {told}{others}，要继续吗？")
        self.setVisible(self._kept is not None)

    def words(self) -> str:
        """Return what is said."""
        return self._words.text()

    def resume(self) -> None:
        """Ask for what was kept to be brought back."""
        if self._kept is not None and self.isVisible():
            self.resumed.emit(self._kept)

    def _drop(self) -> None:
        kept = self._kept
        if kept is not None and self._messages.ask(
            f"丢弃这份没有完成的{kept.body.get('title', '')}吗？",
            "丢弃后不能恢复。",
            yes="丢弃",
            no="保留",
            danger=True,
        ):
            self.dropped.emit(kept)


def when(kept: KeptDraft, today: date) -> str:
    """Return when something was kept: 09:12, or of another day 11-21 09:12."""
    at = datetime.fromisoformat(kept.saved_at)
    return f"{at:%H:%M}" if at.date() == today else f"{at:%m-%d %H:%M}"
