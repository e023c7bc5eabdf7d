"""libcurl's error codes, told apart as far as it says what happened. Measured with libcurl 8.23 and OpenSSL 3.6."""

import errno

import pycurl

from citecheck.model import Failure

_BY_CODE = {
    pycurl.E_UNSUPPORTED_PROTOCOL: Failure.BAD_REPLY,  # HTTP/0.9, ICY, a status below 100
    pycurl.E_FTP_WEIRD_SERVER_REPLY: Failure.BAD_REPLY,  # by its old name; HTTP servers are weird too
    pycurl.E_PARTIAL_FILE: Failure.SHORT_BODY,
    pycurl.E_OPERATION_TIMEDOUT: Failure.CONNECT_TIMEOUT,  # no other timer of libcurl's is set
    pycurl.E_GOT_NOTHING: Failure.EMPTY_REPLY,
    pycurl.E_SSL_CONNECT_ERROR: Failure.TLS_FAILURE,
    pycurl.E_SEND_ERROR: Failure.RESET,
    pycurl.E_BAD_CONTENT_ENCODING: Failure.BAD_ENCODING,
    100: Failure.BAD_REPLY,  # CURLE_TOO_LARGE: more than 5,000 header lines, or 400 kB of them
}
# X509_verify_cert's codes.
_BY_CERTIFICATE = {
    10: Failure.TLS_EXPIRED,
    18: Failure.TLS_SELF_SIGNED,
    19: Failure.TLS_SELF_SIGNED,
    62: Failure.TLS_HOSTNAME,
}
_BY_SYSTEM_ERROR = {
    errno.ECONNREFUSED: Failure.REFUSED,
    errno.ENETUNREACH: Failure.UNREACHABLE,
    errno.EHOSTUNREACH: Failure.UNREACHABLE,
    errno.ECONNRESET: Failure.RESET,
    errno.EPIPE: Failure.RESET,
    errno.ETIMEDOUT: Failure.CONNECT_TIMEOUT,
}


def failure_of(handle: pycurl.Curl, code: int, message: str, *, has_head: bool) -> Failure:
    """What libcurl's `code` and `message` for a transfer on `handle` mean; `has_head`: a whole head had come."""
    if code == pycurl.E_PEER_FAILED_VERIFICATION:
        if "subject name" in message or "does not match" in message:
            return Failure.TLS_HOSTNAME
        return _BY_CERTIFICATE.get(handle.getinfo(pycurl.SSL_VERIFYRESULT), Failure.TLS_UNTRUSTED)
    if code in (pycurl.E_COULDNT_CONNECT, pycurl.E_RECV_ERROR, pycurl.E_SSL_CONNECT_ERROR):
        by_system = _BY_SYSTEM_ERROR.get(handle.getinfo(pycurl.OS_ERRNO))
        if by_system:
            return by_system
    if code == pycurl.E_COULDNT_CONNECT:
        return Failure.UNREACHABLE
    if "response headers" in message:  # "Too large response headers", by some versions' code for a broken read
        return Failure.BAD_REPLY
    if code == pycurl.E_RECV_ERROR:
        return Failure.SHORT_BODY if has_head else Failure.RESET
    return _BY_CODE.get(code, Failure.BAD_REPLY)
