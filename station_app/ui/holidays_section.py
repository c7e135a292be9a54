"""设置 · 放假安排: the holidays of later years, pasted from the yearly notice, typed, or read from a file."""

from typing import Any

from station_app.domain.holiday_notice import notice_text, read_notice
from station_app.services.done import Done
from station_app.services.settings_desk import read_text_file
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Notice, button, label
from station_app.ui.fields import FormPanel, SegmentField, TextField
from station_app.ui.page import Shell
from station_app.ui.theme import Tone

_KINDS = "文本或 CSV (*.txt *.csv);;所有文件 (*)"
_EXAMPLE = "把国务院办公厅的放假通知粘贴进来，或一行一天：\n春节：2月5日至11日放假调休，共7天。2月14日（周日）上班。\n2027-02-05,春节,休\n2027-02-14,,班"


class HolidaysSection(FormPanel):
    """The holidays of this year and the next two.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("放假安排", self._save_days, shell.messages)
        self._desks = desks
        self._about = Notice(Tone.QUIET)
        self.add_widget(self._about)
        this_year = desks.clock.today().year
        self._years = (this_year, this_year + 1, this_year + 2)
        self._year = self.add("year", SegmentField("年份", [(year, f"{year} 年") for year in self._years]))
        self._text = self.add("text", TextField("自己录入的", least=9, placeholder=_EXAMPLE))
        self._read = label("", "small", wrap=True)
        self.add_widget(self._read, under_fields=True)
        self._year.changed.connect(self._year_changed)
        self._text.changed.connect(self._say_read)
        read = button("从文件读入…", "upload")
        read.clicked.connect(lambda _checked=False: self._read_file())
        self.add_action(read)
        self._year.set_value(
            next((year for year in self._years if not desks.settings.calendar().known(year)), this_year)
        )
        self.reload()

    def reload(self) -> None:
        """Show the year's days as they are kept."""
        year = self._year.value()
        calendar = self._desks.settings.calendar()
        unknown = [year for year in self._years if not calendar.known(year)]
        words = "；".join(f"{year} 年放假安排未录入，暂按周一至周五推算" for year in unknown[:1])
        self._about.say(
            "",
            f"程序自带 2004 年起已公布的放假安排，自己录入的优先。{words or '今后两年的都已录入'}。录入后，按工作日算的期限随之调整。",
        )
        self.set_values({"year": year, "text": notice_text(self._desks.settings.own_holidays(year))})
        self._say_read()

    def _year_changed(self) -> None:
        """Show the other year's days, unless something is typed that is not saved."""
        if self._text.value() == self._clean["text"]:
            self.reload()
        self._say_read()

    def _say_read(self) -> None:
        year = self._year.value()
        days, unread = read_notice(self._text.value(), year)
        off, working = sum(not day.working for day in days), sum(day.working for day in days)
        known = "程序自带这一年的安排。" if self._desks.settings.calendar().known(year) else ""
        said = f"识别出：休 {off} 天，调休上班 {working} 天。" if days else known or "还没有录入。"
        self._read.setText(said + (f"有 {len(unread)} 行看不懂。" if unread else ""))

    def _read_file(self) -> None:
        """Take the text of a file into the field; nothing is kept before it is saved."""
        path = self._messages.choose_file("读入放假安排", _KINDS)
        if path is None:
            return
        try:
            self._text.set_value(read_text_file(path))
        except StationFault as fault:
            self._messages.tell_fault(fault)
            return
        self._text.changed.emit()

    def _save_days(self, values: dict[str, Any]) -> Done[int]:
        return self._desks.settings.save_holidays(values["year"], values["text"])
