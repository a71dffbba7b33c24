"""The scheduler goes by the time of day; a clock that is set back holds up no job for as long."""

import asyncio

from stage import World

from bot.observability.counters import Counters
from bot.runtime.scheduled_jobs import LOOK_SECONDS, MINUTES, TELL_STAFF, TIDY, ScheduledJobs


class Watch:
    """A clock that only goes forward, while that of the machine is set back as much."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


async def ages(counters: Counters, wanted: dict[str, int]) -> dict[str, int]:
    """How long ago the jobs ran, when it is as wanted or after a while."""
    for _ in range(200):
        if counters.job_ages == wanted:
            break
        await asyncio.sleep(0.01)
    return counters.job_ages


async def test_jobs_run_though_the_clock_was_set_back_by_hours(world: World) -> None:
    assert world.process is not None
    watch, rung = Watch(), list[None]()
    counters = Counters(watch)
    jobs = ScheduledJobs(world.process.resources, counters, lambda: rung.append(None))
    jobs.start()
    jobs.resume()
    watch.at += MINUTES[TELL_STAFF] * 60 + LOOK_SECONDS
    jobs.hurry()
    assert counters.job_ages[TELL_STAFF] == 120
    watch.at += 1
    jobs.hurry()
    assert (await ages(counters, {TIDY: 0, TELL_STAFF: 0}))[TELL_STAFF] == 0
    assert rung == [None]
    watch.at += MINUTES[TIDY] * 60 + LOOK_SECONDS + 1
    jobs.hurry()
    assert await ages(counters, {TIDY: 0, TELL_STAFF: 0}) == {TIDY: 0, TELL_STAFF: 0}
    jobs.stop()


async def test_who_does_not_lead_hurries_nothing(world: World) -> None:
    assert world.process is not None
    watch, rung = Watch(), list[None]()
    jobs = ScheduledJobs(world.process.resources, Counters(watch), lambda: rung.append(None))
    jobs.start()
    jobs.resume()
    jobs.pause()
    watch.at += 86_400
    jobs.hurry()
    await asyncio.sleep(0.05)
    assert rung == []
    jobs.stop()
