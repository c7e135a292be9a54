"""Whether a typed label is one of the station's own: categories, natures, channels, villages."""

from station_app.domain.problems import FieldProblem
from station_app.domain.station import ListKey
from station_app.storage.stations import StationRecords

LIST_WORDS = {ListKey.CATEGORY: "类别", ListKey.NATURE: "诉求性质", ListKey.CHANNEL: "来源渠道"}


class LabelCheck:
    """Checks labels against the lists as they are now."""

    def __init__(self, stations: StationRecords) -> None:
        self._lists = {key: {choice.label for choice in stations.choices(key)} for key in ListKey}
        villages = stations.villages()
        self._villages = {name for village in villages for name in (village.name, village.short_name)}
        self._villages |= {stations.profile().whole_place, "全镇/其他"}

    def of_list(self, field: str, key: ListKey, typed: str) -> FieldProblem | None:
        """Return why ``typed`` is no entry of a list, or None; empty text stands for the default."""
        if not typed or typed in self._lists[key]:
            return None
        return FieldProblem(field, f"没有“{typed[:20]}”这个{LIST_WORDS[key]}，请从列表中选择。")

    def of_village(self, field: str, typed: str) -> FieldProblem | None:
        """Return why ``typed`` is no village of the station, or None."""
        if not typed or typed in self._villages:
            return None
        return FieldProblem(field, f"没有“{typed[:20]}”这个村(居)，请从列表中选择。")
