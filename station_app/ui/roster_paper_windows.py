"""公示牌 and 名册核对表 on screen: chosen, shown as the very pages, printed and saved."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from station_app.services.roster_papers import ARRANGED_LABELS, CHECK_TITLE, WALL_TITLE, Arranged, WallChoice
from station_app.station import Desks
from station_app.ui.cards import label
from station_app.ui.fields import CheckField, LineField, SegmentField
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.jobs import Progress
from station_app.ui.page import Shell
from station_app.ui.saved_paper_window import SavedPaperWindow, Write
from station_app.ui.theme import px

_KEPT: Final = "wall_roster"
_PATIENCE_MS: Final = 400


class WallWindow(SavedPaperWindow):
    """The 公示牌 with what can be chosen about it above the pages.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, parent: QWidget | None) -> None:
        self._choice = _kept(shell, desks)
        super().__init__(shell, desks, WALL_TITLE, _wall(self._choice), parent)
        kept = self._choice
        self.arranged = SegmentField("排列", list(ARRANGED_LABELS.items()))
        self.paper = SegmentField("纸张", [(size, size) for size in ("A3", "A4")])
        self.lying = SegmentField("方向", [(False, "竖"), (True, "横")])
        self.hours = LineField("接待时间", placeholder="没有就空着")
        self.phones = CheckField("电话", "印同意公开的电话")
        self.hours.setMinimumWidth(px(245))
        self.arranged.set_value(kept.arranged)
        self.paper.set_value(kept.paper)
        self.lying.set_value(kept.landscape)
        self.hours.set_value(kept.hours)
        self.phones.set_value(kept.phones)
        self._waiting = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._waiting.timeout.connect(self._chose)
        row = QWidget()
        flow = FlowLayout(row, spacing=px(14))
        for field in (self.arranged, self.paper, self.lying, self.hours, self.phones):
            field.changed.connect(self._waiting.start)
        for part in (self.arranged, self.paper, self.lying, _captioned("接待时间", self.hours), self.phones):
            flow.addWidget(part)
        self.column.insertWidget(1, row)

    def choice(self) -> WallChoice:
        """Return what is chosen."""
        return WallChoice(
            self.arranged.value(), self.paper.value(), self.lying.value(), self.phones.value(), self.hours.value()
        )

    def _chose(self) -> None:
        chosen = self.choice()
        if chosen != self._choice:
            self._choice = chosen
            self._shell.settings.setValue(
                _KEPT, [chosen.arranged.value, chosen.paper, str(chosen.landscape), str(chosen.phones), chosen.hours]
            )
            self.write_anew(_wall(chosen))


class CheckListWindow(SavedPaperWindow):
    """The 名册核对表, each area group on pages of its own or all deputies in one list."""

    def __init__(self, shell: Shell, desks: Desks, parent: QWidget | None) -> None:
        super().__init__(shell, desks, CHECK_TITLE, _check_list(by_group=True), parent)
        self.by_group = SegmentField("", [(True, "每个小组分页"), (False, "全部代表一起")])
        self.by_group.changed.connect(self._chose)
        self.column.insertWidget(1, self.by_group)

    def _chose(self) -> None:
        self.write_anew(_check_list(by_group=self.by_group.value()))


def _captioned(words: str, field: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(6))
    row.addWidget(label(words, "muted"))
    row.addWidget(field)
    return made


def _kept(shell: Shell, desks: Desks) -> WallChoice:
    """Return what was chosen last on this PC."""
    kept = shell.settings.value(_KEPT, [])
    if not isinstance(kept, list) or len(kept) != 5 or kept[0] not in set(Arranged) or kept[1] not in {"A3", "A4"}:
        return WallChoice(hours=desks.roster_papers.usual_hours())
    return WallChoice(Arranged(kept[0]), kept[1], kept[2] == "True", kept[3] == "True", str(kept[4]))


def _wall(choice: WallChoice) -> Write:
    return lambda desks, path, progress, cancelled: desks.roster_papers.write_wall(choice, path, progress, cancelled)


def _check_list(*, by_group: bool) -> Write:
    def write(desks: Desks, path: Path, progress: Progress, cancelled: Callable[[], bool]) -> dict[str, str]:
        papers = desks.roster_papers
        return papers.write_check_list(path, by_group=by_group, progress=progress, cancelled=cancelled)

    return write
