"""The form that adds a deputy to the roster or corrects the entry."""

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QWidget

from station_app.domain.people import Deputy, Gender, Level, Mandate, level_label
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.fields import ChoiceField, FormPanel, LineField, NumberField, SegmentField
from station_app.ui.form_draft import DraftPlace
from station_app.ui.mandates_field import MandatesField
from station_app.ui.page import Shell

_MONTH = re.compile(r"([12][0-9]{3})\D{0,2}([0-9]{1,2})\D?")
_PARTIES = ("中共党员", "群众", "共青团员", "民革党员", "民盟盟员", "民建会员", "民进会员", "农工党党员", "无党派人士")
_EDUCATION = ("小学", "初中", "高中", "中专", "大专", "本科", "研究生")


class MonthField(LineField):
    """A month of birth, typed as 1978-05, 1978.5, 197805 or 1978年5月; the value is ``1978-05``."""

    def value(self) -> str:
        """Return the month as ISO text, or what is typed when it is none."""
        text = unicodedata.normalize("NFKC", super().value())
        found = _MONTH.fullmatch(text)
        return f"{found[1]}-{int(found[2]):02}" if found and 1 <= int(found[2]) <= 12 else text

    def own_problem(self) -> str:
        """Tell when the text is no month."""
        return "" if self.is_empty() or _MONTH.fullmatch(self.value()) else "出生年月请按 1978-05 的样子填写。"

    def leave(self) -> None:
        """Write the month in full."""
        if self.edit.text() != self.value():
            self.edit.setText(self.value())


class DeputyForm(FormPanel):
    """The form of one deputy.

    Args:
        desks: the desks of the open station.
        shell: what the window lends.
        deputy: the entry to correct, or None for a new one.
    """

    kind = "deputy"

    def __init__(self, desks: Desks, shell: Shell, deputy: Deputy | None = None) -> None:
        title = f"修改 {deputy.name}" if deputy else "新增代表"
        super().__init__(title, self._save_deputy, shell.messages, next_word="" if deputy else "保存并新增下一位")
        self._desks = desks
        self._today = shell.clock.today
        self._deputy = deputy or Deputy("")
        self._add_fields()
        self.begin(deputy)
        self.keep_drafts(desks, DraftPlace(self.kind, "roster", self._deputy.uid))
        self._arrange_tabs()
        self.mandates.rows_changed.connect(self._arrange_tabs)

    def begin(self, deputy: Deputy | None = None) -> None:
        """Show an entry, or an empty form for the next one."""
        self._deputy = deputy or Deputy("")
        shown = self._deputy
        self.clear(
            {
                "name": shown.name, "gender": shown.gender, "phone": shown.phone, "post": shown.post,
                "birth_month": shown.birth_month, "ethnicity": shown.ethnicity, "party": shown.party,
                "education": shown.education, "village_id": shown.village_id,
                "roster_order": shown.roster_order or None, "remark": shown.remark, "mandates": shown.mandates,
                **({"id_number": shown.id_number, "address": shown.address} if "id_number" in self.fields else {}),
            }
        )  # fmt: skip

    def _add_fields(self) -> None:
        known = self._desks.roster.deputies()
        ethnicities = list(dict.fromkeys(["汉族", *(one.ethnicity for one in known if one.ethnicity)]))
        villages = [(one.id, one.short_name) for one in self._desks.settings.villages() if not one.retired]
        self.add_pair(
            ("name", LineField("姓名", required=True)),
            ("phone", LineField("联系电话")),
        )
        self.add("gender", SegmentField("性别", [(Gender.MALE, "男"), (Gender.FEMALE, "女"), (Gender.UNKNOWN, "未填")]))
        self.add("post", LineField("单位及职务", wide=True))
        self.mandates = self.add_block("mandates", self._mandates(known))
        self.add_pair(
            ("birth_month", MonthField("出生年月", placeholder="如 1978-05")),
            ("ethnicity", ChoiceField("民族", ethnicities, free=True)),
        )
        self.add_pair(
            ("party", ChoiceField("政治面貌", _PARTIES, free=True)),
            ("education", ChoiceField("学历", _EDUCATION, free=True)),
        )
        order = NumberField("排序号", least=1, most=9999)
        order.setToolTip("花名册按排序号印；不填排在最后。")
        self.add_pair(("village_id", ChoiceField("所在村(居)", villages)), ("roster_order", order))
        if self._deputy.id_number or self._deputy.address or self._desks.settings.preference("roster.private", False):
            self.add("id_number", LineField("身份证号"))
            self.add("address", LineField("住址"))
        self.add("remark", LineField("备注", wide=True))

    def _mandates(self, known: list[Deputy]) -> MandatesField:
        profile = self._desks.settings.profile()
        own = Level.TOWNSHIP if profile.has_congress else Level.COUNTY
        levels = [(level, level_label(level, profile.organ_kind)) for level in reversed(Level)]
        if not profile.has_congress:
            levels = levels[1:]
        terms = dict.fromkeys([profile.term_name, *(m.term for one in known for m in one.mandates)])
        term = profile.term_name if profile.has_congress else ""
        usual = Mandate(own, term=term, from_on=profile.term_from if term else "")
        return MandatesField(levels, [one for one in terms if one], usual, self._today)

    def _arrange_tabs(self) -> None:
        """Let Tab walk the mandates where they stand, though rows are made after the later fields."""
        stops: list[QWidget] = []
        for field in self.fields.values():
            stops += field.stops() if isinstance(field, MandatesField) else [field.typing()]
        stops += [one for one in (self.next_button, self.save_button, self.cancel_button) if one is not None]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _save_deputy(self, values: dict[str, Any]) -> Done[int]:
        filled: dict[str, Any] = {
            key: ("" if value is None and key != "village_id" else value) for key, value in values.items()
        }
        filled["roster_order"] = values["roster_order"] or self._deputy.roster_order
        return self._desks.roster.save_deputy(replace(self._deputy, **filled))
