"""Members come, go, move and lead in any order: the rules hold on every day, and the days before a move stay."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain.groups import Group, GroupKind, Membership
from station_app.domain.member_book import MemberBook
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.problems import InvalidInput

START = date(2024, 1, 1)
LENGTH = 40
DAYS = [(START + timedelta(days=count)).isoformat() for count in range(LENGTH)]
GROUPS = (
    Group(1, "", "上坪片区小组", GroupKind.AREA),
    Group(2, "", "水东片区小组", GroupKind.AREA),
    Group(3, "", "农业农村小组", GroupKind.FIELD, from_on=DAYS[5]),
    Group(4, "", "进站第一组", GroupKind.DUTY, to_on=DAYS[30]),
)
DEPUTIES = (
    Deputy("钟龑", id=1, mandates=(Mandate(Level.COUNTY, from_on="2021-11-01"),)),
    Deputy("单小芳", id=2, mandates=(Mandate(Level.TOWNSHIP, from_on="2021-11-01"),)),
    Deputy("覃水生", id=3, mandates=(Mandate(Level.TOWNSHIP, from_on=DAYS[8], to_on=DAYS[25]),)),
)
AREAS = (1, 2)
Fact = tuple[str, int, int, bool]
"""Day, group, deputy, whether leading."""

days = st.integers(0, LENGTH - 1).map(DAYS.__getitem__)
groups = st.integers(1, len(GROUPS))
deputies = st.integers(1, len(DEPUTIES))
moves = st.one_of(
    st.tuples(st.just("join"), groups, deputies, days, st.booleans()),
    st.tuples(st.just("join"), groups, deputies, days, st.booleans()),
    st.tuples(st.just("leave"), groups, deputies, days, st.booleans()),
    st.tuples(st.just("move"), groups, deputies, days, groups),
    st.tuples(st.just("lead"), groups, deputies, days, st.booleans()),
    st.tuples(st.just("correct"), groups, deputies, days, days),
    st.tuples(st.just("close"), groups, deputies, days, st.booleans()),
)


def facts(rows: Iterable[Membership]) -> Counter[Fact]:
    return Counter((day, one.group_id, one.deputy_id, one.leader) for one in rows for day in DAYS if one.holds_on(day))


def numbered(rows: Iterable[Membership]) -> list[Membership]:
    """Give every row an id, as the file does."""
    taken = {one.id for one in rows}
    free = (number for number in range(1, 10_000) if number not in taken)
    return [one if one.id else Membership(**{**vars(one), "id": next(free)}) for one in rows]


def book_of(rows: Iterable[Membership]) -> MemberBook:
    found = list(rows)
    whole = [
        Group(**{**vars(group), "memberships": tuple(one for one in found if one.group_id == group.id)})
        for group in GROUPS
    ]
    return MemberBook(whole, DEPUTIES)


def make(book: MemberBook, move: tuple[str, int, int, str, object]) -> None:
    what, group_id, deputy_id, on, more = move
    if what == "join":
        book.join(group_id, deputy_id, on, leader=bool(more))
    elif what == "leave":
        book.leave(group_id, deputy_id, on)
    elif what == "move":
        assert isinstance(more, int)
        book.move(group_id, deputy_id, more, on)
    elif what == "lead":
        book.lead(group_id, deputy_id if more else None, on)
    elif what == "close":
        book.close(group_id, on)
    else:
        own = [one for one in book.after() if (one.group_id, one.deputy_id) == (group_id, deputy_id)]
        if own:
            book.correct(own[-1].id, min(on, str(more)), max(on, str(more)))


def hold(rows: list[Membership]) -> None:
    """What always holds, day by day."""
    told = facts(rows)
    places: Counter[tuple[str, int, int]] = Counter()
    areas: Counter[tuple[str, int]] = Counter()
    leaders: Counter[tuple[str, int]] = Counter()
    for (day, group_id, deputy_id, leading), times in told.items():
        places[day, group_id, deputy_id] += times
        areas[day, deputy_id] += times * (group_id in AREAS)
        leaders[day, group_id] += times * leading
    for counted in (places, areas, leaders):
        assert max(counted.values(), default=0) <= 1
    assert all(not one.to_on or one.from_on < one.to_on for one in rows), "a row of no day"


@settings(max_examples=300, deadline=None)
@given(st.lists(moves, min_size=1, max_size=14))
def test_intervals_never_overlap_and_a_move_changes_nothing_before_its_day(
    sequence: list[tuple[str, int, int, str, object]],
) -> None:
    rows: list[Membership] = []
    for move in sequence:
        book = book_of(rows)
        try:
            make(book, move)
        except InvalidInput:
            continue  # what is refused is thrown away with its book
        after = numbered(book.after())
        hold(after)
        what, group_id, deputy_id, on, more = move
        before, now = facts(rows), facts(after)
        if what != "correct":
            assert {fact for fact in before if fact[0] < on} == {fact for fact in now if fact[0] < on}
        others = (
            {fact for fact in set(before) ^ set(now) if fact[2] != deputy_id}
            if what in ("join", "leave", "move")
            else set()
        )
        if what == "join" and more:
            assert all(fact[1] == group_id for fact in others), "only the leader of this group changed"
        else:
            assert not others
        inside = {fact[:3] for fact in now}
        if what == "join":
            assert (on, group_id, deputy_id) in inside
        elif what == "leave":
            assert (on, group_id, deputy_id) not in inside
        elif what == "move":
            assert (on, more, deputy_id) in inside
            assert (on, group_id, deputy_id) not in inside
        elif what == "lead":
            assert ((on, group_id, deputy_id, True) in now) is bool(more)
            assert inside == {fact[:3] for fact in before}
        elif what == "close":
            assert not any(fact[1] == group_id and fact[0] >= on for fact in now)
        rows = after


def refused(book: MemberBook, *move: object) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as told:
        make(book, move)  # type: ignore[arg-type]  # the moves of this test are written out
    (problem,) = told.value.problems
    return problem.field, problem.message


def test_nobody_joins_before_the_first_mandate_or_after_the_last() -> None:
    book = book_of(())
    assert refused(book, "join", 1, 3, DAYS[7], False)[0] == "from_on"
    assert "才开始担任代表" in refused(book, "join", 1, 3, DAYS[7], False)[1]
    assert "起已不再担任代表" in refused(book, "join", 1, 3, DAYS[26], False)[1]
    book.join(1, 3, DAYS[25])
    (row,) = book.after()
    assert (row.from_on, row.to_on) == (DAYS[25], DAYS[26]), "the membership ends with the mandate"


def test_a_group_takes_nobody_before_it_exists_or_after_it_ended() -> None:
    book = book_of(())
    assert refused(book, "join", 3, 1, DAYS[4], False) == ("from_on", f"农业农村小组 {DAYS[5]} 才成立，请核对日期。")
    assert "起已经撤销" in refused(book, "join", 4, 1, DAYS[30], False)[1]
    book.join(4, 1, DAYS[29])
    assert book.after()[0].to_on == DAYS[30]


def test_one_deputy_is_in_an_area_a_field_and_a_duty_group_at_once_and_a_new_area_ends_the_old() -> None:
    book = book_of(())
    for group_id in (1, 3, 4):
        book.join(group_id, 1, DAYS[6])
    assert len(book.after()) == 3
    book.join(2, 1, DAYS[10])
    ended = next(one for one in book.after() if one.group_id == 1)
    assert ended.to_on == DAYS[10]
    book.join(2, 2, DAYS[10])
    assert "同时在两个片区小组" in refused(book, "join", 1, 2, DAYS[8], False)[1]


def test_history_says_who_led_on_a_day() -> None:
    book = book_of(())
    book.join(1, 1, DAYS[0], leader=True)
    book.join(1, 2, DAYS[0])
    book.lead(1, 2, DAYS[12])
    told = facts(book.after())
    assert (DAYS[11], 1, 1, True) in told
    assert (DAYS[12], 1, 2, True) in told
    assert (DAYS[12], 1, 1, False) in told
    book = book_of(numbered(book.after()))
    book.leave(1, 2, DAYS[5])
    assert not any(one.deputy_id == 2 and one.leader for one in book.after()), "the whole stay ends that day"


def test_a_corrected_day_of_change_moves_both_sides() -> None:
    book = book_of(())
    book.join(1, 1, DAYS[0])
    book.lead(1, 1, DAYS[10])
    book = book_of(numbered(book.after()))
    leading = next(one for one in book.after() if one.leader)
    book.correct(leading.id, DAYS[7], "")
    told = facts(book.after())
    assert (DAYS[6], 1, 1, False) in told
    assert (DAYS[7], 1, 1, True) in told
