"""The roster: deputies and their mandates."""

from collections import defaultdict
from dataclasses import replace

from station_app.domain.groups import Group, GroupKind
from station_app.domain.people import GENDER_LABELS, Deputy, Mandate, RosterLine, deputy_problems, level_label
from station_app.domain.problems import invalid, refuse
from station_app.domain.text import clean_line, clean_name, clean_phone
from station_app.services.done import ROSTER, Done
from station_app.storage.deputies import DeputyRecords
from station_app.storage.groups import GroupRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support import pinyin


class Roster:
    """Keeps the deputies."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = DeputyRecords(file)
        self._groups = GroupRecords(file)
        self._stations = StationRecords(file)

    # Reading

    def deputies(self) -> list[Deputy]:
        """Return every deputy, in roster order."""
        return self._records.all()

    def serving(self) -> list[Deputy]:
        """Return the deputies who hold a mandate and belong to the station today, in roster order."""
        today = self._file.clock.today().isoformat()
        return [deputy for deputy in self._records.all() if deputy.serves_on(today)]

    def deputy(self, deputy_id: int) -> Deputy:
        """Return one deputy."""
        return self._records.one(deputy_id)

    def lines(self, *, former: bool = False) -> list[RosterLine]:
        """Return the roster as it stands today, a row per serving deputy, in roster order.

        Args:
            former: True for those who hold no mandate or went to another station; their row names the mandates
                they held.
        """
        today = self._file.clock.today().isoformat()
        kind = self._stations.profile().organ_kind
        villages = {village.id: village.short_name for village in self._stations.villages()}
        spelled = self._records.pinyin()
        groups: dict[int, dict[GroupKind, list[Group]]] = defaultdict(lambda: defaultdict(list))
        for group in self._groups.all():
            for member in group.memberships:
                if member.holds_on(today):
                    groups[member.deputy_id][group.kind].append(group)
        lines = []
        serving = [deputy for deputy in self._records.all() if deputy.serves_on(today) is not former]
        for index, deputy in enumerate(serving, 1):
            held = [mandate for mandate in deputy.mandates if former or mandate.holds_on(today)]
            levels = tuple(dict.fromkeys(mandate.level for mandate in held))
            own = groups[deputy.id]
            near = [villages[v] for group in own[GroupKind.AREA] for v in group.village_ids if v in villages]
            lines.append(
                RosterLine(
                    index=index,
                    deputy_id=deputy.id,
                    uid=deputy.uid,
                    name=deputy.name,
                    gender=GENDER_LABELS[deputy.gender],
                    ethnicity=deputy.ethnicity,
                    birth_month=deputy.birth_month,
                    party=deputy.party,
                    education=deputy.education,
                    post=deputy.post,
                    levels="、".join(level_label(level, kind) for level in levels),
                    terms="、".join(dict.fromkeys(m.term for m in held if m.term)),
                    constituencies="、".join(dict.fromkeys(m.constituency for m in held if m.constituency)),
                    card_numbers="、".join(m.card_number for m in held if m.card_number),
                    phone=deputy.phone,
                    area_groups="、".join(group.name for group in own[GroupKind.AREA]),
                    villages="、".join(dict.fromkeys(near)),
                    remark=deputy.remark,
                    field_groups="、".join(group.name for group in own[GroupKind.FIELD]),
                    households=sum(group.households or 0 for group in own[GroupKind.AREA]) or None,
                    state=_state(deputy, held, today, former=former),
                    checked_on=deputy.checked_on,
                    id_number=deputy.id_number,
                    address=deputy.address,
                    pinyin=" ".join(spelled.get(deputy.id, ("", ""))),
                )
            )
        return lines

    # Writing

    def save_deputy(self, deputy: Deputy) -> Done[int]:
        """Create (id 0) or change a deputy with mandates.

        Raises:
            InvalidInput: with every problem of every field.
        """
        deputy = replace(
            deputy,
            name=clean_name(deputy.name),
            phone=clean_phone(deputy.phone),
            phone2=clean_phone(deputy.phone2),
            post=clean_line(deputy.post),
            remark=clean_line(deputy.remark),
            address=clean_line(deputy.address),
        )
        refuse(deputy_problems(deputy, self._file.clock.today()))
        spelled = (pinyin.spelling(deputy.name).replace(" ", ""), " ".join(pinyin.initials(deputy.name)))
        with self._file.write("修改代表" if deputy.id else "新增代表") as step:
            if deputy.id:
                self._records.change(step, deputy, *spelled)
                deputy_id = deputy.id
            else:
                deputy_id = self._records.add(step, deputy, *spelled)
        return Done(deputy_id, f"已保存代表 {deputy.name}", frozenset({ROSTER}), step.id)

    def delete_deputy(self, deputy_id: int) -> Done[None]:
        """Take an entry made by mistake off the roster; it can be undone.

        Raises:
            InvalidInput: the deputy has signed in, received visitors or raised opinions: that is history.
        """
        if self._records.has_history(deputy_id):
            raise invalid("deputy", "这位代表已有签到、接待或意见记录，不能删除；不再担任的，请填写终止日期和原因。")
        with self._file.write("删除代表") as step:
            self._records.delete(step, deputy_id)
        return Done(None, "已从名册删除", frozenset({ROSTER}), step.id)

    def mark_checked(self, deputy_id: int) -> Done[None]:
        """Note that a deputy's entry was checked today (名册核对)."""
        today = self._file.clock.today().isoformat()
        deputy = replace(self._records.one(deputy_id), checked_on=today, checked_by=self._file.operator)
        done = self.save_deputy(deputy)
        return Done(None, "已核对", done.topics, done.step_id)


def _state(deputy: Deputy, held: list[Mandate], today: str, *, former: bool) -> str:
    if former:
        return "已离任" if not deputy.levels_on(today) else "已转出"
    return "在任" if any(mandate.is_exercised_on(today) for mandate in held) else "暂停履职"
