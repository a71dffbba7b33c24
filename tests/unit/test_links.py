"""Signed links: what they say is what was signed, for whom, and no longer than that."""

from base64 import urlsafe_b64encode
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Status
from bot.domain.lists_link import ListsLink
from bot.services.links import Grant, GrantKind, Links, session_of, to_appointment, to_lists
from bot.storage.vault import Vault

LINKS = Links(Vault(bytes(32)), "https://bot.example.org/termine/")
NOW = 1_795_000_000
ANNA = Actor(Role.CASE_MANAGER, "anna", "mill")
DESK = Actor(Role.FRONT_DESK, office_id="mill")
ABOUT = Appointment(12, "K7PM", 3, "anna", "mill", NOW, NOW + 2700, Status.BOOKED, 0, "ar")
GRANT = to_appointment(ANNA, ABOUT)


def test_a_link_is_read_back_until_it_expires() -> None:
    token = LINKS.token(GRANT)
    assert LINKS.read(token, GRANT.expires - 1) == GRANT
    assert LINKS.read(token, GRANT.expires) is None


def test_an_appointments_link_depends_on_its_facts_alone() -> None:
    assert LINKS.url(to_appointment(ANNA, replace(ABOUT, language="uk"))) == LINKS.url(GRANT)
    for other in (replace(ABOUT, sequence=9), replace(ABOUT, code="Q4VW"), replace(ABOUT, id=13)):
        assert LINKS.url(to_appointment(ANNA, other)) != LINKS.url(GRANT)
    assert GRANT.expires == ABOUT.end + 14 * 86_400
    assert LINKS.url(to_appointment(DESK, ABOUT)) != LINKS.url(GRANT)


def test_lists_are_open_to_who_they_are_of_as_long_as_the_link_is_good() -> None:
    link = ListsLink(7, NOW, NOW + 60)
    assert to_lists(ANNA, link) == Grant(
        GrantKind.LISTS, Role.CASE_MANAGER, "anna", NOW + 60, number=7
    )
    assert to_lists(DESK, link) == Grant(
        GrantKind.LISTS, Role.FRONT_DESK, "mill", NOW + 60, number=7
    )


def test_a_session_lasts_twelve_hours_and_no_longer_than_its_link() -> None:
    lists = to_lists(ANNA, ListsLink(7, NOW, NOW + 13 * 3600))
    begun = session_of(lists, NOW)
    assert (begun.kind, begun.number, begun.expires) == (GrantKind.SESSION, 7, NOW + 12 * 3600)
    assert session_of(lists, NOW + 2 * 3600).expires == lists.expires


def test_the_forms_among_lists_carry_a_token_of_their_link() -> None:
    own, other, desks = (
        to_lists(who, ListsLink(number, NOW, NOW + 60))
        for who, number in ((ANNA, 7), (ANNA, 8), (DESK, 7))
    )
    assert len({LINKS.form_token(grant) for grant in (own, other, desks)}) == 3
    assert LINKS.form_token(session_of(own, NOW)) == LINKS.form_token(own)
    assert LINKS.form_token(GRANT) == ""


def test_a_link_of_an_earlier_version_opens_nothing() -> None:
    text = urlsafe_b64encode(f"person|case_manager|anna|0|{NOW + 60}".encode()).decode().rstrip("=")
    assert LINKS.read(f"{text}.{LINKS.vault.sign(text)}", NOW) is None


def test_addresses_stand_below_the_public_one() -> None:
    token = LINKS.token(GRANT)
    assert LINKS.url(GRANT) == f"https://bot.example.org/termine/page/{token}"
    assert LINKS.path(GRANT) == f"/termine/page/{token}"
    assert LINKS.calendar_url("abc") == "https://bot.example.org/termine/calendar/abc.ics"
    assert len(LINKS.url(GRANT)) < 200


def test_another_key_opens_nothing() -> None:
    other = replace(LINKS, vault=Vault(bytes(31) + b"x"))
    assert other.read(LINKS.token(GRANT), NOW) is None


@given(st.data())
def test_one_other_sign_anywhere_makes_it_worth_nothing(data: st.DataObject) -> None:
    token = LINKS.token(GRANT)
    place = data.draw(st.integers(0, len(token) - 1))
    sign = data.draw(st.characters().filter(lambda one: one != token[place]))
    assert LINKS.read(token[:place] + sign + token[place + 1 :], NOW) is None


@given(st.text())
def test_whatever_is_not_signed_is_nothing(text: str) -> None:
    assert LINKS.read(text, NOW) is None
    assert LINKS.read(f"{text}.{text}", NOW) is None
