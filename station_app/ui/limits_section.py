"""设置 · 办理期限: how long everything may take, each limit with the reason it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.domain.limits import MEASURE_LABELS, Limit, Limits, Measure
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Notice, WrappingLabel, label
from station_app.ui.field import Field
from station_app.ui.fields import FormPanel, NumberField
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.page import Shell
from station_app.ui.switch_fields import SegmentField
from station_app.ui.theme import Tone, px

_MOST = 366


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
    _Line("rehandle", "重新办理", "不满意后重新交办之日起；多数地方 1 个月"),
)
_DAYS: Sequence[_Line] = (
    _Line("warn_days", "到期前提醒", "期限不满两个月的"),
    _Line("warn_days_long", "到期前提醒（长期限）", "期限两个月以上的"),
    _Line("urge_again_days", "催办间隔", "几天内不重复催办"),
    _Line("announce_days", "公告提前", "接待日前几天张贴公告"),
)


class LimitField(Field):
    """A limit: a number and its unit. The value is a `Limit`."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__(title, required=True, wide=True)
        self.number = QLineEdit()
        self.number.setFixedWidth(px(64))
        self.number.setAccessibleName(title)
        self.number.textEdited.connect(self.changed)
        self.unit = SegmentField(f"{title}单位", [(unit, word) for unit, word in MEASURE_LABELS.items()])
        self.unit.changed.connect(self.changed)
        box = QWidget()
        row = FlowLayout(box, spacing=6)
        for part in (self.number, self.unit, WrappingLabel(why, "small")):
            row.addWidget(part)
        self.put(box, self.number)

    def value(self) -> Limit:
        """Return the limit; 0 when no number is typed."""
        text = self.number.text().strip()
        return Limit(int(text) if text.isdecimal() else 0, self.unit.value())

    def set_value(self, value: Limit | None) -> None:
        """Show a limit."""
        shown = value or Limit(0, Measure.DAY)
        self.number.setText(str(shown.amount))
        self.unit.set_value(shown.measure)
        self.clear_problem()

    def typed(self) -> list[str]:
        """See `Field.typed`."""
        return [self.number.text(), self.unit.value()]

    def put_typed(self, kept: list[str]) -> None:
        """See `Field.put_typed`."""
        self.number.setText(kept[0])
        self.unit.set_value(kept[1])
        self.clear_problem()

    def own_problem(self) -> str:
        """Tell when no number is typed."""
        text = self.number.text().strip()
        return "" if text.isdecimal() and int(text) <= _MOST else f"{self.title}请填 0 到 {_MOST} 的整数。"

    def show_problem(self, text: str) -> None:
        """Mark the number."""
        super().show_problem(text)
        self.number.setProperty("wrong", bool(text))


class DaysField(NumberField):
    """A number of days."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__(title, required=True, most=_MOST)
        self.edit.setFixedWidth(px(64))
        self.row.addWidget(label("天", "muted"))
        self.row.addWidget(label(why, "small", wrap=True), 20)


class LimitsSection(FormPanel):
    """The limits of the station.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("办理期限", self._save_limits, shell.messages)
        self._desks = desks
        about = Notice(Tone.QUIET)
        about.say("", "期限当天不算超期；改了以后，在办的事项按新的期限计算。每件事项的详情里写明期限从哪天算起。")
        self.add_widget(about)
        for line in _LIMITS:
            self.add(line.key, LimitField(self._title_of(line), line.why))
        for line in _DAYS:
            self.add(line.key, DaysField(line.title, line.why))
        self.reload()

    def reload(self) -> None:
        """Show the limits as they are kept."""
        limits = self._desks.settings.limits()
        self.set_values({line.key: getattr(limits, line.key) for line in (*_LIMITS, *_DAYS)})

    def _title_of(self, line: _Line) -> str:
        tier = self._desks.settings.profile().tier_word
        return f"{tier}答复" if line.key == "answer_township" else line.title

    def _save_limits(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.settings.save_limits(Limits(**values))
