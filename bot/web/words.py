"""How the staff's pages write days, moments and lines of a talk, in the words of the chat."""

from datetime import date

from bot.conversation import staff_facts
from bot.conversation.content import Count, Day, Language, Line, Name, Time, say
from bot.conversation.history_lines import HistoryLine
from bot.conversation.staff_lines import MarkedLine
from bot.domain import local_time
from bot.domain.appointment import Appointment
from bot.rendering.text import Writer
from bot.web.page_facts import Happening, News


def written_day(day: date, writer: Writer) -> str:
    """Such as "Mittwoch, 4. Februar"."""
    return writer.value(Day(local_time.day_bounds(day, writer.city.rules.time_zone)[0]))


def day_and_year(day: date, writer: Writer) -> str:
    """Such as "Mittwoch, 4. Februar 2026"."""
    return writer.value(
        say("page.day_and_year", day=Name(written_day(day, writer)), year=Name(str(day.year)))
    )


def clock(moment: int, writer: Writer) -> str:
    """The time on the wall, such as "09:12", of UTC epoch seconds."""
    return writer.value(Time(moment))


def moment(at: int, writer: Writer) -> str:
    """Such as "Mittwoch, 4. Februar, 09:12 Uhr", of UTC epoch seconds."""
    return writer.value(say("staff.moment", day=Day(at), time=Time(at)))


def which(about: Appointment, writer: Writer) -> str:
    """When an appointment is, and its code."""
    return writer.value(
        say("page.which", day=Day(about.start), time=Time(about.start), code=Name(about.code))
    )


def stretch(start: int, end: int, writer: Writer) -> str:
    """A closed time of UTC epoch seconds, as the chat says it."""
    return _plain(staff_facts.stretch(start, end, writer.city.rules.time_zone), writer)


def news(marked: MarkedLine, writer: Writer) -> News:
    """A line in words; the sign the chat begins it with stands apart, since nobody reads it out."""
    sign, _, text = writer.line(marked.line).partition(" ")
    return News(text, marked.mark, sign)


def happening(line: HistoryLine, writer: Writer) -> Happening:
    """Something that has happened, in words."""
    return Happening(writer.line(line.when), writer.line(line.what), writer.line(line.by))


def who_hears(hit: int, reached: int, *, by_phone: bool = False) -> Line:
    """What becomes of people whose talks are called off: `hit`, at least 1, `reached` of them.

    `by_phone`: all of them would have called.
    """
    if reached == hit:
        return say("page.all_hear", n=Count(hit))
    if reached:
        return say("page.some_hear", reached=Name(str(reached)), n=Name(str(hit)))
    if by_phone:
        return say("page.nobody_hears_by_phone", n=Count(hit))
    return say("page.nobody_hears", n=Count(hit))


def language(code: str, writer: Writer) -> str:
    """A language's name."""
    return writer.value(Language(code))


def call(about: Appointment, writer: Writer) -> str:
    """That the client calls, and the number they were given; empty for a visit."""
    lines = staff_facts.way_of_talking(writer.city, about)
    return "".join(_plain(line, writer) for line in lines)


def wishes(about: Appointment, writer: Writer) -> tuple[str, ...]:
    """Each wish in the words of the chat, without the sign before them; never the topic."""
    return tuple(_plain(line, writer) for line in staff_facts.wishes(about.wishes))


def kind_of_talk(first: bool | None, writer: Writer) -> str:
    """Whether it is the first; empty where nobody knows."""
    return "".join(writer.line(line) for line in staff_facts.kind_of_talk(first))


def _plain(line: Line, writer: Writer) -> str:
    """What the chat says, without the sign before it."""
    return writer.line(line).partition(" ")[2]
