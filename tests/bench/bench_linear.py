"""Whether reading grows with the length alone, by the clock: `python -m tests.bench.bench_linear [TIMES]`.

Prints, for each hostile file, the seconds of CPU that it takes and how they grow when it is TIMES as long; beyond
TIMES squared by half is more than noise.
"""

import sys
import time

from citecheck import extractor
from citecheck.errors import ExtractError
from citecheck.model import Source
from citecheck.settings import LimitSettings, Settings
from tests.extractor.hostile import files

UNLIMITED = Settings(limits=LimitSettings(claims_bytes=1 << 40, claims_s=1e6, part_bytes=1 << 40, mail_parts=1 << 20))


def seconds(name: str, data: bytes) -> float:
    began = time.process_time()
    for each in extractor.opened(Source(name, data), UNLIMITED):
        try:
            if not isinstance(each, ExtractError):
                extractor.extract(each, UNLIMITED)
        except ExtractError:
            pass
    return time.process_time() - began


def _main(times: int = 4) -> None:
    longer = files(times)
    for name, data in files().items():
        if name not in ("line.txt", "bomb.txt.gz") and len(data) < len(longer[name]):
            first, second = seconds(name, data), seconds(name, longer[name])
            print(f"{second / first:7.1f} {first:7.2f} {second:7.2f} s  {name}")


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:2]))
