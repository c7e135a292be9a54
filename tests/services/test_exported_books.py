"""A book the program writes is a book the program reads: exported and imported again, nothing changes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from station_app.documents.group_ledgers import GROUP_LEDGER
from station_app.documents.ledgers import VISIT_LEDGER
from station_app.domain.groups import Group, GroupKind
from station_app.domain.people import Deputy, Gender, Level, Mandate
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import Disposition
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import StationProfile, Village
from station_app.services.books import BOOK_LABELS, Book, Selection
from station_app.services.intake import SheetKind
from station_app.station import Desks, make_demo
from station_app.support.clock import fixed_clock

TODAY = date(2026, 11, 25)
UNCHANGED = {"new": 0, "changed": 0, "problem": 0}
VILLAGES = ("竹坑村", "上坪村", "枫林村")
PEOPLE = ("钟䶮", "欧阳建国", "买买提·吐尔逊", "㛃玉", "刘𬭚", "罗𠅤", "张伟", "李芳")

openings = st.sampled_from(["", "=", "+", "-", "@", "'", "＝", "——"])
long_texts = st.integers(280, 700).map(lambda length: "路灯坏了两盏，水沟也堵了。" * (length // 13 + 1))
plain = st.text("村口路灯坏了，水渠\n堵塞。𠮷㐂䶮A1 　（）、；“”=+-@", min_size=1, max_size=60)
texts = st.builds(lambda mark, text: f"{mark}{text}".strip(), openings, st.one_of(plain, plain, long_texts)).filter(
    lambda text: any(char.isalnum() for char in text)
)
names = st.sampled_from(["钟秀英", "买买提·吐尔逊", "罗𠅤", "𠮷田", "欧阳建国", "3栋业主", "王小福", "张 三", "=李四"])
answers = st.sampled_from(["已更换灯泡。", "-当场说明政策", "=说明", "已答复：\n本月修好"])
opinions = st.one_of(
    st.builds(OpinionDraft, words=texts, category=st.sampled_from(["基础设施", "环境卫生", "其他"])),
    st.builds(OpinionDraft, words=texts, nature=st.sampled_from(["咨询", "批评"]), urgent=st.booleans()),
    st.builds(OpinionDraft, words=texts, disposition=st.just(Disposition.ON_SPOT), answer=answers),
    st.builds(OpinionDraft, words=texts, disposition=st.just(Disposition.REDIRECTED), route=st.just("县人民法院")),
)
visitors = st.one_of(
    st.builds(VisitorDraft, anonymous=st.just(True), people=st.integers(1, 30)),
    st.builds(
        VisitorDraft,
        name=names,
        gender=st.sampled_from(Gender),
        phone=st.sampled_from(["14000001234", "07970000123", "12345"]),
        address=st.sampled_from(["", "竹坑村四组5号", "上坪村", "县城南门口=3号"]),
        people=st.sampled_from([1, 1, 3]),
        on_behalf_of=st.sampled_from(["", "赖婆婆"]),
    ),
)
drafts = st.builds(
    VisitDraft,
    on=st.dates(date(2026, 9, 1), TODAY).map(lambda day: day.isoformat()),
    visitor=visitors,
    receivers=st.sampled_from([(Receiver("钟䶮", 1),), (Receiver("肖敏"), Receiver("欧阳建国", 2))]),
    opinions=st.lists(opinions, max_size=3).map(tuple),
    place=st.sampled_from(["", "联络站", "圩镇流动接待点"]),
    notes=st.sampled_from(["来问医保；带了材料", "=备注", "咨询", "送锦旗"]),
)


@pytest.fixture(scope="module")
def desks_of_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """Return the demo of a year, which nobody changes here."""
    made = make_demo(tmp_path_factory.mktemp("demo") / "示例.station", fixed_clock(TODAY), years=1, opinions=120)
    yield made
    made.close()


def station(folder: Path, name: str, people: Sequence[str] = PEOPLE) -> Desks:
    """Return an open station with villages and deputies."""
    profile = StationProfile(name="禾溪镇人大代表联络站", organ_name="禾溪镇", county_name="清源县", demo=True)
    made = Desks.create(folder / f"{name}.station", fixed_clock(TODAY), profile, "肖敏")
    for village in VILLAGES:
        made.settings.save_village(Village(0, "", f"禾溪镇{village}", village))
    for at, person in enumerate(people):
        level = Level.COUNTY if at % 2 else Level.TOWNSHIP
        made.roster.save_deputy(Deputy(person, mandates=(Mandate(level, "第十八届", from_on="2021-11-01"),)))
    return made


def exported(desks: Desks, folder: Path, selection: Selection) -> Path:
    """Return the book as written for a reader."""
    return desks.reports.export(selection, "xlsx", folder)


def verdicts(desks: Desks, path: Path, kind: SheetKind) -> dict[str, int]:
    """Return what an import would do, without what would stay as it is."""
    preview = desks.intake.preview(path, kind)
    told = [(row.verdict.kind, row.remark) for row in preview.rows if row.verdict.kind != "unchanged"]
    assert not told, told
    assert preview.rows
    return {key: number for key, number in preview.counts.items() if key != "unchanged"}


def printed(desks: Desks, selection: Selection) -> list[list[object]]:
    """Return the cells of a book."""
    sheet = desks.reports.books.sheet(selection)
    return [[column.value(row) for column in sheet.columns] for row in sheet.rows]


YEAR = Selection(Book.VISITS, "2026-01-01", "2026-12-31", "2026年")


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(drafts, min_size=1, max_size=6))
def test_a_reception_ledger_comes_back_as_it_was(visits: list[VisitDraft]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        desks = station(folder, "禾溪")
        for draft in visits:
            desks.reception.register_visit(draft)
        reported, hidden = exported(desks, folder, YEAR), exported(desks, folder, replace(YEAR, redacted=True))
        assert verdicts(desks, reported, SheetKind.VISITS) == UNCHANGED
        assert verdicts(desks, hidden, SheetKind.VISITS) == UNCHANGED
        before = printed(desks, YEAR)
        desks.intake.confirm(desks.intake.preview(hidden, SheetKind.VISITS))
        assert printed(desks, YEAR) == before
        other = station(folder, "另一本")
        other.intake.confirm(other.intake.preview(reported, SheetKind.VISITS))
        assert verdicts(other, reported, SheetKind.VISITS) == UNCHANGED
        if all(len(opinion.words) <= 300 for draft in visits for opinion in draft.opinions):
            assert printed(other, YEAR) == before
        other.housekeeping.undo()
        assert printed(other, YEAR) == []
        desks.close()
        other.close()


def test_a_days_own_ledger_and_every_column_come_back(desks_of_demo: Desks, tmp_path: Path) -> None:
    desks = desks_of_demo
    every = tuple(column.key for column in VISIT_LEDGER.columns)
    day = next(day for day in desks.days.between() if day.visits > 1)
    whole = replace(YEAR, from_on="2025-01-01", keys=every)
    for selection in (Selection(Book.VISITS, day_id=day.id), whole, replace(whole, redacted=True)):
        assert verdicts(desks, exported(desks, tmp_path, selection), SheetKind.VISITS) == UNCHANGED


def test_groups_come_back(desks_of_demo: Desks, tmp_path: Path) -> None:
    every = tuple(column.key for column in GROUP_LEDGER.columns)
    for selection in (Selection(Book.GROUPS), Selection(Book.GROUPS, keys=every)):
        assert verdicts(desks_of_demo, exported(desks_of_demo, tmp_path, selection), SheetKind.GROUPS) == UNCHANGED


group_names = st.lists(
    st.sampled_from(["竹坑片区小组", "=一组", "㛃𬭚小组", "文教（专业）小组", "第一进站组", "-组"]),
    min_size=1,
    max_size=4,
    unique=True,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(group_names, st.data())
def test_groups_of_any_kind_come_back_as_they_were(given_names: list[str], data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        desks, free = station(folder, "禾溪"), list(range(1, len(PEOPLE) + 1))
        for group_name in given_names:
            kind = data.draw(st.sampled_from([GroupKind.AREA, GroupKind.FIELD, GroupKind.DUTY]))
            group_id = desks.grouping.save_group(
                Group(
                    0, "", group_name, kind,
                    village_ids=tuple(data.draw(st.lists(st.sampled_from([1, 2, 3]), unique=True))),
                    households=data.draw(st.sampled_from([None, 0, 120])),
                    arrangement=data.draw(st.sampled_from(["", "逢圩日", "=每月"])),
                    remark=data.draw(st.sampled_from(["", "@备注", "、"])),
                )
            ).value  # fmt: skip
            who = data.draw(st.lists(st.sampled_from(free), max_size=3, unique=True)) if free else []
            if kind is GroupKind.AREA:
                free = [one for one in free if one not in who]
            for deputy_id in who:
                desks.grouping.join(group_id, deputy_id, "2026-03-01", leader=deputy_id == who[0])
        sheet = exported(desks, folder, Selection(Book.GROUPS))
        assert verdicts(desks, sheet, SheetKind.GROUPS) == UNCHANGED
        other = station(folder, "另一本")
        other.intake.confirm(other.intake.preview(sheet, SheetKind.GROUPS))
        assert verdicts(other, sheet, SheetKind.GROUPS) == UNCHANGED
        once, again = (
            sorted(map(str, (line[1:] for line in printed(one, Selection(Book.GROUPS))))) for one in (desks, other)
        )
        assert once == again
        desks.close()
        other.close()


@pytest.mark.parametrize("book", [Book.PROMISES, Book.UNITS, Book.SUGGESTIONS, Book.CONTACTS])
@pytest.mark.parametrize("kind", [SheetKind.VISITS, SheetKind.OPINIONS])
def test_a_book_made_from_the_register_is_refused_whole(
    desks_of_demo: Desks, tmp_path: Path, book: Book, kind: SheetKind
) -> None:
    sheet = exported(desks_of_demo, tmp_path, Selection(book, "2025-01-01", "2026-12-31", "两年"))
    with pytest.raises(InvalidInput, match=f"这是“{BOOK_LABELS[book]}”.*不能导入"):
        desks_of_demo.intake.preview(sheet, kind)


def test_a_book_of_another_kind_is_told_where_it_belongs(desks_of_demo: Desks, tmp_path: Path) -> None:
    sheet = exported(desks_of_demo, tmp_path, YEAR)
    with pytest.raises(InvalidInput, match="“接待”页的“导入”"):
        desks_of_demo.intake.preview(sheet, SheetKind.OPINIONS)
    with pytest.raises(InvalidInput, match="“编组”页的“导入”"):
        desks_of_demo.intake.preview(exported(desks_of_demo, tmp_path, Selection(Book.GROUPS)), SheetKind.ROSTER)


def test_a_group_that_was_renamed_in_the_exported_book_keeps_its_members(tmp_path: Path) -> None:
    desks = station(tmp_path, "禾溪")
    group_id = desks.grouping.save_group(Group(0, "", "竹坑片区小组", GroupKind.AREA)).value
    desks.grouping.join(group_id, 1, "2026-03-01", leader=True)
    sheet = exported(desks, tmp_path, Selection(Book.GROUPS))
    made = load_workbook(sheet)
    page = made.active
    assert page is not None
    (cell,) = [cell for row in page.iter_rows() for cell in row if cell.value == "竹坑片区小组"]
    cell.value = "竹坑联系小组"
    made.save(sheet)
    desks.intake.confirm(desks.intake.preview(sheet, SheetKind.GROUPS).overwriting({0}))
    (group,) = desks.grouping.groups()
    assert (group.id, group.name, len(group.memberships)) == (group_id, "竹坑联系小组", 1)
    desks.close()
