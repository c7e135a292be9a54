"""Forms of single visits (接待选民登记表): filled in to be signed, and blank ones numbered beforehand."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from station_app.domain.calendars import long_date
from station_app.domain.people import GENDER_LABELS
from station_app.domain.progress import Disposition, disposition_labels
from station_app.services.reception_desk import ReceptionDesk
from station_app.services.settings_desk import SettingsDesk

if TYPE_CHECKING:
    from station_app.documents.visit_form import VisitFormData


class VisitForms:
    """Writes the forms. Reads only."""

    def __init__(self, settings: SettingsDesk, reception: ReceptionDesk) -> None:
        self._settings = settings
        self._reception = reception

    def write(self, visit_ids: Sequence[int], path: Path) -> None:
        """Write the forms of registered visits as one PDF, a page each.

        Raises:
            StationFault: the file cannot be written.
        """
        from station_app.documents.visit_form import write_visit_forms

        write_visit_forms(path, [self._filled(visit_id) for visit_id in visit_ids])

    def write_blank(self, numbers: Sequence[str], path: Path) -> None:
        """Write blank forms that carry the numbers reserved for them as one PDF.

        Raises:
            StationFault: the file cannot be written.
        """
        from station_app.documents.visit_form import blank_forms, write_visit_forms

        profile = self._settings.profile()
        write_visit_forms(path, blank_forms(numbers, profile.name, demo=profile.demo))

    def _filled(self, visit_id: int) -> "VisitFormData":
        from station_app.documents.visit_form import VisitFormData

        profile = self._settings.profile()
        visit = self._reception.visit(visit_id)
        cases = self._reception.cases_of_visit(visit_id)
        labels = disposition_labels(profile)
        several = len(cases) > 1
        marks = [f"{index}. " if several else "" for index in range(1, len(cases) + 1)]
        answers, plans = [], []
        for mark, case in zip(marks, cases, strict=True):
            progress = case.progress
            if progress.disposition is Disposition.ON_SPOT:
                answers.append(mark + progress.answer)
            elif progress.disposition is Disposition.REDIRECTED:
                plans.append(f"{mark}{labels[progress.disposition]}：{progress.route}")
            else:
                plans.append(mark + (progress.proposal or labels[progress.disposition]))
        return VisitFormData(
            number=visit.number,
            station=profile.name,
            time=f"{long_date(date.fromisoformat(visit.on))} {visit.at}".strip(),
            place=visit.place,
            name="不愿留名" if visit.anonymous else visit.name,
            sex=GENDER_LABELS[visit.gender],
            phone=visit.phone or ("未留" if visit.no_phone else ""),
            address=visit.address or visit.village,
            people=str(visit.people),
            on_behalf=visit.on_behalf_of,
            words="\n".join(mark + case.words for mark, case in zip(marks, cases, strict=True)) or visit.notes,
            category="、".join(dict.fromkeys(case.category for case in cases)),
            answer="\n".join(answers),
            plan="\n".join(plans),
            receivers="、".join(receiver.name for receiver in visit.receivers),
            demo=profile.demo,
        )
