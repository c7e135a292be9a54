"""The columns of the page 接待: the days, the day, and the form in place."""

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.ui.day_list import DayList
from station_app.ui.day_panel import DayArea, DayPanel
from station_app.ui.fields import FormPanel
from station_app.ui.splits import Split
from station_app.ui.theme import px

_FORM_WIDTH = 400
_DAYS_WIDTH, _DAY_WIDTH, _DAY_WITH_DAYS = 176, 300, 380


class DayColumns(Split):
    """Lets the days, then the day as well, step aside where an open form leaves them no room.

    Args:
        settings: where the places of the handles are remembered.
        days: the list at the left.
        panel: the day in the middle.
    """

    def __init__(self, settings: QSettings, days: DayList, panel: DayPanel) -> None:
        self._days = days
        self._panel = panel
        self._middle = DayArea(panel)
        self._right = QWidget()
        self._column = QVBoxLayout(self._right)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._form: FormPanel | None = None
        super().__init__(settings, "reception", [days, self._middle, self._right], [196, 418, 502])
        self._right.setMinimumWidth(px(_FORM_WIDTH))
        self._right.hide()
        days.setMinimumWidth(px(_DAYS_WIDTH))
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)

    def put_form(self, form: FormPanel) -> None:
        """Show a form at the right."""
        self._form = form
        self._column.addWidget(form)
        self._right.show()
        self._panel.make_room(for_form=True)

    def take_form(self) -> None:
        """Take the form away for good."""
        if self._form is None:
            return
        self._column.removeWidget(self._form)
        self._form.hide()
        self._form.deleteLater()
        self._form = None
        self._right.hide()
        self._panel.make_room(for_form=False)

    def fit(self, room: int) -> bool:
        """Share ``room`` pixels; return whether all columns have enough of it.

        What a form needed once it keeps: nothing may jump while the clerk types.
        """
        form, kept = self._form, self._right.minimumWidth()
        least = max(px(_FORM_WIDTH), kept, form.minimumSizeHint().width()) if form else 0
        self._right.setMinimumWidth(least)
        wide = room >= least + px(_DAYS_WIDTH + _DAY_WITH_DAYS + 60)
        self._days.setVisible(wide or form is None)
        self._middle.setVisible(room >= least + px(_DAY_WIDTH + 48) or form is None)
        return wide
