"""Every screen in every language: short enough, labelled, and in Arabic from the right."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from phone import Client
from stage import World, book_earliest, open_world

from bot.conversation.views import VIEWS
from bot.domain.actors import OPERATOR, Actor, Role
from bot.rendering.chat_message import LONG_LABEL
from bot.rendering.direction import visible_length
from bot.simulator.person import Message, labels
from bot.simulator.world import JSON

LANGUAGES = ("de", "en", "uk", "ru", "fr", "ro", "ar")
STAFF_LANGUAGES = ("de", "en")
STAFF = {
    *("staff_menu", "today", "week", "visit", "cannot"),
    *("block", "hours", "away", "until", "closing"),
    *("walk_in_language", "matters", "heard", "client_cancels", "ask_time"),
}
FRONT_DESK = {"who"}
RIGHTS = {"privacy", "privacy_more", "delete", "cleared", "farewell", "withdraw"}
MOST_UNITS, MOST_UNITS_IN_ALL = 500, 4096
FOLDED = re.compile(r"<blockquote expandable>.*?</blockquote>|<[^>]*>", re.DOTALL)
LONGEST_LABEL = 40
MOST_BUTTONS = 100
MOST_BYTES = 64


class Reader(Client):
    """A client who looks at every screen closely, and remembers which it has seen."""

    seen: set[str]

    async def looks_at(self, world: World, *path: str) -> None:
        """Press one action after the other ("office:awo"), and look at every screen."""
        for step in path:
            action, _, value = step.partition(":")
            await self.takes(action, value or None)
            await self.looks_closely(world)

    async def looks_closely(self, world: World) -> None:
        """The newest screen fits, whichever it is."""
        screen = (await world.kept(self))["trail"][-1]
        self.seen.add(screen)
        fits(self.now)
        if self.language_code == "ar":
            text = self.now["text"]
            # What is shown at the door is German first.
            runs_from_the_right(text.partition("\n\n")[2] if screen == "door" else text)
            for label in labels(self.now):
                ends_its_isolates(label)


def fits(message: Message) -> None:
    """Telegram takes it, and it can be read at a glance: what is folded need not be."""
    assert units(message["text"]) <= MOST_UNITS_IN_ALL
    assert units(FOLDED.sub("", message["html"])) < MOST_UNITS, message["text"]
    buttons: list[JSON] = [button for row in message["buttons"] for button in row]
    assert len(buttons) <= MOST_BUTTONS
    assert [b for b in buttons if not 0 < visible_length(b["text"]) <= LONGEST_LABEL] == []
    assert [b for b in buttons if len(b.get("data", "").encode()) > MOST_BYTES] == []
    shared = [button["text"] for row in message["buttons"] if len(row) > 1 for button in row]
    assert [text for text in shared if visible_length(text) > LONG_LABEL] == []


def runs_from_the_right(text: str) -> None:
    """A phone lays out each line from right to left, and isolates end where they should."""
    for line in filter(None, text.split("\n")):
        assert line[0] == "\u200f" or "\u0590" <= line[0] <= "\u08ff", line
        ends_its_isolates(line)


def ends_its_isolates(line: str) -> None:
    """What is isolated ends in the same line."""
    opened = 0
    for sign in line:
        opened += (sign in "\u2066\u2067\u2068") - (sign == "\u2069")
        assert opened >= 0, line
    assert opened == 0, line


def units(text: str) -> int:
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


async def reader(world: World, id: int, language: str) -> Reader:
    """Somebody who reads that language, in front of the first screen."""
    made = Reader(world.session, world.simulator.url, id, "Anna", language)
    made.at_rest, made.seen = world.taken, set()
    await made.join()
    await made.says_and_waits("/start")
    await made.looks_closely(world)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_a_client_can_meet_fits(world: World, language: str) -> None:
    anna = await reader(world, 7, language)
    await anna.looks_at(world, f"language:{language}", "emergency", "back", "agree", "directory")
    for office in ("awo", "caritas", "drk", "planb", "city"):
        await anna.looks_at(world, f"card:{office}", "back")
    await anna.looks_at(world, "menu", "book", "postal:44652", "back")
    await anna.says_and_waits("Hauptstr.")
    await anna.looks_closely(world)
    await anna.says_and_waits("Schillrstrse")
    await anna.looks_closely(world)
    await anna.looks_at(world, "stop", "anywhere")
    for office in ("awo", "caritas", "drk", "planb", "city"):
        await anna.looks_at(world, f"office:{office}", "back")
    await anna.looks_at(world, "way:phone", "office:city", "back", "way:visit")
    await anna.looks_at(world, "office:city", "person:martoiu", "later", "back")
    await anna.looks_at(world, "person:martoiu", "day", "time", "wish", "wish_language")
    await anna.looks_at(world, "wish_adults", "adults:5", "wish_children", "children:5")
    await anna.looks_at(world, "wish_step", "wish_topic", "topic:money", "wish_done", "confirm")
    await anna.looks_at(world, "door", "back")
    await anna.looks_at(world, "change", "day", "time", "wish", "wish_phone", "wish_done")
    await anna.looks_at(world, "confirm", "cancel", "back", "settings")
    await anna.looks_at(world, "back", "menu", "mine", "details", "menu", "mine", "book")
    for typed in ("nächsten Donnerstag um 10", "1.1. um 8 Uhr", "qwrtz", "qwrtz", "мене б'ють"):
        await anna.says_and_waits("/menu")
        await anna.says_and_waits(typed)
        fits(anna.now)  # with a line in the language in which it was typed
        anna.seen.add((await world.kept(anna))["trail"][-1])
    await anna.looks_at(world, "menu", "book")
    await finds_it_taken(world, anna, language)
    assert set(VIEWS) - anna.seen == STAFF | FRONT_DESK | RIGHTS


async def finds_it_taken(world: World, anna: Reader, language: str) -> None:
    """Somebody else is quicker while anna looks at the times."""
    berta = await reader(world, 8, language)
    await berta.looks_at(world, f"language:{language}", "agree", "book")
    for person in (anna, berta):
        await person.looks_at(world, "anywhere", "office:planb", "person:mohammad", "day")
    wanted = next(b["data"] for row in anna.now["buttons"] for b in row).rpartition(":")[2]
    await berta.takes("time", wanted)
    await anna.looks_at(world, f"time:{wanted}")
    assert "alternatives" in anna.seen


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_about_ones_data_fits(tmp_path: Path, language: str) -> None:
    async with open_world(tmp_path, with_an_operator(tmp_path)) as world:
        anna = await reader(world, 7, language)
        await anna.looks_at(world, f"language:{language}", "privacy")
        await world.sql("UPDATE persons SET consent_version = 'older'")
        await anna.looks_at(world, "back", "agree", "book", "postal:44649", "earliest", "wish")
        await anna.looks_at(world, "wish_language", "wish_adults", "adults:5", "wish_children")
        await anna.looks_at(world, "children:5", "wish_step", "wish_done", "confirm")
        await anna.looks_at(world, "settings", "reminder_details", "privacy", "clear", "settings")
        await anna.looks_at(world, "privacy", "more")
        await anna.looks_at(world, "back", "export", "withdraw", "export", "back", "delete")
        await anna.presses_data(*anna.data(labels(anna.now)[0]))
        await anna.settles()
        (farewell,) = anna.messages
        fits(farewell)
        assert anna.seen & RIGHTS == RIGHTS - {"farewell"}


def with_an_operator(folder: Path) -> str:
    """Herne with names as long as an operator is likely to have."""
    file = folder / "herne.toml"
    lines = (
        "[operator]",
        'controller = "Stadt Herne, Fachbereich Integration, Freiligrathstraße 12, 44623 Herne"',
        'data_protection_officer = "datenschutz@herne.example, Tel. 02323 16-0"',
        'supervisory_authority = "LDI NRW, Kavalleriestraße 2-4, 40213 Düsseldorf"',
        'legal_basis = "Einwilligung (Art. 6 Abs. 1 a DSGVO)"',
    )
    shipped = Path("bot/city/herne.toml").read_text(encoding="utf-8")
    file.write_text("\n".join((shipped, *lines)), encoding="utf-8")
    return str(file)


@pytest.fixture
def staff_city(tmp_path: Path, language: str) -> str:
    """Herne, if its staff read this language."""
    file = tmp_path / "herne.toml"
    shipped = Path("bot/city/herne.toml").read_text(encoding="utf-8")
    read = f'staff_languages = ["{language}"]'
    file.write_text(shipped.replace('staff_languages = ["de"]', read), encoding="utf-8")
    return str(file)


@pytest.fixture
async def staffed(tmp_path: Path, staff_city: str) -> AsyncIterator[World]:
    """The bot there."""
    async with open_world(tmp_path, staff_city) as made:
        yield made


@pytest.mark.parametrize("language", STAFF_LANGUAGES)
async def test_every_screen_of_staff_fits(staffed: World, language: str) -> None:
    world = staffed
    ali = await world.case_manager("mohammad")
    anna = await world.person(language=language)
    await anna.says_and_waits("/start")
    for step in ("language", "agree", "book", "anywhere"):
        await anna.takes(step)
    await anna.takes("office", "planb")
    await anna.takes("person", "mohammad")
    for step in ("day", "time", "wish", "wish_language", "wish_step", "wish_done", "confirm"):
        await anna.takes(step)
    seen = Reader(world.session, world.simulator.url, ali.id, "Ali", language)
    seen.at_rest, seen.seen = world.taken, set()
    await seen.looks()
    await seen.looks_closely(world)
    await seen.looks_at(world, "today", "week", "visit", "seen", "help_yes", "cannot", "visit")
    await seen.looks_at(world, "ask_time", "ask_time_yes", "heard", "client_cancels", "visit")
    await seen.looks_at(world, "today", "menu", "matters")
    await seen.looks_at(world, "today", "menu", "block", "block_day", "close", "menu")
    await seen.looks_at(world, "walk_in", "walk_in_language:ar", "day", "time", "wish", "wish_done")
    await seen.looks_at(world, "confirm", "slip", "menu")
    await seen.looks_at(world, "away", "away_from", "close", "close_yes", "away", "present")
    assert seen.seen == STAFF | {"days", "times", "confirm", "wish"}
    await anna.looks()
    for message in (*seen.messages, *anna.messages):
        if "file" not in message:
            fits(message)


@pytest.mark.parametrize("language", STAFF_LANGUAGES)
async def test_every_screen_of_front_desks_and_operators_fits(
    staffed: World, language: str
) -> None:
    world = staffed
    kim = Reader(world.session, world.simulator.url, 910, "Kim", language)
    kim.at_rest, kim.seen = world.taken, set()
    await kim.join()
    await kim.says_and_waits(await world.invitation_of(Actor(Role.FRONT_DESK, office_id="planb")))
    await kim.looks_closely(world)
    await kim.looks_at(world, "today", "week", "menu", "away", "who")
    await kim.looks_at(world, "away_from", "close", "close_yes", "walk_in", "walk_in_language:uk")
    assert kim.seen == {
        *("staff_menu", "today", "week", "who", "away", "until", "closing"),
        *("walk_in_language", "people"),
    }
    anna = await world.person()
    await book_earliest(anna)
    await kim.says_and_waits(await world.invitation_of(OPERATOR))
    await kim.looks_at(world, "menu")
    for message in kim.messages:
        fits(message)
