"""Which messages are answered, and from which documents: the rules of a channel, pure."""

from aspire_bot.slack.listeners.events import Said
from aspire_bot.slack.listeners.questions import looks_like_question
from aspire_bot.state.channels import ChannelPolicy
from aspire_ingest.index.types import Audience


def wants_answer(said: Said, policy: ChannelPolicy, *, is_our_thread: bool) -> bool:
    """Tell whether a person expects the bot to answer.

    Always in a direct conversation and at a mention. Without one only questions are answered: in
    threads the bot has answered in (`follow`), anywhere in the channel (`auto`).
    """
    if said.is_direct or said.is_mention:
        return True
    if policy.mode == "mention":
        return False
    if is_our_thread:
        return looks_like_question(said.text)
    return policy.mode == "auto" and said.begins_thread and looks_like_question(said.text)


def audience_of(
    policy: ChannelPolicy, *, is_direct: bool, is_external: bool, is_staff: bool
) -> Audience:
    """Say whose documents may be quoted where everyone in the channel reads the answer.

    Staff documents go to channels that staff have set so, and to staff in a direct conversation;
    never where another organisation reads along.
    """
    if is_external:
        return "public"
    if is_direct:
        return "staff" if is_staff else "public"
    return policy.audience
