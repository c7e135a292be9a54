"""The installed program tests itself: a whole day in a temporary file, and what the PC must offer."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from station_app.domain import periods
from station_app.domain.events import Satisfaction
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.reception import OpinionDraft, Presence, Receiver, ReceptionDay, VisitDraft, VisitorDraft
from station_app.domain.station import StationProfile, Tier, Unit, Village
from station_app.services.books import Book, Selection
from station_app.services.intake import SheetKind
from station_app.services.unlocking import key_of_password
from station_app.station import Desks
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.support.paths import resource

RARE_NAME = "㛃䶮𬭚𠅤"
WORDS = "自检：村口到学校的路没有路灯，晚自习学生回家不安全。"
ICONS = ("sun", "calendar-days", "message-square-text", "users", "clipboard-list", "settings")


def run(clock: Clock) -> list[str]:
    """Go through a day and return what failed, in Chinese; empty when all is well."""
    failures: list[str] = []
    with tempfile.TemporaryDirectory(prefix="station-self-test-") as folder:
        day = _Day(Path(folder), clock)
        checks: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("登记", day.registers),
            ("办理", day.follows),
            ("导出 Excel 并读回", day.reads_excel_back),
            ("导入", day.imports),
            ("导出 PDF 并读出生僻字", day.reads_pdf_back),
            ("月报全套与数字平衡", day.writes_the_month),
            ("文件检查与备份", day.is_sound),
            ("密码", day.is_locked),
            ("图标", _icons_draw),
            ("界面中文", _qt_speaks_chinese),
        )
        for name, check in checks:
            try:
                if not check():
                    failures.append(name)
            except (StationFault, ArithmeticError, LookupError, OSError, ImportError, ValueError) as error:
                failures.append(f"{name}：{error}")
        day.close()
    return failures


class _Day:
    """A station that lives for the test."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._today = clock.today().isoformat()
        self._desks = Desks.create(
            folder / "自检.station", clock, StationProfile(name="自检联络站", organ_name="自检镇", demo=True)
        )
        self._case_id = 0

    def close(self) -> None:
        self._desks.close()

    def registers(self) -> bool:
        desks = self._desks
        desks.settings.save_village(Village(0, "", "竹坑村", "竹坑村"))
        self._unit = desks.settings.save_unit(Unit(0, "", "镇城建办", Tier.TOWNSHIP)).value
        deputy = Deputy(name="钟䶮", phone="14000000001", mandates=(Mandate(Level.TOWNSHIP),))
        deputy_id = desks.roster.save_deputy(deputy).value
        day_id = desks.days.save(ReceptionDay(on=self._today, place="站内"), (deputy_id,)).value
        desks.days.open(day_id)
        desks.days.sign_in(day_id, deputy_id, Presence.PRESENT)
        draft = VisitDraft(
            on=self._today,
            day_id=day_id,
            visitor=VisitorDraft(name=RARE_NAME, phone="14000000002", address="竹坑村六组"),
            receivers=(Receiver("钟䶮", deputy_id),),
            opinions=(OpinionDraft(WORDS),),
        )
        self._case_id = desks.reception.register_visit(draft).value.case_ids[0]
        return desks.opinions.case(self._case_id).words == WORDS

    def follows(self) -> bool:
        for draft in (
            MoveDraft(Move.HAND_OVER, self._today, tier=Tier.TOWNSHIP, unit_id=self._unit),
            MoveDraft(Move.ANSWER, self._today, text="已安装路灯。", answer_class="A"),
            MoveDraft(Move.FEED_BACK, self._today, way="电话", satisfaction=Satisfaction.SATISFIED),
        ):
            self._desks.opinions.move(self._case_id, draft)
        closed = not self._desks.opinions.case(self._case_id).progress.is_open
        self._desks.housekeeping.undo()
        return closed and self._desks.opinions.case(self._case_id).progress.is_open

    def reads_excel_back(self) -> bool:
        from station_app.documents.spreadsheet import read_workbook

        path = self._desks.reports.export(Selection(Book.OPINIONS, title="全部"), "xlsx", self._folder)
        cells = {str(cell) for sheet in read_workbook(path) for row in sheet.rows for cell in row}
        return {WORDS, RARE_NAME} <= cells

    def imports(self) -> bool:
        path = self._desks.reports.export(Selection(Book.ROSTER, title="全部"), "xlsx", self._folder)
        counts = self._desks.intake.preview(path, SheetKind.ROSTER).counts
        return counts["problem"] == 0 and counts["new"] == 0

    def reads_pdf_back(self) -> bool:
        from station_app.documents.page_pictures import page_texts

        path = self._desks.reports.export(Selection(Book.OPINIONS, title="全部"), "pdf", self._folder)
        return RARE_NAME in "".join("".join(page_texts(path)).split())

    def writes_the_month(self) -> bool:
        written = self._desks.reports.month_set(periods.month(self._today[:7]), self._folder)
        return len(written.files) == 6 and all(file.stat().st_size for file in written.files) and written.figures.ties

    def is_sound(self) -> bool:
        health = self._desks.housekeeping.check()
        backup = self._desks.housekeeping.back_up("自检")
        return not health.problems and health.broken_step is None and backup.path.exists()

    def is_locked(self) -> bool:
        password = f"{self._today} {RARE_NAME}"
        change = self._desks.password.change("", password, password)
        change.prepare(lambda _part, _word: None, lambda: False)
        change.finish()
        path = self._desks.path
        self._desks.password.refuse_wrong(password)
        self._desks.close()
        self._desks = Desks.open(path, self._desks.clock, "", key_of_password(path, password))
        return self._desks.opinions.case(self._case_id).words == WORDS and WORDS.encode() not in path.read_bytes()


def _icons_draw() -> bool:
    return all(resource("icons", f"{name}.svg").stat().st_size for name in ICONS)


def _qt_speaks_chinese() -> bool:
    from station_app.ui.theme import speaks_chinese

    return speaks_chinese()
