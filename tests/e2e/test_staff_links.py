"""The staff's links against the whole bot: what they open, for whom, and that looking is safe."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from calendars import parse
from page_examples import TEXTS
from staff_stage import StaffWorld, anna_books, browser_at, free_times, open_pages

from bot.commands import staff_access, staff_links
from bot.domain.actors import Actor, Role
from bot.services import links
from bot.services.links import GrantKind
from bot.simulator.person import words
from bot.web.access import COOKIE
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
    assert "Your appointment is cancelled" in told
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
    lists, url = await town.lists_url(), await town.visit_url()
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
    told = "Im Chat erreichen wir die Person nicht. Vielleicht kommt sie trotzdem:"
    assert [told in one.text for one in asked] == [True] * 3
    assert ["andere Zeiten" in one.text for one in asked] == [False] * 3


async def test_who_books_for_themselves_has_seen_it_and_others_have_not(town: StaffWorld) -> None:
    slot = await free_time(town)
    booked = await town.sends(
        f"{await town.lists_url()}/book", act="book", language="ar", time=slot
    )
    assert "ist gebucht: Dienstag, 24. November, 08:00 Uhr." in booked.text
    other = await free_time(town)
    await town.sends(f"{await town.desk_url('planb')}/book", act="book", language="uk", time=other)
    seen = await town.sql("SELECT seen_at IS NOT NULL FROM appointments ORDER BY id")
    assert seen == [(1,), (0,)]
    atdoor = await town.opens(await town.desk_url("planb") + "/day/2026-11-24")
    lists = await town.opens(await town.lists_url())
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
    lists, visit = await town.lists_url(), await town.visit_url()
    await town.sends(lists, act="away", **{"from": "2026-12-07", "until": "2026-12-08"})
    slot = await free_time(town)
    booked = await town.sends(f"{lists}/book", act="book", language="ar", time=slot)
    office = town.actor("mohammad").office_id
    assert office is not None
    feed, desk = await staff_links.feed(town.settings, "mohammad"), await town.desk_url(office)
    before = await town.everything()
    starts = (visit, lists, f"{lists}/book", desk, feed, booked.url)
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


async def test_a_link_to_lists_lets_this_browser_in_for_twelve_hours(town: StaffWorld) -> None:
    grant = await town.lists_link(town.actor("mohammad"))
    async with town.session.get(town.url(grant)) as answer:
        sent = answer.headers
    assert {name: sent.get(name) for name in HEADERS} == HEADERS
    cookie = sent["Set-Cookie"].partition("; ")[2]
    assert cookie.replace("Max-Age=43200", "Max-Age=12 h") == (
        "HttpOnly; Max-Age=12 h; "
        f"Path={town.links.lists_path(grant.number)}; SameSite=Strict; Secure"
    )
    page = await town.opens(town.lists_at(grant))
    assert ("Ali Mohammad" in page.text, "Set-Cookie" in page.headers) == (True, False)
    await town.passes(hours=13)
    assert (await town.opens(town.lists_at(grant))).status == 404
    assert (await town.opens(town.url(grant))).status == 200
    assert (await town.opens(town.lists_at(grant))).status == 200


async def test_the_link_of_an_appointment_leads_to_that_appointment_alone(
    town: StaffWorld,
) -> None:
    await anna_books(town)
    await town.sql("UPDATE appointments SET wishes = replace(wishes, 'null', '\"debts\"')")
    url = await town.visit_url()
    opened = await crawl(town, url)
    assert {one.removeprefix(url).partition("?")[0] for one in opened} == {
        *("", "/another-time", "/ask")
    }
    assert (await town.opens(f"{url}/slip.pdf")).status == 404
    page = await town.opens(url)
    assert ("Alle Termine" in page.text, "Worum es geht" in page.text) == (False, False)
    assert "Set-Cookie" not in page.headers
    for more in ("/book", "/find?code=K7PM", "/closed/1", "/day/2026-11-24"):
        assert (await town.opens(url + more)).status == 404
    about = await town.newest()
    inside = await town.opens(f"{await town.lists_url()}/appointment/{about.id}")
    assert ("Alle Termine" in inside.text, "Worum es geht" in inside.text) == (True, True)


async def test_a_form_of_another_page_is_not_taken_for_one_of_a_session(town: StaffWorld) -> None:
    await anna_books(town)
    lists, about = await town.lists_url(), await town.newest()
    before = await town.everything()
    one, days = f"{lists}/appointment/{about.id}", {"from": "2026-12-07", "until": "2026-12-08"}
    theirs = (await town.opens(await town.lists_url("koekluoglu"))).hidden["form_token"]
    for token in ({}, {"form_token": ""}, {"form_token": "x" * 22}, {"form_token": theirs}):
        for url, fields in ((lists, {"act": "away", **days}), (one, {"act": "see"})):
            sent = await town.posts(url, sequence="0", **fields, **token)
            assert (sent.status, sent.text) == (404, gone_page(TEXTS))
    assert await town.everything() == before


async def test_a_page_that_stands_open_can_be_sent_after_the_link_was_opened_again(
    town: StaffWorld,
) -> None:
    grant = await town.lists_link(town.actor("mohammad"))
    hidden = (await town.opens(town.url(grant))).hidden
    await town.passes(minutes=5)
    await town.opens(town.url(grant))
    days = {"from": "2026-12-07", "until": "2026-12-08"}
    sent = await town.posts(town.lists_at(grant), act="away", **hidden, **days)
    assert (sent.status, "/closed/" in sent.url) == (200, True)


async def test_two_sessions_in_one_browser_stay_apart(town: StaffWorld) -> None:
    own, desk = await town.lists_url(), await town.desk_url("planb")
    assert "Zeiten sperren" in (await town.opens(own)).text
    assert "PLANB Ruhr" in (await town.opens(desk)).text
    stranger = browser_at(town.links.public_url)
    async with stranger, stranger.get(own) as answer:
        assert (answer.status, await answer.text()) == (404, gone_page(TEXTS))


async def test_links_and_sessions_end_by_number_by_code_and_with_all_the_rest(
    town: StaffWorld,
) -> None:
    await anna_books(town)
    about, visit, lists = await town.newest(), await town.visit_url(), await town.lists_url()
    grant = await town.lists_link(town.actor("mohammad"))
    known = town.settings
    numbers = [
        line.partition(":")[0]
        for line in (await staff_links.listed(known, "mohammad")).splitlines()
    ]
    assert numbers == [lists.rpartition("/")[2], str(grant.number)]
    await staff_links.end(known, "mohammad", numbers[0])
    assert [(await town.opens(url)).status for url in (lists, town.url(grant), visit)] == [
        404,
        200,
        200,
    ]
    await staff_links.end(known, "mohammad", about.code.lower())
    assert [(await town.opens(url)).status for url in (town.url(grant), visit)] == [200, 404]
    for link in (numbers[0], "999", "9" * 20, "Z2Z2", "x", "²"):
        with pytest.raises(staff_links.UnknownLink, match=r"^mohammad: there is no link"):
            await staff_links.end(known, "mohammad", link)
    desk = Actor(Role.FRONT_DESK, office_id="planb")
    others = town.url(links.to_appointment(desk, about)), town.url(await town.lists_link(desk))
    await staff_access.revoke(known, "mohammad")
    assert (await town.opens(town.url(grant))).status == 404
    assert [(await town.opens(url)).status for url in others] == [200, 200]
    assert await staff_links.listed(known, "mohammad") == "mohammad: no link to these lists is out."


async def test_after_a_restore_with_numbers_used_anew_an_old_link_opens_nobody_elses(
    town: StaffWorld,
) -> None:
    await anna_books(town)
    old = await town.visit_url()
    await town.sql("UPDATE appointments SET code = 'Q4VW'")
    assert (await town.opens(old)).status == 404
    assert (await town.opens(await town.visit_url())).status == 200


async def test_a_purpose_cannot_be_swapped_for_another(town: StaffWorld) -> None:
    await anna_books(town)
    lists = await town.lists_link(town.actor("mohammad"))
    visit = links.to_appointment(town.actor("mohammad"), await town.newest())
    swapped = [
        replace(visit, kind=GrantKind.SESSION),
        links.session_of(lists, town.now),
        replace(lists, kind=GrantKind.APPOINTMENT),
        replace(visit, kind=GrantKind.LISTS),
    ]
    opened = [(await town.opens(town.url(grant))).status for grant in swapped]
    assert opened[:2] == [404, 404]  # signed, and yet no link
    for token in map(town.links.token, (lists, visit)):
        jar = {COOKIE: token}
        async with town.session.get(town.lists_at(lists), cookies=jar) as answer:
            assert answer.status == 404


async def test_whatever_opens_nothing_gets_one_and_the_same_answer(town: StaffWorld) -> None:
    await anna_books(town)
    good, mine = await town.visit_url(), town.actor("mohammad")
    base, _, token = good.rpartition("/")
    payload, _, signature = token.partition(".")
    lists = await town.lists_link(mine)
    late, office = replace(lists, expires=town.now), replace(lists, role=Role.OPERATOR)
    nobody, theirs = replace(lists, id="nobody"), replace(lists, id="koekluoglu")
    never = replace(lists, number=999)
    bad = [
        *(f"{base}/{text}" for text in ("x", ".", f"{payload}.", f"{payload}x.{signature}")),
        f"{base}/{payload}.{'A' * 22}",
        f"{base}/{'A' * 5000}",
        f"{base}/{payload}.ü",
        *(town.url(grant) for grant in (late, office, nobody, theirs, never)),
        *(f"{good}/{more}" for more in ("book", "closed/1", "day/2026-11-23", "slip.pdf")),
        f"{await town.lists_url()}/done/seen",
        town.links.calendar_url("A" * 22),
    ]
    before = await town.everything()
    for url in bad:
        page = await town.opens(url)
        assert (page.status, page.text) == (404, gone_page(TEXTS)), url
        if not url.endswith((".ics", ".pdf", "2026-11-23", "done/seen")):
            sent = await town.sends(url, act="call_off")
            assert (sent.status, sent.text) == (404, gone_page(TEXTS)), url
    assert await town.everything() == before


async def test_08_a_link_to_what_moved_to_others_or_was_deleted_says_so_and_does_nothing(
    town: StaffWorld,
) -> None:
    await anna_books(town)
    about = await town.newest()
    gone = replace(links.to_appointment(town.actor("mohammad"), about), number=999)
    moved = links.to_appointment(town.actor("bouchara"), about)
    before = await town.everything()
    for grant, says in ((moved, "jetzt bei jemand anderem"), (gone, "nach einer Frist")):
        page = await town.opens(town.url(grant))
        assert (page.status, says in page.text, about.code in page.text) == (200, True, False)
        sent = await town.posts(town.url(grant), act="call_off", confirmed="yes", sequence="0")
        assert (sent.status, sent.text) == (404, gone_page(TEXTS))
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


async def test_no_session_outlives_its_link(town: StaffWorld) -> None:
    short = await town.lists_link(town.actor("mohammad"), lasts=60)
    async with town.session.get(town.url(short)) as answer:
        assert re.search(r"Max-Age=(60|59|58);", answer.headers["Set-Cookie"])
    assert (await town.opens(town.lists_at(short))).status == 200
    await town.passes(minutes=1)
    assert (await town.opens(town.lists_at(short))).status == 404


async def test_days_with_talks_are_closed_only_when_that_is_meant(town: StaffWorld) -> None:
    anna = await anna_books(town)
    lists, days = await town.lists_url(), {"from": "2026-11-25", "until": "2026-11-25"}
    asked = await town.sends(lists, act="away", **days)
    assert "ist ein Termin gebucht. Wenn Sie sperren, sagen wir ab. Die Person" in asked.text
    assert await town.sql("SELECT COUNT(*) FROM absences") == [(0,)]
    done = await town.sends(lists, act="away", confirmed="yes", **days)
    assert ("/closed/" in done.url, done.acts) == (True, ["undo"])
    await anna.settles()
    assert "Your appointment is cancelled" in words(anna.messages[-1])
    assert await town.sql("SELECT status FROM appointments") == [("cancelled",)]
    opened = await town.sends(done.url, act="undo")
    assert "Gesperrte Zeiten" not in opened.text
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
    about = await town.newest()
    inside = [
        f"{await town.enters(actor)}/appointment/{about.id}"
        for actor in (door, town.actor("mohammad"))
    ]
    opened = [await town.opens(url) for url in inside]
    assert ["Worum es geht" in one.text for one in opened] == [False, True]
    about = await town.newest()
    page = await town.opens(await town.desk_url(about.office_id) + "/day/2026-11-25")
    assert (about.code in page.text, "Ali Mohammad" in page.text) == (True, True)
    others = {one.id for one in town.resources.city.offices} - {about.office_id}
    for office_id in others:
        page = await town.opens(await town.desk_url(office_id) + "/day/2026-11-25")
        assert (page.status, about.code in page.text) == (200, False)


async def test_the_front_desk_books_for_everybody_of_its_office_and_for_nobody_else(
    town: StaffWorld,
) -> None:
    desk, own = await town.desk_url("planb"), await town.lists_url()
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


async def test_a_calendar_is_fetched_renewed_and_ended_and_holds_no_link(
    town: StaffWorld,
) -> None:
    await anna_books(town)
    about, known = await town.newest(), town.settings
    url = await staff_links.feed(known, "mohammad")
    assert url.removesuffix(".ics").rpartition("/")[2] not in str(await town.everything())
    async with town.session.get(url) as answer:
        body, tag = await answer.read(), answer.headers["ETag"]
        assert answer.content_type == "text/calendar"
    (event,) = parse(body).vevent_list
    assert event.summary.value == f"KIM-Termin {about.code}"
    assert int(event.dtstart.value.timestamp()) == about.start
    assert b"/page/" not in body
    tagged = {"If-None-Match": tag}
    async with town.session.get(url, headers=tagged) as answer:
        assert (answer.status, await answer.read(), answer.headers["ETag"]) == (304, b"", tag)
    await town.passes(hours=5)
    async with town.session.get(url, headers=tagged) as answer:
        assert answer.status == 304
    await town.sends(await town.visit_url(), act="call_off", confirmed="yes")
    async with town.session.get(url, headers=tagged) as answer:
        assert (answer.status, b"VEVENT" in await answer.read()) == (200, False)
    renewed = await staff_links.feed(known, "mohammad")
    assert [(await town.opens(one)).status for one in (url, renewed)] == [404, 200]
    await staff_access.revoke(known, "mohammad")
    assert (await town.opens(renewed)).status == 404


async def test_who_gets_a_new_way_in_is_told_and_it_is_noted(town: StaffWorld) -> None:
    ali = await town.case_manager("mohammad")
    await staff_links.page(town.settings, "mohammad")
    await staff_links.feed(town.settings, "mohammad")
    await town.taken()
    await ali.settles()
    told = [words(one) for one in ali.messages]
    assert [any(part in one for one in told) for part in ("30 Tage", "Kalender-Adresse")] == [
        True,
        True,
    ]
    assert await town.sql("SELECT actor, action FROM audit ORDER BY id") == [
        ("operator:all", "lists:case_manager:mohammad"),
        ("operator:all", "calendar:case_manager:mohammad"),
    ]
