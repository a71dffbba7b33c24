"""What a backup brings back that may have been ended since it was made, and the end of it.

Nothing tells a chat that was revoked after the backup from one that was not, nor a slip that was
used, nor a block that was lifted: all of a kind come back, or none. Moments are UTC epoch seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.actors import Actor
from bot.storage.engine.database import Tx
from bot.storage.records import (
    blocked_clients,
    feeds,
    invitations,
    lists_links,
    slip_claims,
    staff_chats,
)
from bot.storage.upkeep import staff_ties


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """Whose chats there are and since when, whose calendars; slips not used; blocks by code."""

    chats: Mapping[Actor, int]
    calendars: tuple[str, ...]
    slips: int
    blocks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """Which of what a backup brings back is to go on.

    A block is: it cannot be made anew where its appointment is gone, and is lifted by a command.
    """

    chats: bool = False
    slips: bool = False
    blocks: bool = True


def look(tx: Tx) -> BroughtBack:
    """What there is of it."""
    return BroughtBack(
        staff_chats.everybody(tx),
        feeds.made(tx),
        slip_claims.unused(tx),
        blocked_clients.blocks(tx),
    )


def end(tx: Tx, found: BroughtBack, kept: Kept) -> None:
    """End what is not to be kept; calendars, invitations and links to lists always.

    A new one is made in no time, and the next morning's mail brings a link.

    What waits for a case manager is sent to the next chat of theirs.
    """
    feeds.revoke_everybodys(tx)
    invitations.withdraw_all(tx)
    lists_links.end_everybodys(tx)
    if not kept.chats:
        for actor in found.chats:
            staff_ties.untie(tx, actor)
    if not kept.slips:
        slip_claims.use_up_all(tx)
    if not kept.blocks:
        for code in found.blocks:
            blocked_clients.unblock(tx, code)
