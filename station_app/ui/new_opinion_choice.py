"""The first question of F2 on the 意见 page: whose opinion is it?"""

from PySide6.QtCore import Signal

from station_app.ui.cards import Button, Card, PrimaryButton, button, label


class NewOpinionChoice(Card):
    """Three buttons: a voter's opinion, a deputy's, or a formal suggestion of deputies.

    Signals:
        voter_chosen, deputy_chosen, suggestion_chosen: which form to open.
        closed: left by Esc.
    """

    voter_chosen = Signal()
    deputy_chosen = Signal()
    suggestion_chosen = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__("登记意见")
        self.voter: Button = PrimaryButton("群众意见", "user")
        self.deputy = button("代表意见", "users")
        self.suggestion = button("代表建议、议案", "file-text")
        self.cancel = button("取消", "", "Esc")
        self.voter.clicked.connect(lambda _checked=False: self.voter_chosen.emit())
        self.deputy.clicked.connect(lambda _checked=False: self.deputy_chosen.emit())
        self.suggestion.clicked.connect(lambda _checked=False: self.suggestion_chosen.emit())
        self.cancel.clicked.connect(lambda _checked=False: self.closed.emit())
        for made, words in (
            (self.voter, "来访、走访、电话等收到的，代表走访带回的也是。"),
            (self.deputy, "代表本人口头提出的意见建议。"),
            (self.suggestion, "代表书面提出的，会议期间、闭会期间都是。"),
        ):
            self.body.addWidget(made)
            self.body.addWidget(label(words, "small", wrap=True))
        self.body.addWidget(label("接待日来访的，请在“接待”页登记。", "small", wrap=True))
        self.body.addStretch(1)
        self.body.addWidget(self.cancel)

    def start(self) -> None:
        """Put the focus on the first button."""
        self.voter.setFocus()

    def leave(self) -> bool:
        """Leave without choosing."""
        self.closed.emit()
        return True
