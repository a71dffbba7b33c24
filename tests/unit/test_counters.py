"""What is counted, and for how long a sign of life counts."""

import pytest

from bot.observability.counters import (
    API_SILENCE_SECONDS,
    BUCKETS,
    MAIL_SILENCE_SECONDS,
    SENDER_SILENCE_SECONDS,
    Counters,
    Histogram,
)
from bot.web.exposition import histogram, labelled, text


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_who_was_never_seen_is_not_there(watch: Watch) -> None:
    counters = Counters(watch)
    assert (counters.api_answers, counters.sender_runs) == (False, False)


def test_a_sign_of_life_counts_for_a_while(watch: Watch) -> None:
    counters = Counters(watch)
    counters.api_answered()
    counters.sender_looked()
    watch.at += SENDER_SILENCE_SECONDS
    assert (counters.api_answers, counters.sender_runs) == (True, True)
    watch.at += 0.1
    assert (counters.api_answers, counters.sender_runs) == (True, False)
    watch.at += API_SILENCE_SECONDS
    assert (counters.api_answers, counters.sender_runs) == (False, False)


def test_a_failure_counts_at_once_and_until_the_next_success(watch: Watch) -> None:
    counters = Counters(watch)
    counters.api_answered()
    counters.api_failed()
    assert counters.api_answers is False
    counters.api_answered()
    assert counters.api_answers is True


def test_mails_go_out_as_long_as_one_was_sent_not_long_ago(watch: Watch) -> None:
    counters = Counters(watch)
    watch.at += MAIL_SILENCE_SECONDS
    assert counters.mails_go_out is True
    counters.mail_tried("later")
    watch.at += 0.1
    assert counters.mails_go_out is False
    counters.mail_tried("sent")
    assert counters.mails_go_out is True
    assert (counters.mails["sent"], counters.mails["later"]) == (1, 1)


def test_who_sends_mails_from_now_on_has_time_for_the_first(watch: Watch) -> None:
    counters = Counters(watch)
    watch.at += MAIL_SILENCE_SECONDS + 0.1
    counters.mails_begin()
    assert counters.mails_go_out is True


def test_a_turn_is_timed_from_its_beginning_and_a_failed_one_is_not(watch: Watch) -> None:
    counters = Counters(watch)
    begun = counters.moment()
    watch.at += 0.25
    counters.update_handled(begun)
    counters.update_failed()
    assert counters.handled == {"handled": 1, "failed": 1}
    assert counters.update_seconds.sum == 0.25
    assert counters.update_seconds.cumulative == [int(bound >= 0.25) for bound in BUCKETS] + [1]


def test_what_is_longer_than_every_bucket_is_counted_last() -> None:
    values = Histogram()
    values.add(99.0)
    assert values.cumulative == [0] * len(BUCKETS) + [1]


def test_metrics_are_written_as_prometheus_reads_them() -> None:
    assert text([labelled("a_total", "counter", "Some.", "kind", {"x": 1_234_567, "y": 0})]) == (
        "# HELP a_total Some.\n"
        "# TYPE a_total counter\n"
        'a_total{kind="x"} 1234567.0\n'
        'a_total{kind="y"} 0.0\n'
    )


def test_a_histogram_has_its_buckets_in_order_and_ends_with_sum_and_count() -> None:
    values = Histogram()
    values.add(0.02)
    lines = text([histogram("b_seconds", "How long.", values)]).splitlines()
    assert lines[2] == 'b_seconds_bucket{le="0.005"} 0.0'
    assert lines[-3:] == [
        'b_seconds_bucket{le="+Inf"} 1.0',
        "b_seconds_sum 0.02",
        "b_seconds_count 1.0",
    ]
