"""How the staff's pages write moments, languages and wishes: in German."""

from datetime import date

from babel import Locale
from babel.dates import format_date

from bot.domain import local_time
from bot.domain.appointment import Appointment, Wishes
from bot.domain.city import City

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
    """A closed time of UTC epoch seconds: hours of a day, or whole days."""
    first, last = (local_time.local_day(at, city.rules.time_zone) for at in (start, end - 1))
    whole = local_time.day_bounds(first, city.rules.time_zone)[0] == start
    if first == last and not whole:
        return f"{written_day(first)}, {clock(start, city)} bis {clock(end, city)} Uhr"
    return written_day(first) if first == last else f"{written_day(first)} bis {written_day(last)}"


def who_hears(hit: int, reached: int) -> str:
    """What becomes of people whose talks are called off: `hit`, at least 1, `reached` of them."""
    if reached == hit:
        everybody = "Die Person bekommt" if hit == 1 else "Alle bekommen"
        return f"{everybody} bis zu drei andere Zeiten."
    if reached:
        return (
            f"Per Chat erreichen wir {reached} von {hit} Personen: Wer es erfährt, bekommt bis zu"
            f" drei andere Zeiten. Die anderen kommen vielleicht trotzdem: {DESK_MUST_KNOW}"
        )
    nobody, somebody = ("sie nicht", "sie") if hit == 1 else ("niemanden davon", "jemand")
    return (
        f"Per Chat erreichen wir {nobody}. Vielleicht kommt {somebody} trotzdem: {DESK_MUST_KNOW}"
    )


def language(code: str) -> str:
    """A language's name."""
    return str(GERMAN.languages.get(code, code))


def short_wishes(about: Appointment) -> tuple[str, ...]:
    """A word or two for each wish; never the topic."""
    wishes = about.wishes
    told = (
        "Hilfe mit der Sprache" if wishes.language_help else "",
        company(wishes),
        "Eingang ohne Stufen" if wishes.step_free else "",
        "ruft an" if wishes.by_phone else "",
    )
    return tuple(each for each in told if each)


def company(wishes: Wishes) -> str:
    """Who comes along."""
    adults = f"{wishes.adults} Erwachsene" if wishes.adults else ""
    few = "1 Kind" if wishes.children == 1 else f"{wishes.children} Kinder"
    return ", ".join(each for each in (adults, few if wishes.children else "") if each)
