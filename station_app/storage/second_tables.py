"""What the second step adds, frozen: files made with it are out there. Changes are new steps, see `schema`."""

from typing import Final

RECORDS: Final = {
    "operators": """
        name TEXT NOT NULL CHECK (name <> ''),
        role TEXT NOT NULL CHECK (role IN ('head', 'clerk', 'helper', 'reader')),
        staff_id INTEGER REFERENCES staff,
        retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))
    """,
    "attachments": """
        owner TEXT NOT NULL CHECK (owner IN ('visits', 'opinions', 'events', 'deputies', 'reception_days')),
        owner_id INTEGER NOT NULL,
        position INTEGER NOT NULL DEFAULT 0,
        name TEXT NOT NULL CHECK (name <> ''),
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL CHECK (size >= 0),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        original INTEGER NOT NULL DEFAULT 1 CHECK (original IN (0, 1))
    """,
    "erasures": """
        entity TEXT NOT NULL,
        record_uid TEXT NOT NULL,
        asked_on TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (reason <> ''),
        changes_digest TEXT NOT NULL CHECK (length(changes_digest) = 64)
    """,
    "papers": """
        kind TEXT NOT NULL CHECK (kind IN ('hand_over_list', 'hand_over', 'referral', 'urging', 'supervision', 'outcome',
            'notice', 'unit_overview', 'answer_sheet', 'survey')),
        code TEXT NOT NULL UNIQUE CHECK (code <> ''),
        number TEXT NOT NULL DEFAULT '',
        document_number TEXT NOT NULL DEFAULT '',
        unit_id INTEGER REFERENCES units,
        recipient TEXT NOT NULL DEFAULT '',
        copies_to TEXT NOT NULL DEFAULT '',
        printed_on TEXT NOT NULL,
        printed_by TEXT NOT NULL,
        returned_on TEXT NOT NULL DEFAULT ''
    """,
    "paper_opinions": """
        paper_id INTEGER NOT NULL REFERENCES papers,
        opinion_id INTEGER NOT NULL REFERENCES opinions,
        position INTEGER NOT NULL DEFAULT 0
    """,
}
"""Who may work with the file, what is attached to records, whose data was erased, what was printed for whom."""

PLAIN: Final = {
    "pins": """
        operator_id INTEGER PRIMARY KEY REFERENCES operators,
        salt BLOB NOT NULL,
        hash BLOB NOT NULL
    """,
}

STATEMENTS: Final = (
    "ALTER TABLE changes ADD COLUMN erased_by INTEGER REFERENCES steps",
    "CREATE UNIQUE INDEX operators_once ON operators (name) WHERE deleted_at IS NULL",
    "CREATE INDEX attachments_of_owner ON attachments (owner, owner_id)",
    "CREATE INDEX attachments_by_content ON attachments (sha256)",
    "CREATE INDEX opinions_of_paper ON paper_opinions (paper_id)",
    "CREATE INDEX papers_of_opinion ON paper_opinions (opinion_id)",
    (
        "ALTER TABLE suggestions ADD COLUMN session_kind TEXT NOT NULL DEFAULT 'between'"
        " CHECK (session_kind IN ('in_session', 'between'))"
    ),
    "ALTER TABLE suggestions ADD COLUMN met_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE suggestions ADD COLUMN surveyed_on TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE units ADD COLUMN mobile TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE units ADD COLUMN remark TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX suggestions_of_opinion ON suggestions (opinion_id)",
    "CREATE INDEX signers_of_suggestion ON suggestion_signers (suggestion_id)",
    "CREATE INDEX changes_erased ON changes (erased_by) WHERE erased_by IS NOT NULL",
    # What may be open, and whose promise may be unkept, is told by these alone, without reading the events.
    (
        "CREATE INDEX events_that_close ON events (opinion_id, on_date)"
        " WHERE kind IN ('closed', 'redirected', 'ended', 'voided') AND deleted_at IS NULL"
    ),
    "DROP INDEX events_that_promise",
    (
        "CREATE INDEX promises_made ON events (opinion_id, on_date)"
        " WHERE kind = 'answered' AND due_on <> '' AND deleted_at IS NULL"
    ),
    (
        "CREATE INDEX promises_kept ON events (opinion_id, on_date)"
        " WHERE kind = 'promise_checked' AND way = '已兑现' AND deleted_at IS NULL"
    ),
)
