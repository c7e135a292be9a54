"""Who is at the table: earlier visits of what may be the same person, told while name or phone are typed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from station_app.domain.events import SATISFACTION_LABELS
from station_app.domain.opinion import Case
from station_app.domain.progress import STATE_LABELS
from station_app.domain.reception import Visit
from station_app.station import Desks
from station_app.ui.cards import dress, label, link_button
from station_app.ui.theme import TONES, Tone, px

_PATIENCE_MS = 250
_MOST_LINES = 3


class EarlierVisits(QFrame):
    """Looks the person up a moment after the last key and lists up to three matters or visits.

    Signals:
        taken: the newest earlier `Visit`, whose gender, phone and address the clerk wants to take over.
    """

    taken = Signal(object)

    def __init__(self, desks: Desks) -> None:
        super().__init__()
        dress(self, "notice-info")
        self._desks = desks
        self._name = ""
        self._phone = ""
        self._except_id: int | None = None
        self.newest: Visit | None = None
        self._head = label("", "strong")
        self._lines = label("", wrap=True)
        for part in (self._head, self._lines):
            part.setStyleSheet(f"color: {TONES[Tone.INFO][0]};")
        take = link_button("带出资料　Alt+R", self.take)
        take.setToolTip("填入此人以前登记的性别、电话、住址（只填空着的）")
        # Alt+R does it from anywhere in the form; Tab goes on to the next field.
        take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(take)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(4), px(8), px(5))
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._lines)
        self.hide()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.look_now)

    def text(self) -> str:
        """Return what is said; empty when nobody is known."""
        return "" if self.newest is None else f"{self._head.text()}\n{self._lines.text()}"

    def look_for(self, name: str, phone: str, except_id: int | None = None) -> None:
        """Look for a person soon; ``except_id`` is the visit that is being corrected."""
        self._name, self._phone, self._except_id = name, phone, except_id
        self._patience.start()

    def look_now(self) -> None:
        """Look for the person and tell what is found."""
        self._patience.stop()
        found = [
            (visit, cases)
            for visit, cases in self._desks.reception.earlier_visits(self._name, self._phone)
            if visit.id != self._except_id
        ]
        self.newest = found[0][0] if found else None
        sure = bool(self._phone) and any(visit.phone == self._phone for visit, _ in found)
        self._head.setText("此人来过" if sure else "可能来过（同名）")
        lines = [line for visit, cases in found for line in _lines(visit, cases)]
        self._lines.setText("\n".join(lines[:_MOST_LINES]))
        self.setVisible(bool(found))

    def forget(self) -> None:
        """Say nothing until somebody else is typed."""
        self._patience.stop()
        self.newest = None
        self.hide()

    def take(self) -> None:
        """Ask the form to take over what is known of the person."""
        if self.newest is not None:
            self.taken.emit(self.newest)


def _lines(visit: Visit, cases: list[Case]) -> list[str]:
    if not cases:
        return [f"{visit.number}　{visit.on}　{visit.shown_name}　{visit.village}"]
    return [f"{case.number}　{visit.on}　“{_short(case.title)}”（{_state(case)}）" for case in cases]


def _short(title: str) -> str:
    return title if len(title) <= 11 else f"{title[:10]}…"


def _state(case: Case) -> str:
    rating = case.progress.satisfaction
    return " ".join(
        word for word in (STATE_LABELS[case.progress.state], SATISFACTION_LABELS[rating] if rating else "") if word
    )
