"""What an office and its place are called in a reader's language, where the city file says it."""

from bot.domain.city import City


def called(city: City, office_id: str, language: str) -> str:
    """What people call an office; of one the city file names no more, nothing."""
    office = city.office.get(office_id)
    return "" if office is None else office.spoken.get(language) or office.short or office.provider


def place(city: City, office_id: str, language: str) -> str:
    """The district it is in, as its readers say it if a quarter of that name is said so."""
    office = city.office.get(office_id)
    if office is None:
        return ""
    name = city.district[office.district_id].name
    said = (area.spoken.get(language) for area in city.areas if area.name == name)
    return next(filter(None, said), name)
