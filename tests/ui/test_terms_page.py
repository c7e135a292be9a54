"""届次与换届: terms and constituencies kept by keyboard, warnings, and who represented a village on a day."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.documents.page_pictures import page_texts
from station_app.domain.people import Level, Mandate
from station_app.station import Desks
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.paper_window import PaperWindow
from station_app.ui.roster_page import RosterPage
from station_app.ui.station_window import StationWindow
from station_app.ui.terms_page import TermsPage
from tests.term_station import OLD, TODAY, term_station
from tests.ui.keyboard import press, type_text
from tests.ui.window_seat import copied, page_of

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
EARLIER = Mandate(Level.COUNTY, "第十五届", "县第九选区", "", "2011-12-10", "2016-12-09")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("terms") / "a.station"
    term_station(path, 21).close()
    return path


@pytest.fixture
def desks(made_once: Path, tmp_path: Path) -> Iterator[Desks]:
    """A station with 21 township deputies and one of the county."""
    made = copied(made_once, tmp_path, TODAY)
    yield made
    made.close()


@pytest.fixture
def window(station_window: StationWindow) -> StationWindow:
    return station_window


@pytest.fixture
def page(window: StationWindow) -> TermsPage:
    """The page of terms."""
    return page_of(window, "terms", TermsPage)


def terms(page: TermsPage) -> list[tuple[str, str, str]]:
    return [(row.level, row.term.name, row.state) for row in page.panel.terms.rows()]


def represented(page: TermsPage) -> list[str]:
    return [row.name for row in page.panel.represent.table.rows()]


def test_terms_are_listed_with_those_only_mandates_name(page: TermsPage, desks: Desks) -> None:
    assert terms(page) == [("县", "第十七届", "未登记"), ("镇", OLD, "将届满"), ("镇", "第十七届", "往届")]
    assert "县第十七届将于 2026-12-09 届满、镇第十八届将于 2026-12-17 届满" in page.panel.notice.text()
    row = page.panel.terms.current_row()
    assert row is not None
    assert row.term.name == OLD
    press(K.Key_R, ALT)
    assert [row[2] for row in terms(page)] == ["将届满", "将届满", "往届"]
    assert next(one for one in desks.terms.terms() if one.level is Level.COUNTY).from_on == "2021-12-10"
    press(K.Key_Z, CTRL)
    assert terms(page)[0] == ("县", "第十七届", "未登记")


def test_a_term_is_registered_and_corrected_by_keyboard(page: TermsPage, messages: RecordedMessages) -> None:
    press(K.Key_Insert)
    assert page._form is not None
    press(K.Key_Return)
    type_text("第十九届")
    press(K.Key_Return)
    type_text("2026-12-18")
    press(K.Key_Return)
    assert page._form.fields["to_on"].edit.placeholderText() == "2031-12-17"  # type: ignore[attr-defined]  # a date
    press(K.Key_S, CTRL)
    assert ("镇", "第十九届") in [row[:2] for row in terms(page)]
    press(K.Key_Home)
    press(K.Key_Down)
    press(K.Key_Return)
    assert page._form is not None
    page._form.fields["name"].set_value(OLD)
    press(K.Key_S, CTRL)
    assert "已经登记了" in page._form.fields["name"].problem()
    messages.answers = [Unsaved.DISCARD]
    press(K.Key_Escape)
    assert page._form is None


def test_a_constituency_gets_its_villages_by_initials(page: TermsPage, desks: Desks) -> None:
    press(K.Key_D, ALT)
    press(K.Key_Home)
    press(K.Key_Return)
    assert page._form is not None
    press(K.Key_Return)
    type_text("spc")
    press(K.Key_Return)
    press(K.Key_S, CTRL)
    row = next(row for row in page.panel.districts.rows() if row.one.name == "枫林村选区")
    assert row.villages == "枫林村、上坪村"
    press(K.Key_Delete)
    assert "枫林村选区" in [one.name for one in desks.terms.proposed_constituencies(Level.TOWNSHIP, OLD)]
    press(K.Key_T, ALT)
    again = next(row for row in page.panel.districts.rows() if row.one.name == "枫林村选区")
    assert (again.villages, again.deputies) == ("枫林村", 3)  # read out of its name


def test_who_represented_a_village_on_a_day_is_asked_copied_and_printed(
    qtbot: QtBot, page: TermsPage, window: StationWindow
) -> None:
    panel = page.panel.represent
    press(K.Key_V, ALT)
    type_text("flc")
    press(K.Key_Return)
    assert panel.day.typing().hasFocus()
    type_text("2023-05-01")
    press(K.Key_Return)
    assert panel.table.view.hasFocus()
    panel.day.go()
    assert panel.asked() == (1, "2023-05-01")
    in_2023 = represented(page)
    assert len(in_2023) == 8  # three elected there, five more of the area group that keeps contact
    panel.day.edit.selectAll()
    type_text("2020-01-01")
    assert represented(page) == ["刘建国"]
    panel.day.edit.selectAll()
    type_text("2010-01-01")
    assert represented(page) == []
    panel.day.edit.selectAll()
    type_text("2023-05-01")
    press(K.Key_C, ALT)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 8
    assert "选区选出 枫林村选区" in copied[0]
    press(K.Key_P, CTRL)
    paper = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PaperWindow) and one.isVisible())
    qtbot.waitUntil(paper.is_ready, timeout=20_000)
    text = "".join(page_texts(paper.pages()))
    assert "枫林村的人大代表" in text
    assert "2023-05-01 在任" in text
    assert all(name in text for name in in_2023)
    paper.close()


def test_the_answer_about_2023_stays_when_entries_are_made_one_and_when_that_is_undone(
    page: TermsPage, desks: Desks
) -> None:
    village = desks.settings.villages()[0]
    first = next(one.deputy for one in desks.terms.who_represents(village.id, "2023-05-01"))
    twin = desks.roster.save_deputy(replace(first, id=0, uid="", mandates=(EARLIER,), phone="14000004321")).value

    def answer() -> list[tuple[str, str]]:
        return [(one.deputy.name, one.through) for one in desks.terms.who_represents(village.id, "2023-05-01")]

    before = sorted(answer())
    desks.persons.merge(twin, first.id)
    assert sorted(answer()) == before
    desks.housekeeping.undo()
    assert sorted(answer()) == before


def test_the_roster_warns_and_leads_here(page: TermsPage, window: StationWindow) -> None:
    press(K.Key_Escape)
    roster = window.current_page()
    assert isinstance(roster, RosterPage)
    assert roster.term_line.text() == "县第十七届将于 2026-12-09 届满，镇第十八届将于 2026-12-17 届满"
    press(K.Key_E, ALT)
    assert window.current_page() is page
    press(K.Key_Escape)
    press(K.Key_W, ALT)
    assert window.current_page() is window.page("checking")
