"""Registering, searching, reading: the desks without a window."""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from station_app.domain import periods
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.station import Desks
from station_app.storage import driver
from station_app.support.clock import fixed_clock
from tests.benchmarks.measure import Measure, best_of, median_of, p95
from tests.benchmarks.stations import TODAY, opened, station_of

DRAFT = VisitDraft(
    on="2026-11-20",
    visitor=VisitorDraft(name="王小明", phone="14000001234", address="上坪村三组"),
    receivers=(Receiver("钟䶮"),),
    opinions=(OpinionDraft("沟渠淤塞，晚稻灌不上水，望尽快清淤。", category="农业农村"),),
)
_ROUNDS = 60


def measures() -> Iterator[Measure]:
    """Yield what the desks need."""
    yield _registering()
    yield _searching(100_000)
    yield _month_of(500)
    yield from _growing()


def _registering() -> Measure:
    """One visit with one opinion, against its bare inserts in one transaction with the same pragmas."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.station"
        path.write_bytes(station_of(1200).read_bytes())
        desks = Desks.open(path, fixed_clock(TODAY))
        ours = median_of(_ROUNDS, lambda: desks.reception.register_visit(DRAFT))
        desks.close()
        db = driver.connect(path)
        visit = "INSERT INTO visits (uid, created_at, updated_at, number, on_date, channel_id, name, gender) VALUES (?, '', '', ?, '2026-11-20', 13, '王小明', 'male')"
        opinion = "INSERT INTO opinions (uid, created_at, updated_at, number, source, visit_id, words, category_id, nature_id, channel_id, openness, raised_on) VALUES (?, '', '', ?, 'voter', 1, '沟渠淤塞', 1, 26, 13, 'open', '2026-11-20')"
        receiver = "INSERT INTO visit_receivers (uid, created_at, updated_at, visit_id, position, name) VALUES (?, '', '', 1, 0, '钟䶮')"
        event = "INSERT INTO events (uid, created_at, updated_at, opinion_id, kind, on_date, recorded_at, operator) VALUES (?, '', '', 1, 'registered', '2026-11-20', '', '')"
        serial = iter(range(10_000))

        def bare() -> None:
            number = next(serial)
            db.execute("BEGIN IMMEDIATE")
            db.execute(visit, [f"v{number}", f"v{number}"])
            db.execute(receiver, [f"r{number}"])
            db.execute(opinion, [f"o{number}", f"o{number}"])
            db.execute(event, [f"e{number}"])
            db.execute("COMMIT")

        floor = median_of(_ROUNDS, bare)
        db.close()
    return Measure("register one visit with one opinion", ours, 3, floor, "bare inserts")


def _searching(opinions: int) -> Measure:
    """Any one to four characters of the words, at the 95th percentile."""
    desks = opened(opinions)
    cases = desks.opinions.raised_between("2026-01-01", "2026-03-31")
    chance = random.Random(7)
    seconds = []
    for _ in range(300):
        words = chance.choice(cases).words
        length = chance.randint(1, 4)
        start = chance.randrange(max(1, len(words) - length))
        typed = words[start : start + length]
        begin = time.perf_counter()
        desks.finder.find(typed)
        seconds.append(time.perf_counter() - begin)
    desks.close()
    return Measure(f"search {opinions:,} opinions for 1–4 characters, p95", p95(seconds), 0.020)


def _month_of(visits: int) -> Measure:
    """The whole set of a busy month."""
    desks = opened(visits * 36, years=3)
    with TemporaryDirectory() as folder:
        needed = best_of(2, lambda: desks.reports.month_set(periods.month("2026-10"), Path(folder)))
    desks.close()
    return Measure(f"a month of about {visits} visits as its whole set", needed, 3.0)


def _growing() -> Iterator[Measure]:
    """How reading all opinions grows with their number: ten times as many should take about ten times as long."""
    times = {}
    for opinions in (1_000, 10_000, 100_000):
        desks = opened(opinions)
        times[opinions] = best_of(1, desks.opinions.cases)
        desks.close()
    for few, many in ((1_000, 10_000), (10_000, 100_000)):
        yield Measure(f"read {many:,} opinions against {few:,}", times[many], 15, times[few], f"{few:,} opinions")
