"""The password desk: what it says of the file, whose backups it deletes, and that its sheet opens the file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.documents.page_pictures import page_texts
from station_app.domain.operators import Right
from station_app.domain.problems import InvalidInput
from station_app.domain.station import StationProfile
from station_app.services.unlocking import key_of_sheet, needs_password
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.support.faults import NotAllowed, StationFault
from tests.storage.locked import reopened
from tests.ui.small_station import TODAY, small_station

FIRST, SECOND = "he xi shui qing", "shan gao shui chang"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Return the open desks of a small plain station."""
    made = small_station(tmp_path / "禾溪.station")
    yield made
    made.close()


def set_password(desks: Desks, current: str, new: str) -> None:
    """Set or change the password at once."""
    change = desks.password.change(current, new, new)
    change.prepare(lambda _part, _word: None, lambda: False)
    change.finish()


def test_the_state_tells_whether_and_since_when(desks: Desks) -> None:
    state = desks.password.state()
    assert (state.locked, state.changed_on, state.sheet_number) == (False, "", "")
    set_password(desks, "", FIRST)
    first = desks.password.state()
    assert (first.locked, first.changed_on) == (True, "2026-11-22")
    set_password(desks, FIRST, SECOND)
    assert desks.password.state().sheet_number != first.sheet_number


def test_the_sheet_on_paper_opens_the_file_and_becomes_void_with_the_next_password(desks: Desks) -> None:
    set_password(desks, "", FIRST)
    (text,) = page_texts(desks.password.recovery_sheet())
    assert f"恢复单号：{desks.password.state().sheet_number}" in text
    rows = [line.split("行", 1)[1] for line in text.splitlines() if line.startswith("第")]
    path = desks.path
    desks.close()
    again = Desks.open(path, fixed_clock(TODAY), "", key_of_sheet(path, rows))
    change = again.password.change_by_sheet(SECOND, SECOND)
    change.prepare(lambda _part, _word: None, lambda: False)
    change.finish()
    again.close()
    with pytest.raises(InvalidInput, match="作废"):
        key_of_sheet(path, rows)
    reopened(path, SECOND).close()


def test_only_this_registers_plain_backups_are_deleted(desks: Desks, tmp_path: Path) -> None:
    desks.backups.back_up()
    desks.backups.back_up()
    other = Desks.create(tmp_path / "石坡.station", fixed_clock(TODAY), StationProfile("石坡乡人大代表联络站"))
    kept = other.backups.back_up().path
    other.close()
    set_password(desks, "", FIRST)
    desks.password.back_up()
    assert len(desks.password.plain_backups()) == 2
    assert desks.password.delete_plain_backups() == 2
    left = sorted((tmp_path / "备份").glob("禾溪-*"))
    assert [needs_password(path) for path in left if path.suffix == ".station"] == [True]
    assert len(left) == 2  # with what is told of it
    assert kept.exists()


def test_only_who_governs_may(desks: Desks) -> None:
    set_password(desks, "", FIRST)
    desks._file.sign_in("小陈", frozenset({Right.REGISTER, Right.KEEP}))
    for refused in (
        lambda: desks.password.change(FIRST, SECOND, SECOND),
        lambda: desks.password.remove(FIRST),
        desks.password.recovery_sheet,
        desks.password.delete_plain_backups,
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_plain_file_has_no_sheet(desks: Desks) -> None:
    with pytest.raises(StationFault, match="没有设密码"):
        desks.password.recovery_sheet()
