"""Tasks of the office's work: those who wait for an answer, drafts, reminders, checks."""

from typing import Literal

from aspire_bot.slack.jobs.base_task import BaseTask


class TellMe(BaseTask):
    """Keep that a person wants to be told when a question is answered."""

    task: Literal["tell_me"] = "tell_me"
    answer_id: str
    response_url: str = ""


class TellWaiting(BaseTask):
    """Bring an answer to a person (`user`) who waits for it, in a direct message."""

    task: Literal["tell_waiting"] = "tell_waiting"
    wanted_id: str
    source: Literal["reply", "approval", "offer", "draft"]
    """Where the answer is kept, and under which id."""
    source_id: str


class CheckWanted(BaseTask):
    """See which questions that people wait for a new generation of the index answers."""

    task: Literal["check_wanted"] = "check_wanted"


class CheckIndex(BaseTask):
    """Run staff's test questions, and look for documents that contradict each other."""

    task: Literal["check_index"] = "check_index"


class LookAtSources(BaseTask):
    """See whether visits changed the sources that staff of a workspace watch."""

    task: Literal["look_at_sources"] = "look_at_sources"


class TellPageChanged(BaseTask):
    """Tell one of staff (`user`) that a document or source they watch stands otherwise."""

    task: Literal["tell_page_changed"] = "tell_page_changed"
    watch_id: str
    stands: str
    """How it stands now; see `office.page_state`."""
    since: int
    """The number of the generation of which the person knows."""


class OfferAnswer(BaseTask):
    """Ask staff whether an answer shall be sent to those who wait for it."""

    task: Literal["offer_answer"] = "offer_answer"
    offer_id: str


class SettleOffer(BaseTask):
    """Send an offered answer, or let it be."""

    task: Literal["settle_offer"] = "settle_offer"
    offer_id: str
    act: Literal["sent", "declined"]


class PostDraft(BaseTask):
    """Show staff an answer before it is posted."""

    task: Literal["post_draft"] = "post_draft"
    answer_id: str


class SettleDraft(BaseTask):
    """Post a draft, as it is or as staff wrote it, or decline it."""

    task: Literal["settle_draft"] = "settle_draft"
    answer_id: str
    act: Literal["accepted", "edited", "declined"]
    wording: str = ""
    reason: str = ""


class TakeEscalation(BaseTask):
    """Keep that one of staff sees to a question to the office."""

    task: Literal["take_escalation"] = "take_escalation"
    escalation_id: str
    owner: str | None = None
    """Who is to see to it: `user` where None, nobody any more where empty."""

    @property
    def new_owner(self) -> str | None:
        """Who sees to it from now on; None: nobody."""
        return (self.user if self.owner is None else self.owner) or None


class Remind(BaseTask):
    """Remind staff of a question to the office that is still open."""

    task: Literal["remind"] = "remind"
    escalation_id: str


class GroupQuestions(BaseTask):
    """Put unanswered questions that ask the same together."""

    task: Literal["group_questions"] = "group_questions"


class ShowHome(BaseTask):
    """Show a person their Home anew, after they acted on it."""

    task: Literal["show_home"] = "show_home"
