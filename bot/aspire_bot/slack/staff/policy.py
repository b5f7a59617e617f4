"""Which messages are answered, and from which documents: the rules of a channel, pure."""

from collections.abc import Sequence

from aspire_bot.answering.types import Place, Turn
from aspire_bot.slack.listeners.events import PersonMessage
from aspire_bot.slack.listeners.questions import looks_like_question
from aspire_bot.state.channels import ChannelPolicy
from aspire_ingest.index.types import Audience


def wants_answer(said: PersonMessage, policy: ChannelPolicy, history: Sequence[Turn]) -> bool:
    """Tell whether a person expects the bot to answer.

    Always in a direct conversation and at a mention; else as the mode of the channel says.
    `history` is what was said with the bot in the message's thread, oldest first, empty where it
    took no part.
    """
    if said.is_direct or said.is_mention:
        return True
    if policy.mode == "mention":
        return False
    return is_for_bot(said.text, said.place, history, takes_questions=policy.mode == "auto")


def is_for_bot(text: str, place: Place, history: Sequence[Turn], *, takes_questions: bool) -> bool:
    """Tell whether a message that names nobody is for the bot.

    In a thread the bot took part in (`history`, the latest last) all that is said is,
    short as it may be: what needs no answer, the answering core passes over. In the channel itself
    only questions are, where it `takes_questions`. What begins with the name of somebody else is
    for them.
    """
    if not text.strip() or _names_another(text):
        return False
    if place == "thread":
        return bool(history)
    return takes_questions and looks_like_question(text)


def _names_another(text: str) -> bool:
    return text.lstrip().startswith(("@", "＠"))


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
