"""What a paper says about its matters, and to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from station_app.domain.answer_classes import AnswerClasses
from station_app.domain.calendars import WorkCalendar, long_date
from station_app.domain.deadlines import Clock, answer_clock
from station_app.domain.events import EventKind
from station_app.domain.limits import Limits
from station_app.domain.opinion import Case, Openness, Source
from station_app.domain.paper_texts import PaperStyle, filled, numbers_in_words
from station_app.domain.papers import PaperKind
from station_app.domain.secrecy import NOBODY, PETITIONER, for_paper
from station_app.domain.station import OrganKind, Staff, StaffPost, StationProfile, Tier
from station_app.domain.suggestion import Suggestion, met_on

if TYPE_CHECKING:
    from station_app.documents.letters import Letter, LetterSlip, LetterTable

_FORMS: Final = frozenset(PaperKind) - {PaperKind.REFERRAL, PaperKind.UNIT_OVERVIEW}
_MOST_NAMED = 4
_LONGEST_LISTED = 160  # characters; some ten lines of a column
_ASKED_IN_TABLE: Final = frozenset({PaperKind.HAND_OVER, PaperKind.URGING, PaperKind.SUPERVISION})


@dataclass(frozen=True)
class Office:
    """What every paper of a station needs to know.

    Args:
        on: the day it is written.
        classes: what the letters of answers mean.
        suggestions: of the matters that were turned into deputies' suggestions, by the opinion's id.
    """

    profile: StationProfile
    staff: Sequence[Staff]
    limits: Limits
    calendar: WorkCalendar
    on: date
    classes: AnswerClasses
    suggestions: Mapping[int, Suggestion] = field(default_factory=dict)

    def clock(self, case: Case) -> Clock | None:
        """Return the clock by which a handed-over matter is to be answered."""
        return answer_clock(case.progress, self.limits, self.calendar, case.category)


# Whom it is for


def county_congress(profile: StationProfile) -> str:
    """Return the standing committee of the county: 清源县人大常委会."""
    return f"{profile.county_name or profile.county_word}人大常委会"


def receivers(cases: Iterable[Case], profile: StationProfile) -> str:
    """Return who is written to: the government or street office, a village committee, or the county's committee.

    A station issues nothing itself and a township hands nothing to a county office.
    """
    names = []
    for case in cases:
        match case.progress.tier:
            case Tier.COUNTY:
                names.append(county_congress(profile))
            case Tier.VILLAGE:
                names.append(case.progress.unit)
            case _:
                names.append(profile.government)
    return _joined(sorted(dict.fromkeys(names), key=lambda name: name != profile.government))


def _joined(names: Iterable[str]) -> str:
    listed = [name for name in dict.fromkeys(names) if name]
    if len(listed) <= _MOST_NAMED:
        return "、".join(listed)
    return f"{'、'.join(listed[: _MOST_NAMED - 1])}等{len(listed)}个单位"


# What it says


def placeholder_values(cases: Sequence[Case], office: Office, *, names: bool) -> dict[str, str]:
    """Return what the placeholders of the texts stand for.

    Args:
        cases: as `for_paper` lets them be told.
        names: whether the petitioner's name may be written where the matter is open.
    """
    profile, first = office.profile, cases[0]
    progress = first.progress
    clocks = [office.clock(case) for case in cases]
    contact, phone = _contact(office)
    suggestion = office.suggestions.get(first.id)
    own = (names or _of_deputy(first)) and first.openness is Openness.OPEN and first.petitioner != NOBODY
    return {
        "联络站": profile.name,
        "机关": profile.organ,
        "政府": profile.government,
        "县人大": county_congress(profile),
        "本地": f"我{_LOCAL[profile.organ_kind]}",
        "受文单位": receivers(cases, profile),
        "承办单位": _joined(name for case in cases for name in (case.progress.unit, *case.progress.separate)),
        "件数": str(len(cases)),
        "编号": numbers_in_words(case.number for case in cases),
        "日期": long_date(office.on),
        "联系人": contact,
        "电话": phone,
        "退回时限": str(office.limits.returning).replace(" ", ""),
        "标题": first.title,
        "反映日期": _long(first.raised_on),
        "反映人": (f"{first.petitioner}代表" if _of_deputy(first) else first.petitioner) if own else PETITIONER,
        "期限": long_date(clocks[0].due_on) if clocks[0] else "",
        "交办日期": _long(progress.handed_on),
        "答复单位": progress.unit or profile.name,
        "答复日期": _long(progress.answered_on),
        "答复类别": progress.answer_class,
        "渠道": progress.route,
        "超期件数": str(sum(clock is not None and clock.due_on < office.on for clock in clocks)),
        "领衔代表": suggestion.leader if suggestion else "",
        "建议标题": suggestion.title if suggestion else first.title,
        "建议编号": f"{suggestion.occasion}{suggestion.number}" if suggestion else "",
    }


_LOCAL: Final = {
    OrganKind.TOWN: "镇",
    OrganKind.TOWNSHIP: "乡",
    OrganKind.ETHNIC_TOWNSHIP: "乡",
    OrganKind.STREET: "街道",
    OrganKind.PARK: "园区",
}


def _contact(office: Office) -> tuple[str, str]:
    clerk = next((one for one in office.staff if one.post is StaffPost.CLERK and not one.retired), None)
    return (clerk.name if clerk else ""), office.profile.phone or (clerk.phone if clerk else "")


def _long(iso: str) -> str:
    return long_date(date.fromisoformat(iso)) if iso else ""


def _two_lines(iso: str) -> str:
    """Return a date for a narrow column: the year on a line of its own."""
    return _long(iso).replace("年", "年\n", 1)


def compose(kind: PaperKind, style: PaperStyle, cases: Sequence[Case], office: Office) -> "Letter":
    """Return a paper about these matters, without number and return code.

    Args:
        cases: as they stand on the day of ``office``, whole; what must not leave the station is taken out here.
    """
    from station_app.documents.letters import Letter

    told = [for_paper(case) for case in cases]
    values = placeholder_values(told, office, names=style.names)
    texts = filled(style.texts, values)
    contact = "　".join(
        part
        for part in (
            f"联系人：{values['联系人']}" if values["联系人"] else "",
            f"电话：{values['电话']}" if values["电话"] else "",
        )
        if part
    )
    listed = len(told) > 1 or kind in {PaperKind.HAND_OVER_LIST, PaperKind.UNIT_OVERVIEW}
    # On a form about one matter what is asked for is a line of the table; there it takes half the room.
    asked = (("办理要求", texts.request),) if kind in _ASKED_IN_TABLE and not listed and texts.request else ()
    return Letter(
        title=texts.title,
        number="",
        code="",
        document_number=numbered(style, office.on),
        recipient=texts.recipient,
        opening=texts.opening,
        request="" if asked else texts.request,
        facts=() if listed else (*_facts(kind, told[0], office, names=style.names), *asked),
        table=_table(kind, told, office) if listed else None,
        organ=office.profile.organ,
        date=long_date(office.on),
        contact=f"（{contact}）" if contact else "",
        # To whom it is sent already no copy goes: a village committee that handles what it was handed.
        copies="" if texts.copies == texts.recipient else texts.copies,
        slip=_survey_slip(told[0], office) if kind is PaperKind.SURVEY else _slip(kind),
        about=values["编号"],
        form=kind in _FORMS,
        qr=style.qr,
        demo=office.profile.demo,
    )


def _facts(kind: PaperKind, case: Case, office: Office, *, names: bool) -> tuple[tuple[str, str], ...]:
    progress = case.progress
    if kind is PaperKind.NOTICE:
        return (("编号", case.number), ("反映日期", _long(case.raised_on)), ("已告知渠道", progress.route))
    if kind is PaperKind.SURVEY:
        return _survey_facts(case, office)
    facts = [
        ("编号", case.number),
        ("提出日期", _long(case.raised_on)),
        ("类别", case.category),
        (
            office.profile.village_word,
            case.village or ("" if case.openness is Openness.CONFIDENTIAL else office.profile.whole_place),
        ),
        ("紧急程度", "紧急" if case.urgent else ""),
        ("事项", case.title),
        ("反映内容\n（原话）", case.words),
    ]
    if kind is PaperKind.OUTCOME:
        facts += _answer_facts(case, office.classes)
    else:
        if (names or _of_deputy(case)) and case.openness is Openness.OPEN and case.petitioner != NOBODY:
            facts.append(_petitioner(case))
        facts += _handling_facts(kind, case, office)
    return tuple((label, value) for label, value in facts if value)


def _of_deputy(case: Case) -> bool:
    return case.source is Source.DEPUTY


def _petitioner(case: Case) -> tuple[str, str]:
    """Return who raised it; a deputy's phone is given out only with consent, so it is left out."""
    if _of_deputy(case):
        return "提出代表", case.petitioner
    people = f"等{case.people}人" if case.people > 1 else ""
    return "反映人", "　".join(part for part in (f"{case.petitioner}{people}", case.phone) if part)


def _survey_facts(case: Case, office: Office) -> tuple[tuple[str, str], ...]:
    """Return what the deputies are asked about: who signed, who handled it, what was answered."""
    signed = office.suggestions.get(case.id)
    paper = (
        ("届次会议", signed.occasion),
        ("附议代表", "、".join(signed.seconders)),
        ("面商日期", _long(met_on(case.events))),
    ) if signed else ()  # fmt: skip
    facts = (
        *paper,
        ("协办单位", "、".join(case.progress.assisting)),
        *((label, value) for label, value in _answer_facts(case, office.classes) if label != "承办单位"),
    )
    return tuple((label, value) for label, value in facts if value)


def _survey_slip(case: Case, office: Office) -> "LetterSlip":
    """Return the part of the 征询意见表 that the deputies fill in and send back; it says itself what it is about."""
    from station_app.documents.letters import LetterSlip

    signed = office.suggestions.get(case.id)
    judged, day = "□满意　　□基本满意　　□不满意", "　　　年　　月　　日"
    rows = (
        (f"标题：{signed.title if signed else case.title}",),
        (f"编号：{signed.number if signed else ''}", f"主办单位：{case.progress.unit}"),
        ("是否收到\n答复：□是　　　□否", f"收到时间：{day}"),
        (f"办理结果：{judged}",),
        (f"办理态度：{judged}",),
        ("意见：\n\n",),
        ("签名", f"日期：{day}"),
        ("电话", "是否面商：□是　　　□否"),
    )
    return LetterSlip("征询意见表", rows)


def _answer_facts(case: Case, classes: AnswerClasses) -> list[tuple[str, str]]:
    progress = case.progress
    given = next((event.recorded_at for event in reversed(case.events) if event.answer_class), "")
    by = progress.answered_by if progress.answered_by != progress.unit else ""
    return [
        ("承办单位", progress.unit),
        ("答复日期", _long(progress.answered_on)),
        ("答复类别", classes.said(progress.answer_class, given)),
        ("办理情况", progress.answer),
        ("承诺办成", _long(progress.promised_on)),
        ("承办人", "　".join(part for part in (by, progress.answer_phone) if part)),
    ]


def _handling_facts(kind: PaperKind, case: Case, office: Office) -> list[tuple[str, str]]:
    progress = case.progress
    if kind is PaperKind.REFERRAL:
        return [("转办意见", _asked(case))]
    clock = office.clock(case)
    facts = [
        ("承办单位", "、".join((progress.unit, *progress.separate))),
        ("协办单位", "、".join(progress.assisting)),
        ("交办日期", _long(progress.handed_on)),
        ("办理期限", long_date(clock.due_on) if clock else ""),
        ("办理次数", f"第{progress.round}次办理" if progress.round > 1 else ""),
    ]
    if kind is PaperKind.HAND_OVER:
        return [*facts, ("交办要求", _asked(case))]
    urged = f"已催办{progress.urged_count}次" if progress.urged_count else ""
    return [*facts, ("时限情况", "，".join(part for part in (_stand(clock, office.on), urged) if part))]


def _asked(case: Case) -> str:
    """Return what was asked for at the last hand-over, or what the study proposed."""
    handed = [event for event in case.events if event.kind is EventKind.HANDED_OVER]
    return handed[-1].text if handed else ""


def _stand(clock: Clock | None, on: date) -> str:
    if clock is None:
        return ""
    days = (clock.due_on - on).days
    if days < 0:
        return f"超期{-days}天"
    return f"还剩{days}天" if days else "今天到期"


def _matter(case: Case) -> str:
    """Return title and own words, the title once where the words begin with it."""
    urgent = "【紧急】" if case.urgent else ""
    if case.openness is Openness.CONFIDENTIAL:
        return urgent + case.title
    begins = case.words.startswith(case.title.rstrip("…。"))
    return urgent + (case.words if begins else f"{case.title}\n{case.words}")


def _listed_matter(case: Case) -> str:
    """Return what a list tells of a matter: a long one stands whole behind the list."""
    text = _matter(case)
    return text if len(text) <= _LONGEST_LISTED else f"{text[: _LONGEST_LISTED - 20].rstrip()}……（全文见表后）"


def _table(kind: PaperKind, cases: Sequence[Case], office: Office) -> "LetterTable":
    from station_app.documents.letters import LetterTable

    clocks = [office.clock(case) for case in cases]
    due = [_two_lines(clock.due_on.isoformat()) if clock else "" for clock in clocks]
    units = ["、".join(name for name in (case.progress.unit, *case.progress.separate) if name) for case in cases]
    numbered = [(str(place), case.number) for place, case in enumerate(cases, 1)]
    handed = [_two_lines(case.progress.handed_on) for case in cases]
    stands = [_stand(clock, office.on) for clock in clocks]
    titles = [case.title for case in cases]
    heads: tuple[str, ...]
    shares: tuple[float, ...]
    match kind:
        case PaperKind.HAND_OVER_LIST:
            heads = ("序号", "编号", "反映事项", office.profile.village_word, "承办单位", "办理期限")
            shares = (11.0, 29.0, 53.0, 17.0, 25.0, 21.0)
            columns = [list(map(_listed_matter, cases)), [case.village for case in cases], units, due]
        case PaperKind.REFERRAL:
            heads = ("序号", "编号", "反映事项", "类别", office.profile.village_word, "提出日期")
            shares = (11.0, 29.0, 57.0, 20.0, 18.0, 21.0)
            raised = [_two_lines(case.raised_on) for case in cases]
            columns = [
                list(map(_listed_matter, cases)),
                [c.category for c in cases],
                [c.village for c in cases],
                raised,
            ]
        case PaperKind.UNIT_OVERVIEW:
            heads = ("序号", "编号", "反映事项", "交办日期", "办理期限", "时限情况", "办理进展")
            shares = (11.0, 29.0, 36.0, 21.0, 21.0, 19.0, 19.0)
            columns = [titles, handed, due, stands, [""] * len(cases)]
        case _:
            heads = ("序号", "编号", "反映事项", "承办单位", "交办日期", "办理期限", "时限情况")
            shares = (11.0, 29.0, 32.0, 23.0, 21.0, 21.0, 19.0)
            columns = [titles, units, handed, due, stands]
    rows = tuple((*number, *rest) for number, rest in zip(numbered, zip(*columns, strict=True), strict=True))
    told = kind in {PaperKind.HAND_OVER_LIST, PaperKind.REFERRAL}
    annex = tuple((case.number, _matter(case)) for case in cases if told and len(_matter(case)) > _LONGEST_LISTED)
    return LetterTable(heads, rows, shares, frozenset({2}), annex)


def _slip(kind: PaperKind) -> "LetterSlip":
    from station_app.documents.letters import LetterSlip

    day = "　　　年　　月　　日"
    match kind:
        case PaperKind.OUTCOME:
            rated = "评价：□满意　　□基本满意　　□不满意"
            return LetterSlip("评价回执", ((rated,), ("不满意的\n原因或意见",), ("签名", f"日期：{day}")))
        case PaperKind.NOTICE:
            return LetterSlip("送达回执", (("签名", f"日期：{day}"),))
        case PaperKind.REFERRAL:
            return LetterSlip(
                "转办回执", (("收文单位\n（盖章）", f"收文日期：{day}"), ("交办单位", f"交办日期：{day}"))
            )
        case PaperKind.UNIT_OVERVIEW:
            return LetterSlip("核对回执", (("核对情况：□无误　　□有出入，见所附说明",), ("核对人", f"日期：{day}")))
        case _:
            return LetterSlip(
                "签收回执", (("签收单位\n（盖章）", "签收人"), ("联系电话", f"签收日期：{day}")), "已收到。"
            )


def numbered(style: PaperStyle, on: date) -> str:
    """Return the 发文字号 of a paper of this year."""
    return style.document_number.replace("{年}", str(on.year))
