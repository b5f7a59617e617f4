"""A message as Slack takes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from slack_sdk.models.blocks import Block

JsonObject = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackMessage:
    """Blocks, and the text that notifications show; both as they go over the wire."""

    text: str
    blocks: tuple[JsonObject, ...]

    @classmethod
    def of(cls, text: str, blocks: Sequence[Block]) -> "SlackMessage":
        """Make a message of the SDK's blocks, which check themselves."""
        written = tuple(cast("JsonObject", block.to_dict()) for block in blocks)  # pyright: ignore[reportUnknownMemberType]  untyped in the SDK
        return cls(text=text, blocks=written)

    def to_json(self) -> JsonObject:
        """Give what can be kept and read again."""
        return {"text": self.text, "blocks": list(self.blocks)}

    @classmethod
    def from_json(cls, kept: JsonObject) -> "SlackMessage":
        """Read what `to_json` gave."""
        return cls(
            text=str(kept["text"]), blocks=tuple(cast("Sequence[JsonObject]", kept["blocks"]))
        )
