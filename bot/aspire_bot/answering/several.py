"""Answers to several things asked in one message → one answer, each under its own line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aspire_bot.answering.quotes.citations import MARKER
from aspire_bot.answering.quotes.compose import readable
from aspire_bot.answering.types import Answer, Citation, ScoredPassage
from aspire_bot.messages import phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """What is said to some of the things asked; `text` without a hedge and a way out."""

    asks: tuple[str, ...]
    answer: Answer
    text: str


def answer_of(parts: Sequence[AnswerPart], unread: Sequence[str]) -> Answer:
    """Give one answer of all parts; what none of them says is named as left open.

    `unread` are things asked beyond those that were looked for: they are to be asked again. Where
    no part is answered, it is what is said to the first.
    """
    answered = [part for part in parts if part.answer.outcome == "answered"]
    if not answered:
        return parts[0].answer
    lines: list[str] = []
    citations: list[Citation] = []
    for part in parts:
        lines += _lines(part, len(citations))
        if part in answered:
            citations += _moved(part.answer.citations, len(citations))
    words = phrases(parts[0].answer.language).answer
    lines += [words.not_looked_for.format(question=readable(ask)) for ask in unread]
    is_sure = all(part.answer.certainty == "sure" for part in answered)
    first = answered[0].answer
    return replace(
        first,
        text="\n".join(lines),
        brief="",
        citations=tuple(citations),
        certainty="sure" if is_sure else "hedged",
        confidence=max(part.answer.confidence for part in parts),
        questions=tuple(ask for part in parts for ask in part.answer.questions),
        ranking=_ranked(answered),
        nearest=(),
        trace=next((part.answer.trace for part in answered if part.answer.trace), None),
        model=next((part.answer.model for part in answered if part.answer.trace), first.model),
    )


def _lines(part: AnswerPart, known: int) -> list[str]:
    """A part under the line of its question; several of one part have their own lines already."""
    words = phrases(part.answer.language).answer
    asked = " / ".join(readable(ask) for ask in part.asks)
    if part.answer.outcome == "abstained" and part.answer.brief and not _is_plain(part.answer):
        return [words.to_ask.format(question=asked), part.answer.brief]
    if part.answer.outcome != "answered":
        return [words.left_open.format(question=readable(ask)) for ask in part.asks]
    text = MARKER.sub(lambda found: f"[{int(found.group(1)) + known}]", part.text)
    return [words.to_ask.format(question=asked), text] if len(part.asks) == 1 else [text]


def _is_plain(answer: Answer) -> bool:
    """Whether no more is said than that the documents do not say."""
    return answer.brief.startswith(phrases(answer.language).answer.abstain)


def _moved(citations: Sequence[Citation], by: int) -> list[Citation]:
    return [replace(one, marker=one.marker + by) for one in citations]


def _ranked(parts: Sequence[AnswerPart]) -> tuple[ScoredPassage, ...]:
    """The rankings one behind the other, each passage once."""
    kept: dict[str, ScoredPassage] = {}
    for part in parts:
        for entry in part.answer.ranking:
            kept.setdefault(entry.passage.passage_id, entry)
    return tuple(replace(entry, rank=rank) for rank, entry in enumerate(kept.values(), start=1))
