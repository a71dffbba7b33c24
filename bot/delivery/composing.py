"""From an outbox row to a call: what it says is decided when it is sent, not when it is planned."""

from dataclasses import dataclass

from bot.conversation.content import Screen, say
from bot.delivery import files
from bot.delivery.channel import (
    BlankMessage,
    Call,
    DeleteMessage,
    DeleteMessages,
    EditMessage,
    NewMessage,
    OfferLocationKey,
    RemoveKeyboard,
    RewriteMessage,
    ShowPin,
    StripButtons,
)
from bot.domain.calendar import Calendar
from bot.domain.working_hours import may_ring
from bot.messages import (
    access_news,
    client_news,
    confirmations,
    digests,
    free_time,
    notices,
    operator_news,
    payloads,
    reminders,
)
from bot.messages.access_news import AccessMade
from bot.messages.client_news import AskedNews, ClientNews
from bot.messages.confirmations import Confirmation, Outdated
from bot.messages.digests import Digest
from bot.messages.free_time import FreeTimeNews
from bot.messages.notices import Notice
from bot.messages.operator_news import (
    ClockWrong,
    Orphaned,
    Unattended,
    Undelivered,
    UpdatesKept,
)
from bot.messages.payloads import (
    AskLocation,
    CalendarFile,
    DataExport,
    LiveScreen,
    Payload,
    Pin,
    Slip,
    TakeKeyboard,
    Text,
)
from bot.messages.reminders import Reminder
from bot.messages.tidying import Blank, Delete, DeleteAll, Strip
from bot.messages.version_0_1 import EarlierNotice
from bot.rendering.chat_message import Message, Renderer
from bot.rendering.text import Writer
from bot.services.unit import Unit
from bot.storage.queues.claimed_messages import ClaimedMessage
from bot.storage.records import appointments, sent_messages

LookedUp = Confirmation | Outdated | Reminder | AskedNews | CalendarFile | Slip | DataExport
"""What is looked up when it is sent: all it says, or whether it still holds."""


@dataclass(frozen=True, slots=True)
class MessageComposer:
    """Writes the call of a claimed row, in the recipient's language of this moment."""

    renderer: Renderer

    def call(
        self, unit: Unit, claimed: ClaimedMessage, payload: Payload | None = None
    ) -> Call | None:
        """The call, or None for a row that is about something no longer true.

        `payload` is what was written, where that is still at hand. Raises ValueError for a row
        that cannot be read.
        """
        if payload is None:
            payload = payloads.decode(claimed.kind, claimed.content)
        if isinstance(payload, LookedUp):
            with unit.tx.savepoint():  # an error leaves the rows claimed together with it alone
                return self._looked_up(unit, claimed, payload)
        return self._frozen(unit, claimed, payload)

    def _frozen(self, unit: Unit, claimed: ClaimedMessage, payload: Payload) -> Call:
        match payload:
            case LiveScreen(screen):
                return self._live(claimed, screen)
            case Text(screen):
                return self._new(claimed, screen)
            case EarlierNotice(screen):
                return self._for_staff(unit, claimed, screen, claimed.not_after)
            case Notice(_, about):
                screen = notices.screen(payload, unit.city)
                return self._for_staff(unit, claimed, screen, about.start, about.office_id)
            case Digest():
                screen = digests.screen(payload, unit.city)
                return self._for_staff(unit, claimed, screen, payload.begins)
            case AccessMade():
                return self._for_staff(unit, claimed, access_news.screen(payload), None)
            case _ if isinstance(payload, ClientNews):
                return self._new(claimed, client_news.screen(payload, unit.city))
            case FreeTimeNews():
                return self._new(claimed, free_time.screen(payload))
            case Undelivered() | Unattended() | Orphaned() | UpdatesKept() | ClockWrong():
                return self._new(claimed, operator_news.screen(payload, unit.city))
            case _:
                return self._about_the_chat(unit, claimed, payload)

    def _about_the_chat(self, unit: Unit, claimed: ClaimedMessage, payload: Payload) -> Call:
        match payload:
            case Pin(office_id):
                return _pin(unit, office_id)
            case AskLocation():
                key = self._writer(unit, claimed).value(say("place.share_key"))
                return OfferLocationKey(self._told(claimed, "place.share"), key)
            case TakeKeyboard():
                return RemoveKeyboard(self._told(claimed, "place.keyboard_gone"))
            case Delete(message):
                return DeleteMessage(message)
            case DeleteAll(messages):
                return DeleteMessages(messages)
            case Blank(message):
                return BlankMessage(message)
            case Strip(message):
                return StripButtons(message)
        raise ValueError(f"no message for a chat: {claimed.kind}")

    def _looked_up(self, unit: Unit, claimed: ClaimedMessage, payload: LookedUp) -> Call | None:
        match payload:
            case Confirmation():
                return self._confirmation(unit, claimed, payload)
            case Reminder():
                return self._reminder(unit, claimed, payload)
            case AskedNews():
                return self._asked(unit, claimed, payload)
            case Outdated():
                return self._outdated(unit, claimed, payload)
            case CalendarFile(appointment_id):
                writer = self._writer(unit, claimed)
                return files.of_appointment(unit, claimed, writer, appointment_id)
            case Slip(appointment_id):
                return files.slip(unit, appointment_id)
            case DataExport():
                return files.data_export(unit, claimed, self._writer(unit, claimed))

    def _confirmation(
        self, unit: Unit, claimed: ClaimedMessage, confirmation: Confirmation
    ) -> Call | None:
        """Where it holds no more, the question that it was to take the place of is gone as well.

        Where that was pressed twice, it has become the screen again, and stays.
        """
        about = appointments.by_id(unit.tx, claimed.appointment_id or 0)
        asked = None if confirmation.message == claimed.live_message else confirmation.message
        if about is None or not confirmations.holds(confirmation, about):
            return None if asked is None else DeleteMessage(asked)
        said = self._message(claimed, confirmations.screen(about, unit.city))
        return NewMessage(said) if asked is None else RewriteMessage(asked, said)

    def _outdated(self, unit: Unit, claimed: ClaimedMessage, gone: Outdated) -> Call | None:
        """Nothing where the message has become the screen, or speaks of a time that stands."""
        live = gone.message == claimed.live_message
        if live or sent_messages.is_of_a_time(unit.tx, claimed.person_id, gone.message):
            return None
        said = self._message(claimed, confirmations.outdated(gone))
        return RewriteMessage(gone.message, said)

    def _live(self, claimed: ClaimedMessage, screen: Screen) -> Call:
        message, live = self._message(claimed, screen), claimed.live_message
        if live is not None and live >= claimed.last_message:
            return EditMessage(live, message)
        return NewMessage(message)

    def _new(self, claimed: ClaimedMessage, screen: Screen) -> Call:
        return NewMessage(self._message(claimed, screen))

    def _for_staff(
        self,
        unit: Unit,
        claimed: ClaimedMessage,
        screen: Screen,
        begins: int | None,
        office_id: str | None = None,
    ) -> Call:
        """It cannot be forwarded, and rings only where somebody is at work or it is for today."""
        calendar = Calendar.of(unit.city, office_id)
        silent = begins is not None and not may_ring(calendar, begins, unit.now)
        return NewMessage(self._message(claimed, screen), protected=True, silent=silent)

    def _reminder(self, unit: Unit, claimed: ClaimedMessage, reminder: Reminder) -> Call | None:
        about = appointments.by_id(unit.tx, claimed.appointment_id or 0)
        if about is None or not reminders.still_holds(reminder, about, unit.now):
            return None
        with_details = claimed.reminder_details
        screen = reminders.screen(about, unit.city, unit.now, with_details=with_details)
        return self._new(claimed, screen)

    def _asked(self, unit: Unit, claimed: ClaimedMessage, news: AskedNews) -> Call | None:
        about = appointments.by_id(unit.tx, claimed.appointment_id or 0)
        if about is None or not client_news.still_asks(news, about, unit.now):
            return None
        return self._new(claimed, client_news.screen(news, unit.city))

    def _message(self, claimed: ClaimedMessage, screen: Screen) -> Message:
        return self.renderer.message(screen, claimed.language)

    def _told(self, claimed: ClaimedMessage, key: str) -> str:
        return self._message(claimed, Screen(((say(key),),))).text

    def _writer(self, unit: Unit, claimed: ClaimedMessage) -> Writer:
        language = claimed.language or unit.city.languages[0]
        return Writer(self.renderer.catalogues, unit.city, language, html=False)


def _pin(unit: Unit, office_id: str) -> Call:
    """Raises ValueError for an office that the city file names no longer."""
    office = unit.city.office.get(office_id)
    if office is None:
        raise ValueError("no such office")
    at, address = office.position, f"{office.street}, {office.postal_code} {office.town}"
    return ShowPin(at.latitude, at.longitude, office.provider, address)
