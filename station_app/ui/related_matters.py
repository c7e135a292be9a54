"""What belongs to a matter: the one it is merged into, those merged into it, and when it was raised before."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.opinion import Case
from station_app.station import Desks
from station_app.ui.cards import label, link_button
from station_app.ui.matter_words import past_words, standing_words
from station_app.ui.theme import px

_MOST_JOINED = 8


class RelatedMatters(QWidget):
    """Lines with links; hidden while there is nothing to tell.

    Signals:
        asked: the id of a matter the clerk wants to see.

    Args:
        desks: the desks of the open station.
    """

    asked = Signal(int)

    def __init__(self, desks: Desks) -> None:
        super().__init__()
        self._desks = desks
        self._shown: tuple[object, int] = (None, -1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))
        self._parts: list[QWidget] = []
        self._texts: list[str] = []
        self.hide()

    def texts(self) -> list[str]:
        """Return the lines, each with the words of its link."""
        return list(self._texts)

    def forget(self) -> None:
        """Tell nothing."""
        self._shown = (None, -1)
        self._clear()
        self.hide()

    def show_case(self, case: Case) -> None:
        """Tell what belongs to a matter, as the register stands now."""
        now = (case, self._desks.opinions.snapshot().step_id)
        ready = self._desks.similar.is_ready()
        if now == self._shown and ready:
            return
        self._shown = now
        self._clear()
        joined = self._desks.merging.joined(case.id)
        if case.progress.main_id:
            self._tell("已并入", [self._desks.opinions.case(case.progress.main_id)], _with_name)
        if joined:
            self._tell(f"并入此件的 {len(joined)} 件（各自反馈、评价、办结）", joined[:_MOST_JOINED], _with_name)
            if len(joined) > _MOST_JOINED:
                self._put(label(f"…… 等 {len(joined)} 件", "small"), "")
        if before := self._desks.similar.raised_before(case) if ready else []:
            self._tell("以前反映过", before, past_words)
        self.setVisible(bool(self._parts))

    def _tell(self, caption: str, cases: list[Case], words: Callable[[Case], str]) -> None:
        self._put(label(f"{caption}：", "small"), "")
        for case in cases:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            link = link_button(case.number, partial(self.asked.emit, case.id))
            link.setToolTip(f"查看这一件：{case.title}")
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(words(case), "muted", wrap=True), 1)
            self._put(line, f"{caption}：{case.number}　{words(case)}")

    def _put(self, part: QWidget, text: str) -> None:
        self._parts.append(part)
        if text:
            self._texts.append(text)
        self._column.addWidget(part)
        part.show()

    def _clear(self) -> None:
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._texts = [], []


def _with_name(case: Case) -> str:
    return f"{case.petitioner}　{standing_words(case)}"
