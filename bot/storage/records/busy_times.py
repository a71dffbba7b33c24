"""What is taken of case managers' time: talks booked or held, absences, all after they leave."""

from collections.abc import Sequence
from functools import lru_cache

from bot.domain.city import CaseManager
from bot.domain.slots import MOST_BUFFER_MINUTES, MOST_TALK_MINUTES, Taken
from bot.storage.engine.database import Tx

LONGEST_TALK_SECONDS = (MOST_TALK_MINUTES + MOST_BUFFER_MINUTES) * 60
EVER = 2**53
EVERYBODY = ""
"""Whose time the client's own talks take, in place of an id."""


def busy(
    tx: Tx,
    people: Sequence[CaseManager],
    client_id: int,
    start: int,
    end: int,
    now: int,
    *,
    ignoring: int | None,
) -> dict[str, list[Taken]]:
    """What keeps one client from these case managers' time, from `start` to `end`.

    That is what is taken of theirs, and the talks the client has booked with whomever, which count
    towards nobody's day. Left out are holds that ran out, the client's own hold, and the
    appointment `ignoring`. An office that closes takes the time of everybody in it.
    """
    taken: dict[str, list[Taken]] = {person.id: [] for person in people}
    shared: dict[str, list[Taken]] = {}
    offices = list(dict.fromkeys(person.office_id for person in people))
    rows = tx.all(
        _busy_sql(len(people), len(offices)),
        client=client_id,
        earliest=start - LONGEST_TALK_SECONDS,
        start=start,
        end=end,
        now=now,
        ignoring=ignoring or 0,
        **{f"p{n}": person.id for n, person in enumerate(people)},
        **{f"o{n}": office_id for n, office_id in enumerate(offices)},
    )
    for row in rows:
        whose = row["whose"]
        of_one = taken.get(whose)
        stretches = shared.setdefault(whose, []) if of_one is None else of_one
        stretches.append((row["start_at"], row["free_at"], row["talk"] == 1))
    for person in people:
        taken[person.id] += shared.get(EVERYBODY, []) + shared.get(person.office_id, [])
    return taken


@lru_cache(maxsize=256)
def _busy_sql(people: int, offices: int) -> str:
    names = ", ".join(f":p{n}" for n in range(people))
    places = ", ".join(f":o{n}" for n in range(offices))
    return (
        "SELECT case_manager_id AS whose, start_at, free_at, 1 AS talk FROM appointments"  # noqa: S608  (names of ours)
        f" WHERE case_manager_id IN ({names}) AND status IN ('held', 'booked')"
        " AND start_at >= :earliest AND start_at < :end AND free_at > :start"
        " AND (status = 'booked' OR (hold_until > :now AND person_id <> :client))"
        " AND id <> :ignoring"
        f" UNION ALL SELECT '{EVERYBODY}', start_at, end_at, 0 FROM appointments"
        " WHERE person_id = :client AND status = 'booked' AND id <> :ignoring"
        " AND start_at >= :earliest AND start_at < :end AND end_at > :start"
        " UNION ALL SELECT case_manager_id, start_at, end_at, 0 FROM absences"
        f" WHERE case_manager_id IN ({names}) AND end_at > :start AND start_at < :end"
        f" UNION ALL SELECT id, leaves_at, {EVER}, 0 FROM departures"
        f" WHERE id IN ({names}, {places}) AND leaves_at < :end"
    )
