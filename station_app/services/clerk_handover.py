"""The desk of the 联络员工作交接单: everything a successor must know, gathered from the register as it stands."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from station_app.domain.calendars import long_date
from station_app.domain.figures import Rules
from station_app.domain.groups import GroupKind
from station_app.domain.numbering import Series
from station_app.domain.operators import Right
from station_app.domain.opinion import Case, Openness
from station_app.domain.opinion_line import OpinionLine, opinion_line
from station_app.domain.papers import NEXT_MOVES, PAPER_LABELS, PaperKind
from station_app.domain.people import Level, level_label
from station_app.domain.progress import STATE_LABELS
from station_app.domain.promise_line import OPEN_PROMISES, PROMISE_STATE_LABELS, promise_lines
from station_app.domain.reception import DAY_STATE_LABELS, DayState
from station_app.domain.roster_check import CHECK_MONTHS, outdated
from station_app.services.backup_desk import BackupDesk
from station_app.services.grouping import Grouping
from station_app.services.housekeeping import Housekeeping
from station_app.services.operators_desk import OperatorsDesk
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.password_desk import PasswordDesk
from station_app.services.reception_days import ReceptionDays
from station_app.services.reception_desk import ReceptionDesk
from station_app.services.rooms_desk import RoomsDesk
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.services.terms_desk import TermsDesk
from station_app.storage.attachment_store import store_path
from station_app.storage.numbers import Numbers
from station_app.storage.papers import PaperRecords
from station_app.storage.station_file import StationFile
from station_app.support.faults import NotAllowed

if TYPE_CHECKING:
    from station_app.documents.clerk_handover import HandoverPaper, HandoverPart

HANDOVER_TITLE: Final = "联络员工作交接单"
_AHEAD: Final = frozenset({DayState.PLANNED, DayState.ANNOUNCED, DayState.OPEN})
_SETTINGS: Final = {
    "limits": "办理期限",
    "roster_rules": "名册核对",
    "answer_classes": "答复类别",
    "number_pattern": "编号",
    "paper": "文书",
    "attachments": "附件",
    "backups": "备份",
    "idle_minutes": "锁定",
}
"""Where a kept setting is found again on the page 设置, by the beginning of its key."""
_SERIES: Final = {Series.VISIT.value: "来访登记号", Series.OPINION.value: "意见编号"}


class ClerkHandoverDesk:
    """Gathers and prints. Reads only.

    Args:
        file: the open station file.
    """

    def __init__(self, file: StationFile, settings: SettingsDesk, opinions: OpinionDesk) -> None:
        self._file = file
        self._settings = settings
        self._opinions = opinions
        self._today = file.clock.today()

    def write(
        self, path: Path, cancelled: Callable[[], bool] | None = None, *, bundled_only: bool = False
    ) -> dict[str, str]:
        """Write the paper as PDF and return the characters no face has, each with the text it occurs in.

        Raises:
            NotAllowed: the operator may not.
            StationFault: the file cannot be written.
            Cancelled: ``cancelled`` said so; no file is left.
        """
        from station_app.documents.clerk_handover import unprintable, write_handover

        paper = self.paper()
        write_handover(path, paper, cancelled, bundled_only=bundled_only)
        return unprintable(paper)

    def paper(self) -> "HandoverPaper":
        """Return what is handed over as it stands today.

        Raises:
            NotAllowed: the operator may not: it tells where everything lies.
        """
        from station_app.documents.clerk_handover import HandoverPaper

        if Right.KEEP not in self._file.rights:
            raise NotAllowed
        profile = self._settings.profile()
        cases = self._opinions.cases()
        lines = self._open_lines(cases)
        parts = (
            self._matters(lines),
            self._promises(cases),
            self._days(),
            self._papers_out(lines),
            self._unfinished(),
            self._roster(),
            self._files(),
            self._settings_part(),
            self._first_steps(lines),
        )
        closing = "以上内容已当面清点，情况属实。本单一式三份，移交人、接收人、联络站各存一份。"
        return HandoverPaper(profile.name, long_date(self._today), parts, closing, profile.demo)

    # Matters

    def _open_lines(self, cases: Sequence[Case]) -> list[OpinionLine]:
        settings = self._settings
        rules = Rules(settings.profile(), settings.limits(), settings.calendar(), self._today)
        lines = [opinion_line(case, 0, rules) for case in cases if case.progress.is_open]
        return sorted(lines, key=lambda line: (not line.overdue, line.due_on or "9999", line.case.number))

    def _matters(self, lines: list[OpinionLine]) -> "HandoverPart":
        overdue, soon = sum(line.overdue for line in lines), sum(line.due_soon for line in lines)
        full = sum(line.follow_up_full for line in lines)
        told = [f"超期 {overdue} 件" * bool(overdue), f"即将到期 {soon} 件" * bool(soon)]
        told.append(f"县级转办满跟踪期 {full} 件" * bool(full))
        some = "，其中" + "、".join(part for part in told if part) if any(told) else ""
        words = (
            f"在办意见建议 {len(lines)} 件{some}。期限是眼下这一步该办完的日期。" if lines else "没有在办的意见建议。"
        )
        rows = tuple(
            (
                line.case.number, _subject(line.case), line.case.progress.unit or "—",
                STATE_LABELS[line.case.progress.state], line.due_on or "—", line.mark or "—",
            )
            for line in lines
        )  # fmt: skip
        return _part(
            "在办的意见建议",
            words,
            ("编号", "事项", "承办单位", "状态", "期限", "情况"),
            rows,
            (28, 42, 35, 17, 23, 19),
            {1},
        )

    def _promises(self, cases: Sequence[Case]) -> "HandoverPart":
        lines = [line for line in promise_lines(cases, "", "9999", self._today) if line.state in OPEN_PROMISES]
        late = sum(line.overdue_days > 0 for line in lines)
        some = f"，其中 {late} 项已过日期未核实" if late else ""
        words = f"答复里承诺、还没兑现的事项 {len(lines)} 项{some}。" if lines else "没有等着兑现的承诺事项。"
        rows = tuple(
            (
                line.case.number, _subject(line.case), line.unit or "—", line.due_on,
                f"已过 {line.overdue_days} 天" if line.overdue_days else PROMISE_STATE_LABELS[line.state],
            )
            for line in lines
        )  # fmt: skip
        return _part(
            "承诺事项", words, ("编号", "事项", "承办单位", "办成日期", "情况"), rows, (28, 57, 34, 23, 22), {1}
        )

    def _days(self) -> "HandoverPart":
        ahead = ReceptionDays(self._file).between(self._today.isoformat())
        days = [day for day in ahead if day.state in _AHEAD]
        rows = tuple(
            (
                day.on, f"{day.starts}–{day.ends}", day.place, "、".join(one.name for one in day.attendance) or "—",
                DAY_STATE_LABELS[day.state],
            )
            for day in days
        )  # fmt: skip
        words = f"已排定、还没开展的接待日 {len(days)} 次。" if days else "没有已排定的接待日。"
        return _part(
            "接待安排", words, ("日期", "时间", "地点", "接待代表", "状态"), rows, (24, 24, 44, 54, 18), {2, 3}
        )

    def _papers_out(self, lines: Sequence[OpinionLine]) -> "HandoverPart":
        records = PaperRecords(self._file)
        found = {paper.id: paper for line in lines for paper in records.of_opinion(line.case.id)}
        out = [paper for _, paper in sorted(found.items()) if NEXT_MOVES[paper.kind] and not paper.returned_on]
        forms = ReceptionDesk(self._file).open_forms()
        words = [f"在办事项的文书中，发出后没有收回回执的 {len(out)} 份。" if out else "在办事项的文书都已收回。"]
        if forms:
            words.append(f"印好还没有录入的空白接待选民登记表 {len(forms)} 张：{_span(forms)}。请连同纸质表一并移交。")
        rows = tuple(
            (paper.number, PAPER_LABELS[paper.kind], paper.recipient or "—", paper.printed_on, paper.code)
            for paper in out
        )
        heads = ("文书编号", "文种", "送往", "打印日期", "回执码")
        return _part("发出未收回的文书", words, heads, rows, (36, 44, 40, 24, 20), {2})

    def _unfinished(self) -> "HandoverPart":
        drafts = Housekeeping(self._file).unfinished()
        rows = tuple(
            (str(one.body.get("title", "")), str(one.body.get("of", "")) or "—", one.saved_at[:10]) for one in drafts
        )
        words = f"没有填完的表单 {len(drafts)} 份，在“今日”页接着填或丢弃。" if drafts else "没有填了一半的表单。"
        return _part("没有填完的表单", words, ("表单", "关于", "最后填写"), rows, (60, 60, 44), set())

    # Roster, files, settings

    def _roster(self) -> "HandoverPart":
        profile, today = self._settings.profile(), self._today.isoformat()
        roster, grouping = Roster(self._file), Grouping(self._file)
        serving = roster.serving()
        held = [level for deputy in serving for level in deputy.levels_on(today)]
        by_level = "、".join(
            f"{level_label(level, profile.organ_kind)} {held.count(level)} 人" for level in Level if level in held
        )
        months = self._settings.roster_rules().check_months
        old, never = outdated(serving, self._today, months)
        long = "一年以上" if months == CHECK_MONTHS else f"{months} 个月以上"
        groups = [one for one in grouping.groups() if one.exists_on(today) and one.kind is not GroupKind.CHAT]
        areas = [group for group in groups if group.kind is GroupKind.AREA]
        grouped = {member.deputy_id for group in areas for member in group.members_on(today)}
        leaderless = sum(not any(one.leader for one in group.members_on(today)) for group in groups)
        loose = sum(deputy.id not in grouped for deputy in serving) if areas else 0
        words = [
            f"在任代表 {len(serving)} 人" + (f"（{by_level}；兼任的分别计算）。" if by_level else "。"),
            f"{long}没有核对的 {len(old)} 人，从未核对的 {len(never)} 人。"
            f"代表小组和编组 {len(groups)} 个" + (f"，其中 {leaderless} 个没有组长" if leaderless else "")
            + (f"；没有编入片区小组的代表 {loose} 人。" if loose else "。"),
        ]  # fmt: skip
        terms = TermsDesk(self._file, self._settings, roster, grouping)
        endings = [one.told(terms.level_word(one.level)) for one in terms.endings()]
        rooms = [room.name for room in RoomsDesk(self._file).all() if not room.retired]
        words += [f"{'；'.join(endings)}。"] if endings else []
        words += [f"站室 {len(rooms)} 个：{'、'.join(rooms)}。"] if rooms else []
        return _part("代表名册和站室" if rooms else "代表名册", words)

    def _files(self) -> "HandoverPart":
        backups, password = BackupDesk(self._file), PasswordDesk(self._file).state()
        last, second = backups.last(), backups.state().second
        attachments = store_path(self._file.path)
        rows = [
            ("登记簿文件", self._file.path.name),
            ("所在文件夹", str(self._file.path.parent)),
            ("附件文件", attachments.name if attachments.is_file() else "没有附件"),
            ("备份文件夹", str(backups.folder)),
            ("最近一次验证过的备份", f"{last.at:%Y-%m-%d %H:%M}　{last.path.name}" if last else "还没有备份"),
        ]
        if second is None:
            rows.append(("U盘备份", "没有设置"))
        else:
            at = f"最近更新 {second.at:%Y-%m-%d %H:%M}" if second.at else "还没有更新过"
            rows.append(("U盘备份", f"{at}；U盘须一并移交"))
        if password.locked:
            since = f"（{password.changed_on} 设置）" if password.changed_on else ""
            rows.append(("密码", f"已设置{since}；由移交人当面告知，不写在本单上"))
            rows.append(("恢复单", f"单号 {password.sheet_number}；装入信封封好，当面移交"))
        else:
            rows.append(("密码", "没有设置"))
        rows.append(("操作员", self._operators()))
        return _part("登记簿、备份和密码", (), ("项目", "内容"), rows, (44, 112), {1})

    def _operators(self) -> str:
        working = OperatorsDesk(self._file).working()
        named = [f"{one.name}（{one.role.label}{'' if one.has_pin else '，没有PIN'}）" for one in working]
        return "、".join(named) or "没有设置操作员，打开就能登记"

    def _settings_part(self) -> "HandoverPart":
        keys = Housekeeping(self._file).setting_keys()
        changed = list(
            dict.fromkeys(words for start, words in _SETTINGS.items() if any(_is_under(key, start) for key in keys))
        )
        year = self._today.year
        given = Numbers(self._file).given(year)
        names = _SERIES | {f"paper.{kind}": PAPER_LABELS[kind] for kind in PaperKind}
        code = self._settings.profile().code
        rows = []
        for series, last in given.items():
            if series in _SERIES:
                rows.append((names[series], self._settings.pattern(Series(series)).number(code, year, last)))
            elif series in names:
                rows.append((names[series], f"{year} 年第 {last} 号"))
        words = [
            f"本站在“设置”里改过：{'、'.join(changed)}。"
            if changed
            else "“设置”里的期限、编号和文书都用通常的，没有改过。",
            "今年的编号用到下面各号，接着往下编，不要回头用。" if rows else "今年还没有用过编号。",
        ]
        return _part("编号和设置", words, ("编号的种类", "已用到"), rows, (60, 96))

    def _first_steps(self, lines: Sequence[OpinionLine]) -> "HandoverPart":
        return _part(
            "接收人先做的事",
            (),
            ("序号", "事项"),
            [(str(n), text) for n, text in enumerate(self._steps(lines), 1)],
            (12, 144),
            {1},
        )

    def _steps(self, lines: Sequence[OpinionLine]) -> Iterator[str]:
        yield "打开登记簿，核对“今日”页上的件数与本单一致；清点纸质登记表、回执和文书。"
        if OperatorsDesk(self._file).any():
            yield "在“设置”的“操作员”里新增自己、设好PIN，停用移交人；在“工作人员”里更换联络员。"
        else:
            yield "在“设置”的“工作人员”里更换联络员；多人使用的，在“操作员”里设操作员和PIN。"
        if PasswordDesk(self._file).state().locked:
            yield "在“设置”的“密码与安全”里修改密码，另印恢复单封存；旧恢复单只用于改密码以前的备份。"
        else:
            yield "登记簿没有密码，建议在“设置”的“密码与安全”里设置，并印恢复单封存。"
        yield "在“备份与恢复”里马上备份一次，把U盘备份设到自己保管的U盘上。"
        overdue = sum(line.overdue for line in lines)
        if overdue:
            yield f"先办超期的 {overdue} 件：催办承办单位，告知提出人进展。"
        yield "把新的联系电话告诉代表、村(居)和承办单位，更换公示牌和接待公告上的电话。"


def _part(
    title: str,
    words: str | Sequence[str],
    heads: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
    widths: Sequence[float] = (),
    left: set[int] | frozenset[int] = frozenset(),
) -> "HandoverPart":
    from station_app.documents.clerk_handover import HandoverPart

    said = (words,) if isinstance(words, str) else tuple(words)
    return HandoverPart(
        title, said, tuple(heads) if rows else (), tuple(map(tuple, rows)), tuple(widths), frozenset(left)
    )


def _subject(case: Case) -> str:
    """Return the matter in few words; a confidential one is looked up in the register."""
    if case.openness is Openness.CONFIDENTIAL:
        return "（保密事项，见登记簿）"
    return case.title or (case.words if len(case.words) <= 30 else f"{case.words[:29]}…")


def _span(numbers: Sequence[str]) -> str:
    return "、".join(numbers) if len(numbers) <= 6 else f"{numbers[0]} 至 {numbers[-1]}"


def _is_under(key: str, start: str) -> bool:
    return key == start or key.startswith(f"{start}.")
