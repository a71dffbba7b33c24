"""What of a register of streets is the city's, and where it lies."""

from dataclasses import replace
from math import cos, radians, sin, sqrt, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.city import street_registers, utm
from bot.city.load import load
from bot.city.street_registers import UnknownRegister
from bot.domain.geography import Position, Street, distance_km

TOWN = replace(load("tests/cities/smallville.toml"), regional_key="09162000")
OPENPLZ = "Name,PostalCode,Locality,RegionalKey,Borough,Suburb\n"
NORTH, SOUTH = "99001", "99002"


def house(street: str, at: Position, key: str = "9;1;62;0", number: str = "1") -> str:
    """A line of gebref, with the keys as short as some write them."""
    state, region, district, municipality = key.split(";")
    east, north = _utm(32, at)
    return (
        f"N;DEXX0001;A;{state};Land;{region};;{district};;{municipality};Smallville;0000;;00001;"
        f"{street};{number};;32;{east:.3f};{north:.3f};2026-07-01\n"
    )


def test_of_openplz_the_citys_streets_are_kept_by_postal_code() -> None:
    lines = [
        OPENPLZ,
        "Am Kamm,99001,Smallville,09162000,,Nordstadt\n",
        "Am Kamm,99001,Smallville,09162000,,Mitte\n",
        "Am Kamm,99002,Smallville,09162000,,\n",
        '"Allee, Große",99002,Smallville,09162000,,\n',
        "Steig,99001,Bigtown,09163000,,\n",
        "Moor,12345,Smallville,09162000,,\n",
        ",99001,Smallville,09162000,,\n",
        "short\n",
    ]
    found = street_registers.read(lines, TOWN)
    assert [(street.name, street.postal_code) for street in found.streets] == [
        *(("Am Kamm", NORTH), ("Am Kamm", SOUTH), ("Allee, Große", SOUTH)),
    ]
    assert found.streets[0] == Street(
        "99001-am_kamm", "Am Kamm", NORTH, TOWN.postal_code[NORTH].position
    )
    assert found.not_placed == ("Moor (12345)", " (99001)")
    assert "ODbL" in found.about


def test_of_gebref_a_street_lies_in_the_middle_of_its_houses() -> None:
    lines = [
        house("Kamm", Position(48.008, 11.0)),
        house("Kamm", Position(48.010, 11.002)),
        house("Steig", Position(48.008, 11.0), key="9;1;63;0"),
    ]
    found = street_registers.read(lines, TOWN)
    (kamm,) = found.streets
    assert (kamm.id, kamm.name, kamm.postal_code) == ("99001-kamm", "Kamm", NORTH)
    assert distance_km(kamm.position, Position(48.009, 11.001)) < 0.001
    assert (kamm.position.exact, found.not_placed) == (True, ())


def test_a_long_street_of_gebref_has_a_part_for_each_postal_code() -> None:
    north = [house("Lange Gasse", Position(48.01, 11.0))] * 8
    south = [house("Lange Gasse", Position(47.99, 11.0))] * 8
    found = street_registers.read(["\ufeff" + north[0], *north, *south], TOWN)
    assert [street.postal_code for street in found.streets] == [NORTH, SOUTH]


def test_a_house_or_two_behind_a_border_are_no_part_of_their_own() -> None:
    north = [house("Lange Gasse", Position(48.01, 11.0))] * 19
    found = street_registers.read([*north, house("Lange Gasse", Position(47.99, 11.0))], TOWN)
    assert [street.postal_code for street in found.streets] == [NORTH]


def test_a_zone_before_the_easting_and_a_comma_are_read_too() -> None:
    plain = house("Kamm", Position(48.008, 11.0))
    cells = plain.split(";")
    cells[18], cells[19] = f"32{cells[18]}".replace(".", ","), cells[19].replace(".", ",")
    both = [street_registers.read([line], TOWN).streets for line in (plain, ";".join(cells))]
    assert distance_km(both[0][0].position, both[1][0].position) < 0.001


def test_what_is_the_citys_but_cannot_be_placed_is_named() -> None:
    broken = house("Moor", Position(48.0, 11.0), number="7").split(";")
    broken[18] = "?"
    lines = [
        house("Kamm", Position(48.008, 11.0)),
        house("Fern", Position(49.0, 11.0), number="3"),
        house("", Position(48.0, 11.0), number="5"),
        ";".join(broken),
        "half;a;line\n",
    ]
    found = street_registers.read(lines, TOWN)
    assert [street.name for street in found.streets] == ["Kamm"]
    assert found.not_placed == ("Fern 3", "5", "Moor 7")


@pytest.mark.parametrize("first", ["", "a,b,c\n", "N;1;2;3\n"])
def test_another_file_is_no_register(first: str) -> None:
    with pytest.raises(UnknownRegister, match="neither the heading of OpenPLZ"):
        street_registers.read([first], TOWN)


def test_on_the_middle_of_a_zone_the_north_is_the_length_of_the_meridian() -> None:
    """5,540,847.042 m of the ellipsoid GRS 80 from the equator to 50 degrees, at scale 0.9996."""
    found = utm.to_degrees(32, 500_000.0, 5_540_847.042 * 0.9996)
    assert (round(found.latitude, 7), found.longitude) == (50.0, 9.0)


@given(st.floats(47, 55), st.floats(6, 12))
def test_degrees_come_back_from_utm_within_a_centimetre(latitude: float, longitude: float) -> None:
    at = Position(latitude, longitude)
    assert distance_km(utm.to_degrees(32, *_utm(32, at)), at) < 0.00001


def _utm(zone: int, at: Position) -> tuple[float, float]:
    """The other way round by other formulas: Snyder, Map Projections, USGS 1395 (1987), page 61."""
    axis, flattening, scale = 6_378_137.0, 1 / 298.257222101, 0.9996
    e2 = flattening * (2 - flattening)
    ep2 = e2 / (1 - e2)
    phi = radians(at.latitude)
    a = radians(at.longitude - (zone * 6 - 183)) * cos(phi)
    t, c = tan(phi) ** 2, ep2 * cos(phi) ** 2
    across = axis / sqrt(1 - e2 * sin(phi) ** 2)
    meridian = axis * (
        (1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256) * phi
        - (3 * e2 / 8 + 3 * e2**2 / 32 + 45 * e2**3 / 1024) * sin(2 * phi)
        + (15 * e2**2 / 256 + 45 * e2**3 / 1024) * sin(4 * phi)
        - (35 * e2**3 / 3072) * sin(6 * phi)
    )
    east = a + (1 - t + c) * a**3 / 6 + (5 - 18 * t + t**2 + 72 * c - 58 * ep2) * a**5 / 120
    north = (
        a**2 / 2
        + (5 - t + 9 * c + 4 * c**2) * a**4 / 24
        + (61 - 58 * t + t**2 + 600 * c - 330 * ep2) * a**6 / 720
    )
    return (
        scale * across * east + 500_000,
        scale * (meridian + across * tan(phi) * north),
    )
