"""A second city needs a city file and nothing else: no code or catalogue names the first."""

import re
from pathlib import Path

from bot.city.load import load

MAY_NAME_THE_DEFAULT = {Path("bot/settings.py"), Path("bot/cli.py")}


def names_of_the_shipped_city() -> set[str]:
    city = load("herne")
    people = {name for person in city.case_managers for name in (person.id, person.name)}
    places = {area.name for area in city.areas} | {office.street for office in city.offices}
    codes = {postal.code for postal in city.postal_codes}
    phones = {phone for office in city.offices for phone in office.phones}
    providers = {office.provider for office in city.offices}
    spoken = {city.texts[language]["city"] for language in city.languages}
    return people | places | codes | phones | providers | spoken | {city.id}


def test_no_code_and_no_catalogue_names_the_shipped_city() -> None:
    names = sorted(names_of_the_shipped_city(), key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    files = [*Path("bot").rglob("*.py"), *Path("locales").rglob("*.po")]
    found = {
        (str(file), name)
        for file in files
        for name in pattern.findall(file.read_text(encoding="utf-8"))
        if not (file in MAY_NAME_THE_DEFAULT and name.lower() == "herne")
    }
    assert found == set()
    assert len(files) > 5
