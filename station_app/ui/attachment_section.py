"""设置 · 附件: how far photos are reduced, how large a file may be, from how much in all the clerk is told."""

from typing import Any

from station_app.domain.attachment import AttachmentLimits
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Notice, label
from station_app.ui.fields import FormPanel, NumberField
from station_app.ui.page import Shell
from station_app.ui.theme import Tone, px

_ABOUT = (
    "照片、扫描件、PDF 和 Office、WPS 文件可以附在来访、意见和答复上，加密存放在登记簿旁边的附件文件里。\n"
    "添加照片时按下面的长边缩小，并去掉拍摄地点和相机信息；勾选“保留原图”的不缩小，也不去掉。"
)
_FIELDS = (
    ("longest_edge", "照片长边", "像素；1600 够看清，也够打印成 A4"),
    ("largest_mb", "单个文件上限", "MB；太大的文件备份和拷U盘都慢"),
    ("warn_mb", "提醒总量", "MB；全部附件超过这个数时提醒"),
)


class AttachmentSection(FormPanel):
    """The limits of attachments.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("附件", self._save_limits, shell.messages)
        self._desks = desks
        about = Notice(Tone.QUIET)
        about.say("", _ABOUT)
        self.add_widget(about)
        for key, title, why in _FIELDS:
            field = self.add(key, NumberField(title, required=True))
            field.edit.setFixedWidth(px(72))
            field.row.addWidget(label(why, "muted"), 1)
        self.reload()

    def reload(self) -> None:
        """Show the limits as they are kept."""
        self.set_values(self._desks.attachments.limits().to_dict())

    def _save_limits(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.attachments.save_limits(
            AttachmentLimits(**{key: value or 0 for key, value in values.items()})
        )
