"""The roster on paper stands by hand-set order, by constituency, or by strokes of the surname."""

from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.roster_order import ROSTER_ORDER_LABELS, RosterOrder, in_order, moved

DAY = "2026-03-01"


def deputy(name: str, *held: tuple[Level, str], until: str = "") -> Deputy:
    """Return a deputy with mandates of these levels and constituencies."""
    return Deputy(name, mandates=tuple(Mandate(level, constituency=where, to_on=until) for level, where in held))


def names(deputies: list[Deputy], order: RosterOrder) -> list[str]:
    """Return the names in an order."""
    return [each.name for each in in_order(deputies, order, DAY)]


def test_every_order_has_its_word() -> None:
    assert list(ROSTER_ORDER_LABELS) == list(RosterOrder)


def test_by_hand_is_as_they_come() -> None:
    roster = [deputy("魏小满"), deputy("丁小禾"), deputy("王大田")]
    assert names(roster, RosterOrder.HAND) == ["魏小满", "丁小禾", "王大田"]


def test_by_strokes_is_by_the_surname() -> None:
    roster = [deputy("魏小满"), deputy("丁小禾"), deputy("王大田"), deputy("王禾")]
    assert names(roster, RosterOrder.STROKES) == ["丁小禾", "王禾", "王大田", "魏小满"]


def test_by_constituency_numbers_count_as_numbers() -> None:
    town = Level.TOWNSHIP
    where = ["第十选区", "第二选区", "第二十一选区", "第3选区", "第一选区", "第十二选区"]
    roster = [deputy(f"王{index}", (town, each)) for index, each in enumerate(where)]
    assert [each.mandates[0].constituency for each in in_order(roster, RosterOrder.CONSTITUENCY, DAY)] == [
        "第一选区", "第二选区", "第3选区", "第十选区", "第十二选区", "第二十一选区",
    ]  # fmt: skip


def test_by_constituency_the_highest_level_comes_first_and_one_without_any_last() -> None:
    roster = [
        deputy("无职"),
        deputy("镇二", (Level.TOWNSHIP, "第一选区")),
        deputy("镇未写", (Level.TOWNSHIP, "")),
        deputy("县镇", (Level.TOWNSHIP, "第一选区"), (Level.COUNTY, "第九选区")),
        deputy("县一", (Level.COUNTY, "第二选区")),
        deputy("市", (Level.CITY, "")),
    ]
    assert names(roster, RosterOrder.CONSTITUENCY) == ["市", "县一", "县镇", "镇二", "镇未写", "无职"]


def test_those_who_left_go_by_what_they_held() -> None:
    roster = [
        deputy("乙", (Level.TOWNSHIP, "第二选区"), until="2020-01-01"),
        deputy("甲", (Level.TOWNSHIP, "第一选区"), until="2020-01-01"),
    ]
    assert names(roster, RosterOrder.CONSTITUENCY) == ["甲", "乙"]


@given(
    st.lists(st.tuples(st.sampled_from("王李丁"), st.sampled_from(list(Level)), st.text("第一二十3选区", max_size=5))),
    st.sampled_from(list(RosterOrder)),
)
def test_nobody_gets_lost_and_equal_ones_keep_their_place(
    people: list[tuple[str, Level, str]], order: RosterOrder
) -> None:
    roster = [deputy(name, (level, where)) for name, level, where in people]
    arranged = in_order(roster, order, DAY)
    assert sorted(map(id, arranged)) == sorted(map(id, roster))
    assert list(map(id, in_order(arranged, order, DAY))) == list(map(id, arranged))


def test_one_is_moved_among_those_the_clerk_sees() -> None:
    assert moved([1, 2, 3, 4], 3, -1) == [1, 3, 2, 4]
    assert moved([1, 2, 3, 4], 2, 1) == [1, 3, 2, 4]
    assert moved([1, 2, 3, 4], 4, -9) == [4, 1, 2, 3]
    assert moved([1, 2, 3, 4], 1, -1) == [1, 2, 3, 4]
    assert moved([1, 2, 3, 4], 4, -1, among=[1, 4]) == [4, 1, 2, 3]
    assert moved([1, 2, 3, 4], 1, 1, among=[1, 4]) == [2, 3, 4, 1]


@given(st.permutations(range(6)), st.integers(0, 5), st.integers(-6, 6), st.sets(st.integers(0, 5)))
def test_moving_one_moves_nobody_else(ids: list[int], moving: int, by: int, hidden: set[int]) -> None:
    seen = [one for one in ids if one not in hidden - {moving}]
    after = moved(ids, moving, by, seen)
    assert [one for one in after if one != moving] == [one for one in ids if one != moving]
    place = [one for one in after if one in seen].index(moving)
    assert place == max(0, min(seen.index(moving) + by, len(seen) - 1))
