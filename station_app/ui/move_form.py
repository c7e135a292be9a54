"""The short form of one move: opened in the panel, saved by one service call."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from station_app.domain.deadlines import answer_clock
from station_app.domain.events import SATISFACTION_LABELS, UNREACHABLE_WAY, Satisfaction
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.opinion import Case
from station_app.domain.progress import Progress, State
from station_app.domain.station import StaffPost, StationProfile, Tier, Unit
from station_app.domain.text import LINE_LIMIT
from station_app.services.attachments_desk import Packed
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui import rare_moves
from station_app.ui.attachments_strip import AttachmentsStrip
from station_app.ui.cards import label
from station_app.ui.fields import (
    CheckField,
    Choice,
    ChoiceField,
    DateField,
    FormPanel,
    LineField,
    MultiChoiceField,
    SegmentField,
    TextField,
)
from station_app.ui.form_draft import DraftPlace
from station_app.ui.messages import Messages
from station_app.ui.suggestion_fields import SuggestionFields

ANSWERS = frozenset({Move.ANSWER_ON_SPOT, Move.INTERIM, Move.ANSWER})
"""Moves to which files may be attached: the unit's letter, photos of what was done."""

FEEDBACK_WAYS = ("电话", "当面", "书面", "微信", UNREACHABLE_WAY)
URGING_WAYS = ("电话", "书面", "当面", "微信")
DECISIONS = ("同意", "同意拟办意见", "同意，请抓紧办理", "请再研究")
_MOST_LISTED = 3
_RATINGS = [
    (rating, SATISFACTION_LABELS[rating])
    for rating in (Satisfaction.SATISFIED, Satisfaction.FAIRLY, Satisfaction.DISSATISFIED)
]


class MoveForm(FormPanel):
    """The form of one move with one matter, or with several at once.

    Args:
        cases: one matter, or several that allow the move.
        move: what is to be recorded.
    """

    kind = "move"
    asks_signers = True
    """Whether a hand-over as a deputies' suggestion asks for its session and signers."""

    def __init__(self, cases: Sequence[Case], move: Move, desks: Desks, messages: Messages) -> None:
        self._cases = tuple(cases)
        self._desks = desks
        self._strip: AttachmentsStrip | None = None
        self._along: tuple[int, ...] = ()
        self._suggestion: SuggestionFields | None = None
        self.what = move
        title = f"一起{MOVE_LABELS[move]} {len(cases)} 件" if len(cases) > 1 else MOVE_LABELS[move]
        super().__init__(title, self._record, messages)
        self._profile: StationProfile = desks.settings.profile()
        self._units = [unit for unit in desks.settings.units() if not unit.retired]
        self.set_note(cases[0].number if len(cases) == 1 else "")
        self.add_widget(label(_matters(self._cases), "muted", wrap=True))
        (_BUILDERS.get(move) or rare_moves.BUILDERS[move])(self)
        self.mark_clean()
        uids = [case.uid for case in cases]
        about = {"cases": uids, "move": move.value}
        self.keep_drafts(desks, DraftPlace(self.kind, "opinions", f"{move}:{','.join(uids)}", about))

    @property
    def case_ids(self) -> tuple[int, ...]:
        """Ids of the matters it is about."""
        return tuple(case.id for case in self._cases)

    @property
    def main_id(self) -> int:
        """Id of the matter chosen to merge into; 0 for any other move."""
        return (self.fields["main_id"].value() or 0) if self.what is Move.MERGE else 0

    @property
    def case(self) -> Case:
        """The matter it is about, or the first of several."""
        return self._cases[0]

    @property
    def operator(self) -> str:
        """Name of who works with the file."""
        return self._desks.operator

    def today(self) -> date:
        """Return the day of the clock."""
        return self._desks.clock.today()

    def heads(self) -> list[str]:
        """Return who may sign."""
        return [one.name for one in self._desks.settings.staff() if one.post is not StaffPost.HELPER]

    @property
    def desks(self) -> Desks:
        """The desks of the open station."""
        return self._desks

    # What the forms are made of

    def _study(self) -> None:
        proposal = self.add("text", TextField("拟办意见", required=True, placeholder="如：拟交镇城建办办理"))
        if len(self._cases) == 1:
            proposal.set_value(self._cases[0].progress.proposal)
        self.add("decision", ChoiceField("审批意见", DECISIONS, free=True))
        self.add("person", ChoiceField("签批人", self.heads(), free=True))
        self.add_day()

    def _hand_over(self) -> None:
        tiers = [(Tier.VILLAGE, "村(居)"), (Tier.TOWNSHIP, self._profile.tier_word), (Tier.COUNTY, "报县人大")]
        alone = len(self._cases) == 1  # each suggestion has a title and deputies of its own
        if alone:
            tiers.append((Tier.SUGGESTION, "代表建议"))
        self._tier = self.add("tier", SegmentField("办理层级", tiers, required=True))
        known = self._desks.suggestions.of_case(self.case.id) if alone and self.asks_signers else None
        self._tier.set_value(Tier.SUGGESTION if known else Tier.TOWNSHIP)
        if alone and self.asks_signers:
            self._suggestion = SuggestionFields(self, self._desks, "不填的用意见的标题")
            self._suggestion.begin(known)
        self._unit = self.add("unit_id", ChoiceField("承办单位", required=True, placeholder="输入拼音首字母或名称"))
        self._contact = label("", "small", wrap=True)
        self.add_widget(self._contact, under_fields=True)
        self._assisting = self.add("assisting_ids", MultiChoiceField("协办单位"))
        self._separate = self.add("separate_ids", MultiChoiceField("分别办理"))
        self.add_day()
        self._due = self.add("due_on", DateField("办理期限", self._desks.clock.today))
        self._why = label("", "small", wrap=True)
        self.add_widget(self._why, under_fields=True)
        self.add("text", TextField("交办要求", least=2))
        self._usual_due = ""
        villages = {case.village for case in self._cases}
        self._village = villages.pop() if len(villages) == 1 else ""
        self._tier.changed.connect(self._tier_changed)
        self._unit.changed.connect(self._say_contact)
        self.fields["on"].changed.connect(self._reckon_due)
        self._tier_changed()

    def _answer_on_spot(self) -> None:
        self.add("text", TextField("答复内容", required=True))
        given = self.add("answer_class", ChoiceField("答复类别", self._classes(), required=True))
        given.set_value("A")
        answerer = self.add("person", LineField("答复人"))
        answerer.set_value("、".join(self._cases[0].receivers))
        self.add("satisfaction", ChoiceField("满意度", _RATINGS[:2], placeholder="未评价的不填"))
        self.add_day()
        self.add_widget(label("保存后即答复、反馈、办结。当场不满意的，请改用“交办 / 转办”。", "small", wrap=True))

    def _assign_at_county(self) -> None:
        county = [_unit_choice(unit) for unit in self._units if unit.tier is Tier.COUNTY]
        unit = self.add("unit_id", ChoiceField("县级承办单位", county, required=True))
        if len(self._cases) == 1:
            unit.set_value(self._cases[0].progress.unit_id)
        self.add_day("县级交办日期")
        self.add("text", TextField("备注", least=2))

    def _ask_unit(self, caption: str) -> None:
        way = self.add("way", ChoiceField("方式", URGING_WAYS, free=True))
        way.set_value(URGING_WAYS[0])
        self.add("person", LineField("对方联系人"))
        self.add("text", TextField(caption, least=2))
        self.add_day()

    def _interim(self) -> None:
        self.add("text", TextField("阶段性答复", required=True))
        self.add("person", LineField("承办人"))
        self.add("phone", LineField("联系电话"))
        self.add_day()
        self.add_widget(label("阶段性答复不停止计时。", "small"))

    def _answer(self) -> None:
        keys = "、".join(self._desks.settings.answer_classes().keys)
        given = self.add(
            "answer_class", ChoiceField("答复类别", self._classes(), required=True, placeholder=f"输入 {keys}")
        )
        self.add("text", TextField("答复内容", required=True))
        progress = self._cases[0].progress
        unit = self.add("unit_id", ChoiceField("答复单位", [_unit_choice(one) for one in self._units]))
        if len(self._cases) > 1:
            unit.edit.setPlaceholderText("不填的，各由其承办单位答复")
            progress = replace(progress, unit_id=None, waited_for=())
        waited_for = next((one.id for one in self._units if one.name in progress.waited_for), progress.unit_id)
        unit.set_value(waited_for)
        known = next((one for one in self._units if one.id == waited_for), None)
        self.add("person", LineField("承办人")).set_value(known.contact if known else "")
        self.add("phone", LineField("联系电话")).set_value(known.call if known else "")
        self.add_day("答复日期")
        promised = DateField("承诺办成", self._desks.clock.today)
        promised.edit.setPlaceholderText("有承诺的填日期，到期提醒")
        self.add("due_on", promised)

        def class_changed() -> None:
            found = self._desks.settings.answer_classes().one(given.value() or "")
            may = found is None or found.may_promise
            self.grid.show_field(promised, shown=may)
            if not may:
                promised.set_value("")

        given.changed.connect(class_changed)

    def _feed_back(self) -> None:
        way = self.add("way", ChoiceField("反馈方式", FEEDBACK_WAYS, required=True))
        person = self.add("person", LineField("反馈人"))
        person.set_value(self._desks.operator)
        caption = "办理结果" if self._is_suggestion() else "满意度"
        rating = self.add("satisfaction", ChoiceField(caption, _RATINGS, placeholder="当时就评价的，一并登记"))
        self._ask_attitude()
        self.add("text", TextField("反馈情况", least=2, placeholder="不满意的写明原因"))
        self.add_day("反馈日期")
        hint = label("“无法联系”按已反馈办结，不再等评价。", "small", wrap=True)
        hint.hide()
        self.add_widget(hint, under_fields=True)

        def way_changed() -> None:
            unreachable = way.value() == UNREACHABLE_WAY
            hint.setVisible(unreachable)
            self.grid.show_field(rating, shown=not unreachable)
            if unreachable:
                rating.set_value(None)

        way.changed.connect(way_changed)
        rating.changed.connect(lambda: self._need_reason(rating))

    def _rate(self) -> None:
        caption = "办理结果" if self._is_suggestion() else "满意度"
        rating = self.add("satisfaction", ChoiceField(caption, _RATINGS, required=True))
        self._ask_attitude()
        self.add("way", ChoiceField("方式", FEEDBACK_WAYS[:-1], free=True))
        self.add("text", TextField("评价意见", least=2, placeholder="不满意的写明原因，转为重新办理"))
        self.add_day("评价日期")
        rating.changed.connect(lambda: self._need_reason(rating))

    def _is_suggestion(self) -> bool:
        return all(case.progress.tier is Tier.SUGGESTION for case in self._cases)

    def _ask_attitude(self) -> None:
        """Ask the deputies' judgement of the attitude too; it is asked about suggestions only."""
        if self._is_suggestion():
            self.add("attitude", ChoiceField("办理态度", _RATINGS, placeholder="对承办单位的态度"))

    def take_attachments(self, strip: AttachmentsStrip) -> None:
        """Let files be added that will belong to the answer once it is saved."""
        self._strip = strip
        self.add_widget(strip, under_fields=True)

    def take_along(self, joined: Sequence[Case]) -> None:
        """Offer to record the same answer for the matters that are merged into this one."""
        if joined and len(self._cases) == 1:
            self._along = tuple(case.id for case in joined)
            who = "、".join(case.petitioner for case in joined[:_MOST_LISTED])
            more = "等" if len(joined) > _MOST_LISTED else ""
            also = self.add("also", CheckField("并入的件", f"也记同样的答复（{len(joined)} 件：{who}{more}）"))
            also.set_value(value=True)
            self.add_widget(label("每件各记一步，反馈和评价仍分别登记。", "small", wrap=True), under_fields=True)
            self.mark_clean()

    def is_changed(self) -> bool:
        """Tell whether something is typed or added that is not saved."""
        return super().is_changed() or bool(self._added())

    def _added(self) -> list[Packed]:
        return self._strip.pending() if self._strip else []

    # How they behave

    def add_day(self, caption: str = "日期") -> None:
        """Add the day the move happened, today unless changed."""
        day = self.add("on", DateField(caption, self._desks.clock.today, required=True))
        day.set_value(self._desks.clock.today())

    def _classes(self) -> list[tuple[str, str]]:
        return [(one.key, f"{one.key}　{one.words}") for one in self._desks.settings.answer_classes().classes]

    def _need_reason(self, rating: ChoiceField) -> None:
        self.fields["text"].set_required(rating.value() is Satisfaction.DISSATISFIED)

    def _tier_changed(self) -> None:
        """Offer the units of the tier; what goes to the county goes to its standing committee."""
        tier = self._tier.value()
        suggested = tier is Tier.SUGGESTION
        if self._suggestion is not None:
            self._suggestion.show(shown=suggested)
        fitting = [unit for unit in self._units if unit.tier is tier or (suggested and unit.tier is not Tier.VILLAGE)]
        self._unit.set_required(not suggested)
        self._unit.set_choices([_unit_choice(unit) for unit in fitting])
        for others in (self._assisting, self._separate):
            others.set_choices([_unit_choice(unit) for unit in self._units])
        has_units = tier is not Tier.COUNTY
        self.grid.show_field(self._unit, shown=has_units)
        self.grid.show_field(self._assisting, shown=has_units)
        self.grid.show_field(self._separate, shown=has_units and not suggested)
        if not has_units:
            self._unit.set_value(None)
            self._assisting.set_value(())
        if not has_units or suggested:
            self._separate.set_value(())
        elif tier is Tier.VILLAGE and self._unit.value() is None:
            own = (unit.id for unit in fitting if self._village and unit.name.startswith(self._village))
            self._unit.set_value(next(own, None))
        self._say_contact()
        self._reckon_due()

    def _say_contact(self) -> None:
        """Show whom to call at the chosen unit."""
        tier = self._tier.value()
        if tier is Tier.COUNTY:
            said = f"转请{self._profile.county_name or '县'}人大常委会办理；县级承办单位待其交办后登记。"
        elif tier is Tier.SUGGESTION:
            said = "按代表建议、批评和意见办理，仍是同一件。"
        else:
            unit = next((one for one in self._units if one.id == self._unit.value()), None)
            said = f"联系人 {unit.contact or '—'}　{unit.call}" if unit else ""
            if not any(one.tier is tier for one in self._units):
                said = "还没有这一级的承办单位，请先在“设置”里添加。"
        self._contact.setText(said)
        self._contact.setVisible(bool(said))

    def _reckon_due(self) -> None:
        """Show the usual limit with its reason; a date the clerk typed stays."""
        typed = self._due.value()
        own = bool(typed) and typed != self._usual_due
        on = self.fields["on"].value()
        clock = answer_clock(
            _as_if_handed_over(self._cases[0].progress, self._tier.value(), on),
            self._desks.settings.limits(),
            self._desks.settings.calendar(),
            self.case.category,
        ) if on else None  # fmt: skip
        self._usual_due = clock.due_on.isoformat() if clock else ""
        if not own:
            self._due.set_value(self._usual_due)
        self._why.setText(f"默认 {self._usual_due}：{'；'.join(clock.why)}。" if clock else "")

    # Saving

    def draft(self, values: dict[str, Any]) -> MoveDraft:
        """Return what is typed; a limit left at the usual one is none of its own."""
        own = values if self._suggestion is None else self._suggestion.others(values)
        filled = {key: value for key, value in own.items() if value is not None and key != "also"}
        if self.what is Move.HAND_OVER and filled.get("due_on") == self._usual_due:
            filled["due_on"] = ""
        return MoveDraft(self.what, **filled)

    def _record(self, values: dict[str, Any]) -> Done[Any]:
        draft = self.draft(values)
        if self.what is Move.MERGE:
            return self._desks.merging.merge(self.case_ids, draft)
        if len(self._cases) > 1:
            return self._desks.opinions.move_many([case.id for case in self._cases], draft)
        case = self._cases[0]
        also = self._along if values.get("also") else ()

        def move() -> Done[Case]:
            if also:
                return self._desks.merging.answer(case.id, draft, also)
            return self._desks.opinions.move(case.id, draft)

        if self._suggestion is not None and draft.tier is Tier.SUGGESTION:
            return self._desks.suggestions.convert(case.id, draft, self._suggestion.draft(values))
        if not (added := self._added()):
            return move()
        return self._desks.attachments.attach_to_answer(f"{MOVE_LABELS[self.what]} {case.number}", move, added)


_BUILDERS: dict[Move, Callable[[MoveForm], None]] = {
    Move.STUDY: MoveForm._study,
    Move.HAND_OVER: MoveForm._hand_over,
    Move.ANSWER_ON_SPOT: MoveForm._answer_on_spot,
    Move.ASSIGN_AT_COUNTY: MoveForm._assign_at_county,
    Move.URGE: partial(MoveForm._ask_unit, caption="催办情况"),
    Move.INQUIRE: partial(MoveForm._ask_unit, caption="询问情况"),
    Move.INTERIM: MoveForm._interim,
    Move.ANSWER: MoveForm._answer,
    Move.FEED_BACK: MoveForm._feed_back,
    Move.RATE: MoveForm._rate,
}


def _matters(cases: Sequence[Case]) -> str:
    """Say which matters the form is about."""
    shown = [f"{case.number}　{case.title}" if len(cases) > 1 else case.title for case in cases[:_MOST_LISTED]]
    more = [f"…… 等 {len(cases)} 件"] if len(cases) > _MOST_LISTED else []
    return "\n".join(shown + more)[: LINE_LIMIT * 2]


def _unit_choice(unit: Unit) -> Choice:
    return Choice(unit.id, unit.name, f"{unit.contact} {unit.call}".strip())


def _as_if_handed_over(progress: Progress, tier: Tier, on: str) -> Progress:
    """Return where a matter would stand once it is handed over, to reckon the usual limit."""
    return replace(
        progress,
        state=State.HANDLING,
        tier=tier,
        handed_on=on,
        first_handed_on=progress.first_handed_on or on,
        rehandled_on="",
        extended_to="",
        extensions=0,
    )
