"""From a place to the order of all offices."""

from dataclasses import replace

import pytest

from bot.city.load import load
from bot.domain.geography import Bounds, Position, Stop, Street, distance_km
from bot.domain.routing import (
    Place,
    Ranked,
    about_as_near,
    nearest_stop,
    outside,
    place_of_area,
    place_of_district,
    place_of_position,
    place_of_postal_code,
    place_of_stop,
    place_of_street,
    rank,
)

HERNE = load("herne")
SMALLVILLE = load("tests/cities/smallville.toml")

FROM_WANNE = ("planb", "drk", "caritas", "city", "awo")
FROM_EICKEL = ("drk", "planb", "caritas", "city", "awo")
FROM_MITTE = ("caritas", "city", "awo", "drk", "planb")
FROM_SODINGEN = ("awo", "caritas", "city", "drk", "planb")


def order(place: Place) -> tuple[str, ...]:
    return tuple(ranked.office_id for ranked in rank(place, HERNE.offices))


@pytest.mark.parametrize(
    ("area", "offices"),
    [
        # quarters
        ("crange", FROM_WANNE),
        ("unser_fritz", FROM_WANNE),
        ("baukau_west", FROM_WANNE),
        ("wanne", FROM_WANNE),
        ("eickel", FROM_EICKEL),
        ("roehlinghausen", FROM_EICKEL),
        ("wanne_sued", FROM_EICKEL),
        ("baukau_ost", FROM_MITTE),
        ("holsterhausen", FROM_MITTE),
        ("herne_mitte", FROM_MITTE),
        ("herne_sued", FROM_MITTE),
        ("boernig", FROM_SODINGEN),
        ("holthausen", FROM_SODINGEN),
        ("horsthausen", FROM_SODINGEN),
        ("sodingen", FROM_SODINGEN),
        # stations
        ("herne_bf", FROM_MITTE),
        ("herne_boernig_bf", FROM_SODINGEN),
        ("wanne_eickel_hbf", FROM_WANNE),
        # everyday names
        ("wanne_mitte", FROM_WANNE),
        ("bickern", FROM_WANNE),
        ("wanne_eickel", FROM_WANNE),
        ("constantin", FROM_SODINGEN),
        ("pantringshof", FROM_SODINGEN),
        ("feldherren", FROM_SODINGEN),
        ("altenhoefen", FROM_MITTE),
        ("struenkede", FROM_MITTE),
        # streets
        ("hauptstr", FROM_WANNE),
        ("luetzowstr", FROM_SODINGEN),
        ("schulstr", FROM_MITTE),
        ("shamrockring", FROM_MITTE),
        ("overwegstr", FROM_MITTE),
        ("freisenstr", FROM_WANNE),
        ("berkelstr", FROM_SODINGEN),
    ],
)
def test_an_area_leads_to_its_nearest_office_and_lists_all_five(
    area: str, offices: tuple[str, ...]
) -> None:
    assert order(place_of_area(HERNE, HERNE.area[area])) == offices


def test_the_table_above_knows_every_area() -> None:
    assert len(HERNE.areas) == 33


@pytest.mark.parametrize(
    ("code", "offices"),
    [
        ("44623", FROM_MITTE),
        ("44625", ("caritas", "city", "drk", "planb", "awo")),
        ("44627", FROM_SODINGEN),
        ("44628", FROM_SODINGEN),
        ("44629", FROM_MITTE),
        ("44649", FROM_WANNE),
        ("44651", FROM_EICKEL),
        ("44652", FROM_EICKEL),
        ("44653", FROM_WANNE),
    ],
)
def test_a_postal_code_leads_to_its_nearest_office_and_its_neighbours(
    code: str, offices: tuple[str, ...]
) -> None:
    assert order(place_of_postal_code(HERNE, code)) == offices


def test_a_postal_code_of_another_town_is_outside_and_still_served() -> None:
    place = place_of_postal_code(HERNE, "45127")
    assert place == Place(outside=True)
    assert order(place) == tuple(office.id for office in HERNE.offices)


def test_without_a_place_offices_stand_as_in_the_file() -> None:
    assert order(Place()) == ("awo", "caritas", "drk", "planb", "city")


def test_a_street_through_two_districts_offers_both_first() -> None:
    place = place_of_area(HERNE, HERNE.area["hauptstr"])
    assert place.district_ids == ("wanne", "eickel")
    assert set(order(place)[:2]) == {"planb", "drk"}


def test_the_answer_which_district_decides() -> None:
    assert order(place_of_district(HERNE, "eickel")) == FROM_EICKEL
    assert order(place_of_district(HERNE, "wanne")) == FROM_WANNE


def test_a_shared_location_counts_by_distance_alone() -> None:
    here = Position(51.5150, 7.1600, exact=True)
    assert place_of_position(HERNE, here) == Place((), here, outside=False)
    assert order(place_of_position(HERNE, here)) == FROM_EICKEL


def test_a_location_in_another_town_is_outside_and_ranked_all_the_same() -> None:
    essen = Position(51.4513, 7.0139, exact=True)
    place = place_of_position(HERNE, essen)
    assert place.outside
    assert order(place) == FROM_WANNE


def test_no_distance_where_a_door_is_not_known() -> None:
    here = Position(51.5389, 7.2251, exact=True)
    ranked = rank(place_of_position(HERNE, here), HERNE.offices)
    assert {office.distance_km for office in ranked} == {None}


@pytest.mark.parametrize(
    ("latitude", "distance"),
    [(48.008, 0.5), (48.0215, 1.5), (48.0240, 2.0), (47.9900, 2.0)],
)
def test_a_distance_between_exact_positions_is_rounded_to_half_a_kilometre(
    latitude: float, distance: float
) -> None:
    place = place_of_position(SMALLVILLE, Position(latitude, 11.002, exact=True))
    assert rank(place, SMALLVILLE.offices) == (Ranked("hall", distance),)


def test_no_distance_from_a_postal_code_or_an_area() -> None:
    for place in (
        place_of_postal_code(SMALLVILLE, "99001"),
        place_of_area(SMALLVILLE, SMALLVILLE.area["station"]),
        place_of_area(SMALLVILLE, SMALLVILLE.area["mill"]),
    ):
        assert rank(place, SMALLVILLE.offices) == (Ranked("hall", None),)


def test_an_area_without_a_position_stands_in_the_middle_of_its_districts() -> None:
    place = place_of_area(SMALLVILLE, SMALLVILLE.area["ringstr"])
    assert place == Place(("north", "south"), Position(48.0, 11.0))


def test_a_district_without_a_postal_code_has_no_middle_and_its_offices_still_come_first() -> None:
    unplaced = replace(SMALLVILLE, postal_codes=())
    place = place_of_district(unplaced, "north")
    assert place == Place(("north",), None)
    hall = unplaced.office["hall"]
    south = replace(hall, id="south_hall", district_id="south")
    assert rank(place, (south, hall)) == (Ranked("hall"), Ranked("south_hall"))


def test_a_degree_north_is_111_kilometres() -> None:
    assert round(distance_km(Position(51.0, 7.0), Position(52.0, 7.0)), 1) == 111.2


def test_the_bounds_are_a_circle() -> None:
    bounds = Bounds(Position(51.539, 7.205), 9.0)
    assert not outside(bounds, Position(51.619, 7.205))
    assert outside(bounds, Position(51.621, 7.205))


TWO = HERNE.offices[:2]


def at(kilometres: float) -> Position:
    """A point so far north of a beginning."""
    return Position(51.5 + kilometres / 111.195, 7.2, exact=True)


@pytest.mark.parametrize(
    ("near", "far", "both"),
    [
        (1.0, 1.25, True),
        (1.0, 1.35, False),
        (4.0, 4.6, True),
        (4.0, 4.8, False),
        (0.0, 0.29, True),
    ],
)
def test_two_offices_are_about_as_near_within_300_metres_or_15_percent(
    near: float, far: float, both: bool
) -> None:
    first, second = (
        replace(office, position=at(away)) for office, away in zip(TWO, (near, far), strict=True)
    )
    assert about_as_near(Place(position=at(0)), (second, first)) == (
        (first, second) if both else ()
    )


def test_an_office_of_the_district_is_nearer_than_one_outside() -> None:
    first, second = (replace(office, position=at(1)) for office in TWO)
    inside = Place((first.district_id,), at(0))
    assert first.district_id != second.district_id
    assert about_as_near(inside, (first, second)) == ()


def test_nothing_is_about_as_near_to_nowhere_and_no_office_to_itself() -> None:
    assert about_as_near(Place(), HERNE.offices) == ()
    assert about_as_near(Place(position=at(0)), HERNE.offices[:1]) == ()


def test_at_a_stop_only_distance_counts() -> None:
    stop = Stop("halt", "Halt", at(1))
    assert place_of_stop(stop) == Place(position=at(1))


def test_a_street_counts_by_its_houses_else_by_its_postal_code() -> None:
    exact = Street("44649-x", "X", "44649", at(1))
    rough = replace(exact, position=replace(at(1), exact=False))
    places = [place_of_street(HERNE, street) for street in (exact, rough)]
    assert [place.district_ids for place in places] == [(), ("wanne",)]


def test_the_nearest_stop_of_an_office_is_told_where_its_door_is_known() -> None:
    stops = (Stop("far", "Far", at(0.9)), Stop("near", "Near", at(0.5)))
    city, office = replace(HERNE, stops=stops), replace(TWO[0], position=at(0))
    assert nearest_stop(city, office) == stops[1]
    assert nearest_stop(city, replace(office, position=at(-1))) is None
    assert nearest_stop(city, TWO[0]) is None
    assert nearest_stop(replace(HERNE, stops=()), office) is None
