"""What was deleted or taken back can be had again, with what it belongs to, or it is said why not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from station_app.domain.attachment import Owner
from station_app.domain.groups import Group, GroupKind, HouseholdLink
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.operators import Role
from station_app.domain.people import Deputy, EndReason, Level, Mandate
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import DayState, OpinionDraft, Receiver, ReceptionDay, VisitDraft, VisitorDraft
from station_app.domain.station import Choice, ListKey, Staff, StaffPost, Tier, Unit, Village
from station_app.services.deleted_desk import ParentsDeleted
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.support.faults import NotAllowed
from tests.ui.small_station import small_station

TODAY = date(2026, 11, 25)
SAMPLES = Path(__file__).parents[1] / "samples"
NOBODY = Deputy("莫一凡", phone="14000007777", mandates=(Mandate(Level.TOWNSHIP),))


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    made = small_station(tmp_path / "禾溪.station", TODAY)
    yield made
    made.close()


def a_visit(*words: str, number: str = "") -> VisitDraft:
    return VisitDraft(
        on=TODAY.isoformat(), visitor=VisitorDraft(name="莫小川", phone="14000006666"), receivers=(Receiver("肖敏"),),
        opinions=tuple(map(OpinionDraft, words)), notes="问路", paper=bool(number), form_number=number,
    )  # fmt: skip


def records(desks: Desks) -> dict[str, int]:
    """Return the living records by table."""
    file = desks._file
    return {
        table: file.value(f"SELECT count(*) FROM {table} WHERE deleted_at IS NULL") for table in desks._file.counts()
    }


def a_deputy(desks: Desks) -> None:
    desks.roster.delete_deputy(desks.roster.save_deputy(NOBODY).value)


def a_group(desks: Desks) -> None:
    desks.grouping.delete_group(desks.grouping.groups()[0].id)


def a_mandate(desks: Desks) -> None:
    deputy = next(one for one in desks.roster.deputies() if len(one.mandates) > 1)
    desks.roster.save_deputy(Deputy(**{**vars(deputy), "mandates": deputy.mandates[:1]}))


def a_groups_village(desks: Desks) -> None:
    group = desks.grouping.groups()[0]
    more = next(one.id for one in desks.settings.villages() if one.id not in group.village_ids)
    desks.grouping.save_group(replace(group, village_ids=(*group.village_ids, more)))
    desks.grouping.save_group(group)


def a_day(desks: Desks) -> None:
    planned = next(one for one in desks.days.between() if one.state is DayState.PLANNED)
    desks.days.delete(planned.id)


def an_attendance(desks: Desks) -> None:
    planned = next(one for one in desks.days.between() if one.state is DayState.PLANNED)
    desks.days.take_off(planned.id, planned.attendance[0].deputy_id)


def a_wrong_visit(desks: Desks) -> None:
    desks.reception.delete_visit(desks.reception.register_visit(a_visit()).value.visit_id)


def an_attachment(desks: Desks) -> None:
    note = desks.path.parent / "便条.txt"
    note.write_text("桥头护栏", encoding="utf-8")
    desks.attachments.attach_files(Owner.DEPUTY, 1, [note])
    desks.attachments.remove(desks.attachments.of(Owner.DEPUTY, 1))


DELETIONS = {
    "代表": a_deputy,
    "小组": a_group,
    "代表职务": a_mandate,
    "小组联系村": a_groups_village,
    "接待日": a_day,
    "签到": an_attendance,
    "来访": a_wrong_visit,
    "附件": an_attachment,
}
UNDONE = {
    "来访、意见建议": lambda desks: desks.reception.register_visit(a_visit("路灯不亮。", "水渠淤了。")),
    "代表": lambda desks: desks.roster.save_deputy(NOBODY),
    "小组": lambda desks: desks.grouping.save_group(Group(0, "", "新组", GroupKind.FIELD)),
    "小组成员": lambda desks: desks.grouping.join(4, 5, TODAY.isoformat()),
    "村(居)": lambda desks: desks.settings.save_village(Village(0, "", "新村", "新村")),
    "承办单位": lambda desks: desks.settings.save_unit(Unit(0, "", "镇林业站", Tier.TOWNSHIP)),
    "工作人员": lambda desks: desks.settings.save_staff(Staff(0, "", "韦东", StaffPost.CLERK)),
    "选项": lambda desks: desks.settings.save_choice(Choice(0, "", ListKey.CATEGORY, "新类别")),
    "接待日": lambda desks: desks.days.save(ReceptionDay("2026-12-20", place="圩镇"), ()),
    "预印表号": lambda desks: desks.reception.print_blank_forms(3),
    "村(居)、代表": lambda desks: desks.intake.confirm(
        desks.intake.preview(SAMPLES / "代表花名册_禾溪镇.xlsx", SheetKind.ROSTER)
    ),
}


@pytest.mark.parametrize("kind", DELETIONS)
def test_every_kind_of_record_that_can_be_deleted_comes_back(desks: Desks, kind: str) -> None:
    DELETIONS[kind](desks)
    deleted = records(desks)
    entry = desks.deleted.entries()[0]
    assert (entry.kinds, entry.way) == (kind, "删除")
    assert entry.names
    desks.deleted.restore(entry.step_id)
    assert sum(records(desks).values()) == sum(deleted.values()) + len(entry.records)
    assert entry.step_id not in {one.step_id for one in desks.deleted.entries()}
    desks.housekeeping.undo()
    assert records(desks) == deleted, "restoring is a step like any other"
    assert desks._file.first_broken_step() is None


@pytest.mark.parametrize("kind", UNDONE)
def test_what_was_taken_back_can_be_had_again(desks: Desks, kind: str) -> None:
    UNDONE[kind](desks)
    done = records(desks)
    desks.housekeeping.undo()
    entry = desks.deleted.entries()[0]
    assert entry.way == "撤销登记"
    assert entry.kinds == kind
    desks.deleted.restore(entry.step_id)
    assert records(desks) == done


def test_a_move_taken_back_is_had_again_unless_the_matter_has_gone_on(desks: Desks) -> None:
    case = next(one for one in desks.opinions.cases() if Move.HAND_OVER in desks.opinions.moves(one))
    unit = desks.settings.units()[0]
    move = MoveDraft(Move.HAND_OVER, TODAY.isoformat(), tier=unit.tier, unit_id=unit.id)
    desks.opinions.move(case.id, move)
    desks.housekeeping.undo()
    (entry,) = desks.deleted.entries()
    assert case.number in entry.names
    desks.deleted.restore(entry.step_id)
    assert desks.opinions.case(case.id).progress.unit_id == unit.id
    desks.housekeeping.undo()
    (entry,) = desks.deleted.entries()
    desks.opinions.move(case.id, move)
    with pytest.raises(InvalidInput, match="后来又办理了别的"):
        desks.deleted.restore(entry.step_id)


def test_what_it_belongs_to_is_told_and_comes_back_with_it(desks: Desks) -> None:
    planned = next(one for one in desks.days.between() if one.state is DayState.PLANNED)
    desks.days.take_off(planned.id, planned.attendance[0].deputy_id)
    desks.days.delete(planned.id)
    day, attendance = desks.deleted.entries()
    with pytest.raises(ParentsDeleted, match=f"接待日 {planned.on}"):
        desks.deleted.restore(attendance.step_id)
    desks.deleted.restore(attendance.step_id, with_parents=True)
    assert desks.deleted.entries() == []
    assert len(desks.days.one(planned.id).attendance) == len(planned.attendance)
    desks.housekeeping.undo()
    assert [one.step_id for one in desks.deleted.entries()] != [day.step_id]
    with pytest.raises(KeyError):
        desks.days.one(planned.id)


def test_steps_taken_back_together_come_back_one_after_the_other(desks: Desks) -> None:
    registered = desks.reception.register_visit(a_visit("路灯不亮。")).value
    draft = desks.reception.draft_of(registered.visit_id)
    more = VisitDraft(**{**vars(draft), "opinions": (*draft.opinions, OpinionDraft("水渠淤了。"))})
    desks.reception.correct_visit(registered.visit_id, more)
    first = desks.housekeeping.undoable()[1]
    desks.housekeeping.undo(back_to=first.id)
    later = min(desks.deleted.entries(), key=lambda one: one.step_id)
    desks.deleted.restore(later.step_id, with_parents=True)
    assert [case.words for case in desks.reception.cases_of_visit(registered.visit_id)] == ["路灯不亮。", "水渠淤了。"]


def test_what_another_one_has_replaced_does_not_come_back(desks: Desks) -> None:
    group = desks.grouping.groups()[0]
    desks.grouping.delete_group(group.id)
    desks.grouping.save_group(Group(0, "", group.name, group.kind))
    (entry,) = desks.deleted.entries()
    with pytest.raises(InvalidInput, match="已经有同样的小组"):
        desks.deleted.restore(entry.step_id)


def test_what_has_ended_meanwhile_comes_back_ended(desks: Desks) -> None:
    on, after = "2026-11-20", "2026-11-21"
    member = desks.grouping.groups()[0].memberships[1]
    link = desks.households.save(HouseholdLink(member.deputy_id, 1, 5, from_on="2026-02-01")).value
    desks.households.delete(link)
    desks.grouping.remove_membership(member.id)
    held = [one.id for one in desks.roster.deputy(member.deputy_id).mandates]
    desks.roster.end_mandates(member.deputy_id, held, on, EndReason.RESIGNED, leave_groups=True)
    for label in ("删除联户", "删除录错的编组"):
        desks.deleted.restore(next(one.step_id for one in desks.deleted.entries() if one.label == label))
    back = next(one for one in desks.grouping.groups()[0].memberships if one.id == member.id)
    assert (back.to_on, [one.to_on for one in desks.households.all()]) == (after, [after])


def test_a_deputy_whose_place_as_leader_is_taken_does_not_come_back(desks: Desks) -> None:
    group = next(one for one in desks.grouping.groups() if one.kind is GroupKind.AREA)
    leader = desks.roster.save_deputy(NOBODY).value
    desks.households.save(HouseholdLink(leader, 1, 5))
    desks.grouping.join(group.id, leader, TODAY.isoformat(), leader=True)
    desks.roster.delete_deputy(leader)
    assert desks.households.all() == [], "nobody keeps contact any more"
    (entry,) = (one for one in desks.deleted.entries() if one.label == "删除代表")
    desks.grouping.make_leader(group.id, group.memberships[0].deputy_id, TODAY.isoformat())
    with pytest.raises(InvalidInput, match="重复编组"):
        desks.deleted.restore(entry.step_id)
    desks.grouping.make_leader(group.id, None, TODAY.isoformat())
    desks.deleted.restore(entry.step_id)
    assert [one.deputy_id for one in desks.households.all()] == [leader]


def test_what_is_restored_is_not_restored_twice(desks: Desks) -> None:
    a_group(desks)
    (entry,) = desks.deleted.entries()
    desks.deleted.restore(entry.step_id)
    with pytest.raises(InvalidInput, match="已经恢复了"):
        desks.deleted.restore(entry.step_id)


def test_what_was_erased_on_request_is_not_offered(desks: Desks) -> None:
    visit_id = desks.reception.register_visit(a_visit()).value.visit_id
    desks.erasing.erase([visit_id], TODAY.isoformat(), "本人书面申请", words_too=True)
    desks.reception.delete_visit(visit_id)
    assert "莫小川" not in str(desks.deleted.entries())


def test_a_visit_with_opinions_is_not_deleted(desks: Desks) -> None:
    registered = desks.reception.register_visit(a_visit("路灯不亮。")).value
    with pytest.raises(InvalidInput, match="作废"):
        desks.reception.delete_visit(registered.visit_id)


def test_a_deputy_with_a_history_is_not_deleted(desks: Desks) -> None:
    with pytest.raises(InvalidInput, match="终止日期"):
        desks.roster.delete_deputy(desks.roster.deputies()[0].id)


def test_a_day_that_was_announced_is_not_deleted(desks: Desks) -> None:
    planned = next(one for one in desks.days.between() if one.state is DayState.PLANNED)
    desks.days.announce(planned.id)
    with pytest.raises(InvalidInput, match="没公告"):
        desks.days.delete(planned.id)


def test_the_form_of_a_deleted_visit_is_restored_not_entered_twice(desks: Desks) -> None:
    (number,) = desks.reception.print_blank_forms(1).value
    registered = desks.reception.register_visit(a_visit(number=number)).value
    desks.reception.delete_visit(registered.visit_id)
    with pytest.raises(InvalidInput, match="最近删除"):
        desks.reception.register_visit(a_visit(number=number))


def test_a_helper_restores_nothing(desks: Desks) -> None:
    a_group(desks)
    desks._file.sign_in("林小雨", Role.HELPER.rights)
    with pytest.raises(NotAllowed):
        desks.deleted.restore(desks.deleted.entries()[0].step_id)


def test_founding_the_register_cannot_be_taken_back(desks: Desks) -> None:
    for step in desks.housekeeping.undoable():
        desks.housekeeping.undo(back_to=step.id)
    while desks.housekeeping.undoable():
        desks.housekeeping.undo()
    assert desks.settings.profile().name
    (founding,) = desks.housekeeping.past_steps()
    assert founding.why_not


def test_saving_numbers_or_the_station_is_one_step(desks: Desks) -> None:
    before = len(desks._file.tuples("SELECT id FROM steps"))
    desks.settings.save_profile(desks.settings.profile(), {"roster.private": True})
    assert len(desks._file.tuples("SELECT id FROM steps")) == before + 1
    desks.housekeeping.undo()
    assert desks.settings.preference("roster.private", default=False) is False
