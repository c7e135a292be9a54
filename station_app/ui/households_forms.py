"""Forms of 联户: households by number or by name, the end of contact, the grids of a village."""

from dataclasses import replace
from typing import Any

from station_app.domain.groups import HouseholdLink
from station_app.domain.problems import invalid
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import label
from station_app.ui.fields import Choice, ChoiceField, DateField, FormPanel, LineField, NumberField, TextField
from station_app.ui.form_draft import DraftPlace
from station_app.ui.page import Shell


class HouseholdForm(FormPanel):
    """Households of a deputy: a number in a village, or one by name.

    Args:
        link: the entry to change, or None for a new one.
        deputy_id: whose it is at first.
    """

    kind = "household"

    def __init__(self, desks: Desks, shell: Shell, link: HouseholdLink | None, deputy_id: int | None) -> None:
        super().__init__(
            "修改联户" if link else "登记联户",
            self._save_link,
            shell.messages,
            next_word="" if link else "保存并登记下一户",
        )
        self._desks = desks
        self._link = link or HouseholdLink(deputy_id or 0, from_on=shell.clock.today().isoformat())
        villages = {one.id: one.short_name for one in desks.settings.villages() if not one.retired}
        grids = [
            (one.id, f"{villages[one.village_id]}{one.name}")
            for one in desks.households.grids()
            if one.village_id in villages
        ]
        deputies = [Choice(one.id, one.name, one.post) for one in desks.roster.serving()]
        self.add("deputy_id", ChoiceField("联系代表", deputies, required=True, placeholder="姓名或首字母"))
        self.add("village_id", ChoiceField("村(居)", villages.items(), required=True, placeholder="村名或首字母"))
        if grids:
            self.add("grid_id", ChoiceField("网格", grids))
        self.add("households", NumberField("户数"))
        self.add("name", LineField("户主姓名", placeholder="一户一户登记时填；只记户数的空着"))
        self.add("address", LineField("住址", wide=True))
        self.add("phone", LineField("电话"))
        self.add("from_on", DateField("自哪天起", shell.clock.today))
        self.add("remark", LineField("备注", wide=True))
        if not link and deputy_id and (home := desks.roster.deputy(deputy_id).village_id) in villages:
            self._link = replace(self._link, village_id=home)
        self.fields["name"].changed.connect(self._fit)
        self._show(link is None)
        self.keep_drafts(desks, DraftPlace(self.kind, "grouping", self._link.uid, {"deputy_id": deputy_id}))

    def begin_next(self) -> None:
        """Be ready for the next household of the same deputy and village."""
        self._link = replace(
            self._link,
            id=0,
            uid="",
            name="",
            address="",
            phone="",
            remark="",
            village_id=self.fields["village_id"].value(),
        )
        self._show(True)
        self.fields["name"].setFocus()

    def _show(self, new: bool) -> None:
        self.clear({key: getattr(self._link, key) for key in self.fields})
        if new:
            self.set_values({"households": None})
        self._fit()

    def _fit(self) -> None:
        """A household by name is one."""
        named = bool(self.fields["name"].value())
        self.fields["households"].setEnabled(not named)
        if named:
            self.fields["households"].set_value(1)

    def _save_link(self, values: dict[str, Any]) -> Done[int]:
        values["deputy_id"] = values["deputy_id"] or 0
        values["households"] = values["households"] or 0
        return self._desks.households.save(replace(self._link, **values))


class HouseholdEndForm(FormPanel):
    """Contact with a household ends on a day."""

    def __init__(self, desks: Desks, shell: Shell, link: HouseholdLink) -> None:
        super().__init__("结束联户", self._end, shell.messages, save_word="结束")
        self._desks = desks
        self._link = link
        self.add("to_on", DateField("结束日期", shell.clock.today, required=True))
        self.clear({"to_on": shell.clock.today()})

    def _end(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.households.end(self._link.id, values["to_on"])


class GridsForm(FormPanel):
    """The grids of a village, one name a line."""

    def __init__(self, desks: Desks, shell: Shell, village_id: int | None) -> None:
        super().__init__("网格", self._save_grids, shell.messages)
        self._desks = desks
        villages = [(one.id, one.short_name) for one in desks.settings.villages() if not one.retired]
        self.add_widget(label("一行一个网格；去掉一行就是删除，有小组或联户的不能删。", "muted", wrap=True))
        village = self.add("village_id", ChoiceField("村(居)", villages, required=True))
        self.add("grids", TextField("网格"))
        self.clear({"village_id": village_id})
        village.changed.connect(self._show_grids)
        self._show_grids()

    def _show_grids(self) -> None:
        village_id = self.fields["village_id"].value()
        names = [one.name for one in self._desks.households.grids() if one.village_id == village_id]
        self.fields["grids"].set_value("\n".join(names))
        self.mark_clean()

    def _save_grids(self, values: dict[str, Any]) -> Done[None]:
        if values["village_id"] is None:
            raise invalid("village_id", "请选择村(居)。")
        return self._desks.households.save_grids(values["village_id"], values["grids"].splitlines())
