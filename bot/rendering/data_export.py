"""Everything that is held about somebody, as a text to be read: first in words, then to the letter.

The words are for people; the rows below them leave nothing out, whatever the schema will hold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation import phone_lines
from bot.conversation.appointment_lines import who, who_and_where
from bot.conversation.content import CityText, Code, Day, Language, Line, Name, Time, say
from bot.conversation.wish_lines import wish_lines
from bot.domain import local_time
from bot.domain.appointment import Wishes
from bot.domain.city import City
from bot.domain.contacts import contact
from bot.rendering.text import Writer

Row = dict[str, Any]
MOMENTS = ("_at", "_until", "_after")
"""How the names of columns end that hold UTC epoch seconds."""
SHORT_ROW = 4
"""As many columns stand in one line."""


@dataclass(frozen=True, slots=True)
class DataExportText:
    """Writes the rows of one person in one language. Sealed values must be opened before."""

    writer: Writer
    city: City

    def text(self, held: Mapping[str, list[Row]], now: int) -> str:
        """The whole text; `now` in UTC epoch seconds."""
        paragraphs = [
            (say("data_export.title"), say("data_export.as_of", day=Day(now), time=Time(now))),
            *map(_person, held["persons"], held["chats"]),
            *(self._appointment(row) for row in held["appointments"]),
            tuple(_planned(row) for row in held["outbox"] if row["state"] == "planned"),
            (say("data_export.stored"),),
        ]
        words = ["\n".join(map(self.writer.line, lines)) for lines in paragraphs if lines]
        return "\n\n".join((*words, *self._stored(held))) + "\n"

    def _appointment(self, row: Row) -> tuple[Line, ...]:
        wishes = Wishes.read(row["wishes"]) or Wishes()
        topic = (CityText(f"topic.{wishes.topic}"),) if wishes.topic else ()
        return (
            say(f"data_export.{row['status']}", code=Code(row["code"])),
            say("appointment.day", day=Day(row["start_at"])),
            say("appointment.time", time=Time(row["start_at"])),
            *self._where(row, wishes),
            *wish_lines(wishes, calls=wishes.by_phone, help_arranged=_arranged(row)),
            *(say("wishes.topic", topic=each) for each in topic),
        )

    def _where(self, row: Row, wishes: Wishes) -> tuple[Line, ...]:
        """Whom they visit; of a talk by phone that it is one, and the number."""
        person, office = row["case_manager_id"], row["office_id"]
        called = contact(self.city, person, office) if wishes.by_phone else None
        if called is None:
            return who_and_where(self.city, person, office)
        number = phone_lines.number(called)
        return (say("data_export.by_phone"), number, *who(self.city, person))

    def _stored(self, held: Mapping[str, list[Row]]) -> Iterator[str]:
        for table, rows in held.items():
            if rows:
                between = "\n" if len(rows[0]) <= SHORT_ROW else "\n\n"
                yield f"[{table}]\n" + between.join(map(self._row, rows))

    def _row(self, row: Row) -> str:
        between = "; " if len(row) <= SHORT_ROW else "\n"
        return between.join(f"{name}: {self._column(name, row[name])}" for name in row)

    def _column(self, name: str, value: Any) -> str:
        if value is None:
            return "-"
        return self._moment(value) if name.endswith(MOMENTS) else str(value)

    def _moment(self, value: int) -> str:
        return f"{value} ({local_time.local(value, self.city.rules.time_zone):%Y-%m-%d %H:%M})"


def _arranged(row: Row) -> bool | None:
    """Whether somebody helps with the language, if that is known."""
    kept = row.get("help_arranged")
    return None if kept is None else bool(kept)


def _person(row: Row, chat: Row) -> tuple[Line, ...]:
    agreed, version = row["consent_at"], row["consent_version"]
    consent = say("data_export.not_agreed")
    if version:
        day, time = Day(agreed), Time(agreed)
        consent = say("data_export.agreed", version=Name(version), day=day, time=time)
    return (
        say("data_export.chat", number=Name(str(chat["chat_sealed"]))),
        say("data_export.language", language=Language(row["language"] or "en")),
        consent,
        say("data_export.first", day=Day(row["created_at"]), time=Time(row["created_at"])),
        say("data_export.last", day=Day(chat["seen_at"]), time=Time(chat["seen_at"])),
    )


def _planned(row: Row) -> Line:
    return say("data_export.planned", day=Day(row["due_at"]), time=Time(row["due_at"]))
