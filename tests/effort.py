"""How much work something may take, in seconds of CPU: what else this machine does counts for nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ends_within(cpu_s: float) -> Iterator[None]:
    """Fails where the block takes more.

    Bounds are ten times what is needed, roughly: they tell linear from quadratic, not fast from slow.
    """
    began_s = time.process_time()
    yield
    took_s = time.process_time() - began_s
    assert took_s < cpu_s, f"{took_s:.1f} s of CPU"
