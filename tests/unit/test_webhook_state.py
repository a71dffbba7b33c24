"""Whether updates come our way, and what is said of it."""

import pytest

from bot.observability.webhook_state import CONTESTED_SECONDS, ERROR_SECONDS, WebhookState


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_nothing_comes_before_it_was_arranged(watch: Watch) -> None:
    assert WebhookState(watch).ours is False


def test_what_is_taken_away_is_ours_again_when_it_was_set_again(watch: Watch) -> None:
    state = WebhookState(watch)
    state.found()
    assert (state.lost(), state.ours) == (1, False)
    state.found()
    assert (state.ours, state.losses) == (True, 1)


def test_what_is_taken_away_again_and_again_is_ours_only_when_that_is_over(watch: Watch) -> None:
    state = WebhookState(watch)
    for times in (1, 2, 3):
        watch.at += 30
        assert state.lost() == times
        state.found()
    assert (state.contested, state.ours) == (True, False)
    watch.at += CONTESTED_SECONDS - 60 + 1
    assert (state.contested, state.ours) == (False, True)
    watch.at += 60
    assert state.lost() == 1


def test_the_same_error_is_news_once_and_again_after_a_quiet_time(watch: Watch) -> None:
    state = WebhookState(watch)
    assert state.error is None
    assert [state.failed("timed out"), state.failed("timed out")] == [True, False]
    assert [state.failed("ssl"), state.error] == [True, "ssl"]
    watch.at += ERROR_SECONDS + 1
    assert (state.error, state.failed("ssl"), state.errors) == (None, True, 4)
