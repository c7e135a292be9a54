"""How Python's collector of cyclic garbage is set for a program that keeps a big register in memory."""

import gc


def expect_many_objects() -> None:
    """Look for cyclic garbage seldom: a register makes a million small objects that live long and hold no cycles.

    With the default thresholds a third of the time of reading 20,000 opinions goes into looking through them again.
    """
    gc.set_threshold(100_000, 20, 50)
