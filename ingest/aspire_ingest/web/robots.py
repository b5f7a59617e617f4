"""What a site asks of robots, as RFC 9309 has it, with `Crawl-delay` and `Sitemap`. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

_MAX_BYTES = 512 * 1024
_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    path: str
    allows: bool

    def fits(self, place: str) -> bool:
        pattern = "".join(".*" if part == "*" else re.escape(part) for part in self._parts())
        return re.match(pattern + ("\\Z" if self.path.endswith("$") else ""), place) is not None

    def _parts(self) -> Sequence[str]:
        return [part for part in re.split(r"(\*)", self.path.removesuffix("$")) if part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one host for this program."""

    rules: tuple[_Rule, ...] = ()
    crawl_delay_s: float = 0.0
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether an address may be visited: the longest rule that fits decides."""
        parts = urlsplit(url)
        place = _spelt(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
        fitting = [(len(rule.path), rule.allows) for rule in self.rules if rule.fits(place)]
        return max(fitting, default=(0, True))[1]


NOTHING_ALLOWED = Robots(rules=(_Rule(path="/", allows=False),))
"""Of a host whose `robots.txt` cannot be had: nobody knows what it would say."""


def read_robots(body: bytes, product: str) -> Robots:
    """Read a `robots.txt` for a product name; what cannot be understood is passed over."""
    groups: dict[str, list[tuple[str, str]]] = {}
    sitemaps: list[str] = []
    agents: list[str] = []
    is_naming = False
    for line in body[:_MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff").splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        field, value = match[1].lower(), match[2].strip()
        if field == "user-agent":
            agents = [*agents, value.lower()] if is_naming else [value.lower()]
            is_naming = True
        elif field == "sitemap":
            sitemaps.append(value)
        elif field in ("allow", "disallow", "crawl-delay"):
            is_naming = False
            for agent in agents:
                groups.setdefault(agent, []).append((field, value))
    own = [lines for agent, lines in groups.items() if agent and agent in product.lower()]
    chosen = [line for lines in own for line in lines] or groups.get("*", [])
    return Robots(
        rules=tuple(
            _Rule(path=_spelt(value), allows=field == "allow")
            for field, value in chosen
            if field != "crawl-delay" and value.startswith(("/", "*"))
        ),
        crawl_delay_s=max((_delay(value) for field, value in chosen if field[0] == "c"), default=0),
        sitemaps=tuple(sitemaps),
    )


def _delay(value: str) -> float:
    match = re.fullmatch(r"\d{1,5}(?:\.\d+)?", value)
    return float(match[0]) if match else 0.0


def _spelt(place: str) -> str:
    """Escapes in one spelling, so that `%e3` and its letter meet."""
    return quote(unquote(place, errors="replace"), safe="/?*$=&+,;:@!'()~.%")
