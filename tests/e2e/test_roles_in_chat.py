"""Front desks and operators in chat: what each sees, and what each does not."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from phone import Client
from stage import BERLIN, World, agree, book_at, book_earliest, open_world
from test_office_in_chat import calls_off_in_vain
from test_staff_chat import forges

from bot.domain.actors import OPERATOR, Actor, Role
from bot.simulator.person import words

ALL_WISHES = '{"language_help":true,"adults":5,"children":5,"step_free":true,"by_phone":true}'
LONGEST_MESSAGE = 4096
PLANB = Actor(Role.FRONT_DESK, office_id="planb")
CARITAS = Actor(Role.FRONT_DESK, office_id="caritas")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with open_world(tmp_path, "herne") as made:
        yield made


async def tied(world: World, actor: Actor, id: int = 910) -> Client:
    """Somebody of the staff in front of their first screen."""
    person = await world.person(id, "de", "Kim")
    await person.says_and_waits(await world.invitation_of(actor))
    return person


async def test_a_front_desk_sees_the_day_of_its_whole_office_and_no_topic(world: World) -> None:
    desk = await tied(world, PLANB)
    anna, berta = await world.person(), await world.person(8, "de", "Berta")
    await agree(anna)
    await anna.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Ali Mohammad")
    await anna.walks("Wednesday 25 November", "10:00", "Add a wish")
    await anna.walks("What it is about", "Debts", "Done", "Confirm")
    first = await world.code()
    await agree(berta)
    await berta.walks("Book an appointment", "44649", "PLANB Ruhr, Wanne", "Firdevs Köklüoglu")
    await berta.walks("Wednesday 25 November", "09:00", "Confirm")
    second = await world.code()
    await world.to(datetime(2026, 11, 25, 7, 0, tzinfo=BERLIN))
    await desk.walks("Heute")
    assert words(await desk.sees("Termine in Ihrem Büro heute")) == (
        "Termine in Ihrem Büro heute\n\n"
        f"⏰ 09:00 Uhr · {second} · Englisch\n👤 Firdevs Köklüoglu\n\n"
        f"⏰ 10:00 Uhr · {first} · Englisch\n👤 Ali Mohammad"
    )
    await desk.walks(f"10:00 · {first}")
    await desk.sees("Noch nicht gesehen")
    assert "Schulden" not in words(desk.now)


async def test_a_front_desk_sees_nothing_of_another_office(world: World) -> None:
    desk = await tied(world, CARITAS)
    anna = await world.person()
    await agree(anna)
    await book_at(anna)
    await desk.walks("Nächste 7 Tage")
    assert words(await desk.sees("7 Tagen")) == "Keine Termine in den nächsten 7 Tagen."


async def test_a_front_desk_notes_who_came(world: World) -> None:
    desk, anna = await tied(world, PLANB), await world.person()
    await agree(anna)
    await book_at(anna)
    code = await world.code()
    await world.to(datetime(2026, 11, 25, 10, 1, tzinfo=BERLIN))
    await desk.walks("Heute", f"10:00 · {code}", "War da")
    await desk.sees("war da")
    assert await world.sql("SELECT status FROM appointments") == [("came",)]
    assert await world.sql("SELECT actor, action FROM audit") == [
        ("client:all", "booked"),
        ("front_desk:planb", "came"),
    ]


async def test_when_somebody_is_ill_the_front_desk_closes_their_days(world: World) -> None:
    desk, anna = await tied(world, PLANB), await world.person()
    await agree(anna)
    await book_at(anna)
    await desk.walks("Nicht da von … bis …", "Ali Mohammad")
    await desk.takes("away_from", "2026-11-25")
    await desk.walks("Mi. 25. Nov.")
    assert words(desk.now).startswith(
        "👤 Ali Mohammad\nDiese Zeit sperren? Niemand kann dann buchen:"
    )
    await desk.walks("Ja, sperren")
    await desk.sees("Gesperrt.")
    await anna.sees("Your appointment is cancelled")
    assert await world.sql("SELECT status, cancelled_by_client FROM appointments") == [
        ("cancelled", 0)
    ]


async def test_a_front_desk_is_told_of_who_could_not_be_reached(world: World) -> None:
    desk, ali = await tied(world, PLANB), await world.case_manager("mohammad")
    await calls_off_in_vain(world, ali)
    await desk.sees("Abgesagt, aber die Person weiß es nicht")


async def test_an_operator_sees_whether_all_arrives_and_nothing_of_a_client(world: World) -> None:
    operator = await tied(world, OPERATOR)
    anna = await world.person()
    await book_earliest(anna)
    code = await world.code()
    await world.taken()
    await operator.walks("Neu laden")
    seen = words(await operator.sees("Wartet, bis"))
    assert seen == (
        "Stand: Montag, 23. November, 09:00 Uhr\n\n"
        "📭 Wartet, bis Ali Mohammad einen Chat hat: 1\n\n"
        "Von ratsuchenden Personen steht hier nur der Code."
        " Kommt beim Personal etwas nicht an, melden wir es hier."
    )
    assert code not in "".join(map(words, operator.messages))


async def test_an_operator_sees_what_is_left_to_do_by_code_and_case_manager(world: World) -> None:
    operator, ali = await tied(world, OPERATOR), await world.case_manager("mohammad")
    await calls_off_in_vain(world, ali)
    [(code,)] = await world.sql("SELECT code FROM appointments")
    await operator.walks("Neu laden")
    seen = words(await operator.sees("Termine mit offenen Punkten: 1"))
    listed = next(part for part in seen.split("\n\n") if str(code) in part).splitlines()
    assert listed[1:] == [
        "👤 Ali Mohammad",
        "⚠️ Abgesagt, noch keine andere Zeit",
    ]
    assert not any("visit" in one for one in operator.labels)


@pytest.mark.parametrize("actor", [PLANB, OPERATOR])
async def test_after_clearing_the_chat_they_are_still_staff(world: World, actor: Actor) -> None:
    kim = await tied(world, actor)
    await kim.says_and_waits("/privacy")
    await kim.takes("clear")
    await kim.takes("back")
    assert "Termin buchen" not in kim.labels
    await kim.says_and_waits("/language")
    assert [label for label in kim.labels if "rinnerung" in label] == []


async def test_a_day_too_long_for_one_message_is_shown_shortened(world: World) -> None:
    desk = await tied(world, PLANB)
    anna = await world.person()
    await book_earliest(anna)
    first = int(datetime(2026, 11, 23, 9, 10, tzinfo=BERLIN).timestamp())
    for number in range(72):
        start = first + number // 2 * 600
        await world.sql(
            "INSERT INTO appointments (code, person_id, case_manager_id, office_id, start_at,"
            " end_at, free_at, status, language, wishes, answer)"
            f" VALUES ('W{number:03}', 1, '{('mohammad', 'koekluoglu')[number % 2]}', 'planb',"
            f" {start}, {start + 300}, {start + 300}, 'booked', 'ar', '{ALL_WISHES}', 'coming')"
        )
    await desk.walks("Heute")
    shown = words(await desk.sees("Termine in Ihrem Büro heute"))
    assert [n for n in range(72) if f"W{n:03}" not in shown] == []
    assert len(shown) < LONGEST_MESSAGE


async def test_several_may_speak_for_a_front_desk_and_each_for_one_only(world: World) -> None:
    first, second = await tied(world, PLANB), await tied(world, PLANB, 911)
    assert await world.sql("SELECT COUNT(*) FROM role_chats") == [(2,)]
    await second.says_and_waits(await world.invitation_of(OPERATOR))
    await second.sees("Alles kommt an")
    await first.says_and_waits(await world.invitation("mohammad"))
    await first.sees("Guten Tag, Ali Mohammad")
    assert await world.sql("SELECT role FROM role_chats") == [("operator",)]


@pytest.mark.parametrize("data", ["guest:{now}:", "who:{now}:mohammad", "close:{now}:1.2"])
async def test_a_client_cannot_use_the_buttons_of_a_front_desk(world: World, data: str) -> None:
    anna = await world.person()
    await book_earliest(anna)
    await forges(world, anna, data)
    assert await world.sql("SELECT COUNT(*) FROM absences") == [(0,)]
