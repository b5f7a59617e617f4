"""A question as it is to be answered, and what was worked out for it, as the inbox keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from aspire_bot.answering.types import Act
from aspire_bot.answering.types import Place as StandsIn
from aspire_bot.slack.answers.delivery import Place
from aspire_bot.slack.render.message import JsonObject, SlackMessage
from aspire_bot.state.inbox import Job
from aspire_ingest.index.text.language import language_of
from aspire_ingest.index.types import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with what decides how it is answered."""

    text: str
    place: Place
    audience: Audience
    language: str = "auto"
    """`en` or `ja` where the channel says so, else the asker's own."""
    is_shared: bool = False
    """Whether the message must say who asked what: no message of the asker's stands above it."""
    stands_in: StandsIn = "dm"
    """Where the question was asked, as the answering core distinguishes it."""
    asked_at: datetime | None = None
    """When it was asked, with its zone; without it, now."""
    act: Act | None = None
    """What it does, where that is known."""
    is_overheard: bool = False
    """Whether nobody addressed it to the bot: it may be silent, and shows no work before it is
    clear that it is not."""
    is_draft: bool = False
    """Whether staff see the answer before the asker does."""

    @property
    def spoken(self) -> str:
        """The language of what the bot itself says meanwhile."""
        return language_of(self.text) if self.language == "auto" else self.language


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedAnswer:
    """What was worked out for a question, as it is kept until it is delivered."""

    message: SlackMessage
    audience: Audience
    answer_id: str = ""
    outcome: str = ""
    language: str = ""
    question: str = ""
    answer: str = ""
    timings_ms: Mapping[str, float] = field(default_factory=dict[str, float])

    @property
    def is_silence(self) -> bool:
        """Whether nothing is to be said: people speak with each other."""
        return self.outcome == "conversation" and not self.answer.strip()

    def to_json(self) -> JsonObject:
        """Give what the inbox keeps."""
        return {
            "message": self.message.to_json(),
            "audience": self.audience,
            "answer_id": self.answer_id,
            "outcome": self.outcome,
            "language": self.language,
            "question": self.question,
            "answer": self.answer,
            "timings_ms": dict(self.timings_ms),
        }

    @classmethod
    def from_json(cls, kept: JsonObject) -> "PreparedAnswer":
        """Read what `to_json` gave."""
        message = SlackMessage.from_json(cast("JsonObject", kept["message"]))
        names = ("answer_id", "outcome", "language", "question", "answer")
        timings = cast("Mapping[str, float]", kept["timings_ms"])
        audience: Audience = "public" if kept["audience"] == "public" else "staff"
        texts = {n: str(kept[n]) for n in names}
        return cls(message=message, audience=audience, timings_ms=timings, **texts)


def kept_for(job: Job, audience: Audience) -> PreparedAnswer | None:
    """Give what was worked out for a job, unless it is for staff and the public reads it now."""
    said = PreparedAnswer.from_json(job.outcome) if job.outcome else None
    is_too_much = said is not None and said.audience == "staff" != audience
    return None if is_too_much else said
