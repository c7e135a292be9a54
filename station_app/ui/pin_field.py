"""A field for a PIN: its digits are never shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from station_app.ui.text_fields import LineField


class PinField(LineField):
    """Four to eight digits, drawn as dots; nothing of it is suggested, kept or copied."""

    keepable = False

    def __init__(self, title: str, *, required: bool = False, placeholder: str = "") -> None:
        super().__init__(title, required=required, placeholder=placeholder)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        )
