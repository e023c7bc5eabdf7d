"""libcurl and proxies: how one is set, and what its failures mean."""

import pycurl

from citecheck.model import Failure
from citecheck.proxies import Proxy

_NAMES_KEPT_S = 60
_BROKEN = {
    pycurl.E_COULDNT_RESOLVE_PROXY: "its name has no address",
    pycurl.E_COULDNT_CONNECT: "it takes no connection",
    97: "it does not carry",  # CURLE_PROXY: the handshake with a SOCKS proxy
}
"""Said in our words: libcurl's tell milliseconds, which no two runs share."""


def use(handle: pycurl.Curl, proxy: Proxy | None) -> None:
    """Has the handle's next requests carried by `proxy`, or by nobody."""
    handle.setopt(pycurl.PROXY, proxy.url if proxy else "")
    handle.setopt(pycurl.PROXYUSERNAME, proxy.user if proxy else "")
    handle.setopt(pycurl.PROXYPASSWORD, proxy.password if proxy else "")
    handle.setopt(pycurl.HTTPPROXYTUNNEL, 0)
    # The proxy's name is the only one that libcurl looks up.
    handle.setopt(pycurl.DNS_CACHE_TIMEOUT, _NAMES_KEPT_S if proxy else 0)
    if proxy:
        handle.unsetopt(pycurl.CONNECT_TO)


def refused(handle: pycurl.Curl, code: int, proxy: Proxy) -> tuple[Failure | None, str, int | None] | None:
    """What libcurl's `code` says of the proxy: a failure, words on it, and its status; None: it is the host's doing."""
    status = handle.getinfo(pycurl.HTTP_CONNECTCODE)
    if status >= 300:
        return None, f"the proxy {proxy.url} answers {status}", status
    if code == pycurl.E_OPERATION_TIMEDOUT and not handle.getinfo(pycurl.CONNECT_TIME):
        code = pycurl.E_COULDNT_CONNECT
    if code not in _BROKEN:
        return None
    return Failure.PROXY, f"the proxy {proxy.url} does not work: {_BROKEN[code]}", None
