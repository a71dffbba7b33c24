"""Under which name clients know a case manager."""

from bot.domain.city import CaseManager, City


def public_name(city: City, person: CaseManager) -> str:
    """By name where that is agreed, and in an example; else by the team of the district."""
    if city.example or person.agreed_to_be_named:
        return person.name
    unnamed = [one.id for one in city.team(person.office_id) if not one.agreed_to_be_named]
    district = city.district[city.office[person.office_id].district_id].name
    number = f" {unnamed.index(person.id) + 1}" if len(unnamed) > 1 else ""
    return f"Team {district}{number}"
