"""What is known of a visitor goes every way a visit goes: saved, corrected, written as JSON, and kept from outsiders."""

from dataclasses import fields, replace
from typing import Any

from station_app.documents.ledgers import VISIT_LEDGER
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.services.books import Book, Selection
from station_app.services.visit_json import read_visit
from station_app.station import Desks
from tests.whole_visitor import FLAGS, VISITOR

SHOWN_TO_OUTSIDERS = {"village", "gender", "people"}
VISIT = VisitDraft(
    on="2026-11-25", visitor=VISITOR, receivers=(Receiver("钟䶮", 1),), opinions=(OpinionDraft("村口没有路灯。"),)
)


def test_the_sample_says_something_in_every_field() -> None:
    silent = {one.name for one in fields(VisitorDraft) if getattr(VISITOR, one.name) == one.default}
    assert silent == FLAGS


def test_a_visit_that_is_registered_is_shown_for_correction_as_it_was_typed(desks: Desks) -> None:
    visit_id = desks.reception.register_visit(VISIT).value.visit_id
    assert desks.reception.draft_of(visit_id).visitor == VISITOR


def test_a_correction_changes_every_field_and_can_be_taken_back(desks: Desks) -> None:
    bare = replace(VISIT, visitor=VisitorDraft(name="甘露", no_phone=True))
    visit_id = desks.reception.register_visit(bare).value.visit_id
    desks.reception.correct_visit(visit_id, VISIT)
    assert desks.reception.draft_of(visit_id).visitor == VISITOR
    desks.housekeeping.undo()
    assert desks.reception.draft_of(visit_id).visitor == bare.visitor


def test_blanks_typed_around_the_texts_are_taken_off_everywhere(desks: Desks) -> None:
    texts = {one.name for one in fields(VISITOR) if type(one.default) is str} - {"village"}
    padded: dict[str, Any] = {name: f" {getattr(VISITOR, name)} " for name in texts}
    visit_id = desks.reception.register_visit(replace(VISIT, visitor=replace(VISITOR, **padded))).value.visit_id
    assert desks.reception.draft_of(visit_id).visitor == VISITOR


def test_json_says_of_a_visitor_what_the_draft_then_says(desks: Desks) -> None:
    told = {"name": "覃水生", "gender": "男", "phone": "14000617730", "address": "上坪村三组", "people": 3}
    value = {"date": "2026-11-25", "receivers": ["肖敏"], "visitor": told}
    draft = read_visit(value, desks.settings, desks.days, desks.roster, {})
    assert draft.visitor == replace(VISITOR, village="", on_behalf_of="")


def test_a_ledger_for_outsiders_tells_nothing_that_tells_who_came(desks: Desks) -> None:
    desks.reception.register_visit(VISIT)
    everything = tuple(column.key for column in VISIT_LEDGER.columns)

    def cells(*, redacted: bool) -> str:
        sheet = desks.reports.books.sheet(
            Selection(Book.VISITS, "2026-11-01", "2026-11-30", keys=everything, redacted=redacted)
        )
        return " ".join(str(column.value(row)) for row in sheet.rows for column in sheet.columns)

    personal = {one.name: str(getattr(VISITOR, one.name)) for one in fields(VISITOR)}
    for name in FLAGS | SHOWN_TO_OUTSIDERS:
        del personal[name]
    assert not [name for name, text in personal.items() if text not in cells(redacted=False)]
    assert not [name for name, text in personal.items() if text in cells(redacted=True)]
