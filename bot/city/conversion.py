"""From a checked city file to the city of the domain."""

from zoneinfo import ZoneInfo

from bot.city.fields import Coordinates
from bot.city.model import AreaTable, CaseManagerTable, CityFile, OfficeTable
from bot.domain.city import (
    Area,
    CaseManager,
    City,
    District,
    Office,
    Operator,
    PostalCode,
    Rules,
)
from bot.domain.geography import Bounds, Credit, Position, Stop


def to_city(file: CityFile, stops: tuple[Stop, ...] = (), *, example: bool) -> City:
    """The city a file without errors describes, with the stops of the file it names."""
    return City(
        id=file.city.id,
        languages=file.city.languages,
        staff_languages=file.city.staff_languages,
        rules=_rules(file),
        districts=tuple(District(entry.id, entry.name) for entry in file.district),
        offices=tuple(_office(file, entry) for entry in file.office),
        case_managers=tuple(
            _case_manager(file, office, person)
            for office in file.office
            for person in office.case_manager
        ),
        postal_codes=tuple(
            PostalCode(entry.code, _near(entry.position), entry.district)
            for entry in file.postal_code
        ),
        areas=tuple(_area(file, entry) for entry in file.area),
        topics=file.city.topics,
        closures=frozenset(file.closures),
        bounds=bounds(file),
        notice_version=file.notice.version,
        texts=_texts(file),
        operator=_operator(file),
        example=example,
        stops=stops,
        neighbours=file.city.neighbours,
        regional_key=file.city.regional_key,
        credits=(Credit(file.stops.name, file.stops.source, file.stops.licence),)
        if file.stops
        else (),
        sources=file.city.sources,
    )


def _operator(file: CityFile) -> Operator | None:
    if file.operator is None:
        return None
    return Operator(**file.operator.model_dump(exclude={"legal_basis"}))


def _texts(file: CityFile) -> dict[str, dict[str, str]]:
    """What the city says; of the legal basis one text for all is that of the first language."""
    texts = {language: dict(texts) for language, texts in file.texts.items()}
    basis = file.operator.legal_basis if file.operator else {}
    if isinstance(basis, str):
        basis = {file.city.languages[0]: basis}
    for language, text in basis.items():
        texts[language]["legal_basis"] = text
    return texts


def bounds(file: CityFile) -> Bounds:
    """The circle of the city."""
    return Bounds(Position(*file.bounds.centre), file.bounds.radius_km)


def _rules(file: CityFile) -> Rules:
    return Rules(
        time_zone=ZoneInfo(file.city.time_zone),
        country=file.city.country,
        subdivision=file.city.subdivision,
        lead_working_days=file.rules.lead_working_days,
        lead_working_hours=file.rules.lead_working_hours,
        horizon_days=file.rules.horizon_days,
        hold_minutes=file.rules.hold_minutes,
        appointments_per_client=file.rules.appointments_per_client,
    )


def _near(position: Coordinates) -> Position:
    return Position(*position, exact=False)


def _area(file: CityFile, entry: AreaTable) -> Area:
    called = (word for each in file.called if entry.id in each.areas for word in each.words)
    return Area(
        id=entry.id,
        name=entry.name,
        district_ids=entry.districts,
        position=_near(entry.position) if entry.position else None,
        aliases=(*entry.aliases, *called),
        spoken=dict(entry.spoken),
        button=entry.button,
    )


def _office(file: CityFile, entry: OfficeTable) -> Office:
    return Office(
        id=entry.id,
        provider=entry.provider,
        district_id=entry.district,
        street=entry.street,
        postal_code=entry.postal_code,
        town=entry.town,
        phones=entry.phones,
        languages=frozenset(entry.languages),
        step_free=entry.step_free,
        position=_door(file, entry),
        closures=frozenset(entry.closures),
        aliases=entry.aliases,
        short=entry.short or entry.provider,
        spoken=dict(entry.spoken),
    )


def _door(file: CityFile, entry: OfficeTable) -> Position:
    """The door if it is known, else the middle of the office's postal code, not exact."""
    if entry.position:
        return Position(*entry.position, exact=True)
    centroids = {postal.code: postal.position for postal in file.postal_code}
    return _near(centroids[entry.postal_code])


def _case_manager(file: CityFile, office: OfficeTable, person: CaseManagerTable) -> CaseManager:
    hours = person.hours or office.hours
    return CaseManager(
        id=person.id,
        name=person.name,
        office_id=office.id,
        languages=frozenset(person.languages),
        blocks=tuple(block for table in hours for block in table.blocks()),
        talks_a_day=file.rules.talks_a_day,
        talk_minutes=file.rules.talk_minutes,
        buffer_minutes=file.rules.buffer_minutes,
        hours_confirmed=bool(hours) and all(table.confirmed for table in hours),
        agreed_to_be_named=person.agreed_to_be_named,
        published=person.published,
        phone=person.phone,
    )
