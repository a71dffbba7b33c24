"""What a mail tells a case manager or an office, frozen when it happened.

It stands in the outbox as JSON until it is sent, and says the same however late, and however
often, it is.
"""

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.conversation import content
from bot.conversation.content import Screen
from bot.domain.appointment import Answer, Appointment, Status, Wishes
from bot.rendering.staff_words import Kind


@dataclass(frozen=True, slots=True)
class StaffMail:
    """Something to be told: of one appointment, or of a day.

    `number` is how many appointments a digest tells of.
    """

    kind: Kind
    notice: Screen
    about: Appointment | None = None
    first_talk: bool = False
    number: int = 0


def to_json(mail: StaffMail) -> str:
    """The mail as it is kept; of the client not even the number, and never the topic."""
    about = mail.about
    if about is not None:
        about = replace(about, person_id=0, wishes=replace(about.wishes, topic=None))
    return json.dumps(
        {
            "kind": mail.kind,
            "notice": content.to_json(mail.notice),
            "about": about and asdict(about),
            "first_talk": mail.first_talk,
            "number": mail.number,
        }
    )


def from_json(text: str) -> StaffMail:
    """The mail that `to_json` wrote."""
    told = json.loads(text)
    return StaffMail(
        Kind(told["kind"]),
        content.from_json(told["notice"]),
        told["about"] and _appointment(told["about"]),
        told["first_talk"],
        told["number"],
    )


def _appointment(told: dict[str, Any]) -> Appointment:
    read = {"status": Status(told["status"]), "answer": Answer(told["answer"])}
    return Appointment(**(told | read | {"wishes": Wishes(**told["wishes"])}))
