"""A public archive as its clients meet it, on loopback: saving, availability, CDX, playback, TimeMap and TimeGate.

State is in memory. What it does wrong is scripted: `next_answers` for a route come before what it would say, and the
switches say how it behaves until they are changed. Facts: what the Internet Archive was seen to do.
"""

import contextlib
import hashlib
import json
import socket
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

RESET = -1
"""In place of a status: the connection is reset, when the request has been read and its effect taken."""
RECORD_AND_RESET = -2
"""The same of a submission, and the capture is made nevertheless."""


class Kept(NamedTuple):
    """One capture."""

    stamp: str
    url: str
    status: int = 200
    body: bytes = b"<!DOCTYPE html><title>Kept</title><p>The quay was open all day, the harbour master said.</p>"
    location: str = ""
    media: str = "text/html; charset=utf-8"

    @property
    def moment(self) -> datetime:
        return datetime.strptime(self.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


class Said(NamedTuple):
    """An answer out of turn."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class FakeArchive:
    """The archive's state, switches and log; `serve()` puts it on loopback."""

    kept: list[Kept] = field(default_factory=list)
    next_answers: dict[str, deque[Said]] = field(default_factory=lambda: defaultdict(deque))
    """By the beginning of the path: answers given, one each, before the usual ones."""
    always: dict[str, Said] = field(default_factory=dict)
    log: list[Asked] = field(default_factory=list)
    # Looking up
    missed_by_availability: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    """Hosts of excluded sites."""
    has_duplicate_rows: bool = False
    has_odd_rows: bool = False
    names_port_80: bool = False
    excluded_playback: set[str] = field(default_factory=set)
    """URLs whose playback says 200 "URL has been excluded" without Memento-Datetime."""
    circular: set[str] = field(default_factory=set)
    timemap_page: int = 1000
    """Mementos in one TimeMap; what is beyond is in the next."""
    # Saving
    needs_key: bool = True
    pending_polls: int = 1
    outcome: str = "success"
    """`success`, or the `status_ext` that every job ends with."""
    reuses: set[str] = field(default_factory=set)
    """URLs answered with job_id null: captured lately."""
    refusals: dict[str, str] = field(default_factory=dict)
    """By URL, the status_ext said at once on submission, without a job."""
    delay_message: str = ""
    forgotten: set[str] = field(default_factory=set)
    """Jobs whose status has expired."""
    lag_lookups: int = 0
    """So many look-ups see nothing of a new capture."""
    daily: int = 0
    now: datetime = datetime(2031, 4, 9, 12, tzinfo=UTC)
    jobs: dict[str, "_Job"] = field(default_factory=dict)
    base: str = ""

    @contextlib.contextmanager
    def serve(self) -> Iterator["FakeArchive"]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"archive": self}))
        server.daemon_threads = True
        self.base = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    def asked(self, path: str, method: str | None = None) -> list[Asked]:
        return [each for each in self.log if each.path.startswith(path) and method in (None, each.method)]

    def visible(self, *, is_lookup: bool) -> list[Kept]:
        """What look-ups see: new captures lag behind."""
        fresh = {(job.stamp, job.final_url) for job in self.jobs.values() if job.lag > 0}
        if is_lookup:
            for job in self.jobs.values():
                if job.is_done:
                    job.lag -= 1
        return sorted(each for each in self.kept if (each.stamp, each.url) not in fresh)

    def of(self, url: str, *, is_lookup: bool = True) -> list[Kept]:
        return [each for each in self.visible(is_lookup=is_lookup) if _key(each.url) == _key(url)]


@dataclass
class _Job:
    id: str
    url: str
    polls: int
    stamp: str
    final_url: str
    outcome: str
    lag: int
    is_done: bool = False


class _Handler(BaseHTTPRequestHandler):
    archive: FakeArchive
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _answer(self, body: str) -> None:
        archive = self.archive
        archive.log.append(Asked(self.command, self.path, dict(self.headers.items()), body))
        said = self._scripted(body) or self._usual(body)
        if said.status in (RESET, RECORD_AND_RESET):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            self.connection.close()
            self.close_connection = True
            return
        self.send_response(said.status)
        for name, value in said.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(said.body)))
        self.end_headers()
        self.wfile.write(said.body)

    def _scripted(self, body: str) -> Said | None:
        archive = self.archive
        for prefix, answers in archive.next_answers.items():
            if self.path.startswith(prefix) and answers:
                said = answers.popleft()
                if said.status == RECORD_AND_RESET:
                    _submit(archive, dict(parse_qsl(body)).get("url", ""))
                return said
        return next((said for prefix, said in archive.always.items() if self.path.startswith(prefix)), None)

    def _usual(self, body: str) -> Said:
        parts = urlsplit(self.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        archive, path = self.archive, self.path
        if path.startswith("/v1/"):
            return self._perma(path.removeprefix("/v1/"), body)
        if path.startswith("/save"):
            return self._save(parts.path.rstrip("/"), dict(parse_qsl(body)))
        if parts.path == "/wayback/available":
            return self._available(body, query)
        if parts.path == "/cdx/search/cdx":
            return _cdx(archive, query, parse_qs(parts.query).get("filter", []))
        for prefix in ("/web/timemap/link/", "/web/timemap/json/"):
            if path.startswith(prefix):
                return _timemap(archive, path[len(prefix) :], prefix.endswith("json/"))
        if path.startswith("/web/"):
            return _playback(archive, path[len("/web/") :], self.headers.get("Accept-Datetime"))
        return Said(404, b"<html>Not Found</html>")

    def _available(self, body: str, query: dict[str, str]) -> Said:
        if self.command == "GET":
            return _json(_closest(self.archive, query["url"], query.get("timestamp", "")))
        results = []
        for line in body.split("\n"):
            row = dict(parse_qsl(line))
            results.append({"tag": row.get("tag"), **_closest(self.archive, row["url"], row.get("timestamp", ""))})
        return _json({"results": results})

    def _save(self, path: str, form: dict[str, str]) -> Said:
        archive = self.archive
        has_key = (self.headers.get("Authorization") or "").startswith("LOW ")
        if path == "/save/status/system":
            return _json({"status": "ok"})
        if archive.needs_key and not has_key:
            if self.command == "GET" and not path.startswith("/save/status"):
                return Said(429, b"<html>Too Many Requests</html>")
            return _json({"message": "You need to be logged in to use Save Page Now."}, 401)
        if path == "/save/status/user":
            return _json(
                {"available": 3, "processing": 0, "daily_captures": archive.daily, "daily_captures_limit": 30000}
            )
        if path == "/save" and self.command == "POST":
            return _submit(archive, form.get("url", ""))
        if path == "/save/status" and self.command == "POST":
            return _json([_status(archive, each) for each in form.get("job_ids", form.get("job_id", "")).split(",")])
        if path.startswith("/save/status/"):
            status = _status(archive, path.removeprefix("/save/status/"))
            return _json(status, 200 if status.get("status") else 404)
        return Said(404)

    def _perma(self, path: str, body: str) -> Said:
        archive = self.archive
        if (self.headers.get("Authorization") or "") != "ApiKey sesame":
            return _json({"detail": "Invalid token."}, 401)
        if path == "archives/" and self.command == "POST":
            url = json.loads(body)["url"]
            if url in archive.refusals:
                return _json({"url": [archive.refusals[url]]}, 400)
            guid = f"ABCD-{len(archive.jobs):04}"
            archive.jobs[guid] = _Job(guid, url, archive.pending_polls, "", url, archive.outcome, 0)
            return _json({"guid": guid, "captures": [], "warc_size": None}, 201)
        if path.startswith("capture_jobs/"):
            job = archive.jobs.get(path.split("/")[1])
            if job is None:
                return _json({"detail": "Not found."}, 404)
            job.polls -= 1
            state = "in_progress" if job.polls >= 0 else "completed" if job.outcome == "success" else "failed"
            return _json({"status": state, "message": None if state != "failed" else "It failed.", "step_count": 1})
        if path.startswith("public/archives/"):
            url = parse_qs(urlsplit(path).query)["url"][0]
            made = archive.now.isoformat()
            found = [
                {"guid": job.id, "url": url, "creation_timestamp": made}
                for job in archive.jobs.values()
                if job.url == url and job.id.startswith("ABCD")
            ]
            return _json({"meta": {"total_count": len(found)}, "objects": found})
        return Said(404)


def _submit(archive: FakeArchive, url: str) -> Said:
    if url in archive.refusals:
        return _json(
            {"status": "error", "status_ext": archive.refusals[url], "message": "This URL cannot be captured."}
        )
    if url in archive.reuses:
        message = (
            "The same snapshot had been made 177 hours ago. You can make new capture of this URL after 4320 hours."
        )
        return _json({"url": url, "job_id": None, "message": message})
    job_id = f"spn2-{hashlib.sha1(url.encode()).hexdigest()}"
    if job_id in archive.jobs:
        message = "The same snapshot had been made 2 minutes ago. You can make new capture of this URL after 1 hour."
        return _json({"url": url, "job_id": job_id, "message": message})
    stamp = archive.now.strftime("%Y%m%d%H%M%S")
    archive.jobs[job_id] = _Job(job_id, url, archive.pending_polls, stamp, url, archive.outcome, archive.lag_lookups)
    archive.daily += 1
    if archive.outcome == "success":
        archive.kept.append(Kept(stamp, url))
    return _json(
        {"url": url, "job_id": job_id, **({"message": archive.delay_message} if archive.delay_message else {})}
    )


def _status(archive: FakeArchive, job_id: str) -> dict[str, object]:
    job = archive.jobs.get(job_id)
    if job is None or job_id in archive.forgotten:
        return {"job_id": job_id}
    if job.polls > 0:
        job.polls -= 1
        return {"status": "pending", "job_id": job_id, "resources": []}
    job.is_done = True
    if job.outcome != "success":
        return {
            "status": "error",
            "status_ext": job.outcome,
            "exception": "[Errno]",
            "message": f"It failed: {job.outcome}.",
            "job_id": job_id,
            "resources": [],
        }
    return {
        "status": "success",
        "job_id": job_id,
        "original_url": job.final_url,
        "timestamp": job.stamp,
        "duration_sec": 6.2,
        "http_status": 200,
        "counters": {"outlinks": 3, "embeds": 1},
        "resources": [job.final_url],
        "outlinks": [],
    }


def _closest(archive: FakeArchive, url: str, digits: str) -> dict[str, object]:
    found = [] if url in archive.missed_by_availability else archive.of(url)
    found = [each for each in found if not each.location]
    if not found:
        return {"url": url, "archived_snapshots": {}}
    best = _nearest(found, digits)
    original = best.url.replace("http://", "http://", 1)
    if archive.names_port_80:
        parts = urlsplit(original)
        original = f"http://{parts.hostname}:80{parts.path}"
    link = f"http://web.archive.org/web/{best.stamp}/{original}"
    closest = {"available": True, "url": link, "timestamp": best.stamp, "status": str(best.status)}
    return {"url": url, "archived_snapshots": {"closest": closest}}


def _cdx(archive: FakeArchive, query: dict[str, str], filters: list[str]) -> Said:
    url = query["url"]
    if urlsplit(url).hostname in archive.blocked:
        what = "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error"
        return Said(403, what.encode(), (("X-Archive-Wayback-Runtime-Error", what),))
    found = archive.of(url)
    if "statuscode:200" in filters:
        found = [each for each in found if each.status == 200]
    if query.get("sort") == "closest":
        found.sort(key=lambda each: _distance(each, query["closest"]))
    limit = int(query.get("limit", "1000"))
    found = found[limit:] if limit < 0 else found[:limit]
    rows = [[each.stamp, each.url, str(each.status)] for each in found for _ in range(1 + archive.has_duplicate_rows)]
    if archive.has_odd_rows:
        rows = [["20200101000000", url, "-"], ["x"], ["2020x", url, "200"], *rows, [], ["org%2Cexample%29%2F+2020"]]
    return _json([["timestamp", "original", "statuscode"], *rows] if rows else [])


def _timemap(archive: FakeArchive, rest: str, is_json: bool) -> Said:
    page, _, url = rest.partition("/") if rest[:1].isdigit() else ("0", "", rest)
    found = archive.of(url)
    if not found:
        return Said(404)
    if is_json:
        return _json([["timestamp", "original", "statuscode"], *([k.stamp, k.url, str(k.status)] for k in found)])
    start = int(page) * archive.timemap_page
    part = found[start : start + archive.timemap_page]
    lines = [
        f'<{url}>; rel="original"',
        f'<{archive.base}/web/{url}>; rel="timegate"',
        f'<{archive.base}/web/timemap/link/{rest}>; rel="self"; type="application/link-format"; from="x, y"',
        *(
            f'<{archive.base}/web/{each.stamp}/{each.url}>; rel="memento"; '
            f'datetime="{format_datetime(each.moment, usegmt=True)}"'
            for each in part
        ),
    ]
    if start + archive.timemap_page < len(found):
        lines.append(
            f'<{archive.base}/web/timemap/link/{int(page) + 1}/{url}>; rel="timemap"; type="application/link-format"'
        )
    return Said(200, ",\n".join(lines).encode(), (("Content-Type", "application/link-format"),))


def _playback(archive: FakeArchive, rest: str, accept: str | None) -> Said:
    digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
    if not digits:
        return _timegate(archive, rest, accept)
    modifier, _, url = rest[len(digits) :].partition("/")
    if url in archive.excluded_playback:
        return Said(200, b"<html><p>This URL has been excluded from the Wayback Machine.</p></html>")
    found = archive.of(url, is_lookup=False)
    if url in archive.circular and found:
        turn = "20200101000000" if digits != "20200101000000" else "20200101000001"
        return _moved(archive, f"/web/{turn}{modifier}/{url}", digits)
    if not found:
        return Said(404, b"<html>The Wayback Machine has not archived that URL.</html>")
    best = _nearest(found, digits)
    if best.stamp != digits:
        return _moved(archive, f"/web/{best.stamp}{modifier}/{best.url}", best.stamp)
    headers = [
        ("Memento-Datetime", format_datetime(best.moment, usegmt=True)),
        ("Link", f'<{best.url}>; rel="original", <{archive.base}/web/timemap/link/{best.url}>; rel="timemap"'),
        ("Content-Type", best.media),
        ("x-archive-orig-server", "quay"),
        ("x-archive-src", "spn2-20310409.warc.gz"),
    ]
    if best.location:
        headers.append(("Location", f"{archive.base}/web/{best.stamp}{modifier}/{best.location}"))
    return Said(best.status, best.body, tuple(headers))


def _timegate(archive: FakeArchive, url: str, accept: str | None) -> Said:
    found = archive.of(url)
    if not found:
        return Said(404)
    try:
        digits = parsedate_to_datetime(accept).strftime("%Y%m%d%H%M%S") if accept else "99991231235959"
    except ValueError:
        return Said(400)
    best = _nearest(found, digits)
    headers = (
        ("Location", f"{archive.base}/web/{best.stamp}/{best.url}"),
        ("Vary", "accept-datetime"),
        ("Link", f'<{best.url}>; rel="original"'),
    )
    return Said(302, b"", headers)


def _moved(archive: FakeArchive, location: str, digits: str) -> Said:
    return Said(
        302, b"", (("Location", archive.base + location), ("x-archive-redirect-reason", f"found capture at {digits}"))
    )


def _nearest(found: list[Kept], digits: str) -> Kept:
    return min(found, key=lambda each: _distance(each, digits)) if digits else found[-1]


def _distance(kept: Kept, digits: str) -> float:
    full = datetime.strptime(digits + "00000101000000"[len(digits) :], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return abs((kept.moment - full).total_seconds())


def _key(url: str) -> str:
    parts = urlsplit(unquote(url))
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}".lower()


def _json(value: object, status: int = 200) -> Said:
    return Said(status, json.dumps(value).encode(), (("Content-Type", "application/json"),))
