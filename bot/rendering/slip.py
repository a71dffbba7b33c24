"""The slip of paper for a client without Telegram: an appointment in the client's language.

The QR code lets its owner claim the appointment in Telegram; the code on it only names it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.conversation import phone_lines, public_names, slip_warnings, way_of_talking
from bot.conversation.content import Code, Day, Name, Say, Time
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.contacts import Contact, PublicName, contact, public_name, to_call
from bot.domain.routing import nearest_stop
from bot.rendering import direction
from bot.rendering.catalogues import Catalogues
from bot.rendering.slip_sheet import Sheet, SheetLine, pdf
from bot.rendering.text import Writer, capital

LABEL, PLAIN, CLEAR = 10.0, 11.0, 13.0


def slip(
    appointment: Appointment, city: City, catalogues: Catalogues, claim_link: str, now: int
) -> bytes:
    """The slip as a PDF of one A6 page; `now` is its creation date (UTC epoch seconds)."""
    return pdf(sheet(appointment, city, catalogues, claim_link), datetime.fromtimestamp(now, UTC))


def sheet(appointment: Appointment, city: City, catalogues: Catalogues, claim_link: str) -> Sheet:
    """What stands on it. Whom the city file names no longer stands on no slip."""
    writer = Writer(catalogues, city, appointment.language, html=False)
    return Sheet(
        title=appointment.code,
        language=appointment.language,
        right_to_left=writer.style.right_to_left,
        lines=tuple(_lines(appointment, city, writer)),
        beside=_beside(appointment, writer),
        link=claim_link,
    )


def _lines(appointment: Appointment, city: City, writer: Writer) -> Iterator[SheetLine]:
    called = to_call(city, appointment)
    yield from _when(appointment, writer)
    if called is None:
        yield from _where(appointment, city, writer)
    else:
        yield from _whom_to_call(called, appointment, city, writer)
    if person := city.case_manager.get(appointment.case_manager_id):
        yield _label("slip.with", writer)
        yield _name(public_name(city, person), writer)
    bring = way_of_talking.told(city, appointment, "appointment.bring")
    yield SheetLine(writer.value(bring), PLAIN, above=2)
    for line in slip_warnings.warnings(city, appointment):
        yield SheetLine(writer.value(line).partition(" ")[2], PLAIN, above=1)
    yield SheetLine(writer.value(Say("appointment.free")), PLAIN, above=1)
    if called is not None:
        yield SheetLine(writer.value(Say("slip.call_before")), PLAIN, above=1)
    elif given := contact(city, appointment.case_manager_id, appointment.office_id):
        yield SheetLine(writer.value(Say("slip.call")), PLAIN, above=1)
        yield from _number(given, writer)


def _name(name: PublicName, writer: Writer) -> SheetLine:
    if isinstance(name, str):
        return SheetLine(name, CLEAR, bold=True, latin=True)
    return SheetLine(direction.bare(writer.value(public_names.shown(name))), CLEAR, bold=True)


def _when(appointment: Appointment, writer: Writer) -> Iterator[SheetLine]:
    day = writer.value(Day(appointment.start))
    when = Say("slip.time", {"time": Time(appointment.start)})
    yield SheetLine(writer.value(Say("slip.title")), PLAIN)
    yield SheetLine(capital(day), 17, bold=True)
    yield SheetLine(writer.value(when), 24, bold=True)


def _where(appointment: Appointment, city: City, writer: Writer) -> Iterator[SheetLine]:
    if office := city.office.get(appointment.office_id):
        yield _label("slip.where", writer)
        yield SheetLine(office.street, CLEAR, bold=True, latin=True)
        yield SheetLine(f"{office.postal_code} {office.town}", CLEAR, latin=True)
        yield SheetLine(office.provider, PLAIN, latin=True)
        if stop := nearest_stop(city, office):
            yield SheetLine(writer.value(Say("slip.stop", {"stop": Name(stop.name)})), PLAIN)


def _whom_to_call(
    called: Contact, appointment: Appointment, city: City, writer: Writer
) -> Iterator[SheetLine]:
    yield _label("slip.by_phone", writer)
    yield from _number(called, writer)
    yield SheetLine(writer.value(phone_lines.what_to_say(city, appointment)), PLAIN, above=1)


def _number(given: Contact, writer: Writer) -> Iterator[SheetLine]:
    yield SheetLine(given.phone, CLEAR, bold=True, latin=True)
    yield SheetLine(capital(writer.value(phone_lines.whose(given))), PLAIN)


def _label(key: str, writer: Writer) -> SheetLine:
    return SheetLine(writer.value(Say(key)), LABEL, above=1.5)


def _beside(appointment: Appointment, writer: Writer) -> tuple[SheetLine, ...]:
    code = Say("slip.code", {"code": Code(appointment.code)})
    return (
        SheetLine(writer.value(code), 15, bold=True),
        SheetLine(writer.value(Say("slip.scan")), LABEL, above=1.5),
    )
