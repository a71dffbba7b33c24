"""What is said to case managers by mail and in their calendars: in German, the offices' language.

What a notice tells stands in the catalogues, since the chat says it too; here are the words that
only a mail or a calendar needs.
"""

from enum import StrEnum

from bot.domain.staffing import StandIn
from bot.messages.notices import NoticeKind

LANGUAGE = "de"
TITLE = "KIM-Termin {code}"
CALENDAR_NAME = "KIM-Termine"
TALKS = {True: "Erstgespräch", False: "Folgegespräch"}
"""By whether it is the first talk with somebody."""
NOT_BY_DECLINING = "Ablehnen in Outlook erfährt niemand."
CANNOT_COME_HERE = "Wenn Sie nicht können, nehmen Sie bitte diesen Link"


class Action(StrEnum):
    """What a link in a mail opens; the page behind it asks before anything happens."""

    HELP = "help"
    SEEN = "seen"
    OPEN = "open"
    DAY = "day"
    CANNOT = "cannot"


CANCELLED = "Die ratsuchende Person hat abgesagt. Die Zeit ist wieder frei. Sie müssen nichts tun."
CALLED_OFF = "Das Büro hat abgesagt. Ob die Person es weiß, steht beim Termin."
REMOVED = "In Outlook genügt „Aus Kalender entfernen“."
ACCESS_MADE = "neuer Zugang"
ABOUT_DIGEST = "Diese Mail kommt nur an Tagen, an denen es etwas gibt."

SUBJECTS = {
    NoticeKind.BOOKED: "neu",
    NoticeKind.MOVED: "neue Zeit",
    NoticeKind.CANCELLED: "abgesagt",
    NoticeKind.CANCELLED_FOR_CLIENT: "abgesagt",
    NoticeKind.CALLED_OFF: "vom Büro abgesagt",
    NoticeKind.WISHES: "andere Wünsche",
    NoticeKind.LATE: "kommt später",
    NoticeKind.ELSEWHERE: "steht woanders",
    NoticeKind.TIME_KEPT: "Zeit bleibt",
    NoticeKind.TIME_CHOSEN: "andere Zeit gewählt",
    NoticeKind.NOT_SEEN: "noch nicht gesehen",
    NoticeKind.LANGUAGE_HELP: "bitte noch klären",
    NoticeKind.NOT_REACHED: "nicht erreicht",
    NoticeKind.UNTOLD: "abgesagt, aber nicht erreicht",
}

LABELS = {
    Action.HELP: "Sprachhilfe: ja oder nein",
    Action.SEEN: "Gesehen",
    Action.OPEN: "Termin öffnen",
    Action.DAY: "Tagesliste öffnen",
    Action.CANNOT: "Ich kann nicht",
}

EXPLAINED = {
    NoticeKind.BOOKED: "Bitte bestätigen Sie kurz mit „Gesehen“.",
    NoticeKind.MOVED: "Die alte Zeit gilt nicht mehr. Bitte bestätigen Sie kurz mit „Gesehen“.",
    NoticeKind.CANCELLED: CANCELLED,
    NoticeKind.CANCELLED_FOR_CLIENT: CANCELLED,
    NoticeKind.CALLED_OFF: CALLED_OFF,
    NoticeKind.WISHES: "Die Zeit bleibt. Was gewünscht ist, steht oben.",
    NoticeKind.LATE: "Die ratsuchende Person ist unterwegs. Bitte warten Sie noch etwas.",
    NoticeKind.ELSEWHERE: "Die ratsuchende Person steht bei einem anderen Büro. Bitte sagen Sie"
    " ihr, wie sie zu Ihnen kommt, oder vereinbaren Sie eine andere Zeit.",
    NoticeKind.TIME_KEPT: "Die ratsuchende Person wurde nach einer anderen Zeit gefragt und möchte"
    " ihren Termin behalten. Er gilt wie bisher.",
    NoticeKind.TIME_CHOSEN: "Sie hatten nach einer anderen Zeit gefragt, und die ratsuchende Person"
    " hat gewählt. Der Termin gilt so, wie er oben steht.",
    NoticeKind.NOT_SEEN: "Diese Buchung hat noch niemand bestätigt. Sie bekommen die Mail als"
    " Vertretung oder für das Büro. Bitte sorgen Sie dafür, dass jemand Bescheid weiß.",
    NoticeKind.LANGUAGE_HELP: "Die ratsuchende Person wünscht sich Hilfe mit der Sprache. Es ist"
    " noch nicht eingetragen, ob jemand kommt. Wen wir im Chat erreichen, der erfährt Ihre Antwort"
    " sofort.",
    NoticeKind.NOT_REACHED: "Im Chat erreichen wir die ratsuchende Person nicht, einen anderen"
    " Kontakt haben wir nicht. Vielleicht kommt sie trotzdem: Der Empfang muss es wissen.",
    NoticeKind.UNTOLD: "Der Termin ist abgesagt, und die ratsuchende Person weiß es nicht: Im Chat"
    " erreichen wir sie nicht. Vielleicht steht sie zur alten Zeit an der Tür: Der Empfang muss es"
    " wissen.",
}

IF_UNSEEN = {
    StandIn.DEPUTY: "Sonst fragen wir nach einer Weile bei Ihrer Vertretung nach.",
    StandIn.OFFICE: "Sonst fragen wir nach einer Weile in Ihrem Büro nach.",
}
"""What becomes of a booking nobody has seen, by who is asked then."""

IN_YOUR_CALENDAR = {
    NoticeKind.BOOKED: "Der Termin kommt als Kalendereintrag mit. Sie müssen nichts zusagen.",
    NoticeKind.MOVED: "Ihr Kalendereintrag rückt auf die neue Zeit. Sie müssen nichts zusagen.",
    NoticeKind.CANCELLED: REMOVED,
    NoticeKind.CANCELLED_FOR_CLIENT: REMOVED,
    NoticeKind.CALLED_OFF: REMOVED,
}

GREETING = "Guten Tag,"
MORNING_GREETING = "Guten Morgen,"
FOOTER = "Diese Mail schreibt ein Programm. Antworten liest niemand."
ABOUT_LINKS = "Bitte leiten Sie sie nicht weiter: Wer die Links hat, kann den Termin ändern."
ABOUT_LISTS = "Bitte leiten Sie sie nicht weiter: Wer den Link hat, kann die Termine ändern."
