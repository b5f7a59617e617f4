"""With whose token calls are made, and what happens where they fail."""

import pytest
from slack_sdk.errors import SlackApiError
from tests.unit.bot.ops.scripted_slack import ScriptedSlack

from aspire_bot.slack.platform.workspaces import (
    InstalledWorkspaces,
    NotInstalledError,
    OneWorkspace,
    build_client,
    check_token,
    error_code,
)
from aspire_ingest.index import ConfigError


def test_a_call_whose_answer_is_lost_is_not_made_again(slack: ScriptedSlack) -> None:
    slack.drop.add("chat.postMessage")
    client = build_client("xoxb-1", slack.url)
    with pytest.raises(OSError, match="closed connection"):
        client.api_call("chat.postMessage", json={"channel": "C1", "text": "once"})  # pyright: ignore[reportUnknownMemberType]  bare dicts
    assert slack.methods() == ["chat.postMessage"]


def test_the_token_tells_who_the_bot_is(slack: ScriptedSlack) -> None:
    slack.scopes = "chat:write, im:history"
    identity = check_token(build_client("xoxb-1", slack.url.rstrip("/")))
    assert (identity.team, identity.team_name) == ("T1", "Example")
    assert (identity.bot_user, identity.bot) == ("UBOT", "B1")
    assert identity.scopes == {"chat:write", "im:history"}
    assert slack.calls[0].token == "xoxb-1"  # noqa: S105  made up


def test_a_refused_token_is_a_matter_of_configuration(slack: ScriptedSlack) -> None:
    slack.refuse("auth.test", "invalid_auth")
    with pytest.raises(ConfigError, match=r"SLACK_BOT_TOKEN \(invalid_auth\)"):
        check_token(build_client("xoxb-1", slack.url))


def test_a_slack_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigError, match=r"127\.0\.0\.1:1/"):
        check_token(build_client("xoxb-1", "http://127.0.0.1:1/api"))


def test_errors_are_told_by_slacks_code(slack: ScriptedSlack) -> None:
    slack.refuse("chat.update", "message_not_found")
    client = build_client("xoxb-1", slack.url)
    with pytest.raises(SlackApiError) as caught:
        client.api_call("chat.update", json={"channel": "C1", "ts": "1.1", "text": "x"})  # pyright: ignore[reportUnknownMemberType]  bare dicts
    assert error_code(caught.value) == "message_not_found"


class Tokens:
    def __init__(self, **tokens: str) -> None:
        self.tokens = tokens

    def token(self, team: str, enterprise: str | None = None) -> str | None:
        return self.tokens.get(team) or self.tokens.get(enterprise or "")


def test_each_workspace_has_its_own_token() -> None:
    tokens = Tokens(T1="xoxb-1", E1="xoxb-e")
    workspaces = InstalledWorkspaces(tokens, "http://127.0.0.1:1/api")
    assert workspaces.client("T1").token == "xoxb-1"  # noqa: S105  made up
    assert workspaces.client("T2", "E1").token == "xoxb-e"  # noqa: S105  made up
    assert workspaces.client("T1").base_url == "http://127.0.0.1:1/api/"
    tokens.tokens["T1"] = "xoxb-new"
    assert workspaces.client("T1").token == "xoxb-new"  # noqa: S105  made up
    with pytest.raises(NotInstalledError, match="T3"):
        workspaces.client("T3")


def test_one_workspace_has_one_client() -> None:
    client = build_client("xoxb-1")
    assert OneWorkspace(client).client("T1") is OneWorkspace(client).client("T2", "E1") is client
    assert client.base_url == "https://slack.com/api/"
