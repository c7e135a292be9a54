"""A register that may be open elsewhere: taken over only after a question."""

from collections.abc import Callable

from station_app.station import Desks
from station_app.support.faults import FileInUse
from station_app.ui.messages import Messages


def open_or_ask(open_: Callable[[bool], Desks], messages: Messages) -> Desks | None:
    """Open a register; if another PC may have it open, ask. Return None when the clerk leaves it.

    Args:
        open_: opens it; takes whether to take it over.
        messages: asks.

    Raises:
        StationFault: as ``open_`` does; `FileInUse` where another program has it open for certain.
    """
    try:
        return open_(False)
    except FileInUse as used:
        if not used.may_take_over:
            raise
        agreed = messages.ask(used.what, f"{used.safe}{used.todo}", yes="接管", no="不接管", danger=True)
    return open_(True) if agreed else None
