"""The 设置 page by keyboard: lists, order, retiring, numbers, limits, and words shown at once."""

from datetime import date

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from station_app.domain.limits import Limit, Measure, SpecialLimit
from station_app.domain.numbering import Series
from station_app.domain.station import ListKey, OrganKind, StaffPost, Tier
from station_app.station import Desks
from station_app.ui.cards import Notice
from station_app.ui.display_section import DisplaySection
from station_app.ui.holidays_section import HolidaysSection
from station_app.ui.limit_field import LimitField
from station_app.ui.limits_section import LimitsSection
from station_app.ui.list_section import ListSection
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.numbering_section import NumberingSection
from station_app.ui.settings_page import SECTIONS, SettingsPage
from station_app.ui.special_limits import SpecialLimitsField
from station_app.ui.station_section import StationSection
from tests.ui.keyboard import press, type_text
from tests.ui.small_station import VILLAGES
from tests.ui.window_seat import page_of

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    """Return the settings page in a window."""
    return page_of(window, "settings", SettingsPage)


def list_of(page: SettingsPage, title: str) -> ListSection:
    """Go to a list by the keyboard and into its table."""
    page.sections.setFocus()
    press(Qt.Key.Key_Home)
    for _ in range(SECTIONS.index(title)):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right)
    section = page.section()
    assert isinstance(section, ListSection)
    return section


def test_villages_are_added_one_after_another(page: SettingsPage, desks: Desks) -> None:
    list_of(page, "村(居)")
    press(Qt.Key.Key_F2)
    for name in ("岭背村", "枫林村"):
        type_text(name)
        press(Qt.Key.Key_Return, CTRL)
    names = [one.name for one in desks.settings.villages()]
    assert names == [*VILLAGES, "岭背村", "枫林村"]


def test_a_name_that_is_taken_is_refused_at_the_field(page: SettingsPage) -> None:
    section = list_of(page, "村(居)")
    press(Qt.Key.Key_F2)
    type_text("大田村")
    press(Qt.Key.Key_S, CTRL)
    assert section.form is not None
    assert section.form.fields["name"].problem() == "已经有“大田村”。"


def test_rows_move_by_alt_and_arrows_and_stay_selected(page: SettingsPage, desks: Desks) -> None:
    section = list_of(page, "村(居)")
    press(Qt.Key.Key_Home, CTRL)
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_Down, ALT)
    assert [one.name for one in desks.settings.villages()] == ["下坝村", "大田村", "上坪村", "水东村", "圩镇社区"]
    assert [one.name for one in section.table.selected_rows()] == ["上坪村"]
    press(Qt.Key.Key_Up, ALT)
    assert [one.name for one in desks.settings.villages()][:2] == ["下坝村", "上坪村"]
    press(Qt.Key.Key_Z, CTRL)
    assert [one.name for one in desks.settings.villages()][:2] == ["下坝村", "大田村"]


def test_units_move_only_among_their_tier(page: SettingsPage, desks: Desks) -> None:
    section = list_of(page, "承办单位")
    before = [one.name for one in desks.settings.units()]
    last_of_tier = [one for one in desks.settings.units() if one.tier is Tier.TOWNSHIP][-1]
    section.table.select(last_of_tier.id)
    press(Qt.Key.Key_Down, ALT)
    assert [one.name for one in desks.settings.units()] == before
    press(Qt.Key.Key_Up, ALT)
    assert [one.name for one in desks.settings.units()] != before


def test_what_is_used_is_retired_never_deleted(page: SettingsPage, desks: Desks) -> None:
    section = list_of(page, "村(居)")
    section.table.select(desks.settings.villages()[0].id)
    press(Qt.Key.Key_Delete)
    retired = [one.name for one in desks.settings.villages() if one.retired]
    assert retired == ["上坪村"]
    assert next(one.village for one in desks.opinions.cases()) == "上坪村"
    press(Qt.Key.Key_Delete)
    assert not [one for one in desks.settings.villages() if one.retired]


def test_a_nature_can_stop_counting(page: SettingsPage, desks: Desks) -> None:
    section = list_of(page, "诉求性质")
    help_ = next(one for one in desks.settings.choices(ListKey.NATURE) if one.label == "求助")
    section.table.select(help_.id)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_S, CTRL)
    assert not next(one for one in desks.settings.choices(ListKey.NATURE) if one.label == "求助").counts


def test_staff_are_kept_with_their_post(page: SettingsPage, desks: Desks) -> None:
    list_of(page, "工作人员")
    press(Qt.Key.Key_F2)
    type_text("黄一鸣")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    type_text("14000000077")
    press(Qt.Key.Key_S, CTRL)
    made = next(one for one in desks.settings.staff() if one.name == "黄一鸣")
    assert (made.post, made.phone) == (StaffPost.DEPUTY_HEAD, "14000000077")


def test_the_kind_of_the_organ_drives_the_words_at_once(page: SettingsPage, desks: Desks) -> None:
    section = page.section()
    assert isinstance(section, StationSection)
    assert "禾溪镇人民代表大会主席团" in section.words.text()
    section.fields["organ_kind"].setFocus()
    press(Qt.Key.Key_4)
    assert "禾溪镇办事处" in section.words.text()
    assert "全街道/其他" in section.words.text()
    press(Qt.Key.Key_S, CTRL)
    assert desks.settings.profile().organ_kind is OrganKind.STREET


def test_market_days_are_typed_as_they_are_spoken(page: SettingsPage, desks: Desks) -> None:
    section = page.section()
    assert isinstance(section, StationSection)
    field = section.fields["market_endings"]
    field.setFocus()
    press(Qt.Key.Key_A, CTRL)
    type_text("258")
    assert "逢农历二、五、八为圩日" in section.market.text()
    press(Qt.Key.Key_S, CTRL)
    assert desks.settings.profile().market_endings == (2, 5, 8)
    press(Qt.Key.Key_A, CTRL)
    type_text("周五")
    press(Qt.Key.Key_S, CTRL)
    assert "农历尾数" in field.problem()


def test_a_number_pattern_shows_its_next_numbers_while_typing(page: SettingsPage, desks: Desks) -> None:
    page.go_to("编号")
    section = page.section()
    assert isinstance(section, NumberingSection)
    section.start()
    press(Qt.Key.Key_A, CTRL)
    type_text("{站}{年}")
    assert "一个序号" in section.example(Series.OPINION)
    press(Qt.Key.Key_S, CTRL)
    assert section.fields["opinion"].problem()
    type_text("-{001}")
    assert "HX2026-001、HX2026-002、HX2026-147" in section.example(Series.OPINION)
    press(Qt.Key.Key_S, CTRL)
    assert desks.settings.pattern(Series.OPINION).text == "{站}{年}-{001}"


def test_a_limit_has_a_number_and_a_unit(page: SettingsPage, desks: Desks) -> None:
    page.go_to("办理期限")
    section = page.section()
    assert isinstance(section, LimitsSection)
    section.start()
    field = section.fields["hand_over"]
    assert isinstance(field, LimitField)
    press(Qt.Key.Key_A, CTRL)
    type_text("x")
    press(Qt.Key.Key_S, CTRL)
    assert "整数" in field.problem()
    press(Qt.Key.Key_A, CTRL)
    type_text("7")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_Space)  # the open matters move too
    assert desks.settings.limits().hand_over == Limit(7, Measure.DAY)


def test_leaving_a_section_asks_about_unsaved_text(page: SettingsPage, messages: RecordedMessages) -> None:
    section = page.section()
    assert isinstance(section, StationSection)
    section.fields["place"].setFocus()
    type_text("x")
    messages.answers = [Unsaved.STAY]
    page.go_to("村(居)")
    assert page.section() is section
    assert page.sections.currentRow() == 0
    messages.answers = [Unsaved.DISCARD]
    page.go_to("村(居)")
    assert isinstance(page.section(), ListSection)


def test_every_section_opens_without_a_mouse(page: SettingsPage) -> None:
    page.sections.setFocus()
    for title in SECTIONS[1:]:
        press(Qt.Key.Key_Down)
        assert page.stack.currentWidget() is page.section()
        assert page.sections.currentItem().text() == title


def test_the_font_size_takes_effect_at_once_and_is_remembered(page: SettingsPage, settings: QSettings) -> None:
    page.go_to("显示")
    section = page.section()
    assert isinstance(section, DisplaySection)
    before = QApplication.font().pointSizeF()
    section.start()
    press(Qt.Key.Key_3)
    assert QApplication.font().pointSizeF() > before
    assert settings.value("window/font_size") == "largest"


def test_personal_fields_of_deputies_are_off_until_asked_for(page: SettingsPage, desks: Desks) -> None:
    section = page.section()
    assert isinstance(section, StationSection)
    assert desks.settings.preference("roster.private") is None
    section.fields["private"].setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_S, CTRL)
    assert desks.settings.preference("roster.private") is True


def test_a_changed_limit_lists_the_open_matters_it_moves(page: SettingsPage, desks: Desks) -> None:
    """Nothing is saved before the clerk says whether they move too; 只对今后的 leaves their dates."""
    page.go_to("办理期限")
    section = page.section()
    assert isinstance(section, LimitsSection)
    before = {case.id: desks.opinions.clock(case) for case in desks.opinions.cases()}
    section.fields["answer_township"].set_value(Limit(2, Measure.MONTH))
    section.fields["answer_township"].setFocus()
    press(Qt.Key.Key_S, CTRL)
    assert section.question.isVisible()
    assert [line.split("　")[0] for line in section.question.texts()] == ["2026-12-16 → 2027-01-16"]
    assert desks.settings.limits().answer_township == Limit(1, Measure.MONTH)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    assert not section.question.isVisible()
    assert desks.settings.limits().answer_township == Limit(2, Measure.MONTH)
    assert {case.id: desks.opinions.clock(case) for case in desks.opinions.cases()} == before


def test_a_category_may_have_an_answer_limit_of_its_own(page: SettingsPage, desks: Desks) -> None:
    page.go_to("办理期限")
    section = page.section()
    assert isinstance(section, LimitsSection)
    field = section.fields["special"]
    assert isinstance(field, SpecialLimitsField)
    field.setFocus()
    press(Qt.Key.Key_Space)
    type_text("交通")
    press(Qt.Key.Key_Return)
    line = field.lines[0]
    line.limit.setFocus()
    press(Qt.Key.Key_A, CTRL)
    type_text("20")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_S, CTRL)
    assert section.question.isVisible()
    press(Qt.Key.Key_Space)
    kept = desks.settings.limits()
    assert kept.special == (SpecialLimit("交通", None, Limit(20, Measure.WORKING_DAY)),)
    moved = next(case for case in desks.opinions.cases() if case.category == "交通" and case.progress.tier)
    clock = desks.opinions.clock(moved)
    assert clock is not None
    assert clock.why[0] == "20 个工作日，自 2026-11-16 交办起"


def test_the_holidays_of_a_coming_year_are_pasted(page: SettingsPage, desks: Desks) -> None:
    """A year nobody knows says so and blocks nothing; once pasted, working days are counted by it."""
    page.go_to("放假安排")
    section = page.section()
    assert isinstance(section, HolidaysSection)
    assert section.fields["year"].value() == 2027
    assert "2027 年放假安排未录入" in section.findChildren(Notice)[1].text()
    section.fields["text"].setFocus()
    type_text("春节：2月5日至11日放假调休，共7天。2月14日（周日）上班。\n没有日子的一行")
    press(Qt.Key.Key_S, CTRL)
    assert "没有日子的一行" in section.fields["text"].problem()
    press(Qt.Key.Key_A, CTRL)
    type_text("春节：2月5日至11日放假调休，共7天。2月14日（周日）上班。")
    press(Qt.Key.Key_S, CTRL)
    calendar = desks.settings.calendar()
    assert calendar.known(2027)
    assert calendar.add_working_days(date(2027, 2, 4), 2) == date(2027, 2, 14)
    assert section.fields["text"].value().splitlines()[-1] == "2027-02-14 上班"
    desks.housekeeping.undo()
    assert not desks.settings.calendar().known(2027)
