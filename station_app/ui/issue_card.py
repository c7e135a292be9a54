"""What the 台账 page says of reporting the month that is shown, and the two ways from there."""

from PySide6.QtCore import Signal

from station_app.domain.issued import Issued
from station_app.ui.cards import Card, button, label
from station_app.ui.theme import px


class IssueCard(Card):
    """Shown under the choice while the monthly summary is chosen.

    Signals:
        issue_asked: the month is to be reported.
        list_asked: the summaries that were reported are wanted.
    """

    issue_asked = Signal()
    list_asked = Signal()

    def __init__(self) -> None:
        super().__init__("报送")
        self.setFixedWidth(px(250))
        self._state = label("", wrap=True)
        self.issue = button("定稿报送…", "send", "Alt+D")
        self.issue.clicked.connect(lambda _checked=False: self.issue_asked.emit())
        self.listed = button("已报送的月报", "list", "Alt+Y")
        self.listed.clicked.connect(lambda _checked=False: self.list_asked.emit())
        for part in (self._state, self.issue, self.listed):
            self.body.addWidget(part)

    def show_state(self, issued: Issued | None, *, running: bool) -> None:
        """Say whether the month was reported.

        Args:
            running: whether its last day is still to come.
        """
        if issued is not None:
            self._state.setText(f"{issued.on} {issued.kind}\n{issued.to}")
        else:
            self._state.setText("这个月还没有过完，现在只能印草稿。" if running else "这个月还没有报送。")
        self.issue.setEnabled(not running)

    def state(self) -> str:
        """Return what is said."""
        return self._state.text()
