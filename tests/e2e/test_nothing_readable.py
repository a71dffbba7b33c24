"""A search: after everything people can do, and errors, nothing that is kept names one of them.

Searched are the log with every library at DEBUG, the database, its WAL and a backup, for chat ids,
names, texts, coordinates and secrets, in every form they could stand there.
"""

import io
import json
import logging
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from phone import Client
from stage import MONDAY_MORNING, TOKEN, World, agree, book_at, open_world

from bot.chat import polling
from bot.chat.transport import RequestTimeouts
from bot.commands import backup
from bot.delivery import retries
from bot.observability import logs
from bot.runtime.timeouts import ApiTimeouts

ANNA, OLENA, ALI, FIRDEVS, STRANGER = range(7_310_246_801, 7_310_246_806)
WHERE = (51.534217, 7.208913)
ELSEWHERE = (52.520008, 13.404954)
NAMES = ("Anastasija Verborgen", "Олена Прихована", "Mahmoudi unterwegs", "Zaungast")
TEXTS = (
    "I live in Horsthausen with my aunt Zuleikha",
    "my papers are with Dr. Unverzagt",
    "Зодинген, біля церкви",
    "+49 2323 9999 417",
)
Secret = str | int | float
QUICK = ApiTimeouts(
    requests=RequestTimeouts(read=0.3),
    polls=polling.PollPauses(poll=1, margin=0.3, first=0.05, longest=0.1, conflict=0.1),
    chat_sender=retries.RetryPauses(first=0.05, longest=0.1, locked=0.1),
)


@pytest.fixture(autouse=True)
def nothing_goes_wrong_unseen() -> None:
    """Here things go wrong on purpose."""


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, "herne", timeouts=QUICK) as made:
        yield made


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """What the operator's log would hold if every library told all it can."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logs.Lines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield text
    finally:
        root.setLevel(level)
        root.removeHandler(handler)


async def faults(world: World, **wanted: Any) -> None:
    async with world.session.put(f"{world.simulator.url}/faults", json=wanted) as answer:
        answer.raise_for_status()


async def finds_a_place(person: Client) -> None:
    """Typed, misunderstood, shared."""
    await person.walks("Book an appointment")
    for text in TEXTS:
        await person.says_and_waits(text)
        await person.says_and_waits("/menu")
        await person.walks("Book an appointment")
    await person.presses_and_waits("Share my location once")
    await person.sends(location=WHERE)
    await person.settles()


async def books_moves_cancels(person: Client) -> None:
    await person.walks("Main menu")
    await book_at(person)
    await person.walks("Show at the door", "Back", "Calendar file")
    await person.walks("Change the time", "Thursday 26 November", "09:00", "Confirm")
    await person.walks("Cancel the appointment")
    await person.takes("cancel_yes")


async def books_with_wishes(person: Client) -> None:
    await person.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await person.walks("Wednesday 25 November", "10:00", "Add a wish", "Someone to translate")
    await person.walks("What it is about", "Debts", "Done", "Confirm")


async def sends_what_nobody_opens(person: Client) -> None:
    for kind in ("sticker", "voice", "photo", "contact"):
        await person.sends(location=None, **{kind: True})
    await person.sends(location=ELSEWHERE)
    await person.says_and_waits("/nonsense Unverzagt")
    await person.presses_data(person.now["message_id"], "forged:1:Unverzagt")
    await person.settles()


async def uses_every_right(world: World, person: Client) -> None:
    """Books, reads what is kept, has it as a file, and deletes everything."""
    await book_at(person, "09:00", "Friday 27 November")
    for command in ("/privacy", "/export", "/delete"):
        await person.says_and_waits(command)
    await person.presses("Yes, delete everything")
    await world.taken()


async def looks_at_lists(case_manager: Client) -> None:
    await case_manager.walks("Heute", "Nächste 7 Tage")
    await case_manager.takes("visit")
    await case_manager.settles()


async def meets_every_error(world: World, person: Client) -> None:
    """Poison, an API that is slow, away, refuses, or has revoked the token; a blocked bot."""
    assert world.process is not None
    key = world.process.resources.vault.lookup(person.id)
    await world.sql(f"UPDATE chats SET session = '{{\"draft\":7}}' WHERE chat_key = '{key}'")
    await world.sql(
        "INSERT INTO inbox (channel, update_id, chat_key, payload_sealed, received_at)"
        f" VALUES ('telegram', 1, '{key}', 'never sealed', 0)"
    )
    await person.says(TEXTS[0])
    await world.taken()
    methods = ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates")
    for fault in ({"status": 500}, {"retry_after": 1}, {"drop": "after"}, {"status": 409}):
        await faults(world, script=[{"method": m, "times": 1, **fault} for m in methods])
        await person.says_and_waits("/menu")
        await world.taken()
    await faults(world, revoked=True)
    await person.says("/menu")
    await person.looks(wait=0.3)
    await faults(world)
    await world.taken()
    await world.brings({"message": {"chat": {"id": ANNA, "type": "private"}, "text": NAMES}})
    await person.blocks()
    await person.unblocks()
    await world.taken()


def forms(secret: Secret) -> Iterator[bytes]:
    """Every way a secret could stand in a file."""
    if isinstance(secret, float):
        yield from (struct.pack(">d", secret), struct.pack("<d", secret))
        yield f"{secret:.4f}".encode()  # with three, a time of day could look like it
    elif isinstance(secret, int):
        yield from (secret.to_bytes(6, "big"), secret.to_bytes(8, "little"), str(secret).encode())
    else:
        for part in (secret, *(word for word in secret.split() if len(word) > 6)):
            yield from (part.encode(), part.encode("utf-16-le"), json.dumps(part)[1:-1].encode())


def traces(secrets: list[Secret], files: dict[str, bytes]) -> list[str]:
    return [
        f"{secret} in {name}"
        for secret in secrets
        for name, content in files.items()
        if any(form in content for form in forms(secret))
    ]


async def test_no_file_names_anybody_whatever_happened(world: World) -> None:
    with everything_logged() as told:
        anna = await world.person(ANNA, "en", NAMES[0])
        olena = await world.person(OLENA, "uk", NAMES[1])
        stranger = await world.person(STRANGER, "en", NAMES[3])
        link = await world.invitation("mohammad")
        ali = await world.person(ALI, "de", NAMES[2])
        await ali.says_and_waits(link)
        firdevs = await world.case_manager("koekluoglu", FIRDEVS)
        await stranger.says_and_waits("/start")
        await stranger.says_and_waits(TEXTS[1])
        await agree(anna)
        await finds_a_place(anna)
        await books_moves_cancels(anna)
        await books_with_wishes(anna)
        await sends_what_nobody_opens(anna)
        await agree(olena)
        await uses_every_right(world, olena)
        await looks_at_lists(ali)
        await world.to(MONDAY_MORNING.replace(day=24, hour=10, minute=5))
        await world.taken()
        await anna.settles()
        await anna.takes("coming")
        await meets_every_error(world, anna)
        await firdevs.settles()
        file = world.folder / "backup.db"
        await backup.backup(world.settings, file, world.clock.now())
    secrets: list[Secret] = [
        *(ANNA, OLENA, ALI, FIRDEVS, STRANGER),
        *NAMES,
        *TEXTS,
        *WHERE,
        *ELSEWHERE,
        TOKEN,
        link.partition(" ")[2],
    ]
    files = {
        name: (world.folder / name).read_bytes() for name in ("lotse.db", "lotse.db-wal", file.name)
    }
    assert min(len(content) for content in files.values()) > 0
    assert traces(secrets, {**files, "log": told.getvalue().encode()}) == []
    assert "the update is set aside" in told.getvalue()
    assert "a session cannot be read" in told.getvalue()
    assert "a library reports" in told.getvalue()


async def test_the_search_would_find_each_of_them() -> None:
    for secret in (ANNA, NAMES[1], TEXTS[0], WHERE[0]):
        for form in forms(secret):
            assert traces([secret], {"file": b"before" + form + b"after"}) == [f"{secret} in file"]
