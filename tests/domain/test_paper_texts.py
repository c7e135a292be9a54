"""The words of papers: every placeholder known, checked before saving, nothing left unfilled."""

from dataclasses import replace

import pytest

from station_app.domain.paper_texts import (
    DEFAULT_STYLES,
    LETTER_KINDS,
    PLACEHOLDERS,
    PaperTexts,
    document_number_problem,
    filled,
    numbers_in_words,
    texts_problems,
)
from station_app.domain.papers import PaperKind

LIST = DEFAULT_STYLES[PaperKind.HAND_OVER_LIST].texts


@pytest.mark.parametrize("kind", LETTER_KINDS)
def test_the_usual_words_are_sound_and_leave_no_placeholder(kind: PaperKind) -> None:
    texts = DEFAULT_STYLES[kind].texts
    assert texts_problems(kind, texts) == []
    said = filled(texts, dict.fromkeys(PLACEHOLDERS[kind], "某"))
    assert "{" not in f"{said}"
    assert "某" in said.opening


def test_only_the_notice_is_off_by_default() -> None:
    assert [kind for kind in LETTER_KINDS if not DEFAULT_STYLES[kind].used] == [PaperKind.NOTICE]


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"opening": "请于{期现}前办结。"}, "opening", "没有“{期现}”"),
        ({"opening": "请于{件数前办结。"}, "opening", "“{”没有配成一对"),
        ({"request": "办结}。"}, "request", "“}”没有配成一对"),
        ({"title": ""}, "title", "请填写标题"),
        ({"recipient": "甲\n乙"}, "recipient", "只能有一行"),
        ({"title": "长" * 61}, "title", "最多 60 字"),
        ({"request": "长" * 1001}, "request", "最多 1000 字"),
        ({"opening": "关于{标题}"}, "opening", "没有“{标题}”"),
    ],
)
def test_a_wrong_block_is_told_at_its_field(change: dict[str, str], field: str, word: str) -> None:
    problems = texts_problems(PaperKind.HAND_OVER_LIST, replace(LIST, **change))
    assert [problem.field for problem in problems] == [field]
    assert word in problems[0].message


def test_an_unknown_placeholder_is_answered_with_those_that_are_known() -> None:
    message = texts_problems(PaperKind.NOTICE, PaperTexts("告知单", "{反映人}", "{什么}"))[0].message
    assert all(f"{{{name}}}" in message for name in PLACEHOLDERS[PaperKind.NOTICE])


def test_a_document_number_holds_nothing_but_the_year() -> None:
    assert document_number_problem("禾人大〔{年}〕　号") is None
    assert document_number_problem("") is None
    problem = document_number_problem("禾人大〔{年}〕{号}")
    assert problem is not None
    assert "只能用 {年}" in problem.message


def test_one_number_stands_alone_and_several_are_counted() -> None:
    assert numbers_in_words(["HX-2026-0101"]) == "HX-2026-0101"
    assert numbers_in_words(["HX-2026-0101", "HX-2026-0102"]) == "HX-2026-0101等2件"
