"""What is left to do about an appointment, and what is not any more."""

from dataclasses import replace

import pytest
from calendars import appointment

from bot.domain.appointment import Answer, Appointment, Status, Wishes
from bot.domain.open_matters import SETTLED_BY_WORD, Matter, MatterFacts, open_matters

START = 1_800_000_000
HOUR, DAY = 3600, 86_400
BOOKED = appointment(START, end=START + HOUR // 2)
FINE = MatterFacts(
    in_file=True,
    inside_hours=True,
    reached=True,
    on_paper=False,
    rebooked=False,
    handed_over=False,
    passed_on=False,
)
LONG_BEFORE = START - 10 * DAY
WANTING = replace(BOOKED, wishes=Wishes(language_help=True))
CALLED_OFF = replace(BOOKED, status=Status.CALLED_OFF)


def test_about_an_ordinary_appointment_nothing_is_open() -> None:
    assert open_matters(BOOKED, FINE, LONG_BEFORE) == ()


@pytest.mark.parametrize(
    ("about", "known", "matter"),
    [
        (BOOKED, replace(FINE, in_file=False, inside_hours=False), Matter.ORPHANED),
        (BOOKED, replace(FINE, inside_hours=False), Matter.OUTSIDE_HOURS),
        (BOOKED, replace(FINE, reached=False), Matter.NOT_REACHED),
        (BOOKED, replace(FINE, passed_on=True), Matter.NOT_SEEN),
        (replace(BOOKED, answer=Answer.ASKED), FINE, Matter.TIME_ASKED),
        (CALLED_OFF, FINE, Matter.CALLED_OFF),
        (CALLED_OFF, replace(FINE, reached=False, in_file=False), Matter.CALLED_OFF),
    ],
)
def test_a_matter_is_open_until_the_talk_is_over_or_somebody_has_settled_it(
    about: Appointment, known: MatterFacts, matter: Matter
) -> None:
    for now in (LONG_BEFORE, START, about.end - 1):
        assert open_matters(about, known, now) == (matter,)
    assert open_matters(about, known, about.end) == ()
    assert open_matters(about, replace(known, settled=frozenset({matter})), LONG_BEFORE) == ()


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.CAME, Status.MISSED])
def test_about_what_its_client_cancelled_or_what_has_been_nothing_is_open(status: Status) -> None:
    worst = MatterFacts(
        in_file=False,
        inside_hours=False,
        reached=False,
        on_paper=False,
        rebooked=False,
        handed_over=True,
        passed_on=True,
    )
    assert open_matters(replace(WANTING, status=status), worst, START) == ()


def test_on_paper_stands_the_name_of_who_had_it_before_until_somebody_has_told_the_client() -> None:
    on_paper = replace(FINE, reached=False, on_paper=True)
    handed_over = replace(on_paper, handed_over=True)
    assert open_matters(BOOKED, on_paper, LONG_BEFORE) == ()
    assert open_matters(BOOKED, handed_over, LONG_BEFORE) == (Matter.NOT_REACHED,)
    settled = replace(handed_over, settled=frozenset({Matter.NOT_REACHED}))
    assert open_matters(BOOKED, settled, LONG_BEFORE) == ()


def test_who_has_taken_another_time_is_looked_after() -> None:
    assert open_matters(CALLED_OFF, replace(FINE, rebooked=True), LONG_BEFORE) == ()


def test_what_was_seen_after_all_is_not_open() -> None:
    seen = replace(BOOKED, seen_at=START - DAY)
    assert open_matters(seen, replace(FINE, passed_on=True), LONG_BEFORE) == ()


def test_help_with_the_language_is_open_from_two_days_before_until_it_is_decided() -> None:
    assert open_matters(WANTING, FINE, START - 2 * DAY - 1) == ()
    assert open_matters(WANTING, FINE, START - 2 * DAY) == (Matter.HELP_OPEN,)
    for decided in (True, False):
        assert open_matters(replace(WANTING, help_arranged=decided), FINE, START - HOUR) == ()


def test_who_has_only_a_slip_of_paper_is_a_matter_on_the_last_day_and_never_out_of_reach() -> None:
    on_paper = replace(FINE, on_paper=True, reached=False)
    assert open_matters(BOOKED, on_paper, START - DAY - 1) == ()
    assert open_matters(BOOKED, on_paper, START - DAY) == (Matter.NOT_CLAIMED,)


def test_the_most_pressing_comes_first() -> None:
    worst = replace(FINE, in_file=False, inside_hours=False, reached=False, passed_on=True)
    assert open_matters(WANTING, worst, START - HOUR) == (
        *(Matter.ORPHANED, Matter.NOT_REACHED, Matter.NOT_SEEN, Matter.HELP_OPEN),
    )


def test_what_ends_with_something_to_do_cannot_be_settled_by_a_word() -> None:
    assert {*Matter} - SETTLED_BY_WORD == {Matter.NOT_SEEN, Matter.HELP_OPEN}
