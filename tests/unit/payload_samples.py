"""One payload of every kind, with something in each of its fields."""

from calendars import appointment

from bot.conversation.content import (
    Button,
    CityText,
    Code,
    Count,
    Day,
    Kilometres,
    Language,
    Languages,
    Name,
    Phone,
    Say,
    Screen,
    ShortDay,
    Time,
    Times,
    say,
)
from bot.domain.appointment import Answer, Status, Wishes
from bot.domain.lists_link import ListsLink
from bot.domain.open_matters import Matter
from bot.domain.slots import Slot
from bot.domain.staffing import StandIn
from bot.messages.access_news import AccessMade, WayIn
from bot.messages.client_news import (
    AskedNews,
    CalledOffNews,
    CancelledNews,
    HandedOverNews,
    HelpNews,
    NewTimeNews,
    PossibleAgainNews,
)
from bot.messages.confirmations import Confirmation, Outdated
from bot.messages.digests import Digest, DigestEntry
from bot.messages.free_time import FreeTimeNews
from bot.messages.notices import Notice, NoticeKind
from bot.messages.operator_news import (
    ClockWrong,
    Orphaned,
    Unattended,
    Undelivered,
    UpdatesKept,
    WebhookFault,
)
from bot.messages.payloads import (
    AskLocation,
    CalendarFile,
    DataExport,
    LiveScreen,
    Payload,
    Pin,
    Slip,
    TakeKeyboard,
    Text,
)
from bot.messages.reminders import Reminder
from bot.messages.tidying import Blank, Delete, DeleteAll, Strip

TUESDAY_TEN = 1_795_510_800
"""24 November 2026, 10:00 in Berlin (UTC epoch seconds)."""
ABOUT = appointment(
    TUESDAY_TEN,
    3,
    person_id=0,
    wishes=Wishes(language_help=True, adults=1, children=2, step_free=True, by_phone=True),
    status=Status.BOOKED,
    answer=Answer.COMING,
    seen_at=TUESDAY_TEN - 86_400,
    help_arranged=True,
)
SCREEN = Screen(
    (
        (say("staff.when", day=Day(TUESDAY_TEN), time=Time(TUESDAY_TEN)), Name("Rathaus")),
        (
            say("wishes.adults", n=Count(2)),
            Say("door.code", {"code": Code("K7PM")}, "de"),
            say("card.phone", phone=Phone("110")),
        ),
        (
            say("people.speaks", name=Name("Ada"), languages=Languages(("de", "ar"))),
            say("staff.topic", topic=CityText("topic.housing")),
            say("staff.no_longer_free", times=Times((TUESDAY_TEN, TUESDAY_TEN + 3600))),
            say("offices.speaks_yes", language=Language("ar")),
            say("offices.distance", name=Name("Rathaus"), distance=Kilometres(1.5)),
        ),
    ),
    (
        (Button(ShortDay(TUESDAY_TEN), "day:4:2026-11-24"),),
        (Button(say("card.map"), url="https://maps.example/"),),
    ),
    traceless=True,
)
SAMPLES: tuple[Payload, ...] = (
    LiveScreen(SCREEN),
    Text(SCREEN),
    Notice(
        NoticeKind.NOT_SEEN,
        ABOUT,
        was=TUESDAY_TEN - 3600,
        whose="Ada Adler",
        first_talk=True,
        if_unseen=StandIn.DEPUTY,
    ),
    Digest(
        (DigestEntry(ABOUT, "Ada Adler"), DigestEntry(ABOUT)),
        of_office=True,
        left_to_do=(DigestEntry(ABOUT, "Ada Adler", (Matter.NOT_SEEN, Matter.HELP_OPEN)),),
        link=ListsLink(7, TUESDAY_TEN - 86_400, TUESDAY_TEN),
    ),
    AccessMade(WayIn.CALENDAR),
    CalledOffNews(ABOUT, (Slot("busch", TUESDAY_TEN, TUESDAY_TEN + 1800, TUESDAY_TEN + 2400),)),
    PossibleAgainNews(ABOUT),
    HandedOverNews(ABOUT),
    HelpNews(ABOUT, arranged=False),
    NewTimeNews(ABOUT, was=TUESDAY_TEN - 3600),
    CancelledNews(ABOUT),
    AskedNews(ABOUT, (Slot("busch", TUESDAY_TEN, TUESDAY_TEN + 1800, TUESDAY_TEN + 2400),)),
    FreeTimeNews("busch"),
    Undelivered("office:hall"),
    Unattended("adler"),
    Orphaned(("busch", "hall")),
    UpdatesKept(WebhookFault.TAKEN),
    ClockWrong(),
    Reminder(3),
    Confirmation(3),
    Outdated(77, TUESDAY_TEN, "K7PM"),
    CalendarFile(12),
    Slip(12),
    DataExport(),
    Pin("hall"),
    AskLocation(),
    TakeKeyboard(),
    Delete(77),
    DeleteAll((77, 78)),
    Blank(77),
    Strip(77),
)
