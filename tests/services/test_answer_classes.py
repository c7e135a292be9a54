"""Classes of answers are the station's own; a promise stands only in a class that may carry one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from station_app.domain.answer_classes import PRESETS, AnswerClass
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import Tier
from station_app.station import Desks
from station_app.support.clock import fixed_clock

ON = "2026-11-25"
ANSWER = MoveDraft(Move.ANSWER, ON, text="已列入计划。", answer_class="C")


@pytest.fixture
def case_id(desks: Desks) -> int:
    draft = VisitDraft(
        on="2026-11-20",
        visitor=VisitorDraft(name="刘发根", no_phone=True),
        receivers=(Receiver("钟䶮", 1),),
        opinions=(OpinionDraft("沟渠淤塞，晚稻灌不上水。"),),
    )
    made = desks.reception.register_visit(draft).value.case_ids[0]
    desks.opinions.move(made, MoveDraft(Move.HAND_OVER, ON, tier=Tier.TOWNSHIP, unit_id=1))
    return made


def refusal(desks: Desks, case_id: int, draft: MoveDraft) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        desks.opinions.move(case_id, draft)
    return {problem.field: problem.message for problem in refused.value.problems}


def test_only_a_class_that_may_promise_carries_a_date(desks: Desks, case_id: int) -> None:
    promising = replace(ANSWER, answer_class="A", due_on="2027-03-31")
    assert "B、C 类" in refusal(desks, case_id, promising)["due_on"]
    assert desks.opinions.move(case_id, replace(promising, answer_class="C")).value.progress.has_open_promise


def test_a_class_the_station_does_not_have_is_refused(desks: Desks, case_id: int) -> None:
    desks.settings.save_answer_classes(PRESETS["ABC"])
    assert "A、B、C" in refusal(desks, case_id, replace(ANSWER, answer_class="D"))["answer_class"]
    assert "B 类" in refusal(desks, case_id, replace(ANSWER, due_on="2027-03-31"))["due_on"]


def test_an_answer_keeps_the_meaning_its_class_had_when_it_was_given(tmp_path: Path) -> None:
    desks = Desks.open(_station_with_an_answer(tmp_path), fixed_clock(date(2026, 11, 27)))
    desks.settings.save_answer_classes(PRESETS["ABC"])
    given = next(event for event in desks.opinions.cases()[0].events if event.answer_class)
    classes = desks.settings.answer_classes()
    assert classes.said("C", given.recorded_at) == "C 类：列入规划计划逐步解决"
    assert classes.said("C", "2026-11-28T09:00:00+08:00") == classes.said("C") == "C 类：留作参考、已说明"
    desks.housekeeping.undo()
    assert desks.settings.answer_classes().keys == ("A", "B", "C", "D")
    desks.close()


def test_classes_go_from_a_on_without_a_gap(desks: Desks) -> None:
    for classes, field in (
        ((AnswerClass("B", "正在解决"),), "A"),
        ((AnswerClass("A", "解决"), AnswerClass("C", "参考")), "B"),
        ((AnswerClass("A", "长" * 300),), "A"),
    ):
        with pytest.raises(InvalidInput) as refused:
            desks.settings.save_answer_classes(classes)
        assert [problem.field for problem in refused.value.problems] == [field]
    desks.settings.save_answer_classes((AnswerClass("A", " 解决 "), AnswerClass("B", "  ")))
    assert desks.settings.answer_classes().classes == (AnswerClass("A", "解决"),)


def _station_with_an_answer(folder: Path) -> Path:
    from tests.ui.small_station import small_station

    made = small_station(folder / "小.station")
    case = made.opinions.cases()[0]
    made.opinions.move(case.id, MoveDraft(Move.ANSWER, "2026-11-22", text="列入明年计划。", answer_class="C"))
    made.close()
    return made.path
