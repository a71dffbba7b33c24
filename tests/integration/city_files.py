"""City files as somebody edits them between two starts: people, offices, ids, hours, closures."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.city.load import load
from bot.domain.city import City
from bot.domain.language_codes import Written

HEAD = """
[city]
id = "edited"
languages = [{languages}]
time_zone = "Europe/Berlin"
country = "DE"
subdivision = "NW"
topics = []

[rules]
talk_minutes = 45
buffer_minutes = 15
lead_working_days = 1
horizon_days = 28
hold_minutes = 10
appointments_per_client = 9
talks_a_day = 6

[bounds]
centre = [51.0, 7.0]
radius_km = 5

[notice]
version = "1"

[[district]]
id = "all"
name = "Everywhere"

[[postal_code]]
code = "99001"
position = [51.0, 7.0]
district = "all"

[closures]
{closures}
"""
OFFICE = """
[[office]]
id = "{id}"
provider = "Office {id}"
district = "all"
street = "Street 1"
postal_code = "99001"
town = "Town"
phones = {phones}
languages = []
step_free = "unknown"
"""
PERSON = """
[[office.case_manager]]
id = "{id}"
name = "{name}"

[[office.case_manager.hours]]
confirmed = true
{hours}
"""
TEXTS = """
[texts.{language}]
city = "Edited"
organisation = "Advice centre"
"""
HOURS = (
    'tuesday = ["09:00-12:00"]',
    'tuesday = ["10:00-13:00"]\nwednesday = ["09:00-11:00"]',
    'thursday = ["14:00-16:00"]',
)


@dataclass
class EditedFile:
    """What the city file says now; `people` are the office and the hours of each."""

    path: Path
    offices: list[str] = field(default_factory=lambda: ["mill", "quay"])
    people: dict[str, tuple[str, int]] = field(
        default_factory=lambda: {"anna": ("mill", 0), "ben": ("mill", 0), "cora": ("quay", 0)}
    )
    closures: set[str] = field(default_factory=set)
    languages: list[str] = field(default_factory=lambda: ["de", "en"])
    _names: int = 0

    def new_name(self, kind: str) -> str:
        """An id that was never used."""
        self._names += 1
        return f"{kind}{self._names}"

    def team(self, office: str) -> list[str]:
        """Who is at an office."""
        return [person for person, (where, _) in self.people.items() if where == office]

    def load(self) -> City:
        """The city as the program reads it from this file; an example, so everybody is bookable."""
        self.path.write_text(self._text(), encoding="utf-8")
        return load(str(self.path), Written({"de", "en"}, {"de"}))

    def _text(self) -> str:
        languages = ", ".join(f'"{each}"' for each in self.languages)
        closures = "\n".join(f'{day} = "closed"' for day in sorted(self.closures))
        parts = [HEAD.format(languages=languages, closures=closures)]
        for n, office in enumerate(self.offices):
            phones = '["02323 16-1"]' if n else "[]"
            parts.append(OFFICE.format(id=office, phones=phones))
            parts += [
                PERSON.format(id=each, name=each.title(), hours=HOURS[self.people[each][1]])
                for each in self.team(office)
            ]
        return "".join((*parts, *(TEXTS.format(language=each) for each in self.languages)))
