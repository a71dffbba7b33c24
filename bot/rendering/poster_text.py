"""The poster for whoever sends people: what this is, in every language, and a QR code to begin.

With an office it names that, and its number; else the number that answers for all, if there is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.conversation.content import Say
from bot.domain.city import City, Office
from bot.domain.contacts import Contact, Whose, for_all, of_office
from bot.rendering import poster_sheet
from bot.rendering.catalogues import Catalogues
from bot.rendering.poster_sheet import PaperSize, PosterLine, PosterSheet, WordRow
from bot.rendering.text import Writer

WHAT, HOW = 17.5, 14.5
ARABIC_IS_SMALL = 1.15
"""Its letters are lower than Latin ones of the same size."""
WORD, NUMBER = 12.0, 22.0
PROVIDER, ADDRESS, WHOSE = 15.0, 14.0, 12.0


@dataclass(frozen=True, slots=True)
class Poster:
    """What is printed: where its code leads, and for which office, if for one."""

    city: City
    catalogues: Catalogues
    link: str
    office: Office | None = None

    def pdf(self, size: PaperSize, now: int) -> bytes:
        """One page; `now` is its creation date (UTC epoch seconds)."""
        first = self.city.languages[0]
        sheet = PosterSheet(
            title=self.city.text(first, "city") or self.city.id,
            language=first,
            link=self.link,
            address=self.link.removeprefix("https://").partition("?")[0],
            texts=tuple(map(block, self._writers())),
            foot=tuple(self._foot()),
        )
        return poster_sheet.pdf(sheet, size, datetime.fromtimestamp(now, UTC))

    def _writers(self) -> Iterator[Writer]:
        for language in self.city.languages:
            yield Writer(self.catalogues, self.city, language, html=False)

    def _foot(self) -> Iterator[PosterLine | WordRow]:
        if self.office is not None:
            yield PosterLine(self.office.provider, PROVIDER, bold=True, above=5)
            town = f"{self.office.postal_code} {self.office.town}"
            yield PosterLine(f"{self.office.street}, {town}", ADDRESS)
        if number := self._number():
            yield WordRow(tuple(self._words()), above=4)
            yield PosterLine(number.phone, NUMBER, bold=True)
            if number.whose is Whose.PERSON and isinstance(number.name, str):
                yield PosterLine(number.name, WORD)
        organisation = self.city.text(self.city.languages[0], "organisation") or ""
        yield PosterLine(organisation, WHOSE, above=3)

    def _number(self) -> Contact | None:
        if self.office is None:
            return for_all(self.city)
        return next(iter(of_office(self.city, self.office)), None)

    def _words(self) -> Iterator[PosterLine]:
        """What a telephone is called, each word once."""
        words = {
            writer.value(Say("poster.phone")): writer.style.right_to_left
            for writer in self._writers()
        }
        for word, from_right in words.items():
            yield PosterLine(word, WORD, right_to_left=from_right)


def block(writer: Writer) -> tuple[PosterLine, ...]:
    """What it says in one language."""
    from_right = writer.style.right_to_left
    what, how = writer.value(Say("poster.what")), writer.value(Say("poster.how"))
    larger = ARABIC_IS_SMALL if from_right else 1
    return (
        PosterLine(what, WHAT * larger, bold=True, right_to_left=from_right),
        PosterLine(how, HOW * larger, right_to_left=from_right),
    )
