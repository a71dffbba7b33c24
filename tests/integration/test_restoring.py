"""A restore: what was ended since the backup does not come back in silence, and no key comes twice.

On both engines.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import SecretStr
from town import VAULT

from bot import app
from bot.commands import backup, restore
from bot.conversation import presses
from bot.domain.actors import OPERATOR, Actor, Role
from bot.messages.payloads import Kind
from bot.runtime.clock import Clock
from bot.services.staff_invitations import token_hash
from bot.settings import Settings
from bot.storage.engine.database import Tx
from bot.storage.engine.opening import open_database
from bot.storage.keyfile import key_text
from bot.storage.queues import outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import (
    blocked_clients,
    chats,
    feeds,
    invitations,
    persons,
    slip_claims,
    staff_chats,
)
from bot.storage.upkeep import staff_ties
from bot.storage.upkeep.after_restore import KEYS_LEFT_OUT
from bot.storage.upkeep.brought_back import BroughtBack, Kept

NOW, HOUR, DAY = 1_796_000_000, 3600, 86_400
ANNA = Actor.speaking_as(Role.CASE_MANAGER, "mohammad")
DESK = Actor.speaking_as(Role.FRONT_DESK, "planb")
INVITED, SLIP = token_hash("invited"), token_hash("slip")
EVERYTHING = Kept(chats=True, slips=True, blocks=True)
NOTHING = Kept(chats=False, slips=False, blocks=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of the database that the backup is made of."""
    return of(f"sqlite:///{tmp_path}/start.db")


def of(url: str) -> Settings:
    return Settings(
        database_url=url, data_key=SecretStr(key_text(bytes(32))), api_url="http://127.0.0.1:1"
    )


def _let_in(tx: Tx) -> None:
    """Everybody has a chat, an invitation is open, a slip unused, and somebody is blocked."""
    for number, actor in enumerate((ANNA, DESK, OPERATOR)):
        made = chats.add(tx, VAULT, number, "{}", NOW)
        staff_ties.tie(tx, actor, made.person.id, NOW - number * DAY)
    notice = OutboxRow(Kind.NOTICE, "{}", "x:1", Priority.NOTICE, NOW, 1, "mohammad")
    outbox.put(tx, notice, NOW)
    invitations.keep(tx, INVITED, DESK, NOW + DAY)
    feeds.make(tx, "mohammad", token_hash("feed"), NOW)
    client = chats.add(tx, VAULT, 7, "{}", NOW).person.id
    tx.run(
        "INSERT INTO appointments (code, person_id, case_manager_id, office_id, start_at, end_at,"
        " free_at, status, language, wishes, answer) VALUES ('K7PM', :person, 'mohammad', 'planb',"
        " :start, :end, :end, 'booked', 'de', '{}', 'none')",
        person=client,
        start=NOW + DAY,
        end=NOW + DAY + HOUR,
    )
    slip_claims.keep(tx, SLIP, 1, NOW + DAY)
    blocked_clients.block(tx, "K7PM", NOW)


async def backed_up(settings: Settings, tmp_path: Path) -> Path:
    """A backup of a database in which everybody is let in."""
    file = tmp_path / "backup.db"
    async with app.open_resources(settings, Clock()) as resources:
        await resources.database.run(_let_in)
    await backup.backup(settings, file, NOW)
    return file


def _standing(tx: Tx) -> Mapping[str, object]:
    """What is still good."""
    return {
        "chats": set(staff_chats.everybody(tx)),
        "feeds": feeds.made(tx),
        "slips": slip_claims.claimable(tx, SLIP, NOW),
        "blocks": list(blocked_clients.blocks(tx)),
        "invited": invitations.redeem(tx, INVITED, NOW),
    }


async def standing(url: str) -> Mapping[str, object]:
    database = await open_database(url)
    try:
        return await database.run(_standing)
    finally:
        await database.close()


ENDED: Mapping[str, object] = {
    "chats": set(),
    "feeds": (),
    "slips": None,
    "blocks": [],
    "invited": None,
}


async def test_what_lets_somebody_in_is_ended_and_named(
    settings: Settings, tmp_path: Path, url: str
) -> None:
    file = await backed_up(settings, tmp_path)
    told = (await restore.restore(of(url), file, NOW + HOUR, restore.decided({}))).splitlines()
    assert await standing(url) == {**ENDED, "blocks": ["K7PM"]}
    assert told[1:] == [
        "It is all as it was on 2026-11-30 at 00:53 UTC. Reminders whose time has passed are not"
        " sent again.",
        "Left out: what had passed its term on 2026-11-30 at 01:53 UTC, by this machine's clock.",
        "Ended: the chats of mohammad (since 2026-11-30), planb (since 2026-11-29), operator"
        " (since 2026-11-28). `staff invite ID` for each that is to have one.",
        "Ended: slips nobody had used (1). Their codes open nothing; the talks stay.",
        "Came back: the blocks K7PM (since 2026-11-30). `unblock CODE` for each that was lifted"
        " since then.",
        "Ended: the calendars of mohammad. `staff feed ID` makes a new address.",
        "Ended: all open invitations, and all links to lists.",
        restore.UNKNOWN,
        "The key is not in it and travels separately: what BOT_DATA_KEY holds. Without it nobody"
        " can be named.",
    ]


async def test_by_a_clock_that_goes_before_the_backup_nothing_is_restored(
    settings: Settings, tmp_path: Path, url: str
) -> None:
    file = await backed_up(settings, tmp_path)
    with pytest.raises(ExceptionGroup) as raised:
        await restore.restore(of(url), file, NOW - 2 * HOUR, restore.decided({}))
    (problem,) = raised.value.exceptions
    assert str(problem) == (
        "the backup was made on 2026-11-30 at 00:53 UTC, and this machine says it is"
        " on 2026-11-29 at 22:53 UTC: set its clock right; nothing was restored"
    )


async def test_what_waits_for_a_chat_that_is_ended_waits_for_the_next(
    settings: Settings, tmp_path: Path, url: str
) -> None:
    file = await backed_up(settings, tmp_path)
    await restore.restore(of(url), file, NOW + HOUR, NOTHING)
    database = await open_database(url)
    try:
        row = await database.run(lambda tx: tx.one("SELECT person_id, state FROM outbox"))
    finally:
        await database.close()
    assert row is not None
    assert (row["person_id"], row["state"]) == (None, "unaddressed")


async def test_what_is_to_be_kept_is_good_again_but_for_what_is_made_anew_in_no_time(
    settings: Settings, tmp_path: Path, url: str
) -> None:
    file = await backed_up(settings, tmp_path)
    told = await restore.restore(of(url), file, NOW + HOUR, EVERYTHING)
    assert await standing(url) == {
        **ENDED,
        "chats": {ANNA, DESK, OPERATOR},
        "slips": 1,
        "blocks": ["K7PM"],
    }
    assert [line.partition(".")[0] for line in told.splitlines() if line.startswith("Came")] == [
        "Came back: the chats of mohammad (since 2026-11-30), planb (since 2026-11-29), operator"
        " (since 2026-11-28)",
        "Came back: slips nobody had used (1)",
        "Came back: the blocks K7PM (since 2026-11-30)",
        "Came back, for nothing tells of it: what was deleted, withdrawn, cancelled or moved since"
        " then, and links to single appointments that were ended",
    ]


async def test_a_look_shows_what_there_is_and_leaves_the_database_empty(
    settings: Settings, tmp_path: Path, url: str
) -> None:
    file = await backed_up(settings, tmp_path)
    found = await restore.look(of(url), file, NOW + HOUR)
    assert (found.calendars, found.slips, dict(found.blocks)) == (("mohammad",), 1, {"K7PM": NOW})
    assert dict(found.chats) == {ANNA: NOW, DESK: NOW - DAY, OPERATOR: NOW - 2 * DAY}
    await restore.restore(of(url), file, NOW + HOUR, NOTHING)
    assert await standing(url) == ENDED


def test_it_is_asked_about_what_was_not_said_and_of_what_there_is() -> None:
    found = BroughtBack({ANNA: NOW}, (), 0, {"K7PM": NOW})
    asked = list[tuple[str, bool]]()

    def ask(question: str, default: bool) -> bool:
        asked.append((question, default))
        return not default

    assert restore.decided({"chats": None, "slips": None}, found, ask) == Kept(
        chats=True, blocks=False
    )
    assert asked == [
        (
            "These speak for the staff again, also who was revoked since then: mohammad"
            " (since 2026-11-30). Keep them?",
            False,
        ),
        (
            "These are blocked again, also who was unblocked since then: K7PM (since 2026-11-30)."
            " Keep them?",
            True,
        ),
    ]
    asked.clear()
    said = {"chats": True, "slips": True, "blocks": False}
    assert restore.decided(said, found, ask) == Kept(chats=True, slips=True, blocks=False)
    assert asked == []


def _new_keys(tx: Tx) -> list[int]:
    message = OutboxRow(Kind.TEXT, "{}", "new", Priority.NOTICE, NOW, 1)
    outbox.put(tx, message, NOW)
    row = tx.one("SELECT MAX(id) AS id FROM outbox")
    assert row is not None
    return [persons.add(tx, NOW).id, row["id"]]


async def test_no_key_given_before_or_since_the_backup_is_given_again(
    settings: Settings, tmp_path: Path, url: str
) -> None:
    file = await backed_up(settings, tmp_path)
    await restore.restore(of(url), file, NOW + HOUR, NOTHING)
    database = await open_database(url)
    try:
        assert await database.run(_new_keys) == [KEYS_LEFT_OUT + 5, KEYS_LEFT_OUT + 2]
    finally:
        await database.close()


def test_a_press_has_room_for_the_keys_after_many_restores() -> None:
    longest = f"{99 * KEYS_LEFT_OUT}.99.{'x' * 16}.7fffff"
    assert presses.decode(presses.encode("asked_time", None, longest)) is not None
