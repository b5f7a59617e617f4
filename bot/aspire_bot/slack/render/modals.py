"""The modals: pure, like `blocks`."""

from collections.abc import Mapping, Sequence

from slack_sdk.models.blocks import (
    InputBlock,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from aspire_bot.messages import SlackPhrases
from aspire_bot.slack.render.buttons import CHANNEL_VIEW, FEEDBACK_VIEW
from aspire_bot.slack.render.cut import cut
from aspire_bot.slack.render.message import JsonObject
from aspire_bot.state.channels import ChannelPolicy

REASON, COMMENT = "reason", "comment"
MODE, AUDIENCE, LANGUAGE = "mode", "audience", "language"
_MAX_TITLE = 24


def feedback_view(answer_id: str, wording: SlackPhrases) -> JsonObject:
    """Ask what was wrong with an answer."""
    reason = RadioButtonsElement(action_id=REASON, options=_options(wording.feedback.reasons))
    comment = PlainTextInputElement(
        action_id=COMMENT, multiline=True, max_length=2000, placeholder=wording.feedback.hint
    )
    return modal(
        FEEDBACK_VIEW,
        wording.feedback.title,
        wording,
        submit=wording.send,
        metadata=answer_id,
        blocks=[
            InputBlock(block_id=REASON, label=wording.feedback.reason, element=reason),
            InputBlock(
                block_id=COMMENT, label=wording.feedback.comment, element=comment, optional=True
            ),
        ],
    )


def channel_view(channel: str, policy: ChannelPolicy, wording: SlackPhrases) -> JsonObject:
    """Ask staff how the bot shall behave in a channel."""
    fields = (
        (MODE, wording.channel.mode, wording.channel.modes, policy.mode),
        (AUDIENCE, wording.channel.audience, wording.audiences, policy.audience),
        (LANGUAGE, wording.channel.language, wording.languages, policy.language),
    )
    return modal(
        CHANNEL_VIEW,
        wording.channel.title,
        wording,
        submit=wording.save,
        metadata=channel,
        blocks=[select(name, label, choices, chosen) for name, label, choices, chosen in fields],
    )


def select(name: str, label: str, choices: Mapping[str, str], chosen: str) -> InputBlock:
    """Give a choice among a few, one of them chosen."""
    options = _options(choices)
    now = next(option for option in options if option.value == chosen)
    element = StaticSelectElement(action_id=name, options=options, initial_option=now)
    return InputBlock(block_id=name, label=label, element=element)


def _options(choices: Mapping[str, str]) -> list[Option]:
    return [Option(value=value, text=text) for value, text in choices.items()]


def modal(
    callback_id: str,
    title: str,
    wording: SlackPhrases,
    *,
    submit: str,
    metadata: str,
    blocks: Sequence[InputBlock],
) -> JsonObject:
    """Give a modal of input blocks, whose block and action ids are the same."""
    view = View(
        type="modal",
        callback_id=callback_id,
        title=cut(title, _MAX_TITLE),
        submit=cut(submit, _MAX_TITLE),
        close=cut(wording.cancel, _MAX_TITLE),
        private_metadata=metadata,
        blocks=list(blocks),
    )
    return view.to_dict()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  untyped in the SDK
