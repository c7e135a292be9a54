"""Opens the form of something unfinished again, with the record it is about as it stands now."""

from collections.abc import Callable
from typing import Final

from station_app.domain.kept_draft import KeptDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.domain.people import Deputy
from station_app.domain.reception import ReceptionDay
from station_app.station import Desks
from station_app.ui.correct_opinion_form import CorrectOpinionForm
from station_app.ui.day_form import BlankFormsForm, CallOffForm, DayForm
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.deputy_opinion_form import DeputyOpinionForm
from station_app.ui.deputy_steps import EndForm, LeaveForm, MoveForm
from station_app.ui.form import FormPanel
from station_app.ui.group_forms import GroupForm, JoinForm
from station_app.ui.messages import Messages
from station_app.ui.opinion_forms import move_form
from station_app.ui.page import Shell
from station_app.ui.suggestion_form import CorrectSuggestionForm, MeetingForm, OwnSuggestionForm

_NEW: Final[dict[str, Callable[[Desks, Messages], FormPanel]]] = {
    DeputyOpinionForm.kind: DeputyOpinionForm,
    OwnSuggestionForm.kind: OwnSuggestionForm,
}
_OF_ONE: Final[dict[str, Callable[[Case, Desks, Messages], FormPanel]]] = {
    CorrectOpinionForm.kind: CorrectOpinionForm,
    CorrectSuggestionForm.kind: CorrectSuggestionForm,
    MeetingForm.kind: MeetingForm,
}
_OF_DEPUTY: Final[dict[str, Callable[[Desks, Shell, Deputy], FormPanel]]] = {
    EndForm.kind: EndForm,
    LeaveForm.kind: LeaveForm,
    MoveForm.kind: MoveForm,
}
"""Forms of 意见 that begin something new, and those about one matter, and those about one deputy, by their kind."""


def reception_form(kept: KeptDraft, desks: Desks, messages: Messages, day: ReceptionDay | None) -> FormPanel | None:
    """Return the form of something unfinished on 接待 other than a registration; None when its day is gone.

    Args:
        day: the day it is about, if it is there.
    """
    if kept.form == BlankFormsForm.kind:
        return BlankFormsForm(desks, messages)
    if kept.record and day is None:
        return None
    return CallOffForm(desks, messages, day) if kept.form == CallOffForm.kind and day else DayForm(desks, messages, day)


def opinion_form(kept: KeptDraft, desks: Desks, shell: Shell) -> tuple[FormPanel, int | None] | None:
    """Return the form of something unfinished on 意见 and the id of its first matter; None when one is gone."""
    if kept.form in _NEW:
        return _NEW[kept.form](desks, shell.messages), None
    uids = kept.body["reopen"].get("cases", [kept.record])
    known = {case.uid: case for case in desks.opinions.cases() if case.uid in uids}
    if len(known) < len(uids):
        return None
    cases = [known[uid] for uid in uids]
    if kept.form in _OF_ONE:
        return _OF_ONE[kept.form](cases[0], desks, shell.messages), cases[0].id
    move = Move(kept.body["reopen"]["move"])
    return move_form(cases, move, desks, shell), cases[0].id


def roster_form(kept: KeptDraft, desks: Desks, shell: Shell) -> FormPanel | None:
    """Return the form of something unfinished on 代表; None when its record is gone."""
    if kept.form == JoinForm.kind:
        known = kept.body["reopen"]
        return JoinForm(desks, shell, desks.grouping.groups(), known["group_id"], known["deputy_id"])
    deputy = next((one for one in desks.roster.deputies() if one.uid == kept.record), None)
    if kept.form in _OF_DEPUTY:
        return _OF_DEPUTY[kept.form](desks, shell, deputy) if deputy else None
    if kept.form == DeputyForm.kind:
        return DeputyForm(desks, shell, deputy) if deputy or not kept.record else None
    group = next((one for one in desks.grouping.groups() if one.uid == kept.record), None)
    return GroupForm(desks, shell, group) if group or not kept.record else None
