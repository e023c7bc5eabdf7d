"""python -m citecheck, and the console script."""

import gc
import os
import signal
import sys

_GC_THRESHOLDS = (300_000, 2)
"""What a run holds has few cycles, and looking through 100,000 links for some, time and again, took a fifth of it."""


def main() -> None:
    """Run the command line, and end at once: taking apart what a run has built takes a tenth of a small one."""
    gc.set_threshold(*_GC_THRESHOLDS)
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # it is Ctrl-C to every command
        from citecheck.cli import commands

        commands.main()
    except KeyboardInterrupt:  # before any command could say what it comes to
        sys.stderr.write("citecheck: interrupted\n")
        _flushed()
        os._exit(130)
    except SystemExit as end:
        if isinstance(end.code, int) and _flushed():
            os._exit(end.code)
        raise


def _flushed() -> bool:
    """Whether all that was said is out; if not, Python tells of it as it ends."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    main()
