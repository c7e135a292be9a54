"""The short forms of a reception day: the day itself, why it was called off, and blank paper forms for it."""

from dataclasses import replace
from datetime import date
from typing import Any

from station_app.domain.calendars import is_market_day, lunar_text, weekday_text
from station_app.domain.operators import Right
from station_app.domain.people import STANDING_LABELS, level_label
from station_app.domain.reception import DAY_KIND_LABELS, DAY_STATE_LABELS, DayKind, DayState, ReceptionDay
from station_app.domain.rooms import STATION_ITSELF
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import label
from station_app.ui.choice_popup import Choice
from station_app.ui.fields import (
    ChoiceField,
    DateField,
    FormPanel,
    LineField,
    MultiChoiceField,
    NumberField,
    SegmentField,
    TextField,
    TimeField,
)
from station_app.ui.form_draft import DraftPlace
from station_app.ui.messages import Messages
from station_app.ui.room_field import RoomField

_CALLED_OFF = (DayState.NOT_HELD, DayState.MOVED, DayState.CANCELLED)
_USUAL_BLANKS = 10


class DayForm(FormPanel):
    """Creates or changes a reception day.

    Args:
        day: the day to change; None for a new one.
    """

    kind = "day"

    def __init__(self, desks: Desks, messages: Messages, day: ReceptionDay | None = None) -> None:
        super().__init__("修改接待日" if day else "新建接待日", self._write, messages)
        self._desks = desks
        self._profile = desks.settings.profile()
        self._rooms = desks.rooms.all()
        self._room = RoomField(self._rooms, day.room_id if day else None, wide=True)
        self._day = day or self._new_day()
        self._on = self.add("on", DateField("日期", desks.clock.today, required=True, wide=True))
        self._calendar_line = label("", "small")
        self.add_widget(self._calendar_line, under_fields=True)
        self.add_pair(("starts", TimeField("开始", required=True)), ("ends", TimeField("结束", required=True)))
        self._kind = self.add("kind", SegmentField("形式", DAY_KIND_LABELS.items()))
        if self._rooms:
            self.add("room", self._room)
        self._place = self.add("place", ChoiceField("地点", self._places(), required=True, wide=True, free=True))
        self._units = self.add("with_units", LineField("联合部门", wide=True, placeholder="如 镇城建办、县水利局"))
        self.add("topic", LineField("主题", wide=True, placeholder="没有专门主题的留空"))
        self._deputies = self.add("deputies", MultiChoiceField("接待代表", placeholder="打首字母，如 zwm"))
        self._room.show_room(self._day.room_id)
        self._on.set_value(self._day.on)
        self._deputies.set_choices(self._deputy_choices())
        self._on.changed.connect(self._show_calendar)
        self._on.changed.connect(self._offer_deputies)
        self._kind.changed.connect(self._show_units)
        self._room.changed.connect(self._follow_room)
        self.set_values(
            {
                **{key: getattr(self._day, key) for key in ("on", "starts", "ends", "kind", "place")},
                **({"room": self._day.room_id or STATION_ITSELF} if self._rooms else {}),
                "with_units": self._day.with_units,
                "topic": self._day.topic,
                "deputies": tuple(one.deputy_id for one in self._day.attendance),
            }
        )
        self._show_calendar()
        self._show_units()
        self.keep_drafts(desks, DraftPlace(self.kind, "reception", self._day.uid))

    def _new_day(self) -> ReceptionDay:
        """Return what a new day begins with: the room of the last one, and its place."""
        room_id = self._desks.rooms.last_of_days() if self._rooms else None
        return ReceptionDay("", place=self._place_of(room_id), room_id=room_id)

    def _place_of(self, room_id: int | None) -> str:
        room = next((one for one in self._rooms if one.id == room_id), None)
        return (room.place if room else "") or self._profile.place

    def _places(self) -> list[str]:
        used = (one.place for one in reversed(self._desks.days.between()))
        own = (room.place for room in self._rooms if not room.retired)
        return [one for one in dict.fromkeys([self._profile.place, *own, *used]) if one]

    def _follow_room(self) -> None:
        """Propose the room's own place unless another one was typed, and its deputies before the others."""
        proposed = {self._profile.place, *(room.place for room in self._rooms)}
        if not self._room.own_problem() and (self._place.is_empty() or self._place.text() in proposed):
            self._place.set_value(self._place_of(self._room.room_id()))
        self._deputies.set_choices(self._deputy_choices())

    def _deputy_choices(self) -> list[Choice]:
        """Return who may be dealt duty that day; of those listed already also who may not, and why."""
        on = self._on.value() or self._desks.clock.today().isoformat()
        organ, room_id = self._profile.organ_kind, self._room.room_id()
        known = {one.deputy_id: Choice(one.deputy_id, one.name) for one in self._day.attendance}
        listed = known.keys() | set(self._deputies.value())
        for one in sorted(self._desks.roster.deputies(), key=lambda one: one.place_on(on) != room_id):
            levels = "、".join(level_label(level, organ) for level in one.levels_on(on))
            if one.is_dealt_duty_on(on):
                known[one.id] = Choice(one.id, one.name, levels)
            elif one.id in listed:
                known[one.id] = Choice(one.id, f"{one.name}（{STANDING_LABELS[one.standing_on(on)]}）", levels)
        return list(known.values())

    def _offer_deputies(self) -> None:
        """Offer those of the day that is typed; who is listed stays, marked where needed."""
        if self._on.is_empty() or self._on.day():
            self._deputies.set_choices(self._deputy_choices())
            self._deputies.set_value(self._deputies.value())

    def _show_calendar(self) -> None:
        day = self._on.day()
        words = ""
        if day is not None:
            market = f"　{self._profile.market_word}" if self._is_market(day) else ""
            off = self._desks.settings.calendar().holiday_name(day)
            words = f"{weekday_text(day)}　{lunar_text(day)}{market}{f'　{off}放假' if off else ''}"
        self._calendar_line.setText(words)
        self._calendar_line.setVisible(bool(words))

    def _show_units(self) -> None:
        self.grid.show_field(self._units, shown=self._kind.value() is DayKind.JOINT)

    def _is_market(self, day: date) -> bool:
        return is_market_day(day, self._profile.market_endings)

    def _write(self, values: dict[str, Any]) -> Done[int]:
        on = self._on.day()
        kind = values["kind"]
        day = replace(
            self._day,
            **{key: values[key] for key in ("on", "starts", "ends", "kind", "topic")},
            place=values["place"] or "",
            with_units=values["with_units"] if kind is DayKind.JOINT else "",
            market=on is not None and self._is_market(on),
            room_id=self._room.room_id() if self._rooms else self._day.room_id,
        )
        return self._desks.days.save(day, values["deputies"])


class CallOffForm(FormPanel):
    """Notes that a day was not held, is moved or cancelled, and why."""

    kind = "call_off"

    def __init__(self, desks: Desks, messages: Messages, day: ReceptionDay) -> None:
        super().__init__(f"{day.on[5:]} 接待日变更", self._write, messages)
        self._desks = desks
        self._day = day
        offered = [(state, DAY_STATE_LABELS[state]) for state in _CALLED_OFF]
        self._state = self.add("state", SegmentField("情况", offered))
        self._on = self.add("on", DateField("改到哪天", desks.clock.today, required=True, wide=True))
        self.add("reason", TextField("原因", required=True, placeholder="如 台风停工，代表参加防汛", least=2))
        self._state.changed.connect(self._show_date)
        if day.on >= desks.clock.today().isoformat():
            self.set_values({"state": DayState.MOVED})
        self._show_date()
        self.mark_clean()
        self.keep_drafts(desks, DraftPlace(self.kind, "reception", day.uid))

    def _show_date(self) -> None:
        self.grid.show_field(self._on, shown=self._state.value() is DayState.MOVED)

    def _write(self, values: dict[str, Any]) -> Done[Any]:
        if values["state"] is DayState.MOVED:
            return self._desks.days.move_to(self._day.id, values["on"], values["reason"])
        return self._desks.days.call_off(self._day.id, values["state"], values["reason"])


class BlankFormsForm(FormPanel):
    """Reserves the numbers of blank forms that are printed before a market day."""

    kind = "blank_forms"

    def __init__(self, desks: Desks, messages: Messages) -> None:
        super().__init__("预印空白登记表", self._write, messages, save_word="预留表号并打印")
        self._desks = desks
        self.add("count", NumberField("张数", required=True, least=1, most=200, unit="张"))
        waiting = desks.reception.open_forms()
        told = f"已印未录 {len(waiting)} 张：{waiting[0]} 至 {waiting[-1]}" if waiting else "现在没有已印未录的表。"
        self.add_widget(label(told, "small", wrap=True), under_fields=True)
        explained = "每张印有自己的表号。圩日人多时先填纸表，过后按“补录纸质”照号录入，不会重号。"
        self.add_widget(label(explained, "small", wrap=True), under_fields=True)
        self.set_values({"count": _USUAL_BLANKS})
        self.keep_drafts(desks, DraftPlace(self.kind, "reception", right=Right.REGISTER))

    def _write(self, values: dict[str, Any]) -> Done[list[str]]:
        return self._desks.reception.print_blank_forms(values["count"] or 0)
