"""What a site asks of robots, as RFC 9309 has it, with `Crawl-delay` and `Sitemap`. Pure.

Protego reads the file and compares addresses with its rules.
"""

from dataclasses import dataclass

from protego import Protego

_MAX_BYTES = 512 * 1024
_LONGEST_DELAY_S = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """The rules of one host for this program."""

    rules: Protego
    product: str

    def allows(self, url: str) -> bool:
        """Whether an address may be visited: the longest rule that fits decides."""
        return self.rules.can_fetch(url, self.product)

    @property
    def crawl_delay_s(self) -> float:
        """Seconds that the host asks to wait between two requests; 0 where it asks for none."""
        return min(self.rules.crawl_delay(self.product) or 0.0, _LONGEST_DELAY_S)


def read_robots(body: bytes, product: str) -> Robots:
    """Read a `robots.txt` for a product name; what cannot be understood is passed over."""
    text = body[:_MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    return Robots(rules=Protego.parse(text), product=product)


ALL_ALLOWED = read_robots(b"", "")
"""Of a host without a `robots.txt`."""
NOTHING_ALLOWED = read_robots(b"User-agent: *\nDisallow: /", "")
"""Of a host whose `robots.txt` cannot be had: nobody knows what it would say."""
