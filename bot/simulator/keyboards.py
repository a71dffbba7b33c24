"""What Telegram refuses in a keyboard, beyond the shape of its JSON."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.simulator.refusal import Refusal, bad_request

MOST_IN_A_ROW = 8
MOST_BUTTONS = 100
MOST_DATA_BYTES = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
HOST = re.compile(r"(?:[\w-]+\.)+[\w-]+|[0-9a-fA-F]*:[0-9a-fA-F:]+")
TELEGRAM_HOSTS = {"t.me", "telegram.me", "telegram.dog"}
DECORATION = {"text", "style", "icon_custom_emoji_id"}
STYLES = {None, "danger", "success", "primary"}
MOST_COPIED = 256


def check_keyboard(markup: dict[str, Any] | None) -> Refusal | None:
    """None where Telegram would show the keyboard; markup has its shape checked already."""
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        rows = markup["inline_keyboard"]
        return _check_rows(rows) or _first(_check_inline, rows)
    if "keyboard" in markup:
        rows = markup["keyboard"]
        if not any(rows):
            return bad_request("reply keyboard must have at least one button")
        return _check_rows(rows) or _first(_check_text, rows)
    return None


def check_start_links(url: str) -> Refusal | None:
    """A link to a bot must carry a start parameter that Telegram hands over."""
    parts = urlsplit(url)
    if parts.hostname not in TELEGRAM_HOSTS:
        return None
    values = parse_qs(parts.query, keep_blank_values=True).get("start", [])
    if all(START_PARAMETER.fullmatch(value) for value in values):
        return None
    return bad_request("START_PARAM_INVALID")


def _check_rows(rows: list[list[dict[str, Any]]]) -> Refusal | None:
    if any(len(row) > MOST_IN_A_ROW for row in rows):
        return bad_request(f"reply markup has more than {MOST_IN_A_ROW} buttons in a row")
    if sum(map(len, rows)) > MOST_BUTTONS:
        return bad_request("reply markup is too long")
    return None


def _first(check: Any, rows: list[list[dict[str, Any]]]) -> Refusal | None:
    for row in rows:
        for button in row:
            if refusal := check(button):
                return refusal  # type: ignore[no-any-return]
    return None


def _check_text(button: dict[str, Any]) -> Refusal | None:
    if button.get("style") not in STYLES:
        return bad_request("can't parse keyboard button: invalid button style specified")
    return None if button["text"].strip() else bad_request("BUTTON_TEXT_INVALID")


def _check_inline(button: dict[str, Any]) -> Refusal | None:
    actions = button.keys() - DECORATION
    if not actions:
        return bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        return bad_request("can't parse inline keyboard button: more than one action")
    if "url" in button:
        return _check_text(button) or _check_url(button["url"])
    return _check_text(button) or _check_copied(button) or _check_data(button)


def _check_copied(button: dict[str, Any]) -> Refusal | None:
    if "copy_text" not in button or 1 <= len(button["copy_text"]["text"]) <= MOST_COPIED:
        return None
    return bad_request("BUTTON_COPY_TEXT_INVALID")


def _check_data(button: dict[str, Any]) -> Refusal | None:
    if "callback_data" not in button:
        return None
    if 1 <= len(button["callback_data"].encode()) <= MOST_DATA_BYTES:
        return None
    return bad_request("BUTTON_DATA_INVALID")


def _check_url(url: str) -> Refusal | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return _invalid(url, "Wrong HTTP URL")
    if parts.scheme == "tg":
        return None
    if parts.scheme not in ("http", "https"):
        return _invalid(url, "Unsupported URL protocol")
    if not HOST.fullmatch(parts.hostname or "") or any(map(str.isspace, url)):
        return _invalid(url, "Wrong HTTP URL")
    return check_start_links(url)


def _invalid(url: str, reason: str) -> Refusal:
    return bad_request(f"inline keyboard button URL '{url}' is invalid: {reason}")
