"""Suggestions while a visitor is being registered: similar matters and earlier visits, in a big register."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from station_app.domain.reception import OpinionDraft
from station_app.domain.similarity import SimilarityIndex
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from tests.benchmarks.bench_desks import DRAFT
from tests.benchmarks.measure import Measure, best_of, p95
from tests.benchmarks.stations import TODAY, station_of

Asked = TypeVar("Asked")

_OPINIONS, _YEARS = 20_000, 10
_ROUNDS = 300
_GOAL = 0.050


def measures() -> Iterator[Measure]:
    """Yield what suggestions need at 20,000 opinions."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.station"
        path.write_bytes(station_of(_OPINIONS, _YEARS).read_bytes())
        desks = Desks.open(path, fixed_clock(TODAY))
        cases = desks.opinions.snapshot().cases
        yield Measure("words of 20,000 opinions into memory", best_of(2, lambda: SimilarityIndex().follow(cases)), 2.0)
        desks.similar.get_ready()
        chance = random.Random(7)
        asked = chance.sample(cases, _ROUNDS)
        yield _p95("similar matters of a village", lambda one: desks.similar.matters(one.words, one.village), asked)
        yield _p95("similar matters of every village", lambda one: desks.similar.matters(one.words, ""), asked)
        yield _p95("what was raised before", desks.similar.raised_before, asked)
        yield _p95(
            "earlier visits of a person",
            lambda one: desks.similar.persons(one.petitioner, one.phone, one.village),
            [one for one in asked if one.visit_id],
        )
        seconds = []
        for one in asked[:30]:
            desks.reception.register_visit(replace(DRAFT, opinions=(OpinionDraft(one.words),)))
            begin = time.perf_counter()
            desks.similar.matters(one.words, one.village)
            seconds.append(time.perf_counter() - begin)
        yield Measure("similar matters right after a registration, p95", p95(seconds), _GOAL)
        desks.close()


def _p95(name: str, ask: Callable[[Asked], object], asked: list[Asked]) -> Measure:
    seconds = []
    for one in asked:
        begin = time.perf_counter()
        ask(one)
        seconds.append(time.perf_counter() - begin)
    return Measure(f"{name}, p95", p95(seconds), _GOAL)
