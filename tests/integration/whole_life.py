"""What everybody does with the bot, and the clock brings, in one transaction."""

from datetime import time, timedelta

from accounts import ANNA, MONDAY_MORNING, VAULT, Accounts, person_id
from town import swept
from typed_words import WORDS

from bot.app import LOCALES
from bot.chat import reading_updates
from bot.chat.telegram_limits import LIMITS
from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.lifecycle import Act
from bot.domain.staffing import OfficeReach, Reach, Staffing
from bot.rendering import catalogues
from bot.runtime.scheduled_jobs import PARTS
from bot.services import links as to
from bot.services.incoming import Arrival
from bot.services.links import Links
from bot.services.staff_service import StaffService
from bot.services.unit import Outbound, Unit
from bot.services.updates import Queue
from bot.storage.engine.database import Tx
from bot.storage.queues import claimed_mails, claimed_messages, gauges, inbox, outbox
from bot.storage.queues.inbox import UpdateKey
from bot.storage.queues.outbox_row import MAIL
from bot.storage.queues.stocktaking import Stocktaking
from bot.storage.records import appointments, key_values, lists_links
from bot.storage.records.chats import TELEGRAM
from bot.storage.upkeep import housekeeping
from bot.web import appointment_page, day_page, own_page
from bot.web.access import Access, Door
from bot.web.visitor import Page, Visitor

BEN, STRANGER, STAFF, OPERATES, DESK = 8, 9, 900, 901, 902
HOUR, DAY = 3600, 86_400
SEVEN = time(7)


class StaffedAccounts(Accounts):
    """Accounts in a city whose staff get mails, digests, and what others have not seen."""

    def open_unit(self, tx: Tx, now: int) -> Unit:
        city = self.city
        mail = Reach("somebody@example.org", by_mail=True, digest=SEVEN)
        desk = OfficeReach("desk@example.org", seen_within_hours=1, digest=SEVEN)
        staffing = Staffing(
            {each.id: mail for each in city.case_managers},
            {each.id: desk for each in city.offices},
        )
        return Unit(tx, city, WORDS, staffing, now, VAULT, self.choose, LIMITS, Outbound())


def live(tx: Tx) -> None:
    """Some days of everybody's, then years of the clock's."""
    accounts = StaffedAccounts("herne", now=MONDAY_MORNING + 3 * HOUR)
    accounts.opens(tx)
    accounts.says(tx, BEN, "/start r_school")
    for chat in (ANNA, STRANGER, STAFF, OPERATES, DESK):
        accounts.says(tx, chat, "/start")
    for chat in (ANNA, BEN):
        accounts.walks(tx, chat, "language:en", "agree")
        _books(tx, accounts, chat)
    _staff(tx, accounts)
    _plans_change(tx, accounts)
    _looks(tx, accounts)
    _queues(tx, accounts)
    _takes_along(tx, accounts)
    _keeps(tx, accounts)
    _clock(tx, accounts, timedelta(hours=30))
    _leaves(tx, accounts)
    _clock(tx, accounts, timedelta(days=400))


def _books(tx: Tx, accounts: Accounts, chat: int) -> None:
    accounts.walks(tx, chat, "book", "anywhere", "office", "person", "later", "day", "time")
    accounts.walks(tx, chat, "confirm", "menu", "mine", "details")


def _booked(tx: Tx, accounts: Accounts, chat: int) -> Appointment:
    """What somebody has booked first."""
    return appointments.booked_by(tx, person_id(tx, chat), accounts.now)[0]


def _staff(tx: Tx, accounts: Accounts) -> None:
    """Chats of the staff, their lists and pages, and what they do about a talk."""
    about = _booked(tx, accounts, ANNA)
    own = Actor.of(accounts.city.case_manager[about.case_manager_id])
    desk = Actor(Role.FRONT_DESK, office_id=about.office_id)
    for chat, actor in ((STAFF, own), (OPERATES, OPERATOR), (DESK, desk)):
        accounts.speaks_for(tx, chat, actor)
        accounts.says(tx, chat, "/start")
    accounts.walks(tx, STAFF, "today", "week", "matters", "today")
    service = StaffService(accounts.open_unit(tx, accounts.now), own)
    assert service.find(about.code) is not None
    for act in (Act.SEE, Act.ASK_ABOUT_HELP):
        service.do(act, about.version)
    for actor, show in ((own, own_page.show), (desk, day_page.today)):
        assert isinstance(show(_visitor(tx, accounts, actor)), Page)
    assert isinstance(appointment_page.show(_visitor(tx, accounts, own, about.id)), Page)


def _visitor(tx: Tx, accounts: Accounts, actor: Actor, about: int | None = None) -> Visitor:
    """Somebody who came in by a link to their lists."""
    links, now = Links(VAULT, "https://termine.example"), accounts.now
    access = Access(
        accounts.open_unit, links, catalogues.load(LOCALES, ("de",), ["de"]), lambda: now
    )
    link = lists_links.make(tx, actor, now, now + DAY)
    visitor = access.visitor(tx, Door(to.to_lists(actor, link), about))
    assert visitor is not None
    return visitor


def _plans_change(tx: Tx, accounts: Accounts) -> None:
    """A talk is moved and one is cancelled; somebody cannot be reached, and can again."""
    accounts.walks(tx, ANNA, "change", "later", "day", "time", "confirm")
    accounts.walks(tx, BEN, "cancel", "cancel_yes")


def _looks(tx: Tx, accounts: Accounts) -> None:
    """Whoever watches the bot."""
    gauges.queues(tx, accounts.now)
    gauges.is_drained(tx)
    Stocktaking().look(tx)
    key_values.put(tx, "health", "1")


def _queues(tx: Tx, accounts: Accounts) -> None:
    """What the senders do when something goes wrong."""
    now, term = accounts.now, claimed_mails.begin_term(tx)
    assert claimed_mails.claim(tx, term, ()) is not None
    outbox.release_all_but(tx, term, (), MAIL)
    accounts.handles(tx, ANNA, accounts.text(ANNA, "/start"))
    claimed = claimed_messages.claim_answer(tx, accounts.term, person_id(tx, ANNA))
    assert claimed is not None
    assert claimed_messages.take_again(tx, claimed.id, accounts.term) is not None
    outbox.put_off(tx, claimed.id, accounts.term, now + 60)
    accounts.delivers(tx)
    outbox.expire(tx, now)
    outbox.release_abandoned(tx, accounts.term)
    outbox.fail_all_of(tx, person_id(tx, BEN), now)
    inbox.keep(tx, UpdateKey(TELEGRAM, 10**9), VAULT.lookup(BEN), "sealed", now)
    inbox.waiting_chats(tx, now)
    inbox.count_attempt(tx, UpdateKey(TELEGRAM, 10**9))
    inbox.set_aside(tx, UpdateKey(TELEGRAM, 10**9))


def _takes_along(tx: Tx, accounts: Accounts) -> None:
    """A press while a sender is there."""
    unit = accounts.open_unit(tx, accounts.now)
    unit.outbound.term = accounts.term
    assert accounts.handler.at_once(unit, VAULT.lookup(BEN), _said(accounts, BEN))
    assert claimed_messages.taken_along(tx, accounts.term, person_id(tx, BEN)) != []
    assert not claimed_messages.any_waits(tx)


def _keeps(tx: Tx, accounts: Accounts) -> None:
    """What cannot be handled at once is worked off."""
    unit, arrival = accounts.open_unit(tx, accounts.now), _said(accounts, STRANGER)
    accounts.handler.keep(unit, [arrival])
    assert accounts.handler.next_of(unit, VAULT.lookup(STRANGER)) is Queue.DONE
    accounts.delivers(tx)


def _said(accounts: Accounts, chat: int) -> Arrival:
    update = accounts.text(chat, "/menu")
    arrival = reading_updates.arrival(next(accounts.update_ids), update)
    assert arrival is not None
    return arrival


def _leaves(tx: Tx, accounts: Accounts) -> None:
    """Somebody asks for all that is kept, and deletes it."""
    accounts.says(tx, ANNA, "/export")
    accounts.says(tx, ANNA, "/delete")
    accounts.walks(tx, ANNA, "delete_yes")


def _clock(tx: Tx, accounts: Accounts, later: timedelta) -> None:
    """Time passes: what is due is sent, the staff are told, what has passed its term goes."""
    accounts.now += int(later.total_seconds())
    accounts.delivers(tx)
    assert swept(accounts.open_unit(tx, accounts.now), *PARTS.values()) == []
    accounts.delivers(tx)
    assert housekeeping.tidy(tx, accounts.now, accounts.city.rules.time_zone) == []
