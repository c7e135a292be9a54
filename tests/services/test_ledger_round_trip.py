"""Exported ledgers are ledgers the import reads: back into the register nothing changes, into an empty one all is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.documents.excel_ledger import write_ledger
from station_app.domain.people import Deputy, Gender, Level, Mandate
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.station import StationProfile
from station_app.services.books import Book, Selection
from station_app.services.intake import Preview, SheetKind
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from tests.ui.small_station import small_station

TODAY = date(2026, 11, 22)
names = st.one_of(
    st.text("张王李赵𠅤㛃䶮𬭚解单曾", min_size=2, max_size=4),
    st.sampled_from(["买买提·吐尔逊", "阿依古丽·艾合买提", "欧阳建国", "张伟"]),
)
mandates = st.lists(
    st.builds(
        Mandate,
        st.sampled_from(Level),
        term=st.sampled_from(["第十七届", "第十八届", ""]),
        constituency=st.sampled_from(["第三选区", "清源县代表团", ""]),
        card_number=st.sampled_from(["0012", "HX-7", ""]),
        from_on=st.just("2021-11-01"),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda mandate: mandate.level,
).map(lambda held: tuple(sorted(held, key=lambda mandate: list(Level).index(mandate.level))))
deputies = st.builds(
    Deputy,
    name=names,
    gender=st.sampled_from(Gender),
    ethnicity=st.sampled_from(["汉族", "畲族", ""]),
    birth_month=st.dates(date(1931, 1, 1), date(2007, 12, 31)).map(lambda day: f"{day:%Y-%m}"),
    party=st.sampled_from(["中共党员", "群众", ""]),
    education=st.sampled_from(["大专", "博士研究生", ""]),
    post=st.sampled_from(["", "竹坑村村医", "=1+1", "-", "+86 号楼", "@某处", "镇农技站站长（兼）"]),
    phone=st.integers(14000000000, 14009999999).map(str),
    remark=st.sampled_from(["", "2025年补选", "'引号"]),
    mandates=mandates,
)


@contextmanager
def station(path: Path) -> Iterator[Desks]:
    """Make an empty register and close it."""
    made = Desks.create(path, fixed_clock(TODAY), StationProfile(name="禾溪镇人大代表联络站", code="HX"))
    try:
        yield made
    finally:
        made.close()


def exported(desks: Desks, book: Book, path: Path, *, marked: bool) -> Path:
    """Write a ledger as Excel, with or without the hidden column that names the records."""
    sheet = desks.reports.books.sheet(Selection(book))
    assert len(sheet.uids) == len(sheet.rows)
    write_ledger(path, sheet if marked else replace(sheet, uids=()))
    return path


def told(deputy: Deputy) -> tuple[object, ...]:
    """Return what the exported roster says of a deputy."""
    held = [(m.level, m.term, m.constituency, m.card_number) for m in deputy.mandates]
    return (
        deputy.name, deputy.gender, deputy.ethnicity, deputy.birth_month, deputy.party, deputy.education, deputy.post,
        deputy.phone, deputy.remark, held,
    )  # fmt: skip


def unchanged(preview: Preview) -> None:
    kinds = {(line.verdict.kind, line.remark) for line in preview.rows}
    assert {kind for kind, _ in kinds} <= {"unchanged"}, kinds
    assert not any(line.differences for line in preview.rows)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(deputies, min_size=1, max_size=6, unique_by=lambda deputy: deputy.phone), st.booleans())
def test_an_exported_roster_comes_back_as_itself(people: list[Deputy], marked: bool) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "代表花名册.xlsx"
        with station(Path(folder) / "一.station") as first:
            for deputy in people:
                first.roster.save_deputy(deputy)
            exported(first, Book.ROSTER, path, marked=marked)
            kept = first.roster.deputies()
            opened = first.intake.open(path, SheetKind.ROSTER)
            assert opened.ready
            preview = first.intake.preview(path, SheetKind.ROSTER)
            assert len(preview.rows) == len(people)
            unchanged(preview)
        with station(Path(folder) / "二.station") as second:
            second.intake.confirm(second.intake.preview(path, SheetKind.ROSTER))
            assert sorted(map(told, second.roster.deputies()), key=str) == sorted(map(told, kept), key=str)


@pytest.mark.parametrize("marked", [True, False])
def test_an_exported_opinion_ledger_changes_nothing(tmp_path: Path, marked: bool) -> None:
    desks = small_station(tmp_path / "a.station")
    try:
        came = VisitorDraft(name="何田生", phone="14000002099", people=3)  # the ledger has no column for how many
        heard = (OpinionDraft("三个人同来说水渠。"),)
        desks.reception.register_visit(VisitDraft(TODAY.isoformat(), came, (Receiver("肖敏"),), heard))
        path = exported(desks, Book.OPINIONS, tmp_path / "台账.xlsx", marked=marked)
        assert desks.intake.open(path, SheetKind.OPINIONS).ready
        preview = desks.intake.preview(path, SheetKind.OPINIONS)
        assert len(preview.rows) > 5
        unchanged(preview)
    finally:
        desks.close()


def test_an_exported_opinion_ledger_fills_an_empty_register(tmp_path: Path) -> None:
    desks = small_station(tmp_path / "a.station")
    path = exported(desks, Book.OPINIONS, tmp_path / "台账.xlsx", marked=True)
    kept = [
        case
        for case in desks.opinions.cases()
        if case.uid in set(desks.reports.books.sheet(Selection(Book.OPINIONS)).uids)
    ]
    desks.close()
    with station(tmp_path / "二.station") as second:
        done = second.intake.confirm(second.intake.preview(path, SheetKind.OPINIONS))
        assert done.value["problem"] == 0
        found = second.opinions.cases()
        assert [(case.raised_on, case.petitioner, case.words, case.category, case.village) for case in found] == [
            (case.raised_on, case.petitioner, case.words, case.category, case.village) for case in kept
        ]
        unchanged(second.intake.preview(path, SheetKind.OPINIONS))
