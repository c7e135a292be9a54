"""Deputies as sheets name them: by name, and namesakes by what else is said of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from station_app.domain.cell_text import Reading
from station_app.domain.people import Deputy, Level, level_label
from station_app.domain.station import OrganKind


class NamedDeputies:
    """The roster as far as a sheet may name somebody of it.

    Args:
        deputies: everybody, in roster order.
        on: ISO date on which the levels are held that tell namesakes apart.
        organ: tells how the lowest level is called.
    """

    def __init__(self, deputies: Iterable[Deputy], on: str, organ: OrganKind = OrganKind.TOWN) -> None:
        self._on = on
        self._organ = organ
        self._by_name: dict[str, list[Deputy]] = defaultdict(list)
        self._order: dict[int, int] = {}
        for deputy in deputies:
            self._by_name[deputy.name].append(deputy)
            self._order[deputy.id] = len(self._order)

    def find(
        self,
        name: str,
        levels: Iterable[Level] = (),
        phone: str = "",
        village: str = "",
        among: Collection[int] = (),
    ) -> Reading[Deputy | None]:
        """Return who is meant, see `candidates`; the reason says why nobody is."""
        found = self.candidates(name, levels, phone, village, among)
        if not found:
            return Reading(None, f"代表名册里没有“{name}”。")
        if len(found) > 1:
            return Reading(None, f"代表名册里有 {len(found)} 位“{name}”，请写明层级、电话或村(居)，分清是哪一位。")
        return Reading(found[0])

    def candidates(
        self,
        name: str,
        levels: Iterable[Level] = (),
        phone: str = "",
        village: str = "",
        among: Collection[int] = (),
    ) -> list[Deputy]:
        """Return who may be meant: of namesakes those whom phone, level or village tell.

        Args:
            among: ids of those who are expected there, such as the members of the group today.
        """
        found = self._by_name.get(name, [])
        wanted = frozenset(levels)
        for fits in (
            lambda one: phone and phone in (one.phone, one.phone2),
            lambda one: wanted and wanted == frozenset(one.levels_on(self._on)),
            lambda one: wanted and wanted <= frozenset(one.levels_on(self._on)),
            lambda one: village and village == one.village,
            lambda one: one.id in among,
        ):
            if len(found) > 1:
                found = [one for one in found if fits(one)] or found
        return found

    def told(self, deputy: Deputy) -> str:
        """Return a deputy's name, of namesakes with levels and village: 张伟(县)."""
        namesakes = self._by_name[deputy.name]
        if len(namesakes) < 2:
            return deputy.name
        levels = "、".join(level_label(level, self._organ) for level in Level if level in deputy.levels_on(self._on))
        alike = sum(one.levels_on(self._on) == deputy.levels_on(self._on) for one in namesakes) > 1
        return f"{deputy.name}({levels}{deputy.village if alike else ''})"

    def in_order(self, deputies: Iterable[Deputy]) -> list[Deputy]:
        """Return deputies in the order of the roster, each once."""
        return sorted({one.id: one for one in deputies}.values(), key=lambda one: self._order[one.id])
