"""What the tables of records and their columns are called in Chinese, and how a stored value reads."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from station_app.domain.events import EVENT_LABELS, SATISFACTION_LABELS
from station_app.domain.grouping_rules import RULE_LABELS
from station_app.domain.groups import GROUP_KIND_LABELS
from station_app.domain.limits import Limit, Measure
from station_app.domain.operators import Role
from station_app.domain.opinion import OPENNESS_LABELS, SOURCE_LABELS
from station_app.domain.paper_texts import BLOCK_LABELS
from station_app.domain.papers import PAPER_LABELS, PaperKind
from station_app.domain.people import END_REASON_LABELS, GENDER_LABELS, Level, level_label
from station_app.domain.reception import DAY_KIND_LABELS, DAY_STATE_LABELS, PRESENCE_LABELS
from station_app.domain.roster_check import OUTCOME_LABELS
from station_app.domain.station import (
    BRANCH_LABELS,
    ORGAN_KIND_LABELS,
    STAFF_POST_LABELS,
    STATION_KIND_LABELS,
    ListKey,
    Tier,
)

NameOf = Callable[[str, Any], str]
"""Takes a table and a record's id (of an event also its uid), returns its short label: a number or a name."""

TABLE_TITLES: Final = {
    "stations": "联络站和站室",
    "staff": "工作人员",
    "villages": "村(居)",
    "grids": "网格",
    "units": "承办单位",
    "choices": "选项",
    "deputies": "代表",
    "mandates": "代表职务",
    "groups": "小组",
    "group_villages": "小组联系村",
    "memberships": "小组成员",
    "household_links": "联户",
    "reception_days": "接待日",
    "attendance": "签到",
    "visits": "来访",
    "visit_receivers": "接待人",
    "opinions": "意见建议",
    "events": "办理事项",
    "event_units": "协办单位",
    "suggestions": "代表建议",
    "suggestion_signers": "建议签名代表",
    "holidays": "节假日",
    "settings": "设置",
    "reserved_numbers": "预印表号",
    "imported_rows": "导入的行",
    "issued_summaries": "定稿月报",
    "attachments": "附件",
    "operators": "操作员",
    "erasures": "个人信息删除",
    "papers": "文书",
    "paper_opinions": "文书所列事项",
    "terms": "届次",
    "constituencies": "选区",
    "constituency_villages": "选区所含村",
    "leaves": "代表请假",
    "placements": "所属站室",
    "checks": "名册核对",
    "group_grids": "小组联系网格",
    "station_villages": "站室服务村",
    "sheet_mappings": "导入的列对应",
    "namesakes": "同名不同人",
}
"""Every kind of record, in the order the clerk thinks of them when the log is filtered."""

_SHARED: Final = {
    "id": "内部序号",
    "uid": "内部编号",
    "created_at": "建立时间",
    "updated_at": "修改时间",
    "revision": "修改次数",
    "deleted_at": "删除",
    "name": "姓名",
    "phone": "联系电话",
    "pinyin": "拼音",
    "initials": "拼音首字母",
    "position": "顺序",
    "retired": "停用",
    "remark": "备注",
    "place": "地点",
    "gender": "性别",
    "address": "住址",
    "kind": "类型",
    "level": "层级",
    "from_on": "起始日期",
    "to_on": "结束日期",
    "number": "编号",
    "title": "标题",
    "recorder": "记录人",
    "term": "届次",
    "households": "联系户数",
    "station_id": "站室",
    "village_id": "村(居)",
    "deputy_id": "代表",
    "group_id": "小组",
    "day_id": "接待日",
    "visit_id": "来访",
    "opinion_id": "意见建议",
    "unit_id": "承办单位",
    "channel_id": "来源渠道",
    "grid_id": "网格",
}
"""Columns that are called the same in every table, unless the table says otherwise below."""

_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "stations": {
        "parent_id": "上级站", "name": "名称", "code": "站代码", "branch": "所在领域", "organ_kind": "所属机关类别",
        "organ_name": "所属机关", "county_name": "县(市、区)", "population": "人口", "market_word": "圩日叫法",
        "market_endings": "圩日尾数", "term_name": "当前届次", "term_from": "本届起始日期", "demo": "示例数据",
    },
    "staff": {"post": "职务", "station_id": "负责站室"},
    "villages": {"name": "名称", "short_name": "简称", "groups_count": "组数"},
    "grids": {"name": "名称"},
    "units": {"name": "名称", "tier": "层级", "contact": "联系人", "mobile": "手机"},
    "choices": {"list_key": "所属列表", "label": "名称", "counts": "计数"},
    "deputies": {
        "ethnicity": "民族", "birth_month": "出生年月", "party": "政治面貌", "education": "学历",
        "post": "工作单位及职务", "phone2": "其他电话", "id_number": "身份证号", "skills": "专长", "languages": "语言",
        "phone_public": "电话可公开", "roster_order": "排序号", "checked_on": "核对日期", "checked_by": "核对人",
        "duty_wishes": "值班意愿", "photo_id": "照片",
    },
    "mandates": {
        "constituency": "选区(选举单位)", "card_number": "代表证号", "end_reason": "终止原因",
        "suspended": "暂停执行代表职务", "suspended_on": "暂停日期", "entered": "产生方式",
    },
    "groups": {"name": "名称", "arrangement": "进站安排", "people": "群人数"},
    "memberships": {"leader": "组长"},
    "household_links": {"name": "联系对象"},
    "reception_days": {
        "on_date": "接待日期", "starts": "开始时间", "ends": "结束时间", "state": "状态", "topic": "主题",
        "with_units": "联合部门", "market": "逢圩日", "rule": "排定依据", "announced_on": "公告日期", "reason": "原因",
        "moved_to_id": "改到", "makes_up_id": "补哪一天",
    },
    "attendance": {
        "level": "本次参加身份", "presence": "签到情况", "arrived_at": "到场时间", "stands_in_for": "代替谁",
    },
    "visits": {
        "number": "登记号", "on_date": "来访日期", "at_time": "时间", "anonymous": "不愿留名", "no_phone": "未留电话",
        "village_group": "村民小组", "people": "人数", "on_behalf_of": "代谁反映", "notes": "来访情况", "paper": "补录纸质表",
    },
    "visit_receivers": {"staff_id": "工作人员"},
    "opinions": {
        "source": "来源", "proposer_id": "提出代表", "words": "反映内容", "category_id": "类别", "nature_id": "诉求性质",
        "openness": "公开程度", "urgent": "紧急", "raised_on": "提出日期", "source_number": "原编号",
    },
    "events": {
        "kind": "事项", "on_date": "日期", "recorded_at": "记录时间", "operator": "操作员", "tier": "办理层级",
        "text": "内容", "person": "相关人员", "decision": "审批意见", "way": "方式", "answer_class": "答复类别",
        "satisfaction": "满意度", "attitude": "态度评价", "due_on": "期限", "route": "引导至", "amends": "更正哪一项",
        "main_id": "并入",
    },
    "event_units": {"event_id": "办理事项", "role": "办理方式"},
    "suggestions": {
        "session": "会议", "level": "提交层级", "submitted_on": "提交日期", "session_kind": "提出时间", "met_on": "面商日期",
        "surveyed_on": "征询意见表收到日期",
    },
    "suggestion_signers": {"suggestion_id": "代表建议", "leading": "领衔"},
    "holidays": {"on_date": "日期", "name": "名称", "working": "上班"},
    "settings": {"key": "设置项", "value": "内容"},
    "reserved_numbers": {"series": "哪一种", "number": "表号", "printed_at": "印制时间"},
    "imported_rows": {
        "sheet_kind": "表格种类", "record_uid": "对应记录", "digest": "校验码", "row_values": "这一行的内容",
    },
    "issued_summaries": {
        "period_from": "所属期起", "period_to": "所属期止", "issued_on": "报出日期", "issued_by": "报出人",
        "issued_to": "报给", "closing_open": "期末在办", "note": "说明", "chain_head": "操作记录校验码",
        "pdf_sha256": "PDF 校验码", "pdf": "PDF 文件", "xlsx": "Excel 文件",
    },
    "attachments": {
        "owner": "所属", "owner_id": "所属记录", "name": "文件名", "media_type": "文件格式", "size": "大小(字节)",
        "sha256": "内容校验码", "original": "保留原件",
    },
    "operators": {"role": "权限", "staff_id": "工作人员"},
    "erasures": {
        "entity": "哪一类记录", "record_uid": "哪一条记录", "asked_on": "申请日期", "reason": "理由",
        "changes_digest": "校验码",
    },
    "papers": {
        "code": "回执码", "number": "流水号", "document_number": "发文字号", "recipient": "主送", "copies_to": "抄送",
        "printed_on": "印制日期", "printed_by": "印制人", "returned_on": "收回日期",
    },
    "paper_opinions": {"paper_id": "文书"},
    "terms": {"name": "届次"},
    "constituencies": {"name": "选区(选举单位)", "seats": "名额"},
    "constituency_villages": {"constituency_id": "选区"},
    "leaves": {"reason": "请假事由"},
    "placements": {"came_from": "从哪里转来", "went_to": "转到哪里"},
    "checks": {"on_date": "核对日期", "operator": "核对人", "outcome": "核对结果", "note": "说明"},
    "sheet_mappings": {"sheet_kind": "表格种类", "titles_digest": "校验码", "columns": "列对应"},
    "namesakes": {"first_uid": "一位", "second_uid": "另一位"},
}  # fmt: skip

OWNERS: Final = {
    "grids": ("village_id", "villages"),
    "mandates": ("deputy_id", "deputies"),
    "memberships": ("deputy_id", "deputies"),
    "household_links": ("deputy_id", "deputies"),
    "group_villages": ("group_id", "groups"),
    "attendance": ("day_id", "reception_days"),
    "visit_receivers": ("visit_id", "visits"),
    "events": ("opinion_id", "opinions"),
    "event_units": ("event_id", "events"),
    "suggestion_signers": ("suggestion_id", "suggestions"),
    "paper_opinions": ("paper_id", "papers"),
    "constituency_villages": ("constituency_id", "constituencies"),
    "leaves": ("deputy_id", "deputies"),
    "placements": ("deputy_id", "deputies"),
    "checks": ("deputy_id", "deputies"),
    "group_grids": ("group_id", "groups"),
    "station_villages": ("station_id", "stations"),
}
"""Records that belong to another one and are told as part of its history: the column and the table it points to."""

ATTACHED_TO: Final = ("visits", "opinions", "events", "deputies", "reception_days")
"""Records that may have attachments; these belong to them too."""

REFERENCES: Final = {
    **dict(OWNERS.values()),
    "station_id": "stations",
    "parent_id": "stations",
    "staff_id": "staff",
    "category_id": "choices",
    "nature_id": "choices",
    "channel_id": "choices",
    "unit_id": "units",
    "proposer_id": "deputies",
    "stands_in_for": "deputies",
    "moved_to_id": "reception_days",
    "makes_up_id": "reception_days",
    "main_id": "opinions",
    "amends": "events",
    "grid_id": "grids",
    "photo_id": "attachments",
}
"""Columns that hold the id of another record (``amends``: its uid), and its table."""

FLAGS: Final = frozenset(
    {
        "demo", "retired", "counts", "phone_public", "suspended", "leader", "market", "anonymous", "no_phone", "paper",
        "urgent", "leading", "working", "original",
    }
)  # fmt: skip
"""Columns that say yes or no."""

_LEVELS = {level: level_label(level) for level in Level}
_TIERS = {Tier.VILLAGE: "村(居)", Tier.TOWNSHIP: "镇级", Tier.COUNTY: "县级", Tier.SUGGESTION: "代表建议"}
_SHEET_KINDS = {
    "roster": "代表名册", "opinions": "旧台账", "groups": "编组", "visits": "接待登记", "attendance": "签到",
}  # fmt: skip
CODES: Final[Mapping[tuple[str, str], Mapping[Any, str]]] = {
    ("stations", "kind"): STATION_KIND_LABELS,
    ("stations", "branch"): BRANCH_LABELS,
    ("stations", "organ_kind"): ORGAN_KIND_LABELS,
    ("staff", "post"): STAFF_POST_LABELS,
    ("units", "tier"): _TIERS,
    ("choices", "list_key"): {ListKey.CATEGORY: "类别", ListKey.CHANNEL: "来源渠道", ListKey.NATURE: "诉求性质"},
    ("deputies", "gender"): GENDER_LABELS,
    ("mandates", "level"): _LEVELS,
    ("mandates", "end_reason"): END_REASON_LABELS,
    ("groups", "kind"): GROUP_KIND_LABELS,
    ("reception_days", "kind"): DAY_KIND_LABELS,
    ("reception_days", "state"): DAY_STATE_LABELS,
    ("attendance", "level"): _LEVELS,
    ("attendance", "presence"): PRESENCE_LABELS,
    ("visits", "gender"): GENDER_LABELS,
    ("opinions", "source"): SOURCE_LABELS,
    ("opinions", "openness"): OPENNESS_LABELS,
    ("events", "kind"): EVENT_LABELS,
    ("events", "tier"): _TIERS,
    ("events", "satisfaction"): SATISFACTION_LABELS,
    ("events", "attitude"): SATISFACTION_LABELS,
    ("event_units", "role"): {"assist": "协办", "separate": "分别办理"},
    ("suggestions", "kind"): {"suggestion": "代表建议", "bill": "议案"},
    ("suggestions", "level"): _LEVELS,
    ("reserved_numbers", "series"): {"visit": "登记号", "opinion": "意见编号"},
    ("imported_rows", "sheet_kind"): _SHEET_KINDS,
    ("sheet_mappings", "sheet_kind"): _SHEET_KINDS,
    ("terms", "level"): _LEVELS,
    ("constituencies", "level"): _LEVELS,
    ("mandates", "entered"): {"by_election": "补选"},
    ("checks", "outcome"): OUTCOME_LABELS,
    ("attachments", "owner"): TABLE_TITLES,
    ("operators", "role"): {role: role.label for role in Role},
    ("erasures", "entity"): TABLE_TITLES,
    ("papers", "kind"): PAPER_LABELS,
    ("suggestions", "session_kind"): {"in_session": "会议期间", "between": "闭会期间"},
}
"""By table and column, what a stored code is called."""

UNSPOKEN: Final = frozenset(
    {
        "id", "uid", "created_at", "updated_at", "revision", "pinyin", "initials", "record_uid", "digest", "owner_id",
        "sha256", "media_type", "changes_digest", "titles_digest", "first_uid", "second_uid",
    }
)  # fmt: skip
"""Columns only the program reads: a change of them alone is nothing a clerk did."""

_SETTING_KEYS = {
    "limits": "办理期限",
    "answer_classes": "答复类别",
    "grouping_rules_off": "编组检查停用的规则",
    "idle_minutes": "自动锁定（分钟）",
    "pins_set": "PIN设过几次（按操作员）",
    "attachments": "附件",
    "number_pattern.visit": "登记号样式",
    "number_pattern.opinion": "意见编号样式",
}
_RULES_OFF = {str(rule): words for rule, words in RULE_LABELS.items()}
_PAPER_KEYS = {**BLOCK_LABELS, "used": "使用", "names": "写明反映人", "qr": "二维码", "document_number": "发文字号"}
_LIMIT_KEYS = {
    "hand_over": "交办", "urgent": "紧急事项交办", "answer_village": "村(居)答复", "answer_township": "镇级答复",
    "follow_up": "县级跟踪期", "suggestion": "代表建议答复", "suggestion_cap": "代表建议最长", "feedback": "反馈选民",
    "evaluation": "评价", "rehandle": "重新办理", "warn_days": "到期前提醒", "warn_days_long": "到期前提醒（长期限）",
    "urge_again_days": "催办间隔", "announce_days": "公告提前", "longest_edge": "照片长边(像素)",
    "classes": "现用", "earlier": "以前", "key": "类", "words": "含义", "may_promise": "可带承诺", "until": "用到",
    "largest_mb": "单个附件上限(MB)", "warn_mb": "附件总量提醒(MB)",
}  # fmt: skip
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


def with_belonging(table: str) -> tuple[str, ...]:
    """Return a kind of record and the kinds that belong to it: of 意见建议 also 办理事项 and 协办单位."""
    below = [child for child, (_, owner) in OWNERS.items() if owner == table]
    return (table, *(one for child in below for one in with_belonging(child)))


def column_title(table: str, column: str) -> str:
    """Return what a column is called on screen.

    Raises:
        KeyError: nobody has given it a title.
    """
    own = _OWN.get(table, {})
    return own[column] if column in own else _SHARED[column]


def reading(table: str, column: str, value: Any, name_of: NameOf) -> str:
    """Return a stored value in the clerk's words; empty text for an empty one.

    Args:
        value: as the image of a change holds it: text, number or None; of a file its SHA-256 in hex.
        name_of: finds what a reference points to.
    """
    if value is None or value == "":
        return ""
    if (table, column) in CODES:
        return CODES[table, column].get(value, str(value))
    if column in FLAGS:
        return "是" if value else "否"
    if column in REFERENCES:
        return name_of(REFERENCES[column], value)
    return _READERS.get((table, column), moment if column.endswith("_at") else str)(value)


def moment(stamp: str) -> str:
    """Return an ISO time as screens show it, 2026-11-05 09:20; anything else unchanged."""
    return stamp[:16].replace("T", " ") if _MOMENT.match(stamp) else stamp


def _file(sha256: str) -> str:
    return f"文件（校验码 {sha256[:12]}…）"


def _paper_setting(key: str) -> str:
    """Return which words of which paper a setting holds: 交办单 正文开头."""
    room, _, rest = key.partition(".")
    kind, _, name = rest.partition(".")
    known = room == "paper" and kind in PAPER_LABELS
    return f"{PAPER_LABELS[PaperKind(kind)]} {_PAPER_KEYS.get(name, name)}" if known else "记住的选择"


def _plain(value: Any) -> str:
    """Return what a setting or a row of a foreign sheet holds."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        if value.keys() == {"amount", "measure"}:
            return str(Limit(value["amount"], Measure(value["measure"])))
        return "；".join(f"{_LIMIT_KEYS.get(key, key)}：{_plain(one)}" for key, one in value.items() if one != "")
    if isinstance(value, list):
        return "、".join(_plain(one) for one in value)
    return "" if value is None else _RULES_OFF.get(str(value), str(value))


_READERS: Final[Mapping[tuple[str, str], Callable[[Any], str]]] = {
    ("settings", "key"): lambda key: _SETTING_KEYS.get(key) or _paper_setting(key),
    ("settings", "value"): lambda text: _plain(json.loads(text)),
    ("imported_rows", "row_values"): lambda text: _plain(json.loads(text)),
    ("issued_summaries", "pdf"): _file,
    ("issued_summaries", "xlsx"): _file,
}
"""Columns whose text is not written for people."""
