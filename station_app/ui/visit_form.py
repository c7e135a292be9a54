"""The registration form: one visit with its opinions, typed without a mouse, kept every few seconds."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.domain.problems import FieldProblem
from station_app.domain.reception import Receiver, Visit, VisitDraft
from station_app.domain.rooms import STATION_ITSELF
from station_app.domain.station import ListKey
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import link_button
from station_app.ui.fields import ChoiceField, DateField, FormPanel, TextField, TimeField
from station_app.ui.form import quoted
from station_app.ui.form_draft import DraftPlace, FormDraft
from station_app.ui.matter_fields import MatterFields
from station_app.ui.messages import Messages
from station_app.ui.room_field import RoomField
from station_app.ui.similar_matters import SimilarMatters
from station_app.ui.visit_entry import (
    DRAFT_FORM,
    MODE_TITLES,
    ReceiversField,
    VisitMode,
    VisitPlace,
    place_words,
    preset_receivers,
    receiver_choices,
    receivers_of,
)
from station_app.ui.visit_matters import MATTER_KEYS, Matter
from station_app.ui.visitor_fields import VisitorFields

_PAPER_KEEPS = ("date", "receivers", "channel", "room")


class VisitForm(FormPanel):
    """Registers a visit, enters one from paper, or corrects one.

    What is typed is kept every few seconds and again when the form is left; nothing is asked then.

    Args:
        desks: the open station file.
        messages: for faults.
        correcting: whether it is for `correct`; then nothing follows a save.

    Attributes:
        place: where the visit belongs.
        keeper: keeps what is typed.
    """

    keeper: FormDraft

    def __init__(self, desks: Desks, messages: Messages, *, correcting: bool = False) -> None:
        next_word = "" if correcting else "保存并登记下一位"
        super().__init__(MODE_TITLES[VisitMode.NEW], self._register, messages, next_word=next_word)
        self._desks = desks
        self._began_at = ""
        self.place = VisitPlace(VisitMode.NEW, desks.clock.today().isoformat())
        self.form_number = self.add("form_number", ChoiceField("表号", wide=True, free=True))
        self.form_number.edit.setPlaceholderText("纸质表上的号码；没有号码的留空")
        self._on = DateField("来访日期", desks.clock.today, required=True)
        self._time = TimeField("时间")
        self.add_pair(("date", self._on), ("time", self._time))
        self.visitor = VisitorFields(self, desks)
        self.received_by = self.add(
            "receivers", ReceiversField("接待人", required=True, free=True, placeholder="打首字母，如 zwm")
        )
        self._room = self.add("room", RoomField(wide=True))
        self._more = link_button("更多 Alt+M", self.show_more)
        self._more.setToolTip("来源渠道、备注")
        self.matter = MatterFields(self, self._more, SimilarMatters(desks), self.visitor.place)
        self.visitor.address.changed.connect(self.matter.look_for_similar)
        self.matter.similar.told.connect(self.visitor.earlier.be_brief)
        self.area.keep_together(self.matter.words, self.matter.similar)
        self._channel = self.add("channel", ChoiceField("来源渠道", wide=True, placeholder="随接待日"))
        self._notes = self.add("notes", TextField("备注", placeholder="只是来访、没有意见的，在这里写来意", least=2))
        for keys, action in {**self.visitor.bindings(), **self.matter.bindings(), "Alt+M": self.show_more}.items():
            self._bind(keys, action)
        self.keep_drafts(desks, _draft_place(self.place))

    # Beginning

    def begin(self, place: VisitPlace, *, keep: tuple[str, ...] = ()) -> None:
        """Begin a new registration with what the day tells filled in; the fields of ``keep`` stay as they are."""
        kept = {key: self.fields[key].typed() for key in keep}
        self._prepare(place)
        staff = self._desks.settings.staff()
        presets = preset_receivers(place.day, staff, self._desks.operator)
        room = self._desks.rooms.last_of_visits() or STATION_ITSELF
        self.clear({"date": place.on, "visitor.people": 1, "receivers": presets, "room": room})
        for key, value in kept.items():
            self.fields[key].put_typed(value)
        self.matter.set_all([])
        self.visitor.refresh()
        self.mark_clean()
        self.start()

    def begin_next(self) -> None:
        """Begin the next one after a save; from paper with the same date and receivers and the next number."""
        paper = self.place.mode is VisitMode.PAPER
        number = self.form_number.text()
        day = self._desks.days.one(self.place.day.id) if self.place.day else None
        self.begin(replace(self.place, day=day), keep=_PAPER_KEEPS if paper else ())
        if paper and number:
            still_open = self._desks.reception.open_forms()
            self.form_number.set_value(next((one for one in still_open if one > number), ""))
            self.form_number.edit.selectAll()
            self.mark_clean()

    def correct(self, visit: Visit) -> None:
        """Show a registered visit for correction; what was typed and not saved the last time is offered."""
        draft = self._desks.reception.draft_of(visit.id)
        visitor = draft.visitor
        day = self._desks.days.one(visit.day_id) if visit.day_id else None
        self._prepare(VisitPlace(VisitMode.CORRECTION, visit.on, day, visit.id, visit.uid), visit.receivers)
        self.set_title(f"{MODE_TITLES[VisitMode.CORRECTION]} {visit.number}")
        self.clear(
            {
                "date": draft.on,
                "time": draft.at,
                "visitor.name": visitor.name,
                "visitor.gender": visitor.gender,
                "visitor.phone": visitor.phone,
                "visitor.people": visitor.people,
                "visitor.on_behalf_of": visitor.on_behalf_of,
                "visitor.address": visitor.address,
                "receivers": draft.receivers,
                "room": draft.room_id or STATION_ITSELF,
                "channel": draft.channel,
                "notes": draft.notes,
            }
        )
        flags = {
            "anonymous": visit.anonymous,
            "no_phone": visit.no_phone and not visit.anonymous,
            "on_behalf": bool(visitor.on_behalf_of),
        }
        self.visitor.set_flags(key for key, on in flags.items() if on)
        self.matter.set_all([Matter.of(opinion) for opinion in draft.opinions])
        self.show_more(shown=bool(draft.notes), focus=False)
        self.mark_clean()
        self.keeper.look()
        self.visitor.name.setFocus()

    def resume(self, kept: KeptDraft, place: VisitPlace) -> None:
        """Bring a kept registration back as it was typed.

        Args:
            kept: the unfinished registration.
            place: where it belongs.
        """
        self.begin(place)
        self.keeper.take(kept)

    def _prepare(self, place: VisitPlace, receivers: tuple[Receiver, ...] = ()) -> None:
        self.place = place
        now = self._desks.clock.now()
        self.keeper.begin(_draft_place(place))
        self._began_at = f"{now:%H:%M}"
        settings = self._desks.settings
        organ = settings.profile().organ_kind
        self.received_by.set_choices(
            receiver_choices(self._desks.roster.serving(), settings.staff(), receivers, place.on, organ)
        )
        for field, key in (
            (self.matter.category, ListKey.CATEGORY),
            (self.matter.nature, ListKey.NATURE),
            (self._channel, ListKey.CHANNEL),
        ):
            field.set_choices(settings.labels(key))
        self.form_number.set_choices(self._desks.reception.open_forms())
        self.visitor.prepare(place.visit_id)
        self._prepare_room(place)
        paper, correction = place.mode is VisitMode.PAPER, place.mode is VisitMode.CORRECTION
        self.grid.show_field(self.form_number, shown=paper)
        for field_shown in (self._on, self._time):
            self.grid.show_field(field_shown, shown=paper or correction)
        self.show_more(shown=False, focus=False)
        self.set_title(MODE_TITLES[place.mode])
        self.set_note(place_words(place))
        if self.next_button is not None:
            self.next_button.setText("保存并补录下一张" if paper else "保存并登记下一位")

    def _prepare_room(self, place: VisitPlace) -> None:
        """Ask for the room outside a reception day, whose room it is there; never in a station without any."""
        rooms = self._desks.rooms.all()
        before = self._desks.reception.visit(place.visit_id).room_id if place.visit_id else None
        self._room.offer(rooms, before)
        self.grid.show_field(self._room, shown=bool(rooms) and place.day is None)

    def show_more(self, *, shown: bool = True, focus: bool = True) -> None:
        """Show the fields that are seldom needed (Alt+M)."""
        for field in (self._channel, self._notes):
            self.grid.show_field(field, shown=shown)
        self._more.setVisible(not shown)
        if shown and focus:
            self._channel.setFocus()

    # Saving

    def values(self) -> dict[str, Any]:
        """Return the values of all fields by key, the pressed flags and the opinions."""
        matters = tuple(one.to_dict() for one in self.matter.all() if not one.is_blank)
        return {**super().values(), "flags": self.visitor.pressed(), "matters": matters}

    def draft(self) -> VisitDraft:
        """Return the visit as typed."""
        place = self.place
        new = place.mode is VisitMode.NEW
        return VisitDraft(
            on=place.on if new else self._on.value(),
            at=self._began_at if new else self._time.value(),
            visitor=self.visitor.draft(),
            receivers=receivers_of(self.received_by.value()),
            opinions=self.matter.drafts(),
            place=place.day.place if place.day else "",
            channel=self._channel.value() or "",
            day_id=place.day.id if place.day else None,
            form_number=self.form_number.text() if place.mode is VisitMode.PAPER else "",
            notes=self._notes.value(),
            paper=place.mode is VisitMode.PAPER,
            room_id=self._room.room_id(),
        )

    def _register(self, _values: dict[str, Any]) -> Done[Any]:
        draft = self.draft()
        if self.place.visit_id is None:
            return self._desks.reception.register_visit(draft)
        before = self._desks.reception.draft_of(self.place.visit_id)
        same_address = draft.visitor.address == before.visitor.address
        visitor = replace(draft.visitor, village=before.visitor.village if same_address else "")
        there = before.place if draft.day_id or draft.room_id == before.room_id else ""
        corrected = replace(draft, visitor=visitor, place=there, paper=before.paper)
        return self._desks.reception.correct_visit(self.place.visit_id, corrected)

    def show_problems(self, problems: Iterable[FieldProblem]) -> None:
        """Mark the fields; an opinion that is not on show comes forward when something is wrong with it."""
        told = list(problems)
        wrong = [int(one.field.split(".")[1]) for one in told if one.field.startswith("opinions.")]
        if wrong and self.matter.at not in wrong:
            count = len(self.matter.all())
            self.matter.show(min(wrong[0], count - 1))
        here = f"opinions.{self.matter.at}."
        told = [FieldProblem(one.field.removeprefix(here), one.message) for one in told]
        if any(one.field in {"channel", "notes"} for one in told):
            self.show_more(focus=False)
        super().show_problems(told)

    # Keeping

    def draft_body(self) -> dict[str, Any]:
        """Return what is typed as JSON can hold it, all opinions included."""
        return {
            "mode": self.place.mode.value,
            "visit_id": self.place.visit_id,
            "day_id": self.place.day.id if self.place.day else None,
            "on": self.place.on,
            "began_at": self._began_at,
            "fields": {key: field.typed() for key, field in self.fields.items() if key not in MATTER_KEYS},
            "flags": self.visitor.pressed(),
            "matters": [one.to_dict() for one in self.matter.all()],
            "at": self.matter.at,
        }

    def own_note(self) -> str:
        """Return nothing: which day it goes to tells little of an unfinished registration."""
        return ""

    def first_words(self) -> str:
        """Return name and first words: 覃水生“沟渠淤塞…”."""
        words = next((one.words for one in self.matter.all() if one.words), "")
        return self.visitor.name.value() + (quoted(words) if words else "")

    def bring_back(self, body: dict[str, Any]) -> None:
        """Show what `draft_body` returned."""
        for key, value in body.get("fields", {}).items():
            if key in self.fields and key not in MATTER_KEYS:
                self.fields[key].put_typed(value)
        self.visitor.set_flags(body.get("flags", ()))
        matters = self.matter.all()
        for number, typed in enumerate(body.get("matters", [])):
            before = matters[number] if number < len(matters) else Matter()
            matters[number : number + 1] = [before.with_typed(typed)]
        self.matter.set_all(matters, int(body.get("at", 0)))
        self._began_at = str(body.get("began_at", self._began_at))
        self.show_more(shown=bool(self._notes.value() or self._channel.text()), focus=False)
        self.visitor.look_up()

    def leave(self) -> bool:
        """Leave the form (Esc); what is typed is kept as a draft and offered again, so nothing is asked."""
        self.keeper.keep()
        self.closed.emit()
        return True

    def _put_away(self, *, kept: bool) -> None:
        (self.keeper.keep if kept else self.keeper.drop)()


def _draft_place(place: VisitPlace) -> DraftPlace:
    """Return where an unfinished registration is found again; new ones are offered by the page, of any day."""
    correcting = place.mode is VisitMode.CORRECTION
    return DraftPlace(
        DRAFT_FORM, "reception", place.visit_uid, right=Right.KEEP if correcting else Right.REGISTER, offered=correcting
    )
