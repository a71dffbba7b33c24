"""What a client is told of what their office did: a talk called off, help with the language."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.conversation import content, presses, slot_values
from bot.conversation.content import (
    Button,
    Code,
    Day,
    Line,
    Name,
    Phone,
    Screen,
    ShortDay,
    Time,
    say,
)
from bot.conversation.port import Search
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.slots import Slot
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.services.availability import Availability
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox import Draft, Priority

MOST_OTHERS = 3


@dataclass(frozen=True, slots=True)
class ClientNews:
    """Writes to clients in this transaction; `now` in UTC epoch seconds."""

    tx: Tx
    city: City
    now: int
    staffing: Staffing = CHAT_ONLY

    def called_off(self, gone: Appointment, offered: Collection[Slot]) -> tuple[Slot, ...]:
        """The talk is not to be, and other times; which, the `offered` being spared if possible."""
        others = self._others(gone, offered)
        title = say(
            "called_off.title",
            name=self._name(gone),
            day=Day(gone.start),
            time=Time(gone.start),
            code=Code(gone.code),
        )
        question = say("called_off.choose" if others else "called_off.none")
        screen = Screen(((title,), (question,), self._phones(gone)), self._ways(gone, others))
        self._write(gone, "called_off", screen)
        return others

    def help_with_language(self, about: Appointment, arranged: bool, number: int) -> None:
        """Whether somebody will help; `number` is that of the staff's decision."""
        day, time, code = Day(about.start), Time(about.start), Code(about.code)
        told = say("help.arranged", day=day, time=time, code=code)
        phones: tuple[Line, ...] = ()
        if not arranged:
            told = say("help.not_arranged", day=day, time=time, code=code)
            phones = self._phones(about)
        details = Button(say("reminder.details"), presses.encode("details", None, str(about.id)))
        self._write(about, f"help_{number}", Screen(((told,), phones), ((details,),)))

    def _write(self, about: Appointment, what: str, screen: Screen) -> None:
        draft = Draft(
            kind="message",
            content=content.to_json(screen),
            dedupe_key=f"appt:{about.id}:{about.sequence}:{what}:{about.person_id}",
            priority=Priority.NOTICE,
            due_at=self.now,
            person_id=about.person_id,
            appointment_id=about.id,
            not_after=about.end,
        )
        outbox.put(self.tx, draft, self.now)

    def _others(self, gone: Appointment, offered: Collection[Slot]) -> tuple[Slot, ...]:
        """The nearest free times, those of the same office first."""
        same = self._near((gone.office_id,), gone, offered)
        if len(same) == MOST_OTHERS:
            return same
        elsewhere = tuple(office.id for office in self.city.offices if office.id != gone.office_id)
        more = self._near(elsewhere, gone, offered)[: MOST_OTHERS - len(same)]
        return (*same, *more)

    def _near(
        self, office_ids: tuple[str, ...], gone: Appointment, offered: Collection[Slot]
    ) -> tuple[Slot, ...]:
        availability = Availability(self.tx, self.city, gone.person_id, self.now, self.staffing)
        found = availability.nearest(Search(office_ids), gone.start, MOST_OTHERS + len(offered))
        fresh = [slot for slot in found if slot not in offered] or list(found)
        nearest = sorted(fresh, key=lambda slot: abs(slot.start - gone.start))[:MOST_OTHERS]
        return tuple(sorted(nearest, key=lambda slot: slot.start))

    def _ways(self, gone: Appointment, others: tuple[Slot, ...]) -> tuple[tuple[Button, ...], ...]:
        """Lasting buttons: good for as long as the message stands in the chat."""
        times = [
            Button(
                self._label(slot, gone, others),
                presses.encode("rebook", None, f"{gone.id}.{slot_values.of_slot(slot)}"),
            )
            for slot in others
        ]
        more = presses.encode("rebook_later", None, str(gone.id))
        return tuple((b,) for b in (*times, Button(say("confirm.other_times"), more)))

    def _label(self, slot: Slot, gone: Appointment, others: tuple[Slot, ...]) -> Line:
        """The time; and with whom, where that is somebody else or would be anybody's guess."""
        day, time = ShortDay(slot.start), Time(slot.start)
        alone = [other.start for other in others].count(slot.start) == 1
        if alone and slot.case_manager_id == gone.case_manager_id:
            return say("alternatives.slot", day=day, time=time)
        name = Name(self.city.public_name(self.city.case_manager[slot.case_manager_id]))
        return say("called_off.slot", day=day, time=time, name=name)

    def _name(self, about: Appointment) -> Name:
        person = self.city.case_manager.get(about.case_manager_id)
        return Name(self.city.public_name(person) if person else about.office_id)

    def _phones(self, about: Appointment) -> tuple[Line, ...]:
        """How else to reach the office; nothing where it has no telephone."""
        office = self.city.office.get(about.office_id)
        if office is None or not office.phones:
            return ()
        return (
            say("called_off.call"),
            *(say("card.phone", phone=Phone(phone)) for phone in office.phones),
        )
