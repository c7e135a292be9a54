"""The pages of the window, in the order of Alt+1, Alt+2 …; those within another page have no number.

Each module is imported when its page is first shown.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from station_app.station import Desks
from station_app.ui.main_window import PageEntry
from station_app.ui.page import Page, Shell

if TYPE_CHECKING:
    from station_app.ui.backups_page import Restore
    from station_app.ui.reception_papers import ReceptionPapers


def page_entries(desks: Desks, restore: "Restore" = lambda _restoration: None) -> tuple[PageEntry, ...]:
    """Return the pages over the desks of one open station.

    Args:
        restore: lets a proven backup take the register's place, which closes the window.
    """

    def today(shell: Shell) -> Page:
        from station_app.ui.today_page import TodayPage

        return TodayPage(shell, desks)

    def reception(shell: Shell) -> Page:
        from station_app.ui.reception_page import ReceptionPage

        return ReceptionPage(shell, desks, _reception_papers(shell, desks))

    def opinions(shell: Shell) -> Page:
        from station_app.ui.opinions_page import OpinionsPage

        return OpinionsPage(shell, desks)

    def units(shell: Shell) -> Page:
        from station_app.ui.units_page import UnitsPage

        return UnitsPage(shell, desks)

    def roster(shell: Shell) -> Page:
        from station_app.ui.roster_page import RosterPage

        return RosterPage(shell, desks)

    def ledgers(shell: Shell) -> Page:
        from station_app.ui.ledgers_page import LedgersPage

        return LedgersPage(shell, desks)

    def settings(shell: Shell) -> Page:
        from station_app.ui.settings_page import SettingsPage

        return SettingsPage(shell, desks)

    def log(shell: Shell) -> Page:
        from station_app.ui.log_page import LogPage

        return LogPage(shell, desks)

    def backups(shell: Shell) -> Page:
        from station_app.ui.backups_page import BackupsPage

        return BackupsPage(shell, desks, restore)

    def deleted(shell: Shell) -> Page:
        from station_app.ui.deleted_page import DeletedPage

        return DeletedPage(shell, desks)

    return (
        PageEntry("today", "今日", "sun", today),
        PageEntry("reception", "接待", "calendar-days", reception),
        PageEntry("opinions", "意见", "message-square-text", opinions),
        PageEntry("roster", "代表", "users", roster),
        PageEntry("ledgers", "台账", "clipboard-list", ledgers),
        PageEntry("settings", "设置", "settings", settings),
        PageEntry("units", "承办单位", "building-2", units, within="opinions"),
        *_within_roster(desks),
        PageEntry("log", "操作记录", "clock", log, within="settings"),
        PageEntry("backups", "备份与恢复", "shield-check", backups, within="settings"),
        PageEntry("deleted", "最近删除", "trash-2", deleted, within="settings"),
    )


def _within_roster(desks: Desks) -> tuple[PageEntry, ...]:
    """Return the pages reached from 代表."""

    def grouping(shell: Shell) -> Page:
        from station_app.ui.grouping_page import GroupingPage

        return GroupingPage(shell, desks)

    def checking(shell: Shell) -> Page:
        from station_app.ui.checking_page import CheckingPage

        return CheckingPage(shell, desks)

    def terms(shell: Shell) -> Page:
        from station_app.ui.terms_page import TermsPage

        return TermsPage(shell, desks)

    return (
        PageEntry("grouping", "编组", "users", grouping, within="roster"),
        PageEntry("checking", "名册核对", "check", checking, within="roster"),
        PageEntry("terms", "届次与换届", "rotate-ccw", terms, within="roster"),
    )


def _reception_papers(shell: Shell, desks: Desks) -> "ReceptionPapers":
    """Return how the reception page prints: the day's ledger on the 台账 page, forms in a window of their own."""
    from station_app.ui.paper_window import PaperWindow
    from station_app.ui.reception_papers import ReceptionPapers

    def show(title: str, write: Callable[[Desks, Path], None]) -> None:
        def write_from_copy(path: Path) -> None:
            with desks.reading() as copy:
                write(copy, path)

        PaperWindow(shell, title, write_from_copy, QApplication.activeWindow()).show()

    return ReceptionPapers(
        ledger=lambda day_id: shell.open_page("ledgers", ("visits", day_id)),
        visit_forms=lambda ids: show("接待选民登记表", lambda copy, path: copy.reports.forms.write(ids, path)),
        blank_forms=lambda numbers: show(
            "空白接待选民登记表", lambda copy, path: copy.reports.forms.write_blank(numbers, path)
        ),
    )
