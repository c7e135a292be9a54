"""The part of the registration form that is about the person at the table."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from station_app.domain.cell_places import find_place
from station_app.domain.people import Gender
from station_app.domain.reception import Visit, VisitorDraft
from station_app.domain.text import clean_phone
from station_app.station import Desks
from station_app.ui.cards import Button, button, label
from station_app.ui.earlier_visits import EarlierVisits
from station_app.ui.fields import FormPanel, LineField, NumberField, SegmentField
from station_app.ui.flow_layout import FlowLayout

FLAGS = {"anonymous": ("不愿留名", "Alt+U"), "no_phone": ("未留电话", "Alt+P"), "on_behalf": ("代他人反映", "Alt+D")}
"""What one key says about a visitor: word and shortcut by key."""
_GENDERS = ((Gender.UNKNOWN, "未记"), (Gender.MALE, "男"), (Gender.FEMALE, "女"))


class VisitorFields:
    """Name, gender, phone, number of people, address, and the three keys; adds itself to a form.

    Args:
        form: the form the fields are added to.
        desks: the open station file.
    """

    def __init__(self, form: FormPanel, desks: Desks) -> None:
        self._form = form
        self._desks = desks
        self._except_visit: int | None = None
        self._villages = desks.settings.villages()
        self.name = LineField("选民姓名", required=True)
        self.gender = SegmentField("性别", _GENDERS, wide=False)
        self.phone = LineField("联系电话", required=True)
        self.people = NumberField("人数", least=1, most=9999)
        self.on_behalf_of = LineField("代谁反映", wide=True, placeholder="姓名")
        self.address = LineField("住址", wide=True, placeholder="如 竹坑村六组")
        self.village = label("", "small")
        self.flags = {key: self._flag(key, word, shortcut) for key, (word, shortcut) in FLAGS.items()}
        self.earlier = EarlierVisits(desks)
        self._lay_out()
        self.name.changed.connect(self.look_up)
        self.phone.changed.connect(self.look_up)
        self.address.changed.connect(self.refresh)
        self.address.changed.connect(self.look_up)
        self.earlier.taken.connect(self._take_over)

    def _lay_out(self) -> None:
        form = self._form
        form.add_pair(("visitor.name", self.name), ("visitor.gender", self.gender))
        form.add_pair(("visitor.phone", self.phone), ("visitor.people", self.people))
        row = QWidget()
        flags = FlowLayout(row, spacing=6)
        for flag in self.flags.values():
            flags.addWidget(flag)
        form.add_widget(row)
        form.add("visitor.on_behalf_of", self.on_behalf_of)
        form.add_widget(self.earlier)
        form.add("visitor.address", self.address)
        self.address.row.addWidget(self.village)

    def _flag(self, key: str, word: str, shortcut: str) -> Button:
        made = button(word, "", shortcut)
        made.setCheckable(True)
        # Reached by its key from anywhere in the form; one stop less on the way of the Tab key.
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(lambda _checked=False: self._flag_changed(key))
        return made

    def bindings(self) -> dict[str, Callable[[], Any]]:
        """Return the shortcuts of this part."""
        keys: dict[str, Callable[[], Any]] = {
            shortcut: partial(self.press, key) for key, (_, shortcut) in FLAGS.items()
        }
        return {**keys, "Alt+R": self.earlier.take}

    def prepare(self, except_visit: int | None) -> None:
        """Fetch the villages anew; ``except_visit`` is the visit under correction, no earlier one."""
        self._except_visit = except_visit
        self._villages = [village for village in self._desks.settings.villages() if not village.retired]
        self.set_flags(())
        self.earlier.forget()

    def pressed(self) -> tuple[str, ...]:
        """Return the keys of the flags that are pressed."""
        return tuple(key for key, flag in self.flags.items() if flag.isChecked())

    def set_flags(self, pressed: Iterable[str]) -> None:
        """Press these flags and no others."""
        on = set(pressed)
        for key, flag in self.flags.items():
            flag.setChecked(key in on)
        self.refresh()

    def press(self, key: str) -> None:
        """Switch one flag, as its key does."""
        self.flags[key].toggle()
        self._flag_changed(key)

    def _flag_changed(self, key: str) -> None:
        self.refresh()
        pressed = self.flags[key].isChecked()
        if key == "on_behalf":
            (self.on_behalf_of if pressed else self.name).setFocus()
        elif key == "anonymous":
            (self.gender if pressed else self.name).setFocus()
        else:
            (self.address if pressed else self.phone).setFocus()
        self._form.changed.emit()

    def refresh(self) -> None:
        """Show what follows from what is typed: which fields are asked for, and the village."""
        pressed = self.pressed()
        anonymous, no_phone = "anonymous" in pressed, "no_phone" in pressed
        self.name.setEnabled(not anonymous)
        self.name.set_required(not anonymous)
        self.name.edit.setPlaceholderText("不愿留名" if anonymous else "")
        self.phone.setEnabled(not no_phone)
        self.phone.edit.setPlaceholderText("未留电话" if no_phone else "与住址填一项")
        self.phone.set_required(not (anonymous or no_phone or self.address.value()))
        if anonymous:
            self.name.clear_problem()
        if anonymous or no_phone or self.address.value():
            self.phone.clear_problem()
        self._form.grid.show_field(self.on_behalf_of, shown="on_behalf" in pressed)
        self.village.setText(self._village_hint())
        self.village.setVisible(bool(self.village.text()))

    def _village_hint(self) -> str:
        typed = self.address.value()
        if not typed:
            return ""
        village, group = self._place()
        if not village:
            profile = self._desks.settings.profile()
            return f"没有认出{profile.village_word}，计入{profile.whole_place}"
        return f"{village} {group}组" if group else village

    def place(self) -> str:
        """Return the short name of the village that the address tells, or empty text."""
        return self._place()[0]

    def _place(self) -> tuple[str, str]:
        found = find_place(
            self.address.value(), {name for one in self._villages for name in (one.name, one.short_name)}
        )
        village = next((one for one in self._villages if found.village in {one.name, one.short_name}), None)
        return (village.short_name or village.name, f"{found.group or ''}") if village else ("", "")

    def look_up(self) -> None:
        """Look for earlier visits of the person that is typed."""
        name = "" if "anonymous" in self.pressed() else self.name.value()
        phone = clean_phone(self.phone.value())
        self.earlier.look_for(
            name if len(name) > 1 else "", phone if len(phone) > 6 else "", self.place(), self._except_visit
        )

    def _take_over(self, visit: Visit) -> None:
        for field, known in (
            (self.name, "" if visit.anonymous else visit.name),
            (self.phone, visit.phone),
            (self.address, visit.address),
        ):
            if field.is_empty() and known:
                field.set_value(known)
        if self.gender.value() is Gender.UNKNOWN:
            self.gender.set_value(visit.gender)
        self.refresh()
        self.look_up()
        self._form.changed.emit()
        # What is known needs no typing again: on to the first thing that is not.
        following = (self.name, self.phone, self.address, self._form.fields["words"])
        next((field for field in following if field.isEnabled() and field.is_empty()), following[-1]).setFocus()

    def draft(self) -> VisitorDraft:
        """Return the person as typed; what a pressed flag rules out stays in its field and is left out here."""
        pressed = self.pressed()
        return VisitorDraft(
            name="" if "anonymous" in pressed else self.name.value(),
            anonymous="anonymous" in pressed,
            gender=self.gender.value(),
            phone="" if "no_phone" in pressed else self.phone.value(),
            no_phone="no_phone" in pressed,
            address=self.address.value(),
            people=self.people.value() or 0,
            on_behalf_of=self.on_behalf_of.value() if "on_behalf" in pressed else "",
        )
