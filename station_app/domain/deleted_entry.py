"""What one step deleted and nothing has brought back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DeletedEntry:
    """A line of 最近删除.

    Args:
        step_id: the step that deleted it; it comes back as a whole.
        at: ISO time.
        operator: who did it.
        label: what was done, e.g. ``删除代表``.
        undone: whether a step was taken back; otherwise the records were deleted.
        kinds: what it is, e.g. ``来访、意见建议``.
        names: numbers or names, e.g. ``2026-0012、HX-2026-0147``.
        records: table and uid of each.
    """

    step_id: int
    at: str
    operator: str
    label: str
    undone: bool
    kinds: str
    names: str
    records: tuple[tuple[str, str], ...]

    @property
    def way(self) -> str:
        """How it went: 删除, or 撤销登记."""
        return "撤销登记" if self.undone else "删除"
