"""Who is told of a booking that its case manager has not seen in time."""

import pytest

from bot.domain.staffing import CHAT_ONLY, OfficeReach, Reach, Staffing, StandIn

DEPUTY, DESK = (StandIn.DEPUTY, "busch"), (StandIn.OFFICE, "hall")
HAS_DEPUTY = {"adler": Reach(deputy="busch")}
MAILED = {"hall": OfficeReach("hall@town.example", chat_allowed=False)}
QUIET = {"hall": OfficeReach(chat_allowed=False)}


@pytest.mark.parametrize(
    ("staffing", "there", "desk_in_chat", "told"),
    [
        (Staffing(HAS_DEPUTY), {"busch"}, True, DEPUTY),
        (Staffing(HAS_DEPUTY), {"adler"}, True, DESK),
        (Staffing(HAS_DEPUTY, MAILED), {"adler"}, False, DESK),
        (Staffing(HAS_DEPUTY), {"adler"}, False, None),
        (Staffing(HAS_DEPUTY, QUIET), {"adler"}, True, None),
        (Staffing({}, MAILED), {"adler", "busch"}, False, DESK),
        (CHAT_ONLY, {"adler", "busch"}, True, DESK),
        (CHAT_ONLY, {"adler", "busch"}, False, None),
    ],
)
def test_the_deputy_who_is_there_is_told_else_the_office_if_it_can_be(
    staffing: Staffing, there: set[str], desk_in_chat: bool, told: tuple[StandIn, str] | None
) -> None:
    assert staffing.stand_in("adler", "hall", there, desk_in_chat=desk_in_chat) == told


def test_an_office_with_a_mailbox_needs_mail_even_if_nobody_in_it_does() -> None:
    assert Staffing({}, MAILED).needs_mail
    assert Staffing({"adler": Reach("a@town.example", by_mail=True)}, QUIET).needs_mail
    assert not Staffing(HAS_DEPUTY, QUIET).needs_mail
