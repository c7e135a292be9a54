"""Reading who attended reception days (签到表, 代表进站接待情况): a line a deputy, or days across and ticks below."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from station_app.domain.cell_dates import day_in_title, read_date
from station_app.domain.cell_names import read_name, read_names
from station_app.domain.cell_numbers import read_phones
from station_app.domain.cell_presence import read_clock, read_presence, says_nothing
from station_app.domain.cell_text import Reading, cell_text, compact
from station_app.domain.cell_words import read_levels
from station_app.domain.named_deputies import NamedDeputies
from station_app.domain.people import Deputy, Level, level_label
from station_app.domain.raw_sheet import Cell, RawSheet
from station_app.domain.reception import DAY_STATE_LABELS, PRESENCE_LABELS, DayState, Presence, ReceptionDay
from station_app.domain.row_cells import RowCells
from station_app.domain.row_verdicts import CellProblem, row_digest, short_digest
from station_app.domain.sheet_form import SheetForm, TemplateColumn
from station_app.domain.sheet_mapping import DataRow, Field, MappedColumn, SheetMapping, SkippedRow
from station_app.domain.table_rows import table_rows

ATTENDANCE_FIELDS = (
    Field("index", "序号", ("序号", "序", "no", "no.")),
    Field("uid", "记录标识", ("uid", "记录标识", "唯一标识")),
    Field("on", "接待日期", ("接待日期", "日期", "时间", "接待日", "接待时间", "进站日期", "进站时间", "签到日期", "活动日期")),
    Field("name", "姓名", ("姓名", "代表姓名", "接待代表", "进站代表", "代表", "人大代表", "参加代表", "签到人")),
    Field(
        "level", "代表层级", ("代表层级", "层级", "级别", "代表级别", "代表类别", "参加身份", "本次参加身份", "代表身份"),
        labels={level: level_label(level) for level in Level},
    ),
    Field(
        "presence", "签到", ("签到", "签到情况", "出席情况", "出席", "到会情况", "进站情况", "考勤", "出勤", "出勤情况", "是否到站", "是否进站",
        "是否签到", "参加情况", "到岗情况"), labels={code.value: word for code, word in PRESENCE_LABELS.items()},
    ),
    Field("signature", "签名", ("签名", "代表签名", "本人签名", "签字", "代表签字")),
    Field("arrived_at", "签到时间", ("签到时间", "到站时间", "到岗时间", "到达时间")),
    Field("stands_in_for", "代谁值班", ("代谁值班", "替谁", "代谁", "被替代表", "顶替")),
    Field("place", "接待地点", ("接待地点", "地点", "进站地点", "联络站")),
    Field("post", "单位及职务", ("单位及职务", "单位职务", "工作单位及职务", "职务", "单位")),
    Field("phone", "联系电话", ("联系电话", "电话", "手机", "手机号码", "联系方式")),
    Field("village", "村（居）", ("村(居)", "村居", "村", "所在村", "联系村(居)", "联系村")),
    Field("mark", "某一天的签到（标题是日期）", (), dated=True),
    Field("remark", "备注", ("备注", "说明", "备考")),
)  # fmt: skip
_TEMPLATE = (
    TemplateColumn("index", "", "", width=7),
    TemplateColumn("on", "年-月-日，如 2026-03-05", "2026-03-05", width=14),
    TemplateColumn("name", "代表名册里的姓名，一人一行", "欧阳小满", width=12),
    TemplateColumn("level", "以哪一级代表的身份参加", "镇", ("全国", "省", "市", "县", "镇"), width=10),
    TemplateColumn("presence", "到了打“√”", "√", ("√", "请假", "缺席"), width=10),
    TemplateColumn("arrived_at", "几点到的，可以不填", "09:05", width=10),
    TemplateColumn("stands_in_for", "替别人值班的填被替的代表", "", width=14),
    TemplateColumn("place", "在哪里接待的", "联络站", width=16),
)
ATTENDANCE_FORM = SheetForm(
    "代表签到表", ATTENDANCE_FIELDS, required=("name",), entry=("name", "on"), template=_TEMPLATE
)
_TITLES = {known.key: known.title for known in ATTENDANCE_FIELDS}
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?")
_HEAD_DAY = re.compile(r"(?<!报出)(?<!填报)(?<!填表)(?:日期|时间|接待日)\s*[：:]?\s*((?:19|20)\d{2}[^\s　（(]+)")
_TITLE_DAY = re.compile(r"((?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)")
_HEAD_PLACE = re.compile(r"(?:接待)?地点\s*[：:]\s*([^　\s]+)")
_HELD = frozenset({DayState.OPEN, DayState.HELD})
_WAITING = frozenset({DayState.PLANNED, DayState.ANNOUNCED})


@dataclass(frozen=True)
class AttendanceRow:
    """One deputy on one reception day.

    Args:
        row_number: 1-based, as in Excel; several where days stand across.
        on: ISO date.
        day_id: of the reception day, 0 for one that has to be made.
        held: False where the day is still planned and becomes held by this.
        deputy: who, or None when nobody is found.
        level: attended in, or None.
        arrived_at: ``HH:MM`` or empty.
        stands_in_for: deputy who should have come, or None.
        place: where, for a day that has to be made.
        told: keys of the fields the sheet has.
        written: name as in the sheet.
        digest, problems, notices, uid: as in `RosterRow`.
    """

    row_number: int
    on: str
    day_id: int
    held: bool
    deputy: Deputy | None
    level: Level | None
    presence: Presence
    arrived_at: str
    stands_in_for: Deputy | None
    place: str
    told: frozenset[str]
    written: str
    digest: str
    problems: tuple[CellProblem, ...] = ()
    notices: tuple[CellProblem, ...] = ()
    uid: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The day and the deputy."""
        return (attendance_key(self.day_id, self.on, self.deputy.id),) if self.deputy else ()

    @property
    def label(self) -> str:
        """The deputy's name."""
        return self.written

    @property
    def values(self) -> Mapping[str, str]:
        """Canonical text of what the sheet says."""
        values = {
            "level": self.level or "",
            "presence": told_presence(self.presence),
            "arrived_at": self.arrived_at,
            "stands_in_for": self.stands_in_for.name if self.stands_in_for else "",
        }
        return {key: text for key, text in values.items() if key in self.told}


def told_presence(presence: Presence) -> str:
    """Return a presence for comparison: who is only expected says nothing, and gives way to whatever is known."""
    return "" if presence is Presence.PLANNED else presence.value


def attendance_key(day_id: int, on: str, deputy_id: int) -> str:
    """Return what a deputy's attendance on a day is known by; ``day_id`` 0 is the one that has to be made."""
    return f"{day_id or on}|{deputy_id}"


@dataclass(frozen=True)
class KnownDays:
    """What the sheet's days and names are looked up in.

    Args:
        days: reception days by ISO date.
        deputies: the roster.
        place: where reception days are held unless the sheet says so.
        today: ISO date.
    """

    days: Mapping[str, Sequence[ReceptionDay]]
    deputies: NamedDeputies
    place: str
    today: str


def read_attendance_table(
    sheet: RawSheet, mapping: SheetMapping, known: KnownDays
) -> tuple[tuple[AttendanceRow, ...], tuple[SkippedRow, ...]]:
    """Return who attended when by a worksheet whose columns are known, and the rows that say nothing of it."""
    data, skipped = table_rows(sheet, mapping, ATTENDANCE_FORM.entry)
    heading = "　".join((*mapping.heading, sheet.name))
    reader = _Reader(heading, known)
    rows = [found for row in data for found in reader.read(row, sheet)]
    return tuple(rows), skipped


@dataclass
class _Reader:
    heading: str
    known: KnownDays
    _seen: dict[str, int] = field(default_factory=dict)

    def read(self, row: DataRow, sheet: RawSheet) -> Iterator[AttendanceRow]:
        """Yield what a row says: of one day, or of each day across that is filled in."""
        cells = RowCells(row, _TITLES)
        written, deputy = self._deputy(cells, row)
        across = [column for column in row.mapping.columns if column.key == "mark"]
        if across:
            shared = tuple(cells.problems)
            for column in across:
                mark = sheet.cell(row.number - 1, column.index)
                if not says_nothing(mark):
                    own = RowCells(row, _TITLES, list(shared))
                    yield self._row(own, written, deputy, self._day_across(own, column), mark, column)
            return
        said = (cells["presence"], cells["signature"], cells["remark"])
        mark = next((cell for cell in said[:2] if not says_nothing(cell)), None)
        if mark is None and not read_presence(said[2]).reason:
            mark = said[2]  # 请假 is often written at the end of the line
        yield self._row(cells, written, deputy, self._day(cells), mark, None)

    def _row(
        self, cells: RowCells, written: str, deputy: Deputy | None, on: str, mark: Cell, column: MappedColumn | None
    ) -> AttendanceRow:
        place = cells.line("place") or _found(_HEAD_PLACE, self.heading)
        day = self._reception_day(cells, on, place, deputy)
        presence, stood_for = self._presence(cells, written, mark, column)
        digest = short_digest(f"{on}\x1f{row_digest(cells.row)}\x1f{cell_text(mark)}")
        told = {"presence"} | (cells.row.mapping.keys & {"level", "arrived_at", "stands_in_for"})
        made = AttendanceRow(
            row_number=cells.row.number,
            on=on,
            day_id=day.id if day else 0,
            held=day is None or day.state in _HELD,
            deputy=deputy,
            level=self._level(cells, deputy, on),
            presence=presence,
            arrived_at=cells.take("arrived_at", read_clock(cells["arrived_at"])) if column is None else "",
            stands_in_for=self._stands_in_for(cells, stood_for, column),
            place=place or self.known.place,
            told=frozenset(told | ({"stands_in_for"} if stood_for else set())),
            written=written,
            digest=digest,
            uid=compact(cells["uid"]) if column is None else "",
        )
        for key in made.keys:
            if key in self._seen:
                cells.problem("name", f"第 {self._seen[key]} 行已有“{written}”这一天的签到，重复了。")
            self._seen.setdefault(key, cells.row.number)
        return replace(made, problems=tuple(cells.problems), notices=tuple(cells.notices))

    def _deputy(self, cells: RowCells, row: DataRow) -> tuple[str, Deputy | None]:
        name = cells.take("name", read_name(cells["name"]))
        if not name:
            if not cells.has_problem("name"):
                cells.problem("name", "没有填写。")
            return cell_text(row.cells.get("name")), None
        phones = read_phones(cells["phone"]).value
        found = self.known.deputies.find(
            name, read_levels(cells["level"]).value, phones[0] if phones else "", cells.line("village")
        )
        return name, cells.take("name", found)

    def _presence(self, cells: RowCells, written: str, mark: Cell, column: MappedColumn | None) -> tuple[Presence, str]:
        """Return the presence and the name of whom the deputy stood in for."""
        asked = column is not None or {"presence", "signature"} & cells.row.mapping.keys
        if not asked:  # a list of those who came
            return Presence.PRESENT, ""
        if says_nothing(mark):
            cells.notice("presence", "没有签到，登记为应到。")
            return Presence.PLANNED, ""
        if compact(mark) == compact(written):  # signed by typing the name
            return Presence.PRESENT, ""
        reading = read_presence(mark)
        if reading.reason and column is not None:
            cells.problems.append(CellProblem(cells.row.number, column.letter, f"{column.title}：{reading.reason}"))
        elif reading.reason:
            cells.problem("presence", reading.reason)
        return reading.value

    def _stands_in_for(self, cells: RowCells, stood_for: str, column: MappedColumn | None) -> Deputy | None:
        names = read_names(stood_for or cells["stands_in_for"])
        found = self.known.deputies.find(names.value[0]) if names.value else Reading(None)
        if (reason := names.reason or found.reason) and stood_for and column is not None:
            cells.problems.append(CellProblem(cells.row.number, column.letter, f"{column.title}：{reason}"))
        elif reason:
            cells.problem("stands_in_for", reason)
        return found.value

    def _level(self, cells: RowCells, deputy: Deputy | None, on: str) -> Level | None:
        """Return the level attended in: of several the one nearest to the voters."""
        told = cells.take("level", read_levels(cells["level"]))
        held = deputy.levels_on(on) if deputy and on else ()
        levels = told or held
        if told and deputy and on and told[-1] not in held:
            cells.notice("level", f"名册上 {on} 没有这一级的代表职务，请核对。")
        return levels[-1] if levels else None

    def _day(self, cells: RowCells) -> str:
        """Return the day of a line; of a sheet of one day it stands above the table."""
        cell = cells["on"]
        if cell_text(cell):
            title = day_in_title(cell)
            on = self._with_year(title) if title.startswith("--") else cells.take("on", read_date(cell))
        else:
            said = _found(_HEAD_DAY, self.heading) or _found(_TITLE_DAY, self.heading)
            on = read_date(said).value
        if not on and not cells.has_problem("on"):
            cells.problem("on", "没有填写，表头上面也没有写明是哪一天。")
        return on

    def _day_across(self, cells: RowCells, column: MappedColumn) -> str:
        day = day_in_title(column.title)
        if day.startswith("--"):
            day = self._with_year(day)
            if not day:
                cells.problems.append(
                    CellProblem(cells.row.number, column.letter, f"{column.title}：这一年没有这一天，请核对标题。")
                )
            elif not _YEAR.search(self.heading):
                cells.notice("mark", f"“{column.title}”没有写年份，按 {day[:4]} 年登记。")
        return day

    def _with_year(self, day: str) -> str:
        """Return the day in the year the heading names, else the last such day there was."""
        year = _found(_YEAR, self.heading)
        if not year:
            this = self.known.today[:4]
            year = this if f"{this}{day[1:]}" <= self.known.today else str(int(this) - 1)
        try:
            return date.fromisoformat(f"{year}{day[1:]}").isoformat()
        except ValueError:  # 29 February of another year
            return ""

    def _reception_day(self, cells: RowCells, on: str, place: str, deputy: Deputy | None) -> ReceptionDay | None:
        """Return the reception day of a date: at the place that is named, or where the deputy is expected."""
        if on > self.known.today:
            cells.problem("on", f"{on} 在今天之后，请核对。")
        days = self.known.days.get(on, ())
        usable = [day for day in days if day.state in _HELD | _WAITING]
        for fitting in (
            [day for day in usable if place and day.place == place],
            [day for day in usable if deputy and any(one.deputy_id == deputy.id for one in day.attendance)],
            [day for day in usable if day.state in _HELD],
            usable,
        ):
            if fitting:
                if fitting[0].state in _WAITING:
                    cells.notice("on", f"{on} 还是“{DAY_STATE_LABELS[fitting[0].state]}”，导入后记为已接待。")
                return fitting[0]
        if days:
            cells.problem("on", f"{on} 的接待日登记为“{DAY_STATE_LABELS[days[0].state]}”，请先在“接待”页更正。")
        elif on and on <= self.known.today:
            cells.notice("on", f"登记簿里没有 {on}，导入时新增这个接待日。")
        return None


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1] if match else ""
