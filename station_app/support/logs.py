"""The log of the program: what happened, by ids; never names, phones, words of the people, or paths of the clerk.

Three things keep it so. Our own messages are English with ids. What is written all the same passes `scrub`. An error is
written as its kind and the places in the program it came through, without its message and without values.
"""

import faulthandler
import logging
import os
import re
import threading
from collections.abc import Iterator
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import TextIO

LOG_NAME = "program.log"
MOST_BYTES = 512 * 1024
OLD_LOGS = 3
OUR_LOGGER = "station_app"

_MARK = re.compile(r"running-(\d+)\.txt")
_PATH = re.compile(r"(?:\b[A-Za-z]:[\\/]|\\\\|(?<![\w.])[/~]).*")  # to the end of the line: folders may hold blanks
_LONG_NUMBER = re.compile(r"\d(?:[ -]?\d){6,}")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?")
_OTHER_SCRIPT = re.compile(r"[^\x00-\x7f]+")
_ADDRESS = re.compile(r"\S+@\S+")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_FRAME = re.compile(r'File "([^"]*)", line (\d+) in (\S+)')

Frame = tuple[str, int, str]


def scrub(text: str) -> str:
    """Return ``text`` without anything that could be personal: quoted values, Chinese, paths, phones, addresses."""
    kept = _STAMP.findall(text)
    text = _STAMP.sub("\0", text)
    for pattern in (_QUOTED, _ADDRESS, _PATH, _LONG_NUMBER, _OTHER_SCRIPT):
        text = pattern.sub("…", text)
    for stamp in kept:
        text = text.replace("\0", stamp, 1)
    return text


def bug_text(error: BaseException) -> str:
    """Return an error as its kind and places, causes last; no message, no values, no line of a clerk's path."""
    parts = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        parts.append(f"{'' if one is error else 'after '}{type(one).__name__}")
        parts.extend(f"  {name}:{line} {function}" for name, line, function in _frames(one.__traceback__))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n".join(parts)


def crash_text(dump: str) -> str:
    """Return what `faulthandler` left behind, its places told as in `bug_text` and everything else scrubbed."""
    lines = []
    for line in dump.splitlines():
        frame = _FRAME.search(line)
        lines.append(f"  {_place(frame[1])}:{frame[2]} {frame[3]}" if frame else scrub(line))
    return "\n".join(lines)


class LogWriter(logging.Formatter):
    """Writes a record as time, level, place and scrubbed message; an error as `bug_text`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of one record."""
        when = datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="seconds")
        ours = record.name.split(".")[0] == OUR_LOGGER
        # What other libraries say may hold anything, such as a cell of a spreadsheet: only that they spoke is kept.
        told = scrub(record.getMessage()) if ours else "(said something)"
        line = f"{when} {record.levelname} {record.name}:{record.lineno} {told}"
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{bug_text(error)}" if error is not None else line


def start_log(folder: Path) -> Path | None:
    """Write the log of this process to ``folder`` from now on; return its file, or None when it cannot be written.

    A PC on which no log can be written must still register visits, so that is no fault.
    """
    path = folder / LOG_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=MOST_BYTES, backupCount=OLD_LOGS, encoding="utf-8")
    except OSError:
        return None
    stop_log()
    handler.setFormatter(LogWriter())
    handler.set_name(LOG_NAME)
    handler.setLevel(logging.INFO)
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger(OUR_LOGGER).setLevel(logging.INFO)
    logging.raiseExceptions = False  # a full disk must not print a traceback with values to the console
    threading.excepthook = _log_thread_bug
    return path


def stop_log() -> None:
    """Write no log any more."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if handler.get_name() == LOG_NAME:
            root.removeHandler(handler)
            handler.close()


def log_tail(folder: Path, most_lines: int = 2000) -> str:
    """Return the last lines of the log, scrubbed once more."""
    lines: list[str] = []
    for path in [*sorted(folder.glob(f"{LOG_NAME}.?"), reverse=True), folder / LOG_NAME]:
        try:
            lines += path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
    return "\n".join(scrub(line) for line in lines[-most_lines:])


class RunMark:
    """A small file that stands in the log's folder while the program runs; one left behind tells of a crash.

    It also takes what Python can still say when the process is killed by a fault in native code.

    Args:
        folder: the folder of the log.
        now: when the program started.
    """

    def __init__(self, folder: Path, now: datetime) -> None:
        self.path = folder / f"running-{os.getpid()}.txt"
        self._file: TextIO | None = None
        try:
            self._file = self.path.open("w", encoding="utf-8")
        except OSError:
            return
        self._file.write(f"{now.isoformat(timespec='seconds')}\n")
        self._file.flush()
        faulthandler.enable(self._file)

    def remove(self) -> None:
        """Take the mark away: the program ends as it should."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        self.path.unlink(missing_ok=True)


def take_crashes(folder: Path) -> list[str]:
    """Return what each crashed run left behind, scrubbed, its starting time first; each is told only once."""
    import psutil

    told = []
    for path in sorted(folder.glob("running-*.txt")):
        found = _MARK.fullmatch(path.name)
        if found is None or (int(found[1]) != os.getpid() and psutil.pid_exists(int(found[1]))):
            continue
        try:
            told.append(crash_text(path.read_text(encoding="utf-8", errors="replace")))
            path.unlink()
        except OSError:
            continue
    return told


def _frames(trace: TracebackType | None) -> Iterator[Frame]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield _place(code.co_filename), trace.tb_lineno, code.co_name
        trace = trace.tb_next


def _place(file_name: str) -> str:
    """Return a source file from its package on; the folders above it may name the clerk."""
    parts = file_name.replace("\\", "/").split("/")
    for package in ("station_app", "site-packages"):
        if package in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(package) :])
    return parts[-1]


def _log_thread_bug(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None:
        told = (arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
        logging.getLogger(OUR_LOGGER).error("bug in a thread", exc_info=told)
