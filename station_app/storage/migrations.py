"""The steps that bring a file's tables up to date; imported only for a new or an older file."""

from collections.abc import Mapping
from typing import Any, cast

from sqlite_utils import Database, Migrations

from station_app.storage import first_tables, schema, search
from station_app.storage.driver import Connection, spoken_errors

_steps = Migrations("station")


def bring_up_to_date(connection: Connection) -> None:
    """Take every step the file has not taken yet, each in a transaction, and write the version.

    Raises:
        StationFault: the disk refuses.
    """
    with spoken_errors():
        _steps.apply(Database(cast("Any", connection), execute_plugins=False, recursive_triggers=False))
        connection.execute(f"PRAGMA user_version={schema.SCHEMA_VERSION}")


@_steps(name="0001_first")
def _first(db: Database) -> None:
    _create_tables(db, first_tables.RECORDS, first_tables.PLAIN)
    for statement in first_tables.INDEXES:
        db.execute(statement)
    search.create_tables(db)


@_steps(name="0002_operators_attachments_erasures")
def _second(db: Database) -> None:
    _create_tables(db, schema.SECOND_RECORDS, schema.SECOND_PLAIN)
    for statement in schema.SECOND_STATEMENTS:
        db.execute(statement)


def _create_tables(db: Database, records: Mapping[str, str], plain: Mapping[str, str]) -> None:
    for name, columns in records.items():
        db.execute(f"CREATE TABLE {name} ({schema.RECORD}, {columns}) STRICT")
    for name, columns in plain.items():
        db.execute(f"CREATE TABLE {name} ({columns}) STRICT")
