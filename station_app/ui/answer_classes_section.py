"""设置 · 答复类别: what the letters of an answer mean, and which of them may carry a promise."""

from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from station_app.domain.answer_classes import CLASS_KEYS, PRESETS, AnswerClass
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Notice
from station_app.ui.field import Field
from station_app.ui.fields import FormPanel, SegmentField
from station_app.ui.page import Shell
from station_app.ui.theme import Tone

_OWN = ""
_ABOUT = (
    "登记答复、回填表、台账和反馈单都用这里的类别；空着的字母不用。"
    "可带承诺的类别，登记答复时可以写明承诺哪天办成，到期自动提醒核实。\n"
    "改了以后只用于今后的答复，以前的答复仍按当时的含义显示。"
)


class ClassField(Field):
    """One class: its words and whether it may carry a promise. The value is an `AnswerClass`."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} 类", required=key == "A", wide=True)
        self.key = key
        self.edit = QLineEdit()
        self.edit.textEdited.connect(self.changed)
        self.promise = QCheckBox("可带承诺")
        self.promise.setAccessibleName(f"{key} 类可带承诺")
        self.promise.clicked.connect(self.changed)
        self.put(self.edit)
        self.row.addWidget(self.promise)

    def value(self) -> AnswerClass:
        """Return the class; without words it is not used."""
        return AnswerClass(self.key, self.edit.text().strip(), self.promise.isChecked())

    def set_value(self, value: AnswerClass | None) -> None:
        """Show a class, or an unused letter for None."""
        self.edit.setText(value.words if value else "")
        self.promise.setChecked(bool(value and value.may_promise))
        self.clear_problem()

    def is_empty(self) -> bool:
        """Tell whether the letter is not used."""
        return not self.edit.text().strip()

    def typed(self) -> list[Any]:
        """See `Field.typed`."""
        return [self.edit.text(), self.promise.isChecked()]

    def put_typed(self, kept: list[Any]) -> None:
        """See `Field.put_typed`."""
        self.set_value(AnswerClass(self.key, *kept))


class AnswerClassesSection(FormPanel):
    """The classes of the station.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("答复类别", self._save_classes, shell.messages)
        self._desks = desks
        about = Notice(Tone.QUIET)
        about.say("", _ABOUT)
        self.add_widget(about)
        presets = [*((name, f"{name} {len(classes)} 类") for name, classes in PRESETS.items()), (_OWN, "自定")]
        self._preset = self.add("preset", SegmentField("常用", presets))
        self._lines = [self.add(key, ClassField(key)) for key in CLASS_KEYS]
        self._preset.changed.connect(self._use_preset)
        for line in self._lines:
            line.changed.connect(self._show_preset)
        self.reload()

    def reload(self) -> None:
        """Show the classes as they are kept."""
        classes = self._desks.settings.answer_classes()
        self.set_values({"preset": _preset_of(classes.classes), **{key: classes.one(key) for key in CLASS_KEYS}})

    def _use_preset(self) -> None:
        """Fill in the classes of the preset that was chosen; 自定 leaves what is there."""
        preset = PRESETS.get(self._preset.value())
        if preset:
            given = {one.key: one for one in preset}
            for line in self._lines:
                line.set_value(given.get(line.key))

    def _show_preset(self) -> None:
        self._preset.set_value(_preset_of(self._classes()))

    def _classes(self) -> tuple[AnswerClass, ...]:
        return tuple(line.value() for line in self._lines if not line.is_empty())

    def _save_classes(self, _values: dict[str, Any]) -> Done[None]:
        return self._desks.settings.save_answer_classes(self._classes())


def _preset_of(classes: tuple[AnswerClass, ...]) -> str:
    return next((name for name, preset in PRESETS.items() if preset == classes), _OWN)
