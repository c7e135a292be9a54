"""Settings: small JSON values by key, logged like every record."""

import json
from typing import Any

from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile


class Settings:
    """The settings of one station file."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of ``key`` (anything JSON can say), or ``default``."""
        text = self._file.value("SELECT value FROM settings WHERE key = ? AND deleted_at IS NULL", [key])
        return default if text is None else json.loads(text)

    def keys(self) -> list[str]:
        """Return the names of all settings."""
        found = self._file.tuples("SELECT key FROM settings WHERE deleted_at IS NULL ORDER BY key")
        return [str(key) for (key,) in found]

    def put(self, step: Step, key: str, value: Any) -> None:
        """Set ``key`` within a step."""
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        record_id = self._file.value("SELECT id FROM settings WHERE key = ?", [key])
        if record_id is None:
            step.insert("settings", key=key, value=text)
        else:
            step.update("settings", record_id, value=text, deleted_at=None)
