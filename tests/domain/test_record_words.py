"""Every table of records and every column has a Chinese name, every code a label, every reference a table."""

import re
from pathlib import Path

import pytest

from station_app.domain.record_words import (
    CODES,
    FLAGS,
    OWNERS,
    REFERENCES,
    TABLE_TITLES,
    column_title,
    moment,
    reading,
)
from station_app.storage.schema import RECORD_TABLES
from station_app.storage.station_file import StationFile
from station_app.support.clock import system_clock

CODED = re.compile(r"(\w+) TEXT[^,]*?CHECK \(\1 IN \(([^)]*)\)\)")
YES_OR_NO = re.compile(r"(\w+) INTEGER[^,]*?CHECK \(\1 IN \(0, 1\)\)")


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, list[str], dict[str, str]]]:
    """Return by table its definition, its columns, and by column the table it points to."""
    path = Path(tmp_path_factory.mktemp("words")) / "一.station"
    file = StationFile.create(path, system_clock(), "肖敏")
    found = {
        name: (
            str(file.value("SELECT sql FROM sqlite_master WHERE name = ?", [name])),
            [str(row["name"]) for row in file.rows(f"PRAGMA table_info({name})")],
            {str(row["from"]): str(row["table"]) for row in file.rows(f"PRAGMA foreign_key_list({name})")},
        )
        for name in sorted(RECORD_TABLES)
    }
    file.close()
    return found


Tables = dict[str, tuple[str, list[str], dict[str, str]]]


def chinese(text: str) -> bool:
    """Tell whether a text has a Chinese character."""
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def test_every_table_and_column_has_a_chinese_title(tables: Tables) -> None:
    assert tables.keys() == TABLE_TITLES.keys()
    titles = {
        (table, column): column_title(table, column) for table, (_, columns, _) in tables.items() for column in columns
    }
    assert not [place for place, title in titles.items() if not chinese(title)]


def test_no_two_columns_of_a_table_are_called_the_same(tables: Tables) -> None:
    for table, (_, columns, _) in tables.items():
        titles = [column_title(table, column) for column in columns]
        assert len(set(titles)) == len(titles), table


def test_every_code_has_a_label(tables: Tables) -> None:
    unlabelled = [
        (table, column, code)
        for table, (sql, _, _) in tables.items()
        for column, codes in CODED.findall(sql)
        for code in re.findall(r"'(\w+)'", codes)
        if code not in CODES.get((table, column), {})
    ]
    assert not unlabelled


def test_every_reference_is_looked_up_in_its_table(tables: Tables) -> None:
    wrong = [
        (table, column)
        for table, (_, _, references) in tables.items()
        for column, target in references.items()
        if REFERENCES.get(column) != target
    ]
    assert not wrong
    assert not [table for table, (column, owner) in OWNERS.items() if tables[table][2].get(column) != owner]


def test_every_switch_says_yes_or_no(tables: Tables) -> None:
    assert {column for sql, _, _ in tables.values() for column in YES_OR_NO.findall(sql)} == FLAGS


def test_values_read_as_the_clerk_writes_them() -> None:
    def name_of(table: str, record: object) -> str:
        return f"{table} {record}"

    assert reading("opinions", "openness", "confidential", name_of) == "保密"
    assert reading("opinions", "urgent", 1, name_of) == "是"
    assert reading("opinions", "village_id", 3, name_of) == "villages 3"
    assert reading("opinions", "title", None, name_of) == ""
    assert reading("visits", "deleted_at", "2026-11-05T09:20:31+08:00", name_of) == "2026-11-05 09:20"
    assert reading("attendance", "arrived_at", "09:20", name_of) == "09:20"
    assert reading("settings", "value", '{"feedback":{"amount":5,"measure":"working_day"},"warn_days":3}', name_of) == (
        "反馈选民：5 个工作日；到期前提醒：3"
    )
    assert moment("2026-11-05") == "2026-11-05"
