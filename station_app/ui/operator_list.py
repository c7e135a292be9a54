"""设置 · 操作员: who may work with the file, what each may do, a new PIN for who forgot theirs."""

from dataclasses import replace
from typing import Any

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.operators import Operator, Role
from station_app.domain.problems import invalid
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Notice
from station_app.ui.fields import ChoiceField, FormPanel, SegmentField
from station_app.ui.list_section import EditableList
from station_app.ui.page import Shell
from station_app.ui.pin_field import PinField
from station_app.ui.theme import Tone

NOTE = (
    "设了操作员以后，打开登记簿要选名字、输PIN，操作记录里写明是谁办的。"
    "站长、联络员什么都能办；录入员只登记来访、签到和打印；查阅只能看。"
)
_FIRST = (
    "先设您自己：您是谁？第一名操作员须是站长或联络员。PIN请记牢，最好由站长、联络员各设一名，一位忘了由另一位重设。"
)
_MAY = {
    Role.HEAD: "全部，并管理操作员和密码",
    Role.CLERK: "全部，并管理操作员和密码",
    Role.HELPER: "登记来访、签到、打印",
    Role.READER: "只看，不改动",
}


def operator_list(shell: Shell, desks: Desks) -> EditableList:
    """Return 操作员."""
    desk = desks.operators

    def form(operator: Operator | None) -> FormPanel:
        first = not desk.any()
        shown = operator or (desk.first_proposal() if first else Operator(0, "", "", Role.HELPER))

        def save(values: dict[str, Any]) -> Done[int]:
            if values["pin"] != values["again"]:
                raise invalid("again", "两次输入的不一样，请重新输入。")
            changed = replace(shown, name=values["name"] or "", role=values["role"])
            staff = {one.name: one.id for one in desks.settings.staff()}
            done = desk.save(replace(changed, staff_id=staff.get(changed.name)), values["pin"])
            if first:  # who makes the operators is the first of them
                desk.sign_in(done.value, values["pin"])
            return done

        made = FormPanel(_title(operator, first=first), save, shell.messages)
        about = Notice(Tone.INFO)
        made.add_widget(about)
        name = made.add("name", ChoiceField("姓名", required=True, free=True))
        name.set_choices([one.name for one in desks.settings.staff() if not one.retired])
        made.add("role", SegmentField("角色", {role: role.label for role in Role}.items()))
        word = "新PIN" if operator is not None and operator.has_pin else "PIN"
        made.add("pin", PinField(word, placeholder="4到8位数字"))
        made.add("again", PinField("再输一次"))
        made.set_values({"name": shown.name, "role": shown.role})
        if first:
            about.say("", _FIRST)
        elif operator is not None and operator.has_pin:
            about.say("", "忘了PIN的，在这里输一个新的；不改就空着。")
        else:
            about.say("", "PIN由本人输入。录入员、查阅可以不设PIN，选名字就能登录。")
        return made

    return EditableList(
        "操作员",
        NOTE,
        "操作员",
        Ledger(
            "setting_operators",
            "操作员",
            (
                Column("name", "姓名", lambda row: row.name, Kind.LABEL, 12),
                Column("role", "角色", lambda row: row.role.label, Kind.LABEL, 9),
                Column("may", "能办什么", lambda row: _MAY[row.role], Kind.TEXT, 24),
                Column("pin", "PIN", lambda row: "已设" if row.has_pin else "未设", Kind.LABEL, 7),
                Column("state", "状态", lambda row: "停用" if row.retired else "在用", Kind.LABEL, 9),
            ),
        ),
        desk.all,
        form,
        lambda row, retired: desk.retire(row, retired=retired),
        stretch="may",
    )


def _title(operator: Operator | None, *, first: bool) -> str:
    if operator is not None:
        return "修改操作员"
    return "第一名操作员" if first else "新增操作员"
