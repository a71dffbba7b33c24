"""The audit trail of an appointment in words: what, when, and by whom."""

from typing import get_args

import pytest
from town_in_memory import ADA, CITY, MONDAY_NINE

from bot.conversation.content import Day, Line, Name, Time, say
from bot.conversation.history_lines import TOLD, HistoryLine, history_line
from bot.domain import changes, staff_changes
from bot.domain.actors import CLIENT, CLOCK, OPERATOR, Actor, Role

OF_STAFF = {each.name for each in get_args(staff_changes.OfStaff)}
"""What happens to somebody of the staff, and to no appointment."""
WHEN = say("history.when", day=Day(MONDAY_NINE), time=Time(MONDAY_NINE))
BY_NAME = "history.by_case_manager"


@pytest.mark.parametrize(
    ("actor", "by"),
    [
        (Actor.of(ADA), say(BY_NAME, name=Name("Ada Adler"))),
        (Actor(Role.CASE_MANAGER, "left"), say(BY_NAME, name=Name("left"))),
        (Actor(Role.FRONT_DESK, office_id="hall"), say("history.by_front_desk")),
        (OPERATOR, say("history.by_operator")),
        (CLIENT, say("history.by_client")),
        (CLOCK, say("history.by_clock")),
    ],
)
def test_a_line_says_what_happened_when_and_by_whom(actor: Actor, by: Line) -> None:
    line = history_line(CITY, MONDAY_NINE, actor.label, "booked")
    assert line == HistoryLine(WHEN, say("history.booked"), by)


def test_all_that_can_happen_to_an_appointment_is_told() -> None:
    every = {change.name for change in get_args(changes.Change)}
    lines = {name: history_line(CITY, MONDAY_NINE, CLOCK.label, name) for name in every}
    told = {name for name, line in lines.items() if line is not None}
    assert told == TOLD == every - OF_STAFF


def test_what_this_version_does_not_know_is_left_out() -> None:
    assert history_line(CITY, MONDAY_NINE, CLOCK.label, "abducted") is None
