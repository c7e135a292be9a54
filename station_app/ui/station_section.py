"""设置 · 联络站: the station and its host organ, with the words that follow shown at once."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from station_app.domain.calendars import is_market_day, lunar_text
from station_app.domain.roster_order import ROSTER_ORDER_LABELS
from station_app.domain.station import (
    BRANCH_LABELS,
    ORGAN_KIND_LABELS,
    STATION_KIND_LABELS,
    Branch,
    OrganKind,
    StationProfile,
)
from station_app.services.done import Done
from station_app.services.settings_desk import ROSTER_ORDER
from station_app.station import Desks
from station_app.ui.cards import Notice
from station_app.ui.endings_field import EndingsField, endings_text
from station_app.ui.fields import CheckField, ChoiceField, DateField, FormPanel, LineField, NumberField, SegmentField
from station_app.ui.page import Shell
from station_app.ui.theme import Tone

MARKET_WORDS = ("圩日", "集日", "场日", "街日")
_DAYS_AHEAD = 31
_PRIVATE = "private"
_ORDER = "roster_order"


def resulting_words(profile: StationProfile) -> str:
    """Return the words that follow from the kind of the host organ, as screens and papers will use them."""
    organ = f"文书落款：{profile.organ}　　交办对象：{profile.government}"
    tier = f"办理层级：{profile.tier_word}　　不分{profile.village_word}的事项：{profile.whole_place}"
    note = "" if profile.has_congress else "\n街道和园区没有本级人民代表大会，代表层级里不出现乡镇一级。"
    return f"{organ}\n{tier}{note}"


def market_words(profile: StationProfile, today: date) -> str:
    """Return which days are market days and when the next ones are."""
    if not profile.market_endings:
        return f"没有设{profile.market_word}，日历上不标。"
    days = [
        day
        for ahead in range(_DAYS_AHEAD)
        if is_market_day(day := today + timedelta(days=ahead), profile.market_endings)
    ]
    shown = "、".join(f"{day.month}月{day.day}日（{lunar_text(day).removeprefix('农历')}）" for day in days[:3])
    return f"逢农历{endings_text(profile.market_endings)}为{profile.market_word}，接下来是 {shown}。"


class StationSection(FormPanel):
    """The form of the station.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("联络站", self._save_profile, shell.messages)
        self._desks = desks
        self._today = shell.clock.today
        self.words = Notice(Tone.INFO)
        self.market = Notice(Tone.QUIET)
        self._add_fields()
        self.changed.connect(self._show_words)
        self.reload()

    def _add_fields(self) -> None:
        self.add("name", LineField("联络站名称", required=True, wide=True))
        self.add_pair(
            ("kind", ChoiceField("站点类型", STATION_KIND_LABELS.items(), required=True)),
            ("code", LineField("简称代码", required=True, placeholder="编号里用，如 HX")),
        )
        self.add("branch", SegmentField("所在领域", BRANCH_LABELS.items()))
        self.add("organ_kind", SegmentField("所属机关", ORGAN_KIND_LABELS.items()))
        self.add_pair(
            ("organ_name", LineField("机关名称", placeholder="如 禾溪镇")),
            ("county_name", LineField("所在县区", placeholder="如 清源县")),
        )
        self.add_widget(self.words, under_fields=True)
        self.add_pair(("phone", LineField("联系电话")), ("population", NumberField("服务人口", most=10_000_000)))
        self.add("place", LineField("地点", wide=True))
        self.add_pair(
            ("market_word", ChoiceField("赶集的说法", MARKET_WORDS, free=True)),
            ("market_endings", EndingsField("农历尾数")),
        )
        self.add_widget(self.market, under_fields=True)
        self.add_pair(
            ("term_name", LineField("本届届次", placeholder="如 第十八届")),
            ("term_from", DateField("本届起始", self._today)),
        )
        self.add(_ORDER, SegmentField("名册排列", ROSTER_ORDER_LABELS.items()))
        self.add(_PRIVATE, CheckField("个人信息", "登记代表的身份证号和住址（默认不登记）"))

    def reload(self) -> None:
        """Show the station as it is kept."""
        profile = self._desks.settings.profile()
        kept = {key: getattr(profile, key) for key in self.fields if key not in {_PRIVATE, _ORDER}}
        self.set_values({**kept, **self._known()})
        self._show_words()

    def _known(self) -> dict[str, Any]:
        """Return the choices beside the profile, as they are kept."""
        settings = self._desks.settings
        return {_PRIVATE: settings.preference("roster.private", default=False), _ORDER: settings.roster_order()}

    def _typed(self) -> StationProfile:
        values = self.values()
        values.pop(_PRIVATE)
        values.pop(_ORDER)
        kind = values["kind"] or self._desks.settings.profile().kind
        values["organ_kind"] = OrganKind(values["organ_kind"])
        values["branch"] = Branch(values["branch"])
        values["market_word"] = values["market_word"] or MARKET_WORDS[0]
        return replace(self._desks.settings.profile(), **{**values, "kind": kind})

    def _show_words(self) -> None:
        profile = self._typed()
        self.words.say("", resulting_words(profile))
        self.market.say("", market_words(profile, self._today()))

    def _save_profile(self, values: dict[str, Any]) -> Done[None]:
        names = {_PRIVATE: "roster.private", _ORDER: ROSTER_ORDER}
        changed = {names[key]: values[key] for key, known in self._known().items() if values[key] != known}
        return self._desks.settings.save_profile(self._typed(), changed)
