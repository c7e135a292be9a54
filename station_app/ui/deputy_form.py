"""The form that adds a deputy to the roster or corrects the entry."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from PySide6.QtWidgets import QWidget

from station_app.domain.people import Deputy, Gender, Level, Mandate, Placement, level_label
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Notice, label, link_button
from station_app.ui.fields import CheckField, ChoiceField, DateField, FormPanel, LineField, NumberField, SegmentField
from station_app.ui.form_draft import DraftPlace
from station_app.ui.leaves_field import LeavesField
from station_app.ui.mandates_field import MandatesField
from station_app.ui.page import Shell
from station_app.ui.rows_field import RowsField
from station_app.ui.theme import Tone, px
from station_app.ui.usual_mandate import UsualMandate

_MONTH = re.compile(r"([12][0-9]{3})\D{0,2}([0-9]{1,2})\D?")
_PARTIES = ("中共党员", "群众", "共青团员", "民革党员", "民盟盟员", "民建会员", "民进会员", "农工党党员", "无党派人士")
_EDUCATION = ("小学", "初中", "高中", "中专", "大专", "本科", "研究生")
_PLAIN = (
    "name", "gender", "birth_month", "ethnicity", "party", "education", "post", "phone", "phone2", "phone_public",
    "skills", "languages", "duty_wishes", "village_id", "remark", "mandates", "leaves", "id_number", "address",
)  # fmt: skip
_SELDOM = ("came_on", "came_from", "id_number", "address", "remark")
"""Hidden under 更多 until needed."""


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
        self._known = desks.roster.deputies()
        self._same_card = Notice(Tone.WARNING)
        self._more = link_button("更多：转入、备注等", self.show_more)
        self._add_fields()
        self.begin(deputy)
        self.keep_drafts(desks, DraftPlace(self.kind, "roster", self._deputy.uid))
        self._arrange_tabs()
        for rows in (self.mandates, self.leaves):
            rows.rows_changed.connect(self._arrange_tabs)
        self.mandates.changed.connect(self._look_for_same_card)

    def begin(self, deputy: Deputy | None = None) -> None:
        """Show an entry, or an empty form for the next one."""
        self._deputy = deputy or Deputy("")
        shown = self._deputy
        values: dict[str, Any] = {key: getattr(shown, key) for key in _PLAIN if key in self.fields}
        place = shown.placements[0] if shown.placements else Placement()
        values |= {"roster_order": shown.roster_order or None, "came_on": place.from_on, "came_from": place.came_from}
        self.clear(values)
        self._look_for_same_card()
        self._show_seldom(shown=any(values.get(key) for key in _SELDOM))

    def bring_back(self, body: dict[str, Any]) -> None:
        """See `FormPanel.bring_back`; what is filled in is in sight."""
        super().bring_back(body)
        if any(not self.fields[key].is_empty() for key in _SELDOM if key in self.fields):
            self._show_seldom(shown=True)

    def show_more(self) -> None:
        """Show the fields that are seldom needed."""
        self._show_seldom(shown=True)
        self.fields["came_on"].setFocus()

    def _show_seldom(self, *, shown: bool) -> None:
        for key in _SELDOM:
            if key in self.fields:
                self.grid.show_field(self.fields[key], shown=shown)
        self._more.setVisible(not shown)

    def _add_fields(self) -> None:
        villages = [(one.id, one.short_name) for one in self._desks.settings.villages() if not one.retired]
        self._add_person()
        self.mandates = self.add_block("mandates", self._mandates())
        self.add_widget(self._same_card)
        self._section("联系")
        self.add_pair(("phone", LineField("联系电话")), ("phone2", LineField("备用电话")))
        self.add("phone_public", CheckField("", "本人同意公开电话（印在公示牌上）"))
        self._section("履职")
        self.add("skills", LineField("专长", wide=True, placeholder="如 农技、法律、医疗"))
        self.add("languages", LineField("语言、方言", wide=True, placeholder="如 普通话、客家话"))
        self.add("duty_wishes", LineField("值班意愿", wide=True, placeholder="如 周末、圩日上午"))
        self.leaves = self.add_block("leaves", LeavesField(self._today))
        self._section("所属")
        order = NumberField("排序号", least=1, most=9999)
        order.setToolTip("花名册按排序号印；不填排在最后。")
        self.add_pair(("village_id", ChoiceField("所在村(居)", villages)), ("roster_order", order))
        self.add_widget(self._more, under_fields=True)
        came_on = DateField("转入日期", self._today)
        came_on.edit.setPlaceholderText("没有不填")
        came_on.setToolTip("从别处转到本站的，填转入的日子；之前不算本站代表。")
        self.add_pair(("came_on", came_on), ("came_from", LineField("从何处转入", placeholder="原来的联络站")))
        if self._deputy.id_number or self._deputy.address or self._desks.settings.preference("roster.private", False):
            self.add("id_number", LineField("身份证号", wide=True))
            self.add("address", LineField("住址", wide=True))
        self.add("remark", LineField("备注", wide=True))

    def _add_person(self) -> None:
        ethnicities = list(dict.fromkeys(["汉族", *(one.ethnicity for one in self._known if one.ethnicity)]))
        self.grid.add_widget(label("基本", "strong"))
        self.add_pair(
            ("name", LineField("姓名", required=True)),
            ("gender", SegmentField("性别", [(Gender.MALE, "男"), (Gender.FEMALE, "女"), (Gender.UNKNOWN, "未填")])),
        )
        self.add_pair(
            ("birth_month", MonthField("出生年月", placeholder="如 1978-05")),
            ("ethnicity", ChoiceField("民族", ethnicities, free=True)),
        )
        self.add_pair(
            ("party", ChoiceField("政治面貌", _PARTIES, free=True)),
            ("education", ChoiceField("学历", _EDUCATION, free=True)),
        )
        self.add("post", LineField("单位及职务", wide=True))

    def _section(self, word: str) -> None:
        title = label(word, "strong")
        title.setContentsMargins(0, px(8), 0, 0)
        self.add_widget(title)

    def _mandates(self) -> MandatesField:
        profile = self._desks.settings.profile()
        levels = [(level, level_label(level, profile.organ_kind)) for level in reversed(Level)]
        if not profile.has_congress:
            levels = levels[1:]
        on_record = self._desks.roster.terms()
        names = [profile.term_name, *(one.name for one in on_record)]
        terms = dict.fromkeys([*names, *(m.term for one in self._known for m in one.mandates)])
        usual = UsualMandate(profile, on_record, self._known, self._today().isoformat())
        return MandatesField(levels, [one for one in terms if one], usual.of, self._today)

    def _look_for_same_card(self) -> None:
        """Warn, without standing in the way, when another deputy of the same level and term has the same card number."""
        told = []
        for row in self.mandates.rows:
            own = row.entry()
            other = next((one for one in self._known if one.id != self._deputy.id and _has_card(one, own)), None)
            if other is not None:
                told.append(f"代表证号 {own.card_number} 与 {other.name} 的相同，请核对。")
        self._same_card.say("", "\n".join(told))

    def _arrange_tabs(self) -> None:
        """Let Tab walk the rows where they stand, though they are made after the later fields."""
        stops: list[QWidget] = []
        for key, field in self.fields.items():
            if key == "came_on":
                stops.append(self._more)
            stops += field.stops() if isinstance(field, RowsField) else [field.typing()]
        stops += [one for one in (self.next_button, self.save_button, self.cancel_button) if one is not None]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _save_deputy(self, values: dict[str, Any]) -> Done[int]:
        filled: dict[str, Any] = {
            key: ("" if value is None and key != "village_id" else value) for key, value in values.items()
        }
        filled["roster_order"] = values["roster_order"] or self._deputy.roster_order
        filled["placements"] = _with_arrival(self._deputy.placements, filled.pop("came_on"), filled.pop("came_from"))
        return self._desks.roster.save_deputy(replace(self._deputy, **filled))


def _has_card(deputy: Deputy, own: Mandate) -> bool:
    if not own.card_number:
        return False
    return any(
        (one.level, one.term, one.card_number) == (own.level, own.term, own.card_number) for one in deputy.mandates
    )


def _with_arrival(placements: Sequence[Placement], came_on: str, came_from: str) -> tuple[Placement, ...]:
    """Return the places with the first arrival as typed; a deputy who never moved has none."""
    first, *later = placements or [Placement()]
    arrived = replace(first, from_on=came_on, came_from=came_from)
    says_nothing = replace(arrived, id=0, uid="") == Placement()
    return tuple(later) if says_nothing else (arrived, *later)
