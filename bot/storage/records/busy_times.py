"""What is taken of case managers' time: talks booked or held, absences, all after they leave."""

from collections.abc import Sequence
from functools import lru_cache

from bot.domain.city import CaseManager
from bot.domain.slots import Busy
from bot.storage.engine.database import Tx

LONGEST_TALK_SECONDS = 86_400
EVER = 2**53


def busy(
    tx: Tx,
    people: Sequence[CaseManager],
    client_id: int,
    start: int,
    end: int,
    now: int,
    *,
    ignoring: int | None,
) -> dict[str, list[Busy]]:
    """What is taken of these case managers' time, as one client sees it.

    Left out are holds that ran out, the client's own hold, and the appointment `ignoring`. An
    office that closes takes the time of everybody in it.
    """
    taken: dict[str, list[Busy]] = {person.id: [] for person in people}
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
        stretch = Busy(row["start_at"], row["free_at"], is_talk=bool(row["talk"]))
        for person in people:
            if row["whose"] in (person.id, person.office_id):
                taken[person.id].append(stretch)
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
        " UNION ALL SELECT case_manager_id, start_at, end_at, 0 FROM absences"
        f" WHERE case_manager_id IN ({names}) AND end_at > :start AND start_at < :end"
        f" UNION ALL SELECT id, leaves_at, {EVER}, 0 FROM departures"
        f" WHERE id IN ({names}, {places}) AND leaves_at < :end"
    )
