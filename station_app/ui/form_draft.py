"""Keeps what is typed in one form as a draft in the station file, and offers it when the form is opened again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QKeySequence, QShortcut

from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.support.uid import new_uid
from station_app.ui.draft_bar import DraftBar
from station_app.ui.messages import Messages

if TYPE_CHECKING:
    from station_app.ui.form import FormPanel

KEEP_MS: Final = 3000
_RESUME_KEY: Final = "Alt+Y"


@dataclass(frozen=True)
class DraftPlace:
    """What an unfinished form is, and where it is found again.

    Args:
        kind: which kind of form, e.g. ``deputy``.
        page: key of the page it is on.
        record: what tells it from others of its kind: the uid of the record it changes; empty for a new one.
        reopen: what the page needs to open it again, as JSON can hold it.
        right: what it takes to save it.
        offered: whether the form itself offers what was kept; False where the page does.
    """

    kind: str
    page: str
    record: str = ""
    reopen: Mapping[str, Any] = field(default_factory=dict)
    right: Right = Right.KEEP
    offered: bool = True


class FormDraft(QObject):
    """The draft of one form: kept every few seconds, dropped when the form is saved or thrown away.

    Each opening of a form keeps under a slot of its own, so that an older draft that is on offer, and not taken,
    stays what it is.

    Args:
        form: the form.
        desks: the desks of the open station.
        messages: for the question before a draft is thrown away.

    Attributes:
        slot: under which it is kept.
        bar: offers what was kept the last time.
    """

    def __init__(self, form: "FormPanel", desks: Desks, messages: Messages, place: DraftPlace) -> None:
        super().__init__(form)
        self._form = form
        self._desks = desks
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep)
        form.changed.connect(self._typed)
        self.bar = DraftBar(desks.clock, messages, _RESUME_KEY)
        self.bar.resumed.connect(self.take)
        self.bar.dropped.connect(self._forget)
        QShortcut(QKeySequence(_RESUME_KEY), self.bar, self.bar.resume)  # from anywhere while the bar is shown
        self.slot = ""
        self._kept = False
        self.begin(place)

    def begin(self, place: DraftPlace) -> None:
        """Begin with another record, or with the next new one."""
        self.place = place
        self._timer.stop()
        self._kept = False
        self.slot = f"{place.record}/{new_uid(self._desks.clock.now())}"

    def look(self) -> None:
        """Offer what was kept of this form before."""
        place, found = self.place, list[KeptDraft]()
        if place.offered and self._desks.operators.may(place.right):
            kept = self._desks.housekeeping.kept_drafts(place.kind)
            found = [one for one in kept if one.record == place.record and one.record_uid != self.slot]
        self.bar.offer(found, same=True)

    def keep(self) -> None:
        """Keep what is typed now; a form without anything typed keeps nothing."""
        self._timer.stop()
        if not self._form.is_changed():
            self.drop()
            return
        place = self.place
        body = {
            "page": place.page,
            "record": place.record,
            "reopen": dict(place.reopen),
            "right": place.right.value,
            "title": self._form.title(),
            "of": self._form.own_note(),
            "about": self._form.first_words(),
            **self._form.draft_body(),
        }
        try:
            at = self._desks.housekeeping.keep_draft(place.kind, body, self.slot)
        except StationFault as fault:
            self._form.say_kept(f"草稿没有保存：{fault.what}")
        else:
            self._kept = True
            self._form.say_kept(f"草稿 {datetime.fromisoformat(at):%H:%M}")

    def drop(self) -> None:
        """Forget what was kept of this opening: it is saved or thrown away."""
        self._timer.stop()
        if self._kept:
            self._desks.housekeeping.drop_draft(self.place.kind, self.slot)
            self._kept = False
            self._form.say_kept("")

    def finish(self) -> None:
        """Forget it and be ready for the next: the form is saved."""
        self.drop()
        self.begin(self.place)

    def take(self, kept: KeptDraft) -> None:
        """Bring back what was kept; what has been typed meanwhile is kept under a slot of its own."""
        self.keep()
        self.slot = kept.record_uid
        self._kept = True
        self._form.bring_back(kept.body)
        self._timer.stop()
        self.look()
        self._form.start()

    def _typed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _forget(self, kept: KeptDraft) -> None:
        self._desks.housekeeping.drop_draft(kept.form, kept.record_uid)
        self.look()


def tell_gone(messages: Messages) -> None:
    """Tell that the record of something unfinished is not there; what was typed stays kept."""
    messages.tell(
        "这份没有完成的表单，它的记录已经不在了。",
        "记录可能已删除或撤销，可以先在“设置”的“最近删除”里恢复，再接着填。",
    )
