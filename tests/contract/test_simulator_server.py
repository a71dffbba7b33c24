"""The simulator as a server: it starts, stops and can be extended."""

import asyncio

import pytest
from aiohttp import ClientSession, web
from simulator_sides import ANNA, NOON, Clock, running_simulator

from bot.simulator.html import Formatted, parse
from bot.simulator.server import Simulator


async def test_who_waits_is_answered_when_it_stops() -> None:
    async with running_simulator() as sides, asyncio.TaskGroup() as group:
        polling = group.create_task(sides.updates(timeout=50))
        looking = group.create_task(sides.look(f"/people/{ANNA}/chat?after=99&wait=30"))
        await asyncio.sleep(0.05)
        await sides.simulator.stop()

    assert polling.result() == []
    assert len(looking.result()["messages"]) == 1


async def test_a_look_waits_for_the_next_change() -> None:
    async with running_simulator() as sides, asyncio.TaskGroup() as group:
        version = (await sides.look(f"/people/{ANNA}/chat"))["version"]
        looking = group.create_task(
            sides.look(f"/people/{ANNA}/chat?after={version}&wait=30&last=1")
        )
        await asyncio.sleep(0.05)
        await sides.done("sendMessage", chat_id=ANNA, text="now")

    assert [message["text"] for message in looking.result()["messages"]] == ["now"]
    assert looking.result()["bot_version"] == looking.result()["version"] == version + 1


async def test_one_look_waits_for_a_change_of_any_chat() -> None:
    async with running_simulator() as sides, asyncio.TaskGroup() as group:
        version = (await sides.look("/changes"))["version"]
        await sides.people("/people", id=7, first_name="Omar")
        looking = group.create_task(sides.look(f"/changes?after={version}&wait=30"))
        await asyncio.sleep(0.05)
        await sides.people("/people/7/messages", text="hello")

    assert looking.result() == {
        "version": version + 1,
        "people": {"7": {"version": 1, "bot": 0}},
    }


async def test_changes_tell_whether_the_bot_made_the_last_of_a_chat() -> None:
    async with running_simulator() as sides:
        await sides.done("sendMessage", chat_id=ANNA, text="now")
        before = await sides.look("/changes")
        await sides.people(f"/people/{ANNA}/messages", text="thanks")
        after = await sides.look(f"/changes?after={before['version']}")

    assert (before["people"], after["people"]) == (
        {str(ANNA): {"version": 2, "bot": 2}},
        {str(ANNA): {"version": 3, "bot": 2}},
    )


async def test_no_change_is_none_and_a_version_of_an_earlier_run_counts_as_none() -> None:
    async with running_simulator() as sides:
        everything = await sides.look("/changes")
        nothing = await sides.look(f"/changes?after={everything['version']}&wait=0.05")
        anew = await sides.look("/changes?after=999&wait=30")

    assert (nothing, anew) == ({**everything, "people": {}}, everything)


async def test_routes_can_be_added() -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(text="phones")

    def extend(app: web.Application) -> None:
        app.router.add_get("/", page)

    simulator = Simulator(Clock(), bot_username="other_bot", extend=extend)
    await simulator.start()
    async with ClientSession() as session:
        async with session.get(f"{simulator.url}/") as answer:
            shown = await answer.text()
        async with session.get(f"{simulator.url}/bot5:x/getMe") as answer:
            me = (await answer.json())["result"]
    await simulator.stop()

    assert (shown, me["id"], me["username"]) == ("phones", 5, "other_bot")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/people", {"id": "five", "first_name": "A"}, 400),
        ("/people", {}, 400),
        ("/people/5/messages", {"text": "a"}, 404),
        (f"/people/{ANNA}/messages", {}, 400),
        (f"/people/{ANNA}/messages", {"text": "a", "sticker": True}, 400),
        (f"/people/{ANNA}/messages", {"location": {"latitude": "a", "longitude": 1}}, 400),
        (f"/people/{ANNA}/presses", {"message_id": 1}, 400),
        (f"/people/{ANNA}/edits", {"message_id": 9, "text": "a"}, 400),
        ("/groups/-1/messages", {"from": 5, "text": "a"}, 400),
        ("/updates", [1], 400),
    ],
)
async def test_the_peoples_side_refuses_nonsense(path: str, body: object, status: int) -> None:
    async with (
        running_simulator() as sides,
        sides.session.post(f"{sides.url}{path}", json=body) as answer,
    ):
        assert answer.status == status


async def test_who_blocked_the_bot_must_unblock_before_writing() -> None:
    async with running_simulator() as sides:
        await sides.people(f"/people/{ANNA}/block")
        body = {"text": "a"}
        path = f"{sides.url}/people/{ANNA}/messages"
        async with sides.session.post(path, json=body) as answer:
            assert answer.status == 409


async def test_dates_are_those_of_the_clock() -> None:
    async with running_simulator() as sides:
        sides.clock.now += 86_400
        message = await sides.done("sendMessage", chat_id=ANNA, text="a")

    assert message["date"] == int(NOON) + 86_400


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b></b>x", "x", []),
        ("<a>x</a>", "x", []),
        ("<a href=https>x</a>", "x",
         [{"type": "text_link", "offset": 0, "length": 1, "url": "https"}]),
        ('<pre><code class="language-sql">x</code></pre>', "x",
         [{"type": "pre", "offset": 0, "length": 1, "language": "sql"}]),
        ('<code class="language-sql">x</code>', "x", [{"type": "code", "offset": 0, "length": 1}]),
        ("<blockquote expandable>x</blockquote>", "x",
         [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ("<B>\n x \n</b>y", "x \ny", [{"type": "bold", "offset": 0, "length": 3}]),
        ("&#x41;&#66;&lt;b&gt;&copy;", "AB<b>&copy;", []),
    ],
)  # fmt: skip
def test_html_as_telegram_reads_it(html: str, text: str, entities: list[object]) -> None:
    assert parse(html) == Formatted(text, entities)  # type: ignore[arg-type]
