"""The small web that the sample blog cites, on real sockets of loopback: what it answers is in web.toml."""

import html
import socket
import ssl
import threading
import tomllib
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

_HERE = Path(__file__).parent
_LOOPBACK = "127.0.0.1"
_PORTS = {"http": 80, "https": 443}
_PATIENCE_S = 5.0
"""A client that says nothing for so long is left."""


class Page(Struct, frozen=True, forbid_unknown_fields=True):
    """What one address answers."""

    url: str
    status: int = 200
    title: str | None = None
    site: str = ""
    author: str = ""
    date: str = ""
    text: str = ""
    location: str | None = None
    raw: str = ""
    """The body itself, in place of an article."""
    media: str = "text/html; charset=utf-8"
    headers: dict[str, str] = {}

    @property
    def body(self) -> bytes:
        """An article as HTML; without a title, the status in words and where a redirect leads."""
        if self.raw:
            return self.raw.encode()
        title = self.title or f"{self.status} {HTTPStatus(self.status).phrase}"
        lines = [f"<h1>{html.escape(title)}</h1>"]
        if self.title:
            by = html.escape(f"{self.author}, {self.site}")
            lines.append(f'<p class="byline">{by}, <time datetime="{self.date}">{self.date}</time></p>')
        lines += (f"<p>{html.escape(each)}</p>" for each in self.text.strip().split("\n\n") if each)
        if self.location:
            lines.append(f'<p><a href="{html.escape(self.location)}">The page is here</a></p>')
        name = html.escape(f"{title} | {self.site}" if self.site else title)
        content = "\n".join(lines)
        return (
            f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n</head>\n'
            f"<body>\n<article>\n{content}\n</article>\n</body>\n</html>\n"
        ).encode()

    @property
    def head(self) -> bytes:
        """Status line and header lines; no date in it, so that it is the same every time."""
        headers = {
            "Content-Type": self.media,
            "Content-Length": str(len(self.body)),
            **({"Location": self.location} if self.location else {}),
            **self.headers,
            "Connection": "close",
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}\r\n{lines}\r\n".encode("latin-1")


class _Map(Struct, frozen=True, forbid_unknown_fields=True):
    """web.toml."""

    self_signed: tuple[str, ...]
    refused: tuple[str, ...]
    page: tuple[Page, ...]


class Web:
    """The sample web while it is served; a context manager.

    `connect_to` leads from its hosts to the ports that it found free, `ca_file` is the authority to trust. Names that
    are reached so prove nothing of the resolver.
    """

    ca_file = _HERE / "tls" / "ca.pem"

    def __init__(self, connect_to: tuple[str, ...], sockets: ExitStack) -> None:
        self.connect_to = connect_to
        self._sockets = sockets

    @classmethod
    def start(cls) -> Self:
        """Serve it from now on, on ports of loopback that are free."""
        web = _map()
        with ExitStack() as stack:
            plain = _serve(stack, None)
            trusted = _serve(stack, "sites.pem")
            doubtful = _serve(stack, "self-signed.pem")
            closed = stack.enter_context(socket.socket())
            closed.bind((_LOOPBACK, 0))  # bound and not listening: the port stays ours and refuses

            def port(scheme: str, host: str) -> int:
                if host in web.refused:
                    return int(closed.getsockname()[1])
                if scheme == "http":
                    return plain
                return doubtful if host in web.self_signed else trusted

            places = sorted({(parts.scheme, parts.netloc) for parts in map(urlsplit, pages())})
            places += (("https", host) for host in web.refused)
            connect_to = tuple(f"{host}:{_PORTS[scheme]}:{_LOOPBACK}:{port(scheme, host)}" for scheme, host in places)
            return cls(connect_to, stack.pop_all())

    def close(self) -> None:
        """Stop serving, when the answers under way are given."""
        self._sockets.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def pages() -> Mapping[str, Page]:
    """What the web answers, by URL."""
    return {page.url: page for page in _map().page}


@cache
def _map() -> _Map:
    return msgspec.convert(tomllib.loads((_HERE / "web.toml").read_text(encoding="utf-8")), _Map)


def _serve(stack: ExitStack, certificate: str | None) -> int:
    """Start a listener that `stack` will end; its port."""
    server = _Listener((_LOOPBACK, 0), _Handler)
    stack.callback(server.server_close)
    if certificate:
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(_HERE / "tls" / certificate)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(server.shutdown)
    return int(server.server_address[1])


class _Listener(ThreadingTCPServer):
    context: ssl.SSLContext | None = None

    def finish_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]  # a socket, never the datagram pair of UDP
        request.settimeout(_PATIENCE_S)
        # A client that does not like the certificate leaves in the middle of the handshake.
        with suppress(OSError):
            if self.context:
                with self.context.wrap_socket(request, server_side=True) as secured:
                    super().finish_request(secured, client_address)
            else:
                super().finish_request(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Listener

    def do_GET(self) -> None:
        scheme = "https" if self.server.context else "http"
        url = f"{scheme}://{self.headers.get('Host', '')}{self.path}"
        page = pages().get(url) or Page(url=url, status=404)
        self.wfile.write(page.head + page.body)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass
