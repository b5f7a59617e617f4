"""A state of any size for measuring the console's pages: made up, the same every time.

Of so many kept answers three in ten found nothing; one in five has a vote; one in twenty went to
the office, and one in ten was a draft. Few of these still wait, as in an office that answers.
"""

import base64
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import Table

from aspire_bot.state import State
from aspire_bot.state.console.audit import Act
from aspire_bot.state.database.console_tables import answer_traces
from aspire_bot.state.database.database import utc_now
from aspire_bot.state.database.office_tables import (
    cluster_members,
    clusters,
    contradictions,
    drafts,
    offered_answers,
)
from aspire_bot.state.database.tables import (
    answers,
    approvals,
    askings,
    citations,
    escalations,
    gaps,
    replies,
    votes,
)
from aspire_bot.state.gaps import question_hash

Row = Mapping[str, object]
TEAM = "T1"
_BATCH = 2000
_WORDS = (
    *("travel", "costs", "visa", "salary", "partner", "deadline", "report", "budget", "childcare"),
    *("研究費", "旅費", "締切", "様式", "報告書", "変更", "申請", "共同研究", "若手", "経費"),
)
_WAITING = 30
"""Of each kind that waits for staff."""
_ACTS_A_ANSWER = 0.4
_DIMENSION = 384


def fill(state: State, count: int, documents: Sequence[str], embedding: str) -> None:
    """Keep `count` answers, which cite `documents`, and all that follows from them.

    `embedding` names the embedder of the questions' vectors.
    """
    generator = random.Random(7)  # noqa: S311 - the same state every time
    now = utc_now()
    moments = [now - timedelta(minutes=10 * number) for number in range(count)]
    questions = [_question(generator, number) for number in range(count)]
    sources = [_sources(generator, documents) for _ in range(count)]
    _put(state, answers, _answers(questions, sources, moments))
    _put(state, citations, _citations(sources, moments))
    _put(state, answer_traces, _traces(count, sources))
    _put(state, votes, _votes(count, moments))
    _unanswered(state, questions, sources, moments, embedding)
    _office(state, questions, sources, moments)
    _approvals(state, count, questions, sources, moments)
    _acts(state, int(count * _ACTS_A_ANSWER), documents)


def _put(state: State, table: Table, rows: Iterator[Row]) -> None:
    batch: list[Row] = []
    with state.database.write() as connection:
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                connection.execute(table.insert(), batch)
                batch = []
        if batch:
            connection.execute(table.insert(), batch)


def _question(generator: random.Random, number: int) -> str:
    return f"{' '.join(generator.choices(_WORDS, k=7))} ({number})?"


def _sources(generator: random.Random, documents: Sequence[str]) -> list[Row]:
    cited = generator.choices(documents, k=3)
    return [
        {"document_id": one, "title": f"About {one}", "url": None, "published": "2026-01"}
        for one in cited
    ]


def _is_silent(number: int) -> bool:
    return number % 10 < 3


def _answers(
    questions: Sequence[str], sources: Sequence[object], moments: Sequence[datetime]
) -> Iterator[Row]:
    for number, question in enumerate(questions):
        yield {
            "answer_id": f"a{number}",
            "job_id": None,
            "team": TEAM,
            "channel": "D1" if number % 4 == 0 else "C1",
            "thread_ts": f"{number}.0",
            "message_ts": f"{number}.1",
            "asker": f"U{number % 300}",
            "question": question,
            "language": "ja" if number % 2 else "en",
            "outcome": "abstained" if _is_silent(number) else "answered",
            "audience": "public",
            "text": f"{question} " * 6,
            "sources": sources[number],
            "model": "extractive",
            "index_version": "3-abc",
            "asked_at": moments[number],
            "deleted_at": None,
            "certainty": None if _is_silent(number) else "hedged" if number % 7 == 0 else "sure",
        }


def _citations(sources: Sequence[Sequence[Row]], moments: Sequence[datetime]) -> Iterator[Row]:
    for number, cited in enumerate(sources):
        if not _is_silent(number):
            for name in dict.fromkeys(one["document_id"] for one in cited):
                yield {
                    "answer_id": f"a{number}",
                    "document_id": name,
                    "asked_at": moments[number],
                }


def _traces(count: int, sources: Sequence[Sequence[Row]]) -> Iterator[Row]:
    for number in range(count):
        passages = [
            {
                "passage_id": f"p{rank}",
                "document_id": one["document_id"],
                "title": one["title"],
                "rank": rank,
                "score": 0.5,
            }
            for rank, one in enumerate(sources[number], start=1)
        ]
        trace = {"confidence": 0.5, "certainty": "sure", "passages": passages, "quotes": []}
        yield {"answer_id": f"a{number}", "trace": trace}


def _votes(count: int, moments: Sequence[datetime]) -> Iterator[Row]:
    for number in range(0, count, 5):
        yield {
            "answer_id": f"a{number}",
            "user": f"U{number % 300}",
            "team": TEAM,
            "value": "down" if number % 25 == 0 else "up",
            "reason": "",
            "comment": "",
            "voted_at": moments[number],
        }


def _unanswered(
    state: State,
    questions: Sequence[str],
    sources: Sequence[object],
    moments: Sequence[datetime],
    embedding: str,
) -> None:
    """Every question without an answer is asked two or three times; most of them are open."""
    silent = [number for number in range(len(questions)) if _is_silent(number)]
    firsts = silent[::3] + silent[1::6]
    _put(
        state,
        gaps,
        (
            {
                "gap_id": f"g{number}",
                "team": TEAM,
                "question_hash": question_hash(questions[number]),
                "question": questions[number],
                "language": "ja" if number % 2 else "en",
                "asker": f"U{number % 300}",
                "asked_at": moments[number],
                "origin": "question",
                "status": "answered" if at % 3 == 0 else "open",
                "nearest": sources[number],
                "answer_id": f"a{number}",
            }
            for at, number in enumerate(firsts)
        ),
    )
    _put(
        state,
        askings,
        (
            {
                "gap_id": f"g{firsts[at % len(firsts)]}",
                "team": TEAM,
                "asker": f"U{number % 300}",
                "question": questions[number],
                "answer_id": f"a{number}",
                "asked_at": moments[number],
            }
            for at, number in enumerate(silent)
        ),
    )
    vectors = np.random.default_rng(7).standard_normal((len(firsts), _DIMENSION))
    written = [base64.b64encode(one.astype("<f2").tobytes()).decode() for one in vectors]
    names = [f"g{firsts[at - at % 4]}" for at in range(len(firsts))]
    _put(
        state,
        clusters,
        (
            {
                "cluster_id": name,
                "team": TEAM,
                "status": "dismissed" if at % 50 == 0 else "open",
                "reason": "not ours" if at % 50 == 0 else "",
                "decided_by": None,
                "made_at": moments[0],
            }
            for at, name in enumerate(dict.fromkeys(names))
        ),
    )
    _put(
        state,
        cluster_members,
        (
            {
                "gap_id": f"g{number}",
                "cluster_id": names[at],
                "is_placed": False,
                "embedding": embedding,
                "vector": written[at],
            }
            for at, number in enumerate(firsts)
        ),
    )
    _put(
        state,
        offered_answers,
        (
            {
                "offer_id": f"o{number}",
                "gap_id": f"g{number}",
                "team": TEAM,
                "audience": "public",
                "language": "en",
                "message": {"text": "So it is.", "blocks": [], "text_blocks": 0},
                "index_version": "3-abc",
                "status": "open" if at < _WAITING else "sent",
                "staff_channel": None,
                "staff_ts": None,
                "decided_by": None,
                "offered_at": moments[number],
            }
            for at, number in enumerate(firsts[::20])
        ),
    )


def _asked_in_channel(number: int, question: str) -> Row:
    """What an escalation and a draft keep of the answer that they are about."""
    return {
        "answer_id": f"a{number}",
        "team": TEAM,
        "channel": "C1",
        "thread_ts": f"{number}.0",
        "asker": f"U{number % 300}",
        "question": question,
        "language": "en",
    }


def _office(
    state: State,
    questions: Sequence[str],
    sources: Sequence[Sequence[Row]],
    moments: Sequence[datetime],
) -> None:
    brought = range(0, len(questions), 20)
    _put(
        state,
        escalations,
        (
            {
                "escalation_id": f"e{number}",
                **_asked_in_channel(number, questions[number]),
                "sources": sources[number],
                "permalink": "https://slack.example/x",
                "staff_channel": "G1",
                "staff_ts": f"{number}.2",
                "status": "open" if number < 20 * _WAITING else "answered",
                "opened_at": moments[number],
                "owner": None,
                "reminder_ts": None,
                "reminded_at": None,
                "remind_at": None,
            }
            for number in brought
        ),
    )
    _put(
        state,
        replies,
        (
            {
                "escalation_id": f"e{number}",
                "team": TEAM,
                "user": "U3",
                "text": "So it is.",
                "source_key": "1",
                "said_at": moments[number] + timedelta(hours=number % 30),
                "delivered_at": moments[number],
            }
            for number in brought
            if number >= 20 * _WAITING
        ),
    )
    _put(
        state,
        drafts,
        (
            {
                **_asked_in_channel(number, questions[number]),
                "audience": "public",
                "text": "So it is.",
                "message": {"text": "So it is.", "blocks": [], "text_blocks": 0},
                "notice_ts": "",
                "status": "waiting" if number < 10 * _WAITING else "accepted",
                "wording": "",
                "reason": "",
                "decided_by": None,
                "decided_in": None,
                "staff_channel": None,
                "staff_ts": None,
                "made_at": moments[number],
            }
            for number in range(0, len(questions), 10)
        ),
    )
    _put(
        state,
        contradictions,
        (
            {
                "pair_id": f"c{number}",
                "quotes": [
                    {"document_id": one["document_id"], "title": "T", "quote": "It pays 5 yen.",
                     "start": 0, "end": 9, "url": None}
                    for one in sources[number][:2]
                ],
                "index_version": "3-abc",
                "status": "told",
                "found_at": moments[number],
            }
            for number in range(min(200, len(questions)))
        ),
    )  # fmt: skip


def _approvals(
    state: State,
    count: int,
    questions: Sequence[str],
    sources: Sequence[object],
    moments: Sequence[datetime],
) -> None:
    _put(
        state,
        approvals,
        (
            {
                "approval_id": f"ap{number}",
                "team": TEAM,
                "question": questions[number],
                "text": "So it is. " * 20,
                "language": "en",
                "audience": "public",
                "sources": sources[number],
                "valid_until": None,
                "approved_by": "U3",
                "approved_at": moments[number],
                "document_id": f"approved-ap{number}",
                "status": "published" if number % 400 else "withdrawn",
                "answer_id": None,
                "not_wordings": None,
                "shown_questions": None,
                "source_hashes": None,
            }
            for number in range(0, count, 100)
        ),
    )


def _acts(state: State, count: int, documents: Sequence[str]) -> None:
    """The log is written one by one, since each row is bound to the one before it."""
    log = state.audit
    with state.database.write() as connection:
        for number in range(count):
            act = Act(
                surface="console",
                team=TEAM,
                actor="U3",
                act="document.change",
                target=documents[number % len(documents)],
                after={"did": "replaced", "proposal": f"p{number}"},
            )
            log._append(connection, act)  # pyright: ignore[reportPrivateUsage]  one transaction
