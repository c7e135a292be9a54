"""Villages are divided as evenly as whole villages allow: compared with every division there is."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain.village_shares import filled, share


def every_division(villages: int, count: int) -> Iterator[list[int]]:
    """Yield every division of villages into groups that all have one, without counting names of groups."""

    def grow(assigned: list[int], used: int) -> Iterator[list[int]]:
        if len(assigned) == villages:
            if used == count:
                yield assigned
            return
        for group in range(min(used + 1, count)):
            yield from grow([*assigned, group], max(used, group + 1))

    return grow([], 0)


def least_spread(weights: Sequence[int], count: int, loose: int) -> int:
    found = []
    for assigned in every_division(len(weights), count):
        sums = [sum(w for w, group in zip(weights, assigned, strict=True) if group == at) for at in range(count)]
        sizes = dealt_one_by_one(sums, loose)
        found.append(max(sizes) - min(sizes))
    return min(found)


def dealt_one_by_one(sums: Sequence[int], loose: int) -> list[int]:
    sizes = list(sums)
    for _ in range(loose):
        sizes[sizes.index(min(sizes))] += 1
    return sizes


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=7).flatmap(
        lambda weights: st.tuples(st.just(weights), st.integers(1, len(weights)), st.integers(0, 12))
    )
)
def test_no_division_of_whole_villages_is_more_even(case: tuple[list[int], int, int]) -> None:
    weights, count, loose = case
    shares = share(weights, count, loose)
    assert shares.proven
    assert shares.spread == least_spread(weights, count, loose)
    assert sorted(place for group in shares.groups for place in group) == list(range(len(weights)))
    assert all(shares.groups)
    assert sum(shares.sizes) == sum(weights) + loose


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.integers(0, 60))
def test_the_loose_ones_are_dealt_each_to_the_smallest_group(sums: list[int], loose: int) -> None:
    assert sorted(filled(sums, loose)) == sorted(dealt_one_by_one(sums, loose))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=8, max_size=40), st.integers(2, 6), st.integers(0, 30))
def test_sizes_differ_by_one_at_most_when_there_are_loose_ones_enough(
    weights: list[int], count: int, loose: int
) -> None:
    loose += max(weights) * count  # they can level out any runs of neighbours
    shares = share(weights, count, loose)
    assert shares.spread <= 1


def test_neighbours_stay_together_where_that_is_as_even() -> None:
    assert share([4, 4, 4, 4, 4, 4], 3).groups == ((0, 1), (2, 3), (4, 5))
    shares = share([5, 1, 5, 1, 5, 1], 3)
    assert shares.groups == ((0, 1), (2, 3), (4, 5))


def test_a_village_without_deputies_goes_with_its_nearest_neighbour() -> None:
    shares = share([3, 0, 3, 0, 0, 3], 3)
    assert shares.groups == ((0, 1), (2, 3), (4, 5))


def test_one_big_village_alone_is_the_most_even_there_is_and_it_is_known() -> None:
    shares = share([40, 2, 2, 2], 3)
    assert shares.spread == 38
    assert shares.proven


def test_every_group_gets_a_higher_level_where_that_costs_no_evenness() -> None:
    shares = share([3, 3, 3, 3], 2, marks=[1, 1, 0, 0])
    assert [sum((1, 1, 0, 0)[place] for place in group) for group in shares.groups] == [1, 1]


def test_more_groups_than_villages_are_refused() -> None:
    with pytest.raises(ValueError, match="2 groups of 1 villages"):
        share([5], 2)
