"""The pages of the window, in the order of Alt+1, Alt+2 …; each module is imported when its page is first shown."""

from station_app.station import Desks
from station_app.ui.main_window import PageEntry
from station_app.ui.page import Page, Shell


def page_entries(desks: Desks) -> tuple[PageEntry, ...]:
    """Return the pages over the desks of one open station."""

    def today(shell: Shell) -> Page:
        from station_app.ui.today_page import TodayPage

        return TodayPage(shell, desks)

    def reception(shell: Shell) -> Page:
        from station_app.ui.reception_page import ReceptionPage

        return ReceptionPage(shell, desks)

    def opinions(shell: Shell) -> Page:
        from station_app.ui.opinions_page import OpinionsPage

        return OpinionsPage(shell, desks)

    def roster(shell: Shell) -> Page:
        from station_app.ui.roster_page import RosterPage

        return RosterPage(shell, desks)

    def ledgers(shell: Shell) -> Page:
        from station_app.ui.ledgers_page import LedgersPage

        return LedgersPage(shell, desks)

    def settings(shell: Shell) -> Page:
        from station_app.ui.settings_page import SettingsPage

        return SettingsPage(shell, desks)

    return (
        PageEntry("today", "今日", "sun", today),
        PageEntry("reception", "接待", "calendar-days", reception),
        PageEntry("opinions", "意见", "message-square-text", opinions),
        PageEntry("roster", "代表", "users", roster),
        PageEntry("ledgers", "台账", "clipboard-list", ledgers),
        PageEntry("settings", "设置", "settings", settings),
    )
