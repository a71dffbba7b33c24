"""How the staff's pages answer over HTTP, and how they read a form."""

from http import HTTPStatus
from urllib.parse import parse_qsl

from aiohttp import web

from bot.domain import bounds
from bot.rendering.catalogues import Catalogues
from bot.web.http_connection import connection_of
from bot.web.page_html import HEADERS, gone_page
from bot.web.visitor import Elsewhere, Form, Page, Reply

LARGEST_FORM = 4096
MOST_FIELDS = 20
FORM = "application/x-www-form-urlencoded"
FILE_HEADERS = {name: value for name, value in HEADERS.items() if name != "Content-Security-Policy"}
"""A viewer of files has styles of its own."""


def answer(reply: Reply, texts: Catalogues) -> web.Response:
    """The response for what a page answers."""
    match reply:
        case Page(html):
            return _html(html, HTTPStatus.OK)
        case Elsewhere(path):
            headers = {**HEADERS, "Location": path}
            return web.Response(status=HTTPStatus.SEE_OTHER, headers=headers)
        case None:
            return gone(texts)


def gone(texts: Catalogues) -> web.Response:
    """The same answer to all that opens nothing."""
    return _html(gone_page(texts), HTTPStatus.NOT_FOUND)


def later(texts: Catalogues) -> web.Response:
    """Something we need does not answer."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    said = texts.message(texts.staff_language, "page.later")
    return web.Response(text=f"{said}\n", status=status, headers=HEADERS)


def busy() -> web.Response:
    """Too much is asked at once; a browser says so in its own words."""
    return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=HEADERS)


def read_query(request: web.Request) -> Form:
    """What is asked for beside the path."""
    return _fields(list(request.query.items())[:MOST_FIELDS])


async def read_form(request: web.Request) -> Form | None:
    """The fields of a form; None for what is too long, broken off or no form."""
    length = request.content_length
    if request.content_type != FORM or length is None or length > LARGEST_FORM:
        return None
    body = await connection_of(request).body(request)
    if body is None:
        return None
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    return _fields(fields)


def _fields(sent: list[tuple[str, str]]) -> Form:
    """The first of each name; what is out of all bounds counts as not sent."""
    first = dict(reversed(sent))
    read = {name: bounds.text(value) for name, value in first.items() if bounds.text(name)}
    return {name: value for name, value in read.items() if value is not None}


def _html(html: str, status: HTTPStatus) -> web.Response:
    return web.Response(
        text=html, status=status, headers=HEADERS, content_type="text/html", charset="utf-8"
    )
