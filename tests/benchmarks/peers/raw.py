"""No framework, no parsing of answers, blocking sockets: what the stub itself can carry.

A connection per call of a round, one request at a time on each, as real clients would have it.
"""

import json
import os
import socket
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

from .screen import BUTTONS, TEXT

CHUNK = 1 << 20
KEYBOARD = json.dumps(
    {"inline_keyboard": [[{"text": text, "callback_data": data}] for text, data in BUTTONS]}
)


class Connections:
    """As many connections to the stub as a round needs."""

    def __init__(self, url: str, token: str) -> None:
        address = urlsplit(url)
        self._address = (address.hostname or "", address.port or 80)
        self._path = f"/bot{token}"
        self._open: list[socket.socket] = []

    def calls(self, method: str, bodies: Iterable[dict[str, Any]]) -> list[bytes]:
        """Make the calls side by side; their raw answers in order."""
        count = 0
        for count, body in enumerate(bodies, 1):
            if count > len(self._open):
                self._open.append(socket.create_connection(self._address))
            self._open[count - 1].sendall(self._request(method, body))
        return [_answer(connection) for connection in self._open[:count]]

    def _request(self, method: str, body: dict[str, Any]) -> bytes:
        content = urlencode(body).encode()
        head = f"POST {self._path}/{method} HTTP/1.1\r\nContent-Length: {len(content)}\r\n\r\n"
        return head.encode() + content


def _answer(connection: socket.socket) -> bytes:
    got = connection.recv(CHUNK)
    head = got.index(b"\r\n\r\n") + 4
    length = int(got[got.index(b"Content-Length: ") + 16 : head - 4])
    while len(got) < head + length:
        got += connection.recv(CHUNK)
    return got[head:]


def handle(updates: list[dict[str, Any]], connections: Connections) -> None:
    """Answer every press and edit its message; greet whoever says /start."""
    started = [update["message"] for update in updates if "message" in update]
    presses = [update["callback_query"] for update in updates if "callback_query" in update]
    shown = {"text": TEXT, "parse_mode": "HTML", "reply_markup": KEYBOARD}
    connections.calls("sendMessage", ({"chat_id": m["chat"]["id"], **shown} for m in started))
    connections.calls("answerCallbackQuery", ({"callback_query_id": p["id"]} for p in presses))
    edits = (
        {"chat_id": p["from"]["id"], "message_id": p["message"]["message_id"], **shown}
        for p in presses
    )
    connections.calls("editMessageText", edits)


def main() -> None:
    """Poll until a signal comes."""
    connections = Connections(os.environ["BOT_API_URL"], os.environ["BOT_TOKEN"])
    offset = 0
    while True:
        answer = connections.calls("getUpdates", [{"offset": offset, "timeout": 10}])[0]
        updates = json.loads(answer)["result"]
        handle(updates, connections)
        offset = updates[-1]["update_id"] + 1 if updates else offset


if __name__ == "__main__":
    main()
