"""What is taken of case managers' time: talks that are booked or held, and absences."""

from collections.abc import Sequence
from functools import lru_cache

from bot.domain.slots import Busy
from bot.storage.engine.database import Tx

LONGEST_TALK_SECONDS = 86_400


def busy(
    tx: Tx,
    case_manager_ids: Sequence[str],
    client_id: int,
    start: int,
    end: int,
    now: int,
    *,
    ignoring: int | None,
) -> dict[str, list[Busy]]:
    """What is taken of these case managers' time, as one client sees it.

    Left out are holds that ran out, the client's own hold, and the appointment `ignoring`.
    """
    taken: dict[str, list[Busy]] = {case_manager_id: [] for case_manager_id in case_manager_ids}
    rows = tx.all(
        _busy_sql(len(case_manager_ids)),
        client=client_id,
        earliest=start - LONGEST_TALK_SECONDS,
        start=start,
        end=end,
        now=now,
        ignoring=ignoring or 0,
        **{f"p{n}": case_manager_id for n, case_manager_id in enumerate(case_manager_ids)},
    )
    for row in rows:
        taken[row["case_manager_id"]].append(
            Busy(row["start_at"], row["free_at"], is_talk=bool(row["talk"]))
        )
    return taken


@lru_cache(maxsize=256)
def _busy_sql(people: int) -> str:
    names = ", ".join(f":p{n}" for n in range(people))
    return (
        "SELECT case_manager_id, start_at, free_at, 1 AS talk FROM appointments"  # noqa: S608
        f" WHERE case_manager_id IN ({names}) AND status IN ('held', 'booked')"
        " AND start_at >= :earliest AND start_at < :end AND free_at > :start"
        " AND (status = 'booked' OR (hold_until > :now AND person_id <> :client))"
        " AND id <> :ignoring"
        " UNION ALL SELECT case_manager_id, start_at, end_at, 0 FROM absences"
        f" WHERE case_manager_id IN ({names}) AND end_at > :start AND start_at < :end"
    )
