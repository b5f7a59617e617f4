"""Reading a response to its end, within a limit that also counts once it is unpacked."""

import zlib

import httpx

_GZIP = zlib.MAX_WBITS | 16


class TooLargeError(Exception):
    """A body is over its limit; the rest of it was not read."""


class DamagedBodyError(Exception):
    """A body is not packed as its headers say; the message says what is wrong."""


class BrokenOffError(Exception):
    """A body ended before its end."""


def read_body(response: httpx.Response, most_bytes: int) -> bytes:
    """Read a whole body, as it came or unpacked where it is gzip.

    Raises:
        TooLargeError: it has, or says that it has, more than `most_bytes`.
        DamagedBodyError: it is packed otherwise, or damaged.
        BrokenOffError: it ended before its end.
        httpx.TransportError: the connection broke, or the time is over.
    """
    length = response.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > most_bytes:
        raise TooLargeError
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", ""):
        raise DamagedBodyError(f"an encoding that was not asked for ({encoding})")
    unpack = zlib.decompressobj(_GZIP) if "gzip" in encoding else None
    body = bytearray()
    try:
        for chunk in response.iter_raw():
            body += unpack.decompress(chunk, most_bytes + 1 - len(body)) if unpack else chunk
            if len(body) > most_bytes:
                raise TooLargeError
    except zlib.error as error:
        raise DamagedBodyError("a damaged gzip body") from error
    except httpx.RemoteProtocolError as error:
        raise BrokenOffError from error
    if unpack is not None and not unpack.eof:
        raise BrokenOffError
    return bytes(body)
