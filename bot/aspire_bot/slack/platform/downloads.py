"""Files from Slack, with the bot's token: it goes to Slack's own host and nowhere else.

A redirect is not followed: Slack sends who may not read a file to a page for signing in, and no
other host may ever be shown the token. Source: docs.slack.dev/reference/objects/file-object
(`url_private`: "authenticated with a bearer token").
"""

from contextlib import closing
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx

from aspire_ingest.index.transport.body import (
    BrokenOffError,
    DamagedBodyError,
    TooLargeError,
    read_body,
)
from aspire_ingest.index.transport.guarded_transport import GuardedTransport, Policy
from aspire_ingest.index.transport.network import DeadlineError, Ending

_HOST = "files.slack.com"
_TIMEOUT_S = 20.0
_TOTAL_S = 120.0


class DownloadError(Exception):
    """A file cannot be had; `code` says why in a word."""

    def __init__(self, code: str, *, retryable: bool = False) -> None:
        """Say why, without the address: that may let others read the file."""
        super().__init__(code)
        self.code = code
        self.retryable = retryable


def download(url: str, *, token: str, api_url: str, max_bytes: int) -> bytes:
    """Give the bytes behind a private address of Slack's.

    `api_url` is the Web API's: where it is not Slack's own, files may lie on its host, too.

    Raises:
        DownloadError: the address is not Slack's, leads elsewhere, or gives no file of that size.
    """
    if not _is_slacks(url, api_url):
        raise DownloadError("not_slack")
    policy = Policy(allow=None, uses_proxies=True, ending=Ending.after(_TOTAL_S))
    try:
        with closing(GuardedTransport(policy)) as transport:
            response = transport.handle_request(_request(url, token))
            with closing(response):
                _check_status(response.status_code)
                return read_body(response, max_bytes)
    except TooLargeError:
        raise DownloadError("too_large") from None
    except DeadlineError:
        raise DownloadError("too_slow", retryable=True) from None
    except (BrokenOffError, DamagedBodyError):
        raise DownloadError("cut_off", retryable=True) from None
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise DownloadError(type(error).__name__, retryable=True) from None


def _request(url: str, token: str) -> httpx.Request:
    return httpx.Request(
        "GET",
        url,
        headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"},
        extensions={"timeout": httpx.Timeout(_TIMEOUT_S).as_dict()},
    )


def _check_status(status: int) -> None:
    if 300 <= status < 400:
        raise DownloadError("redirected")
    if status != HTTPStatus.OK:
        raise DownloadError(f"http_{status}", retryable=status == 429 or status >= 500)


def _is_slacks(url: str, api_url: str) -> bool:
    if not url.isprintable():  # what one parser drops and another does not
        return False
    try:
        there, ours = urlsplit(url), urlsplit(api_url)
        places = (there.scheme, there.hostname, there.port), (ours.scheme, ours.hostname, ours.port)
    except ValueError:
        return False
    if there.username is not None or there.password is not None:
        return False
    return places[0] in {("https", _HOST, None), ("https", _HOST, 443)} or (
        places[0] == places[1] and there.hostname != "slack.com"
    )
