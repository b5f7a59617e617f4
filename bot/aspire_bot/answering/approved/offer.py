"""Offering an approved answer to a similar question, said as such, before the ordinary answer."""

from dataclasses import replace

from aspire_bot.answering.approved.say import put_first, say_approved, without_markers
from aspire_bot.answering.quotes.citations import MARKER
from aspire_bot.answering.types import Answer, Citation
from aspire_bot.messages import phrases
from aspire_ingest.index import Passage


def offer_first(citation: Citation, passages: tuple[Passage, ...], said: Answer) -> Answer:
    """Put an approved answer, cited as `[1]`, before what is said; its markers move up by one.

    Where the documents do not answer, the offer makes a hedged answer of it. A question that is
    asked back stays as it is: nobody knows yet what is similar to it.
    """
    if said.outcome == "clarify":
        return said
    is_answered = said.outcome == "answered"
    words = phrases(said.language).answer
    asked = without_markers(citation.document.title)
    offered = say_approved(citation, said.language)
    rest = MARKER.sub(lambda found: f"[{int(found.group(1)) + 1}]", said.text)
    moved = (replace(one, marker=one.marker + 1) for one in said.citations)
    return replace(
        said,
        outcome="answered",
        certainty=said.certainty if is_answered else "hedged",
        text=f"{words.similar.format(question=asked)}\n{offered}\n\n{rest}",
        brief="",
        citations=(citation, *moved),
        ranking=put_first(citation.document, passages, said.ranking),
        nearest=(),
    )
