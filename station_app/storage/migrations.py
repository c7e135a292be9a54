"""The steps that bring a file's tables up to date; imported only for a new or an older file."""

from collections.abc import Mapping
from typing import Any, cast

from sqlite_utils import Database, Migrations

from station_app.storage import first_tables, schema, search, second_tables, third_tables
from station_app.storage.driver import Connection, spoken_errors

_steps = Migrations("station")


def bring_up_to_date(connection: Connection) -> None:
    """Take every step the file has not taken yet, each in a transaction, and write the version.

    Raises:
        StationFault: the disk refuses.
    """
    with spoken_errors():
        # A table that others point to can be made anew only so; who calls checks the references afterwards.
        connection.execute("PRAGMA foreign_keys=OFF")
        _steps.apply(Database(cast("Any", connection), execute_plugins=False, recursive_triggers=False))
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION}")


@_steps(name="0001_first")
def _first(db: Database) -> None:
    _create_tables(db, first_tables.RECORDS, first_tables.PLAIN)
    for statement in first_tables.INDEXES:
        db.execute(statement)
    search.create_tables(db)


@_steps(name="0002_operators_attachments_erasures")
def _second(db: Database) -> None:
    _create_tables(db, second_tables.RECORDS, second_tables.PLAIN)
    for statement in second_tables.STATEMENTS:
        db.execute(statement)


@_steps(name="0003_roster")
def _third(db: Database) -> None:
    for name, columns in third_tables.REBUILT.items():
        _make_anew(db, name, columns)
    _create_tables(db, third_tables.RECORDS, {})
    for statement in third_tables.STATEMENTS:
        db.execute(statement)


def _make_anew(db: Database, name: str, columns: str) -> None:
    """Make a table with other columns or checks and the same rows (SQLite's own procedure, ALTER TABLE, section 7)."""
    kept = ", ".join(row[1] for row in db.execute(f"PRAGMA table_info({name})").fetchall())
    db.execute(f"CREATE TABLE made_anew ({schema.RECORD}, {columns}) STRICT")
    db.execute(f"INSERT INTO made_anew ({kept}) SELECT {kept} FROM {name}")
    db.execute(f"DROP TABLE {name}")
    db.execute(f"ALTER TABLE made_anew RENAME TO {name}")


def _create_tables(db: Database, records: Mapping[str, str], plain: Mapping[str, str]) -> None:
    for name, columns in records.items():
        db.execute(f"CREATE TABLE {name} ({schema.RECORD}, {columns}) STRICT")
    for name, columns in plain.items():
        db.execute(f"CREATE TABLE {name} ({columns}) STRICT")
