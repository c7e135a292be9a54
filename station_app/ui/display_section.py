"""设置 · 显示: the size of letters, for this PC only."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from station_app.ui.cards import Card, Notice, label
from station_app.ui.fields import FormGrid, SegmentField
from station_app.ui.page import Shell
from station_app.ui.theme import FONT_SIZE_LABELS, FontSize, Tone, apply_theme

FONT_SIZE_KEY = "window/font_size"


class DisplaySection(Card):
    """The font size; it takes effect at once, spacing follows at the next start.

    Args:
        shell: what the window lends.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__("显示")
        self._settings = shell.settings
        self.letters = SegmentField("字号", FONT_SIZE_LABELS.items())
        self.letters.changed.connect(self._choose)
        self.notice = Notice(Tone.INFO)
        grid = FormGrid()
        grid.add(self.letters)
        grid.add_widget(label("只影响这台电脑；文书和台账的字号不变。", "muted"), under_fields=True)
        grid.add_widget(self.notice, under_fields=True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(grid)
        column.addStretch(1)
        self.body.addWidget(inside, 1)
        self.reload()

    def reload(self) -> None:
        """Show the size as it is kept."""
        self.letters.set_value(FontSize(str(self._settings.value(FONT_SIZE_KEY, FontSize.STANDARD.value))))

    def start(self) -> None:
        """Put the cursor into the first field."""
        self.letters.setFocus()

    def _choose(self) -> None:
        chosen: FontSize = self.letters.value()
        self._settings.setValue(FONT_SIZE_KEY, chosen.value)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, chosen)
        self.notice.say(f"字号已换成“{FONT_SIZE_LABELS[chosen]}”。", "重新打开程序后，行高和间距也跟着变。")
