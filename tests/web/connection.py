"""One request as the loopback web sees it."""

import socket
import struct
import time


class Connection:
    """One request, as read, and the means to answer it well or ill."""

    def __init__(self, raw: socket.socket, head: bytes, number: int) -> None:
        self.raw = raw
        self.head = head
        """The request's head with the empty line."""
        self.number = number
        """The how-manieth request to this host it is, from 1."""
        self.path = head.split(b" ", 2)[1].decode("latin-1")

    def header(self, name: str) -> str:
        """The request's header of that name, or nothing."""
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""

    def send(self, data: bytes) -> None:
        self.raw.sendall(data)

    def reset(self) -> None:
        """Ends the connection by RST."""
        self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.raw.close()

    def drip(self, data: bytes, pause_s: float) -> None:
        """Sends byte by byte, until the other side has had enough."""
        for index in range(len(data)):
            self.send(data[index : index + 1])
            time.sleep(pause_s)
