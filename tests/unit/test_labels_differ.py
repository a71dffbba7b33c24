"""Whatever is free, no two times of one screen look alike, in whichever language."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time

from calendars import appointment
from chat_in_memory import Chat
from hypothesis import given, settings
from hypothesis import strategies as st
from town_in_memory import CITY, Town, at

from bot.app import LOCALES
from bot.conversation import slot_values
from bot.conversation.content import Screen
from bot.conversation.port import Search
from bot.conversation.presses import decode
from bot.conversation.session import Draft, Session
from bot.domain import differing
from bot.domain.blocks import Block
from bot.domain.city import CaseManager, City
from bot.domain.slots import Slot
from bot.messages import client_news
from bot.messages.client_news import CalledOffNews
from bot.rendering import catalogues
from bot.rendering.chat_message import Renderer

LANGUAGES = ("de", "en", "uk", "ru", "fr", "ro", "ar")
TEXTS = catalogues.load(LOCALES, LANGUAGES, ["de"])
ABOUT = appointment(at("2026-11-25 09:00"))
NAMES = (
    *("Ada Adler", "Anna Müller", "Berta Müller", "Alexandru Dan Balan", "Constantin Dan Balan"),
    *("Ioana Martoiu-Barjaktarovic", "Ilona Martoiu-Barjaktarova", "Karina Miranda da Costa"),
)
TIMES = (time(8), time(9), time(10, 20), time(13))
blocks = st.lists(
    st.builds(
        lambda day, start, hours: Block(day, start, time(start.hour + hours, start.minute)),
        st.integers(0, 4),
        st.sampled_from(TIMES),
        st.integers(1, 4),
    ),
    max_size=4,
)
people = st.lists(
    st.builds(
        lambda name, office, free, named: (name, office, tuple(free), named),
        st.sampled_from(NAMES),
        st.sampled_from(("hall", "library")),
        blocks,
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


def town_of(made: list[tuple[str, str, tuple[Block, ...], bool]], days: int) -> City:
    """The town with these case managers, two of whom may have one name, for so many days."""
    team = tuple(
        CaseManager(f"p{n}", name, office, frozenset(), free, 8, 30, 10, True, named)
        for n, (name, office, free, named) in enumerate(made)
    )
    rules = replace(CITY.rules, horizon_days=days)
    return replace(CITY, case_managers=team, rules=rules)


cities = st.builds(town_of, people, st.sampled_from((3, 5, 8, 28)))


def labels(screen: Screen, city: City, language: str, *actions: str) -> list[str]:
    """What stands on the buttons that do this."""
    rows = Renderer(TEXTS, city).message(screen, language).rows
    found = [(decode(button.data), button.text) for row in rows for button in row]
    return [text for press, text in found if press is not None and press.action in actions]


def stands(city: City, screen: str, **draft: str | None) -> Chat:
    """A client on this screen, who minds neither office nor person."""
    session = Session("en", city.notice_version, ("menu", screen), Draft(**draft))  # type: ignore[arg-type]
    return Chat(Town(city), session)


def every(city: City) -> list[Slot]:
    """All that is free to a client, day by day."""
    port, search = Chat(Town(city)).port, Search(("hall", "library"))
    days = port.free_days(search, port.today, 99)
    return [slot for day in days for slot in port.free_times(search, day)]


def look_alike(shown: Callable[[str], list[str]]) -> list[str]:
    """The languages in which two labels are the same."""
    found = {each: shown(each) for each in LANGUAGES}
    return [each for each, told in found.items() if len(set(told)) < len(told)]


@settings(max_examples=60, deadline=None)
@given(city=cities, hour=st.integers(8, 15))
def test_alternatives_differ_and_begin_at_different_times_if_there_are_any(
    city: City, hour: int
) -> None:
    slot = Slot("p0", at(f"2026-11-25 {hour:02}:00"), 0, 0)
    chat = stands(city, "alternatives", slot=slot_values.of_slot(slot))
    screen = chat.shown
    assert look_alike(lambda each: labels(screen, city, each, "time")) == []
    offered = chat.port.nearest(Search(("hall", "library")), slot.start, 3)
    assert len({one.start for one in offered}) == min(3, len({one.start for one in every(city)}))
    assert [one.start for one in offered] == sorted(one.start for one in offered)


@settings(max_examples=60, deadline=None)
@given(city=cities, data=st.data())
def test_offers_after_a_calling_off_differ(city: City, data: st.DataObject) -> None:
    free = every(city)
    spared = data.draw(st.lists(st.sampled_from(free))) if free else []
    kinds = (lambda: free[:1], lambda: free[1:2], lambda: free)
    others = differing.one_of_each(city, kinds, 3, spared)
    screen = client_news.screen(CalledOffNews(ABOUT, others), city)
    assert look_alike(lambda each: labels(screen, city, each, "rebook")) == []
    assert len({one.start for one in others}) == min(3, len({one.start for one in free}))


@settings(max_examples=60, deadline=None)
@given(city=cities, half=st.sampled_from((None, "am", "pm")))
def test_days_and_times_differ(city: City, half: str | None) -> None:
    chat = stands(city, "days", half=half)
    actions = ("day", "later", "half", "others")
    days = chat.shown
    assert look_alike(lambda each: labels(days, city, each, *actions)) == []
    for press in [one for one in chat.buttons() if one.action == "day"][:2]:
        day = stands(city, "times", half=half, day=press.value).shown
        assert look_alike(lambda each, day=day: labels(day, city, each, "time")) == []  # type: ignore[misc]


def test_where_nothing_else_is_free_two_begin_at_once_unless_they_go_by_one_name() -> None:
    city = town_of([(name, "hall", (), True) for name in (*NAMES[:2], NAMES[0])], 28)
    ada, anna, other_ada = (Slot(f"p{number}", 600, 0, 0) for number in range(3))
    free = (ada, other_ada, anna)
    assert differing.one_of_each(city, (lambda: free,), 3) == (ada, anna)


def test_what_was_offered_to_others_is_spared_while_anything_else_begins_at_another_time() -> None:
    free = every(CITY)
    first, second = free[0], free[1]
    assert differing.one_of_each(CITY, (lambda: free,), 1, [first]) == (second,)
    assert differing.one_of_each(CITY, (lambda: [first],), 1, [first]) == (first,)


def test_of_one_start_the_time_with_who_speaks_the_language_is_shown() -> None:
    sooner, ada = Slot("adler", 300, 0, 0), Slot("adler", 600, 0, 0)
    bela = Slot("busch", 600, 0, 0)
    in_order = sorted((bela, ada, sooner), key=differing.in_time(CITY, "en"))
    assert differing.each_start_once(in_order) == (sooner, bela)
    assert differing.soonest(CITY, (ada, bela), nearest_first=False, language="en") == bela
    assert differing.nearest(CITY, (ada, bela), 600, 1, "en") == (bela,)


def test_in_the_nearest_office_the_soonest_is_not_the_first_persons() -> None:
    ada, bela, cleo = (
        Slot(*each, 0, 0) for each in (("adler", 900), ("busch", 600), ("clark", 300))
    )
    firsts = (ada, bela, cleo)
    assert differing.soonest(CITY, firsts, nearest_first=True, language=None) == bela
    assert differing.soonest(CITY, firsts, nearest_first=False, language=None) == cleo
