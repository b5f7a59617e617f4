"""What others know of Block Kit's rules: the models of Slack's SDK, and `slackblocks`."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View as SdkView
from slackblocks import Block, Message
from slackblocks.errors import InvalidUsageError
from tests.local_slack.server import LocalSlack

from aspire_bot.local_slack.wire import as_object, objects, unpacked

Blocks = Sequence[Mapping[str, object]]


def message_doubts(blocks: Blocks) -> list[str]:
    """What either finds wrong with the blocks of a message."""
    return [*_sdk_doubts(blocks), *_slackblocks_doubts(blocks)]


def view_doubts(view: Mapping[str, object]) -> list[str]:
    """What the SDK finds wrong with a modal or a Home."""
    try:
        SdkView(**view).to_dict()  # pyright: ignore[reportArgumentType, reportUnknownMemberType]  any JSON
    except (SlackObjectFormationError, TypeError, ValueError) as error:
        return [f"SDK: {error}"]
    return []


def doubts_about(slack: LocalSlack) -> list[str]:
    """What either finds wrong with anything that the bot gave Slack."""
    found: list[str] = []
    for call in slack.calls:
        if view := as_object(unpacked(call.arguments.get("view"))):
            found += [f"{call.method}: {doubt}" for doubt in view_doubts(view)]
        if blocks := objects(unpacked(call.arguments.get("blocks"))):
            found += [f"{call.method}: {doubt}" for doubt in message_doubts(blocks)]
    for workspace in slack.world.workspaces.values():
        for message in workspace.all_messages():  # what acknowledged a command is no call
            if message.blocks and message.bot_id:
                found += [f"{message.ts}: {doubt}" for doubt in message_doubts(message.blocks)]
    return found


def _sdk_doubts(blocks: Blocks) -> list[str]:
    found: list[str] = []
    for block in blocks:
        try:
            parsed = SdkBlock.parse(dict(block))  # pyright: ignore[reportUnknownMemberType]  untyped in the SDK
            if parsed is None:
                found.append(f"SDK does not know {block.get('type')}")
            else:
                parsed.to_dict()  # pyright: ignore[reportUnknownMemberType]  as above
        except (SlackObjectFormationError, TypeError, ValueError) as error:
            found.append(f"SDK: {error}")
    return found


def _slackblocks_doubts(blocks: Blocks) -> list[str]:
    read: list[Block] = []
    try:
        for block in blocks:
            with suppress(NotImplementedError):  # it cannot read those with elements yet
                read.append(Block.from_dict(dict(block)))
        Message(channel="C1", text="text", blocks=read)
    except (InvalidUsageError, TypeError, ValueError) as error:
        return [f"slackblocks: {type(error).__name__}: {error}"]
    return []
