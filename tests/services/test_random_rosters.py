"""Whatever a clerk does with deputies and groups, in any order: what always holds, holds; what is undone never was."""

import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from station_app.domain.groups import GroupKind, Membership
from station_app.domain.representation import who_represents
from station_app.station import Desks
from station_app.storage.schema import RECORD_TABLES
from station_app.support.clock import fixed_clock
from tests.faults.replay import differences
from tests.services.random_roster_clerk import DATED, NOT_NOW, OTHER, RandomRosterClerk
from tests.term_station import TODAY, term_station

STEPS = 30
EARLIER = (TODAY - timedelta(days=1300), TODAY - timedelta(days=250))
Table = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("roster") / "禾溪.station"
    term_station(path, 10).close()
    return path


@pytest.fixture
def desks(made_once: Path, tmp_path: Path) -> Iterator[Desks]:
    clock = fixed_clock(TODAY, time(9, 0))
    made = Desks.open(Path(shutil.copy(made_once, tmp_path)), clock)
    made._file.hurry()
    yield made
    made.close()


@pytest.mark.parametrize("seed", range(6))
def test_what_always_holds_of_groups_holds_after_any_act_and_undoing_is_the_identity(
    desks: Desks, tmp_path: Path, seed: int
) -> None:
    clerk = RandomRosterClerk(desks, tmp_path, seed)
    for _ in range(STEPS):
        dated = clerk.random.random() < 0.6
        act = clerk.random.choice(DATED if dated else OTHER)
        clerk.on = clerk.day()
        if dated:
            told = answers(desks, *(days := (*EARLIER, date.fromisoformat(clerk.on) - timedelta(days=7))))
        before, steps = tables(desks), last_step(desks)
        try:
            act(clerk)
        except NOT_NOW:
            assert tables(desks) == before, act
            continue
        assert wrong(desks) == [], act
        if dated:
            assert answers(desks, *days) == told, act
        if last_step(desks) > steps and clerk.random.random() < 0.5:
            desks.housekeeping.undo()
            assert tables(desks) == before, act
    assert differences(desks._file) == []
    assert desks._file.first_broken_step() is None
    labels = " ".join(label for (label,) in desks._file.tuples("SELECT label FROM steps"))
    names = [name for (name,) in desks._file.tuples("SELECT name FROM deputies")]
    assert [name for name in names if name in labels] == [], "labels stay when all else is erased"


def last_step(desks: Desks) -> int:
    """Return the id of the last step of the log."""
    return int(desks._file.value("SELECT max(id) FROM steps"))


def tables(desks: Desks) -> dict[str, Table]:
    """Return every record that is not deleted, by table and uid, but for its stamps."""
    found: dict[str, Table] = {}
    for name in RECORD_TABLES:
        rows = desks._file.rows(f"SELECT * FROM {name} WHERE deleted_at IS NULL")
        found[name] = {
            row["uid"]: {k: v for k, v in row.items() if k not in ("updated_at", "revision")} for row in rows
        }
    return found


def answers(desks: Desks, *days: date) -> list[tuple[str, ...]]:
    """Return who represented each village on some days."""
    known = desks.grouping.grouped("")
    return [
        tuple(
            f"{one.deputy.uid} {one.mandate.term} {one.why} {one.through}"
            for one in who_represents(
                village, day.isoformat(), TODAY, known.deputies, known.constituencies, known.groups, known.villages
            )
        )
        for day in days
        for village in known.villages
    ]


def wrong(desks: Desks) -> list[str]:
    """Return what does not hold of groups and households though it always should."""
    deputies = {one.id: one for one in desks.roster.deputies()}
    groups = desks.grouping.groups()
    areas: dict[int, list[Membership]] = defaultdict(list)
    found = []
    for group in groups:
        for one in group.memberships:
            deputy = deputies[one.deputy_id]
            if one.from_on < min(mandate.from_on for mandate in deputy.mandates):
                found.append(f"{group.name}: a member before the first mandate")
            if deputy.gone_on and (not one.to_on or one.to_on > deputy.gone_on):
                found.append(f"{group.name}: a member after the last mandate: {one} {deputy}")
            if group.to_on and (not one.to_on or one.to_on > group.to_on):
                found.append(f"{group.name}: a member of a group that is given up")
            if group.kind is GroupKind.AREA:
                areas[one.deputy_id].append(one)
        for one, other in combinations(group.memberships, 2):
            if share_days(one, other) and one.deputy_id == other.deputy_id:
                found.append(f"{group.name}: twice a member")
            if share_days(one, other) and one.leader and other.leader:
                found.append(f"{group.name}: two leaders")
    found += ["in two area groups" for own in areas.values() for pair in combinations(own, 2) if share_days(*pair)]
    return found + wrong_households(desks)


def wrong_households(desks: Desks) -> list[str]:
    """Return what does not hold of linked households though it always should."""
    deputies = {one.id: one for one in desks.roster.deputies()}
    found = []
    for link in desks.households.all():
        if link.deputy_id not in deputies:
            found.append("households of nobody")
        elif (gone := deputies[link.deputy_id].gone_on) and (not link.to_on or link.to_on > gone):
            found.append(f"households after the last mandate: {link}")
    return found


def share_days(one: Membership, other: Membership) -> bool:
    """Tell whether two memberships hold on one day."""
    return (not other.to_on or one.from_on < other.to_on) and (not one.to_on or other.from_on < one.to_on)
