"""What an operator's monitoring sees over HTTP: alive, ready, numbers; and nobody's data."""

import asyncio
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from processes import free_port, program, running
from stage import TOKEN
from watched import WatchedWorld, booked, open_watched, reached

from bot.web.shared_look import KEPT_SECONDS

OPERATING = Path(__file__).parents[2] / "docs/operating.md"
SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\\]+"\})? [0-9]+\.[0-9]+(e[-+][0-9]+)?')
PAGES = ("/healthz", "/readyz", "/metrics")


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[WatchedWorld]:
    """Herne, watched; the bot is up."""
    async with open_watched(tmp_path) as made:
        yield made


async def test_a_bot_at_rest_is_ready(watched: WatchedWorld) -> None:
    assert await watched.readiness() == (
        200,
        {
            "ready": True,
            "database": True,
            "api": True,
            "webhook": True,
            "sender": True,
            "jobs": True,
            "clock": True,
            "mail": True,
            "reasons": [],
            "leader": True,
            "webhook_error": None,
            "inbox_oldest_seconds": 0,
            "outbox_oldest_seconds": 0,
            "mail_oldest_seconds": 0,
        },
    )


async def test_without_the_api_it_lives_and_is_not_ready_until_the_api_is_back(
    watched: WatchedWorld,
) -> None:
    port = int(watched.simulator.url.rpartition(":")[2])
    await watched.simulator.stop()
    told = await watched.is_ready(False)
    assert (told["database"], told["api"], told["sender"]) == (True, False, True)
    assert (await watched.page("/healthz"))[0] == 200
    assert (await watched.numbers())["lotse_api_answers"] == 0
    await watched.simulator.start(port=port)
    assert (await watched.is_ready(True))["api"] is True


async def test_a_bot_that_starts_while_the_api_is_away_lives_and_is_not_ready(
    tmp_path: Path,
) -> None:
    port = free_port()
    settings = running(f"http://127.0.0.1:{free_port()}")
    watch = f"http://127.0.0.1:{port}"
    async with (
        program("run", folder=tmp_path, BOT_LISTEN=f"127.0.0.1:{port}", **settings) as bot,
        aiohttp.ClientSession() as session,
    ):
        await bot.says("the Bot API is unreachable")
        await reached(session, f"{watch}/healthz")
        statuses = [(await session.get(f"{watch}{page}")).status for page in PAGES]
    assert dict(zip(PAGES, statuses, strict=True)) == {
        "/healthz": 200,
        "/readyz": 503,
        "/metrics": 200,
    }


async def test_without_the_database_it_is_not_ready_and_still_tells_its_own_numbers(
    watched: WatchedWorld,
) -> None:
    with closing(sqlite3.connect(watched.folder / "lotse.db")) as another:
        another.execute("BEGIN IMMEDIATE")
        told, numbers = await asyncio.gather(watched.is_ready(False), watched.numbers())
        another.rollback()
    assert (told["ready"], told["database"], told["api"]) == (False, False, True)
    assert told["reasons"] == ["the database does not answer, or cannot be written to"]
    assert told["inbox_oldest_seconds"] is told["outbox_oldest_seconds"] is None
    assert numbers["lotse_database_answers"] == 0
    assert "lotse_updates_total" in numbers
    assert (await watched.is_ready(True))["database"] is True


async def test_with_a_wrong_clock_it_is_not_ready_and_says_why(watched: WatchedWorld) -> None:
    watched.clock.hear("Bot API", watched.clock.exact() + 2 * 3600)
    (status, told) = await watched.readiness()
    assert (status, told["clock"]) == (503, False)
    assert told["reasons"] == ["the clock is wrong by more than an hour"]


async def test_mail_that_waits_is_told_and_leaves_it_ready(watched: WatchedWorld) -> None:
    now = watched.clock.now()
    await watched.sql(
        "INSERT INTO outbox (kind, content, dedupe_key, priority, due_at, state, mailbox)"
        f" VALUES ('notice', '{{}}', 'a', 1, {now - 901}, 'waiting', 'office:x'),"
        f" ('notice', '{{}}', 'b', 1, {now - 9000}, 'waiting', 'calendar:x')"
    )
    await asyncio.sleep(KEPT_SECONDS)
    (status, told) = await watched.readiness()
    assert (status, told["mail"], told["reasons"]) == (200, True, [])
    assert 900 < told["mail_oldest_seconds"] < 1000


async def test_where_nothing_can_be_written_it_is_not_ready(watched: WatchedWorld) -> None:
    with closing(sqlite3.connect(watched.folder / "lotse.db")) as another:
        another.execute(
            "CREATE TRIGGER full BEFORE INSERT ON facts WHEN new.name = 'health'"
            " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        another.commit()
        told = await watched.is_ready(False)
        another.execute("DROP TRIGGER full")
        another.commit()
    assert told["database"] is False
    assert (await watched.is_ready(True))["database"] is True


async def test_however_many_ask_whether_it_is_ready_it_writes_once_a_second(
    watched: WatchedWorld,
) -> None:
    with closing(sqlite3.connect(watched.folder / "lotse.db")) as another:
        another.execute("CREATE TABLE looks (at)")
        another.execute(
            "CREATE TRIGGER seen AFTER UPDATE ON facts WHEN new.name = 'health'"
            " BEGIN INSERT INTO looks VALUES (new.value); END"
        )
        another.commit()
        began = time.monotonic()
        asked = await asyncio.gather(*(watched.readiness() for _ in range(40)))
        took = time.monotonic() - began
        (looks,) = another.execute("SELECT COUNT(*) FROM looks").fetchone()
    assert {status for status, _ in asked} == {200}
    assert looks <= 1 + took / KEPT_SECONDS


async def test_a_booking_is_counted(watched: WatchedWorld) -> None:
    await booked(watched)
    numbers = await watched.numbers()
    handled = numbers['lotse_updates_handled_total{result="handled"}']
    assert numbers["lotse_updates_total"] == handled > 6
    assert numbers["lotse_update_seconds_count"] == handled
    assert numbers['lotse_update_seconds_bucket{le="+Inf"}'] == handled
    assert numbers['lotse_updates_handled_total{result="failed"}'] == 0
    assert numbers['lotse_sends_total{result="sent"}'] > 6
    assert numbers['lotse_appointments{status="booked"}'] == 1
    assert numbers['lotse_outbox_rows{state="planned"}'] > 0
    assert numbers['lotse_inbox_rows{state="waiting"}'] == 0


async def test_what_is_set_aside_and_what_waits_too_long_shows(watched: WatchedWorld) -> None:
    long_ago = watched.clock.now() - 500
    await watched.sql(
        "INSERT INTO inbox (channel, update_id, chat_key, payload_sealed, received_at, set_aside)"
        f" VALUES ('telegram', 1, 'a', '', {long_ago}, 1),"
        f" ('telegram', 2, 'nobody', '', {long_ago}, 0)"
    )
    await asyncio.sleep(KEPT_SECONDS)
    numbers = await watched.numbers()
    assert numbers['lotse_inbox_rows{state="set_aside"}'] == 1
    assert numbers['lotse_inbox_rows{state="waiting"}'] == 1
    assert 500 <= numbers["lotse_inbox_oldest_seconds"] < 520
    assert 500 <= (await watched.readiness())[1]["inbox_oldest_seconds"] < 520


async def test_every_line_of_the_metrics_can_be_read(watched: WatchedWorld) -> None:
    await booked(watched)
    _, text = await watched.page("/metrics")
    told: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in told
            told[name] = kind
        elif not line.startswith("# HELP "):
            assert SAMPLE.fullmatch(line), line
            name = re.split(r"[{ ]", line)[0]
            assert name in told or re.sub("_(bucket|sum|count)$", "", name) in told
    assert set(told.values()) == {"counter", "gauge", "histogram"}
    assert {name for name, kind in told.items() if kind == "counter"} == {
        name for name in told if name.endswith("_total")
    }


async def test_the_pages_name_nobody(watched: WatchedWorld) -> None:
    anna = await booked(watched)
    codes = [word for row in await watched.sql("SELECT code FROM appointments") for word in row]
    never = [
        *("Anneliese", "Anna", "mohammad", "Mohammad", "akelma", "44649", "appt:", "update:"),
        *(str(number) for number in (anna.id, 987_654_300, 987_654_301)),
        *(TOKEN, TOKEN.partition(":")[2] + "/", *map(str, codes)),
    ]
    for page in PAGES:
        status, text = await watched.page(page)
        assert status == 200
        assert [word for word in never if word in text] == []


async def test_the_handbook_names_every_metric_and_no_other(watched: WatchedWorld) -> None:
    documented = set(re.findall(r"`(lotse_[a-z_]+)", OPERATING.read_text(encoding="utf-8")))
    _, text = await watched.page("/metrics")
    assert documented == set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))


async def test_there_is_nothing_else_to_find(watched: WatchedWorld) -> None:
    for path in ("/", "/metrics/", "/from-telegram", "/.env"):
        assert (await watched.page(path))[0] == 404
