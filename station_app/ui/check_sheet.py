"""The deputy who is being asked, large: everything that is to be confirmed, and what was found before."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.groups import GROUP_KIND_LABELS, Group
from station_app.domain.people import GENDER_LABELS, Deputy, level_label
from station_app.domain.roster_check import OUTCOME_LABELS, Check
from station_app.domain.station import OrganKind
from station_app.ui.cards import Chip, label
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.marks import Mark, Shape
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.theme import Tone, px, scaled_font

_MISSING = "未填"


class CheckSheet(ScrollColumn):
    """Name, levels and fields of one deputy in large type. The phone is shown whole: it is about to be dialled."""

    def __init__(self) -> None:
        super().__init__()
        self._inside: QWidget | None = None

    def show_deputy(
        self, deputy: Deputy, groups: Sequence[Group], history: Sequence[Check], kind: OrganKind, today: str
    ) -> None:
        """Show an entry.

        Args:
            groups: every group, with members.
            history: the earlier checks, the newest first.
            kind: for the word of the lowest level.
            today: ISO date.
        """
        inside = QWidget()
        inside.setObjectName("clear")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(_head(deputy, kind, today))
        column.addWidget(_facts(deputy, groups, kind, today))
        column.addWidget(label(_told(deputy, history), "muted", wrap=True))
        column.addStretch(1)
        if self._inside is not None:
            self.body.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = inside
        self.body.addWidget(inside, 1)
        inside.show()
        self.verticalScrollBar().setValue(0)


def _head(deputy: Deputy, kind: OrganKind, today: str) -> QHBoxLayout:
    name = label(deputy.name, wrap=True)
    name.setFont(scaled_font(1.9, bold=True))
    chips = QWidget()
    flow = FlowLayout(chips, spacing=6)
    for level in deputy.levels_on(today):
        chip = Chip()
        chip.set_mark(Mark(f"{level_label(level, kind)}人大代表", Tone.INFO, Shape.NONE))
        flow.addWidget(chip)
    row = QHBoxLayout()
    row.setSpacing(px(14))
    row.addWidget(name)
    row.addWidget(chips, 1, Qt.AlignmentFlag.AlignVCenter)
    return row


def _facts(deputy: Deputy, groups: Sequence[Group], kind: OrganKind, today: str) -> QWidget:
    mandates = [
        f"{level_label(one.level, kind)}　"
        + "　".join(part for part in (one.term, one.constituency, one.card_number) if part)
        for one in deputy.mandates
        if one.holds_on(today)
    ]
    own = [
        f"{GROUP_KIND_LABELS[group.kind]}　{group.name}"
        for group in groups
        if any(member.deputy_id == deputy.id for member in group.members_on(today))
    ]
    person = (GENDER_LABELS[deputy.gender], deputy.ethnicity, f"{deputy.birth_month} 生" * bool(deputy.birth_month))
    lines = (
        ("联系电话", "　".join(part for part in (deputy.phone, deputy.phone2) if part)),
        ("单位及职务", deputy.post),
        ("政治面貌", deputy.party),
        ("学历", deputy.education),
        ("基本情况", "　".join(part for part in person if part)),
        ("所在村(居)", deputy.village),
        ("代表职务", "\n".join(mandates)),
        ("代表小组", "\n".join(own) or "未编组"),
        *((title, text) for title, text in (("住址", deputy.address), ("专长", deputy.skills), ("语言、方言", deputy.languages)) if text),
        *((("备注", deputy.remark),) if deputy.remark else ()),
    )  # fmt: skip
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(16))
    grid.setVerticalSpacing(px(8))
    grid.setColumnStretch(1, 1)
    for place, (title, text) in enumerate(lines):
        value = label(text or _MISSING, "" if text else "muted", wrap=True)
        value.setFont(scaled_font(1.2))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(label(title, "muted"), place, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        grid.addWidget(value, place, 1)
    return made


def _told(deputy: Deputy, history: Sequence[Check]) -> str:
    """Return the last checks in a line each."""
    if not history:
        return (
            f"上次核对：{deputy.checked_on}　{deputy.checked_by}".strip()
            if deputy.checked_on
            else "登记以来没有核对过。"
        )
    lines = (
        "　".join(part for part in (one.on, OUTCOME_LABELS[one.outcome], one.operator, one.note) if part)
        for one in history[:3]
    )
    return "以往核对：\n" + "\n".join(lines)
