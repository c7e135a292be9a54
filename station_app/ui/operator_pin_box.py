"""修改我的PIN: the old one, the new one twice."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station_app.domain.problems import invalid
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.fields import FormPanel
from station_app.ui.messages import Messages
from station_app.ui.pin_field import PinField
from station_app.ui.theme import px


class OperatorPinBox(QDialog):
    """Asks for the old PIN and a new one; Esc leaves everything as it is.

    Args:
        parent: the window.
        desks: the desks of the open station.
        messages: for faults.
        publish: takes the finished `Done`.
    """

    def __init__(self, parent: QWidget, desks: Desks, messages: Messages, publish: Callable[[Done[Any]], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("修改我的PIN")
        self._desks = desks
        self._publish = publish
        self.form = FormPanel("修改我的PIN", self._save, messages)
        me = desks.operators.current
        if me is None or me.has_pin:
            self.form.add("old", PinField("现在的PIN", required=True))
        self.form.add("pin", PinField("新PIN", required=True, placeholder="4到8位数字"))
        self.form.add("again", PinField("再输一次", required=True))
        self.form.mark_clean()
        self.form.saved.connect(self._saved)
        self.form.cancel_button.clicked.disconnect()  # it would ask about what is typed
        self.form.cancel_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.setFixedSize(px(420), px(280))
        self.form.start()

    def _save(self, values: dict[str, Any]) -> Done[None]:
        if values["pin"] != values["again"]:
            raise invalid("again", "两次输入的不一样，请重新输入。")
        return self._desks.operators.change_pin(values.get("old", ""), values["pin"])

    def _saved(self, done: Done[None]) -> None:
        self.accept()
        self._publish(done)
