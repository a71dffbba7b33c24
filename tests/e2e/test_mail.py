"""A case manager without a chat is told by mail of what clients do in theirs."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from mail_room import read_event
from post_office import PostOffice
from post_office import post_office as opened
from stage import MONDAY_MORNING, agree, open_world
from watched import WatchedWorld, reached

from bot.settings import Settings
from bot.simulator.person import words

CITY = "tests/cities/smallville.toml"
STAFF = '[case_manager.adler]\nmail = "ada@town.example"\n'
MORNINGS = """
[case_manager.adler]
mail = "ada@town.example"
digest = "07:30"

[office.hall]
mail = "rathaus@town.example"
digest = "07:15"
"""
LINK = re.compile(r"http://127\.0\.0\.1:\d+/page/\S+")
WEDNESDAY = MONDAY_MORNING + timedelta(days=2)
ROWS = "SELECT * FROM appointments", "SELECT * FROM outbox", "SELECT * FROM audit"


@asynccontextmanager
async def mailing(folder: Path, port: int, people: str = STAFF) -> AsyncIterator[WatchedWorld]:
    """Smallville as real people meet it; Ada has no chat, and Bela has no channel at all."""
    staff = folder / "staff.toml"
    staff.write_text(people, encoding="utf-8")
    mail = {
        "staff": staff,
        "smtp_url": f"smtp://127.0.0.1:{port}",
        "mail_from": "KIM-Termine <termine@town.example>",
    }

    class MailWorld(WatchedWorld):
        @property
        def settings(self) -> Settings:
            known = super().settings.model_dump()
            pages = {"public_url": f"http://127.0.0.1:{self.port}/"}
            return Settings(**(known | mail | pages))

    async with open_world(folder, CITY, MailWorld, example=False) as made:
        assert isinstance(made, MailWorld)
        await reached(made.session, f"http://127.0.0.1:{made.port}/healthz")
        yield made


async def mails(office: PostOffice, number: int) -> list[EmailMessage]:
    for _ in range(1000):
        if len(office.mails) >= number:
            return office.mails
        await asyncio.sleep(0.01)
    raise AssertionError(f"{len(office.mails)} mails")


def links_in(mail: EmailMessage) -> set[str]:
    """Every link of a mail, in its text, its HTML and its calendar entry."""
    parts = (part for part in mail.walk() if not part.is_multipart())
    texts = [part.get_payload(decode=True) for part in parts]
    unfolded = (text.replace(b"\r\n ", b"").decode() for text in texts if isinstance(text, bytes))
    return {link.rstrip('">') for text in unfolded for link in LINK.findall(text)}


async def test_a_booking_and_its_end_reach_the_case_manager_by_mail(tmp_path: Path) -> None:
    async with opened() as office, mailing(tmp_path, office.port) as world:
        anna = await world.person()
        await agree(anna)
        await anna.walks("Book an appointment", "99001", "Rathaus, Nordstadt")
        assert "Ada Adler" in str(anna.labels)
        assert "Bela Busch" not in str(anna.labels)
        await anna.walks("Earliest free time", "Confirm")
        code = await world.code()
        assert code in words(anna.now)
        (booked,) = await mails(office, 1)
        await anna.walks("Cancel", "Yes, cancel")
        gone = (await mails(office, 2))[1]
        numbers = await world.numbers()
    assert str(booked["Subject"]).startswith(f"KIM-Termin {code}: neu, ")
    events = [read_event(mail) for mail in (booked, gone)]
    assert [(e.method, e.sequence) for e in events] == [("REQUEST", 0), ("CANCEL", 1)]
    assert len(links_in(booked)) == len(links_in(gone)) == 1
    assert numbers['lotse_mails_total{result="sent"}'] == 2


async def test_in_the_morning_the_front_desk_and_the_case_manager_get_the_day_and_a_way_to_it(
    tmp_path: Path,
) -> None:
    async with opened() as office, mailing(tmp_path, office.port, MORNINGS) as world:
        anna = await world.person()
        await agree(anna)
        await anna.walks("Book an appointment", "99001", "Rathaus, Nordstadt")
        await anna.walks("Earliest free time", "Confirm")
        code = await world.code()
        for hour, minute, number in ((7, 14, 1), (7, 15, 2), (7, 16, 2), (7, 30, 3), (7, 45, 3)):
            await world.to(WEDNESDAY.replace(hour=hour, minute=minute))
            assert len(await mails(office, number)) == number
        _, desk, ada = office.mails
        opened_pages = [await page_behind(world, mail) for mail in (desk, ada)]
    assert [str(mail["To"]) for mail in (desk, ada)] == ["rathaus@town.example", "ada@town.example"]
    assert {str(mail["Subject"]) for mail in (desk, ada)} == {"KIM-Termine heute, Mi. 25. Nov.: 1"}
    assert plain(desk).splitlines()[2:8] == [
        *("Termine in Ihrem Büro heute", ""),
        *(f"⏰ 08:00 Uhr · {code} · Englisch", "👤 Ada Adler", ""),
        "Diese Mail kommt nur an Tagen, an denen es etwas gibt.",
    ]
    assert plain(ada).splitlines()[2:5] == [
        *("Ihre Termine heute", "", f"⏰ 08:00 Uhr · {code} · Englisch")
    ]
    assert [(code in page, "Rathaus, Marktplatz 1" in page) for page in opened_pages] == [
        (True, True),
        (True, False),
    ]


async def page_behind(world: WatchedWorld, mail: EmailMessage) -> str:
    """What the one link of a mail opens."""
    (link,) = links_in(mail)
    async with world.session.get(link) as answer:
        assert answer.status == 200
        return await answer.text()


def plain(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


async def test_mail_scanners_that_open_every_link_twice_change_nothing(tmp_path: Path) -> None:
    async with opened() as office, mailing(tmp_path, office.port) as world:
        anna = await world.person()
        await agree(anna)
        await anna.walks("Book an appointment", "99001", "Rathaus, Nordstadt")
        await anna.walks("Earliest free time", "Confirm", "Change the day or time")
        await anna.walks(anna.labels[1])
        await anna.walks(anna.labels[1])
        await anna.walks("Confirm")
        links = {link for mail in await mails(office, 2) for link in links_in(mail)}
        await world.taken()
        before = [await world.sql(query) for query in ROWS]
        for link in [*links, *links]:
            for method in ("GET", "HEAD"):
                async with world.session.request(method, link) as answer:
                    assert answer.status == 200
        assert [await world.sql(query) for query in ROWS] == before
    assert len(links) >= 1


async def test_a_mail_server_that_is_away_takes_nothing_from_the_clients(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    office = PostOffice()
    await office.open()
    await office.close()
    async with mailing(tmp_path, office.port) as world:
        anna = await world.person()
        anna.at_rest = lambda: asyncio.sleep(0.2)
        await agree(anna)
        await anna.walks("Book an appointment", "99001", "Rathaus, Nordstadt")
        await anna.walks("Earliest free time", "Confirm")
        told = await world.is_ready(True)
        rows = await world.sql("SELECT state FROM outbox WHERE channel = 'mail'")
    assert (told["ready"], rows) == (True, [("waiting",)])
    assert [r.getMessage() for r in caplog.records if r.name == "bot.mail.smtp"] == [
        "the mail server cannot be used"
    ]
    caplog.clear()
