"""The forms of deputies' suggestions: registering deputies' own, correcting the facts, recording 面商."""

from typing import Any

from station_app.domain.operators import Right
from station_app.domain.opinion import Case
from station_app.domain.station import ListKey, Tier
from station_app.services.done import Done
from station_app.services.suggestion_desk import OwnSuggestionDraft
from station_app.station import Desks
from station_app.ui.cards import label
from station_app.ui.fields import (
    Choice,
    ChoiceField,
    DateField,
    FormPanel,
    LineField,
    MultiChoiceField,
    TextField,
)
from station_app.ui.form_draft import DraftPlace
from station_app.ui.messages import Messages
from station_app.ui.suggestion_fields import SuggestionFields


class OwnSuggestionForm(FormPanel):
    """Registers deputies' own suggestion or bill, which no voter's opinion stands behind."""

    kind = "own_suggestion"

    def __init__(self, desks: Desks, messages: Messages) -> None:
        super().__init__("登记代表建议", self._register, messages)
        self._desks = desks
        settings = desks.settings
        villages = [(one.short_name or one.name) for one in settings.villages() if not one.retired]
        units = [
            Choice(one.id, one.name) for one in settings.units() if not one.retired and one.tier is not Tier.VILLAGE
        ]
        self._suggestion = SuggestionFields(self, desks)
        self.add("words", TextField("正文", required=True, least=5, placeholder="情况、问题和具体建议"))
        self.add_pair(
            ("category", ChoiceField("类别", settings.labels(ListKey.CATEGORY))),
            (
                "village",
                ChoiceField(settings.profile().village_word, villages, placeholder=settings.profile().whole_place),
            ),
        )
        self.add("handed_on", DateField("交办日期", desks.clock.today))
        self.add("unit_id", ChoiceField("主办单位", units, placeholder="输入拼音首字母或名称"))
        self.add("assisting_ids", MultiChoiceField("协办单位", units))
        self.add_widget(
            label("还没有交办的，交办日期和单位先空着，以后用“交办 / 转办”登记。", "small", wrap=True),
            under_fields=True,
        )
        self._suggestion.begin(None)
        self.mark_clean()
        self.keep_drafts(desks, DraftPlace(self.kind, "opinions", right=Right.REGISTER))

    def _register(self, values: dict[str, Any]) -> Done[int]:
        filled = {key: value for key, value in self._suggestion.others(values).items() if value is not None}
        return self._desks.suggestions.register(OwnSuggestionDraft(self._suggestion.draft(values), **filled))


class CorrectSuggestionForm(FormPanel):
    """Corrects the facts of one suggestion, or writes them down where they are missing."""

    kind = "correct_suggestion"

    def __init__(self, case: Case, desks: Desks, messages: Messages) -> None:
        super().__init__("更正代表建议", self._save_facts, messages)
        self._case = case
        self._desks = desks
        known = desks.suggestions.of_case(case.id)
        self.set_note(case.number)
        self._suggestion = SuggestionFields(self, desks, "不填的用意见的标题")
        self._suggestion.begin(known, case.title)
        if known is None:
            self.fields["submitted_on"].set_value(case.progress.first_handed_on)
        self.mark_clean()
        self.keep_drafts(desks, DraftPlace(self.kind, "opinions", case.uid))

    def _save_facts(self, values: dict[str, Any]) -> Done[Case]:
        draft = self._suggestion.draft(values)
        return self._desks.suggestions.save(self._case.id, draft)


class MeetingForm(FormPanel):
    """Records that the handling unit talked with the deputies (面商)."""

    kind = "suggestion_meeting"

    def __init__(self, case: Case, desks: Desks, messages: Messages) -> None:
        super().__init__("登记面商", self._record, messages)
        self._case = case
        self._desks = desks
        known = desks.suggestions.of_case(case.id)
        self.set_note(case.number)
        self.add_widget(label(known.title if known else case.title, "muted", wrap=True))
        day = self.add("on", DateField("面商日期", desks.clock.today, required=True))
        day.set_value(desks.clock.today())
        person = self.add("person", LineField("面商人", wide=True, placeholder="承办单位和代表各是谁"))
        person.set_value(f"{case.progress.unit}与{known.leader}" if known and case.progress.unit else "")
        self.add("text", TextField("面商情况", least=3))
        self.mark_clean()
        self.keep_drafts(desks, DraftPlace(self.kind, "opinions", case.uid))

    def _record(self, values: dict[str, Any]) -> Done[Case]:
        return self._desks.suggestions.record_meeting(
            self._case.id, values["on"] or "", values["person"] or "", values["text"] or ""
        )
