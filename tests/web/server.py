"""The sockets of the loopback web: one address of 127.0.0.0/8 a behaviour, found by where a connection arrived."""

import socket
import ssl
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.web.behaviours import BEHAVIOURS
from tests.web.certificates import Authority, self_signed
from tests.web.connection import Connection
from tests.web.rows import Answer, Behaviour, Tls

_PATIENCE_S = 5.0


class Web:
    """The web while it is served. `requests` has the heads that each host received, in order, with their times."""

    def __init__(self, folder: Path, behaviours: Sequence[Behaviour] = BEHAVIOURS) -> None:
        self._behaviours = {f"127.81.{index // 200}.{index % 200 + 1}": each for index, each in enumerate(behaviours)}
        self.requests: defaultdict[str, list[tuple[float, bytes]]] = defaultdict(list)
        self._counts: Counter[str] = Counter()
        self._lock = threading.Lock()
        authority = Authority(folder)
        stranger = Authority(folder, "Stranger")
        self.ca_file = str(authority.ca_file)
        self._contexts = {each.host: _context(each, authority, stranger, folder) for each in behaviours if each.tls}
        self._closing = threading.Event()
        self._listeners = [_listener() for _ in range(2)]
        self._closed = socket.socket()  # bound and not listening: it refuses, and nobody else gets the port
        self._closed.bind(("0.0.0.0", 0))
        self._plain, self._secure = (each.getsockname()[1] for each in self._listeners)

    @property
    def connect_to(self) -> tuple[str, ...]:
        """The settings that lead to every host of this web."""
        rules = []
        for address, each in self._behaviours.items():
            if each.tls:
                rules.append(f"{each.host}:443:{address}:{self._secure}")
            port = self._closed.getsockname()[1] if each.is_closed else self._plain
            rules.append(f"{each.host}:80:{address}:{port}")
        return tuple(rules)

    def __enter__(self) -> Self:
        for listener, is_secure in zip(self._listeners, (False, True), strict=True):
            threading.Thread(target=self._accept, args=(listener, is_secure), daemon=True).start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._closing.set()
        for each in (*self._listeners, self._closed):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self, listener: socket.socket, is_secure: bool) -> None:
        while not self._closing.is_set():
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(raw, is_secure), daemon=True).start()

    def _serve(self, raw: socket.socket, is_secure: bool) -> None:
        behaviour = self._behaviours.get(raw.getsockname()[0])
        raw.settimeout(_PATIENCE_S)
        # Whoever misbehaves is often left in mid-sentence.
        with suppress(OSError, ValueError):
            if behaviour is None:
                raw.close()
                return
            if is_secure and behaviour.host in self._contexts:
                raw = self._contexts[behaviour.host].wrap_socket(raw, server_side=True)
            while self._converse(raw, behaviour) and behaviour.keeps_open:
                pass
        with suppress(OSError):
            raw.close()

    def _converse(self, raw: socket.socket, behaviour: Behaviour) -> bool:
        """Answers one request; False when there was none."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            piece = raw.recv(1)
            if not piece:
                return False
            head += piece
        with self._lock:
            self._counts[behaviour.host] += 1
            number = self._counts[behaviour.host]
            self.requests[behaviour.host].append((time.monotonic(), head))
        connection = Connection(raw, head, number)
        answer: Answer | bytes | None = behaviour.answer
        if callable(answer):
            answer = answer(connection)
        if answer is not None:
            connection.send(answer)
        return True


def _listener() -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("0.0.0.0", 0))
    listener.listen(1024)
    return listener


def _context(behaviour: Behaviour, authority: Authority, stranger: Authority, folder: Path) -> ssl.SSLContext:
    match behaviour.tls:
        case Tls.EXPIRED:
            return authority.context(behaviour.host, days_old=3, days_left=-1)
        case Tls.SELF_SIGNED:
            return self_signed(folder, behaviour.host)
        case Tls.WRONG_HOST:
            return authority.context("somebody-else.example")
        case Tls.UNTRUSTED:
            return stranger.context(behaviour.host)
        case _:
            return authority.context(behaviour.host)
