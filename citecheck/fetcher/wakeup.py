"""A descriptor that a thread can make readable, to end another's wait."""

import _socket
import contextlib


class Wakeup:
    """One end rings, the other is waited on."""

    def __init__(self) -> None:
        self._waited, self._rung = _socket.socketpair()
        self._waited.setblocking(False)
        self._rung.setblocking(False)

    def fileno(self) -> int:
        return self._waited.fileno()

    def ring(self) -> None:
        """Ends the wait; from any thread, also after close()."""
        # BlockingIOError: it rings already. OSError: nobody waits any more.
        with contextlib.suppress(OSError):
            self._rung.send(b".")

    def quiet(self) -> None:
        """Takes back all rings so far."""
        with contextlib.suppress(BlockingIOError):
            while self._waited.recv(4096):
                pass

    def close(self) -> None:
        self._waited.close()
        self._rung.close()
