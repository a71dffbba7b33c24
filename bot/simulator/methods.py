"""Every method this server knows, by its name; each gives a result or a refusal."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.simulator import sending, standing, webhook_methods
from bot.simulator.call import Call
from bot.simulator.html import units
from bot.simulator.refusal import Refusal, bad_request
from bot.simulator.world import ANSWERABLE, JSON

LONGEST_TOAST = 200
UPLOADS = ("photo", "video", "voice", "document", "video_note")
RECORDINGS = ("video", "voice", "video_note")
ACTIONS = {"typing", "choose_sticker", "find_location"}.union(
    (f"upload_{kind}" for kind in UPLOADS), (f"record_{kind}" for kind in RECORDINGS)
)
PROFILE_PHOTO: JSON = {
    "file_id": "profile-photo",
    "file_unique_id": "unique-profile-photo",
    "width": 640,
    "height": 640,
}
QUERY_TOO_OLD = bad_request("query is too old and response timeout expired or query ID is invalid")


def get_me(call: Call) -> JSON:
    """The bot itself."""
    return call.world.bot | {
        "can_join_groups": False,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def answer_callback_query(call: Call) -> bool | Refusal:
    """Stops the button's progress bar; possible for a short while only."""
    query, text = call.world.queries.get(call.params["callback_query_id"]), call.params.get("text")
    if query is None or call.now - query.pressed_at > ANSWERABLE:
        return QUERY_TOO_OLD
    if text and units(text) > LONGEST_TOAST:
        return bad_request("MESSAGE_TOO_LONG")
    call.world.answer(query, text or "", call.params.get("show_alert", False))
    return True


def send_chat_action(call: Call) -> bool | Refusal:
    """Shown for seconds only, so nothing is kept."""
    chat = call.recipient()
    if isinstance(chat, Refusal):
        return chat
    if call.params["action"] not in ACTIONS:
        return bad_request("wrong parameter action in request")
    return True


def get_chat(call: Call) -> JSON | Refusal:
    """The chat with what only this method tells."""
    chat = call.chat()
    if isinstance(chat, Refusal):
        return chat
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    full = chat.described() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*gifts, "gifts_from_channels"), False),
    }
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[0]].fields
    return full


def get_user_profile_photos(call: Call) -> JSON | Refusal:
    """Of the bot itself the one that it has; people here have none."""
    user_id = call.params["user_id"]
    if user_id != call.world.bot["id"]:
        found = call.world.chats.get(user_id)
        return bad_request("user not found") if found is None else {"total_count": 0, "photos": []}
    if call.profile.photo is None:
        return {"total_count": 0, "photos": []}
    return {"total_count": 1, "photos": [[PROFILE_PHOTO]]}


def _yes(call: Call) -> bool:
    return True


METHODS: Mapping[str, Callable[[Call], Any]] = {
    "getMe": get_me,
    "logOut": _yes,
    "close": _yes,
    "setWebhook": webhook_methods.set_webhook,
    "deleteWebhook": webhook_methods.delete_webhook,
    "getWebhookInfo": webhook_methods.get_webhook_info,
    "sendMessage": sending.send_message,
    "sendLocation": sending.send_location,
    "sendVenue": sending.send_venue,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "sendChatAction": send_chat_action,
    "editMessageText": standing.edit_message_text,
    "editMessageReplyMarkup": standing.edit_message_reply_markup,
    "deleteMessage": standing.delete_message,
    "deleteMessages": standing.delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "getChat": get_chat,
    "pinChatMessage": standing.pin_chat_message,
    "unpinChatMessage": standing.unpin_chat_message,
    "setMyCommands": lambda call: call.profile.set_commands(call.params),
    "getMyCommands": lambda call: call.profile.get_commands(call.params),
    "deleteMyCommands": lambda call: call.profile.delete_commands(call.params),
    "setMyName": lambda call: call.profile.set_text("name", call.params),
    "setMyDescription": lambda call: call.profile.set_text("description", call.params),
    "setMyShortDescription": lambda call: call.profile.set_text("short_description", call.params),
    "setMyProfilePhoto": lambda call: call.profile.set_photo(call.params, call.uploads),
    "removeMyProfilePhoto": lambda call: call.profile.remove_photo(),
    "getUserProfilePhotos": get_user_profile_photos,
    "setChatMenuButton": lambda call: call.profile.set_menu_button(call.params),
}
