"""What the page of one appointment shows, and what can be done there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.conversation import staff_lines
from bot.conversation.content import CityText
from bot.conversation.history_lines import HistoryLine
from bot.conversation.staff_lines import FOR_CLIENT, GIVING, WITH_TIMES
from bot.domain import local_time
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act
from bot.rendering.text import Writer
from bot.web import words
from bot.web.page_facts import ActButton, AppointmentFacts, FormTarget


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the page's forms and links lead; empty where there is no overview, or no slip."""

    page: FormTarget
    overview: str
    another_time: str
    asking: str
    slip: str


def appointment_facts(
    view: AppointmentView, history: Sequence[HistoryLine], writer: Writer, now: int, paths: Paths
) -> AppointmentFacts:
    """The facts of an appointment at `now` (UTC epoch seconds)."""
    about, city = view.about, writer.city
    day = local_time.local_day(about.start, city.rules.time_zone)
    return AppointmentFacts(
        code=about.code,
        day=words.day_and_year(day, writer),
        time=words.clock(about.start, writer),
        until=words.clock(about.end, writer),
        language=words.language(about.language, writer),
        post_to=paths.page,
        overview=paths.overview,
        acts=_buttons(view, writer, staff_lines.LABELS.keys() - {*FOR_CLIENT, *WITH_TIMES}),
        for_client=_buttons(view, writer, {*FOR_CLIENT} - GIVING),
        another_time=paths.another_time if view.acts & GIVING else "",
        asking=paths.asking if Act.ASK_TIME in view.acts else "",
        matters=tuple(words.news(each, writer) for each in staff_lines.matters(view)),
        sequence=str(about.sequence),
        case_manager=staff_lines.whose(view, city) or "",
        reached=view.delivery.reached,
        wishes=words.wishes(about, writer),
        talk=words.kind_of_talk(view.first_talk, writer),
        call=words.call(about, writer),
        topic=writer.value(CityText(f"topic.{view.topic}"))
        if view.topic and paths.overview
        else "",
        slip=paths.slip,
        news=tuple(words.news(each, writer) for each in staff_lines.standing(view, now)),
        history=tuple(words.happening(each, writer) for each in history),
    )


def _buttons(view: AppointmentView, writer: Writer, some: Collection[Act]) -> tuple[ActButton, ...]:
    shown = view.acts & {*some}
    return tuple(_button(act, view, writer) for act in staff_lines.LABELS if act in shown)


def _button(act: Act, view: AppointmentView, writer: Writer) -> ActButton:
    return ActButton(act, writer.value(staff_lines.label(act, view)))
