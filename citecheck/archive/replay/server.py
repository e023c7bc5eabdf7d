"""The replay's server: `/`, `/web/<time>/<url>`, `/web/<time>id_/<url>` and `/diff/<time>/<time>/<url>` on loopback."""

import re
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from citecheck.archive import content
from citecheck.archive.cdxj import parse_stamp
from citecheck.archive.holdings import Capture, Holdings
from citecheck.archive.replay import difference, rewriting, screens
from citecheck.errors import ArchiveError
from citecheck.patterns import regex

_LOOPBACK = "127.0.0.1"
_WEB = regex(r"/web/(\d{4,14})(id_)?/(.+)", re.DOTALL)
_DIFF = regex(r"/diff/(\d{4,14})/(\d{4,14})/(.+)", re.DOTALL)
_LOCAL = (
    "default-src 'self' data: blob:; style-src 'self' 'unsafe-inline' data:; frame-ancestors 'self'; form-action 'none'"
)
_NO_SCRIPTS = f"sandbox allow-same-origin allow-top-navigation-by-user-activation; {_LOCAL}; script-src 'none'"
_SCRIPTS = f"sandbox allow-scripts; {_LOCAL}; script-src 'self' 'unsafe-inline'"
_PATH_CHARS = "".join(map(chr, range(0x21, 0x7F)))


class Shown(NamedTuple):
    """An answer of the replay."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)


class Replay:
    """Shows the archive in `folder`; a context manager, served until it is left.

    A page may load from nowhere but the replay, and its scripts do not run unless `runs_scripts`: both are the
    browser's work, told by a content security policy. Raises ArchiveError when there is no archive, or the port is
    taken.
    """

    def __init__(self, folder: Path, *, port: int = 0, runs_scripts: bool = False) -> None:
        self._holdings = Holdings(folder)
        self._policy = _SCRIPTS if runs_scripts else _NO_SCRIPTS
        try:
            self._server = ThreadingHTTPServer((_LOOPBACK, port), type("Handler", (_Handler,), {"replay": self}))
        except OSError as error:
            raise ArchiveError(f"port {port} cannot be used: {error.strerror}; name another with --port") from error
        self._server.daemon_threads = True
        self.url = f"http://{_LOOPBACK}:{self._server.server_port}/"

    def serve_forever(self) -> None:
        try:
            self._server.serve_forever(poll_interval=0.1)
        finally:
            self._server.server_close()

    def stop(self) -> None:
        """End `serve_forever`, which runs in another thread."""
        self._server.shutdown()

    def accepts(self, host: str) -> bool:
        """Whether a request is for us: a page of the web that points a name of its own at loopback is refused."""
        return urlsplit(f"//{host}").hostname in (_LOOPBACK, "localhost")

    def show(self, path: str) -> Shown:
        """The answer to a path with its query."""
        try:
            web, diff = _WEB.fullmatch(path), _DIFF.fullmatch(path)
            if path in ("/", ""):
                return self._screen(200, screens.listing(self._holdings.entries(), str(self._holdings.folder)))
            if web:
                return self._page(web[1], web[3], is_raw=bool(web[2]))
            if diff:
                return self._difference(diff[1], diff[2], diff[3])
        except ValueError as error:
            return self._screen(404, screens.damaged(path, str(error)))
        except ArchiveError as error:
            return self._screen(500, screens.damaged(path, str(error)))
        return self._screen(404, screens.missing(path))

    def _page(self, digits: str, url: str, *, is_raw: bool) -> Shown:
        moment = parse_stamp(digits)
        capture = self._holdings.capture(url, moment)
        if capture is None:
            return self._screen(404, screens.missing(url))
        entry = capture.entry
        location = capture.head.header("location")
        if entry.status and 300 <= entry.status < 400 and entry.status != 304 and location:
            return Shown(302, b"", (("Location", self._where(digits)(urljoin(entry.url, location))),))
        if is_raw:
            return self._kept(
                capture, capture.payload, (("Content-Encoding", capture.head.header("content-encoding")),)
            )
        try:
            return self._rewritten(capture, digits)
        except ValueError:  # coded in a way that we cannot undo; the browser may
            return self._kept(
                capture, capture.payload, (("Content-Encoding", capture.head.header("content-encoding")),)
            )

    def _rewritten(self, capture: Capture, digits: str) -> Shown:
        entry, where = capture.entry, self._where(digits)
        if capture.is_html:
            banner = screens.banner(entry, self._holdings.captures(entry.url))
            page = rewriting.page(capture.markup(), entry.url, where, banner)
            return self._kept(capture, page.encode("utf-8", "replace"), (), "text/html; charset=utf-8")
        if capture.media == "text/css":
            sheet = rewriting.style(capture.markup(), entry.url, where)
            return self._kept(capture, sheet.encode("utf-8", "replace"), (), "text/css; charset=utf-8")
        return self._kept(capture, capture.content())

    def _kept(
        self,
        capture: Capture,
        body: bytes,
        headers: Iterable[tuple[str, str | None]] = (),
        media: str | None = None,
    ) -> Shown:
        """A body of the archive's, with nothing of its headers but what tells how to read it."""
        kind = media or capture.head.header("content-type") or "application/octet-stream"
        entry = capture.entry
        own = (
            ("Content-Type", kind),
            ("Content-Security-Policy", self._policy),
            ("Memento-Datetime", f"{entry.captured_at:%a, %d %b %Y %H:%M:%S GMT}"),
            ("Link", f'<{quote(entry.url, safe=_PATH_CHARS)}>; rel="original"'),
        )
        named = tuple((name, value) for name, value in headers if value)
        status = entry.status if entry.status and entry.status >= 400 else 200
        return Shown(status, body, (*own, *named))

    def _difference(self, before: str, after: str, url: str) -> Shown:
        captures = [
            each for each in (self._holdings.capture(url, parse_stamp(digits)) for digits in (before, after)) if each
        ]
        if len(captures) < 2:
            return self._screen(404, screens.missing(url))
        old, new = captures
        changes = difference.compare(self._text(old), self._text(new))
        return self._screen(200, screens.comparison(old.entry, new.entry, changes))

    def _text(self, capture: Capture) -> str:
        """What was kept as its text, else what its markup says."""
        kept = self._holdings.text(capture.entry)
        if kept is not None:
            return kept
        return content.text(capture.markup()) if capture.is_html else capture.markup()

    def _where(self, digits: str) -> "rewriting.Where":
        return lambda url: f"/web/{digits}/{quote(url, safe=_PATH_CHARS)}"

    def _screen(self, status: int, html: str) -> Shown:
        policy = ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'")
        return Shown(status, html.encode("utf-8", "replace"), (("Content-Type", "text/html; charset=utf-8"), policy))


class _Handler(BaseHTTPRequestHandler):
    replay: Replay
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if not self.replay.accepts(self.headers.get("Host") or ""):
            shown = Shown(403, b"This replay answers to 127.0.0.1 alone.", (("Content-Type", "text/plain"),))
        else:
            shown = self.replay.show(self.path)
        self.send_response(shown.status)
        for name, value in (
            *shown.headers,
            ("Content-Length", str(len(shown.body))),
            ("Referrer-Policy", "no-referrer"),
        ):
            self.send_header(name, value.encode("latin-1", "replace").decode("latin-1"))
        self.end_headers()
        self.wfile.write(shown.body)

    def log_message(self, format: str, *args: object) -> None:
        pass
