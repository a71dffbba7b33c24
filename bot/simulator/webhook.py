"""Pushes updates to the webhook: started in order, some at a time, again until it says yes."""

import asyncio
from collections.abc import Callable

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.simulator.updates import Entry, Updates, Webhook

PROOF_HEADER = "X-Telegram-Bot-Api-Secret-Token"
FIRST_DELAY = 0.2
LONGEST_DELAY = 60.0
ANSWER_WITHIN = ClientTimeout(total=60)


async def push_forever(updates: Updates, clock: Callable[[], float]) -> None:
    """Until cancelled; does nothing while no webhook is set."""
    async with ClientSession(timeout=ANSWER_WITHIN) as session, asyncio.TaskGroup() as group:
        while True:
            await updates.to_push.wait()
            updates.to_push.clear()
            for entry in updates.take_for_push():
                group.create_task(_push(updates, entry, session, clock))


async def _push(
    updates: Updates, entry: Entry, session: ClientSession, clock: Callable[[], float]
) -> None:
    webhook, delay = updates.webhook, FIRST_DELAY
    while webhook is not None and updates.webhook is webhook:
        failure = await _post(session, webhook, entry)
        if failure is None:
            updates.pushed(entry)
            return
        webhook.failed_at, webhook.failure = clock(), failure
        await asyncio.sleep(delay)
        delay = min(2 * delay, LONGEST_DELAY)


async def _post(session: ClientSession, webhook: Webhook, entry: Entry) -> str | None:
    headers = {"Content-Type": "application/json"}
    if webhook.secret_token:
        headers[PROOF_HEADER] = webhook.secret_token
    try:
        async with session.post(webhook.url, data=entry.text.encode(), headers=headers) as answer:
            if 200 <= answer.status < 300:
                return None
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except TimeoutError:
        return "Read timeout expired"
    except (ClientError, OSError):
        return "Connection failed"
