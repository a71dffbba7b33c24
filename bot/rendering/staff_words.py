"""What is said to case managers by mail and in their calendars: in German, the offices' language.

What a notice tells stands in the catalogues, since the chat says it too; here are the words that
only a mail or a calendar needs.
"""

from enum import StrEnum

from bot.domain.staffing import CASE_MANAGER, OFFICE

LANGUAGE = "de"
TITLE = "KIM-Termin {code}"
CALENDAR_NAME = "KIM-Termine"
FIRST_TALK = "Erstgespräch"
FOLLOW_UP = "Folgegespräch"
NOT_BY_DECLINING = "Ablehnen in Outlook erfährt niemand."
CANNOT_COME_HERE = "Wenn Sie nicht können, nehmen Sie bitte diesen Link"


class Kind(StrEnum):
    """What a mail to a case manager is about."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    NOT_SEEN = "not_seen"
    LANGUAGE_HELP = "language_help"
    NOT_REACHED = "not_reached"
    DIGEST = "digest"


class Action(StrEnum):
    """What a link in a mail opens; the page behind it asks before anything happens."""

    HELP = "help"
    SEEN = "seen"
    OPEN = "open"
    DAY = "day"
    CANNOT = "cannot"


SUBJECTS = {
    Kind.BOOKED: "neu",
    Kind.CHANGED: "neue Zeit",
    Kind.CANCELLED: "abgesagt",
    Kind.NOT_SEEN: "noch nicht gesehen",
    Kind.LANGUAGE_HELP: "bitte noch klären",
    Kind.NOT_REACHED: "nicht erreicht",
}

LABELS = {
    Action.HELP: "Sprachhilfe: ja oder nein",
    Action.SEEN: "Gesehen",
    Action.OPEN: "Termin öffnen",
    Action.DAY: "Tagesliste öffnen",
    Action.CANNOT: "Ich kann nicht",
}

EXPLAINED = {
    Kind.BOOKED: "Bitte bestätigen Sie kurz mit „Gesehen“.",
    Kind.CHANGED: "Die alte Zeit gilt nicht mehr. Bitte bestätigen Sie kurz mit „Gesehen“.",
    Kind.CANCELLED: "Der Termin findet nicht statt. Sie müssen nichts tun.",
    Kind.NOT_SEEN: "Diese Buchung hat noch niemand bestätigt. Sie bekommen die Mail als Vertretung"
    " oder für das Büro. Bitte sorgen Sie dafür, dass jemand Bescheid weiß.",
    Kind.LANGUAGE_HELP: "Die ratsuchende Person wünscht sich Hilfe mit der Sprache. Es ist noch"
    " nicht eingetragen, ob jemand kommt. Wen wir im Chat erreichen, der erfährt Ihre Antwort"
    " sofort.",
    Kind.NOT_REACHED: "Unsere Nachricht an die ratsuchende Person kam nicht an.",
    Kind.DIGEST: "Diese Mail kommt nur an Tagen, an denen es etwas gibt.",
}

IF_UNSEEN = {
    CASE_MANAGER: "Sonst fragen wir nach einer Weile bei Ihrer Vertretung nach.",
    OFFICE: "Sonst fragen wir nach einer Weile in Ihrem Büro nach.",
}
"""What becomes of a booking nobody has seen, by whose the mailbox is that hears of it."""

IN_YOUR_CALENDAR = {
    Kind.BOOKED: "Der Termin kommt als Kalendereintrag mit. Sie müssen nichts zusagen.",
    Kind.CHANGED: "Ihr Kalendereintrag rückt auf die neue Zeit. Sie müssen nichts zusagen.",
    Kind.CANCELLED: "In Outlook genügt „Aus Kalender entfernen“.",
}

GREETING = "Guten Tag,"
MORNING_GREETING = "Guten Morgen,"
FOOTER = "Diese Mail schreibt ein Programm. Antworten liest niemand."
ABOUT_LINKS = "Bitte leiten Sie sie nicht weiter: Wer die Links hat, kann den Termin ändern."
ABOUT_LISTS = "Bitte leiten Sie sie nicht weiter: Wer den Link hat, kann die Termine ändern."
