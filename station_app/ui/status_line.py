"""The line under every page: what was saved last with 撤销, the running job, the backup's state, F1."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar

from station_app.ui.cards import ElidedLabel, label, link_button
from station_app.ui.icons import icon, icon_size
from station_app.ui.theme import MUTED, TONES, Tone, px


class StatusLine(QFrame):
    """See the module.

    Signals:
        undo_asked, steps_asked, cancel_asked, backups_asked, help_asked: the links were used.
    """

    undo_asked = Signal()
    steps_asked = Signal()
    cancel_asked = Signal()
    backups_asked = Signal()
    help_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self._said = ElidedLabel()
        self._undo = link_button("撤销 Ctrl+Z", self.undo_asked.emit)
        self._steps = link_button("最近几步", self.steps_asked.emit)
        self._steps.setToolTip("最近几步一起撤销（Ctrl+Shift+Z）")
        self._job = label("")
        self._bar = QProgressBar()
        self._bar.setRange(0, 1000)
        self._bar.setFixedWidth(px(140))
        self._cancel = link_button("取消", self.cancel_asked.emit)
        self._backup_sign = QLabel()
        self._backup = link_button("", self.backups_asked.emit)
        self._backup.setToolTip("备份与恢复")
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(2), px(12), px(2))
        row.setSpacing(px(8))
        row.addWidget(self._said)
        row.addWidget(self._undo)
        row.addWidget(self._steps)
        row.addStretch(1)
        for part in (self._job, self._bar, self._cancel, self._backup_sign, self._backup):
            row.addWidget(part)
        row.addWidget(link_button("F1 帮助", self.help_asked.emit))
        self.setMinimumHeight(px(28))
        self._undo.hide()
        self.offer_steps(offered=False)
        self.end_job()
        self.set_backup("")

    def say(self, text: str, *, undoable: bool = False) -> None:
        """Show what happened last, with 撤销 when it can be taken back."""
        self._said.setText(text)
        self._undo.setVisible(undoable)

    def said(self) -> str:
        """Return what is shown."""
        return self._said.text()

    def can_undo(self) -> bool:
        """Tell whether 撤销 is offered."""
        return not self._undo.isHidden()

    def offer_steps(self, *, offered: bool) -> None:
        """Offer the list of the last steps, or not while there are none."""
        self._steps.setVisible(offered)

    def set_backup(self, text: str, *, late: bool = False) -> None:
        """Show the backups' state, e.g. 备份已验证 09:02; empty hides it.

        Args:
            late: draws the warning mark.
        """
        sign, ink = ("triangle-alert", TONES[Tone.WARNING][0]) if late else ("shield-check", MUTED)
        self._backup_sign.setPixmap(icon(sign, ink).pixmap(icon_size(15), self.devicePixelRatioF()))
        self._backup.setText(text)
        self._backup.setAccessibleName(f"{'注意：' if late else ''}{text}，打开备份与恢复")
        self._backup.setVisible(bool(text))
        self._backup_sign.setVisible(bool(text))

    def backup_words(self) -> str:
        """Return what is said of the backups."""
        return self._backup.text()

    def show_job(self, title: str, part: float, word: str) -> None:
        """Show the running job; ``part`` is 0 … 1."""
        self._job.setText(f"{title} {word}".strip())
        self._bar.setValue(round(part * 1000))
        for widget in (self._job, self._bar, self._cancel):
            widget.show()

    def end_job(self) -> None:
        """Hide the job."""
        for widget in (self._job, self._bar, self._cancel):
            widget.hide()

    def shows_job(self) -> bool:
        """Tell whether a job is shown."""
        return not self._bar.isHidden()
