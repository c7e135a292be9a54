"""Short forms of what happens to a deputy on a day: a mandate ends, a leave, a move to or from another station."""

from enum import StrEnum
from typing import Any

from station_app.domain.people import END_REASON_LABELS, Deputy, EndReason, Leave, Mandate, level_label
from station_app.domain.problems import invalid
from station_app.domain.rooms import OWN_NAME, STATION_ITSELF
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import label
from station_app.ui.fields import (
    CheckField,
    ChoiceField,
    DateField,
    FormPanel,
    LineField,
    MultiChoiceField,
    SegmentField,
)
from station_app.ui.form_draft import DraftPlace
from station_app.ui.leaves_field import leave_words
from station_app.ui.page import Shell


class EndForm(FormPanel):
    """Ends mandates of a deputy with date and reason (终止职务); without any left, groups and households end as well."""

    kind = "end_mandate"

    def __init__(self, desks: Desks, shell: Shell, deputy: Deputy) -> None:
        super().__init__(f"终止职务　{deputy.name}", self._end, shell.messages, save_word="终止职务")
        self._desks = desks
        self._deputy = deputy
        organ = desks.settings.profile().organ_kind
        held = [one for one in deputy.mandates if not one.to_on]
        words = [(one.id, f"{level_label(one.level, organ)}代表 {one.term}".strip()) for one in held]
        self._mandates = self.add("mandates", MultiChoiceField("代表职务", words, required=True))
        reasons = [(reason, word) for reason, word in END_REASON_LABELS.items()]
        self.add("reason", ChoiceField("原因", reasons, required=True, wide=True, placeholder="打首字母，如 cz"))
        self._on = self.add("on", DateField("终止日期", shell.clock.today, required=True, wide=True))
        self._on.setToolTip("职务的最后一天。")
        self._leaving = self.add("leave_groups", CheckField("", "同日退出小组、不再联户"))
        self.add_widget(label("以前的任职、签到、接待记录都保留。", "small", wrap=True), under_fields=True)
        self._held: list[Mandate] = held
        self._mandates.changed.connect(self._offer_leaving)
        values = {"mandates": tuple(one.id for one in held), "on": shell.clock.today(), "leave_groups": True}
        self.clear(values)
        self._offer_leaving()
        self.keep_drafts(desks, DraftPlace(self.kind, "roster", deputy.uid))

    def start(self) -> None:
        """Go to the reason: the rest is proposed."""
        self.fields["reason"].setFocus()

    def _offer_leaving(self) -> None:
        """Ask about the groups only when no mandate remains."""
        chosen = self._mandates.value()
        self.grid.show_field(self._leaving, shown=all(one.id in chosen for one in self._held))

    def _end(self, values: dict[str, Any]) -> Done[int]:
        reason = values["reason"]
        if not isinstance(reason, EndReason):
            raise invalid("reason", "请选择终止原因。")
        if not values["on"]:
            raise invalid("on", "请填写终止日期。")
        return self._desks.roster.end_mandates(
            self._deputy.id, values["mandates"], values["on"], reason, leave_groups=values["leave_groups"]
        )


class LeaveAct(StrEnum):
    """What is noted about a leave."""

    BACK = "back"
    LEAVE = "leave"


class LeaveForm(FormPanel):
    """Notes a leave of a deputy (请假), or that the deputy is back (销假) while one runs."""

    kind = "leave"

    def __init__(self, desks: Desks, shell: Shell, deputy: Deputy) -> None:
        super().__init__(f"请假　{deputy.name}", self._save_leave, shell.messages)
        self._desks = desks
        self._deputy = deputy
        today = shell.clock.today
        running = next((one for one in deputy.leaves if one.holds_on(today().isoformat())), None)
        acts = [(LeaveAct.BACK, "销假")] if running else []
        self._act = self.add("act", SegmentField("登记", [*acts, (LeaveAct.LEAVE, "请假")]))
        self.grid.show_field(self._act, shown=running is not None)
        if running:
            self.add_widget(label(f"正在请假：{leave_words(running)}", "small", wrap=True), under_fields=True)
        self._on = self.add("on", DateField("回来日期", today, wide=True))
        self._on.setToolTip("从这一天起又可以排值班。")
        self._leave = (
            self.add("from_on", DateField("请假自", today, required=True, wide=True)),
            self.add("to_on", DateField("至", today, wide=True)),
            self.add("reason", LineField("原因", wide=True, placeholder="如 外出务工")),
        )
        self._leave[1].edit.setPlaceholderText("未定不填")
        self.add_widget(label("请假期间不排值班；来了仍可签到。", "small", wrap=True), under_fields=True)
        self._act.changed.connect(self._show_fields)
        self.clear({"on": today(), "from_on": "" if running else today()})
        self._show_fields()
        self.keep_drafts(desks, DraftPlace(self.kind, "roster", deputy.uid))

    def start(self) -> None:
        """Go to the first field, what is proposed there ready to be typed over."""
        super().start()
        self._leave[0].edit.selectAll()

    def _show_fields(self) -> None:
        back = self._act.value() is LeaveAct.BACK
        self.grid.show_field(self._on, shown=back)
        for field in self._leave:
            self.grid.show_field(field, shown=not back)

    def _save_leave(self, values: dict[str, Any]) -> Done[int]:
        if values["act"] is LeaveAct.BACK:
            return self._desks.roster.end_leave(self._deputy.id, values["on"])
        leave = Leave(values["from_on"], values["to_on"], values["reason"])
        return self._desks.roster.take_leave(self._deputy.id, leave)


class MoveAct(StrEnum):
    """Where a deputy moves."""

    OUT = "out"
    IN = "in"
    WITHIN = "within"


_MOVES = {MoveAct.OUT: "转出本站", MoveAct.IN: "转入本站", MoveAct.WITHIN: "换到别的站室"}


class MoveForm(FormPanel):
    """Notes that a deputy goes to another station, comes back, or changes the room (转入转出)."""

    kind = "move_deputy"

    def __init__(self, desks: Desks, shell: Shell, deputy: Deputy) -> None:
        super().__init__(f"转入转出　{deputy.name}", self._move, shell.messages)
        self._desks = desks
        self._deputy = deputy
        today = shell.clock.today
        here = deputy.belongs_on(today().isoformat())
        rooms = [(one.id, one.name) for one in desks.rooms.all() if not one.retired]
        acts = [MoveAct.OUT, MoveAct.WITHIN] if here and rooms else [MoveAct.OUT] if here else [MoveAct.IN]
        self._act = self.add("act", SegmentField("登记", [(act, _MOVES[act]) for act in acts]))
        self.add("on", DateField("日期", today, required=True, wide=True))
        self._station = self.add("station", LineField("转往", wide=True, placeholder="如 县城东街道联络站"))
        self._room = self.add("room", ChoiceField("站室", [(STATION_ITSELF, OWN_NAME), *rooms], wide=True))
        self._said = label("", "small", wrap=True)
        self.add_widget(self._said, under_fields=True)
        self._act.changed.connect(self._show_fields)
        self._has_rooms = bool(rooms)
        self.clear({"on": today()})
        self._show_fields()
        self.mark_clean()
        self.keep_drafts(desks, DraftPlace(self.kind, "roster", deputy.uid))

    def _show_fields(self) -> None:
        act = self._act.value()
        self._station.caption.setText("从何处" if act is MoveAct.IN else "转往")
        self.grid.show_field(self._station, shown=act is not MoveAct.WITHIN)
        self.grid.show_field(self._room, shown=act is not MoveAct.OUT and self._has_rooms)
        self._said.setText(_EXPLAINED[act])

    def _move(self, values: dict[str, Any]) -> Done[int]:
        roster, deputy_id, on = self._desks.roster, self._deputy.id, values["on"]
        if not on:
            raise invalid("on", "请填写日期，如 今天。")
        if values["act"] is MoveAct.OUT:
            return roster.move_out(deputy_id, on, values["station"])
        room = values["room"] or None
        if values["act"] is MoveAct.IN:
            return roster.move_in(deputy_id, on, values["station"], room)
        if values["room"] is None:
            raise invalid("room", "请选择站室。")
        return roster.move_within(deputy_id, on, room)


_EXPLAINED = {
    MoveAct.OUT: "从这一天起不再是本站代表，同日退出小组、不再联户；以前的记录都保留。",
    MoveAct.IN: "从这一天起又是本站代表；以前在本站的记录都在。",
    MoveAct.WITHIN: "从这一天起属于选定的站室；小组不变。",
}
