"""Conditions of the machine that the clerk can do something about."""


class StationFault(Exception):  # noqa: N818 - the agreed word for the machine's conditions
    """A disk, file, lock or printer is not as it must be; nothing of the clerk's work is wrong.

    Args:
        what: one Chinese sentence that says what happened.
        safe: one Chinese sentence that says what is safe.
        todo: one Chinese sentence that says what to do now.
    """

    def __init__(self, what: str, safe: str = "已保存的内容没有受影响。", todo: str = "请稍后重试。") -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.todo = todo

    def __str__(self) -> str:
        """Return the three sentences as one message."""
        return f"{self.what}{self.safe}{self.todo}"


class FileInUse(StationFault):
    """The file is open elsewhere, or was left locked there.

    Args:
        where: the PC, in words.
        since: when it was opened there, or empty.
        may_take_over: it is not known whether that program still runs: on another PC, or by a lock that says nothing.
    """

    def __init__(self, where: str, since: str, *, may_take_over: bool) -> None:
        super().__init__(
            f"登记簿正在{where}的另一个窗口中打开{f'（自 {since} 起）' if since else ''}。",
            "没有改动任何内容。",
            "请先在那里关闭它；如果确认那里已经没有程序在用（如电脑断过电、U盘被直接拔下），可以接管。"
            if may_take_over
            else "请先关闭那个窗口。",
        )
        self.may_take_over = may_take_over


class PasswordNeeded(StationFault):
    """The file is encrypted and no key was given.

    Args:
        name: of the file.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            f"没有密码打不开“{name}”（没加过密码的话，它不是本程序的登记簿，或文件已损坏）。",
            "没有改动它。",
            "请输入密码，或核对文件。",
        )


class WrongKey(StationFault):
    """The file cannot be read with this key; a wrong password, a foreign and a damaged file look alike."""

    def __init__(self) -> None:
        super().__init__(
            "打不开这个文件：可能是密码不对、不是本程序的登记簿，或文件已损坏。",
            "没有改动任何文件。",
            "请核对文件和密码。",
        )


class DamagedFile(StationFault):
    """The file is ours and its key fits, but parts of it cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            "登记簿文件已损坏。",
            "程序没有改动它。",
            "请按 Alt+F，选“抢救损坏的登记簿”，备份和还读得出来的内容都能找回。",
        )


class NotAllowed(StationFault):
    """The operator who is signed in may not do this."""

    def __init__(self) -> None:
        super().__init__(
            "当前操作员没有办理这一步的权限。", "没有改动任何内容。", "请换联络员或站长登录（Ctrl+L）后再做。"
        )


def machine_fault(error: BaseException) -> StationFault | None:
    """Return the fault an error is: of the machine where the system itself refused; None for a bug of ours."""
    if isinstance(error, StationFault):
        return error
    if isinstance(error, OSError):
        return StationFault(
            f"读写出错（系统错误 {error.errno}）。",
            "已保存的内容没有受影响。",
            "请检查磁盘或U盘是否还在，然后再试一次。",
        )
    return None


class Cancelled(Exception):  # noqa: N818 - not an error: the clerk asked for it
    """A long job was stopped by the clerk; nothing half-written remains."""
