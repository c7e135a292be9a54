"""All fields of forms, from one place."""

from station_app.ui.choice_fields import ChoiceField, MultiChoiceField
from station_app.ui.choice_popup import Choice
from station_app.ui.date_fields import DateField, TimeField
from station_app.ui.field import Field, UndoGuard
from station_app.ui.form import FormGrid, FormPanel
from station_app.ui.switch_fields import CheckField, SegmentField
from station_app.ui.text_fields import LineField, NumberField, TextField

__all__ = [
    "CheckField",
    "Choice",
    "ChoiceField",
    "DateField",
    "Field",
    "FormGrid",
    "FormPanel",
    "LineField",
    "MultiChoiceField",
    "NumberField",
    "SegmentField",
    "TextField",
    "TimeField",
    "UndoGuard",
]
