"""Things to keep, made in one line."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from aspire_bot.state.answers import CitedSource, PostedAnswer
from aspire_bot.state.gaps import Gap
from aspire_bot.state.inbox import Arrival
from aspire_bot.state.threads import ThreadKey

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)
THREAD = ThreadKey(team="T1", channel="C1", thread_ts="1.0")
SOURCE = CitedSource(
    document_id="d1", title="指針 <!channel>", url="https://a.example/1", published="2025-11"
)


class Clock:
    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def pass_s(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


def arrival(
    key: str,
    *,
    thread_ts: str = "",
    message_ts: str = "",
    user: str = "U1",
    body: Mapping[str, object] | None = None,
) -> Arrival:
    return Arrival(
        kind="event",
        key=key,
        team="T1",
        channel="C1",
        thread_ts=thread_ts,
        user=user,
        message_ts=message_ts,
        body={"text": "How much?"} if body is None else body,
    )


def posted(answer_id: str, *, asker: str = "U1", job_id: int | None = None) -> PostedAnswer:
    return PostedAnswer(
        answer_id=answer_id,
        job_id=job_id,
        team="T1",
        channel="C1",
        thread_ts="1.0",
        asker=asker,
        question="How much?",
        language="en",
        outcome="abstained",
        audience="public",
        text="The documents do not say.",
        sources=(SOURCE, CitedSource(document_id="d2", title="No link")),
        model="extractive",
        index_version="3-abcdef01",
        asked_at=NOW,
    )


def gap(gap_id: str, question: str, *, asker: str = "U1", answer_id: str | None = None) -> Gap:
    return Gap(
        gap_id=gap_id,
        question=question,
        language="en",
        team="T1",
        asker=asker,
        asked_at=NOW,
        nearest=(SOURCE,),
        answer_id=answer_id,
    )
