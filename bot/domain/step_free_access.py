"""Where who needs a way in without steps is known to find one."""

from collections.abc import Iterable

from bot.domain.appointment import Wishes
from bot.domain.city import City, StepFree


def lacking(city: City, wishes: Wishes, office_id: str) -> StepFree | None:
    """What is known of an office's way in, where that is not what is wished for; else None."""
    office = city.office.get(office_id)
    if not wishes.step_free or office is None or office.step_free is StepFree.YES:
        return None
    return office.step_free


def known_at(city: City, office_ids: Iterable[str]) -> tuple[str, ...]:
    """Those of these offices that are known to have a way in without steps, in order."""
    return tuple(id for id in office_ids if city.office[id].step_free is StepFree.YES)
