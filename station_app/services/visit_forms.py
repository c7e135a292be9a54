"""Forms of single visits: filled in to be signed, and blank ones numbered beforehand."""

from collections.abc import Sequence
from pathlib import Path

from station_app.services.reception_desk import ReceptionDesk
from station_app.services.settings_desk import SettingsDesk


class VisitForms:
    """Writes 接待选民登记表."""

    def __init__(self, settings: SettingsDesk, reception: ReceptionDesk) -> None:
        self._settings = settings
        self._reception = reception

    def write(self, visit_ids: Sequence[int], path: Path) -> None:
        """Write the forms of registered visits as one PDF."""

    def write_blank(self, numbers: Sequence[str], path: Path) -> None:
        """Write blank forms that carry the numbers reserved for them as one PDF."""
