"""What the operator who is signed in may not do is not offered: grey, with the reason; never hidden without a word."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from station_app.domain.operators import Right
from station_app.station import Desks
from station_app.support.faults import NotAllowed
from station_app.ui.messages import Messages
from station_app.ui.theme import Tone

if TYPE_CHECKING:
    from station_app.ui.form import FormPanel


class _Forbidden(QObject):
    """Keeps a widget disabled, whoever enables it later."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Disable the widget again."""
        if event.type() is QEvent.Type.EnabledChange and isinstance(watched, QWidget) and watched.isEnabled():
            watched.setEnabled(False)
        return False


def offer(desks: Desks, right: Right, *widgets: QWidget) -> None:
    """Offer buttons only to who has the right; to others they are grey and their tooltip says why."""
    if desks.operators.may(right):
        return
    for widget in widgets:
        widget.setEnabled(False)
        widget.setToolTip(why_not(desks))
        widget.installEventFilter(_Forbidden(widget))


def offer_saving(desks: Desks, right: Right, form: "FormPanel") -> None:
    """Let a form be read by who has not the right to save it."""
    if desks.operators.may(right):
        return
    offer(desks, right, form.grid, form.save_button)
    if form.next_button is not None:
        offer(desks, right, form.next_button)
    form.notice.say("", why_not(desks), Tone.QUIET)


def refused(desks: Desks, right: Right, messages: Messages) -> bool:
    """Tell who pressed a key for something they may not do; return whether that was so."""
    if desks.operators.may(right):
        return False
    messages.tell_fault(NotAllowed())
    return True


def why_not(desks: Desks) -> str:
    """Return the sentence that says why something is grey."""
    me = desks.operators.current
    who = f"“{me.role.label}”" if me else "还没有登录的人"
    return f"{who}不能办理这一步，请换联络员或站长登录（Ctrl+L）。"
