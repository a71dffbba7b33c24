"""A city as the rules see it: offices, case managers, areas and the rules of booking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from bot.domain.blocks import Block, Week
from bot.domain.geography import Bounds, Credit, Position, Stop, Street


class StepFree(StrEnum):
    """Whether an office can be entered without a step; unknown is never shown as yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CaseManager:
    """A person who holds talks. Languages are those published for the person, often none.

    Whether the hours are true and whether clients may read the name is for the city file to say;
    both are no until it does. `published` is who is named as a contact by their employer; `phone`
    is the number clients are given, None where the office's answers.
    """

    id: str
    name: str
    office_id: str
    languages: frozenset[str]
    blocks: tuple[Block, ...]
    talks_a_day: int
    talk_minutes: int
    buffer_minutes: int
    hours_confirmed: bool = False
    agreed_to_be_named: bool = False
    published: bool = False
    phone: str | None = None

    @cached_property
    def week(self) -> Week:
        """When their talks begin, on each day of the week."""
        return Week.of(self.blocks, self.talk_minutes, self.buffer_minutes)


@dataclass(frozen=True, slots=True)
class Office:
    """A place with a door. Languages are those published for its team, often none.

    `closures` are the days on which only this office is closed, `aliases` what else people call
    it, in any language; `short` is what clients call it where nobody there is named, and `spoken`
    that as it is written in languages of another script.
    """

    id: str
    provider: str
    district_id: str
    street: str
    postal_code: str
    town: str
    phones: tuple[str, ...]
    languages: frozenset[str]
    step_free: StepFree
    position: Position
    closures: frozenset[date] = frozenset()
    aliases: tuple[str, ...] = ()
    short: str = ""
    spoken: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class District:
    """One of the city's districts, by the name printed on maps."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PostalCode:
    """A five-digit code with the centroid of its area and the district most of it lies in."""

    code: str
    position: Position
    district_id: str


@dataclass(frozen=True, slots=True)
class Area:
    """A quarter, station, street or everyday name somebody may say they live at.

    `spoken` gives, per language, how to say it. One in several districts names them all.
    """

    id: str
    name: str
    district_ids: tuple[str, ...]
    position: Position | None = None
    aliases: tuple[str, ...] = ()
    spoken: Mapping[str, str] = field(default_factory=dict)
    button: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """How bookings work in this city. Days are calendar days unless called working days.

    Between a booking and its talk there are so many working days, and so many working hours.
    """

    time_zone: ZoneInfo
    country: str
    subdivision: str
    lead_working_days: int
    lead_working_hours: int
    horizon_days: int
    hold_minutes: int
    appointments_per_client: int


@dataclass(frozen=True, slots=True)
class Operator:
    """Who answers for the data, as the law wants it named: proper names, not translated.

    `phone` answers for all offices that have no number of their own.
    """

    controller: str
    data_protection_officer: str
    supervisory_authority: str
    phone: str | None = None


@dataclass(frozen=True, eq=False)
class City:
    """Everything a city file says, checked and cross-referenced.

    `texts` holds, per language, what only this city can say (its name, notes about offices), by
    key; `languages` are in the order of the picker, `staff_languages` what the staff read;
    `sources` are those who send people here. In an `example`, such as the demo, nothing is really
    booked, whoever it names. `neighbours` are towns around it, `regional_key` is its number in the
    registers of streets. A city is equal to itself only, and can be a key.
    """

    id: str
    languages: tuple[str, ...]
    staff_languages: tuple[str, ...]
    rules: Rules
    districts: tuple[District, ...]
    offices: tuple[Office, ...]
    case_managers: tuple[CaseManager, ...]
    postal_codes: tuple[PostalCode, ...]
    areas: tuple[Area, ...]
    topics: tuple[str, ...]
    closures: frozenset[date]
    bounds: Bounds
    notice_version: str
    texts: Mapping[str, Mapping[str, str]]
    operator: Operator | None = None
    example: bool = False
    stops: tuple[Stop, ...] = ()
    streets: tuple[Street, ...] = ()
    neighbours: tuple[str, ...] = ()
    regional_key: str = ""
    credits: tuple[Credit, ...] = ()
    sources: tuple[str, ...] = ()

    @cached_property
    def office(self) -> Mapping[str, Office]:
        """Offices by id."""
        return {office.id: office for office in self.offices}

    @cached_property
    def case_manager(self) -> Mapping[str, CaseManager]:
        """Case managers by id."""
        return {person.id: person for person in self.case_managers}

    @cached_property
    def district(self) -> Mapping[str, District]:
        """Districts by id."""
        return {district.id: district for district in self.districts}

    @cached_property
    def area(self) -> Mapping[str, Area]:
        """Areas by id."""
        return {area.id: area for area in self.areas}

    @cached_property
    def postal_code(self) -> Mapping[str, PostalCode]:
        """Postal codes by code."""
        return {postal.code: postal for postal in self.postal_codes}

    @cached_property
    def stop(self) -> Mapping[str, Stop]:
        """Stops by id."""
        return {stop.id: stop for stop in self.stops}

    @cached_property
    def street(self) -> Mapping[str, Street]:
        """The parts of streets by id."""
        return {street.id: street for street in self.streets}

    def team(self, office_id: str) -> tuple[CaseManager, ...]:
        """The case managers of one office, in the order of the city file."""
        return self._teams.get(office_id, ())

    def names(self, id: str) -> bool:
        """Whether somebody of the staff, or an office, has this id."""
        return id in self.case_manager or id in self.office

    def staff_name(self, case_manager_id: str) -> str:
        """The name the staff know a case manager by; of whom the file names no more, the id."""
        person = self.case_manager.get(case_manager_id)
        return person.name if person else case_manager_id

    def has_at(self, case_manager_id: str, office_id: str) -> bool:
        """Whether this case manager is there, and at this office."""
        person = self.case_manager.get(case_manager_id)
        return person is not None and person.office_id == office_id

    @cached_property
    def of_a_team(self) -> Mapping[str, frozenset[str]]:
        """By office, the languages published for its team and for nobody of it by name."""
        return {
            office.id: office.languages.difference(*(one.languages for one in self.team(office.id)))
            for office in self.offices
        }

    @cached_property
    def _teams(self) -> Mapping[str, tuple[CaseManager, ...]]:
        ids = {person.office_id for person in self.case_managers}
        people = self.case_managers
        return {id: tuple(one for one in people if one.office_id == id) for id in ids}

    def text(self, language: str, key: str) -> str | None:
        """What the city says about `key`, in `language`, else in English, else in its first."""
        for candidate in (language, "en", self.languages[0]):
            if found := self.texts.get(candidate, {}).get(key):
                return found
        return None
