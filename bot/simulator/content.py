"""The content of a message from the parameters that carry it."""

from typing import Any

from bot.simulator.checker import Upload
from bot.simulator.html import Formatted, parse, trimmed, units
from bot.simulator.keyboards import check_start_links
from bot.simulator.refusal import Refusal, bad_request
from bot.simulator.world import JSON, StoredFile, World

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
PHOTO_SIDE = 640


def text_content(params: dict[str, Any]) -> JSON | Refusal:
    """Text with its entities and preview options."""
    formatted = _formatted(params, "text", "entities")
    if isinstance(formatted, Refusal):
        return formatted
    if not formatted.text:
        return bad_request("message text is empty")
    if units(formatted.text) > LONGEST_TEXT:
        return bad_request("message is too long")
    content = _with_entities(formatted, "text", "entities")
    if "link_preview_options" in params:
        content["link_preview_options"] = params["link_preview_options"]
    return content


def caption_content(params: dict[str, Any]) -> JSON | Refusal:
    """The caption with its entities; empty where there is none."""
    formatted = _formatted(params, "caption", "caption_entities")
    if isinstance(formatted, Refusal):
        return formatted
    if units(formatted.text) > LONGEST_CAPTION:
        return bad_request("message caption is too long")
    return _with_entities(formatted, "caption", "caption_entities") if formatted.text else {}


def location_content(params: dict[str, Any]) -> JSON | Refusal:
    """A point on the map."""
    if abs(params["latitude"]) > 90 or abs(params["longitude"]) > 180:
        return bad_request("wrong latitude or longitude specified")
    extras = ("horizontal_accuracy", "live_period", "heading", "proximity_alert_radius")
    names = ("latitude", "longitude", *(name for name in extras if name in params))
    return {"location": {name: params[name] for name in names}}


def venue_content(params: dict[str, Any]) -> JSON | Refusal:
    """A point with a title and an address; Telegram adds the bare location too."""
    content = location_content(params)
    if isinstance(content, Refusal):
        return content
    for name in ("title", "address"):
        if not params[name].strip():
            return bad_request(f"venue {name} must be non-empty")
    described = {name: params[name] for name in ("title", "address")}
    return {"venue": {**content, **described}, **content}


def document_content(world: World, params: dict[str, Any]) -> JSON | Refusal:
    """A file with its caption."""
    caption = caption_content(params)
    if isinstance(caption, Refusal):
        return caption
    file = _file(world, params["document"])
    if isinstance(file, Refusal):
        return file
    document = {**_described(file), "file_name": file.name, "mime_type": file.content_type}
    return {"document": document, **caption}


def photo_content(world: World, params: dict[str, Any]) -> JSON | Refusal:
    """A picture with its caption; its real size is not looked at."""
    caption = caption_content(params)
    if isinstance(caption, Refusal):
        return caption
    file = _file(world, params["photo"])
    if isinstance(file, Refusal):
        return file
    size = {**_described(file), "width": PHOTO_SIDE, "height": PHOTO_SIDE}
    return {"photo": [size], **caption}


def _formatted(params: dict[str, Any], name: str, entities: str) -> Formatted | Refusal:
    text, mode = params.get(name, ""), params.get("parse_mode", "")
    if not mode:
        return trimmed(text, params.get(entities, []))
    if mode.lower() != "html":
        return bad_request("unsupported parse_mode (this server knows HTML only)")
    formatted = parse(text)
    if isinstance(formatted, Refusal):
        return formatted
    for entity in formatted.entities:
        if refusal := check_start_links(entity.get("url", "")):
            return refusal
    return formatted


def _with_entities(formatted: Formatted, name: str, entities: str) -> JSON:
    content: JSON = {name: formatted.text}
    if formatted.entities:
        content[entities] = formatted.entities
    return content


def _file(world: World, given: Upload | str) -> StoredFile | Refusal:
    if isinstance(given, str):
        known = world.files.get(given)
        return known or bad_request("wrong file identifier/HTTP URL specified")
    if not given.content:
        return bad_request("file must be non-empty")
    return world.store(given.name, given.content, given.content_type)


def _described(file: StoredFile) -> JSON:
    return {
        "file_id": file.id,
        "file_unique_id": f"unique-{file.id}",
        "file_size": len(file.content),
    }
