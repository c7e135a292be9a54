"""argparse with the clerk's language, and the kinds of values that options take."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import NoReturn

WRONG_USAGE = 2
"""Exit code when the usage is wrong."""

_HELP_WORDS = {
    "usage:": "用法：",
    "positional arguments:": "参数：",
    "options:": "选项：",
    "show this help message and exit": "显示这份说明",
    "show program's version number and exit": "显示版本",
}
_ERROR_WORDS = {
    "the following arguments are required": "缺少参数",
    "unrecognized arguments": "不认识的参数",
    "invalid choice": "没有这个选项",
    "expected one argument": "后面要跟一个值",
    "not allowed with argument": "不能同时使用",
    "ignored explicit argument": "后面不跟值",
    "argument": "参数",
    "choose from": "可选",
}


class ChineseParser(argparse.ArgumentParser):
    """A parser whose help and complaints are Chinese; options are written out in full."""

    def format_help(self) -> str:
        """Return the help in Chinese."""
        return _in_chinese(super().format_help(), _HELP_WORDS)

    def format_usage(self) -> str:
        """Return the usage line in Chinese."""
        return _in_chinese(super().format_usage(), _HELP_WORDS)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the usage and end with `WRONG_USAGE`."""
        message = _in_chinese(message, _ERROR_WORDS)
        self.exit(WRONG_USAGE, f"用法有误：{message}\n用 {self.prog} --help 查看说明。\n")


def day(text: str) -> date:
    """Return the day an option names, ``YYYY-MM-DD``."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise argparse.ArgumentTypeError(f"“{text}”不是有效日期，请写成 2026-11-05 的样子")
    return found


def whole_number(text: str) -> int:
    """Return the whole number an option names; it may be negative."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 18):
        raise argparse.ArgumentTypeError(f"“{text}”不是整数")
    return int(text)


def count_to(most: int) -> Callable[[str], int]:
    """Return the kind of an option that takes a whole number from 1 to ``most``."""

    def count(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) <= 18 and 1 <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"“{text}”不是 1 到 {most} 之间的整数")
        return int(text)

    return count


def _in_chinese(text: str, words: dict[str, str]) -> str:
    for english, chinese in words.items():
        text = text.replace(english, chinese)
    return text
