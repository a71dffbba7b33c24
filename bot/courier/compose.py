"""From an outbox row to a call: what it says is decided when it is sent, not when it is planned."""

import json
from dataclasses import dataclass

from bot.conversation import content, presses
from bot.conversation.content import Button, Code, Day, Line, Screen, Time, say
from bot.conversation.screens.confirming import who_and_where
from bot.courier.channel import (
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
from bot.domain import wall
from bot.domain.appointments import Appointment, Status
from bot.domain.city import City
from bot.domain.working_hours import may_ring
from bot.rendering.calendar_file import calendar_file
from bot.rendering.holdings import HoldingsText
from bot.rendering.messages import Message, Renderer
from bot.rendering.text import Writer
from bot.storage import appointments, holdings
from bot.storage.database import Tx
from bot.storage.delivery import Parcel
from bot.storage.holdings import Holdings
from bot.storage.vault import Vault
from bot.turn import guests

HOLDINGS_FILE = "data.txt"
SEALED = ("chat_sealed", "payload_sealed")


@dataclass(frozen=True, slots=True)
class Composer:
    """Writes the call of a claimed row, in the recipient's language of this moment."""

    city: City
    renderer: Renderer
    vault: Vault

    def call(self, tx: Tx, parcel: Parcel, now: int) -> Call | None:
        """The call, or None for a row that is about something no longer true."""
        match parcel.kind:
            case "screen":
                return self._screen(parcel)
            case "notice":
                return self._notice(parcel, now)
            case "message":
                return NewMessage(self._message(parcel))
            case "reminder" | "calendar_file" | "slip" | "holdings":
                with tx.savepoint():  # an error leaves the rows claimed together with it alone
                    return self._looked_up(tx, parcel, now)
            case "pin":
                return self._pin(parcel)
            case "ask_location":
                key = self._writer(parcel).value(say("place.share_key"))
                return OfferLocationKey(self._message(parcel).text, key)
            case "take_keyboard":
                return TakeKeyboard(self._message(parcel).text)
            case "delete":
                return DeleteMessage(json.loads(parcel.content)["message"])
            case "delete_all":
                return DeleteMessages(tuple(json.loads(parcel.content)["messages"]))
            case "blank":
                return BlankMessage(json.loads(parcel.content)["message"])
            case "strip":
                return StripButtons(json.loads(parcel.content)["message"])
        raise ValueError(f"outbox row of unknown kind {parcel.kind}")

    def _notice(self, parcel: Parcel, now: int) -> Call:
        """It is of no use after its appointment, which tells when that is."""
        about = parcel.not_after
        silent = about is not None and not may_ring(self.city, about, now)
        return NewMessage(self._message(parcel), protected=True, silent=silent)

    def _looked_up(self, tx: Tx, parcel: Parcel, now: int) -> Call | None:
        if parcel.kind == "reminder":
            return self._reminder(tx, parcel, now)
        if parcel.kind == "calendar_file":
            return self._file(tx, parcel, now)
        if parcel.kind == "slip":
            return self._slip(tx, parcel, now)
        return self._holdings(tx, parcel, now)

    def _screen(self, parcel: Parcel) -> Call:
        message, live = self._message(parcel), parcel.live_message
        if live is not None and live >= parcel.last_message:
            return EditMessage(live, message)
        return NewMessage(message)

    def _reminder(self, tx: Tx, parcel: Parcel, now: int) -> Call | None:
        about = appointments.by_id(tx, parcel.appointment_id or 0)
        sequence = json.loads(parcel.content)["sequence"]
        if about is None or about.status is not Status.BOOKED or about.sequence != sequence:
            return None
        if about.start <= now:
            return None
        details = who_and_where(self.city, about.case_manager_id, about.office_id)
        told = (self._when(about, now), *(details if parcel.reminder_details else ()))
        screen = _reminder(about, told)
        return NewMessage(self.renderer.message(screen, parcel.language))

    def _when(self, about: Appointment, now: int) -> Line:
        zone = self.city.rules.time_zone
        days = (wall.local_day(about.start, zone) - wall.local_day(now, zone)).days
        time, code = Time(about.start), Code(about.code)
        if days == 0:
            return say("reminder.today", time=time, code=code)
        if days == 1:
            return say("reminder.tomorrow", time=time, code=code)
        return say("reminder.on_day", day=Day(about.start), time=time, code=code)

    def _file(self, tx: Tx, parcel: Parcel, now: int) -> Call | None:
        about = appointments.by_id(tx, json.loads(parcel.content)["appointment"])
        if about is None or about.person_id != parcel.person_id:
            return None
        title = f"Termin {about.code}"
        return SendFile(f"Termin-{about.code}.ics", calendar_file(about, title, self.city, now))

    def _slip(self, tx: Tx, parcel: Parcel, now: int) -> Call | None:
        about = appointments.by_id(tx, json.loads(parcel.content)["appointment"])
        token = None if about is None else guests.slip_token(tx, self.vault, about, now)
        return SendSlip(about, guests.PREFIX + token) if about and token else None

    def _holdings(self, tx: Tx, parcel: Parcel, now: int) -> Call:
        held = _opened(holdings.of(tx, parcel.person_id), self.vault)
        text = HoldingsText(self._writer(parcel), self.city).text(held, now)
        # The mark at its beginning tells old readers that the file is UTF-8.
        return SendFile(HOLDINGS_FILE, text.encode("utf-8-sig"))

    def _pin(self, parcel: Parcel) -> Call:
        office = self.city.office[json.loads(parcel.content)["office"]]
        at, address = office.position, f"{office.street}, {office.postal_code} {office.town}"
        return SendPin(at.latitude, at.longitude, office.provider, address)

    def _message(self, parcel: Parcel) -> Message:
        return self.renderer.message(content.from_json(parcel.content), parcel.language)

    def _writer(self, parcel: Parcel) -> Writer:
        language = parcel.language or self.city.languages[0]
        return Writer(self.renderer.catalogues, self.city, language, html=False)


def _reminder(about: Appointment, told: tuple[Line, ...]) -> Screen:
    answers = (("coming", "reminder.coming"), ("cancel", "reminder.cannot"))
    rows = [
        (Button(say(label), presses.encode(action, None, str(about.id))),)
        for action, label in (*answers, ("details", "reminder.details"))
    ]
    return Screen((told,), tuple(rows))


def _opened(held: Holdings, vault: Vault) -> Holdings:
    """The rows with what is sealed in them made readable."""
    return {
        table: [
            {n: vault.open(v).decode() if n in SEALED else v for n, v in row.items()}
            for row in rows
        ]
        for table, rows in held.items()
    }
