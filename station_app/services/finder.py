"""Search everywhere (Ctrl+F): one typed text, results of every kind, those of a returned paper's code first."""

import re
from dataclasses import dataclass
from typing import Final

from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.paper_rules import next_move
from station_app.domain.paper_texts import NUMBER_WORDS
from station_app.domain.papers import CODE_LENGTH, Paper, looks_like_code, read_code
from station_app.domain.problems import InvalidInput
from station_app.domain.text import clean_line
from station_app.storage.opinions import OpinionRecords
from station_app.storage.papers import PaperRecords
from station_app.storage.station_file import StationFile

_EACH = 8
_PAPER_NUMBER = re.compile(r"\d{4}-\d|〔")
SLIP: Final = "回执"
"""The group of matters that a typed return code leads to."""
HINT: Final = "提示"
"""The group of a message that leads nowhere."""


@dataclass(frozen=True)
class Result:
    """One result.

    Args:
        kind: ``opinion``, ``visit`` or ``deputy``: whose id it is; empty for a message.
        id: of the record.
        title: what the list shows first.
        detail: what it shows in grey behind.
        group: the word over its neighbours: 意见, 来访, 代表, 文书, 回执; results of one group follow each other.
        move: what is done next with the matter, when that is known.
        paper_id: of the paper whose return code was typed.
    """

    kind: str
    id: int
    title: str
    detail: str
    group: str
    move: Move | None = None
    paper_id: int | None = None


class Finder:
    """Finds opinions, visits, deputies and papers by number, name, pinyin, phone, words or return code."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._papers = PaperRecords(file)
        self._opinions = OpinionRecords(file)

    def find(self, typed: str) -> list[Result]:
        """Return at most eight results of each kind; nothing for an empty text.

        A return code that was misread is told in words where nothing else is found.
        """
        typed = clean_line(typed)
        if not typed:
            return []
        opinions = [
            Result("opinion", found.id, f"{found.texts[0]}　{found.texts[1]}", found.texts[2], "意见")
            for found in self._file.find("opinions", typed, _EACH)
        ]
        visits = [
            Result("visit", found.id, f"{found.texts[0]}　{found.texts[1]}", found.texts[2], "来访")
            for found in self._file.find("visits", typed, _EACH)
        ]
        deputies = [
            Result("deputy", found.id, found.texts[0], found.texts[1], "代表")
            for found in self._file.find("deputies", typed, _EACH)
        ]
        papers = [
            Result("opinion", paper.opinion_ids[0], paper.number, f"{paper.printed_on} {_about(paper)}", "文书")
            for paper in (self._papers.find(typed, _EACH) if _may_be_paper(typed) else ())
            if paper.opinion_ids
        ]
        found = [*self._by_code(typed), *opinions, *visits, *deputies, *papers]
        return found or self._about_code(typed)

    def _by_code(self, typed: str) -> list[Result]:
        """Return the matters of a returned paper, those first with which something is to be done next."""
        if not looks_like_code(typed):
            return []
        try:
            paper = self._papers.by_code(read_code(typed))
        except InvalidInput:
            return []
        if paper is None:
            return []
        places = {opinion_id: place for place, opinion_id in enumerate(paper.opinion_ids)}
        results = []
        for case in sorted(self._opinions.by_id(paper.opinion_ids), key=lambda case: places[case.id]):
            move = next_move(paper.kind, case.progress)
            detail = f"接着{MOVE_LABELS[move]}" if move else "没有要接着办的"
            title = f"{paper.number}　{case.number}　{case.title}"
            results.append(Result("opinion", case.id, title, detail, SLIP, move, paper.id))
        return sorted(results, key=lambda result: result.move is None)[:_EACH]

    def _about_code(self, typed: str) -> list[Result]:
        """Return what is wrong with a text that may be meant as a return code."""
        text = "".join(typed.split()).replace("-", "")
        if len(text) != CODE_LENGTH or not text.isalnum() or not text.isascii() or text.isdigit():
            return []
        try:
            message = f"没有找到回执码 {read_code(text)} 的文书，可能是别的登记簿印的。"
        except InvalidInput as wrong:
            message = str(wrong)
        if text.islower() and text.isalpha():  # rather a name in pinyin
            message = f"没有找到“{text}”。如果是回执码：{message}"
        return [Result("", 0, message, "", HINT)]


def _may_be_paper(typed: str) -> bool:
    """Tell whether a text may be part of a paper's number; they have no index, so others do not look."""
    return bool(_PAPER_NUMBER.search(typed)) or any(word in typed for word in NUMBER_WORDS.values())


def _about(paper: Paper) -> str:
    return f"{len(paper.opinion_ids)} 件" if len(paper.opinion_ids) > 1 else paper.recipient
