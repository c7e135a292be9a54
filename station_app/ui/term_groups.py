"""换届, step 4: what becomes of the memberships in groups."""

from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout

from station_app.domain.term_change import GROUPS_FATE_LABELS, Fate, GroupsFate, TermChange, ends_altogether
from station_app.station import Desks
from station_app.ui.cards import Notice, label
from station_app.ui.page import Shell
from station_app.ui.term_step import TermStep
from station_app.ui.theme import Tone, px

_HINTS = {
    GroupsFate.KEEP: "联户也一样：离任并且不再担任其他层级代表的，到新一届起始那天为止。",
    GroupsFate.END: "上一届所有代表的小组、联户都到新一届起始那天为止；换届后在“代表”页重新编组。",
    GroupsFate.LATER: "小组和联户一概不改；离任的代表以后在“代表”页移出。",
}


class TermGroups(TermStep):
    """See the module.

    Args:
        desks: the desks of the open station.
    """

    word = "小组"

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        del shell
        self._desks = desks
        self._change: TermChange | None = None
        self._group = QButtonGroup(self)
        self.choices: dict[GroupsFate, QRadioButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(16), px(18), px(8))
        column.setSpacing(px(6))
        column.addWidget(label("原来的小组和联户怎么办", "heading"))
        for fate, word in GROUPS_FATE_LABELS.items():
            made = QRadioButton(word)
            made.clicked.connect(lambda _checked=False, fate=fate: self._choose(fate))
            self._group.addButton(made)
            self.choices[fate] = made
            hint = label(_HINTS[fate], "small", wrap=True)
            hint.setContentsMargins(px(26), 0, 0, px(6))
            column.addWidget(made)
            column.addWidget(hint)
        self._told = Notice(Tone.INFO)
        column.addWidget(self._told)
        column.addStretch(1)

    def show_change(self, change: TermChange) -> None:
        """See `TermStep.show_change`."""
        self._change = change
        self.choices[change.groups].setChecked(True)
        deputies = self._desks.roster.deputies()
        names = {deputy.id: deputy.name for deputy in deputies}
        leaving = ends_altogether(change, deputies)
        grouped = {
            member.deputy_id for group in self._desks.grouping.groups() for member in group.members_on(change.begins_on)
        }
        told = [names[one] for one in leaving if one in grouped]
        some = "、".join(told[:12]) + (" 等" if len(told) > 12 else "")
        self._told.say(
            f"离任 {change.count(Fate.ENDED)} 位，其中 {len(leaving)} 位不再担任任何一级代表",
            f"现在编在小组里的有 {len(told)} 位：{some}。" if told else "他们现在都没有编在小组里。",
        )

    def start(self) -> None:
        """See `TermStep.start`."""
        if self._change is not None:
            self.choices[self._change.groups].setFocus()

    def _choose(self, fate: GroupsFate) -> None:
        if self._change is not None:
            self._change = replace(self._change, groups=fate)
            self.edited.emit(self._change)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """See `TermStep.shortcuts`."""
        return (("↑ ↓", "小组：选一种办法"),)
