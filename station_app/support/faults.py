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


class Cancelled(Exception):  # noqa: N818 - not an error: the clerk asked for it
    """A long job was stopped by the clerk; nothing half-written remains."""
