"""Both sides of the conversation's port: the town in memory, and the services on each engine."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from port_in_memory import PortInMemory
from town import VAULT, open_town
from town import Town as StoredTown
from town_in_memory import CITY, MONDAY_NINE, at
from town_in_memory import Town as TownInMemory

from bot.conversation.port import Port
from bot.domain.actors import Actor
from bot.services.walk_in_bookings import PREFIX, claim_token
from bot.storage.records import appointments
from bot.storage.upkeep import staff_ties

T = TypeVar("T")
Question = Callable[[Port], T]


class Side(Protocol):
    """A town at nine o'clock on Monday, 23 November 2026, whose staff can all be reached."""

    async def enters(self) -> int:
        """Somebody writes for the first time; their id."""

    async def speaks_as(self, person: int, actor: Actor) -> None:
        """The chat of this person is tied to one of the staff."""

    async def asks(self, person: int, question: Question[T]) -> T:
        """What the port answers this person, in one step."""

    async def slip(self, appointment_id: int) -> str:
        """What the link on the slip of an appointment carries."""

    async def reminds(self, appointment_id: int) -> None:
        """A reminder of an appointment has arrived."""

    def goes_on_to(self, moment: str) -> None:
        """It is later: a moment on the town's wall clock."""


@dataclass
class InMemory:
    """The side that the tests of the conversation run on."""

    town: TownInMemory = field(default_factory=TownInMemory)

    async def enters(self) -> int:
        number = len(self.town.residents) + 7
        self.town.resident(number)
        return number

    async def speaks_as(self, person: int, actor: Actor) -> None:
        self.town.resident(person).actor = actor

    async def asks(self, person: int, question: Question[T]) -> T:
        return question(PortInMemory(self.town, person, "en"))

    async def slip(self, appointment_id: int) -> str:
        return f"{PREFIX}{appointment_id}"

    async def reminds(self, appointment_id: int) -> None:
        self.town.reminded.add(appointment_id)

    def goes_on_to(self, moment: str) -> None:
        self.town.now = at(moment)


@dataclass
class InStorage:
    """The side that runs for real."""

    town: StoredTown
    entered: int = 0

    async def enters(self) -> int:
        self.entered += 1
        return await self.town.client(1000 + self.entered)

    async def speaks_as(self, person: int, actor: Actor) -> None:
        await self.town.does(lambda unit: staff_ties.tie(unit.tx, actor, person, unit.now))

    async def asks(self, person: int, question: Question[T]) -> T:
        answer: T = await self.town.at_port(person, question)
        return answer

    async def slip(self, appointment_id: int) -> str:
        about = await self.town.does(lambda unit: appointments.known(unit.tx, appointment_id))
        return PREFIX + claim_token(VAULT, about)

    async def reminds(self, appointment_id: int) -> None:
        arrived = (
            "UPDATE outbox SET state = 'sent', settled_at = :now"
            " WHERE appointment_id = :about AND kind = 'reminder' RETURNING id"
        )
        assert await self.town.does(
            lambda unit: unit.tx.all(arrived, about=appointment_id, now=unit.now)
        )

    def goes_on_to(self, moment: str) -> None:
        self.town.now = at(moment)


@asynccontextmanager
async def side(url: str | None) -> AsyncIterator[Side]:
    """The town in memory, or the same on a new database."""
    if url is None:
        yield InMemory()
        return
    async with open_town(url, CITY) as town:
        town.now = MONDAY_NINE
        there = InStorage(town)
        for person in CITY.case_managers:  # whoever hears of nothing cannot be booked
            await there.speaks_as(await there.enters(), Actor.of(person))
        yield there
