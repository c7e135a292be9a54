"""设置 · 锁定: after how long without a key the window locks itself."""

from typing import Any

from station_app.services.done import Done
from station_app.services.operators_desk import MOST_IDLE_MINUTES
from station_app.station import Desks
from station_app.ui.cards import Notice
from station_app.ui.fields import FormPanel, NumberField
from station_app.ui.page import Shell
from station_app.ui.theme import Tone

_ABOUT = (
    "离开时按 Ctrl+L 马上锁定，整个窗口盖住，看不到任何内容；正在填写的都还在，登录后接着填。\n"
    "没有人动键盘和鼠标，过了下面的时间也会自动锁定。有接待日正在“接待中”时不自动锁定。"
)
_NOTHING = "还没有操作员，登记簿也没有密码，现在锁定不了。请先在“操作员”里设操作员。"


class LockSection(FormPanel):
    """The idle time.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("锁定", self._save_minutes, shell.messages)
        self._desks = desks
        about = Notice(Tone.QUIET)
        about.say("", _ABOUT)
        self.add_widget(about)
        self.minutes = NumberField("自动锁定（分钟）", required=True, most=MOST_IDLE_MINUTES)
        self.add("idle_minutes", self.minutes)
        hint = Notice(Tone.QUIET)
        hint.say("", "0 表示不自动锁定。")
        self.add_widget(hint, under_fields=True)
        self._nothing = Notice(Tone.WARNING)
        self.add_widget(self._nothing)
        self.reload()

    def reload(self) -> None:
        """Show the time as it is kept."""
        self.set_values({"idle_minutes": self._desks.operators.idle_minutes()})
        self._nothing.say("", "" if self._desks.operators.can_lock() else _NOTHING)

    def _save_minutes(self, values: dict[str, Any]) -> Done[None]:
        minutes = values["idle_minutes"]
        return self._desks.operators.save_idle_minutes(-1 if minutes is None else minutes)
