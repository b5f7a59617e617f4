"""Files from Slack, with the bot's token: it goes to Slack's own host and nowhere else.

A redirect is not followed: Slack sends who may not read a file to a page for signing in, and no
other host may ever be shown the token. Source: docs.slack.dev/reference/objects/file-object
(`url_private`: "authenticated with a bearer token").
"""

import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, cast
from urllib.parse import urlsplit

_HOST = "files.slack.com"
_TIMEOUT_S = 20.0
_TOTAL_S = 120.0
_CHUNK = 65_536


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
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310  checked above
    opener = urllib.request.build_opener(_NoRedirects)
    try:
        with opener.open(request, timeout=_TIMEOUT_S) as response:
            return _read(cast("HTTPResponse", response), max_bytes)
    except urllib.error.HTTPError as error:
        error.close()
        if 300 <= error.code < 400:
            raise DownloadError("redirected") from None
        is_retryable = error.code == 429 or error.code >= 500
        raise DownloadError(f"http_{error.code}", retryable=is_retryable) from None
    except (OSError, HTTPException) as error:
        raise DownloadError(type(error).__name__, retryable=True) from None


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


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Leads nowhere: the token must not go along."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Follow none: the answer becomes an error."""
        del req, fp, code, msg, headers, newurl


def _read(response: HTTPResponse, max_bytes: int) -> bytes:
    headers = cast("Mapping[str, str]", response.headers)
    declared = headers.get("Content-Length") or ""
    if declared.isdecimal() and int(declared) > max_bytes:
        raise DownloadError("too_large")
    body, until = bytearray(), time.monotonic() + _TOTAL_S
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > max_bytes:
            raise DownloadError("too_large")
        if time.monotonic() > until:
            raise DownloadError("too_slow", retryable=True)
    if declared.isdecimal() and len(body) != int(declared):
        raise DownloadError("cut_off", retryable=True)
    return bytes(body)
