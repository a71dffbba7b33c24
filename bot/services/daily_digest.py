"""The morning's list: a case manager's own day, and for the front desk that of its office."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from bot.domain import local_time
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Status
from bot.domain.appointment_view import AppointmentView
from bot.domain.staffing import CASE_MANAGER, OFFICE, Mailbox
from bot.messages.digests import Digest, DigestEntry
from bot.messages.notices import frozen
from bot.services import outgoing
from bot.services.staff_service import StaffService
from bot.services.sweeps import Sweep
from bot.services.unit import Unit
from bot.storage.records import appointment_lists, case_managers, key_values, lists_links

LINK_LASTS = 7 * 86_400
"""Over a weekend and a day of leave; each working morning brings another."""


def sweeps(unit: Unit) -> Iterator[Sweep[str]]:
    """Each day's list once to whoever wants one and has talks today."""
    yield Sweep(
        f"digest of {CASE_MANAGER}",
        lambda unit: DailyDigest(unit).people_due(),
        lambda unit, id: DailyDigest(unit).to_person(id),
    )
    yield Sweep(
        f"digest of {OFFICE}",
        lambda unit: DailyDigest(unit).offices_due(),
        lambda unit, id: DailyDigest(unit).to_office(id),
    )


@dataclass(frozen=True, slots=True)
class DailyDigest:
    """Writes the lists that are due.

    Who is told too late, because the program was away, is told of what is still to come.
    """

    unit: Unit

    def people_due(self) -> list[str]:
        """The case managers whose hour has come, but those who had their list today."""
        people, staffing = self.unit.city.case_managers, self.unit.staffing
        due = [each.id for each in people if self._is_due(staffing.of(each.id).digest)]
        done = case_managers.with_digest(self.unit.tx, self._day) if due else frozenset()
        return [id for id in due if id not in done]

    def offices_due(self) -> list[str]:
        """The offices whose hour has come, but those that had their list today."""
        offices, staffing = self.unit.city.offices, self.unit.staffing
        due = [each.id for each in offices if self._is_due(staffing.office(each.id).digest)]
        return [id for id in due if (key_values.get(self.unit.tx, _of(id)) or "") < self._day]

    def to_person(self, case_manager_id: str) -> None:
        """A case manager's own day, once."""
        if not case_managers.begin_digest(self.unit.tx, case_manager_id, self._day):
            return
        person = self.unit.city.case_manager[case_manager_id]
        digest = self._digest(Actor.of(person), [case_manager_id])
        if digest is None:
            return
        key = f"digest:{case_manager_id}:{self._day}"
        outgoing.to_case_manager(self.unit, case_manager_id, digest, key, self._end)
        if self.unit.staffing.of(case_manager_id).by_mail:
            self._mail(Mailbox(CASE_MANAGER, case_manager_id), Actor.of(person), digest, key)

    def to_office(self, office_id: str) -> None:
        """The day of a front desk, once."""
        if not key_values.advance(self.unit.tx, _of(office_id), self._day):
            return
        people = [person.id for person in self.unit.city.team(office_id)]
        desk = Actor(Role.FRONT_DESK, office_id=office_id)
        digest = self._digest(desk, people)
        if digest is not None:
            mailbox = Mailbox(OFFICE, office_id)
            self._mail(mailbox, desk, digest, f"digest:{mailbox}:{self._day}")

    def _mail(self, mailbox: Mailbox, reader: Actor, digest: Digest, key: str) -> None:
        """With a new link to the lists of whoever reads it."""
        now = self.unit.now
        linked = replace(digest, link=lists_links.make(self.unit.tx, reader, now, now + LINK_LASTS))
        outgoing.to_mailbox(self.unit, mailbox, linked, key, self._end)

    def _digest(self, actor: Actor, case_manager_ids: Sequence[str]) -> Digest | None:
        """Their day, and what else is left to do; None where there is neither."""
        of_office, open_now = actor.case_manager_id is None, self._open_now(actor)
        entries = tuple(
            DigestEntry(
                frozen(each),
                self._name(each, named=of_office),
                open_now.pop(each.id).matters if each.id in open_now else (),
            )
            for each in self._of(case_manager_ids)
        )
        left = tuple(
            DigestEntry(
                frozen(view.about), self._name(view.about, named=not view.own), view.matters
            )
            for view in open_now.values()
        )
        return Digest(entries, of_office, left) if entries or left else None

    def _open_now(self, actor: Actor) -> dict[int, AppointmentView]:
        """What somebody looks after and is not done, by its number."""
        views = StaffService(self.unit, actor).open_matters()
        return {view.about.id: view for view in views}

    def _name(self, about: Appointment, *, named: bool) -> str | None:
        return self.unit.city.staff_name(about.case_manager_id) if named else None

    def _of(self, case_manager_ids: Iterable[str]) -> list[Appointment]:
        """What is still to come of the day, or going on."""
        start, end = local_time.day_bounds(self.unit.today, self.unit.zone)
        every = appointment_lists.diary(self.unit.tx, list(case_manager_ids), start, end)
        now = self.unit.now
        return [each for each in every if each.status is Status.BOOKED and each.end > now]

    def _is_due(self, hour: time | None) -> bool:
        local = local_time.local(self.unit.now, self.unit.zone)
        return hour is not None and local.time() >= hour

    @property
    def _day(self) -> str:
        return self.unit.today.isoformat()

    @property
    def _end(self) -> int:
        return local_time.day_bounds(self.unit.today, self.unit.zone)[1]


def _of(office_id: str) -> str:
    """Where the day is kept of the last list of an office."""
    return f"digest:{OFFICE}:{office_id}"
