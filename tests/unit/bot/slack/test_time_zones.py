"""The zone of an asker: asked of Slack, kept for a while, and nothing that is no zone."""

import itertools
from collections.abc import Generator
from dataclasses import dataclass, replace

import pytest
from slack_sdk import WebClient
from tests.local_slack.server import Fault, LocalSlack

from aspire_bot.local_slack.model import User
from aspire_bot.local_slack.workspace import BOT_TOKEN
from aspire_bot.slack.platform import time_zones
from aspire_bot.slack.platform.rates import Pacer
from aspire_bot.slack.platform.time_zones import GOOD_FOR_S, TimeZones
from aspire_bot.slack.platform.web import SlackWeb


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def slack() -> Generator[LocalSlack]:
    with LocalSlack(enforces_rates=False) as local:
        yield local


@pytest.fixture
def web(slack: LocalSlack) -> SlackWeb:
    client = WebClient(token=BOT_TOKEN, base_url=slack.url, retry_handlers=[])
    return SlackWeb(client, team="T1", pacer=Pacer())


def test_a_zone_is_asked_for_once_in_a_while(slack: LocalSlack, web: SlackWeb) -> None:
    clock = Clock()
    zones = TimeZones(clock)
    assert [zones.of(web, user) for user in ("U1", "U2", "U1")] == [
        "Europe/Paris",
        "Asia/Tokyo",
        "Europe/Paris",
    ]
    assert slack.count("users.info") == 2
    alice = slack.workspace.users["U1"]
    slack.workspace.add_user(replace(alice, timezone="America/Lima"))
    assert zones.of(web, "U1") == "Europe/Paris"
    clock.now = GOOD_FOR_S
    assert zones.of(web, "U1") == "America/Lima"


@pytest.mark.parametrize("named", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "x\0y"])
def test_what_is_no_zone_is_none(slack: LocalSlack, web: SlackWeb, named: str) -> None:
    slack.workspace.add_user(User(user_id="U7", name="seven", timezone=named))
    assert TimeZones().of(web, "U7") is None


def test_where_slack_cannot_say_there_is_none(slack: LocalSlack, web: SlackWeb) -> None:
    slack.fail_next(Fault(method="users.info", error="fatal_error"))
    assert TimeZones().of(web, "U1") is None


def test_no_more_people_are_kept_than_there_is_room_for(
    slack: LocalSlack, web: SlackWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time_zones, "MOST_KEPT", 2)
    zones = TimeZones()
    for user in itertools.chain(("U1", "U2", "U3"), ("U3", "U2")):
        zones.of(web, user)
    assert slack.count("users.info") == 3
    zones.of(web, "U1")  # it had to make room
    assert slack.count("users.info") == 4
