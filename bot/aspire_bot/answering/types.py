"""What goes into an answer and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from aspire_ingest.index import Audience, DocumentInfo, Passage

Outcome = Literal["answered", "abstained", "clarify", "conversation"]
Certainty = Literal["sure", "hedged"]
Place = Literal["dm", "channel", "thread"]
"""Where a message stands: a direct conversation, a channel itself, or a thread of one."""
Act = Literal[
    "question",
    "follow-up",
    "greeting",
    "thanks",
    "capability",
    "complaint",
    "request-more",
    "correction-of-self",
    "chatter",
    "request-action",
    "off-topic",
    "feedback-positive",
    "unclear",
]
"""What a message does. `correction-of-self` puts an earlier question right; `request-more` wants
more of the answer before it, or the same in another form."""
StepName = Literal["rewrite", "retrieve", "read", "generate", "verify"]
"""The steps of an answer, in their order; `Answer.timings_ms` is by these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One earlier message of the conversation, oldest first in a question's history."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a person asked, as typed, with what was said before it."""

    text: str
    history: tuple[Turn, ...] = ()
    audience: Audience = "public"
    language: str | None = None
    """The language to answer in; without one, that of the question."""
    act: Act | None = None
    """What it does, where that is known: what the bot itself suggests is a question."""
    place: Place = "dm"
    is_overheard: bool = False
    """Whether nobody addressed it to the bot: it is answered only where it surely is for it."""
    asked_at: datetime | None = None
    """When it was asked, with its zone; without it, now."""
    timezone: str | None = None
    """The asker's zone by its IANA name; without it, that of the settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RewriteReply:
    """What a language model made of a question: questions that stand by themselves.

    `clarify` is what it asks back instead. Neither where nothing was usable.
    """

    questions: tuple[str, ...] = ()
    clarify: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPassage:
    """A passage in a ranking; rank counts from 1.

    A ranking's passages have no sentences; those of evidence have.
    """

    passage: Passage
    document: DocumentInfo
    score: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The checked link from an answer to the words of a document.

    `quote` is `document.text[start:end]`, to the letter. `deep_link` is the document's URL with a
    text fragment that makes a browser scroll to the quote; None where there is no URL.
    """

    marker: int
    document: DocumentInfo
    passage_id: str
    quote: str
    start: int
    end: int
    heading: tuple[str, ...] = ()
    page: int | None = None
    deep_link: str | None = None
    page_link: str | None = None
    """A page of ours that shows the quote, where the document has no address of its own."""

    @property
    def is_ocr(self) -> bool:
        """Whether any of the quote was read from a picture (OCR): its letters may be wrong."""
        return self.document.is_ocr(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was decided of one statement of a model.

    `verdict` is kept, moved (to another passage), dropped (unsupported) or withheld (supported,
    but with nothing beside it that bears on the question).
    """

    text: str
    verdict: str
    markers: tuple[int, ...] = ()
    """Passages that the model cited."""
    sources: tuple[int, ...] = ()
    """Passages that support it."""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """How a model's answer came about, for whoever wants to know: `ask --explain`."""

    model: str
    prompt_hash: str = ""
    rewritten: tuple[str, ...] = ()
    """The model's wording of the question, where it was searched with."""
    passages: tuple[str, ...] = ()
    """Ids of what the prompt held, as it numbered them."""
    statements: tuple[Judged, ...] = ()
    says_none: bool = False
    failure: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    first_ms: float | None = None
    """From asking the model to the first statement that passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the asker gets. Abstaining is an outcome, not an error.

    `text` carries markers `[n]`, each of which has one citation, and all citations are used.
    `confidence` is the calibrated probability that the documents answer the question, whatever the
    outcome. `nearest` are the documents named when abstaining.
    """

    question: Question
    outcome: Outcome
    text: str
    language: str
    confidence: float
    act: Act = "question"
    """What the message was taken for."""
    questions: tuple[str, ...] = ()
    """The stand-alone questions that were found in it, one for each thing asked."""
    certainty: Certainty | None = None
    """Whether the answer is said plainly or as what may be looked for; None unless answered."""
    citations: tuple[Citation, ...] = ()
    ranking: tuple[ScoredPassage, ...] = ()
    nearest: tuple[DocumentInfo, ...] = ()
    brief: str = ""
    """The text without the nearest documents, for a surface that lists them itself."""
    as_of: str = ""
    index_version: str = ""
    model: str = "extractive"
    trace: Trace | None = None
    """How a language model took part; None where none was asked."""
    timings_ms: Mapping[str, float] = field(default_factory=dict[str, float])
