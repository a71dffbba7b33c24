"""The files of stops and streets beside a city file: read, checked, every error by its line."""

from pathlib import Path

import pytest

from bot.city import stops, streets
from bot.city.load import inspect, load
from bot.city.problems import Finding
from bot.domain.geography import Position, Stop, Street

SMALLVILLE = Path("tests/cities/smallville.toml")
TOWN = load(str(SMALLVILLE))
TABLE = """
[stops]
file = "stops.tsv"
name = "Stops of Smallville"
source = "Surveyors"
licence = "CC0"
"""


def file(folder: Path, *lines: str) -> Path:
    made = folder / "stops.tsv"
    made.write_text("\n".join(lines), encoding="utf-8")
    return made


def city_with_stops(folder: Path, table: str = TABLE) -> str:
    made = folder / "town.toml"
    made.write_text(SMALLVILLE.read_text(encoding="utf-8") + table, encoding="utf-8")
    return str(made)


def test_stops_are_read_with_their_other_names(tmp_path: Path) -> None:
    made = file(
        tmp_path,
        "# whose they are",
        "name\tlat\tlon\talso\tcolour",
        "Marktplatz\t48.0\t11.0",
        "",
        "Neue Str.\t48.001\t11.001\tNeue Straße 1| Klinik |\tred",
    )
    assert stops.read(made, TOWN.bounds) == (
        (
            Stop("marktplatz", "Marktplatz", Position(48.0, 11.0, exact=True)),
            Stop(
                "neue_strasse",
                "Neue Str.",
                Position(48.001, 11.001, exact=True),
                ("Neue Straße 1", "Klinik"),
            ),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("\t48.0\t11.0", "the name is missing"),
        ("!\t48.0\t11.0", "the name is missing"),
        ("Markt", "lat and lon must be numbers in degrees, such as 51.5"),
        ("Markt\tnorth\t11.0", "lat and lon must be numbers in degrees, such as 51.5"),
        ("Markt\t248.0\t11.0", "lat and lon must be degrees"),
        ("Markt\tnan\t11.0", "lat and lon must be degrees"),
        ("Markt\t49.0\t11.0", "lies outside the bounds of the city"),
        ("Halt\t48.0\t11.0", '"Halt" is there twice'),
    ],
)
def test_an_error_names_file_line_and_reason(tmp_path: Path, line: str, reason: str) -> None:
    made = file(tmp_path, "name\tlat\tlon", "Halt\t48.0\t11.0", line)
    read, found = stops.read(made, TOWN.bounds)
    assert ([stop.name for stop in read], found) == (["Halt"], [("stops.tsv, line 3", reason)])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"name\tlat\n", "the heading lacks lon"),
        (b"", "the heading lacks name, lat, lon"),
        (b"\xff\xfe", "is not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_table_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    made = tmp_path / "stops.tsv"
    made.write_bytes(content)
    expected: list[Finding] = [("stops.tsv", reason)]
    assert stops.read(made, TOWN.bounds) == ((), expected)


def test_the_city_file_names_its_stops(tmp_path: Path) -> None:
    file(tmp_path, "name\tlat\tlon", "Markt\t48.0\t11.0")
    city, _ = inspect(city_with_stops(tmp_path))
    assert city is not None
    assert list(city.stop) == ["markt"]
    assert [credit.licence for credit in city.credits] == ["CC0"]


def test_stops_that_are_not_there_are_an_error_of_the_city(tmp_path: Path) -> None:
    city, (problem, *_) = inspect(city_with_stops(tmp_path))
    assert city is None
    assert (problem.key, problem.reason) == (
        "stops.tsv",
        "cannot be read: No such file or directory",
    )


def test_a_copy_of_a_shipped_city_finds_the_shipped_stops(tmp_path: Path) -> None:
    table = TABLE.replace("stops.tsv", "herne-stops.tsv")
    city, problems = inspect(city_with_stops(tmp_path, table))
    assert city is None
    assert {problem.reason for problem in problems} == {"lies outside the bounds of the city"}


def test_words_for_a_place_name_areas_that_are_there(tmp_path: Path) -> None:
    called = '\n[[called]]\nareas = ["station", "harbour"]\nwords = ["Bahn"]\n'
    city, (problem, *_) = inspect(city_with_stops(tmp_path, called))
    assert city is None
    assert (problem.key, problem.reason) == ("called.1.areas", 'unknown area "harbour"')


def test_a_regional_key_has_eight_digits(tmp_path: Path) -> None:
    text = SMALLVILLE.read_text(encoding="utf-8").replace(
        'country = "DE"', 'country = "DE"\nregional_key = "9162"'
    )
    made = tmp_path / "town.toml"
    made.write_text(text, encoding="utf-8")
    _, (problem, *_) = inspect(str(made))
    assert (problem.key, problem.reason) == ("city.regional_key", "must be 8 digits")


LANE = Street("99001-neue_strasse", "Neue Straße", "99001", Position(48.01, 11.0))
RIDGE = Street("99002-kamm", "Kamm", "99002", Position(47.99, 11.0, exact=True))


def test_what_is_written_of_streets_is_read_again(tmp_path: Path) -> None:
    made = tmp_path / "streets.tsv"
    made.write_text(streets.to_text((LANE, RIDGE), "Surveyors. CC0"), encoding="utf-8")
    assert made.read_text(encoding="utf-8") == (
        "# Surveyors. CC0\nname\tpostal_code\tlat\tlon\n"
        "Neue Straße\t99001\nKamm\t99002\t47.990000\t11.000000\n"
    )
    assert streets.read(made, TOWN) == ((LANE, RIDGE), [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("\t99001", "the name is missing"),
        ("Kamm\t12345", '"12345" is not a postal code of the city'),
        ("Kamm\t99001\t47.9", "lat and lon must be numbers in degrees, such as 51.5"),
        ("Kamm\t99001\t49.9\t11.0", "lies outside the bounds of the city"),
        ("Steig\t99001", '"Steig" is there twice'),
    ],
)
def test_an_error_among_the_streets_names_file_line_and_reason(
    tmp_path: Path, line: str, reason: str
) -> None:
    made = file(tmp_path, "name\tpostal_code\tlat\tlon", "Steig\t99001", line)
    read, found = streets.read(made, TOWN)
    assert ([street.name for street in read], found) == (
        ["Steig"],
        [("stops.tsv, line 3", reason)],
    )


def test_a_city_comes_with_its_streets_or_says_why_not(tmp_path: Path) -> None:
    made = file(tmp_path, "name\tpostal_code\tlat\tlon", "Steig\t99001")
    assert list(load(str(SMALLVILLE), streets=made).street) == ["99001-steig"]
    made.write_text("Steig", encoding="utf-8")
    city, (problem, *_) = inspect(str(SMALLVILLE), streets=made)
    assert city is None
    assert (problem.file, problem.key) == ("BOT_STREETS", "stops.tsv")
