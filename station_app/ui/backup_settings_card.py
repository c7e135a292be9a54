"""How often backups come by themselves, and when to warn."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from station_app.domain.backup import BackupSettings
from station_app.ui.cards import Card, button, label
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.text_fields import NumberField
from station_app.ui.theme import px


class BackupSettingsCard(Card):
    """See the module.

    Args:
        save: saves what is typed.
    """

    def __init__(self, save: Callable[[BackupSettings], None]) -> None:
        super().__init__()
        self._save = save
        self.minutes = NumberField("自动备份间隔", least=1, most=24 * 60)
        self.days = NumberField("提醒天数", least=1, most=365)
        self._wrong = label("", "problem", wrap=True)
        inside = QWidget()
        flow = FlowLayout(inside, spacing=6)
        for before, field, after in (
            ("有改动时最多每", self.minutes, "分钟自动备份一次，"),
            ("满", self.days, "天没有备份就提醒"),
        ):
            field.edit.setFixedWidth(px(48))
            field.setFixedWidth(px(48))
            words = QWidget()
            row = QHBoxLayout(words)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(5))
            for part in (label(before), field, label(after)):
                row.addWidget(part)
            flow.addWidget(words)
        self.keep = button("保存")
        self.keep.clicked.connect(lambda _checked=False: self._keep())
        flow.addWidget(self.keep)
        self.body.addWidget(inside)
        self.body.addWidget(self._wrong)
        self.tell("")

    def show_settings(self, settings: BackupSettings) -> None:
        """Show what is set."""
        self.minutes.set_value(settings.every_minutes)
        self.days.set_value(settings.warn_days)

    def tell(self, words: str) -> None:
        """Say what is wrong; empty takes that back."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._wrong.text()

    def _keep(self) -> None:
        self._save(BackupSettings(self.minutes.value() or 0, self.days.value() or 0))
