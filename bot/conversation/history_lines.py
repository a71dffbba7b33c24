"""What has happened to an appointment, from its audit trail: what, when, and by whom."""

from dataclasses import dataclass

from bot.conversation.content import Day, Line, Name, Time, say
from bot.domain import asking_changes, changes
from bot.domain.actors import Actor, Role
from bot.domain.city import City

TOLD = frozenset(
    kind.name
    for kind in (
        *(changes.Booked, changes.Claimed, changes.Moved, changes.WishesChanged),
        *(
            changes.Cancelled,
            changes.CalledOff,
            changes.PossibleAgain,
            changes.Rebooked,
            changes.HandedOver,
        ),
        *(changes.RunsLate, changes.WentElsewhere),
        *(asking_changes.TimeAsked, asking_changes.TimeKept),
        *(changes.SaidComing, changes.Seen, changes.HelpArranged, changes.HelpRefused),
        *(changes.Settled,),
        *(changes.Came, changes.Missed, changes.Undone),
        *(changes.PassedOn, changes.HelpAsked, changes.NotReached),
    )
)
"""The changes of an appointment; each has a line in the catalogue."""
TOLD_BY_PHONE = {
    changes.SaidComing.name: "history.will_call",
    changes.Came.name: "history.called",
    changes.Missed.name: "history.not_called",
}
"""Where it says something else about a talk by phone."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that has happened."""

    when: Line
    what: Line
    by: Line


def history_line(
    city: City, at: int, actor: str, action: str, *, by_phone: bool = False
) -> HistoryLine | None:
    """A row of the audit trail in words; None for what this version does not know.

    `at` is in UTC epoch seconds, `actor` as `Actor.label` writes it; `by_phone` is how they talk.
    """
    if action not in TOLD:
        return None
    when = say("history.when", day=Day(at), time=Time(at))
    told = TOLD_BY_PHONE.get(action) if by_phone else None
    return HistoryLine(when, say(told or f"history.{action}"), _by(Actor.read(actor), city))


def _by(actor: Actor, city: City) -> Line:
    if actor.role is Role.CASE_MANAGER:
        return say("history.by_case_manager", name=Name(city.staff_name(actor.id)))
    return say(f"history.by_{actor.role}")
