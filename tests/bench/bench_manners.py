"""What one host sees of 1,000 links at 20 ms and 6 at once, noted as each request comes in. A script, not a test:

python -m tests.bench.bench_manners [MILLISECONDS_AN_ANSWER]

A request that a busy machine notes late makes the next seem closer: run it alone.
"""

import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import citecheck
from citecheck.settings import CacheSettings, FetchSettings, Settings
from tests.bench import web

LINKS, INTERVAL_S, AT_ONCE = 1000, 0.02, 6


def main() -> None:
    delay_s = float((sys.argv[1:] or ["50"])[0]) / 1000
    fetch = FetchSettings(allow_private=True, host_interval_s=INTERVAL_S, host_concurrency=AT_ONCE)
    settings = Settings(fetch=fetch, cache=CacheSettings(enabled=False))
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with web.served(log=log, delay_s=delay_s) as port:
            began = time.monotonic()
            urls = [f"http://{web.addresses(1)[0]}:{port}/{number}" for number in range(LINKS)]
            statuses = {visit.verdict.status.value for visit in citecheck.check(urls, settings)}
            took_s = time.monotonic() - began
        rows = [line.split() for line in log.read_text(encoding="utf-8").splitlines()]
    gaps = sorted(after - before for before, after in pairwise(float(row[0]) for row in rows))
    allowed_s = LINKS * max(INTERVAL_S, delay_s / AT_ONCE)
    print(f"{len(rows)} requests, {statuses}; at most {max(int(row[1]) for row in rows)} at once (set: {AT_ONCE})")
    closer = sum(gap < INTERVAL_S for gap in gaps)
    print(f"closest {gaps[0] * 1000:.2f} ms (set: {INTERVAL_S * 1000:.0f}), {closer} closer than set", end="; ")
    print(f"{took_s:.2f} s (allowed: {allowed_s:.2f})")


if __name__ == "__main__":
    main()
