"""What every step of a change of term has."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.domain.term_change import TermChange


class TermStep(QWidget):
    """One step of a change of term.

    Signals:
        edited: the `TermChange` as the clerk has made it.
    """

    edited = Signal(object)
    word = ""

    def show_change(self, change: TermChange) -> None:
        """Show the draft as it is when the step is entered."""
        raise NotImplementedError

    def start(self) -> None:
        """Put the keyboard where the step begins."""
        raise NotImplementedError

    def may_leave(self) -> bool:
        """Tell whether one may go on; what keeps from it is shown."""
        return True

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the step's own keys and what they do."""
        return ()
