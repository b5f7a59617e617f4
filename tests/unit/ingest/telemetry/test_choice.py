"""When telemetry is on, and where it goes."""

import pytest

from aspire_ingest.index import ConfigError
from aspire_ingest.index.telemetry.choice import Switch, check, read_choice, shown

HERE = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318/"}


@pytest.mark.parametrize(
    ("switch", "environment"),
    [
        (None, {}),
        (None, {"OTEL_SERVICE_NAME": "bot"}),
        (None, {"OTEL_EXPORTER_OTLP_ENDPOINT": " "}),
        ("off", HERE),
        (None, {**HERE, "OTEL_SDK_DISABLED": "TRUE"}),
        ("on", {"OTEL_SDK_DISABLED": "true"}),
        ("on", {"OTEL_TRACES_EXPORTER": "none", "OTEL_METRICS_EXPORTER": "none"}),
    ],
)
def test_it_is_off(switch: Switch | None, environment: dict[str, str]) -> None:
    assert not read_choice(switch, environment).is_on


@pytest.mark.parametrize(
    ("switch", "environment", "traces", "metrics"),
    [
        ("on", {}, "http://localhost:4318/v1/traces", "http://localhost:4318/v1/metrics"),
        (None, HERE, "http://127.0.0.1:4318/v1/traces", "http://127.0.0.1:4318/v1/metrics"),
        (
            None,
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "https://c.example/otlp"},
            "https://c.example/otlp/v1/traces",
            "https://c.example/otlp/v1/metrics",
        ),
        (
            None,
            {**HERE, "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://t.example/own"},
            "http://t.example/own",
            "http://127.0.0.1:4318/v1/metrics",
        ),
        (None, {**HERE, "OTEL_TRACES_EXPORTER": "none"}, None, "http://127.0.0.1:4318/v1/metrics"),
    ],
)
def test_where_it_goes(
    switch: Switch | None, environment: dict[str, str], traces: str | None, metrics: str | None
) -> None:
    choice = read_choice(switch, environment)
    assert choice.is_on
    assert choice.endpoints.get("traces") == traces
    assert choice.endpoints.get("metrics") == metrics


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({**HERE, "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "http/protobuf"),
        ({**HERE, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL": "http/json"}, "http/protobuf"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4318"}, "http(s)://HOST:4318"),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://"}, "http(s)://HOST:4318"),
    ],
)
def test_what_cannot_be_had_is_refused_where_it_was_asked_for_by_name(
    environment: dict[str, str], said: str
) -> None:
    implied = read_choice(None, environment)
    assert not implied.is_on
    assert said in implied.obstacle
    check(implied)  # variables of a whole cluster keep no program from working
    with pytest.raises(ConfigError) as error:
        check(read_choice("on", environment))
    assert said in str(error.value)


def test_an_address_is_shown_without_what_is_secret() -> None:
    assert shown("https://me:pass@c.example:4318/v1/traces?key=k#f") == (
        "https://c.example:4318/v1/traces"
    )
