"""The bot of today on a database of the version before: everybody goes on where they were."""

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from town import speaker
from upgrading import NOW, VAULT, Row, Successor, Upgraded, open_upgraded, write_before

from bot import app
from bot.commands import restore
from bot.conversation import session
from bot.conversation.views import VIEWS
from bot.domain.actors import OPERATOR, Actor, Role
from bot.runtime.clock import Clock
from bot.services import staff_invitations, walk_in_bookings
from bot.settings import Settings
from bot.storage import keyfile
from bot.storage.engine.database import Tx
from bot.storage.engine.each_by_itself import SetAside
from bot.storage.records import appointments, chats
from bot.storage.upkeep import housekeeping, personal_data
from bot.storage.upkeep.brought_back import Kept

DAY = 86_400
WALK_INS = 2
NEWER = {
    *("heard", "client_cancels", "matters", "ask_time", "stop", "suggested", "guessed"),
    "withdraw",
}
"""Screens that the version before did not have."""


@pytest.fixture
async def upgraded(url: str, tmp_path: Path) -> AsyncIterator[Upgraded]:
    async with open_upgraded(url, tmp_path / "lotse.db") as made:
        yield made


async def test_everybody_sees_their_screen_again(upgraded: Upgraded) -> None:
    def looked(tx: Tx) -> tuple[Counter[str], list[str]]:
        bot = Successor(tx)
        for key in sorted({str(row["chat_key"]) for row in tx.all("SELECT * FROM inbox")}):
            bot.handles_what_waits(key)
        seen: Counter[str] = Counter()
        for row in tx.all("SELECT * FROM chats ORDER BY person_id"):
            if row["chat_key"].startswith("left-"):
                continue
            stood = _screen(row["session"])
            chat = int(VAULT.open(row["chat_sealed"]))
            bot.gets(chat, sticker={"file_id": "x", "emoji": "x"})
            stands = chats.by_key(tx, row["chat_key"])
            assert stands is not None
            if stood:
                assert _screen(stands.session) == stood, chat
            seen[stood] += 1
        bot.delivers()
        return seen, bot.refused

    seen, refused = await upgraded.run(looked)
    assert refused == []
    assert set(VIEWS) - set(seen) == NEWER | {"farewell"}
    assert sum(seen.values()) > 90


def _screen(text: str) -> str:
    return session.from_json(text, None, None).screen


async def test_everything_that_waits_or_is_planned_goes_out(upgraded: Upgraded) -> None:
    def sent(tx: Tx) -> tuple[Successor, list[Row]]:
        bot = Successor(tx)
        bot.delivers()
        bot.now += 10 * DAY
        bot.delivers()
        rows = tx.all("SELECT id, kind, state FROM outbox WHERE channel = 'chat'")
        return bot, [dict(row) for row in rows]

    bot, rows = await upgraded.run(sent)
    assert bot.refused == []
    open_before = {
        row["kind"]
        for row in upgraded.before["outbox"]
        if row["state"] in ("waiting", "sending", "planned") and row["channel"] == "chat"
    }
    today = {"holdings": "data_export"}
    assert {claimed.kind for claimed, _ in bot.sent} >= {today.get(k, k) for k in open_before}
    left = {row["state"] for row in rows}
    assert left <= {"sent", "expired", "failed", "unaddressed"}


async def test_every_mail_that_waits_goes_out(upgraded: Upgraded) -> None:
    waiting = [
        row
        for row in upgraded.before["outbox"]
        if row["channel"] == "mail" and row["state"] in ("waiting", "sending")
    ]
    subjects = await upgraded.run(lambda tx: Successor(tx).mails())
    assert len(subjects) == len(waiting) > 20


async def test_what_was_kept_for_a_case_manager_goes_to_the_chat_they_open(
    upgraded: Upgraded,
) -> None:
    def opened(tx: Tx) -> list[str]:
        bot = Successor(tx)
        bot.delivers()
        already = len(bot.sent)
        bot.gets(6_000, text="/start open-invitation-bouchara")
        bot.delivers()
        return [claimed.kind for claimed, _ in bot.sent[already:]]

    kept = [
        row
        for row in upgraded.before["outbox"]
        if row["state"] == "homeless" and row["case_manager_id"] == "bouchara"
    ]
    assert (await upgraded.run(opened)).count("notice") == len(kept) > 0


async def test_invitations_and_slips_are_still_good(upgraded: Upgraded) -> None:
    def redeemed(tx: Tx) -> tuple[list[Actor | None], int]:
        found = [
            staff_invitations.redeem(tx, token, NOW)
            for token in ("open-invitation-bouchara", "open-desk-caritas", "open-operator")
        ]
        bot, claimed = Successor(tx), 0
        for number, row in enumerate(tx.all("SELECT appointment_id FROM claims ORDER BY 1")):
            about = appointments.by_id(tx, row["appointment_id"])
            assert about is not None
            taker = chats.add(tx, VAULT, 7_000 + number, "{}", NOW).person.id
            token = walk_in_bookings.claim_token(VAULT, about)
            claimed += walk_in_bookings.claim(bot.open_unit(tx, NOW), token, taker) is not None
        return found, claimed

    desk = Actor(Role.FRONT_DESK, office_id="caritas")
    expected = [speaker("bouchara"), desk, OPERATOR]
    assert await upgraded.run(redeemed) == (expected, WALK_INS)


async def test_every_rule_of_retention_can_be_followed_to_the_end(upgraded: Upgraded) -> None:
    def tidied(tx: Tx) -> tuple[list[SetAside], list[SetAside], int]:
        bot = Successor(tx)
        zone = bot.city.rules.time_zone
        soon = housekeeping.tidy(tx, NOW + 3 * DAY, zone)
        midway = len(tx.all("SELECT 1 AS x FROM chats WHERE midway = 1"))
        _nothing_waits_any_more(bot)
        return soon, housekeeping.tidy(tx, NOW + 200 * DAY, zone), midway

    soon, late, midway = await upgraded.run(tidied)
    assert (soon, late) == ([], [])
    assert midway == 0
    now = await upgraded.now("chats", "persons", "appointments")
    tied = (*upgraded.before["staff_chats"], *upgraded.before["role_chats"])
    staff = {row["person_id"] for row in tied}
    assert {row["id"] for row in now["persons"]} == staff
    assert {row["person_id"] for row in now["chats"]} == staff
    assert now["appointments"] == []


def _nothing_waits_any_more(bot: Successor) -> None:
    for row in bot.tx.all("SELECT DISTINCT chat_key FROM inbox WHERE set_aside = 0"):
        bot.handles_what_waits(row["chat_key"])
    bot.delivers()
    bot.mails()


async def test_everybody_can_be_told_what_is_held_about_them(upgraded: Upgraded) -> None:
    def told(tx: Tx) -> Iterator[int]:
        for row in tx.all("SELECT person_id FROM chats"):
            held = personal_data.of(tx, row["person_id"])
            assert (len(held["persons"]), len(held["chats"])) == (1, 1)
            json.dumps(held)
            yield row["person_id"]

    assert await upgraded.run(lambda tx: len(list(told(tx)))) > 90


async def test_a_backup_of_that_time_can_be_restored(url: str, tmp_path: Path) -> None:
    write_before(tmp_path / "backup.db")
    key = SecretStr(keyfile.key_text(bytes(range(32))))
    settings = Settings(database_url=url, data_key=key, api_url="http://127.0.0.1:1")
    told = await restore.restore(settings, tmp_path / "backup.db", NOW, Kept())
    assert "rows restored" in told
    async with app.open_resources(settings, Clock()) as resources:
        waiting = await resources.database.run(lambda tx: tx.all("SELECT * FROM chats"))
        assert len(waiting) > 90
