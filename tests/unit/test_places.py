"""Typed text in seven languages to places."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.city.load import load
from bot.domain.city import City
from bot.domain.geography import Position, Street
from bot.domain.place_index import key_of
from bot.domain.places import Found, find

HERNE = load("herne")
STATIONS = ("herne_bf", "herne_boernig_bf", "wanne_eickel_hbf")
MAIN_STATIONS = ("herne_bf", "wanne_eickel_hbf")


def found(text: str, city: City = HERNE) -> tuple[str, ...]:
    return tuple(map(key_of, find(city, text).places))


def guessed(text: str, city: City = HERNE) -> tuple[str, ...]:
    meant = find(city, text)
    assert meant.places == ()
    return tuple(map(key_of, meant.guesses))


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
        ("446 49", "44649"),
        ("44 649 Herne", "44649"),
        ("4 4 6 4 9", "44649"),
        ("Hauptstr. 166 44652", "44652"),
        ("٤٤٦ ٤٩", "44649"),
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
    "text",
    [
        *("45127 Essen", "٤٥١٢٧", "45127", "Bochum", "Bochum Hbf", "Hauptstraße, Gelsenkirchen"),
        *("Бохум", "Ich wohne in Dortmund", "Bahnhof Recklinghausen", "Hauptstr. 5, 44787"),
    ],
)
def test_a_place_of_another_town_is_elsewhere(text: str) -> None:
    assert find(HERNE, text) == Found(elsewhere=True)


def test_a_quarter_beside_the_name_of_another_town_is_still_meant() -> None:
    assert found("Wanne, bei Gelsenkirchen") == ("wanne",)


@pytest.mark.parametrize("text", ["0232316471", "02323 16-4711", "12 34", "446491", "44649 1"])
def test_other_numbers_are_no_postal_codes(text: str) -> None:
    assert find(HERNE, text).elsewhere is False


@pytest.mark.parametrize(
    "text",
    [
        *("Bahnhof", "am Bahnhof", "near the station", "gare", "près de la gare", "lângă gară"),
        *("вокзал", "біля вокзалу", "рядом с вокзалом", "محطة القطار", "قرب المحطة"),
    ],
)
def test_the_station_is_asked_about_in_each_language(text: str) -> None:
    assert found(text) == STATIONS


@pytest.mark.parametrize(
    "text", ["Hbf", "Hauptbahnhof", "main station", "gare centrale", "головний вокзал"]
)
def test_of_the_main_station_there_are_two(text: str) -> None:
    assert found(text) == MAIN_STATIONS


@pytest.mark.parametrize(
    "text",
    [
        *("Zentrum", "im Stadtzentrum", "the city centre", "downtown", "centre-ville", "în centru"),
        *("центр", "в центре", "у центрі міста", "в центре города", "مركز المدينة", "وسط البلد"),
    ],
)
def test_the_centre_is_found_in_each_language(text: str) -> None:
    assert found(text) == ("herne_mitte",)


@pytest.mark.parametrize(
    ("text", "stop"),
    [
        ("Akademie Mont-Cenis", "s.akademie_mont_cenis"),
        ("Haltestelle Rathaus", "s.rathaus"),
        ("Ich steige am Eickeler Markt aus", "s.eickeler_markt"),
        ("Altenhöfener Str. 12", "s.altenhoefener_strasse"),
        ("altenhofener strasse", "s.altenhoefener_strasse"),
        ("Рихард-Вагнер-Штрассе", "s.richard_wagner_strasse"),
        ("Erich-Fried-Gesamtschule", "s.e_fried_gesamtschule"),
        ("Kreuzkirche", "s.archaeologie_museum_kreuzkirche"),
        ("Jean-Vogel-Straße", "s.marienhospital_jean_vogel_strass"),
        ("Rottstraße", "s.rott_heerstrasse"),
        ("Rathaus in Herne-Mitte", "s.rathaus"),
    ],
)
def test_a_stop_is_found_by_its_name_and_by_what_it_is_named_after(text: str, stop: str) -> None:
    assert found(text) == (stop,)


@pytest.mark.parametrize("text", ["Sodinger Straße", "Sodinger Str. 5", "Содингер Штрассе"])
def test_a_street_is_no_quarter_that_begins_like_it(text: str) -> None:
    assert found(text) == ("s.fw_sodinger_strasse",)


def test_a_street_nobody_knows_is_no_quarter_either() -> None:
    assert found("Wanner Straße") == ()
    assert found("Holthausenstraße") == ("s.holthauser_strasse",)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Eickel Kirceh", ("eickel", "s.eickel_kirche")),
        ("Hedstr.", ("s.rott_heerstrasse", "s.heidstrasse")),
        ("Rathaus oder Crange", ("s.rathaus", "crange")),
    ],
)
def test_where_two_fit_about_as_well_both_are_offered(text: str, offered: tuple[str, ...]) -> None:
    assert {*offered} <= {*found(text)}


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("Mont Cenis", "s.akademie_mont_cenis"),
        ("Schillrstrse", "s.schillerstrasse"),
        ("شيلرشتراسه", "s.schillerstrasse"),
        ("راتهاوس", "s.rathaus"),
        ("Orange", "crange"),
    ],
)
def test_what_only_looks_like_a_place_is_a_guess(text: str, guess: str) -> None:
    assert guess in guessed(text)


def test_in_a_long_sentence_nothing_is_guessed() -> None:
    assert find(HERNE, "können Sie mir bitte sagen was ich morgen mitbringen muss") == Found()


def with_streets() -> City:
    here = Position(51.53, 7.2, exact=True)
    streets = [
        ("44649", "Gabelweg"),
        ("44652", "Gabelweg"),
        ("44623", "Am Rathaus"),
        ("44625", "Rathaus"),
    ]
    ids = [Street(f"{code}-{name}", name, code, here) for code, name in streets]
    return replace(HERNE, streets=tuple(ids))


def test_of_a_street_with_two_postal_codes_both_parts_are_offered() -> None:
    assert found("Gabelweg 7", with_streets()) == ("t.44649-Gabelweg", "t.44652-Gabelweg")


def test_a_quarter_beside_it_says_which_part_of_the_street() -> None:
    assert found("Gabelweg in Wanne", with_streets()) == ("t.44649-Gabelweg",)
    assert found("Gabelweg in Wanne, Rathaus", with_streets()) == (
        *("t.44649-Gabelweg", "t.44625-Rathaus"),
    )


def test_a_stop_named_like_a_street_is_that_street() -> None:
    assert found("Rathaus", with_streets()) == ("t.44625-Rathaus",)


@given(st.text())
def test_any_text_is_met_with_four_places_and_four_guesses_at_most(text: str) -> None:
    meant = find(HERNE, text)
    assert (len(meant.places) <= 4, len(meant.guesses) <= 4) == (True, True)
    assert not (meant.places and (meant.guesses or meant.elsewhere))


def test_every_area_is_found_by_each_of_its_names() -> None:
    names = {
        (area.id, name)
        for area in HERNE.areas
        for name in (area.name, *area.aliases, *area.spoken.values())
    }
    assert {(area, name) for area, name in names if area not in found(name)} == set()
