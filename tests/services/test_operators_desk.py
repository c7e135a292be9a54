"""Operators: who signs in, PINs that are hard to guess, waits that never lock anybody out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.domain.operators import Operator, Role
from station_app.domain.problems import InvalidInput
from station_app.services.operators_desk import NOBODY, MustWait
from station_app.services.unlocking import rows_of_key
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.storage.rekeying import Rekeying
from station_app.support.faults import NotAllowed
from tests.operator_station import PINS, TODAY, HandClock, a_visit, copied, id_of, operator_station, sign_in
from tests.ui.small_station import small_station


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return operator_station(tmp_path_factory.mktemp("operators"))


@pytest.fixture
def path(made_once: Path, tmp_path: Path) -> Path:
    return copied(made_once, tmp_path)


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


@pytest.fixture
def desks(path: Path, hand: HandClock) -> Iterator[Desks]:
    made = Desks.open(path, hand.clock)
    yield made
    made.close()


# Signing in


def test_nobody_writes_before_signing_in(desks: Desks) -> None:
    assert desks.operator == NOBODY
    with pytest.raises(NotAllowed):
        desks.reception.register_visit(a_visit())


def test_the_log_names_who_signed_in(desks: Desks) -> None:
    sign_in(desks, "林小雨")
    done = desks.reception.register_visit(a_visit())
    step = next(one for one in desks.housekeeping.undoable() if one.id == done.step_id)
    assert (desks.operator, step.operator) == ("林小雨", "林小雨")


def test_reports_carry_the_name_of_who_signed_in_last(desks: Desks) -> None:
    sign_in(desks, "肖敏")
    first = desks.reports
    sign_in(desks, "罗成")
    assert desks.reports is not first


def test_who_signs_in_cannot_undo_what_another_did(desks: Desks) -> None:
    sign_in(desks, "肖敏")
    desks.reception.register_visit(a_visit())
    sign_in(desks, "罗成")
    assert desks.housekeeping.undoable() == []
    with pytest.raises(InvalidInput):
        desks.housekeeping.undo()


def test_unlocking_as_the_same_operator_keeps_what_can_be_undone(desks: Desks) -> None:
    sign_in(desks, "肖敏")
    done = desks.reception.register_visit(a_visit())
    with pytest.raises(InvalidInput):
        sign_in(desks, "肖敏", "1111")
    with pytest.raises(MustWait):
        sign_in(desks, "肖敏")
    assert [one.id for one in desks.housekeeping.undoable()] == [done.step_id]


def test_a_file_without_operators_works_as_before(tmp_path: Path) -> None:
    desks = small_station(tmp_path / "旧.station", TODAY)
    desks.close()
    again = Desks.open(tmp_path / "旧.station", desks.clock)
    assert not again.operators.any()
    assert again.operator == "肖敏"
    again.reception.register_visit(a_visit())
    again.close()


def test_full_width_digits_are_the_same_pin(desks: Desks) -> None:
    assert sign_in(desks, "肖敏", "２５８０").name == "肖敏"


# Wrong PINs


def test_waits_grow_to_a_minute_and_never_become_a_lockout(desks: Desks, hand: HandClock) -> None:
    waits = []
    for _ in range(9):
        with pytest.raises(InvalidInput) as wrong:
            sign_in(desks, "肖敏", "0000")
        assert not isinstance(wrong.value, MustWait)
        waits.append(desks.operators.wait_seconds(id_of(desks, "肖敏")))
        with pytest.raises(MustWait):
            sign_in(desks, "肖敏")
        hand.go_on(waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert sign_in(desks, "肖敏").name == "肖敏"
    assert desks.operators.wait_seconds(id_of(desks, "肖敏")) == 0


def test_a_restart_does_not_shorten_the_wait(path: Path, hand: HandClock) -> None:
    for expected in (1, 2, 4):
        desks = Desks.open(path, hand.clock)
        with pytest.raises(InvalidInput):
            sign_in(desks, "罗成", "0000")
        assert desks.operators.wait_seconds(id_of(desks, "罗成")) == expected
        desks.close()
        hand.go_on(expected)


def test_a_clock_set_back_keeps_nobody_out(desks: Desks, hand: HandClock) -> None:
    with pytest.raises(InvalidInput):
        sign_in(desks, "肖敏", "0000")
    hand.go_on(-86_400 * 30)
    assert desks.operators.wait_seconds(id_of(desks, "肖敏")) == 1


def test_wrong_pins_of_one_do_not_hold_up_another(desks: Desks) -> None:
    with pytest.raises(InvalidInput):
        sign_in(desks, "肖敏", "0000")
    assert sign_in(desks, "罗成").name == "罗成"


def test_only_salt_and_hash_of_a_pin_are_kept(path: Path) -> None:
    desks = Desks.open(path, HandClock().clock, read_only=True)
    rows = desks._file.tuples("SELECT length(salt), length(hash) FROM pins")
    desks.close()
    assert rows == [(16, 64)] * 4


def test_signing_in_works_on_a_file_opened_for_reading(path: Path, hand: HandClock) -> None:
    desks = Desks.open(path, hand.clock, read_only=True)
    with pytest.raises(InvalidInput):
        sign_in(desks, "何平", "0000")
    assert sign_in(desks, "何平").role is Role.READER
    desks.close()


# Keeping the operators


def test_the_first_operator_must_govern(tmp_path: Path) -> None:
    desks = small_station(tmp_path / "新.station", TODAY)
    for role in (Role.HELPER, Role.READER):
        with pytest.raises(InvalidInput) as wrong:
            desks.operators.save(Operator(0, "", "林小雨", role), "4826")
        assert [one.field for one in wrong.value.problems] == ["role"]
    proposed = desks.operators.first_proposal()
    assert (proposed.name, proposed.role) == ("肖敏", Role.CLERK)
    desks.close()


@pytest.mark.parametrize("pin", ["", "123", "1234", "4321", "7777", "12a4", "123456789"])
def test_a_governing_operator_needs_a_pin_that_is_not_easy(desks: Desks, pin: str) -> None:
    sign_in(desks, "肖敏")
    with pytest.raises(InvalidInput) as wrong:
        desks.operators.save(Operator(0, "", "韦东", Role.CLERK), pin)
    assert [one.field for one in wrong.value.problems] == ["pin"]


def test_a_reader_may_do_without_a_pin(desks: Desks) -> None:
    sign_in(desks, "肖敏")
    saved = desks.operators.save(Operator(0, "", "韦东", Role.READER)).value
    assert desks.operators.sign_in(saved, "").name == "韦东"


def test_a_reset_pin_counts_at_once_and_is_in_the_log(desks: Desks) -> None:
    sign_in(desks, "罗成")
    helper = next(one for one in desks.operators.all() if one.name == "林小雨")
    done = desks.operators.save(helper, "8624")
    label, by = desks._file.tuples("SELECT label, operator FROM steps WHERE id = ?", [done.step_id])[0]
    assert (label, by) == (f"保存操作员 {helper.id}", "罗成")
    assert desks.housekeeping.undoable() == [], "a PIN cannot be brought back"
    with pytest.raises(InvalidInput):
        sign_in(desks, "林小雨")


def test_the_own_pin_is_changed_with_the_old_one(desks: Desks) -> None:
    sign_in(desks, "何平")
    with pytest.raises(InvalidInput) as wrong:
        desks.operators.change_pin("0000", "3709")
    assert [one.field for one in wrong.value.problems] == ["old"]


def test_a_changed_pin_signs_in(desks: Desks) -> None:
    sign_in(desks, "何平")
    desks.operators.change_pin(PINS["何平"], "3709")
    sign_in(desks, "罗成")
    assert sign_in(desks, "何平", "3709").name == "何平"


def test_nobody_retires_or_demotes_themselves(desks: Desks) -> None:
    me = sign_in(desks, "肖敏")
    for changed in (replace(me, retired=True), replace(me, role=Role.READER)):
        with pytest.raises(InvalidInput):
            desks.operators.save(changed)


def test_a_retired_operator_does_not_sign_in(desks: Desks) -> None:
    sign_in(desks, "肖敏")
    helper = next(one for one in desks.operators.all() if one.name == "林小雨")
    desks.operators.retire(helper, retired=True)
    assert "林小雨" not in [one.name for one in desks.operators.working()]
    with pytest.raises(InvalidInput):
        sign_in(desks, "林小雨")


def test_a_forgotten_pin_of_the_clerk_is_set_anew_with_the_recovery_sheet(path: Path, hand: HandClock) -> None:
    key = FileKey.fresh("禾溪镇 2026 春", work=2)
    plain = Desks.open(path, hand.clock)
    sign_in(plain, "肖敏")
    rekeying = Rekeying(plain._file, "设置密码", "肖敏")
    rekeying.prepare(key, lambda _part, _word: None, lambda: False)
    rekeying.finish()
    plain.close()
    desks = Desks.open(path, hand.clock, "", key)
    rows = rows_of_key(key)
    with pytest.raises(InvalidInput):
        desks.operators.reset_pin_by_sheet(id_of(desks, "肖敏"), (*rows[:-1], rows[0]), "6183")
    with pytest.raises(NotAllowed):
        desks.operators.reset_pin_by_sheet(id_of(desks, "林小雨"), rows, "6183")
    desks.operators.reset_pin_by_sheet(id_of(desks, "肖敏"), rows, "6183")
    assert sign_in(desks, "肖敏", "6183").name == "肖敏"
    assert desks.housekeeping.undoable() == []
    desks.close()
