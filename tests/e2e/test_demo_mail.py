"""The demo's mailboxes: every mail as it was sent, and the calendar that moves with it."""

import re
from datetime import datetime
from typing import Any

from staff_stage import browser_at
from test_demo import BERLIN, DAY, Visitor, amal, visitor

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
    await opened(visitor, link_in(mail))
    for label in ("Cancel the appointment", "Yes, cancel"):
        await amal.presses_and_waits(label)
    await visitor.moves_clock(seconds=60)
    gone = await mailboxes(visitor)
    assert (gone["events"], len(gone["mails"])) == ([], 2)


async def test_who_moves_the_clock_to_monday_sees_what_each_mailbox_got_in_the_morning(
    visitor: Visitor, amal: Person
) -> None:
    await visitor.moves_clock(seconds=DAY)
    mails = (await mailboxes(visitor))["mails"]
    booked = mails[-1]
    told = [(mail["to"].partition(",")[0], clock(mail), what(mail)) for mail in mails]
    assert told[1:3] == [(booked["to"], "07:30", "heute"), ("Front desk", "07:15", "heute")]
    assert [told[0][1:], told[3][2]] == [("11:30", "noch nicht gesehen"), "neu"]
    assert len(told) == 4
    code = booked["subject"].partition(":")[0].split()[-1]
    for mail in mails[1:3]:
        page = await opened(visitor, link_in(mail))
        assert code in page


async def test_a_mail_is_shown_as_it_was_sent_and_its_links_open_beside_the_demo(
    visitor: Visitor, amal: Person
) -> None:
    await visitor.moves_clock(seconds=60)
    (mail,) = (await mailboxes(visitor))["mails"]
    shown = await opened(visitor, f"{visitor.url}/demo/mails/{mail['number']}")
    assert '<base target="_blank">' in shown
    assert f'href="{link_in(mail)}"' in shown


async def test_the_morning_mail_lets_a_case_manager_into_their_lists(
    visitor: Visitor, amal: Person
) -> None:
    await visitor.moves_clock(seconds=DAY)
    morning, (event,) = (await mailboxes(visitor))["mails"][1], (await mailboxes(visitor))["events"]
    link = link_in(morning)
    at = "/".join(link.split("/")[:3])
    async with browser_at(at) as browser:
        async with browser.get(link) as answer:
            one = re.search(r'"(/[^"]*/appointment/\d+)"', await answer.text())
        assert one is not None
        async with browser.get(at + one[1]) as answer:
            page = await answer.text()
    assert (event["title"] in page, "Alle Termine" in page) == (True, True)


async def opened(visitor: Visitor, address: str) -> str:
    async with visitor.session.get(address) as answer:
        assert answer.status == 200
        return await answer.text()


def link_in(mail: dict[str, Any]) -> str:
    return str(next(word for word in mail["text"].split() if word.startswith("http")))


def clock(mail: dict[str, Any]) -> str:
    return f"{datetime.fromtimestamp(mail['sent_at'], BERLIN):%H:%M}"


def what(mail: dict[str, Any]) -> str:
    """What a subject says beside the code and the time."""
    return re.sub(r"^KIM-Termine? ?(\w{4}: )?|,.*", "", mail["subject"])
