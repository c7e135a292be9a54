"""Search everywhere: parts of words, numbers, names, pinyin, phones; always what stands now."""

from dataclasses import replace

import pytest

from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.station import Desks

DRAFT = VisitDraft(
    on="2026-11-25",
    visitor=VisitorDraft(name="曾𬭚文", phone="14006614501"),
    receivers=(Receiver("钟䶮", 1),),
    opinions=(OpinionDraft("沟渠淤塞，晚稻灌不上水。"), OpinionDraft("村口没有路灯。")),
)


def titles(desks: Desks, typed: str) -> list[str]:
    return [result.title for result in desks.finder.find(typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "水",
        "淤塞",
        "晚稻灌",
        "淤塞晚稻",
        "HX-2026-0001",
        "0001",
        "hx2026",
        "曾",
        "𬭚",
        "zeng",
        "6614501",
        "１４００６６",
    ],
)
def test_any_part_finds_the_opinion(desks: Desks, typed: str) -> None:
    desks.reception.register_visit(DRAFT)
    assert any(title.startswith("HX-2026-0001") for title in titles(desks, typed))


@pytest.mark.parametrize("typed", ["", "，。", "没有的字眼", "水渠", "塞沟", '"', "NEAR(", "*"])
def test_what_is_not_there_is_not_found(desks: Desks, typed: str) -> None:
    desks.reception.register_visit(DRAFT)
    assert titles(desks, typed) == []


def test_the_newest_comes_first_and_every_kind_is_found(desks: Desks) -> None:
    desks.reception.register_visit(DRAFT)
    assert titles(desks, "曾𬭚文") == [
        "HX-2026-0002　村口没有路灯",
        "HX-2026-0001　沟渠淤塞，晚稻灌不上水",
        "D2026-0001　曾𬭚文",
    ]
    assert titles(desks, "欧阳") == ["欧阳建国"]


def test_answers_are_found_and_what_was_undone_is_not(desks: Desks) -> None:
    case_id = desks.reception.register_visit(DRAFT).value.case_ids[0]
    desks.opinions.move(case_id, MoveDraft(Move.ANSWER_ON_SPOT, "2026-11-25", text="已协调挖掘机"))
    assert len(titles(desks, "挖掘机")) == 1
    desks.housekeeping.undo()
    assert titles(desks, "挖掘机") == []
    desks.housekeeping.undo()
    assert titles(desks, "沟渠") == []


def test_a_corrected_name_is_found_under_the_new_one_only(desks: Desks) -> None:
    visit_id = desks.reception.register_visit(DRAFT).value.visit_id
    draft = desks.reception.draft_of(visit_id)
    desks.reception.correct_visit(visit_id, replace(draft, visitor=replace(draft.visitor, name="解小龙")))
    assert titles(desks, "曾𬭚") == []
    assert len(titles(desks, "解小龙")) == 3
