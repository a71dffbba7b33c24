"""The city as its file has it, and as it might be: a text that no office needs today is one too."""

from dataclasses import replace

from bot.domain.city import CaseManager, City, Office, Operator, StepFree

OPERATOR = Operator(
    controller="Stadt Musterstadt, Fachbereich Integration, Hohe Allee 12, 12345 Musterstadt",
    data_protection_officer="datenschutz@musterstadt.example, Tel. 09900 16-0",
    supervisory_authority="Landesbeauftragte für Datenschutz, Musterallee 2-4, 12345 Musterstadt",
)
"""Names as long as they are likely to be, where the file has none."""
BASIS = {"legal_basis": "Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO)"}
"""What a file with an operator says in each language, in German where there is none."""
NUMBER = "09900 16-1234"
DOORS = (StepFree.YES, StepFree.NO, StepFree.UNKNOWN)


def as_it_is(city: City) -> City:
    """What its file says, where everybody can be booked and is named."""
    people = (replace(each, hours_confirmed=True, published=True) for each in city.case_managers)
    texts = {language: {**BASIS, **own} for language, own in city.texts.items()}
    return replace(city, example=False, case_managers=tuple(people), texts=texts)


def an_example(city: City) -> City:
    """The same where nothing is really booked, and nobody answers for the data."""
    return replace(as_it_is(city), example=True, operator=None)


def otherwise(city: City, language: str) -> City:
    """What the file says about offices and people turned round, and nobody's name given.

    The last person alone speaks `language`; in the third office nobody can be booked.
    """
    offices = tuple(map(_office, city.offices, range(len(city.offices))))
    last, closed = city.case_managers[-1].id, city.offices[min(2, len(city.offices) - 1)].id
    people = tuple(
        _person(each, frozenset({language} if each.id == last else ()), closed != each.office_id)
        for each in city.case_managers
    )
    operator = replace(city.operator or OPERATOR, phone=NUMBER)
    return replace(city, example=False, offices=offices, case_managers=people, operator=operator)


def _office(office: Office, number: int) -> Office:
    return replace(
        office,
        phones=(NUMBER,) if number % 2 else (),
        languages=frozenset(),
        step_free=DOORS[number % len(DOORS)],
        position=replace(office.position, exact=not office.position.exact),
    )


def _person(person: CaseManager, languages: frozenset[str], is_open: bool) -> CaseManager:
    return replace(
        person,
        languages=languages,
        hours_confirmed=is_open,
        published=False,
        agreed_to_be_named=False,
        phone=None,
    )
