"""Two entries of one person become one, with all that refers to them; one undo brings everything back."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_app.domain.attachment import Owner
from station_app.domain.groups import Group, GroupKind
from station_app.domain.people import Deputy, Gender, Level, Mandate
from station_app.domain.problems import InvalidInput
from station_app.domain.reception import ReceptionDay
from station_app.domain.same_person import Likeness
from station_app.domain.station import ListKey, StationProfile, Village
from station_app.station import Desks
from station_app.storage.persons import PersonRecords
from station_app.storage.schema import RECORD_TABLES
from station_app.support.clock import fixed_clock
from tests.services.conftest import TODAY

MANDATE = Mandate(Level.TOWNSHIP, "第十八届", "第一选区", from_on="2021-11-01")
MONTHS = ("", "2021-11-01", "2022-05-01", "2023-01-01", "2023-09-01", "2024-06-01")
DATES = MONTHS[1:]
NUMBERS = count(1)


def add(desks: Desks, name: str, **fields: Any) -> Deputy:
    """Add a deputy to the roster."""
    deputy = Deputy(name, mandates=(MANDATE,))
    return desks.roster.deputy(desks.roster.save_deputy(replace(deputy, **fields)).value)


# What the clerk sees and does


def test_a_pair_is_found_compared_and_made_one(desks: Desks) -> None:
    short = add(desks, "周水根", phone="14000000001")
    long = add(
        desks,
        "周水艮",
        phone="14000000001",
        post="枫林村党支部书记",
        gender=Gender.MALE,
        birth_month="1970-01",
        village_id=1,
    )
    desks.days.save(ReceptionDay(on="2026-11-11", place="站内"), (long.id,))
    [pair] = desks.persons.pairs()
    assert (pair.first.id, pair.second.id, pair.likeness) == (short.id, long.id, Likeness.POSSIBLE)
    compared = desks.persons.compare(pair)
    assert compared.better == 1  # the second one was on duty
    assert compared.belongings == ("代表职务 1", "代表职务 1、签到 1")
    assert {field.key: (field.values, field.better) for field in compared.fields if field.differs} == {
        "name": (("周水根", "周水艮"), 1),
        "gender": (("", "男"), 1),
        "birth_month": (("", "1970-01"), 1),
        "post": (("", "枫林村党支部书记"), 1),
        "village_id": (("", "竹坑村"), 1),
    }
    done = desks.persons.merge(long.id, short.id, {"name"})
    assert done.label == "已合并 周水根 的两条记录"
    kept = desks.roster.deputy(long.id)
    assert (kept.name, kept.post, kept.phone, kept.mandates[0].term) == (
        "周水根",
        "枫林村党支部书记",
        "14000000001",
        "第十八届",
    )
    assert len(kept.mandates) == 1
    assert [deputy.name for deputy in desks.roster.deputies()] == ["钟䶮", "欧阳建国", "周水根"]
    assert [found.title for found in desks.finder.find("zsg") if found.kind == "deputy"] == ["周水根"]
    assert desks.persons.pairs() == []
    desks.housekeeping.undo()
    assert len(desks.persons.pairs()) == 1
    assert desks.roster.deputy(long.id) == replace(long, revision=desks.roster.deputy(long.id).revision)


def test_two_who_are_not_one_person_are_not_offered_again_until_that_is_undone(desks: Desks) -> None:
    add(desks, "周水根", birth_month="1970-01")
    add(desks, "周水根", birth_month="1970-01")
    [pair] = desks.persons.pairs()
    desks.persons.keep_apart(pair)
    assert desks.persons.pairs() == []
    desks.housekeeping.undo()
    assert desks.persons.pairs() == [pair]


def test_an_entry_is_not_merged_with_itself_nor_with_one_that_is_gone(desks: Desks) -> None:
    first, second = add(desks, "周水根"), add(desks, "周水根")
    with pytest.raises(InvalidInput):
        desks.persons.merge(first.id, first.id)
    desks.persons.merge(first.id, second.id)
    with pytest.raises(KeyError):
        desks.persons.merge(first.id, second.id)


def test_who_was_told_apart_from_the_one_stays_apart_from_the_other(desks: Desks) -> None:
    first, second, third = (add(desks, "周水根", birth_month="1970-01") for _ in range(3))
    for pair in desks.persons.pairs():
        if {pair.first.id, pair.second.id} == {second.id, third.id}:
            desks.persons.keep_apart(pair)
    desks.persons.merge(first.id, second.id)
    assert desks.persons.pairs() == []


def test_one_day_counts_once_and_the_presence_stays(desks: Desks) -> None:
    from station_app.domain.reception import Presence

    first, second = add(desks, "周水根"), add(desks, "周水根")
    desks.days.save(ReceptionDay(on="2026-11-18", place="站内"), (first.id, second.id))
    day = next(day for day in desks.days.between("2026-11-18", "2026-11-18"))
    desks.days.sign_in(day.id, second.id, Presence.PRESENT)
    desks.persons.merge(first.id, second.id)
    rows = desks._file.rows(
        "SELECT deputy_id, presence FROM attendance WHERE day_id = ? AND deleted_at IS NULL", [day.id]
    )
    assert rows == [{"deputy_id": first.id, "presence": "present"}]


def test_who_moved_away_under_one_name_and_serves_under_the_other_serves(desks: Desks) -> None:
    first, second = add(desks, "周水根"), add(desks, "周水根")
    with desks._file.write("转出") as step:
        step.insert("placements", deputy_id=second.id, from_on="2021-11-01", to_on="2023-01-01", went_to="上游镇联络站")
    desks.persons.merge(first.id, second.id)
    kept = desks.roster.deputy(first.id)
    assert kept.belongs_on("2022-01-01")
    assert kept.belongs_on("2026-11-25")


def test_a_picture_taken_from_the_other_entry_stays_the_picture(desks: Desks) -> None:
    first, second = add(desks, "周水根"), add(desks, "周水根")
    with desks._file.write("照片") as step:
        photos = [
            step.insert(
                "attachments", owner=Owner.DEPUTY, owner_id=owner, name="照片.png", media_type="image/png", size=1,
                sha256=digest * 64,
            )
            for owner, digest in ((first.id, "a"), (second.id, "a"), (second.id, "b"))
        ]  # fmt: skip
        step.update("deputies", second.id, photo_id=photos[1])
    desks.persons.merge(first.id, second.id, {"photo_id"})
    assert desks.roster.deputy(first.id).photo_id == photos[0]
    owned = desks._file.tuples("SELECT id FROM attachments WHERE owner_id = ? AND deleted_at IS NULL", [first.id])
    assert owned == [(photos[0],), (photos[2],)]


def test_what_was_deleted_before_moves_along_and_an_entry_brought_back_has_what_it_said_twice(desks: Desks) -> None:
    first, second = add(desks, "周水根"), add(desks, "周水根")
    with desks._file.write("请假") as step:
        leave = step.insert("leaves", deputy_id=second.id, from_on="2026-01-01")
    with desks._file.write("删除请假") as step:
        step.delete("leaves", leave)
    desks.persons.merge(first.id, second.id)
    assert desks._file.value("SELECT deputy_id FROM leaves WHERE id = ?", [leave]) == first.id
    [gone] = [one for one in desks.deleted.entries() if one.label == "合并重复代表"]
    desks.deleted.restore(gone.step_id)
    assert [len(desks.roster.deputy(one.id).mandates) for one in (first, second)] == [1, 1]


# Whatever refers to them


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """A station with all that rows about deputies refer to."""
    made = Desks.create(
        tmp_path_factory.mktemp("persons") / "禾溪.station",
        fixed_clock(TODAY),
        StationProfile("禾溪镇人大代表联络站", organ_name="禾溪镇", demo=True),
        "肖敏",
    )
    for name in ("竹坑村", "上坪村"):
        made.settings.save_village(Village(0, "", name, name))
    for name in ("第一小组", "第二小组"):
        made.grouping.save_group(Group(0, "", name, GroupKind.AREA))
    for day in (11, 18):
        made.days.save(ReceptionDay(on=f"2026-11-{day}", place="站内"), ())
    with made._file.write("代表建议") as step:
        for title in ("修路", "建桥"):
            step.insert("suggestions", kind="suggestion", level="township", title=title)
        channel = made.settings.choices(ListKey.CHANNEL)[0].id
        for number in ("甲", "乙"):
            step.insert(
                "visits", number=number, on_date="2026-11-18", channel_id=channel, name="来访人", gender="unknown"
            )
    yield made
    made.close()


def spans(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return rows with a beginning and, it may be, a later end."""
    return st.fixed_dictionaries(
        {
            "span": st.tuples(st.sampled_from(DATES), st.sampled_from(MONTHS)).filter(
                lambda s: not s[1] or s[0] < s[1]
            ),
            **fields,
        }
    ).map(
        lambda row: {
            "from_on": row["span"][0],
            "to_on": row["span"][1],
            **{k: v for k, v in row.items() if k != "span"},
        }
    )


def apart(rows: list[dict[str, Any]]) -> bool:
    """Tell whether nobody is twice in one group at a time: so the register was before."""
    return not any(
        one["group_id"] == other["group_id"]
        and one["from_on"] < (other["to_on"] or "9999")
        and other["from_on"] < (one["to_on"] or "9999")
        for one, other in combinations(rows, 2)
    )


FLAG = st.integers(0, 1)
PLACE = st.sampled_from((1, 2))
ROWS = st.fixed_dictionaries(
    {
        "mandates": st.lists(spans(level=st.sampled_from(("county", "township")), term=st.sampled_from(("", "第十八届")), suspended=FLAG), max_size=2),
        "memberships": st.lists(spans(group_id=PLACE, leader=FLAG), max_size=4).filter(apart),
        "household_links": st.lists(spans(village_id=PLACE, households=st.integers(0, 9), name=st.sampled_from(("", "吴家"))), max_size=2),
        "leaves": st.lists(spans(), max_size=2),
        "placements": st.lists(spans(went_to=st.sampled_from(("", "上游镇"))), max_size=2),
        "checks": st.lists(st.fixed_dictionaries({"on_date": st.sampled_from(DATES), "operator": st.just("肖敏"), "outcome": st.just("same")}), max_size=2),
        "attendance": st.lists(st.fixed_dictionaries({"day_id": PLACE, "presence": st.sampled_from(("planned", "present", "leave", "absent"))}), max_size=2, unique_by=lambda row: row["day_id"]),
        "visit_receivers": st.lists(st.fixed_dictionaries({"visit_id": PLACE, "position": FLAG, "name": st.just("周水根")}), max_size=2, unique_by=lambda row: row["visit_id"]),
        "suggestion_signers": st.lists(st.fixed_dictionaries({"suggestion_id": PLACE, "leading": FLAG}), max_size=2, unique_by=lambda row: row["suggestion_id"]),
        "opinions": st.integers(0, 2),
        "attachments": st.lists(st.sampled_from("ab"), max_size=2, unique=True),
        "memory": FLAG,
    }
)  # fmt: skip


def lay_out(desks: Desks, deputy: Deputy, about: dict[str, Any]) -> None:
    """Write rows about a deputy."""
    choices = {key: desks.settings.choices(key)[0].id for key in ListKey}
    with desks._file.write("摆好") as step:
        for table, rows in about.items():
            if isinstance(rows, list) and table != "attachments":
                for row in rows:
                    step.insert(table, deputy_id=deputy.id, **row)
        for _ in range(about["opinions"]):
            step.insert(
                "opinions", number=f"甲{next(NUMBERS)}", source="deputy", proposer_id=deputy.id, words="修路", openness="open",
                category_id=choices[ListKey.CATEGORY], nature_id=choices[ListKey.NATURE],
                channel_id=choices[ListKey.CHANNEL], raised_on="2026-11-18",
            )  # fmt: skip
        for digest in about["attachments"]:
            step.insert(
                "attachments", owner=Owner.DEPUTY, owner_id=deputy.id, name="证.png", media_type="image/png", size=1,
                sha256=digest * 64,
            )  # fmt: skip
        if about["memory"]:
            step.insert("imported_rows", sheet_kind="roster", record_uid=deputy.uid, digest="1", row_values="{}")


def images(desks: Desks) -> dict[tuple[str, int], dict[str, Any]]:
    """Return every record without what every writing stamps on it."""
    return {
        (table, row["id"]): {key: value for key, value in row.items() if key not in {"updated_at", "revision"}}
        for table in RECORD_TABLES
        for row in desks._file.rows(f"SELECT * FROM {table}")
    }


def in_groups(desks: Desks, *deputies: Deputy) -> dict[tuple[int, str], bool]:
    """Return in which group any of them was on which day, and whether as its leader."""
    found: dict[tuple[int, str], bool] = {}
    for group in desks.grouping.groups():
        for member in group.memberships:
            if member.deputy_id in {deputy.id for deputy in deputies}:
                for day in (*DATES, "2021-12-31", "2022-12-31", "2023-12-31", "2026-11-25"):
                    if member.holds_on(day):
                        found[group.id, day] = found.get((group.id, day), False) or member.leader
    return found


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(mine=ROWS, theirs=ROWS, taken=st.sets(st.sampled_from(("name", "phone", "post", "gender"))))
def test_merging_loses_nothing_and_undoing_it_is_the_identity(
    station: Desks, mine: dict[str, Any], theirs: dict[str, Any], taken: set[str]
) -> None:
    kept, other = add(station, "周水根", phone="14000000001"), add(station, "周水艮", post="村医")
    lay_out(station, kept, mine)
    lay_out(station, other, theirs)
    before, groups = images(station), in_groups(station, kept, other)

    station.persons.merge(kept.id, other.id, taken)

    for table, column in PersonRecords(station._file).references():
        left = f"SELECT count(*) FROM {table} WHERE {column} = ? AND deleted_at IS NULL"
        assert not station._file.value(left, [other.id]), table
    assert in_groups(station, kept) == groups
    for group in station.grouping.groups():
        own = [member for member in group.memberships if member.deputy_id == kept.id]
        for day in (*DATES, "2022-12-31"):
            assert sum(member.holds_on(day) for member in own) <= 1
    for table, column in (("opinions", "proposer_id"), ("checks", "deputy_id")):
        rows = station._file.value(f"SELECT count(*) FROM {table} WHERE {column} = ? AND deleted_at IS NULL", [kept.id])
        written = [each["opinions"] if table == "opinions" else len(each[table]) for each in (mine, theirs)]
        assert rows == sum(written)
    for table, column in (
        ("attendance", "day_id"),
        ("visit_receivers", "visit_id"),
        ("suggestion_signers", "suggestion_id"),
    ):
        found = station._file.tuples(
            f"SELECT {column} FROM {table} WHERE deputy_id = ? AND deleted_at IS NULL", [kept.id]
        )
        assert sorted(row[0] for row in found) == sorted(
            {row[column] for each in (mine, theirs) for row in each[table]}
        )
    assert other.id not in {deputy.id for deputy in station.roster.deputies()}

    station.housekeeping.undo()

    after = images(station)
    assert {key: after[key] for key in before} == before
    assert all(after[key]["deleted_at"] for key in after.keys() - before.keys())


def test_every_reference_to_a_deputy_is_known_to_the_file(station: Desks) -> None:
    told = PersonRecords(station._file).references()
    assert {("mandates", "deputy_id"), ("opinions", "proposer_id"), ("attendance", "stands_in_for")} <= set(told)
    columns = {
        (table, row[1])
        for table in RECORD_TABLES
        for row in station._file.tuples(f"PRAGMA table_info({table})")
        if row[1] in {"deputy_id", "proposer_id", "stands_in_for"}
    }
    assert columns == set(told)
