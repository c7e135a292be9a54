"""Kills a program while it gives a station file another password: the file is wholly the old one or wholly the new one.

By hand: ``python -m tests.faults.rekey_kills FILE KILLS``; FILE is a plain station file, which is copied first.
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from station_app.storage.file_key import FileKey, is_encrypted, salt_of
from station_app.storage.rekeying import Rekeying
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock
from station_app.support.faults import PasswordNeeded, WrongKey
from station_app.support.safe_file import unfinished_beside

CLOCK = fixed_clock(date(2026, 11, 25))
_WARMING, _SWAP = 0.2, 0.03
PLAIN_EVERY = 3
"""Every third password is none, so that encryption is turned on and off as well."""


@dataclass
class Outcome:
    """What the kills left.

    Args:
        kills: how many programs were killed.
        old: how often the file was still the one before.
        new: how often it was the one after.
        cut: how often an unfinished copy lay beside it.
    """

    kills: int = 0
    old: int = 0
    new: int = 0
    cut: int = 0


def password(number: int) -> str:
    """Return the password of a round; empty for none."""
    return "" if number % PLAIN_EVERY == 0 else f"password {number}"


def opened(path: Path, number: int) -> StationFile:
    """Open the file under the password of a round.

    Raises:
        WrongKey: it has another one.
        PasswordNeeded: it has one.
    """
    word = password(number)
    if word and not is_encrypted(path):
        raise WrongKey
    key = FileKey.from_password(word, salt_of(path), 1) if word else None
    return StationFile.open(path, CLOCK, "检查", key)


def rekey_for_ever(path: Path, number: int) -> None:
    """Go from password to password until killed, and tell each step."""
    file = opened(path, number)
    while True:
        number += 1
        word = password(number)
        print("begin", number, flush=True)
        rekeying = Rekeying(file, "修改密码", "检查")
        rekeying.prepare(FileKey.fresh(word, 1) if word else None, lambda _part, _word: None, lambda: False)
        print("swap", number, flush=True)
        rekeying.finish()
        print("done", number, flush=True)


def kill_again_and_again(path: Path, kills: int, chance: random.Random, *, chain_every: int = 1) -> Outcome:
    """Kill the program at random moments of a change and look at the file after each.

    Args:
        path: a plain station file; it is changed.
        kills: how often.
        chance: chooses the moments.
        chain_every: after how many kills the chain of the log is checked, which is slow in a large file.

    Raises:
        AssertionError: the file is neither the old nor the new one, or not whole.
    """
    outcome, number = Outcome(), 0
    file = opened(path, number)
    counts = file.counts()
    steps, settings = int(file.value("SELECT count(*) FROM steps")), counts.pop("settings")
    file.close()
    patience = _seconds_of_a_change(path)
    for _ in range(kills):
        at_the_swap = chance.random() < 0.5
        after = chance.uniform(0, _SWAP if at_the_swap else patience * 1.3 + _WARMING)
        begun, done = _killed(path, number, after, "swap" if at_the_swap else "begin")
        outcome.kills += 1
        outcome.cut += unfinished_beside(path).exists()
        number_now = _number_of(path, {done, begun})
        steps += number_now - number
        outcome.new += number_now == begun > done
        outcome.old += number_now == done < begun
        number = number_now
        file = opened(path, number)
        assert not unfinished_beside(path).exists(), "the unfinished copy was not cleared away"
        found = file.counts()
        assert found.pop("settings") in (settings, settings + 1)
        assert found == counts, "records were lost"
        assert file.value("SELECT count(*) FROM steps") == steps, "the log does not tell each change once"
        assert file.integrity_problems() == []
        if outcome.kills % chain_every == 0:
            assert file.first_broken_step() is None
        file.close()
    return outcome


def _seconds_of_a_change(path: Path) -> float:
    file = opened(path, 0)
    begin = time.perf_counter()
    rekeying = Rekeying(file, "修改密码", "检查")
    rekeying.prepare(None, lambda _part, _word: None, lambda: False)
    rekeying.give_up()
    file.close()
    return time.perf_counter() - begin


def _killed(path: Path, number: int, after: float, word: str) -> tuple[int, int]:
    """Start the program, kill it some seconds after it said a word, and return the last number begun and done."""
    command = [sys.executable, "-m", "tests.faults.rekey_kills", "--child", str(path), str(number)]
    told = [["", ""]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        while told[-1][0] != word:
            line = child.stdout.readline()
            assert line, "the program ended by itself"
            told.append(line.split())
        time.sleep(after)
        child.kill()
        told += [line.split() for line in child.stdout.read().splitlines()]
    begun = [int(line[1]) for line in told if line[0] == "begin" and len(line) > 1]
    done = [int(line[1]) for line in told if line[0] == "done" and len(line) > 1]
    return max(begun), max([number, *done])


def _number_of(path: Path, candidates: set[int]) -> int:
    fitting = []
    for number in sorted(candidates):
        try:
            opened(path, number).close()
        except (WrongKey, PasswordNeeded):
            continue
        fitting.append(number)
    assert len(fitting) == 1, f"the file opens under {fitting} of {candidates}"
    return fitting[0]


def main() -> None:
    """Run the child, or the long run by hand."""
    if sys.argv[1] == "--child":
        rekey_for_ever(Path(sys.argv[2]), int(sys.argv[3]))
    source, kills = Path(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory(dir=source.parent) as folder:
        path = Path(folder) / source.name
        shutil.copyfile(source, path)
        print(kill_again_and_again(path, kills, random.Random(), chain_every=20))


if __name__ == "__main__":
    main()
