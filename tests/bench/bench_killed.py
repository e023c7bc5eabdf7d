"""Runs killed in their midst, twenty times, each taking up what the last left. A script, not a test:

python -m tests.bench.bench_killed [TIMES] [check|audit]

Printed are what was asked for, what the store holds, and what was asked for although it was remembered: nothing.
"""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.bench import web

HOSTS, LINKS_A_HOST, INTERVAL_S = 300, 40, 0.4
_BEFORE_FETCHING_S = {"check": 0.0, "audit": 3.0}


def main() -> None:
    times, command = int((sys.argv[1:] or ["20"])[0]), (sys.argv[2:] or ["check"])[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with web.served(log=folder / "log", delay_s=0.02) as port:
            urls = [f"http://{host}:{port}/{each}" for each in range(LINKS_A_HOST) for host in web.addresses(HOSTS)]
            (folder / "links.md").write_text("\n\n".join(urls), encoding="utf-8")
            remembered: set[str] = set()
            seen = again = 0
            for turn in range(times):
                code = killed(folder, command, turn)
                lines = (folder / "log").read_text(encoding="utf-8").splitlines()
                asked = ["http://{2}:{port}{3}".format(*line.split(), port=port) for line in lines[seen:]]
                seen = len(lines)
                again += sum(url in remembered for url in asked)
                remembered |= held(folder / "cache")
                print(f"exit {code}: asked for {len(asked)}, {len(remembered)} remembered, {again} asked for again")


def killed(folder: Path, command: str, turn: int) -> int:
    """The exit code of a run that fetched for a second or less; every other one has two processes."""
    words = [sys.executable, "-m", "citecheck", command, str(folder / "links.md"), "--allow-private"]
    words += ["--host-interval", str(INTERVAL_S), "--jobs", str(1 + turn % 2)]
    words += ["--out", str(folder / f"run-{turn}")] if command == "audit" else []
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    with subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(random.uniform(0.6, 1.1) + _BEFORE_FETCHING_S[command])
        process.kill()
    time.sleep(0.3)  # its processes notice
    return process.returncode


def held(cache: Path) -> set[str]:
    """The URLs that the store remembers, which must be whole."""
    found: set[str] = set()
    for path in cache.rglob("visits.sqlite"):
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            found.update(row[0] for row in database.execute("SELECT url FROM visits"))
    return found


if __name__ == "__main__":
    main()
