"""The rules of each channel: what staff set in Slack, or the operator in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from aspire_bot.state.channels import ChannelLanguage, ChannelPolicy, Channels, Mode
from aspire_ingest.index.errors import ConfigError
from aspire_ingest.index.types import Audience


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    mode: Mode = "follow"
    audience: Audience = "public"
    language: ChannelLanguage = "auto"


_FILE = TypeAdapter(dict[str, _Rules])


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRules:
    """The rules in force. A channel named in the file cannot be changed from Slack."""

    channels: Channels
    fixed: Mapping[str, ChannelPolicy]
    default: ChannelPolicy = field(default_factory=ChannelPolicy)
    """The rules where nobody set any."""

    def policy(self, team: str, channel: str) -> ChannelPolicy:
        """Give a channel's rules; the defaults where nobody set any."""
        fixed = self.fixed.get(channel)
        return fixed or self.channels.policy(team, channel) or self.default

    def is_fixed(self, channel: str) -> bool:
        """Whether the operator's file decides about a channel."""
        return channel in self.fixed


def read_rules(path: Path | None) -> Mapping[str, ChannelPolicy]:
    """Read the operator's file: `CHANNEL_ID: {mode, audience, language}` in YAML.

    Raises:
        ConfigError: it cannot be read, or says something that is no rule.
    """
    if path is None:
        return {}
    try:
        rules = _FILE.validate_python(yaml.safe_load(path.read_text("utf-8")) or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise ConfigError(f"ASPIRE_CHANNELS_FILE {path} cannot be used: {error}") from error
    return {channel: ChannelPolicy(**rule.model_dump()) for channel, rule in rules.items()}
