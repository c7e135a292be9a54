"""The roster the program writes is a roster the program reads: export, then import, is the identity."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.documents.columns import Sheet
from station_app.documents.excel_ledger import write_ledger
from station_app.documents.ledgers import ROSTER_LEDGER
from station_app.documents.spreadsheet import read_workbook
from station_app.domain.people import GENDER_LABELS, Deputy, Gender, Level, Mandate, RosterLine, level_label
from station_app.domain.roster_sheet import read_roster

names = st.one_of(
    st.text("张王李赵𠅤㛃䶮𬭚解单曾", min_size=2, max_size=4),
    st.sampled_from(["买买提·吐尔逊", "阿依古丽·艾合买提", "欧阳建国"]),
)
posts = st.sampled_from(["", "竹坑村村医", "=1+1", "-", "镇农技站站长（兼）", "+86 号楼", "@某处", "无业\n务农"])
months = st.dates(date(1931, 1, 1), date(2007, 12, 31)).map(lambda day: f"{day:%Y-%m}")
mandates = st.lists(st.sampled_from(Level), min_size=1, max_size=3, unique=True).map(
    lambda levels: tuple(Mandate(level, "第十八届", f"{level.value}选区") for level in Level if level in levels)
)
deputies = st.builds(
    Deputy,
    name=names,
    gender=st.sampled_from(Gender),
    ethnicity=st.sampled_from(["汉族", "畲族", "维吾尔族", ""]),
    birth_month=months,
    post=posts.map(lambda text: " ".join(text.split())),
    phone=st.integers(14000000000, 14009999999).map(str),
    remark=st.sampled_from(["", "2025年补选", "'引号", "0"]),
    mandates=mandates,
)


def line(index: int, deputy: Deputy) -> RosterLine:
    return RosterLine(
        index=index,
        deputy_id=index,
        uid=str(index),
        name=deputy.name,
        gender=GENDER_LABELS[deputy.gender],
        ethnicity=deputy.ethnicity,
        birth_month=deputy.birth_month,
        party="",
        education="",
        post=deputy.post,
        levels="、".join(level_label(mandate.level) for mandate in deputy.mandates),
        terms="、".join(mandate.term for mandate in deputy.mandates),
        constituencies="、".join(mandate.constituency for mandate in deputy.mandates),
        card_numbers="",
        phone=deputy.phone,
        area_groups="",
        villages="",
        remark=deputy.remark,
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(deputies, min_size=1, max_size=8, unique_by=lambda deputy: deputy.name))
def test_an_exported_roster_imports_as_the_same_deputies(people: list[Deputy]) -> None:
    sheet = Sheet(
        title="代表花名册",
        head=("填报单位（盖章）：禾溪镇人大主席团", "", "报出日期：2026-11-05"),
        columns=ROSTER_LEDGER.shown(),
        rows=tuple(line(index, deputy) for index, deputy in enumerate(people, 1)),
        total={"": "合计", "name": len(people)},
        foot=("负责人：", "审核人：", "填表人：", "联系电话："),
        notes=(("说明", "工作版"),),
        demo=True,
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "代表花名册.xlsx"
        write_ledger(path, sheet)
        roster = read_roster(read_workbook(path))
    assert [problem for row in roster.rows for problem in row.problems] == []
    assert [row.deputy for row in roster.rows] == people
    assert not roster.mapping.unrecognised
