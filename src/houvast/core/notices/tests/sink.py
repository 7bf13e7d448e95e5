"""A mail server that takes everything and keeps it, for tests: on this machine, on a free port."""

from __future__ import annotations

import socketserver
import threading
from email import message_from_bytes
from email.message import Message


class _Session(socketserver.StreamRequestHandler):
    """One client, as far as SMTP is needed for that."""

    server: Sink

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                self._keep()
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            elif verb == b"RCPT" and self.server.refuses:
                self._say("550 niemand@example.org does not live here")
            else:
                self._say("250 ok")

    def _keep(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) and line.rstrip(b"\r\n") != b".":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.received.append(message_from_bytes(b"".join(lines)))
        self._say("250 kept")

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")


class Sink(socketserver.ThreadingTCPServer):
    """What was handed over stands in `received`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.received: list[Message] = []
        self.refuses = False
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """As HOUVAST_MAIL_URL names it."""
        return f"smtp+plain://127.0.0.1:{self.server_address[1]}"

    def ids(self) -> list[str | None]:
        """The Message-ID of everything that was handed over, in order."""
        return [message["Message-ID"] for message in self.received]

    def stop(self) -> None:
        """Take nothing any more."""
        self.shutdown()
        self.server_close()
