"""What whoever runs the program is told: names of the staff alone, and nothing of any client."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.conversation.content import Code, Line, Name, Screen, say
from bot.conversation.screens.operator import whose
from bot.domain.city import City
from bot.domain.staffing import CASE_MANAGER

CHECK = Code("python -m bot check")
"""The command that says what to do."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Something for this mailbox, or for the chat of whose it is, did not arrive."""

    mailbox: str


@dataclass(frozen=True, slots=True)
class Unattended:
    """A booking with this case manager was seen by nobody, and nobody else could be told."""

    case_manager_id: str


@dataclass(frozen=True, slots=True)
class Orphaned:
    """These case managers and offices still have bookings, chats or the like, and no place.

    The city file names them no more, or names people at another office than their bookings.
    """

    ids: tuple[str, ...]


class WebhookFault(StrEnum):
    """What keeps updates from us: another program with our token, or that Telegram fails to bring
    them to the webhook."""

    TAKEN = "taken"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class UpdatesKept:
    """Updates did not come to us, at least for a while."""

    fault: WebhookFault


@dataclass(frozen=True, slots=True)
class ClockWrong:
    """The machine's clock or another is more than an hour off: what goes by it waits."""


OperatorNews = Undelivered | Unattended | Orphaned | UpdatesKept | ClockWrong


def screen(news: OperatorNews, city: City) -> Screen:
    """The news as a message."""
    return Screen(((_line(news, city),),))


def _line(news: OperatorNews, city: City) -> Line:
    match news:
        case Undelivered(mailbox):
            return say("operator.told", name=whose(city, mailbox))
        case Unattended(case_manager_id):
            return say("operator.unseen", name=whose(city, f"{CASE_MANAGER}:{case_manager_id}"))
        case Orphaned(ids):
            return say("operator.orphaned", names=Name(", ".join(ids)), command=CHECK)
        case ClockWrong():
            return say("operator.clock")
        case UpdatesKept(fault):
            is_taken = fault is WebhookFault.TAKEN
            return say("operator.webhook_taken" if is_taken else "operator.webhook_failing")
        case _ as never:
            assert_never(never)
