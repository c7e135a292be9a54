"""The last steps of this sign-in, to take back several at once (Ctrl+Shift+Z)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from station_app.domain.problems import InvalidInput
from station_app.services.done import Done
from station_app.services.housekeeping import PastStep
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Notice, PrimaryButton, button, label
from station_app.ui.messages import Messages
from station_app.ui.theme import TONES, Tone, px

KEY = "Ctrl+Shift+Z"
_WHY = "只能撤销本次登录以来的最近 20 步。更早的、换人以前的，请用更正，删除的可在“最近删除”里恢复。"


class UndoList(QDialog):
    """The steps, the last one first; the one chosen and all above it are taken back together.

    Args:
        parent: the window.
        desks: the desks of the open station.
        messages: for faults.
        publish: takes the finished `Done`.
    """

    def __init__(self, parent: QWidget, desks: Desks, messages: Messages, publish: Callable[[Done[Any]], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("撤销最近几步")
        self._desks = desks
        self._messages = messages
        self._publish = publish
        self._steps: Sequence[PastStep] = desks.housekeeping.past_steps()
        self.steps = QListWidget()
        self.steps.setAccessibleName("最近几步，最后一步在上")
        self.told = label("", "strong", wrap=True)
        self.told.setMinimumHeight(px(40))
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.refusal = Notice(Tone.WARNING)
        self.undo_button = PrimaryButton("撤销", "undo-2", "Enter")
        self.undo_button.clicked.connect(lambda _checked=False: self.undo())
        self._lay_out()
        self._fill()
        self.steps.currentRowChanged.connect(self._mark)
        self.steps.itemActivated.connect(lambda _item: self.undo())
        QShortcut(QKeySequence(KEY), self, self.close)
        self.steps.setCurrentRow(0)
        self._mark(self.steps.currentRow())
        self.steps.setFocus()

    def _lay_out(self) -> None:
        closing = button("不撤销", "", "Esc")
        closing.clicked.connect(lambda _checked=False: self.close())
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.undo_button)
        last.addWidget(closing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(14), px(16), px(12))
        whole.setSpacing(px(8))
        whole.addWidget(label("选到哪一步，就从最后一步起一直撤销到那一步。", "muted", wrap=True))
        whole.addWidget(self.steps, 1)
        whole.addWidget(self.refusal)
        whole.addWidget(self.told)
        whole.addWidget(label(_WHY, "small", wrap=True))
        whole.addLayout(last)
        self.resize(px(520), px(460))

    def _fill(self) -> None:
        today = self._desks.clock.today()
        for step in self._steps:
            at = datetime.fromisoformat(step.at)
            time = f"{at:%H:%M}" if at.date() == today else f"{at:%m-%d %H:%M}"
            known = step.about.partition(" ")[2] or step.about
            about = "" if known in step.label else f"　{step.about}"
            item = QListWidgetItem(f"{time}　{step.label}{about}" + (f"　（{step.why_not}）" if step.why_not else ""))
            item.setSizeHint(QSize(0, px(30)))
            if step.why_not:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.steps.addItem(item)

    def going(self) -> list[PastStep]:
        """Return the steps that would be taken back, the last one first."""
        chosen = self.steps.currentRow()
        return [step for step in self._steps[: chosen + 1] if not step.why_not]

    def _mark(self, _row: int) -> None:
        going = self.going()
        ids = {step.id for step in going}
        for row, step in enumerate(self._steps):
            item = self.steps.item(row)
            item.setBackground(Qt.GlobalColor.transparent if step.id not in ids else QColor(TONES[Tone.WARNING][1]))
        words = "、".join(step.label for step in going[:3]) + (" 等" if len(going) > 3 else "")
        self.told.setText(f"将撤销以下 {len(going)} 步：{words}" if going else "没有可以撤销的操作。")
        self.undo_button.setText(f"撤销这 {len(going)} 步" if len(going) > 1 else "撤销这一步")
        self.undo_button.setEnabled(bool(going))
        self.undo_button.updateGeometry()

    def undo(self) -> None:
        """Take the steps back (Enter)."""
        going = self.going()
        if not going:
            return
        try:
            done = self._desks.housekeeping.undo(back_to=going[-1].id)
        except InvalidInput as refused:
            self.refusal.say("没有撤销", str(refused))
        except StationFault as fault:
            self._messages.tell_fault(fault)
        else:
            self.accept()
            self._publish(done)
