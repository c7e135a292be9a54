"""The short forms of a check: what has changed, and why somebody was not reached."""

from dataclasses import replace
from typing import Any, Final

from station_app.domain.people import Deputy
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.fields import ChoiceField, FormPanel, LineField
from station_app.ui.form_draft import DraftPlace
from station_app.ui.page import Shell

_REASONS: Final = ("电话无人接听", "号码已停用", "外出务工", "已请本人回电", "住院")
_PLAIN: Final = (
    "phone", "phone2", "post", "village_id", "party", "education", "languages", "skills", "address", "remark",
)  # fmt: skip


class ChangedForm(FormPanel):
    """What a deputy said has changed; saving it is the check.

    Args:
        desks: the desks of the open station.
        shell: what the window lends.
        deputy: the entry as it stands.
    """

    kind = "check_changed"

    def __init__(self, desks: Desks, shell: Shell, deputy: Deputy) -> None:
        super().__init__(f"{deputy.name} 有变化", self._save_change, shell.messages, save_word="保存，下一位")
        self._desks = desks
        self._deputy = deputy
        known = desks.roster.deputies()

        def used(key: str) -> list[str]:
            return list(dict.fromkeys(str(getattr(one, key)) for one in known if getattr(one, key)))

        villages = [
            (one.id, one.short_name)
            for one in desks.settings.villages()
            if not one.retired or one.id == deputy.village_id
        ]
        self.add_pair(("phone", LineField("联系电话")), ("phone2", LineField("备用电话")))
        self.add("post", LineField("单位及职务", wide=True))
        self.add_pair(
            ("village_id", ChoiceField("所在村(居)", villages)),
            ("party", ChoiceField("政治面貌", used("party"), free=True)),
        )
        self.add_pair(
            ("education", ChoiceField("学历", used("education"), free=True)), ("languages", LineField("语言、方言"))
        )
        self.add("skills", LineField("专长", wide=True))
        if deputy.address or desks.settings.preference("roster.private", False):
            self.add("address", LineField("住址", wide=True))
        self.add("remark", LineField("备注", wide=True))
        self.add("note", LineField("核对说明", wide=True, placeholder="记在核对记录里，可以不填"))
        self.set_values({key: getattr(deputy, key) for key in _PLAIN if key in self.fields})
        self.keep_drafts(desks, DraftPlace(self.kind, "checking", deputy.uid))

    def _save_change(self, values: dict[str, Any]) -> Done[None]:
        note = values.pop("note")
        return self._desks.checking.change(replace(self._desks.roster.deputy(self._deputy.id), **values), note)


class UnreachedForm(FormPanel):
    """Why a deputy was not reached; the entry stays due.

    Args:
        desks: the desks of the open station.
        shell: what the window lends.
        deputy: who was not reached.
    """

    kind = "check_unreached"

    def __init__(self, desks: Desks, shell: Shell, deputy: Deputy) -> None:
        super().__init__(f"未联系上 {deputy.name}", self._save_note, shell.messages, save_word="记下，下一位")
        self._desks = desks
        self._deputy = deputy
        self.add("note", ChoiceField("情况", _REASONS, free=True, wide=True, placeholder="如：电话无人接听"))
        self.keep_drafts(desks, DraftPlace(self.kind, "checking", deputy.uid))

    def _save_note(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.checking.unreached(self._deputy.id, values["note"])
