"""Operators, and what their PINs are checked against: the rows are logged, the hashes are not."""

from typing import Final

from station_app.domain.operators import Operator, Role
from station_app.storage.change_log import Step
from station_app.storage.drafts import Drafts
from station_app.storage.station_file import StationFile

# Kept beside the drafts: outside the log, where no undo reaches it, and still there after a restart.
_WRONG_PINS: Final = "wrong_pins"


class OperatorRecords:
    """Rows of the operators, their PINs, and how often a wrong one was tried."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._kept = Drafts(file)

    def any(self) -> bool:
        """Tell whether the file has operators."""
        return bool(self._file.value("SELECT EXISTS (SELECT 1 FROM operators WHERE deleted_at IS NULL)"))

    def all(self) -> list[Operator]:
        """Return the operators in the order of their roles, retired ones last."""
        rows = self._file.rows(
            "SELECT id, uid, name, role, staff_id, retired,"
            " EXISTS (SELECT 1 FROM pins WHERE operator_id = operators.id) AS has_pin"
            " FROM operators WHERE deleted_at IS NULL"
        )
        found = [
            Operator(
                **{**row, "role": Role(row["role"]), "retired": bool(row["retired"]), "has_pin": bool(row["has_pin"])}
            )
            for row in rows
        ]
        return sorted(found, key=lambda one: (one.retired, list(Role).index(one.role), one.id))

    def save(self, step: Step, operator: Operator) -> int:
        """Create (id 0) or change an operator."""
        values = {
            "name": operator.name,
            "role": operator.role,
            "staff_id": operator.staff_id,
            "retired": int(operator.retired),
        }
        if not operator.id:
            return step.insert("operators", **values)
        step.update("operators", operator.id, **values)
        return operator.id

    def pin(self, operator_id: int) -> tuple[bytes, bytes] | None:
        """Return salt and hash of an operator's PIN, or None without one."""
        found = self._file.tuples("SELECT salt, hash FROM pins WHERE operator_id = ?", [operator_id])
        return (bytes(found[0][0]), bytes(found[0][1])) if found else None

    def put_pin(self, operator_id: int, salt: bytes, digest: bytes) -> None:
        """Keep salt and hash of a PIN, outside the log: an undo must not bring an old PIN back."""
        self._file.plain_write(
            "INSERT INTO pins (operator_id, salt, hash) VALUES (?, ?, ?)"
            " ON CONFLICT (operator_id) DO UPDATE SET salt = excluded.salt, hash = excluded.hash",
            [operator_id, salt, digest],
        )

    def wrong_pins(self, uid: str) -> tuple[int, str]:
        """Return how often in a row a wrong PIN was tried, and when last (ISO, empty for never)."""
        kept = self._kept.kept(_WRONG_PINS, uid)
        return (int(kept.body["tried"]), kept.saved_at) if kept else (0, "")

    def note_wrong_pin(self, uid: str) -> None:
        """Note that one more wrong PIN was tried."""
        self._kept.keep(_WRONG_PINS, uid, {"tried": self.wrong_pins(uid)[0] + 1})

    def forget_wrong_pins(self, uid: str) -> None:
        """Begin counting anew: the right PIN was given."""
        self._kept.drop(_WRONG_PINS, uid)
