"""The morning's lists as rows: once a day, only when there is something, never the topic."""

from collections.abc import AsyncIterator
from datetime import time

import pytest
from test_staff_service import acts, attend
from town import Town, at, invented, open_town

from bot.conversation import staff_facts
from bot.conversation.content import Code, Language, Line, Name, Time, say
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Wishes
from bot.domain.city import City
from bot.domain.lifecycle import Act
from bot.domain.open_matters import Matter
from bot.domain.staffing import OfficeReach, Reach, Staffing
from bot.messages import digests, payloads
from bot.messages.digests import Digest

TUESDAY = "2026-11-24"
EARLY = time(7, 15)
MILL = Actor(Role.FRONT_DESK, office_id="mill")
MILL_HEARS = Staffing(offices={"mill": OfficeReach("mill@example.org", digest=EARLY)})
WISHES = Wishes(language_help=True, children=2, topic="housing")


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def mails(town: Town) -> list[tuple[str, Digest]]:
    found = await town.rows(
        "SELECT mailbox, kind, content FROM outbox WHERE channel = 'mail' AND kind = 'digest'"
        " ORDER BY id"
    )
    read = [(mailbox, payloads.decode(kind, text)) for mailbox, kind, text in found]
    return [(mailbox, digest) for mailbox, digest in read if isinstance(digest, Digest)]


def said(digest: Digest, city: City) -> tuple[tuple[Line, ...], ...]:
    """The paragraphs of its mail."""
    return ((digests.heading(digest),), *digests.entries(digest, city))


def told(about: Appointment, name: str, wishes: Wishes) -> tuple[Line, ...]:
    when = say(
        "staff.entry", time=Time(about.start), code=Code(about.code), language=Language("en")
    )
    who = say("staff.with", name=Name(name))
    return (when, who, *staff_facts.wishes(wishes))


async def test_an_offices_mailbox_gets_the_day_of_everybody_in_order_of_time(town: Town) -> None:
    late = await town.book(await town.client(1), town.slot("anna", f"{TUESDAY} 11:00"), WISHES)
    soon = await town.book(await town.client(2), town.slot("ben", f"{TUESDAY} 09:40"))
    await town.book(await town.client(3), town.slot("cora", f"{TUESDAY} 09:00"))
    await attend(town, MILL_HEARS, at(f"{TUESDAY} 07:15"))
    [(mailbox, mail)] = await mails(town)
    assert mailbox == "office:mill"
    without_topic = Wishes(language_help=True, children=2)
    assert said(mail, town.city) == (
        (say("staff.office_today"),),
        told(soon, "Ben", Wishes()),
        (*told(late, "Anna", without_topic), say("matter.help_open")),
    )


async def test_an_offices_list_comes_at_its_hour_once_a_day_and_only_with_something_in_it(
    town: Town,
) -> None:
    await town.book(await town.client(1), town.slot("anna", f"{TUESDAY} 09:00"))
    await town.book(await town.client(2), town.slot("anna", "2026-12-01 09:00"))
    for moment, number in (
        ("2026-11-23 12:00", 0),
        (f"{TUESDAY} 07:14", 0),
        (f"{TUESDAY} 07:15", 1),
        (f"{TUESDAY} 07:16", 1),
        (f"{TUESDAY} 08:00", 1),
        ("2026-11-30 07:15", 1),
        ("2026-12-01 07:20", 2),
    ):
        await attend(town, MILL_HEARS, at(moment))
        assert len(await mails(town)) == number, moment


async def test_what_was_called_off_is_left_to_do_and_what_is_over_is_in_no_list(town: Town) -> None:
    over = await town.book(await town.client(1), town.slot("anna", f"{TUESDAY} 09:00"))
    gone = await town.book(await town.client(2), town.slot("anna", f"{TUESDAY} 10:00"))
    await acts(town, MILL, Act.CALL_OFF, gone.id)
    await attend(town, MILL_HEARS, over.end)
    [(_, mail)] = await mails(town)
    assert isinstance(mail, Digest)
    assert mail.entries == ()
    assert [(each.about.id, each.matters) for each in mail.left_to_do] == [
        (gone.id, (Matter.CALLED_OFF,))
    ]


async def test_what_was_called_off_and_rebooked_is_left_to_nobody(town: Town) -> None:
    client = await town.client(2)
    gone = await town.book(client, town.slot("anna", "2026-12-01 10:00"))
    await acts(town, MILL, Act.CALL_OFF, gone.id)
    await town.book(client, town.slot("anna", "2026-12-01 11:00"))
    await attend(town, MILL_HEARS, at(f"{TUESDAY} 07:15"))
    assert await mails(town) == []


async def test_a_case_manager_is_told_by_mail_what_the_chat_says_under_a_heading_of_its_own(
    town: Town,
) -> None:
    booked = await town.book(await town.client(1), town.slot("anna", f"{TUESDAY} 09:00"), WISHES)
    reach = Reach("anna@example.org", by_mail=True, digest=time(7, 30))
    await attend(town, Staffing({"anna": reach}), at(f"{TUESDAY} 07:30"))
    [(mailbox, mail)] = await mails(town)
    assert mailbox == "case_manager:anna"
    when, _, *wishes = told(booked, "Anna", Wishes(language_help=True, children=2))
    open_now = say("matter.help_open")
    assert said(mail, town.city) == ((say("staff.today_title"),), (when, *wishes, open_now))
