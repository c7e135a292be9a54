"""The form that corrects what the clerk wrote about a matter: title, category, village, urgency."""

from typing import Any

from station_app.domain.opinion import Case
from station_app.domain.station import ListKey
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import label
from station_app.ui.fields import CheckField, ChoiceField, FormPanel, LineField
from station_app.ui.form_draft import DraftPlace
from station_app.ui.messages import Messages


class CorrectOpinionForm(FormPanel):
    """Corrects one matter; the words are the visitor's own and stay."""

    kind = "correct_opinion"

    def __init__(self, case: Case, desks: Desks, messages: Messages) -> None:
        super().__init__("更正标题、类别", self._correct, messages)
        self._case = case
        self._desks = desks
        settings = desks.settings
        self.set_note(case.number)
        villages = [(one.short_name or one.name) for one in settings.villages() if not one.retired]
        self.add_widget(label(f"“{case.words}”", "muted", wrap=True))
        self.add("title", LineField("标题", required=True))
        self.add("category", ChoiceField("类别", settings.labels(ListKey.CATEGORY), required=True))
        self.add("village", ChoiceField("村(居)", villages, placeholder=settings.profile().whole_place))
        self.add("urgent", CheckField("紧急", "涉及安全或群体事项，当天交办"))
        self.set_values(
            {"title": case.title, "category": case.category, "village": case.village, "urgent": case.urgent}
        )
        self.keep_drafts(desks, DraftPlace(self.kind, "opinions", case.uid))

    def _correct(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.opinions.correct_words(
            self._case.id,
            values["title"],
            values["category"] or self._case.category,
            values["village"] or "",
            urgent=values["urgent"],
        )
