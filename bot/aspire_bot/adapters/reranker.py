"""A reranking server asked over HTTP, which has a say in a ranking and does not decide it.

Two forms are spoken: `{model, query, documents, top_n}` → `{results: [{index, relevance_score}]}`
(Jina, Cohere, vLLM, llama.cpp) and `{query, texts}` → `[{index, score}]` (Hugging Face's
text-embeddings-inference). A server that refuses the first is asked in the second.
"""

import http.client
import json
import logging
import math
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from contextlib import closing
from typing import TypeAlias, cast
from urllib.parse import SplitResult, urlsplit

from aspire_bot.answering.blend import blended
from aspire_bot.answering.query import Query
from aspire_bot.answering.types import ScoredPassage
from aspire_bot.errors import RerankError

logger = logging.getLogger(__name__)

MOST_SENT = 30
"""Passages judged: an answer is made from the first 20, and text-embeddings-inference takes 32."""
MOST_BYTES = 4 * 2**20
"""Of a reply: some servers send the texts back."""
_MOST_CHARACTERS = 1_200
"""Of one passage: about what a cross-encoder reads of it."""
_MOST_AT_ONCE = 8
_DEADLINE_S = 2.0
_REST_S = 30.0
"""How long a server that failed is left alone, so that not every question waits for it."""
_NOT_UNDERSTOOD = (400, 422)

_Json: TypeAlias = "bool | int | float | str | list[_Json] | dict[str, _Json] | None"
_Form: TypeAlias = Callable[[str, list[_Json]], dict[str, _Json]]


class _RefusedError(RerankError):
    """The server does not understand the form it is asked in."""


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
        self._url = urlsplit(url)
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key.strip()}"
        self._sees_staff = sees_staff
        self._deadline_s = deadline_s
        self._forms: tuple[_Form, ...] = (_documents_form(model), _texts_form)
        self._rests_until = 0.0
        self._free = threading.BoundedSemaphore(_MOST_AT_ONCE)

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
        if not self._free.acquire(blocking=False):
            raise RerankError("The reranker has too many requests unanswered.")
        asked: Future[tuple[float, ...]] = Future()
        # In a thread of its own: neither a name that is slow to look up nor a reply that comes in
        # drops may outlast the deadline, and a daemon does not hold up the end of the process.
        worker = threading.Thread(
            target=self._run, args=(asked, query, texts), name="reranker", daemon=True
        )
        worker.start()
        try:
            return asked.result(self._deadline_s)
        except LateError as error:
            raise RerankError(
                f"The reranker did not answer within {self._deadline_s:g} s."
            ) from error

    def _may_see(self, entry: ScoredPassage) -> bool:
        return self._sees_staff or entry.document.audience == "public"

    def _run(self, asked: "Future[tuple[float, ...]]", query: str, texts: Sequence[str]) -> None:
        try:
            scores = self._ask(query, texts)
        except RerankError as error:
            asked.set_exception(error)
        except (OSError, http.client.HTTPException, ValueError, RecursionError) as error:
            # of other errors than the network's the kind alone: their words may hold the key
            why = str(error) if isinstance(error, OSError) else type(error).__name__
            asked.set_exception(RerankError(f"The reranker cannot be asked: {why}."))
        else:
            asked.set_result(scores)
        finally:
            self._free.release()

    def _ask(self, query: str, texts: Sequence[str]) -> tuple[float, ...]:
        until = time.monotonic() + self._deadline_s
        refusals: list[_RefusedError] = []
        for form in self._forms:
            body = form(_encodable(query), [_encodable(text) for text in texts])
            try:
                scores = _read(self._post(body, until), len(texts))
            except _RefusedError as error:
                refusals.append(error)
            else:
                self._forms = (form,)
                return scores
        raise refusals[0]

    def _post(self, body: dict[str, _Json], until: float) -> bytes:
        with closing(_connection(self._url, max(0.01, until - time.monotonic()))) as connection:
            connection.request("POST", _target(self._url), json.dumps(body), self._headers)
            with connection.getresponse() as response:
                status = response.status
                if status in _NOT_UNDERSTOOD:
                    raise _RefusedError(f"The reranker refused the request: HTTP {status}.")
                if status != http.client.OK:  # nor is a redirection followed: the key is not theirs
                    raise RerankError(f"The reranker answered with HTTP {status}.")
                return _bounded(response, until)


def _documents_form(model: str | None) -> _Form:
    named: dict[str, _Json] = {"model": model} if model else {}
    return lambda query, texts: {**named, "query": query, "documents": texts, "top_n": len(texts)}


def _texts_form(query: str, texts: list[_Json]) -> dict[str, _Json]:
    return {"query": query, "texts": texts, "truncate": True}


def _connection(url: SplitResult, timeout_s: float) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    return kind(url.hostname or "", url.port, timeout=timeout_s)


def _target(url: SplitResult) -> str:
    """Where to post: the address as it is where it ends in `/rerank` (or `/reranking`)."""
    path = url.path.rstrip("/")
    if not path.rpartition("/")[2].startswith("rerank"):
        path += "/rerank"
    return f"{path}?{url.query}" if url.query else path


def _bounded(response: http.client.HTTPResponse, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise RerankError(f"The reranker's reply is longer than {MOST_BYTES} bytes.")
        if time.monotonic() > until:
            raise RerankError("The reranker's reply came too slowly.")
    return b"".join(parts)


def _read(reply: bytes, count: int) -> tuple[float, ...]:
    """Give one finite score for each text that was sent; anything else is no reply."""
    try:
        found = cast("_Json", json.loads(reply))
    except (ValueError, RecursionError) as error:
        raise RerankError("The reranker's reply is not JSON.") from error
    entries = found.get("results") if isinstance(found, dict) else found
    if not isinstance(entries, list):
        raise RerankError("The reranker's reply holds no results.")
    scores: dict[int, float] = {}
    for entry in entries:
        index, score = _judged(entry)
        if index in scores or not 0 <= index < count:
            raise RerankError(f"The reranker's reply names text {index}, which it must not.")
        scores[index] = score
    if len(scores) < count:
        raise RerankError(f"The reranker judged {len(scores)} of {count} texts.")
    return tuple(scores[index] for index in range(count))


def _judged(entry: _Json) -> tuple[int, float]:
    if isinstance(entry, dict):
        index, score = entry.get("index"), entry.get("relevance_score", entry.get("score"))
        # `type`, not `isinstance`: true is no index
        if type(index) is int and type(score) in (int, float):
            number = _as_float(cast("int | float", score))
            if math.isfinite(number):
                return index, number
    raise RerankError("The reranker's reply holds a result without an index or a finite score.")


def _as_float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _shown(entry: ScoredPassage) -> str:
    """A passage with what stands above it, as a reader meets it."""
    above = " › ".join((entry.document.title, *entry.passage.heading))
    return f"{above}\n{entry.passage.text}"[:_MOST_CHARACTERS]


def _encodable(text: str) -> str:
    """Text that any server can read: a lone surrogate is valid in no encoding."""
    return text.encode("utf-8", "replace").decode("utf-8")
