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
    text_blocks: int = 0
    """How many of the first blocks hold the text that may have been shown already."""

    @classmethod
    def of(cls, text: str, blocks: Sequence[Block], *, text_blocks: int = 0) -> "SlackMessage":
        """Make a message of the SDK's blocks, which check themselves."""
        return cls(text=text, blocks=written(blocks), text_blocks=text_blocks)

    def below_text(self) -> "SlackMessage":
        """Give what follows the text, where that stands already."""
        return SlackMessage(text=self.text, blocks=self.blocks[self.text_blocks :])

    def to_json(self) -> JsonObject:
        """Give what can be kept and read again."""
        blocks = list(self.blocks)
        return {"text": self.text, "blocks": blocks, "text_blocks": self.text_blocks}

    @classmethod
    def from_json(cls, kept: JsonObject) -> "SlackMessage":
        """Read what `to_json` gave."""
        return cls(
            text=str(kept["text"]),
            blocks=tuple(cast("Sequence[JsonObject]", kept["blocks"])),
            text_blocks=cast("int", kept["text_blocks"]),
        )


def unfolded(blocks: Sequence[JsonObject]) -> tuple[JsonObject, ...]:
    """Give blocks with what stands in containers put beside the others."""
    return tuple(
        inner
        for block in blocks
        for inner in (
            cast("Sequence[JsonObject]", block["child_blocks"])
            if block.get("type") == "container"
            else (block,)
        )
    )


def written(blocks: Sequence[Block]) -> tuple[JsonObject, ...]:
    """Write the SDK's blocks as they go over the wire; they check themselves."""
    return tuple(cast("JsonObject", block.to_dict()) for block in blocks)  # pyright: ignore[reportUnknownMemberType]  untyped in the SDK
