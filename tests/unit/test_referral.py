"""What a link says of who sent somebody and to whom; and that no key is ever taken for it."""

import secrets
from dataclasses import replace

import pytest
from town_in_memory import CITY

from bot.domain.referral import NOTHING_NAMED, Referral, read
from bot.services import staff_invitations, walk_in_bookings

LONGEST = Referral("s" * 24, "o" * 16, "p" * 16)
MOST_SIGNS = 64
"""So long may what a link carries be."""


@pytest.mark.parametrize(
    ("argument", "named"),
    [
        ("r_school", Referral("school")),
        ("o_hall", Referral(None, "hall")),
        ("p_adler", Referral(None, None, "adler")),
        ("o_hall-r_school", Referral("school", "hall")),
        ("r_school-o_hall", Referral("school", "hall")),
        ("r_job-center_2-p_adler", Referral("job-center_2", None, "adler")),
        ("r_School", Referral("school")),
        ("r_one-r_two", Referral("two")),
    ],
)
def test_a_link_names_who_sends_an_office_or_a_person(argument: str, named: Referral) -> None:
    assert read(argument) == named


@pytest.mark.parametrize(
    "argument",
    ["", "poster", "r_", "r-school", "x_school", "o_hall-r_", "r_schöl", "R_school", "_r_x"],
)
def test_any_other_word_is_none(argument: str) -> None:
    assert read(argument) is None


@pytest.mark.parametrize("named", [Referral("school", "hall"), Referral("a-b"), LONGEST])
def test_what_a_link_carries_is_read_as_it_was_meant(named: Referral) -> None:
    assert read(named.argument) == named
    assert len(named.argument) <= MOST_SIGNS


@pytest.mark.parametrize("prefix", [staff_invitations.PREFIX, walk_in_bookings.PREFIX])
def test_no_key_is_taken_for_it_however_it_goes_on(prefix: str) -> None:
    ends = [*("r_x", "o_hall", "p_adler", "-r_school"), *(secrets.token_urlsafe(16) for _ in "abc")]
    assert [read(prefix + end) for end in ends] == [None] * len(ends)


def test_what_the_city_does_not_know_is_not_kept() -> None:
    assert Referral("school", "hall", "adler").known_to(CITY) == Referral("school", "hall", "adler")
    assert Referral("nowhere", "gone", "left").known_to(CITY) == Referral("other")
    assert Referral(None, "gone").known_to(CITY) == NOTHING_NAMED
    assert Referral("school").known_to(replace(CITY, sources=())) == Referral("other")


def test_a_later_link_replaces_what_it_names() -> None:
    first = Referral("school", "hall")
    assert first.followed_by(Referral("job-center")) == Referral("job-center", "hall")
    assert first.followed_by(Referral(None, None, "adler")) == Referral("school", None, "adler")
    assert first.followed_by(NOTHING_NAMED) == first
