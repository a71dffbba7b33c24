"""Typed text in seven languages to places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.city.load import load
from bot.domain.city import PostalCode
from bot.domain.places import find, has_postal_code

HERNE = load("herne")


def found(text: str) -> tuple[str, ...]:
    return tuple(
        place.code if isinstance(place, PostalCode) else place.id for place in find(HERNE, text)
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("44649", "44649"),
        ("44649 Herne", "44649"),
        ("D-44623", "44623"),
        ("Hauptstraße 221, 44649 Herne", "44649"),
        ("my letters say 44651.", "44651"),
        ("мой индекс 44652", "44652"),
        ("٤٤٦٤٩", "44649"),
        ("الرمز البريدي ٤٤٦٢٣", "44623"),
        ("۴۴۶۴۹", "44649"),
    ],
)
def test_a_postal_code_is_found_in_any_digits_inside_a_sentence(text: str, code: str) -> None:
    assert found(text) == (code,)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Wanne", "wanne"),
        ("WANNE SÜD", "wanne_sued"),
        ("Wanne-Sued", "wanne_sued"),
        ("wannesüd", "wanne_sued"),
        ("Wanne Sud", "wanne_sued"),
        ("Wanne-Eickel", "wanne_eickel"),
        ("Wanne-Eickel Hbf", "wanne_eickel_hbf"),
        ("Boernig", "boernig"),
        ("Bo\u0308rnig", "boernig"),
        ("Hauptstr. 166", "hauptstr"),
        ("Hauptstrasse", "hauptstr"),
        ("Haupt Straße", "hauptstr"),
        ("LÜTZOWSTRASSE 2", "luetzowstr"),
        ("Schloß Strünkede", "struenkede"),
        ("Konstantin", "constantin"),
        ("Innenstadt", "herne_mitte"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, area: str) -> None:
    assert found(text) == (area,)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Ich wohne in Horsthausen, in der Nähe vom Park", "horsthausen"),
        ("I live near Herne station", "herne_bf"),
        ("Я живу в районі Зодінген", "sodingen"),
        ("Я живу в Айкель", "eickel"),
        ("J’habite à Crange", "crange"),
        ("Gare de Wanne-Eickel", "wanne_eickel_hbf"),
        ("Locuiesc în Röhlinghausen", "roehlinghausen"),
        ("أسكن في فانه", "wanne"),
    ],
)
def test_a_name_is_found_inside_a_sentence_in_each_language(text: str, area: str) -> None:
    assert found(text) == (area,)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Ванне-Айкель", "wanne_eickel"),
        ("Ванне", "wanne"),
        ("Рёлингхаузен", "roehlinghausen"),
        ("Релингхаузен", "roehlinghausen"),
        ("Рьолінггаузен", "roehlinghausen"),
        ("Гольтгаузен", "holthausen"),
        ("Хольтхаузен", "holthausen"),
        ("Содінген", "sodingen"),
        ("центр города", "herne_mitte"),
        ("центр міста", "herne_mitte"),
        ("فانة", "wanne"),
        ("كرانجه", "crange"),
        ("أيكل", "eickel"),
        ("هورست هاوزن", "horsthausen"),
        ("وسط المدينة", "herne_mitte"),
    ],
)
def test_a_name_is_found_in_another_script(text: str, area: str) -> None:
    assert found(text) == (area,)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Vanne", "wanne"),
        ("Aikel", "eickel"),
        ("Zodingen", "sodingen"),
        ("Sodigen", "sodingen"),
        ("Crnage", "crange"),
        ("Bornig", "boernig"),
        ("Unzer Fritz", "unser_fritz"),
        ("Horsthauzen", "horsthausen"),
        ("Крэнге", "crange"),
        ("Хорстхаузн", "horsthausen"),
        ("زودنغن", "sodingen"),
    ],
)
def test_a_name_written_by_ear_or_with_a_slip_is_found(text: str, area: str) -> None:
    assert found(text) == (area,)


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("Baukau", ("baukau_west", "baukau_ost")),
        ("Herne", ("herne_mitte", "herne_sued", "herne_bf", "herne_boernig_bf")),
        ("Bahnhof", ("herne_bf", "herne_boernig_bf", "wanne_eickel_hbf")),
        ("Crange oder Eickel", ("crange", "eickel")),
        ("44649 oder 44653", ("44649", "44653")),
    ],
)
def test_where_several_are_meant_the_client_may_choose(text: str, areas: tuple[str, ...]) -> None:
    assert found(text) == areas


def test_a_quarter_named_beside_a_long_street_settles_it() -> None:
    assert found("Hauptstraße in Eickel") == ("eickel",)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "1", "🙂", "…", "Wann haben Sie offen?", "Good morning", "Orange", "help me"),
        *("Berlin", "Dortmund", "Bochum Hbf", "Recklinghausen", "Gelsenkirchen"),
        *("45127 Essen", "02323 16-4711", "0232316471", "446491", "Привет", "Дякую", "مرحبا"),
        *("Bună ziua", "J’ai besoin d’aide", "мне нужен врач", "أحتاج إلى مساعدة", "x" * 5000),
    ],
)
def test_what_names_no_place_here_finds_none(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("45127 Essen", True),
        ("٤٥١٢٧", True),
        ("my letters say 44651.", True),
        ("0232316471", False),
        ("Wanne", False),
        ("x" * 5000 + " 44649", False),
    ],
)
def test_a_postal_code_is_recognised_whatever_town_it_is_of(text: str, has: bool) -> None:
    assert has_postal_code(text) is has


@given(st.text())
def test_any_text_is_met_with_four_places_at_most(text: str) -> None:
    assert len(find(HERNE, text)) <= 4


def test_every_area_is_found_by_each_of_its_names() -> None:
    names = {
        (area.id, name)
        for area in HERNE.areas
        for name in (area.name, *area.aliases, *area.spoken.values())
    }
    assert {(area, name) for area, name in names if area not in found(name)} == set()
