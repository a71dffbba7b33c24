"""Where the nearest office is not known to speak it: the soonest with somebody who does, too."""

from phone import Client
from stage import World

from bot.app import LOCALES
from bot.rendering import catalogues
from bot.simulator.person import words

TEXTS = catalogues.load(LOCALES, ("de", "en", "ru", "ar"), ("de",))
SPEAKERS = {"buecking", "martoiu", "seitenzahl", "bouchara"}


async def at_the_offices(world: World, language: str) -> Client:
    """Somebody who lives in Wanne, where nobody is known to speak anything but German."""
    person = await world.person(language=language)
    await person.says_and_waits("/start")
    for action, value in (("language", language), ("agree", None), ("book", None)):
        await person.takes(action, value)
    await person.takes("postal", "44649")
    return person


async def booked_with(world: World) -> object:
    ((who,),) = await world.sql("SELECT case_manager_id FROM appointments WHERE status = 'booked'")
    return who


async def test_12_the_soonest_is_booked_by_who_does_not_mind(world: World) -> None:
    olga = await at_the_offices(world, "ru")
    await olga.takes("earliest")
    asked = TEXTS.message("ru", "confirm.not_spoken").format(language="русский")
    assert asked in words(olga.now)
    assert olga.labels[:2] == ["Подтвердить", "💬 Русский: вт, 24.11, 08:00"]
    await olga.takes("confirm")
    assert await booked_with(world) == "mohammad"


async def test_12_one_press_more_leads_to_who_speaks_the_language(world: World) -> None:
    olga = await at_the_offices(world, "ru")
    await olga.takes("earliest")
    await olga.takes("spoken")
    assert "💬" not in words(olga.now)
    await olga.takes("confirm")
    assert await booked_with(world) in SPEAKERS


async def test_12_only_offices_where_the_language_is_spoken_can_be_asked_for(world: World) -> None:
    amal = await at_the_offices(world, "ar")
    await amal.takes("speaking", "ar")
    offices = [label for label in amal.labels if "," in label]
    assert len(offices) == 2
    await amal.takes("earliest")
    assert amal.labels[1] == TEXTS.message("ar", "confirm.wish")
    await amal.takes("back")
    await amal.takes("speaking")
    assert len([label for label in amal.labels if "," in label]) == 5


async def test_the_language_of_the_offices_needs_no_further_buttons(world: World) -> None:
    anna = await at_the_offices(world, "de")
    assert [label for label in anna.labels if label.startswith("Nur meine Sprache")] == []
    await anna.takes("earliest")
    assert "💬" not in words(anna.now)
