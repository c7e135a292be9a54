"""The way from a record to its history on the page 操作记录."""

from dataclasses import dataclass

from station_app.ui.page import Shell

LOG_PAGE = "log"


@dataclass(frozen=True)
class RecordHistory:
    """What the page 操作记录 is asked to show.

    Args:
        table / uid: the record, e.g. ``opinions`` and the opinion's uid.
        came_from: key of the page to which Esc goes back.
    """

    table: str
    uid: str
    came_from: str = "settings"


def show_history(shell: Shell, table: str, uid: str, came_from: str) -> None:
    """Show everything that was ever done with a record and what belongs to it.

    Args:
        table: the record's table: ``opinions``, ``visits``, ``deputies`` …
        came_from: key of the page to which Esc goes back.
    """
    shell.open_page(LOG_PAGE, RecordHistory(table, uid, came_from))
