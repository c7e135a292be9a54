"""What a benchmark measures: ours beside a floor or a peer in the same run, and the goal of the ratio or the time."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One line of the table.

    Args:
        name: what was done.
        ours: seconds (or bytes) we needed.
        peer: the same of the floor or peer; None where the goal is an absolute time.
        peer_name: what it is compared with.
        goal: highest ratio, or highest seconds (bytes) where there is no peer.
        memory: whether it is bytes that were measured.
    """

    name: str
    ours: float
    goal: float
    peer: float | None = None
    peer_name: str = ""
    memory: bool = False

    @property
    def score(self) -> float:
        """The ratio, or the seconds."""
        return self.ours / self.peer if self.peer else self.ours

    def line(self) -> str:
        """Return the line as printed."""
        ok = "ok  " if self.score <= self.goal else "MISS"
        if self.peer is None:
            told = _megabytes if self.memory else _ms
            return f"{ok} {self.name:<52} {told(self.ours):>10}   goal {told(self.goal)}"
        against = f"{_ms(self.ours)} / {_ms(self.peer)} ({self.peer_name})"
        return f"{ok} {self.name:<52} {self.score:>7.2f} ×   goal {self.goal:g} ×   {against}"


def best_of(times: int, action: Callable[[], object]) -> float:
    """Return the seconds of the fastest of several runs."""
    return min(_seconds(action) for _ in range(times))


def median_of(times: int, action: Callable[[], object]) -> float:
    """Return the median seconds of several runs."""
    return statistics.median(_seconds(action) for _ in range(times))


def p95(seconds: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(seconds, n=20)[-1]


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _megabytes(size: float) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"
