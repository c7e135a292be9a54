"""Proposals how to group 300 deputies of 60 villages."""

from collections.abc import Iterator

from station_app.domain.proposal_areas import area_proposal
from station_app.domain.proposal_duty import duty_proposal
from tests.benchmarks.measure import Measure, best_of
from tests.domain.test_grouping_proposal import a_township

_GOAL = 1.0


def measures() -> Iterator[Measure]:
    """Yield what a proposal of each kind needs, with the rules checked as the page does."""
    grouped = a_township(1, deputies=300, villages=60, groups=5)
    proposal = area_proposal(grouped, 12)
    yield Measure("12 area groups of 300 deputies", best_of(3, lambda: area_proposal(grouped, 12)), _GOAL)
    yield Measure("30 duty teams of 300 deputies", best_of(3, lambda: duty_proposal(grouped, 30)), _GOAL)
    yield Measure("rules of a proposal of 300 deputies", best_of(3, lambda: proposal.findings(grouped)), 0.1)
