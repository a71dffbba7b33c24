"""What Telegram allows, as far as the rest of the program must know it.

From the Bot API's pages on deleteMessage, deleteMessages and InlineKeyboardButton, and from its
FAQ: about 30 messages a second overall and one a second to a chat, which the settings say. How
many a chat takes at once before it is held to that is nowhere written.
"""

from bot.domain.deletion_limits import DeletionLimits

BYTES_OF_A_PRESS = 64
BURST_OF_A_CHAT = 5
LIMITS = DeletionLimits(
    # The minute is for the way there.
    deletable_seconds=48 * 3600 - 60,
    deleted_at_once=100,
)
