"""Whose time and whose appointments somebody may change, and how the audit trail names them."""

from dataclasses import replace

import pytest
from calendars import appointment

from bot.city.load import load
from bot.domain.actors import CLIENT, CLOCK, OPERATOR, Actor, Role
from bot.domain.staffing import CHAT_ONLY, Reach, Staffing

ADLER, BUSCH = load("tests/cities/smallville.toml").case_managers
ADA, BELA = Actor.of(ADLER), Actor.of(BUSCH)
HALL, MILL = (Actor(Role.FRONT_DESK, office_id=office) for office in ("hall", "mill"))
EVERYBODY = (ADA, BELA, HALL, MILL, OPERATOR, CLIENT, CLOCK)
BELA_STANDS_IN = Staffing({"adler": Reach(deputy="busch")})
ADAS = appointment(1_800_000_000)


def test_a_case_manager_acts_by_their_own_name_and_for_their_office() -> None:
    assert Actor.of(ADLER) == Actor(Role.CASE_MANAGER, "adler", "hall")


def test_somebodys_time_is_their_own_and_their_front_desks() -> None:
    assert [who for who in EVERYBODY if who.speaks_for(ADLER)] == [ADA, HALL]


def test_their_days_are_closed_by_a_deputy_too() -> None:
    assert [who for who in EVERYBODY if who.may_close(ADLER, BELA_STANDS_IN)] == [ADA, BELA, HALL]
    assert [who for who in EVERYBODY if who.may_close(BUSCH, BELA_STANDS_IN)] == [BELA, HALL]
    assert [who for who in EVERYBODY if who.may_close(ADLER, CHAT_ONLY)] == [ADA, HALL]


def test_an_appointment_is_changed_by_its_own_a_deputy_and_the_front_desk_of_its_office() -> None:
    assert [who for who in EVERYBODY if who.may_change(ADAS, BELA_STANDS_IN)] == [ADA, BELA, HALL]
    assert [who for who in EVERYBODY if who.may_change(ADAS, CHAT_ONLY)] == [ADA, HALL]
    looking = [who for who in EVERYBODY if who.looks_after(ADAS, BELA_STANDS_IN)]
    assert looking == [ADA, BELA, HALL, OPERATOR]
    elsewhere = replace(ADAS, case_manager_id="carl", office_id="mill")
    assert [who for who in EVERYBODY if who.may_change(elsewhere, CHAT_ONLY)] == [MILL]


def test_only_who_holds_talks_reads_what_they_are_about() -> None:
    assert [who for who in EVERYBODY if who.reads_topics()] == [ADA, BELA]


def test_clients_and_the_clock_are_no_staff() -> None:
    assert [who for who in EVERYBODY if not who.is_staff] == [CLIENT, CLOCK]


@pytest.mark.parametrize(
    ("who", "label"),
    [
        (Actor(Role.CASE_MANAGER, "adler"), "case_manager:adler"),
        (HALL, "front_desk:hall"),
        (OPERATOR, "operator:all"),
        (CLIENT, "client:all"),
        (CLOCK, "clock:all"),
    ],
)
def test_the_audit_trail_names_who_acts_and_is_read_as_it_was_written(
    who: Actor, label: str
) -> None:
    assert (who.label, Actor.read(label)) == (label, who)


def test_the_audit_trail_names_a_case_manager_without_their_office() -> None:
    assert (ADA.label, Actor.read(ADA.label)) == (
        "case_manager:adler",
        replace(ADA, office_id=None),
    )
