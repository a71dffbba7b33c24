"""The demo's mailboxes: every mail as it was sent, and the calendar that moves with it."""

from typing import Any

from test_demo import Visitor, amal, visitor

from bot.simulator.person import Person

__all__ = ["amal", "visitor"]


async def mailboxes(visitor: Visitor) -> dict[str, Any]:
    async with visitor.session.get(f"{visitor.url}/demo/mails") as answer:
        found: dict[str, Any] = await answer.json()
        return found


async def test_a_booking_stands_in_the_calendar_until_it_is_cancelled(
    visitor: Visitor, amal: Person
) -> None:
    await visitor.moves_clock(seconds=60)  # waits until all is delivered
    booked = await mailboxes(visitor)
    (event,), (mail,) = booked["events"], booked["mails"]
    assert mail["subject"].startswith(f"{event['title']}: neu")
    assert (mail["to"], event["ends_at"] > event["starts_at"]) == (event["to"], True)
    page = next(word for word in mail["text"].split() if word.startswith("http"))
    async with visitor.session.get(page) as answer:
        assert answer.status == 200
    for label in ("Cancel the appointment", "Yes, cancel"):
        await amal.presses_and_waits(label)
    await visitor.moves_clock(seconds=60)
    gone = await mailboxes(visitor)
    assert (gone["events"], len(gone["mails"])) == ([], 2)
