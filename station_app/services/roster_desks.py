"""The desks around the roster of one open station file, each made when it is first asked for."""

from functools import cached_property
from typing import TYPE_CHECKING

from station_app.services.housekeeping import Housekeeping
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.reception_days import ReceptionDays
from station_app.services.settings_desk import SettingsDesk
from station_app.storage.station_file import StationFile

if TYPE_CHECKING:
    from station_app.services import (
        attachments_desk,
        checking_desk,
        clerk_handover,
        grouping,
        households_desk,
        persons_desk,
        portraits,
        rooms_desk,
        roster,
        roster_papers,
        term_change_desk,
        terms_desk,
    )


class RosterDesks:
    """A part of `Desks`: what is done with the roster, and the hand-over of it all."""

    _file: StationFile
    settings: SettingsDesk
    days: ReceptionDays
    opinions: OpinionDesk
    housekeeping: Housekeeping

    @cached_property
    def attachments(self) -> "attachments_desk.AttachmentsDesk":
        """The desk at which files are attached to records, deputies' portraits among them."""
        from station_app.services.attachments_desk import AttachmentsDesk

        return AttachmentsDesk(self._file)

    @cached_property
    def roster(self) -> "roster.Roster":
        """The desk that keeps the deputies."""
        from station_app.services.roster import Roster

        return Roster(self._file)

    @cached_property
    def grouping(self) -> "grouping.Grouping":
        """The desk of the deputies' groups."""
        from station_app.services.grouping import Grouping

        return Grouping(self._file)

    @cached_property
    def rooms(self) -> "rooms_desk.RoomsDesk":
        """The desk of the station's rooms and posts."""
        from station_app.services.rooms_desk import RoomsDesk

        return RoomsDesk(self._file)

    @cached_property
    def roster_papers(self) -> "roster_papers.RosterPapers":
        """The desk that prints the roster: 公示牌 and 名册核对表."""
        from station_app.services.roster_papers import RosterPapers

        return RosterPapers(
            self._file.clock, self.settings, self.roster, self.grouping, self.days, self.attachments
        )  # fmt: skip

    @cached_property
    def handover(self) -> "clerk_handover.ClerkHandoverDesk":
        """The desk that prints what a clerk leaves to a successor."""
        from station_app.services.clerk_handover import ClerkHandoverDesk

        return ClerkHandoverDesk(self._file, self.settings, self.opinions)

    @cached_property
    def checking(self) -> "checking_desk.CheckingDesk":
        """The desk at which the roster is checked."""
        from station_app.services.checking_desk import CheckingDesk

        return CheckingDesk(self._file, self.settings, self.roster, self.grouping, self.housekeeping)

    @cached_property
    def terms(self) -> "terms_desk.TermsDesk":
        """The register of terms and constituencies, which knows who represented a village."""
        from station_app.services.terms_desk import TermsDesk

        return TermsDesk(self._file, self.settings, self.roster, self.grouping)

    @cached_property
    def term_change(self) -> "term_change_desk.TermChangeDesk":
        """The desk at which a term changes."""
        from station_app.services.term_change_desk import TermChangeDesk

        return TermChangeDesk(self._file, self.settings, self.roster)

    @cached_property
    def portraits(self) -> "portraits.Portraits":
        """The desk of the deputies' portraits."""
        from station_app.services.portraits import Portraits

        return Portraits(self._file, self.attachments)

    @cached_property
    def households(self) -> "households_desk.HouseholdsDesk":
        """The desk of the households deputies keep contact with, and of grids."""
        from station_app.services.households_desk import HouseholdsDesk

        return HouseholdsDesk(self._file)

    @cached_property
    def persons(self) -> "persons_desk.PersonsDesk":
        """The desk that finds and unites entries of one person."""
        from station_app.services.persons_desk import PersonsDesk

        return PersonsDesk(self._file)
