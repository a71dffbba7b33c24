"""How the staff's pages write moments, languages and wishes: in German."""

from datetime import date

from babel import Locale
from babel.dates import format_date

from bot.conversation import phone_lines
from bot.conversation.history_lines import HistoryLine
from bot.conversation.staff_lines import MarkedLine
from bot.conversation.staff_wishes import wished
from bot.domain import local_time
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.rendering.text import Writer
from bot.web.page_facts import Happening, News

GERMAN = Locale("de")
DESK_MUST_KNOW = "Der Empfang muss es wissen."


def written_day(day: date) -> str:
    """Such as "Mittwoch, 4. Februar"."""
    return str(format_date(day, "EEEE, d. MMMM", locale=GERMAN))


def full_day(day: date) -> str:
    """Such as "4. Februar 2026"."""
    return str(format_date(day, "d. MMMM y", locale=GERMAN))


def weekday(day: date) -> str:
    """Such as "Mittwoch"."""
    return str(format_date(day, "EEEE", locale=GERMAN))


def clock(moment: int, city: City) -> str:
    """The time on the wall, such as "09:12", of UTC epoch seconds."""
    return f"{local_time.local(moment, city.rules.time_zone):%H:%M}"


def moment(at: int, city: City) -> str:
    """Such as "Mittwoch, 4. Februar, 09:12 Uhr", of UTC epoch seconds."""
    return f"{written_day(local_time.local_day(at, city.rules.time_zone))}, {clock(at, city)} Uhr"


def stretch(start: int, end: int, city: City) -> str:
    """A closed time of UTC epoch seconds: whole days, hours of one, or from here to there."""
    zone = city.rules.time_zone
    first, last = (local_time.local_day(at, zone) for at in (start, end - 1))
    midnights = local_time.day_bounds(first, zone)[0], local_time.day_bounds(last, zone)[1]
    if (start, end) == midnights:
        days = dict.fromkeys((written_day(first), written_day(last)))
        return " bis ".join(days)
    ends = "24:00" if end == midnights[1] else clock(end, city)
    if first == last:
        return f"{written_day(first)}, {clock(start, city)} bis {ends} Uhr"
    return f"{written_day(first)}, {clock(start, city)} Uhr bis {written_day(last)}, {ends} Uhr"


def news(marked: MarkedLine, writer: Writer) -> News:
    """A line in words; the sign the chat begins it with stands apart, since nobody reads it out."""
    sign, _, text = writer.line(marked.line).partition(" ")
    return News(text, marked.mark, sign)


def happening(line: HistoryLine, writer: Writer) -> Happening:
    """Something that has happened, in words."""
    return Happening(writer.line(line.when), writer.line(line.what), writer.line(line.by))


def who_hears(hit: int, reached: int, *, by_phone: bool = False) -> str:
    """What becomes of people whose talks are called off: `hit`, at least 1, `reached` of them.

    `by_phone`: all of them would have called.
    """
    if reached == hit:
        everybody = "Die Person bekommt" if hit == 1 else "Alle bekommen"
        return f"{everybody} bis zu drei andere Zeiten."
    if reached:
        return (
            f"Per Chat erreichen wir {reached} von {hit} Personen: Wer es erfährt, bekommt bis zu"
            f" drei andere Zeiten. Die anderen kommen oder rufen vielleicht trotzdem an:"
            f" {DESK_MUST_KNOW}"
        )
    nobody, somebody = ("sie nicht", "sie") if hit == 1 else ("niemanden davon", "jemand")
    still = f"ruft {somebody} trotzdem an" if by_phone else f"kommt {somebody} trotzdem"
    return f"Per Chat erreichen wir {nobody}. Vielleicht {still}: {DESK_MUST_KNOW}"


def language(code: str) -> str:
    """A language's name."""
    return str(GERMAN.languages.get(code, code))


def call(about: Appointment, writer: Writer) -> str:
    """That the client calls, and the number they were given; empty for a visit."""
    lines = phone_lines.way_of_talking(writer.city, about)
    return "".join(writer.line(line).partition(" ")[2] for line in lines)


def wishes(about: Appointment, writer: Writer) -> tuple[str, ...]:
    """Each wish in the words of the chat, without the sign before them; never the topic."""
    return tuple(writer.line(line).partition(" ")[2] for line in wished(about.wishes))
