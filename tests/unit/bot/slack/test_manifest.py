"""The manifest asks for what the bot uses, no more and no less."""

import json
from pathlib import Path

MANIFEST = json.loads((Path(__file__).parents[4] / "bot/manifest.json").read_text())


def test_it_subscribes_to_the_events_that_are_listened_to() -> None:
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    assert sorted(events) == ["app_mention", "message.im"]


def test_it_asks_for_the_scopes_of_its_events_and_calls() -> None:
    scopes = MANIFEST["oauth_config"]["scopes"]
    assert sorted(scopes["bot"]) == [
        "app_mentions:read",  # app_mention
        "assistant:write",  # the agent view
        "chat:write",  # chat.postMessage, assistant.threads.setStatus
        "im:history",  # message.im
    ]
    assert set(scopes) == {"bot"}


def test_messages_can_be_written_to_it() -> None:
    home = MANIFEST["features"]["app_home"]
    assert home["messages_tab_enabled"] is True
    assert home["messages_tab_read_only_enabled"] is False
    assert "assistant_view" not in MANIFEST["features"]
