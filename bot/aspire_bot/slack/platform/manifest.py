"""The app as Slack is told of it: the manifest that is shipped, and its variant for HTTP."""

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import cast

from aspire_ingest.index.errors import ConfigError

EVENTS_PATH = "/slack/events"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

Manifest = dict[str, object]

_HTTPS = re.compile(
    r"(https://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:/[^\s?#]*)?)"
)
"""A host, perhaps a port and a path; Slack takes no other scheme, and no user or query here."""


def manifest_text() -> str:
    """Give the manifest for Socket Mode as it is shipped, to be pasted into “From a manifest”."""
    return files("aspire_bot.slack.platform").joinpath("manifest.json").read_text(encoding="utf-8")


def load_manifest() -> Manifest:
    """Give the manifest for Socket Mode."""
    return cast("Manifest", json.loads(manifest_text()))


def http_manifest(request_url: str) -> Manifest:
    """Give the manifest for signed HTTP, and for installation in several workspaces.

    `request_url` is where Slack reaches the bot: `https://HOST`, or the whole request URL.

    Raises:
        ConfigError: Slack would not take the URL.
    """
    base = _base_of(request_url)
    manifest = load_manifest()
    for command in cast("list[Manifest]", _part(manifest, "features")["slash_commands"]):
        command["url"] = base + EVENTS_PATH
    settings = _part(manifest, "settings")
    events = _part(settings, "event_subscriptions")
    settings["event_subscriptions"] = {"request_url": base + EVENTS_PATH, **events}
    settings["interactivity"] = {"is_enabled": True, "request_url": base + EVENTS_PATH}
    settings["socket_mode_enabled"] = False
    oauth = _part(manifest, "oauth_config")
    manifest["oauth_config"] = {"redirect_urls": [base + REDIRECT_PATH], **oauth}
    return manifest


def bot_scopes(manifest: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """Give the bot scopes a manifest asks for, the shipped one's without."""
    scopes = _part(_part(manifest or load_manifest(), "oauth_config"), "scopes")
    return tuple(cast("list[str]", scopes["bot"]))


def _part(manifest: Mapping[str, object], key: str) -> Manifest:
    return cast("Manifest", manifest[key])


def _base_of(request_url: str) -> str:
    found = _HTTPS.fullmatch(request_url.strip())
    if found is None:
        raise ConfigError(
            f"{request_url!r} is no address that Slack calls: write https://HOST, as Slack "
            "reaches it from outside"
        )
    return found[1].removesuffix("/").removesuffix(EVENTS_PATH).removesuffix("/")
