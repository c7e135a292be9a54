"""Every writing method of every desk keeps to the rights of who is signed in."""

import hashlib
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from station_app.domain.answer_classes import PRESETS
from station_app.domain.attachment import Attachment, Owner
from station_app.domain.events import EventKind
from station_app.domain.groups import Group, GroupKind
from station_app.domain.issued import Issued
from station_app.domain.limits import Limits
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.numbering import DEFAULT_PATTERNS, Series
from station_app.domain.operators import Operator, Role
from station_app.domain.people import Deputy, EndReason, Leave, Level, Mandate
from station_app.domain.periods import month
from station_app.domain.reception import (
    DayState,
    Presence,
    ReceptionDay,
)
from station_app.domain.rooms import Room
from station_app.domain.roster_check import RosterRules
from station_app.domain.station import Choice, ListKey, Staff, StaffPost, Tier, Unit, Village
from station_app.domain.term_change import Fate, TermChange
from station_app.domain.terms import Constituency, Term
from station_app.services.done import Done
from station_app.services.intake import SheetKind
from station_app.services.issuing_desk import Packed
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.services.portraits import Crop
from station_app.station import Desks
from station_app.support.faults import NotAllowed
from tests.operator_station import NOTE, TODAY, HandClock, a_visit, copied, operator_station, sign_in

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return operator_station(tmp_path_factory.mktemp("operators"))


@pytest.fixture
def path(made_once: Path, tmp_path: Path) -> Path:
    return copied(made_once, tmp_path)


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


@pytest.fixture
def desks(path: Path, hand: HandClock) -> Iterator[Desks]:
    made = Desks.open(path, hand.clock)
    yield made
    made.close()


def steps_of(desks: Desks) -> int:
    return int(desks._file.value("SELECT count(*) FROM steps"))


Action = Callable[[Desks], Done[Any]]
REGISTERING: dict[tuple[str, str], Action] = {
    ("ReceptionDesk", "register_visit"): lambda desks: desks.reception.register_visit(a_visit()),
    ("ReceptionDesk", "print_blank_forms"): lambda desks: desks.reception.print_blank_forms(2),
    ("ReceptionDays", "sign_in"): lambda desks: desks.days.sign_in(open_day(desks).id, 3, Presence.PRESENT),
    ("OpinionDesk", "register_deputy_opinion"): lambda desks: desks.opinions.register_deputy_opinion(
        DeputyOpinionDraft(TODAY.isoformat(), 1, "建议修路灯。")
    ),
}
KEEPING: dict[tuple[str, str], Action] = {
    ("ReceptionDesk", "correct_visit"): lambda desks: desks.reception.correct_visit(
        1, replace(desks.reception.draft_of(1), notes="补记")
    ),
    ("ReceptionDays", "save"): lambda desks: desks.days.save(ReceptionDay("2026-12-24", place="禾溪镇政府")),
    ("ReceptionDays", "open"): lambda desks: desks.days.open(day_in(desks, DayState.HELD).id),
    ("ReceptionDays", "end"): lambda desks: desks.days.end(open_day(desks).id),
    ("ReceptionDays", "announce"): lambda desks: desks.days.announce(day_in(desks, DayState.PLANNED).id),
    ("ReceptionDays", "call_off"): lambda desks: desks.days.call_off(
        day_in(desks, DayState.PLANNED).id, DayState.CANCELLED, "山洪"
    ),
    ("ReceptionDays", "move_to"): lambda desks: desks.days.move_to(
        day_in(desks, DayState.PLANNED).id, "2026-12-28", "山洪"
    ),
    ("ReceptionDays", "take_off"): lambda desks: desks.days.take_off(open_day(desks).id, 1),
    ("OpinionDesk", "correct_words"): lambda desks: desks.opinions.correct_words(
        1, "桥头护栏", "交通", "上坪村", urgent=True
    ),
    ("OpinionDesk", "move"): lambda desks: desks.opinions.move(waiting_case(desks), hand_over(desks)),
    ("OpinionDesk", "move_many"): lambda desks: desks.opinions.move_many([waiting_case(desks)], hand_over(desks)),
    ("OpinionDesk", "correct_event"): lambda desks: desks.opinions.correct_event(
        *last_event(desks), None, "登记错了一件"
    ),
    ("IssuingDesk", "keep"): lambda desks: desks.issuing.keep(a_summary(desks)),
    ("Roster", "save_deputy"): lambda desks: desks.roster.save_deputy(
        Deputy("韦东", mandates=(Mandate(Level.TOWNSHIP, "第十八届", from_on="2021-11-01"),))
    ),
    ("Roster", "delete_deputy"): lambda desks: desks.roster.delete_deputy(7),
    ("Roster", "end_mandates"): lambda desks: desks.roster.end_mandates(
        1, [desks.roster.deputy(1).mandates[0].id], TODAY.isoformat(), EndReason.RESIGNED, leave_groups=True
    ),
    ("Roster", "take_leave"): lambda desks: desks.roster.take_leave(2, Leave(TODAY.isoformat())),
    ("Roster", "end_leave"): lambda desks: (
        desks.roster.take_leave(2, Leave("2026-11-01")),
        desks.roster.end_leave(2, TODAY.isoformat()),
    )[1],
    ("Roster", "move_out"): lambda desks: desks.roster.move_out(3, TODAY.isoformat(), "城东街道联络站"),
    ("Roster", "move_in"): lambda desks: (
        desks.roster.move_out(3, "2026-11-01", "城东街道联络站"),
        desks.roster.move_in(3, TODAY.isoformat(), "城东街道联络站"),
    )[1],
    ("Roster", "move_within"): lambda desks: desks.roster.move_within(3, TODAY.isoformat(), 1),
    ("Portraits", "save"): lambda desks: desks.portraits.save(2, a_photo(), Crop(0.0, 0.0, 1.0, 1.0)),
    ("Portraits", "remove"): lambda desks: desks.portraits.remove(2),
    ("Grouping", "delete_group"): lambda desks: desks.grouping.delete_group(1),
    ("ReceptionDays", "delete"): lambda desks: desks.days.delete(day_in(desks, DayState.PLANNED).id),
    ("CheckingDesk", "confirm"): lambda desks: desks.checking.confirm(2),
    ("CheckingDesk", "change"): lambda desks: desks.checking.change(
        replace(desks.roster.deputies()[0], party="群众"), "本人说的"
    ),
    ("CheckingDesk", "unreached"): lambda desks: desks.checking.unreached(2, "电话无人接听"),
    ("TermsDesk", "save_term"): lambda desks: desks.terms.save_term(Term(Level.TOWNSHIP, "第十九届", "2026-12-18")),
    ("TermsDesk", "register_proposals"): lambda desks: desks.terms.register_proposals(),
    ("TermsDesk", "delete_term"): lambda desks: desks.terms.delete_term(a_term(desks)),
    ("TermsDesk", "save_constituency"): lambda desks: desks.terms.save_constituency(a_constituency()),
    ("TermsDesk", "register_constituencies"): lambda desks: desks.terms.register_constituencies(
        Level.TOWNSHIP, "第十八届"
    ),
    ("TermsDesk", "delete_constituency"): lambda desks: desks.terms.delete_constituency(
        desks.terms.save_constituency(a_constituency()).value
    ),
    ("TermChangeDesk", "carry_out"): lambda desks: desks.term_change.carry_out(a_term_change(desks)),
    ("SettingsDesk", "save_roster_rules"): lambda desks: desks.settings.save_roster_rules(RosterRules(24)),
    ("Grouping", "save_group"): lambda desks: desks.grouping.save_group(Group(0, "", "新组", GroupKind.FIELD)),
    ("Grouping", "join"): lambda desks: desks.grouping.join(4, 5, TODAY.isoformat()),
    ("Grouping", "leave"): lambda desks: desks.grouping.leave(1, TODAY.isoformat()),
    ("Grouping", "make_leader"): lambda desks: desks.grouping.make_leader(1, 2),
    ("Grouping", "join_all"): lambda desks: desks.grouping.join_all(4, [5, 6], TODAY.isoformat()),
    ("Grouping", "leave_all"): lambda desks: desks.grouping.leave_all([1, 2], TODAY.isoformat()),
    ("Grouping", "move"): lambda desks: desks.grouping.move([1], 2, TODAY.isoformat()),
    ("Grouping", "correct_membership"): lambda desks: desks.grouping.correct_membership(1, "2026-02-02", ""),
    ("Grouping", "remove_membership"): lambda desks: desks.grouping.remove_membership(1),
    ("RoomsDesk", "save"): lambda desks: desks.rooms.save(Room("圩镇联络室")),
    ("RoomsDesk", "arrange"): lambda desks: desks.rooms.arrange([desks.rooms.save(Room("圩镇联络室")).value]),
    ("RoomsDesk", "delete"): lambda desks: desks.rooms.delete(desks.rooms.save(Room("圩镇联络室")).value),
    ("SettingsDesk", "save_profile"): lambda desks: desks.settings.save_profile(
        replace(desks.settings.profile(), phone="14000000088")
    ),
    ("SettingsDesk", "save_village"): lambda desks: desks.settings.save_village(Village(0, "", "新村", "新村")),
    ("SettingsDesk", "save_unit"): lambda desks: desks.settings.save_unit(Unit(0, "", "镇林业站", Tier.TOWNSHIP)),
    ("SettingsDesk", "save_staff"): lambda desks: desks.settings.save_staff(Staff(0, "", "韦东", StaffPost.CLERK)),
    ("SettingsDesk", "save_choice"): lambda desks: desks.settings.save_choice(
        Choice(0, "", ListKey.CATEGORY, "新类别")
    ),
    ("SettingsDesk", "arrange"): lambda desks: desks.settings.arrange("villages", [2, 1, 3, 4, 5]),
    ("SettingsDesk", "save_pattern"): lambda desks: desks.settings.save_pattern(
        Series.VISIT, DEFAULT_PATTERNS[Series.VISIT]
    ),
    ("SettingsDesk", "save_patterns"): lambda desks: desks.settings.save_patterns(
        {Series.VISIT: DEFAULT_PATTERNS[Series.VISIT]}
    ),
    ("SettingsDesk", "save_answer_classes"): lambda desks: desks.settings.save_answer_classes(PRESETS["ABC"]),
    ("SettingsDesk", "save_holidays"): lambda desks: desks.settings.save_holidays(2027, "2027-01-01 元旦"),
    ("SettingsDesk", "save_limits"): lambda desks: desks.settings.save_limits(Limits()),
    ("AttachmentsDesk", "attach"): lambda desks: desks.attachments.attach(Owner.DEPUTY, 1, ()),
    ("AttachmentsDesk", "attach_files"): lambda desks: desks.attachments.attach_files(
        Owner.DEPUTY, 1, [desks.path.parent / NOTE]
    ),
    ("AttachmentsDesk", "attach_to_answer"): lambda desks: desks.attachments.attach_to_answer(
        "答复", lambda: desks.opinions.move(answerable_case(desks), an_answer()), []
    ),
    ("AttachmentsDesk", "rename"): lambda desks: desks.attachments.rename(an_attachment(desks), "护栏"),
    ("AttachmentsDesk", "remove"): lambda desks: desks.attachments.remove([an_attachment(desks)]),
    ("AttachmentsDesk", "save_limits"): lambda desks: desks.attachments.save_limits(desks.attachments.limits()),
    ("BackupDesk", "save_settings"): lambda desks: desks.backups.save_settings(desks.backups.settings()),
    ("BackupDesk", "choose_second"): lambda desks: desks.backups.choose_second(desks.path.parent),
    ("BackupDesk", "forget_second"): lambda desks: desks.backups.forget_second(),
    ("Intake", "confirm"): lambda desks: desks.intake.confirm(
        desks.intake.preview(SAMPLES / "代表花名册_禾溪镇.xlsx", SheetKind.ROSTER)
    ),
}
GOVERNING: dict[tuple[str, str], Action] = {
    ("ErasingDesk", "erase"): lambda desks: desks.erasing.erase(
        [1], TODAY.isoformat(), "本人书面申请", words_too=False
    ),
    ("OperatorsDesk", "save"): lambda desks: desks.operators.save(Operator(0, "", "韦东", Role.READER)),
    ("OperatorsDesk", "retire"): lambda desks: desks.operators.retire(
        next(one for one in desks.operators.all() if one.name == "罗成"), retired=True
    ),
    ("OperatorsDesk", "save_idle_minutes"): lambda desks: desks.operators.save_idle_minutes(5),
}
ALWAYS = {
    ("Housekeeping", "undo"),  # takes back only what this operator has just done
    ("OperatorsDesk", "change_pin"),  # changes only the own one
    ("OperatorsDesk", "reset_pin_by_sheet"),  # for who holds the recovery sheet
    ("BackupDesk", "note_restored"),  # by the program, in the register that was restored
}
"""Need no right."""
RESCUING: dict[tuple[str, str], Action] = {
    ("AttachmentsDesk", "add_missing_from"): lambda desks: desks.attachments.add_missing_from(desks.path),
}
"""Need the right to keep, and something that is missing."""


def open_day(desks: Desks) -> ReceptionDay:
    return day_in(desks, DayState.OPEN)


def day_in(desks: Desks, state: DayState) -> ReceptionDay:
    return next(one for one in desks.days.between() if one.state is state)


def waiting_case(desks: Desks) -> int:
    return next(case.id for case in desks.opinions.cases() if Move.HAND_OVER in desks.opinions.moves(case))


def answerable_case(desks: Desks) -> int:
    return next(case.id for case in desks.opinions.cases() if Move.ANSWER in desks.opinions.moves(case))


def last_event(desks: Desks) -> tuple[int, str]:
    case = next(one for one in desks.opinions.cases() if one.events[-1].kind is EventKind.HANDED_OVER)
    return case.id, case.events[-1].uid


def a_summary(desks: Desks) -> Packed:
    sums = (hashlib.sha256(b"pdf").hexdigest(), hashlib.sha256(b"xlsx").hexdigest())
    head, at = desks._file.chain_head(), desks.clock.stamp()
    known = Issued(0, "", month("2026-10"), "2026-11-02", "", "镇人大主席团", 0, "", head, *sums, at)
    return Packed(known, b"pdf", b"xlsx")


def a_term(desks: Desks) -> int:
    return desks.terms.save_term(Term(Level.TOWNSHIP, "第二十届", "2031-12-18")).value


def a_constituency() -> Constituency:
    return Constituency(Level.TOWNSHIP, "第十八届", "上坪村选区")


def a_term_change(desks: Desks) -> TermChange:
    change = replace(desks.term_change.begin(Level.TOWNSHIP), new_term="第十九届")
    return change.deciding([one.deputy_id for one in change.outgoing], fate=Fate.CARRIED)


def an_answer() -> MoveDraft:
    return MoveDraft(Move.ANSWER, TODAY.isoformat(), "已修好。", "李工", answer_class="A", way="书面")


def a_photo() -> bytes:
    written = BytesIO()
    Image.new("RGB", (50, 70), "grey").save(written, "JPEG")
    return written.getvalue()


def an_attachment(desks: Desks) -> Attachment:
    return desks.attachments.of(Owner.DEPUTY, 1)[0]


def hand_over(desks: Desks) -> MoveDraft:
    unit = next(one for one in desks.settings.units() if one.tier is Tier.TOWNSHIP)
    return MoveDraft(Move.HAND_OVER, TODAY.isoformat(), tier=Tier.TOWNSHIP, unit_id=unit.id)


def writing_methods(desks: Desks) -> set[tuple[str, str]]:
    """Return class and name of every public method of every desk that returns a `Done`."""
    parts = [getattr(desks, name) for name in dir(desks) if not name.startswith("_")]
    found = set()
    for desk in parts:
        for name, method in inspect.getmembers(desk, inspect.ismethod):
            told = str(inspect.signature(method).return_annotation)
            if not name.startswith("_") and "Done[" in told and type(desk) is not Desks:
                found.add((type(desk).__name__, name))
    return found


def opens_a_step_with_a_right(desks: Desks, name: tuple[str, str]) -> bool:
    """Tell whether a method itself begins a step that takes a right, as `StationFile.write` asks for at its start."""
    desk = next(one for one in (getattr(desks, key) for key in dir(desks)) if type(one).__name__ == name[0])
    source = inspect.getsource(getattr(desk, name[1]))
    return "._file.write(" in source and not re.search(r"_file\.write\(.*None\)", source)


def test_every_writing_method_of_every_desk_is_walked_or_takes_a_right_by_itself(desks: Desks) -> None:
    walked = {*REGISTERING, *KEEPING, *RESCUING, *GOVERNING, *ALWAYS}
    others = writing_methods(desks) - walked
    assert [name for name in sorted(others) if not opens_a_step_with_a_right(desks, name)] == [], "walk it here"
    assert walked - writing_methods(desks) == set()


def refused_everywhere(desks: Desks, actions: dict[tuple[str, str], Action], folder: Path) -> None:
    before, files = steps_of(desks), sorted(folder.rglob("*"))
    for name, action in actions.items():
        with pytest.raises(NotAllowed):
            action(desks)
        assert steps_of(desks) == before, name
    assert sorted(folder.rglob("*")) == files


def test_who_only_reads_writes_nothing_anywhere(desks: Desks, tmp_path: Path) -> None:
    sign_in(desks, "何平")
    refused_everywhere(desks, REGISTERING | KEEPING | RESCUING | GOVERNING, tmp_path)


def test_who_registers_does_nothing_else(desks: Desks, tmp_path: Path) -> None:
    sign_in(desks, "林小雨")
    refused_everywhere(desks, KEEPING | RESCUING | GOVERNING, tmp_path)


def test_who_registers_may_register(desks: Desks) -> None:
    sign_in(desks, "林小雨")
    before = steps_of(desks)
    for action in REGISTERING.values():
        action(desks)
    assert steps_of(desks) == before + len(REGISTERING)


@pytest.mark.parametrize(
    "action", [pytest.param(action, id=name) for (_, name), action in (REGISTERING | KEEPING | GOVERNING).items()]
)
def test_the_clerk_may_do_everything(desks: Desks, action: Action) -> None:
    sign_in(desks, "肖敏")
    action(desks)


def test_who_only_reads_keeps_no_drafts(desks: Desks) -> None:
    sign_in(desks, "何平")
    with pytest.raises(NotAllowed):
        desks.housekeeping.keep_draft("visit", {"fields": {}})
