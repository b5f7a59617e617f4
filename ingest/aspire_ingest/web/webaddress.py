"""One name for one page: addresses without what does not tell pages apart. Pure."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_NOISE = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|"
    r"mkt_tok|ref_src|phpsessid|jsessionid|print|printable|format=print|view=print|"
    r"output=print|media=print)",
    re.IGNORECASE,
)
_PRINT_PATH = re.compile(r"/(?:print|printable|printer-friendly)(?=/|$)", re.IGNORECASE)
_PRINT_NAME = re.compile(r"[_.-]print(?:able)?(?=\.(?:html?|php|aspx?)$)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_CHARACTERS = 2_000


def fold(url: str) -> str | None:
    """The one spelling of an address; None for what is no page on the web.

    Host in small letters, default port, fragment, tracking parameters and print versions gone,
    parameters in order. `index.html` stays: it is not always the folder's own page.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host or "@" in parts.netloc:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    # a blank before what is left out would stand at the end, where the next folding drops it
    path = _PRINT_NAME.sub("", _PRINT_PATH.sub("", _SESSION.sub("", parts.path.rstrip()))) or "/"
    given = (part.strip() for part in parts.query.split("&"))
    kept = sorted(part for part in given if part and not _is_noise(part))
    folded = urlunsplit((scheme, netloc, _without_dots(path), "&".join(kept), ""))
    return folded if len(folded) <= _MAX_CHARACTERS else None


def resolve(base: str, href: str) -> str | None:
    """An address as a page writes it, in the one spelling; None for what is no page."""
    try:
        return fold(urljoin(base, href))
    except ValueError:
        return None


def host_of(url: str) -> str:
    """Scheme, host and port: what answers for a `robots.txt`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _is_noise(part: str) -> bool:
    return bool(_NOISE.fullmatch(part.partition("=")[0]) or _NOISE.fullmatch(part))


def _without_dots(path: str) -> str:
    # urljoin takes dots out of relative addresses only
    return urlsplit(urljoin("http://x/", path)).path if "/." in path else path
