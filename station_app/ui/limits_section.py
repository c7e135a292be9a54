"""设置 · 办理期限: how long everything may take, each limit with the reason it has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from station_app.domain.problems import InvalidInput
from station_app.domain.station import ListKey
from station_app.services.done import Done
from station_app.services.opinion_desk import MovedDate
from station_app.station import Desks
from station_app.ui.cards import Notice, label
from station_app.ui.fields import FormPanel, NumberField
from station_app.ui.limit_field import MOST, LimitField
from station_app.ui.moved_matters import MovedMatters
from station_app.ui.page import Shell
from station_app.ui.special_limits import SpecialLimitsField
from station_app.ui.theme import Tone, px


@dataclass(frozen=True)
class _Line:
    key: str
    title: str
    why: str


_LIMITS: Sequence[_Line] = (
    _Line("hand_over", "交办", "登记之日起；各地 5 至 10 个工作日"),
    _Line("urgent", "紧急事项交办", "登记之日起；0 天就是当天"),
    _Line("answer_village", "村(居)答复", "交办之日起；没有全国统一规定"),
    _Line("answer_township", "镇级答复", "交办之日起；没有全国统一规定"),
    _Line("follow_up", "县级跟踪期", "报送之日起；只作提醒，不算超期"),
    _Line("suggestion", "代表建议答复", "交办之日起；代表法第五十一条：3 个月"),
    _Line("suggestion_cap", "代表建议最长", "首次交办之日起；代表法第五十一条：不超过 6 个月"),
    _Line("feedback", "反馈选民", "答复之日起"),
    _Line("evaluation", "评价", "反馈之日起；到期未评价的自动办结"),
    _Line("returning", "异议退回", "签收之日起；各地 5 至 10 个工作日"),
    _Line("assisting", "协办意见", "交办之日起；1 至 2 个月"),
    _Line("rehandle", "重新办理", "不满意后重新交办之日起；多数地方 1 个月"),
)
_DAYS: Sequence[_Line] = (
    _Line("warn_days", "到期前提醒", "期限不满两个月的"),
    _Line("warn_days_long", "到期前提醒（长期限）", "期限两个月以上的"),
    _Line("urge_again_days", "催办间隔", "几天内不重复催办"),
    _Line("announce_days", "公告提前", "接待日前几天张贴公告"),
)


class DaysField(NumberField):
    """A number of days."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__(title, required=True, most=MOST)
        self.edit.setFixedWidth(px(64))
        self.row.addWidget(label("天", "muted"))
        self.row.addWidget(label(why, "small", wrap=True), 20)


class LimitsSection(FormPanel):
    """The limits of the station. What would move open matters asks first, and lists them.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("办理期限", self._save_limits, shell.messages)
        self._desks = desks
        self._open_matters_too: bool | None = None
        about = Notice(Tone.QUIET)
        about.say(
            "", "期限当天不算超期。改了以后会影响在办事项的，先列出来问一句。每件事项的详情里写明期限从哪天算起。"
        )
        self.add_widget(about)
        for line in _LIMITS:
            self.add(line.key, LimitField(self._title_of(line), line.why))
        self._special = self.add_block("special", SpecialLimitsField())
        for line in _DAYS:
            self.add(line.key, DaysField(line.title, line.why))
        self.question = MovedMatters()
        self.question.hide()
        self.question.decided.connect(self._decide)
        self.question.given_up.connect(self._hide_question)
        self.body.insertWidget(0, self.question, 1)
        self.reload()

    def reload(self) -> None:
        """Show the limits as they are kept."""
        settings = self._desks.settings
        self._special.set_offered(settings.labels(ListKey.CATEGORY), settings.profile())
        limits = settings.limits()
        self.set_values({key: getattr(limits, key) for key in self.fields})

    def leave(self) -> bool:
        """Give up the question first (Esc), then the form."""
        if self.question.isVisible():
            self._hide_question()
            return False
        return super().leave()

    def _title_of(self, line: _Line) -> str:
        tier = self._desks.settings.profile().tier_word
        return f"{tier}答复" if line.key == "answer_township" else line.title

    def _save_limits(self, values: dict[str, Any]) -> Done[None]:
        settings = self._desks.settings
        limits = replace(settings.limits(), **values)
        if self._open_matters_too is None and (moved := self._desks.opinions.moved_by(replace(limits, earlier=()))):
            self._ask(moved)
            raise InvalidInput([])  # nothing is wrong: the clerk is asked, and the form stays as it is
        too = self._open_matters_too
        return settings.save_limits(limits, open_matters_too=True if too is None else too)

    def _ask(self, moved: Sequence[MovedDate]) -> None:
        self.area.hide()
        self.button_bar.hide()
        self.question.show_moved(moved)
        self.question.show()
        self.question.start()

    def _hide_question(self) -> None:
        self.question.hide()
        self.area.show()
        self.button_bar.show()
        self.start()

    def _decide(self, too: bool) -> None:
        self._hide_question()
        self._open_matters_too = too
        try:
            self.save()
        finally:
            self._open_matters_too = None
