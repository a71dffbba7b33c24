"""City files: the shipped one loads, an invented one loads, and every mistake is named."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.city.load import inspect, load
from bot.city.problems import CityError, Problem
from bot.domain.blocks import Block
from bot.domain.city import CaseManager, Operator, StepFree
from bot.domain.geography import Position
from bot.domain.language_codes import Written

SMALLVILLE = Path("tests/cities/smallville.toml")
ALL_OFFICES = "awo, caritas, drk, planb, city"
SEVEN = ("de", "en", "uk", "ru", "fr", "ro", "ar")


def test_the_shipped_city_has_its_offices_people_and_places() -> None:
    city = load("herne", Written(SEVEN, ["de"]))
    assert city.languages == SEVEN
    assert [office.id for office in city.offices] == ["awo", "caritas", "drk", "planb", "city"]
    assert len(city.case_managers) == 11
    assert len(city.postal_codes) == 9
    assert [district.id for district in city.districts] == [
        *("wanne", "eickel", "herne_mitte", "sodingen")
    ]
    assert city.office["city"].step_free is StepFree.YES
    assert {o.step_free for o in city.offices if o.id != "city"} == {StepFree.UNKNOWN}
    assert not any(office.position.exact for office in city.offices)
    assert not any(p.hours_confirmed or p.agreed_to_be_named for p in city.case_managers)
    assert {p.name: p.phone for p in city.case_managers if p.published} == {
        "Uta Bücking": "02323 16-4711",
        "Ioana Martoiu-Barjaktarovic": "02323 16-4712",
        "Olga Seitenzahl": "02323 16-4703",
        "Safaa Bouchara": "02323 16-4705",
    }
    assert not any(p.phone for p in city.case_managers if not p.published)
    assert not any(person.languages for person in city.case_managers)


def test_the_shipped_city_shows_a_handful_of_areas_with_how_to_say_them() -> None:
    buttons = [area for area in load("herne").areas if area.button]
    assert 4 <= len(buttons) <= 12
    assert {tuple(area.spoken) for area in buttons} == {("uk", "ru", "ar")}


def test_the_shipped_city_warns_of_what_is_not_known() -> None:
    _, problems = inspect("herne", Written(SEVEN, ["de"]))
    assert {p.severity for p in problems} == {"warning"}
    assert [(p.key, p.reason.partition(": ")[2]) for p in problems][1:] == [
        ("office.phones", "awo, caritas, drk, planb"),
        (
            "office.case_manager.phone",
            "balan, akelma, miranda, iliescu, kozianka, mohammad, koekluoglu",
        ),
        ("office.step_free", "awo, caritas, drk, planb"),
        ("office.position", "the postal code gives the order, no pin: " + ALL_OFFICES),
        ("office.hours", ALL_OFFICES),
    ]
    assert problems[0].key == "operator"


@pytest.mark.parametrize("live", [True, False])
def test_only_before_real_people_somebody_must_answer_for_the_data(live: bool) -> None:
    city, problems = inspect("herne", Written(SEVEN, ["de"]), live=live)
    assert (city is None) is live
    assert [p.severity for p in problems if p.key == "operator"] == ["error" if live else "warning"]


def test_a_city_is_an_example_unless_it_is_live() -> None:
    assert (load(str(SMALLVILLE)).example, load(str(SMALLVILLE), live=True).example) == (
        True,
        False,
    )


FOREIGN_LETTERS = {
    "uk": "ыэъё",
    "ru": "іїєґ",
    "ro": "şţ",
    "ar": "\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u200f٠١٢٣٤٥٦٧٨٩",
}


@pytest.mark.parametrize(("language", "letters"), FOREIGN_LETTERS.items())
def test_the_texts_use_the_letters_of_their_language(language: str, letters: str) -> None:
    texts = " ".join(load("herne").texts[language].values()).lower()
    assert set(texts) & set(letters) == set()


def test_an_arabic_text_begins_with_an_arabic_letter() -> None:
    assert {text[0] for text in load("herne").texts["ar"].values() if text[0] < "\u0600"} == set()


def test_a_second_city_loads_without_a_warning() -> None:
    city, problems = inspect(str(SMALLVILLE), Written(["de", "en"], ["de"]))
    assert problems == ()
    assert city is not None
    assert city.languages == ("de", "en")
    assert (city.rules.country, city.rules.subdivision) == ("DE", "BY")
    assert city.closures == {date(2026, 12, 24)}
    assert city.office["hall"].closures == set()
    assert city.rules.lead_working_hours == 4
    assert city.office["hall"].position == Position(48.008, 11.002, exact=True)
    assert all(p.hours_confirmed and p.agreed_to_be_named for p in city.case_managers)
    assert city.text("en", "office.hall.note") == "The entrance is on the market square."
    assert city.operator == Operator(
        "Gemeinde Smallville",
        "Datenschutz Smallville",
        "Landesamt",
    )
    assert city.text("en", "legal_basis") == "Einwilligung (Art. 6 Abs. 1 a DSGVO)"


BASIS = 'legal_basis = "Einwilligung (Art. 6 Abs. 1 a DSGVO)"'


def test_the_legal_basis_may_be_a_text_for_each_language(tmp_path: Path) -> None:
    by_language = 'legal_basis = { de = "Einwilligung", en = "consent" }'
    city = load(str(changed(tmp_path, (BASIS, by_language))))
    assert [city.text(code, "legal_basis") for code in ("de", "en")] == ["Einwilligung", "consent"]


def test_a_legal_basis_for_some_languages_only_is_an_error(tmp_path: Path) -> None:
    path = changed(tmp_path, (BASIS, 'legal_basis = { de = "Einwilligung", ru = "согласие" }'))
    _, problems = inspect(str(path))
    assert [(problem.key, problem.reason) for problem in problems] == [
        ("operator.legal_basis.en", "translation is missing"),
        ("operator.legal_basis.ru", "is not one of the city's languages"),
    ]


def test_an_office_is_called_by_its_short_name_in_the_languages_of_the_city(tmp_path: Path) -> None:
    named = 'provider = "Rathaus"\nshort = "Amt"\nspoken = { en = "town hall", ru = "ратуша" }'
    path = changed(tmp_path, ('provider = "Rathaus"', named))
    _, problems = inspect(str(path))
    assert [(problem.key, problem.reason) for problem in problems] == [
        ("office.hall.spoken.ru", "is not one of the city's languages")
    ]
    good = changed(tmp_path, ('provider = "Rathaus"', named.replace(', ru = "ратуша"', "")))
    hall = load(str(good)).office["hall"]
    assert (hall.short, hall.spoken) == ("Amt", {"en": "town hall"})


def test_an_office_can_be_closed_on_days_of_its_own(tmp_path: Path) -> None:
    below = 'valid_from = 2027-07-01\ntuesday = ["10:00-14:00"]\n'
    closed = '\n[office.closures]\n2026-12-28 = "Umzug"\n'
    city = load(str(changed(tmp_path, (below, below + closed))))
    assert city.closures == {date(2026, 12, 24)}
    assert city.office["hall"].closures == {date(2026, 12, 28)}


def test_a_case_manager_has_the_hours_of_the_office_or_their_own() -> None:
    adler, busch = load(str(SMALLVILLE)).case_managers
    assert adler == CaseManager(
        id="adler",
        name="Ada Adler",
        office_id="hall",
        languages=frozenset(),
        blocks=(
            Block(0, time(8), time(12)),
            Block(0, time(13), time(16)),
            Block(2, time(8), time(12)),
        ),
        talks_a_day=8,
        talk_minutes=30,
        buffer_minutes=10,
        hours_confirmed=True,
        agreed_to_be_named=True,
    )
    assert busch.blocks == (
        Block(1, time(9), time(13), None, date(2027, 6, 30)),
        Block(1, time(10), time(14), date(2027, 7, 1), None),
    )


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = SMALLVILLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "city.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        # references
        (
            *('district = "south"', 'district = "west"'),
            *("postal_code.99002.district", 'unknown district "west"'),
        ),
        (
            *('districts = ["south"]', 'districts = ["west"]'),
            *("area.station.districts", 'unknown district "west"'),
        ),
        (
            *('provider = "Rathaus"\ndistrict = "north"', 'provider = "R"\ndistrict = "west"'),
            *("office.hall.district", 'unknown district "west"'),
        ),
        (
            *("[[office]]\n", '[[case_manager]]\nid = "carl"\nname = "Carl"\n\n[[office]]\n'),
            *("case_manager", "belongs to an office: write [[office.case_manager]] below it"),
        ),
        # hours
        (
            *('"13:00-16:00"', '"11:30-16:00"'),
            *("office.hall.hours.1.monday", "08:00-12:00 and 11:30-16:00 overlap"),
        ),
        (
            *("valid_from = 2027-07-01", "valid_from = 2027-06-30"),
            "office.hall.case_manager.busch.hours.2.tuesday",
            "09:00-13:00 and 10:00-14:00 overlap",
        ),
        (
            *("valid_from = 2027-07-01", "valid_from = 2027-07-01\nvalid_until = 2027-06-01"),
            *("office.hall.case_manager.busch.hours.2.valid_until", "lies before valid_from"),
        ),
        (
            *('"13:00-16:00"', '"16:00-13:00"'),
            *("office.hall.hours.1.monday.2", '"16:00-13:00" ends before it starts'),
        ),
        (
            *('"13:00-16:00"', '"13:02-16:00"'),
            *("office.hall.hours.1.monday.2", '"13:02-16:00" is not on the grid of 5 minutes'),
        ),
        (
            *('"13:00-16:00"', '"1 pm to 4"'),
            *("office.hall.hours.1.monday.2", 'must be written as "08:00-12:00"'),
        ),
        (
            *("valid_from = 2027-07-01", 'valid_from = "July"'),
            "office.hall.case_manager.busch.hours.2.valid_from",
            "must be a date, written as 2026-12-24 without quotation marks",
        ),
        # ids
        ('id = "busch"', 'id = "adler"', "office.case_manager", '"adler" is there 2 times'),
        ('id = "station"', 'id = "mill"', "area", '"mill" is there 2 times'),
        ('code = "99002"', 'code = "99001"', "postal_code", '"99001" is there 2 times'),
        ('"job-center"]', '"school"]', "city.sources", '"school" is there 2 times'),
        *(
            (
                *('"job-center"]', f'"{source}"]'),
                "city.sources.2",
                'must be 1 to 24 of a-z, 0-9, - and _, without "-r_", "-o_" and "-p_", and not'
                ' "other"',
            )
            for source in ("other", "Schule", "to-o_hall", "x" * 25)
        ),
        ('["de", "en"]', '["de", "en", "de"]', "city.languages", '"de" is there 2 times'),
        (
            *('id = "busch"', 'id = "Büsch"'),
            *("office.hall.case_manager.Büsch.id", "must be 1 to 16 of a-z, 0-9 and _"),
        ),
        (
            *('id = "station"', 'id = "seventeen_letters"'),
            *("area.seventeen_letters.id", "must be 1 to 16 of a-z, 0-9 and _"),
        ),
        (
            *('id = "busch"', 'id = "hall"'),
            *("office", '"hall" names two of the staff: offices, people and "operator" differ'),
        ),
        (
            *('id = "busch"', 'id = "operator"'),
            *("office", '"operator" names two of the staff: offices, people and "operator" differ'),
        ),
        # places
        (
            *("position = [48.008, 11.002]", "position = [11.002, 48.008]"),
            *("office.hall.position", "lies outside the bounds; it is [latitude, longitude]"),
        ),
        (
            *("position = [47.99, 11.0]", "position = [47.9, 11.0]"),
            *("postal_code.99002.position", "lies outside the bounds; it is [latitude, longitude]"),
        ),
        (
            *("position = [47.995, 11.005]", "position = [147.995, 11.005]"),
            *("area.station.position", "must be [latitude, longitude] in degrees"),
        ),
        (
            *("position = [47.995, 11.005]", "position = [47.995]"),
            *("area.station.position.2", "is missing"),
        ),
        (
            *("radius_km = 5", "radius_km = -1"),
            *("bounds.radius_km", "must be more than 0"),
        ),
        (
            *('code = "99002"', 'code = "9902"'),
            *("postal_code.9902.code", "must be a postal code of 5 digits"),
        ),
        (
            *('phones = ["09900 12-30"]', 'phones = ["call us"]'),
            *("office.hall.phones.1", "must be a phone number"),
        ),
        (
            *('step_free = "yes"', "step_free = true"),
            *("office.hall.step_free", 'must be "yes", "no" or "unknown"'),
        ),
        (
            *('districts = ["south"]', "districts = []"),
            *("area.station.districts", "must have at least one entry"),
        ),
        # languages and texts
        (
            *('topic.other = "Something else"', ""),
            *("texts.en.topic.other", "translation is missing"),
        ),
        (
            *('office.hall.note = "The entrance is on the market square."', ""),
            *("texts.en.office.hall.note", "translation is missing"),
        ),
        (
            *('topic.housing = "Housing"', 'topic.housing = " "'),
            *("texts.en.topic.housing", "must not be empty"),
        ),
        (
            *('topic.housing = "Housing"', 'topic.housing = "Housing, flats, rooms and landlords"'),
            *("texts.en.topic.housing", "is longer than a button's 32 letters"),
        ),
        (
            *('office.hall.note = "The', 'office.attic.note = "A"\noffice.hall.note = "The'),
            *("texts.en.office.attic.note", "is not a text the program knows"),
        ),
        (
            *("[texts.en]", '[texts.fr]\ncity = "Smallville"\n\n[texts.en]'),
            *("texts.fr", "is not one of the city's languages"),
        ),
        (
            *('["de", "en"]', '["de", "en", "ro"]'),
            *("texts.ro", "is missing"),
        ),
        (
            *('languages = ["en"]', 'languages = ["english"]'),
            *(
                "office.hall.case_manager.busch.languages",
                '"english" is not a language code like "de"',
            ),
        ),
        (
            *("button = true", 'spoken = { ru = "Мюле" }'),
            *("area.mill.spoken.ru", "is not one of the city's languages"),
        ),
        # calendar
        (
            *("Europe/Berlin", "Europe/Smallville"),
            *("city.time_zone", '"Europe/Smallville" is not a time zone like "Europe/Berlin"'),
        ),
        (
            *("Europe/Berlin", "../etc"),
            *("city.time_zone", '"../etc" is not a time zone like "Europe/Berlin"'),
        ),
        (
            *('country = "DE"', 'country = "QQ"'),
            *("city.country", 'no public holidays known for "QQ"; write it like "DE"'),
        ),
        (
            *('subdivision = "BY"', 'subdivision = "XX"'),
            *("city.subdivision", '"XX" is not a part of DE with its holidays'),
        ),
        (
            *('2026-12-24 = "Heiligabend"', '24-12-2026 = "Heiligabend"'),
            "closures.24-12-2026",
            'must be a date with a reason, written as 2026-12-24 = "Christmas Eve"',
        ),
        (
            *('2026-12-24 = "Heiligabend"', '2026-02-30 = "?"'),
            "closures.2026-02-30",
            'must be a date with a reason, written as 2026-12-24 = "Christmas Eve"',
        ),
        (
            *('2026-12-24 = "Heiligabend"', "2026-12-24 = true"),
            *("closures.2026-12-24", "must be text in quotation marks"),
        ),
        (
            *('step_free = "yes"', 'step_free = "yes"\nclosures = { 24-12-2026 = "?" }'),
            "office.hall.closures.24-12-2026",
            'must be a date with a reason, written as 2026-12-24 = "Christmas Eve"',
        ),
        (
            *('step_free = "yes"', 'step_free = "yes"\nclosures = [2026-12-24]'),
            *("office.hall.closures", "must be a table"),
        ),
        # rules
        (
            *("lead_working_days = 1", "lead_working_days = -1"),
            *("rules.lead_working_days", "must be at least 0"),
        ),
        (
            *("lead_working_days = 1", "lead_working_days = 1\nlead_working_hours = -1"),
            *("rules.lead_working_hours", "must be at least 0"),
        ),
        (
            *("lead_working_days = 1", "lead_working_days = 1\nlead_working_hours = 101"),
            *("rules.lead_working_hours", "must be at most 100"),
        ),
        (
            *("horizon_days = 21", "horizon_days = 900"),
            *("rules.horizon_days", "must be at most 365"),
        ),
        (
            *("hold_minutes = 10", "hold_minutes = 0"),
            *("rules.hold_minutes", "must be at least 1"),
        ),
        (
            *("hold_minutes = 10", 'hold_minutes = "10"'),
            *("rules.hold_minutes", "must be a whole number"),
        ),
        (
            *("talk_minutes = 30", "talk_minutes = 31"),
            *("rules.talk_minutes", "must be a multiple of 5 minutes"),
        ),
        (
            *("hold_minutes = 10", "hold_minuets = 10\nhold_minutes = 10"),
            *("rules.hold_minuets", "is not a known key"),
        ),
        ("talks_a_day = 8", "", "rules.talks_a_day", "is missing"),
        # syntax
        ("buffer_minutes = 10", "buffer_minutes = ", "line 14", "not TOML: Invalid value"),
    ],
)
def test_a_mistake_is_named_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, key: str, reason: str
) -> None:
    path = changed(tmp_path, (old, new))
    assert inspect(str(path)) == (None, (Problem(str(path), key, reason),))


def test_a_language_without_a_catalogue_is_named() -> None:
    reason = 'no catalogue for "de"; there are ar, en'
    assert inspect(str(SMALLVILLE), Written(["en", "ar"], ["de"])) == (
        None,
        (Problem(str(SMALLVILLE), "city.languages", reason),),
    )


def test_too_many_area_buttons_are_named(tmp_path: Path) -> None:
    areas = "".join(
        f'[[area]]\nid = "a{n}"\nname = "A{n}"\ndistricts = ["north"]\nbutton = true\n\n'
        for n in range(12)
    )
    path = changed(tmp_path, ("[[office]]\n", areas + "[[office]]\n"))
    reason = "13 areas are buttons; at most 12 fit"
    assert inspect(str(path)) == (None, (Problem(str(path), "area.button", reason),))


def test_an_office_needs_a_position_or_a_listed_postal_code(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        ('postal_code = "99001"', 'postal_code = "99009"'),
        ("position = [48.008, 11.002]", ""),
    )
    key = "office.hall.postal_code"
    reason = "99009 is not listed, and the office has no position"
    errors = tuple(p for p in inspect(str(path))[1] if p.severity == "error")
    assert errors == (Problem(str(path), key, reason),)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        (
            *("confirmed = true", "confirmed = false"),
            *("office.hours", "examples until somebody sets confirmed = true: hall"),
        ),
        (
            *("position = [48.008, 11.002]", ""),
            "office.position",
            "the door is not known: the postal code gives the order, no pin: hall",
        ),
        (
            *('step_free = "yes"', ""),
            *("office.step_free", "not known whether there is a way in without a step: hall"),
        ),
    ],
)
def test_what_is_not_known_is_a_warning_and_the_city_loads(
    tmp_path: Path, old: str, new: str, key: str, reason: str
) -> None:
    path = changed(tmp_path, (old, new))
    city, problems = inspect(str(path))
    assert city is not None
    assert problems == (Problem(str(path), key, reason, "warning"),)


NO_PHONES = ('phones = ["09900 12-30"]', "phones = []")
ADAS = ('name = "Ada Adler"', 'name = "Ada Adler"\nphone = "09900 12-31"')
PUBLISHED = ("agreed_to_be_named = true", "published = true")
FOR_ALL = ("[operator]", '[operator]\nphone = "09900 99-0"')
NO_OFFICE_PHONE = ("office.phones", "no phone number, clients are shown none: hall")
NOBODYS = "no number of their own, of their office or for all, no talks by phone"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            [NO_PHONES],
            [NO_OFFICE_PHONE, ("office.case_manager.phone", f"{NOBODYS}: adler, busch")],
        ),
        (
            [NO_PHONES, ADAS],
            [NO_OFFICE_PHONE, ("office.case_manager.phone", f"{NOBODYS}: busch")],
        ),
        (
            [NO_PHONES, ADAS, PUBLISHED],
            [("office.case_manager.phone", f"{NOBODYS}: busch")],
        ),
        ([NO_PHONES, FOR_ALL], []),
    ],
)
def test_whom_no_client_can_call_is_told(
    tmp_path: Path, changes: list[tuple[str, str]], told: list[tuple[str, str]]
) -> None:
    _, problems = inspect(str(changed(tmp_path, *changes)))
    assert [(p.key, p.reason) for p in problems] == told
    assert {p.severity for p in problems} <= {"warning"}


def test_a_person_and_the_operator_have_numbers_as_offices_have(tmp_path: Path) -> None:
    city = load(str(changed(tmp_path, ADAS, PUBLISHED, FOR_ALL)))
    ada, bela = city.case_managers
    assert (ada.phone, ada.published, ada.agreed_to_be_named) == ("09900 12-31", True, False)
    assert (bela.phone, bela.published) == (None, False)
    assert city.operator is not None
    assert city.operator.phone == "09900 99-0"
    wrong = changed(tmp_path, (ADAS[0], f'{ADAS[0]}\nphone = "ask me"'))
    assert [(p.key, p.reason) for p in inspect(str(wrong))[1]] == [
        ("office.hall.case_manager.adler.phone", "must be a phone number")
    ]


def test_an_office_without_people_is_a_warning(tmp_path: Path) -> None:
    text = SMALLVILLE.read_text(encoding="utf-8")
    people, texts = text.index("[[office.case_manager]]"), text.index("[texts.de]")
    path = tmp_path / "city.toml"
    path.write_text(text[:people] + text[texts:], encoding="utf-8")
    city, problems = inspect(str(path))
    assert city is not None
    reason = "nobody works here, nothing can be booked: hall"
    assert problems == (Problem(str(path), "office.case_manager", reason, "warning"),)


def test_a_case_manager_without_hours_is_a_warning(tmp_path: Path) -> None:
    text = SMALLVILLE.read_text(encoding="utf-8")
    hours, people = text.index("[[office.hours]]"), text.index("[[office.case_manager]]")
    path = tmp_path / "city.toml"
    path.write_text(text[:hours] + text[people:], encoding="utf-8")
    key, reason = "office.case_manager.hours", "no hours, nothing can be booked: adler"
    assert inspect(str(path))[1] == (Problem(str(path), key, reason, "warning"),)


def test_a_file_that_is_not_there_or_cannot_be_read_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe")
    missing = "cannot be read: No such file or directory; shipped cities: herne"
    assert inspect("atlantis") == (None, (Problem("atlantis", "file", missing),))
    assert inspect(str(binary)) == (None, (Problem(str(binary), "file", "is not UTF-8 text"),))
    folder = "cannot be read: Is a directory; shipped cities: herne"
    assert inspect(str(tmp_path)) == (None, (Problem(str(tmp_path), "file", folder),))


def test_all_mistakes_are_named_at_once_and_raised_by_load(tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        ("hold_minutes = 10", "hold_minutes = 0"),
        ('step_free = "yes"', 'step_free = "maybe"'),
    )
    with pytest.raises(CityError) as raised:
        load(str(path))
    assert raised.value.problems == (
        Problem(str(path), "rules.hold_minutes", "must be at least 1"),
        Problem(str(path), "office.hall.step_free", 'must be "yes", "no" or "unknown"'),
    )
    assert str(raised.value.problems[0]) == (
        f"error: {path}: rules.hold_minutes: must be at least 1"
    )
