"""Which of its own messages a chat lets the bot delete."""

from bot.domain.deletion_limits import DeletionLimits

TWO_DAYS = DeletionLimits(deletable_seconds=172_800, deleted_at_once=100)


def test_a_message_is_deleted_up_to_its_last_second() -> None:
    sent_at = 1_800_000_000
    limit = sent_at + 172_800
    assert [TWO_DAYS.deletes(sent_at, now) for now in (sent_at, limit, limit + 1)] == [
        *(True, True, False)
    ]
