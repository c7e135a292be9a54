"""Search everywhere: parts of words, numbers, names, pinyin, phones; always what stands now."""

from dataclasses import replace

import pytest

from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.papers import PaperKind, new_code
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import Tier
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


def coded(desks: Desks) -> tuple[str, list[int]]:
    """Hand two matters over on one list; return its code and their ids."""
    ids = list(desks.reception.register_visit(DRAFT).value.case_ids)
    for case_id in ids:
        desks.opinions.move(case_id, MoveDraft(Move.HAND_OVER, "2026-11-25", tier=Tier.TOWNSHIP, unit_id=1))
    return desks.papers.issue(PaperKind.HAND_OVER_LIST, ids).value.code, ids


def test_a_return_code_leads_to_the_next_step_of_each_matter_on_the_paper(desks: Desks) -> None:
    code, ids = coded(desks)
    desks.opinions.move(ids[0], MoveDraft(Move.RECEIVE, "2026-11-25"))
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}"):
        found = desks.finder.find(typed)
        assert [(one.group, one.id, one.move) for one in found] == [
            ("回执", ids[0], Move.ANSWER),
            ("回执", ids[1], Move.RECEIVE),
        ]
    assert found[0].title.startswith("交办清单 2026-001　HX-2026-0001")
    assert found[1].detail == "接着登记签收"


def test_a_misread_code_is_told_where_nothing_else_is_found(desks: Desks) -> None:
    code, _ = coded(desks)
    wrong = code[:5] + ("Z" if code[5] != "Z" else "Y")
    swapped = next(code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(5) if code[at] != code[at + 1])
    for typed, word in ((wrong, "有一位抄错"), (swapped, "前后颠倒"), (f"{code[:5]}0", "没有“0”")):
        (hint,) = desks.finder.find(typed)
        assert (hint.kind, hint.group) == ("", "提示")
        assert word in hint.title
    strange = new_code(lambda _below: 20)
    assert "可能是别的登记簿印的" in desks.finder.find(strange)[0].title


def test_papers_are_found_by_number_and_groups_follow_each_other(desks: Desks) -> None:
    coded(desks)
    for typed in ("交办清单 2026-001", "交办清单"):
        assert [one.title for one in desks.finder.find(typed)] == ["交办清单 2026-001"]
    groups = [one.group for one in desks.finder.find("2026-00")]
    assert list(dict.fromkeys(groups)) == ["意见", "来访", "文书"]
    assert groups == sorted(groups, key=["意见", "来访", "文书"].index)


@pytest.mark.parametrize("typed", ["单文博", "shanwenbo", "danwenbo", "swb", "dwb", "4000000311"])
def test_a_deputy_is_found_by_any_reading_and_by_part_of_the_phone(desks: Desks, typed: str) -> None:
    mandates = (Mandate(Level.TOWNSHIP, "第十八届"),)
    desks.roster.save_deputy(Deputy("单文博", phone="14000000311", mandates=mandates))
    assert "单文博" in titles(desks, typed)
