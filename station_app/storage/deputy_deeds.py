"""What a deputy did, read from attendance, visits and matters."""

from station_app.domain.deeds import Deeds, Raised
from station_app.storage.station_file import StationFile


def deeds_of(file: StationFile, deputy_id: int, from_on: str, to_on: str) -> Deeds:
    """Return what a deputy did from one ISO date to another, and the days after the second that wait."""
    days = file.tuples(
        "SELECT d.on_date, a.presence FROM attendance a JOIN reception_days d ON d.id = a.day_id"
        " WHERE a.deputy_id = ? AND a.deleted_at IS NULL AND d.deleted_at IS NULL AND d.on_date >= ?"
        " AND d.state NOT IN ('not_held', 'moved', 'cancelled') ORDER BY d.on_date",
        [deputy_id, from_on],
    )
    past = [(on, presence) for on, presence in days if on <= to_on]
    visits = file.value(
        "SELECT count(DISTINCT v.id) FROM visit_receivers r JOIN visits v ON v.id = r.visit_id"
        " WHERE r.deputy_id = ? AND r.deleted_at IS NULL AND v.deleted_at IS NULL AND v.on_date BETWEEN ? AND ?",
        [deputy_id, from_on, to_on],
    )
    raised = file.tuples(
        "SELECT id, number, title, raised_on FROM opinions WHERE proposer_id = ? AND deleted_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM events WHERE opinion_id = opinions.id AND kind = 'voided')"
        " AND raised_on BETWEEN ? AND ? ORDER BY raised_on DESC, id DESC",
        [deputy_id, from_on, to_on],
    )
    return Deeds(
        attended=tuple(on for on, presence in past if presence == "present"),
        excused=sum(presence == "leave" for _, presence in past),
        missed=sum(presence == "absent" for _, presence in past),
        planned=tuple(on for on, presence in days if on > to_on and presence == "planned"),
        visits=int(visits),
        raised=tuple(Raised(*row) for row in raised),
    )
