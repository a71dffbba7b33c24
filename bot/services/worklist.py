"""The worklist: appointments as the staff see them, in three statements however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import delivery_status, lifecycle
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Status
from bot.domain.appointment_view import AppointmentView
from bot.domain.delivery_status import MessageRecord
from bot.domain.lifecycle import Act, Party
from bot.domain.open_matters import SETTLED_BY_WORD, Matter, MatterFacts, open_matters
from bot.domain.released import within_hours
from bot.services.staff_invitations import token_hash
from bot.services.unit import Unit
from bot.services.walk_in_bookings import claim_token
from bot.storage.queues import message_history
from bot.storage.records import appointment_lists, appointments, circumstances
from bot.storage.records.circumstances import Circumstances


@dataclass(frozen=True, slots=True)
class Worklist:
    """What `actor` is shown in this unit of work; all moments are UTC epoch seconds."""

    unit: Unit
    actor: Actor

    def one(self, appointment_id: int) -> AppointmentView | None:
        """An appointment of theirs: booked, over, or called off by the office."""
        found = appointments.by_id(self.unit.tx, appointment_id)
        shown = self.of([] if found is None else [found])
        return shown[0] if shown else None

    def diary(
        self, case_manager_ids: Sequence[str], start: int, end: int
    ) -> tuple[AppointmentView, ...]:
        """The talks of these people that begin within [start, end), over or not, in order."""
        if not case_manager_ids:
            return ()
        return self.of(appointment_lists.diary(self.unit.tx, case_manager_ids, start, end))

    def open_matters(self, case_manager_ids: Sequence[str]) -> tuple[AppointmentView, ...]:
        """The talks of these people about which something is left to do, in order."""
        if not case_manager_ids:
            return ()
        found = appointment_lists.to_look_after(self.unit.tx, case_manager_ids, self.unit.now)
        theirs = [each for each in found if self.actor.looks_after(each, self.unit.staffing)]
        return tuple(view for view in self._views(theirs) if view.matters)

    def starts(self, case_manager_ids: Sequence[str], start: int, end: int) -> list[int]:
        """When the talks of such a diary begin."""
        if not case_manager_ids:
            return []
        return appointment_lists.starts(self.unit.tx, case_manager_ids, start, end)

    def of(self, found: Sequence[Appointment]) -> tuple[AppointmentView, ...]:
        """Those of the found that they may see, in the same order."""
        return self._views([each for each in found if self._may_see(each)])

    def _views(self, found: Sequence[Appointment]) -> tuple[AppointmentView, ...]:
        if not found:
            return ()
        tx, ids = self.unit.tx, [each.id for each in found]
        known = circumstances.of(tx, ids, self.unit.now)
        told = message_history.messages(tx, found)
        return tuple(self._view(each, known[each.id], told[each.id]) for each in found)

    def _acts(
        self, about: Appointment, matters: tuple[Matter, ...], *, in_chat: bool
    ) -> frozenset[Act]:
        """What can be done now. Whom no message reaches, nobody can ask for another time."""
        acts = lifecycle.open_acts(Party.STAFF, about, self.unit.now)
        settles = SETTLED_BY_WORD & {*matters}
        idle = {*(() if settles else (Act.SETTLE,)), *(() if in_chat else (Act.ASK_TIME,))}
        return acts - idle

    def _matter_facts(
        self, about: Appointment, known: Circumstances, *, reached: bool, on_paper: bool
    ) -> MatterFacts:
        city = self.unit.city
        person = city.case_manager.get(about.case_manager_id)
        return MatterFacts(
            in_file=city.has_at(about.case_manager_id, about.office_id),
            inside_hours=person is not None and within_hours(city, person, about.start, about.end),
            reached=reached,
            on_paper=on_paper,
            rebooked=known.rebooked,
            handed_over=known.handed_over,
            passed_on=known.passed_on,
            settled=frozenset(matter for matter in Matter if matter in known.settled),
        )

    def _may_read_topic(self, about: Appointment) -> bool:
        return self.actor.reads_topics() and about.status is not Status.CANCELLED

    def _may_see(self, about: Appointment) -> bool:
        visible = about.status in lifecycle.VISIBLE_TO_STAFF
        return visible and self.actor.may_change(about, self.unit.staffing)

    def _view(
        self, about: Appointment, known: Circumstances, told: list[MessageRecord]
    ) -> AppointmentView:
        unit, chosen_at = self.unit, delivery_status.chosen_at
        claimable = lifecycle.refusal(Act.CLAIM, about, unit.now) is None
        on_paper = claimable and known.claim_hash is not None
        delivery = delivery_status.delivery_status(
            about,
            told,
            chosen_at=chosen_at(about, known.booked_at, known.cancelled_at),
            reachable=known.reachable,
        )
        facts = self._matter_facts(about, known, reached=delivery.reached, on_paper=on_paper)
        matters = open_matters(about, facts, unit.now)
        return AppointmentView(
            about=about,
            delivery=delivery,
            acts=self._acts(about, matters, in_chat=delivery.reached and not on_paper),
            matters=matters,
            own=self.actor.case_manager_id == about.case_manager_id,
            on_paper=on_paper,
            has_slip=on_paper and known.claim_hash == token_hash(claim_token(unit.vault, about)),
            first_talk=known.first_talk,
            changed_at=known.booked_at or 0,
            asked_at=known.asked_at,
            topic=about.wishes.topic if self._may_read_topic(about) else None,
        )
