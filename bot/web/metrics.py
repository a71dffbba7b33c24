"""What Prometheus is told: the tally of this process and the stock of the database."""

from collections.abc import Iterator

from bot.storage.stock import Queues, Stock
from bot.tally import Tally
from bot.web.exposition import Metric, histogram, labelled, single

COUNTER, GAUGE = "counter", "gauge"


def counted(tally: Tally) -> Iterator[Metric]:
    """What this process has done since it started."""
    yield single("lotse_updates_total", COUNTER, "Updates taken from Telegram.", tally.updates)
    yield labelled("lotse_turns_total", COUNTER, "Turns by result.", "result", tally.turns)
    yield histogram("lotse_turn_seconds", "Duration of handled turns.", tally.turn_seconds)
    yield labelled("lotse_sends_total", COUNTER, "Sends by result.", "result", tally.sends)
    yield labelled("lotse_mails_total", COUNTER, "Mails by result.", "result", tally.mails)
    yield single("lotse_api_answers", GAUGE, "Whether the Bot API answers.", tally.api_answers)
    yield single("lotse_courier_runs", GAUGE, "Whether the courier runs.", tally.courier_runs)


def stored(queues: Queues, stock: Stock) -> Iterator[Metric]:
    """What the database holds; the same from every process on it."""
    yield single(
        "lotse_inbox_oldest_seconds",
        GAUGE,
        "Age of the oldest update that waits for its turn.",
        queues.inbox_seconds,
    )
    yield single(
        "lotse_outbox_oldest_seconds",
        GAUGE,
        "How long the oldest message is due that is not sent.",
        queues.outbox_seconds,
    )
    yield labelled("lotse_inbox_rows", GAUGE, "Updates by state.", "state", stock.inbox)
    yield labelled("lotse_outbox_rows", GAUGE, "Messages by state.", "state", stock.outbox)
    yield labelled(
        "lotse_appointments", GAUGE, "Appointments by status.", "status", stock.appointments
    )
