"""The roster as cards, as trees, on an earlier day; found by more than the name."""

import pytest
from PySide6.QtCore import QSettings

from station_app.domain.people import Deputy, Level, Mandate
from station_app.station import Desks
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.roster_page import RosterPage
from station_app.ui.roster_tree import TreeKind
from tests.ui.keyboard import press, type_text
from tests.ui.roster_seat import ALT, CTRL, K, names, roster_page


@pytest.fixture
def page(window: MainWindow) -> RosterPage:
    return roster_page(window)


def test_the_cards_are_walked_by_arrows_and_opened_by_enter_and_stay_chosen(
    page: RosterPage, settings: QSettings
) -> None:
    press(K.Key_K, ALT)
    gallery = page.views.gallery
    assert gallery.view.hasFocus()
    assert page.views.currentWidget() is gallery
    first = page.current_deputy()
    press(K.Key_Right)
    second = page.current_deputy()
    assert first is not None
    assert second is not None
    assert (first.name, second.name) == ("钟龑", "欧阳建国")
    assert page.card.deputy() == second
    press(K.Key_Down)
    third = page.current_deputy()
    assert third is not None
    assert third.name not in (first.name, second.name)
    press(K.Key_Return)
    assert isinstance(page.editor, DeputyForm)
    assert page.editor.title() == f"修改 {third.name}"
    press(K.Key_Escape)
    assert gallery.view.hasFocus()
    assert settings.value("roster/cards") == "yes"
    press(K.Key_K, ALT)
    assert page.table.view.hasFocus()
    assert page.current_deputy() == third


def test_the_tree_filters_by_level_constituency_and_place_of_work(page: RosterPage, settings: QSettings) -> None:
    press(K.Key_B, ALT)  # by level
    assert page.left.kind() is TreeKind.LEVEL
    tree = page.left.tree.tree
    assert tree.hasFocus()
    words = [item.text(0) for at in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(at))]
    assert words == ["全部代表　7", "市　1", "县　2", "镇　6"]
    press(K.Key_Down)
    press(K.Key_Down)
    assert names(page) == ["钟龑", "阿依古丽·买买提"]
    press(K.Key_Right)
    press(K.Key_Down)
    assert names(page) == ["钟龑"]
    press(K.Key_Return)
    assert isinstance(page.editor, DeputyForm)
    press(K.Key_Escape)
    page.left.go()
    press(K.Key_B, ALT)  # by village
    assert names(page) == [line.name for line in page._lines]
    press(K.Key_B, ALT)  # by constituency
    press(K.Key_B, ALT)  # by place of work
    words = [item.text(0) for at in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(at))]
    assert "禾溪镇中心小学　1" in words
    assert settings.value("roster/tree") == "workplace"


def test_an_earlier_day_shows_who_served_then_and_is_only_read(
    page: RosterPage, desks: Desks, messages: RecordedMessages
) -> None:
    page.publish(
        desks.roster.save_deputy(
            Deputy("韦东", mandates=(Mandate(Level.TOWNSHIP, "第十七届", from_on="2016-11-01", to_on="2021-10-31"),))
        )
    )
    assert "韦东" not in names(page)
    press(K.Key_D, ALT)
    type_text("2020-5-1")
    press(K.Key_Return)
    assert names(page) == ["韦东"]
    assert "2020-05-01" in page._past.text()
    assert not any(one.isEnabled() for one in page.card.action_buttons)
    assert page.table.view.hasFocus()
    press(K.Key_Return)
    press(K.Key_F2)
    press(K.Key_Z, ALT)  # his mandate has ended, which is not what keeps it from being changed here
    assert page.editor is None
    assert all("只能看" in told for told in messages.said)
    assert len(messages.said) == 3
    page.back()
    assert len(names(page)) == 7
    assert page._past.text() == ""


def test_enter_leads_from_the_search_to_what_was_found_and_esc_gives_it_up(page: RosterPage) -> None:
    press(K.Key_K, CTRL)
    type_text("zlp")
    press(K.Key_Return)
    assert page.table.view.hasFocus()
    assert names(page) == ["曾丽萍"]
    press(K.Key_K, CTRL)
    page.back()
    assert page.table.view.hasFocus()
    assert len(names(page)) == 7


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1400000 1003", ["曾丽萍"]),
        ("第7选区", ["𬭚文"]),
        ("c006", ["阿依古丽·买买提"]),
        ("种粮", ["𬭚文"]),
        ("qinss", ["覃水生"]),
        ("tss", ["覃水生"]),  # 覃 is read tan as well
    ],
)
def test_more_is_found(page: RosterPage, typed: str, found: list[str]) -> None:
    press(K.Key_K, CTRL)
    type_text(typed)
    assert names(page) == found


def test_term_and_village_filter(page: RosterPage) -> None:
    page.filters.term.setCurrentText("第六届")
    assert names(page) == ["覃水生"]
    page.filters.clear()
    page.filters.village.setCurrentText("上坪村")
    assert names(page) == ["钟龑", "欧阳建国", "曾丽萍"]
