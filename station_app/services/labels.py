"""The station's own labels read once for one action: categories, natures, channels, villages."""

from typing import TYPE_CHECKING

from station_app.domain.problems import FieldProblem
from station_app.domain.station import ListKey, Village
from station_app.storage.stations import StationRecords

if TYPE_CHECKING:
    from station_app.domain.cell_places import Place  # with all that reads foreign spreadsheets behind it

LIST_WORDS = {ListKey.CATEGORY: "类别", ListKey.NATURE: "诉求性质", ListKey.CHANNEL: "来源渠道"}


class Labels:
    """Checks typed labels and finds what they mean, in the lists as they are now."""

    def __init__(self, stations: StationRecords) -> None:
        self._lists = {key: {choice.label: choice for choice in stations.choices(key)} for key in ListKey}
        self._villages = {name: one for one in stations.villages() for name in (one.name, one.short_name)}
        self._everybody = {stations.profile().whole_place, "全镇/其他"}

    def choice_id(self, key: ListKey, label: str) -> int:
        """Return the id of a list's entry; of its first one for a label that is not in it."""
        entries = self._lists[key]
        return (entries.get(label) or next(iter(entries.values()))).id

    def village(self, name: str) -> Village | None:
        """Return the village of this full or short name, or None."""
        return self._villages.get(name)

    def place_in(self, address: str) -> "Place":
        """Return the village and villagers' group that an address tells."""
        from station_app.domain.cell_places import find_place

        return find_place(address, self._villages)

    def list_problem(self, field: str, key: ListKey, typed: str) -> FieldProblem | None:
        """Return why ``typed`` is no entry of a list, or None; empty text stands for the default."""
        if not typed or typed in self._lists[key]:
            return None
        return FieldProblem(field, f"没有“{typed[:20]}”这个{LIST_WORDS[key]}，请从列表中选择。")

    def village_problem(self, field: str, typed: str) -> FieldProblem | None:
        """Return why ``typed`` is no village of the station, or None."""
        if not typed or typed in self._villages or typed in self._everybody:
            return None
        return FieldProblem(field, f"没有“{typed[:20]}”这个村(居)，请从列表中选择。")
