"""The slip of paper for a client without Telegram: an appointment in the client's language.

The QR code lets its owner claim the appointment in Telegram; the code on it only names it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from bot.conversation.content import Code, Day, Say, Time
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.contacts import public_name
from bot.rendering.catalogues import Catalogues
from bot.rendering.slip_sheet import Sheet, SheetLine, pdf
from bot.rendering.text import Writer

LABEL, PLAIN, CLEAR = 10.0, 11.0, 13.0


def slip(
    appointment: Appointment, city: City, catalogues: Catalogues, claim_link: str, now: int
) -> bytes:
    """The slip as a PDF of one A6 page; `now` is its creation date (UTC epoch seconds).

    Whom the city file names no longer stands on no slip.
    """
    writer = Writer(catalogues, city, appointment.language, html=False)
    sheet = Sheet(
        title=appointment.code,
        language=appointment.language,
        right_to_left=writer.style.right_to_left,
        lines=tuple(_lines(appointment, city, writer)),
        beside=_beside(appointment, writer),
        link=claim_link,
    )
    return pdf(sheet, datetime.fromtimestamp(now, UTC))


def _lines(appointment: Appointment, city: City, writer: Writer) -> Iterator[SheetLine]:
    office = city.office.get(appointment.office_id)
    person = city.case_manager.get(appointment.case_manager_id)
    day = writer.value(Day(appointment.start))
    when = Say("slip.time", {"time": Time(appointment.start)})
    yield SheetLine(writer.value(Say("slip.title")), PLAIN)
    yield SheetLine(day[:1].upper() + day[1:], 17, bold=True)
    yield SheetLine(writer.value(when), 24, bold=True)
    if office is not None:
        yield SheetLine(writer.value(Say("slip.where")), LABEL, above=1.5)
        yield SheetLine(office.street, CLEAR, bold=True, latin=True)
        yield SheetLine(f"{office.postal_code} {office.town}", CLEAR, latin=True)
        yield SheetLine(office.provider, PLAIN, latin=True)
    if person is not None:
        yield SheetLine(writer.value(Say("slip.with")), LABEL, above=1.5)
        yield SheetLine(public_name(city, person), CLEAR, bold=True, latin=True)
    yield SheetLine(writer.value(Say("appointment.bring")), PLAIN, above=2)
    yield SheetLine(writer.value(Say("appointment.free")), PLAIN, above=1)
    if office is not None and office.phones:
        yield SheetLine(writer.value(Say("slip.call")), PLAIN, above=1)
        yield SheetLine(office.phones[0], CLEAR, bold=True, latin=True)


def _beside(appointment: Appointment, writer: Writer) -> tuple[SheetLine, ...]:
    code = Say("slip.code", {"code": Code(appointment.code)})
    return (
        SheetLine(writer.value(code), 15, bold=True),
        SheetLine(writer.value(Say("slip.scan")), LABEL, above=1.5),
    )
