"""Rooms and posts: what belongs to them follows their day, their figures tie, and nothing of them is lost."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from station_app.documents.page_pictures import page_texts
from station_app.domain.periods import month
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import OpinionDraft, Receiver, ReceptionDay, VisitDraft, VisitorDraft
from station_app.domain.rooms import STATION_ITSELF, Room
from station_app.domain.station import Branch, Village
from station_app.services.books import Book, Selection
from station_app.services.intake import SheetKind
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks
from station_app.storage.opinions import OpinionRecords

NOVEMBER = month("2026-11")


def a_visit(day_id: int | None = None, room_id: int | None = None) -> VisitDraft:
    opinions = (OpinionDraft("沟渠淤塞，晚稻灌不上水。"),)
    visitor = VisitorDraft("刘发根", no_phone=True)
    return VisitDraft("2026-11-25", visitor, (Receiver("肖敏"),), opinions, day_id=day_id, room_id=room_id)


@pytest.fixture
def market(desks: Desks) -> int:
    """Return the id of a room of the station."""
    return desks.rooms.save(Room("圩镇联络室", place="圩镇流动接待点", village_ids=(2,), staff_id=1)).value


def rooms_of(desks: Desks) -> list[int | None]:
    return [case.room_id for case in desks.opinions.cases()]


def test_a_station_without_rooms_knows_none(desks: Desks) -> None:
    assert (desks.rooms.any(), desks.rooms.names(), desks.rooms.last_of_days()) == (False, {}, None)
    desks.reception.register_visit(a_visit(1))
    assert [line.room for line in desks.reports.books.opinion_lines(desks.opinions.cases())] == [""]
    assert desks.reports.month_report(NOVEMBER).rooms is None


def test_visits_and_opinions_of_a_day_follow_its_room(desks: Desks, market: int) -> None:
    desks.reception.register_visit(a_visit(1))
    assert rooms_of(desks) == [None]
    desks.days.save(replace(desks.days.one(1), room_id=market))
    assert rooms_of(desks) == [market]
    assert [visit.room_id for visit in desks.reception.visits_of_day(1)] == [market]
    assert OpinionRecords(desks._file).cases()[0] == desks.opinions.cases()[0]
    desks.housekeeping.undo()
    assert rooms_of(desks) == [None]


def test_a_visit_outside_a_day_says_its_room_and_takes_its_place(desks: Desks, market: int) -> None:
    done = desks.reception.register_visit(a_visit(room_id=market)).value
    visit = desks.reception.visit(done.visit_id)
    assert (visit.room_id, visit.place, rooms_of(desks)) == (market, "圩镇流动接待点", [market])
    assert desks.rooms.last_of_visits() == market
    draft = desks.reception.draft_of(done.visit_id)
    desks.reception.correct_visit(done.visit_id, replace(draft, room_id=None))
    assert rooms_of(desks) == [None]
    desks.housekeeping.undo()
    assert rooms_of(desks) == [market]


def test_on_a_day_the_room_is_the_days_whatever_is_said(desks: Desks, market: int) -> None:
    desks.reception.register_visit(a_visit(1, room_id=market))
    assert rooms_of(desks) == [None]


def test_a_deputys_opinion_has_a_room_of_its_own_that_can_be_corrected(desks: Desks, market: int) -> None:
    draft = DeputyOpinionDraft("2026-11-25", 1, "建议修路灯。", room_id=market)
    case_id = desks.opinions.register_deputy_opinion(draft).value
    assert rooms_of(desks) == [market]
    desks.opinions.correct_words(case_id, "路灯", "交通", "", urgent=False)
    assert rooms_of(desks) == [market]
    desks.opinions.correct_words(case_id, "路灯", "交通", "", urgent=False, room=STATION_ITSELF)
    assert rooms_of(desks) == [None]
    desks.housekeeping.undo()
    assert rooms_of(desks) == [market]


def test_a_moved_day_stays_in_its_room(desks: Desks, market: int) -> None:
    desks.days.save(replace(desks.days.one(1), room_id=market))
    moved = desks.days.move_to(1, "2026-11-28", "停电").value
    assert desks.days.one(moved).room_id == market


def test_what_is_proposed_is_the_last_room_unless_it_is_out_of_use(desks: Desks, market: int) -> None:
    desks.days.save(ReceptionDay("2026-12-02", place="圩镇", room_id=market))
    assert desks.rooms.last_of_days() == market
    room = desks.rooms.room(market)
    assert room is not None
    desks.rooms.save(replace(room, retired=True))
    assert desks.rooms.last_of_days() is None


def test_a_room_is_changed_with_its_villages_and_who_is_in_charge(desks: Desks, market: int) -> None:
    room = desks.rooms.room(market)
    assert room is not None
    assert (room.village_ids, room.staff) == ((2,), "肖敏")
    desks.rooms.save(replace(room, village_ids=(1,), staff_id=None))
    changed = desks.rooms.room(market)
    assert changed is not None
    assert (changed.village_ids, changed.staff_id, changed.staff) == ((1,), None, "")
    desks.housekeeping.undo()
    assert desks.rooms.room(market) == room


def test_rooms_are_put_in_order_and_taken_back(desks: Desks, market: int) -> None:
    other = desks.rooms.save(Room("水东联络点")).value
    desks.rooms.arrange([other, market])
    assert [room.id for room in desks.rooms.all()] == [other, market]
    desks.housekeeping.undo()
    desks.housekeeping.undo()
    assert [room.id for room in desks.rooms.all()] == [market]


@pytest.mark.parametrize("name", ["", "圩镇联络室", "本站", "禾溪镇人大代表联络站"])
def test_a_room_has_a_name_of_its_own(desks: Desks, market: int, name: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        desks.rooms.save(Room(name))
    assert [problem.field for problem in refused.value.problems] == ["name"]
    assert desks.rooms.names()[market] == "圩镇联络室"


def test_a_room_that_is_used_is_not_deleted_and_an_unused_one_comes_back(desks: Desks, market: int) -> None:
    desks.rooms.delete(market)
    assert not desks.rooms.any()
    deletion = desks.deleted.entries()[0]
    desks.deleted.restore(deletion.step_id)
    assert desks.rooms.names()[market] == "圩镇联络室"
    desks.days.save(replace(desks.days.one(1), room_id=market))
    with pytest.raises(InvalidInput, match="不能删除，请用“停用”"):
        desks.rooms.delete(market)


def test_the_log_tells_a_room_in_words(desks: Desks, market: int) -> None:
    done = desks.days.save(replace(desks.days.one(1), room_id=market))
    (record,) = desks.log.records([done.step_id])
    assert [(field.title, field.before, field.after) for field in record.fields] == [("站室", "", "圩镇联络室")]


def test_screen_excel_and_pdf_say_the_same_by_room(desks: Desks, market: int, tmp_path: Path) -> None:
    desks.days.save(replace(desks.days.one(1), room_id=market))
    desks.reception.register_visit(a_visit(1))
    desks.reception.register_visit(a_visit())
    chosen = Selection(Book.ROOMS, NOVEMBER.from_on, NOVEMBER.to_on, NOVEMBER.title)
    sheet = desks.reports.books.sheet(chosen)
    rows = [tuple(column.value(row) for column in sheet.columns) for row in sheet.rows]
    assert [row[:8] for row in rows] == [(1, "本站", 0, 0, 1, 1, 1, 0), (2, "圩镇联络室", 0, 0, 1, 1, 1, 0)]
    book = openpyxl.load_workbook(desks.reports.export(chosen, "xlsx", tmp_path))
    assert book.sheetnames == ["站室情况统计表", "明细", "说明"]
    written = list(book.worksheets[0].iter_rows(min_row=5, max_row=7, values_only=True))
    assert [row[:8] for row in written[:2]] == [row[:8] for row in rows]
    assert [cell for cell in written[2] if cell is not None][:7] == ["合计　2 处", 0, 0, 2, 2, 2, 0]
    behind = [row[:3] for row in book["明细"].iter_rows(min_row=4, values_only=True) if row[2]]
    assert behind == [
        (name, figure, number)
        for name, number in (("本站", "HX-2026-0002"), ("圩镇联络室", "HX-2026-0001"))
        for figure in ("收集意见建议", "期末在办")
    ]
    assert "圩镇联络室" in "".join(page_texts(desks.reports.export(chosen, "pdf", tmp_path)))


def test_the_months_summary_has_the_rooms_in_its_workbook_and_on_paper_when_asked(
    desks: Desks, market: int, tmp_path: Path
) -> None:
    desks.reception.register_visit(a_visit(room_id=market))
    paper, workbook = tmp_path / "月报.pdf", tmp_path / "月报.xlsx"
    desks.reports.write_month_paper(NOVEMBER, paper)
    assert "各站室情况" not in "".join(page_texts(paper))
    desks.reports.write_month_paper(NOVEMBER, paper, by_room=True)
    assert "各站室情况" in "".join(page_texts(paper))
    desks.reports.write_month_paper(NOVEMBER, workbook)
    book = openpyxl.load_workbook(workbook)
    rows = list(book["各站室情况"].iter_rows(min_row=4, max_row=6, values_only=True))
    assert [(row[0], row[3], row[5]) for row in rows] == [("本站", 0, 0), ("圩镇联络室", 1, 1), ("合计", 1, 1)]
    listed = list(book["明细"].iter_rows(min_row=4, values_only=True))
    assert {row[4] for row in listed if str(row[1]).startswith("HX-")} == {"圩镇联络室"}


@pytest.mark.parametrize("book", [Book.VISITS, Book.OPINIONS])
def test_the_ledger_of_a_room_holds_what_is_the_rooms_and_says_so(desks: Desks, market: int, book: Book) -> None:
    desks.reception.register_visit(a_visit(room_id=market))
    desks.reception.register_visit(a_visit())
    month_of_all = Selection(book, NOVEMBER.from_on, NOVEMBER.to_on, NOVEMBER.title)
    assert len(desks.reports.books.sheet(month_of_all).rows) == 2
    for room, name in ((market, "圩镇联络室"), (STATION_ITSELF, "本站")):
        sheet = desks.reports.books.sheet(replace(month_of_all, room=room))
        assert [row.room for row in sheet.rows] == [name]
        assert sheet.head[0] == f"填报单位（盖章）：禾溪镇人大代表联络站（{name}）"
        assert name in desks.reports.file_name(replace(month_of_all, room=room), "pdf")


def test_a_special_stations_ledger_has_its_own_word_and_comes_back_in(desks: Desks, tmp_path: Path) -> None:
    desks.settings.save_profile(replace(desks.settings.profile(), branch=Branch.ENTERPRISE))
    assert desks.settings.profile().branch is Branch.ENTERPRISE
    desks.settings.save_village(Village(0, "", "一车间", "一车间"))
    desks.opinions.register_deputy_opinion(DeputyOpinionDraft("2026-11-25", 1, "建议装排风扇。", village="一车间"))
    desks.opinions.register_deputy_opinion(DeputyOpinionDraft("2026-11-25", 1, "建议食堂供应热水。"))
    chosen = Selection(Book.OPINIONS, title="全部")
    sheet = desks.reports.books.sheet(chosen)
    village = next(column for column in sheet.columns if column.key == "village")
    assert village.title == "车间(部门)"
    assert [village.value(row) for row in sheet.rows] == ["一车间", "全企业/其他"]
    preview = desks.intake.preview(desks.reports.export(chosen, "xlsx", tmp_path), SheetKind.OPINIONS)
    assert ("车间(部门)", "village") in {(column.title, column.key) for column in preview.mapping.columns}
    assert preview.new_villages == ()
    assert preview.wanted == 0
    assert "全企业/其他" in desks.reports.figures(NOVEMBER)["received.village."].title
