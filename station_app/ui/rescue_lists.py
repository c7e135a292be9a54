"""The two lists of a rescue: the backups there are, and the newer entries with their ticks."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.backup import Backup
from station_app.services.rescue_desk import RescueLine
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark, Shape
from station_app.ui.theme import Tone


def _count(backup: Backup, table: str) -> int | None:
    return backup.manifest.counts.get(table) if backup.manifest else None


_BACKUPS: Ledger[Backup] = Ledger(
    "rescue_backups",
    "备份",
    (
        Column("at", "备份时间", lambda one: f"{one.at:%Y-%m-%d %H:%M}", Kind.CODE, 18),
        Column("occasion", "什么时候做的", lambda one: one.occasion, Kind.LABEL, 14),
        Column("proven", "核对", lambda one: "已验证" if one.proven else "未验证", Kind.LABEL, 10),
        Column("visits", "接待(批)", lambda one: _count(one, "visits"), Kind.COUNT, 10),
        Column("opinions", "意见(件)", lambda one: _count(one, "opinions"), Kind.COUNT, 10),
        Column("name", "文件", lambda one: one.path.name, Kind.TEXT, 30),
    ),
)
_STEPS: Ledger[RescueLine] = Ledger(
    "rescue_steps",
    "备份之后登记的内容",
    (
        Column("back", "找回", lambda _line: "", Kind.LABEL, 9),
        Column("at", "时间", lambda line: line.at, Kind.CODE, 16),
        Column("operator", "操作人", lambda line: line.operator, Kind.LABEL, 8),
        Column("label", "做了什么", lambda line: line.label, Kind.TEXT, 40),
        Column("verdict", "情况", lambda line: line.verdict, Kind.LABEL, 13),
    ),
)


class BackupList(LedgerTable):
    """The backups to choose from."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__(
            _BACKUPS, lambda one: one.path, settings, marks={"proven": _proven}, stretch="name", yielding=("occasion",)
        )


class StepList(LedgerTable):
    """The newer entries; blank or Enter ticks or unticks those selected.

    Signals:
        ticked: a tick was set or taken away.

    Attributes:
        unwanted: ids of entries that could come back and are not ticked.
    """

    ticked = Signal()

    def __init__(self, settings: QSettings) -> None:
        self.unwanted: frozenset[int] = frozenset()
        marks = {"back": self._back, "verdict": _verdict}
        super().__init__(_STEPS, lambda line: line.id, settings, marks=marks, stretch="label", yielding=("operator",))
        self.set_empty("备份之后没有登记新的内容，不需要另外找回。")
        self.opened.connect(lambda _row: self.tick())
        blank = QShortcut(QKeySequence(Qt.Key.Key_Space), self.view, self.tick)
        blank.setContext(Qt.ShortcutContext.WidgetShortcut)

    def show_lines(self, lines: Sequence[RescueLine]) -> None:
        """Show the entries, all that can come back ticked."""
        self.unwanted = frozenset()
        self.set_rows(lines)
        if lines:
            self.select(lines[0].id)
        self.ticked.emit()

    def tick(self) -> None:
        """Tick the selected entries, or untick them when they are ticked."""
        chosen = frozenset(line.id for line in self.selected_rows() if line.comes_back)
        self.unwanted = self.unwanted - chosen if chosen & self.unwanted else self.unwanted | chosen
        self.view.viewport().update()
        self.ticked.emit()

    def _back(self, line: RescueLine) -> Mark:
        if not line.comes_back:
            return Mark("不能", Tone.QUIET)
        return Mark("不要", Tone.QUIET, Shape.RING) if line.id in self.unwanted else Mark("找回", Tone.GOOD)


def _proven(backup: Backup) -> Mark:
    return Mark("已验证", Tone.GOOD) if backup.proven else Mark("未验证", Tone.WARNING)


def _verdict(line: RescueLine) -> Mark | None:
    return None if line.comes_back else Mark(line.verdict, Tone.WARNING)
