"""With what, as whom and how the bot in Slack is to run: what its builder is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from slack_bolt.oauth.oauth_settings import OAuthSettings

from aspire_bot.answering.approved.sameness import PairJudge
from aspire_bot.answering.clock import Clock
from aspire_bot.page_links import PageLinks
from aspire_bot.slack.answers.answer_service import Answerer
from aspire_bot.slack.curating.ports import Curator
from aspire_bot.slack.listeners.commands import Library
from aspire_bot.slack.office.checks import IndexChecks
from aspire_bot.slack.onboarding.content import Content, shipped_content
from aspire_bot.slack.platform.installation import Installations
from aspire_bot.slack.platform.workspaces import Workspaces
from aspire_bot.slack.staff.approvals import Publisher
from aspire_bot.slack.staff.permissions import Office
from aspire_bot.state.channels import ChannelPolicy
from aspire_bot.suggestions.check import QuotingCore
from aspire_bot.suggestions.offer import Everything, Offered


class Core(Answerer, Library, QuotingCore, Protocol):
    """What the bot in Slack needs of the answering core."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackAccess:
    """With what and as whom the bot speaks to Slack.

    `signing_secret` proves that HTTP requests come from Slack; Socket Mode needs none.
    `api_url` is the base of the Web API where it is not Slack's own. With `oauth` the tokens are
    those of `workspaces`, else `bot_token` is the only one.
    """

    bot_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    api_url: str | None = None
    oauth: OAuthSettings | None = None
    workspaces: Workspaces | None = None
    installations: Installations | None = None


_CLOCK = Clock()


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackOptions:
    """How the bot behaves, as the operator wants it."""

    content: Content = field(default_factory=shipped_content)
    """The tour and the suggested questions."""
    offered: Offered = field(default_factory=Everything)
    """What the index answers of them."""
    office: Office = field(default_factory=Office)
    contact: str | None = None
    fixed_rules: Mapping[str, ChannelPolicy] = field(default_factory=dict[str, ChannelPolicy])
    workers: int = 4
    max_queue: int = 500
    keep_days: int = 30
    publisher: Publisher | None = None
    """Puts the answers that staff approve into the index."""
    same_question: PairJudge | None = None
    """Says which kept questions a new approved answer will answer; without it none are shown."""
    curator: Curator | None = None
    """Does what staff do to the index."""
    console_url: str | None = None
    """Where staff open their page."""
    page_links: PageLinks | None = None
    """Makes links to pages of ours for documents that have no address."""
    audit_days: int = 1825
    """How long acts of staff are kept."""
    index_max_age_h: float | None = None
    """Hours after which staff are told that nobody saw to the index."""
    default_policy: ChannelPolicy = field(default_factory=ChannelPolicy)
    """The rules of channels that nobody set up."""
    remind_h: float = 24.0
    """Hours after which staff are reminded of a question to the office; 0: never."""
    checks: IndexChecks | None = None
    """What is found out about the index for staff."""
    today: Callable[[], date] = _CLOCK.today
    """The day of what nobody asked: until when approved answers hold."""
