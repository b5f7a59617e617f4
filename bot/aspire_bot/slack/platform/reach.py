"""Why Slack was not reached: the network, a proxy, the clock, or Slack itself. Pure but for names.

What an operator does about no DNS, a closed firewall and a refused token is not the same; libraries
report the first two alike.
"""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreached:
    """What stood in the way, and what to do about it."""

    found: str
    to_do: str


def why_unreached(error: BaseException, url: str) -> Unreached:
    """Tell the reason for an error that came up before Slack answered.

    `url` is what was asked for; its host is named, nothing else of it.
    """
    host = urlsplit(url).hostname or url
    for cause in _causes(error):
        if isinstance(cause, socket.gaierror):
            return Unreached(
                found=f"{host} cannot be found: no DNS for it on this machine",
                to_do="check the machine's DNS and network, or set HTTPS_PROXY",
            )
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Unreached(
                found=f"the certificate of {host} is not trusted",
                to_do="check the machine's clock; behind a proxy that opens TLS, set "
                "SSL_CERT_FILE to its certificate",
            )
        if isinstance(cause, ConnectionRefusedError):
            return Unreached(
                found=f"{host} refuses the connection",
                to_do="check the firewall and HTTPS_PROXY, and SLACK_API_URL if it is set",
            )
        if isinstance(cause, TimeoutError):
            return Unreached(
                found=f"{host} does not answer in time",
                to_do="check the firewall and HTTPS_PROXY: outgoing HTTPS must be allowed",
            )
    return Unreached(
        found=f"{host} cannot be reached: {error}",
        to_do="check the network, HTTPS_PROXY, and SLACK_API_URL if it is set",
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it came from: as its cause, its context or, in urllib, its reason."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        reason = getattr(error, "reason", None)
        if isinstance(reason, BaseException):
            yield reason
        error = error.__cause__ or error.__context__
