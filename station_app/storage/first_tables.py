"""The tables of the first step, frozen: files made with it are out there. Changes are new steps, see `schema`."""

from typing import Final

RECORDS: Final = {
    "stations": """
        parent_id INTEGER REFERENCES stations,
        name TEXT NOT NULL CHECK (name <> ''),
        code TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL CHECK (kind IN ('house', 'station', 'office', 'point')),
        branch TEXT NOT NULL DEFAULT '' CHECK (branch IN ('', 'park', 'enterprise', 'trade', 'cross_area')),
        organ_kind TEXT NOT NULL CHECK (organ_kind IN ('township', 'ethnic_township', 'town', 'street', 'park')),
        organ_name TEXT NOT NULL DEFAULT '',
        county_name TEXT NOT NULL DEFAULT '',
        place TEXT NOT NULL DEFAULT '',
        phone TEXT NOT NULL DEFAULT '',
        population INTEGER CHECK (population >= 0),
        market_word TEXT NOT NULL DEFAULT '圩日',
        market_endings TEXT NOT NULL DEFAULT '',
        term_name TEXT NOT NULL DEFAULT '',
        term_from TEXT NOT NULL DEFAULT '',
        demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1))
    """,
    "staff": """
        station_id INTEGER REFERENCES stations,
        name TEXT NOT NULL CHECK (name <> ''),
        post TEXT NOT NULL CHECK (post IN ('head', 'deputy_head', 'clerk', 'helper')),
        phone TEXT NOT NULL DEFAULT '',
        retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
    """,
    "villages": """
        name TEXT NOT NULL CHECK (name <> ''),
        short_name TEXT NOT NULL DEFAULT '',
        groups_count INTEGER NOT NULL DEFAULT 0 CHECK (groups_count >= 0),
        position INTEGER NOT NULL DEFAULT 0,
        retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
    """,
    "grids": """
        village_id INTEGER NOT NULL REFERENCES villages,
        name TEXT NOT NULL CHECK (name <> '')
    """,
    "units": """
        name TEXT NOT NULL CHECK (name <> ''),
        tier TEXT NOT NULL CHECK (tier IN ('village', 'township', 'county')),
        contact TEXT NOT NULL DEFAULT '',
        phone TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL DEFAULT 0,
        retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
    """,
    "choices": """
        list_key TEXT NOT NULL CHECK (list_key IN ('category', 'channel', 'nature')),
        label TEXT NOT NULL CHECK (label <> ''),
        counts INTEGER NOT NULL DEFAULT 1 CHECK (counts IN (0, 1)),
        position INTEGER NOT NULL DEFAULT 0,
        retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
    """,
    "deputies": """
        name TEXT NOT NULL CHECK (name <> ''),
        pinyin TEXT NOT NULL DEFAULT '',
        initials TEXT NOT NULL DEFAULT '',
        gender TEXT NOT NULL CHECK (gender IN ('male', 'female', 'unknown')),
        ethnicity TEXT NOT NULL DEFAULT '',
        birth_month TEXT NOT NULL DEFAULT '' CHECK (birth_month = '' OR birth_month GLOB '[12][0-9][0-9][0-9]-[01][0-9]'),
        party TEXT NOT NULL DEFAULT '',
        education TEXT NOT NULL DEFAULT '',
        post TEXT NOT NULL DEFAULT '',
        phone TEXT NOT NULL DEFAULT '',
        phone2 TEXT NOT NULL DEFAULT '',
        id_number TEXT NOT NULL DEFAULT '',
        address TEXT NOT NULL DEFAULT '',
        village_id INTEGER REFERENCES villages,
        skills TEXT NOT NULL DEFAULT '',
        languages TEXT NOT NULL DEFAULT '',
        phone_public INTEGER NOT NULL DEFAULT 0 CHECK (phone_public IN (0, 1)),
        remark TEXT NOT NULL DEFAULT '',
        roster_order INTEGER NOT NULL DEFAULT 0,
        checked_on TEXT NOT NULL DEFAULT '',
        checked_by TEXT NOT NULL DEFAULT ''
    """,
    "mandates": """
        deputy_id INTEGER NOT NULL REFERENCES deputies,
        level TEXT NOT NULL CHECK (level IN ('national', 'provincial', 'city', 'county', 'township')),
        term TEXT NOT NULL DEFAULT '',
        constituency TEXT NOT NULL DEFAULT '',
        card_number TEXT NOT NULL DEFAULT '',
        from_on TEXT NOT NULL DEFAULT '',
        to_on TEXT NOT NULL DEFAULT '' CHECK (to_on = '' OR from_on = '' OR from_on <= to_on),
        end_reason TEXT CHECK (end_reason IN ('term_over', 'resigned', 'moved', 'absent_twice', 'recalled',
            'lost_nationality', 'deprived', 'incapacitated', 'died')),
        suspended INTEGER NOT NULL DEFAULT 0 CHECK (suspended IN (0, 1))
    """,
    "groups": """
        name TEXT NOT NULL CHECK (name <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('area', 'field', 'duty')),
        households INTEGER CHECK (households >= 0),
        arrangement TEXT NOT NULL DEFAULT '',
        remark TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL DEFAULT 0
    """,
    "group_villages": """
        group_id INTEGER NOT NULL REFERENCES groups,
        village_id INTEGER NOT NULL REFERENCES villages
    """,
    "memberships": """
        group_id INTEGER NOT NULL REFERENCES groups,
        deputy_id INTEGER NOT NULL REFERENCES deputies,
        from_on TEXT NOT NULL,
        to_on TEXT NOT NULL DEFAULT '' CHECK (to_on = '' OR from_on <= to_on),
        leader INTEGER NOT NULL DEFAULT 0 CHECK (leader IN (0, 1))
    """,
    "household_links": """
        deputy_id INTEGER NOT NULL REFERENCES deputies,
        village_id INTEGER REFERENCES villages,
        households INTEGER NOT NULL DEFAULT 0 CHECK (households >= 0),
        name TEXT NOT NULL DEFAULT '',
        from_on TEXT NOT NULL DEFAULT '',
        to_on TEXT NOT NULL DEFAULT ''
    """,
    "reception_days": """
        station_id INTEGER REFERENCES stations,
        on_date TEXT NOT NULL,
        starts TEXT NOT NULL DEFAULT '09:00',
        ends TEXT NOT NULL DEFAULT '11:30',
        place TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL CHECK (kind IN ('fixed', 'mobile', 'joint')),
        state TEXT NOT NULL CHECK (state IN ('planned', 'announced', 'open', 'held', 'not_held', 'moved', 'cancelled')),
        topic TEXT NOT NULL DEFAULT '',
        with_units TEXT NOT NULL DEFAULT '',
        market INTEGER NOT NULL DEFAULT 0 CHECK (market IN (0, 1)),
        rule TEXT NOT NULL DEFAULT '',
        announced_on TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        moved_to_id INTEGER REFERENCES reception_days,
        makes_up_id INTEGER REFERENCES reception_days
    """,
    "attendance": """
        day_id INTEGER NOT NULL REFERENCES reception_days,
        deputy_id INTEGER NOT NULL REFERENCES deputies,
        level TEXT CHECK (level IN ('national', 'provincial', 'city', 'county', 'township')),
        presence TEXT NOT NULL CHECK (presence IN ('planned', 'present', 'leave', 'absent')),
        arrived_at TEXT NOT NULL DEFAULT '',
        stands_in_for INTEGER REFERENCES deputies
    """,
    "visits": """
        station_id INTEGER REFERENCES stations,
        number TEXT NOT NULL UNIQUE CHECK (number <> ''),
        on_date TEXT NOT NULL,
        at_time TEXT NOT NULL DEFAULT '',
        day_id INTEGER REFERENCES reception_days,
        place TEXT NOT NULL DEFAULT '',
        channel_id INTEGER NOT NULL REFERENCES choices,
        name TEXT NOT NULL DEFAULT '',
        pinyin TEXT NOT NULL DEFAULT '',
        initials TEXT NOT NULL DEFAULT '',
        anonymous INTEGER NOT NULL DEFAULT 0 CHECK (anonymous IN (0, 1)),
        gender TEXT NOT NULL CHECK (gender IN ('male', 'female', 'unknown')),
        phone TEXT NOT NULL DEFAULT '',
        no_phone INTEGER NOT NULL DEFAULT 0 CHECK (no_phone IN (0, 1)),
        address TEXT NOT NULL DEFAULT '',
        village_id INTEGER REFERENCES villages,
        village_group TEXT NOT NULL DEFAULT '',
        people INTEGER NOT NULL DEFAULT 1 CHECK (people >= 1),
        on_behalf_of TEXT NOT NULL DEFAULT '',
        notes TEXT NOT NULL DEFAULT '',
        paper INTEGER NOT NULL DEFAULT 0 CHECK (paper IN (0, 1)),
        recorder TEXT NOT NULL DEFAULT '',
        CHECK (anonymous = 1 OR name <> '')
    """,
    "visit_receivers": """
        visit_id INTEGER NOT NULL REFERENCES visits,
        position INTEGER NOT NULL,
        name TEXT NOT NULL CHECK (name <> ''),
        deputy_id INTEGER REFERENCES deputies,
        staff_id INTEGER REFERENCES staff
    """,
    "opinions": """
        number TEXT NOT NULL UNIQUE CHECK (number <> ''),
        source TEXT NOT NULL CHECK (source IN ('voter', 'deputy')),
        visit_id INTEGER REFERENCES visits,
        proposer_id INTEGER REFERENCES deputies,
        position INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL DEFAULT '',
        words TEXT NOT NULL CHECK (words <> ''),
        category_id INTEGER NOT NULL REFERENCES choices,
        nature_id INTEGER NOT NULL REFERENCES choices,
        channel_id INTEGER NOT NULL REFERENCES choices,
        village_id INTEGER REFERENCES villages,
        openness TEXT NOT NULL CHECK (openness IN ('open', 'unit_only', 'confidential')),
        urgent INTEGER NOT NULL DEFAULT 0 CHECK (urgent IN (0, 1)),
        raised_on TEXT NOT NULL,
        source_number TEXT NOT NULL DEFAULT '',
        recorder TEXT NOT NULL DEFAULT '',
        remark TEXT NOT NULL DEFAULT '',
        CHECK ((source = 'voter') = (visit_id IS NOT NULL)),
        CHECK ((source = 'deputy') = (proposer_id IS NOT NULL))
    """,
    "events": """
        opinion_id INTEGER NOT NULL REFERENCES opinions,
        kind TEXT NOT NULL CHECK (kind IN ('registered', 'studied', 'handed_over', 'county_assigned', 'received',
            'returned', 'extension_asked', 'extension_granted', 'extension_refused', 'interim', 'urged', 'supervised',
            'inquired', 'answered', 'fed_back', 'rated', 'rehandled', 'closed', 'redirected', 'ended', 'restarted',
            'voided', 'merged', 'unmerged', 'marked_urgent', 'promise_checked', 'printed', 'withdrawn_event')),
        on_date TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        operator TEXT NOT NULL,
        tier TEXT CHECK (tier IN ('village', 'township', 'county', 'suggestion')),
        unit_id INTEGER REFERENCES units,
        text TEXT NOT NULL DEFAULT '',
        person TEXT NOT NULL DEFAULT '',
        phone TEXT NOT NULL DEFAULT '',
        decision TEXT NOT NULL DEFAULT '',
        way TEXT NOT NULL DEFAULT '',
        answer_class TEXT NOT NULL DEFAULT '',
        satisfaction TEXT CHECK (satisfaction IN ('satisfied', 'fairly', 'dissatisfied', 'unrated')),
        attitude TEXT CHECK (attitude IN ('satisfied', 'fairly', 'dissatisfied', 'unrated')),
        due_on TEXT NOT NULL DEFAULT '',
        route TEXT NOT NULL DEFAULT '',
        amends TEXT NOT NULL DEFAULT '',
        main_id INTEGER REFERENCES opinions
    """,
    "event_units": """
        event_id INTEGER NOT NULL REFERENCES events,
        unit_id INTEGER NOT NULL REFERENCES units,
        role TEXT NOT NULL CHECK (role IN ('assist', 'separate'))
    """,
    "suggestions": """
        opinion_id INTEGER REFERENCES opinions,
        term TEXT NOT NULL DEFAULT '',
        session TEXT NOT NULL DEFAULT '',
        number TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL CHECK (kind IN ('suggestion', 'bill')),
        level TEXT NOT NULL CHECK (level IN ('national', 'provincial', 'city', 'county', 'township')),
        title TEXT NOT NULL CHECK (title <> ''),
        submitted_on TEXT NOT NULL DEFAULT '',
        remark TEXT NOT NULL DEFAULT ''
    """,
    "suggestion_signers": """
        suggestion_id INTEGER NOT NULL REFERENCES suggestions,
        deputy_id INTEGER NOT NULL REFERENCES deputies,
        leading INTEGER NOT NULL CHECK (leading IN (0, 1)),
        position INTEGER NOT NULL DEFAULT 0
    """,
    "holidays": """
        on_date TEXT NOT NULL,
        name TEXT NOT NULL DEFAULT '',
        working INTEGER NOT NULL CHECK (working IN (0, 1))
    """,
    "settings": """
        key TEXT NOT NULL UNIQUE CHECK (key <> ''),
        value TEXT NOT NULL
    """,
    "reserved_numbers": """
        series TEXT NOT NULL CHECK (series IN ('visit', 'opinion')),
        number TEXT NOT NULL,
        printed_at TEXT NOT NULL,
        UNIQUE (series, number)
    """,
    "imported_rows": """
        sheet_kind TEXT NOT NULL CHECK (sheet_kind IN ('roster', 'opinions')),
        record_uid TEXT NOT NULL,
        digest TEXT NOT NULL,
        row_values TEXT NOT NULL
    """,
    "issued_summaries": """
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        issued_on TEXT NOT NULL,
        issued_by TEXT NOT NULL,
        issued_to TEXT NOT NULL,
        closing_open INTEGER NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        chain_head TEXT NOT NULL,
        pdf_sha256 TEXT NOT NULL,
        pdf BLOB NOT NULL,
        xlsx BLOB NOT NULL
    """,
}

# Tables that are no records: they stand outside the change log.
PLAIN: Final = {
    "counters": """
        series TEXT NOT NULL,
        year INTEGER NOT NULL,
        last INTEGER NOT NULL CHECK (last >= 0),
        PRIMARY KEY (series, year)
    """,
    "drafts": """
        form TEXT NOT NULL,
        record_uid TEXT NOT NULL DEFAULT '',
        saved_at TEXT NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (form, record_uid)
    """,
    "keys": """
        name TEXT PRIMARY KEY,
        secret TEXT NOT NULL
    """,
    "steps": """
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        operator TEXT NOT NULL,
        session TEXT NOT NULL,
        label TEXT NOT NULL,
        undoes INTEGER UNIQUE REFERENCES steps,
        prev_mac TEXT NOT NULL,
        mac TEXT NOT NULL
    """,
    "changes": """
        id INTEGER PRIMARY KEY,
        step_id INTEGER NOT NULL REFERENCES steps,
        entity TEXT NOT NULL,
        uid TEXT NOT NULL,
        before TEXT,
        after TEXT,
        digest TEXT NOT NULL
    """,
}

INDEXES: Final = (
    "CREATE INDEX mandates_of_deputy ON mandates (deputy_id)",
    "CREATE INDEX memberships_of_deputy ON memberships (deputy_id)",
    "CREATE INDEX memberships_of_group ON memberships (group_id)",
    "CREATE UNIQUE INDEX attendance_once ON attendance (day_id, deputy_id) WHERE deleted_at IS NULL",
    "CREATE INDEX days_by_date ON reception_days (on_date)",
    "CREATE INDEX visits_by_date ON visits (on_date)",
    "CREATE INDEX visits_of_day ON visits (day_id)",
    "CREATE INDEX visits_by_name ON visits (name)",
    "CREATE INDEX visits_by_phone ON visits (phone) WHERE phone <> ''",
    "CREATE INDEX receivers_of_visit ON visit_receivers (visit_id)",
    "CREATE INDEX opinions_of_visit ON opinions (visit_id)",
    "CREATE INDEX opinions_by_date ON opinions (raised_on)",
    "CREATE INDEX events_of_opinion ON events (opinion_id, kind)",
    "CREATE INDEX events_by_date ON events (on_date)",
    "CREATE INDEX events_that_reopen ON events (opinion_id) WHERE kind IN ('restarted', 'withdrawn_event')",
    "CREATE INDEX events_that_amend ON events (opinion_id) WHERE amends <> ''",
    "CREATE INDEX events_that_promise ON events (opinion_id) WHERE kind = 'answered' AND due_on <> ''",
    "CREATE INDEX units_of_event ON event_units (event_id)",
    "CREATE INDEX imported_by_digest ON imported_rows (sheet_kind, digest)",
    "CREATE INDEX changes_of_step ON changes (step_id)",
    "CREATE INDEX changes_of_record ON changes (entity, uid)",
)
