"""The zones of people who ask, as Slack says them: asked for once, and never in the way."""

from collections.abc import Generator

import pytest

from aspire_bot.local_slack.methods import BOT_TOKEN
from aspire_bot.local_slack.model import User
from aspire_bot.local_slack.server import Fault, LocalSlack
from aspire_bot.slack.platform.rates import Pacer
from aspire_bot.slack.platform.timezones import Timezones
from aspire_bot.slack.platform.web import SlackWeb
from aspire_bot.slack.platform.workspaces import build_client


class Watch:
    """A clock that tests turn."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def slack() -> Generator[LocalSlack]:
    with LocalSlack() as local:
        yield local
        assert local.violations == []


@pytest.fixture
def web(slack: LocalSlack) -> SlackWeb:
    return SlackWeb(build_client(BOT_TOKEN, slack.url), team="T1", pacer=Pacer())


def test_a_zone_is_asked_for_once_an_hour(slack: LocalSlack, web: SlackWeb) -> None:
    watch = Watch()
    zones = Timezones(watch)
    assert {zones.of(web, "U1"), zones.of(web, "U1")} == {"Europe/Paris"}
    assert zones.of(web, "U2") == "Asia/Tokyo"
    assert slack.count("users.info") == 2
    watch.now = 3601
    assert zones.of(web, "U1") == "Europe/Paris"
    assert slack.count("users.info") == 3


def test_where_slack_does_not_say_nobody_waits_for_it_twice(
    slack: LocalSlack, web: SlackWeb
) -> None:
    watch = Watch()
    zones = Timezones(watch)
    slack.fail_next(Fault(method="users.info", error="user_not_found"))
    assert zones.of(web, "U1") is None
    assert zones.of(web, "U1") is None  # though Slack would say it by now
    assert slack.count("users.info") == 0
    watch.now = 61
    assert zones.of(web, "U1") == "Europe/Paris"


def test_what_is_no_zone_is_none(slack: LocalSlack, web: SlackWeb) -> None:
    slack.workspace.add_user(User(user_id="U8", name="eve", timezone="../etc/passwd"))
    assert Timezones().of(web, "U8") is None
