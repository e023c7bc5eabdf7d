"""What a fake web archive says, from its state alone: saving, availability, CDX, playback, TimeMap and TimeGate."""

import hashlib
import json as jsonlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import urlsplit

from tests.web.archive_state import ArchiveState, Job, Kept, Said


def submit(archive: ArchiveState, url: str) -> Said:
    if url in archive.refusals:
        return json({"status": "error", "status_ext": archive.refusals[url], "message": "This URL cannot be captured."})
    if url in archive.reuses:
        message = (
            "The same snapshot had been made 177 hours ago. You can make new capture of this URL after 4320 hours."
        )
        return json({"url": url, "job_id": None, "message": message})
    job_id = f"spn2-{hashlib.sha1(url.encode()).hexdigest()}"
    if job_id in archive.jobs:
        message = "The same snapshot had been made 2 minutes ago. You can make new capture of this URL after 1 hour."
        return json({"url": url, "job_id": job_id, "message": message})
    stamp = archive.now.strftime("%Y%m%d%H%M%S")
    archive.jobs[job_id] = Job(job_id, url, archive.pending_polls, stamp, url, archive.outcome, archive.lag_lookups)
    archive.daily += 1
    if archive.outcome == "success":
        archive.kept.append(Kept(stamp, url))
    return json({"url": url, "job_id": job_id, **({"message": archive.delay_message} if archive.delay_message else {})})


def status(archive: ArchiveState, job_id: str) -> dict[str, object]:
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


def closest(archive: ArchiveState, url: str, digits: str) -> dict[str, object]:
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


def cdx(archive: ArchiveState, query: dict[str, str], filters: list[str]) -> Said:
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
    return json([["timestamp", "original", "statuscode"], *rows] if rows else [])


def timemap(archive: ArchiveState, rest: str, is_json: bool) -> Said:
    page, _, url = rest.partition("/") if rest[:1].isdigit() else ("0", "", rest)
    found = archive.of(url)
    if not found:
        return Said(404)
    if is_json:
        return json([["timestamp", "original", "statuscode"], *([k.stamp, k.url, str(k.status)] for k in found)])
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


def playback(archive: ArchiveState, rest: str, accept: str | None) -> Said:
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


def _timegate(archive: ArchiveState, url: str, accept: str | None) -> Said:
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


def _moved(archive: ArchiveState, location: str, digits: str) -> Said:
    return Said(
        302, b"", (("Location", archive.base + location), ("x-archive-redirect-reason", f"found capture at {digits}"))
    )


def _nearest(found: list[Kept], digits: str) -> Kept:
    return min(found, key=lambda each: _distance(each, digits)) if digits else found[-1]


def _distance(kept: Kept, digits: str) -> float:
    full = datetime.strptime(digits + "00000101000000"[len(digits) :], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return abs((kept.moment - full).total_seconds())


def json(value: object, status: int = 200) -> Said:
    return Said(status, jsonlib.dumps(value).encode(), (("Content-Type", "application/json"),))
