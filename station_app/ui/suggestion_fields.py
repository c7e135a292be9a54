"""The fields of a deputies' suggestion: which congress and session, who leads, who signed; used by several forms."""

from collections.abc import Mapping
from typing import Any, Final

from station_app.domain.people import Deputy, Level
from station_app.domain.station import StationProfile
from station_app.domain.suggestion import (
    SESSION_KIND_LABELS,
    SUGGESTION_KIND_LABELS,
    SessionKind,
    Suggestion,
    SuggestionDraft,
    SuggestionKind,
    level_word,
    levels_of,
)
from station_app.station import Desks
from station_app.ui.fields import (
    Choice,
    ChoiceField,
    DateField,
    FormPanel,
    LineField,
    MultiChoiceField,
    SegmentField,
)

_SESSIONS: Final = tuple(f"第{number}次会议" for number in "一二三四五六七八九十")
_KEYS: Final = (
    "kind", "title", "level", "session_kind", "term", "session", "number", "submitted_on", "leader_id", "seconder_ids",
    "remark",
)  # fmt: skip


class SuggestionFields:
    """Adds the fields to a form, and reads a draft from them.

    Args:
        form: to which they are added, in the order they are typed.
        title_hint: what happens when no title is typed; empty where one is required.
    """

    def __init__(self, form: FormPanel, desks: Desks, title_hint: str = "") -> None:
        self._form = form
        self._desks = desks
        self._profile: StationProfile = desks.settings.profile()
        self._deputies: list[Deputy] = desks.roster.serving()
        self._usual_term = ""
        self._shown = True
        levels = [(level, f"{level_word(level, self._profile)}人大") for level in levels_of(self._profile)]
        self._title = LineField("标题", required=not title_hint, wide=True, placeholder=title_hint or "关于……的建议")
        self._kind = SegmentField("种类", list(SUGGESTION_KIND_LABELS.items()))
        self._session_kind = SegmentField("提出时间", list(SESSION_KIND_LABELS.items()))
        self._level = ChoiceField("提交给", levels, required=True)
        self._term = LineField("届次", placeholder="如：第十八届")
        self._session = ChoiceField("会议", _SESSIONS, free=True, placeholder="如：第三次会议")
        self._number = LineField("编号", placeholder="没有先空着")
        self._submitted = DateField("提交日期", desks.clock.today, required=True)
        self._leader = ChoiceField("领衔代表", required=True, placeholder="输入拼音首字母或姓名")
        self._seconders = MultiChoiceField("附议代表", placeholder="几位都可以")
        self._remark = LineField("备注", wide=True)
        form.add("title", self._title)
        form.add("kind", self._kind)
        form.add("session_kind", self._session_kind)
        form.add_pair(("level", self._level), ("number", self._number))
        form.add_pair(("term", self._term), ("session", self._session))
        form.add("leader_id", self._leader)
        form.add("seconder_ids", self._seconders)
        form.add_pair(("submitted_on", self._submitted))
        form.add("remark", self._remark)
        self._session_kind.changed.connect(self._session_kind_changed)
        self._level.changed.connect(self._level_changed)
        self._leader.changed.connect(self._say_term)

    def usual(self) -> dict[str, Any]:
        """Return what a new suggestion begins with."""
        return {
            "kind": SuggestionKind.SUGGESTION,
            "session_kind": SessionKind.BETWEEN,
            "level": levels_of(self._profile)[0],
            "submitted_on": self._desks.clock.today(),
        }

    def begin(self, suggestion: Suggestion | None, title: str = "") -> None:
        """Show a suggestion as it is kept, or the usual values of a new one.

        Args:
            title: that a new one begins with.
        """
        values = {"title": title, **self.usual()} if suggestion is None else _values(suggestion)
        if suggestion is not None:
            self._know_signers(suggestion)
        self._form.fields["level"].set_value(values["level"])
        self._offer_deputies()
        for key, value in values.items():
            self._form.fields[key].set_value(value)
        self._say_term()
        self.show(shown=True)

    def show(self, *, shown: bool) -> None:
        """Show or hide all of them; 会议 is asked only about what was put forward at one."""
        self._shown = shown
        in_session = self._session_kind.value() is SessionKind.IN_SESSION
        for key in _KEYS:
            self._form.grid.show_field(self._form.fields[key], shown=shown and (key != "session" or in_session))

    def draft(self, values: Mapping[str, Any]) -> SuggestionDraft:
        """Return the draft among the form's values."""
        own = {key: values[key] for key in _KEYS if values.get(key) is not None}
        return SuggestionDraft(**{"title": "", "leader_id": None, "level": None, "submitted_on": "", **own})

    def others(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the form's values without those of the suggestion."""
        return {key: value for key, value in values.items() if key not in _KEYS}

    def _know_signers(self, suggestion: Suggestion) -> None:
        """Offer also who signed and serves no longer."""
        serving = {deputy.id for deputy in self._deputies}
        signed = {signer.deputy_id for signer in suggestion.signers} - serving
        self._deputies += [deputy for deputy in self._desks.roster.deputies() if deputy.id in signed]

    def _session_kind_changed(self) -> None:
        self.show(shown=self._shown)

    def _level_changed(self) -> None:
        self._offer_deputies()
        self._say_term()

    def _offer_deputies(self) -> None:
        """Offer the deputies of the level; who is no longer fitting is taken out when somebody else is chosen."""
        level = self._level.value()
        fitting = [one for one in self._deputies if any(mandate.level is level for mandate in one.mandates)]
        for field in (self._leader, self._seconders):
            taken = field.value()
            field.set_choices([Choice(one.id, one.name, one.post) for one in fitting])
            field.set_value(taken)

    def _say_term(self) -> None:
        """Fill in the term the leading deputy was elected for, until the clerk types another."""
        typed = self._term.value()
        if typed and typed != self._usual_term:
            return
        self._usual_term = _term(self._chosen(), self._level.value(), self._profile)
        self._term.set_value(self._usual_term)

    def _chosen(self) -> Deputy | None:
        return next((one for one in self._deputies if one.id == self._leader.value()), None)


def _term(deputy: Deputy | None, level: Level | None, profile: StationProfile) -> str:
    terms = [mandate.term for mandate in deputy.mandates if mandate.level is level and mandate.term] if deputy else []
    if terms:
        return terms[-1]
    return profile.term_name if level is Level.TOWNSHIP else ""


def _values(suggestion: Suggestion) -> dict[str, Any]:
    return {
        **{key: getattr(suggestion, key) for key in _KEYS if key not in {"leader_id", "seconder_ids"}},
        "leader_id": next((signer.deputy_id for signer in suggestion.signers if signer.leading), None),
        "seconder_ids": tuple(signer.deputy_id for signer in suggestion.signers if not signer.leading),
    }
