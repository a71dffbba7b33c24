"""Who can be booked, and what clients call them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.city.load import load
from bot.commands.check import everything, not_bookable
from bot.domain.bookable import Lack, bookable, lacks
from bot.domain.contacts import OneOfATeam, public_name

SMALLVILLE = "tests/cities/smallville.toml"
LIVE = load(SMALLVILLE, live=True)
ADLER, BUSCH = LIVE.case_managers
UNCONFIRMED = replace(ADLER, hours_confirmed=False)


def test_hours_and_a_channel_make_somebody_bookable() -> None:
    assert lacks(ADLER, {"adler"}) == ()
    assert lacks(ADLER, ()) == (Lack.CHANNEL,)
    assert lacks(UNCONFIRMED, {"adler"}) == (Lack.HOURS,)
    assert lacks(UNCONFIRMED, {"busch"}) == (Lack.HOURS, Lack.CHANNEL)


def test_only_they_can_be_booked_but_in_examples_everybody() -> None:
    assert bookable(LIVE, (UNCONFIRMED, BUSCH), {"adler", "busch"}) == (BUSCH,)
    assert bookable(replace(LIVE, example=True), (UNCONFIRMED, BUSCH), ()) == (UNCONFIRMED, BUSCH)


def test_hours_of_ones_own_and_of_the_office_count_for_whom_they_hold(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    text = Path(SMALLVILLE).read_text(encoding="utf-8")
    file.write_text(text.replace("confirmed = true", "confirmed = false", 1), encoding="utf-8")
    people = load(str(file)).case_managers
    assert {person.id: person.hours_confirmed for person in people} == {
        "adler": False,
        "busch": True,
    }


def test_who_has_not_agreed_to_be_named_is_called_by_the_team() -> None:
    ada = replace(ADLER, agreed_to_be_named=False)
    bela = replace(BUSCH, agreed_to_be_named=False)
    one, both = replace(LIVE, case_managers=(ada, BUSCH)), replace(LIVE, case_managers=(ada, bela))
    assert [public_name(one, person) for person in (ada, BUSCH)] == [
        OneOfATeam("hall"),
        "Bela Busch",
    ]
    assert [public_name(both, person) for person in (ada, bela)] == [
        OneOfATeam("hall", 1),
        OneOfATeam("hall", 2),
    ]
    assert public_name(replace(both, example=True), ada) == "Ada Adler"


def test_the_check_groups_who_cannot_be_booked_by_what_they_lack() -> None:
    quiet = replace(BUSCH, agreed_to_be_named=False)
    city = replace(LIVE, case_managers=(UNCONFIRMED, quiet))
    assert list(not_bookable(city, {"adler"})) == [
        "cannot be booked, their hours are not confirmed: adler",
        "cannot be booked, no chat to tell them (`python -m bot invite ID`): busch",
        "named as their team, neither published nor agreed_to_be_named is true: busch",
    ]
    assert list(not_bookable(LIVE, {"adler", "busch"})) == []


@pytest.mark.parametrize(
    ("for_telegram", "live", "told"),
    [(False, False, 6), (True, False, 9), (True, True, 9)],
)
async def test_the_check_of_the_shipped_city_says_what_a_real_run_needs(
    tmp_path: Path, for_telegram: bool, live: bool, told: int
) -> None:
    url = f"sqlite:///{tmp_path}/lotse.db"
    found = await everything("herne", url, for_telegram=for_telegram, live=live, now=0)
    assert len(found) == told
    assert [p.severity for p in found if p.key == "operator"] == ["error" if live else "warning"]
    assert not (tmp_path / "lotse.db").exists()
