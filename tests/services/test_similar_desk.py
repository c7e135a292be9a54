"""Who was here before, and which matters are like the one being told."""

from dataclasses import replace
from typing import Any

import pytest

from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import Tier
from station_app.services.similar_desk import Known
from station_app.station import Desks

ON = "2026-11-25"
LAMP = "三组晒谷场的路灯坏了两盏，晚上看不见路。"


def visit(desks: Desks, name: str, words: str = LAMP, on: str = "2026-11-20", **visitor: Any) -> int:
    """Register a visit; of 竹坑村 unless told otherwise."""
    person = VisitorDraft(name=name, no_phone=True, address="竹坑村三组")
    draft = VisitDraft(
        on=on,
        visitor=replace(person, **visitor),
        receivers=(Receiver("钟䶮", 1),),
        opinions=(OpinionDraft(words, category="基础设施"),),
    )
    return desks.reception.register_visit(draft).value.case_ids[0]


def phone(number: int) -> dict[str, Any]:
    return {"phone": f"140000000{number:02}", "no_phone": False}


def test_similar_matters_of_the_village_are_found_with_their_state(desks: Desks) -> None:
    lamp = visit(desks, "刘发根")
    visit(desks, "何田生", "水渠塌了一段，田里进不了水。")
    visit(desks, "王冬菊", address="上坪村二组")
    found = desks.similar.matters("晒谷场那边路灯不亮", "竹坑村", "基础设施")
    assert [one.case.id for one in found] == [lamp]
    desks.opinions.move(lamp, MoveDraft(Move.HAND_OVER, ON, tier=Tier.TOWNSHIP, unit_id=1))
    again = desks.similar.matters("晒谷场那边路灯不亮", "竹坑村", "基础设施")[0]
    assert (again.case.progress.unit, again.likeness) == ("镇水务站", found[0].likeness)
    assert len(desks.similar.matters("晒谷场那边路灯不亮", "", "")) == 2, "without a village both villages are searched"


def test_of_merged_matters_only_the_main_one_is_told(desks: Desks) -> None:
    main, other = visit(desks, "刘发根"), visit(desks, "何田生")
    desks.merging.merge([other], MoveDraft(Move.MERGE, ON, main_id=main))
    assert [one.case.id for one in desks.similar.matters("路灯坏了", "竹坑村")] == [main]


def test_what_comes_again_is_recognised(desks: Desks) -> None:
    old = visit(desks, "刘发根", on="2024-05-08")
    desks.opinions.move(old, MoveDraft(Move.HAND_OVER, "2024-05-09", tier=Tier.TOWNSHIP, unit_id=1))
    still_open = visit(desks, "何田生", on="2025-05-08")
    new = desks.opinions.case(visit(desks, "王冬菊"))
    assert desks.similar.raised_before(new) == [], "open ones are merged, not told as earlier"
    answer = MoveDraft(Move.ANSWER, "2024-06-01", "已列入计划。", answer_class="B", due_on="2025-12-31")
    desks.opinions.move(old, answer)
    desks.opinions.move(old, MoveDraft(Move.FEED_BACK, "2024-06-02", way="无法联系"))
    assert [case.id for case in desks.similar.raised_before(new)] == [old]
    assert desks.similar.raised_before(desks.opinions.case(still_open))[0].id == old
    assert desks.similar.raised_before(desks.opinions.case(old)) == []


def test_a_person_is_known_by_phone_then_name_and_village_and_namesakes_stay_apart(desks: Desks) -> None:
    visit(desks, "刘发根", on="2026-01-05", **phone(1))
    visit(desks, "刘发根", on="2026-02-05", **phone(1))
    visit(desks, "刘发根", on="2026-03-05", address="上坪村一组", **phone(2))
    found = desks.similar.persons("刘发根", "", "竹坑村")
    assert [(one.known, one.village, len(one.visits)) for one in found] == [
        (Known.NAME_AND_VILLAGE, "竹坑村", 2),
        (Known.NAME, "上坪村", 1),
    ]
    assert found[0].visits[0][0].on == "2026-02-05"
    assert [case.words for case in found[0].visits[0][1]] == [LAMP]
    by_phone = desks.similar.persons("刘发根", "14000000002", "竹坑村")
    assert (by_phone[0].known, by_phone[0].phone) == (Known.PHONE, "14000000002")
    own = found[1].visits[0][0].id
    assert [one.village for one in desks.similar.persons("刘发根", "", except_visit=own)] == ["竹坑村"]


@pytest.mark.parametrize(("typed", "found"), [("钟秀瑛", ["钟秀英"]), ("钟秀", []), ("", [])])
def test_a_name_written_otherwise_that_sounds_the_same_is_found(desks: Desks, typed: str, found: list[str]) -> None:
    visit(desks, "钟秀英")
    visit(desks, "", anonymous=True)
    assert desks.similar.persons(typed, "") == [], "before the names are in memory nothing makes the clerk wait"
    desks.similar.get_ready()
    assert [(one.name, one.known) for one in desks.similar.persons(typed, "")] == [
        (name, Known.SOUND) for name in found
    ]
