"""The ways of clients, but for those to a time and to their own appointments."""

from beginnings import (
    client,
    newcomer,
    sent_to_ada,
    sent_to_the_hall,
    stranger,
    with_one,
    with_two,
)
from beginnings_of_staff import ada
from chat_in_memory import Chat
from meanwhile import blocked, new_notice, now_tied, paused, two_booked
from town_in_memory import CITY
from ways import Way

from bot.conversation.outcome import SendDataExport, SendPin
from bot.conversation.session import Session


def agreed_elsewhere() -> Chat:
    """Who agreed once and is asked for a language again."""
    return Chat(session=Session(None, CITY.notice_version, ("language",)))


ENTRY = (
    Way("language:de", "language", "notice", stranger),
    Way("language:en", "language", "menu", agreed_elsewhere),
    Way("language:en", "language", "staff_menu", stranger, meanwhile=now_tied),
    Way("language:de", "language", "directory", client, "directory settings"),
    Way("settings", "menu", "language", client),
    Way("emergency", "directory", "emergency", client, "directory"),
    Way("back", "emergency", "card", client, "directory card:hall emergency"),
    Way("menu", "card", "menu", client, "directory card:hall"),
    Way("menu", "today", "staff_menu", ada, "today"),
    Way("agree", "notice", "menu", newcomer),
    Way("decline", "notice", "directory", newcomer),
    Way("directory", "menu", "directory", client),
    Way("card:library", "directory", "card", client, "directory"),
    Way("pin", "card", "card", client, "directory card:hall", sends=(SendPin("hall"),)),
    Way("pin", "people", "people", client, "directory card office", sends=(SendPin("hall"),)),
    Way("pin", "appointment", "appointment", with_one, "mine details", sends=(SendPin("hall"),)),
)
BOOK = (
    Way("book", "menu", "place", client),
    Way("book", "menu", "people", sent_to_the_hall, told=("referral.office",)),
    Way("book", "menu", "days", sent_to_ada, told=("referral.person",)),
    Way("others", "people", "place", sent_to_the_hall, "book"),
    Way("book", "menu", "mine", with_two, told=("refused.too_many",)),
    Way("book", "menu", "notice", client, meanwhile=new_notice),
    Way("book", "menu", "directory", client, meanwhile=paused, told=("refused.paused",)),
    Way("book", "menu", "directory", client, meanwhile=blocked, told=("refused.blocked",)),
    Way("book", "mine", "place", with_one, "mine"),
    Way("book", "mine", "mine", client, "mine", two_booked, ("refused.too_many",)),
    Way("book", "mine", "notice", with_one, "mine", new_notice),
    Way("book", "mine", "directory", with_one, "mine", paused, ("refused.paused",)),
)
RIGHTS = (
    Way("privacy", "notice", "privacy", newcomer),
    Way("privacy", "language", "privacy", client, "settings"),
    Way("more", "privacy", "privacy_more", newcomer, "privacy"),
    Way(
        *("export", "privacy", "privacy", newcomer, "privacy"),
        told=("data_export.sent",),
        sends=(SendDataExport(),),
    ),
    Way(
        *("export", "delete", "delete", client, "settings privacy delete"),
        told=("data_export.sent",),
        sends=(SendDataExport(),),
    ),
    Way("clear", "privacy", "cleared", client, "settings privacy"),
    Way("withdraw", "privacy", "withdraw", client, "settings privacy"),
    Way("delete", "privacy", "delete", newcomer, "privacy"),
    Way("delete_yes", "delete", "farewell", with_one, "settings privacy delete"),
    Way("delete_yes", "withdraw", "farewell", with_one, "settings privacy withdraw"),
    Way(
        *("export", "withdraw", "withdraw", client, "settings privacy withdraw"),
        told=("data_export.sent",),
        sends=(SendDataExport(),),
    ),
    Way("reminder_details:1", "language", "language", client, "settings"),
)
WAYS_OF_CLIENTS = (*ENTRY, *BOOK, *RIGHTS)
