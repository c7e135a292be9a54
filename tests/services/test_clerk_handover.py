"""The hand-over paper tells a successor all that is open, where everything lies, and no secret."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from station_app.documents.page_pictures import page_count, page_texts
from station_app.domain.limits import Limit, Limits, Measure
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.operators import Operator, Role
from station_app.domain.opinion import Openness
from station_app.domain.papers import PaperKind
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import StationProfile, Tier
from station_app.services.unlocking import new_key
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.support.faults import NotAllowed

TODAY = date(2026, 11, 25)


@pytest.fixture
def busy(desks: Desks) -> Desks:
    """Three open matters, one of them overdue, one confidential; a promise; a paper out; blank forms; a draft."""
    visit = VisitDraft(
        on="2026-10-08",
        visitor=VisitorDraft(name="刘发根", phone="14000000077", address="竹坑村"),
        receivers=(Receiver("钟䶮", 1),),
        opinions=(
            OpinionDraft("水渠淤塞，晚稻灌不上水。", title="水渠淤塞", category="农业农村"),
            OpinionDraft("反映的事不便公开。", title="不便公开的事", openness=Openness.CONFIDENTIAL),
            OpinionDraft("桥头护栏坏了。", title="桥头护栏破损"),
            OpinionDraft("路灯不亮。", title="路灯不亮"),
        ),
    )
    desks.reception.register_visit(visit)
    for number in (1, 3, 4):
        desks.opinions.move(number, MoveDraft(Move.HAND_OVER, "2026-10-09", tier=Tier.TOWNSHIP, unit_id=1))
    desks.opinions.move(
        3, MoveDraft(Move.ANSWER, "2026-10-20", text="已列入计划。", answer_class="B", due_on="2026-11-20")
    )
    desks.papers.issue(PaperKind.HAND_OVER, [1])
    back = desks.papers.issue(PaperKind.HAND_OVER, [4]).value
    desks.papers.returned(back.id, "2026-11-25")
    desks.reception.print_blank_forms(3)
    return desks


def squeezed(path: Path) -> str:
    return re.sub(r"\s", "", "".join(page_texts(path)))


def written(desks: Desks, folder: Path) -> str:
    path = folder / "交接单.pdf"
    with desks.reading() as copy:
        assert copy.handover.write(path, bundled_only=True) == {}
    return squeezed(path)


def part(desks: Desks, title: str) -> tuple[str, list[tuple[str, ...]]]:
    found = next(one for one in desks.handover.paper().parts if one.title == title)
    return "".join(found.words), list(found.rows)


def test_open_matters_are_listed_with_what_is_overdue_first(busy: Desks) -> None:
    words, rows = part(busy, "在办的意见建议")
    assert words.startswith("在办意见建议 4 件，其中超期 2 件")
    assert [row[1] for row in rows[:2]] == ["水渠淤塞", "路灯不亮"]
    assert rows[0][2:5] == ("镇水务站", "办理中", "2026-11-09")
    assert "（保密事项，见登记簿）" in [row[1] for row in rows]


def test_promises_days_papers_and_blank_forms_are_told(busy: Desks) -> None:
    words, ((number, title, unit, due, state),) = part(busy, "承诺事项")
    assert words == "答复里承诺、还没兑现的事项 1 项，其中 1 项已过日期未核实。"
    assert (number, title, unit, due, state) == ("HX-2026-0003", "桥头护栏破损", "镇水务站", "2026-11-20", "已过 5 天")
    _words, ((on, _hours, place, deputies, _state),) = part(busy, "接待安排")
    assert (on, place, deputies) == ("2026-11-25", "圩镇流动接待点", "钟䶮、欧阳建国")
    words, rows = part(busy, "发出未收回的文书")
    assert len(rows) == 1
    assert rows[0][1] == "交办单"
    assert "空白接待选民登记表 3 张" in words


def test_an_unfinished_form_is_named_without_what_was_typed(busy: Desks, tmp_path: Path) -> None:
    body = {"page": "reception", "title": "登记接待", "about": "张三说路灯不亮", "right": "register"}
    busy.housekeeping.keep_draft("visit", body)
    _words, rows = part(busy, "没有填完的表单")
    assert rows == [("登记接待", "—", "2026-11-25")]
    assert "张三" not in written(busy, tmp_path)


def test_the_roster_files_numbers_and_first_steps_are_told(busy: Desks, tmp_path: Path) -> None:
    busy.backups.back_up()
    text = written(busy, tmp_path)
    for words in (
        "联络员工作交接单", "在任代表2人（县1人、镇2人；兼任的分别计算）", "从未核对的2人", "禾溪.station",
        "意见编号HX-2026-0004", "交办单2026年第2号", "没有设置操作员", "最近一次验证过的备份2026-11-25", "先办超期的2件",
        "移交人（签名）：", "接收人（签名）：", "监交人（签名）：", "内部资料", "示例数据", "本单一式三份",
    ):  # fmt: skip
        assert words in text, words
    assert page_count(tmp_path / "交接单.pdf") <= 3


def test_no_name_or_phone_of_a_voter_is_on_it(busy: Desks, tmp_path: Path) -> None:
    text = written(busy, tmp_path)
    assert "刘发根" not in text
    assert "14000000077" not in text
    assert "不便公开的事" not in text


def test_changed_settings_are_named(busy: Desks) -> None:
    assert "没有改过" in part(busy, "编号和设置")[0]
    busy.settings.save_limits(replace(Limits(), hand_over=Limit(3, Measure.WORKING_DAY)))
    assert "改过：办理期限" in part(busy, "编号和设置")[0]


def test_operators_are_named_and_only_who_keeps_the_register_hands_it_over(busy: Desks) -> None:
    clerk = busy.operators.save(Operator(0, "", "肖敏", Role.CLERK), "1357").value
    reader = busy.operators.save(Operator(0, "", "何建军", Role.READER)).value
    busy.operators.sign_in(clerk, "1357")
    rows = part(busy, "登记簿、备份和密码")[1]
    assert next(said for what, said in rows if what == "操作员") == "肖敏（联络员）、何建军（查阅，没有PIN）"
    assert any("停用移交人" in text for _, text in part(busy, "接收人先做的事")[1])
    busy.operators.sign_in(reader, "")
    with pytest.raises(NotAllowed):
        busy.handover.paper()


def test_a_password_is_never_on_it_but_which_sheet_is_handed_over(tmp_path: Path) -> None:
    key = new_key("竹影横斜水清浅八月", "竹影横斜水清浅八月")
    made = Desks.create(tmp_path / "a.station", fixed_clock(TODAY), StationProfile("禾溪镇人大代表联络站"), key=key)
    text = written(made, tmp_path)
    sheet = made.password.state().sheet_number
    made.close()
    assert "竹影" not in text
    assert f"单号{sheet}" in text
    assert "装入信封封好，当面移交" in text


def test_an_empty_register_is_handed_over_in_words(tmp_path: Path) -> None:
    made = Desks.create(tmp_path / "a.station", fixed_clock(TODAY), StationProfile("禾溪镇人大代表联络站"))
    text = written(made, tmp_path)
    made.close()
    for words in ("没有在办的意见建议", "没有等着兑现的承诺事项", "没有已排定的接待日", "还没有备份", "还没有用过编号"):
        assert words in text


def test_the_same_register_makes_the_same_bytes(busy: Desks, tmp_path: Path) -> None:
    written(busy, tmp_path)
    first = (tmp_path / "交接单.pdf").read_bytes()
    written(busy, tmp_path)
    assert (tmp_path / "交接单.pdf").read_bytes() == first
