"""A reranking server asked over HTTP, which has a say in a ranking and does not decide it.

Two forms are spoken: `{model, query, documents, top_n}` → `{results: [{index, relevance_score}]}`
(Jina, Cohere, vLLM, llama.cpp) and `{query, texts}` → `[{index, score}]` (Hugging Face's
text-embeddings-inference). A server that refuses the first is asked in the second.
"""

import logging
import math
import time
from collections.abc import Callable, Sequence
from typing import TypeAlias, cast

from aspire_bot.answering.message.query.query import Query
from aspire_bot.answering.search.blend import blended
from aspire_bot.answering.types import ScoredPassage
from aspire_bot.errors import RerankError
from aspire_bot.llm.encodable import encodable
from aspire_bot.llm.json_server import (
    Json,
    JsonServer,
    Post,
    RefusedError,
    ServerError,
)
from aspire_bot.llm.model_choice import leads_outside

logger = logging.getLogger(__name__)

MOST_SENT = 30
"""Passages judged: an answer is made from the first 20, and text-embeddings-inference takes 32."""
_MOST_CHARACTERS = 1_200
"""Of one passage: about what a cross-encoder reads of it."""
_DEADLINE_S = 2.0
_REST_S = 30.0
"""How long a server that failed is left alone, so that not every question waits for it."""
_NOT_UNDERSTOOD = (400, 422)

_Form: TypeAlias = Callable[[str, list[Json]], dict[str, Json]]


class HttpReranker:
    """A `Reranker` over HTTP; safe for several threads.

    Whatever goes wrong, rankings stay as they were and one warning says why.
    """

    def __init__(
        self,
        url: str,
        *,
        model: str | None = None,
        api_key: str | None = None,
        sees_staff: bool = False,
        deadline_s: float = _DEADLINE_S,
    ) -> None:
        """Ask the server at `url`; passages for staff are kept from it unless `sees_staff`."""
        self._server = JsonServer(
            url,
            called="The reranker",
            endpoint="rerank",
            api_key=api_key,
            is_outside=leads_outside(url),
        )
        self._sees_staff = sees_staff
        self._deadline_s = deadline_s
        self._forms: tuple[_Form, ...] = (_documents_form(model), _texts_form)
        self._rests_until = 0.0

    def rerank(self, query: Query, ranking: tuple[ScoredPassage, ...]) -> tuple[ScoredPassage, ...]:
        """Give the passages in an order in which the server has a say, or as they were."""
        sent = [entry for entry in ranking if self._may_see(entry)][:MOST_SENT]
        if len(sent) < 2 or time.monotonic() < self._rests_until:
            return ranking
        try:
            scores = self.scores(query.text, [_shown(entry) for entry in sent])
        except RerankError as error:
            self._rests_until = time.monotonic() + _REST_S
            logger.warning("%s Rankings are made without it for %.0f s.", error, _REST_S)
            return ranking
        ids = [entry.passage.passage_id for entry in sent]
        anew = blended(ranking, dict(zip(ids, scores, strict=True)))
        before = {entry.passage.passage_id: entry.rank for entry in ranking}
        logger.debug("reranked: now first is rank %d", before[anew[0].passage.passage_id])
        return anew

    def scores(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        """Give the server's scores of the texts, in their order.

        Raises:
            RerankError: no complete and sound reply came in time.
        """
        asked, sent = encodable(query), list[Json](map(encodable, texts))
        try:
            return self._server.within(self._deadline_s, lambda post: self._ask(post, asked, sent))
        except ServerError as error:
            raise RerankError(str(error)) from error

    def _may_see(self, entry: ScoredPassage) -> bool:
        return self._sees_staff or entry.document.audience == "public"

    def _ask(self, post: Post, query: str, texts: list[Json]) -> tuple[float, ...]:
        refusals: list[RefusedError] = []
        for form in self._forms:
            try:
                scores = _read(post(form(query, texts)), len(texts))
            except RefusedError as error:
                if error.status not in _NOT_UNDERSTOOD:
                    raise
                refusals.append(error)
            else:
                self._forms = (form,)
                return scores
        raise refusals[0]


def _documents_form(model: str | None) -> _Form:
    named: dict[str, Json] = {"model": model} if model else {}
    return lambda query, texts: {**named, "query": query, "documents": texts, "top_n": len(texts)}


def _texts_form(query: str, texts: list[Json]) -> dict[str, Json]:
    return {"query": query, "texts": texts, "truncate": True}


def _read(found: Json, count: int) -> tuple[float, ...]:
    """Give one finite score for each text that was sent; anything else is no reply."""
    entries = found.get("results") if isinstance(found, dict) else found
    if not isinstance(entries, list):
        raise ServerError("The reranker's reply holds no results.")
    scores: dict[int, float] = {}
    for entry in entries:
        index, score = _judged(entry)
        if index in scores or not 0 <= index < count:
            raise ServerError(f"The reranker's reply names text {index}, which it must not.")
        scores[index] = score
    if len(scores) < count:
        raise ServerError(f"The reranker judged {len(scores)} of {count} texts.")
    return tuple(scores[index] for index in range(count))


def _judged(entry: Json) -> tuple[int, float]:
    if isinstance(entry, dict):
        index, score = entry.get("index"), entry.get("relevance_score", entry.get("score"))
        # `type`, not `isinstance`: true is no index
        if type(index) is int and type(score) in (int, float):
            number = _as_float(cast("int | float", score))
            if math.isfinite(number):
                return index, number
    raise ServerError("The reranker's reply holds a result without an index or a finite score.")


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _shown(entry: ScoredPassage) -> str:
    """A passage with what stands above it, as a reader meets it."""
    above = " › ".join((entry.document.title, *entry.passage.heading))
    return f"{above}\n{entry.passage.text}"[:_MOST_CHARACTERS]
