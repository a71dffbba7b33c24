"""The bot's photo and texts, as the simulator takes and shows them."""

import json
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp import FormData
from PIL import Image
from simulator_sides import ANNA, Sides, running_simulator

STATIC = {"type": "static", "photo": "attach://file"}


@pytest.fixture
async def sides() -> AsyncIterator[Sides]:
    async with running_simulator() as both:
        yield both


def picture(side: int, form: str = "JPEG") -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (side, side + 1)).save(drawn, form)
    return drawn.getvalue()


async def sends(sides: Sides, photo: dict[str, Any], content: bytes) -> Any:
    """What comes of sending a file along as the photo: True, or why not."""
    form = FormData({"photo": json.dumps(photo)})
    form.add_field("file", content, filename="a.jpg")
    async with sides.session.post(f"{sides.url}/bot1:x/setMyProfilePhoto", data=form) as answer:
        body = await answer.json()
    return body.get("result") or body["description"].removeprefix("Bad Request: ")


async def owned(sides: Sides) -> int:
    found = await sides.done("getUserProfilePhotos", user_id=1)
    return int(found["total_count"])


async def test_a_photo_is_shown_until_it_is_taken_away(sides: Sides) -> None:
    assert (await owned(sides), (await sides.look(f"/people/{ANNA}/profile"))["has_photo"]) == (
        0,
        False,
    )
    assert await sends(sides, STATIC, picture(160)) is True
    async with sides.session.get(f"{sides.url}/photo") as answer:
        assert await answer.read() == picture(160)
    assert (await owned(sides), (await sides.look(f"/people/{ANNA}/profile"))["has_photo"]) == (
        1,
        True,
    )
    assert await sides.done("removeMyProfilePhoto")
    async with sides.session.get(f"{sides.url}/photo") as answer:
        assert answer.status == 404
    assert await sides.done("getUserProfilePhotos", user_id=ANNA) == {
        "total_count": 0,
        "photos": [],
    }
    assert await sides.refused("getUserProfilePhotos", user_id=99) == (
        *(400, "Bad Request: user not found"),
    )


@pytest.mark.parametrize(
    ("photo", "content", "reason"),
    [
        (STATIC, picture(159), "PHOTO_CROP_SIZE_SMALL"),
        (STATIC, picture(200, "PNG"), "PHOTO_EXT_INVALID"),
        (STATIC, b"\xff\xd8", "PHOTO_EXT_INVALID"),
        (STATIC, picture(200)[:20], "PHOTO_EXT_INVALID"),
        (
            {"type": "static", "photo": "attach://other"},
            picture(200),
            "profile photos can't be reused: a new file must be uploaded",
        ),
        (
            {"type": "static", "photo": "file"},
            picture(200),
            "profile photos can't be reused: a new file must be uploaded",
        ),
        (
            {"type": "animated", "animation": "attach://file"},
            picture(200),
            "this server knows static photos only",
        ),
        (
            {"type": "static"},
            b"x",
            "photo must be InputProfilePhotoStatic or InputProfilePhotoAnimated",
        ),
    ],
)
async def test_what_is_no_new_still_picture_is_refused(
    sides: Sides, photo: dict[str, Any], content: bytes, reason: str
) -> None:
    assert await sends(sides, photo, content) == reason


async def test_a_phone_shows_the_texts_in_its_language_else_those_for_all(sides: Sides) -> None:
    await sides.people("/people", id=2, first_name="Uwe", language_code="de-AT")
    await sides.done("setMyDescription", description="Book here")
    await sides.done("setMyDescription", description="Hier buchen", language_code="de")

    shown = {"name": "", "short_description": "", "has_photo": False}
    assert await sides.look(f"/people/{ANNA}/profile") == {**shown, "description": "Book here"}
    assert await sides.look("/people/2/profile") == {**shown, "description": "Hier buchen"}
