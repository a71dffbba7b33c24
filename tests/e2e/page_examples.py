"""Every page of the staff with facts as full, as long and as empty as they come."""

from dataclasses import replace

from bot.web.page_facts import (
    Act,
    AppointmentFacts,
    BookingFacts,
    Choice,
    ClosingFacts,
    ConfirmFacts,
    DayList,
    DeskFacts,
    DoneFacts,
    Entry,
    FreeDay,
    LanguageHelp,
    Link,
    Mark,
    News,
    PersonFacts,
    Status,
)
from bot.web.pages import (
    appointment_page,
    booking_page,
    confirm_page,
    desk_page,
    done_page,
    gone_page,
    person_page,
)

POST = "/page/abc"
NOT_REACHED = (
    "Per Chat nicht erreicht. Wir haben keinen anderen Kontakt. "
    "Die Person kann trotzdem kommen: Der Empfang muss es wissen."
)
APPOINTMENT = AppointmentFacts(
    code="K7PM",
    weekday="Mittwoch",
    date="4. Februar 2026",
    time="10:00",
    until="10:45",
    language="Arabisch",
    status=Status.BOOKED,
    post_to=POST,
    overview="/page/me",
    acts=frozenset(
        {Act.SEEN, Act.OFFER, Act.CAME, Act.MISSED, Act.ARRANGED, Act.NOT_ARRANGED},
    ),
    reached=True,
    language_help=LanguageHelp.OPEN,
    adults=1,
    children=2,
    step_free=True,
    by_phone=True,
    slip="/page/slip",
    topic="Wohnen",
    news=(
        News("Gebucht und bestätigt am Montag, 2. Februar, 9:12 Uhr.", Mark.GOOD),
        News("Die Erinnerung geht am Dienstag um 10:00 Uhr hinaus.", Mark.WAITING),
        News(NOT_REACHED, Mark.ATTENTION),
    ),
)
OVER = AppointmentFacts(
    code="B2CD",
    weekday="Montag",
    date="2. Februar 2026",
    time="14:00",
    until="14:45",
    language="Ukrainisch",
    status=Status.CAME,
    post_to=POST,
    overview="/page/me",
    acts=frozenset({Act.UNDO}),
    reached=True,
    first_talk=False,
    seen="Von Ihnen gesehen am Freitag, 30. Januar, 8:05 Uhr.",
    news=(News("Erinnert am Sonntag um 14:00 Uhr.", Mark.GOOD),),
)
ENTRIES = (
    Entry(
        "09:00", "B2CD", "Ukrainisch", Status.CAME, "/page/1", (), (), "Maria-Magdalena Musterfrau"
    ),
    Entry(
        *("10:00", "K7PM", "Arabisch", Status.BOOKED, "/page/2"),
        ("Hilfe mit der Sprache", "1 Erwachsene, 2 Kinder", "Eingang ohne Stufen"),
        (
            News("Noch nicht gesehen", Mark.WAITING),
            News("Per Chat nicht erreicht", Mark.ATTENTION),
        ),
        "Alexandru Dan Beispielmann",
    ),
    Entry("11:00", "X9RT", "Französisch", Status.MISSED, "/page/3", (), (), "Team Mitte 2"),
    Entry("14:00", "Q4VW", "Deutsch", Status.CANCELLED, "/page/4", (), (), "Team Mitte 2"),
)
CLOSING = ClosingFacts(
    first_day="2026-02-04",
    last_day="2026-05-04",
    post_to=POST,
    hours=tuple(Choice(str(hour), f"{hour:02}:00 Uhr") for hour in range(8, 18)),
    closed=(
        Choice("1", "Donnerstag, 12. Februar, 9:00 bis 10:00 Uhr"),
        Choice("2", "16. bis 20. Februar"),
    ),
)
PERSON = PersonFacts(
    name="Maria-Magdalena Musterfrau",
    today=DayList("Heute, Mittwoch, 4. Februar", ENTRIES),
    tomorrow=DayList("Morgen, Donnerstag, 5. Februar", ()),
    week=(DayList("Freitag, 6. Februar", ENTRIES[1:2]),),
    post_to=POST,
    booking="/page/book",
    closing=CLOSING,
    news=(News("Die Mail zu Termin K7PM kam nicht an.", Mark.ATTENTION),),
    problem="Am 12. Februar um 9:00 Uhr ist schon ein Termin. Bitte sagen Sie ihn zuerst ab.",
)
BOOKING = BookingFacts(
    days=(
        FreeDay(
            "Freitag, 6. Februar",
            (
                Choice("1", "Freitag, 6. Februar, 09:00"),
                Choice("2", "Freitag, 6. Februar, 10:00, Maria-Magdalena Musterfrau"),
            ),
        ),
        FreeDay("Montag, 9. Februar", (Choice("3", "Montag, 9. Februar, 14:00"),)),
    ),
    languages=(Choice("ar", "Arabisch"), Choice("de", "Deutsch"), Choice("uk", "Ukrainisch")),
    post_to=POST,
    overview="/page/me",
    problem="Diese Zeit ist gerade vergeben worden. Bitte wählen Sie eine andere.",
)
DESK = DeskFacts(
    office="Arbeiterwohlfahrt Unterbezirk Musterland-Mitte, Lange Straße 2",
    day=DayList("Mittwoch, 4. Februar 2026", ENTRIES),
    previous=Link("Zurück: Dienstag, 3. Februar", "/desk/1"),
    today="/desk",
    following=Link("Weiter: Donnerstag, 5. Februar", "/desk/2"),
    booking="/desk/book",
    closing=replace(
        CLOSING,
        hours=(),
        team=(Choice("a", "Maria-Magdalena Musterfrau"), Choice("b", "Alexandru Dan Beispielmann")),
        closed=(Choice("3", "Maria-Magdalena Musterfrau, Montag, 16. bis Freitag, 20. Februar"),),
    ),
    printed="Stand: 4. Februar 2026, 07:30 Uhr.",
)
DESK_OF_A_FULL_DAY = replace(DESK, day=DayList(DESK.day.heading, ENTRIES * 5))
DONE = DoneFacts(
    "Erledigt",
    "Termin K7PM: Ist gekommen.",
    (Link("Zum Termin K7PM", "/page/2"), Link("Alle meine Termine", "/page/me")),
    undo_at=POST,
)
CONFIRM = ConfirmFacts(
    "Wirklich sperren?",
    "16. bis 20. Februar: Da sind 3 Termine gebucht. Wenn Sie sperren, sagen wir ab."
    " Alle bekommen bis zu drei andere Zeiten.",
    "Sperren und absagen",
    Act.AWAY,
    (Choice("from", "2026-02-16"), Choice("until", "2026-02-20"), Choice("confirmed", "yes")),
    POST,
    "/page/me",
)
ADDRESS = "https://termine.beratungsstellen.example.org/kim/calendar/k6nUonqFI93qgML5vosqfA.ics"
FEED = DoneFacts("Ihr Kalender", "Bitte kopieren Sie die Adresse.", (Link(ADDRESS, ADDRESS),))
PAGES = {
    "appointment": appointment_page(APPOINTMENT),
    "appointment over": appointment_page(OVER),
    "appointment of somebody not reached": appointment_page(replace(APPOINTMENT, reached=False)),
    "person": person_page(PERSON),
    "booking": booking_page(BOOKING),
    "desk": desk_page(DESK),
    "desk with a problem": desk_page(replace(DESK, problem="Bitte wählen Sie, wer nicht da ist.")),
    "confirm": confirm_page(CONFIRM),
    "done": done_page(DONE),
    "feed": done_page(FEED),
    "gone": gone_page(),
}
