"""Links a second of an audit with and without archiving, over loopback. A script, not a test:

python -m tests.bench.bench_archive [PAGES] [KILOBYTES] [ROUNDS]
"""

import resource
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from citecheck.clock import SYSTEM_CLOCK
from citecheck.model import Target
from citecheck.settings import CacheSettings, FetchSettings, Settings
from citecheck.visiting import check_and_keep

SERVER = """
import asyncio, sys
from tests.bench.bench_warc import pages
BODIES = [body for _, body in pages(int(sys.argv[1]), int(sys.argv[2]))]
async def serve(reader, writer):
    try:
        while head := await reader.readuntil(b"\\r\\n\\r\\n"):
            body = BODIES[int(head.split(b" ", 2)[1].rsplit(b"/", 1)[1])]
            lines = f"Content-Type: text/html; charset=utf-8\\r\\nContent-Length: {len(body)}\\r\\n\\r\\n"
            writer.write(b"HTTP/1.1 200 OK\\r\\n" + lines.encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()
async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


def main() -> None:
    count, kilobytes, rounds = (int(text) for text in (*sys.argv[1:], *("2000", "16", "3")[len(sys.argv) - 1 :]))
    command = [sys.executable, "-c", SERVER, str(count), str(kilobytes * 1024)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        port = server.stdout.readline().strip()
        targets = [Target(url, url) for url in (f"http://127.0.0.1:{port}/{number}" for number in range(count))]
        settings = Settings(
            fetch=FetchSettings(allow_private=True, host_interval_s=0, host_concurrency=64),
            cache=CacheSettings(enabled=False),
        )
        best: dict[str, float] = {}
        for _ in range(rounds):
            for name in ("without", "with"):
                with tempfile.TemporaryDirectory() as folder:
                    rate, cpu_ms = timed(targets, settings, Path(folder) / "kept" if name == "with" else None)
                best[name] = max(best.get(name, 0.0), rate)
                print(f"{name:8} archiving {rate:7.0f} links/s  {cpu_ms:5.2f} ms of CPU a link")
        print(f"ratio {best['with'] / best['without']:.2f} (best of {rounds})")
        server.kill()


def timed(targets: list[Target], settings: Settings, folder: Path | None) -> tuple[float, float]:
    began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    seen = sum(1 for _ in check_and_keep(targets, settings, folder, SYSTEM_CLOCK, uuid.uuid4))
    assert seen == len(targets)
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu_s = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    return seen / (time.perf_counter() - began), cpu_s / seen * 1000


if __name__ == "__main__":
    main()
