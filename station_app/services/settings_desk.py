"""The settings: station, staff, villages, units, lists, limits, numbering."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from station_app.domain.answer_classes import AnswerClass, AnswerClasses, classes_problems, cleaned
from station_app.domain.calendars import WorkCalendar
from station_app.domain.limits import Limits
from station_app.domain.numbering import NumberPattern, Series
from station_app.domain.problems import FieldProblem, InvalidInput, invalid, refuse
from station_app.domain.roster_check import RosterRules
from station_app.domain.roster_order import RosterOrder
from station_app.domain.station import (
    Choice,
    ListKey,
    Staff,
    StaffPost,
    StationProfile,
    Tier,
    Unit,
    Village,
)
from station_app.domain.terms import own_level
from station_app.domain.text import (
    LINE_LIMIT,
    NAME_LIMIT,
    clean_line,
    clean_name,
    clean_phone,
    phone_problem,
    text_problem,
)
from station_app.services.done import EVERYTHING, ROSTER, SETTINGS, Done
from station_app.storage.numbers import Numbers
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.storage.terms import TermRecords
from station_app.support.faults import StationFault

if TYPE_CHECKING:
    from station_app.domain.holiday_notice import NoticedDay

ROSTER_ORDER: Final = "roster.order"
"""Name of the preference that is the order of the roster on paper."""
_MOST_TEXT: Final = 100_000
OrderedTable = Literal["villages", "units", "choices"]


class SettingsDesk:
    """Reads and changes what the station sets once."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = StationRecords(file)
        self._settings = Settings(file)
        self._numbers = Numbers(file)

    def profile(self) -> StationProfile:
        """Return the station."""
        return self._records.profile()

    def villages(self) -> list[Village]:
        """Return the villages, retired ones last."""
        return self._records.villages()

    def staff(self) -> list[Staff]:
        """Return the station's own people."""
        return self._records.staff()

    def units(self) -> list[Unit]:
        """Return the handling units, retired ones last."""
        return self._records.units()

    def choices(self, key: ListKey) -> list[Choice]:
        """Return an editable list, retired entries last."""
        return self._records.choices(key)

    def labels(self, key: ListKey) -> list[str]:
        """Return the labels in use of an editable list."""
        return [choice.label for choice in self._records.choices(key) if not choice.retired]

    def limits(self) -> Limits:
        """Return the limits in force."""
        return Limits.from_dict(self._settings.get("limits", {}))

    def roster_rules(self) -> RosterRules:
        """Return how often the roster is checked, and how early the end of a term is told."""
        return RosterRules.from_dict(self._settings.get("roster_rules", {}))

    def roster_order(self) -> RosterOrder:
        """Return in which order the roster is printed."""
        return RosterOrder(self.preference(ROSTER_ORDER, RosterOrder.HAND))

    def answer_classes(self) -> AnswerClasses:
        """Return the classes an answer may have."""
        return AnswerClasses.from_dict(self._settings.get("answer_classes", {}))

    def calendar(self) -> WorkCalendar:
        """Return the working days: the decreed ones and the clerk's own."""
        own = self._records.holidays()
        return WorkCalendar(
            {date.fromisoformat(day): name for day, (name, working) in own.items() if not working},
            [date.fromisoformat(day) for day, (_, working) in own.items() if working],
        )

    def own_holidays(self, year: int) -> "list[NoticedDay]":
        """Return the days off and make-up days of a year that the clerk has entered."""
        from station_app.domain.holiday_notice import NoticedDay  # asked for on the page 设置 only

        own = self._records.holidays()
        days = (NoticedDay(date.fromisoformat(day), name, working) for day, (name, working) in own.items())
        return sorted((day for day in days if day.on.year == year), key=lambda day: day.on)

    def pattern(self, series: Series) -> NumberPattern:
        """Return how numbers of a series look."""
        return self._numbers.pattern(series)

    def preference(self, key: str, default: Any = None) -> Any:
        """Return a remembered choice that belongs to the station, not to the PC."""
        return self._settings.get(f"preference.{key}", default)

    def save_profile(self, profile: StationProfile, preferences: Mapping[str, Any] | None = None) -> Done[None]:
        """Save the station.

        Args:
            preferences: choices to remember in the same step, see `preference`.

        Raises:
            InvalidInput: the name or code is missing or too long.
        """
        profile = replace(
            profile,
            name=clean_line(profile.name),
            code=clean_line(profile.code).upper(),
            organ_name=clean_line(profile.organ_name),
            county_name=clean_line(profile.county_name),
            place=clean_line(profile.place),
            market_word=clean_line(profile.market_word) or "圩日",
        )
        problems = [
            None if profile.name else FieldProblem("name", "请填写联络站名称。"),
            text_problem("name", "联络站名称", profile.name, NAME_LIMIT),
            None
            if profile.code.isalnum() and len(profile.code) <= 8
            else FieldProblem("code", "简称代码用 1 到 8 个字母或数字，如 HX。"),
            text_problem("place", "地点", profile.place, LINE_LIMIT),
            text_problem("organ_name", "乡镇、街道名称", profile.organ_name, NAME_LIMIT),
            text_problem("county_name", "所属县（市、区）", profile.county_name, NAME_LIMIT),
            text_problem("phone", "联系电话", profile.phone, NAME_LIMIT),
            text_problem("market_word", "圩日的叫法", profile.market_word, NAME_LIMIT),
            text_problem("term_name", "届次", profile.term_name, NAME_LIMIT),
            None
            if not profile.term_from or _is_date(profile.term_from)
            else FieldProblem("term_from", "本届起始日期请按 2026-11-05 的样子填写。"),
        ]
        refuse(problems)
        with self._file.write("保存联络站设置") as step:
            self._records.save_profile(step, profile)
            for key, value in (preferences or {}).items():
                self._settings.put(step, f"preference.{key}", value)
        return Done(None, "已保存联络站设置", EVERYTHING, step.id)

    def follow_term(self) -> None:
        """Let 本届以来 begin with the new term of the own congress, once the day has come for which it was registered."""
        profile, today = self.profile(), self._file.clock.today().isoformat()
        begun = [
            term
            for term in TermRecords(self._file).all()
            if term.level is own_level(profile) and profile.term_from < term.from_on <= today
        ]
        if profile.term_name and begun and begun[0].name != profile.term_name:
            with self._file.write(f"新一届开始 {begun[0].name}", None) as step:
                following = replace(profile, term_name=begun[0].name, term_from=begun[0].from_on)
                self._records.save_profile(step, following)

    def save_village(self, village: Village) -> Done[int]:
        """Create (id 0) or change a village."""
        name, short = clean_line(village.name), clean_line(village.short_name)
        self._check_name(name, (v for v in self._records.villages() if v.id != village.id), "村(居)")
        values = {
            "name": name,
            "short_name": short,
            "groups_count": village.groups,
            "position": village.position if village.id else len(self._records.villages()),
            "retired": int(village.retired),
        }
        return self._save("villages", village.id, values, f"已保存 {name}")

    def save_unit(self, unit: Unit) -> Done[int]:
        """Create (id 0) or change a handling unit."""
        name = clean_line(unit.name)
        self._check_name(name, (u for u in self._records.units() if u.id != unit.id), "承办单位")
        if unit.tier is Tier.SUGGESTION:
            raise invalid("tier", "请选择村(居)、镇级或县级。")
        phone, mobile, remark = clean_phone(unit.phone), clean_phone(unit.mobile), clean_line(unit.remark)
        refuse(
            [
                phone_problem("phone", phone, "没有就空着。"),
                phone_problem("mobile", mobile, "没有就空着。"),
                text_problem("contact", "联系人", unit.contact, NAME_LIMIT),
                text_problem("remark", "备注", remark, LINE_LIMIT),
            ]
        )
        values = {
            "name": name,
            "tier": unit.tier,
            "contact": clean_name(unit.contact),
            "phone": phone,
            "mobile": mobile,
            "remark": remark,
            "position": unit.position if unit.id else len(self._records.units()),
            "retired": int(unit.retired),
        }
        return self._save("units", unit.id, values, f"已保存 {name}")

    def save_staff(self, person: Staff) -> Done[int]:
        """Create (id 0) or change one of the station's own people."""
        name, phone = clean_name(person.name), clean_phone(person.phone)
        refuse(
            [
                None if name else FieldProblem("name", "请填写姓名。"),
                text_problem("name", "姓名", name, NAME_LIMIT),
                phone_problem("phone", phone, "没有就空着。"),
            ]
        )
        values = {"name": name, "post": StaffPost(person.post), "phone": phone, "retired": int(person.retired)}
        return self._save("staff", person.id, values, "已保存工作人员")

    def save_choice(self, choice: Choice) -> Done[int]:
        """Create (id 0) or change an entry of an editable list; past records follow a new label."""
        label = clean_line(choice.label)
        others = (c for c in self._records.choices(choice.list_key) if c.id != choice.id)
        if not label:
            raise invalid("label", "请填写名称。")
        refuse([text_problem("label", "名称", label, NAME_LIMIT)])
        if any(other.label == label for other in others):
            raise invalid("label", f"列表里已经有“{label}”。")
        values = {
            "list_key": choice.list_key,
            "label": label,
            "counts": int(choice.counts),
            "position": choice.position if choice.id else len(self._records.choices(choice.list_key)),
            "retired": int(choice.retired),
        }
        return self._save("choices", choice.id, values, f"已保存 {label}")

    def arrange(self, table: OrderedTable, ids: Sequence[int]) -> Done[None]:
        """Put villages, units or the entries of one list into a hand-set order.

        Args:
            table: where they are kept.
            ids: all of them in the wanted order.
        """
        with self._file.write("调整顺序") as step:
            for position, record_id in enumerate(ids):
                self._records.save(step, table, record_id, {"position": position})
        return Done(None, "已调整顺序", EVERYTHING, step.id)

    def save_patterns(self, patterns: Mapping[Series, NumberPattern]) -> Done[None]:
        """Set how several kinds of numbers look, in one step, see `save_pattern`."""
        with self._file.write("保存编号样式") as step:
            for series, pattern in patterns.items():
                self.save_pattern(series, pattern)
        return Done(None, "已保存编号样式", frozenset({SETTINGS}), step.id)

    def save_pattern(self, series: Series, pattern: NumberPattern) -> Done[None]:
        """Set how numbers look from now on; numbers given stay.

        Raises:
            InvalidInput: the pattern lacks year or serial.
        """
        if problem := pattern.problem("pattern"):
            raise InvalidInput([problem])
        with self._file.write("保存编号样式") as step:
            self._settings.put(step, f"number_pattern.{series}", pattern.text)
        return Done(None, "已保存编号样式", frozenset({SETTINGS}), step.id)

    def save_limits(self, limits: Limits, *, open_matters_too: bool = True) -> Done[None]:
        """Set the limits.

        Args:
            open_matters_too: clocks that run already follow; otherwise they go on by the limits they began with.
        """
        if open_matters_too:
            limits = replace(limits, earlier=())
        else:
            limits = self.limits().changed_from(self._file.clock.today().isoformat(), limits)
        with self._file.write("保存办理期限") as step:
            self._settings.put(step, "limits", limits.to_dict())
        return Done(None, "已保存办理期限", EVERYTHING, step.id)

    def save_roster_rules(self, rules: RosterRules) -> Done[None]:
        """Set how often the roster is checked, and how early the end of a term is told.

        Raises:
            InvalidInput: see `RosterRules.from_dict`.
        """
        RosterRules.from_dict(rules.to_dict())
        with self._file.write("保存名册核对设置") as step:
            self._settings.put(step, "roster_rules", rules.to_dict())
        return Done(None, "已保存名册核对设置", frozenset({SETTINGS, ROSTER}), step.id)

    def save_holidays(self, year: int, text: str) -> Done[int]:
        """Keep the holidays of a year as pasted or typed; those of that year kept so far are replaced.

        Args:
            text: see `read_notice`; empty to go back to what is shipped, or to Monday to Friday.

        Raises:
            InvalidInput: a line says no day of that year.
        """
        from station_app.domain.holiday_notice import read_notice

        days, unread = read_notice(text, year)
        if unread:
            raise invalid("text", f"看不懂这几行，或不是 {year} 年的日子：{'；'.join(unread[:3])}。")
        with self._file.write(f"保存 {year} 年放假安排") as step:
            self._records.set_holidays(step, year, {day.on.isoformat(): (day.name, day.working) for day in days})
        return Done(len(days), f"已保存 {year} 年放假安排", EVERYTHING, step.id)

    def save_answer_classes(self, classes: tuple[AnswerClass, ...]) -> Done[None]:
        """Set the classes of answers from now on; answers given keep the meaning of their time.

        Raises:
            InvalidInput: a letter is left out or its words are too long; the fields are the letters.
        """
        classes = cleaned(classes)
        refuse(classes_problems(classes))
        kept = self.answer_classes()
        changed = kept if classes == kept.classes else kept.changed_at(self._file.clock.stamp(), classes)
        with self._file.write("保存答复类别") as step:
            self._settings.put(step, "answer_classes", changed.to_dict())
        return Done(None, "已保存答复类别", EVERYTHING, step.id)

    def remember(self, key: str, value: Any) -> None:
        """Remember a choice that belongs to the station; no step to undo unless it changed."""
        with self._file.write("记住选择", None) as step:
            self._settings.put(step, f"preference.{key}", value)

    def _save(self, table: str, record_id: int, values: dict[str, Any], label: str) -> Done[int]:
        with self._file.write(label) as step:
            saved = self._records.save(step, table, record_id or None, values)
        return Done(saved, label, EVERYTHING, step.id)

    def _check_name(self, name: str, others: Any, label: str) -> None:
        if not name:
            raise invalid("name", f"请填写{label}名称。")
        if problem := text_problem("name", f"{label}名称", name, NAME_LIMIT):
            raise InvalidInput([problem])
        if any(other.name == name for other in others):
            raise invalid("name", f"已经有“{name}”。")


def read_text_file(path: Path) -> str:
    """Return the text of a small file as WPS or a browser saves it: UTF-8, or GB 18030.

    Raises:
        StationFault: it cannot be read, or is no text.
    """
    try:
        raw = path.read_bytes()[:_MOST_TEXT]
    except OSError as error:
        raise StationFault(
            "这个文件读不出来。", "登记簿没有受影响。", "请看看文件还在不在、是否正被别的程序打开。"
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StationFault("这个文件不是文本。", "登记簿没有受影响。", "请另存为文本或 CSV，或把内容复制粘贴进来。")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
