"""The form that corrects what the clerk wrote about a matter: title, category, village, urgency."""

from typing import Any

from station_app.domain.opinion import Case
from station_app.domain.rooms import STATION_ITSELF
from station_app.domain.station import ListKey
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import label
from station_app.ui.fields import CheckField, ChoiceField, FormPanel, LineField
from station_app.ui.form_draft import DraftPlace
from station_app.ui.messages import Messages
from station_app.ui.room_field import RoomField, villages_first_of


class CorrectOpinionForm(FormPanel):
    """Corrects one matter; the words are the visitor's own and stay."""

    kind = "correct_opinion"

    def __init__(self, case: Case, desks: Desks, messages: Messages) -> None:
        super().__init__("更正标题、类别", self._correct, messages)
        self._case = case
        self._desks = desks
        settings = desks.settings
        self.set_note(case.number)
        rooms = desks.rooms.all()
        room = next((one for one in rooms if one.id == case.room_id), None)
        profile = settings.profile()
        villages = villages_first_of(room, settings.villages())
        self._room = RoomField(rooms, case.room_id)
        self._room.show_room(case.room_id)
        self.add_widget(label(f"“{case.words}”", "muted", wrap=True))
        self.add("title", LineField("标题", required=True))
        self.add("category", ChoiceField("类别", settings.labels(ListKey.CATEGORY), required=True))
        self.add("village", ChoiceField(profile.village_word, villages, placeholder=profile.whole_place))
        if rooms and case.visit_id is None:
            self.add("room", self._room)
        self.add("urgent", CheckField("紧急", "涉及安全或群体事项，当天交办"))
        self.set_values(
            {
                "title": case.title,
                "category": case.category,
                "village": case.village,
                "urgent": case.urgent,
                **({"room": case.room_id or STATION_ITSELF} if "room" in self.fields else {}),
            }
        )
        self.keep_drafts(desks, DraftPlace(self.kind, "opinions", case.uid))

    def _correct(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.opinions.correct_words(
            self._case.id,
            values["title"],
            values["category"] or self._case.category,
            values["village"] or "",
            urgent=values["urgent"],
            room=self._room.room_id() or STATION_ITSELF if "room" in self.fields else None,
        )
