"""Adapters of a requests Session that connect where the guard has judged, and nowhere else.

The address is set where urllib3 opens the socket, so that it holds for adapters of a user's own class too: a copy of
such an adapter gets our pools, the user's stays as it is.
"""

import socket
from collections.abc import Callable
from typing import Any

from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.exceptions import ConnectTimeoutError
from urllib3.poolmanager import pool_classes_by_scheme

from citecheck.fetcher.session_answers import Connection, SecureConnection
from citecheck.fetcher.transport import Request

Way = Callable[[str, int], tuple[str, int]]
"""From a host and port to the address and port to connect to. Raises Unadmitted where there is none."""


class Unadmitted(OSError):
    """The guard does not let a connection be opened."""


class Pins:
    """Where each host is reached; `admits` is the guard's word on what was never pinned."""

    def __init__(self, admits: Callable[[str], bool]) -> None:
        self._admits = admits
        self._addresses: dict[tuple[str, int], tuple[str, int]] = {}

    def pin(self, request: Request) -> None:
        """Notes where new connections to the request's host and port go from now on."""
        self._addresses[request.host, request.port] = (request.address, request.to_port)

    def way(self, host: str, port: int) -> tuple[str, int]:
        """Where to connect. An adapter may send to another host than it was given: that is judged here and now."""
        pinned = self._addresses.get((host, port))
        if pinned:
            return pinned
        found = [str(address[0]) for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        admitted = next((each for each in found if self._admits(each)), None)
        if admitted is None:
            raise Unadmitted(f"{host} is {found[0]}, a private address")
        return admitted, port


class PlainAdapter(HTTPAdapter):
    """Of a Session that is ours."""

    def __init__(self, pins: Pins, pool_size: int) -> None:
        super().__init__(pool_connections=pool_size)
        self.poolmanager.pool_classes_by_scheme = _pools(pins.way)

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **proxy_kwargs)
        manager.pool_classes_by_scheme = _pools(None)
        return manager


def guarded(adapter: BaseAdapter, pins: Pins, pool_size: int) -> BaseAdapter:
    """A copy of a user's adapter that connects where it may; what opens no sockets of urllib3's stays as it is."""
    manager = getattr(adapter, "poolmanager", None)
    if not (isinstance(adapter, HTTPAdapter) and type(manager) is PoolManager):
        return adapter
    if manager.pool_classes_by_scheme is not pool_classes_by_scheme:
        return adapter
    copy: HTTPAdapter = object.__new__(type(adapter))
    copy.__dict__.update(adapter.__dict__)  # copy.copy would leave out what the class adds
    copy.poolmanager = PoolManager(num_pools=pool_size, **manager.connection_pool_kw)
    copy.poolmanager.pool_classes_by_scheme = _pools(pins.way)
    copy.proxy_manager = {}
    return copy


def _pools(way: Way | None) -> dict[str, type[HTTPConnectionPool]]:
    """Pools whose connections go by `way`; None: where urllib3 takes them."""

    class Pinned:
        def _new_conn(self: Any) -> socket.socket:
            if way is None:
                opened: socket.socket = super()._new_conn()  # type: ignore[misc]  # urllib3's, beside us in the classes below
                return opened
            name, port = self._dns_host, self.port
            try:
                self._dns_host, self.port = way(name.rstrip("."), port)
                opened = super()._new_conn()  # type: ignore[misc]  # as above
                return opened
            finally:
                self._dns_host, self.port = name, port

    class PinnedConnection(Pinned, Connection):
        pass

    class PinnedSecureConnection(Pinned, SecureConnection):
        pass

    class Renewing:
        def _make_request(self: Any, conn: Any, *args: Any, **kwargs: Any) -> Any:
            """Asks once more, as browsers do, when a connection kept from an earlier answer turns out to be gone."""
            is_kept = not (conn.is_closed or self.proxy)  # a tunnel is opened anew before it gets here
            try:
                return super()._make_request(conn, *args, **kwargs)  # type: ignore[misc]  # urllib3's, as below
            except ConnectionResetError:  # RemoteDisconnected is one
                if not is_kept:
                    raise
                conn.close()
                return super()._make_request(conn, *args, **kwargs)  # type: ignore[misc]  # as above

    class Pool(Renewing, HTTPConnectionPool):
        ConnectionCls = PinnedConnection

    class SecurePool(Renewing, HTTPSConnectionPool):
        ConnectionCls = PinnedSecureConnection

        def _validate_conn(self, conn: Any) -> None:
            """Connects; urllib3 would warn of each host whose certificate is not to be checked: the report says it."""
            if conn.is_closed:
                try:
                    conn.connect()
                except TimeoutError as error:  # of the handshake; urllib3 would have it that of an answer
                    raise ConnectTimeoutError(conn, "the handshake takes too long") from error

    return {"http": Pool, "https": SecurePool}
