"""The form of the assistant: the station, its villages and people, and where the register is to lie."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from station_app.domain.founding import FirstPerson, Founding, guess, read_villages
from station_app.domain.problems import invalid
from station_app.domain.station import (
    BRANCH_LABELS,
    ORGAN_KIND_LABELS,
    STAFF_POST_LABELS,
    STATION_KIND_LABELS,
    Branch,
    OrganKind,
    StaffPost,
    StationKind,
    StationProfile,
)
from station_app.services.done import EVERYTHING, Done
from station_app.services.unlocking import new_key
from station_app.station import Desks, found_station
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.support.safe_file import safe_name
from station_app.ui.cards import Notice, WrappingLabel, label
from station_app.ui.fields import ChoiceField, Field, FormPanel, LineField, SegmentField, TextField
from station_app.ui.file_field import FileField
from station_app.ui.messages import STATION_FILES, Messages
from station_app.ui.password_field import PasswordField
from station_app.ui.station_section import resulting_words
from station_app.ui.theme import Tone

KEPT = "first_start"
"""Group of the window's settings that keeps what is typed until the register exists."""

_SET, _NONE = "set", "none"
_NEVER_KEPT = ("new", "again")
"""Keys of what is typed that must not be written anywhere: the password."""

_UNNAMED = "人大代表联络站"
_PEOPLE = (("head", StaffPost.HEAD), ("clerk", StaffPost.CLERK))
_ORGAN_EXAMPLES = {
    OrganKind.TOWN: "如 禾溪镇",
    OrganKind.TOWNSHIP: "如 石坡乡",
    OrganKind.ETHNIC_TOWNSHIP: "如 三岔瑶族乡",
    OrganKind.STREET: "如 桥头街道",
    OrganKind.PARK: "如 城南工业园区",
}


class FirstStartForm(FormPanel):
    """Asks for a station and makes its register; what is typed is kept until then.

    Signals (besides a form's own): ``saved`` carries a `Done` whose value is the open `Desks`.

    Args:
        folder: where the register is to lie unless the clerk chooses another place.
        clock: today is an argument.
        settings: keeps what is typed.
        messages: for the place and for faults.
    """

    def __init__(self, folder: Path, clock: Clock, settings: QSettings, messages: Messages) -> None:
        super().__init__("联络站", self._found, messages, save_word="建立登记簿")
        self._folder = folder
        self._clock = clock
        self._settings = settings
        self._own: set[str] = set()
        self._restored = False
        self.words = Notice(Tone.INFO)
        self._add_fields()
        for key, field in self._kept_fields():
            field.changed.connect(self._typed_in(key))
        self.fields["lock"].changed.connect(self._show_password_fields)
        self._bring_back()
        self._show_password_fields()
        self._follow()
        self.cancel_button.setText("以后再填")

    def _add_fields(self) -> None:
        self.add("name", LineField("联络站名称", required=True, wide=True, placeholder="如 清源县禾溪镇人大代表联络站"))
        kinds = [OrganKind.TOWN, OrganKind.TOWNSHIP, OrganKind.ETHNIC_TOWNSHIP, OrganKind.STREET, OrganKind.PARK]
        self.add("organ_kind", SegmentField("所属机关", [(kind, ORGAN_KIND_LABELS[kind]) for kind in kinds]))
        self.add_pair(
            ("organ_name", LineField("机关名称", required=True)),
            ("county_name", LineField("所在县区", placeholder="如 清源县")),
        )
        self.add_pair(
            ("code", LineField("简称代码", required=True, placeholder="编号里用，如 HX")),
            ("kind", ChoiceField("站点类型", STATION_KIND_LABELS.items(), required=True)),
        )
        self.add("branch", SegmentField("所在领域", BRANCH_LABELS.items()))
        self.add_widget(self.words, under_fields=True)
        villages = TextField(
            "村(居)", placeholder="一行一个，可以从表格粘贴；知道组数的写在后面：\n上坪村 12\n圩镇社区", least=4, most=9
        )
        self.add("villages", villages)
        for key, post in _PEOPLE:
            self.add_pair(
                (f"{key}_name", LineField(STAFF_POST_LABELS[post], placeholder="姓名")),
                (f"{key}_phone", LineField("电话")),
            )
        self.add_widget(label("其他人员、承办单位，以后在“设置”里随时添加和修改。", "small"), under_fields=True)
        self._add_password_fields()
        self.add("file", FileField("保存位置", self._choose_place))
        self.fields["kind"].set_value(StationKind.STATION)

    def _add_password_fields(self) -> None:
        self.add("lock", SegmentField("密码", ((_SET, "设密码（推荐）"), (_NONE, "暂时不设"))))
        self.add("new", PasswordField("登记簿密码", tells_strength=True))
        self.add("again", PasswordField("再输一次"))
        self.password_words = WrappingLabel("", "small")
        self.add_widget(self.password_words, under_fields=True)

    def _show_password_fields(self) -> None:
        wanted = self.fields["lock"].value() == _SET
        for key in _NEVER_KEPT:
            self.grid.show_field(self.fields[key], shown=wanted)
        self.password_words.setText(
            "至少8个字符。登记簿整个加密，复制走也打不开；忘记密码时只有恢复单能打开，建立后请马上打印。"
            if wanted
            else "谁拿到登记簿文件或备份，都能看到里面的姓名、电话和反映内容。以后可以在“设置”里设密码。"
        )

    def _kept_fields(self) -> list[tuple[str, Field]]:
        return [(key, field) for key, field in self.fields.items() if key not in _NEVER_KEPT]

    def was_kept(self) -> bool:
        """Tell whether something typed earlier was brought back."""
        return self._restored

    def leave(self) -> bool:
        """Leave; what is typed is kept, so nothing is asked."""
        self.closed.emit()
        return True

    def profile(self) -> StationProfile:
        """Return the station as typed so far."""
        values = self.values()
        return StationProfile(
            name=values["name"],
            code=values["code"],
            kind=StationKind(values["kind"] or StationKind.STATION),
            organ_kind=OrganKind(values["organ_kind"]),
            organ_name=values["organ_name"],
            county_name=values["county_name"],
            branch=Branch(values["branch"]),
        )

    def _typed_in(self, key: str) -> Callable[[], None]:
        def note() -> None:
            self._own.add(key)
            self._settings.setValue(f"{KEPT}/{key}", str(self.fields[key].value() or ""))
            self._follow()

        return note

    def _bring_back(self) -> None:
        for key, field in self._kept_fields():
            kept = str(self._settings.value(f"{KEPT}/{key}", "") or "")
            if kept:
                self._own.add(key)
                field.set_value(Path(kept) if key == "file" else kept)
                self._restored = True

    def _follow(self) -> None:
        """Fill what follows from what is typed, unless the clerk has typed it."""
        told = guess(self.fields["name"].value())
        follow: dict[str, Any] = {
            "organ_name": told.organ_name,
            "county_name": told.county_name,
            "code": told.code,
            "file": self._folder / safe_name(self.fields["name"].value() or _UNNAMED, ".station"),
        }
        if told.organ_kind is not None:
            follow["organ_kind"] = told.organ_kind
        for key, value in follow.items():
            if key not in self._own and self.fields[key].value() != value:
                self.fields[key].set_value(value)
        profile = self.profile()
        organ_name = self.fields["organ_name"]
        assert isinstance(organ_name, LineField)
        organ_name.edit.setPlaceholderText(_ORGAN_EXAMPLES[profile.organ_kind])
        self.fields["villages"].caption.setText(profile.village_word)
        self.words.say("", resulting_words(profile) if profile.organ_name else "")

    def _choose_place(self, present: Path) -> Path | None:
        present.parent.mkdir(parents=True, exist_ok=True)
        return self._messages.save_as("登记簿保存在哪里", present, STATION_FILES)

    def _found(self, values: dict[str, Any]) -> Done[Desks]:
        if not values["name"]:
            raise invalid("name", "请填写联络站名称，台账和文书上都用它。")
        if not values["organ_name"]:
            raise invalid("organ_name", "请填写机关名称，如 禾溪镇；文书落款和交办对象由它而来。")
        people = tuple(
            FirstPerson(key, values[f"{key}_name"], post, values[f"{key}_phone"])
            for key, post in _PEOPLE
            if values[f"{key}_name"] or values[f"{key}_phone"]
        )
        path: Path = values["file"]
        if path.exists():
            raise invalid(
                "file", f"这个文件夹里已经有“{path.name}”。请更改保存位置或名称；要用原来那一份，按“打开已有的登记簿”。"
            )
        founding = Founding(self.profile(), read_villages(values["villages"]), people)
        key = self._key(values) if values["lock"] == _SET else None
        try:
            desks = found_station(path, self._clock, founding, key=key)
        except StationFault as fault:
            raise invalid("file", f"{fault.what}{fault.todo}") from fault
        for secret in _NEVER_KEPT:
            self.fields[secret].set_value(None)
        self._settings.remove(KEPT)
        self._settings.sync()
        return Done(desks, "已建立登记簿", EVERYTHING, 0)

    @staticmethod
    def _key(values: dict[str, Any]) -> Any:
        if not values["new"]:
            raise invalid("new", "请输入密码；暂时不想设，在上一栏选“暂时不设”。")
        return new_key(values["new"], values["again"])
