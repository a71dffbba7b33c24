"""What can happen is one list: each has a name in the audit trail and a row of what follows."""

import inspect
from dataclasses import MISSING, fields
from typing import get_args

from bot.domain import asking_changes, changes, staff_changes
from bot.domain.actors import CLIENT, CLOCK, Actor
from bot.domain.changes import Change
from bot.services.reactions import FOLLOWS

SAYS_WHO = None
# As they stand in audit trails that are kept, and whose doing it is where nobody says.
KNOWN: dict[str, tuple[str, Actor | None]] = {
    "Booked": ("booked", SAYS_WHO),
    "Claimed": ("claimed", CLIENT),
    "Moved": ("moved", SAYS_WHO),
    "WishesChanged": ("wishes_changed", CLIENT),
    "Cancelled": ("cancelled", SAYS_WHO),
    "CalledOff": ("called_off", SAYS_WHO),
    "PossibleAgain": ("possible_again", SAYS_WHO),
    "Rebooked": ("rebooked", SAYS_WHO),
    "RunsLate": ("runs_late", SAYS_WHO),
    "WentElsewhere": ("went_elsewhere", SAYS_WHO),
    "HandedOver": ("handed_over", SAYS_WHO),
    "SaidComing": ("coming", CLIENT),
    "TimeAsked": ("time_asked", SAYS_WHO),
    "TimeKept": ("time_kept", CLIENT),
    "Seen": ("seen", SAYS_WHO),
    "HelpArranged": ("help_arranged", SAYS_WHO),
    "HelpRefused": ("help_refused", SAYS_WHO),
    "Settled": ("settled", SAYS_WHO),
    "Came": ("came", SAYS_WHO),
    "Missed": ("missed", SAYS_WHO),
    "Undone": ("undone", SAYS_WHO),
    "PassedOn": ("passed_on", CLOCK),
    "HelpAsked": ("help_asked", CLOCK),
    "NotReached": ("not_reached", CLOCK),
    "Closed": ("closed", SAYS_WHO),
    "Reopened": ("reopened", SAYS_WHO),
    "Left": ("left", SAYS_WHO),
    "Stayed": ("stayed", SAYS_WHO),
}
UNION: tuple[type[Change], ...] = get_args(Change)


def test_every_change_is_one_of_the_union() -> None:
    both = (changes, asking_changes, staff_changes)
    classes = [made for each in both for _, made in inspect.getmembers(each, inspect.isclass)]
    written = {made for made in classes if made.__module__ in {each.__name__ for each in both}}
    assert written == set(UNION)


def test_every_change_has_a_row_of_what_follows() -> None:
    assert set(FOLLOWS) == set(UNION)


def test_no_two_changes_have_the_same_name() -> None:
    names = [change.name for change in UNION]
    assert sorted(names) == sorted(set(names))


def test_every_change_keeps_its_name_and_who_does_it() -> None:
    assert {made.__name__: (made.name, usual_actor(made)) for made in UNION} == KNOWN


def usual_actor(made: type[Change]) -> Actor | None:
    """Whose doing it is if nobody says; None for what must say."""
    (by,) = (field for field in fields(made) if field.name == "by")
    if by.default is MISSING:
        return SAYS_WHO
    assert isinstance(by.default, Actor)
    return by.default
