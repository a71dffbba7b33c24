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
        "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}
LONGEST_MOVE = 366 * 86_400


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody whose phone the page shows; the note is one English sentence about them."""

    id: int
    first_name: str
    language_code: str
    role: Literal["client", "case_manager"]
    note: str


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A place a phone can pretend to be at, in degrees (WGS 84)."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Demo:
    """What the page shows; `now` in epoch seconds, `advance` moves it and runs what is due."""

    title: str
    people: tuple[DemoPerson, ...]
    places: tuple[DemoPlace, ...]
    time_zone: str
    now: Callable[[], float]
    advance: Callable[[float], Awaitable[None]]


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

    async def move_clock(request: web.Request) -> web.Response:
        seconds = await _seconds(request)
        if seconds is None:
            return _refusal(400, f"seconds must be a number above 0, at most {LONGEST_MOVE}")
        await demo.advance(seconds)
        return web.json_response({"now": demo.now()})

    def add(app: web.Application) -> None:
        app.router.add_get("/", page)
        app.router.add_get("/page/{file}", page_file)
        app.router.add_get("/demo", describe)
        app.router.add_post("/demo/clock", move_clock)

    return add


def _file(path: Path) -> web.FileResponse:
    return web.FileResponse(path, headers={"Content-Type": CONTENT_TYPES[path.suffix], **SAFETY})


def _description(demo: Demo) -> dict[str, object]:
    return {
        "title": demo.title,
        "people": [asdict(person) for person in demo.people],
        "places": [asdict(place) for place in demo.places],
        "time_zone": demo.time_zone,
        "now": demo.now(),
    }


async def _seconds(request: web.Request) -> float | None:
    try:
        seconds = (await request.json())["seconds"]
    except (ValueError, KeyError, TypeError):
        return None
    # bool is an int in Python, and JSON's NaN fails both comparisons.
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    return float(seconds) if 0 < seconds <= LONGEST_MOVE else None


def _refusal(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)
