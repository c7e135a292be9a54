"""What is typed in the registration form, as plain data: kept as a draft, brought back after a crash."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from station_app.domain.people import Deputy, level_label
from station_app.domain.reception import Presence, Receiver, ReceptionDay
from station_app.domain.station import OrganKind, Staff
from station_app.ui.fields import Choice, MultiChoiceField


class VisitMode(StrEnum):
    """What the form is for."""

    NEW = "new"
    PAPER = "paper"
    CORRECTION = "correction"


MODE_TITLES = {VisitMode.NEW: "登记接待", VisitMode.PAPER: "补录纸质登记表", VisitMode.CORRECTION: "更正登记"}
DRAFT_FORM = "visit"
"""Under which name unfinished registrations are kept."""


@dataclass(frozen=True)
class VisitPlace:
    """Where and when the visit that is typed belongs.

    Args:
        day: the reception day, or None for a visit outside one (日常来访).
        on: ISO date proposed.
        visit_id / visit_uid: the registered visit that is corrected, else None and empty.
    """

    mode: VisitMode
    on: str
    day: ReceptionDay | None = None
    visit_id: int | None = None
    visit_uid: str = ""


class ReceiversField(MultiChoiceField):
    """Who received the visitor: `Receiver` values, typed names among them."""

    def typed(self) -> list[list[Any]]:
        """See `Field.typed`."""
        return [[one.name, one.deputy_id, one.staff_id] for one in receivers_of(self.value())]

    def put_typed(self, kept: list[list[Any]]) -> None:
        """See `Field.put_typed`."""
        self.set_value(Receiver(*one) for one in kept)


def receivers_of(values: tuple[Any, ...]) -> tuple[Receiver, ...]:
    """Return the receivers chosen; a typed name that is no deputy and no staff is a name only."""
    return tuple(one if isinstance(one, Receiver) else Receiver(str(one)) for one in values)


def receiver_choices(
    deputies: list[Deputy], staff: list[Staff], also: tuple[Receiver, ...], on: str, organ: OrganKind
) -> list[Choice]:
    """Return who may receive: the deputies in office with their levels, the station's own people, and ``also``."""
    chosen = [Choice(Receiver(one.name, deputy_id=one.id), one.name, _levels(one, on, organ)) for one in deputies]
    chosen += [Choice(Receiver(one.name, staff_id=one.id), one.name, "联络站") for one in staff if not one.retired]
    known = {one.value for one in chosen}
    return chosen + [Choice(one, one.name) for one in also if one not in known]


def _levels(deputy: Deputy, on: str, organ: OrganKind) -> str:
    return "、".join(level_label(level, organ) for level in deputy.levels_on(on))


def preset_receivers(day: ReceptionDay | None, staff: list[Staff], operator: str) -> tuple[Receiver, ...]:
    """Return who most likely receives: the deputies signed in, else those planned; without a day the clerk."""
    attendance = day.attendance if day else ()
    present = [one for one in attendance if one.presence is Presence.PRESENT]
    planned = [one for one in attendance if one.presence is Presence.PLANNED]
    deputies = tuple(Receiver(one.name, deputy_id=one.deputy_id) for one in present or planned)
    if deputies:
        return deputies
    own = [one for one in staff if not one.retired]
    clerk = next((one for one in own if one.name == operator), own[0] if own else None)
    return (Receiver(clerk.name, staff_id=clerk.id),) if clerk else ()


def place_words(place: VisitPlace) -> str:
    """Return which day a registration goes to: 11-25 圩镇流动接待点, or 日常来访."""
    if place.day is None:
        return "日常来访（不在接待日）"
    return f"{place.day.on[5:]} {place.day.place}"
