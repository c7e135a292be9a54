"""The part of the registration form that is about one opinion, and the way between several."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from station_app.domain.progress import Disposition
from station_app.domain.reception import OpinionDraft
from station_app.services.reception_desk import short_title
from station_app.ui.cards import link_button
from station_app.ui.fields import CheckField, ChoiceField, FormPanel, LineField, SegmentField, TextField
from station_app.ui.similar_matters import LINK_KEY, SimilarMatters
from station_app.ui.visit_matters import MATTER_KEYS, Matter, MatterStrip

_ROUTES = ("县人民法院", "县信访局", "县劳动人事争议仲裁院", "镇司法所", "行政复议机关", "公安派出所", "纪检监察机关")
_DISPOSITIONS = (
    (Disposition.STUDYING, "正在研究"),
    (Disposition.ON_SPOT, "当场答复"),
    (Disposition.REDIRECTED, "引导"),
)


class MatterFields:
    """The fields of the opinion on show and the list of all opinions of the visit; adds itself to a form.

    Args:
        form: the form the fields are added to.
        more: the link that shows the fields seldom needed; stands behind the ticks.
        similar: tells similar matters under the words, and which of them the visitor is linked to.
        village: returns the short name of the place that is typed, or empty text.
    """

    def __init__(self, form: FormPanel, more: QWidget, similar: SimilarMatters, village: Callable[[], str]) -> None:
        self._form = form
        self.similar = similar
        self._village = village
        self._links = (link_button("再记一条 Alt+N", self.add), more)
        self._matters = [Matter()]
        self._at = 0
        self._showing = False
        self.strip = MatterStrip()
        self.words = TextField("反映内容", required=True, placeholder="尽量用选民原话", least=2)
        self.title = LineField("标题", wide=True, placeholder="由反映内容拟出，可改")
        self.category = ChoiceField("类别", placeholder="其他")
        self.nature = ChoiceField("性质", placeholder="意见")
        self.disposition = SegmentField("处理方式", _DISPOSITIONS)
        self.answer = TextField("答复情况", required=True, placeholder="当场怎样答复的", least=2, most=5)
        self.route = ChoiceField("告知渠道", _ROUTES, required=True, free=True, wide=True)
        self.confidential = CheckField("标记", "要求保密")
        self.urgent = CheckField("", "紧急")
        self.confidential.setToolTip("选民要求保密：对外的台账和公开材料里隐去")
        self.urgent.setToolTip("涉及安全、群体性的事项")
        self._lay_out()
        self.strip.chosen.connect(self.go_to)
        self.strip.dropped.connect(self._drop)
        self.words.changed.connect(self._propose_title)
        self.title.changed.connect(self._own_title)
        self.disposition.changed.connect(self._show_disposition)
        for field in (self.words, self.category):
            field.changed.connect(self.look_for_similar)
        similar.chosen.connect(self._link)

    def _lay_out(self) -> None:
        form = self._form
        form.add_widget(self.strip)
        form.add("words", self.words)
        form.add_widget(self.similar)
        form.add("title", self.title)
        form.add_pair(("category", self.category), ("nature", self.nature))
        form.add("disposition", self.disposition)
        form.add("answer", self.answer)
        form.add("route", self.route)
        form.add_line({"confidential": self.confidential, "urgent": self.urgent}, self._links)

    def bindings(self) -> dict[str, Callable[[], Any]]:
        """Return the shortcuts of this part."""
        return {
            "Alt+N": self.add,
            "Alt+PgUp": lambda: self.go_to(self._at - 1),
            "Alt+PgDown": lambda: self.go_to(self._at + 1),
            LINK_KEY: self._choose_similar,
        }

    @property
    def at(self) -> int:
        """The number of the opinion on show, from 0."""
        return self._at

    def all(self) -> list[Matter]:
        """Return the opinions as typed, the one on show included."""
        if not self._showing:
            for key in MATTER_KEYS:
                setattr(self._matters[self._at], key, self._form.fields[key].typed())
        return list(self._matters)

    def drafts(self) -> tuple[OpinionDraft, ...]:
        """Return the opinions for the service, blank ones left out of the form as well."""
        kept = [one for one in self.all() if not one.is_blank] or [Matter()]
        on_show = self._matters[self._at]
        self._matters = kept
        self._at = kept.index(on_show) if on_show in kept else len(kept) - 1
        return tuple(one.draft() for one in kept if not one.is_blank)

    def set_all(self, matters: list[Matter], at: int = 0) -> None:
        """Show other opinions, none as a blank one."""
        self._matters = matters or [Matter()]
        self.show(min(at, len(self._matters) - 1))

    def add(self) -> None:
        """Begin another opinion of the same visit (Alt+N)."""
        if not self.all()[self._at].is_blank:
            self._matters.append(Matter())
            self.show(len(self._matters) - 1)
        self.words.setFocus()
        self._form.changed.emit()

    def go_to(self, number: int) -> None:
        """Go to another opinion of this visit."""
        if 0 <= number < len(self.all()):
            self.show(number)
            self.words.setFocus()

    def show(self, number: int) -> None:
        """Show an opinion in the fields; what was on show must have been noted by `all` before."""
        self._showing = True
        self._at = number
        for key in MATTER_KEYS:
            self._form.fields[key].put_typed(getattr(self._matters[number], key))
        self._showing = False
        self.similar.show_choice(self._matters[number].main_id)
        self.look_for_similar()
        self.strip.show_matters(self._matters, number)
        self._show_disposition()

    def look_for_similar(self) -> None:
        """Look for matters like the one on show; one that is registered already is merged on the page of opinions."""
        if not self._showing and self._matters[self._at].registered is None:
            self.similar.look_for(self.words.value(), self._village(), self.category.value() or "")

    def _choose_similar(self) -> None:
        if self._matters[self._at].registered is None:
            self.similar.choose_next()

    def _link(self, main_id: int | None) -> None:
        self._matters[self._at].main_id = main_id
        self._form.changed.emit()

    def _drop(self) -> None:
        del self._matters[self._at]
        self.show(max(0, self._at - 1))
        self.words.setFocus()
        self._form.changed.emit()

    def _propose_title(self) -> None:
        if not self._showing and not self._matters[self._at].own_title:
            self.title.set_value(short_title(self.words.value()))
        self._rename()

    def _own_title(self) -> None:
        if not self._showing:
            self._matters[self._at].own_title = bool(self.title.value())
        self._rename()

    def _rename(self) -> None:
        if not self._showing:
            self.strip.rename(self._at, self.all()[self._at])

    def _show_disposition(self) -> None:
        """A registered opinion may have moved on: its disposition is changed on the page of opinions."""
        new = self._matters[self._at].registered is None
        chosen = self.disposition.value()
        grid = self._form.grid
        grid.show_field(self.disposition, shown=new)
        grid.show_field(self.answer, shown=new and chosen is Disposition.ON_SPOT)
        grid.show_field(self.route, shown=new and chosen is Disposition.REDIRECTED)
