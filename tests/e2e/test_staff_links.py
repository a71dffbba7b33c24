"""The staff's links against the whole bot: what they open, for whom, and that looking is safe."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from calendars import parse
from staff_stage import StaffWorld, anna_books, free_times, open_pages

from bot.domain.actors import Actor, Role
from bot.services import links
from bot.services.links import Grant, GrantKind
from bot.simulator.person import words
from bot.web.page_html import HEADERS, gone_page


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[StaffWorld]:
    """The bot with its pages; Anna has booked with Ali Mohammad."""
    async with open_pages(tmp_path) as made:
        yield made


async def test_a_booking_is_seen_called_off_rebooked_kept_and_undone(town: StaffWorld) -> None:
    anna = await anna_books(town)
    url = await town.visit_url()
    page = await town.opens(url)
    assert (page.status, page.acts) == (200, ["see", "call_off", "cancel_for_client"])
    seen = await town.sends(url, act="see")
    assert (seen.status, "/done/see" in seen.url) == (200, True)
    assert (await town.opens(url)).acts == ["call_off", "cancel_for_client"]
    gone = await town.sends(url, act="call_off", confirmed="yes")
    assert "ist abgesagt. Die Person bekommt bis zu drei andere Zeiten." in gone.text
    assert (await town.opens(url)).acts == ["settle"]
    await anna.settles()
    told = words(anna.messages[-1])
    assert "Ali Mohammad" in told
    other = anna.messages[-1]["buttons"][0][0]["text"]
    await anna.walks(other, "Confirm")
    again = await town.visit_url()
    assert again != url
    await town.passes(days=4)
    assert (await town.opens(again)).acts == ["came", "missed"]
    came = await town.sends(again, act="came")
    assert came.acts == ["undo"]
    assert (await town.sends(again, act="undo")).acts == ["came", "missed"]
    done = await town.sql("SELECT actor, action FROM audit ORDER BY id")
    assert done == [
        ("client:all", "booked"),
        ("case_manager:mohammad", "seen"),
        ("case_manager:mohammad", "called_off"),
        ("client:all", "booked"),
        ("case_manager:mohammad", "came"),
        ("case_manager:mohammad", "undone"),
    ]


async def test_one_press_asks_whether_to_call_off_and_changes_nothing(town: StaffWorld) -> None:
    await anna_books(town)
    url, about = await town.visit_url(), await town.newest()
    before = await town.everything()
    asked = await town.sends(url, act="call_off")
    assert (asked.status, asked.url, asked.acts) == (200, url, ["call_off"])
    when = "Mittwoch, 25. November, 10:00 Uhr"
    assert (
        f"{when}, Termin {about.code}: Das Büro sagt ab, und die Zeit wird gesperrt." in asked.text
    )
    assert 'name="confirmed" value="yes"' in asked.text
    assert await town.everything() == before
    await town.passes(days=4)
    late = await town.sends(url, act="call_off")
    assert (late.url, late.acts) == (url, ["came", "missed"])


async def test_who_cannot_be_reached_is_promised_nothing(town: StaffWorld) -> None:
    await anna_books(town)
    await town.sql("UPDATE chats SET reachable = 0")
    lists, url = town.lists_url(), await town.visit_url()
    assert "Nachricht kam nicht an" in (await town.opens(lists)).text
    page = await town.opens(url)
    assert ("Von uns erfährt sie es nicht" in page.text, "andere Zeiten" in page.text) == (
        True,
        False,
    )
    asked = [
        await town.sends(url, act="call_off"),
        await town.sends(lists, act="away", **{"from": "2026-11-25", "until": "2026-11-25"}),
        await town.sends(url, act="call_off", confirmed="yes"),
    ]
    told = "Per Chat erreichen wir sie nicht. Vielleicht kommt sie trotzdem:"
    assert [told in one.text for one in asked] == [True] * 3
    assert ["andere Zeiten" in one.text for one in asked] == [False] * 3


async def test_who_books_for_themselves_has_seen_it_and_others_have_not(town: StaffWorld) -> None:
    slot = await free_time(town)
    booked = await town.sends(f"{town.lists_url()}/book", act="book", language="ar", time=slot)
    assert "ist gebucht: Dienstag, 24. November, 08:00 Uhr." in booked.text
    other = await free_time(town)
    await town.sends(f"{town.desk_url('planb')}/book", act="book", language="uk", time=other)
    seen = await town.sql("SELECT seen_at IS NOT NULL FROM appointments ORDER BY id")
    assert seen == [(1,), (0,)]
    atdoor = await town.opens(town.desk_url("planb") + "/day/2026-11-24")
    lists = await town.opens(town.lists_url())
    assert lists.text.count("Noch nicht gesehen") == 2  # in the list, and under what is open
    assert "Noch nicht gesehen" not in atdoor.text
    # Both are open as well: somebody has to phone them.
    for page, times in ((lists, 4), (atdoor, 4)):
        assert page.text.count("Nur auf Papier: Niemand erinnert die Person") == times


async def crawl(town: StaffWorld, *starts: str) -> set[str]:
    """Every address that can be reached from these by links alone."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        url = waiting.pop().partition("#")[0]
        if url in found or (url.count("/day/") and len(found) > 40):
            continue
        found.add(url)
        page = await town.opens(url)
        assert page.status == 200, url
        host = "/".join(url.split("/")[:3])
        waiting += [link if link.startswith("http") else host + link for link in page.links]
    return found


async def test_whoever_follows_every_link_twice_has_changed_nothing(town: StaffWorld) -> None:
    await anna_books(town)
    lists, visit = town.lists_url(), await town.visit_url()
    await town.sends(lists, act="away", **{"from": "2026-12-07", "until": "2026-12-08"})
    slot = await free_time(town)
    booked = await town.sends(f"{lists}/book", act="book", language="ar", time=slot)
    fed = await town.sends(lists, act="feed")
    office = town.actor("mohammad").office_id
    assert office is not None
    before = await town.everything()
    starts = (visit, lists, f"{lists}/book", town.desk_url(office), fed.link(".ics"), booked.url)
    urls = await crawl(town, *starts)
    assert {url.rpartition("/")[2] for url in urls} >= {"book", "slip.pdf"}
    for url in sorted(urls)[:20]:
        for method in ("HEAD", "GET", "HEAD"):
            async with town.session.request(method, url) as answer:
                assert (answer.status, answer.headers["Referrer-Policy"]) == (200, "no-referrer")
    assert await town.everything() == before


async def free_time(town: StaffWorld) -> str:
    """The value of the first free time on Ali Mohammad's page, such as `mohammad.5b2f1c`."""
    return (await free_times(town, "2026-11-24"))[0]


async def test_a_page_is_sent_with_its_headers_and_sets_no_cookie(town: StaffWorld) -> None:
    page = await town.opens(town.lists_url())
    assert {name: page.headers.get(name) for name in HEADERS} == HEADERS
    assert "Set-Cookie" not in page.headers


async def test_whatever_opens_nothing_gets_one_and_the_same_answer(town: StaffWorld) -> None:
    await anna_books(town)
    good, mine = await town.visit_url(), town.actor("mohammad")
    base, _, token = good.rpartition("/")
    payload, _, signature = token.partition(".")
    late = replace(links.to_lists(mine, town.now), expires=town.now)
    office = replace(links.to_lists(mine, town.now), role=Role.OPERATOR, kind=GrantKind.DESK)
    nobody = Grant(GrantKind.PERSON, Role.CASE_MANAGER, "nobody", town.now + 9)
    bad = [
        *(f"{base}/{text}" for text in ("x", ".", f"{payload}.", f"{payload}x.{signature}")),
        f"{base}/{payload}.{'A' * 22}",
        f"{base}/{'A' * 5000}",
        f"{base}/{payload}.ü",
        *(town.url(grant) for grant in (late, office, nobody)),
        *(f"{good}/{more}" for more in ("book", "closed/1", "day/2026-11-23", "slip.pdf")),
        f"{town.lists_url()}/done/seen",
        town.links.calendar_url("A" * 22),
    ]
    before = await town.everything()
    for url in bad:
        page = await town.opens(url)
        assert (page.status, page.text) == (404, gone_page()), url
        if not url.endswith((".ics", ".pdf", "2026-11-23", "done/seen")):
            sent = await town.sends(url, act="call_off")
            assert (sent.status, sent.text) == (404, gone_page()), url
    assert await town.everything() == before


async def test_08_a_link_to_what_moved_to_others_or_was_deleted_says_so_and_does_nothing(
    town: StaffWorld,
) -> None:
    await anna_books(town)
    about = await town.newest()
    gone = replace(links.to_appointment(town.actor("mohammad"), about), appointment_id=999)
    moved = links.to_appointment(town.actor("bouchara"), about)
    before = await town.everything()
    for grant, says in ((moved, "jetzt bei jemand anderem"), (gone, "nach einer Frist")):
        page = await town.opens(town.url(grant))
        assert (page.status, says in page.text, about.code in page.text) == (200, True, False)
        sent = await town.posts(town.url(grant), act="call_off", confirmed="yes", sequence="0")
        assert (sent.status, sent.text) == (404, gone_page())
    assert await town.everything() == before


@pytest.mark.parametrize(
    "data", [b"act=call_off&" + b"x" * 5000, b"&".join([b"act=call_off"] * 30), b"\xff=1", b"{}"]
)
async def test_a_form_that_is_none_is_not_read(town: StaffWorld, data: bytes) -> None:
    await anna_books(town)
    url = await town.visit_url()
    before = await town.everything()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    async with town.session.post(url, data=data, headers=kind) as answer:
        assert answer.status == 404
    async with town.session.post(url, json={"act": "call_off"}) as answer:
        assert answer.status == 404
    assert await town.everything() == before


async def test_no_page_makes_a_link_that_outlives_its_own(town: StaffWorld) -> None:
    await anna_books(town)
    short = replace(links.to_lists(town.actor("mohammad"), town.now), expires=town.now + 60)
    page = await town.opens(town.url(short))
    for link in page.links:
        grant = town.links.read(link.split("/page/")[1].split("/")[0], town.now)
        assert grant is not None
        assert grant.expires == short.expires


async def test_days_with_talks_are_closed_only_when_that_is_meant(town: StaffWorld) -> None:
    anna = await anna_books(town)
    lists, days = town.lists_url(), {"from": "2026-11-25", "until": "2026-11-25"}
    asked = await town.sends(lists, act="away", **days)
    assert "ist ein Termin gebucht. Wenn Sie sperren, sagen wir ab. Die Person" in asked.text
    assert await town.sql("SELECT COUNT(*) FROM absences") == [(0,)]
    done = await town.sends(lists, act="away", confirmed="yes", **days)
    assert ("/closed/" in done.url, done.acts) == (True, ["undo"])
    await anna.settles()
    assert "Ali Mohammad" in words(anna.messages[-1])
    assert await town.sql("SELECT status FROM appointments") == [("cancelled",)]
    opened = await town.sends(done.url, act="undo")
    assert "Gesperrt ist" not in opened.text
    await town.sends(lists, act="block", confirmed="yes", day="2026-11-26", hour="9")
    hour = await town.opens(lists)
    assert "Donnerstag, 26. November, 09:00 bis 10:00 Uhr" in hour.text
    over = await town.sends(lists, act="block", day="2026-11-20", hour="9")
    assert "Das geht nicht" in over.text
    odd = await town.sends(lists, act="block", day="x", hour="99")
    assert "Bitte geben Sie an" in odd.text


async def test_the_front_desk_sees_its_office_only(town: StaffWorld) -> None:
    await anna_books(town)
    await town.sql("UPDATE appointments SET wishes = replace(wishes, 'null', '\"debts\"')")
    door = Actor(Role.FRONT_DESK, office_id="planb")
    atdoor = town.url(links.to_appointment(door, await town.newest()))
    opened = [await town.opens(url) for url in (atdoor, await town.visit_url())]
    assert ["Worum es geht" in one.text for one in opened] == [False, True]
    about = await town.newest()
    page = await town.opens(town.desk_url(about.office_id) + "/day/2026-11-25")
    assert (about.code in page.text, "Ali Mohammad" in page.text) == (True, True)
    others = {one.id for one in town.resources.city.offices} - {about.office_id}
    for office_id in others:
        page = await town.opens(town.desk_url(office_id) + "/day/2026-11-25")
        assert (page.status, about.code in page.text) == (200, False)


async def test_the_front_desk_books_for_everybody_of_its_office_and_for_nobody_else(
    town: StaffWorld,
) -> None:
    desk, own = town.desk_url("planb"), town.lists_url()
    page = await town.opens(f"{desk}/book?day=2026-11-24")
    times = re.findall(r'<option value="(\w+\.\w+)"', page.text)
    assert {time.partition(".")[0] for time in times} == {"mohammad", "koekluoglu"}
    theirs = next(time for time in times if time.startswith("koekluoglu"))
    foreign = theirs.replace("koekluoglu", "bouchara")
    for url, time in ((desk, foreign), (own, theirs), (own, "x"), (own, "mohammad.0")):
        refused = await town.sends(f"{url}/book", act="book", language="ar", time=time)
        assert ("/done/" in refused.url, 'role="alert"' in refused.text) == (False, True)
    assert await town.sql("SELECT COUNT(*) FROM appointments") == [(0,)]
    booked = await town.sends(f"{desk}/book", act="book", language="ar", time=theirs)
    assert "ist gebucht" in booked.text
    assert await town.sql("SELECT actor FROM audit") == [("front_desk:planb",)]
    assert (await town.opens(booked.link("slip.pdf"))).status == 200


async def test_a_calendar_is_shown_once_fetched_renewed_and_ended(town: StaffWorld) -> None:
    await anna_books(town)
    lists, about = town.lists_url(), await town.newest()
    url = (await town.sends(lists, act="feed")).link(".ics")
    assert url.removesuffix(".ics").rpartition("/")[2] not in str(await town.everything())
    async with town.session.get(url) as answer:
        calendar, tag = parse(await answer.read()), answer.headers["ETag"]
        assert answer.content_type == "text/calendar"
    (event,) = calendar.vevent_list
    assert event.summary.value == f"KIM-Termin {about.code}"
    assert int(event.dtstart.value.timestamp()) == about.start
    assert (await town.visit_url()) in event.description.value
    known = {"If-None-Match": tag}
    async with town.session.get(url, headers=known) as answer:
        assert (answer.status, await answer.read(), answer.headers["ETag"]) == (304, b"", tag)
    await town.passes(hours=5)
    async with town.session.get(url, headers=known) as answer:
        assert answer.status == 304
    await town.sends(await town.visit_url(), act="call_off", confirmed="yes")
    async with town.session.get(url, headers=known) as answer:
        assert (answer.status, b"VEVENT" in await answer.read()) == (200, False)
    renewed = (await town.sends(lists, act="feed")).link(".ics")
    assert [(await town.opens(one)).status for one in (url, renewed)] == [404, 200]
    await town.sends(lists, act="no_feed")
    assert (await town.opens(renewed)).status == 404
