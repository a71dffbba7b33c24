"""A form that is begun and not sent: nobody waits for it who has no link, and nobody for long."""

import asyncio
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from listening import SOON, Line
from page_examples import TEXTS
from processes import free_port
from staff_stage import StaffWorld, anna_books, open_pages

from bot.web import http_server
from bot.web.page_html import gone_page

FORM = "application/x-www-form-urlencoded"
LIMITS = replace(http_server.LIMITS, body_seconds=SOON)


async def begun(port: int, url: str) -> Line:
    """A connection that has sent a part of a form to the page of this address."""
    line = Line(*await asyncio.open_connection("127.0.0.1", port))
    head = f"POST {urlsplit(url).path} HTTP/1.1\r\nHost: x\r\nContent-Type: {FORM}\r\n"
    line.sends(f"{head}Content-Length: 50\r\n\r\nact=see".encode())
    return line


async def hung_up_on(town: StaffWorld, url: str) -> bytes:
    """All that is answered to a part of a form, by a server that is less patient."""
    assert town.process is not None
    address = ("127.0.0.1", free_port())
    serving = http_server.serve(address, (), town.process.ingress.pages, LIMITS)
    running = asyncio.ensure_future(serving)
    await asyncio.sleep(0.05)
    line = await begun(address[1], url)
    got = await line.reads()
    line.writer.close()
    running.cancel()
    await asyncio.wait([running])
    return got


async def test_a_form_that_does_not_come_is_waited_for_with_a_good_link_only_and_not_for_long(
    tmp_path: Path,
) -> None:
    async with open_pages(tmp_path) as town:
        await anna_books(town)
        url = await town.visit_url()
        before = await town.everything()
        line = await begun(town.port, f"{url}x")
        assert b" 404 " in await line.answer()
        page = gone_page(TEXTS).encode()
        async with asyncio.timeout(LIMITS.head_seconds / 2):
            assert await line.reader.readexactly(len(page)) == page
        line.writer.close()
        assert await hung_up_on(town, url) == b""
        assert await town.everything() == before
