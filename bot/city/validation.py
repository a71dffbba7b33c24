"""Cross checks of a city file: what no table can know about another."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from holidays import country_holidays

from bot.city import language_faults
from bot.city.conversion import bounds
from bot.city.fields import overlap
from bot.city.model import CityFile, HoursTable
from bot.city.phone_gaps import phone_gaps
from bot.city.problems import Finding
from bot.city.text_gaps import text_gaps
from bot.domain.actors import Role
from bot.domain.city import StepFree
from bot.domain.geography import Position
from bot.domain.language_codes import Written
from bot.domain.routing import outside

MAX_AREA_BUTTONS = 12


NO_OPERATOR = (
    "operator",
    "is missing: the privacy notice must name who answers for the data; without it the bot"
    " does not serve Telegram",
)


def errors(file: CityFile, written: Written | None, *, live: bool) -> Iterator[Finding]:
    """Everything that makes the file unusable, for real people where it goes `live`.

    `written` are the languages of the program.
    """
    if live and file.operator is None:
        yield NO_OPERATOR
    yield from language_faults.languages(file, written)
    yield from _calendar(file)
    yield from _twice(file)
    yield from _districts(file)
    yield from _positions(file)
    yield from _called(file)
    yield from _buttons(file)
    for place, hours in _all_hours(file):
        yield from _hours(f"office.{place}", hours)
    yield from language_faults.of_names(file)
    yield from text_gaps(file)


def warnings(file: CityFile, written: Written | None) -> Iterator[Finding]:
    """What works but should be known before the city goes live, a line for each kind."""
    if file.operator is None:
        yield NO_OPERATOR
    yield from language_faults.unfinished(file, written)
    everybody = [(person, office) for office in file.office for person in office.case_manager]
    for key, reason, concerned in (
        *phone_gaps(file),
        (
            *("office.step_free", "not known whether there is a way in without a step"),
            [office.id for office in file.office if office.step_free is StepFree.UNKNOWN],
        ),
        (
            *("office.position", "the door is not known: the postal code gives the order, no pin"),
            [office.id for office in file.office if office.position is None],
        ),
        (
            *("office.case_manager", "nobody works here, nothing can be booked"),
            [office.id for office in file.office if not office.case_manager],
        ),
        (
            *("office.case_manager.hours", "no hours, nothing can be booked"),
            [person.id for person, office in everybody if not (person.hours or office.hours)],
        ),
        (
            *("office.hours", "examples until somebody sets confirmed = true"),
            [key for key, hours in _all_hours(file) if not all(table.confirmed for table in hours)],
        ),
    ):
        if concerned:
            yield key, f"{reason}: {', '.join(concerned)}"


def _calendar(file: CityFile) -> Iterator[Finding]:
    try:
        ZoneInfo(file.city.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield "city.time_zone", f'"{file.city.time_zone}" is not a time zone like "Europe/Berlin"'
    country, subdivision = file.city.country, file.city.subdivision
    try:
        country_holidays(country)
    except NotImplementedError:
        yield "city.country", f'no public holidays known for "{country}"; write it like "DE"'
        return
    try:
        country_holidays(country, subdiv=subdivision or None)
    except NotImplementedError:
        yield "city.subdivision", f'"{subdivision}" is not a part of {country} with its holidays'


def _twice(file: CityFile) -> Iterator[Finding]:
    people = [person.id for office in file.office for person in office.case_manager]
    for key, ids in (
        ("city.languages", file.city.languages),
        ("city.staff_languages", file.city.staff_languages),
        ("city.topics", file.city.topics),
        ("city.sources", file.city.sources),
        ("district", [entry.id for entry in file.district]),
        ("postal_code", [entry.code for entry in file.postal_code]),
        ("area", [entry.id for entry in file.area]),
        ("office", [entry.id for entry in file.office]),
        ("office.case_manager", people),
    ):
        for name, count in Counter(ids).items():
            if count > 1:
                yield key, f'"{name}" is there {count} times'
    offices = [entry.id for entry in file.office]
    for id, count in Counter((*people, *offices, Role.OPERATOR)).items():
        if count > 1 and people.count(id) < 2 and offices.count(id) < 2:
            yield "office", f'"{id}" names two of the staff: offices, people and "operator" differ'


def _districts(file: CityFile) -> Iterator[Finding]:
    known = {district.id for district in file.district}
    named = [(f"postal_code.{e.code}.district", e.district) for e in file.postal_code]
    named += [(f"area.{e.id}.districts", d) for e in file.area for d in e.districts]
    named += [(f"office.{e.id}.district", e.district) for e in file.office]
    for key, district in named:
        if district not in known:
            yield key, f'unknown district "{district}"'


def _positions(file: CityFile) -> Iterator[Finding]:
    placed = [(f"postal_code.{e.code}", e.position) for e in file.postal_code]
    placed += [(f"area.{e.id}", e.position) for e in file.area if e.position]
    placed += [(f"office.{e.id}", e.position) for e in file.office if e.position]
    for key, position in placed:
        if outside(bounds(file), Position(*position)):
            yield f"{key}.position", "lies outside the bounds; it is [latitude, longitude]"
    centroids = {entry.code for entry in file.postal_code}
    for office in file.office:
        if office.position is None and office.postal_code not in centroids:
            yield (
                f"office.{office.id}.postal_code",
                f"{office.postal_code} is not listed, and the office has no position",
            )


def _called(file: CityFile) -> Iterator[Finding]:
    areas = {area.id for area in file.area}
    for number, entry in enumerate(file.called, 1):
        for unknown in sorted({*entry.areas} - areas):
            yield f"called.{number}.areas", f'unknown area "{unknown}"'


def _buttons(file: CityFile) -> Iterator[Finding]:
    buttons = sum(area.button for area in file.area)
    if buttons > MAX_AREA_BUTTONS:
        yield "area.button", f"{buttons} areas are buttons; at most {MAX_AREA_BUTTONS} fit"


def _all_hours(file: CityFile) -> Iterator[tuple[str, tuple[HoursTable, ...]]]:
    for office in file.office:
        yield office.id, office.hours
        for person in office.case_manager:
            yield f"{office.id}.case_manager.{person.id}", person.hours


def _hours(key: str, tables: tuple[HoursTable, ...]) -> Iterator[Finding]:
    for number, table in enumerate(tables, 1):
        if table.valid_from and table.valid_until and table.valid_until < table.valid_from:
            yield f"{key}.hours.{number}.valid_until", "lies before valid_from"
        for day in table.week():
            yield from _shared_time(f"{key}.hours.{number}.{day}", day, table, tables[:number])


def _shared_time(
    key: str, day: str, table: HoursTable, up_to_here: tuple[HoursTable, ...]
) -> Iterator[Finding]:
    """Two blocks at once, within a table or with an earlier one valid on the same days."""
    for other in up_to_here:
        if other is not table and not _same_days(table, other):
            continue
        spans = table.week()[day] + (() if other is table else other.week()[day])
        if both := overlap(spans):
            first, second = (f"{s.start:%H:%M}-{s.end:%H:%M}" for s in both)
            yield key, f"{first} and {second} overlap"
            return


def _same_days(one: HoursTable, other: HoursTable) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_until or date.max, other.valid_until or date.max)
