"""Pictures of the groups: the page, a day of the past, proposals, checks, households, forms."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station_app.domain.groups import Group, GroupKind, HouseholdLink
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.groups_panel import Place
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.proposal_panel import ProposalPanel
from station_app.ui.station_window import StationWindow
from tests.picture_scenes import demo_desks

Prepare = Callable[["GroupingShot"], None]


class GroupingShot(StationWindow):
    """A window over the demo that comes to rest before its picture is taken."""

    def __init__(self, folder: Path, prepare: Prepare) -> None:
        super().__init__(demo_desks(folder), window_settings(str(folder / "window.ini")), RecordedMessages())
        self._prepare = prepare

    def before_picture(self) -> None:
        """Bring the page into the state that is wanted."""
        self.activateWindow()
        self._prepare(self)
        self.rest()

    def rest(self) -> None:
        """Wait for jobs and timers."""
        for turn in range(200):
            loop = QEventLoop()
            QTimer.singleShot(50, loop.quit)
            loop.exec()
            if not self.jobs.busy and turn > 5:
                return

    def grouping(self) -> GroupingPage:
        """Show the groups and return their page, on the first area group."""
        self.show_page("grouping")
        page = self.page("grouping")
        assert isinstance(page, GroupingPage)
        page.catch_up()
        page.tree.go_to_group(page.grouped.of_kind(GroupKind.AREA)[0].id)
        return page


def _page(shot: GroupingShot) -> None:
    page = shot.grouping()
    page.table.view.setFocus()


def _area_kind(shot: GroupingShot) -> None:
    shot.grouping().tree.go_to(Place(kind=GroupKind.AREA))


def _past(shot: GroupingShot) -> None:
    page = shot.grouping()
    page.day.set_value("2025-01-15")
    page.day.changed.emit()


def _move(shot: GroupingShot) -> None:
    page = shot.grouping()
    page.table.view.setFocus()
    page.acts.move()


def _edit(shot: GroupingShot) -> None:
    shot.grouping().acts.edit_group()


def _add(shot: GroupingShot) -> None:
    shot.grouping().acts.add()


def _correct(shot: GroupingShot) -> None:
    shot.grouping().acts.correct()


def _findings(shot: GroupingShot) -> None:
    page = shot.grouping()
    desks = shot.desks
    groups = page.grouped.of_kind(GroupKind.AREA)
    page.publish(desks.grouping.make_leader(groups[0].id, None))
    page.publish(desks.grouping.save_group(Group(0, "", "教育医疗专业小组", GroupKind.FIELD, position=30)))
    page.publish(desks.grouping.leave_all([groups[1].memberships[0].id], page.today()))
    page.show_findings()


def _rules(shot: GroupingShot) -> None:
    _findings(shot)
    page = shot.grouping()
    page.show_findings()
    page.panel.choose_rules()  # type: ignore[union-attr]  # it is the findings


def _proposal(kind: GroupKind, adjusted: bool = False) -> Prepare:
    def prepare(shot: GroupingShot) -> None:
        page = shot.grouping()
        page.tree.go_to(Place(kind=kind))
        page.show_proposal()
        panel = page.panel
        assert isinstance(panel, ProposalPanel)
        if adjusted:
            first = panel.proposal.teams[0]
            panel.drop("application/x-station-village", first.village_ids[0], 1)
            panel.seats.view.setFocus()
            panel.move_rows()

    return prepare


def _households(shot: GroupingShot) -> None:
    page = shot.grouping()
    deputies = shot.desks.roster.serving()
    villages = [village.id for village in shot.desks.settings.villages()]
    for place, deputy in enumerate(deputies[:9]):
        shot.desks.households.save(HouseholdLink(deputy.id, villages[place % 4], 12 + place, from_on="2026-01-01"))
    for number, name in enumerate(("刘发根", "王冬菊", "钟秀英", "何田生")):
        link = HouseholdLink(
            deputies[0].id, villages[1], name=name, address=f"三组{number + 11}号", phone=f"1400000300{number}",
            from_on="2026-03-01", remark="独居老人" if number == 1 else "",
        )  # fmt: skip
        page.publish(shot.desks.households.save(link))
    page.show_households()
    page.panel.go_to_deputy(deputies[0].id)  # type: ignore[union-attr]  # they are the households


def _household_form(shot: GroupingShot) -> None:
    _households(shot)
    page = shot.page("grouping")
    page.panel.new()  # type: ignore[attr-defined]  # they are the households


def _chat(shot: GroupingShot) -> None:
    page = shot.grouping()
    deputies = [one.id for one in shot.desks.roster.serving()[:3]]
    villages = tuple(village.id for village in shot.desks.settings.villages()[:1])
    made = shot.desks.grouping.save_group(
        Group(0, "", "上坪村村民议事群", GroupKind.CHAT, villages, people=236, position=40)
    )
    shot.desks.grouping.join_all(made.value, deputies, page.today(), deputies[0])
    page.publish(made)
    page.show_chats()


def _scene(prepare: Prepare) -> Callable[[Path], QWidget]:
    return lambda folder: GroupingShot(folder, prepare)


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "grouping": _scene(_page),
    "grouping-wide": _scene(_page),
    "grouping-kind": _scene(_area_kind),
    "grouping-past": _scene(_past),
    "grouping-move": _scene(_move),
    "grouping-edit": _scene(_edit),
    "grouping-add": _scene(_add),
    "grouping-correct": _scene(_correct),
    "grouping-findings": _scene(_findings),
    "grouping-rules": _scene(_rules),
    "grouping-proposal": _scene(_proposal(GroupKind.AREA)),
    "grouping-proposal-wide": _scene(_proposal(GroupKind.AREA, adjusted=True)),
    "grouping-proposal-duty": _scene(_proposal(GroupKind.DUTY)),
    "grouping-households": _scene(_households),
    "grouping-household-form": _scene(_household_form),
    "grouping-chat": _scene(_chat),
}
SIZES = {
    **dict.fromkeys(SCENES, (1024, 700)), "grouping-wide": (1280, 800), "grouping-proposal-wide": (1280, 800),
}  # fmt: skip
