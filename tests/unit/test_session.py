"""The trail of screens, and the session kept between two updates."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.session import Draft, Session, from_json, is_midway, rested, to_json
from bot.domain.appointment import Wishes
from bot.domain.referral import Referral

NAMES = st.text(max_size=12)
MAYBE = st.none() | NAMES
NUMBERS = st.none() | st.integers(1, 2**53)
WISHES = st.builds(
    Wishes,
    language_help=st.booleans(),
    adults=st.integers(0, 5),
    children=st.integers(0, 5),
    step_free=st.booleans(),
    topic=MAYBE,
    by_phone=st.booleans(),
)
DRAFTS = st.builds(
    Draft,
    order=st.lists(NAMES, max_size=5).map(tuple),
    place_known=st.booleans(),
    outside=st.booleans(),
    ambiguous=st.lists(NAMES, max_size=3).map(tuple),
    office_id=MAYBE,
    case_manager_id=MAYBE,
    day=MAYBE,
    days_from=MAYBE,
    slot=MAYBE,
    wishes=WISHES,
    moving=NUMBERS,
    looking_at=NUMBERS,
)
IDS = st.none() | st.from_regex("[a-z0-9_]{1,16}", fullmatch=True)
REFERRALS = st.builds(Referral, source=IDS, office_id=IDS, case_manager_id=IDS)
SESSIONS = st.builds(
    Session,
    language=MAYBE,
    consent=MAYBE,
    trail=st.lists(NAMES, max_size=6).map(tuple),
    draft=DRAFTS,
    revision=st.integers(0, 2**31),
    keyboard=st.booleans(),
    album=NAMES,
    referral=REFERRALS,
    said=NAMES,
)


@given(SESSIONS)
def test_a_session_comes_back_as_it_was_kept(session: Session) -> None:
    assert from_json(to_json(session), session.language, session.consent) == session


def test_language_and_consent_are_kept_in_their_own_columns() -> None:
    kept = to_json(Session(language="tlh", consent="2026-01"))
    assert "tlh" not in kept
    assert "2026-01" not in kept
    assert from_json(kept, "uk", None) == Session(language="uk")


def test_a_new_session_is_on_no_screen() -> None:
    assert Session().screen == ""


def test_going_to_a_screen_puts_it_on_the_trail() -> None:
    session = Session(trail=("menu",)).to("place").to("offices")
    assert session.trail == ("menu", "place", "offices")
    assert session.screen == "offices"


def test_going_to_a_screen_already_passed_goes_back_to_it() -> None:
    session = Session(trail=("menu", "place", "offices", "days"))
    assert session.to("place").trail == ("menu", "place")
    assert session.to("days").trail == session.trail


def test_back_leaves_the_last_screen_and_never_the_first() -> None:
    assert Session(trail=("menu", "place")).back().trail == ("menu",)
    assert Session(trail=("menu",)).back().trail == ("menu",)
    assert Session().back().trail == ()


def test_starting_anew_forgets_the_choices() -> None:
    session = Session(language="ar", trail=("menu", "days"), revision=7).choosing(moving=3)
    assert session.draft.moving == 3
    assert session.only("menu", "mine") == Session("ar", trail=("menu", "mine"), revision=7)


def test_choosing_keeps_the_place_and_the_other_choices() -> None:
    session = Session(trail=("menu", "days")).choosing(office_id="mill").choosing(day="2026-11-24")
    assert session.trail == ("menu", "days")
    assert session.draft == Draft(office_id="mill", day="2026-11-24")


@given(st.lists(st.sampled_from(("menu", "place", "offices", "days", "confirm")), max_size=20))
def test_a_trail_never_holds_a_screen_twice(steps: list[str]) -> None:
    session = Session()
    for screen in steps:
        session = session.to(screen)
        assert session.screen == screen
        assert len(set(session.trail)) == len(session.trail)


@given(SESSIONS)
def test_what_rests_holds_nothing_to_forget(session: Session) -> None:
    resting = rested(session)
    assert not is_midway(resting)
    assert resting.revision == session.revision


@given(SESSIONS)
def test_what_holds_nothing_to_forget_says_so(session: Session) -> None:
    assert is_midway(session) == (session.draft != Draft() or len(session.trail) > 1)


def test_what_a_later_version_keeps_beside_it_is_passed_over() -> None:
    session = Session(trail=("menu", "wish"), revision=4).choosing(wishes=Wishes(adults=2))
    kept = json.loads(to_json(session))
    kept["draft"]["mood"] = "good"
    kept["draft"]["wishes"]["window_seat"] = True
    kept["weather"] = "fine"
    assert from_json(json.dumps(kept), None, None) == session
