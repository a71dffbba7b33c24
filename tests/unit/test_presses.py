"""What buttons carry: round trips, 64 bytes, and data nobody of ours made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.telegram_limits import BYTES_OF_A_PRESS
from bot.conversation import slot_values
from bot.conversation.presses import Press, decode, encode
from bot.conversation.table import BY_ACTION
from bot.domain.slots import Slot

LONGEST_ID = "case_manager_016"
HIGHEST_REVISION = 0xFFFF_FFFF
LAST_START = 253_402_214_400  # the end of the year 9999
IDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=16)


def slot(case_manager_id: str, start: int) -> Slot:
    return Slot(case_manager_id, start, start + 2700, start + 3600)


@given(
    action=st.sampled_from(sorted(BY_ACTION)),
    revision=st.none() | st.integers(0, HIGHEST_REVISION),
    value=st.text("abcxyzABCXYZ0189_.-", max_size=24),
)
def test_a_press_comes_back_as_it_was_encoded(
    action: str, revision: int | None, value: str
) -> None:
    data = encode(action, revision, value)
    assert len(data.encode()) <= BYTES_OF_A_PRESS
    assert decode(data) == Press(action, revision, value)


@pytest.mark.parametrize("action", sorted(BY_ACTION))
def test_no_button_is_longer_than_telegram_allows(action: str) -> None:
    widest = slot_values.of_slot(slot(LONGEST_ID, 4_102_444_800))
    for value in (widest, LONGEST_ID, "2026-11-24", str(10**15 - 1)):
        data = encode(action, HIGHEST_REVISION, value)
        assert len(data.encode()) <= 64
        assert decode(data) == Press(action, HIGHEST_REVISION, value)


def test_a_button_that_stays_has_no_revision() -> None:
    assert encode("today", None) == "today::"
    assert decode("today::") == Press("today", None, "")
    assert decode("today:0:") == Press("today", 0, "")


@pytest.mark.parametrize(
    "data",
    [
        "",
        "book",
        "book:1",
        "Book:1:",
        "book:1:a:b",
        "book:-1:",
        "book:G:",
        "book:FF:",
        "book:123456789:",
        "book:1:a b",
        "book:1:é",
        "book:1:٣",
        "book:1:" + "x" * 41,
        "a" * 17 + ":1:",
        " book:1:",
        "book:1:\n",
        "book:1:'; DROP TABLE persons",
    ],
)
def test_forged_data_is_no_press(data: str) -> None:
    assert decode(data) is None


@given(st.text(max_size=64))
def test_any_text_is_a_press_or_none(data: str) -> None:
    found = decode(data)
    assert found is None or encode(found.action, found.revision, found.value).count(":") == 2


@given(IDS, st.integers(0, 4_102_444_800 // 300))
def test_a_slot_comes_back_from_its_button(case_manager_id: str, cell: int) -> None:
    value = slot_values.of_slot(slot(case_manager_id, cell * 300))
    assert slot_values.to_slot(value) == (case_manager_id, cell * 300)


@pytest.mark.parametrize(
    "value",
    [
        "",
        ".",
        "anna",
        "anna.",
        "anna.xyz",
        "anna.-5",
        "anna.0x10",
        "anna.1_0",
        "anna.+5",
        "anna. 5",
        "anna.٣",
        ".5b2f00",
        "anna.ffffffffffffffff",
    ],
)
def test_a_forged_slot_is_none(value: str) -> None:
    assert slot_values.to_slot(value) is None


@given(st.text("abcdef0123456789._-", max_size=40))
def test_whatever_slot_a_button_carries_lies_in_time_that_can_be_shown(value: str) -> None:
    found = slot_values.to_slot(value)
    assert found is None or 0 <= found[1] < LAST_START
