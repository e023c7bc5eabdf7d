"""python -m citecheck, and the console script."""

import os
import sys

from citecheck.cli import commands


def main() -> None:
    """Run the command line, and end at once: taking apart what a run has built takes a tenth of a small one."""
    try:
        commands.main()
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
