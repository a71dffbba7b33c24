"""Every page of the staff with facts as full, as long and as empty as they come."""

from dataclasses import replace

from bot.app import LOCALES
from bot.city.load import load
from bot.conversation import staff_lines
from bot.conversation.content import say
from bot.domain.appointment_view import Mark
from bot.domain.lifecycle import Act
from bot.rendering import catalogues
from bot.rendering.text import Writer
from bot.web.form_facts import (
    AnotherTimeFacts,
    AskingFacts,
    BookingDayFacts,
    BookingFacts,
    DayChoices,
    Entered,
)
from bot.web.page_facts import (
    ActButton,
    AppointmentFacts,
    Choice,
    ClosingFacts,
    ConfirmFacts,
    DayList,
    DeskFacts,
    DoneFacts,
    FormTarget,
    Happening,
    ListEntry,
    News,
    PageAct,
    PageLink,
    PersonFacts,
)
from bot.web.page_html import (
    another_time_page,
    appointment_page,
    asking_page,
    booking_day_page,
    booking_page,
    confirm_page,
    desk_page,
    done_page,
    gone_page,
    person_page,
)

PAGE = "/page/abc"
POST = FormTarget(PAGE, "q1w2e3")
NOT_REACHED = (
    "Im Chat nicht erreicht. Einen anderen Kontakt haben wir nicht."
    " Vielleicht kommt die Person trotzdem: Bitte sagen Sie am Empfang Bescheid."
)


TEXTS = catalogues.load(LOCALES, ("de",), ("de",))
"""What the pages say around their facts."""


def buttons(*acts: Act) -> tuple[ActButton, ...]:
    """The buttons of these acts, with the words the staff read."""
    words = Writer(TEXTS, load("herne"), "de", html=False)
    return tuple(ActButton(act, words.value(say(staff_lines.LABELS[act]))) for act in acts)


APPOINTMENT = AppointmentFacts(
    code="K7PM",
    day="Mittwoch, 4. Februar 2026",
    time="10:00",
    until="10:45",
    language="Arabisch",
    post_to=POST,
    sequence="2",
    overview="/page/me",
    acts=buttons(Act.SEE, Act.ARRANGE_HELP, Act.REFUSE_HELP, Act.CALL_OFF, Act.CAME, Act.MISSED),
    for_client=buttons(Act.NOTE_LATE, Act.NOTE_ELSEWHERE, Act.CANCEL_FOR_CLIENT),
    another_time="/page/abc/another-time",
    asking="/page/abc/ask",
    matters=(
        News("Liegt außerhalb der Sprechzeiten", Mark.ATTENTION, "⚠️"),
        News("Sprachhilfe: noch offen, der Termin ist bald", Mark.ATTENTION, "💬"),
    ),
    case_manager="Alexandru Dan Beispielmann",
    reached=True,
    wishes=(
        "Braucht Sprachhilfe",
        "1 erwachsene Person kommt mit",
        "Braucht einen Eingang ohne Stufen",
    ),
    call="Die Person ruft an: 02323 16-4712 – Telefon von Maria-Magdalena Musterfrau",
    slip="/page/slip",
    topic="Wohnen",
    news=(
        News("Die Person kennt die Zeit seit Montag, 2. Februar, 09:12 Uhr", Mark.GOOD, "📨"),
        News("Noch nicht gesehen", Mark.WAITING, "🔔"),
        News(NOT_REACHED, Mark.ATTENTION, "⚠️"),
    ),
    history=(
        Happening("Montag, 2. Februar, 09:12 Uhr", "Gebucht", "Ratsuchende Person"),
        Happening("Dienstag, 3. Februar, 11:00 Uhr", "Gesehen", "Maria-Magdalena Musterfrau"),
    ),
)
OVER = AppointmentFacts(
    code="B2CD",
    day="Montag, 2. Februar 2026",
    time="14:00",
    until="14:45",
    language="Ukrainisch",
    post_to=POST,
    overview="/page/me",
    acts=buttons(Act.UNDO),
    for_client=(),
    another_time="",
    asking="",
    matters=(),
    reached=True,
    talk="Folgegespräch",
    news=(
        News("war da", Mark.GOOD, "✔️"),
        News("Gesehen: Freitag, 30. Januar, 08:05 Uhr", Mark.GOOD, "👁️"),
    ),
)
CAME = (News("war da", Mark.GOOD, "✔️"),)
MISSED = (News("kam nicht", Mark.OFF, "✖️"),)
CALLED_OFF = (News("Vom Büro abgesagt", Mark.OFF, "❌"),)
ENTRIES = (
    ListEntry("09:00", "B2CD", "Ukrainisch", "/page/1", (), CAME, "Maria-Magdalena Musterfrau"),
    ListEntry(
        *("10:00", "K7PM", "Arabisch", "/page/2"),
        ("Braucht Sprachhilfe", "2 Kinder kommen mit", "Braucht einen Eingang ohne Stufen"),
        (
            News("Noch nicht gesehen", Mark.WAITING, "🔔"),
            News("Im Chat nicht erreicht", Mark.ATTENTION, "⚠️"),
        ),
        "Alexandru Dan Beispielmann",
    ),
    ListEntry("11:00", "X9RT", "Französisch", "/page/3", (), MISSED, "Team Mitte 2"),
    ListEntry("14:00", "Q4VW", "Deutsch", "/page/4", (), CALLED_OFF, "Team Mitte 2"),
)
CLOSING = ClosingFacts(
    first_day="2026-02-04",
    last_day="2026-05-04",
    post_to=POST,
    hours=tuple(Choice(str(hour), f"{hour:02}:00 Uhr") for hour in range(8, 18)),
    ends=tuple(Choice(str(hour), f"{hour:02}:00 Uhr") for hour in range(9, 19)),
    closed=(
        Choice("1", "Donnerstag, 12. Februar, 09:00 bis 10:00 Uhr"),
        Choice("2", "16. bis 20. Februar"),
    ),
)
MATTERS = (
    ListEntry(
        *("Mittwoch, 4. Februar, 10:00 Uhr", "K7PM", "Arabisch", "/page/2"),
        news=(News("Nachricht kam nicht an", Mark.ATTENTION, "⚠️"),),
    ),
    ListEntry(
        *("Donnerstag, 12. Februar, 09:00 Uhr", "X9RT", "Ukrainisch", "/page/3"),
        news=(
            News("Abgesagt, noch keine andere Zeit", Mark.ATTENTION, "⚠️"),
            News("Vom Büro abgesagt", Mark.OFF, "❌"),
        ),
        case_manager="Alexandru Dan Beispielmann",
    ),
)
PERSON = PersonFacts(
    name="Maria-Magdalena Musterfrau",
    matters=MATTERS,
    today=DayList("Heute, Mittwoch, 4. Februar", ENTRIES),
    tomorrow=DayList("Morgen, Donnerstag, 5. Februar", ()),
    later=(DayList("Freitag, 6. Februar", ENTRIES[1:2]),),
    past=(DayList("Dienstag, 3. Februar", ENTRIES[:3]),),
    page=PAGE,
    post_to=POST,
    booking="/page/book",
    closing=CLOSING,
    problem="Am 12. Februar um 09:00 Uhr ist schon ein Termin. Bitte sagen Sie ihn zuerst ab.",
)
ENTERED = Entered(
    "one-of-a-kind", "uk", "2", language_help=True, step_free=True, adults="1", children="2"
)
BOOKING_DAY = BookingDayFacts(
    days=tuple(
        PageLink(f"{name}, {number}. Februar", f"/page/book?day=2026-02-{number:02}&language=uk")
        for number, name in ((6, "Freitag"), (9, "Montag"), (10, "Dienstag"), (12, "Donnerstag"))
    ),
    overview="/page/me",
)
BOOKING = BookingFacts(
    day="2026-02-06",
    heading="Freitag, 6. Februar",
    times=(Choice("1", "09:00"), Choice("3", "10:00, Maria-Magdalena Musterfrau")),
    languages=(Choice("ar", "Arabisch"), Choice("de", "Deutsch"), Choice("uk", "Ukrainisch")),
    entered=ENTERED,
    most=5,
    post_to=POST,
    overview="/page/me",
    by_phone=True,
    problem="Diese Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere.",
)
DESK = DeskFacts(
    office="Arbeiterwohlfahrt Unterbezirk Musterland-Mitte, Lange Straße 2",
    matters=MATTERS,
    day=DayList("Mittwoch, 4. Februar 2026", ENTRIES),
    previous=PageLink("Vorher: Dienstag, 3. Februar", "/desk/1"),
    today="/desk",
    following=PageLink("Danach: Donnerstag, 5. Februar", "/desk/2"),
    coming=(PageLink("Mittwoch, 4. Februar", "/desk/3"), PageLink("Montag, 9. Februar", "/desk/4")),
    past=(PageLink("Dienstag, 3. Februar", "/desk/5"),),
    booking="/desk/book",
    closing=replace(
        CLOSING,
        team=(Choice("a", "Maria-Magdalena Musterfrau"), Choice("b", "Alexandru Dan Beispielmann")),
        closed=(Choice("3", "Maria-Magdalena Musterfrau, Montag, 16. bis Freitag, 20. Februar"),),
    ),
    printed="Stand: 4. Februar 2026, 07:30 Uhr.",
)
DESK_OF_A_FULL_DAY = replace(DESK, day=DayList(DESK.day.heading, ENTRIES * 5))
ANOTHER_DAY = AnotherTimeFacts(
    what="Mittwoch, 4. Februar, 10:00 Uhr, Termin K7PM",
    days=BOOKING_DAY.days,
    heading="",
    times=(),
    sequence="0",
    post_to=FormTarget("/page/abc/another-time"),
    back=PAGE,
)
ANOTHER_TIME = replace(
    ANOTHER_DAY,
    days=(),
    heading="Freitag, 6. Februar",
    times=BOOKING.times,
    problem="Diese Zeit geht nicht mehr. Bitte wählen Sie eine andere.",
)
ASKING = AskingFacts(
    what="Mittwoch, 4. Februar, 10:00 Uhr, Termin K7PM",
    days=(
        DayChoices("Freitag, 6. Februar", BOOKING.times),
        DayChoices("Montag, 9. Februar", (Choice("5", "11:00"),)),
    ),
    fields=(Choice("time1", "3"), Choice("time2", ""), Choice("time3", "5")),
    sequence="0",
    post_to=FormTarget("/page/abc/ask"),
    back=PAGE,
    problem="Eine dieser Zeiten geht nicht mehr. Bitte wählen Sie noch einmal.",
)
DONE = DoneFacts(
    "Erledigt",
    "Termin K7PM: Die Person war da.",
    (PageLink("Zum Termin K7PM", "/page/2"), PageLink("Alle meine Termine", "/page/me")),
    undo_at=POST,
)
CONFIRM = ConfirmFacts(
    "Wirklich sperren?",
    "16. bis 20. Februar: Da sind 3 Termine gebucht. Wenn Sie sperren, sagen wir ab."
    " Alle bekommen bis zu drei andere Zeiten.",
    "Sperren und absagen",
    PageAct.AWAY,
    (Choice("from", "2026-02-16"), Choice("until", "2026-02-20"), Choice("confirmed", "yes")),
    POST,
    "/page/me",
    ("Nicht mehr buchbar: 13:30, 14:30", "Montag, 16. Februar, 10:00 Uhr, Termin K7PM"),
)
PAGES = {
    "appointment": appointment_page(APPOINTMENT, TEXTS),
    "appointment over": appointment_page(OVER, TEXTS),
    "appointment of somebody not reached": appointment_page(
        replace(APPOINTMENT, reached=False), TEXTS
    ),
    "another day": another_time_page(ANOTHER_DAY, TEXTS),
    "another time": another_time_page(ANOTHER_TIME, TEXTS),
    "asking": asking_page(ASKING, TEXTS),
    "asking, nothing free": asking_page(replace(ASKING, days=(), problem=""), TEXTS),
    "person": person_page(PERSON, TEXTS),
    "booking: day": booking_day_page(BOOKING_DAY, TEXTS),
    "booking: time": booking_page(BOOKING, TEXTS),
    "desk": desk_page(DESK, TEXTS),
    "desk with a problem": desk_page(
        replace(DESK, problem="Bitte wählen Sie, wer nicht da ist."), TEXTS
    ),
    "confirm": confirm_page(CONFIRM, TEXTS),
    "done": done_page(DONE, TEXTS),
    "gone": gone_page(TEXTS),
}
