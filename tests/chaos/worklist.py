"""A town whose case managers work from mails, and what others recorded of each appointment."""

from bisect import bisect
from collections import Counter
from dataclasses import dataclass, field
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP
from post_office import PostOffice
from stage import World

from bot.domain.appointment import Appointment
from bot.domain.delivery_status import DeliveryStatus
from bot.mail.smtp import Smtp, SmtpTimeouts
from bot.mail.smtp_url import Security, Server
from bot.runtime.clock import elapsed
from bot.settings import Settings
from bot.simulator.world import Chat

CITY = Path("tests/chaos/busytown.toml")
TEAM = tuple(f"cm{number:02}" for number in range(20))
CHATTING, BLOCKING, REFUSED = TEAM[3], TEAM[8], TEAM[13]
"""Who also has a chat, who has one and blocks the bot, whose address does not exist."""
QUICK = SmtpTimeouts(connect=1, command=5, text=5, idle=1, away=0.05, longest_away=0.2)
MAIL, CHAT = "mail", "chat"


def address(case_manager_id: str) -> str:
    """Where a case manager gets mail."""
    return f"{case_manager_id}@town.example"


def write_files(folder: Path) -> None:
    """A busy town with twenty more case managers, and how each of them is reached."""
    people = (f'[[office.case_manager]]\nid = "{id}"\nname = "{id.title()}"\n' for id in TEAM)
    town = CITY.read_text(encoding="utf-8").replace(
        "[texts.de]", "\n".join((*people, "[texts.de]"))
    )
    (folder / "town.toml").write_text(town, encoding="utf-8")
    both = '\nchannels = ["mail", "telegram"]'
    tables = (
        f'[case_manager.{id}]\nmail = "{address(id)}"{both if id in (CHATTING, BLOCKING) else ""}\n'
        for id in TEAM
    )
    (folder / "staff.toml").write_text("\n".join(tables), encoding="utf-8")


class Refusing(PostOffice):
    """A mail server that knows one address less than there are, and keeps no texts.

    `subjects` are those of the mails by their Message-ID, each with its recipient; `taken` counts
    all mails that came, those that came again too.
    """

    def __init__(self) -> None:
        super().__init__()
        self.subjects: dict[str, tuple[str, str]] = {}
        self.taken = self.refused = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Any, envelope: Any, address_: str, options: list[str]
    ) -> str:
        if address_ == address(REFUSED):
            self.refused += 1
            return "550 no such mailbox"
        return await super().handle_RCPT(server, session, envelope, address_, options)

    def keep(self, envelope: Any, encrypted: bool) -> None:
        head = BytesParser().parsebytes(envelope.content, headersonly=True)
        self.subjects[str(head["Message-ID"])] = str(head["Subject"]), str(head["To"])
        self.taken += 1


class MailingWorld(World):
    """A bot that sends mails over a server at `port` and tries again soon."""

    port = 0

    @property
    def settings(self) -> Settings:
        mail = {
            "staff": self.folder / "staff.toml",
            "smtp_url": f"smtp://127.0.0.1:{self.port}",
            "mail_from": "KIM-Termine <termine@town.example>",
        }
        return Settings(**(super().settings.model_dump() | mail))

    async def start(self) -> None:
        server = Server("127.0.0.1", self.port, Security.OFFERED)
        self.mail = Smtp(server, "bot.example", elapsed, QUICK)
        await super().start()


@dataclass(frozen=True)
class State:
    """What is shown of an appointment; moments by which step of the test they were in."""

    told: int | None
    reminded: int | None
    answered: bool
    reached: bool
    failed: int | None
    """None: some notices are still on their way."""


@dataclass
class BookedClient:
    """A client with one appointment, and what was done about it."""

    chat_id: int
    person_id: int
    about: Appointment
    changed_at: int
    cancelled: bool = False
    called_off: bool = False
    answered: bool = False
    owed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Notices there ought to be, by case manager and channel."""

    only_in_chat: Counter[str] = field(default_factory=Counter)
    """How many of them nobody is told of by mail."""

    def owes(self, case_manager_id: str, *channels: str) -> None:
        """Something happened that this case manager should hear of."""
        for channel in channels or (MAIL, CHAT):
            if channel == MAIL or case_manager_id in (CHATTING, BLOCKING):
                self.owed[case_manager_id, channel] += 1
                self.only_in_chat[case_manager_id] += channels == (CHAT,)


@dataclass
class Records:
    """What the simulator and the mail server recorded, without a look at the database."""

    world: World
    office: Refusing
    steps: list[float]
    staff_chats: dict[str, int]

    def __post_init__(self) -> None:
        self.calls: dict[int, list[tuple[float, str | None]]] = {}
        for call in self.world.simulator._calls.record.after(0):
            if call["method"] == "sendMessage":
                text = self._text(call["chat_id"], call["message_id"]) if call["ok"] else None
                assert call["ok"] or call["error_code"] == 403, call
                self.calls.setdefault(int(call["chat_id"]), []).append((call["at"], text))
        mails = self.office.subjects.values()
        self.mails = Counter((_code(subject), recipient) for subject, recipient in mails)

    def state(self, client: BookedClient, *, mail_is_up: bool) -> State:
        """What ought to be shown."""
        heard = [at for at, text in self._about(client) if text]
        last = self._step(heard[-1]) if heard else None
        return State(
            told=last if client.called_off else self._step(client.changed_at),
            reminded=None if client.called_off else last,
            answered=client.answered,
            reached=self.is_reached(client),
            failed=self._failed(client) if mail_is_up else None,
        )

    def is_reached(self, client: BookedClient) -> bool:
        """Whether the last message about the appointment as it stands got there, if any was due.

        Who is known to have blocked the bot is not even tried.
        """
        every, about = self.calls.get(client.chat_id, []), self._about(client)
        refused_ever = any(text is None for _, text in every)
        still_blocked = chat_of(self.world, client.chat_id).blocked
        told = about[-1][1] is not None if about else not client.called_off
        return told and not (refused_ever and still_blocked)

    def seen(self, told: DeliveryStatus) -> State:
        """What is shown, in the same terms."""
        told_at, reminded_at = self._step(told.told_at), self._step(told.reminded_at)
        return State(told_at, reminded_at, told.answered, told.reached, told.failed)

    def _about(self, client: BookedClient) -> list[tuple[float, str | None]]:
        calls = self.calls.get(client.chat_id, [])
        since = [call for call in calls if call[0] >= client.changed_at]
        named = [(at, text) for at, text in since if text is None or client.about.code in text]
        return [(at, text) for at, text in named if text is None or not text.startswith("✅")]

    def _step(self, moment: float | None) -> int | None:
        return None if moment is None else bisect(self.steps, moment)

    def _failed(self, client: BookedClient) -> int:
        """How much there ought to be that who has the appointment now was told in no way."""
        code = client.about.code
        got = Counter({(who, way): self._got(code, who, way) for who, way in client.owed})
        assert got <= client.owed, f"{code}: {got} of {client.owed}"
        now = client.about.case_manager_id
        missing = client.owed - got
        mails, chats = missing[now, MAIL], missing[now, CHAT]
        alone = min(chats, client.only_in_chat[now])
        return alone + (min(mails, chats - alone) if client.owed[now, CHAT] else mails)

    def _got(self, code: str, case_manager_id: str, channel: str) -> int:
        if channel == MAIL:
            return self.mails[code, address(case_manager_id)]
        calls = self.calls.get(self.staff_chats[case_manager_id], [])
        return sum(text is not None and code in text for _, text in calls)

    def _text(self, chat_id: int | str, message_id: int) -> str:
        return str(chat_of(self.world, int(chat_id)).messages[message_id].fields.get("text", ""))


def chat_of(world: World, chat_id: int) -> Chat:
    """A chat as the simulator has it."""
    return world.simulator._world.chats[chat_id]


def _code(subject: str) -> str:
    return subject.partition(":")[0].split()[-1]
