"""Scenes of the shared widgets for `tests.pictures`: invented data, real widgets."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.problems import FieldProblem
from station_app.services.done import Done
from station_app.support.clock import fixed_clock
from station_app.support.faults import StationFault
from station_app.ui.cards import Button, Card, Chip, Notice, PrimaryButton, button, label
from station_app.ui.charts import Bar, BarChart, Moment, Timeline
from station_app.ui.date_fields import CalendarPopup
from station_app.ui.fields import (
    CheckField,
    Choice,
    ChoiceField,
    DateField,
    FormPanel,
    LineField,
    MultiChoiceField,
    NumberField,
    SegmentField,
    TextField,
    TimeField,
)
from station_app.ui.figure_tile import FigureTile
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.help_window import HelpWindow
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.main_window import MainWindow, PageEntry, window_settings
from station_app.ui.marks import Mark, Shape
from station_app.ui.messages import Boxes, RecordedMessages
from station_app.ui.page import Page, Shell
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.splits import Split
from station_app.ui.theme import Tone, px
from tests.ui.gallery_matters import LEDGER, due_mark, matters

TODAY = date(2026, 11, 25)


def table(shell: Shell, count: int = 40) -> LedgerTable:
    """Return the ledger's table."""
    made = LedgerTable(
        LEDGER,
        lambda row: row.id,
        shell.settings,
        marks={"days": due_mark},
        sort_keys={"days": lambda row: row.days},
        by_pinyin=("title", "village", "unit"),
        widths={"number": 12, "category": 8, "village": 8, "unit": 16, "days": 12},
        stretch="title",
    )
    made.set_rows(matters(count))
    return made


def visit_form(messages: RecordedMessages, save: Callable[[dict[str, Any]], Done[Any]] | None = None) -> FormPanel:
    """Return a form like the one for a visit."""

    def keep(_values: dict[str, Any]) -> Done[Any]:
        return Done(1, "已登记 HX-2026-0147", frozenset({"visits"}), 1)

    form = FormPanel("登记接待", save or keep, messages, next_word="保存并登记下一位")
    form.add_pair(("name", LineField("选民姓名", required=True)), ("gender", ChoiceField("性别", ("男", "女"))))
    form.add_pair(("phone", LineField("联系电话", required=True)), ("people", NumberField("人数", least=1)))
    earlier = Notice(Tone.INFO)
    earlier.say(
        "",
        "此人第 2 次来访：HX-2026-0071 2026-06-08 “水渠塌方”（已办结 满意）\n相近事项：HX-2026-0145 今天 沟渠淤塞，上坪村",
    )
    form.add_widget(earlier)
    form.add_pair(("on", DateField("日期", lambda: TODAY)), ("at", TimeField("时间")))
    form.add("address", LineField("住址"))
    people = [
        Choice(1, "钟龑", "县"),
        Choice(2, "欧阳建国", "镇"),
        Choice(3, "张伟明", "镇"),
        Choice(4, "曾秀兰", "镇"),
    ]
    form.add("receivers", MultiChoiceField("接待人", people, required=True))
    form.add("words", TextField("反映内容", required=True, least=3))
    form.add("title", LineField("标题"))
    form.add_pair(
        ("category", ChoiceField("类别", ("农业农村", "交通", "教育"))),
        ("channel", ChoiceField("渠道", ("接待日", "走访"))),
    )
    form.add("disposition", SegmentField("处理方式", ("正在研究", "当场答复", "引导")))
    form.add("secret", CheckField("保密", "选民要求保密", key="Alt+B"))
    form.set_values({"name": "覃水生", "gender": "男", "phone": "140 0061 7730", "people": 1, "on": TODAY, "at": "09:41",
                     "address": "上坪村 三组", "receivers": (1, 2), "category": "农业农村", "channel": "接待日",
                     "words": "上坪三组的水渠从春上就淤了，晚稻灌不上水，组里二十几户都等着，去年讲过要清，没有人来。",
                     "title": "上坪村三组水渠清淤"})  # fmt: skip
    return form


class OpinionsScene(Page):
    """A page with filters, table and panel."""

    topics = frozenset({"opinions"})

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "意见建议")
        self.header.set_note("在办 43 件　共 1,206 件")
        self.header.add_button("导出", "file-spreadsheet", self.export, "Ctrl+E")
        self.header.add_primary("登记意见", "plus", self.new)
        filters = QHBoxLayout()
        self.table = table(shell)
        for word in ("状态：在办", "类别：全部", "村(居)：全部"):
            filters.addWidget(button(word))
        filters.addWidget(self.table.columns_button())
        filters.addStretch(1)
        filters.addWidget(label("43 / 1,206", "muted"))
        self.body.addLayout(filters)
        left = Card()
        left.set_flush()
        left.body.addWidget(self.table)
        self.body.addWidget(Split(shell.settings, "opinions", [left, self._detail()], [740, 410]), 1)
        self.table.select(2)

    def _detail(self) -> Card:
        panel = Card("HX-2026-0101")
        panel.set_note("群众意见　钟冬生 140****4471")
        panel.body.setContentsMargins(0, 0, 0, 0)
        card = ScrollColumn()
        panel.body.addWidget(card, 1)
        card.body.addWidget(label("下坝村水厂二楼以上上不去水", "heading", wrap=True))
        card.body.addWidget(label("“自来水水量小，二楼以上上不去水，洗澡都要等半夜，望升级水厂。”", "muted", wrap=True))
        chips = QHBoxLayout()
        for chip in (Chip("基础设施"), Chip("下坝村"), Chip("并案 2 件"), Chip("紧急", Tone.DANGER)):
            chips.addWidget(chip)
        chips.addStretch(1)
        card.body.addLayout(chips)
        notice = Notice(Tone.WARNING)
        notice.say(
            "跟踪期已满 3 个月　自 2026-08-24 报送县人大起",
            "县级事项无法定时限，只作提醒；10-30 已询问 1 次；县级 8月31日交县水利局",
        )
        card.body.addWidget(notice)
        line = Timeline()
        line.set_moments([
            Moment("08-17", "接待日登记　钟龑、欧阳建国 接待"),
            Moment("08-20", "研究：超出镇级职责，拟报县人大　审批意见：同意（签批人 主席）"),
            Moment("08-24", "报县人大（转办）", "关于转请办理群众意见建议的函　回执码 K7M-4QX"),
            Moment("08-31", "县级交办：县水利局 签收"),
            Moment("今天", "跟踪期满，待询问", now=True),
        ])  # fmt: skip
        card.body.addWidget(line)
        card.body.addStretch(1)
        actions = QWidget()
        row = FlowLayout(actions)
        row.setContentsMargins(px(14), px(10), px(14), px(12))
        for made in (
            PrimaryButton("登记询问"),
            *(Button(word) for word in ("登记答复", "登记延期申请", "登记异议退回", "打印")),
        ):
            row.addWidget(made)
        panel.body.addWidget(actions)
        return panel


class TodayScene(Page):
    """A page with figures and a chart."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "今日")
        self.header.add_button("进站一页纸", "printer", self.print_)
        self.header.add_primary("登记接待", "user-plus", self.new)
        grid = QGridLayout()
        grid.setSpacing(px(14))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 1)
        todo = Card("待办事项", "clock")
        todo.set_note("共 18 件")
        todo.set_flush()
        todo.body.addWidget(table(shell, 9))
        grid.addWidget(todo, 0, 0, 2, 1)
        figures = Card("本月至今")
        figures.set_note("与 10 月同期")
        tiles = QGridLayout()
        for at, (name, figure, more) in enumerate((("接待次数", "3", "持平"), ("接待群众人次", "21", "多4"), ("新收意见建议", "26", "多7"),
                                                   ("办结", "19", "多2"), ("新收办结率", "73%", "19/26"), ("满意率", "96%", "23/24"))):  # fmt: skip
            tile = FigureTile(name)
            tile.set_figure(figure, more)
            tiles.addWidget(tile, at // 3, at % 3)
        figures.body.addLayout(tiles)
        grid.addWidget(figures, 0, 1)
        year = Card("近十二个月")
        chart = BarChart()
        received = (15, 25, 13, 10, 16, 26, 21, 15, 26, 14, 10, 26)
        closed = (11, 19, 8, 8, 14, 16, 17, 13, 18, 13, 9, 19)
        chart.set_bars([Bar(str((at + 11) % 12 + 1), received[at], closed[at]) for at in range(12)])
        year.body.addWidget(chart)
        grid.addWidget(year, 1, 1)
        self.body.addLayout(grid)


class EmptyScene(Page):
    """A page whose table has nothing yet."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "代表")
        card = Card()
        card.set_flush()
        made = table(shell, 0)
        made.set_empty(
            "这里登记各级代表：姓名、职务、选区和所在小组。可以逐个录入，也可以从花名册表格导入。", "登记代表", self.new
        )
        card.body.addWidget(made)
        self.body.addWidget(card)


class FormScene(Page):
    """A page with an open form beside its table."""

    problems = False

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, "接待")
        self.header.set_note("11月25日 星期三　圩镇流动接待点")
        self.header.add_chip(Chip("接待中", Tone.GOOD))
        self.header.add_primary("登记接待", "user-plus", self.new)
        messages = RecordedMessages()
        self.form = visit_form(messages)
        self.form.set_active(True)
        left = Card("接待登记")
        left.set_note("3 批 4 人")
        left.set_flush()
        left.body.addWidget(table(shell, 5))
        self.body.addWidget(Split(shell.settings, "reception", [left, self.form], [560, 500]))

    def before_picture(self) -> None:
        """Show what the window looks like in the middle of typing."""
        receivers = self.form.fields["receivers"]
        assert isinstance(receivers, MultiChoiceField)
        receivers.edit.setFocus()
        receivers.edit.setText("z")
        receivers.edit.textEdited.emit("z")


class ProblemScene(FormScene):
    """The same with problems at its fields."""

    def before_picture(self) -> None:
        """Mark some fields."""
        self.form.show_problems([
            FieldProblem("phone", "联系电话只能是数字（可带区号），如 14000001234；没有电话请按“未留电话”。"),
            FieldProblem("on", "没有“2026-02-30”这一天，请按 2026-11-05 或 11-5 填写。"),
            FieldProblem("words", "请填写反映内容。"),
            FieldProblem("day", "这一天还没有开始接待，请先点“开始接待”。"),
        ])  # fmt: skip


class WidgetsScene(QWidget):
    """Buttons, chips and notices side by side."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        buttons = QHBoxLayout()
        off = PrimaryButton("登记接待", "user-plus", "F2")
        off.setEnabled(False)
        off_plain = Button("打印", "printer")
        off_plain.setEnabled(False)
        for made in (
            PrimaryButton("登记接待", "user-plus", "F2"),
            Button("打印台账", "printer", "Ctrl+P"),
            Button("补录纸质"),
            off,
            off_plain,
        ):
            buttons.addWidget(made)
        buttons.addStretch(1)
        column.addLayout(buttons)
        for row in ((None,), tuple(Shape)):
            chips = QHBoxLayout()
            for shape in row:
                for tone in Tone:
                    chip = Chip()
                    chip.set_mark(Mark("超 6 天" if shape is None else str(len(shape)), tone, shape))
                    chips.addWidget(chip)
            chips.addStretch(1)
            column.addLayout(chips)
        for tone in Tone:
            notice = Notice(tone)
            notice.say(
                "跟踪期已满 3 个月　自 2026-08-24 报送县人大起", "县级事项无法定时限，只作提醒；10-30 已询问 1 次"
            )
            column.addWidget(notice)
        column.addStretch(1)


def window(folder: Path, page: type[Page], key: str) -> MainWindow:
    """Return the whole window showing one scene."""
    entries = [
        PageEntry(name, word, sign, page if name == key else partial(_plain_page, word))
        for name, word, sign in (("today", "今日", "sun"), ("reception", "接待", "calendar-days"), ("opinions", "意见", "message-square-text"),
                                 ("deputies", "代表", "users"), ("ledgers", "台账", "clipboard-list"), ("settings", "设置", "settings"))
    ]  # fmt: skip
    made = MainWindow(
        "禾溪镇人大代表联络站",
        entries,
        clock=fixed_clock(TODAY),
        settings=window_settings(str(folder / "window.ini")),
        messages=RecordedMessages(),
        search=lambda _typed: [],
        undo=lambda: Done(None, "已撤销", frozenset(), 1),
        demo=True,
    )
    made.top_bar.set_day("2026年11月25日 星期三　农历十月十七", "今日圩日")
    made.top_bar.set_operator("联络员 肖敏")
    made.status_line.say("已登记 HX-2026-0147（钟秀英）", undoable=True)
    made.status_line.set_backup("备份已验证 今天 09:02")
    made.show_page(key)
    shown = made.current_page()
    if isinstance(shown, FormScene):
        setattr(made, "before_picture", shown.before_picture)  # noqa: B010 - the renderer asks for it by name
    return made


def _plain_page(word: str, shell: Shell) -> Page:
    return Page(shell, word)


def _fault_box(_folder: Path) -> QWidget:
    fault = StationFault(
        "U盘上写不进去：磁盘已满。", "联络站文件没有受影响。", "请换一个U盘，或删去U盘上不用的文件后再试。"
    )
    return Boxes().fault_box(fault)


def _calendar(_folder: Path) -> QWidget:
    return CalendarPopup(TODAY, lambda _day: None)


def _help(folder: Path) -> QWidget:
    parent = window(folder, TodayScene, "today")
    made = HelpWindow(parent, RecordedMessages(), (("Alt+1", "今日"), ("Alt+2", "接待")))
    made.show_page("reception", (("Alt+N", "再记一条意见"),))
    made.destroyed.connect(parent.deleteLater)
    return made


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "frame-today": lambda folder: window(folder, TodayScene, "today"),
    "frame-opinions": lambda folder: window(folder, OpinionsScene, "opinions"),
    "frame-opinions-small": lambda folder: window(folder, OpinionsScene, "opinions"),
    "frame-form": lambda folder: window(folder, FormScene, "reception"),
    "frame-form-small": lambda folder: window(folder, FormScene, "reception"),
    "frame-problems": lambda folder: window(folder, ProblemScene, "reception"),
    "frame-empty": lambda folder: window(folder, EmptyScene, "deputies"),
    "widgets": lambda _folder: WidgetsScene(),
    "help": _help,
    "fault": _fault_box,
    "calendar": _calendar,
}
SIZES = {
    "frame-opinions-small": (1024, 700),
    "frame-form-small": (1024, 700),
    "widgets": (900, 560),
    "help": (820, 640),
    "fault": (420, 160),
    "calendar": (320, 260),
}
