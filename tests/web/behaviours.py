"""What the sites of the loopback web do, and what a reader would say of each: one row a behaviour."""

import gzip
import time

from tests.web.answers import ANSWERS
from tests.web.connection import Connection
from tests.web.notices import GATES, NOTICES
from tests.web.pages import PAGES
from tests.web.rows import PAGE, Answer, Behaviour, Tls, redirect, reply
from tests.web.texts import TEXTS
from tests.web.works import WORKS


def _chunked(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    for start in range(0, len(PAGE), 700):
        piece = PAGE[start : start + 700]
        connection.send(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    connection.send(b"0\r\nX-Trailer: yes\r\n\r\n")


def _tarpit(_: Connection) -> None:
    time.sleep(60)


def _drip_headers(connection: Connection) -> None:
    connection.drip(b"HTTP/1.1 200 OK\r\n" + b"X-Slow: 1\r\n" * 50, 0.05)


def _drip_body(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE[:600])
    connection.drip(PAGE[600:], 0.02)


def _endless(connection: Connection) -> None:
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE)
    while True:
        connection.send(b"<p>and on it goes</p>" * 700)


def _reset(connection: Connection) -> None:
    connection.reset()


def _reset_once(connection: Connection) -> bytes | None:
    if connection.number > 1:
        return reply(200)
    connection.reset()
    return None


def _short_body(connection: Connection) -> None:
    connection.send(reply(200).replace(f"Length: {len(PAGE)}".encode(), b"Length: 99999"))


def _steps(connection: Connection) -> bytes:
    """Eight redirects, then the page."""
    step = int(connection.path.rpartition("/")[2])
    return redirect(301, f"/step/{step + 1}") if step < 8 else reply(200)


def _maze(connection: Connection) -> bytes:
    return redirect(302, f"/maze/{connection.number}")


def _cookie_wall(connection: Connection) -> bytes:
    if connection.header("cookie") == "pass=granted":
        return reply(200)
    return redirect(302, connection.path, "Set-Cookie: pass=granted; Path=/; HttpOnly")


def _retry_once(connection: Connection) -> bytes:
    return reply(429, b"slow down", "Retry-After: 1") if connection.number == 1 else reply(200)


def _fails_once(connection: Connection) -> bytes:
    return reply(503, b"again, please") if connection.number == 1 else reply(200)


def _needs_mozilla(connection: Connection) -> bytes:
    return reply(200) if "Mozilla" in connection.header("user-agent") else reply(403)


def _needs_html(connection: Connection) -> bytes:
    return reply(200) if "text/html" in connection.header("accept") else reply(406)


def _utf8_location(connection: Connection) -> bytes:
    if connection.path == "/caf%C3%A9/m%C3%B6we":
        return reply(200)
    return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /caf\xc3\xa9/m\xc3\xb6we\r\n\r\n"


def _gzipped_on_its_way(connection: Connection) -> None:
    body = gzip.compress(PAGE, mtime=0)
    connection.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\n")
    connection.send(b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))


def _elsewhere(status: int, path: str) -> Answer:
    return lambda connection: reply(200) if connection.path == path else redirect(status, path)


def _then(status: int, following: int) -> Answer:
    """A redirect to /next, which answers `following`."""
    return lambda connection: reply(following) if connection.path == "/next" else redirect(status, "/next")


_BOMB = gzip.compress(PAGE + bytes(20_000_000), mtime=0)

BEHAVIOURS = (
    Behaviour("plain", reply(200), "alive", "ok"),
    Behaviour("secure", reply(200), "alive", "ok", tls=Tls.GOOD),
    Behaviour("kept-open", reply(200).replace(b"Connection: close\r\n", b""), "alive", "ok", keeps_open=True),
    Behaviour("chunked", _chunked, "alive", "ok"),
    Behaviour("gzipped", reply(200, gzip.compress(PAGE, mtime=0), "Content-Encoding: gzip"), "alive", "ok"),
    Behaviour("broken-gzip", reply(200, b"this is not gzip", "Content-Encoding: gzip"), "failing", "bad-encoding"),
    Behaviour("cut-gzip", reply(200, gzip.compress(PAGE, mtime=0)[:-9], "Content-Encoding: gzip"), "alive", "ok"),
    Behaviour("brotli", reply(200, b"\x0b\x02\x80abc\x03", "Content-Encoding: br"), "alive", "ok"),
    Behaviour("false-brotli", reply(200, PAGE, "Content-Encoding: br"), "failing", "bad-encoding"),
    Behaviour("strange-coding", reply(404, PAGE, "Content-Encoding: none"), "dead", "http-404"),
    Behaviour("strange-transfer", _gzipped_on_its_way, "failing", "bad-encoding"),
    Behaviour("bomb", reply(200, _BOMB, "Content-Encoding: gzip"), "alive", "ok"),
    Behaviour("no-content", reply(204, b""), "alive", "ok"),
    Behaviour("partial", reply(206), "alive", "ok"),
    Behaviour("empty-page", reply(200, b""), "alive", "ok"),
    Behaviour("early-hints", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + reply(200), "alive", "ok"),
    Behaviour("mozilla-only", _needs_mozilla, "alive", "ok"),
    Behaviour("html-only", _needs_html, "alive", "ok"),
    Behaviour("short-body", _short_body, "alive", "ok"),
    Behaviour("drip-body", _drip_body, "alive", "ok"),
    Behaviour("endless", _endless, "alive", "ok"),
    Behaviour("many-headers", reply(200, PAGE, *(f"X-{n}: {n}" for n in range(1000))), "alive", "ok"),
    Behaviour("fails-once", _fails_once, "alive", "ok"),
    Behaviour("reset-once", _reset_once, "alive", "ok"),
    Behaviour("limited-once", _retry_once, "alive", "ok"),
    Behaviour("temporary", _elsewhere(302, "/2024/05/new"), "alive", "ok"),
    Behaviour("see-other", _elsewhere(303, "/2024/05/new"), "alive", "ok"),
    Behaviour("cookie-wall", _cookie_wall, "alive", "ok"),
    Behaviour("utf8-location", _utf8_location, "alive", "ok"),
    Behaviour(
        "moved",
        _elsewhere(301, "/2024/05/new"),
        "moved",
        "permanent-redirect",
        suggestion="http://moved.example/2024/05/new",
    ),
    Behaviour(
        "moved-308",
        _elsewhere(308, "/2024/05/new"),
        "moved",
        "permanent-redirect",
        suggestion="http://moved-308.example/2024/05/new",
    ),
    Behaviour(
        "moved-eight-times",
        _steps,
        "moved",
        "permanent-redirect",
        path="/step/0",
        suggestion="http://moved-eight-times.example/step/8",
    ),
    Behaviour(
        "moved-secure",
        lambda _: redirect(301, "https://secure.example/2024/05/ferry-resumes"),
        "moved",
        "permanent-redirect",
        suggestion="https://secure.example/2024/05/ferry-resumes",
    ),
    Behaviour("gone", reply(410), "dead", "http-410"),
    Behaviour("missing", reply(404), "dead", "http-404"),
    Behaviour("moved-to-missing", _then(301, 404), "dead", "http-404"),
    Behaviour("sent-home", lambda c: reply(200) if c.path == "/" else redirect(301, "/"), "dead", "home-redirect"),
    Behaviour("moved-to-nowhere", redirect(301, "http://gone.invalid/"), "dead", "dns-nxdomain"),
    Behaviour("login", reply(401), "blocked", "http-401"),
    Behaviour("pay", reply(402), "blocked", "http-402"),
    Behaviour("forbidden", reply(403), "blocked", "http-403"),
    Behaviour("proxy-login", reply(407), "blocked", "http-407"),
    Behaviour("legal", reply(451), "blocked", "http-451"),
    Behaviour("captive", reply(511), "blocked", "http-511"),
    Behaviour("nine", reply(999), "blocked", "bot-wall"),
    Behaviour("limited", reply(429, b""), "blocked", "rate-limited"),
    Behaviour("limited-for-an-hour", reply(429, b"", "Retry-After: 3600"), "blocked", "rate-limited"),
    Behaviour("closed-for-a-day", reply(503, b"", "Retry-After: 86400"), "blocked", "rate-limited"),
    Behaviour("bad-request", reply(400), "failing", "http-400"),
    Behaviour("no-method", reply(405), "failing", "http-405"),
    Behaviour("server-error", reply(500), "failing", "http-500"),
    Behaviour("bad-gateway", reply(502), "failing", "http-502"),
    Behaviour("not-implemented", reply(501), "failing", "http-501"),
    Behaviour("tarpit", _tarpit, "failing", "read-timeout"),
    Behaviour("drip-headers", _drip_headers, "failing", "read-timeout"),
    Behaviour("reset", _reset, "failing", "reset"),
    Behaviour("silent", lambda _: None, "failing", "empty-reply"),
    Behaviour("garbage", b"SSH-2.0-OpenSSH_9.2\r\n", "failing", "bad-reply"),
    Behaviour("huge-headers", reply(200, PAGE, *("X: " + "y" * 900 for _ in range(600))), "failing", "bad-reply"),
    Behaviour("odd-line", reply(200, PAGE, "a line that is no header", "X-Behind: it"), "alive", "ok"),
    Behaviour("odd-length", reply(200).replace(b"Length: 3", b"Length: some 3"), "alive", "ok"),
    Behaviour("odd-line-missing", reply(404, b"no", "a line that is no header"), "dead", "http-404"),
    Behaviour("status-cut", b"HTTP/1.1 2", "failing", "bad-reply"),
    Behaviour("head-cut", b"HTTP/1.1 200 OK\r\nContent-Type: text/ht", "failing", "bad-reply"),
    Behaviour("head-without-end", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", "failing", "bad-reply"),
    Behaviour("closed", b"", "failing", "refused", is_closed=True),
    Behaviour("circle", lambda c: redirect(302, "/b" if c.path == "/a" else "/a"), "failing", "redirect-loop"),
    Behaviour("self", lambda c: redirect(302, c.path), "failing", "redirect-loop"),
    Behaviour("maze", _maze, "failing", "too-many-redirects"),
    Behaviour("nowhere", redirect(302, "http://[broken/"), "failing", "bad-redirect"),
    Behaviour("to-no-name", redirect(301, "http://quay..example/x"), "failing", "bad-redirect"),
    Behaviour("guarded", reply(200, PAGE, "X-DataDome: protected", "X-DD-Trace: 1"), "alive", "ok"),
    Behaviour("to-ftp", redirect(302, "ftp://plain.example/x"), "failing", "bad-redirect"),
    Behaviour("no-location", reply(302), "failing", "bad-redirect"),
    Behaviour("metadata", redirect(302, "http://169.254.169.254/latest/"), "failing", "private-address"),
    Behaviour("expired", reply(200), "failing", "tls-expired", tls=Tls.EXPIRED),
    Behaviour("self-signed", reply(200), "failing", "tls-self-signed", tls=Tls.SELF_SIGNED),
    Behaviour("wrong-host", reply(200), "failing", "tls-hostname", tls=Tls.WRONG_HOST),
    Behaviour("untrusted", reply(200), "failing", "tls-untrusted", tls=Tls.UNTRUSTED),
    *PAGES,
    *NOTICES,
    *GATES,
    *TEXTS,
    *WORKS,
    *ANSWERS,
)
