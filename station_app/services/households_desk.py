"""Households deputies keep contact with, by number or by name, and the grids of the villages."""

from dataclasses import replace

from station_app.domain.groups import Grid, HouseholdLink
from station_app.domain.households import household_problems
from station_app.domain.people import day_problem
from station_app.domain.problems import FieldProblem, invalid, refuse
from station_app.domain.text import NAME_LIMIT, clean_line, clean_name, clean_phone, text_problem
from station_app.services.done import ROSTER, Done
from station_app.storage.deputies import DeputyRecords
from station_app.storage.groups import GroupRecords
from station_app.storage.station_file import StationFile


class HouseholdsDesk:
    """Keeps household links and grids."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = GroupRecords(file)
        self._deputies = DeputyRecords(file)

    def all(self) -> list[HouseholdLink]:
        """Return every household link, past ones too."""
        return self._records.households()

    def grids(self) -> list[Grid]:
        """Return the grids of every village."""
        return self._records.grids()

    def save(self, link: HouseholdLink) -> Done[int]:
        """Create (id 0) or change a household link: a number of households, or one by name.

        It ends by itself when the deputy goes (`Deputy.gone_on`).

        Raises:
            InvalidInput: with every problem of every field.
        """
        name = clean_name(link.name)
        link = replace(
            link,
            name=name,
            households=1 if name else link.households,
            address=clean_line(link.address),
            phone=clean_phone(link.phone),
            remark=clean_line(link.remark),
        )
        refuse(household_problems(link))
        if gone := self._deputies.one(link.deputy_id).gone_on:
            if link.from_on >= gone:
                raise invalid("from_on", f"这位代表 {gone} 起已不再担任代表，请核对起始日期。")
            link = replace(link, to_on=min(link.to_on or gone, gone))
        same = (link.deputy_id, link.village_id, link.grid_id, link.name, link.address, link.phone)
        for one in self._records.households():
            if one.id != link.id and _overlap(one, link) and same == (
                one.deputy_id, one.village_id, one.grid_id, one.name, one.address, one.phone
            ):  # fmt: skip
                what = "这一户已经登记在这位代表名下。" if name else "这位代表在这个村(居)已经登记过户数，请改那一条。"
                raise invalid("name" if name else "households", what)
        with self._file.write("修改联户" if link.id else "登记联户") as step:
            link_id = self._records.save_household(step, link)
        return Done(link_id, "已保存联户", frozenset({ROSTER}), step.id)

    def end(self, link_id: int, on: str) -> Done[None]:
        """End contact with a household on a day; history stays.

        Raises:
            InvalidInput: at ``to_on``.
        """
        refuse([day_problem("to_on", "结束日期", on)])
        link = next(one for one in self._records.households() if one.id == link_id)
        if on <= link.from_on:
            raise invalid("to_on", f"这一条自 {link.from_on} 起，结束日期应在那以后；录错的请删除。")
        with self._file.write("结束联户") as step:
            self._records.save_household(step, replace(link, to_on=on))
        return Done(None, "已结束联户", frozenset({ROSTER}), step.id)

    def delete(self, link_id: int) -> Done[None]:
        """Delete a household link that was entered by mistake; it can be undone."""
        with self._file.write("删除联户") as step:
            step.delete("household_links", link_id)
        return Done(None, "已删除联户", frozenset({ROSTER}), step.id)

    def save_grids(self, village_id: int, names: list[str]) -> Done[None]:
        """Set the grids of a village by their names, in one step: new names are added, missing ones deleted.

        Raises:
            InvalidInput: a name is too long, or a grid that would go is still served or has households.
        """
        wanted = list(dict.fromkeys(name for one in names if (name := clean_line(one))))
        refuse([text_problem("grids", "网格名称", name, NAME_LIMIT) for name in wanted])
        present = {grid.name: grid for grid in self._records.grids() if grid.village_id == village_id}
        gone = [grid for name, grid in present.items() if name not in wanted]
        used = {link.grid_id for link in self._records.households()}
        used |= {one.place_id for group in self._records.all() for one in group.grids}
        refuse(FieldProblem("grids", f"网格“{grid.name}”有小组或联户，不能去掉。") for grid in gone if grid.id in used)
        with self._file.write("保存网格") as step:
            for grid in gone:
                step.delete("grids", grid.id)
            for name in wanted:
                if name not in present:
                    self._records.save_grid(step, Grid(0, "", village_id, name))
        return Done(None, "已保存网格", frozenset({ROSTER}), step.id)


def _overlap(one: HouseholdLink, other: HouseholdLink) -> bool:
    return (not other.to_on or one.from_on < other.to_on) and (not one.to_on or other.from_on < one.to_on)
