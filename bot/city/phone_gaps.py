"""Whom clients cannot call: which offices show them no number, and who has none that answers."""

from bot.city.model import CaseManagerTable, CityFile, OfficeTable

Gap = tuple[str, str, list[str]]
"""The key of a city file, what is missing there, and the ids it concerns."""


def phone_gaps(file: CityFile) -> tuple[Gap, ...]:
    """The offices and case managers without a number; an operator's answers for all."""
    for_all = file.operator is not None and file.operator.phone is not None
    offices = () if for_all else file.office
    return (
        (
            "office.phones",
            "no phone number, clients are shown none",
            [office.id for office in offices if not (office.phones or _published(office))],
        ),
        (
            "office.case_manager.phone",
            "no number of their own, of their office or for all, no talks by phone",
            [
                person.id
                for office in offices
                for person in office.case_manager
                if not (person.phone or office.phones)
            ],
        ),
    )


def _published(office: OfficeTable) -> list[CaseManagerTable]:
    return [person for person in office.case_manager if person.published and person.phone]
