"""The files that go into a chat, made when they are sent."""

from typing import Any

from bot.conversation import discretion, phone_lines, way_of_talking
from bot.conversation.content import Code, say
from bot.delivery.channel import Call, UploadFile, UploadSlip
from bot.messages import payloads
from bot.messages.payloads import Kind, LiveScreen
from bot.rendering import direction
from bot.rendering.calendar_file import calendar_file
from bot.rendering.data_export import DataExportText
from bot.rendering.text import Writer
from bot.services import walk_in_bookings
from bot.services.unit import Unit
from bot.storage.queues.claimed_messages import ClaimedMessage
from bot.storage.records import appointments
from bot.storage.upkeep import personal_data
from bot.storage.upkeep.personal_data import PersonalData
from bot.storage.vault import Vault

SEALED = ("chat_sealed", "payload_sealed")
UNTOLD = "…"


def of_appointment(
    unit: Unit, claimed: ClaimedMessage, writer: Writer, appointment_id: int
) -> Call | None:
    """The appointment for the phone's calendar; None if it is not the recipient's."""
    about = appointments.by_id(unit.tx, appointment_id)
    if about is None or about.person_id != claimed.person_id:
        return None
    lines = phone_lines.to_be_noted(unit.city, about)
    noted = map(writer.line, lines if claimed.reminder_details else ())
    named = way_of_talking.told(unit.city, about, "calendar_file.title", code=Code(about.code))
    title = direction.bare(writer.value(named))
    made = calendar_file(about, title, unit.city, unit.now, direction.bare("\n".join(noted)))
    return UploadFile(f"{title.replace(' ', '-')}.ics", made)


def slip(unit: Unit, appointment_id: int) -> Call | None:
    """The slip of paper; None where there is nothing to take over any more."""
    about = appointments.by_id(unit.tx, appointment_id)
    token = None if about is None else walk_in_bookings.slip_token(unit, about)
    return UploadSlip(about, walk_in_bookings.PREFIX + token) if about and token else None


def data_export(unit: Unit, claimed: ClaimedMessage, writer: Writer) -> Call:
    """Everything that is held about the recipient, but for what must leave no trace in a chat."""
    held = _discreet(_opened(personal_data.of(unit.tx, claimed.person_id), unit.vault))
    text = DataExportText(writer, unit.city).text(held, unit.now)
    # The mark at its beginning tells old readers that the file is UTF-8.
    name = direction.bare(writer.value(say("data_export.file_name")))
    return UploadFile(f"{name}.txt", text.encode("utf-8-sig"))


def _discreet(held: PersonalData) -> PersonalData:
    """The rows without what tells that somebody has looked at a secret screen."""
    return {
        table: [{name: _told(row, name) for name in row} for row in rows]
        for table, rows in held.items()
    }


def _told(row: dict[str, Any], name: str) -> Any:
    match name, row[name]:
        case "session", str(text):
            return discretion.without_secrets(text)
        case "content", str(text) if row.get("kind") == Kind.SCREEN:
            return UNTOLD if _is_traceless(text) else text
        case "payload_sealed", str(text) if discretion.asks_for_a_secret(text):
            return UNTOLD
        case _, value:
            return value


def _is_traceless(content: str) -> bool:
    """Whether nothing of this screen is to stay; of one that cannot be read, to be safe."""
    try:
        payload = payloads.decode(Kind.SCREEN, content)
    except ValueError:
        return True
    return isinstance(payload, LiveScreen) and payload.screen.traceless


def _opened(held: PersonalData, vault: Vault) -> PersonalData:
    """The rows with what is sealed in them made readable."""
    return {
        table: [
            {n: vault.open(v).decode() if n in SEALED else v for n, v in row.items()}
            for row in rows
        ]
        for table, rows in held.items()
    }
