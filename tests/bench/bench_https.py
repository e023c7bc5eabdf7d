"""5,000 HTTPS links to 1,000 hosts with a certificate each, ours and lychee's time in turn. A script, not a test:

python -m tests.bench.bench_https [ROUNDS]

It needs nginx and lychee. The authority is made here; citecheck gets it as --ca-file, lychee as SSL_CERT_FILE.
"""

import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import web
from tests.web.certificates import Authority

LINKS, HOSTS, PORT = 5000, 1000, 18_943
NGINX = """worker_processes 1; daemon off; pid {root}/pid; error_log {root}/errors; worker_rlimit_nofile 65536;
events {{ worker_connections 8192; }}
http {{ access_log off; default_type text/html; keepalive_requests 100000;
  server {{ listen 0.0.0.0:{port} ssl backlog=4096; root {root};
    ssl_certificate {root}/$server_addr-1.pem; ssl_certificate_key {root}/$server_addr-1.pem;
    location / {{ rewrite ^ /page.html break; }} }} }}"""


def main() -> None:
    rounds = int((sys.argv[1:] or ["5"])[0])
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as ca_file:
        urls = [f"https://{host}:{PORT}/{number}" for number in range(LINKS // HOSTS) for host in web.addresses(HOSTS)]
        text = Path(folder, "links.md")
        text.write_text("".join(f"The report cites [a source]({url}).\n\n" for url in urls), encoding="utf-8")
        ours = [sys.executable, "-m", "citecheck", "check", str(text), "--allow-private", "--no-cache"]
        ours += ["--host-interval", "0", "--format", "json", "--ca-file", str(ca_file)]
        peer = ["lychee", "--no-progress", "--format", "json", "--host-request-interval", "0ms", str(text)]
        times = [(timed("citecheck", ours, None), timed("lychee", peer, ca_file)) for _ in range(rounds)]
    print(f"lychee / citecheck: {statistics.median(theirs / own for own, theirs in times):.2f} (median of {rounds})")


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Path]:
    """The authority's file, while nginx serves one page on all addresses, each with its own certificate."""
    folder.chmod(0o755)  # its worker is nobody
    authority = Authority(folder)
    for host in web.addresses(HOSTS):
        authority.context(host)
    (folder / "page.html").write_bytes(web.PAGE)
    (folder / "nginx.conf").write_text(NGINX.format(root=folder, port=PORT), encoding="utf-8")
    with subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]) as server:
        time.sleep(1)
        try:
            yield authority.ca_file
        finally:
            server.terminate()


def timed(name: str, command: list[str], ca_file: Path | None) -> float:
    """The seconds that the command takes; prints them with its seconds of CPU and how many links it found alive."""
    used, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {**os.environ, "SSL_CERT_FILE": str(ca_file)} if ca_file else None
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, check=False)
    wall_s, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
    report = json.loads(done.stdout)
    alive = report["summary"]["by_status"]["alive"] if "summary" in report else report["successful"]
    print(f"{name:9} {wall_s:6.2f} s, {cpu_s:5.2f} s of CPU, {alive} of {LINKS} alive")
    return wall_s


if __name__ == "__main__":
    main()
