"""Somebody phones in ill: the front desk closes their days, over HTTP, for its own office only."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from staff_stage import StaffWorld, anna_books, open_pages

from bot.settings import Settings
from bot.simulator.person import words

DAY = {"from": "2026-11-25", "until": "2026-11-25"}
ALIS = {**DAY, "person": "mohammad"}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages."""
    async with open_pages(tmp_path) as made:
        yield made


@pytest.fixture
async def town_with_a_deputy(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The same, where one case manager stands in for another."""
    staff = tmp_path / "staff.toml"
    staff.write_text('[case_manager.koekluoglu]\ndeputy = "mohammad"\n', encoding="utf-8")

    class DeputyWorld(StaffWorld):
        @property
        def settings(self) -> Settings:
            return super().settings.model_copy(update={"staff": staff})

    async with open_pages(tmp_path, DeputyWorld) as made:
        yield made


async def test_the_days_of_who_is_ill_are_closed_when_that_is_meant_and_opened_again(
    town: StaffWorld,
) -> None:
    anna, desk = await anna_books(town), await town.desk_url("planb")
    before = await town.everything()
    asked = await town.sends(desk, act="away", **ALIS)
    assert (
        "Ali Mohammad, Mittwoch, 25. November: Da ist ein Termin gebucht. Wenn Sie sperren,"
        " sagen wir ab. Die Person bekommt bis zu drei andere Zeiten."
    ) in asked.text
    code = (await town.newest()).code
    assert f"<li>Mittwoch, 25. November, 10:00 Uhr, Termin {code}</li>" in asked.text
    assert "<li>Nicht mehr buchbar: 08:00, 09:00, 11:00, 13:30, 14:30</li>" in asked.text
    assert await town.everything() == before
    done = await town.sends(desk, act="away", confirmed="yes", **ALIS)
    assert ("/closed/" in done.url, done.acts) == (True, ["undo"])
    await anna.settles()
    assert "Your appointment is cancelled" in words(anna.messages[-1])
    assert await town.sql("SELECT status FROM appointments") == [("cancelled",)]
    for url in (desk, await town.lists_url()):
        assert "Gesperrte Zeiten" in (await town.opens(url)).text
    again = await town.sql("SELECT id FROM absences")
    opened = await town.sends(desk, act="release", closed=str(again[0][0]))
    assert "Gesperrte Zeiten" not in opened.text
    assert await town.sql("SELECT actor, action FROM audit ORDER BY id") == [
        ("client:all", "booked"),
        ("front_desk:planb", "closed:mohammad"),
        ("front_desk:planb", "called_off"),
        ("front_desk:planb", "reopened:mohammad"),
        ("front_desk:planb", "possible_again"),
    ]


async def test_whoever_is_asked_about_counts_those_that_hear_of_it(town: StaffWorld) -> None:
    await anna_books(town)
    own = await town.opens(f"{await town.lists_url()}/book?day=2026-11-24")
    time = own.text.partition('<option value="mohammad.')[2].partition('"')[0]
    booked = await town.sends(
        f"{await town.lists_url()}/book", act="book", language="ar", time=f"mohammad.{time}"
    )
    assert "ist gebucht" in booked.text
    week = {"person": "mohammad", "from": "2026-11-23", "until": "2026-11-27"}
    asked = await town.sends(await town.desk_url("planb"), act="away", **week)
    assert "Da sind 2 Termine gebucht." in asked.text
    assert "Im Chat erreichen wir 1 von 2 Personen:" in asked.text


async def test_the_front_desk_of_another_office_closes_and_opens_nothing(town: StaffWorld) -> None:
    await anna_books(town)
    done = await town.sends(await town.lists_url(), act="away", confirmed="yes", **DAY)
    number = done.url.rpartition("/")[2]
    other = next(one.id for one in town.resources.city.offices if one.id != "planb")
    desk = await town.desk_url(other)
    before = await town.everything()
    refused = await town.sends(desk, act="away", confirmed="yes", **ALIS)
    assert "Bitte wählen Sie, wer nicht da ist." in refused.text
    assert "Mohammad" not in refused.text
    for path, fields in (
        ("", {"act": "release", "closed": number}),
        (f"/closed/{number}", {"act": "undo"}),
    ):
        assert "Mohammad" not in (await town.sends(desk + path, **fields)).text
    assert "Mohammad" not in (await town.opens(f"{desk}/closed/{number}")).text
    assert await town.everything() == before


async def test_a_deputy_closes_their_own_days_or_those_of_whom_they_stand_in_for(
    town_with_a_deputy: StaffWorld,
) -> None:
    town = town_with_a_deputy
    ali = await town.case_manager("mohammad")
    await ali.walks("Nicht da von … bis …", "Firdevs Köklüoglu")
    await ali.takes("away_from", "2026-11-26")
    await ali.walks("Do. 26. Nov.", "Ja, sperren")
    own = await town.lists_url()
    page = await town.opens(own)
    assert "Firdevs Köklüoglu, Donnerstag, 26. November" in page.text
    await town.sends(own, act="away", confirmed="yes", **DAY)
    await town.sends(own, act="away", confirmed="yes", **(DAY | {"person": "koekluoglu"}))
    assert await town.sql("SELECT actor, action FROM audit ORDER BY id") == [
        ("case_manager:mohammad", f"closed:{who}")
        for who in ("koekluoglu", "mohammad", "koekluoglu")
    ]
    theirs = await town.opens(await town.lists_url("koekluoglu"))
    assert ("Wer</label>" in page.text, "Wer</label>" in theirs.text) == (True, False)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"act": "away"}, "Bitte wählen Sie, wer nicht da ist."),
        ({"act": "away", "person": "mohammad", "from": "x"}, "Bitte geben Sie an"),
        (
            {"act": "away", "person": "mohammad", "from": "2026-11-02", "until": "2026-11-03"},
            "Das geht nicht",
        ),
    ],
)
async def test_what_cannot_be_closed_is_said_at_the_form(
    town: StaffWorld, fields: dict[str, str], told: str
) -> None:
    page = await town.sends(await town.desk_url("planb"), **fields)
    assert (page.status, told in page.text, 'role="alert"' in page.text) == (200, True, True)
    assert await town.sql("SELECT COUNT(*) FROM absences") == [(0,)]


async def test_what_only_other_pages_offer_opens_nothing_here(town: StaffWorld) -> None:
    for act in ("block", "see", "call_off"):
        page = await town.sends(await town.desk_url("planb"), act=act, confirmed="yes", **ALIS)
        assert page.status == 404
    assert await town.sql("SELECT COUNT(*) FROM audit") == [(0,)]
