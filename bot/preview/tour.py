"""Everything there is to see, gone through once."""

from bot.conversation.content import Screen
from bot.domain.city import City
from bot.preview import cities
from bot.preview.sights import Gallery, Sight
from bot.preview.situations import Situations
from bot.preview.stage import Stage, at_work, play
from bot.preview.unasked import Unasked
from bot.preview.walk import See, Walk
from bot.understanding.heard import Tables


def nobody(name: str, screen: Screen) -> None:
    """Who does not look at what is like something before it."""


async def of_clients(
    city: City, words: Tables, language: str, now: int, see: See = nobody
) -> tuple[Sight, ...]:
    """What clients who read `language` can meet, at work after `now` (UTC epoch seconds).

    `words` are those they type.
    """
    gallery = Gallery()

    def tour(stage: Stage) -> None:
        walk, here = Walk(stage, gallery, see), stage.unit.city
        for scene in Situations(here, language).all():
            walk.explores(scene)
        for letter in Unasked(language).all():
            walk.reads(letter)

    for each in (cities.as_it_is(city), cities.otherwise(city, language)):
        await play(each, words, at_work(city, now), tour)
    return tuple(gallery.sights)
