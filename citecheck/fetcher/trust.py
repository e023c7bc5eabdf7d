"""Whose certificates are believed: one file for both transports."""

import os
from pathlib import Path

from citecheck.errors import SettingsError
from citecheck.settings import FetchSettings

_VARIABLES = ("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE")
# Where Debian, Fedora, SUSE and Alpine keep the system's authorities.
_SYSTEM = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def authorities(settings: FetchSettings) -> str:
    """The path of the PEM file to trust: the setting, the usual variables, the system's file, or that of certifi.

    Raises SettingsError for a set file that cannot be used.
    """
    if settings.ca_file:
        import ssl

        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(settings.ca_file)
        except OSError as error:
            what = "no certificate in it" if isinstance(error, ssl.SSLError) else error.strerror
            raise SettingsError(
                f"{settings.ca_file}: cannot be used as CA file: {what}; it must hold PEM certificates",
                about=settings.ca_file,
            ) from error
        return settings.ca_file
    for path in (*(os.environ.get(name, "") for name in _VARIABLES), *_SYSTEM):
        if path and Path(path).is_file():
            return path
    from requests.utils import DEFAULT_CA_BUNDLE_PATH  # certifi's; slow to import, and seldom needed

    return str(DEFAULT_CA_BUNDLE_PATH)
