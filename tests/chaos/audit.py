"""The books afterwards: what people sent and saw against what the database holds."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from crashes import Crashes
from wanderer import Wanderer, pressables

from bot import app
from bot.conversation import dialog, session, slot_values
from bot.conversation.content import Day, Screen, Time, say
from bot.domain import slots
from bot.messages import notices, payloads
from bot.messages.notices import Notice
from bot.rendering import catalogues
from bot.rendering.chat_message import Renderer
from bot.runtime.clock import Clock
from bot.runtime.resources import Resources
from bot.services.transaction_port import TransactionPort
from bot.simulator.html import parse
from bot.simulator.person import Message, Person
from bot.simulator.refusal import Refusal
from bot.simulator.updates import FIRST_UPDATE_ID
from bot.storage.engine.database import Row, Tx
from bot.storage.records import chats

OVERLAPS = """
    SELECT COUNT(*) AS n FROM appointments a JOIN appointments b ON a.id < b.id
    AND a.status IN ('held', 'booked') AND b.status IN ('held', 'booked')
    AND ((a.case_manager_id = b.case_manager_id
          AND a.start_at < b.free_at AND b.start_at < a.free_at)
      OR (a.person_id = b.person_id AND a.start_at < b.end_at AND b.start_at < a.end_at))
    AND COALESCE(b.moves_id, 0) <> a.id AND COALESCE(a.moves_id, 0) <> b.id
"""


EVERYTHING = 100_000


@dataclass
class Findings:
    """The figures of the table; `lost` and `wrong` name each case."""

    updates: int = 0
    lost: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    doubled: int = 0
    unexplained: list[str] = field(default_factory=list)
    overlaps: int = 0


@dataclass
class Audit:
    """Reads the database of a bot that has stopped."""

    resources: Resources
    findings: Findings = field(default_factory=Findings)

    def __post_init__(self) -> None:
        texts = catalogues.load(app.LOCALES, self.resources.city.languages, ("de",))
        self.renderer = Renderer(texts, self.resources.city)

    async def of(self, crashes: Crashes, clients: list[Wanderer], staff: dict[str, Person]) -> None:
        """Everything there is to compare."""
        sent = sum(client.memory.updates for client in clients) + len(staff)
        await self._updates(sent)
        await self._cells()
        for client in clients:
            await self._appointments(client)
            await self._steps(client)
            await self._screen(client)
        await self._notices_are_complete()
        await self._notices(crashes, staff)
        await self._reminders(crashes, clients)

    async def _updates(self, sent: int) -> None:
        expected = set(range(FIRST_UPDATE_ID, FIRST_UPDATE_ID + sent))
        handled = {row["update_id"] for row in await self._rows("SELECT update_id FROM handled")}
        self.findings.updates = len(handled)
        self.findings.lost += [f"update {number}" for number in expected - handled]
        self.findings.wrong += [f"update {number} from nowhere" for number in handled - expected]
        self.findings.wrong += [
            "an update is left over" for _ in await self._rows("SELECT 1 FROM inbox")
        ]

    async def _cells(self) -> None:
        self.findings.overlaps = (await self._rows(OVERLAPS))[0]["n"]
        for row in await self._rows("SELECT * FROM appointments"):
            for table, end in (("case_manager_cells", "free_at"), ("client_cells", "end_at")):
                found = [r["cell"] for r in await self._rows(_cells_of(table, row["id"]))]
                wanted = list(slots.cells(row["start_at"], row[end]))
                if row["status"] == "booked" and found != wanted:
                    self.findings.wrong.append(f"{table} of {row['code']}")
                if row["status"] == "cancelled" and found:
                    self.findings.wrong.append(f"{table} of {row['code']}, cancelled")

    async def _appointments(self, client: Wanderer) -> None:
        chat = await self.resources.database.run(self._chat, client.id)
        rows = await self._rows(
            f"SELECT * FROM appointments WHERE person_id = {chat.person.id} AND status <> 'held'"
        )
        stored = {row["code"]: row for row in rows}
        shown = client.memory.shown
        self.findings.lost += [f"appointment {code}" for code in shown.keys() - stored.keys()]
        self.findings.wrong += [f"{code}, never shown" for code in stored.keys() - shown.keys()]
        for code in shown.keys() & stored.keys():
            row, known = stored[code], shown[code]
            status = "cancelled" if known.cancelled else "booked"
            slot = slot_values.to_slot(known.slot)
            expected = (status, known.moves + known.cancelled, slot)
            found = row["status"], row["sequence"], (row["case_manager_id"], row["start_at"])
            told = self._when(row["start_at"]) <= set(known.text.splitlines())
            if found != expected or not told:
                self.findings.wrong.append(f"{code}: {expected}, {known.text}, but {found}")

    async def _steps(self, client: Wanderer) -> None:
        """An update handled twice would have taken two."""
        chat = await self.resources.database.run(self._chat, client.id)
        taken, known = _stands(chat).revision, client.memory.steps
        if taken != known:
            self.findings.wrong.append(f"{client.id} did {known} things, but took {taken} steps")

    async def _screen(self, client: Wanderer) -> None:
        await client.looks()
        expected = await self.resources.database.run(self._expected_screen, client.id)
        seen = client.live
        assert seen is not None
        told = _plain(expected.text)
        buttons = [b.data for row in expected.rows for b in row if b.data]
        if not seen["text"].endswith(told) or [p.data for p in pressables(seen)] != buttons:
            self.findings.wrong.append(f"screen of {client.id}: {seen['text']} instead of {told}")

    def _expected_screen(self, tx: Tx, chat_id: int) -> Any:
        chat, now = self._chat(tx, chat_id), self.resources.clock.now()
        language = chat.person.language or "en"
        stands = _stands(chat)
        port = TransactionPort(self.resources.open_unit(tx, now), chat, language)
        return self.renderer.message(dialog.show(stands, port), language)

    async def _notices_are_complete(self) -> None:
        """Each booking, move and cancellation has told somebody."""
        keys = {r["dedupe_key"] for r in await self._rows("SELECT dedupe_key FROM outbox")}
        about = [
            key.split(":")[1:3] for key in keys if key.startswith("appt:") and "_before" not in key
        ]
        told = {(int(appointment), int(sequence)) for appointment, sequence in about}
        for row in await self._rows("SELECT id, sequence FROM appointments WHERE status <> 'held'"):
            for sequence in range(row["sequence"] + 1):
                if (row["id"], sequence) not in told:
                    self.findings.lost.append(f"notice {row['id']}:{sequence} never written")

    async def _notices(self, crashes: Crashes, staff: dict[str, Person]) -> None:
        for case_manager_id, person in staff.items():
            seen = Counter(message["text"] for message in person.messages)
            rows = await self._rows(
                "SELECT * FROM outbox WHERE kind = 'notice'"
                f" AND case_manager_id = '{case_manager_id}'"
            )
            self._delivered(rows, seen, crashes, self._notice)

    async def _reminders(self, crashes: Crashes, clients: list[Wanderer]) -> None:
        """Those that came, by appointment; a void one need not have come."""
        ids = ", ".join(map(str, crashes.reminders)) or "0"
        rows = await self._rows(f"SELECT * FROM outbox WHERE kind = 'reminder' AND id IN ({ids})")
        seen: Counter[str] = Counter()
        for client in clients:
            seen.update(filter(None, map(_reminder_of, client.memory.received.values())))
        self._delivered(rows, seen, crashes, lambda row: str(row["appointment_id"]))

    def _delivered(self, rows: list[Any], seen: Counter[str], crashes: Crashes, name: Any) -> None:
        """Every row sent came; whatever came more often was on its way at a kill."""
        sent = Counter(name(row) for row in rows if row["state"] == "sent")
        allowed = Counter[str]()
        for row in rows:
            allowed[name(row)] += crashes.in_flight[row["dedupe_key"]]
            if row["state"] not in ("sent", "expired"):
                self.findings.lost.append(f"{row['dedupe_key']} is {row['state']}")
        for what, times in sent.items():
            self.findings.lost += [what] * max(0, times - seen[what])
            self.findings.doubled += max(0, seen[what] - times)
            if seen[what] > times + allowed[what]:
                self.findings.unexplained.append(f"{seen[what]} times: {what}")

    def _notice(self, row: Any) -> str:
        notice = payloads.decode(row["kind"], row["content"])
        assert isinstance(notice, Notice)
        return _plain(self.renderer.message(notices.screen(notice, self.resources.city), "de").text)

    def _chat(self, tx: Tx, chat_id: int) -> chats.Chat:
        found = chats.by_key(tx, self.resources.vault.lookup(chat_id))
        assert found is not None
        return found

    def _when(self, start: int) -> set[str]:
        lines = (
            say("appointment.day", day=Day(start)),
            say("appointment.time", time=Time(start)),
        )
        return set(_plain(self.renderer.message(Screen((lines,), ()), "en").text).splitlines())

    async def _rows(self, sql: str) -> list[Row]:
        return await self.resources.database.run(lambda tx: tx.all(sql))


async def audited(crashes: Crashes, clients: list[Wanderer], staff: dict[str, Person]) -> Findings:
    """The books, with everything that stands in every chat."""
    for person in (*clients, *staff.values()):
        await person.looks(last=EVERYTHING)
    async with app.open_resources(crashes.fleet.settings, Clock()) as resources:
        audit = Audit(resources)
        await audit.of(crashes, clients, staff)
        return audit.findings


def _stands(chat: chats.Chat) -> session.Session:
    language = chat.person.language or "en"
    return session.from_json(chat.session, language, chat.person.consent_version)


def _cells_of(table: str, appointment_id: int) -> str:
    return f"SELECT cell FROM {table} WHERE appointment_id = {appointment_id} ORDER BY cell"


def _reminder_of(message: Message) -> str | None:
    answers = [p.data for p in pressables(message) if p.action == "coming"]
    return answers[0].rpartition(":")[2].partition(".")[0] if answers else None


def _plain(html: str) -> str:
    parsed = parse(html)
    assert not isinstance(parsed, Refusal)
    return parsed.text
