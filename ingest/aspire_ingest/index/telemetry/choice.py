"""Whether telemetry is wanted, and where it goes: `ASPIRE_OTEL` and the standard variables."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from aspire_ingest.index.build import install_line
from aspire_ingest.index.errors import ConfigError

Signal = Literal["traces", "metrics"]
Switch = Literal["on", "off"]
SIGNALS: tuple[Signal, ...] = ("traces", "metrics")

_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
_PROTOCOL = "http/protobuf"
_DEFAULT_ENDPOINT = "http://localhost:4318"
"""Where OpenTelemetry's specification has a collector listen."""
_EXPORTER = "opentelemetry.exporter.otlp.proto.http"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an operator asked for.

    `endpoints` are full URLs by signal; none where nothing is exported. `obstacle` says why what
    is wanted cannot be had, and what to do.
    """

    endpoints: Mapping[Signal, str]
    is_explicit: bool = False
    obstacle: str = ""

    @property
    def is_on(self) -> bool:
        """Whether something is exported."""
        return bool(self.endpoints) and not self.obstacle


_OFF = Choice(endpoints={})


def read_choice(switch: Switch | None, environment: Mapping[str, str]) -> Choice:
    """Read what is wanted: by `switch`, and without it by whether an endpoint is set."""
    given = {name: value.strip() for name, value in environment.items() if value.strip()}
    is_set = any(name in given for name in (_ENDPOINT, *map(_endpoint_of, SIGNALS)))
    is_disabled = given.get("OTEL_SDK_DISABLED", "").lower() == "true"
    if switch == "off" or is_disabled or not (switch == "on" or is_set):
        return _OFF
    wanted: list[Signal] = [
        signal for signal in SIGNALS if given.get(f"OTEL_{signal.upper()}_EXPORTER") != "none"
    ]
    return Choice(
        endpoints={signal: _endpoint(signal, given) for signal in wanted},
        is_explicit=switch == "on",
        obstacle=_obstacle(wanted, given),
    )


def shown(endpoint: str) -> str:
    """Give an endpoint as it may be shown: without a user, a password, or what a query holds."""
    parts = urlsplit(endpoint)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, place, parts.path, "", ""))


def check(choice: Choice) -> None:
    """Refuse what was asked for by name and cannot be had.

    Raises:
        ConfigError: with what to do.
    """
    if choice.is_explicit and choice.obstacle:
        raise ConfigError(f"ASPIRE_OTEL=on, and {choice.obstacle}")


def _endpoint(signal: Signal, given: Mapping[str, str]) -> str:
    own = given.get(_endpoint_of(signal))
    return own or f"{given.get(_ENDPOINT, _DEFAULT_ENDPOINT).rstrip('/')}/v1/{signal}"


def _endpoint_of(signal: Signal) -> str:
    return f"OTEL_EXPORTER_OTLP_{signal.upper()}_ENDPOINT"


def _obstacle(wanted: list[Signal], given: Mapping[str, str]) -> str:
    for signal in wanted:
        general = given.get("OTEL_EXPORTER_OTLP_PROTOCOL", _PROTOCOL)
        protocol = given.get(f"OTEL_EXPORTER_OTLP_{signal.upper()}_PROTOCOL", general)
        if protocol != _PROTOCOL:
            return f"only {_PROTOCOL} is spoken: set OTEL_EXPORTER_OTLP_PROTOCOL={_PROTOCOL}"
        address = urlsplit(_endpoint(signal, given))
        if address.scheme not in {"http", "https"} or not address.hostname:
            return f"{_ENDPOINT} is no address: write http(s)://HOST:4318"
    if not _is_installed():
        return f"its packages are not installed: {install_line('telemetry')}"
    return ""


def _is_installed() -> bool:
    try:
        return find_spec(_EXPORTER) is not None
    except ModuleNotFoundError:  # a parent package is missing
        return False
