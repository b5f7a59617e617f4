"""What staff decide in the console, by the ways that Slack's buttons take."""

from aspire_bot.console.context import parts
from aspire_bot.slack.office.decisions import OfficeDecisions
from aspire_bot.slack.office.task_messages import Posting


def decisions() -> OfficeDecisions:
    """Give what keeps decisions and has the bot in Slack carry them out."""
    state = parts().state
    return OfficeDecisions(state=state, posting=Posting(inbox=state.inbox), surface="console")
