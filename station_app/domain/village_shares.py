"""Divides villages among groups so that the groups come out as even as whole villages allow.

A village is never torn: all who live there come with it. Whoever lives in none of the villages is loose and fills up the
smallest groups. “As even as whole villages allow” means: of all ways to deal the villages out, one whose largest and
smallest group differ least once the loose ones are dealt; among such, every group gets of the higher levels at most one
less than its share (but one at least) where that can be, and neighbours in the hand-set order stay together as far as
possible.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_BUDGET: Final = 40_000
"""Steps of the search for a more even division; whole townships need a few hundred. Counted, not timed: the result is
the same on every PC."""


@dataclass(frozen=True)
class Shares:
    """A division of villages.

    Args:
        groups: for each group the places of its villages in the hand-set order.
        sizes: for each group the number of people, the loose ones dealt.
        proven: whether no division of whole villages is more even.
    """

    groups: tuple[tuple[int, ...], ...]
    sizes: tuple[int, ...]
    proven: bool

    @property
    def spread(self) -> int:
        """How many people more the largest group has than the smallest."""
        return max(self.sizes) - min(self.sizes)


def share(
    weights: Sequence[int], count: int, loose: int = 0, marks: Sequence[int] = (), loose_marks: int = 0
) -> Shares:
    """Divide villages among groups.

    Args:
        weights: how many live in each village, in hand-set order.
        count: how many groups; at least 1, at most as many as villages.
        loose: how many live in none of them.
        marks: how many of each village hold a higher level; empty for none.
        loose_marks: how many of the loose ones do.

    Raises:
        ValueError: ``count`` is out of range.
    """
    if not 1 <= count <= len(weights):
        raise ValueError(f"{count} groups of {len(weights)} villages")
    higher = tuple(marks) or (0,) * len(weights)
    dealing = _Dealing(tuple(weights), count, loose, higher, loose_marks)
    peopled = [place for place, weight in enumerate(weights) if weight]
    if len(peopled) < count:
        # Each peopled village has a group of its own: nothing is more even.
        return dealing.shares(_runs(weights, count, loose), proven=True)
    runs = _runs([weights[place] for place in peopled], count, loose)
    best = dealing.improved(dict(zip(peopled, runs.values(), strict=True)))
    least = 0 if (sum(weights) + loose) % count == 0 else 1
    proven = dealing.spread(best) <= least
    if not proven:
        packed, proven = _pack([(weights[place], place) for place in peopled], count, loose, dealing.spread(best))
        if packed is not None:
            best = dealing.improved(packed)
    return dealing.shares(_with_empty_villages(best, len(weights)), proven=proven)


def filled(sums: Sequence[int], loose: int) -> list[int]:
    """Return the sizes of groups after the loose ones were dealt, each to the smallest group of the moment."""
    order = sorted(range(len(sums)), key=lambda at: (sums[at], at))
    sizes = list(sums)
    level, rest = sizes[order[0]], loose
    wide = 1
    while wide < len(order) and rest >= wide * (sizes[order[wide]] - level):
        rest -= wide * (sizes[order[wide]] - level)
        level = sizes[order[wide]]
        wide += 1
    more, over = divmod(rest, wide)
    for number, at in enumerate(order[:wide]):
        sizes[at] = level + more + (number < over)
    return sizes


Assigned = dict[int, int]
"""The group of each village, by its place."""


@dataclass(frozen=True)
class _Dealing:
    """What a division is judged by."""

    weights: tuple[int, ...]
    count: int
    loose: int
    marks: tuple[int, ...]
    loose_marks: int

    def spread(self, assigned: Assigned) -> int:
        sizes = filled(self._sums(assigned, self.weights), self.loose)
        return max(sizes) - min(sizes)

    def improved(self, assigned: Assigned) -> Assigned:
        """Move one village, or exchange two, as long as that makes the division better."""
        best, cost = dict(assigned), self._cost(assigned)
        while True:
            found = None
            for changed in self._neighbours(best):
                one = self._cost(changed)
                if one < cost:
                    found, cost = changed, one
            if found is None:
                return best
            best = found

    def shares(self, assigned: Assigned, *, proven: bool) -> Shares:
        groups: list[list[int]] = [[] for _ in range(self.count)]
        for place in sorted(assigned):
            groups[assigned[place]].append(place)
        groups.sort(key=lambda own: own[0])
        sums = [sum(self.weights[place] for place in own) for own in groups]
        return Shares(tuple(map(tuple, groups)), tuple(filled(sums, self.loose)), proven)

    def _cost(self, assigned: Assigned) -> tuple[int, int, int, int]:
        sizes = filled(self._sums(assigned, self.weights), self.loose)
        higher = self._sums(assigned, self.marks)
        wanted = max(1, (sum(higher) + self.loose_marks) // self.count - 1)
        lacking = sum(wanted - one for one in higher if one < wanted) - self.loose_marks
        in_order = [assigned[place] for place in sorted(assigned)]
        breaks = sum(one != other for one, other in pairwise(in_order))
        return (max(sizes) - min(sizes), max(lacking, 0), sum(size * size for size in sizes), breaks)

    def _sums(self, assigned: Assigned, values: Sequence[int]) -> list[int]:
        sums = [0] * self.count
        for place, group in assigned.items():
            sums[group] += values[place]
        return sums

    def _neighbours(self, assigned: Assigned) -> list[Assigned]:
        places = sorted(assigned)
        alone = [list(assigned.values()).count(group) == 1 for group in range(self.count)]
        moved = [
            {**assigned, place: group}
            for place in places
            for group in range(self.count)
            if group != assigned[place] and not alone[assigned[place]]
        ]
        exchanged = [
            {**assigned, one: assigned[other], other: assigned[one]}
            for at, one in enumerate(places)
            for other in places[at + 1 :]
            if assigned[one] != assigned[other]
        ]
        return moved + exchanged


def _runs(weights: Sequence[int], count: int, loose: int) -> Assigned:
    """Divide villages into runs of neighbours, each of at least one village, as even as runs can be."""
    goal = (sum(weights) + loose) // count
    sums = [0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    # After n villages in g runs: what it costs, and where the last run begins. Below the goal the loose ones fill up.
    best: list[dict[int, tuple[int, int, int]]] = [{0: (0, 0, 0)}]
    for runs in range(1, count + 1):
        row: dict[int, tuple[int, int, int]] = {}
        for end in range(runs, len(weights) + 1):
            found = []
            for start in best[runs - 1]:
                if start < end:
                    size = sums[end] - sums[start]
                    over, squares, _ = best[runs - 1][start]
                    found.append((over + max(size, goal) ** 2, squares + size * size, start))
            if found:
                row[end] = min(found)
        best.append(row)
    assigned: Assigned = {}
    end = len(weights)
    for group in range(count - 1, -1, -1):
        start = best[group + 1][end][2]
        assigned |= dict.fromkeys(range(start, end), group)
        end = start
    return dict(sorted(assigned.items()))


def _pack(blocks: Sequence[tuple[int, int]], count: int, loose: int, spread: int) -> tuple[Assigned | None, bool]:
    """Look for a division with less than ``spread``, the most even first.

    Returns:
        The division or None, and whether none is more even.
    """
    order = sorted(blocks, key=lambda block: (-block[0], block[1]))
    whole = sum(weight for weight, _ in order) + loose
    search = _Search(order, count, loose)
    proven = True
    for wanted in range(0 if whole % count == 0 else 1, spread):
        for most in range(-(-whole // count), whole // count + wanted + 1):
            found = search.within(most - wanted, most)
            if found is not None:
                return found, proven
        proven = proven and search.left > 0
    return None, proven


class _Search:
    """Deals blocks, the largest first, into groups that must end between two sizes."""

    def __init__(self, order: Sequence[tuple[int, int]], count: int, loose: int) -> None:
        self._order = order
        self._count = count
        self._loose = loose
        self._rest = [sum(weight for weight, _ in order[at:]) for at in range(len(order) + 1)]
        self.left = _BUDGET

    def within(self, least: int, most: int) -> Assigned | None:
        """Return a division whose groups have ``least`` to ``most`` people, or None."""
        self._least, self._most = least, most
        self._sums = [0] * self._count
        self._dealt: list[int] = []
        if self._deal(0):
            return {place: group for (_, place), group in zip(self._order, self._dealt, strict=True)}
        return None

    def _deal(self, at: int) -> bool:
        if self.left <= 0:
            return False
        self.left -= 1
        lacking = sum(self._least - size for size in self._sums if size < self._least)
        empty = self._sums.count(0)
        if lacking > self._rest[at] + self._loose or empty > len(self._order) - at:
            return False
        if at == len(self._order):
            return True
        weight = self._order[at][0]
        tried = set()
        for group in sorted(range(self._count), key=lambda one: (self._sums[one], one)):
            size = self._sums[group]
            if size + weight > self._most or size in tried:
                continue
            tried.add(size)
            self._sums[group] += weight
            self._dealt.append(group)
            if self._deal(at + 1):
                return True
            self._dealt.pop()
            self._sums[group] -= weight
        return False


def _with_empty_villages(assigned: Assigned, villages: int) -> Assigned:
    """Add the villages where nobody lives to the group of their nearest neighbour, of two the one before."""
    return {
        place: assigned[place]
        if place in assigned
        else assigned[min(assigned, key=lambda near: (abs(near - place), near > place))]
        for place in range(villages)
    }
