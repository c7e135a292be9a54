"""Correcting a registration shows all that is known of the visitor and loses nothing of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft
from tests.ui.reception_keys import ALT, CTRL, Clerk, K, clerk_at
from tests.whole_visitor import VISITOR

VISIT = VisitDraft(
    on="2026-11-25", visitor=VISITOR, receivers=(Receiver("肖敏"),), opinions=(OpinionDraft("村口没有路灯。"),)
)


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """Return a clerk at the reception page."""
    with clerk_at(qtbot, tmp_path) as working:
        yield working


def test_a_correction_of_the_words_leaves_the_visitor_as_registered(clerk: Clerk) -> None:
    visit_id = clerk.desks.reception.register_visit(VISIT).value.visit_id
    clerk.page.open_item(("visit", visit_id))
    clerk.tab_to(clerk.form.matter.words)
    clerk.key(K.Key_A, CTRL)
    clerk.type("村口的路灯不亮。")
    clerk.key(K.Key_S, CTRL)
    draft = clerk.desks.reception.draft_of(visit_id)
    assert [opinion.words for opinion in draft.opinions] == ["村口的路灯不亮。"]
    assert draft.visitor == VISITOR


def test_a_kept_correction_brings_the_whole_visitor_back(clerk: Clerk) -> None:
    visit_id = clerk.desks.reception.register_visit(VISIT).value.visit_id
    clerk.page.open_item(("visit", visit_id))
    clerk.tab_to(clerk.form.matter.words)
    clerk.type("还有，")
    clerk.key(K.Key_Escape)
    clerk.page.open_item(("visit", visit_id))
    assert "这里有没有填完的内容" in clerk.form.keeper.bar.words()
    assert "还有，" not in clerk.form.matter.words.value(), "a draft is offered, not forced"
    clerk.key(K.Key_Y, ALT)
    clerk.key(K.Key_S, CTRL)
    draft = clerk.desks.reception.draft_of(visit_id)
    assert "还有，" in draft.opinions[0].words
    assert draft.visitor == VISITOR
