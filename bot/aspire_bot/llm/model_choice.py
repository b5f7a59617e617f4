"""From the settings to one provider's model: what is chosen, where it is, and its object."""

import importlib
import ipaddress
import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aspire_bot.llm.http_guard import HttpGuard
from aspire_bot.llm.providers import PROVIDERS, Chosen, Variables
from aspire_ingest.index.build import install_line
from aspire_ingest.index.errors import ConfigError
from aspire_ingest.index.transport.addresses import is_private_name

_PRIVATE = tuple(
    map(
        ipaddress.ip_network,
        ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
    )
) + tuple(map(ipaddress.ip_network, ("::1/128", "fc00::/7", "fe80::/10")))


_OF_ANSWERS = Variables()


def choose(  # noqa: PLR0913  one for each setting
    setting: str,
    *,
    base_url: str | None = None,
    api_key: str | None = None,
    temperature: float = 0.0,
    timeout_s: float = 20.0,
    max_tokens: int = 700,
    variables: Variables = _OF_ANSWERS,
) -> Chosen:
    """Read `PROVIDER/MODEL` and complete it by what the provider's line says.

    Raises:
        ConfigError: the provider is unknown, or something that it needs is not set.
    """
    name, _, model = setting.strip().partition("/")
    provider = PROVIDERS.get(name)
    if provider is None or not model:
        raise ConfigError(
            f"{variables.model}={setting!r} is not PROVIDER/MODEL; the providers are "
            f"{', '.join(PROVIDERS)}; ASPIRE_LLM can be local/FILE.gguf; `none` is to do without"
        )
    address = base_url or provider.base_url
    if address is None:
        raise ConfigError(
            f"{variables.model}={setting} needs {variables.address}, where the server is"
        )
    if provider.has_key and not api_key:
        raise ConfigError(f"{variables.model}={setting} needs {variables.key}")
    return Chosen(
        provider=name,
        model=model,
        base_url=address,
        api_key=api_key,
        temperature=temperature,
        timeout_s=timeout_s,
        max_tokens=max_tokens,
        variables=variables,
    )


def is_outside(chosen: Chosen) -> bool:
    """Whether prompts leave this machine and its private network; see `leads_outside`."""
    # an Ollama server passes some on, wherever it is
    return chosen.model.endswith(("-cloud", ":cloud")) or leads_outside(chosen.base_url)


def leads_outside(url: str) -> bool:
    """Whether an address is outside this machine and its private network, unless that is sure.

    Inside are loopback, private and link-local addresses, `localhost`, names without a dot and
    those under endings that are reserved for private networks. Nothing is looked up.
    """
    host = (urlsplit(url).hostname or "").rstrip(".").casefold()
    address = _address(host)
    if address is None:
        return not is_private_name(host)
    return not any(address in network for network in _PRIVATE)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Read an address in all forms that a library may accept, such as `134744072`."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except (OSError, UnicodeError):
            return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


@dataclass(frozen=True, slots=True)
class Made:
    """A provider's model, the guard of its HTTP client, and what both raise."""

    llm: Any  # one of LlamaIndex's
    guard: HttpGuard
    errors: tuple[type[Exception], ...]


def make(chosen: Chosen) -> Made:
    """Make the integration's object.

    Raises:
        ConfigError: the extra is not installed, or the integration refuses the settings.
    """
    provider = PROVIDERS[chosen.provider]
    try:
        module = importlib.import_module(f"llama_index.llms.{provider.module}")
        http_client = _class(provider.http_client)
        errors: tuple[type[Exception], ...] = (
            _http_error(http_client),
            *map(_class, provider.errors),
        )
    except ImportError as error:
        raise ConfigError(
            f"{chosen.variables.model}={chosen.name} needs an extra: "
            f"{install_line(chosen.provider)}"
        ) from error
    guard = HttpGuard(http_client, is_outside=is_outside(chosen))
    try:
        llm = getattr(module, provider.class_name)(**provider.arguments(chosen, guard))
        if provider.sdk_client:
            client = getattr(llm, provider.sdk_client)
            setattr(llm, provider.sdk_client, client.with_options(http_client=guard.client()))
        _ = llm.metadata  # where a model that it does not know is refused
    except (ValueError, TypeError, OSError, *errors) as error:
        # of the error the kind alone: its words may hold the key
        raise ConfigError(
            f"{chosen.variables.model}={chosen.name} is refused by its integration "
            f"({type(error).__name__}); a model that it does not know may be asked as "
            "openai-like/MODEL"
        ) from None
    return Made(llm, guard, errors)


def _class(path: str) -> type[Any]:
    module, _, name = path.partition(":")
    found: type[Any] = getattr(importlib.import_module(module), name)
    return found


def _http_error(client: type[Any]) -> type[Exception]:
    """Give the base class of the errors of the library that a client is of: httpx or httpx2."""
    library = next(kind.__module__ for kind in client.__mro__ if kind.__name__ == "Client")
    return _class(f"{library.partition('.')[0]}:HTTPError")
