"""From an outbox row to a call: what it says is decided when it is sent, not when it is planned."""

import json
from dataclasses import dataclass

from bot.conversation import content, presses
from bot.conversation.content import Button, Code, Day, Line, Screen, Time, say
from bot.courier.channel import (
    Call,
    DeleteMessage,
    EditMessage,
    NewMessage,
    OfferLocationKey,
    SendFile,
    SendPin,
    StripButtons,
    TakeKeyboard,
)
from bot.domain import wall
from bot.domain.appointments import Appointment, Status
from bot.domain.city import City
from bot.rendering.calendar_file import calendar_file
from bot.rendering.messages import Message, Renderer
from bot.rendering.text import Writer
from bot.storage import appointments
from bot.storage.database import Tx
from bot.storage.outbox import Parcel


@dataclass(frozen=True, slots=True)
class Composer:
    """Writes the call of a claimed row, in the recipient's language of this moment."""

    city: City
    renderer: Renderer

    def call(self, tx: Tx, parcel: Parcel, now: int) -> Call | None:
        """The call, or None for a row that is about something no longer true."""
        match parcel.kind:
            case "screen":
                return self._screen(parcel)
            case "notice":
                return NewMessage(self._message(parcel), protected=True)
            case "message":
                return NewMessage(self._message(parcel))
            case "reminder":
                return self._reminder(tx, parcel, now)
            case "calendar_file":
                return self._file(tx, parcel, now)
            case "pin":
                return self._pin(parcel)
            case "ask_location":
                key = self._writer(parcel).value(say("place.share_key"))
                return OfferLocationKey(self._message(parcel).text, key)
            case "take_keyboard":
                return TakeKeyboard(self._message(parcel).text)
            case "delete":
                return DeleteMessage(json.loads(parcel.content)["message"])
            case "strip":
                return StripButtons(json.loads(parcel.content)["message"])
        raise ValueError(f"outbox row of unknown kind {parcel.kind}")

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
        screen = _reminder(about, self._when(about, now))
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

    def _pin(self, parcel: Parcel) -> Call:
        office = self.city.office[json.loads(parcel.content)["office"]]
        at, address = office.position, f"{office.street}, {office.postal_code} {office.town}"
        return SendPin(at.latitude, at.longitude, office.provider, address)

    def _message(self, parcel: Parcel) -> Message:
        return self.renderer.message(content.from_json(parcel.content), parcel.language)

    def _writer(self, parcel: Parcel) -> Writer:
        language = parcel.language or self.city.languages[0]
        return Writer(self.renderer.catalogues, self.city, language, html=False)


def _reminder(about: Appointment, when: Line) -> Screen:
    answers = (("coming", "reminder.coming"), ("cancel", "reminder.cannot"))
    rows = [
        (Button(say(label), presses.encode(action, None, str(about.id))),)
        for action, label in (*answers, ("details", "reminder.details"))
    ]
    return Screen(((when,),), tuple(rows))
