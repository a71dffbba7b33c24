"""The demo's page of phones: what it is told, the clock it can move, and its files.

The page speaks to the simulator like any other person; only the clock and the cast come from here.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from aiohttp import web

PAGE = Path(__file__).parent / "page"
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
SAFETY = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
}
MAIL_SAFETY = {
    **SAFETY,
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'"
    ),
}
NEW_TABS = '<base target="_blank">'
"""A link in a mail opens beside the demo, as it does beside a mail program."""

LONGEST_MOVE = 366 * 86_400
TO_NEXT: Literal["next"] = "next"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who has a phone on the page; the note is one English sentence about them."""

    id: int
    first_name: str
    language_code: str
    role: Literal["client", "case_manager"]
    note: str
    provider: str = ""


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A place a phone can pretend to be at, in degrees (WGS 84)."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Demo:
    """What the page shows; `now` in epoch seconds.

    `mails` is what the mailboxes hold, `mail` one of them as a page. `advance` moves the clock by
    seconds and runs what is due; `advance_to_next` moves it to the next planned message, and is
    False where none is planned.
    """

    title: str
    people: tuple[DemoPerson, ...]
    places: tuple[DemoPlace, ...]
    time_zone: str
    now: Callable[[], float]
    advance: Callable[[float], Awaitable[None]]
    advance_to_next: Callable[[], Awaitable[bool]]
    mails: Callable[[], dict[str, object]] = dict
    mail: Callable[[int], str | None] = lambda number: None


def routes(demo: Demo) -> Callable[[web.Application], None]:
    """What adds the page, its files and its clock to the simulator's server."""
    files = {path.name: path for path in PAGE.iterdir() if path.suffix in CONTENT_TYPES}

    async def page(request: web.Request) -> web.StreamResponse:
        return _file(files["index.html"])

    async def page_file(request: web.Request) -> web.StreamResponse:
        path = files.get(request.match_info["file"])
        return _file(path) if path else _refusal(404, "there is no such file")

    async def describe(request: web.Request) -> web.Response:
        return web.json_response(_description(demo), headers={"Cache-Control": "no-store"})

    async def mails(request: web.Request) -> web.Response:
        return web.json_response(demo.mails(), headers={"Cache-Control": "no-store"})

    async def mail(request: web.Request) -> web.Response:
        html = demo.mail(int(request.match_info["number"]))
        return _mail(html) if html else _refusal(404, "there is no such mail")

    async def move_clock(request: web.Request) -> web.Response:
        move = await _move(request)
        if move is None:
            return _refusal(400, f'to is "next", or seconds above 0, at most {LONGEST_MOVE}')
        if move == TO_NEXT:
            moved = await demo.advance_to_next()
            return web.json_response({"now": demo.now(), "moved": moved})
        await demo.advance(move)
        return web.json_response({"now": demo.now()})

    def add(app: web.Application) -> None:
        app.router.add_get("/", page)
        app.router.add_get("/page/{file}", page_file)
        app.router.add_get("/demo", describe)
        app.router.add_get("/demo/mails", mails)
        app.router.add_get(r"/demo/mails/{number:\d{1,9}}", mail)
        app.router.add_post("/demo/clock", move_clock)

    return add


def _file(path: Path) -> web.FileResponse:
    return web.FileResponse(path, headers={"Content-Type": CONTENT_TYPES[path.suffix], **SAFETY})


def _mail(html: str) -> web.Response:
    text = html.replace("<head>", f"<head>{NEW_TABS}", 1)
    return web.Response(text=text, content_type="text/html", headers=MAIL_SAFETY)


def _description(demo: Demo) -> dict[str, object]:
    return {
        "title": demo.title,
        "people": [asdict(person) for person in demo.people],
        "places": [asdict(place) for place in demo.places],
        "time_zone": demo.time_zone,
        "now": demo.now(),
    }


async def _move(request: web.Request) -> float | Literal["next"] | None:
    """What the clock is asked for: so many seconds, or the next planned message."""
    try:
        wanted = await request.json()
    except ValueError:
        return None
    match wanted:
        case {"to": "next"}:
            return TO_NEXT
        # bool is an int in Python, and JSON's NaN fails both comparisons.
        case {"seconds": bool()}:
            return None
        case {"seconds": int() | float() as seconds} if 0 < seconds <= LONGEST_MOVE:
            return float(seconds)
        case _:
            return None


def _refusal(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)
