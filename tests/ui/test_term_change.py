"""换届 with 70 deputies by keyboard: carried over, ended with reasons, the new list with its differences, written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.people import EndReason, Level
from station_app.domain.representation import Why
from station_app.domain.term_change import Fate, GroupsFate, TermChange
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.station_window import StationWindow
from station_app.ui.term_change_panel import TermChangePanel
from station_app.ui.term_elected import TermElected
from station_app.ui.term_elected_rows import ElectedKind
from station_app.ui.term_outgoing import TermOutgoing
from station_app.ui.terms_page import TermsPage
from tests.term_station import NAMESAKE, NEW, OLD, TODAY, term_station, write_new_list
from tests.ui.keyboard import press, type_text
from tests.ui.window_seat import copied, page_of

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
AFTER = "2026-12-18"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terms")
    desks = term_station(folder / "a.station")
    write_new_list(folder / "第十九届代表名单.xlsx", desks)
    desks.close()
    return folder


@pytest.fixture
def desks(made_once: Path, tmp_path: Path) -> Iterator[Desks]:
    """A station with 70 township deputies."""
    made = copied(made_once / "a.station", tmp_path, TODAY)
    yield made
    made.close()


@pytest.fixture
def window(station_window: StationWindow) -> StationWindow:
    return station_window


@pytest.fixture
def page(window: StationWindow) -> TermsPage:
    """The page of terms."""
    return page_of(window, "terms", TermsPage)


def begun(page: TermsPage) -> TermChangePanel:
    press(K.Key_F2)
    assert page.change is not None
    return page.change


def changing(page: TermsPage) -> TermChangePanel | None:
    return page.change


def outgoing(panel: TermChangePanel) -> TermOutgoing:
    step = panel.steps[1]
    assert isinstance(step, TermOutgoing)
    return step


def elected(panel: TermChangePanel) -> TermElected:
    step = panel.steps[2]
    assert isinstance(step, TermElected)
    return step


def texts(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def who(desks: Desks, day: str) -> list[str]:
    village = next(one.id for one in desks.settings.villages() if one.name == "枫林村")
    return [one.deputy.name for one in desks.terms.who_represents(village, day) if one.why is Why.ELECTED]


def test_seventy_deputies_change_term_by_keyboard_with_the_new_list(
    qtbot: QtBot, page: TermsPage, desks: Desks, messages: RecordedMessages, made_once: Path
) -> None:
    in_2023 = who(desks, "2023-05-01")
    assert len(in_2023) == 10
    panel = begun(page)
    assert (panel.change.old_term, panel.change.new_term, panel.change.begins_on) == (OLD, NEW, AFTER)
    press(K.Key_Return, CTRL)

    # Step 2: everybody at once, then some one by one.
    step = outgoing(panel)
    press(K.Key_A, CTRL)
    press(K.Key_2)
    assert panel.change.count(Fate.ENDED) == 70
    press(K.Key_3)  # of the one the clerk stands on, no longer of all
    assert panel.change.count(Fate.ENDED) == 69
    press(K.Key_2)
    for _ in range(3):
        press(K.Key_Space)
    press(K.Key_1)
    assert panel.change.count(Fate.CARRIED) == 3
    press(K.Key_End)
    press(K.Key_Return)
    type_text("去世")
    press(K.Key_Return)
    assert panel.change.outgoing[-1].reason is EndReason.DIED
    press(K.Key_Escape)
    assert step.table.view.hasFocus()
    press(K.Key_Return, CTRL)

    # Step 3: the new list beside the roster.
    names = elected(panel)
    messages.answers = [made_once / "第十九届代表名单.xlsx"]
    press(K.Key_R, ALT)
    qtbot.waitUntil(lambda: panel.change.sheet_name != "", timeout=20_000)
    kinds = [row.kind for row in names.table.rows()]
    assert {kind: kinds.count(kind) for kind in ElectedKind} == {
        ElectedKind.DOUBTFUL: 1,
        ElectedKind.NEW: 29,
        ElectedKind.KNOWN: 0,
        ElectedKind.CHANGED: 1,
        ElectedKind.SAME: 39,
        ElectedKind.MISSING: 30,
    }
    changed = next(row for row in names.table.rows() if row.kind is ElectedKind.CHANGED)
    assert changed.told == "单位及职务：枫林村村民小组组长 → 禾溪镇中心小学校长"
    assert panel.change.outgoing[-1].reason is EndReason.DIED  # the list does not say why somebody ends
    assert names._current() is not None
    assert names._current().name == NAMESAKE  # type: ignore[union-attr]
    assert "枫林村原党支部书记" in texts(names)
    press(K.Key_0)
    assert panel.change.doubtful == ()
    press(K.Key_Return, CTRL)
    press(K.Key_Return, CTRL)

    # Step 5: everything on one page, then written.
    summary = texts(panel.steps[4])
    for told in ("连任 40 位，其中 1 位按新名单改了信息", "离任 30 位", "去世", "新任 30 位", "新一届共 70 位"):
        assert told in summary
    press(K.Key_S, CTRL)
    assert changing(page) is None
    deputies = desks.roster.deputies()
    assert sum(Level.TOWNSHIP in one.levels_on(AFTER) for one in deputies) == 70
    assert sum(Level.TOWNSHIP in one.levels_on(TODAY.isoformat()) for one in deputies) == 70
    assert len([one for one in deputies if one.name == NAMESAKE]) == 2
    assert who(desks, "2023-05-01") == in_2023
    assert who(desks, AFTER) != in_2023
    row = page.panel.terms.current_row()
    assert row is not None
    assert (row.term.name, row.state) == (NEW, "下一届")
    assert all(one.level is not Level.TOWNSHIP for one in desks.terms.endings())
    press(K.Key_Z, CTRL)
    assert len(desks.roster.deputies()) == 72
    assert who(desks, "2023-05-01") == in_2023


def test_it_may_be_left_at_any_step_and_taken_up_again(page: TermsPage, window: StationWindow, desks: Desks) -> None:
    panel = begun(page)
    press(K.Key_Return, CTRL)
    press(K.Key_1)
    press(K.Key_Down)
    press(K.Key_2)
    press(K.Key_Escape)
    assert changing(page) is None
    (kept,) = desks.housekeeping.unfinished()
    assert (kept.page, kept.words()) == ("terms", "换届 镇第十九届")
    window.open_page("terms", kept)
    again = page.change
    assert again is not None
    assert again is not panel
    assert [one.fate for one in again.change.outgoing[:3]] == [Fate.CARRIED, Fate.ENDED, Fate.OPEN]
    assert again.stack.currentIndex() == 1
    press(K.Key_Q, ALT)
    assert again.stack.currentIndex() == 0


def test_closing_the_window_keeps_what_was_just_decided(
    page: TermsPage, window: StationWindow, desks: Desks, messages: RecordedMessages
) -> None:
    begun(page)
    press(K.Key_Return, CTRL)
    press(K.Key_1)
    messages.answers = [Unsaved.KEEP]
    path = desks.path
    window.close()
    again = Desks.open(path, fixed_clock(TODAY))
    (kept,) = again.housekeeping.unfinished()
    assert TermChange.from_dict(kept.body["change"]).count(Fate.CARRIED) == 1
    again.close()


def test_what_is_missing_keeps_from_writing_and_is_told(page: TermsPage, desks: Desks) -> None:
    panel = begun(page)
    for _ in range(4):
        press(K.Key_Return, CTRL)
    assert "70 位还没有定" in texts(panel.steps[4])
    assert not panel.next_button.isEnabled()
    press(K.Key_S, CTRL)
    assert changing(page) is panel
    assert {one.name for one in desks.terms.terms()} == {"第十七届", OLD}


def test_dates_the_wrong_way_round_are_told_at_the_field(page: TermsPage) -> None:
    panel = begun(page)
    step = panel.steps[0]
    step.ends_on.typing().setFocus()  # type: ignore[attr-defined]  # it is a TermBeginning
    step.ends_on.edit.selectAll()  # type: ignore[attr-defined]
    type_text("2026-12-20")
    press(K.Key_Return, CTRL)
    assert panel.stack.currentIndex() == 0
    assert "新一届应在上一届终止" in step.begins_on.problem()  # type: ignore[attr-defined]
    step.begins_on.edit.selectAll()  # type: ignore[attr-defined]
    type_text("2026-12-28")
    assert step.ends_on.value() == "2026-12-27"  # type: ignore[attr-defined]
    press(K.Key_Return, CTRL)
    assert panel.stack.currentIndex() == 1
    assert (panel.change.ends_on, panel.change.until) == ("2026-12-27", "2031-12-27")


def test_new_deputies_are_typed_and_a_registered_namesake_is_asked_about(page: TermsPage, desks: Desks) -> None:
    panel = begun(page)
    press(K.Key_Return, CTRL)
    press(K.Key_A, CTRL)
    press(K.Key_1)
    press(K.Key_Return, CTRL)
    names = elected(panel)
    press(K.Key_Insert)
    type_text("韦东")
    press(K.Key_Return)
    type_text("枫林村选区")
    press(K.Key_Return)
    type_text("Z19999")
    press(K.Key_Escape)
    press(K.Key_Insert)
    type_text(NAMESAKE)
    press(K.Key_Return)
    press(K.Key_Escape)
    assert [one.candidates != () for one in panel.change.newcomers] == [False, True]
    press(K.Key_Home)
    press(K.Key_1)
    former = next(one for one in desks.roster.deputies() if one.name == NAMESAKE)
    assert panel.change.newcomers[1].deputy_id == former.id
    press(K.Key_Return, CTRL)
    press(K.Key_Down)
    press(K.Key_Space)
    assert panel.change.groups is GroupsFate.END
    press(K.Key_Return, CTRL)
    press(K.Key_Return, CTRL)
    assert changing(page) is None
    made = next(one for one in desks.roster.deputies() if one.name == "韦东")
    assert [(m.constituency, m.card_number) for m in made.mandates] == [("枫林村选区", "Z19999")]
    assert [m.term for m in desks.roster.deputy(former.id).mandates] == ["第十七届", NEW]
    assert not [1 for group in desks.grouping.groups() for _ in group.members_on(AFTER)]
    assert names is not None


def test_giving_it_up_asks_first_and_leaves_nothing(page: TermsPage, desks: Desks, messages: RecordedMessages) -> None:
    panel = begun(page)
    press(K.Key_Return, CTRL)
    press(K.Key_1)
    messages.answers = [False, True]
    press(K.Key_X, ALT)
    assert changing(page) is panel
    press(K.Key_X, ALT)
    assert changing(page) is None
    assert desks.housekeeping.unfinished() == []


def read_list(page: TermsPage, messages: RecordedMessages, path: Path) -> TermChangePanel:
    panel = begun(page)
    press(K.Key_Return, CTRL)
    press(K.Key_Return, CTRL)
    messages.answers = [path]
    press(K.Key_R, ALT)
    return panel


def test_a_sheet_that_is_none_is_told_and_changes_nothing(
    qtbot: QtBot, page: TermsPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    wrong = tmp_path / "别的.xlsx"
    wrong.write_bytes(b"%PDF-1.7 ...")
    panel = read_list(page, messages, wrong)
    before = panel.change
    qtbot.waitUntil(lambda: "读不出名单" in elected(panel).notice.text(), timeout=20_000)
    assert panel.change == before


def test_columns_nobody_is_sure_of_are_looked_over_first(
    qtbot: QtBot, page: TermsPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    odd = tmp_path / "名单.csv"
    odd.write_text("当选人,所属片,手机\n韦东,枫林村选区,14000009901\n覃小燕,上坪村选区,14000009902\n", encoding="utf-8")
    panel = read_list(page, messages, odd)
    step = elected(panel)
    qtbot.waitUntil(lambda: "认不准" in step.notice.text(), timeout=20_000)
    assert step.reader.isVisible()
    press(K.Key_Escape)
    assert not step.reader.isVisible()
    assert changing(page) is panel
    messages.answers = [odd]
    press(K.Key_R, ALT)
    qtbot.waitUntil(step.reader.isVisible, timeout=20_000)
    for index, word in ((0, "姓名"), (1, "选区（选举单位）")):
        field = step.reader.fields[index]
        field.typing().setFocus()
        field.edit.selectAll()
        type_text(word)
        press(K.Key_Return)
    press(K.Key_Return, CTRL)
    qtbot.waitUntil(lambda: panel.change.sheet_name == "名单.csv", timeout=20_000)
    assert [(one.name, one.constituency) for one in panel.change.newcomers] == [
        ("韦东", "枫林村选区"),
        ("覃小燕", "上坪村选区"),
    ]
    assert panel.change.newcomers[0].sheet == {"phone": "14000009901"}


def test_the_filter_finds_by_pinyin_and_the_choice_goes_to_those_shown(page: TermsPage) -> None:
    panel = begun(page)
    press(K.Key_Return, CTRL)
    step = outgoing(panel)
    press(K.Key_K, CTRL)
    type_text("zjg")
    shown = len(step.table.rows())
    assert 0 < shown < 70
    press(K.Key_Down)
    press(K.Key_A, CTRL)
    press(K.Key_1)
    assert panel.change.count(Fate.CARRIED) == shown
