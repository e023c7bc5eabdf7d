"""A web for the scripts here, in a process of its own: one epoll loop that answers by address and notes who came when.

Times are seconds of the system's monotonic clock, which all processes share.
"""

import contextlib
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

PARAGRAPH = "<p>The council agreed on Sunday to extend the deadline, the Harbour Gazette reported.</p>"
PAGE = f"<!doctype html><title>Story</title><h1>Story</h1>{PARAGRAPH * 60}".encode()
COMPLAINING, HOUR, MAZE, TARPIT, ENDLESS, *_ = [f"127.80.0.{number}" for number in range(1, 11)]
HOSTILE = (COMPLAINING, HOUR, MAZE, TARPIT, ENDLESS)
_DRIP_S = 0.2


def addresses(count: int) -> list[str]:
    """So many hosts that answer as they should."""
    return [f"127.{81 + number // 62_500}.{number // 250 % 250}.{number % 250 + 1}" for number in range(count)]


@contextlib.contextmanager
def served(*, log: Path | None = None, delay_s: float = 0.0) -> Iterator[int]:
    """The port of the web on all of 127.0.0.0/8; each request's time, number in progress and path go to `log`."""
    command = [sys.executable, "-m", "tests.bench.web", str(log or ""), str(delay_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


class _Web:
    def __init__(self, log: TextIO | None, delay_s: float) -> None:
        self._selector = selectors.EpollSelector()
        self._log = log
        self._delay_s = delay_s
        self._due: list[tuple[float, socket.socket, bytes]] = []
        """Answers in the order in which they are due."""
        self._dripping: set[socket.socket] = set()
        self._in_progress = 0

    def serve(self) -> None:
        listener = socket.create_server(("0.0.0.0", 0), backlog=4096)
        listener.setblocking(False)
        self._selector.register(listener, selectors.EVENT_READ)
        print(listener.getsockname()[1], flush=True)
        dripped_s = 0.0
        while True:
            now = time.monotonic()
            wait_s = self._due[0][0] - now if self._due else _DRIP_S
            for key, _ in self._selector.select(max(0.0, min(wait_s, _DRIP_S))):
                if key.fileobj is listener:
                    self._accept(listener)
                elif isinstance(key.fileobj, socket.socket):
                    self._read(key.fileobj)
            now = time.monotonic()
            while self._due and self._due[0][0] <= now:
                _, client, answer = self._due.pop(0)
                self._in_progress -= 1
                self._send(client, answer)
            if now - dripped_s >= _DRIP_S:
                dripped_s = now
                for client in list(self._dripping):
                    self._send(client, b"400\r\n" + b"word " * 204 + b"wxyz\r\n")

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                client, _ = listener.accept()
                client.setblocking(False)
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._selector.register(client, selectors.EVENT_READ)

    def _read(self, client: socket.socket) -> None:
        try:
            head = client.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            head = b""
        if not head:
            self._drop(client)
            return
        now = time.monotonic()
        for request in head.split(b"\r\n\r\n")[:-1]:
            path = request.split(b" ", 2)[1].decode()
            host = client.getsockname()[0]
            self._in_progress += 1
            if self._log:
                self._log.write(f"{now} {self._in_progress} {host} {path}\n")
            answer = _answer(host, path)
            if self._delay_s:
                self._due.append((now + self._delay_s, client, answer))
                continue
            self._in_progress -= 1
            self._send(client, answer)
            if host == ENDLESS:
                self._dripping.add(client)

    def _send(self, client: socket.socket, answer: bytes) -> None:
        try:
            client.send(answer)
        except OSError:
            self._drop(client)

    def _drop(self, client: socket.socket) -> None:
        self._dripping.discard(client)
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(client)
        client.close()


def _answer(host: str, path: str) -> bytes:
    if host == COMPLAINING:
        return _told("429 Too Many Requests")
    if host == HOUR:
        return _told("429 Too Many Requests", "Retry-After: 3600")
    if host == MAZE:
        turn = int(path.rpartition("/")[2]) + 1
        return _told("302 Found", f"Location: {path.rpartition('/')[0]}/{turn}")
    if host == TARPIT:
        return b""
    if host == ENDLESS:
        return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    return _told("200 OK", "Content-Type: text/html; charset=utf-8", body=PAGE)


def _told(status: str, *fields: str, body: bytes = b"") -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields, "", "")
    return "\r\n".join(lines).encode() + body


if __name__ == "__main__":
    path, delay = sys.argv[1:]
    with Path(path).open("w", encoding="utf-8", buffering=1) if path else contextlib.nullcontext() as kept:
        _Web(kept, float(delay)).serve()
