"""Small proxies on loopback: they pass requests on, open tunnels, and know names that nobody else knows."""

import base64
import socket
import threading
from contextlib import suppress
from select import select
from types import TracebackType
from typing import Self

_PATIENCE_S = 5.0


class _Listening:
    """Serves each connection in a thread of its own while it is open."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                raw, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        raise NotImplementedError


class Socks(_Listening):
    """SOCKS 5 (RFC 1928) for names alone; `asked` has each."""

    def __init__(self, names: dict[str, tuple[str, int]]) -> None:
        super().__init__()
        self.asked: list[str] = []
        self._names = names

    def _serve(self, raw: socket.socket) -> None:
        raw.settimeout(_PATIENCE_S)
        with raw, suppress(OSError, KeyError):
            _, methods = raw.recv(2)
            raw.recv(methods)
            raw.sendall(b"\x05\x00")
            head = raw.recv(5)
            name = raw.recv(head[4]).decode()
            raw.recv(2)
            self.asked.append(name)
            with socket.create_connection(self._names[name], _PATIENCE_S) as host:
                raw.sendall(b"\x05\x00\x00\x01" + bytes(6))
                _pump(raw, host)


class Proxy(_Listening):
    """`asked` has each request's head as it came in. With `login` nobody else is served."""

    def __init__(self, names: dict[str, tuple[str, int]], login: str = "") -> None:
        super().__init__()
        self.asked: list[bytes] = []
        self._names = names
        self._wanted = base64.b64encode(login.encode()) if login else b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def lines(self) -> list[str]:
        """What each request asks for: method and target."""
        return [head.partition(b" HTTP/1.")[0].decode() for head in self.asked]

    def _serve(self, raw: socket.socket) -> None:
        raw.settimeout(_PATIENCE_S)
        with raw, suppress(OSError, ValueError):
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                piece = raw.recv(1)
                if not piece:
                    return
                head += piece
            self.asked.append(head)
            if self._wanted not in head:
                raw.sendall(b"HTTP/1.1 407 Who Are You\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            method, target, _ = head.split(b" ", 2)
            is_tunnel = method == b"CONNECT"
            authority = (target if is_tunnel else target.split(b"/")[2]).decode()
            place = self._names.get(authority.partition(":")[0])
            if place is None:
                raw.sendall(b"HTTP/1.1 502 No Such Name\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            with socket.create_connection(place, _PATIENCE_S) as host:
                if is_tunnel:
                    raw.sendall(b"HTTP/1.1 200 Opened\r\nX-Tunnel: yes\r\n\r\n")
                else:
                    path = b"/" + target.split(b"/", 3)[3]
                    host.sendall(head.replace(target, path, 1))
                _pump(raw, host)


def _pump(one: socket.socket, other: socket.socket) -> None:
    while True:
        for ready in select((one, other), (), (), _PATIENCE_S)[0]:
            data = ready.recv(65536)
            if not data:
                return
            (other if ready is one else one).sendall(data)
