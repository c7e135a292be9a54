"""Invented deputies' suggestions: who signed, at which session, when the unit came to talk, how it was judged."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from station_app.domain.calendars import WorkCalendar
from station_app.domain.events import Event, EventKind, Satisfaction
from station_app.domain.people import Deputy, Level
from station_app.domain.station import Tier
from station_app.domain.suggestion import MEETING_WAY, SessionKind, SuggestionDraft
from station_app.services.demo_matters import Matter
from station_app.services.demo_people import Town
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile
from station_app.storage.suggestions import SuggestionRecords

_SESSION_MONTHS = frozenset({1, 2, 7})
_NUMERALS = "一二三四五六七八九十"
_MEETING_NOTES = (
    "到现场一起看了，代表对办理打算没有不同意见。",
    "说明了资金来源和施工时间，代表建议先修危险路段。",
    "介绍了办理方案，代表要求答复里写明完成时限。",
)


class SuggestionBook:
    """Writes what makes a matter a suggestion when its events are written; matters of other tiers pass unchanged."""

    def __init__(self, file: StationFile, town: Town, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._records = SuggestionRecords(file)
        self._town = town
        self._numbers: Counter[tuple[Level, str, str]] = Counter()

    def events(self, step: Step, matter: Matter, title: str, event: Event) -> list[Event]:
        """Return the event, with the attitude where it is judged, after a 面商 where an answer follows one."""
        if matter.tier is not Tier.SUGGESTION:
            return [event]
        # A random of its own: what is invented here changes nothing else of the demo.
        rng = Random(f"{matter.number} {event.kind}")  # noqa: S311 - invented data, no secrets
        if event.kind is EventKind.HANDED_OVER and self._records.of_opinion(matter.id) is None:
            self._records.save(step, matter.id, self._draft(rng, matter, title, event.on))
        if event.kind is EventKind.RATED and event.satisfaction is not Satisfaction.UNRATED:
            kinds = (Satisfaction.SATISFIED, Satisfaction.FAIRLY, Satisfaction.DISSATISFIED)
            return [replace(event, attitude=rng.choices(kinds, (85, 14, 1))[0])]
        before = date.fromisoformat(event.on) - timedelta(days=rng.randint(2, 9))
        met_on = self._calendar.workday_on_or_before(before)
        if event.kind is EventKind.ANSWERED and rng.random() < 0.85 and met_on > matter.raised_on + timedelta(days=20):
            said = rng.choice(_MEETING_NOTES)
            met = Event(EventKind.INTERIM, met_on.isoformat(), way=MEETING_WAY, person=event.person, text=said)
            return [replace(met, recorded_at=event.recorded_at), event]
        return [event]

    def _draft(self, rng: Random, matter: Matter, title: str, handed_on: str) -> SuggestionDraft:
        handed = date.fromisoformat(handed_on)
        submitted = max(matter.raised_on, handed - timedelta(days=rng.randint(1, 4)))
        signers, level = self._signers(rng, matter, submitted)
        in_session = submitted.month in _SESSION_MONTHS
        kind = SessionKind.IN_SESSION if in_session else SessionKind.BETWEEN
        term, session = _session(signers[0], level, submitted)
        self._numbers[level, term, session if in_session else ""] += 1
        return SuggestionDraft(
            title=_title(title),
            leader_id=signers[0].id,
            level=level,
            submitted_on=submitted.isoformat(),
            seconder_ids=tuple(deputy.id for deputy in signers[1:]),
            session_kind=kind,
            term=term,
            session=session if in_session else "",
            number=f"第{self._numbers[level, term, session if in_session else '']}号",
        )

    def _signers(self, rng: Random, matter: Matter, on: date) -> tuple[list[Deputy], Level]:
        """Return who signs, the leading one first, and to which congress it goes: one they all sit in."""
        serving = self._town.serving(on)
        own = next((one for one in serving if matter.scene.deputy and one.name == matter.receivers), None)
        leader = own or rng.choice(serving)
        levels = leader.levels_on(on.isoformat())
        level = Level.COUNTY if Level.COUNTY in levels and (matter.theme.county or len(levels) == 1) else levels[-1]
        others = [one for one in serving if one is not leader and level in one.levels_on(on.isoformat())]
        return [leader, *rng.sample(others, min(len(others), rng.randint(1, 4)))], level


def _session(leader: Deputy, level: Level, on: date) -> tuple[str, str]:
    """Return the term and the session of the year the leading deputy sits in."""
    held = [one for one in leader.mandates if one.level is level and one.holds_on(on.isoformat())]
    begun = int(held[-1].from_on[:4]) if held and held[-1].from_on else on.year
    return (held[-1].term if held else ""), f"第{_NUMERALS[min(on.year - begun, 9)]}次会议"


def _title(title: str) -> str:
    plain = title.rstrip("…。，")
    if plain.startswith("建议"):
        return f"关于{plain.removeprefix('建议')}的建议"
    return f"关于解决{plain}问题的建议"
