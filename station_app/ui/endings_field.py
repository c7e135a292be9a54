"""The lunar endings of market days, typed as 一四七 or 147."""

import re

from PySide6.QtWidgets import QLineEdit

from station_app.ui.field import Field

_DIGITS = "一二三四五六七八九十"
_SPOKEN = re.compile(r"[逢、，,\s]|农历|尾数")


def endings_text(endings: tuple[int, ...]) -> str:
    """Return endings as people say them: (4, 7) → 四、七."""
    return "、".join(_DIGITS[(ending or 10) - 1] for ending in endings)


class EndingsField(Field):
    """Lunar endings; the value is a tuple of numbers 1 … 10 in order, empty when there is no market."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("如 四七，没有不填")
        self.edit.textEdited.connect(self.changed)
        self.put(self.edit)

    def value(self) -> tuple[int, ...]:
        """Return the endings."""
        if self.own_problem():
            return ()
        return tuple(sorted({_DIGITS.index(one) + 1 if one in _DIGITS else int(one) or 10 for one in self._ends()}))

    def set_value(self, value: tuple[int, ...] | None) -> None:
        """Show endings."""
        self.edit.setText(endings_text(value or ()))
        self.clear_problem()

    def typed(self) -> str:
        """See `Field.typed`."""
        return self.edit.text()

    def put_typed(self, kept: str) -> None:
        """See `Field.put_typed`."""
        self.edit.setText(kept)
        self.clear_problem()

    def own_problem(self) -> str:
        """Tell when something else than endings is typed."""
        if all(one in _DIGITS or one in "0123456789" for one in self._ends()):
            return ""
        return "请填农历尾数，如 四七 或 147。"

    def leave(self) -> None:
        """Write the endings in words."""
        if not self.own_problem() and self.edit.text() != endings_text(self.value()):
            self.edit.setText(endings_text(self.value()))

    def _ends(self) -> list[str]:
        return list(_SPOKEN.sub("", self.edit.text()).replace("10", "十"))
