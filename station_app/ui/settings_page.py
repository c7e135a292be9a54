"""设置: sections at the left, a table or form at the right."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget

from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.domain.station import ListKey
from station_app.services.done import ROSTER, SETTINGS, Done
from station_app.station import Desks
from station_app.ui.answer_classes_section import AnswerClassesSection
from station_app.ui.attachment_section import AttachmentSection
from station_app.ui.cards import Card
from station_app.ui.display_section import DisplaySection
from station_app.ui.form import FormPanel, resume
from station_app.ui.form_draft import DraftPlace
from station_app.ui.holidays_section import HolidaysSection
from station_app.ui.limits_section import LimitsSection
from station_app.ui.list_section import EditableList, ListSection
from station_app.ui.lock_section import LockSection
from station_app.ui.numbering_section import NumberingSection
from station_app.ui.operator_list import operator_list
from station_app.ui.page import Editor, Page, Shell
from station_app.ui.paper_section import PaperSection
from station_app.ui.password_section import PasswordSection
from station_app.ui.rights import offer, offer_saving, refused
from station_app.ui.room_list import room_list
from station_app.ui.roster_rules_section import RosterRulesSection
from station_app.ui.setting_lists import VILLAGES, choice_list, staff_list, unit_list, village_list
from station_app.ui.station_section import StationSection
from station_app.ui.theme import px

SettingForm = (
    StationSection
    | AnswerClassesSection
    | NumberingSection
    | LimitsSection
    | RosterRulesSection
    | HolidaysSection
    | PaperSection
    | AttachmentSection
    | LockSection
)
Section = ListSection | SettingForm | PasswordSection | DisplaySection
_FORMS: dict[str, Callable[[Shell, Desks], SettingForm]] = {
    "联络站": StationSection,
    "编号": NumberingSection,
    "办理期限": LimitsSection,
    "名册核对": RosterRulesSection,
    "放假安排": HolidaysSection,
    "答复类别": AnswerClassesSection,
    "文书": PaperSection,
    "附件": AttachmentSection,
    "锁定": LockSection,
}
_LISTS: dict[str, Callable[[Shell, Desks], EditableList]] = {
    "操作员": operator_list,
    "工作人员": staff_list,
    VILLAGES: village_list,
    "站室": room_list,
    "承办单位": unit_list,
    "类别": choice_list(ListKey.CATEGORY),
    "来源渠道": choice_list(ListKey.CHANNEL),
    "诉求性质": choice_list(ListKey.NATURE),
}
SECTIONS = (
    "联络站", "站室", "工作人员", VILLAGES, "承办单位", "类别", "来源渠道", "诉求性质", "编号", "办理期限", "名册核对", "放假安排", "答复类别", "文书", "附件", "操作员",
    "锁定", "密码与安全", "显示",
)  # fmt: skip


class SettingsPage(Page):
    """What the station sets once.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = frozenset({SETTINGS, ROSTER})

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "设置")
        self._desks = desks
        self._shown: dict[str, Section] = {}
        self._turning_back = False
        self.header.set_note("用过的项目不删，停用即可")
        handover = self.header.add_button("交接单", "clipboard-list", self.hand_over, "Alt+J")
        offer(desks, Right.KEEP, handover)
        self.header.add_button("最近删除", "trash-2", lambda: shell.open_page("deleted", None), "Alt+X")
        self.header.add_button("备份与恢复", "shield-check", lambda: shell.open_page("backups", None), "Alt+B")
        self.header.add_button("操作记录", "clock", lambda: shell.open_page("log", None), "Alt+R")
        self.sections = QListWidget()
        self.sections.setAccessibleName("设置分类")
        word = desks.settings.profile().village_word
        for title in SECTIONS:
            item = QListWidgetItem(word if title == VILLAGES else title, self.sections)
            item.setSizeHint(QSize(0, px(36)))
        self.sections.currentRowChanged.connect(self._show_section)
        card = Card()
        card.set_flush()
        card.setFixedWidth(px(150))
        card.body.addWidget(self.sections)
        self.stack = QStackedWidget()
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(card)
        row.addWidget(self.stack, 1)
        self.body.addLayout(row, 1)
        self.begin_with(self.sections)
        into = QShortcut(QKeySequence("Right"), self.sections, self._enter)
        into.setContext(Qt.ShortcutContext.WidgetShortcut)
        QShortcut(QKeySequence("Alt+G"), self, self.sections.setFocus)
        QShortcut(QKeySequence("Alt+B"), self, lambda: shell.open_page("backups", None))
        QShortcut(QKeySequence("Alt+R"), self, lambda: shell.open_page("log", None))
        QShortcut(QKeySequence("Alt+X"), self, lambda: shell.open_page("deleted", None))
        QShortcut(QKeySequence("Alt+J"), self, self.hand_over)
        self.sections.itemActivated.connect(lambda _item: self._enter())
        self.sections.setCurrentRow(0)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return (
            ("Alt+G", "到左边的分类"),
            ("Alt+B", "备份与恢复"),
            ("Alt+R", "看操作记录：谁改了什么"),
            ("Alt+X", "最近删除：恢复删掉的记录"),
            ("Alt+J", "联络员工作交接单：换联络员时打印、签字"),
            ("→ 或 Enter", "从分类进入右边的表格或表单"),
            ("Enter", "修改选中的一行"),
            ("Delete", "停用，或恢复使用"),
            ("Ctrl+Delete", "站室：删除还没有用过的"),
            ("Alt+↑ / Alt+↓", "上移、下移"),
            ("Alt+V / Alt+D", "文书：预览、恢复默认"),
        )

    def hand_over(self) -> None:
        """Show what is handed over to a successor (Alt+J)."""
        if refused(self._desks, Right.KEEP, self.shell.messages):
            return
        from station_app.ui.handover_window import HandoverWindow

        HandoverWindow(self.shell, self._desks, self.window()).show()

    def section(self) -> Section:
        """Return the section that is shown."""
        return self._shown[self._current()]

    def go_to(self, title: str) -> None:
        """Show a section, e.g. 村(居)."""
        self.sections.setCurrentRow(SECTIONS.index(title))

    def open_item(self, key: object) -> None:
        """Show the section of this name, or change the entry ``(section, id)`` of a list."""
        if isinstance(key, KeptDraft):
            self._resume(key)
        elif isinstance(key, tuple):
            title, entry = key
            self.go_to(title)
            section = self.section()
            if self._current() == title and isinstance(section, ListSection) and section.table.select(entry):
                section.edit()
        elif key in SECTIONS:
            self.go_to(str(key))

    def _resume(self, kept: KeptDraft) -> None:
        """Go to the section of something unfinished and bring back what was typed."""
        title = kept.body["reopen"]["section"]
        self.go_to(title)
        if self._current() != title:
            return  # the clerk goes on with another form
        section = self.section()
        if isinstance(section, ListSection):
            section.resume(kept)
        else:
            resume(section, kept)

    def reload(self) -> None:
        """Fetch what the shown section shows again."""
        for section in self._shown.values():
            if not isinstance(section, SettingForm) or not section.is_changed():
                section.reload()

    def new(self) -> None:
        """Begin a new entry in the shown list (F2)."""
        section = self.section()
        if isinstance(section, ListSection):
            section.new()

    def has_open_editor(self) -> bool:
        """Tell whether the shown section holds unsaved text."""
        form = self._form()
        return form is not None and form.is_changed()

    def unfinished(self) -> Editor | None:
        """See `Page.unfinished`."""
        return self._form() if self.has_open_editor() else None

    def close_editor(self) -> bool:
        """Close the form of the shown section."""
        form = self._form()
        return form is None or form.leave()

    def back(self) -> None:
        """Leave the form, then go back to the sections (Esc)."""
        section = self.section()
        if isinstance(section, ListSection | PasswordSection) and section.form is not None:
            section.close_form()
        elif not isinstance(section, SettingForm) or section.leave():
            self.sections.setFocus()

    def _form(self) -> FormPanel | None:
        section = self._shown.get(self._current())
        if isinstance(section, ListSection | PasswordSection):
            return section.form
        return section if isinstance(section, SettingForm) else None

    def _current(self) -> str:
        shown = self.stack.currentWidget()
        return next((title for title, section in self._shown.items() if section is shown), SECTIONS[0])

    def _show_section(self, row: int) -> None:
        if self._turning_back:
            return
        if self._shown and not self.close_editor():
            self._turning_back = True
            self.sections.setCurrentRow(SECTIONS.index(self._current()))
            self._turning_back = False
            return
        title = SECTIONS[row]
        if title not in self._shown:
            self._shown[title] = self._make(title)
            self.stack.addWidget(self._shown[title])
        section = self._shown[title]
        section.reload()
        self.stack.setCurrentWidget(section)

    def _make(self, title: str) -> Section:
        if title == "显示":
            return DisplaySection(self.shell)
        if title == "密码与安全":
            safety = PasswordSection(self.shell, self._desks)
            safety.saved.connect(self._saved)
            safety.left.connect(self.catch_up)
            return safety
        if title in _LISTS:
            made = ListSection(self.shell, _LISTS[title](self.shell, self._desks), self._desks, _needs(title))
            made.saved.connect(self._saved)
            made.left.connect(self.catch_up)
            return made
        form = _FORMS[title](self.shell, self._desks)
        offer_saving(self._desks, _needs(title), form)
        form.keep_drafts(self._desks, DraftPlace("section", "settings", title, {"section": title}, _needs(title)))
        form.cancel_button.hide()
        form.saved.connect(self._saved)
        form.saved_next.connect(self._saved)
        form.closed.connect(form.reload)
        return form

    def _saved(self, done: Done[Any]) -> None:
        self.publish(done)
        self.catch_up()

    def _enter(self) -> None:
        section = self.section()
        if isinstance(section, ListSection):
            section.table.view.setFocus()
        else:
            section.start()


def _needs(title: str) -> Right:
    return Right.GOVERN if title in {"操作员", "锁定"} else Right.KEEP
