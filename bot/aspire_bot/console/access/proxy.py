"""Who is there, as a reverse proxy says that signs people in itself."""

from ipaddress import ip_address

from flask import Request

from aspire_bot.console.parts import IsStaff, ProxySignIn
from aspire_bot.state.console.console_access import Person

_MOST_CHARACTERS = 200


def named_by_proxy(request: Request, proxy: ProxySignIn) -> str | None:
    """Give whom the header names; None where it does not come from the proxy, or names nobody.

    A header that came twice names nobody: servers join the values, and one may be a visitor's.
    """
    name = request.headers.get(proxy.header, "").strip()
    if not name or len(name) > _MOST_CHARACTERS or "," in name or not name.isprintable():
        return None
    return name if _is_from(request.remote_addr, proxy) else None


def proxied_person(
    name: str, proxy: ProxySignIn, is_staff: IsStaff, language: str
) -> Person | None:
    """Give the person of a name where they are staff."""
    if name not in proxy.staff and not is_staff("", name):
        return None
    return Person(team="", user=name, name=name, language=language)


def _is_from(address: str | None, proxy: ProxySignIn) -> bool:
    try:
        given = ip_address(address or "")
    except ValueError:
        return False
    return any(given in network for network in proxy.networks)
