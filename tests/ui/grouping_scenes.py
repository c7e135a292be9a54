"""Pictures of the groups: the page, a day of the past, proposals, checks, households, forms."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.domain.groups import Group, GroupKind, HouseholdLink
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.groups_panel import Place
from station_app.ui.proposal_panel import ProposalPanel
from tests.picture_scenes import Shot
from tests.ui.window_seat import page_of

Prepare = Callable[[Shot], None]


def _grouping(shot: Shot) -> GroupingPage:
    """Return the page of groups, on the first area group."""
    page = page_of(shot, "grouping", GroupingPage)
    page.catch_up()
    page.tree.go_to_group(page.grouped.of_kind(GroupKind.AREA)[0].id)
    return page


def _page(shot: Shot) -> None:
    page = _grouping(shot)
    page.table.view.setFocus()


def _area_kind(shot: Shot) -> None:
    _grouping(shot).tree.go_to(Place(kind=GroupKind.AREA))


def _past(shot: Shot) -> None:
    page = _grouping(shot)
    page.day.set_value("2025-01-15")
    page.day.changed.emit()


def _move(shot: Shot) -> None:
    page = _grouping(shot)
    page.table.view.setFocus()
    page.acts.move()


def _edit(shot: Shot) -> None:
    _grouping(shot).acts.edit_group()


def _add(shot: Shot) -> None:
    _grouping(shot).acts.add()


def _correct(shot: Shot) -> None:
    _grouping(shot).acts.correct()


def _findings(shot: Shot) -> None:
    page = _grouping(shot)
    desks = shot.desks
    groups = page.grouped.of_kind(GroupKind.AREA)
    page.publish(desks.grouping.make_leader(groups[0].id, None))
    page.publish(desks.grouping.save_group(Group(0, "", "教育医疗专业小组", GroupKind.FIELD, position=30)))
    page.publish(desks.grouping.leave_all([groups[1].memberships[0].id], page.today()))
    page.show_findings()


def _rules(shot: Shot) -> None:
    _findings(shot)
    page = _grouping(shot)
    page.show_findings()
    page.panel.choose_rules()  # type: ignore[union-attr]  # it is the findings


def _proposal(kind: GroupKind, adjusted: bool = False) -> Prepare:
    def prepare(shot: Shot) -> None:
        page = _grouping(shot)
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


def _households(shot: Shot) -> None:
    page = _grouping(shot)
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


def _household_form(shot: Shot) -> None:
    _households(shot)
    page = shot.page("grouping")
    page.panel.new()  # type: ignore[attr-defined]  # they are the households


def _chat(shot: Shot) -> None:
    page = _grouping(shot)
    deputies = [one.id for one in shot.desks.roster.serving()[:3]]
    villages = tuple(village.id for village in shot.desks.settings.villages()[:1])
    made = shot.desks.grouping.save_group(
        Group(0, "", "上坪村村民议事群", GroupKind.CHAT, villages, people=236, position=40)
    )
    shot.desks.grouping.join_all(made.value, deputies, page.today(), deputies[0])
    page.publish(made)
    page.show_chats()


def _scene(prepare: Prepare) -> Callable[[Path], QWidget]:
    return lambda folder: Shot(folder, "grouping", prepare)


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
