"""Work the bot gives itself at a button, a command or a shortcut, as the inbox keeps it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from aspire_bot.slack.jobs.base_task import BaseTask as _Task
from aspire_bot.slack.jobs.office_task import (
    CheckIndex,
    CheckWanted,
    GroupQuestions,
    LookAtSources,
    OfferAnswer,
    PostDraft,
    Remind,
    SettleDraft,
    SettleOffer,
    ShowHome,
    TakeEscalation,
    TellMe,
    TellPageChanged,
    TellWaiting,
)
from aspire_bot.state.operations import OperationKind


class AskEphemeral(_Task):
    """Answer a question to its asker alone, through the response URL of a command or shortcut."""

    task: Literal["ask_privately"] = "ask_privately"
    question: str
    response_url: str
    thread_ts: str = ""
    """The thread whose conversation it may continue."""
    message_ts: str = ""
    """The message that asks, where it is one."""


class Share(_Task):
    """Answer a question again, in the channel and for its audience."""

    task: Literal["share"] = "share"
    question: str
    thread_ts: str = ""


class OfferAgain(_Task):
    """Ask the author of a changed question whether it shall be answered anew."""

    task: Literal["offer_again"] = "offer_again"
    question: str
    thread_ts: str
    message_ts: str
    """The message that was changed."""


class AskAgain(_Task):
    """Answer a question whose author has changed it."""

    task: Literal["ask_again"] = "ask_again"
    question: str
    thread_ts: str
    message_ts: str
    """The message that was changed."""


class Escalate(_Task):
    """Bring a question to the staff channel."""

    task: Literal["escalate"] = "escalate"
    answer_id: str
    response_url: str = ""


class AnswerForOffice(_Task):
    """Bring what staff wrote in the console to whoever asked the office."""

    task: Literal["answer_for_office"] = "answer_for_office"
    escalation_id: str
    text: str
    source_key: str
    """Names the reply, which is kept once."""


class ReportFeedback(_Task):
    """Tell staff of an answer that was found not helpful."""

    task: Literal["report_feedback"] = "report_feedback"
    answer_id: str
    reason: str = ""
    comment: str = ""


class Publish(_Task):
    """Put an approved answer into the index."""

    task: Literal["publish"] = "publish"
    approval_id: str


class ShowReach(_Task):
    """Show staff which kept questions a draft will answer; publish it where there are none."""

    task: Literal["show_reach"] = "show_reach"
    approval_id: str


class TellSourceChanged(_Task):
    """Tell staff that a document on which an approved answer rests has changed or is gone."""

    task: Literal["tell_source_changed"] = "tell_source_changed"
    approval_id: str
    document_id: str
    is_gone: bool = False


class TellAsker(_Task):
    """Bring an approved answer to the thread of the question that it sets right."""

    task: Literal["tell_asker"] = "tell_asker"
    approval_id: str


class Withdraw(_Task):
    """Take an approved answer out of the index."""

    task: Literal["withdraw"] = "withdraw"
    approval_id: str
    has_ended: bool = False
    """Its last day is over; else `user` wants it."""


class Tour(_Task):
    """Welcome a person, or go on with the tour."""

    task: Literal["tour"] = "tour"
    step: str = ""
    """The step asked for; the next one where empty."""
    is_wanted: bool = False
    """Asked for by the person, rather than offered on joining."""
    is_restart: bool = False
    """From the first step again."""


class Ask(_Task):
    """Answer a suggested question in the direct conversation with a person."""

    task: Literal["ask"] = "ask"
    question: str


class BeginOperation(_Task):
    """Look at a change of the index that staff want; see `curating`."""

    task: Literal["begin_operation"] = "begin_operation"
    operation_id: str
    kind: OperationKind
    request: dict[str, str]
    channel: str = ""
    """Where its message goes; to the person directly where empty."""
    thread_ts: str = ""
    response_url: str = ""


class StepOperation(_Task):
    """Take the next step of an operation, if `turn` is still its present one."""

    task: Literal["step_operation"] = "step_operation"
    operation_id: str
    turn: int
    act: Literal["approve", "prune", "change", "cancel", "undo"]
    wanted: dict[str, str] = Field(default_factory=dict)
    """What staff want said of the document, for `change`."""


class TellStatus(_Task):
    """Tell one of staff how the index does."""

    task: Literal["tell_status"] = "tell_status"
    response_url: str


class WatchIndex(_Task):
    """See whether something is wrong with the index, and tell staff."""

    task: Literal["watch_index"] = "watch_index"


AnyTask = Annotated[
    AskEphemeral
    | Share
    | OfferAgain
    | AskAgain
    | Escalate
    | AnswerForOffice
    | ReportFeedback
    | Publish
    | ShowReach
    | TellSourceChanged
    | TellAsker
    | Withdraw
    | Tour
    | Ask
    | BeginOperation
    | StepOperation
    | TellStatus
    | WatchIndex
    | TellMe
    | TellWaiting
    | CheckWanted
    | CheckIndex
    | OfferAnswer
    | SettleOffer
    | PostDraft
    | SettleDraft
    | TakeEscalation
    | Remind
    | GroupQuestions
    | ShowHome
    | LookAtSources
    | TellPageChanged,
    Field(discriminator="task"),
]
_TASK: TypeAdapter[AnyTask] = TypeAdapter(AnyTask)


def read_task(body: Mapping[str, object]) -> AnyTask:
    """Read a task as it was kept.

    Raises:
        pydantic.ValidationError: it is none.
    """
    return _TASK.validate_python(body)


def write_task(task: AnyTask) -> Mapping[str, object]:
    """Write a task for the inbox."""
    return task.model_dump()
