"""What the card of a deputy tells, section by section: contact, duty, mandates, groups, households, leaves, places."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from station_app.domain.deeds import Deeds
from station_app.domain.groups import GROUP_KIND_LABELS, Group, HouseholdLink
from station_app.domain.people import GENDER_LABELS, Deputy, Mandate, level_label
from station_app.domain.rooms import OWN_NAME
from station_app.domain.station import OrganKind
from station_app.ui.cards import label, link_button
from station_app.ui.leaves_field import leave_words
from station_app.ui.mandates_field import mandate_words
from station_app.ui.theme import MUTED, px

_MOST_MATTERS = 5


@dataclass(frozen=True)
class DeputyStory:
    """A deputy with what the card tells around the entry.

    Args:
        groups: every group, past ones too.
        households: the deputy's own links.
        organ: kind of the host organ, for the word of the lowest level.
        rooms / villages: names by id.
        day: ISO date of the day it is told of.
        deeds: what the deputy did in the year of the day, until then.
        check_due: whether the entry waits for its check.
    """

    deputy: Deputy
    groups: Sequence[Group] = ()
    households: Sequence[HouseholdLink] = ()
    organ: OrganKind = OrganKind.TOWN
    rooms: Mapping[int, str] | None = None
    villages: Mapping[int, str] | None = None
    day: str = ""
    deeds: Deeds = Deeds()  # noqa: RUF009 - frozen, and so shared by nobody
    check_due: bool = False


class Facts(QWidget):
    """Names and values, one under the other, in sections."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(5))
        self._grid.setColumnStretch(1, 1)
        self._section = ""

    def begin(self, section: str) -> None:
        """Begin a section; its title appears with its first line."""
        self._section = section

    def add(self, name: str, value: str | QWidget, *, faint: bool = False) -> None:
        """Add a line; an empty value adds none.

        Args:
            name: at the left; empty lets the value take the whole width.
            value: at the right.
            faint: for what is over.
        """
        if not value:
            return
        if self._section:
            title = label(self._section, "strong")
            title.setContentsMargins(0, px(10), 0, 0)
            self._grid.addWidget(title, self._grid.rowCount(), 0, 1, 2)
            self._section = ""
        shown: QWidget = value if isinstance(value, QWidget) else _text(value)
        if faint:
            shown.setStyleSheet(f"color: {MUTED};")
        place = self._grid.rowCount()
        if name:
            self._grid.addWidget(label(name, "muted"), place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, place, 1 if name else 0, 1, 1 if name else 2)


def _text(words: str) -> QWidget:
    made = label(words, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
    return made


def facts_of(story: DeputyStory, contact: QWidget, open_matter: Callable[[int], None]) -> Facts:
    """Return what the card tells under name and levels.

    Args:
        contact: the line with the masked phone.
        open_matter: goes to a matter by its id.
    """
    deputy, facts = story.deputy, Facts()
    facts.add("联系电话", contact)
    facts.add("本人情况", _person(deputy))
    facts.add("专长", deputy.skills)
    facts.add("语言、方言", deputy.languages)
    facts.add("值班意愿", deputy.duty_wishes)
    facts.add("所在村(居)", deputy.village)
    _add_deeds(facts, story, open_matter)
    _add_mandates(facts, story)
    _add_groups(facts, story)
    _add_households(facts, story)
    facts.begin("请假")
    for leave in reversed(deputy.leaves):
        facts.add("", leave_words(leave), faint=bool(leave.to_on) and leave.to_on < story.day)
    _add_places(facts, story)
    facts.begin("核对")
    by = f"　{deputy.checked_by}" if deputy.checked_by else ""
    facts.add("上次核对", f"{deputy.checked_on}{by}" if deputy.checked_on else "登记以来没有核对过")
    facts.add("备注", deputy.remark)
    return facts


def _person(deputy: Deputy) -> str:
    born = f"{deputy.birth_month} 生" if deputy.birth_month else ""
    parts = (GENDER_LABELS[deputy.gender], deputy.ethnicity, born, deputy.party, deputy.education)
    return "　".join(part for part in parts if part)


def _add_deeds(facts: Facts, story: DeputyStory, open_matter: Callable[[int], None]) -> None:
    deeds = story.deeds
    facts.begin(f"{story.day[:4]}年履职")
    if deeds.attended:
        facts.add("进站接待", f"{len(deeds.attended)} 次，最近 {deeds.attended[-1]}")
    facts.add("接待群众", f"{deeds.visits} 批" if deeds.visits else "")
    away = (("请假", deeds.excused), ("缺席", deeds.missed))
    facts.add("未到", "，".join(f"{word} {count} 次" for word, count in away if count))
    facts.add("下次值班", deeds.planned[0] if deeds.planned else "")
    facts.add("提出意见", f"{len(deeds.raised)} 件" if deeds.raised else "")
    for matter in deeds.raised[:_MOST_MATTERS]:
        link = link_button(f"{matter.number}　{matter.title}", partial(open_matter, matter.case_id))
        link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        link.setStyleSheet("text-align: left;")
        link.setToolTip(matter.title)
        facts.add("", link)


def _add_mandates(facts: Facts, story: DeputyStory) -> None:
    facts.begin("任职经历")
    newest_first = sorted(story.deputy.mandates, key=lambda one: one.from_on, reverse=True)
    for one in sorted(newest_first, key=lambda one: not one.holds_on(story.day)):
        facts.add(
            f"{level_label(one.level, story.organ)}代表", _mandate(one, story.day), faint=not one.holds_on(story.day)
        )


def _mandate(one: Mandate, day: str) -> str:
    entered = "补选" if one.by_election else ""
    card = f"证号 {one.card_number}" if one.card_number else ""
    about = "　".join(part for part in (one.term, one.constituency, entered) if part)
    since = f"（{one.suspended_on} 起）" if one.suspended_on else ""
    suspended = f"暂停执行代表职务{since}" if one.suspended and one.holds_on(day) else ""
    return "\n".join(part for part in (about, mandate_words(one), card, suspended) if part)


def _add_groups(facts: Facts, story: DeputyStory) -> None:
    facts.begin("小组")
    found = [
        (group, member) for group in story.groups for member in group.memberships if member.deputy_id == story.deputy.id
    ]
    for group, member in sorted(found, key=lambda one: not one[1].holds_on(story.day)):
        holds = member.holds_on(story.day)
        word = "　组长" if member.leader and holds else ""
        names = (
            [story.villages[one] for one in group.villages_on(story.day) if one in story.villages]
            if (story.villages and holds)
            else []
        )
        lines = (f"{group.name}{word}", "、".join(names), f"{member.from_on} 至 {member.to_on or '今'}")
        facts.add(GROUP_KIND_LABELS[group.kind], "\n".join(line for line in lines if line), faint=not holds)


def _add_households(facts: Facts, story: DeputyStory) -> None:
    facts.begin("联户")
    now = [one for one in story.households if one.holds_on(story.day)]
    if now:
        named = [one.name for one in now if one.name]
        shown = "、".join(named[:6]) + (f" 等 {len(named)} 户" if len(named) > 6 else "")
        facts.add("联系户", "\n".join(part for part in (f"{sum(one.households for one in now)} 户", shown) if part))


def _add_places(facts: Facts, story: DeputyStory) -> None:
    facts.begin("所属")
    rooms = story.rooms or {}
    for one in reversed(story.deputy.placements):
        where = rooms.get(one.station_id, OWN_NAME) if one.station_id else OWN_NAME
        came = f"从{one.came_from}转入" if one.came_from else ""
        went = f"转往{one.went_to}" if one.went_to else ""
        span = f"{one.from_on or '……'} 至 {one.to_on or '今'}"
        words = "　".join(part for part in (span, came, went) if part)
        facts.add(where, words, faint=not one.holds_on(story.day))
