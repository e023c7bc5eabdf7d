"""How many processes a run is worth."""

import os
import sys
import threading

from citecheck.settings import FetchSettings

_MOST = 4
_WORTH_IT = 2000
"""Links; for fewer, processes cost more than they bring."""


def jobs(settings: FetchSettings, links: int) -> int:
    """How many processes fetch `links` links; one where a process cannot safely be forked."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    if settings.jobs:
        return min(settings.jobs, _MOST)
    return min(len(os.sched_getaffinity(0)), _MOST) if links > _WORTH_IT else 1
