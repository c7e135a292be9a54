"""设置 · 名册核对: after how many months an entry is to be checked, and how early the end of a term is told."""

from typing import Any

from station_app.domain.roster_check import RosterRules
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Notice, label
from station_app.ui.fields import FormPanel, NumberField
from station_app.ui.page import Shell
from station_app.ui.theme import Tone, px


class _Span(NumberField):
    """A number of months or days with what it means behind it."""

    def __init__(self, title: str, unit: str, why: str, most: int) -> None:
        super().__init__(title, required=True, least=1, most=most)
        self.edit.setFixedWidth(px(64))
        self.row.addWidget(label(unit, "muted"))
        self.row.addWidget(label(why, "small", wrap=True), 20)


class RosterRulesSection(FormPanel):
    """The rules of the roster.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("名册核对", self._save_rules, shell.messages)
        self._desks = desks
        about = Notice(Tone.QUIET)
        about.say("", "名册要常核对：超过期限没有核对的代表，“今日”里提醒，在“代表”的“核对”里一位一位办。")
        self.add_widget(about)
        self.add("check_months", _Span("核对期限", "个月", "从上次核对那天算起；没有核对过的一律提醒", 60))
        self.add("term_warn_days", _Span("届满提醒", "天", "届满前几天开始提醒换届", 730))
        self.reload()

    def reload(self) -> None:
        """Show the rules as they are kept."""
        self.set_values(self._desks.settings.roster_rules().to_dict())

    def _save_rules(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.settings.save_roster_rules(RosterRules(**values))
