"""The tables of a station file, step by step. A step is frozen once released; later changes are new steps."""

from typing import Final

from station_app.storage import first_tables, second_tables, third_tables

SCHEMA_VERSION: Final = 3
"""Written into ``user_version``: how many steps there are. A file with a higher one is refused."""

# What every record carries: local id, identity that travels, times, revision, and the mark of deletion.
RECORD: Final = """
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    deleted_at TEXT
"""

RECORD_TABLES: Final = (
    frozenset(first_tables.RECORDS) | frozenset(second_tables.RECORDS) | frozenset(third_tables.RECORDS)
)
"""Tables whose rows are records: written only through the change log."""
