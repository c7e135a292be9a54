"""A person's data is erased on request: gone from records, log, index and unfinished forms; fact and reason stay."""

import json
from dataclasses import asdict

import pytest

from station_app.domain.events import EventKind
from station_app.domain.operators import Role
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft
from station_app.station import Desks
from station_app.support.faults import NotAllowed
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
