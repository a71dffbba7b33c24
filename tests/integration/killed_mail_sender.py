"""A mail sender that is killed between sending a mail and keeping that it was sent."""

import asyncio
import os
import sys
import time
from email.message import EmailMessage
from pathlib import Path
from signal import SIGKILL

HERE = Path(__file__).parent
sys.path += [str(folder) for folder in (HERE.parents[1], HERE.parent, HERE)]
from mail_room import letters  # noqa: E402
from test_mail_sender import STAFFING  # noqa: E402
from town import MONDAY_MORNING, VAULT, invented  # noqa: E402

from bot.delivery.channel import Result  # noqa: E402
from bot.delivery.mail_sender import MailSender  # noqa: E402
from bot.mail.smtp import Smtp  # noqa: E402
from bot.mail.smtp_url import Security, Server  # noqa: E402
from bot.observability.counters import Counters  # noqa: E402
from bot.storage.engine.opening import open_database  # noqa: E402


class Fatal(Smtp):
    """A way to people on which the first mail is the last."""

    async def send(self, message: EmailMessage) -> Result:
        await super().send(message)
        os.kill(os.getpid(), SIGKILL)
        raise AssertionError("killed")


async def main(database_file: str, port: int) -> None:
    database = await open_database(f"sqlite:///{database_file}")
    channel = Fatal(Server("127.0.0.1", port, Security.OFFERED), "bot.example", time.monotonic)
    write = letters(invented(), STAFFING, VAULT).write
    now, counters = (lambda: MONDAY_MORNING), Counters(time.monotonic)
    await MailSender(database, write, channel, now, time.monotonic, counters).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
