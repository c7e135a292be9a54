"""A person's data is erased on request: gone from records, log, index and unfinished forms; fact and reason stay."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from station_app.documents.page_pictures import page_texts
from station_app.domain.attachment import Attachment, Owner
from station_app.domain.erasure import held_words
from station_app.domain.events import EventKind
from station_app.domain.groups import HouseholdLink
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.operators import Role
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.storage.attachment_store import AttachmentStore
from station_app.support.faults import NotAllowed, StationFault
from tests.whole_visitor import VISITOR

NAME, PHONE, WORDS = VISITOR.name, VISITOR.phone, "㛃溪水圳塌了一段，门口过不了车"
ON = "2026-11-25"


def registered(desks: Desks) -> int:
    draft = VisitDraft(
        on=ON,
        visitor=VISITOR,
        receivers=(Receiver("肖敏"),),
        opinions=(OpinionDraft(words=WORDS, category="基础设施"),),
    )
    return desks.reception.register_visit(draft).value.visit_id


def held_bytes(desks: Desks, text: str) -> bool:
    """Tell whether the file's bytes hold a text; the file is not encrypted in these tests."""
    return any(text.encode() in path.read_bytes() for path in desks.path.parent.glob(f"{desks.path.name}*"))


def test_nothing_of_the_person_stays_in_the_file(desks: Desks) -> None:
    visit_id = registered(desks)
    desks.housekeeping.keep_draft("visit", {"name": NAME})
    assert held_bytes(desks, NAME)
    done = desks.erasing.erase([visit_id], ON, "本人书面申请", words_too=True)
    assert (done.value.visits, done.value.opinions, done.value.drafts) == (1, 1, 1)
    known = {field: value for field, value in asdict(VISITOR).items() if isinstance(value, str)}
    assert {"name", "phone", "address", "on_behalf_of"} <= set(known)
    # The village is a label of the station, the gender a code: neither tells who it was.
    for text in (WORDS, *(value for field, value in known.items() if value and field not in {"village", "gender"})):
        assert not held_bytes(desks, text), text
    assert desks.finder.find(NAME) == []
    assert desks.finder.find(PHONE) == []


def test_the_matter_its_number_and_its_handling_stay(desks: Desks) -> None:
    visit_id = registered(desks)
    desks.erasing.erase([visit_id], ON, "本人书面申请", words_too=False)
    (case,) = desks.opinions.cases()
    assert case.words == WORDS
    assert [event.kind for event in case.events] == [EventKind.REGISTERED]
    visit = desks.reception.visit(visit_id)
    assert (visit.name, visit.anonymous, visit.phone, visit.number) == (
        "",
        True,
        "",
        case.number and visit.number,
    )


def test_the_chain_holds_and_blank_images_of_others_do_not(desks: Desks) -> None:
    first = registered(desks)
    registered(desks)
    desks.erasing.erase([first], ON, "本人书面申请", words_too=True)
    assert desks.housekeeping.check().broken_step is None
    file = desks._file
    (step,) = {row["erased_by"] for row in file.rows("SELECT erased_by FROM changes WHERE erased_by IS NOT NULL")}
    victim = file.value("SELECT min(id) FROM changes WHERE entity = 'opinions' AND erased_by IS NULL")
    file.plain_write("UPDATE changes SET before = NULL, after = NULL, erased_by = ? WHERE id = ?", [step, victim])
    assert desks.housekeeping.check().broken_step is not None


def test_fact_and_reason_are_in_the_log(desks: Desks) -> None:
    visit_id = registered(desks)
    done = desks.erasing.erase([visit_id], ON, "本人书面申请", words_too=True)
    row = desks._file.rows(
        "SELECT c.after, s.label FROM changes c JOIN steps s ON s.id = c.step_id"
        " WHERE c.entity = 'erasures' AND s.id = ?",
        [done.step_id],
    )[0]
    assert json.loads(row["after"])["reason"] == "本人书面申请"
    assert "依申请删除个人信息" in row["label"]


def test_an_erasure_cannot_be_undone_nor_what_it_blanked(desks: Desks) -> None:
    visit_id = registered(desks)
    desks.erasing.erase([visit_id], ON, "本人书面申请", words_too=True)
    labels = [step.label for step in desks.housekeeping.undoable()]
    assert not any("登记来访" in label or "依申请" in label for label in labels)


def test_it_asks_for_visits_a_date_and_a_reason(desks: Desks) -> None:
    with pytest.raises(InvalidInput) as wrong:
        desks.erasing.erase([], "明天", " ", words_too=False)
    assert {problem.field for problem in wrong.value.problems} == {"visits", "asked_on", "reason"}
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        desks.erasing.erase([1], "2026-12-01", "本人书面申请", words_too=False)


def test_a_helper_may_not_erase(desks: Desks) -> None:
    visit_id = registered(desks)
    desks._file.sign_in("李梅", Role.HELPER.rights)
    with pytest.raises(NotAllowed):
        desks.erasing.erase([visit_id], ON, "本人书面申请", words_too=True)
    assert held_bytes(desks, NAME)


def attach(desks: Desks, owner: Owner, owner_id: int, path: Path, words: str) -> Attachment:
    path.write_text(words, encoding="utf-8")
    desks.attachments.attach_files(owner, owner_id, [path])
    return desks.attachments.of(owner, owner_id)[-1]


def test_what_is_attached_goes_with_name_and_contents_in_the_backup_too(desks: Desks, tmp_path: Path) -> None:
    visit_id = registered(desks)
    (case,) = desks.opinions.cases()
    letter = attach(desks, Owner.VISIT, visit_id, tmp_path / f"{NAME}的信.txt", "来信原文")
    photo = attach(desks, Owner.OPINION, case.id, tmp_path / "水圳.txt", "照片")
    answer = attach(desks, Owner.EVENT, case.events[0].id, tmp_path / "答复.txt", "答复件")
    desks.housekeeping.back_up()
    assert desks.erasing.extent([visit_id]).brought == 2
    assert desks.erasing.erase([visit_id], ON, "本人书面申请", words_too=False).value.attachments == 2
    copy = AttachmentStore(desks.backups.folder / "禾溪.attachments", desks._file.derived_key("attachments"))
    for gone in (letter, photo):
        with pytest.raises(StationFault):
            desks.attachments.content(gone)
        with pytest.raises(StationFault):
            copy.content(gone.sha256)
    assert desks.attachments.content(answer).decode() == "答复件"
    assert not held_bytes(desks, f"{NAME}的信")
    assert desks.housekeeping.check().sound


def test_a_photo_that_another_visit_has_as_well_stays(desks: Desks, tmp_path: Path) -> None:
    first, second = registered(desks), registered(desks)
    mine = attach(desks, Owner.VISIT, first, tmp_path / "甲.txt", "同一张照片")
    attach(desks, Owner.VISIT, second, tmp_path / "乙.txt", "同一张照片")
    desks.erasing.erase([first], ON, "本人书面申请", words_too=True)
    assert desks.attachments.content(mine).decode() == "同一张照片"
    desks.erasing.erase([second], ON, "本人书面申请", words_too=True)
    with pytest.raises(StationFault):
        desks.attachments.content(mine)


def test_name_and_phone_are_masked_where_they_stand_in_a_text(desks: Desks) -> None:
    visit_id = registered(desks)
    (case,) = desks.opinions.cases()
    desks.opinions.move(case.id, MoveDraft(Move.STUDY, ON, f"{NAME}家门口的水圳，电话{PHONE}"))
    assert desks.erasing.extent([visit_id]).mentions == 1
    desks.erasing.erase([visit_id], ON, "本人书面申请", words_too=False)
    (case,) = desks.opinions.cases()
    assert case.events[-1].text == "某某家门口的水圳，电话某某"
    assert not held_bytes(desks, NAME)
    assert not held_bytes(desks, PHONE)
    assert desks.housekeeping.check().sound


def test_a_row_of_an_old_ledger_is_blanked_and_not_taken_in_again(desks: Desks) -> None:
    sheet = Path("tests/samples/选民意见台账_旧.xls")
    desks.intake.confirm(desks.intake.preview(sheet, SheetKind.OPINIONS))
    visit = next(one for one in desks.reception.visits_between("", "9999") if len(one.name) > 1)
    mine = [one.id for one in desks.erasing.held(visit.name, visit.phone)]
    assert desks.erasing.extent(mine).imported >= 1
    desks.erasing.erase(mine, ON, "本人书面申请", words_too=True)
    assert not held_bytes(desks, visit.name)
    again = desks.intake.preview(sheet, SheetKind.OPINIONS)
    assert again.counts["new"] == 0
    assert again.counts["changed"] == 0


def test_a_registration_that_was_taken_back_is_found_and_erased_too(desks: Desks) -> None:
    registered(desks)
    desks.housekeeping.undo()
    assert desks.similar.persons(NAME, PHONE) == []
    (held,) = desks.erasing.held(NAME, "")
    assert "已删除的登记" in held.words
    desks.erasing.erase([held.id], ON, "本人书面申请", words_too=True)
    assert not held_bytes(desks, NAME)
    assert not held_bytes(desks, WORDS)
    assert desks.housekeeping.check().sound


def test_the_reason_must_not_tell_who_it_was(desks: Desks) -> None:
    visit_id = registered(desks)
    with pytest.raises(InvalidInput, match="不要写姓名"):
        desks.erasing.erase([visit_id], ON, f"{NAME}本人申请", words_too=False)


def test_backups_that_still_hold_the_data_are_named_until_they_are_gone(desks: Desks) -> None:
    desks.housekeeping.back_up("定时")
    visit_id = registered(desks)
    desks.housekeeping.back_up("定时")
    desks.housekeeping.back_up()
    holding = desks.erasing.backups_holding([visit_id])
    assert [(one.backup.occasion, one.until) for one in holding] == [("手动", None), ("定时", date(2028, 11, 25))]
    step = desks.erasing.erase([visit_id], ON, "本人书面申请", words_too=True).step_id
    desks.housekeeping.back_up()
    assert [one.backup.path for one in desks.erasing.still_holding(step)] == [one.backup.path for one in holding]
    marked = [one.backup.path for one in desks.backups.listed() if one.holds_erased]
    assert sorted(marked) == sorted(one.backup.path for one in holding)
    assert held_words(holding) == ("本机 1 份（手动）：要人手删除", "本机 1 份（定时）：最迟 2028-11-25 前自动清理")
    assert desks.erasing.renew_backups(step) == 2
    assert desks.erasing.still_holding(step) == []
    assert len(desks.backups.listed()) == 3
    assert desks.housekeeping.check().sound


def test_what_was_erased_is_listed_and_confirmed_on_paper_without_the_person(desks: Desks, tmp_path: Path) -> None:
    first, second = registered(desks), registered(desks)
    desks.erasing.erase([first, second], ON, "本人书面申请", words_too=True)
    (done,) = desks.erasing.done()
    assert (done.asked_on, done.reason, done.by, len(done.numbers), done.opinions) == (ON, "本人书面申请", "肖敏", 2, 2)
    paper = tmp_path / "确认单.pdf"
    desks.erasing.confirmation(done, paper)
    text = "".join("".join(page_texts(paper)).split())
    assert "本人书面申请" in text
    assert all(number in text for number in done.numbers)
    assert NAME not in text
    assert PHONE not in text


def test_a_linked_household_is_found_and_blanked_and_still_counts(desks: Desks) -> None:
    name, phone, place = "何田㛃", "14000003355", "竹坑村㛃组7号"
    link_id = desks.households.save(
        HouseholdLink(1, 1, name=name, address=place, phone=phone, remark="㛃家独居", from_on="2026-03-01")
    ).value
    desks.households.save(HouseholdLink(1, 1, name="同村另一户", from_on="2026-03-01"))
    (held,) = desks.erasing.held(name, "")
    assert (held.id, held.titles) == (-link_id, "联系代表 钟䶮")
    assert desks.erasing.held("", phone) == [held]
    assert desks.erasing.extent([held.id]).households == 1
    assert "1 户联户" in desks.erasing.extent([held.id]).goes(words_too=False)[0]
    desks.erasing.erase([held.id], ON, "本人书面申请", words_too=False)
    for text in (name, phone, place, "㛃家独居"):
        assert not held_bytes(desks, text), text
    assert [(one.name, one.households) for one in desks.households.all()] == [("", 1), ("同村另一户", 1)]
    assert desks.housekeeping.check().broken_step is None
    (erasure,) = desks.erasing.done()
    assert erasure.numbers == ("联户",)
