"""The register told a second time: from the log alone. Where it differs from the tables, something is half there."""

import json
from typing import Any

from station_app.storage.schema import RECORD_TABLES
from station_app.storage.station_file import StationFile

Records = dict[tuple[str, str], dict[str, Any]]


def told_by_the_log(file: StationFile) -> Records:
    """Return every record by table and uid as the images of the log make it; what they leave out is not told."""
    records: Records = {}
    for entity, uid, after in file.tuples("SELECT entity, uid, after FROM changes WHERE after IS NOT NULL ORDER BY id"):
        records.setdefault((entity, uid), {}).update(json.loads(after))
    return records


def differences(file: StationFile) -> list[str]:
    """Return where tables and log differ: table, uid and column; no values."""
    told = told_by_the_log(file)
    blanked = {(row[0], row[1]) for row in file.tuples("SELECT entity, uid FROM changes WHERE erased_by IS NOT NULL")}
    found: list[str] = []
    stored: set[tuple[str, str]] = set()
    for table in sorted(RECORD_TABLES):
        for row in file.rows(f"SELECT * FROM {table}"):
            name = (table, row["uid"])
            stored.add(name)
            if name in blanked:
                continue
            found += [
                f"{table} {row['uid']}: {column}"
                for column, value in told.get(name, {"no step": None}).items()
                if column not in row or (not isinstance(row[column], bytes) and row[column] != value)
            ]
    found += [f"{table} {uid}: missing" for table, uid in told if (table, uid) not in stored]
    return found
