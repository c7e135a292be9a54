"""A clerk at work on a failing disk, in a process of its own: ``python -m tests.faults.failing_work STATION SEED``.

The parent preloads ``failing_disk.c``; the disk fails while the file named by EIO_WHEN exists. At the end it does
not fail any more, and what was acknowledged has to be there. Prints as JSON how often the disk was told of.
"""

import json
import os
import sys
from pathlib import Path
from random import Random

from station_app.station import Desks
from station_app.support.faults import StationFault
from tests.faults.conditions import Trial
from tests.faults.kills import CLOCK, Station, key_of


def main(folder: Path, scratch: Path, seed: int) -> None:
    """Open, work, close, over and over, while the disk fails now and then."""
    trial = Trial(Station(folder))
    switch = Path(os.environ["EIO_WHEN"])
    random = Random(seed)
    opened = 0
    for _ in range(6):
        switch.touch()
        try:
            desks = Desks.open(trial.station.path, CLOCK, "肖敏", key_of(trial.station.key))
        except StationFault as fault:
            trial.told["open", fault.what] += 1
            continue
        finally:
            switch.unlink()
        opened += 1
        switch.touch()
        trial.work(desks, scratch, random)
        desks.close()
        switch.unlink()
    told = sorted({f"{action}：{words}" for (action, words) in trial.told if words})
    trial.look()
    print(json.dumps({"opened": opened, "faults": trial.faults, "told": told}, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
