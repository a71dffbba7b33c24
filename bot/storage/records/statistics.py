"""How many talks there were: those that are gone, by what they were counted by, and those kept."""

from collections import Counter
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from bot.domain import local_time, talk_report
from bot.domain.appointment import Status, Wishes
from bot.domain.talk_report import Breakdown, TalkCount, TalkOutcome
from bot.messages.payloads import Kind
from bot.storage.engine.database import Row, Tx
from bot.storage.records.circumstances import EARLIER, is_first_talk

TALKS = (
    "SELECT a.status, a.start_at, a.booked_at, a.office_id, a.language, a.cancelled_by_client,"  # noqa: S608  (names of ours)
    " a.sequence, a.wishes, (SELECT MIN(d.at) FROM audit d WHERE d.appointment_id = a.id"
    " AND d.action = 'booked') AS first_booked_at, p.had_talk, p.left_at, c.person_id AS chat,"
    f" {EARLIER} AS earlier, EXISTS (SELECT 1 FROM outbox o WHERE o.appointment_id = a.id"
    " AND o.kind = :reminder AND o.state = 'sent') AS reminded"
    " FROM appointments a JOIN persons p ON p.id = a.person_id"
    " LEFT JOIN chats c ON c.person_id = a.person_id"
)
REMINDER = str(Kind.REMINDER)
NO_TOPIC, UNKNOWN = "none", "unknown"


def add(tx: Tx, appointment_id: int, zone: ZoneInfo) -> None:
    """Count an appointment that is about to be deleted in this transaction; a hold was none."""
    row = tx.one(
        f"{TALKS} WHERE a.id = :id AND a.status <> 'held'", id=appointment_id, reminder=REMINDER
    )
    if row is not None:
        for month, breakdown, value, outcome in _counted(row, zone):
            tx.write(
                "INSERT INTO talk_counts (month, breakdown, value, outcome, number)"
                " VALUES (:month, :breakdown, :value, :outcome, 1)"
                " ON CONFLICT (month, breakdown, value, outcome)"
                " DO UPDATE SET number = talk_counts.number + 1",
                month=month,
                breakdown=breakdown,
                value=value,
                outcome=outcome,
            )


def everything(tx: Tx, zone: ZoneInfo, now: int) -> list[TalkCount]:
    """All talks that are over or cancelled at `now` (UTC epoch seconds), deleted or not yet."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for row in tx.all("SELECT * FROM talk_counts"):
        found[row["month"], row["breakdown"], row["value"], row["outcome"]] += row["number"]
    kept = f"{TALKS} WHERE a.status <> 'held' AND (a.end_at <= :now OR a.status = 'cancelled')"
    for row in tx.all(kept, now=now, reminder=REMINDER):
        found.update(_counted(row, zone))
    return [TalkCount(*key, number) for key, number in sorted(found.items())]


def _counted(row: Row, zone: ZoneInfo) -> Iterator[tuple[str, str, str, str]]:
    month, outcome = f"{local_time.local_day(row['start_at'], zone):%Y-%m}", _outcome(row)
    for breakdown, value in _values(row).items():
        yield month, breakdown, value, outcome


def _values(row: Row) -> Mapping[Breakdown, str]:
    wishes = Wishes.read(row["wishes"])
    first = is_first_talk(earlier=bool(row["earlier"]), had_talk=row["had_talk"])
    in_chat = row["chat"] is not None or row["left_at"] is not None
    return {
        Breakdown.OFFICE: row["office_id"],
        Breakdown.LANGUAGE: row["language"],
        Breakdown.TOPIC: UNKNOWN if wishes is None else wishes.topic or NO_TOPIC,
        Breakdown.KIND: talk_report.kind_of(first, _booked_at(row), row["start_at"]),
        Breakdown.ACCESS: "telegram" if in_chat else "paper",
        Breakdown.MOVED: "moved" if _moves(row) else "as_booked",
        Breakdown.REMINDED: "reminded" if row["reminded"] else "not_reminded",
    }


def _booked_at(row: Row) -> int | None:
    """When it was booked first: moving it books it anew."""
    first: int | None = row["first_booked_at"]
    return row["booked_at"] if first is None else first


def _moves(row: Row) -> int:
    """How often it was given another time; to be cancelled counts in its sequence as well."""
    return int(row["sequence"]) - int(row["status"] == Status.CANCELLED)


def _outcome(row: Row) -> TalkOutcome:
    if row["status"] != Status.CANCELLED:
        return TalkOutcome(row["status"])
    if row["cancelled_by_client"]:
        return TalkOutcome.CANCELLED_BY_CLIENT
    return TalkOutcome.CANCELLED_BY_OFFICE
