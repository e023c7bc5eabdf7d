"""Pages a second of citecheck's archive writer and of warcio's own, over the same pages. A script, not a test:

python -m tests.bench.bench_warc [PAGES] [KILOBYTES] [ROUNDS]
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # warcio ships no types
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # warcio ships no types

from citecheck.archive import Writer
from citecheck.clock import SYSTEM_CLOCK
from citecheck.model import Exchange, Reason, Status, Target, Verdict, Visit

REQUEST = (("Host", "harbour-gazette.example"), ("Accept", "*/*"), ("User-Agent", "bench"))
ANSWER = (("Content-Type", "text/html; charset=utf-8"), ("Server", "bench"), ("Cache-Control", "max-age=60"))


def pages(count: int, size_bytes: int) -> list[tuple[str, bytes]]:
    """Pages of words from a small vocabulary, no two alike: they compress about as articles do."""
    dice = random.Random(7)
    words = ["".join(dice.choices("etaoinshrdlu", k=dice.randint(2, 9))) for _ in range(900)]

    def body() -> Iterator[str]:
        size = 0
        while size < size_bytes:
            word = dice.choice(words)
            size += len(word) + 1
            yield word

    return [(f"http://harbour-gazette.example/{number}", " ".join(body()).encode()) for number in range(count)]


def with_citecheck(folder: Path, sample: list[tuple[str, bytes]]) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in REQUEST)
    head = ("HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in ANSWER) + "\r\n").encode()
    now = datetime.now(UTC)
    with Writer(folder, clock=SYSTEM_CLOCK, software="bench") as writer:
        for url, body in sample:
            request = f"GET {url} HTTP/1.1\r\n{lines}\r\n".encode()
            exchange = Exchange(
                url=url, started_at=now, http_status=200, headers=ANSWER, request=request, head=head, body=body
            )
            writer.write(Visit(Target(url, url), Verdict(Status.ALIVE, Reason.OK), (exchange,)))


def with_warcio(path: Path, sample: list[tuple[str, bytes]]) -> None:
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        for url, body in sample:
            answer_head = StatusAndHeaders("200 OK", list(ANSWER), protocol="HTTP/1.1")
            answer = writer.create_warc_record(url, "response", payload=BytesIO(body), http_headers=answer_head)
            request_head = StatusAndHeaders(f"GET {url} HTTP/1.1", list(REQUEST), is_http_request=True)
            request = writer.create_warc_record(url, "request", http_headers=request_head)
            writer.write_request_response_pair(request, answer)


def main() -> None:
    count, kilobytes, rounds = (int(text) for text in (*sys.argv[1:], *("2000", "16", "3")[len(sys.argv) - 1 :]))
    sample = pages(count, kilobytes * 1024)
    best: dict[str, float] = {}
    for _ in range(rounds):
        for name, write in (("citecheck", with_citecheck), ("warcio", with_warcio)):
            with tempfile.TemporaryDirectory() as folder:
                began = time.perf_counter()
                write(Path(folder) / name, sample)
                rate = count / (time.perf_counter() - began)
                size_bytes = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
            best[name] = max(best.get(name, 0.0), rate)
            print(f"{name:10} {rate:8.0f} pages/s of {kilobytes} kB  {size_bytes / 1e6:6.1f} MB")
    print(f"{'ratio':10} {best['citecheck'] / best['warcio']:8.1f} (best of {rounds})")


if __name__ == "__main__":
    main()
