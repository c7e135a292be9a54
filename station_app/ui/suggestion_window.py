"""The form of a deputies' suggestion (专用纸) on screen before it is printed; printing stands on the timeline."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from station_app.services.suggestion_desk import FORM_WORD
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import label
from station_app.ui.page import Shell
from station_app.ui.paper_window import PaperWindow
from station_app.ui.pdf_pages import PdfPages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter  # loaded when something is printed


class SuggestionWindow(PaperWindow):
    """Shows the form, filled in; Ctrl+P prints it.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        case_id: the matter that is a suggestion.
        parent: the window it belongs to.

    Raises:
        InvalidInput: the matter is no suggestion.
    """

    def __init__(self, shell: Shell, desks: Desks, case_id: int, parent: QWidget | None) -> None:
        self._desks = desks
        self._case_id = case_id
        paper = desks.suggestions.paper(case_id)
        super().__init__(shell, f"代表建议{FORM_WORD}", lambda _path: desks.suggestions.pdf(paper), parent)
        if missing := desks.suggestions.unprintable(paper):
            self._row.insertWidget(1, label(f"有字打不出来，纸上印作“〓”：{'、'.join(missing)}", "muted", wrap=True))

    def send_to(self, printer: "QPrinter", source: PdfPages) -> None:
        """Note that it is printed, then print it."""
        try:
            done = self._desks.suggestions.note_printed(self._case_id)
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            return
        self._shell.changes.publish(done)
        super().send_to(printer, source)
