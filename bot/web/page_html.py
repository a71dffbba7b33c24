"""The pages behind the links of a mail: facts become HTML. No script, one inlined style.

What stands around the facts is said in the first language of the staff.

GET shows a page and only POST acts, since mail scanners follow links. A page loads nothing, and
its address, which opens it, is told to nobody.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.rendering.catalogues import Catalogues
from bot.web.form_facts import AnotherTimeFacts, AskingFacts, BookingDayFacts, BookingFacts
from bot.web.page_facts import (
    AppointmentFacts,
    ConfirmFacts,
    DeskFacts,
    DoneFacts,
    PersonFacts,
)

FOLDER = Path(__file__).parent / "templates"
STYLE = (FOLDER / "style.css").read_text(encoding="utf-8")
_STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
"""What every page is sent with."""

_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals["style"] = STYLE


def appointment_page(facts: AppointmentFacts, texts: Catalogues) -> str:
    """One appointment with what can be done about it."""
    return _page("appointment", facts, texts)


def another_time_page(facts: AnotherTimeFacts, texts: Catalogues) -> str:
    """Another time for an appointment."""
    return _page("another_time", facts, texts)


def asking_page(facts: AskingFacts, texts: Catalogues) -> str:
    """Up to three times about which a client is asked."""
    return _page("asking", facts, texts)


def person_page(facts: PersonFacts, texts: Catalogues) -> str:
    """A case manager's days, and the forms that close hours and days."""
    return _page("person", facts, texts)


def booking_day_page(facts: BookingDayFacts, texts: Catalogues) -> str:
    """The days on which somebody can be booked for."""
    return _page("booking_day", facts, texts)


def booking_page(facts: BookingFacts, texts: Catalogues) -> str:
    """The form that books for a client without Telegram, on one day."""
    return _page("booking", facts, texts)


def desk_page(facts: DeskFacts, texts: Catalogues) -> str:
    """The day of an office, for the front desk; made to be printed."""
    return _page("desk", facts, texts)


def confirm_page(facts: ConfirmFacts, texts: Catalogues) -> str:
    """Whether it shall really be done."""
    return _page("confirm", facts, texts)


def done_page(facts: DoneFacts, texts: Catalogues) -> str:
    """What was done, with a way to take it back."""
    return _page("done", facts, texts)


def gone_page(texts: Catalogues) -> str:
    """The answer to every link that opens nothing: wrong, expired and revoked are alike."""
    return _page("gone", None, texts)


def _page(name: str, facts: object, texts: Catalogues) -> str:
    def say(key: str, **values: object) -> str:
        message = texts.message(texts.staff_language, key)
        return message.format(**values) if values else message

    page = _TEMPLATES.get_template(f"{name}.html")
    return page.render(facts=facts, say=say, language=texts.staff_language)
