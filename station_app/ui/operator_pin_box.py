"""Setting a PIN: one's own with the old one, or a forgotten one with the recovery sheet."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from station_app.domain.operators import Operator
from station_app.domain.problems import invalid
from station_app.domain.recovery_code import ROWS
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.fields import FormPanel
from station_app.ui.messages import Messages
from station_app.ui.pin_field import PinField
from station_app.ui.text_fields import LineField
from station_app.ui.theme import px


class OperatorPinBox(QDialog):
    """Asks for something that proves who it is, and twice for a new PIN; Esc leaves everything as it is.

    Args:
        parent: the window.
        title: e.g. 修改我的PIN.
        proof: what is asked for first, by key of the field.
        save: takes the values by key, returns the `Done`.
        messages: for faults.
        publish: takes the finished `Done`.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        proof: Mapping[str, LineField],
        save: Callable[[dict[str, Any]], Done[Any]],
        messages: Messages,
        publish: Callable[[Done[Any]], None],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._save = save
        self._publish = publish
        self.form = FormPanel(title, self._check, messages)
        for key, field in proof.items():
            self.form.add(key, field)
        self.form.add("pin", PinField("新PIN", required=True, placeholder="4到8位数字"))
        self.form.add("again", PinField("再输一次", required=True))
        self.form.mark_clean()
        self.form.cancel_button.clicked.disconnect()  # it would ask about what is typed
        self.form.cancel_button.clicked.connect(self.reject)
        self.form.saved.connect(self._saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.setFixedWidth(px(440))
        self.resize(px(440), min(px(150 + 40 * (len(proof) + 2)), px(600)))
        self.form.start()

    def _check(self, values: dict[str, Any]) -> Done[Any]:
        if values["pin"] != values["again"]:
            raise invalid("again", "两次输入的不一样，请重新输入。")
        return self._save(values)

    def _saved(self, done: Done[Any]) -> None:
        self.accept()
        self._publish(done)


def own_pin_box(
    parent: QWidget, desks: Desks, messages: Messages, publish: Callable[[Done[Any]], None]
) -> OperatorPinBox:
    """Return the box in which who is signed in changes the own PIN."""
    desk = desks.operators
    me = desk.current
    proof = {"old": PinField("现在的PIN", required=True)} if me is None or me.has_pin else {}

    def save(values: dict[str, Any]) -> Done[Any]:
        return desk.change_pin(values.get("old", ""), values["pin"])

    return OperatorPinBox(parent, "修改我的PIN", proof, save, messages, publish)


def forgotten_pin_box(
    parent: QWidget, desks: Desks, operator: Operator, messages: Messages, publish: Callable[[Done[Any]], None]
) -> OperatorPinBox:
    """Return the box in which a forgotten PIN is set anew with the file's recovery sheet."""
    keys = [f"row_{number}" for number in range(1, ROWS + 1)]
    proof = {
        key: LineField(f"恢复单第 {number} 行", required=True, placeholder="XXXX XXXX XXXX")
        for number, key in enumerate(keys, start=1)
    }

    def save(values: dict[str, Any]) -> Done[Any]:
        return desks.operators.reset_pin_by_sheet(operator.id, [values[key] for key in keys], values["pin"])

    return OperatorPinBox(parent, f"重设{operator.name}的PIN", proof, save, messages, publish)
