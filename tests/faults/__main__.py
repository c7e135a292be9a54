"""A long run by hand: ``python -m tests.faults --kills 2000``."""

import argparse
import tempfile
import time
from pathlib import Path

from tests.faults.kills import kill_many


def main() -> None:
    """Kill as often as asked and report which actions were hit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        hit = kill_many(options.keep or Path(folder), options.kills, options.seed)
    minutes = (time.monotonic() - began) / 60
    print(f"{sum(hit.values())} kills in {minutes:.1f} minutes, all whole:")
    for action, times in hit.most_common():
        print(f"  {action}: {times}")


if __name__ == "__main__":
    main()
