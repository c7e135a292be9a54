"""The list of rooms and posts in the settings (站室)."""

from dataclasses import replace
from typing import Any

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.rooms import ROOM_KINDS, Room
from station_app.domain.station import BRANCH_LABELS, STATION_KIND_LABELS
from station_app.domain.text import masked_phone
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.fields import ChoiceField, FormPanel, LineField, MultiChoiceField, SegmentField
from station_app.ui.list_section import EditableList
from station_app.ui.page import Shell
from station_app.ui.setting_lists import STATE_COLUMN, list_form


def room_list(shell: Shell, desks: Desks) -> EditableList:
    """Return 站室."""
    settings = desks.settings

    def villages(room: Room) -> str:
        names = {one.id: one.short_name or one.name for one in settings.villages()}
        return "、".join(names[one] for one in room.village_ids if one in names)

    def form(room: Room | None) -> FormPanel:
        shown = room or Room("")
        word = settings.profile().village_word

        def save(values: dict[str, Any]) -> Done[int]:
            return desks.rooms.save(replace(shown, **values))

        made = list_form("站室", room, save, shell)
        made.add("name", LineField("名称", required=True, placeholder="如 圩镇代表联络室"))
        made.add("kind", SegmentField("类型", [(kind, STATION_KIND_LABELS[kind]) for kind in ROOM_KINDS]))
        made.add("branch", SegmentField("所在领域", BRANCH_LABELS.items()))
        made.add("place", LineField("地点", placeholder="新建接待日时填入"))
        made.add("phone", LineField("联系电话"))
        usable = [(one.id, one.short_name or one.name) for one in settings.villages() if not one.retired]
        made.add("village_ids", MultiChoiceField(f"联系{word}", usable, placeholder="打首字母"))
        people = [(one.id, one.name) for one in settings.staff() if not one.retired or one.id == shown.staff_id]
        made.add("staff_id", ChoiceField("负责人", people, placeholder="工作人员中选"))
        made.set_values({key: getattr(shown, key) for key in made.fields})
        return made

    columns: tuple[Column[Any], ...] = (
        Column("name", "名称", lambda row: row.name, Kind.TEXT, 20),
        Column("kind", "类型", lambda row: STATION_KIND_LABELS[row.kind], Kind.LABEL, 9),
        Column("branch", "所在领域", lambda row: BRANCH_LABELS[row.branch], Kind.LABEL, 9),
        Column("villages", "联系范围", villages, Kind.TEXT, 16),
        Column("staff", "负责人", lambda row: row.staff, Kind.LABEL, 9),
        Column("place", "地点", lambda row: row.place, Kind.TEXT, 16, shown=False),
        Column("phone", "联系电话", lambda row: masked_phone(row.phone), Kind.CODE, 13, shown=False),
        STATE_COLUMN,
    )
    return EditableList(
        "站室",
        "联络站下设的联络室、联络点。设了站室，接待日、登记和代表意见就要选站室，台账和统计可以分站室；没有下设的不用管。",
        "站室",
        Ledger("setting_rooms", "站室", columns),
        desks.rooms.all,
        form,
        lambda row, retired: desks.rooms.save(replace(row, retired=retired)),
        desks.rooms.arrange,
        remove=lambda row: desks.rooms.delete(row.id),
    )
