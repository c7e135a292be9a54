"""换届, step 5: everything that will be written, and what does not fit."""

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.domain.people import END_REASON_LABELS
from station_app.domain.term_change import GROUPS_FATE_LABELS, Fate, TermChange, differences
from station_app.domain.term_checks import Finding
from station_app.station import Desks
from station_app.ui.cards import Notice, label
from station_app.ui.page import Shell
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.term_step import TermStep
from station_app.ui.theme import Tone, px


class TermSummary(TermStep):
    """See the module.

    Args:
        desks: the desks of the open station.

    Attributes:
        findings: what was found when it was last shown.
    """

    word = "核对并写入"

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        del shell
        self._desks = desks
        self.findings: list[Finding] = []
        self.blocking = Notice(Tone.DANGER)
        self.remarks = Notice(Tone.WARNING)
        self.area = ScrollColumn()
        self._inside: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(4), px(8), px(4), 0)
        self.area.body.addWidget(self.blocking)
        self.area.body.addWidget(self.remarks)
        column.addWidget(self.area)

    @property
    def blocked(self) -> bool:
        """Whether something keeps the change from being carried out."""
        return any(one.blocks for one in self.findings)

    def show_change(self, change: TermChange) -> None:
        """See `TermStep.show_change`."""
        self.findings = self._desks.term_change.findings(change)
        wrong = [one.text for one in self.findings if one.blocks]
        self.blocking.say("先办完这些才能写入" if wrong else "", "\n".join(wrong))
        others = [one.text for one in self.findings if not one.blocks]
        self.remarks.say("请再看一眼（不影响写入）" if others else "", "\n".join(others))
        inside = QWidget()
        inside.setObjectName("clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        for title, text in self._parts(change):
            column.addWidget(label(title, "heading"))
            column.addWidget(label(text, wrap=True))
        column.addStretch(1)
        if self._inside is not None:
            self.area.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = inside
        self.area.body.addWidget(inside, 1)
        inside.show()

    def _parts(self, change: TermChange) -> Iterable[tuple[str, str]]:
        deputies = {deputy.id: deputy for deputy in self._desks.roster.deputies()}
        word = self._desks.terms.level_word(change.level)
        until = f"，到 {change.until} 届满" if change.until else ""
        spans = f"上一届到 {change.ends_on} 为止，新一届从 {change.begins_on} 起{until}。"
        districts = "选区沿用上一届。" if change.keep_constituencies else "选区按新名单登记。"
        groups = f"小组：{GROUPS_FATE_LABELS[change.groups]}。"
        yield f"{word}{change.old_term} → {word}{change.new_term}", f"{spans}{districts}{groups}"
        carried = [one for one in change.outgoing if one.fate is Fate.CARRIED]
        taken = sum(one.take and any(differences(deputies[one.deputy_id], one.sheet)) for one in carried)
        told = "、".join(deputies[one.deputy_id].name for one in carried)
        yield f"连任 {len(carried)} 位" + (f"，其中 {taken} 位按新名单改了信息" if taken else ""), told or "没有"
        ended = [one for one in change.outgoing if one.fate is Fate.ENDED]
        names = "、".join(f"{deputies[one.deputy_id].name}（{END_REASON_LABELS[one.reason]}）" for one in ended)
        yield f"离任 {len(ended)} 位", names or "没有"
        new = "、".join(
            (one.name or "（没有姓名）") + ("（已登记）" if one.deputy_id else "") for one in change.newcomers
        )
        yield f"新任 {len(change.newcomers)} 位", new or "没有"
        total = len(carried) + len(change.newcomers)
        yield f"新一届共 {total} 位", "写入前先做备份；写入是一步，可以整个撤销（Ctrl+Z）。以前的记录都不改动。"

    def start(self) -> None:
        """See `TermStep.start`."""
        self.area.verticalScrollBar().setValue(0)
