"""Who was here before and what is like it, shown while the clerk types; linking and merging by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from station_app.domain.events import EventKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.opinion import Case
from station_app.domain.progress import State
from station_app.domain.station import Tier
from station_app.station import Desks
from station_app.ui.cards import Notice
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.opinion_filters import OpinionFilter
from station_app.ui.similar_matters import SimilarMatters
from station_app.ui.station_window import StationWindow
from tests.ui import opinion_keys
from tests.ui.opinion_keys import Ctrl, Key, clerk_at_opinions
from tests.ui.reception_keys import ALT, CTRL, TODAY, Clerk, K, clerk_at
from tests.ui.small_station import small_station

DITCH = "水渠淤塞，稻子灌不上水，请清一清。"


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """Return a clerk with the registration form open, the words of all matters in memory as the window brings them."""
    with clerk_at(qtbot, tmp_path) as working:
        working.desks.similar.get_ready()
        working.key(K.Key_F2)
        yield working


@pytest.fixture
def at_opinions(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> Iterator[opinion_keys.Clerk]:
    """Return a clerk before the 意见 page."""
    with clerk_at_opinions(qtbot, tmp_path / "invented.station", settings, messages) as found:
        found.desks.similar.get_ready()
        yield found


def case_about(desks: Desks, word: str) -> Case:
    """Return the newest matter whose words hold a word."""
    return max((case for case in desks.opinions.cases() if word in case.words), key=lambda case: case.id)


def tell(clerk: Clerk, qtbot: QtBot, words: str, name: str = "覃水生", place: str = "上坪村三组") -> SimilarMatters:
    """Type a visitor's matter and wait until something is told of it."""
    clerk.type(name)
    clerk.tab_to(clerk.form.visitor.address)
    clerk.type(place)
    clerk.tab_to(clerk.form.matter.words)
    clerk.type(words)
    similar = clerk.form.matter.similar
    qtbot.waitUntil(similar.isVisible)
    return similar


def test_similar_matters_show_while_typing(clerk: Clerk, qtbot: QtBot) -> None:
    similar = tell(clerk, qtbot, DITCH)
    ditch = case_about(clerk.desks, "水渠")
    assert ditch.number in similar.text()
    assert "待研究" in similar.text()
    assert clerk.form.matter.words.edit.hasFocus(), "typing goes on"
    clerk.form.visitor.address.edit.setFocus()
    clerk.form.visitor.address.edit.selectAll()
    clerk.type("大田村一组")
    qtbot.waitUntil(similar.isHidden)


def test_one_key_links_the_visitor_to_the_matter(clerk: Clerk, qtbot: QtBot) -> None:
    similar = tell(clerk, qtbot, DITCH)
    ditch = case_about(clerk.desks, "水渠")
    count = len(clerk.desks.opinions.cases())
    clerk.key(K.Key_A, ALT)
    assert f"保存后并入 {ditch.number}" in similar.text()
    assert clerk.form.matter.words.edit.hasFocus()
    clerk.key(K.Key_S, CTRL)
    linked = case_about(clerk.desks, DITCH)
    assert linked.progress.main_id == ditch.id
    assert [event.kind for event in linked.events] == [EventKind.REGISTERED, EventKind.MERGED]
    assert len(clerk.desks.opinions.cases()) == count + 1
    clerk.key(K.Key_Z, CTRL)
    assert len(clerk.desks.opinions.cases()) == count
    assert clerk.desks.merging.joined(ditch.id) == []


def test_the_key_goes_on_to_the_next_matter_and_at_last_to_none(clerk: Clerk, qtbot: QtBot) -> None:
    tell(clerk, qtbot, DITCH)
    clerk.key(K.Key_Return, CTRL)
    similar = tell(clerk, qtbot, DITCH, "何田生")
    told = []
    for _ in range(3):
        clerk.key(K.Key_A, ALT)
        told.append(similar.main_id())
    first, second = case_about(clerk.desks, DITCH).id, case_about(clerk.desks, "春上").id
    assert set(told[:2]) == {first, second}
    assert told[2] is None


def test_each_opinion_of_a_visit_has_its_own_link(clerk: Clerk, qtbot: QtBot) -> None:
    similar = tell(clerk, qtbot, DITCH)
    clerk.key(K.Key_A, ALT)
    clerk.key(K.Key_N, ALT)
    assert similar.main_id() is None
    clerk.type("桥头护栏坏了，小孩走着不安全。")
    qtbot.waitUntil(similar.isVisible)
    clerk.key(K.Key_PageUp, ALT)
    assert similar.main_id() == case_about(clerk.desks, "水渠").id
    clerk.key(K.Key_S, CTRL)
    rail, ditch = case_about(clerk.desks, "桥头护栏坏了"), case_about(clerk.desks, DITCH)
    assert (rail.progress.main_id, ditch.progress.main_id) == (None, case_about(clerk.desks, "春上").id)


def test_a_kept_draft_keeps_the_link(clerk: Clerk, qtbot: QtBot) -> None:
    tell(clerk, qtbot, DITCH)
    clerk.key(K.Key_A, ALT)
    body = clerk.form.draft_body()
    clerk.form.begin(clerk.form.place)
    assert clerk.form.matter.similar.text() == ""
    clerk.form.bring_back(body)
    assert clerk.form.matter.similar.main_id() == case_about(clerk.desks, "春上").id


def test_what_was_answered_before_is_told_and_not_linked_to(clerk: Clerk, qtbot: QtBot) -> None:
    similar = tell(clerk, qtbot, "高龄补贴怎么申请？", place="圩镇社区二组")
    assert "2026 年反映过，A 类答复" in similar.text()
    clerk.key(K.Key_A, ALT)
    assert similar.main_id() is None


def test_namesakes_stay_apart(clerk: Clerk, qtbot: QtBot) -> None:
    for place in ("大田村一组", "上坪村二组"):
        clerk.type("刘发根")
        clerk.tab_to(clerk.form.visitor.address)
        clerk.type(place)
        clerk.tab_to(clerk.form.matter.words)
        clerk.type(f"{place}的事。")
        clerk.key(K.Key_Return, CTRL)
    clerk.type("刘发根")
    clerk.tab_to(clerk.form.visitor.address)
    clerk.type("大田村一组")
    earlier = clerk.form.visitor.earlier
    qtbot.waitUntil(lambda: "同名同村" in earlier.text())
    lines = earlier.text().splitlines()
    assert lines[0] == "可能来过（同名同村）"
    assert lines[1] == "刘发根　大田村（同名同村）"
    assert [line for line in lines if line.startswith("刘发根　上坪村")] != []


def test_nothing_makes_the_clerk_wait_before_the_register_is_in_memory(qtbot: QtBot, tmp_path: Path) -> None:
    with clerk_at(qtbot, tmp_path) as working:
        working.key(K.Key_F2)
        working.tab_to(working.form.matter.words)
        working.type(DITCH)
        working.form.matter.similar.look_now()
        assert working.form.matter.similar.text() == ""
        assert not working.desks.similar.is_ready()


def test_the_window_brings_the_words_into_memory_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    desks = small_station(tmp_path / "禾溪.station", TODAY)
    window = StationWindow(desks, window_settings(str(tmp_path / "window.ini")), RecordedMessages())
    qtbot.addWidget(window)
    window.show_page("today")
    window.show()
    qtbot.waitUntil(desks.similar.is_ready)
    assert [one.case.words for one in desks.similar.matters(DITCH, "上坪村")] == [case_about(desks, "水渠").words]
    window.close()


def test_several_selected_matters_are_merged_after_a_look_and_undone_whole(at_opinions: opinion_keys.Clerk) -> None:
    clerk = at_opinions
    clerk.page.filters.ask(OpinionFilter(state="registered"))
    clerk.page.table.view.setFocus()
    clerk.press(Key.Key_A, Ctrl)
    ids = [row.case.id for row in clerk.page.table.rows()]
    clerk.press(Key.Key_Return)
    for _ in range(8):
        if getattr(clerk.focus(), "text", str)() == f"一起并案 {len(ids)} 件":
            break
        clerk.press(Key.Key_Tab)
    clerk.press(Key.Key_Return)
    preview = clerk.form().findChild(Notice, "preview")
    main = case_about(clerk.desks, "自来水")
    clerk.choose(main.number)
    assert isinstance(preview, Notice)
    assert f"件数 {len(ids)} 件不变；并案后事项数 {len(ids)} → 1。" in preview.text()
    assert "每件保留自己的编号、反映人、反馈、评价和办结。" in preview.text()
    clerk.save()
    assert clerk.case().id == main.id
    assert {case.id for case in clerk.desks.merging.joined(main.id)} == set(ids) - {main.id}
    told = "\n".join(clerk.page.panel.related.texts())
    assert f"并入此件的 {len(ids) - 1} 件" in told
    clerk.press(Key.Key_Z, Ctrl)
    assert clerk.desks.merging.joined(main.id) == []
    assert clerk.page.panel.related.texts() == []


def test_the_answer_to_the_main_matter_is_offered_to_the_merged_ones(at_opinions: opinion_keys.Clerk) -> None:
    clerk = at_opinions
    main, other = case_about(clerk.desks, "自来水"), case_about(clerk.desks, "水渠")
    unit = next(unit for unit in clerk.desks.settings.units() if unit.tier is Tier.TOWNSHIP)
    today = clerk.desks.clock.today().isoformat()
    clerk.page.publish(
        clerk.desks.opinions.move(main.id, MoveDraft(Move.HAND_OVER, today, tier=Tier.TOWNSHIP, unit_id=unit.id))
    )
    clerk.page.publish(clerk.desks.merging.merge([other.id], MoveDraft(Move.MERGE, today, main_id=main.id)))
    clerk.go_to("自来水")
    form = clerk.do(Move.ANSWER)
    assert form.fields["also"].value() is True
    clerk.choose("A")
    form.fields["text"].set_value("已换水管、清水渠。")
    clerk.save()
    answered = [clerk.desks.opinions.case(case.id) for case in (main, other)]
    assert [case.progress.state for case in answered] == [State.ANSWERED, State.ANSWERED]
    assert [sum(event.kind is EventKind.ANSWERED for event in case.events) for case in answered] == [1, 1]
    clerk.press(Key.Key_Z, Ctrl)
    assert clerk.desks.opinions.case(other.id).progress.state is State.REGISTERED


def test_from_a_merged_matter_a_link_leads_to_the_main_one(at_opinions: opinion_keys.Clerk) -> None:
    clerk = at_opinions
    main, other = case_about(clerk.desks, "自来水"), case_about(clerk.desks, "水渠")
    today = clerk.desks.clock.today().isoformat()
    clerk.page.publish(clerk.desks.merging.merge([other.id], MoveDraft(Move.MERGE, today, main_id=main.id)))
    clerk.go_to("水渠")
    assert clerk.page.panel.related.texts()[0].startswith(f"已并入：{main.number}")
    clerk.page.panel.related.asked.emit(main.id)
    assert clerk.case().id == main.id
    assert MOVE_LABELS[Move.UNMERGE] not in clerk.page.panel.action_words()
