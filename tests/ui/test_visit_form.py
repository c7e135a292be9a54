"""Registering visitors by keyboard alone, through the real window and a real file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.opinion import Openness
from station_app.domain.people import Gender
from station_app.domain.progress import Disposition, State
from station_app.domain.reception import Visit
from station_app.ui.visit_entry import VisitMode
from tests.ui.reception_keys import ALT, CTRL, Clerk, K, clerk_at


@pytest.fixture
def clerk(qtbot: QtBot, tmp_path: Path) -> Iterator[Clerk]:
    """Return a clerk with the registration form open."""
    with clerk_at(qtbot, tmp_path) as working:
        working.key(K.Key_F2)
        yield working


def newest(clerk: Clerk) -> Visit:
    """Return the visit registered last."""
    return max(clerk.desks.reception.visits_between("", "9999"), key=lambda one: one.id)


def visit_count(clerk: Clerk) -> int:
    """Return how many visits there are."""
    return len(clerk.desks.reception.visits_between("", "9999"))


def fill(clerk: Clerk, name: str = "覃水生", words: str = "上坪三组的水渠淤了，晚稻灌不上水。") -> None:
    """Type a name, an address and the words, as short as it can be."""
    clerk.type(name)
    clerk.tab_to(clerk.form.visitor.address)
    clerk.type("上坪村三组")
    clerk.tab_to(clerk.form.matter.words)
    clerk.type(words)


def test_a_visit_with_two_opinions_is_registered_without_a_mouse(clerk: Clerk) -> None:
    clerk.type("覃水生")
    clerk.key(K.Key_Return)
    clerk.press_letters("2")
    clerk.tab()
    clerk.press_letters("14000617730")
    clerk.key(K.Key_Return)
    clerk.key(K.Key_Up)
    clerk.tab()
    clerk.type("上坪村三组")
    assert clerk.form.visitor.village.text() == "上坪村 3组"
    clerk.tab()
    clerk.press_letters("oyjg")
    clerk.key(K.Key_Return)
    clerk.tab()
    clerk.type("上坪三组的水渠从春上就淤了，晚稻灌不上水。")
    clerk.tab()
    assert clerk.form.matter.title.value() == "上坪三组的水渠从春上就淤了，晚稻灌不上水"
    clerk.key(K.Key_A, CTRL)
    clerk.type("上坪村三组水渠清淤")
    clerk.tab()
    clerk.press_letters("nync")
    clerk.key(K.Key_Return)
    clerk.key(K.Key_N, ALT)
    clerk.type("高龄补贴怎么申请？")
    clerk.tab_to(clerk.form.matter.disposition)
    clerk.key(K.Key_Right)
    clerk.tab()
    clerk.type("已说明到村委会申请。")
    clerk.tab_to(clerk.form.matter.confidential)
    clerk.key(K.Key_Space)
    clerk.key(K.Key_Return, CTRL)

    visit = newest(clerk)
    first, second = clerk.desks.reception.cases_of_visit(visit.id)
    assert (visit.name, visit.gender, visit.phone, visit.people) == ("覃水生", Gender.MALE, "14000617730", 2)
    assert (visit.village, visit.village_group, visit.on, visit.at) == ("上坪村", "3组", "2026-11-25", "09:00")
    assert [one.name for one in visit.receivers] == ["钟龑", "欧阳建国"]
    assert (first.words, first.title) == ("上坪三组的水渠从春上就淤了，晚稻灌不上水。", "上坪村三组水渠清淤")
    assert first.category == "农业农村"
    assert first.progress.disposition is Disposition.STUDYING
    assert (second.progress.disposition, second.progress.state) == (Disposition.ON_SPOT, State.CLOSED)
    assert (second.progress.answer, second.openness) == ("已说明到村委会申请。", Openness.CONFIDENTIAL)
    assert clerk.table()[-2:] == [
        ("覃水生 等2人", "上坪三组的水渠从春上就淤了，晚稻灌不上水。", "正在研究"),
        ("覃水生", "高龄补贴怎么申请？", "当场答复"),
    ]
    assert clerk.page.panel.table.current_id() == (visit.id, second.number), "what was saved is in sight"
    assert clerk.form.visitor.name.is_empty(), "the form is ready for the next visitor"
    assert clerk.form.visitor.name.edit.hasFocus()
    assert clerk.form.received_by.labels() == ("钟龑",)


def test_the_form_asks_for_at_most_twelve_fields_and_requires_four(clerk: Clerk) -> None:
    asked = [field for field in clerk.form.fields.values() if field.isVisibleTo(clerk.form)]
    # 保密 and 紧急 are the two ticks of one field, 标记.
    assert len([field for field in asked if field.title]) == 12
    assert [field.title for field in asked if field.required] == ["选民姓名", "联系电话", "接待人", "反映内容"]


def test_a_phone_is_not_asked_for_once_an_address_is_typed(clerk: Clerk) -> None:
    clerk.tab_to(clerk.form.visitor.address)
    clerk.type("竹坑")
    assert not clerk.form.visitor.phone.required
    assert "没有认出村(居)" in clerk.form.visitor.village.text()


def test_a_visitor_who_leaves_no_name_takes_one_key(clerk: Clerk) -> None:
    clerk.key(K.Key_U, ALT)
    clerk.tab_to(clerk.form.matter.words)
    clerk.type("班车少了一班，老人赶圩不方便。")
    clerk.key(K.Key_S, CTRL)
    visit = newest(clerk)
    assert visit.anonymous
    assert visit.shown_name == "匿名"
    assert clerk.page.editor is None


def test_no_phone_and_on_behalf_take_one_key_each(clerk: Clerk) -> None:
    clerk.type("钟秀英")
    clerk.key(K.Key_P, ALT)
    clerk.key(K.Key_D, ALT)
    clerk.type("何田生")
    clerk.tab_to(clerk.form.matter.words)
    clerk.type("二楼以上上不去水。")
    clerk.key(K.Key_S, CTRL)
    visit = newest(clerk)
    assert visit.no_phone
    assert visit.on_behalf_of == "何田生"


def test_leading_somebody_elsewhere_needs_the_channel_told(clerk: Clerk) -> None:
    fill(clerk, words="邻里欠款要打官司。")
    clerk.tab_to(clerk.form.matter.disposition)
    clerk.press_letters("3")
    clerk.key(K.Key_S, CTRL)
    assert "渠道" in clerk.form.matter.route.problem()
    assert clerk.form.matter.route.edit.hasFocus()
    clerk.type("县人民法院")
    clerk.key(K.Key_S, CTRL)
    (case,) = clerk.desks.reception.cases_of_visit(newest(clerk).id)
    assert case.progress.route == "县人民法院"
    assert case.progress.state is State.REDIRECTED


def test_a_visit_without_an_opinion_needs_only_a_note(clerk: Clerk) -> None:
    clerk.type("刘发根")
    clerk.key(K.Key_P, ALT)
    clerk.key(K.Key_S, CTRL)
    assert "备注" in clerk.form.matter.words.problem()
    clerk.key(K.Key_M, ALT)
    clerk.tab()
    clerk.type("来问下次接待日是哪天。")
    clerk.key(K.Key_S, CTRL)
    visit = newest(clerk)
    assert visit.notes == "来问下次接待日是哪天。"
    assert clerk.desks.reception.cases_of_visit(visit.id) == []


def test_empty_required_fields_are_told_at_the_fields(clerk: Clerk) -> None:
    before = visit_count(clerk)
    clerk.key(K.Key_Return, CTRL)
    form = clerk.form
    assert "请填写选民姓名" in form.visitor.name.problem()
    assert "请填写联系电话或住址" in form.visitor.phone.problem()
    assert "请填写反映内容" in form.matter.words.problem()
    assert form.visitor.name.edit.hasFocus()
    assert visit_count(clerk) == before


def test_five_thousand_characters_are_refused_and_kept(clerk: Clerk) -> None:
    words = "渠" * 5000
    fill(clerk, words="")
    clerk.paste(words)
    clerk.key(K.Key_S, CTRL)
    assert "有 5000 字，最多 4000 字" in clerk.form.matter.words.problem()
    assert clerk.form.matter.words.value() == words
    clerk.key(K.Key_A, CTRL)
    clerk.paste("渠" * 4000)
    clerk.key(K.Key_S, CTRL)
    assert clerk.desks.reception.cases_of_visit(newest(clerk).id)[0].words == "渠" * 4000


def test_a_phone_with_letters_is_refused_and_kept(clerk: Clerk) -> None:
    fill(clerk)
    clerk.form.visitor.phone.setFocus()
    clerk.press_letters("1400a0617730")
    clerk.key(K.Key_S, CTRL)
    assert "联系电话只能是数字" in clerk.form.visitor.phone.problem()
    assert clerk.form.visitor.phone.value() == "1400a0617730"
    assert clerk.form.visitor.phone.edit.hasFocus()


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("曾小㛃𬭚𠅤", "曾小㛃𬭚𠅤"),
        ("=1+1", "=1+1"),
        ("王😀", "王😀"),
        ("王\x07五\u200b", "王五"),
    ],
)
def test_any_name_is_saved_as_it_should_be(clerk: Clerk, typed: str, saved: str) -> None:
    clerk.paste(typed)
    clerk.key(K.Key_P, ALT)
    clerk.tab_to(clerk.form.matter.words)
    clerk.type("=1+1 的路灯😀不亮")
    clerk.key(K.Key_S, CTRL)
    visit = newest(clerk)
    assert visit.name == saved
    assert clerk.desks.reception.cases_of_visit(visit.id)[0].words == "=1+1 的路灯😀不亮"


def test_a_character_that_cannot_be_kept_is_named(clerk: Clerk) -> None:
    fill(clerk, words="")
    clerk.paste("水渠\ufffe淤了")
    clerk.key(K.Key_S, CTRL)
    assert "第 3 个字符无法保存" in clerk.form.matter.words.problem()


def test_a_problem_of_another_opinion_brings_it_forward(clerk: Clerk) -> None:
    fill(clerk)
    clerk.tab_to(clerk.form.matter.disposition)
    clerk.key(K.Key_Right)
    clerk.key(K.Key_N, ALT)
    clerk.type("村口路灯坏了。")
    clerk.key(K.Key_S, CTRL)
    assert clerk.form.matter.at == 0
    assert "怎样答复" in clerk.form.matter.answer.problem()
    clerk.type("已当面说明。")
    clerk.key(K.Key_PageDown, ALT)
    assert clerk.form.matter.words.value() == "村口路灯坏了。"
    clerk.key(K.Key_S, CTRL)
    assert len(clerk.desks.reception.cases_of_visit(newest(clerk).id)) == 2


def test_earlier_visits_of_the_person_show_while_typing(clerk: Clerk, qtbot: QtBot) -> None:
    clerk.type("钟秀英")
    qtbot.waitUntil(clerk.form.visitor.earlier.isVisible)
    told = clerk.form.visitor.earlier.text()
    assert "可能来过" in told
    assert "HX-2026-0003" in told
    assert "2026-11-18" in told
    assert "办结" in told
    clerk.key(K.Key_R, ALT)
    assert clerk.form.visitor.phone.value() == "14000002002"
    assert clerk.form.visitor.address.value() == "圩镇社区三组"
    assert clerk.form.matter.words.edit.hasFocus(), "nothing known is typed again"
    clerk.form.visitor.earlier.look_now()
    assert "此人来过" in clerk.form.visitor.earlier.text()


def test_the_clerks_own_title_stays_when_the_words_change(clerk: Clerk) -> None:
    fill(clerk, words="水渠淤了。")
    clerk.tab()
    clerk.key(K.Key_A, CTRL)
    clerk.type("清淤")
    clerk.form.matter.words.setFocus()
    clerk.type("去年讲过要清。")
    assert clerk.form.matter.title.value() == "清淤"


def test_what_was_typed_survives_a_crash(qtbot: QtBot, tmp_path: Path) -> None:
    with clerk_at(qtbot, tmp_path) as before:
        before.key(K.Key_F2)
        fill(before)
        before.key(K.Key_N, ALT)
        before.type("村口路灯坏了。")
        qtbot.waitUntil(lambda: bool(before.desks.housekeeping.kept_drafts("visit")), timeout=8000)
        before.form.keeper.keep()
        desks = before.desks
        before.window.hide()
    with clerk_at(qtbot, tmp_path, desks) as after:
        assert after.page.draft_bar.isVisible()
        assert "09:00" in after.page.draft_bar.words()
        assert "覃水生“上坪三组的水渠淤了，晚稻…”" in after.page.draft_bar.words()
        after.key(K.Key_G, ALT)
        assert after.form.visitor.name.value() == "覃水生"
        assert after.form.visitor.address.value() == "上坪村三组"
        assert [one.words for one in after.form.matter.all()] == [
            "上坪三组的水渠淤了，晚稻灌不上水。",
            "村口路灯坏了。",
        ]
        after.key(K.Key_S, CTRL)
        assert not after.page.draft_bar.isVisible()
        assert newest(after).name == "覃水生"
        assert desks.housekeeping.kept_drafts("visit") == []


def test_leaving_the_form_asks_nothing_and_loses_nothing(clerk: Clerk) -> None:
    fill(clerk)
    clerk.key(K.Key_Escape)
    assert clerk.page.editor is None
    assert clerk.page.draft_bar.isVisible()
    clerk.messages.answers.append(True)
    clerk.tab_to(clerk.page.draft_bar.drop_button)
    clerk.key(K.Key_Return)
    assert not clerk.page.draft_bar.isVisible()
    assert clerk.desks.housekeeping.kept_drafts("visit") == []


def test_a_second_visitor_does_not_displace_an_unfinished_one(clerk: Clerk) -> None:
    fill(clerk)
    clerk.key(K.Key_Escape)
    clerk.key(K.Key_F2)
    fill(clerk, name="刘发根", words="桥头护栏坏了。")
    clerk.key(K.Key_S, CTRL)
    assert newest(clerk).name == "刘发根"
    assert "覃水生" in clerk.page.draft_bar.words()


def test_an_undo_takes_the_visit_back(clerk: Clerk) -> None:
    before = visit_count(clerk)
    fill(clerk)
    clerk.key(K.Key_Return, CTRL)
    assert visit_count(clerk) == before + 1
    clerk.key(K.Key_Z, CTRL)
    assert visit_count(clerk) == before
    assert all(name != "覃水生" for name, _, _ in clerk.table())


def test_a_registered_visit_is_corrected_in_the_form(clerk: Clerk) -> None:
    fill(clerk)
    clerk.key(K.Key_S, CTRL)
    clerk.key(K.Key_Return)
    assert clerk.form.place.mode is VisitMode.CORRECTION
    assert clerk.form.matter.words.value() == "上坪三组的水渠淤了，晚稻灌不上水。"
    clerk.key(K.Key_A, CTRL)
    clerk.type("覃水根")
    clerk.key(K.Key_N, ALT)
    clerk.type("路灯也坏了。")
    clerk.key(K.Key_S, CTRL)
    visit = newest(clerk)
    assert visit.name == "覃水根"
    assert visit.village == "上坪村"
    words = [case.words for case in clerk.desks.reception.cases_of_visit(visit.id)]
    assert words == ["上坪三组的水渠淤了，晚稻灌不上水。", "路灯也坏了。"]


def test_nothing_follows_a_correction(clerk: Clerk) -> None:
    fill(clerk)
    clerk.key(K.Key_S, CTRL)
    before = visit_count(clerk)
    clerk.key(K.Key_Return)
    clerk.key(K.Key_Return, CTRL)
    assert clerk.page.editor is None
    assert visit_count(clerk) == before


def test_a_correction_left_unsaved_is_offered_again(clerk: Clerk) -> None:
    fill(clerk)
    clerk.key(K.Key_S, CTRL)
    clerk.key(K.Key_Return)
    clerk.type("老")
    clerk.key(K.Key_Escape)
    assert newest(clerk).name == "覃水生"
    assert "更正登记" in clerk.page.draft_bar.words()
    clerk.key(K.Key_G, ALT)
    assert clerk.form.visitor.name.value() == "老覃水生"
    clerk.key(K.Key_S, CTRL)
    assert newest(clerk).name == "老覃水生"
    assert not clerk.page.draft_bar.isVisible()


def test_an_undo_while_a_visit_is_corrected_closes_the_form(clerk: Clerk) -> None:
    fill(clerk)
    clerk.key(K.Key_S, CTRL)
    clerk.key(K.Key_Return)
    clerk.key(K.Key_Z, CTRL)
    assert clerk.page.editor is None
    assert all(name != "覃水生" for name, _, _ in clerk.table())


def test_a_correction_does_not_touch_what_became_of_an_opinion(clerk: Clerk) -> None:
    clerk.key(K.Key_Escape)
    handed_over = next(case for case in clerk.desks.opinions.cases() if case.progress.handed_on)
    assert handed_over.visit_id is not None
    clerk.page.open_item(("visit", handed_over.visit_id))
    assert not clerk.form.matter.disposition.isVisible()
    clerk.tab_to(clerk.form.matter.words)
    clerk.key(K.Key_A, CTRL)
    clerk.type("桥头护栏坏了好几年。")
    clerk.key(K.Key_S, CTRL)
    after = clerk.desks.opinions.case(handed_over.id)
    assert after.words == "桥头护栏坏了好几年。"
    assert after.progress.disposition is handed_over.progress.disposition
