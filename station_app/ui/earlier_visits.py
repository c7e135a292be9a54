"""Who is at the table: earlier visits of what may be the same person, told while name or phone are typed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from station_app.domain.opinion import Case
from station_app.domain.reception import Visit
from station_app.domain.text import masked_phone
from station_app.services.similar_desk import Known, Person
from station_app.station import Desks
from station_app.ui.cards import ElidedLabel, dress, label, link_button
from station_app.ui.matter_words import short_title, standing_words
from station_app.ui.theme import TONES, Tone, px

_PATIENCE_MS = 250
_INK = f"color: {TONES[Tone.INFO][0]};"
_MOST_LINES = 3
_MOST_PERSONS = 3
_HEADS = {
    Known.PHONE: "此人来过",
    Known.NAME_AND_VILLAGE: "可能来过（同名同村）",
    Known.NAME: "可能来过（同名）",
    Known.SOUND: "有同音的人来过",
}
_BY = {Known.PHONE: "电话相同", Known.NAME_AND_VILLAGE: "同名同村", Known.NAME: "同名", Known.SOUND: "同音"}


class EarlierVisits(QFrame):
    """Looks the person up a moment after the last key and lists up to three matters or visits of each namesake.

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
        self._village = ""
        self._except_id: int | None = None
        self.newest: Visit | None = None
        self._head = label("", "strong")
        self._head.setStyleSheet(_INK)
        self._lines: list[tuple[ElidedLabel, bool]] = []
        self._brief = False
        take = link_button("带出资料　Alt+R", self.take)
        take.setToolTip("填入此人以前登记的性别、电话、住址（只填空着的）")
        # Alt+R does it from anywhere in the form; Tab goes on to the next field.
        take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(take)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(12), px(4), px(8), px(5))
        self._column.setSpacing(0)
        self._column.addLayout(top)
        self.hide()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.look_now)

    def text(self) -> str:
        """Return what is said; empty when nobody is known."""
        return "" if self.newest is None else "\n".join(part.text() for part in (self._head, *dict(self._lines)))

    def look_for(self, name: str, phone: str, village: str = "", except_id: int | None = None) -> None:
        """Look for a person soon.

        Args:
            village: short name of where they live; empty where unknown.
            except_id: the visit that is being corrected.
        """
        asked = (name, phone, village, except_id)
        if asked != (self._name, self._phone, self._village, self._except_id) or not self.isVisible():
            self._name, self._phone, self._village, self._except_id = asked
            self._patience.start()

    def look_now(self) -> None:
        """Look for the person and tell what is found; namesakes of other places stay apart."""
        self._patience.stop()
        persons = self._desks.similar.persons(self._name, self._phone, self._village, self._except_id)[:_MOST_PERSONS]
        self.newest = persons[0].visits[0][0] if persons else None
        if persons:
            self._head.setText(_head(persons[0]))
        alone = len(persons) == 1
        lines: list[tuple[str, bool]] = []
        for person in persons:
            told = [line for visit, cases in person.visits for line in _lines(visit, cases)]
            told = told[:_MOST_LINES] if alone else [_who(person), *told[: _MOST_LINES - 1]]
            lines += [(line, place == 0) for place, line in enumerate(told)]
        self._put(lines)
        self.setVisible(bool(persons))

    def be_brief(self, brief: bool) -> None:
        """Leave the room to what is told of the matter: one line of a single person, the names alone of several."""
        self._brief = brief
        self._show_lines()

    def _put(self, lines: list[tuple[str, bool]]) -> None:
        """Show lines, each with whether it stays when there is little room."""
        for part, _ in self._lines:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._lines = []
        for line, stays in lines:
            part = ElidedLabel(line)
            part.setStyleSheet(_INK)
            self._column.addWidget(part)
            self._lines.append((part, stays))
        self._show_lines()

    def _show_lines(self) -> None:
        for part, stays in self._lines:
            part.setVisible(stays or not self._brief)

    def forget(self) -> None:
        """Say nothing until somebody else is typed."""
        self._patience.stop()
        self.newest = None
        self.hide()

    def take(self) -> None:
        """Ask the form to take over what is known of the person."""
        if self.newest is not None:
            self.taken.emit(self.newest)


def _head(person: Person) -> str:
    """Return by what the likeliest person is known; of a namesake also from where, for it may be somebody else."""
    elsewhere = person.village if person.known in {Known.NAME, Known.SOUND} else ""
    name = person.name if person.known is Known.SOUND else ""
    return "　".join(part for part in (_HEADS[person.known], name, elsewhere) if part)


def _who(person: Person) -> str:
    """Return one of several namesakes: who it is, and by what they are known."""
    parts = (person.name or "匿名", person.village, masked_phone(person.phone))
    return f"{'　'.join(part for part in parts if part)}（{_BY[person.known]}）"


def _lines(visit: Visit, cases: tuple[Case, ...]) -> list[str]:
    if not cases:
        return [f"{visit.number}　{visit.on}　{visit.shown_name}　{visit.village}"]
    return [f"{case.number}　{visit.on}　“{short_title(case)}”（{standing_words(case)}）" for case in cases]
