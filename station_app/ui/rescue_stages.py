"""The stages of a rescue and the rail that tells where the clerk is."""

from enum import IntEnum
from typing import Final

from PySide6.QtWidgets import QLabel

from station_app.ui.cards import Card, dress, label
from station_app.ui.theme import px


class Stage(IntEnum):
    """Where the clerk is."""

    PASSWORD = 0
    REPORT = 1
    BACKUP = 2
    STEPS = 3
    RESULT = 4


_WORDS: Final = {
    Stage.REPORT: "1　检查报告",
    Stage.BACKUP: "2　用哪份备份",
    Stage.STEPS: "3　备份之后登记的",
    Stage.RESULT: "4　抢救结果",
}
NEXT_WORDS: Final = {
    Stage.PASSWORD: "开始检查",
    Stage.REPORT: "下一步",
    Stage.BACKUP: "下一步",
    Stage.STEPS: "开始抢救",
    Stage.RESULT: "打开登记簿",
}
"""What the button at the lower right does at each stage."""


class RescueRail(Card):
    """The stages one under the other, the present one in bold."""

    def __init__(self) -> None:
        super().__init__("怎么做")
        self.setFixedWidth(px(190))
        self._labels: dict[Stage, QLabel] = {}
        for stage, words in _WORDS.items():
            self._labels[stage] = label(words, "muted")
            self.body.addWidget(self._labels[stage])
        self.body.addSpacing(px(10))
        self.body.addWidget(label("点“开始抢救”之前，不改动任何文件。", "small", wrap=True))
        self.body.addStretch(1)

    def show_stage(self, stage: Stage) -> None:
        """Write the present stage in bold."""
        for one, part in self._labels.items():
            dress(part, "strong" if one is stage else "muted")
