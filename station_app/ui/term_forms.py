"""The short forms of a term and of a constituency."""

from dataclasses import replace
from typing import Any

from station_app.domain.people import Level
from station_app.domain.terms import Constituency, Term, last_day
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.typed_dates import read_day
from station_app.ui.cards import label
from station_app.ui.fields import DateField, FormPanel, LineField, MultiChoiceField, NumberField, SegmentField
from station_app.ui.form_draft import DraftPlace
from station_app.ui.page import Shell


class TermForm(FormPanel):
    """A term of a congress.

    Args:
        desks: the desks of the open station.
        shell: what the window lends.
        term: the term to correct or, with id 0, what is proposed; None for an empty form.
    """

    kind = "term"

    def __init__(self, desks: Desks, shell: Shell, term: Term | None = None) -> None:
        super().__init__("修改届次" if term and term.id else "登记届次", self._save_term, shell.messages)
        self._desks = desks
        self._term = term or Term(desks.term_change.own_level(), "")
        words = [(level, desks.terms.level_word(level)) for level in Level]
        self.add("level", SegmentField("层级", words))
        self.add("name", LineField("届次", required=True, placeholder="如 第十九届"))
        self.begun = DateField("起始日期", shell.clock.today)
        self.ended = DateField("届满日期", shell.clock.today)
        self.add_pair(("from_on", self.begun), ("to_on", self.ended))
        about = label("每届任期五年；届满日期不填的，按起始日期加五年提醒。", "small", wrap=True)
        self.add_widget(about, under_fields=True)
        shown = self._term
        self.set_values({"level": shown.level, "name": shown.name, "from_on": shown.from_on, "to_on": shown.to_on})
        self.begun.changed.connect(lambda: self._hint(shell))
        self._hint(shell)
        self.keep_drafts(desks, DraftPlace(self.kind, "terms", self._term.uid))

    def _hint(self, shell: Shell) -> None:
        """Show when five years end."""
        begun = read_day(self.begun.edit.text(), shell.clock.today())
        self.ended.edit.setPlaceholderText(last_day(begun.isoformat()) if begun else "如 2031-11-05")

    def _save_term(self, values: dict[str, Any]) -> Done[int]:
        return self._desks.terms.save_term(replace(self._term, **values))


class ConstituencyForm(FormPanel):
    """A constituency of a term, and the villages it covers.

    Args:
        desks: the desks of the open station.
        shell: what the window lends.
        constituency: the one to change or, with id 0, what is proposed.
    """

    kind = "constituency"

    def __init__(self, desks: Desks, shell: Shell, constituency: Constituency) -> None:
        word = desks.terms.level_word(constituency.level)
        super().__init__("修改选区" if constituency.id else "登记选区", self._save_one, shell.messages)
        self.set_note(f"{word}{constituency.term}")
        self._desks = desks
        self._one = constituency
        self.add("name", LineField("选区(选举单位)", required=True, wide=True))
        villages = [
            (one.id, one.short_name)
            for one in desks.settings.villages()
            if not one.retired or one.id in constituency.village_ids
        ]
        self.add("village_ids", MultiChoiceField("所含村(居)", villages, placeholder="可以输入拼音首字母"))
        self.add("seats", NumberField("应选名额", most=999))
        self.set_values(
            {"name": constituency.name, "village_ids": constituency.village_ids, "seats": constituency.seats}
        )
        reopen = {"level": constituency.level.value, "term": constituency.term}
        self.keep_drafts(desks, DraftPlace(self.kind, "terms", constituency.uid, reopen))

    def _save_one(self, values: dict[str, Any]) -> Done[int]:
        return self._desks.terms.save_constituency(replace(self._one, **values))
