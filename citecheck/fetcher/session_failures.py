"""What requests, urllib3 and http.client raise, told apart by the innermost cause."""

import errno
import ssl
from collections.abc import Iterator
from http.client import BadStatusLine, HTTPException, IncompleteRead, RemoteDisconnected

import requests
from urllib3 import exceptions as urllib3

from citecheck.fetcher.session_adapters import Unadmitted
from citecheck.model import Failure
from citecheck.patterns import regex
from citecheck.proxies import Proxy

_TUNNEL = regex(r"Tunnel connection failed: (\d{3})")
# X509_verify_cert's codes.
_BY_CERTIFICATE = {
    10: Failure.TLS_EXPIRED,
    18: Failure.TLS_SELF_SIGNED,
    19: Failure.TLS_SELF_SIGNED,
    62: Failure.TLS_HOSTNAME,
    64: Failure.TLS_HOSTNAME,  # of an address
}


def failure_of(error: BaseException, *, has_head: bool) -> Failure:
    """What `error` means; `has_head`: a whole head had come."""
    causes = list(_causes(error))
    # Below it lies the socket's time-out, which might be any; urllib3 has refused connections as a kind of it.
    late = (each for each in causes if isinstance(each, requests.ConnectTimeout | urllib3.ConnectTimeoutError))
    if any(not isinstance(each, urllib3.NewConnectionError) for each in late):
        return Failure.CONNECT_TIMEOUT
    for each in causes:
        failure = _plain(each, has_head=has_head)
        if failure:
            return failure
    return Failure.SHORT_BODY if has_head else Failure.BAD_REPLY


def refused_by(error: BaseException, proxy: Proxy) -> tuple[Failure | None, str, int | None] | None:
    """What `error` says of the proxy: a failure, words on it, and its status; None: it is the host's doing."""
    causes = list(_causes(error))
    answered = next(filter(None, (_TUNNEL.match(str(each)) for each in causes)), None)
    if answered:
        return None, f"the proxy {proxy.url} answers {answered[1]}", int(answered[1])
    # ProxyError itself says nothing: urllib3 wraps into it what happens beyond the proxy too.
    if not any(isinstance(each, urllib3.NewConnectionError | urllib3.ConnectTimeoutError) for each in causes):
        return None
    is_unknown = any(isinstance(each, urllib3.NameResolutionError) for each in causes)
    what = "its name has no address" if is_unknown else "it takes no connection"
    return Failure.PROXY, f"the proxy {proxy.url} does not work: {what}", None


def _plain(error: BaseException, *, has_head: bool) -> Failure | None:
    match error:
        case Unadmitted():
            return Failure.PRIVATE_ADDRESS
        case ssl.SSLCertVerificationError():
            return _BY_CERTIFICATE.get(error.verify_code, Failure.TLS_UNTRUSTED)
        case requests.ReadTimeout() | urllib3.ReadTimeoutError() | TimeoutError():
            return Failure.READ_TIMEOUT
        case RemoteDisconnected():  # before the next, which is its base
            return Failure.EMPTY_REPLY
        case ConnectionResetError() | BrokenPipeError():
            return Failure.RESET
        case ConnectionRefusedError():
            return Failure.REFUSED
        case IncompleteRead() | urllib3.IncompleteRead():
            return Failure.SHORT_BODY
        case urllib3.DecodeError():  # of a transfer coding: content codings are undone elsewhere
            return Failure.BAD_ENCODING
        case BadStatusLine():
            return Failure.BAD_REPLY
        case ssl.SSLError():
            return Failure.TLS_FAILURE
        case HTTPException() if not has_head:
            return Failure.BAD_REPLY
        case OSError() if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
            return Failure.UNREACHABLE
        case _:
            return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all below it, innermost first: libraries wrap, and keep the cause in one of three places."""
    seen: list[BaseException] = []
    todo: list[object] = [error]
    while todo:
        each = todo.pop()
        if isinstance(each, BaseException) and each not in seen:
            seen.append(each)
            todo += [each.__context__, each.__cause__, getattr(each, "reason", None), *each.args]
    return iter(reversed(seen))
