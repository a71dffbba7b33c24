"""Bookings reach case managers by mail over a real SMTP server, whatever it does meanwhile."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from signal import SIGKILL

import pytest
from forgetful import Forgetful
from mail_room import SENDER, Watch, letters, read_event
from post_office import HANG, PostOffice
from post_office import post_office as opened
from town import VAULT, Town, at, invented, open_town
from until import until

from bot.delivery.channel import WrittenMail
from bot.delivery.mail_sender import MailSender
from bot.domain.appointment import Wishes
from bot.domain.staffing import OfficeReach, Reach, Staffing
from bot.mail.smtp import Smtp, SmtpTimeouts
from bot.mail.smtp_url import Security, Server
from bot.messages.joined_notices import APART_SECONDS
from bot.observability.counters import Counters
from bot.storage.queues.claimed_mails import ClaimedMail

DAY = "2026-11-24"
NINE, TEN, ELEVEN = (f"{DAY} {hour}:00" for hour in ("09", "10", "11"))
QUICK = SmtpTimeouts(connect=20, command=20, text=1, idle=60, busy=60, away=5, longest_away=60)
STAFFING = Staffing(
    {
        "anna": Reach("anna@office.example", by_mail=True, by_chat=False),
        "ben": Reach("ben@office.example", by_mail=True, invitation=False),
        "cora": Reach("cora@office.example", by_mail=True, by_chat=False),
    },
    {"mill": OfficeReach("mill@office.example")},
)


@dataclass
class Post:
    """The town with a post office and, while `running`, a mail sender."""

    town: Town
    office: PostOffice
    watch: Watch = field(default_factory=Watch)
    counters: Counters = field(init=False)

    def __post_init__(self) -> None:
        self.counters = Counters(self.watch)

    def mail_sender(self) -> MailSender:
        server = Server("127.0.0.1", self.office.port, Security.OFFERED)
        channel = Smtp(server, "bot.example", self.watch, QUICK)
        write = letters(self.town.city, self.town.staffing, VAULT).write
        now, counters = (lambda: self.town.now), self.counters
        return MailSender(self.town.database, write, channel, now, self.watch, counters)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[MailSender]:
        mail_sender = self.mail_sender()
        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            task = group.create_task(mail_sender.run())
            yield mail_sender
            task.cancel()

    async def passes(self, seconds: int, mail_sender: MailSender) -> None:
        """Time passes, and the mail sender looks once more at what waits, if anything does."""
        seen = self.counters.mails.total()
        self.watch.now += seconds
        self.town.now += seconds
        mail_sender.wake()
        await until(lambda: self.counters.mails.total() > seen)

    async def sent(self, number: int) -> list[EmailMessage]:
        await until(lambda: len(self.office.mails) >= number)
        await asyncio.sleep(0.05)
        assert len(self.office.mails) == number
        return self.office.mails

    async def states(self) -> list[tuple[str, str]]:
        rows = await self.town.rows(
            "SELECT mailbox, state FROM outbox WHERE channel = 'mail' ORDER BY id"
        )
        return [(str(mailbox), str(state)) for mailbox, state in rows]


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    url = f"sqlite:///{tmp_path}/town.db"
    async with open_town(url, invented()) as town, opened() as office:
        town.staffing = STAFFING
        yield Post(town, office)


@pytest.fixture
async def amal(post: Post) -> int:
    return await post.town.client(7)


def subjects(mails: list[EmailMessage]) -> list[str]:
    return [str(mail["Subject"]).partition(": ")[2] for mail in mails]


async def test_booked_changed_twice_and_cancelled_is_one_event_that_moves_and_disappears(
    post: Post, amal: int
) -> None:
    town = post.town
    began = town.now

    async def a_little_later(sent: int) -> None:
        mail_sender.wake()
        await post.sent(sent)
        town.now += APART_SECONDS

    async with post.running() as mail_sender:
        booked = await town.book(amal, town.slot("anna", NINE), Wishes(children=2, topic="housing"))
        await a_little_later(1)
        moved = await town.move(amal, booked, town.slot("anna", TEN))
        await a_little_later(2)
        again = await town.move(amal, moved, town.slot("anna", ELEVEN))
        await a_little_later(3)
        await town.cancel(amal, again.id)
        mail_sender.wake()
        mails = await post.sent(4)
    assert subjects(mails) == [
        "neu, Di. 24. Nov., 09:00",
        "neue Zeit, Di. 24. Nov., 10:00",
        "neue Zeit, Di. 24. Nov., 11:00",
        "abgesagt, Di. 24. Nov., 11:00",
    ]
    events = [read_event(mail) for mail in mails]
    assert [(e.method, e.sequence, e.wall[0], e.status) for e in events] == [
        ("REQUEST", 0, NINE, "CONFIRMED"),
        ("REQUEST", 1, TEN, "CONFIRMED"),
        ("REQUEST", 2, ELEVEN, "CONFIRMED"),
        ("CANCEL", 3, ELEVEN, "CANCELLED"),
    ]
    assert {event.uid for event in events} == {f"{booked.code.lower()}-1-anna@invented.lotse"}
    stamps = [int(event.stamp.timestamp()) for event in events]
    assert stamps == [began + number * APART_SECONDS for number in range(4)]
    assert {str(mail["From"]) for mail in mails} == {SENDER}
    assert set(post.office.recipients) == {"anna@office.example"}
    assert b"housing" not in b"".join(mail.as_bytes() for mail in mails)
    assert await post.states() == [("case_manager:anna", "sent")] * 4


async def test_whoever_loses_an_appointment_to_a_colleague_loses_the_event(
    post: Post, amal: int
) -> None:
    town = post.town
    booked = await town.book(amal, town.slot("anna", NINE))
    await town.move(amal, booked, town.slot("cora", NINE))
    async with post.running():
        mails = await post.sent(3)
    events = [read_event(mail) for mail in mails]
    assert post.office.recipients == [f"{who}@office.example" for who in ("anna", "anna", "cora")]
    assert [(e.method, e.sequence) for e in events] == [
        ("REQUEST", 0),
        ("CANCEL", 1),
        ("REQUEST", 1),
    ]
    assert events[0].uid == events[1].uid != events[2].uid


async def test_with_a_feed_a_mail_has_no_entry_and_both_channels_are_told(
    post: Post, amal: int
) -> None:
    town = post.town
    booked = await town.book(amal, town.slot("ben", NINE))
    await town.say_coming(amal, booked.id)
    async with post.running():
        (mail,) = await post.sent(1)
    assert {part.get_content_type() for part in mail.walk()} == {
        "multipart/alternative",
        "text/plain",
        "text/html",
    }
    rows = await town.rows(
        "SELECT channel, state, dedupe_key FROM outbox WHERE mailbox <> '' OR case_manager_id <> ''"
    )
    assert rows == [
        ("chat", "unaddressed", "appt:1:0:booked:ben"),
        ("mail", "sent", "appt:1:0:booked:mail:case_manager:ben"),
        ("chat", "unaddressed", "appt:1:0:is_coming:ben"),
    ]


async def test_a_mailbox_refused_for_now_waits_in_order_and_the_others_do_not(
    post: Post, amal: int
) -> None:
    town = post.town
    booked = await town.book(amal, town.slot("anna", NINE))
    await town.move(amal, booked, town.slot("anna", TEN))
    await town.book(await town.client(8), town.slot("cora", NINE))
    post.office.says["RCPT"] = ["450 not now"]
    async with post.running() as mail_sender:
        await post.sent(1)
        assert post.office.recipients == ["cora@office.example"]
        await post.passes(60, mail_sender)
        mails = await post.sent(3)
    assert subjects(mails[1:]) == ["neu, Di. 24. Nov., 09:00", "neue Zeit, Di. 24. Nov., 10:00"]
    assert dict(post.counters.mails) == {"sent": 3, "later": 1} | dict.fromkeys(
        ("unsure", "rejected", "locked", "expired"), 0
    )


async def test_a_mail_refused_for_good_is_shown_to_the_operator_and_the_next_one_is_tried(
    post: Post, amal: int, caplog: pytest.LogCaptureFixture
) -> None:
    town = post.town
    booked = await town.book(amal, town.slot("anna", NINE))
    await town.cancel(amal, booked.id)
    post.office.says["RCPT"] = ["550 anna@office.example is unknown"]
    async with post.running():
        mails = await post.sent(1)
    assert subjects(mails) == ["abgesagt, Di. 24. Nov., 09:00"]
    assert [state for _, state in await post.states()] == ["failed", "sent"]
    assert post.counters.mails["rejected"] == 1
    told = [record for record in caplog.records if record.name == "bot.delivery.mail_sender"]
    assert [(r.getMessage(), r.__dict__["fields"]) for r in told] == [
        ("a mail was refused", {"mailbox": "case_manager:anna", "reason": "SMTP 550"})
    ]


async def test_a_mail_that_may_have_arrived_goes_again_as_the_same_mail(
    post: Post, amal: int
) -> None:
    town = post.town
    await town.book(amal, town.slot("anna", NINE))
    post.office.says["DATA"] = [HANG]
    async with post.running() as mail_sender:
        await until(lambda: post.counters.mails["unsure"] == 1)
        await post.passes(10, mail_sender)
        (mail,) = await post.sent(1)
    write = letters(town.city, STAFFING, VAULT).write
    claimed = ClaimedMail(
        1,
        "case_manager:anna",
        "notice",
        str((await town.rows("SELECT content FROM outbox WHERE channel = 'mail'"))[0][0]),
        "appt:1:0:booked:mail:case_manager:anna",
        at("2026-11-23 09:00"),
        None,
        0,
        "gives",
    )
    first, second = write(claimed), write(claimed)
    assert isinstance(first, WrittenMail)
    assert isinstance(second, WrittenMail)
    ids = {each["Message-ID"] for each in (first.message, second.message, mail)}
    assert ids == {mail["Message-ID"]}
    assert read_event(first.message) == read_event(second.message) == read_event(mail)


async def test_35_after_three_hours_of_downtime_everything_arrives_once_and_in_order(
    post: Post, amal: int
) -> None:
    town = post.town
    await post.office.close()
    booked = await town.book(amal, town.slot("anna", NINE))
    async with post.running() as mail_sender:
        for step in range(60):
            if step == 20:
                booked = await town.move(amal, booked, town.slot("anna", TEN))
            if step == 30:
                await town.book(await town.client(8), town.slot("cora", NINE))
            await post.passes(180, mail_sender)
        await town.cancel(amal, booked.id)
        assert {state for _, state in await post.states()} <= {"waiting", "sending"}
        await post.office.reopen()
        await post.passes(60, mail_sender)
        mails = await post.sent(3)
    assert len({str(mail["Message-ID"]) for mail in mails}) == 3
    to_anna = [m for m in mails if m["To"] == "anna@office.example"]
    assert [read_event(mail).sequence for mail in to_anna] == [0, 2]
    assert {state for _, state in await post.states()} == {"sent"}


async def test_35_killed_between_sending_and_settling_doubles_at_most_the_same_mail(
    post: Post, amal: int, tmp_path: Path
) -> None:
    town = post.town
    await town.book(amal, town.slot("anna", NINE))
    script = Path(__file__).with_name("killed_mail_sender.py")
    command = [sys.executable, str(script), f"{tmp_path}/town.db", str(post.office.port)]
    killed = await asyncio.create_subprocess_exec(*command, stderr=subprocess.PIPE)
    _, errors = await killed.communicate()
    assert (killed.returncode, errors) == (-SIGKILL, b"")
    assert (len(post.office.mails), await post.states()) == (1, [("case_manager:anna", "sending")])
    async with post.running():
        mails = await post.sent(2)
    assert mails[0]["Message-ID"] == mails[1]["Message-ID"]
    assert await post.states() == [("case_manager:anna", "sent")]


async def test_a_mail_claimed_while_the_answer_was_lost_goes_first_all_the_same_and_once(
    post: Post, amal: int
) -> None:
    town = post.town
    booked = await town.book(amal, town.slot("anna", NINE))
    await town.move(amal, booked, town.slot("anna", TEN))
    forgetful = Forgetful(town.database, lambda value: isinstance(value, ClaimedMail))
    town.database = forgetful
    async with post.running() as mail_sender:
        await until(lambda: not forgetful.loses)
        mail_sender.wake()
        mails = await post.sent(2)
    assert subjects(mails) == ["neu, Di. 24. Nov., 09:00", "neue Zeit, Di. 24. Nov., 10:00"]
    assert await post.states() == [("case_manager:anna", "sent")] * 2


async def test_an_orderly_end_waits_for_the_mail_that_is_being_handed_in(
    post: Post, amal: int
) -> None:
    await post.town.book(amal, post.town.slot("anna", NINE))
    post.office.answers_after = 0.1
    async with post.running():
        await until(lambda: post.office.under_way)
    assert (len(post.office.mails), await post.states()) == (1, [("case_manager:anna", "sent")])


async def test_what_comes_too_late_is_not_sent_but_an_event_still_disappears(
    post: Post, amal: int
) -> None:
    town = post.town
    booked = await town.book(amal, town.slot("anna", NINE))
    await town.cancel(amal, booked.id)
    town.now = booked.end + 3600
    async with post.running():
        (mail,) = await post.sent(1)
    assert read_event(mail).method == "CANCEL"
    assert [state for _, state in await post.states()] == ["expired", "sent"]


async def test_a_case_manager_whose_address_is_gone_is_told_of_to_the_operator(
    post: Post, amal: int
) -> None:
    town = post.town
    await town.book(amal, town.slot("anna", NINE))
    town.staffing = Staffing()
    async with post.running():
        await until(lambda: post.counters.mails["rejected"] == 1)
    assert await post.states() == [("case_manager:anna", "failed")]


async def test_the_mail_of_a_client_who_deleted_everything_still_goes(
    post: Post, amal: int
) -> None:
    town = post.town
    await town.book(amal, town.slot("anna", NINE))
    await town.at_port(amal, lambda port: port.forget())
    async with post.running():
        mails = await post.sent(2)
    assert [read_event(mail).method for mail in mails] == ["REQUEST", "CANCEL"]
    assert await post.states() == []
