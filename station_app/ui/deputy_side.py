"""The column at the right of the roster: the card of the current deputy, or the form that stands in its place."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QStackedWidget

from station_app.domain.groups import Group, HouseholdLink
from station_app.domain.people import Deputy
from station_app.domain.roster_check import check_is_due
from station_app.station import Desks
from station_app.ui.cards import Card, EmptyState
from station_app.ui.deputy_card import DeputyCard
from station_app.ui.deputy_facts import DeputyStory
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.form import FormPanel
from station_app.ui.group_forms import GroupForm
from station_app.ui.theme import px

_CARD, _FORM, _LONG_FORM = 310, 400, 480
"""Least widths of the column."""


class DeputySide(QStackedWidget):
    """See the module.

    Args:
        desks: the desks of the open station.
        card: the card.
    """

    def __init__(self, desks: Desks, card: DeputyCard) -> None:
        super().__init__()
        self._desks = desks
        self.card = card
        self._nobody = Card()
        words = EmptyState()
        words.say("选中一位代表，这里显示职务、小组和联系方式。", "", None)
        self._nobody.body.addWidget(words)
        self.addWidget(self._nobody)
        self.addWidget(card)
        self.setMinimumWidth(px(_CARD))

    def show_deputy(
        self,
        deputy: Deputy | None,
        groups: Sequence[Group],
        households: Sequence[HouseholdLink],
        day: date,
        months: int,
    ) -> None:
        """Show the card of a deputy, or that nobody is chosen.

        Args:
            groups / households: of everybody.
            day: on which it is told.
            months: after how many an entry waits for its check.
        """
        if deputy is None:
            self.setCurrentWidget(self._nobody)
            return
        desks = self._desks
        past = day != desks.clock.today()
        self.card.show_story(
            DeputyStory(
                deputy,
                groups,
                [one for one in households if one.deputy_id == deputy.id],
                desks.settings.profile().organ_kind,
                {room.id: room.name for room in desks.rooms.all()},
                {village.id: village.short_name for village in desks.settings.villages()},
                day.isoformat(),
                desks.roster.deeds(deputy.id, day.isoformat()),
                not past and check_is_due(deputy.checked_on, day, months),
            )
        )
        self.card.set_past(past=past)
        self.setCurrentWidget(self.card)

    def show_form(self, form: FormPanel) -> None:
        """Let a form take the place of the card."""
        self.addWidget(form)
        self.setCurrentWidget(form)
        self.setMinimumWidth(px(_LONG_FORM if isinstance(form, DeputyForm | GroupForm) else _FORM))

    def take_form(self, form: FormPanel) -> None:
        """Take a form away."""
        self.setMinimumWidth(px(_CARD))
        self.removeWidget(form)
        form.hide()
        form.deleteLater()
