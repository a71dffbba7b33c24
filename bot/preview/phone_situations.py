"""What can happen to who talks by phone: in words of its own wherever a visit has others."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.conversation.events import SentKind, SentSomethingElse
from bot.domain.city import City
from bot.preview import played_people
from bot.preview.played_people import Clients, then, walks
from bot.preview.stage import PreviewStage, StageVisitor
from bot.preview.walk import Scene

SHORTLY_BEFORE = played_people.HOUR // 4
"""Seconds before the call, at which somebody says that they will be late."""


@dataclass(frozen=True)
class PhoneSituations:
    """All of it, to who reads one language in a city."""

    city: City
    language: str

    @property
    def clients(self) -> Clients:
        """Who calls."""
        return Clients(self.language)

    def all(self) -> Iterator[Scene]:
        """In the order of a talk's life; nothing where nobody can be called."""
        call = self.clients.with_call
        for office in self.city.offices:
            at_one = walks(self.clients.placed, f"anywhere way:phone office:{office.id}")
            yield Scene("a talk by phone", walks(at_one, "earliest confirm menu mine details"))
        yield Scene("a talk by phone, on the menu", walks(call, "menu"))
        yield Scene("a talk by phone, among others", walks(self._both, "menu mine"))
        yield Scene("calls late", self._late)
        yield Scene("moves a talk by phone", walks(call, "change day time confirm"))
        yield Scene("cancels a talk by phone", walks(call, "cancel cancel_yes"))
        for kind in SentKind:
            yield Scene(f"sends, before a call: {kind}", then(call, SentSomethingElse(what=kind)))

    def _both(self, stage: PreviewStage) -> StageVisitor:
        """Who has a visit and a call."""
        return self.clients.with_visit(stage).walks(f"menu {played_people.CALL}")

    def _late(self, stage: PreviewStage) -> StageVisitor:
        here = self.clients.with_call(stage)
        moment = played_people.booked(here)[0].start - SHORTLY_BEFORE
        return played_people.at(here, moment).walks("menu mine details late")
