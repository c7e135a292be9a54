"""The chosen backup: what it holds compared with now, its last entries, how it opens, and 恢复."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from station_app.domain.backup import BackupLine, Contents
from station_app.domain.record_words import moment
from station_app.services.backup_desk import HERE
from station_app.ui.cards import Card, Notice, button, label
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.theme import Tone, px

COMPARED = (
    ("visits", "接待登记", "次"),
    ("opinions", "意见建议", "件"),
    ("events", "办理记录", "条"),
    ("deputies", "代表", "人"),
    ("reception_days", "接待日", "天"),
)
"""What tells two states of a register apart: table, title, unit."""


class BackupDetails(Card):
    """See the module.

    Signals:
        look_asked: the password was typed; the contents are wanted.
        restore_asked: 恢复 was used.
    """

    look_asked = Signal()
    restore_asked = Signal()

    def __init__(self) -> None:
        super().__init__("这份备份", "database")
        self._state = Notice(Tone.GOOD)
        self._lock = Notice(Tone.WARNING)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName("这份备份的密码")
        self.password.setPlaceholderText("输入那时的密码，按回车")
        self.password.returnPressed.connect(self.look_asked)
        self._wrong = label("", "problem", wrap=True)
        self._figures = QWidget()
        self._grid = QGridLayout(self._figures)
        self._grid.setContentsMargins(0, px(4), 0, 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(3))
        self._grid.setColumnStretch(3, 1)
        self._last_title = label("最后记下的几步", "strong")
        self._last = label("", "small", wrap=True)
        self.restore = button("恢复到这份备份…", "rotate-ccw", "回车")
        self.restore.clicked.connect(lambda _checked=False: self.restore_asked.emit())
        self.look = button("查看内容", "eye")
        self.look.clicked.connect(lambda _checked=False: self.look_asked.emit())
        column = ScrollColumn()
        for part in (
            self._state, self._lock, self.password, self._wrong, self.look, self._figures, self._last_title, self._last,
        ):  # fmt: skip
            column.body.addWidget(part)
        column.body.addStretch(1)
        self._grid.setSizeConstraint(QGridLayout.SizeConstraint.SetMinimumSize)
        self.body.setContentsMargins(0, 0, 0, px(10))
        self.body.addWidget(column, 1)
        foot = QWidget()
        row = QGridLayout(foot)
        row.setContentsMargins(px(14), 0, px(14), 0)
        row.addWidget(self.restore, 0, 0)
        row.setColumnStretch(1, 1)
        self.body.addWidget(foot)
        self.show_line(None, "")

    def show_line(self, line: BackupLine | None, changed_on: str) -> None:
        """Show what is known of a backup without opening it.

        Args:
            line: the backup; None where none is chosen.
            changed_on: ISO date on which the password was changed last, or empty.
        """
        self.set_title(f"{line.backup.at:%Y-%m-%d %H:%M} 的备份" if line else "这份备份")
        self.set_note(line.place if line and line.place != HERE else "")
        self.password.clear()
        self.show_wrong("")
        self.show_contents(None, {})
        locked = line is not None and line.old_password
        for part in (self.password, self.look):
            part.setVisible(locked)
        self._lock.say("", _old_password_words(changed_on) if locked else "")
        if line is None:
            self._state.say("", "在左边选一份备份，这里写着它有多少件、最后记下的几步。", Tone.QUIET)
        elif line.backup.manifest is None:
            self._state.say("没有验证记录", "可能是旧程序做的，或是手工复制的。恢复前会先整个检查一遍。", Tone.WARNING)
        elif line.holds_erased:
            said = "这份备份做在前，里面还有后来依申请删除的个人信息。恢复它，那些信息就会回来，须再删除一次。"
            self._state.say(f"已验证（{line.backup.occasion}），含已删信息", said, Tone.WARNING)
        else:
            how = "逐条检查" if line.backup.manifest.thorough else "逐页读回"
            said = f"写成后重新打开，{how}，件数和最后一步都与登记簿相符。"
            self._state.say(f"已验证（{line.backup.occasion}）", said, Tone.GOOD)

    def show_contents(self, contents: Contents | None, now: dict[str, int]) -> None:
        """Show what the backup holds beside what the register holds now; None shows nothing yet."""
        while self._grid.count():
            item = self._grid.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self.restore.setEnabled(contents is not None)
        for part in (self._figures, self._last_title, self._last):
            part.setVisible(contents is not None)
        if contents is None:
            return
        for place, (table, title, unit) in enumerate(COMPARED):
            held, present = contents.counts.get(table, 0), now.get(table, 0)
            self._grid.addWidget(label(title, "muted"), place, 0)
            self._grid.addWidget(label(f"{held:,} {unit}", "strong"), place, 1)
            difference = "" if held == present else f"（{'少' if held < present else '多'} {abs(present - held):,}）"
            self._grid.addWidget(label(f"现在 {present:,} {unit}{difference}"), place, 2)
        lines = [f"{moment(at)}　{words}" for at, words in contents.last_steps]
        self._last.setText("\n".join(lines) or "还没有记录。")

    def show_wrong(self, words: str) -> None:
        """Tell at the password that it is wrong; empty takes that back."""
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))


def losses(contents: Contents, now: dict[str, int]) -> str:
    """Return what will not be in the register after restoring: ``意见建议少 6 件、接待登记少 4 次``; empty for nothing."""
    fewer = [
        f"{title}少 {now[table] - contents.counts.get(table, 0):,} {unit}"
        for table, title, unit in COMPARED
        if now.get(table, 0) > contents.counts.get(table, 0)
    ]
    return "、".join(fewer)


def day_words(at: datetime) -> str:
    """Return when a backup was made, as the questions say it."""
    return f"{at:%Y-%m-%d %H:%M}"


def _old_password_words(changed_on: str) -> str:
    when = f" {changed_on} 改密码之前" if changed_on else "那时"
    return f"这份备份要用{when}的旧密码打开；恢复以后，登记簿也用这个旧密码打开。"
