"""What the page of one appointment shows, and what can be done there, from one transaction."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain import local_time
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Status
from bot.domain.city import City
from bot.domain.delivery_status import Delivery
from bot.services.staff_service import StaffService
from bot.storage.records import appointments
from bot.web import page_facts, words
from bot.web.page_facts import Act, AppointmentFacts, LanguageHelp, Mark, News

NOT_REACHED = (
    "Per Chat nicht erreicht. Wir haben keinen anderen Kontakt. "
    f"Die Person kann trotzdem kommen: {words.DESK_MUST_KNOW}"
)
ON_PAPER = "Ohne Telegram gebucht: Bitte geben Sie den Zettel mit. Erinnern können wir nicht."


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the page's forms and links lead; `slip` is empty where there is none."""

    page: str
    overview: str
    slip: str


def visit_facts(service: StaffService, about: Appointment, paths: Paths) -> AppointmentFacts:
    """The facts of an appointment that the desk has given out."""
    city, now, actor, wishes = service.city, service.now, service.actor, about.wishes
    day = local_time.local_day(about.start, city.rules.time_zone)
    delivery, waiting = service.delivery(about.id), service.on_paper(about.id)
    return AppointmentFacts(
        code=about.code,
        weekday=words.weekday(day),
        date=words.full_day(day),
        time=words.clock(about.start, city),
        until=words.clock(about.end, city),
        language=words.language(about.language),
        status=page_facts.Status(about.status),
        post_to=paths.page,
        overview=paths.overview,
        acts=open_acts(about, now),
        reached=delivery is not None and delivery.reached,
        language_help=_language_help(about),
        adults=wishes.adults,
        children=wishes.children,
        step_free=wishes.step_free,
        by_phone=wishes.by_phone,
        first_talk=appointments.is_first_talk(service.tx, about),
        topic=_topic(about, actor, city),
        slip=paths.slip,
        seen=_seen(about, actor, city),
        news=tuple(_news(delivery, about, city, now, waiting=waiting)) if delivery else (),
    )


def open_acts(about: Appointment, now: int) -> frozenset[Act]:
    """What can be done about an appointment at this moment."""
    if about.status in (Status.CAME, Status.MISSED):
        return frozenset({Act.UNDO})
    if about.status is not Status.BOOKED:
        return frozenset()
    if about.start <= now:
        return frozenset({Act.CAME, Act.MISSED})
    acts = {Act.OFFER} | (set() if about.seen_at else {Act.SEEN})
    if about.wishes.language_help:
        acts |= set() if about.help_arranged is True else {Act.ARRANGED}
        acts |= set() if about.help_arranged is False else {Act.NOT_ARRANGED}
    return frozenset(acts)


def _language_help(about: Appointment) -> LanguageHelp:
    if not about.wishes.language_help:
        return LanguageHelp.NOT_WISHED
    if about.help_arranged is None:
        return LanguageHelp.OPEN
    return LanguageHelp.ARRANGED if about.help_arranged else LanguageHelp.NOT_ARRANGED


def _topic(about: Appointment, actor: Actor, city: City) -> str:
    """What it is about, for case managers only: who opens the door need not know."""
    if about.wishes.topic is None or actor.role is not Role.CASE_MANAGER:
        return ""
    named = f"topic.{about.wishes.topic}"
    return city.text("de", named) or ""


def _seen(about: Appointment, actor: Actor, city: City) -> str:
    if about.seen_at is None:
        return ""
    by = "Von Ihnen" if actor.case_manager_id == about.case_manager_id else "Im Büro"
    return f"{by} gesehen am {words.moment(about.seen_at, city)}."


def _news(
    delivery: Delivery, about: Appointment, city: City, now: int, *, waiting: bool
) -> Iterator[News]:
    gone = about.status is Status.CANCELLED
    what = "Von der Absage" if gone else "Von dieser Zeit"
    if delivery.told_at is not None:
        at = words.moment(delivery.told_at, city)
        yield News(f"{what} weiß die Person seit {at}.", Mark.GOOD)
    elif delivery.reached:
        yield News(f"{what} weiß die Person noch nicht: Die Nachricht geht hinaus.", Mark.WAITING)
    if delivery.reminded_at is not None:
        yield News(f"Erinnert am {words.moment(delivery.reminded_at, city)}.", Mark.GOOD)
    if delivery.answered:
        yield News("Die Person hat geantwortet: Sie kommt.", Mark.GOOD)
    if waiting:
        yield News(ON_PAPER, Mark.WAITING)
    elif not delivery.reached and about.end > now:
        yield News(NOT_REACHED, Mark.ATTENTION)
    if delivery.failed:
        yield News("Eine Nachricht dazu an Sie kam nicht an.", Mark.ATTENTION)
