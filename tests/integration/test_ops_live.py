"""`doctor --live` against the local Slack, which refuses what Slack would refuse."""

from typing import get_args

from pydantic import SecretStr
from tests.local_slack.server import Fault, LocalSlack

from aspire_bot.local_slack.api.methods import BOT_TOKEN
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.live_check import try_live
from aspire_bot.slack.platform.rates import Act, Pacer, Rate

FAST: dict[Act, Rate] = dict.fromkeys(get_args(Act), Rate(1000, 1000))


def settings_for(slack: LocalSlack) -> Settings:
    return Settings(slack_bot_token=SecretStr(BOT_TOKEN), slack_api_url=slack.url)


def test_every_step_holds_and_no_rule_is_broken() -> None:
    with LocalSlack() as slack:
        checks = try_live(settings_for(slack), "C1", person="U1")
        assert [check.state for check in checks] == ["ok"] * 9
        assert slack.violations == []


def test_a_refused_step_is_told_and_the_rest_is_deleted() -> None:
    with LocalSlack() as slack:
        slack.fail_next(Fault(method="chat.appendStream", error="message_not_in_streaming_state"))
        checks = try_live(settings_for(slack), "C1", person="U1", pacer=Pacer(FAST))
        states = {check.name.partition(" (")[0]: check.state for check in checks}
        assert states["append to the stream"] == "failed"
        assert states["stop the stream with blocks"] == "ok"
        assert [check.state for check in checks[-2:]] == ["ok", "ok"]
        assert slack.violations == []
