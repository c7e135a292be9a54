"""The classes of an answer (答复类别): presets, the station's own, and what each of them meant when it was given."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from station_app.domain.problems import FieldProblem, invalid
from station_app.domain.text import LINE_LIMIT, clean_line, text_problem

CLASS_KEYS: Final = "ABCDEF"
"""The letters a class may have; A is always there, an answer on the spot has it."""


@dataclass(frozen=True)
class AnswerClass:
    """One class.

    Args:
        key: its letter.
        words: what it means, e.g. 正在解决或已启动.
        may_promise: whether such an answer may say until when something will be done (承诺).
    """

    key: str
    words: str
    may_promise: bool = False


PRESETS: Final[Mapping[str, tuple[AnswerClass, ...]]] = {
    "ABCD": (
        AnswerClass("A", "已解决或基本解决"),
        AnswerClass("B", "正在解决或已启动", may_promise=True),
        AnswerClass("C", "列入规划计划逐步解决", may_promise=True),
        AnswerClass("D", "暂难解决、留作参考、已说明"),
    ),
    "ABC": (
        AnswerClass("A", "已解决或采纳"),
        AnswerClass("B", "正在解决或列入计划", may_promise=True),
        AnswerClass("C", "留作参考、已说明"),
    ),
}


@dataclass(frozen=True)
class EarlierClasses:
    """Classes that were in force before: an answer of that time keeps its meaning.

    Args:
        until: ISO time of the change.
    """

    until: str
    classes: tuple[AnswerClass, ...]


@dataclass(frozen=True)
class AnswerClasses:
    """The classes of a station.

    Args:
        classes: in force now, by letter.
        earlier: those before, the oldest first.
    """

    classes: tuple[AnswerClass, ...] = PRESETS["ABCD"]
    earlier: tuple[EarlierClasses, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The letters in force."""
        return tuple(one.key for one in self.classes)

    def one(self, key: str) -> AnswerClass | None:
        """Return the class of a letter, or None."""
        return next((one for one in self.classes if one.key == key), None)

    def at(self, moment: str) -> "AnswerClasses":
        """Return the classes that were in force at an ISO time; now for an empty one."""
        before = next((one.classes for one in self.earlier if moment and moment < one.until), self.classes)
        return AnswerClasses(before)

    def meaning(self, key: str, recorded_at: str = "") -> str:
        """Return what a letter meant when an answer was recorded, or empty text for an unknown one."""
        found = self.at(recorded_at).one(key)
        return found.words if found else ""

    def said(self, key: str, recorded_at: str = "") -> str:
        """Return class and meaning as papers say them: B 类：正在解决或已启动; the letter alone where it is unknown."""
        meaning = self.meaning(key, recorded_at)
        return f"{key} 类：{meaning}" if meaning else key

    def changed_at(self, moment: str, classes: tuple[AnswerClass, ...]) -> "AnswerClasses":
        """Return other classes from an ISO time on."""
        return replace(self, classes=classes, earlier=(*self.earlier, EarlierClasses(moment, self.classes)))

    def to_dict(self) -> dict[str, object]:
        """Return the classes as plain values for the settings."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "AnswerClasses":
        """Return classes read from `to_dict`; the usual ones for an empty mapping.

        Raises:
            InvalidInput: field ``classes``; they cannot be read.
        """
        if not values:
            return cls()
        try:
            earlier = (EarlierClasses(str(one["until"]), _read(one["classes"])) for one in values["earlier"])
            return cls(_read(values["classes"]), tuple(earlier))
        except (KeyError, TypeError) as error:
            raise invalid("classes", "答复类别的设置读不出来。") from error


def _read(values: Any) -> tuple[AnswerClass, ...]:
    return tuple(AnswerClass(str(one["key"]), str(one["words"]), bool(one["may_promise"])) for one in values)


def cleaned(classes: tuple[AnswerClass, ...]) -> tuple[AnswerClass, ...]:
    """Return classes as they are stored: by letter, those without words left out."""
    spoken = (replace(one, words=clean_line(one.words)) for one in classes)
    return tuple(sorted((one for one in spoken if one.words), key=lambda one: one.key))


def classes_problems(classes: tuple[AnswerClass, ...]) -> list[FieldProblem | None]:
    """Return what is wrong with cleaned classes; the fields are their letters."""
    keys = [one.key for one in classes]
    problems: list[FieldProblem | None] = [text_problem(one.key, "含义", one.words, LINE_LIMIT) for one in classes]
    if "A" not in keys:
        problems.append(FieldProblem("A", "请填写 A 类的含义；当场答复的记为 A 类。"))
    gap = next((key for key, found in zip(CLASS_KEYS, keys, strict=False) if key != found), "")
    if "A" in keys and gap:
        problems.append(FieldProblem(gap, f"{gap} 类空着，后面还有类别；请从 A 类起依次填写。"))
    return problems


def class_problems(answer_class: str, promised_on: str, classes: AnswerClasses) -> list[FieldProblem | None]:
    """Return what is wrong with class and promised date of an answer; the fields are those of a `MoveDraft`."""
    if not answer_class:
        return []
    found = classes.one(answer_class)
    if found is None:
        return [FieldProblem("answer_class", f"没有“{answer_class}”类，请从 {'、'.join(classes.keys)} 中选择。")]
    if promised_on and not found.may_promise:
        may = "、".join(one.key for one in classes.classes if one.may_promise)
        hint = f"有承诺的请选 {may} 类。" if may else "请在“设置 · 答复类别”里写明哪一类可带承诺。"
        return [FieldProblem("due_on", f"{answer_class} 类答复不带承诺日期；{hint}")]
    return []
