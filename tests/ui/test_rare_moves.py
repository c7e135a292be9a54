"""The moves that are seldom made, each by keyboard from the menu 更多."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from station_app.domain.events import EventKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.progress import State
from station_app.domain.station import Tier
from station_app.ui.messages import RecordedMessages
from tests.ui.opinion_keys import Clerk, clerk_at_opinions

Key = Qt.Key


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages) -> Iterator[Clerk]:
    """Return a clerk before the 意见 page of an invented station."""
    with clerk_at_opinions(qtbot, tmp_path / "invented.station", settings, messages) as found:
        yield found


def handed_over(clerk: Clerk) -> None:
    """Hand the matter of the ditch over, as another page would, and come back to it."""
    case = clerk.go_to("水渠")
    unit = next(unit for unit in clerk.desks.settings.units() if unit.tier is Tier.TOWNSHIP)
    draft = MoveDraft(Move.HAND_OVER, case.raised_on, tier=Tier.TOWNSHIP, unit_id=unit.id)
    clerk.page.publish(clerk.desks.opinions.move(case.id, draft))
    clerk.go_to("水渠")


@pytest.mark.parametrize(("move", "state"), [(Move.END, State.ENDED), (Move.VOID, State.VOID)], ids=["ended", "void"])
def test_a_matter_is_ended_or_void_with_a_reason(clerk: Clerk, move: Move, state: State) -> None:
    clerk.go_to("水渠")
    form = clerk.do(move)
    clerk.save()
    assert form.fields["text"].problem()
    form.fields["text"].set_value("反映人来电撤回，另行协商。")
    clerk.save()
    assert clerk.case().progress.state is state


def test_what_was_ended_begins_anew(clerk: Clerk) -> None:
    clerk.go_to("水渠")
    clerk.do(Move.END).fields["text"].set_value("反映人撤回。")
    clerk.save()
    clerk.do(Move.RESTART).fields["text"].set_value("协商未成，反映人又来。")
    clerk.save()
    assert clerk.case().progress.state is State.STUDIED


def test_a_unit_asks_for_more_time_and_gets_it(clerk: Clerk) -> None:
    handed_over(clerk)
    clock = clerk.desks.opinions.clock(clerk.case())
    assert clock is not None
    later = (clock.due_on + timedelta(days=20)).isoformat()
    form = clerk.do(Move.ASK_EXTENSION)
    form.fields["due_on"].set_value(later)
    form.fields["text"].set_value("备料需时。")
    clerk.save()
    assert clerk.page.panel.action_words()[0] == MOVE_LABELS[Move.GRANT_EXTENSION]
    clerk.do(Move.GRANT_EXTENSION)
    clerk.save()
    assert clerk.case().progress.extended_to == later
    moved = clerk.desks.opinions.clock(clerk.case())
    assert moved is not None
    assert moved.due_on.isoformat() == later


def test_a_returned_matter_waits_for_another_unit(clerk: Clerk) -> None:
    handed_over(clerk)
    clerk.do(Move.RETURN).fields["text"].set_value("不属本单位职责。")
    clerk.save()
    assert clerk.case().progress.state is State.RETURNED
    assert clerk.page.panel.action_words()[0] == MOVE_LABELS[Move.HAND_OVER]


def test_a_matter_is_merged_into_another_and_taken_out_again(clerk: Clerk) -> None:
    main = clerk.go_to("自来水")
    case = clerk.go_to("水渠")
    clerk.do(Move.MERGE).fields["main_id"].set_value(main.id)
    clerk.save()
    assert clerk.desks.opinions.case(case.id).progress.main_id == main.id
    clerk.do(Move.UNMERGE)
    clerk.save()
    assert clerk.desks.opinions.case(case.id).progress.main_id is None
    kinds = [event.kind for event in clerk.desks.opinions.case(case.id).events]
    assert kinds[-2:] == [EventKind.MERGED, EventKind.UNMERGED]
