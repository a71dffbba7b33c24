"""The staffing file: how the people of one city are reached, read and checked against the city."""

import tomllib
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from bot.city.fields import Id, Many
from bot.city.model import TomlTable
from bot.city.problems import CityError, Finding, Problem, plainly
from bot.domain.city import City
from bot.domain.mail_address import MailAddress
from bot.domain.staffing import OfficeReach, Reach, Staffing

MAIL, TELEGRAM = "mail", "telegram"


def _address(text: str) -> str:
    return MailAddress(text).address


def _clock_time(value: object) -> time:
    try:
        if isinstance(value, str) and len(value) == len("07:30"):
            return time.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError('must be written as "07:30"')


Address = Annotated[str, AfterValidator(_address)]
ClockTime = Annotated[time, BeforeValidator(_clock_time)]


class StaffedPersonTable(TomlTable):
    """How one case manager is reached; without channels by mail if there is one, else in chat."""

    mail: Address | None = None
    channels: Many[Literal["mail", "telegram"]] | None = None
    calendar: Literal["invitation", "feed"] = "invitation"
    deputy: Id | None = None
    digest: ClockTime | None = None

    def reach(self) -> Reach:
        """As the program goes by it."""
        usual = (TELEGRAM,) if self.mail is None else (MAIL,)
        channels = usual if self.channels is None else self.channels
        return Reach(
            mail=self.mail,
            by_mail=MAIL in channels and self.mail is not None,
            by_chat=TELEGRAM in channels,
            invitation=self.calendar == "invitation",
            deputy=self.deputy,
            digest=self.digest,
        )


class StaffedOfficeTable(TomlTable):
    """How an office is reached; chat is off until the office turns it on."""

    mail: Address | None = None
    telegram: bool | None = None
    seen_within_hours: Annotated[int, Field(ge=1, le=168)] | None = None
    digest: ClockTime | None = None

    def reach(self, *, example: bool) -> OfficeReach:
        """As the program goes by it; in an example the chat is on by itself."""
        allowed = example if self.telegram is None else self.telegram
        return OfficeReach(self.mail, allowed, self.seen_within_hours, self.digest)


class StaffingFile(TomlTable):
    """A whole staffing file, its tables by the ids of the city file."""

    case_manager: dict[str, StaffedPersonTable] = Field(default_factory=dict)
    office: dict[str, StaffedOfficeTable] = Field(default_factory=dict)


def load(path: Path, city: City) -> Staffing:
    """The staffing; raises CityError with all errors of its file."""
    staffing, problems = inspect(path, city)
    if staffing is None:
        raise CityError(problems)
    return staffing


def inspect(path: Path, city: City) -> tuple[Staffing | None, tuple[Problem, ...]]:
    """The staffing unless there are errors, and all errors."""
    file, found = _parse(path)
    if file is not None:
        found = list(_errors(file, city))
    problems = tuple(Problem(str(path), key, reason) for key, reason in found)
    return None if file is None or found else _staffing(file, city), problems


def _staffing(file: StaffingFile, city: City) -> Staffing:
    people = {p.id: file.case_manager.get(p.id, StaffedPersonTable()) for p in city.case_managers}
    offices = {o.id: file.office.get(o.id, StaffedOfficeTable()) for o in city.offices}
    return Staffing(
        {id: table.reach() for id, table in people.items()},
        {id: table.reach(example=city.example) for id, table in offices.items()},
    )


def _parse(path: Path) -> tuple[StaffingFile | None, list[Finding]]:
    raw: dict[str, Any] = {}
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return StaffingFile.model_validate(raw), []
    except OSError as error:
        return None, [("file", f"cannot be read: {error.strerror}")]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return None, [("file", f"not TOML: {error}")]
    except ValidationError as error:
        return None, list(plainly(error, raw))


def _errors(file: StaffingFile, city: City) -> Iterator[Finding]:
    for id in file.office.keys() - city.office.keys():
        yield f"office.{id}", "is no office of the city file"
    for id, office in file.office.items():
        if office.digest is not None and office.mail is None:
            yield f"office.{id}.mail", "is missing, but there is a digest"
    for id, table in file.case_manager.items():
        if id not in city.case_manager:
            yield f"case_manager.{id}", "is no case manager of the city file"
            continue
        if table.channels is not None and MAIL in table.channels and table.mail is None:
            yield f"case_manager.{id}.mail", 'is missing, but "mail" is among the channels'
        if table.deputy is not None:
            yield from _about_deputy(id, table.deputy, city)


def _about_deputy(id: str, deputy: str, city: City) -> Iterator[Finding]:
    key, other = f"case_manager.{id}.deputy", city.case_manager.get(deputy)
    if other is None:
        yield key, f'"{deputy}" is no case manager of the city file'
    elif other.id == id or other.office_id != city.case_manager[id].office_id:
        yield key, f'"{deputy}" must be somebody else of the same office'
