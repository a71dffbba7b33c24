"""What a job had to set aside is logged once, and counted until it can be dealt with."""

from pathlib import Path

import pytest
from watched import booked, open_watched


@pytest.fixture(autouse=True)
def nothing_goes_wrong_unseen() -> None:
    """Here something goes wrong on purpose."""


async def test_it_is_logged_once_and_counted_and_the_job_counts_as_done(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    counted, ready = [], []
    async with open_watched(tmp_path) as watched:
        await booked(watched)
        process, now = watched.process, watched.clock.now()
        assert process is not None
        await watched.sql(
            f"UPDATE outbox SET state = 'failed', settled_at = {now} WHERE kind = 'reminder'"
        )
        for answer in ("perhaps", "perhaps", "none"):
            await watched.sql(f"UPDATE appointments SET answer = '{answer}'")
            await process.jobs.tell_staff()
            counted.append((await watched.numbers())['lotse_job_set_aside{job="tell_staff"}'])
            ready.append((await watched.readiness())[1]["jobs"])
    assert (counted, ready) == ([1, 1, 0], [True] * 3)
    messages = [each.getMessage() for each in caplog.records]
    assert messages.count("set aside by a job") == 1


async def test_a_part_that_fails_is_set_aside_and_the_others_are_done(tmp_path: Path) -> None:
    async with open_watched(tmp_path) as watched:
        await booked(watched)
        assert watched.process is not None
        await watched.sql("DROP TABLE departures")
        await watched.process.jobs.tell_staff()
        found = (await watched.numbers())['lotse_job_set_aside{job="tell_staff"}']
    assert found >= 1
