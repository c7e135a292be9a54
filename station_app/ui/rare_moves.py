"""The short forms of the moves that are seldom made or short; each adds its fields to a `MoveForm`."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from station_app.domain.events import PROMISE_KEPT_WAY, PROMISE_NOT_YET_WAY
from station_app.domain.move_draft import END_WAYS, LEGAL_ROUTE_WAY, PROMISE_WAYS
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.domain.progress import State
from station_app.ui.cards import Notice, label
from station_app.ui.fields import Choice, ChoiceField, DateField, LineField, SegmentField, TextField
from station_app.ui.matter_words import standing_words
from station_app.ui.theme import Tone

if TYPE_CHECKING:
    from station_app.ui.move_form import MoveForm

SELDOM: Final = frozenset(
    {
        Move.RETURN, Move.SUPERVISE, Move.ASK_EXTENSION, Move.MARK_URGENT, Move.MERGE, Move.UNMERGE, Move.END,
        Move.RESTART, Move.VOID,
    }
)  # fmt: skip
"""Moves that stand in the menu 更多."""

_MOST_PREVIEWED: Final = 6

ROUTES: Final = (
    "人民法院", "仲裁委员会", "行政复议机关", "信访部门", "纪检监察机关", "公安机关", "人民检察院", "人民调解委员会",
    "劳动保障监察", "12345 热线",
)  # fmt: skip


def _redirect(form: "MoveForm") -> None:
    form.add(
        "route",
        ChoiceField("引导渠道", ROUTES, required=True, free=True, placeholder="已告知的法定渠道"),
    )
    form.add("text", TextField("说明", least=2))
    form.add_day()
    form.add_widget(label("涉及干部的检举控告只记引导渠道，不记内容。", "small", wrap=True))


def _receive(form: "MoveForm") -> None:
    form.add("person", LineField("签收人"))
    form.add_day()
    form.add("text", TextField("备注", least=2))


def _close(form: "MoveForm") -> None:
    form.add("text", TextField("说明", least=2))
    form.add_day("办结日期")


def _return(form: "MoveForm") -> None:
    form.add("text", TextField("退回理由", required=True, placeholder="承办单位说明不属其职责的理由"))
    form.add("person", LineField("经办人"))
    form.add_day("退回日期")
    form.add_widget(label("退回后重新交办，首次交办日期保留。", "small", wrap=True))


def _supervise(form: "MoveForm") -> None:
    form.add("text", TextField("督办情况", required=True))
    form.add("person", LineField("督办人"))
    form.add_day("督办日期")


def _ask_extension(form: "MoveForm") -> None:
    form.add("due_on", DateField("申请延至", form.today, required=True))
    form.add("text", TextField("延期理由", required=True))
    form.add("person", LineField("申请人"))
    form.add_day("申请日期")


def _grant_extension(form: "MoveForm") -> None:
    progress = form.case.progress
    form.add_widget(label(f"{progress.extension_asked_on} 申请延至 {progress.extension_wanted}", "muted", wrap=True))
    due = form.add("due_on", DateField("同意延至", form.today, required=True))
    due.set_value(progress.extension_wanted)
    form.add("person", ChoiceField("批准人", form.heads(), free=True))
    form.add("text", TextField("批准意见", least=2))
    form.add_day()


def _refuse_extension(form: "MoveForm") -> None:
    form.add("text", TextField("不同意的理由", required=True))
    form.add("person", ChoiceField("批准人", form.heads(), free=True))
    form.add_day()


def _check_promise(form: "MoveForm") -> None:
    progress = form.case.progress
    form.add_widget(label(f"承诺 {progress.promised_on} 办成：{progress.promise}", "muted", wrap=True))
    way = form.add("way", SegmentField("核实结果", [(way, way) for way in PROMISE_WAYS], required=True))
    way.set_value(PROMISE_KEPT_WAY)
    due = form.add("due_on", DateField("新的承诺日期", form.today))
    form.add("text", TextField("核实情况", least=2))
    form.add("person", LineField("核实人")).set_value(form.operator)
    form.add_day("核实日期")

    def way_changed() -> None:
        delayed = way.value() == PROMISE_NOT_YET_WAY
        form.grid.show_field(due, shown=delayed)
        if not delayed:
            due.set_value("")

    way.changed.connect(way_changed)
    way_changed()


def _mark_urgent(form: "MoveForm") -> None:
    form.add("text", TextField("说明", least=2, placeholder="涉及安全或群体的情况"))
    form.add_day()
    form.add_widget(label("紧急事项当日交办、当日报告。", "small", wrap=True))


def _merge(form: "MoveForm") -> None:
    offered = [Choice(case.id, f"{case.number} {case.title}", case.petitioner) for case in _mains(form)]
    main = form.add("main_id", ChoiceField("并入", offered, required=True, placeholder="输入编号、标题或拼音首字母"))
    preview = Notice(Tone.INFO)
    preview.setObjectName("preview")
    form.add_widget(preview)
    form.add("text", TextField("说明", least=2))
    form.add_day()
    form.add_widget(label("并案不减少件数；可随时取消并案，按 Ctrl+Z 整批撤销。", "small", wrap=True))

    def main_changed() -> None:
        preview.say(*_preview_words(form, main.value()) if main.value() else ("", ""))

    main.changed.connect(main_changed)


def _mains(form: "MoveForm") -> list[Case]:
    """Return the matters that may become the main one: the selected ones, what is like them, then the newest."""
    desks, own = form.desks, form.case_ids
    everything = {case.id: case for case in reversed(desks.opinions.cases())}
    alike = desks.similar.matters(form.case.words, form.case.village, form.case.category, without=own)
    first = [*(own if len(own) > 1 else ()), *(one.case.id for one in alike)]
    ordered = (everything[case_id] for case_id in dict.fromkeys([*first, *everything]))
    shut_out = own if len(own) == 1 else ()
    return [
        case
        for case in ordered
        if case.id not in shut_out and case.progress.main_id is None and case.progress.state is not State.VOID
    ]


def _preview_words(form: "MoveForm", main_id: int) -> tuple[str, str]:
    """Say what merging will do before it is done: which matters, whose feedback stays, what is counted."""
    preview = form.desks.merging.preview(form.case_ids, main_id)
    main = preview.main
    lines = [f"{case.number}　{case.petitioner}　{standing_words(case)}" for case in preview.joining[:_MOST_PREVIEWED]]
    if len(preview.joining) > _MOST_PREVIEWED:
        lines.append(f"…… 等 {len(preview.joining)} 件")
    if preview.joined:
        lines.append(f"先前已并入 {len(preview.joined)} 件")
    lines += [
        "每件保留自己的编号、反映人、反馈、评价和办结。",
        f"件数 {preview.count} 件不变；并案后事项数 {preview.merged_before} → {preview.merged_after}。",
        f"登记 {main.number} 的答复时，可一并记到并入的各件。",
    ]
    return f"并入 {main.number}　{main.petitioner}　{standing_words(main)}", "\n".join(lines)


def _unmerge(form: "MoveForm") -> None:
    form.add("text", TextField("说明", least=2))
    form.add_day()


def _end(form: "MoveForm") -> None:
    way = form.add("way", SegmentField("原因", [(way, way) for way in END_WAYS], required=True))
    way.set_value(END_WAYS[0])
    route = form.add("route", ChoiceField("法定渠道", ROUTES, free=True))
    form.add("text", TextField("理由", required=True))
    form.add_day("终止日期")

    def way_changed() -> None:
        legal = way.value() == LEGAL_ROUTE_WAY
        form.grid.show_field(route, shown=legal)
        if not legal:
            route.set_value(None)

    way.changed.connect(way_changed)
    way_changed()


def _reason(title: str, note: str) -> Callable[["MoveForm"], None]:
    def build(form: "MoveForm") -> None:
        form.add("text", TextField(title, required=True))
        form.add_day()
        form.add_widget(label(note, "small", wrap=True))

    return build


BUILDERS: Final[dict[Move, Callable[["MoveForm"], None]]] = {
    Move.REDIRECT: _redirect,
    Move.RECEIVE: _receive,
    Move.CLOSE: _close,
    Move.RETURN: _return,
    Move.SUPERVISE: _supervise,
    Move.ASK_EXTENSION: _ask_extension,
    Move.GRANT_EXTENSION: _grant_extension,
    Move.REFUSE_EXTENSION: _refuse_extension,
    Move.CHECK_PROMISE: _check_promise,
    Move.MARK_URGENT: _mark_urgent,
    Move.MERGE: _merge,
    Move.UNMERGE: _unmerge,
    Move.END: _end,
    Move.RESTART: _reason("重新启动的理由", "重新启动后从交办做起，原来的办理过程保留在时间线上。"),
    Move.VOID: _reason("作废的理由", "作废的意见保留编号，不计入任何统计；登记有误的请用“更正”。"),
}
