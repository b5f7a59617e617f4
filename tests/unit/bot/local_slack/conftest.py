"""A local Slack whose time a test sets, and the SDK's client of it."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from tests.local_slack.server import LocalSlack

from aspire_bot.local_slack.workspace import BOT_TOKEN

Client = Any
"""The SDK's client: what it takes and gives is untyped, and its replies are JSON."""


@dataclass
class Clock:
    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> Generator[LocalSlack]:
    with LocalSlack(clock=clock) as local:
        local.rates.clock = clock
        yield local


@pytest.fixture
def client(slack: LocalSlack) -> Client:
    return WebClient(token=BOT_TOKEN, base_url=slack.url, retry_handlers=[])


def _response(caught: Any) -> Any:
    return caught.value.response  # untyped in the SDK


def code_of(caught: pytest.ExceptionInfo[SlackApiError]) -> str:
    """Slack's error code of a refused call."""
    return str(_response(caught)["error"])


def header_of(caught: pytest.ExceptionInfo[SlackApiError], name: str) -> str:
    """A header of a refused call's reply; the refusal must be a 429."""
    response = _response(caught)
    assert response.status_code == 429
    return response.headers[name]
