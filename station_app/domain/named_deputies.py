"""Deputies as sheets name them: by name, and namesakes by what else is said of them."""

from collections import defaultdict
from collections.abc import Iterable

from station_app.domain.cell_text import Reading
from station_app.domain.people import Deputy, Level, level_label
from station_app.domain.station import OrganKind


class NamedDeputies:
    """The roster as far as a sheet may name somebody of it.

    Args:
        deputies: everybody, in roster order.
        organ: tells how the lowest level is called.
    """

    def __init__(self, deputies: Iterable[Deputy], organ: OrganKind = OrganKind.TOWN) -> None:
        self._organ = organ
        self._by_name: dict[str, list[Deputy]] = defaultdict(list)
        self._order: dict[int, int] = {}
        for deputy in deputies:
            self._by_name[deputy.name].append(deputy)
            self._order[deputy.id] = len(self._order)

    def find(
        self, name: str, levels: Iterable[Level] = (), phone: str = "", village: str = ""
    ) -> Reading[Deputy | None]:
        """Return who is meant; of namesakes the one whom level, phone or village tell."""
        found = self._by_name.get(name, [])
        if not found:
            return Reading(None, f"代表名册里没有“{name}”。")
        wanted = frozenset(levels)
        for same in (
            [one for one in found if phone and phone in (one.phone, one.phone2)],
            [one for one in found if wanted and wanted == _levels(one)],
            [one for one in found if wanted and wanted <= _levels(one)],
            [one for one in found if village and village == one.village],
        ):
            found = same if same and len(found) > 1 else found
        if len(found) > 1:
            return Reading(None, f"代表名册里有 {len(found)} 位“{name}”，请写明层级、电话或村(居)，分清是哪一位。")
        return Reading(found[0])

    def told(self, deputy: Deputy) -> str:
        """Return a deputy's name, of namesakes with levels and village: 张伟(县)."""
        namesakes = self._by_name[deputy.name]
        if len(namesakes) < 2:
            return deputy.name
        levels = "、".join(level_label(level, self._organ) for level in Level if level in _levels(deputy))
        alike = sum(_levels(one) == _levels(deputy) for one in namesakes) > 1
        return f"{deputy.name}({levels}{deputy.village if alike else ''})"

    def in_order(self, deputies: Iterable[Deputy]) -> list[Deputy]:
        """Return deputies in the order of the roster, each once."""
        return sorted({one.id: one for one in deputies}.values(), key=lambda one: self._order[one.id])


def _levels(deputy: Deputy) -> frozenset[Level]:
    return frozenset(mandate.level for mandate in deputy.mandates)
