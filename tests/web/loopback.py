"""Small HTTP servers for the tests of one module: what theirs answers is all that they write."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class Handler(BaseHTTPRequestHandler):
    """Logs nothing; a subclass has `do_GET`."""

    def answer(self, status: int, body: bytes = b"", /, **headers: str) -> None:
        """Send a whole answer with its length, which a 304 has not."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


class Loopback(ThreadingHTTPServer):
    """Serves on a port of its own from when it is entered until it is left."""

    request_queue_size = 128

    def __init__(self, handler: type[Handler], host: str = "127.0.0.1") -> None:
        super().__init__((host, 0), handler)
        self.origin = f"http://{host}:{self.server_port}"
        self._thread = threading.Thread(target=self.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()
        self._thread.join()
