"""The opinions of one visit as they stand in the form, before they are saved."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from station_app.domain.opinion import Openness
from station_app.domain.progress import Disposition
from station_app.domain.reception import OpinionDraft
from station_app.ui.cards import link_button
from station_app.ui.flow_layout import FlowLayout

MATTER_KEYS = ("words", "title", "category", "nature", "disposition", "answer", "route", "confidential", "urgent")
"""Keys of the form's fields that belong to one opinion, as in `OpinionDraft` but for ``confidential``."""


@dataclass
class Matter:
    """One opinion as typed; the fields are the raw values of the form.

    Args:
        own_title: whether the clerk wrote the title; otherwise it follows the words.
        main_id: of the matter it is to be merged into when it is registered, or None.
        registered: what is registered already, for a correction; None for a new opinion.
    """

    words: str = ""
    title: str = ""
    own_title: bool = False
    category: str = ""
    nature: str = ""
    disposition: str = Disposition.STUDYING.value
    answer: str = ""
    route: str = ""
    confidential: bool = False
    urgent: bool = False
    main_id: int | None = None
    registered: OpinionDraft | None = None

    @classmethod
    def of(cls, opinion: OpinionDraft) -> "Matter":
        """Return a registered opinion for correction."""
        return cls(
            opinion.words, opinion.title, True, opinion.category, opinion.nature, opinion.disposition.value,
            opinion.answer, opinion.route, opinion.openness is Openness.CONFIDENTIAL, opinion.urgent,
            registered=opinion,
        )  # fmt: skip

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed and nothing registered."""
        return self.registered is None and not any((self.words, self.title, self.answer, self.route))

    def draft(self) -> OpinionDraft:
        """Return the opinion for the service; what the form does not show is kept from the registered one."""
        before = self.registered or OpinionDraft("")
        openness = Openness.CONFIDENTIAL
        if not self.confidential:
            openness = Openness.OPEN if before.openness is Openness.CONFIDENTIAL else before.openness
        disposition = self.registered.disposition if self.registered else Disposition(self.disposition)
        return replace(
            before,
            words=self.words,
            title=self.title,
            category=self.category,
            nature=self.nature,
            openness=openness,
            urgent=self.urgent,
            disposition=disposition,
            # What was chosen away again stays in the form, but is no part of the registration.
            answer=self.answer if disposition is Disposition.ON_SPOT else "",
            route=self.route if disposition is Disposition.REDIRECTED else "",
            main_id=None if self.registered else self.main_id,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return what was typed, for a kept draft."""
        return {key: value for key, value in asdict(self).items() if key != "registered"}

    def with_typed(self, typed: dict[str, Any]) -> "Matter":
        """Return the matter with what a kept draft holds."""
        known = {key: value for key, value in typed.items() if key in {*MATTER_KEYS, "own_title", "main_id"}}
        return replace(self, **known)


class MatterStrip(QWidget):
    """The opinions of a visit side by side; shown as soon as there are two.

    Signals:
        chosen: the number of the opinion to go to.
        dropped: the opinion on show is to be taken out.
    """

    chosen = Signal(int)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._row = FlowLayout(self, spacing=6)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._parts: list[QWidget] = []

    def show_matters(self, matters: list[Matter], at: int) -> None:
        """Show all opinions with the one at ``at`` pressed."""
        for part in self._parts:
            self._row.removeWidget(part)
            part.deleteLater()
        self._parts = []
        for number, matter in enumerate(matters):
            tab = QPushButton(_caption(number, matter))
            tab.setCheckable(True)
            tab.setChecked(number == at)
            tab.setAutoDefault(True)
            self._group.addButton(tab, number)
            self._put(tab)
        if matters[at].registered is None and len(matters) > 1:
            self._put(link_button("删去这条", self.dropped.emit))
        self.setVisible(len(matters) > 1)

    def rename(self, at: int, matter: Matter) -> None:
        """Show the words of an opinion as they are typed."""
        tab = self._group.button(at)
        if tab is not None:
            tab.setText(_caption(at, matter))

    def labels(self) -> list[str]:
        """Return what the buttons say."""
        return [button.text() for button in self._group.buttons()]

    def _put(self, part: QWidget) -> None:
        self._row.addWidget(part)
        self._parts.append(part)


def _caption(number: int, matter: Matter) -> str:
    text = matter.title or matter.words or "（未填）"
    return f"意见{number + 1}　{text if len(text) <= 6 else text[:6] + '…'}"
