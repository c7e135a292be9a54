"""The form for what a deputy raises orally (代表意见)."""

from typing import Any

from station_app.domain.operators import Right
from station_app.domain.opinion import OPENNESS_LABELS
from station_app.domain.people import level_label
from station_app.domain.rooms import STATION_ITSELF
from station_app.domain.station import ListKey
from station_app.services.done import Done
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks
from station_app.ui.fields import (
    CheckField,
    Choice,
    ChoiceField,
    DateField,
    FormPanel,
    LineField,
    TextField,
)
from station_app.ui.form_draft import DraftPlace
from station_app.ui.messages import Messages
from station_app.ui.room_field import RoomField, villages_first_of


class DeputyOpinionForm(FormPanel):
    """Registers a deputy's own opinion; nothing but the deputy and the words is required."""

    kind = "deputy_opinion"

    def __init__(self, desks: Desks, messages: Messages) -> None:
        super().__init__("登记代表意见", self._register, messages, next_word="保存并登记下一件")
        self._desks = desks
        settings = desks.settings
        today = desks.clock.today()
        kind = settings.profile().organ_kind
        deputies = [
            Choice(one.id, one.name, "、".join(level_label(level, kind) for level in one.levels_on(today.isoformat())))
            for one in desks.roster.serving()
        ]
        self._rooms = desks.rooms.all()
        self._room = RoomField(self._rooms)
        self.add("proposer_id", ChoiceField("提出代表", deputies, required=True, placeholder="输入拼音首字母或姓名"))
        self.add("words", TextField("反映内容", required=True, least=4))
        self.add("title", LineField("标题", placeholder="不填的取首句"))
        self.add_pair(
            ("category", ChoiceField("类别", settings.labels(ListKey.CATEGORY))),
            ("nature", ChoiceField("诉求性质", settings.labels(ListKey.NATURE))),
        )
        profile = settings.profile()
        self._village = ChoiceField(profile.village_word, placeholder=profile.whole_place)
        self.add_pair(
            ("village", self._village), ("channel", ChoiceField("来源渠道", settings.labels(ListKey.CHANNEL)))
        )
        if self._rooms:
            self.add("room", self._room)
            self._room.changed.connect(self._offer_villages)
        self.add_pair(
            ("on", DateField("提出日期", desks.clock.today, required=True)),
            ("openness", ChoiceField("公开程度", list(OPENNESS_LABELS.items()))),
        )
        self.add("urgent", CheckField("紧急", "涉及安全或群体事项，当天交办", key="Alt+J"))
        self._usual: dict[str, Any] = {
            "on": today,
            "nature": "建议",
            "channel": "代表提出",
            "openness": next(iter(OPENNESS_LABELS)),
        }
        if self._rooms:
            self._usual["room"] = desks.rooms.last_of_opinions() or STATION_ITSELF
        self.set_values(self._usual)
        self._offer_villages()
        self.saved_next.connect(lambda _done: self.next())
        self.keep_drafts(desks, DraftPlace(self.kind, "opinions", right=Right.REGISTER))

    def _offer_villages(self) -> None:
        room = next((one for one in self._rooms if one.id == self._room.room_id()), None)
        self._village.set_choices(villages_first_of(room, self._desks.settings.villages()))

    def next(self) -> None:
        """Be ready for the next one, by the same deputy on the same day."""
        kept = {
            key: self.fields[key].value()
            for key in ("proposer_id", "on", "channel", *(["room"] if self._rooms else []))
        }
        self.clear({**self._usual, **kept})
        self.fields["words"].setFocus()

    def _register(self, values: dict[str, Any]) -> Done[int]:
        filled = {key: value for key, value in values.items() if value is not None and key != "room"}
        filled["room_id"] = self._room.room_id()
        return self._desks.opinions.register_deputy_opinion(DeputyOpinionDraft(**{"proposer_id": None, **filled}))
