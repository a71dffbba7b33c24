"""Who of the staff is told of an appointment, by which ways, and who stands in for whom.

Nobody is told in chat of what they have just done themselves; their calendar is told all the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.delivery_status import delivery_status
from bot.domain.staffing import CASE_MANAGER, Mailbox, StandIn
from bot.messages.notices import IN_CALENDAR, OF_GONE, Notice, NoticeKind, frozen
from bot.messages.operator_news import Orphaned, Unattended
from bot.services import entry_holders, outgoing
from bot.services.entry_holders import NOBODY, EntryHolders
from bot.services.unit import Unit
from bot.storage.queues import message_history
from bot.storage.queues.calendar_entries import GIVES, TAKES, EntryChange
from bot.storage.records import absences, circumstances, staff_chats

ONLY_IN_CHAT = frozenset({NoticeKind.COMING})
"""What stands in the morning's list anyway."""
TO_BE_SEEN = frozenset({NoticeKind.BOOKED, NoticeKind.MOVED})
MOVING = OF_GONE | {NoticeKind.MOVED}
"""What must be known wherever the entry is: it stands at a time that holds no more."""
LATE_CANCEL_SECONDS = 86_400
"""What takes an event out of a calendar is still right on the day after."""


def tell_its_case_manager(
    unit: Unit,
    kind: NoticeKind,
    about: Appointment,
    by: Actor,
    *,
    was: int | None = None,
    number: int | None = None,
) -> None:
    """Tell whose appointment it is what `by` has done; with a `number`, each time it happens."""
    notice, key = Notice(kind, frozen(about), was=was), _key(about, kind, number)
    own = about.case_manager_id
    if own not in unit.city.case_manager:
        _tell_instead(unit, replace(notice, whose=own), key, by)
        return
    if by.case_manager_id != own:
        outgoing.to_case_manager(unit, own, notice, key, about.end)
    if kind not in ONLY_IN_CHAT:
        _mail(unit, own, notice, about, key)


def tell_who_asked(
    unit: Unit, kind: NoticeKind, about: Appointment, asked: Actor, number: int, was: int | None
) -> None:
    """Tell a deputy or a front desk how their question about another time was answered.

    Nobody is told of an appointment that is no longer theirs to see.
    """
    if not asked.may_change(about, unit.staffing):
        return
    whose = unit.city.staff_name(about.case_manager_id)
    notice, key = Notice(kind, frozen(about), was=was, whose=whose), _key(about, kind, number)
    deputy = asked.case_manager_id
    if deputy is None:
        outgoing.to_front_desk(unit, about.office_id, notice, key, about.end)
    elif deputy in unit.city.case_manager:
        outgoing.to_case_manager(unit, deputy, notice, key, about.end)
        _mail(unit, deputy, notice, about, key)


def tell_front_desk(
    unit: Unit, kind: NoticeKind, about: Appointment, by: Actor, *, number: int | None = None
) -> None:
    """Tell the office of an appointment, by mail and in chat, unless it is what they did."""
    if by == Actor(Role.FRONT_DESK, office_id=about.office_id):
        return
    notice = Notice(kind, frozen(about), whose=unit.city.staff_name(about.case_manager_id))
    outgoing.to_front_desk(unit, about.office_id, notice, _key(about, kind, number), about.end)


def tell_stand_in(unit: Unit, about: Appointment) -> None:
    """Tell of a booking nobody saw: the deputy if there, else the office, else the operators."""
    whose = unit.city.staff_name(about.case_manager_id)
    notice = Notice(NoticeKind.NOT_SEEN, frozen(about), whose=whose)
    key = _key(about, NoticeKind.NOT_SEEN)
    if not _tell_whoever_stands_in(unit, notice, key):
        outgoing.to_operators(unit, Unattended(about.case_manager_id), key)


def _tell_instead(unit: Unit, notice: Notice, key: str, by: Actor) -> None:
    """Of a talk with somebody who has left the city file: its office, else the operators."""
    about = notice.about
    if by == Actor(Role.FRONT_DESK, office_id=about.office_id):
        return
    if not _tell_whoever_stands_in(unit, notice, key):
        left = about.case_manager_id
        outgoing.to_operators(unit, Orphaned((left,)), f"orphans:{left}:{unit.today.isoformat()}")


def _tell_whoever_stands_in(unit: Unit, notice: Notice, key: str) -> bool:
    """Tell the deputy or the office; whether there is anybody to be told."""
    about, with_mail = notice.about, notice.kind not in ONLY_IN_CHAT
    match stand_in(unit, about):
        case StandIn.DEPUTY, deputy:
            outgoing.to_case_manager(unit, deputy, notice, key, about.end)
            if with_mail:
                _mail(unit, deputy, notice, about, key)
        case StandIn.OFFICE, office_id:
            outgoing.to_front_desk(unit, office_id, notice, key, about.end, by_mail=with_mail)
        case None:
            return False
    return True


def stand_in(unit: Unit, about: Appointment) -> tuple[StandIn, str] | None:
    """Who is told if its case manager does not see a booking; None where nobody could be."""
    deputy = unit.staffing.of(about.case_manager_id).deputy
    found = _stand_ins(unit, [] if deputy is None else [deputy])
    return found(about.case_manager_id, about.office_id)


def stand_ins(unit: Unit) -> Callable[[str, str], tuple[StandIn, str] | None]:
    """The same for any case manager at any office; who is there is looked up once for all."""
    deputies = (unit.staffing.of(id).deputy for id in unit.city.case_manager)
    return _stand_ins(unit, {each for each in deputies if each is not None})


def _stand_ins(
    unit: Unit, deputies: Iterable[str]
) -> Callable[[str, str], tuple[StandIn, str] | None]:
    there = reached(unit, deputies) - absences.away(unit.tx, unit.now)
    in_chat = staff_chats.roles_with_channel(unit.tx)

    def found(case_manager_id: str, office_id: str) -> tuple[StandIn, str] | None:
        desk = Actor(Role.FRONT_DESK, office_id=office_id)
        desk_in_chat = office_id in unit.city.office and desk in in_chat
        return unit.staffing.stand_in(case_manager_id, office_id, there, desk_in_chat=desk_in_chat)

    return found


def reached(unit: Unit, case_manager_ids: Iterable[str]) -> frozenset[str]:
    """Which of these can be told of something now: by mail, or in a chat that is tied."""
    ids, staffing = frozenset(case_manager_ids), unit.staffing
    by_mail = frozenset(id for id in ids if staffing.of(id).by_mail)
    in_chat = [id for id in sorted(ids - by_mail) if staffing.in_chat(unit.city, id)]
    return by_mail | staff_chats.with_channel_among(unit.tx, in_chat)


def is_reached(unit: Unit, about: Appointment) -> bool:
    """Whether our messages about an appointment reach its client."""
    tx = unit.tx
    known = circumstances.of(tx, [about.id], unit.now)[about.id]
    told = message_history.messages(tx, [about])[about.id]
    found = delivery_status(about, told, chosen_at=None, reachable=known.reachable)
    return found.reached


def _mail(unit: Unit, case_manager_id: str, notice: Notice, about: Appointment, key: str) -> None:
    """By mail, if a case manager is told by it, and to wherever their entry is already."""
    own = case_manager_id == about.case_manager_id
    there = entry_holders.of(unit, about) if own and notice.kind in MOVING else NOBODY
    by_mail = unit.staffing.of(case_manager_id).by_mail
    if not by_mail and there == NOBODY:
        return
    first_talk = circumstances.of(unit.tx, [about.id], unit.now)[about.id].first_talk
    full = replace(notice, first_talk=first_talk, if_unseen=_if_unseen(unit, notice))
    last = about.end + (LATE_CANCEL_SECONDS if notice.kind in OF_GONE else 0)
    if by_mail or there.own is not None:
        entry = _entry(unit, notice, there) if own else None
        mailbox = Mailbox(CASE_MANAGER, case_manager_id)
        outgoing.to_mailbox(unit, mailbox, full, key, last, entry=entry)
    for other in there.others:
        change: EntryChange = TAKES if notice.kind in OF_GONE else GIVES
        outgoing.to_entry(unit, full, key, last, change, other)


def _entry(unit: Unit, notice: Notice, there: EntryHolders) -> EntryChange | None:
    """What a case manager's own calendar learns of it: only what is there can be taken away."""
    reach = unit.staffing.of(notice.about.case_manager_id)
    if notice.kind in OF_GONE:
        return None if there.own is None else TAKES
    wanted = reach.by_mail and reach.invitation
    return GIVES if notice.kind in IN_CALENDAR and (wanted or there.own is not None) else None


def _if_unseen(unit: Unit, notice: Notice) -> StandIn | None:
    """Who will be asked, where somebody is asked at all."""
    about = notice.about
    asked = unit.staffing.office(about.office_id).seen_within_hours is not None
    if notice.kind not in TO_BE_SEEN or not asked:
        return None
    found = stand_in(unit, about)
    return None if found is None else found[0]


def _key(about: Appointment, kind: NoticeKind, number: int | None = None) -> str:
    what = kind.value if number is None else f"{kind}_{number}"
    return f"appt:{about.id}:{about.sequence}:{what}"
