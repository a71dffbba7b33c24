"""Everything there is to see, gone through once."""

from contextlib import suppress
from dataclasses import dataclass

from bot.conversation.content import Screen
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.preview import cities, played_people
from bot.preview.notices_of_staff import NoticesOfStaff
from bot.preview.played_people import Clients
from bot.preview.sights import Gallery, Sight
from bot.preview.situations import Situations
from bot.preview.situations_of_staff import SituationsOfStaff
from bot.preview.stage import PreviewStage, at_work, play
from bot.preview.unasked import Unasked
from bot.preview.walk import See, Walk
from bot.understanding.heard import Tables


def nobody(name: str, screen: Screen) -> None:
    """Who does not look at what is like something before it."""


@dataclass(frozen=True)
class Tour:
    """What can be seen in a city as its file has it, and besides where its facts are others."""

    own: tuple[Sight, ...]
    besides: tuple[Sight, ...]

    @property
    def all(self) -> tuple[Sight, ...]:
        """Both."""
        return self.own + self.besides


async def of_clients(city: City, words: Tables, language: str, now: int, see: See = nobody) -> Tour:
    """What clients who read `language` can meet, at work after `now` (UTC epoch seconds).

    `words` are those they type.
    """
    gallery = Gallery()

    def tour(stage: PreviewStage) -> int:
        walk, here = Walk(stage, gallery, see, language), stage.unit.city
        for scene in Situations(here, language).all():
            walk.explores(scene)
        for letter in Unasked(language).all():
            walk.reads(letter)
        return len(gallery.sights)

    def glance(stage: PreviewStage) -> None:
        walk = Walk(stage, gallery, see, language)
        for scene in Situations(stage.unit.city, language).beginnings():
            walk.explores(scene)

    moment = at_work(city, now)
    own = await play(cities.as_it_is(city), words, moment, tour)
    await play(cities.otherwise(city, language), words, moment, tour)
    await play(cities.an_example(city), words, moment, glance)
    return Tour(tuple(gallery.sights[:own]), tuple(gallery.sights[own:]))


async def of_staff(city: City, words: Tables, language: str, now: int, see: See = nobody) -> Tour:
    """What the staff who read `language` can meet in chat; clients read what nobody speaks."""
    gallery = Gallery()

    def tour(stage: PreviewStage) -> int:
        walk, here, clients = (
            Walk(stage, gallery, see, language),
            stage.unit.city,
            city.languages[-1],
        )
        for scene in SituationsOfStaff(here, language, clients).all():
            walk.explores(scene)
        for letter in NoticesOfStaff(here, language, clients).all():
            walk.reads(letter)
        return len(gallery.sights)

    own = await play(cities.as_it_is(city), words, at_work(city, now), tour)
    await play(cities.otherwise(city, city.languages[-1]), words, at_work(city, now), tour)
    return Tour(tuple(gallery.sights[:own]), tuple(gallery.sights[own:]))


async def on_paper(city: City, words: Tables, language: str, now: int) -> tuple[Appointment, ...]:
    """A visit and a talk by phone as a slip tells them; no talk where nobody can be called."""

    def books(stage: PreviewStage) -> tuple[Appointment, ...]:
        who = Clients(language)
        found: list[Appointment] = []
        for begins in (who.with_visit, who.with_call):
            with stage.revert(), suppress(LookupError):
                found.extend(played_people.booked(begins(stage)))
        return tuple(found)

    return await play(cities.as_it_is(city), words, at_work(city, now), books)
