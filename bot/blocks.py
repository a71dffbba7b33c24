"""`python -m bot block CODE` and `unblock CODE`: whoever misuses booking is asked to phone instead.

Only an appointment's code says who is meant; neither command shows or needs to know more.
"""

from collections.abc import Callable

from bot.domain.restraint import BLOCKED_SECONDS, DAY_SECONDS
from bot.settings import Settings
from bot.storage import restraint
from bot.storage.database import Tx, open_database
from bot.storage.migrations import migrate

DAYS = BLOCKED_SECONDS // DAY_SECONDS


class UnknownCode(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """No appointment, or no block, has this code."""


async def block(settings: Settings, code: str, now: int) -> str:
    """Keep the client behind an appointment from booking; what to tell. Raises UnknownCode."""
    wanted = _read(code)
    if not await _run(settings, lambda tx: restraint.block(tx, wanted, now)):
        raise UnknownCode(f"{wanted}: no appointment has this code, or none any more")
    return (
        f"{wanted}: this client is asked to phone instead of booking, for {DAYS} days."
        f" What is booked stays. `unblock {wanted}` lifts it."
    )


async def unblock(settings: Settings, code: str) -> str:
    """Let a blocked client book again; what to tell. Raises UnknownCode."""
    wanted = _read(code)
    if not await _run(settings, lambda tx: restraint.unblock(tx, wanted)):
        raise UnknownCode(f"{wanted}: nobody is blocked by this code")
    return f"{wanted}: this client can book again."


def _read(code: str) -> str:
    return code.strip().upper()


async def _run(settings: Settings, work: Callable[[Tx], bool]) -> bool:
    database = await open_database(settings.database_url)
    try:
        await database.run(migrate, database.dialect)
        return await database.run(work)
    finally:
        await database.close()
