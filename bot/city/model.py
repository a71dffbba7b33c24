"""The shape of a city file: one class per TOML table, nothing unknown, nothing guessed."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.city.fields import (
    ClosedDay,
    Code,
    Coordinates,
    Id,
    Many,
    Minutes,
    OneOrMore,
    Phone,
    Source,
    Span,
    Spans,
    StepFreeAccess,
    Translations,
    Words,
)
from bot.domain.blocks import Block
from bot.domain.calendar import FURTHEST_HORIZON_DAYS
from bot.domain.city import StepFree
from bot.domain.slots import MOST_BUFFER_MINUTES, MOST_TALK_MINUTES

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class TomlTable(BaseModel):
    """A TOML table: strict types, no unknown keys, no infinities."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class CityTable(TomlTable):
    """Who the city is; languages in the order of the picker, and those of the staff, the first of
    them where nobody has chosen; sources are who sends people here.

    `regional_key` is its number in registers of streets, `neighbours` are the towns around it.
    """

    id: Id
    languages: OneOrMore[str]
    staff_languages: OneOrMore[str] = ("de",)
    time_zone: str
    country: str
    subdivision: str = ""
    topics: Many[Id] = ()
    regional_key: Annotated[str, Field(pattern=r"^([0-9]{8})?$")] = ""
    neighbours: Many[Words] = ()
    sources: Many[Source] = ()


class RulesTable(TomlTable):
    """How bookings work here. Left out, half a working day lies before every talk."""

    talk_minutes: Annotated[Minutes, Field(ge=5, le=MOST_TALK_MINUTES)]
    buffer_minutes: Annotated[Minutes, Field(ge=0, le=MOST_BUFFER_MINUTES)]
    lead_working_days: Annotated[int, Field(ge=0, le=10)]
    lead_working_hours: Annotated[int, Field(ge=0, le=100)] = 4
    horizon_days: Annotated[int, Field(ge=1, le=FURTHEST_HORIZON_DAYS)]
    hold_minutes: Annotated[int, Field(ge=1, le=60)]
    appointments_per_client: Annotated[int, Field(ge=1, le=100)]
    talks_a_day: Annotated[int, Field(ge=1, le=288)]


class BoundsTable(TomlTable):
    """The circle outside which a location counts as another town."""

    centre: Coordinates
    radius_km: Annotated[float, Field(gt=0, le=200)]


class NoticeTable(TomlTable):
    """The privacy notice; a new version asks for consent again."""

    version: Words


class OperatorTable(TomlTable):
    """Who answers for the data, as the law wants it named; `phone` answers for every office.

    The legal basis is a text for each language, or one for all.
    """

    controller: Words
    data_protection_officer: Words
    supervisory_authority: Words
    legal_basis: Words | dict[str, Words]
    phone: Phone | None = None


class DistrictTable(TomlTable):
    """A district by the name printed on maps."""

    id: Id
    name: Words


class PostalCodeTable(TomlTable):
    """A postal code, its centroid and the district most of it lies in."""

    code: Code
    position: Coordinates
    district: str


class StopsTable(TomlTable):
    """The file of the stops, beside the city file, and whose data it is."""

    file: Words
    name: Words
    source: Words
    licence: Words


class AreaTable(TomlTable):
    """A quarter, station, street or everyday name; `button` puts it under the postal codes."""

    id: Id
    name: Words
    districts: OneOrMore[str]
    position: Coordinates | None = None
    aliases: Many[Words] = ()
    spoken: dict[str, Words] = {}
    button: bool = False


class CalledTable(TomlTable):
    """Words people say instead of a name, such as the station, and the areas they may mean."""

    areas: OneOrMore[str]
    words: OneOrMore[Words]


class HoursTable(TomlTable):
    """Weekly hours, perhaps for a time only; confirmed means by the office, not by us."""

    confirmed: bool
    valid_from: date | None = None
    valid_until: date | None = None
    monday: Spans = ()
    tuesday: Spans = ()
    wednesday: Spans = ()
    thursday: Spans = ()
    friday: Spans = ()
    saturday: Spans = ()
    sunday: Spans = ()

    def week(self) -> dict[str, tuple[Span, ...]]:
        """The spans of each weekday, Monday first."""
        return {day: getattr(self, day) for day in WEEKDAYS}

    def blocks(self) -> tuple[Block, ...]:
        """What these hours release for talks."""
        return tuple(
            Block(weekday, span.start, span.end, self.valid_from, self.valid_until)
            for weekday, spans in enumerate(self.week().values())
            for span in spans
        )


class CaseManagerTable(TomlTable):
    """A case manager; without own hours or phone those of the office hold.

    Without `published`, by their employer, and without their own consent there is no name.
    """

    id: Id
    name: Words
    agreed_to_be_named: bool = False
    published: bool = False
    phone: Phone | None = None
    languages: Many[str] = ()
    hours: Many[HoursTable] = ()


class OfficeTable(TomlTable):
    """An office with its people; a position is that of the door, or it is left out.

    `short` is what people call it, `spoken` that in languages of another script.
    """

    id: Id
    provider: Words
    short: Words | None = None
    spoken: dict[str, Words] = {}
    aliases: Many[Words] = ()
    district: str
    street: Words
    postal_code: Code
    town: Words
    phones: Many[Phone] = ()
    languages: Many[str] = ()
    step_free: StepFreeAccess = StepFree.UNKNOWN
    position: Coordinates | None = None
    hours: Many[HoursTable] = ()
    closures: dict[ClosedDay, Words] = {}
    case_manager: Many[CaseManagerTable] = ()


class CityFile(TomlTable):
    """A whole city file."""

    city: CityTable
    rules: RulesTable
    bounds: BoundsTable
    notice: NoticeTable
    operator: OperatorTable | None = None
    closures: dict[ClosedDay, Words] = {}
    district: OneOrMore[DistrictTable]
    postal_code: OneOrMore[PostalCodeTable]
    area: Many[AreaTable] = ()
    called: Many[CalledTable] = ()
    stops: StopsTable | None = None
    office: OneOrMore[OfficeTable]
    texts: dict[str, Translations]
