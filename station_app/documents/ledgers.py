"""The books of a station: every column described once for screen, Excel, PDF and import (domain.md, Books)."""

from typing import Final

from station_app.documents.columns import Cell, Column, Kind, Ledger
from station_app.domain.events import SATISFACTION_LABELS, Satisfaction
from station_app.domain.log_line import LogLine
from station_app.domain.opinion import SOURCE_LABELS, Case
from station_app.domain.opinion_line import OpinionLine
from station_app.domain.people import RosterLine
from station_app.domain.progress import STATE_LABELS, Disposition, State
from station_app.domain.promise_line import PROMISE_STATE_LABELS, PromiseLine
from station_app.domain.reception import VisitLine
from station_app.domain.suggestion import SESSION_KIND_LABELS, SUGGESTION_KIND_LABELS
from station_app.domain.suggestion_line import SuggestionLine
from station_app.domain.unit_line import UnitLine

ROOM_KEY: Final = "room"
"""Key of the column 站室, which a station without rooms is not offered."""

VISIT_LEDGER: Ledger[VisitLine] = Ledger(
    "visits",
    "接待选民登记台账",
    (
        Column("index", "序号", lambda line: line.index, Kind.COUNT, 5),
        Column("number", "编号", lambda line: line.case_number or line.visit_number, Kind.CODE, 10.5),
        Column("on", "接待日期", lambda line: line.on, Kind.DATE, 11, shown=False),
        Column("name", "选民(群众)姓名", lambda line: line.name, Kind.LABEL, 9),
        Column("gender", "性别", lambda line: line.gender, Kind.LABEL, 5),
        Column("phone", "联系电话", lambda line: line.phone, Kind.CODE, 12.5),
        Column("address", "住址", lambda line: line.address, Kind.TEXT, 14),
        Column("people", "人数", lambda line: line.people, Kind.COUNT, 5),
        Column("words", "反映内容(原话)", lambda line: line.words, Kind.TEXT, 38),
        Column("category", "类别", lambda line: line.category, Kind.LABEL, 9),
        Column("on_spot_answer", "当场答复情况", lambda line: line.on_spot_answer, Kind.TEXT, 16),
        Column("proposal", "拟办意见", lambda line: line.proposal, Kind.TEXT, 16),
        Column("receivers", "接待人", lambda line: line.receivers, Kind.LABEL, 10),
        Column("place", "接待地点", lambda line: line.place, Kind.TEXT, 14, shown=False),
        Column("disposition", "处理方式", lambda line: line.disposition, Kind.LABEL, 11, shown=False),
        Column("unit", "承办单位", lambda line: line.unit, Kind.TEXT, 12, shown=False),
        Column("result", "办理结果", lambda line: line.result, Kind.TEXT, 20, shown=False),
        Column("fed_back_on", "反馈日期", lambda line: line.fed_back_on, Kind.DATE, 11, shown=False),
        Column("satisfaction", "满意度", lambda line: line.satisfaction, Kind.LABEL, 9, shown=False),
        Column("recorder", "记录人", lambda line: line.recorder, Kind.LABEL, 9, shown=False),
        Column(ROOM_KEY, "站室", lambda line: line.room, Kind.TEXT, 12, shown=False),
        Column("remark", "备注", lambda line: line.remark, Kind.TEXT, 11),
    ),
)
MONTH_VISIT_KEYS = (
    "index", "number", "on", "name", "gender", "phone", "address", "people", "words", "category", "on_spot_answer",
    "proposal", "receivers", "remark",
)  # fmt: skip
"""The month's version carries the date after the number."""


def _answered(line: OpinionLine) -> Cell:
    progress = line.case.progress
    return f"{progress.answered_on} {progress.answer_class}".strip()


def _satisfaction(case: Case) -> str:
    rating = case.progress.satisfaction
    return SATISFACTION_LABELS[rating] if rating else ""


def handled_by(case: Case) -> str:
    """Return who handles a matter; one that went up waits for the county's own assignment."""
    if case.progress.unit:
        return "、".join((case.progress.unit, *case.progress.assisting))
    return "县人大常委会" if case.progress.disposition is Disposition.COUNTY else ""


def _closed_on(case: Case) -> str:
    return case.progress.closed_on or case.progress.ended_on


def _late(line: OpinionLine) -> str:
    if not line.case.progress.answered_on or not line.answer_due_on:
        return ""
    return "是" if line.answered_late else "否"


def _remark(line: OpinionLine) -> str:
    case = line.case
    notes = [case.remark]
    if case.urgent:
        notes.append("紧急")
    if case.progress.state in {State.REDIRECTED, State.ENDED, State.VOID}:
        notes.append(STATE_LABELS[case.progress.state])
    if case.progress.disposition is Disposition.ON_SPOT:
        notes.append("当场答复")
    if case.progress.main_id:
        notes.append("并案")
    return "；".join(note for note in notes if note)


OPINION_LEDGER: Ledger[OpinionLine] = Ledger(
    "opinions",
    "意见建议办理台账",
    (
        Column("index", "序号", lambda line: line.index, Kind.COUNT, 5),
        Column("number", "编号", lambda line: line.case.number, Kind.CODE, 10.5),
        Column("raised_on", "提出日期", lambda line: line.case.raised_on, Kind.DATE, 11),
        Column("petitioner", "提出人", lambda line: line.case.petitioner, Kind.LABEL, 8.5),
        Column("title", "标题", lambda line: line.case.title, Kind.TEXT, 24, shown=False),
        Column("words", "反映内容", lambda line: line.case.words, Kind.TEXT, 36),
        Column("category", "类别", lambda line: line.case.category, Kind.LABEL, 9),
        Column("village", "村(居)", lambda line: line.village, Kind.LABEL, 9),
        Column("unit", "承办单位", lambda line: handled_by(line.case), Kind.TEXT, 13),
        Column("handed_on", "交办(转办)日期", lambda line: line.case.progress.handed_on, Kind.DATE, 11),
        Column("due_on", "办理期限", lambda line: line.answer_due_on, Kind.DATE, 11),
        Column("answered", "答复日期及类别", _answered, Kind.LABEL, 11.5),
        Column("fed_back_on", "反馈日期", lambda line: line.case.progress.fed_back_on, Kind.DATE, 11),
        Column("satisfaction", "满意度", lambda line: _satisfaction(line.case), Kind.LABEL, 8.5),
        Column("closed_on", "办结日期", lambda line: _closed_on(line.case), Kind.DATE, 11),
        Column("source", "来源", lambda line: SOURCE_LABELS[line.case.source], Kind.LABEL, 9, shown=False),
        Column("channel", "渠道", lambda line: line.case.channel, Kind.LABEL, 9, shown=False),
        Column("nature", "诉求性质", lambda line: line.case.nature, Kind.LABEL, 9, shown=False),
        Column("phone", "联系电话", lambda line: line.case.phone, Kind.CODE, 12.5, shown=False),
        Column("disposition", "处理方式", lambda line: line.disposition, Kind.LABEL, 12, shown=False),
        Column("answered_by", "承办人", lambda line: line.case.progress.answered_by, Kind.LABEL, 10, shown=False),
        Column(
            "answer_phone", "承办人电话", lambda line: line.case.progress.answer_phone, Kind.CODE, 12.5, shown=False
        ),
        Column("rounds", "重办次数", lambda line: line.case.progress.round - 1, Kind.COUNT, 8, shown=False),
        Column("state", "状态", lambda line: STATE_LABELS[line.case.progress.state], Kind.LABEL, 10, shown=False),
        Column("mark", "期限", lambda line: line.mark, Kind.LABEL, 10, shown=False),
        Column("late", "是否逾期答复", _late, Kind.LABEL, 8, shown=False),
        Column(ROOM_KEY, "站室", lambda line: line.room, Kind.TEXT, 12, shown=False),
        Column("remark", "备注", _remark, Kind.TEXT, 10),
    ),
)


ROSTER_LEDGER: Ledger[RosterLine] = Ledger(
    "roster",
    "代表花名册",
    (
        Column("index", "序号", lambda line: line.index, Kind.COUNT, 5),
        Column("name", "姓名", lambda line: line.name, Kind.LABEL, 9),
        Column("gender", "性别", lambda line: line.gender, Kind.LABEL, 5),
        Column("ethnicity", "民族", lambda line: line.ethnicity, Kind.LABEL, 6.5),
        Column("birth_month", "出生年月", lambda line: line.birth_month, Kind.MONTH, 9),
        Column("party", "政治面貌", lambda line: line.party, Kind.LABEL, 9),
        Column("education", "学历", lambda line: line.education, Kind.LABEL, 7),
        Column("post", "工作单位及职务", lambda line: line.post, Kind.TEXT, 20),
        Column("levels", "代表层级", lambda line: line.levels, Kind.LABEL, 9),
        Column("terms", "届次", lambda line: line.terms, Kind.LABEL, 10),
        Column("constituencies", "选区(选举单位)", lambda line: line.constituencies, Kind.TEXT, 14),
        Column("card_numbers", "代表证号", lambda line: line.card_numbers, Kind.CODE, 10),
        Column("phone", "联系电话", lambda line: line.phone, Kind.CODE, 12.5),
        Column("area_groups", "代表小组", lambda line: line.area_groups, Kind.TEXT, 12),
        Column("villages", "联系村(居)", lambda line: line.villages, Kind.TEXT, 13),
        Column("field_groups", "专业小组", lambda line: line.field_groups, Kind.TEXT, 12, shown=False),
        Column("households", "联系户数", lambda line: line.households, Kind.COUNT, 8, shown=False),
        Column("state", "状态", lambda line: line.state, Kind.LABEL, 9, shown=False),
        Column("checked_on", "核对日期", lambda line: line.checked_on, Kind.DATE, 11, shown=False),
        Column("id_number", "身份证号", lambda line: line.id_number, Kind.CODE, 19, shown=False),
        Column("address", "住址", lambda line: line.address, Kind.TEXT, 20, shown=False),
        Column("home", "所在村(居)", lambda line: line.home, Kind.TEXT, 13, shown=False),
        Column("skills", "专长", lambda line: line.skills, Kind.TEXT, 14, shown=False),
        Column("languages", "语言、方言", lambda line: line.languages, Kind.TEXT, 12, shown=False),
        Column("remark", "备注", lambda line: line.remark, Kind.TEXT, 9),
    ),
)


def _promise_remark(line: PromiseLine) -> str:
    return line.why or (f"已过 {line.overdue_days} 天未核实" if line.overdue_days else "")


PROMISE_LEDGER: Ledger[PromiseLine] = Ledger(
    "promises",
    "承诺事项台账",
    (
        Column("index", "序号", lambda line: line.index, Kind.COUNT, 5),
        Column("number", "编号", lambda line: line.case.number, Kind.CODE, 10.5),
        Column("title", "事项", lambda line: line.case.title, Kind.TEXT, 22),
        Column("category", "类别", lambda line: line.case.category, Kind.LABEL, 9, shown=False),
        Column("village", "村(居)", lambda line: line.case.village, Kind.LABEL, 9, shown=False),
        Column("unit", "承办单位", lambda line: line.unit, Kind.TEXT, 13),
        Column("words", "承诺内容", lambda line: line.words, Kind.TEXT, 32),
        Column("given_on", "承诺日期", lambda line: line.given_on, Kind.DATE, 11),
        Column("answer_class", "答复类别", lambda line: line.answer_class, Kind.LABEL, 8, shown=False),
        Column("first_due_on", "原定办成日期", lambda line: line.first_due_on, Kind.DATE, 11, shown=False),
        Column("due_on", "办成日期", lambda line: line.due_on, Kind.DATE, 11),
        Column("delays", "顺延次数", lambda line: line.delays or None, Kind.COUNT, 6),
        Column("checked_on", "核实日期", lambda line: line.checked_on, Kind.DATE, 11),
        Column("checked", "核实情况", lambda line: line.checked, Kind.TEXT, 22),
        Column("state", "状态", lambda line: PROMISE_STATE_LABELS[line.state], Kind.LABEL, 9),
        Column("remark", "备注", _promise_remark, Kind.TEXT, 11),
    ),
)


UNIT_LEDGER: Ledger[UnitLine] = Ledger(
    "units",
    "承办单位办理情况统计表",
    (
        Column("index", "序号", lambda line: line.index or None, Kind.COUNT, 5),
        Column("unit", "承办单位", lambda line: line.unit.name if line.unit else "", Kind.TEXT, 18),
        Column("contact", "联系人", lambda line: line.unit.contact if line.unit else "", Kind.LABEL, 9, shown=False),
        Column("phone", "办公电话", lambda line: line.unit.phone if line.unit else "", Kind.CODE, 12.5, shown=False),
        Column("mobile", "手机", lambda line: line.unit.mobile if line.unit else "", Kind.CODE, 12.5, shown=False),
        Column("lead", "主办", lambda line: len(line.lead), Kind.COUNT, 6, group="交办(转办)件次"),
        Column("assisting", "协办", lambda line: len(line.assisting), Kind.COUNT, 6, group="交办(转办)件次"),
        Column("separate", "分别办理", lambda line: len(line.separate), Kind.COUNT, 8, group="交办(转办)件次"),
        Column("answered", "答复件次", lambda line: len(line.answered), Kind.COUNT, 8, group="答复"),
        Column("late", "其中逾期", lambda line: len(line.late), Kind.COUNT, 8, group="答复"),
        Column("in_time", "按期答复率", lambda line: str(line.in_time_rate), Kind.LABEL, 14, group="答复"),
        Column("returned", "退回", lambda line: len(line.returned), Kind.COUNT, 6),
        Column("extended", "延期", lambda line: len(line.extended), Kind.COUNT, 6),
        Column("rated", "已评价", lambda line: len(line.rated), Kind.COUNT, 7),
        Column("content", "满意率", lambda line: str(line.content_rate), Kind.LABEL, 14),
        Column("open", "未答复", lambda line: len(line.open), Kind.COUNT, 7, group="期末"),
        Column("overdue", "其中超期", lambda line: len(line.overdue), Kind.COUNT, 8, group="期末"),
        Column("remark", "备注", lambda _line: "", Kind.TEXT, 9),
    ),
)


def _judged(rating: Satisfaction | None) -> str:
    return SATISFACTION_LABELS[rating] if rating else ""


_JUDGED: Final = "满意度"
SUGGESTION_LEDGER: Ledger[SuggestionLine] = Ledger(
    "suggestions",
    "代表建议办理台账",
    (
        Column("index", "序号", lambda line: line.index, Kind.COUNT, 5),
        Column("occasion", "届次会议", lambda line: line.suggestion.occasion, Kind.LABEL, 17),
        Column("number", "编号", lambda line: line.suggestion.number, Kind.CODE, 8),
        Column("case_number", "意见编号", lambda line: line.case.number, Kind.CODE, 10.5, shown=False),
        Column("kind", "种类", lambda line: SUGGESTION_KIND_LABELS[line.suggestion.kind], Kind.LABEL, 8.5, shown=False),
        Column(
            "session_kind",
            "提出时间",
            lambda line: SESSION_KIND_LABELS[line.suggestion.session_kind],
            Kind.LABEL,
            8.5,
            shown=False,
        ),
        Column("level", "提交层级", lambda line: line.level, Kind.LABEL, 6, shown=False),
        Column("title", "标题", lambda line: line.suggestion.title, Kind.TEXT, 28),
        Column("category", "意见类别", lambda line: line.case.category, Kind.LABEL, 9, shown=False),
        Column("leader", "领衔代表", lambda line: line.suggestion.leader, Kind.LABEL, 9.5),
        Column("seconders", "附议代表", lambda line: "、".join(line.suggestion.seconders), Kind.TEXT, 15),
        Column("submitted_on", "提交日期", lambda line: line.suggestion.submitted_on, Kind.DATE, 11),
        Column("handed_on", "交办日期", lambda line: line.case.progress.handed_on, Kind.DATE, 11),
        Column("units", "主办/协办", lambda line: line.units, Kind.TEXT, 16),
        Column("due_on", "办理期限", lambda line: line.answer_due_on, Kind.DATE, 11, shown=False),
        Column("met_on", "面商日期", lambda line: line.met_on, Kind.DATE, 11),
        Column("answered_on", "答复日期", lambda line: line.case.progress.answered_on, Kind.DATE, 11),
        Column("answer_class", "类别", lambda line: line.case.progress.answer_class, Kind.LABEL, 5),
        Column("result", "结果", lambda line: _satisfaction(line.case), Kind.LABEL, 8.5, group=_JUDGED),
        Column("attitude", "态度", lambda line: _judged(line.attitude), Kind.LABEL, 8.5, group=_JUDGED),
        Column("rated_on", "评价日期", lambda line: line.case.progress.rated_on, Kind.DATE, 11, shown=False),
        Column("state", "状态", lambda line: STATE_LABELS[line.case.progress.state], Kind.LABEL, 10, shown=False),
        Column("remark", "备注", lambda line: line.remark, Kind.TEXT, 9),
    ),
)


LOG_LEDGER: Ledger[LogLine] = Ledger(
    "log",
    "操作记录",
    (
        Column("index", "序号", lambda line: line.index, Kind.COUNT, 6),
        Column("at", "时间", lambda line: line.at, Kind.CODE, 15.5),
        Column("operator", "操作员", lambda line: line.operator, Kind.LABEL, 9),
        Column("action", "操作", lambda line: line.action, Kind.TEXT, 18),
        Column("record", "记录", lambda line: line.record, Kind.TEXT, 17),
        Column("field", "项目", lambda line: line.field, Kind.TEXT, 12),
        Column("before", "原来", lambda line: line.before, Kind.TEXT, 25),
        Column("after", "改为", lambda line: line.after, Kind.TEXT, 43),
        Column("standing", "撤销", lambda line: line.standing, Kind.LABEL, 7),
    ),
)
