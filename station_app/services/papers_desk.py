"""The desk of the papers that go out about opinions (文书): written, printed, found again by their return codes."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from station_app.domain.events import Event, EventKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.domain.paper_rules import paper_problem
from station_app.domain.paper_texts import (
    BLOCK_LABELS,
    DEFAULT_STYLES,
    LETTER_KINDS,
    NUMBER_WORDS,
    PaperStyle,
    document_number_problem,
    filled,
    texts_problems,
)
from station_app.domain.papers import PAPER_LABELS, Paper, PaperKind, read_code
from station_app.domain.problems import invalid, refuse
from station_app.domain.reception import date_problem
from station_app.domain.secrecy import for_paper
from station_app.domain.text import clean, clean_line
from station_app.services.done import OPINIONS, SETTINGS, Done
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.paper_letters import (
    Office,
    compose,
    numbered,
    placeholder_values,
)
from station_app.services.settings_desk import SettingsDesk
from station_app.storage.change_log import Step
from station_app.storage.opinions import OpinionRecords
from station_app.storage.papers import PaperRecords
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile
from station_app.storage.suggestions import SuggestionRecords

if TYPE_CHECKING:
    from station_app.documents.letters import Letter

AGAIN_WAY: Final = "补印"
"""The ``way`` of a printing that was not the first."""
_WRITTEN_WAY = "书面"
_LIKELY: Final = (
    PaperKind.HAND_OVER, PaperKind.REFERRAL, PaperKind.SURVEY, PaperKind.OUTCOME, PaperKind.NOTICE, PaperKind.URGING,
    PaperKind.SUPERVISION,
)  # fmt: skip
_SEVERAL: Final = 3
"""Matters on the list that a style is shown with."""
_MOVE_OF: Final = {PaperKind.URGING: Move.URGE, PaperKind.SUPERVISION: Move.SUPERVISE}
_NOTED: Final = {PaperKind.URGING: EventKind.URGED, PaperKind.SUPERVISION: EventKind.SUPERVISED}


@dataclass(frozen=True)
class Offer:
    """A paper that can be printed now.

    Args:
        title: 交办单, or of several units 催办单　镇水务站（3 件）.
        paper_id: of a paper to print again; None for a new one.
    """

    kind: PaperKind
    case_ids: tuple[int, ...]
    title: str
    paper_id: int | None = None


def cleaned(style: PaperStyle) -> PaperStyle:
    """Return a style as it is stored."""
    texts = replace(style.texts, **{name: clean(getattr(style.texts, name)) for name in BLOCK_LABELS})
    return replace(style, texts=texts, document_number=clean_line(style.document_number))


class PapersDesk:
    """Writes papers, keeps which went out, and finds them again.

    Args:
        random_below: source of the return codes.
    """

    def __init__(
        self,
        file: StationFile,
        settings: SettingsDesk,
        opinions: OpinionDesk,
        random_below: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._file = file
        self._settings = settings
        self._opinions = opinions
        self._random_below = random_below
        self._kept = Settings(file)
        self._papers = PaperRecords(file)
        self._records = OpinionRecords(file)
        self._suggestions = SuggestionRecords(file)

    # How they are written

    def style(self, kind: PaperKind) -> PaperStyle:
        """Return how the station writes a kind of paper; what it has not changed follows the usual words."""
        usual = DEFAULT_STYLES[kind]
        blocks = {name: self._setting(kind, name, getattr(usual.texts, name)) for name in BLOCK_LABELS}
        return PaperStyle(
            replace(usual.texts, **blocks),
            used=self._setting(kind, "used", usual.used),
            names=self._setting(kind, "names", usual.names),
            qr=self._setting(kind, "qr", usual.qr),
            document_number=self._setting(kind, "document_number", usual.document_number),
        )

    def _setting(self, kind: PaperKind, name: str, usual: Any) -> Any:
        kept = self._kept.get(f"paper.{kind}.{name}")
        return usual if kept is None else kept

    def save_style(self, kind: PaperKind, style: PaperStyle) -> Done[None]:
        """Save how a kind of paper is written; what equals the usual words is not kept and follows them.

        Raises:
            InvalidInput: a block holds an unknown placeholder, is empty or too long; fields are the blocks' names.
        """
        style = cleaned(style)
        refuse([*texts_problems(kind, style.texts), document_number_problem(style.document_number)])
        usual = DEFAULT_STYLES[kind]
        values = {name: (getattr(style.texts, name), getattr(usual.texts, name)) for name in BLOCK_LABELS}
        values |= {
            name: (getattr(style, name), getattr(usual, name)) for name in ("used", "names", "qr", "document_number")
        }
        with self._file.write(f"保存文书 {PAPER_LABELS[kind]}") as step:
            for name, (value, default) in values.items():
                if value != self._setting(kind, name, default):
                    self._kept.put(step, f"paper.{kind}.{name}", None if value == default else value)
        return Done(None, f"已保存{PAPER_LABELS[kind]}", frozenset({SETTINGS}), step.id)

    # What can be printed

    def problem(self, kind: PaperKind, case_ids: Sequence[int]) -> str:
        """Return why a paper cannot be printed about these matters now; empty when it can."""
        if not self.style(kind).used:
            return f"{PAPER_LABELS[kind]}没有启用，请先在“设置 · 文书”里启用。"
        return paper_problem(kind, self._cases(case_ids))

    def offers(self, case_ids: Sequence[int]) -> list[Offer]:
        """Return what can be printed about one matter or several selected ones now, the likely first.

        Of several, those a paper does not suit are left out of it; urgings and overviews are one for each unit. An
        overview lists all the unit has, whatever is selected.
        """
        cases = self._cases(case_ids)
        return self._offers_of_one(cases[0]) if len(cases) == 1 else self._offers_of_many(cases)

    def _offers_of_one(self, case: Case) -> list[Offer]:
        singles = [kind for kind in _LIKELY if kind not in {PaperKind.HAND_OVER_LIST, PaperKind.UNIT_OVERVIEW}]
        offers = [
            Offer(kind, (case.id,), PAPER_LABELS[kind])
            for kind in singles
            if self.style(kind).used and not paper_problem(kind, [case])
        ]
        return [*offers, *self._overviews([case])]

    def _offers_of_many(self, cases: Sequence[Case]) -> list[Offer]:
        offers = []
        cases = sorted(cases, key=lambda case: (case.raised_on, case.id))
        for kind in (PaperKind.HAND_OVER_LIST, PaperKind.REFERRAL):
            fitting = tuple(case.id for case in cases if not paper_problem(kind, [case]))
            if fitting and self.style(kind).used:
                offers.append(Offer(kind, fitting, f"{PAPER_LABELS[kind]}（{len(fitting)} 件）"))
        if self.style(PaperKind.URGING).used:
            by_unit: dict[str, list[int]] = {}
            for case in cases:
                if not paper_problem(PaperKind.URGING, [case]):
                    by_unit.setdefault(case.progress.unit, []).append(case.id)
            label = PAPER_LABELS[PaperKind.URGING]
            offers += [
                Offer(PaperKind.URGING, tuple(ids), f"{label}　{unit}（{len(ids)} 件）")
                for unit, ids in by_unit.items()
            ]
        return [*offers, *self._overviews(cases)]

    def _overviews(self, cases: Sequence[Case]) -> list[Offer]:
        kind = PaperKind.UNIT_OVERVIEW
        if not self.style(kind).used:
            return []
        units = dict.fromkeys(
            (case.progress.unit_id, case.progress.unit) for case in cases if not paper_problem(kind, [case])
        )
        offers = []
        for unit_id, unit in units:
            ids = self.open_of_unit(unit_id or 0)
            offers.append(Offer(kind, ids, f"{PAPER_LABELS[kind]}　{unit}（{len(ids)} 件）"))
        return offers

    def again(self, case_id: int) -> list[Offer]:
        """Return the papers about a matter that can be printed again, the newest first."""
        return [
            Offer(paper.kind, paper.opinion_ids, f"{AGAIN_WAY} {paper.number}（{paper.printed_on}）", paper.id)
            for paper in self._papers.of_opinion(case_id)
            if paper.kind in LETTER_KINDS
        ]

    def open_of_unit(self, unit_id: int) -> tuple[int, ...]:
        """Return the matters a unit has not answered yet, those due first first."""
        office = self._office()
        open_cases = [
            case
            for case in self._opinions.current(office.on.isoformat())
            if case.progress.unit_id == unit_id and not paper_problem(PaperKind.UNIT_OVERVIEW, [case])
        ]

        def due(case: Case) -> tuple[date, str]:
            clock = office.clock(case)
            return (clock.due_on if clock else date.max), case.number

        return tuple(case.id for case in sorted(open_cases, key=due))

    # Printing

    def prepare(self, kind: PaperKind, case_ids: Sequence[int]) -> "Letter":
        """Return a paper as it would be printed now, without number and return code; nothing is written.

        Raises:
            InvalidInput: it cannot be printed now, and why.
        """
        cases = self._fitting(kind, case_ids)
        return compose(kind, self.style(kind), cases, self._office())

    def sample(self, kind: PaperKind, style: PaperStyle) -> "Letter":
        """Return a paper in a style that is not saved yet, about the newest matters it suits.

        Raises:
            InvalidInput: the style is wrong, or no matter suits.
        """
        style = cleaned(style)
        refuse([*texts_problems(kind, style.texts), document_number_problem(style.document_number)])
        fitting = [case for case in reversed(self._opinions.cases()) if not paper_problem(kind, [case])]
        if not fitting:
            raise invalid("kind", f"登记簿里还没有适合{PAPER_LABELS[kind]}的意见建议，暂时不能预览。")
        chosen = fitting[: _SEVERAL if kind is PaperKind.HAND_OVER_LIST else 1]
        if kind is PaperKind.UNIT_OVERVIEW:
            chosen = self._cases(self.open_of_unit(fitting[0].progress.unit_id or 0))
        return compose(kind, style, chosen, self._office())

    def issue(self, kind: PaperKind, case_ids: Sequence[int], document_number: str | None = None) -> Done[Paper]:
        """Give a paper its number and return code and note on every matter what is printed, when, by whom, for whom.

        A 催办单 or 督办单 is the urging itself: it is recorded too unless that was done today.

        Args:
            document_number: 发文字号 as the office's register gives it, empty for none; None for what the style says.

        Raises:
            InvalidInput: it cannot be printed now, and why.
        """
        cases = self._fitting(kind, case_ids)
        office = self._office()
        # A name that the paper itself may bear is not kept beside it: erasing a person would not find it there.
        told = [for_paper(case) for case in cases]
        style = self.style(kind)
        if document_number is None:
            document_number = numbered(style, office.on)
        texts = filled(style.texts, placeholder_values(told, office, names=False))
        on = office.on.isoformat()
        units = {case.progress.unit_id for case in cases}
        with self._file.write(f"打印 {PAPER_LABELS[kind]} {len(cases)} 件") as step:
            number = f"{NUMBER_WORDS[kind]} {office.on.year}-{self._papers.next_serial(kind, office.on.year):03d}"
            code = self._papers.unused_code(self._random_below)
            paper_id = self._papers.add(
                step,
                [case.id for case in cases],
                kind=kind,
                code=code,
                number=number,
                document_number=clean_line(document_number),
                unit_id=units.pop() if len(units) == 1 else None,
                recipient=texts.recipient,
                copies_to="" if texts.copies == texts.recipient else texts.copies,
                printed_on=on,
                printed_by=self._file.operator,
            )
            for case in cases:
                self._note(case, kind, number, on)
            self._note_printed(step, cases, number, texts.recipient, on)
        return Done(self._papers.paper(paper_id), f"已打印 {number}", frozenset({OPINIONS}), step.id)

    def issue_again(self, paper_id: int) -> Done[Paper]:
        """Note that a paper is printed once more (补印); it keeps number and return code."""
        paper = self._papers.paper(paper_id)
        on = self._file.clock.today().isoformat()
        with self._file.write(f"{AGAIN_WAY} {paper.number}") as step:
            cases = self._cases(paper.opinion_ids)
            self._note_printed(step, cases, paper.number, paper.recipient, on, AGAIN_WAY)
        return Done(paper, f"已{AGAIN_WAY} {paper.number}", frozenset({OPINIONS}), step.id)

    def letter(self, paper: Paper, *, again: bool = False) -> "Letter":
        """Return a paper that was issued, its matters as they stood when it was printed first.

        Args:
            again: says on it that it is printed once more.
        """
        on = date.fromisoformat(paper.printed_on)
        cases = [case.as_of(paper.printed_on) for case in self._cases(paper.opinion_ids)]
        letter = compose(paper.kind, self.style(paper.kind), cases, replace(self._office(), on=on))
        return replace(
            letter,
            number=paper.number,
            code=paper.code,
            document_number=paper.document_number,
            again=f"{self._file.clock.today().isoformat()} {AGAIN_WAY}" if again else "",
        )

    def pdf(self, letter: "Letter") -> bytes:
        """Return a paper as a PDF; reads nothing, for the worker thread."""
        from station_app.documents.letters import letter_pdf

        return letter_pdf(letter)

    def unprintable(self, letter: "Letter") -> list[str]:
        """Return the characters of a paper that no face has; they are printed as 〓."""
        from station_app.documents.letters import unprintable

        return sorted(unprintable(letter))

    def _note(self, case: Case, kind: PaperKind, number: str, on: str) -> None:
        move = _MOVE_OF.get(kind)
        if move is None or any(event.kind is _NOTED[kind] and event.on == on for event in case.events):
            return
        self._opinions.move(case.id, MoveDraft(move, on, number, way=_WRITTEN_WAY))

    def _note_printed(
        self, step: Step, cases: Sequence[Case], number: str, recipient: str, on: str, way: str = ""
    ) -> None:
        """Note on every matter's timeline what was printed and for whom."""
        for case in cases:
            event = Event(EventKind.PRINTED, on, text=f"{number}，主送{recipient}", way=way)
            self._records.add_event(step, case.id, event, self._file.operator)

    def _fitting(self, kind: PaperKind, case_ids: Sequence[int]) -> list[Case]:
        if problem := self.problem(kind, case_ids):
            raise invalid("kind", problem)
        return self._cases(case_ids)

    def _cases(self, case_ids: Sequence[int]) -> list[Case]:
        """Return matters in the order they are asked for."""
        found = {case.id: case for case in self._records.by_id(case_ids)}
        return [found[case_id] for case_id in dict.fromkeys(case_ids) if case_id in found]

    def _office(self) -> Office:
        settings = self._settings
        today = self._file.clock.today()
        return Office(
            settings.profile(), settings.staff(), settings.limits(), settings.calendar(), today,
            settings.answer_classes(), {one.opinion_id: one for one in self._suggestions.all()},
        )  # fmt: skip

    # Coming back

    def paper(self, paper_id: int) -> Paper:
        """Return one paper."""
        return self._papers.paper(paper_id)

    def of_case(self, case_id: int) -> list[Paper]:
        """Return the papers about a matter, the newest first."""
        return self._papers.of_opinion(case_id)

    def by_code(self, typed: str) -> Paper:
        """Return the paper a return code stands on.

        Raises:
            InvalidInput: field ``code``; it was misread, or no paper of this register has it.
        """
        code = read_code(typed)
        paper = self._papers.by_code(code)
        if paper is None:
            raise invalid("code", f"没有找到回执码 {code} 的文书，可能是别的登记簿印的。")
        return paper

    def returned(self, paper_id: int, on: str) -> Done[Paper]:
        """Note the day a paper or its slip came back.

        Raises:
            InvalidInput: the date is none, lies in the future or before the printing.
        """
        paper = self._papers.paper(paper_id)
        refuse([date_problem("on", on, self._file.clock.today())])
        if on < paper.printed_on:
            raise invalid("on", f"收回日期不能早于打印的 {paper.printed_on}。")
        with self._file.write(f"收回 {paper.number}") as step:
            self._papers.mark_returned(step, paper_id, on)
        return Done(self._papers.paper(paper_id), f"已收回 {paper.number}", frozenset({OPINIONS}), step.id)
