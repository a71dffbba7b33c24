"""What a step of the conversation has to say, as payloads in the order in which they go out."""

from bot.conversation.content import Screen
from bot.conversation.outcome import (
    Ask,
    AskForLocation,
    DeleteTheirMessage,
    Order,
    Outcome,
    SendCalendarFile,
    SendDataExport,
    SendPin,
    SendSlip,
    TakeKeyboardAway,
)
from bot.messages.payloads import (
    AskLocation,
    CalendarFile,
    DataExport,
    LiveScreen,
    Payload,
    Pin,
    Slip,
    TakeKeyboard,
    Text,
)
from bot.messages.tidying import Delete


def of(outcome: Outcome, screen: Screen | None, message_id: int) -> list[Payload]:
    """What is sent, in order; `message_id` is the message that was answered. No `screen` is shown
    where it stays as it is.

    The keyboard that asks for a location stands below its screen; all else stands above, so that
    the screen ends up at the bottom of the chat.
    """
    above = [order for order in outcome.orders if not isinstance(order, AskForLocation)]
    below = [order for order in outcome.orders if isinstance(order, AskForLocation)]
    return [
        *(_payload(order, message_id) for order in above),
        *(() if screen is None else (LiveScreen(screen),)),
        *(_payload(order, message_id) for order in below),
    ]


def _payload(order: Order, message_id: int) -> Payload:
    match order:
        case SendCalendarFile(appointment_id):
            return CalendarFile(appointment_id)
        case SendSlip(appointment_id):
            return Slip(appointment_id)
        case SendPin(office_id):
            return Pin(office_id)
        case SendDataExport():
            return DataExport()
        case AskForLocation():
            return AskLocation()
        case TakeKeyboardAway():
            return TakeKeyboard()
        case DeleteTheirMessage():
            return Delete(message_id)
        case Ask(question):
            return Text(question)
