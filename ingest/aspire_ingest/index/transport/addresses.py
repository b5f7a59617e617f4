"""Which addresses URL fetching may reach: public ones, and what the operator allows. Pure.

A page that an editor pastes, or a redirect of a page that was fine, must not make the server that
runs the ingestion read its own network (metadata services, admin pages, databases).
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass

from aspire_ingest.index.errors import ConfigError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_REFUSED = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT; cloud metadata of some providers
        "192.0.0.0/24",
        "192.88.99.0/24",  # 6to4 relay
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",  # IPv4-compatible, long gone
        "::ffff:0:0:0/96",  # IPv4-translated: leads to any IPv4 address where it is routed
        "64:ff9b:1::/48",  # NAT64 of a local operator: leads anywhere inside
        "100::/64",
        "2001::/23",  # protocol assignments, with Teredo
        "2001:db8::/32",
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local, deprecated
    )
)

_PRIVATE_NAME = re.compile(
    r"[a-z0-9_-]+|localhost|[a-z0-9._-]+\.(?:localhost|local|internal|home\.arpa)"
)
"""Without a dot, or reserved for private networks: RFC 6761, 6762, 8375, ICANN for `.internal`."""


def is_private_name(host: str) -> bool:
    """Tell whether a host name is one that only a private network knows."""
    return _PRIVATE_NAME.fullmatch(host.rstrip(".").casefold()) is not None


def is_public(address: Address) -> bool:
    """Tell whether an address, and any IPv4 address wrapped in it, is on the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.scope_id:
            return False
    if any(address.version == network.version and address in network for network in _REFUSED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


@dataclass(frozen=True, slots=True)
class AllowList:
    """The operator's exceptions: hosts, hosts with a port, addresses, networks."""

    hosts: frozenset[tuple[str, int | None]]
    networks: tuple[Network, ...]

    @classmethod
    def parse(cls, entries: Sequence[str]) -> "AllowList":
        """Read `ASPIRE_FETCH_ALLOW` entries.

        Raises:
            ConfigError: an entry is neither a host, host:port nor a network.
        """
        hosts: set[tuple[str, int | None]] = set()
        networks: list[Network] = []
        for entry in filter(None, (entry.strip().lower() for entry in entries)):
            try:
                networks.append(ipaddress.ip_network(entry.strip("[]")))
                continue
            except ValueError:
                host, colon, port = entry.rpartition(":")
            if colon and not (port.isdecimal() and 0 < int(port) < 65536):
                raise ConfigError(f"ASPIRE_FETCH_ALLOW: {entry!r} has no valid port")
            host = (host if colon else entry).strip("[]").rstrip(".")
            if not host or "/" in host or "*" in host:
                raise ConfigError(
                    f"ASPIRE_FETCH_ALLOW: {entry!r} is no host, host:port or network (10.0.0.0/8)"
                )
            hosts.add((host, int(port) if colon else None))
        return cls(frozenset(hosts), tuple(networks))

    def names(self, host: str, port: int) -> bool:
        """Tell whether this host or port is an exception by its name, wherever it is."""
        name = host.lower().rstrip(".")
        return (name, None) in self.hosts or (name, port) in self.hosts

    def allows(self, host: str, port: int, address: Address) -> bool:
        """Tell whether this host, port or address is an exception."""
        if self.names(host, port):
            return True
        if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        return any(address.version == net.version and address in net for net in self.networks)
