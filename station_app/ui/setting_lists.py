"""The lists of the settings: staff, villages, units, categories, channels, natures."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.station import (
    STAFF_POST_LABELS,
    VILLAGE_WORD,
    Branch,
    Choice,
    ListKey,
    Staff,
    StaffPost,
    Tier,
    Unit,
    Village,
)
from station_app.domain.text import masked_phone
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.fields import CheckField, FormPanel, LineField, NumberField, SegmentField
from station_app.ui.list_section import EditableList
from station_app.ui.page import Shell

STATE_COLUMN: Column[Any] = Column("state", "状态", lambda row: "停用" if row.retired else "在用", Kind.LABEL, 9)
VILLAGES = VILLAGE_WORD
"""The section of villages; a special station reads its own word for them."""
_LIST_WORDS = {
    ListKey.CATEGORY: ("类别", "意见建议按类别登记和统计。", ""),
    ListKey.CHANNEL: ("来源渠道", "意见从哪里来；标为“计接待”的渠道计入接待批次和人次。", "计接待批次、人次"),
    ListKey.NATURE: ("诉求性质", "标为“计件”的性质计入本期新收；咨询一般不计。", "计为一件"),
}


def staff_list(shell: Shell, desks: Desks) -> EditableList:
    """Return 工作人员."""

    def form(person: Staff | None) -> FormPanel:
        shown = person or Staff(0, "", "", StaffPost.CLERK)

        def save(values: dict[str, Any]) -> Done[int]:
            return desks.settings.save_staff(replace(shown, **values))

        made = list_form("工作人员", person, save, shell)
        made.add("name", LineField("姓名", required=True))
        made.add("post", SegmentField("职务", STAFF_POST_LABELS.items()))
        made.add("phone", LineField("联系电话"))
        made.set_values({"name": shown.name, "post": shown.post, "phone": shown.phone})
        return made

    return EditableList(
        "工作人员",
        "站长、副站长、联络员；台账的负责人、填表人从这里来。",
        "人员",
        Ledger(
            "setting_staff",
            "工作人员",
            (
                Column("name", "姓名", lambda row: row.name, Kind.LABEL, 12),
                Column("post", "职务", lambda row: STAFF_POST_LABELS[row.post], Kind.LABEL, 10),
                Column("phone", "联系电话", lambda row: masked_phone(row.phone), Kind.CODE, 13),
                STATE_COLUMN,
            ),
        ),
        desks.settings.staff,
        form,
        lambda row, retired: desks.settings.save_staff(replace(row, retired=retired)),
    )


def village_list(shell: Shell, desks: Desks) -> EditableList:
    """Return 村(居)."""

    word = desks.settings.profile().village_word
    of_villages = desks.settings.profile().branch in {Branch.GENERAL, Branch.CROSS_AREA}

    def form(village: Village | None) -> FormPanel:
        shown = village or Village(0, "", "", "")

        def save(values: dict[str, Any]) -> Done[int]:
            values["groups"] = values["groups"] or 0
            return desks.settings.save_village(replace(shown, **values))

        made = list_form(word, village, save, shell)
        made.add("name", LineField("全称", required=True, placeholder="如 上坪村" if of_villages else ""))
        made.add("short_name", LineField("简称", placeholder="表格里用；不填同全称"))
        made.add("groups", NumberField("村民小组数" if of_villages else "班组数", most=500))
        made.set_values({"name": shown.name, "short_name": shown.short_name, "groups": shown.groups or None})
        return made

    return EditableList(
        VILLAGES,
        "联络站联系的村和社区；来访人住址、意见统计都按它分。"
        if of_villages
        else f"{word}：来访人、意见统计都按它分。",
        word,
        Ledger(
            "setting_villages",
            word,
            (
                Column("name", "全称", lambda row: row.name, Kind.TEXT, 18),
                Column("short_name", "简称", lambda row: row.short_name, Kind.TEXT, 12),
                Column("groups", "村民小组" if of_villages else "班组", lambda row: row.groups or None, Kind.COUNT, 10),
                STATE_COLUMN,
            ),
        ),
        desks.settings.villages,
        form,
        lambda row, retired: desks.settings.save_village(replace(row, retired=retired)),
        lambda ids: desks.settings.arrange("villages", ids),
        heading=word,
    )


def unit_list(shell: Shell, desks: Desks) -> EditableList:
    """Return 承办单位."""

    def tiers() -> dict[Tier, str]:
        return {Tier.TOWNSHIP: desks.settings.profile().tier_word, Tier.VILLAGE: "村(居)", Tier.COUNTY: "县级"}

    def form(unit: Unit | None) -> FormPanel:
        shown = unit or Unit(0, "", "", Tier.TOWNSHIP)
        made = list_form("承办单位", unit, lambda values: desks.settings.save_unit(replace(shown, **values)), shell)
        made.add("name", LineField("名称", required=True, placeholder="如 镇城建办"))
        made.add("tier", SegmentField("层级", tiers().items()))
        made.add("contact", LineField("联系人"))
        made.add("phone", LineField("办公电话"))
        made.add("mobile", LineField("手机"))
        made.add("remark", LineField("备注", placeholder="如 分管领导、第二联系人"))
        made.set_values({key: getattr(shown, key) for key in made.fields})
        return made

    return EditableList(
        "承办单位",
        "意见交办、转办给谁；层级决定办理期限和文书。",
        "单位",
        Ledger(
            "setting_units",
            "承办单位",
            (
                Column("name", "名称", lambda row: row.name, Kind.TEXT, 20),
                Column("tier", "层级", lambda row: tiers()[row.tier], Kind.LABEL, 9),
                Column("contact", "联系人", lambda row: row.contact, Kind.LABEL, 10),
                Column("phone", "办公电话", lambda row: masked_phone(row.phone), Kind.CODE, 13),
                Column("mobile", "手机", lambda row: masked_phone(row.mobile), Kind.CODE, 13, shown=False),
                Column("remark", "备注", lambda row: row.remark, Kind.TEXT, 14, shown=False),
                STATE_COLUMN,
            ),
        ),
        desks.settings.units,
        form,
        lambda row, retired: desks.settings.save_unit(replace(row, retired=retired)),
        lambda ids: desks.settings.arrange("units", ids),
        peers=lambda row: row.tier,
    )


def choice_list(key: ListKey) -> Callable[[Shell, Desks], EditableList]:
    """Return the maker of 类别, 来源渠道 or 诉求性质."""
    title, note, counted = _LIST_WORDS[key]

    def make(shell: Shell, desks: Desks) -> EditableList:
        def form(choice: Choice | None) -> FormPanel:
            shown = choice or Choice(0, "", key, "")
            made = list_form(title, choice, lambda values: desks.settings.save_choice(replace(shown, **values)), shell)
            made.add("label", LineField("名称", required=True))
            made.set_values({"label": shown.label})
            if counted:
                made.add("counts", CheckField("", counted))
                made.set_values({"counts": shown.counts})
            return made

        columns: tuple[Column[Any], ...] = (Column("label", "名称", lambda row: row.label, Kind.TEXT, 20), STATE_COLUMN)
        if counted:
            count = Column[Any]("counts", counted, lambda row: "计" if row.counts else "不计", Kind.LABEL, 16)
            columns = (columns[0], count, STATE_COLUMN)
        return EditableList(
            title,
            note,
            title,
            Ledger(f"setting_{key}", title, columns),
            lambda: desks.settings.choices(key),
            form,
            lambda row, retired: desks.settings.save_choice(replace(row, retired=retired)),
            lambda ids: desks.settings.arrange("choices", ids),
            stretch="label",
        )

    return make


def list_form(noun: str, row: Any, save: Callable[[dict[str, Any]], Done[int]], shell: Shell) -> FormPanel:
    """Return the empty form of an entry of a list; ``row`` is None for a new one."""
    title = f"修改{noun}" if row else f"新增{noun}"
    return FormPanel(title, save, shell.messages, next_word="" if row else "保存并新增下一个")
