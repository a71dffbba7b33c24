"""From an outbox row to a call: what it says is decided when it is sent, not when it is planned."""

import json
from dataclasses import dataclass

from bot.conversation import content, presses
from bot.conversation.content import Button, Code, Day, Line, Screen, Time, say
from bot.conversation.screens.confirming import who_and_where
from bot.delivery.channel import (
    BlankMessage,
    Call,
    DeleteMessage,
    DeleteMessages,
    EditMessage,
    NewMessage,
    OfferLocationKey,
    SendFile,
    SendPin,
    SendSlip,
    StripButtons,
    TakeKeyboard,
)
from bot.domain import local_time
from bot.domain.appointment import Appointment, Status
from bot.domain.city import City
from bot.domain.working_hours import may_ring
from bot.rendering.calendar_file import calendar_file
from bot.rendering.chat_message import Message, Renderer
from bot.rendering.data_export import DataExportText
from bot.rendering.text import Writer
from bot.services import walk_in_bookings
from bot.storage.engine.database import Tx
from bot.storage.queues.claimed_messages import ClaimedMessage
from bot.storage.records import appointments
from bot.storage.upkeep import personal_data
from bot.storage.upkeep.personal_data import PersonalData
from bot.storage.vault import Vault

HOLDINGS_FILE = "data.txt"
SEALED = ("chat_sealed", "payload_sealed")


@dataclass(frozen=True, slots=True)
class MessageComposer:
    """Writes the call of a claimed row, in the recipient's language of this moment."""

    city: City
    renderer: Renderer
    vault: Vault

    def call(self, tx: Tx, claimed: ClaimedMessage, now: int) -> Call | None:
        """The call, or None for a row that is about something no longer true."""
        match claimed.kind:
            case "screen":
                return self._screen(claimed)
            case "notice":
                return self._notice(claimed, now)
            case "message":
                return NewMessage(self._message(claimed))
            case "reminder" | "calendar_file" | "slip" | "holdings":
                with tx.savepoint():  # an error leaves the rows claimed together with it alone
                    return self._looked_up(tx, claimed, now)
            case "pin":
                return self._pin(claimed)
            case "ask_location":
                key = self._writer(claimed).value(say("place.share_key"))
                return OfferLocationKey(self._message(claimed).text, key)
            case "take_keyboard":
                return TakeKeyboard(self._message(claimed).text)
            case "delete":
                return DeleteMessage(json.loads(claimed.content)["message"])
            case "delete_all":
                return DeleteMessages(tuple(json.loads(claimed.content)["messages"]))
            case "blank":
                return BlankMessage(json.loads(claimed.content)["message"])
            case "strip":
                return StripButtons(json.loads(claimed.content)["message"])
        raise ValueError(f"outbox row of unknown kind {claimed.kind}")

    def _notice(self, claimed: ClaimedMessage, now: int) -> Call:
        """It is of no use after its appointment, which tells when that is."""
        about = claimed.not_after
        silent = about is not None and not may_ring(self.city, about, now)
        return NewMessage(self._message(claimed), protected=True, silent=silent)

    def _looked_up(self, tx: Tx, claimed: ClaimedMessage, now: int) -> Call | None:
        if claimed.kind == "reminder":
            return self._reminder(tx, claimed, now)
        if claimed.kind == "calendar_file":
            return self._file(tx, claimed, now)
        if claimed.kind == "slip":
            return self._slip(tx, claimed, now)
        return self._holdings(tx, claimed, now)

    def _screen(self, claimed: ClaimedMessage) -> Call:
        message, live = self._message(claimed), claimed.live_message
        if live is not None and live >= claimed.last_message:
            return EditMessage(live, message)
        return NewMessage(message)

    def _reminder(self, tx: Tx, claimed: ClaimedMessage, now: int) -> Call | None:
        about = appointments.by_id(tx, claimed.appointment_id or 0)
        sequence = json.loads(claimed.content)["sequence"]
        if about is None or about.status is not Status.BOOKED or about.sequence != sequence:
            return None
        if about.start <= now:
            return None
        details = who_and_where(self.city, about.case_manager_id, about.office_id)
        told = (self._when(about, now), *(details if claimed.reminder_details else ()))
        screen = _reminder(about, told)
        return NewMessage(self.renderer.message(screen, claimed.language))

    def _when(self, about: Appointment, now: int) -> Line:
        zone = self.city.rules.time_zone
        days = (local_time.local_day(about.start, zone) - local_time.local_day(now, zone)).days
        time, code = Time(about.start), Code(about.code)
        if days == 0:
            return say("reminder.today", time=time, code=code)
        if days == 1:
            return say("reminder.tomorrow", time=time, code=code)
        return say("reminder.on_day", day=Day(about.start), time=time, code=code)

    def _file(self, tx: Tx, claimed: ClaimedMessage, now: int) -> Call | None:
        about = appointments.by_id(tx, json.loads(claimed.content)["appointment"])
        if about is None or about.person_id != claimed.person_id:
            return None
        title = f"Termin {about.code}"
        return SendFile(f"Termin-{about.code}.ics", calendar_file(about, title, self.city, now))

    def _slip(self, tx: Tx, claimed: ClaimedMessage, now: int) -> Call | None:
        about = appointments.by_id(tx, json.loads(claimed.content)["appointment"])
        token = None if about is None else walk_in_bookings.slip_token(tx, self.vault, about, now)
        return SendSlip(about, walk_in_bookings.PREFIX + token) if about and token else None

    def _holdings(self, tx: Tx, claimed: ClaimedMessage, now: int) -> Call:
        held = _opened(personal_data.of(tx, claimed.person_id), self.vault)
        text = DataExportText(self._writer(claimed), self.city).text(held, now)
        # The mark at its beginning tells old readers that the file is UTF-8.
        return SendFile(HOLDINGS_FILE, text.encode("utf-8-sig"))

    def _pin(self, claimed: ClaimedMessage) -> Call:
        office = self.city.office[json.loads(claimed.content)["office"]]
        at, address = office.position, f"{office.street}, {office.postal_code} {office.town}"
        return SendPin(at.latitude, at.longitude, office.provider, address)

    def _message(self, claimed: ClaimedMessage) -> Message:
        return self.renderer.message(content.from_json(claimed.content), claimed.language)

    def _writer(self, claimed: ClaimedMessage) -> Writer:
        language = claimed.language or self.city.languages[0]
        return Writer(self.renderer.catalogues, self.city, language, html=False)


def _reminder(about: Appointment, told: tuple[Line, ...]) -> Screen:
    answers = (("coming", "reminder.coming"), ("cancel", "reminder.cannot"))
    rows = [
        (Button(say(label), presses.encode(action, None, str(about.id))),)
        for action, label in (*answers, ("details", "reminder.details"))
    ]
    return Screen((told,), tuple(rows))


def _opened(held: PersonalData, vault: Vault) -> PersonalData:
    """The rows with what is sealed in them made readable."""
    return {
        table: [
            {n: vault.open(v).decode() if n in SEALED else v for n, v in row.items()}
            for row in rows
        ]
        for table, rows in held.items()
    }
