"""Questions and answers as JSON: what scripts send and read. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from aspire_bot.answering.approved.approval import approval_of
from aspire_bot.answering.clock import known_timezone
from aspire_bot.answering.types import Answer, Citation, Place, Question, ScoredPassage, Turn
from aspire_ingest.index import AspireError, Audience, DocumentInfo

Json = Mapping[str, object]

QuestionId = str | int | None
"""What a script calls its question; it is given back as it came."""

PASSAGES_SHOWN = 20


class BadLineError(AspireError):
    """A line of a batch cannot be read. `question_id` is its id where that much could be read."""

    def __init__(self, reason: str, question_id: QuestionId) -> None:
        """Keep the id beside the reason: the line's place in the output names it."""
        super().__init__(reason)
        self.question_id = question_id


def _with_text(value: object) -> object:
    """A bare text as a turn of the user; `content`, as other programs call it, as its `text`."""
    turn = {"role": "user", "text": value} if isinstance(value, str) else value
    if isinstance(turn, dict) and "text" not in turn and "content" in turn:
        return {**turn, "text": turn["content"]}  # pyright: ignore[reportUnknownVariableType]
    return turn  # pyright: ignore[reportUnknownVariableType]


def _as_moment(value: object) -> object:
    """Text as a moment; what is not ISO 8601 raises ValueError."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _zoned(moment: datetime | None) -> datetime | None:
    """The moment, if it has a zone: without one each machine would read it differently."""
    if moment is not None and moment.tzinfo is None:
        raise ValueError("say the zone too, as in 2026-11-28T09:00:00+09:00")
    return moment


def _known_zone(name: str | None) -> str | None:
    return None if name is None else known_timezone(name)


class _TurnLine(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    role: Literal["user", "assistant"]
    text: str


class _QuestionLine(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    id: str | int | None = None
    question: str
    history: list[Annotated[_TurnLine, BeforeValidator(_with_text)]] | None = None
    place: Place = "dm"
    overheard: bool = False
    asked_at: Annotated[datetime | None, BeforeValidator(_as_moment), AfterValidator(_zoned)] = None
    timezone: Annotated[str | None, AfterValidator(_known_zone)] = None


def read_question(line: str, *, audience: Audience = "public") -> tuple[QuestionId, Question]:
    """Read one line of a batch; unknown fields are ignored.

    `{"id", "question", "history"?, "place"?, "overheard"?, "asked_at"?, "timezone"?}`; `overheard`
    says that nobody addressed the bot, and counts in a channel alone, where people speak with each
    other; `asked_at` is ISO 8601 with a zone, `timezone` an IANA name.

    Raises:
        BadLineError: the line is not JSON of this form, or the question is empty.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"not JSON: {error}", None) from error
    question_id = _id_of(data)
    try:
        read = _QuestionLine.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "line"
        raise BadLineError(f"{place}: {first['msg']}", question_id) from error
    if not read.question.strip():
        raise BadLineError("question: it is empty", question_id)
    history = tuple(Turn(role=t.role, text=_clean(t.text)) for t in read.history or ())
    return question_id, Question(
        text=_clean(read.question),
        history=history,
        audience=audience,
        place=read.place,
        is_overheard=read.overheard and read.place == "channel",
        asked_at=read.asked_at,
        timezone=read.timezone,
    )


def answer_json(
    answer: Answer, question_id: QuestionId = None, *, is_explained: bool = False
) -> Json:
    """Give an answer as one JSON object; explained, with its `trace` (null without a model)."""
    explained = {"trace": asdict(answer.trace) if answer.trace else None} if is_explained else {}
    return {
        "id": question_id,
        "outcome": answer.outcome,
        "answer": answer.text,
        "language": answer.language,
        "confidence": answer.confidence,
        "certainty": answer.certainty,
        "act": answer.act,
        "questions": list(answer.questions),
        "citations": [_citation_json(citation) for citation in answer.citations],
        "passages": ranking_json(answer.ranking[:PASSAGES_SHOWN]),
        "as_of": answer.as_of,
        "index_version": answer.index_version,
        "model": answer.model,
        "timings_ms": dict(answer.timings_ms),
        **explained,
    }


def ranking_json(ranking: Sequence[ScoredPassage], *, with_text: bool = False) -> list[Json]:
    """Give a ranking as a list of JSON objects, best first."""
    return [
        {
            "rank": entry.rank,
            "score": round(entry.score, 4),
            "passage_id": entry.passage.passage_id,
            "document_id": entry.document.document_id,
            "source": entry.document.source,
            "url": entry.document.url,
            **({"title": entry.document.title, "text": entry.passage.text} if with_text else {}),
        }
        for entry in ranking
    ]


def _citation_json(citation: Citation) -> Json:
    info = citation.document
    return {
        "marker": citation.marker,
        "document_id": info.document_id,
        "source": info.source,
        "title": info.title,
        "url": info.url,
        "published": info.published,
        "edition": info.edition,
        "gone_since": info.gone_since,
        "page": citation.page,
        "ocr": citation.is_ocr,
        **_approval_json(info),
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "deep_link": citation.deep_link,
        **({"page_link": citation.page_link} if citation.page_link else {}),
    }


def _approval_json(info: DocumentInfo) -> Json:
    """Who approved an answer of staff's, when, and until when it holds; null for all else."""
    approval = approval_of(info)
    if approval is None:
        return {"approved_by": None, "approved_on": None, "valid_until": None}
    return {
        "approved_by": approval.by,
        "approved_on": approval.on.isoformat() if approval.on else None,
        "valid_until": approval.valid_until.isoformat() if approval.valid_until else None,
    }


def _id_of(data: object) -> QuestionId:
    if isinstance(data, dict):
        value = data.get("id")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        if isinstance(value, str | int) and not isinstance(value, bool):
            return value
    return None


def _clean(text: str) -> str:
    """Lone surrogates cannot be written out again, and no index knows them."""
    return text.encode("utf-8", "replace").decode("utf-8")
