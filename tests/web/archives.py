"""A public archive as its clients meet it, on loopback: saving, availability, CDX, playback, TimeMap and TimeGate.

State is in memory. What it does wrong is scripted: `next_answers` for a route come before what it would say, and the
switches say how it behaves until they are changed. Facts: what the Internet Archive was seen to do.
"""

import contextlib
import json as jsonlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.web import archive_answers as answers
from tests.web.archive_state import RECORD_AND_RESET, RESET, ArchiveState, Asked, Job, Kept, Said

__all__ = ["RECORD_AND_RESET", "RESET", "FakeArchive", "Kept", "Said"]


class FakeArchive(ArchiveState):
    """An archive that `serve()` puts on loopback."""

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
        for prefix, scripted in archive.next_answers.items():
            if self.path.startswith(prefix) and scripted:
                said = scripted.popleft()
                if said.status == RECORD_AND_RESET:
                    answers.submit(archive, dict(parse_qsl(body)).get("url", ""))
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
            return answers.cdx(archive, query, parse_qs(parts.query).get("filter", []))
        for prefix in ("/web/timemap/link/", "/web/timemap/json/"):
            if path.startswith(prefix):
                return answers.timemap(archive, path[len(prefix) :], prefix.endswith("json/"))
        if path.startswith("/web/"):
            return answers.playback(archive, path[len("/web/") :], self.headers.get("Accept-Datetime"))
        return Said(404, b"<html>Not Found</html>")

    def _available(self, body: str, query: dict[str, str]) -> Said:
        if self.command == "GET":
            return answers.json(answers.closest(self.archive, query["url"], query.get("timestamp", "")))
        results = []
        for line in body.split("\n"):
            row = dict(parse_qsl(line))
            results.append(
                {"tag": row.get("tag"), **answers.closest(self.archive, row["url"], row.get("timestamp", ""))}
            )
        return answers.json({"results": results})

    def _save(self, path: str, form: dict[str, str]) -> Said:
        archive = self.archive
        has_key = (self.headers.get("Authorization") or "").startswith("LOW ")
        if path == "/save/status/system":
            return answers.json({"status": "ok"})
        if archive.needs_key and not has_key:
            if self.command == "GET" and not path.startswith("/save/status"):
                return Said(429, b"<html>Too Many Requests</html>")
            return answers.json({"message": "You need to be logged in to use Save Page Now."}, 401)
        if path == "/save/status/user":
            return answers.json(
                {"available": 3, "processing": 0, "daily_captures": archive.daily, "daily_captures_limit": 30000}
            )
        if path == "/save" and self.command == "POST":
            return answers.submit(archive, form.get("url", ""))
        if path == "/save/status" and self.command == "POST":
            return answers.json(
                [answers.status(archive, each) for each in form.get("job_ids", form.get("job_id", "")).split(",")]
            )
        if path.startswith("/save/status/"):
            status = answers.status(archive, path.removeprefix("/save/status/"))
            return answers.json(status, 200 if status.get("status") else 404)
        return Said(404)

    def _perma(self, path: str, body: str) -> Said:
        archive = self.archive
        if (self.headers.get("Authorization") or "") != "ApiKey sesame":
            return answers.json({"detail": "Invalid token."}, 401)
        if path == "archives/" and self.command == "POST":
            url = jsonlib.loads(body)["url"]
            if url in archive.refusals:
                return answers.json({"url": [archive.refusals[url]]}, 400)
            guid = f"ABCD-{len(archive.jobs):04}"
            archive.jobs[guid] = Job(guid, url, archive.pending_polls, "", url, archive.outcome, 0)
            return answers.json({"guid": guid, "captures": [], "warc_size": None}, 201)
        if path.startswith("capture_jobs/"):
            job = archive.jobs.get(path.split("/")[1])
            if job is None:
                return answers.json({"detail": "Not found."}, 404)
            job.polls -= 1
            state = "in_progress" if job.polls >= 0 else "completed" if job.outcome == "success" else "failed"
            return answers.json(
                {"status": state, "message": None if state != "failed" else "It failed.", "step_count": 1}
            )
        if path.startswith("public/archives/"):
            url = parse_qs(urlsplit(path).query)["url"][0]
            made = archive.now.isoformat()
            found = [
                {"guid": job.id, "url": url, "creation_timestamp": made}
                for job in archive.jobs.values()
                if job.url == url and job.id.startswith("ABCD")
            ]
            return answers.json({"meta": {"total_count": len(found)}, "objects": found})
        return Said(404)
