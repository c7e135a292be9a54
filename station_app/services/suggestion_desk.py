"""The desk of deputies' suggestions: opinions turned into them, deputies' own, 面商 and what became of them."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from station_app.domain.deadlines import answer_clock
from station_app.domain.events import Event, EventKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.operators import Right
from station_app.domain.opinion import Case
from station_app.domain.problems import FieldProblem, InvalidInput, invalid, refuse
from station_app.domain.station import Tier
from station_app.domain.suggestion import (
    MEETING_WAY,
    SUGGESTION_KIND_LABELS,
    Suggestion,
    SuggestionDraft,
    cleaned,
    draft_problems,
    is_handled_as_suggestion,
    meeting_problems,
    number_problem,
)
from station_app.domain.suggestion_line import SuggestionLine, suggestion_line
from station_app.domain.text import LINE_LIMIT, WORDS_LIMIT, clean, clean_line, text_problem
from station_app.services.done import OPINIONS, Done
from station_app.services.opinion_desk import DeputyOpinionDraft, OpinionDesk
from station_app.services.settings_desk import SettingsDesk
from station_app.services.suggestion_papers import compose_paper
from station_app.storage.deputies import DeputyRecords
from station_app.storage.opinions import OpinionRecords
from station_app.storage.station_file import StationFile
from station_app.storage.suggestions import SuggestionRecords

if TYPE_CHECKING:
    from station_app.documents.suggestion_paper import SuggestionPaper

FORM_WORD: Final = "专用纸"
_FIELDS_OF_OPINION = {"proposer_id": "leader_id", "on": "submitted_on"}
"""Fields of a deputy's opinion by the field of the suggestion they are filled from."""


@dataclass(frozen=True)
class OwnSuggestionDraft:
    """A deputies' suggestion that no voter's opinion stands behind.

    Args:
        words: the matter as the paper says it (正文).
        handed_on: ISO date of 交办; empty when it is not handed over yet.
        unit_id / assisting_ids: 主办 and 协办 units of the hand-over.
    """

    suggestion: SuggestionDraft
    words: str
    category: str = ""
    village: str = ""
    handed_on: str = ""
    unit_id: int | None = None
    assisting_ids: tuple[int, ...] = ()


class SuggestionDesk:
    """Keeps what makes an opinion a deputies' suggestion or bill."""

    def __init__(self, file: StationFile, settings: SettingsDesk, opinions: OpinionDesk) -> None:
        self._file = file
        self._settings = settings
        self._opinions = opinions
        self._records = SuggestionRecords(file)
        self._cases = OpinionRecords(file)
        self._deputies = DeputyRecords(file)

    # Reading

    def of_case(self, case_id: int) -> Suggestion | None:
        """Return the suggestion an opinion was turned into, or None."""
        return self._records.of_opinion(case_id)

    def lines(self, from_on: str = "", to_on: str = "9999") -> list[SuggestionLine]:
        """Return the suggestions put forward between two ISO dates, the first put forward first."""
        suggestions = [one for one in self._records.all() if from_on <= one.submitted_on <= to_on]
        cases = {case.id: case for case in self._cases.by_id([one.opinion_id for one in suggestions])}
        profile, limits, calendar = self._settings.profile(), self._settings.limits(), self._settings.calendar()
        lines: list[SuggestionLine] = []
        for one in suggestions:
            case = cases.get(one.opinion_id)
            if case is not None and is_handled_as_suggestion(case):
                clock = answer_clock(case.progress, limits, calendar, case.category)
                lines.append(suggestion_line(one, case, len(lines) + 1, clock, profile))
        return lines

    # Writing

    def convert(self, case_id: int, move: MoveDraft, draft: SuggestionDraft) -> Done[Case]:
        """Hand an opinion over as a deputies' suggestion, in one step; it stays the same 件.

        Args:
            move: the hand-over, with tier ``SUGGESTION``.

        Raises:
            InvalidInput: the move is not allowed now, or a field of either is wrong.
        """
        case = self._cases.case(case_id)
        draft = self._complete(draft, case.title)
        refuse(
            [*self._opinions.problems(case, move), *self._problems(draft, case_id), *_order_problems(draft, case, move)]
        )
        label = f"转为{SUGGESTION_KIND_LABELS[draft.kind]} {case.number}"
        with self._file.write(label) as step:
            self._opinions.move(case_id, move)
            self._records.save(step, case_id, draft)
        return Done(self._cases.case(case_id), f"已{label}", frozenset({OPINIONS}), step.id)

    def save(self, case_id: int, draft: SuggestionDraft) -> Done[Case]:
        """Correct the facts of a suggestion, or write them down for a matter that was handed over without them.

        Raises:
            InvalidInput: with every problem of every field.
        """
        case = self._cases.case(case_id)
        known = self._records.of_opinion(case_id)
        if not is_handled_as_suggestion(case) or (known is None and case.progress.tier is None):
            raise invalid("move", "此件没有转为代表建议；请先用“交办 / 转办”转为代表建议。")
        draft = self._complete(draft, case.title)
        refuse([*self._problems(draft, case_id), *_order_problems(draft, case, None)])
        label = f"更正{SUGGESTION_KIND_LABELS[draft.kind]} {case.number}"
        with self._file.write(label) as step:
            self._records.save(step, case_id, draft)
        return Done(self._cases.case(case_id), f"已{label}", frozenset({OPINIONS}), step.id)

    def register(self, draft: OwnSuggestionDraft) -> Done[int]:
        """Register deputies' own suggestion or bill: the opinion, what makes it one, and its hand-over, in one step.

        Returns:
            The opinion's id.

        Raises:
            InvalidInput: with the problems of the fields.
        """
        suggestion = self._complete(draft.suggestion, "")
        problems = self._problems(suggestion, None)
        if not clean(draft.words):
            problems.append(FieldProblem("words", "请填写建议的正文。"))
        if draft.handed_on and draft.handed_on < suggestion.submitted_on:
            problems.append(FieldProblem("handed_on", "交办日期不能早于提交日期。"))
        if draft.unit_id and not draft.handed_on:
            problems.append(FieldProblem("handed_on", "选了主办单位，请填写交办日期。"))
        refuse(problems)
        right = Right.KEEP if draft.handed_on else Right.REGISTER
        with self._file.write(f"登记{SUGGESTION_KIND_LABELS[suggestion.kind]}", right) as step:
            case_id = self._add_opinion(draft, suggestion)
            self._records.save(step, case_id, suggestion)
            if draft.handed_on:
                self._hand_over(case_id, draft)
        number = self._cases.number(case_id)
        told = f"已登记{SUGGESTION_KIND_LABELS[suggestion.kind]} {number}"
        return Done(case_id, told, frozenset({OPINIONS}), step.id)

    def record_meeting(self, case_id: int, on: str, person: str = "", text: str = "") -> Done[Case]:
        """Record that the handling unit talked with the deputies (面商); it stands on the timeline too.

        Args:
            on: ISO date; it may lie before the answer and be entered after it.
            person: who came and whom they met.
            text: what was said.

        Raises:
            InvalidInput: the matter is no suggestion or is over, or a field is wrong.
        """
        case = self._cases.case(case_id)
        suggestion = self._known(case)
        person, text = clean_line(person), clean(text)
        refuse(
            [
                *meeting_problems(suggestion, case, on, self._file.clock.today()),
                text_problem("person", "面商人", person, LINE_LIMIT),
                text_problem("text", "面商情况", text, WORDS_LIMIT),
            ]
        )
        label = f"登记面商 {case.number}"
        event = Event(EventKind.INTERIM, on, person=person, text=text, way=MEETING_WAY)
        with self._file.write(label) as step:
            self._cases.add_event(step, case_id, event, self._file.operator)
        return Done(self._cases.case(case_id), f"已{label}", frozenset({OPINIONS}), step.id)

    # Its paper

    def paper(self, case_id: int) -> "SuggestionPaper":
        """Return the form of a suggestion (专用纸), filled in; nothing is written.

        Raises:
            InvalidInput: the matter is no suggestion.
        """
        case = self._cases.case(case_id)
        deputies = {deputy.id: deputy for deputy in self._deputies.all()}
        return compose_paper(self._known(case), case, deputies, self._settings.profile())

    def pdf(self, paper: "SuggestionPaper") -> bytes:
        """Return a form as a PDF; reads nothing, for the worker thread."""
        from station_app.documents.suggestion_paper import suggestion_pdf

        return suggestion_pdf(paper)

    def unprintable(self, paper: "SuggestionPaper") -> list[str]:
        """Return the characters of a form that no face has; they are printed as 〓."""
        from station_app.documents.suggestion_paper import unprintable

        return sorted(unprintable(paper))

    def note_printed(self, case_id: int) -> Done[None]:
        """Note on the timeline that the form was printed."""
        number = self._cases.number(case_id)
        with self._file.write(f"打印{FORM_WORD} {number}") as step:
            event = Event(EventKind.PRINTED, self._file.clock.today().isoformat(), text=f"代表建议{FORM_WORD}")
            self._cases.add_event(step, case_id, event, self._file.operator)
        return Done(None, f"已打印{FORM_WORD} {number}", frozenset({OPINIONS}), step.id)

    # Behind the desk

    def _complete(self, draft: SuggestionDraft, title: str) -> SuggestionDraft:
        """Return a draft as it is stored; without a title of its own it bears the opinion's."""
        draft = cleaned(draft)
        return draft if draft.title else replace(draft, title=title)

    def _problems(self, draft: SuggestionDraft, case_id: int | None) -> list[FieldProblem]:
        profile, today = self._settings.profile(), self._file.clock.today()
        problems = draft_problems(draft, self._deputies.all(), profile, today)
        others = [one for one in self._records.all() if one.opinion_id != case_id]
        taken = number_problem(draft, others)
        return [*problems, taken] if taken else problems

    def _known(self, case: Case) -> Suggestion:
        suggestion = self._records.of_opinion(case.id)
        if suggestion is None or not is_handled_as_suggestion(case):
            raise invalid("move", "请先补登代表建议的届次、领衔代表，再登记面商、打印专用纸。")
        return suggestion

    def _add_opinion(self, draft: OwnSuggestionDraft, suggestion: SuggestionDraft) -> int:
        opinion = DeputyOpinionDraft(
            suggestion.submitted_on, suggestion.leader_id, draft.words, suggestion.title, draft.category, "建议",
            village=draft.village,
        )  # fmt: skip
        try:
            return self._opinions.register_deputy_opinion(opinion).value
        except InvalidInput as wrong:
            raise InvalidInput(
                FieldProblem(_FIELDS_OF_OPINION.get(one.field, one.field), one.message) for one in wrong.problems
            ) from wrong

    def _hand_over(self, case_id: int, draft: OwnSuggestionDraft) -> None:
        move = MoveDraft(
            Move.HAND_OVER, draft.handed_on, tier=Tier.SUGGESTION, unit_id=draft.unit_id,
            assisting_ids=draft.assisting_ids,
        )  # fmt: skip
        try:
            self._opinions.move(case_id, move)
        except InvalidInput as wrong:
            raise InvalidInput(
                FieldProblem("handed_on" if one.field == "on" else one.field, one.message) for one in wrong.problems
            ) from wrong


def _order_problems(draft: SuggestionDraft, case: Case, move: MoveDraft | None) -> list[FieldProblem]:
    """Return what is wrong with the order of the days: raised, put forward, handed over."""
    problems = []
    if draft.submitted_on < case.raised_on:
        problems.append(FieldProblem("submitted_on", f"提交日期不能早于意见提出的 {case.raised_on}。"))
    handed_on = move.on if move else case.progress.first_handed_on
    if handed_on and draft.submitted_on > handed_on:
        problems.append(FieldProblem("submitted_on", f"提交日期不能晚于交办的 {handed_on}。"))
    return problems
