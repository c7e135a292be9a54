"""The log in the clerk's words, on screen as on paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from station_app.documents.page_pictures import page_texts
from station_app.documents.spreadsheet import read_workbook
from station_app.domain.limits import Limit, Limits, Measure
from station_app.domain.log_line import ERASED_WORDS, Act, LogFilter
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks
from tests.ui.small_station import small_station

TODAY = date(2026, 11, 22)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Return the desks of an invented station."""
    made = small_station(tmp_path / "一.station", TODAY)
    yield made
    made.close()


def last(desks: Desks) -> dict[str, tuple[str, str]]:
    """Return the fields of the first record that the last step changed."""
    (step, *_) = desks.log.steps(LogFilter(), 1)
    record = desks.log.records([step.id])[0]
    return {field.title: (field.before, field.after) for field in record.fields}


def squeezed(text: str) -> str:
    """Return a text without blanks and line breaks."""
    return "".join(text.split())


def test_a_correction_is_told_in_words_before_and_after(desks: Desks) -> None:
    case = desks.opinions.cases()[0]
    desks.opinions.correct_words(case.id, "桥头护栏要修", "安全", "大田村", urgent=True)
    assert last(desks) == {
        "标题": (case.title, "桥头护栏要修"),
        "类别": ("交通", "安全"),
        "村(居)": ("上坪村", "大田村"),
        "紧急": ("否", "是"),
    }
    (step, *_) = desks.log.steps(LogFilter(), 1)
    assert step.about == f"意见建议 {case.number}"


def test_a_new_record_tells_what_was_filled_in_and_nothing_of_the_machine(desks: Desks) -> None:
    (step,) = [one for one in desks.log.steps(LogFilter(kinds=("opinions",))) if "代表意见" in one.label]
    opinion, event = desks.log.records([step.id])
    assert (opinion.act, event.act) == (Act.ADDED, Act.ADDED)
    told = {field.title: field.after for field in opinion.fields}
    assert told["来源"] == "代表意见"
    assert told["提出代表"] == "欧阳建国"
    assert told["公开程度"] == "公开"
    assert "紧急" not in told
    assert not [text for text in told.values() if "T" in text and "+" in text]
    assert event.name == f"办理事项 {told['编号']}"


def test_deleting_is_told_as_deleting_and_ending_as_a_change(desks: Desks) -> None:
    group = desks.grouping.groups()[0]
    member = group.memberships[0]
    desks.grouping.save_group(replace(group, village_ids=()))
    (step, *_) = desks.log.steps(LogFilter(), 1)
    acts = {record.name: record.act for record in desks.log.records([step.id])}
    assert acts == {f"小组联系村 {group.name} {near}": Act.CHANGED for near in ("上坪村", "下坝村")}
    desks.grouping.delete_group(group.id)
    (step, *_) = desks.log.steps(LogFilter(), 1)
    assert [(record.name, record.act) for record in desks.log.records([step.id])] == [
        (f"小组 {group.name}", Act.DELETED)
    ]
    desks.housekeeping.undo(step.id)
    desks.grouping.leave(member.id, TODAY.isoformat())
    assert last(desks)["结束日期"] == ("", TODAY.isoformat())


def test_limits_are_told_in_words(desks: Desks) -> None:
    desks.settings.save_limits(Limits())
    desks.settings.save_limits(replace(Limits(), feedback=Limit(3, Measure.DAY)))
    before, after = last(desks)["内容"]
    assert "反馈选民：5 个工作日" in before
    assert "反馈选民：3 天" in after
    (step, *_) = desks.log.steps(LogFilter(), 1)
    assert step.about == "设置 办理期限"


def test_erased_contents_read_so_and_the_history_keeps_fact_and_reason(desks: Desks) -> None:
    visit = desks.reception.visits_between("2026-01-01", "2026-12-31")[0]
    desks.erasing.erase([visit.id], TODAY.isoformat(), "本人书面申请", words_too=True)
    wanted = LogFilter(record=("visits", visit.uid))
    steps = desks.log.steps(wanted)
    records = desks.log.records([step.id for step in steps], wanted.record)
    assert {record.act for record in records if record.table == "visits"} == {Act.ERASED}
    (erasure,) = [record for record in records if record.table == "erasures"]
    told = {field.title: field.after for field in erasure.fields}
    assert (told["哪一类记录"], told["理由"]) == ("来访", "本人书面申请")
    lines = desks.log.lines(wanted)
    assert ERASED_WORDS in [line.after for line in lines]
    assert not [line for line in lines if visit.name in line.before + line.after]


def test_an_event_leads_to_the_history_of_its_opinion(desks: Desks) -> None:
    case = desks.opinions.cases()[0]
    wanted = LogFilter(record=desks.log.owner(("events", case.events[0].uid)))
    assert wanted.record == ("opinions", case.uid)
    names = {record.name for record in desks.log.records([s.id for s in desks.log.steps(wanted)], wanted.record)}
    assert names == {f"意见建议 {case.number}", f"办理事项 {case.number}"}
    assert desks.log.record_name(("opinions", case.uid)) == f"意见建议 {case.number}"


def test_excel_and_pdf_say_the_same_and_nothing_is_cut(desks: Desks, tmp_path: Path) -> None:
    case = desks.opinions.cases()[0]
    words = "渠道从山脚一直淤到圩口，逐段讲了一遍。" * 60
    draft = DeputyOpinionDraft(TODAY.isoformat(), desks.roster.deputies()[0].id, words, "清淤", "基础设施", "建议")
    desks.opinions.register_deputy_opinion(draft)
    desks.opinions.correct_words(case.id, "桥头护栏要修", "安全", "大田村", urgent=True)
    lines = desks.log.lines(LogFilter())
    assert words in "".join(line.after for line in lines if line.field.startswith("新增"))
    for name in ("记录.pdf", "记录.xlsx"):
        desks.log.write(LogFilter(), "全部时间", tmp_path / name)
    paper = squeezed("".join(page_texts(tmp_path / "记录.pdf")))
    sheet = read_workbook(tmp_path / "记录.xlsx")[0]
    rows = {tuple(squeezed(str(cell)) for cell in row[3:8] if cell is not None) for row in sheet.rows}
    for line in lines:
        told = (line.action, line.record, line.field, line.before, line.after)
        assert tuple(squeezed(text) for text in told if text) in rows
        assert not [text for text in told if squeezed(text) not in paper]
    assert "全文见登记表" not in paper


def test_the_paper_says_when_it_does_not_list_everything(desks: Desks) -> None:
    whole = desks.log.count(LogFilter())
    assert f"共 {whole} 步" in desks.log.sheet(LogFilter(), "全部时间").head[1]
    assert f"最近 5 步，共 {whole} 步" in desks.log.sheet(LogFilter(), "全部时间", 5).head[1]
