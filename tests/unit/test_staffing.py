"""The staffing file: how people are reached, and what is said of one that is wrong."""

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.city import staffing_file
from bot.city.load import CityError, load
from bot.commands.check import Mail, everything, not_bookable, not_passed_on
from bot.domain.mail_address import NO_ADDRESS
from bot.domain.staffing import (
    CASE_MANAGER,
    CHAT_ONLY,
    OFFICE,
    Mailbox,
    OfficeReach,
    Reach,
    Staffing,
)
from bot.runtime.mailing import channel_of, load_staffing, server_of
from bot.settings import Settings, SettingsError

SMALLVILLE = "tests/cities/smallville.toml"
LIVE, EXAMPLE = load(SMALLVILLE, live=True), load(SMALLVILLE)
FULL = """
[case_manager.adler]
mail = "ada.adler@town.example"
calendar = "feed"
deputy = "busch"
digest = "07:30"

[case_manager.busch]
mail = "busch@town.example"
channels = ["mail", "telegram"]

[office.hall]
mail = "rathaus@town.example"
telegram = true
seen_within_hours = 4
digest = "07:15"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "staff.toml"


def read(file: Path, text: str) -> Staffing:
    file.write_text(text, encoding="utf-8")
    return staffing_file.load(file, LIVE)


def wrong(file: Path, text: str) -> list[str]:
    file.write_text(text, encoding="utf-8")
    staffing, problems = staffing_file.inspect(file, LIVE)
    assert staffing is None
    return [f"{problem.key}: {problem.reason}" for problem in problems]


def test_a_full_file_is_read_as_it_is_meant(file: Path) -> None:
    assert read(file, FULL) == Staffing(
        {
            "adler": Reach(
                "ada.adler@town.example",
                by_mail=True,
                by_chat=False,
                invitation=False,
                deputy="busch",
                digest=time(7, 30),
            ),
            "busch": Reach("busch@town.example", by_mail=True, by_chat=True),
        },
        {
            "hall": OfficeReach(
                "rathaus@town.example",
                chat_allowed=True,
                seen_within_hours=4,
                digest=time(7, 15),
            )
        },
    )


def test_chat_is_off_until_the_office_turns_it_on_but_on_in_examples(file: Path) -> None:
    assert not read(file, "").in_chat(LIVE, "adler")
    assert read(file, "[office.hall]\ntelegram = true").in_chat(LIVE, "adler")
    file.write_text("", encoding="utf-8")
    assert staffing_file.load(file, EXAMPLE).in_chat(EXAMPLE, "adler")
    assert CHAT_ONLY.in_chat(LIVE, "adler")


ADLER = "[case_manager.adler]\n"
NOT_IN_CITY = "is no case manager of the city file"


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("[case_manager.nobody]", "case_manager.nobody", NOT_IN_CITY),
        ("[office.nowhere]", "office.nowhere", "is no office of the city file"),
        (
            *(f'{ADLER}mail = "adler"', "case_manager.adler.mail"),
            NO_ADDRESS,
        ),
        (
            *(f'{ADLER}channels = ["mail"]', "case_manager.adler.mail"),
            'is missing, but "mail" is among the channels',
        ),
        (f'{ADLER}digest = "7:30"', "case_manager.adler.digest", 'must be written as "07:30"'),
        (
            *(f'{ADLER}deputy = "adler"', "case_manager.adler.deputy"),
            '"adler" must be somebody else of the same office',
        ),
        (f'{ADLER}deputy = "zoe"', "case_manager.adler.deputy", f'"zoe" {NOT_IN_CITY}'),
        (f"{ADLER}fax = 1", "case_manager.adler.fax", "is not a known key"),
        (
            *("[office.hall]\nseen_within_hours = 0", "office.hall.seen_within_hours"),
            "must be at least 1",
        ),
        (
            *('[office.hall]\ndigest = "07:15"', "office.hall.mail"),
            "is missing, but there is a digest",
        ),
        (
            *('[office.hall]\nmail = "h@t.example"\ndigest = "early"', "office.hall.digest"),
            'must be written as "07:30"',
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_key(file: Path, text: str, key: str, reason: str) -> None:
    assert wrong(file, text) == [f"{key}: {reason}"]


def test_a_channel_that_is_none_and_a_file_that_is_not_there(file: Path) -> None:
    (told,) = wrong(file, '[case_manager.adler]\nchannels = ["fax"]')
    assert told.startswith("case_manager.adler.channels")
    (told,) = wrong(file, "[case_manager")
    assert told.startswith("file: not TOML: ")
    with pytest.raises(CityError, match="cannot be read"):
        staffing_file.load(file.with_name("other.toml"), LIVE)


def test_an_address_that_would_be_taken_apart_otherwise_is_named_by_file_key_and_reason(
    file: Path,
) -> None:
    file.write_text('[case_manager.adler]\nmail = "a,b@c.example"', encoding="utf-8")
    _, problems = staffing_file.inspect(file, LIVE)
    assert [str(each) for each in problems] == [
        f"error: {file}: case_manager.adler.mail: {NO_ADDRESS}"
    ]
    assert wrong(file, '[office.hall]\nmail = "KIM <kim@c.example>"') == [
        f"office.hall.mail: {NO_ADDRESS}"
    ]


def test_a_mailbox_is_looked_up_when_the_mail_goes() -> None:
    staffing = Staffing({"adler": Reach("ada@town.example")}, {"hall": OfficeReach("h@t.example")})
    boxes = (Mailbox(CASE_MANAGER, "adler"), Mailbox(OFFICE, "hall"), Mailbox(CASE_MANAGER, "x"))
    found = [staffing.address(str(box)) for box in boxes]
    assert found == ["ada@town.example", "h@t.example", None]


def test_by_mail_or_by_an_allowed_chat_somebody_is_reached(file: Path) -> None:
    busch = '[case_manager.busch]\nmail = "busch@town.example"\n'
    assert read(file, busch).reached(LIVE, {"adler", "busch"}) == {"busch"}
    both = read(file, busch + "[office.hall]\ntelegram = true")
    assert both.reached(LIVE, {"adler"}) == {"adler", "busch"}
    assert CHAT_ONLY.reached(LIVE, {"adler"}) == {"adler"}


def test_the_check_says_who_cannot_be_told(file: Path) -> None:
    staffing = read(file, '[case_manager.busch]\nmail = "busch@town.example"')
    named = replace(
        LIVE, case_managers=tuple(replace(p, agreed_to_be_named=True) for p in LIVE.case_managers)
    )
    assert list(not_bookable(named, {"adler"}, staffing)) == [
        "cannot be booked, told neither by mail nor in chat (BOT_STAFF): adler"
    ]


DEPUTY = '[case_manager.adler]\nmail = "ada@town.example"\ndeputy = "busch"\n'
ALLOWED = "telegram = true\n"
SEEN_IN_TIME = "[office.hall]\nseen_within_hours = 4\n"
ALONE = (
    "a booking of theirs that nobody sees in time is passed on to no deputy and no office,"
    " at most to the operator's chat (BOT_STAFF): "
)


@pytest.mark.parametrize(
    ("text", "in_chat", "desks", "alone"),
    [
        ("", {"adler"}, {"hall"}, []),
        (SEEN_IN_TIME, {"adler", "busch"}, {"hall"}, [ALONE + "adler, busch"]),
        (SEEN_IN_TIME + ALLOWED, {"adler"}, set(), [ALONE + "adler, busch"]),
        (SEEN_IN_TIME + ALLOWED, {"adler", "busch"}, set(), [ALONE + "busch"]),
        (SEEN_IN_TIME + ALLOWED, set(), {"hall"}, []),
        (SEEN_IN_TIME + 'mail = "hall@town.example"\n', set(), set(), []),
    ],
)
def test_the_check_says_for_whom_nobody_stands_in(
    file: Path, text: str, in_chat: set[str], desks: set[str], alone: list[str]
) -> None:
    assert list(not_passed_on(LIVE, in_chat, desks, read(file, DEPUTY + text))) == alone


async def test_the_check_names_what_is_missing_to_send_mail(file: Path, tmp_path: Path) -> None:
    read(file, FULL)
    url = f"sqlite:///{tmp_path}/none.db"
    told = await everything(SMALLVILLE, url, for_telegram=False, live=False, now=0, mail=Mail(file))
    assert [str(p) for p in told if p.file == "environment"] == [
        "error: environment: BOT_SMTP_URL: needed, BOT_STAFF tells people by mail",
        "warning: environment: BOT_PUBLIC_URL: not set, so that mails have no links to act on",
    ]


def test_who_is_told_by_mail_needs_a_server_and_a_server_a_sender(file: Path) -> None:
    read(file, FULL)
    with pytest.raises(SettingsError, match="BOT_SMTP_URL: needed"):
        load_staffing(Settings(staff=file), LIVE)
    with pytest.raises(ValueError, match="BOT_MAIL_FROM: needed"):
        Settings(smtp_url=SecretStr("smtp://localhost"))
    nobody = Settings(smtp_url=SecretStr("smtp://localhost"), mail_from="nobody")
    with pytest.raises(SettingsError, match="BOT_MAIL_FROM: must be one mail address"):
        channel_of(nobody)
    nonsense = Settings(smtp_url=SecretStr("http://localhost"), mail_from="KIM <kim@town.example>")
    with pytest.raises(SettingsError, match="BOT_SMTP_URL: must be"):
        server_of(nonsense)
    url = SecretStr("smtp://localhost")
    good = Settings(staff=file, smtp_url=url, mail_from="kim@town.example")
    assert load_staffing(good, LIVE).needs_mail
    assert "localhost" not in repr(good)
