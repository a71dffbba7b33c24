"""Messages to case managers and offices: one row for each channel its reader has chosen."""

from dataclasses import dataclass, replace

from bot.conversation import content
from bot.conversation.content import Screen
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.staffing import CASE_MANAGER, CHAT_ONLY, OFFICE, Mailbox, Staffing
from bot.rendering.staff_mail import StaffMail
from bot.rendering.staff_words import Kind
from bot.services.mails import put_mail, useful_until
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox import Draft, Priority
from bot.storage.records import appointments, case_managers, role_chats


@dataclass(frozen=True, slots=True)
class StaffPost:
    """Writes to the outbox of this transaction; `key` is of what happened, `now` in UTC seconds."""

    tx: Tx
    city: City
    now: int
    staffing: Staffing = CHAT_ONLY

    def in_chat(
        self,
        case_manager_id: str,
        screen: Screen,
        key: str,
        not_after: int,
        about: Appointment | None = None,
    ) -> None:
        """To their chat, if they are told there; kept for later while none is tied."""
        if not self.staffing.in_chat(self.city, case_manager_id):
            return
        person_id = case_managers.chat_of(self.tx, case_manager_id)
        draft = self._notice(screen, f"{key}:{case_manager_id}", not_after, person_id, about)
        outbox.put(self.tx, replace(draft, case_manager_id=case_manager_id), self.now)

    def by_mail(
        self, case_manager_id: str, kind: Kind, about: Appointment, screen: Screen, key: str
    ) -> None:
        """To their mailbox, if they are told by mail."""
        if self.staffing.of(case_manager_id).by_mail:
            self._mail(Mailbox(CASE_MANAGER, case_manager_id), kind, about, screen, key)

    def to_office(
        self, office_id: str, kind: Kind, about: Appointment, screen: Screen, key: str
    ) -> None:
        """To the office's own mailbox, if it has one, and to its front desk's chats."""
        if self.staffing.office(office_id).mail is not None:
            self._mail(Mailbox(OFFICE, office_id), kind, about, screen, key)
        self.in_desk_chats(office_id, about, screen, key)

    def in_desk_chats(self, office_id: str, about: Appointment, screen: Screen, key: str) -> None:
        """To every chat of an office's front desk, if the office allows chat."""
        if not self.staffing.office(office_id).chat_allowed:
            return
        for person_id in role_chats.chats_of(self.tx, Actor(Role.FRONT_DESK, office_id=office_id)):
            draft = self._notice(
                screen, f"{key}:front_desk:{person_id}", about.end, person_id, about
            )
            outbox.put(self.tx, draft, self.now)

    def _notice(
        self,
        screen: Screen,
        key: str,
        not_after: int,
        person_id: int | None,
        about: Appointment | None,
    ) -> Draft:
        return Draft(
            kind="notice",
            content=content.to_json(screen),
            dedupe_key=key,
            priority=Priority.NOTICE,
            due_at=self.now,
            person_id=person_id,
            appointment_id=None if about is None else about.id,
            not_after=not_after,
        )

    def _mail(
        self, mailbox: Mailbox, kind: Kind, about: Appointment, screen: Screen, key: str
    ) -> None:
        first_talk = appointments.is_first_talk(self.tx, about)
        mail = StaffMail(kind, Screen(screen.paragraphs), about, first_talk)
        put_mail(self.tx, mailbox, mail, key, useful_until(mail), self.now)
