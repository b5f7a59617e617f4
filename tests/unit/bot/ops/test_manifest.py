"""The manifest is one that Slack takes; it asks for what the bot uses, each with a reason."""

import ast
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import slack_sdk.web.client

from aspire_bot.slack.platform.http import EVENTS_PATH
from aspire_bot.slack.platform.manifest import (
    bot_scopes,
    http_manifest,
    load_manifest,
    manifest_text,
)
from aspire_bot.slack.platform.scopes import EVENTS, METHODS, SCOPES, methods_of
from aspire_bot.slack.render import buttons
from aspire_ingest.index import ConfigError

ROOT = Path(__file__).parents[4]
SLACK = ROOT / "bot/aspire_bot/slack"
MANIFEST: Any = load_manifest()  # JSON of known form
HTTP: Any = http_manifest("https://bot.example.org")


def called_methods() -> dict[str, str]:
    """The Web API methods that the code calls, each with a place: by SDK name, or by API name."""
    source = inspect.getsource(slack_sdk.web.client.WebClient)
    by_function = {
        function: method
        for function, body in re.findall(
            r"    def (\w+)\((.*?)(?=\n    def |\Z)", source, re.DOTALL
        )
        for method in re.findall(r'api_call\(\s*"([\w.]+)"', body)[-1:]
    }
    assert by_function["chat_postMessage"] == "chat.postMessage"
    known = set(by_function.values())
    return {
        method: f"{path.name}:{line}"
        for path in sorted(SLACK.rglob("*.py"))
        if path.name != "scopes.py"
        for method, line in _methods(ast.parse(path.read_text()), by_function, known)
    }


def _methods(
    tree: ast.AST, by_function: dict[str, str], known: set[str]
) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if method := by_function.get(node.func.attr):
                yield method, node.lineno
        elif isinstance(node, ast.Constant) and node.value in known:
            yield str(node.value), node.lineno


def test_every_call_of_the_code_has_its_scope() -> None:
    called = called_methods()
    assert {"auth.test", "conversations.info", "chat.startStream"} <= called.keys()
    unknown = {method: place for method, place in called.items() if method not in METHODS}
    assert unknown == {}, "add these to slack/scopes.py"
    asked = set(bot_scopes())
    lacking = {m: (place, METHODS[m]) for m, place in called.items() if not {*METHODS[m]} <= asked}
    assert lacking == {}


def test_every_event_has_its_scope() -> None:
    for event in MANIFEST["settings"]["event_subscriptions"]["bot_events"]:
        assert set(EVENTS[event]) <= set(bot_scopes()), event


def test_every_scope_has_a_reason_and_a_use() -> None:
    assert sorted(bot_scopes()) == sorted(SCOPES)
    assert set(MANIFEST["oauth_config"]["scopes"]) == {"bot"}  # it never acts as a person
    for scope in set(SCOPES) - {"commands"}:  # that one is for the command and the shortcut
        assert methods_of(scope), scope


def test_all_surfaces_are_there() -> None:
    features = MANIFEST["features"]
    assert "agent_view" in features
    assert "assistant_view" not in features  # the older one: an app has either
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert [c["command"] for c in features["slash_commands"]] == ["/aspire"]
    shortcut = features["shortcuts"][0]
    assert (shortcut["callback_id"], shortcut["type"]) == (buttons.ANSWER_SHORTCUT, "message")
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] is True
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert {
        "app_home_opened",
        "app_mention",
        "message.im",
        "message.channels",
        "message.groups",
        "member_joined_channel",
        "team_join",
    } <= set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])


@pytest.mark.parametrize("manifest", [MANIFEST, HTTP])
def test_slacks_limits(manifest: Any) -> None:
    """docs.slack.dev/reference/app-manifest."""
    display = manifest["display_information"]
    assert 1 <= len(display["name"]) <= 35
    assert 1 <= len(display["description"]) <= 140
    assert 174 <= len(display["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", display["background_color"])
    features = manifest["features"]
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["agent_view"]["agent_description"]) <= 300
    assert 1 <= len(features["agent_view"]["suggested_prompts"]) <= 4
    assert len(features["shortcuts"]) <= 10
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["callback_id"]) <= 255
        assert len(shortcut["description"]) <= 150
    assert len(features["slash_commands"]) <= 50
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    assert len(scopes) == len(set(scopes)) <= 255
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    assert len(events) == len(set(events)) <= 100


def test_over_http_slack_is_told_where_to_call() -> None:
    url = f"https://bot.example.org{EVENTS_PATH}"
    settings = HTTP["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == url
    assert settings["interactivity"] == {"is_enabled": True, "request_url": url}
    assert [c["url"] for c in HTTP["features"]["slash_commands"]] == [url]
    assert HTTP["oauth_config"]["redirect_urls"] == ["https://bot.example.org/slack/oauth_redirect"]
    assert HTTP["oauth_config"]["scopes"] == MANIFEST["oauth_config"]["scopes"]
    assert "url" not in MANIFEST["features"]["slash_commands"][0]  # the shipped one is left alone


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://h.example", "https://h.example"),
        ("https://h.example/", "https://h.example"),
        ("https://h.example/slack/events", "https://h.example"),
        ("https://h.example:8443/bot/slack/events/", "https://h.example:8443/bot"),
    ],
)
def test_request_urls_are_completed(given: str, base: str) -> None:
    made: Any = http_manifest(given)
    assert made["settings"]["event_subscriptions"]["request_url"] == f"{base}/slack/events"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "h.example",
        "http://h.example",
        "https://",
        "https://u:p@h",
        "https://h/?a=b",
        "https://h x",
    ],
)
def test_addresses_that_slack_does_not_call_are_refused(given: str) -> None:
    with pytest.raises(ConfigError, match="https://HOST"):
        http_manifest(given)


def test_the_copy_to_paste_is_the_one_that_is_shipped() -> None:
    assert (ROOT / "bot/manifest.json").read_text() == manifest_text()
    assert json.loads(manifest_text()) == MANIFEST
