"""Rooms and posts by keyboard: one is added, a day is held there, a visit registered, and the figures say so."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.documents.ledgers import ROOM_KEY
from station_app.documents.page_pictures import page_texts
from station_app.domain.reception import ReceptionDay
from station_app.domain.rooms import STATION_ITSELF
from station_app.domain.station import Branch
from station_app.ui.day_form import DayForm
from station_app.ui.day_list import OUTSIDE
from station_app.ui.deputy_opinion_form import DeputyOpinionForm
from station_app.ui.ledger_choice import Paper
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.list_section import ListSection
from station_app.ui.messages import RecordedMessages
from station_app.ui.new_opinion_choice import NewOpinionChoice
from station_app.ui.opinion_filters import NOBODY, OpinionFilter
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.room_window import RoomWindow
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_section import StationSection
from station_app.ui.station_window import StationWindow
from station_app.ui.today_page import TodayPage
from station_app.ui.visit_form import VisitForm
from tests.ui.keyboard import press, type_text
from tests.ui.roomy_station import FACTORY, MARKET, roomy_station
from tests.ui.small_station import TODAY
from tests.ui.window_seat import opened, page_of

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
K = Qt.Key


@pytest.fixture
def plain(qtbot: QtBot, station_file: Path, tmp_path: Path) -> Iterator[StationWindow]:
    """Return a window over a station without rooms."""
    window = opened(qtbot, Path(shutil.copy(station_file, tmp_path)))
    yield window
    window.close()


@pytest.fixture(scope="module")
def roomy_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rooms") / "禾溪.station"
    roomy_station(path).close()
    return path


@pytest.fixture
def roomy(qtbot: QtBot, roomy_file: Path, tmp_path: Path) -> Iterator[StationWindow]:
    """Return a window over a station with rooms."""
    window = opened(qtbot, Path(shutil.copy(roomy_file, tmp_path)))
    yield window
    window.close()


def reception(window: StationWindow) -> ReceptionPage:
    return page_of(window, "reception", ReceptionPage)


def opinions(window: StationWindow) -> OpinionsPage:
    return page_of(window, "opinions", OpinionsPage)


def ledgers(window: StationWindow) -> LedgersPage:
    return page_of(window, "ledgers", LedgersPage)


def rooms_section(window: StationWindow) -> ListSection:
    page = page_of(window, "settings", SettingsPage)
    page.go_to("站室")
    section = page.section()
    assert isinstance(section, ListSection)
    section.table.view.setFocus()
    return section


def text_of(qtbot: QtBot, page: LedgersPage) -> str:
    """Return the text of the pages that are shown once they are made."""
    qtbot.waitUntil(lambda: not page.is_working() and page.source() is not None, timeout=20_000)
    source = page.source()
    assert source is not None
    return "".join(page_texts(source.path))


def to(name: str, form: VisitForm | DayForm) -> None:
    """Go on by Enter until a field has the keyboard."""
    for _ in range(12):
        focus = QApplication.focusWidget()
        assert focus is not None
        if form.fields[name].isAncestorOf(focus):
            return
        press(K.Key_Tab)
    raise AssertionError(f"Tab never reaches {name}")


def test_a_room_is_added_a_day_held_there_and_its_figures_seen_by_keyboard(qtbot: QtBot, plain: StationWindow) -> None:
    section = rooms_section(plain)
    press(K.Key_F2)
    type_text("水东代表联络点")
    press(K.Key_Return)
    press(K.Key_2)  # 联络点
    press(K.Key_Return)
    press(K.Key_Return)
    type_text("水东村委会")
    press(K.Key_S, CTRL)
    assert [row.name for row in section.table.rows()] == ["水东代表联络点"]

    page = reception(plain)
    press(K.Key_T, ALT)
    form = page.editor
    assert isinstance(form, DayForm)
    type_text("2026-11-20")
    to("room", form)
    press(K.Key_A, CTRL)
    type_text("sd")
    press(K.Key_Return)
    assert form.fields["place"].value() == "水东村委会"
    press(K.Key_S, CTRL)
    day = plain.desks.days.between("2026-11-20", "2026-11-20")[0]
    assert plain.desks.rooms.names()[day.room_id] == "水东代表联络点"
    press(K.Key_K, ALT)  # 补记已接待

    press(K.Key_B, ALT)
    visit = page.editor
    assert isinstance(visit, VisitForm)
    to("visitor.name", visit)
    type_text("刘发根")
    to("visitor.phone", visit)
    press(K.Key_P, ALT)
    to("receivers", visit)
    type_text("xm")
    press(K.Key_Return)
    to("words", visit)
    type_text("村口的路灯不亮了。")
    press(K.Key_S, CTRL)
    assert [case.words for case in plain.desks.opinions.cases() if case.room_id == day.room_id] == [
        "村口的路灯不亮了。"
    ]

    books = ledgers(plain)
    books.choice.papers.setFocus()
    press(K.Key_End)
    assert books.choice.paper() is Paper.ROOMS
    told = text_of(qtbot, books)
    assert "站室情况统计表" in told
    assert "水东代表联络点" in told


def test_a_station_without_rooms_sees_nothing_of_them(plain: StationWindow) -> None:
    page = reception(plain)
    assert not page.days._room_row.isVisible()
    page.new_day()
    assert isinstance(page.editor, DayForm)
    assert "room" not in page.editor.fields
    page.close_editor()
    page.days.select(OUTSIDE)
    page.new()
    assert isinstance(page.editor, VisitForm)
    assert not page.editor.fields["room"].isVisible()
    assert "站室" not in [action.text() for action in page.panel.table.columns_menu().actions()]
    matters = opinions(plain)
    assert not matters.filters.room.isVisible()
    assert "站室" not in [action.text() for action in matters.table.columns_menu().actions()]
    books = ledgers(plain)
    titles = [books.choice.papers.item(row).text() for row in range(books.choice.papers.count())]
    assert books.choice.papers.isRowHidden(titles.index("站室情况统计表"))
    assert "站室" not in [action.text() for action in books.choice.columns_menu().actions()]
    books.choice.choose(Paper.MONTH)
    assert not books.choice.by_room.isVisible()


def test_a_new_day_proposes_the_last_room_with_its_place_and_its_deputies_first(roomy: StationWindow) -> None:
    page = reception(roomy)
    page.new_day()
    form = page.editor
    assert isinstance(form, DayForm)
    assert (form.fields["room"].typed(), form.fields["place"].value()) == (FACTORY, "禾溪制衣厂工会办公室")
    assert form._deputies._offered()[0].label == "单小芳"
    form.fields["room"].set_value(STATION_ITSELF)
    form.fields["room"].changed.emit()
    assert form.fields["place"].value() == "禾溪镇政府一楼"
    assert form._deputies._offered()[0].label == "钟龑"
    form.fields["place"].set_value("镇中心小学")
    form.fields["room"].set_value(roomy.desks.days.between()[0].room_id)
    form.fields["room"].changed.emit()
    assert form.fields["place"].value() == "镇中心小学"


def test_today_says_in_which_room_the_reception_is(roomy: StationWindow) -> None:
    day = next(day for day in roomy.desks.days.between() if day.on == TODAY.isoformat())
    market = next(key for key, name in roomy.desks.rooms.names().items() if name == MARKET)
    roomy.desks.days.save(replace(day, room_id=market))
    roomy.show_page("today")
    page = roomy.current_page()
    assert isinstance(page, TodayPage)
    page.reload()
    assert f"{MARKET}　禾溪镇政府一楼" in page.day.texts()


def test_a_visit_outside_a_day_says_its_room_and_one_on_a_day_is_not_asked(roomy: StationWindow) -> None:
    page = reception(roomy)
    page.days.select(OUTSIDE)
    page.new()
    assert isinstance(page.editor, VisitForm)
    assert (page.editor.fields["room"].isVisible(), page.editor.fields["room"].typed()) == (True, FACTORY)
    page.close_editor()
    page.days.select(next(day.id for day in roomy.desks.days.between() if day.on == TODAY.isoformat()))
    page.new()
    assert isinstance(page.editor, VisitForm)
    assert not page.editor.fields["room"].isVisible()


def test_a_corrected_room_of_a_visit_can_be_undone(roomy: StationWindow) -> None:
    page = reception(roomy)
    visit = next(one for one in roomy.desks.reception.visits_between("", "9999") if one.day_id is None)
    page.open_item(("visit", visit.id))
    form = page.editor
    assert isinstance(form, VisitForm)
    form.fields["room"].setFocus()
    press(K.Key_A, CTRL)
    type_text(MARKET)
    press(K.Key_S, CTRL)
    changed = roomy.desks.reception.visit(visit.id)
    assert (roomy.desks.rooms.names()[changed.room_id], changed.place) == (MARKET, "圩镇流动接待点")
    press(K.Key_Z, CTRL)
    assert roomy.desks.reception.visit(visit.id).room_id == visit.room_id


def test_the_days_and_visits_of_one_room_only(roomy: StationWindow) -> None:
    page = reception(roomy)
    rooms = {name: str(key or STATION_ITSELF) for key, name in roomy.desks.rooms.names().items()}
    assert len(page.days.mark_words()) == 5
    page.days._room_filter._choose(rooms[FACTORY])
    assert page.days.mark_words() == ["1 批", "已接待 1"]
    page.days._room_filter._choose(rooms[MARKET])
    assert page.days.mark_words() == ["0 批", "已接待 4"]
    page.days.select(OUTSIDE)
    assert page.panel.table.rows() == []
    page.open_item(next(day.id for day in roomy.desks.days.between() if day.on == TODAY.isoformat()))
    assert len(page.days.mark_words()) == 5


def test_matters_are_asked_for_by_room(roomy: StationWindow) -> None:
    page = opinions(roomy)
    factory = next(key for key, name in roomy.desks.rooms.names().items() if name == FACTORY)
    page.filters.ask(OpinionFilter(state="all", room=str(factory)))
    assert [row.case.number[-4:] for row in page.table.rows()] == ["0007", "0008", "0009"]
    page.filters.ask(OpinionFilter(state="all", room=NOBODY))
    assert {row.case.room_id for row in page.table.rows()} == {None}
    page.table._show_column(page.table.model.column_of(ROOM_KEY), shown=True)
    assert "本站" in page.table.model.text_at(0, page.table.model.column_of(ROOM_KEY))


def test_a_deputys_opinion_offers_the_rooms_villages_first(roomy: StationWindow) -> None:
    page = opinions(roomy)
    page.new()
    choice = page.form()
    assert isinstance(choice, NewOpinionChoice)
    choice.deputy_chosen.emit()
    form = page.form()
    assert isinstance(form, DeputyOpinionForm)
    assert form.fields["room"].typed() == FACTORY
    market = next(key for key, name in roomy.desks.rooms.names().items() if name == MARKET)
    form.fields["room"].set_value(market)
    form.fields["room"].changed.emit()
    assert [one.label for one in form._village._offered()][:3] == ["水东村", "圩镇社区", "上坪村"]


def test_the_ledger_of_a_room_and_the_summary_by_room_on_paper(qtbot: QtBot, roomy: StationWindow) -> None:
    page = ledgers(roomy)
    page.choice.choose(Paper.OPINIONS)
    factory = next(key for key, name in roomy.desks.rooms.names().items() if name == FACTORY)
    page.choice.room._choose(str(factory))
    told = text_of(qtbot, page)
    assert f"联络站（{FACTORY}）" in told.replace("\n", "")
    assert "护栏" not in told
    page.choice.choose(Paper.MONTH)
    assert "各站室情况" not in text_of(qtbot, page)
    page.choice.by_room.box.click()
    told = text_of(qtbot, page).replace("\n", "")
    assert "各站室情况" in told
    assert "各处相加5人次" in told


def test_the_matters_behind_the_figures_of_a_room_are_listed_and_opened(qtbot: QtBot, roomy: StationWindow) -> None:
    page = ledgers(roomy)
    page.choice.choose(Paper.ROOMS)
    text_of(qtbot, page)
    page.choice.papers.setFocus()
    press(K.Key_M, ALT)
    (shown,) = roomy.findChildren(RoomWindow)
    assert [line.name for line in shown.rooms.rows()] == ["本站", MARKET, FACTORY, "合计"]
    assert len(shown.matters.rows()) == 9
    shown.rooms.select(3)
    assert [row[2][-4:] for row in shown.matters.rows()] == ["0007", "0008", "0009"]
    shown.figure.set_value("closed")
    shown.figure.changed.emit()
    assert shown.matters.rows() == []
    shown.figure.set_value("closing")
    shown.figure.changed.emit()
    shown.show_matters()
    matters = roomy.current_page()
    assert isinstance(matters, OpinionsPage)
    assert sorted(row.case.number[-4:] for row in matters.table.rows()) == ["0007", "0008", "0009"]


def test_an_unused_room_is_deleted_and_a_used_one_only_goes_out_of_use(roomy: StationWindow) -> None:
    section = rooms_section(roomy)
    section.table.select(section.table.rows()[0].id)
    press(K.Key_Delete, CTRL)
    messages = roomy.messages
    assert isinstance(messages, RecordedMessages)
    assert any("不能删除，请用“停用”" in one for one in messages.said)
    press(K.Key_Delete)
    assert [row.retired for row in section.table.rows()] == [False, True, True]
    section.table.select(next(row.id for row in section.table.rows() if row.name == "大田村代表联络点"))
    press(K.Key_Delete, CTRL)
    assert len(section.table.rows()) == 2


def test_a_special_station_reads_its_own_words(roomy: StationWindow) -> None:
    roomy.show_page("settings")
    page = roomy.current_page()
    assert isinstance(page, SettingsPage)
    page.go_to("联络站")
    form = page.section()
    assert isinstance(form, StationSection)
    form.fields["branch"].setFocus()
    press(K.Key_3)
    assert "不分车间(部门)的事项：全企业/其他" in form.words.text()
    press(K.Key_S, CTRL)
    profile = roomy.desks.settings.profile()
    assert (profile.branch, profile.whole_place) == (Branch.ENTERPRISE, "全企业/其他")
    assert opinions(roomy).filters.village.accessibleName().startswith("车间(部门)")


def test_of_two_rooms_that_receive_today_the_one_that_is_looked_at_registers(roomy: StationWindow) -> None:
    desks, today = roomy.desks, TODAY.isoformat()
    own = next(day for day in desks.days.between() if day.on == today)
    factory = next(key for key, name in desks.rooms.names().items() if name == FACTORY)
    other = desks.days.save(ReceptionDay(today, place="禾溪制衣厂工会办公室", room_id=factory)).value
    desks.days.open(other)
    page = reception(roomy)
    for day_id in (other, own.id):
        page.days.select(day_id)
        page.new()
        assert isinstance(page.editor, VisitForm)
        assert page.editor.place.day is not None
        assert page.editor.place.day.id == day_id
        page.close_editor()
    page.days._room_filter._choose(str(factory))
    page.days.select(next(day.id for day in desks.days.between() if day.starts == "14:30"))
    page.new()
    assert isinstance(page.editor, VisitForm)
    assert page.editor.place.day is not None
    assert page.editor.place.day.id == other
