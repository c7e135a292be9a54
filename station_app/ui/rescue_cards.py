"""The first cards of a rescue: the password that may be needed, and the report of what was found."""

from station_app.services.rescue_desk import Findings, damage_words
from station_app.ui.cards import Card, Notice, label
from station_app.ui.password_field import PasswordField
from station_app.ui.rescue_words import found_words
from station_app.ui.theme import Tone


class RescuePassword(Card):
    """Asks for the password of a file that is no plain register at first sight."""

    def __init__(self) -> None:
        super().__init__("登记簿的密码")
        self.field = PasswordField("登记簿的密码", required=False)
        words = "这个登记簿加过密码，或者文件的开头坏了。加过密码的请输入；没有加过的留空。"
        self.body.addWidget(label(words, wrap=True))
        self.body.addWidget(self.field)
        self.body.addStretch(1)


class RescueReport(Card):
    """Tells what is damaged, that nothing was changed, and what can be found."""

    def __init__(self) -> None:
        super().__init__("检查报告")
        self.told = Notice(Tone.WARNING)
        self.found = label("", wrap=True)
        self.body.addWidget(self.told)
        self.body.addWidget(self.found)
        self.body.addStretch(1)

    def show_findings(self, findings: Findings) -> None:
        """Tell what was found."""
        if findings.damage.sound:
            self.told.say("没有发现损坏，可以直接打开。", "内容不对的，可以用“备份与恢复”恢复到以前。", Tone.GOOD)
        else:
            kept = "程序没有改动这个文件；抢救时它会原样另存到“备份”文件夹，不会丢。"
            self.told.say(damage_words(findings.damage), kept, Tone.WARNING)
        self.found.setText(found_words(findings))
