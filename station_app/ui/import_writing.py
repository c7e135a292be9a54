"""What the clerk sees while a large import is written: how far it is, and a button to stop it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressDialog, QWidget

_PATIENCE_MS = 600


class WritingDialog(QProgressDialog):
    """Lies over the window while the rows of one step are written; shown only when that takes a while.

    Args:
        parent: what is imported in.
        title: e.g. 导入代表花名册.
        rows: how many rows are written.
    """

    def __init__(self, parent: QWidget, title: str, rows: int) -> None:
        super().__init__("正在写入 …", "停止", 0, rows, parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumDuration(_PATIENCE_MS)

    def tell(self, part: float, word: str) -> None:
        """Show the part done (0 … 1), and let the button be pressed."""
        self.setLabelText(word)
        self.setValue(round(part * self.maximum()))
