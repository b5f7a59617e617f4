"""The bot beside a local Slack without a network: real Bolt, real state, calls made directly.

Fast enough for property tests. What is left out is HTTP, and Slack's rates.
"""

import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient, WebhookResponse
from sqlalchemy import event
from tests.local_slack.scene import OPTIONS
from tests.local_slack.server import LocalSlack
from tests.local_slack.settling import settle
from tests.new_state import new_state

from aspire_bot.local_slack.api.web_api import Arrived
from aspire_bot.local_slack.courier import Attempt, Courier, Kind, Retry
from aspire_bot.local_slack.events import SIGNING_SECRET
from aspire_bot.local_slack.people import People
from aspire_bot.local_slack.wire import Json, as_object
from aspire_bot.local_slack.workspace import BOT_TOKEN
from aspire_bot.slack.app import build_bot
from aspire_bot.slack.options import Core, SlackAccess, SlackOptions
from aspire_bot.slack.platform import rates as pacing
from aspire_bot.state import State, open_state


@dataclass(frozen=True, slots=True)
class _Straight:
    """A transport that hands over what Slack sends."""

    app: App

    def send(self, kind: Kind, body: Json, *, retry: Retry | None, deadline_s: float) -> Attempt:
        del kind, retry, deadline_s
        request = BoltRequest(body=dict(body), mode="socket_mode")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  it takes a mapping
        began = time.monotonic()
        response = self.app.dispatch(request)
        shown = as_object(json.loads(response.body)) if response.body.startswith("{") else None
        return Attempt(
            status=response.status, seconds=time.monotonic() - began, response=shown or {}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Indoors:
    """A running bot, its state, and the people who speak to it."""

    slack: LocalSlack
    state: State
    people: People

    def settle(self, timeout_s: float = 30) -> None:
        """Wait until nothing is left to work on."""
        settle(self.state, timeout_s=timeout_s, every_s=0.002)


@contextmanager
def run_indoors(core: Core, place: Path, options: SlackOptions = OPTIONS) -> Generator[Indoors]:
    """Run the bot until the block ends."""
    with LocalSlack(enforces_rates=False) as slack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(WebClient, "api_call", _caller(slack))
        patch.setattr(WebhookClient, "send", _responder(slack))
        for act in pacing.RATES:
            patch.setitem(pacing.RATES, act, pacing.Rate(1e6, 1_000_000))  # pyright: ignore[reportArgumentType]  a dict
        state = open_state(new_state(place))
        _hurry(state)
        access = SlackAccess(bot_token=BOT_TOKEN, signing_secret=SIGNING_SECRET, api_url=slack.url)
        bot = build_bot(core, access, state, options)
        bot.open()
        try:
            yield Indoors(
                slack=slack, state=state, people=People(slack, Courier(_Straight(bot.app)))
            )
        finally:
            bot.close(timeout_s=5)
            state.close()
        assert slack.violations == []


def _caller(slack: LocalSlack) -> object:
    def api_call(
        self: WebClient,
        api_method: str,
        *,
        http_verb: str = "POST",
        params: dict[str, Any] | None = None,
        json: dict[str, Any] | None = None,
        **_rest: object,
    ) -> SlackResponse:
        arrived = Arrived(
            method=api_method,
            arguments=_on_wire(json or params or {}),
            token=self.token or "",
            is_json=json is not None,
        )
        reply = slack.take(arrived)
        return SlackResponse(
            client=self,
            http_verb=http_verb,
            api_url=api_method,
            req_args={},
            data=dict(reply.content),
            headers=dict(reply.headers),
            status_code=reply.status,
        ).validate()

    return api_call


def _responder(slack: LocalSlack) -> object:
    def send(self: WebhookClient, **given: object) -> WebhookResponse:
        known = {key: value for key, value in given.items() if value is not None}
        reply = slack.take_response(self.url.rpartition("/")[2], _on_wire(known))
        return WebhookResponse(url=self.url, status_code=reply.status, body="ok", headers={})

    return send


def _on_wire(given: Json) -> dict[str, Any]:
    return json.loads(json.dumps(given))


def _hurry(state: State) -> None:
    """Let SQLite not wait for the disk: these databases outlive no crash."""

    def on_checkout(connection: Any, *_: object) -> None:  # of sqlite3
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(state.database.engine, "checkout", on_checkout)
