"""The roster's papers say what the register says, and in public only what may be public."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from station_app.documents.page_pictures import page_sizes, page_texts
from station_app.domain.attachment import Owner
from station_app.domain.group_lines import places_words
from station_app.domain.groups import Grid, Group, GroupKind, HouseholdLink
from station_app.domain.people import Deputy, EndReason, Level, Mandate
from station_app.services.attachments_desk import Pasted
from station_app.services.books import Book, Selection
from station_app.services.roster_papers import Arranged, WallChoice
from station_app.station import Desks
from station_app.storage.groups import GroupRecords

SUSPENDED, ENDED, CONSENTING = "覃水生", "曾丽萍", "单小芳"
TERM = {"term": "第十八届", "from_on": "2021-11-01"}


def jpeg() -> bytes:
    written = BytesIO()
    Image.new("RGB", (500, 700), "#3a6ea5").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
def grouped(desks: Desks) -> Desks:
    """Two more deputies and one of each paper's exceptions, in an area group, a duty team and a chat."""
    held = Mandate(Level.TOWNSHIP, **TERM)  # type: ignore[arg-type]  # texts, as the fields are
    over = replace(held, to_on="2026-05-01", end_reason=EndReason.MOVED)
    for deputy in (
        Deputy(SUSPENDED, phone="14000000003", mandates=(replace(held, suspended=True),)),
        Deputy(ENDED, phone="14000000004", mandates=(over,)),
        Deputy(CONSENTING, phone="14000000005", phone_public=True, checked_on="2025-01-02", mandates=(held,)),
        Deputy("𬭚文", phone="14000000006", post="竹坑村护林员", village_id=1, mandates=(held,)),
    ):
        desks.roster.save_deputy(deputy)
    ids = {deputy.name: deputy.id for deputy in desks.roster.deputies()}
    area = Group(0, "", "河东片代表小组", GroupKind.AREA, (1, 2), households=120, from_on="2021-11-01")
    team = Group(0, "", "第一进站组", GroupKind.DUTY, arrangement="农历初七", from_on="2021-11-01")
    chat = Group(0, "", "竹坑村民情群", GroupKind.CHAT, (1,), from_on="2021-11-01")
    area_id, team_id, chat_id = (desks.grouping.save_group(group).value for group in (area, team, chat))
    for name, id_ in ids.items():
        if name != "𬭚文":
            desks.grouping.join(area_id, id_, "2021-11-01", leader=name == "欧阳建国")
    desks.grouping.join(team_id, ids["钟䶮"], "2021-11-01", leader=True)
    desks.grouping.join(chat_id, ids["钟䶮"], "2021-11-01")
    return desks


def squeezed(path: Path) -> str:
    return re.sub(r"\s", "", "".join(page_texts(path)))


def names(desks: Desks, choice: WallChoice) -> dict[str, list[str]]:
    return {
        section.title: [card.name for card in section.cards] for section in desks.roster_papers.wall(choice).sections
    }


def test_the_board_shows_the_groups_and_leaves_out_who_is_suspended_or_gone(grouped: Desks) -> None:
    assert names(grouped, WallChoice()) == {
        "河东片代表小组": ["欧阳建国", "钟䶮", CONSENTING],
        "其他代表": ["𬭚文"],
    }
    (area, _others) = grouped.roster_papers.wall(WallChoice()).sections
    assert area.note == "组长：欧阳建国　联系竹坑村、上坪村"
    assert names(grouped, WallChoice(Arranged.ROSTER)) == {"": ["钟䶮", "欧阳建国", CONSENTING, "𬭚文"]}


def test_by_level_everybody_stands_once_and_few_share_a_heading(grouped: Desks) -> None:
    assert names(grouped, WallChoice(Arranged.LEVEL)) == {"县、镇人大代表": ["钟䶮", "欧阳建国", CONSENTING, "𬭚文"]}
    county = tuple(Mandate(Level.COUNTY, **TERM) for _ in range(1))  # type: ignore[arg-type]  # as above
    for name in ("甲", "乙", "丙"):
        grouped.roster.save_deputy(Deputy(f"{name}代表", mandates=county))
    shown = names(grouped, WallChoice(Arranged.LEVEL))
    assert shown == {
        "县人大代表": ["钟䶮", "甲代表", "乙代表", "丙代表"],
        "镇人大代表": ["欧阳建国", CONSENTING, "𬭚文"],
    }


def test_a_phone_hangs_on_the_wall_only_with_consent(grouped: Desks, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert grouped.roster_papers.write_wall(WallChoice(hours="农历逢四、七"), path) == {}
    text = squeezed(path)
    assert re.findall(r"1400000\d{4}", text) == ["14000000005"]
    assert "接待时间：农历逢四、七" in text
    for name in (SUSPENDED, ENDED):
        assert name not in text
    grouped.roster_papers.write_wall(WallChoice(phones=False), path)
    assert "14000000005" not in squeezed(path)


@pytest.mark.parametrize(("paper", "landscape"), [("A4", False), ("A3", True)])
def test_the_board_is_as_large_as_chosen(grouped: Desks, tmp_path: Path, paper: str, *, landscape: bool) -> None:
    path = tmp_path / "a.pdf"
    grouped.roster_papers.write_wall(WallChoice(paper=paper, landscape=landscape), path)
    (size,) = page_sizes(path)
    long = {"A4": 842, "A3": 1191}[paper]
    assert round(max(size)) == long
    assert (size[0] > size[1]) is landscape


def test_the_portrait_comes_from_the_attachments_and_its_absence_hinders_nothing(
    grouped: Desks, tmp_path: Path
) -> None:
    desk = grouped.attachments
    deputy = grouped.roster.deputies()[0]
    packed = desk.packer(Owner.DEPUTY).pack([Pasted("照片.jpg", jpeg())])
    (photo_id,) = desk.attach(Owner.DEPUTY, deputy.id, packed).value
    grouped.roster.save_deputy(replace(grouped.roster.deputy(deputy.id), photo_id=photo_id))
    with grouped.reading() as copy:
        cards = {card.name: card for card in copy.roster_papers.wall(WallChoice(Arranged.ROSTER)).sections[0].cards}
        kept = cards["钟䶮"].photo
        assert cards["欧阳建国"].photo is None
        assert kept is not None
        content = kept()
        assert content is not None
        assert Image.open(BytesIO(content)).size == (500, 700)
    grouped.path.with_suffix(".attachments").unlink()
    with grouped.reading() as copy:
        copy.roster_papers.write_wall(WallChoice(), tmp_path / "a.pdf")
    assert "钟䶮" in squeezed(tmp_path / "a.pdf")


def test_the_usual_hours_come_from_market_days_and_the_last_reception(grouped: Desks) -> None:
    assert grouped.roster_papers.usual_hours() == ""
    grouped.settings.save_profile(replace(grouped.settings.profile(), market_endings=(4, 7)))
    assert grouped.roster_papers.usual_hours() == "农历逢四、七圩日 09:00–11:30"


def test_the_check_list_has_everybody_who_serves_with_what_is_registered(grouped: Desks, tmp_path: Path) -> None:
    paper = grouped.roster_papers.check_list(by_group=True)
    assert {part.title: [line.name for line in part.lines] for part in paper.parts} == {
        "河东片代表小组": ["欧阳建国", "钟䶮", SUSPENDED, CONSENTING],
        "未编组的代表": ["𬭚文"],
    }
    assert paper.parts[1].lines[0].village == "竹坑村"
    assert [part.title for part in grouped.roster_papers.check_list(by_group=False).parts] == [""]
    grouped.roster_papers.write_check_list(tmp_path / "a.pdf", by_group=False)
    text = squeezed(tmp_path / "a.pdf")
    assert "内部资料" in text
    assert "14000000003" in text
    assert ENDED not in text


# The books


def rows_of(desks: Desks, book: Book, folder: Path, *, redacted: bool = False) -> list[list[object]]:
    path = desks.reports.export(Selection(book, redacted=redacted), "xlsx", folder)
    return [list(row) for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=3, values_only=True)]


def test_the_groups_stand_in_their_book_with_members_villages_and_households(grouped: Desks, tmp_path: Path) -> None:
    heads, area, team, total, *_ = rows_of(grouped, Book.GROUPS, tmp_path)
    assert heads == [
        "序号", "小组名称", "类型", "组长", "成员(层级)", "联系村(居)、网格", "联系户数", "进站安排", "备注",
        "记录标识",
    ]  # fmt: skip
    members = f"欧阳建国(镇)、钟䶮(县、镇)、{CONSENTING}(镇)"
    assert area[:7] == [1, "河东片代表小组", "片区小组", "欧阳建国", members, "竹坑村、上坪村", 120]
    assert team[:8] == [2, "第一进站组", "进站编组", "钟䶮", "钟䶮(县、镇)", None, None, "农历初七"]
    assert total[0] == "合计　2 组"
    assert total[6] == 120
    assert isinstance(area[6], int)


def test_contact_is_told_by_villages_grids_households_and_chats(grouped: Desks, tmp_path: Path) -> None:
    with grouped._file.write("联户") as step:
        records = GroupRecords(grouped._file)
        grid = records.save_grid(step, Grid(0, "", 1, "第一网格"))
        for link in (
            HouseholdLink(1, 1, 12, grid_id=grid),
            HouseholdLink(1, 1, 5, to_on="2026-01-01"),
            HouseholdLink(4, 2, 3),
        ):
            records.save_household(step, link)
    heads, first, *_ = rows_of(grouped, Book.CONTACTS, tmp_path)
    assert heads == [
        "序号", "代表姓名", "层级", "单位及职务", "联系村(居)、网格", "联系户数", "联系群(入群)", "联系电话", "备注",
    ]  # fmt: skip
    assert first[:3] == [1, "钟䶮", "县、镇"]
    assert first[4:7] == ["竹坑村（第一网格）、上坪村", 12, "竹坑村民情群"]


def test_the_published_version_has_a_phone_only_with_consent(grouped: Desks, tmp_path: Path) -> None:
    internal = [row[7] for row in rows_of(grouped, Book.CONTACTS, tmp_path)[1:5]]
    assert internal == [None, None, "14000000005", "14000000006"]
    published = [row[7] for row in rows_of(grouped, Book.CONTACTS, tmp_path, redacted=True)[1:5]]
    assert published == [None, None, "14000000005", None]
    text = squeezed(grouped.reports.export(Selection(Book.CONTACTS, redacted=True), "pdf", tmp_path))
    assert re.findall(r"140000000\d\d", text) == ["14000000005"]
    assert SUSPENDED not in text
    assert "𬭚文" in text


@pytest.mark.parametrize("book", [Book.GROUPS, Book.CONTACTS, Book.ROSTER])
def test_a_book_is_printed_on_a3_when_that_is_chosen(grouped: Desks, tmp_path: Path, book: Book) -> None:
    selection = Selection(book, paper="A3")
    sizes = page_sizes(grouped.reports.export(selection, "pdf", tmp_path))
    assert {tuple(map(round, size)) for size in sizes} == {(1191, 842)}
    workbook = openpyxl.load_workbook(grouped.reports.export(selection, "xlsx", tmp_path))
    assert str(workbook.worksheets[0].page_setup.paperSize) == "8"


def test_past_members_and_groups_are_not_in_the_books_of_today(grouped: Desks) -> None:
    (area, *_) = grouped.grouping.groups()
    member = next(one for one in area.memberships if one.deputy_id == 1)
    grouped.grouping.leave(member.id, date(2026, 11, 25).isoformat())
    lines = grouped.reports.books.sheet(Selection(Book.GROUPS)).rows
    assert "钟䶮" not in lines[0].members


def test_villages_are_named_once_with_all_their_grids() -> None:
    assert places_words([("竹坑村", []), ("上坪村", ["一格"]), ("竹坑村", ["二格", "一格"]), ("竹坑村", ["二格"])]) == (
        "竹坑村（二格、一格）、上坪村（一格）"
    )
