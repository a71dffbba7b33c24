"""What Prometheus is told: the counters of this process and the stock of the database."""

from collections.abc import Iterator

from bot.observability.counters import Counters
from bot.observability.webhook_state import WebhookState
from bot.storage.queues.gauges import QueueAges
from bot.storage.queues.stocktaking import RowCounts
from bot.web.exposition import Metric, histogram, labelled, single, text

COUNTER, GAUGE = "counter", "gauge"


def page(
    counters: Counters, leads: bool, waiting: QueueAges | None, stock: RowCounts | None
) -> str:
    """All of it as text; what the database holds is None where it does not answer."""
    known = waiting is not None and stock is not None
    return text(
        [
            *_counted(counters),
            single("lotse_leader", GAUGE, "Whether it sends and tidies.", leads),
            single("lotse_database_answers", GAUGE, "Whether the database answers.", known),
            *(_stored(waiting, stock) if waiting is not None and stock is not None else ()),
        ]
    )


def _counted(counters: Counters) -> Iterator[Metric]:
    """What this process has done since it started."""
    yield single("lotse_updates_total", COUNTER, "Updates taken from Telegram.", counters.updates)
    yield labelled(
        "lotse_updates_handled_total",
        COUNTER,
        "Updates handled, by result.",
        "result",
        counters.handled,
    )
    yield histogram(
        "lotse_update_seconds", "How long handling an update took.", counters.update_seconds
    )
    yield labelled("lotse_sends_total", COUNTER, "Sends by result.", "result", counters.sends)
    yield labelled("lotse_mails_total", COUNTER, "Mails by result.", "result", counters.mails)
    yield labelled(
        "lotse_job_age_seconds",
        GAUGE,
        "How long ago each scheduled job last did what was due.",
        "job",
        counters.job_ages,
    )
    yield labelled(
        "lotse_job_set_aside",
        GAUGE,
        "Items a scheduled job could not deal with.",
        "job",
        counters.set_aside,
    )
    yield single("lotse_api_answers", GAUGE, "Whether the Bot API answers.", counters.api_answers)
    yield from _about_the_webhook(counters.webhook)
    yield single("lotse_sender_runs", GAUGE, "Whether the sender runs.", counters.sender_runs)


def _about_the_webhook(webhook: WebhookState) -> Iterator[Metric]:
    """Whether updates come to us, and what was in the way."""
    yield single("lotse_webhook_ours", GAUGE, "Whether updates come to us.", webhook.ours)
    yield single(
        "lotse_webhook_losses_total",
        COUNTER,
        "How often somebody else changed where updates go.",
        webhook.losses,
    )
    yield single(
        "lotse_webhook_errors_total",
        COUNTER,
        "How often Telegram was seen unable to bring updates.",
        webhook.errors,
    )


def _stored(queues: QueueAges, stock: RowCounts) -> Iterator[Metric]:
    """What the database holds; the same from every process on it."""
    yield single(
        "lotse_inbox_oldest_seconds",
        GAUGE,
        "Age of the oldest update that waits to be handled.",
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
