"""A new key: everything is found and read with it, nothing with the old one, on both engines."""

import shutil
from pathlib import Path

import pytest
from pydantic import SecretStr
from town import telegram

from bot import app
from bot.commands import rotate_key
from bot.messages.payloads import Kind
from bot.runtime import keys
from bot.runtime.clock import Clock
from bot.settings import Settings
from bot.storage import keyfile
from bot.storage.engine.database import Tx
from bot.storage.engine.opening import open_database, runner_of
from bot.storage.engine.run_lock import AlreadyRunning
from bot.storage.queues import inbox, outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import blocked_clients, chats, tallies
from bot.storage.records.tallies import Tally
from bot.storage.upkeep import erasure
from bot.storage.vault import KeyProblem, SealBroken, Vault, WrongKey

NOW = 1_796_000_000
ANNA, BERTA = 700_000_001, 700_000_002
UPDATE = (
    b'{"update_id": 5, "message": {"chat": {"id": 700000002, "type": "private"}, "text": "hello"}}'
)


@pytest.fixture
async def settings(url: str, tmp_path: Path) -> Settings:
    """Of a database with a client, a stranger whose first update waits, and two blocked chats."""
    made = Settings(
        database_url=url, data_key_file=tmp_path / "lotse.key", api_url="http://127.0.0.1:1"
    )
    keyfile.make_key(made.key_file)
    async with app.open_resources(made, Clock()) as resources:
        await resources.database.run(_fill, resources.vault)
    return made


def _fill(tx: Tx, vault: Vault) -> None:
    chats.add(tx, vault, ANNA, "{}", NOW)
    inbox.keep(tx, telegram(5), vault.lookup(BERTA), vault.seal(UPDATE), NOW)
    for chat in (ANNA, BERTA):
        tx.run(
            "INSERT INTO blocked (chat_key, code, blocked_at) VALUES (:chat, :code, :now)",
            chat=vault.lookup(chat),
            code=str(chat),
            now=NOW,
        )
        tx.run(
            "INSERT INTO tallies (chat_key, what, at, number) VALUES (:chat, 'cancelled', :now, 2)",
            chat=vault.lookup(chat),
            now=NOW,
        )


def _opens(tx: Tx, vault: Vault) -> None:
    """All is found by the hashes of this vault, and read with it."""
    found = chats.by_key(tx, vault.lookup(ANNA))
    assert found is not None and vault.open(found.sealed) == str(ANNA).encode()
    assert blocked_clients.is_blocked(tx, found.person.id, NOW - 1)
    assert tallies.moments(tx, found.person.id, Tally.CANCELLED, NOW - 1) == [NOW, NOW]
    (waiting,) = inbox.first_two(tx, vault.lookup(BERTA))
    assert vault.open(waiting.payload_sealed) == UPDATE


async def opens(settings: Settings) -> None:
    async with app.open_resources(settings, Clock()) as resources:
        await resources.database.run(_opens, resources.vault)


def key(file: Path) -> bytes:
    return keyfile.read_key(file)


async def test_after_a_rotation_the_new_key_opens_everything_and_the_old_one_nothing(
    settings: Settings,
) -> None:
    before = key(settings.key_file)
    told = await rotate_key.rotate(settings)
    assert told.startswith("2 rows have the new key.\n")
    await opens(settings)
    old = settings.key_file.with_name("lotse.key.old")
    assert key(settings.key_file) != before == key(old)
    assert {file.stat().st_mode & 0o777 for file in (old, settings.key_file)} == {0o600}
    with pytest.raises(WrongKey):
        await opens(settings.model_copy(update={"data_key_file": old}))
    async with app.open_resources(settings, Clock()) as resources:
        row = await resources.database.run(lambda tx: tx.one("SELECT chat_sealed FROM chats"))
        assert row is not None
        with pytest.raises(SealBroken):
            Vault(before).open(row["chat_sealed"])


async def test_what_is_held_against_somebody_who_is_not_known_any_more_ends(
    settings: Settings,
) -> None:
    await rotate_key.rotate(settings)
    async with app.open_resources(settings, Clock()) as resources:
        rows = await resources.database.run(lambda tx: tx.all("SELECT code FROM blocked"))
        assert [row["code"] for row in rows] == [str(ANNA)]
        rows = await resources.database.run(lambda tx: tx.all("SELECT number FROM tallies"))
        assert [row["number"] for row in rows] == [2]


async def test_where_a_calendar_entry_went_is_read_with_the_new_key(settings: Settings) -> None:
    async with app.open_resources(settings, Clock()) as resources:
        row = OutboxRow(
            *(Kind.NOTICE, "{}", "key", Priority.NOTICE, NOW),
            mailbox="calendar:anna",
            address_sealed=resources.vault.seal("anna@office.example"),
        )
        await resources.database.run(outbox.put, row, NOW)
    assert (await rotate_key.rotate(settings)).startswith("3 rows have the new key.\n")
    async with app.open_resources(settings, Clock()) as resources:
        rows = await resources.database.run(lambda tx: tx.all("SELECT address_sealed FROM outbox"))
        opened = [resources.vault.open(row["address_sealed"]) for row in rows]
        assert opened == [b"anna@office.example"]


async def test_somebody_who_left_gets_no_hash_again(settings: Settings) -> None:
    async with app.open_resources(settings, Clock()) as resources:
        await resources.database.run(erasure.leave, 1, NOW, resources.city.rules.time_zone)
    await rotate_key.rotate(settings)
    async with app.open_resources(settings, Clock()) as resources:
        rows = await resources.database.run(lambda tx: tx.all("SELECT * FROM chats"))
        assert [row["chat_key"] for row in rows] == ["left-1"]
        assert resources.vault.open(rows[0]["chat_sealed"]) == str(ANNA).encode()


async def test_ended_before_the_database_has_the_new_key_the_old_one_still_opens_it(
    settings: Settings,
) -> None:
    new = keys.new_file(settings)
    keyfile.make_key(new)
    await opens(settings)
    wanted = key(new)
    await rotate_key.rotate(settings)
    assert key(settings.key_file) == wanted
    await opens(settings)


async def test_ended_after_it_the_start_names_the_file_and_another_run_ends_it(
    settings: Settings,
) -> None:
    file, new = settings.key_file, keys.new_file(settings)
    await rotate_key.rotate(settings)
    file.rename(new)
    shutil.copy(file.with_name("lotse.key.old"), file)
    with pytest.raises(keys.RotationUnfinished, match=r"lotse\.key\.new is the key of this"):
        await opens(settings)
    told = await rotate_key.rotate(settings)
    assert told.startswith("The database has the new key already.\n")
    await opens(settings)
    assert not new.exists()


async def test_the_key_of_the_rotation_before_is_never_overwritten(settings: Settings) -> None:
    await rotate_key.rotate(settings)
    old = settings.key_file.with_name("lotse.key.old")
    first, second = key(old), key(settings.key_file)
    with pytest.raises(KeyProblem, match="the key before this one"):
        await rotate_key.rotate(settings)
    assert (key(old), key(settings.key_file)) == (first, second)
    await opens(settings)


async def test_a_key_that_is_given_is_taken_and_no_file_touched(settings: Settings) -> None:
    before, given = key(settings.key_file), keyfile.key_text(bytes(32))
    told = await rotate_key.rotate(settings.model_copy(update={"new_data_key": SecretStr(given)}))
    assert f"Put the new key into {settings.key_file}" in told
    assert given not in told
    assert key(settings.key_file) == before
    assert [file.name for file in settings.key_file.parent.glob("*.key*")] == ["lotse.key"]
    with pytest.raises(WrongKey):
        await opens(settings)
    await opens(settings.model_copy(update={"data_key": SecretStr(given)}))


async def test_a_key_from_the_environment_needs_a_new_one_from_there(settings: Settings) -> None:
    text = keyfile.key_text(key(settings.key_file))
    with pytest.raises(KeyProblem, match="BOT_NEW_DATA_KEY: needed"):
        await rotate_key.rotate(settings.model_copy(update={"data_key": SecretStr(text)}))


async def test_a_wrong_key_changes_nothing(settings: Settings) -> None:
    wrong = settings.model_copy(update={"data_key_file": settings.key_file.with_name("other")})
    keyfile.make_key(wrong.key_file)
    with pytest.raises(WrongKey):
        await rotate_key.rotate(wrong)
    await opens(settings)


async def test_a_database_nobody_has_used_has_no_key_to_change(url: str, tmp_path: Path) -> None:
    with pytest.raises(KeyProblem, match="has not been used yet"):
        await rotate_key.rotate(Settings(database_url=url, data_key_file=tmp_path / "lotse.key"))


async def test_a_running_bot_is_not_disturbed(settings: Settings) -> None:
    with runner_of(settings.database_url), pytest.raises(AlreadyRunning):
        await rotate_key.rotate(settings)
    await opens(settings)


async def test_a_row_that_cannot_be_opened_leaves_everything_as_it_was(settings: Settings) -> None:
    database = await open_database(settings.database_url)
    await database.run(lambda tx: tx.run("UPDATE inbox SET payload_sealed = 'AAAA'"))
    await database.close()
    before = key(settings.key_file)
    with pytest.raises(SealBroken):
        await rotate_key.rotate(settings)
    assert key(settings.key_file) == before
    async with app.open_resources(settings, Clock()) as resources:
        found = await resources.database.run(chats.by_key, resources.vault.lookup(ANNA))
        assert found is not None
