"""设置 · 编号: how numbers look, with the next numbers shown while typing."""

from dataclasses import dataclass
from typing import Any

from station_app.domain.numbering import DEFAULT_PATTERNS, NumberPattern, Series
from station_app.domain.problems import FieldProblem, InvalidInput
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Notice
from station_app.ui.fields import FormPanel, LineField
from station_app.ui.page import Shell
from station_app.ui.theme import Tone

SERIES_LABELS = {Series.OPINION: "意见编号", Series.VISIT: "接待登记号"}
_HELP = (
    "{站} 是简称代码，{年} 是年份，{0001} 是序号：几个零加 1 就是几位，每年从 1 开始。\n"
    "改样式只影响以后的号，已给出的号不变，也不重复使用。"
)


@dataclass(frozen=True)
class _Example:
    field: LineField
    notice: Notice


class NumberingSection(FormPanel):
    """The patterns of all numbers.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("编号", self._save_patterns, shell.messages)
        self._desks = desks
        self._year = shell.clock.today().year
        self._examples: dict[Series, _Example] = {}
        about = Notice(Tone.QUIET)
        about.say("", _HELP)
        self.add_widget(about)
        for series, word in SERIES_LABELS.items():
            field = self.add(str(series), LineField(word, required=True, wide=True))
            notice = Notice(Tone.INFO)
            self.add_widget(notice, under_fields=True)
            self._examples[series] = _Example(field, notice)
        self.changed.connect(self._show_examples)
        self.reload()

    def reload(self) -> None:
        """Show the patterns as they are kept."""
        self.set_values({str(series): self._desks.settings.pattern(series).text for series in SERIES_LABELS})
        self._show_examples()

    def example(self, series: Series) -> str:
        """Return what is said under a pattern."""
        return self._examples[series].notice.text()

    def _show_examples(self) -> None:
        code = self._desks.settings.profile().code
        for series, example in self._examples.items():
            pattern = NumberPattern(example.field.value())
            if problem := pattern.problem(str(series)):
                usual = DEFAULT_PATTERNS[series].text
                example.notice.say("", f"{problem.message}常用样式：{usual}", Tone.WARNING)
            else:
                shown = "、".join(pattern.number(code, self._year, serial) for serial in (1, 2, 147))
                example.notice.say("", f"例如：{shown}", Tone.INFO)

    def _save_patterns(self, values: dict[str, Any]) -> Done[None]:
        patterns = {series: NumberPattern(values[str(series)]) for series in SERIES_LABELS}
        problems = [found for series, pattern in patterns.items() if (found := pattern.problem(str(series)))]
        if problems:
            raise InvalidInput(FieldProblem(problem.field, problem.message) for problem in problems)
        changed = {s: p for s, p in patterns.items() if p.text != self._desks.settings.pattern(s).text} or patterns
        return self._desks.settings.save_patterns(changed)
