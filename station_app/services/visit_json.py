"""One visit as a JSON object: checked strictly, every wrong key, type or value named."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from station_app.domain.opinion import OPENNESS_LABELS, Openness
from station_app.domain.people import GENDER_LABELS, Gender
from station_app.domain.problems import FieldProblem, InvalidInput, invalid
from station_app.domain.progress import Disposition, disposition_labels
from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.domain.rooms import OWN_NAME
from station_app.domain.station import StationProfile
from station_app.services.reception_days import ReceptionDays
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk

_VISIT: Final = {
    "date": str, "time": str, "place": str, "receivers": list, "form_number": str, "visitor": dict, "opinions": list,
    "notes": str, "room": str,
}  # fmt: skip
_VISITOR: Final = {"name": str, "gender": str, "phone": str, "address": str, "anonymous": bool, "people": int}
_OPINION: Final = {
    "words": str, "title": str, "category": str, "nature": str, "channel": str, "village": str, "openness": str,
    "disposition": str, "answer": str,
}  # fmt: skip
_TYPE_WORDS: Final = {str: "文字", list: "列表", dict: "对象", bool: "true 或 false", int: "整数"}


def json_of(path: Path) -> Any:
    """Return what a JSON file says.

    Raises:
        InvalidInput: it cannot be read, is no UTF-8 JSON, or says a field twice; field ``--json-input`` or the key.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_object)
    except OSError as error:
        raise invalid("--json-input", f"读不到文件“{path.name}”，请核对文件名和位置。") from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise invalid("--json-input", f"“{path.name}”不是 UTF-8 的 JSON 文件。") from error


def read_visit(
    value: Any, settings: SettingsDesk, days: ReceptionDays, roster: Roster, rooms: Mapping[int | None, str]
) -> VisitDraft:
    """Return the visit that a JSON object describes.

    Args:
        value: parsed JSON: ``date, time, place, room, receivers[], form_number, visitor{…}, opinions[…], notes``.
        rooms: what each room of the station is called, see `room_names`.

    Raises:
        InvalidInput: unknown key, wrong type or missing field, each named.
    """
    reader = _Reader(settings.profile())
    visit = reader.object("", value, _VISIT, required=("date", "visitor", "receivers"))
    visitor = reader.object("visitor", visit.get("visitor", {}), _VISITOR, required=())
    raw_opinions = visit.get("opinions", [])
    opinions = [
        reader.opinion(f"opinions.{index}", reader.object(f"opinions.{index}", item, _OPINION, required=("words",)))
        for index, item in enumerate(raw_opinions)
    ]
    on = str(visit.get("date", ""))
    receivers = tuple(
        reader.receiver(f"receivers.{index}", name, settings, roster)
        for index, name in enumerate(visit.get("receivers", []))
    )
    gender = reader.one_of("visitor.gender", visitor.pop("gender", ""), _by_label(GENDER_LABELS), Gender.UNKNOWN)
    room_id = reader.one_of(
        "room", visit.get("room", ""), {OWN_NAME: None} | {name: key for key, name in rooms.items()}, None
    )
    reader.finish()
    found = [day for day in days.between(on, on) if not visit.get("place") or day.place == visit["place"]]
    day = next((day.id for day in found if not visit.get("room") or day.room_id == room_id), None)
    return VisitDraft(
        on=on,
        visitor=VisitorDraft(gender=gender, **visitor),
        receivers=receivers,
        opinions=tuple(opinions),
        at=visit.get("time", ""),
        place=visit.get("place", ""),
        day_id=day,
        form_number=visit.get("form_number", ""),
        notes=visit.get("notes", ""),
        paper=bool(visit.get("form_number")),
        room_id=room_id,
    )


class _Reader:
    """Collects every problem before it refuses."""

    def __init__(self, profile: StationProfile) -> None:
        self._problems: list[FieldProblem] = []
        # A town's words are understood everywhere: the same file of a visit serves several stations.
        self._dispositions = _by_label(disposition_labels()) | _by_label(disposition_labels(profile))

    def object(self, at: str, value: Any, fields: Mapping[str, type], required: tuple[str, ...]) -> dict[str, Any]:
        """Return the well-typed fields of a JSON object; everything else becomes a problem."""
        if not isinstance(value, dict):
            self._problem(at or "（整体）", "应当是一个 JSON 对象。")
            return {}
        good = {}
        for key, found in value.items():
            field = f"{at}.{key}".lstrip(".")
            kind = fields.get(str(key))
            if kind is None:
                self._problem(field, f"没有这个字段；可用的有：{'、'.join(fields)}。")
            elif type(found) is not kind:
                self._problem(field, f"应当是{_TYPE_WORDS[kind]}。")
            else:
                good[str(key)] = found
        for key in required:
            if key not in value:
                self._problem(f"{at}.{key}".lstrip("."), "缺少这个字段。")
        return good

    def one_of(self, field: str, text: str, choices: dict[str, Any], default: Any) -> Any:
        """Return the code for a Chinese label or English code."""
        if not text:
            return default
        if text not in choices:
            self._problem(field, f"“{text}”不在可选项中：{'、'.join(choices)}。")
        return choices.get(text, default)

    def opinion(self, at: str, fields: dict[str, Any]) -> OpinionDraft:
        """Return an opinion of well-typed fields."""
        openness = self.one_of(f"{at}.openness", fields.pop("openness", ""), _by_label(OPENNESS_LABELS), Openness.OPEN)
        answer = fields.pop("answer", "")
        disposition = self.one_of(
            f"{at}.disposition", fields.pop("disposition", ""), self._dispositions, Disposition.STUDYING
        )
        redirected = disposition is Disposition.REDIRECTED
        return OpinionDraft(
            words=fields.pop("words", ""),
            openness=openness,
            disposition=disposition,
            answer="" if redirected else answer,
            route=answer if redirected else "",
            **fields,
        )

    def receiver(self, field: str, name: Any, settings: SettingsDesk, roster: Roster) -> Receiver:
        """Return who a name means: a serving deputy or one of the staff; namesakes need a village behind the name."""
        if not isinstance(name, str) or not name.strip():
            self._problem(field, "应当是接待人姓名。")
            return Receiver("")
        plain, _, village = name.rstrip("）)").replace("（", "(").partition("(")
        found = [d for d in roster.serving() if d.name == plain and village in {"", d.village}]
        if len(found) > 1:
            places = "、".join(f"{deputy.name}({deputy.village})" for deputy in found)
            self._problem(field, f"有 {len(found)} 位同名代表，请写明是哪一位：{places}。")
        if len(found) == 1:
            return Receiver(plain, deputy_id=found[0].id)
        staff = next((person for person in settings.staff() if person.name == plain), None)
        return Receiver(plain, staff_id=staff.id if staff else None)

    def finish(self) -> None:
        """Refuse if anything was wrong.

        Raises:
            InvalidInput: with every problem.
        """
        if self._problems:
            raise InvalidInput(self._problems)

    def _problem(self, field: str, message: str) -> None:
        self._problems.append(FieldProblem(field, message))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; JSON itself would let the last of two equal keys win without a word."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise invalid(key, "这个字段写了两次。")
        found[key] = value
    return found


def _by_label(labels: dict[Any, str]) -> dict[str, Any]:
    """Return codes by Chinese label and by their own name."""
    return {label: code for code, label in labels.items() if label} | {str(code): code for code in labels}
