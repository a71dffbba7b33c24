"""Slips of paper, wherever they are asked for: on the page, or in a chat of the staff."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.rendering.catalogues import Catalogues


@dataclass(frozen=True, slots=True)
class SlipPrinter:
    """Makes slips at the moment `now` tells, in UTC epoch seconds.

    Shaping the text of one takes a fifth of a second, in which nobody should have to wait.
    """

    city: City
    texts: Catalogues
    now: Callable[[], int]

    def pdf(self, about: Appointment, link: str) -> bytes:
        """The slip of an appointment, whose QR code holds `link`."""
        # Loaded with the first slip: what makes PDFs takes as long to load as half of the rest.
        from bot.rendering.slip import slip

        return slip(about, self.city, self.texts, link, self.now())


def file_name(about: Appointment) -> str:
    """What a slip is called where it is kept."""
    return f"{about.code}.pdf"
