"""The screens about one's own data: who answers for it, what is kept, how to be rid of it."""

from bot.conversation.content import CityText, Code, Fold, Line, Name, say
from bot.conversation.port import Port
from bot.conversation.screens.view import Key, View, column, ends
from bot.conversation.session import Session

PARTS: tuple[tuple[str, ...], ...] = (
    (
        "privacy.kept.title",
        "privacy.kept.chat",
        "privacy.kept.appointment",
        "privacy.kept.link",
    ),
    (
        "privacy.passing.title",
        "privacy.passing.messages",
        "privacy.passing.waiting",
        "privacy.passing.never",
    ),
    (
        "privacy.why.title",
        "privacy.why.purpose",
        "privacy.why.consent",
        "privacy.why.phone",
    ),
    (
        "privacy.who.title",
        "privacy.who.contact_person",
        "privacy.who.office",
        "privacy.who.telegram",
    ),
    (
        "privacy.rights.title",
        "privacy.rights.copy",
        "privacy.rights.delete",
        "privacy.rights.withdraw",
        "privacy.rights.complain",
    ),
)
"""The long text: a title each, and the lines below it, by their keys."""


def privacy(session: Session, port: Port) -> View:
    """The short text: who answers for the data; and everything a person may do."""
    withdraw = [Key(say("privacy.withdraw"), "withdraw")] if session.consent else []
    return View(
        ((say("privacy.title"),), _responsible(port), (say("privacy.short"),)),
        column(
            Key(say("privacy.more"), "more"),
            Key(say("privacy.export"), "export"),
            Key(say("privacy.clear"), "clear"),
            *withdraw,
            Key(say("privacy.delete"), "delete"),
        ),
    )


def privacy_more(session: Session, port: Port) -> View:
    """The long text, of which each part unfolds by itself; then whose names of places we use."""
    parts = tuple((say(title), Fold(tuple(map(say, lines)))) for title, *lines in PARTS)
    return View((*parts, *_credits(port)))


def delete(session: Session, port: Port) -> View:
    """What deleting means, before the second tap."""
    coming = (say("delete.appointments"),) if port.coming_appointments() else ()
    return View(
        (
            (say("delete.question"),),
            (*coming, say("delete.everything")),
            (say("delete.stays"),),
        ),
        column(
            ends(Key(say("delete.yes"), "delete_yes")),
            Key(say("delete.copy"), "export"),
        ),
    )


def withdraw(session: Session, port: Port) -> View:
    """What withdrawing the consent means; the same press does it as gave it."""
    coming = (say("withdraw.appointments"),) if port.coming_appointments() else ()
    return View(
        ((say("withdraw.question"), *coming), (say("delete.stays"),)),
        column(
            ends(Key(say("withdraw.yes"), "delete_yes")),
            Key(say("delete.copy"), "export"),
        ),
    )


def cleared(session: Session, port: Port) -> View:
    """What was cleared, and how to be rid of the rest."""
    return View(((say("cleared.done"),), (say("cleared.rest"),)))


def farewell(session: Session, port: Port) -> View:
    """The last message to somebody who has deleted everything."""
    again = say("farewell.again", command=Code("/start"))
    return View(((say("farewell.done"),), (say("farewell.rest"),), (again,)))


def _credits(port: Port) -> tuple[tuple[Line, ...], ...]:
    """A line for each licence that asks for it."""
    lines = tuple(
        say("privacy.credit", source=Name(credit.source), licence=Name(credit.licence))
        for credit in port.city.credits
    )
    return (lines,) if lines else ()


def _responsible(port: Port) -> tuple[Line, ...]:
    version = say("privacy.version", version=Name(port.city.notice_version))
    operator = port.city.operator
    if operator is None:
        return (say("privacy.example"), version)
    return (
        say("privacy.controller", name=Name(operator.controller)),
        say("privacy.officer", name=Name(operator.data_protection_officer)),
        say("privacy.authority", name=Name(operator.supervisory_authority)),
        say("privacy.basis", name=CityText("legal_basis")),
        version,
    )
