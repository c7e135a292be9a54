"""联络员工作交接单 on screen: the very pages, printed for the signatures and saved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.services.clerk_handover import HANDOVER_TITLE
from station_app.station import Desks
from station_app.ui.jobs import Progress
from station_app.ui.page import Shell
from station_app.ui.saved_paper_window import SavedPaperWindow


class HandoverWindow(SavedPaperWindow):
    """What a clerk leaves to a successor as it stands now.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, parent: QWidget | None) -> None:
        def write(copy: Desks, path: Path, _progress: Progress, cancelled: Callable[[], bool]) -> dict[str, str]:
            return copy.handover.write(path, cancelled)

        super().__init__(shell, desks, HANDOVER_TITLE, write, parent)
