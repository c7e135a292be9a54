"""What the third step adds: terms and constituencies, checks, leaves and places of deputies, chats, remembered mappings."""

from typing import Final

RECORDS: Final = {
    "terms": """
        level TEXT NOT NULL CHECK (level IN ('national', 'provincial', 'city', 'county', 'township')),
        name TEXT NOT NULL CHECK (name <> ''),
        from_on TEXT NOT NULL DEFAULT '',
        to_on TEXT NOT NULL DEFAULT '' CHECK (to_on = '' OR from_on = '' OR from_on <= to_on)
    """,
    "constituencies": """
        level TEXT NOT NULL CHECK (level IN ('national', 'provincial', 'city', 'county', 'township')),
        term TEXT NOT NULL DEFAULT '',
        name TEXT NOT NULL CHECK (name <> ''),
        seats INTEGER CHECK (seats >= 0),
        position INTEGER NOT NULL DEFAULT 0
    """,
    "constituency_villages": """
        constituency_id INTEGER NOT NULL REFERENCES constituencies,
        village_id INTEGER NOT NULL REFERENCES villages
    """,
    "leaves": """
        deputy_id INTEGER NOT NULL REFERENCES deputies,
        from_on TEXT NOT NULL,
        to_on TEXT NOT NULL DEFAULT '' CHECK (to_on = '' OR from_on <= to_on),
        reason TEXT NOT NULL DEFAULT ''
    """,
    "placements": """
        deputy_id INTEGER NOT NULL REFERENCES deputies,
        station_id INTEGER REFERENCES stations,
        from_on TEXT NOT NULL DEFAULT '',
        to_on TEXT NOT NULL DEFAULT '' CHECK (to_on = '' OR from_on = '' OR from_on <= to_on),
        came_from TEXT NOT NULL DEFAULT '',
        went_to TEXT NOT NULL DEFAULT ''
    """,
    "checks": """
        deputy_id INTEGER NOT NULL REFERENCES deputies,
        on_date TEXT NOT NULL,
        operator TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('same', 'changed', 'unreached')),
        note TEXT NOT NULL DEFAULT ''
    """,
    "group_grids": """
        group_id INTEGER NOT NULL REFERENCES groups,
        grid_id INTEGER NOT NULL REFERENCES grids,
        from_on TEXT NOT NULL DEFAULT '',
        to_on TEXT NOT NULL DEFAULT ''
    """,
    "station_villages": """
        station_id INTEGER NOT NULL REFERENCES stations,
        village_id INTEGER NOT NULL REFERENCES villages
    """,
    "sheet_mappings": """
        sheet_kind TEXT NOT NULL CHECK (sheet_kind IN ('roster', 'opinions', 'groups', 'visits', 'attendance')),
        titles_digest TEXT NOT NULL,
        columns TEXT NOT NULL
    """,
    "namesakes": """
        first_uid TEXT NOT NULL,
        second_uid TEXT NOT NULL,
        CHECK (first_uid < second_uid)
    """,
}

REBUILT: Final = {
    "groups": """
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('area', 'field', 'duty', 'chat')),
        households INTEGER CHECK (households >= 0),
        arrangement TEXT NOT NULL DEFAULT '',
        remark TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL DEFAULT 0,
        people INTEGER CHECK (people >= 0),
        from_on TEXT NOT NULL DEFAULT '',
        to_on TEXT NOT NULL DEFAULT '' CHECK (to_on = '' OR from_on = '' OR from_on <= to_on),
        station_id INTEGER REFERENCES stations
    """,
    "imported_rows": """
        sheet_kind TEXT NOT NULL CHECK (sheet_kind IN ('roster', 'opinions', 'groups', 'visits', 'attendance')),
        record_uid TEXT NOT NULL,
        digest TEXT NOT NULL,
        row_values TEXT NOT NULL
    """,
}
"""Tables whose checks are widened: SQLite changes a check only by making the table anew."""

STATEMENTS: Final = (
    "CREATE INDEX imported_by_digest ON imported_rows (sheet_kind, digest)",
    "CREATE INDEX imported_by_record ON imported_rows (record_uid)",
    "ALTER TABLE group_villages ADD COLUMN from_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE group_villages ADD COLUMN to_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE deputies ADD COLUMN duty_wishes TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE deputies ADD COLUMN photo_id INTEGER REFERENCES attachments",
    "ALTER TABLE mandates ADD COLUMN entered TEXT NOT NULL DEFAULT '' CHECK (entered IN ('', 'by_election'))",
    "ALTER TABLE mandates ADD COLUMN suspended_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE household_links ADD COLUMN grid_id INTEGER REFERENCES grids",
    "ALTER TABLE household_links ADD COLUMN address TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE household_links ADD COLUMN phone TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE household_links ADD COLUMN remark TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE stations ADD COLUMN retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))",
    "ALTER TABLE stations ADD COLUMN position INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE opinions ADD COLUMN station_id INTEGER REFERENCES stations",
    "CREATE INDEX leaves_of_deputy ON leaves (deputy_id)",
    "CREATE INDEX placements_of_deputy ON placements (deputy_id)",
    "CREATE INDEX checks_of_deputy ON checks (deputy_id)",
    "CREATE INDEX households_of_deputy ON household_links (deputy_id)",
    "CREATE INDEX villages_of_constituency ON constituency_villages (constituency_id)",
)
