"""What a client has been told about an appointment, from the messages about it."""

from dataclasses import replace
from typing import Any

import pytest
from calendars import appointment

from bot.domain.appointment import Answer, Status
from bot.domain.delivery_status import (
    DeliveryStatus,
    Fate,
    MessageRecord,
    chosen_at,
    delivery_status,
    waits_for_yes,
)

ABOUT = appointment(1_800_000_000)
CHOSEN = 1_000
NEWS = MessageRecord("moved", Fate.ARRIVED, 2_000, True, False, False)
REMINDER = MessageRecord("day_before", Fate.ARRIVED, 3_000, True, False, True)
NOTICE = MessageRecord("booked", Fate.ARRIVED, 2_000, False, True, False)
NOTHING_YET = DeliveryStatus(
    told_at=CHOSEN, reminded_at=None, answered=False, reached=True, failed=0
)


def known(*messages: MessageRecord, **otherwise: Any) -> DeliveryStatus:
    """What is known of an appointment whose client chose the time and can be written to."""
    usual: dict[str, Any] = {"chosen_at": CHOSEN, "reachable": True}
    return delivery_status(ABOUT, messages, **(usual | otherwise))


def test_who_chose_the_time_knows_it_without_a_message() -> None:
    assert known() == NOTHING_YET
    assert known(chosen_at=None) == replace(NOTHING_YET, told_at=None)


def test_the_first_message_that_arrived_told_a_client_who_did_not_choose_the_time() -> None:
    later = replace(NEWS, tells="help_7", settled_at=2_500)
    assert known(later, NEWS, chosen_at=None) == replace(NOTHING_YET, told_at=2_000)
    assert known(later, NEWS) == NOTHING_YET


def test_a_reminder_reminds_and_does_not_tell() -> None:
    hours_before = replace(REMINDER, tells="hours_before", settled_at=3_500)
    assert known(hours_before, REMINDER) == replace(NOTHING_YET, reminded_at=3_500)


@pytest.mark.parametrize("fate", [Fate.OPEN, Fate.NEVER])
def test_what_has_not_arrived_tells_nothing_and_is_no_failure(fate: Fate) -> None:
    settled_at = None if fate is Fate.OPEN else 2_000
    news, reminder = (replace(m, fate=fate, settled_at=settled_at) for m in (NEWS, REMINDER))
    assert known(news, reminder) == NOTHING_YET


@pytest.mark.parametrize(
    ("failed_at", "arrived_at", "reached"),
    [(2_000, None, False), (2_000, 1_999, False), (2_000, 2_000, False), (2_000, 2_001, True)],
)
def test_after_a_failure_a_client_is_out_of_reach_until_something_arrives(
    failed_at: int, arrived_at: int | None, reached: bool
) -> None:
    messages = [replace(NEWS, fate=Fate.FAILED, settled_at=failed_at)]
    if arrived_at is not None:
        messages.append(replace(REMINDER, settled_at=arrived_at))
    assert known(*messages).reached is reached


def test_a_chat_that_cannot_be_written_to_is_out_of_reach_whatever_arrived() -> None:
    assert known(NEWS, reachable=False) == replace(NOTHING_YET, reached=False)


def test_a_client_who_said_they_are_coming_has_answered() -> None:
    coming = replace(ABOUT, answer=Answer.COMING)
    told = delivery_status(coming, (), chosen_at=CHOSEN, reachable=True)
    assert told == replace(NOTHING_YET, answered=True)


@pytest.mark.parametrize(
    ("in_chat", "by_mail", "failed"),
    [
        (Fate.FAILED, Fate.FAILED, 1),
        (Fate.FAILED, Fate.NEVER, 1),
        (Fate.NEVER, Fate.NEVER, 1),
        (Fate.FAILED, Fate.ARRIVED, 0),
        (Fate.FAILED, Fate.OPEN, 0),
        (Fate.NEVER, Fate.ARRIVED, 0),
    ],
)
def test_staff_miss_only_what_came_in_no_way(in_chat: Fate, by_mail: Fate, failed: int) -> None:
    ways = (replace(NOTICE, fate=fate) for fate in (in_chat, by_mail))
    assert known(*ways) == replace(NOTHING_YET, failed=failed)


def test_each_thing_the_staff_missed_counts_and_what_clients_missed_does_not() -> None:
    lost = replace(NOTICE, fate=Fate.FAILED)
    cancelled, news = replace(lost, tells="cancelled"), replace(NEWS, fate=Fate.FAILED)
    assert known(lost, cancelled, news).failed == 2


@pytest.mark.parametrize(
    ("status", "at"),
    [
        (Status.HELD, None),
        (Status.BOOKED, 10),
        (Status.CAME, 10),
        (Status.MISSED, 10),
        (Status.CANCELLED, 20),
        (Status.CALLED_OFF, None),
    ],
)
def test_a_client_chose_what_they_booked_or_cancelled_themselves(
    status: Status, at: int | None
) -> None:
    assert chosen_at(replace(ABOUT, status=status), booked_at=10, cancelled_at=20) == at


@pytest.mark.parametrize(
    ("messages", "waits"),
    [
        ((), False),
        ((NEWS,), False),
        ((NEWS, REMINDER), True),
        ((replace(REMINDER, fate=Fate.OPEN),), False),
        ((replace(REMINDER, to_client=False),), False),
    ],
)
def test_a_client_is_waited_for_once_a_reminder_of_the_time_as_it_stands_has_arrived(
    messages: tuple[MessageRecord, ...], waits: bool
) -> None:
    assert waits_for_yes(ABOUT, messages, ABOUT.start - 1) is waits


def test_nobody_is_waited_for_who_has_said_something_or_once_the_talk_has_begun() -> None:
    assert not waits_for_yes(ABOUT, [REMINDER], ABOUT.start)
    for said in set(Answer) - {Answer.NONE}:
        assert not waits_for_yes(replace(ABOUT, answer=said), [REMINDER], ABOUT.start - 1)
