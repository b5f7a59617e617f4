"""Which documents answers quote, kept beside them, on both databases."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import column, select, table
from tests.unit.bot.state.made import NOW, posted

from aspire_bot.state import State, open_state
from aspire_bot.state.answers import CitedSource
from aspire_bot.state.database import schema
from aspire_bot.state.database.engine import make_engine, parse_place
from aspire_bot.state.database.tables import citations


def cites(*names: str) -> tuple[CitedSource, ...]:
    return tuple(CitedSource(document_id=name, title="T") for name in names)


def kept(state: State) -> list[tuple[str, str]]:
    columns = (citations.c.answer_id, citations.c.document_id)
    with state.database.read() as connection:
        rows = connection.execute(select(*columns).order_by(*columns)).all()
    return [(row[0], row[1]) for row in rows]


def test_only_what_is_answered_quotes_and_each_document_once(state: State) -> None:
    answered = replace(posted("a1", job_id=7), outcome="answered", sources=cites("x", "指針", "x"))
    state.answers.add(answered)
    state.answers.add(replace(answered, answer_id="a2", sources=cites("other")))  # the job again
    state.answers.add(replace(posted("a3"), sources=cites("x")))  # nothing was answered
    odd = cites("a\x00b", "a\ud800b")  # a database keeps both alike
    state.answers.add(replace(answered, answer_id="a4", job_id=None, sources=odd))
    assert kept(state) == [("a1", "x"), ("a1", "指針"), ("a4", "a\ufffdb")]
    assert state.answer_list.times_cited(["x", "指針", "other"]) == {"x": 1, "指針": 1}
    for name in ("a\x00b", "a\ud800b"):
        assert [one.answer_id for one in state.answer_list.citing(name)] == ["a4"]


def test_of_many_that_quote_a_document_the_newest_are_listed(state: State) -> None:
    for number in range(60):
        made = replace(posted(f"a{number}"), outcome="answered", sources=cites("x"))
        state.answers.add(replace(made, asked_at=NOW + timedelta(hours=number * 7 % 60)))
    found = [one.asked_at for one in state.answer_list.citing("x")]
    assert found == [NOW + timedelta(hours=59 - hours) for hours in range(50)]
    assert state.answer_list.times_cited(["x"]) == {"x": 60}


def test_citations_go_with_their_answer(state: State) -> None:
    for name, asker, day in (("a1", "U1", 1), ("a2", "U2", 1), ("a3", "U2", 9)):
        made = replace(posted(name, asker=asker), outcome="answered", sources=cites("x"))
        state.answers.add(replace(made, asked_at=NOW + timedelta(days=day)))
    state.retention.forget("U1")
    assert kept(state) == [("a2", "x"), ("a3", "x")]
    state.retention.purge(3, NOW + timedelta(days=9))
    assert kept(state) == [("a3", "x")]


OLD: Sequence[tuple[str, str, Sequence[str]]] = (
    ("a1", "answered", ("x", "指針", "x")),
    ("a2", "abstained", ("x",)),
    ("a3", "answered", ()),
    ("a4", "answered", ("a\x00b", "a\ud800b")),
    ("a5", "answered", ("x",)),
    *((f"b{number}", "answered", ("y",)) for number in range(1200)),  # more than are read at once
)


def _old_row(number: int, answer_id: str, outcome: str, names: Sequence[str]) -> dict[str, Any]:
    words = ("team", "channel", "thread_ts", "asker", "question", "language", "text")
    return {
        **dict.fromkeys((*words, "model", "index_version"), "x"),
        "answer_id": answer_id,
        "outcome": outcome,
        "audience": "public",
        "sources": json.dumps([{"document_id": name, "title": "T"} for name in names]),
        "asked_at": str((NOW + timedelta(days=number)).replace(tzinfo=None)) + ".000000",
    }


def test_citations_of_old_answers_are_read_when_a_database_is_upgraded(place: str) -> None:
    engine = make_engine(parse_place(place))
    schema.migrate(engine, place, to="0015")
    with engine.begin() as connection:
        for number, (answer_id, outcome, names) in enumerate(OLD):
            row = _old_row(number, answer_id, outcome, names)
            connection.execute(table("answers", *map(column, row)).insert().values(**row))
    engine.dispose()
    state = open_state(place)
    assert kept(state)[:4] == [("a1", "x"), ("a1", "指針"), ("a4", "a\ufffdb"), ("a5", "x")]
    assert state.answer_list.times_cited(["y"]) == {"y": 1200}
    moments: list[datetime] = [one.asked_at for one in state.answer_list.citing("x")]
    assert moments == [NOW + timedelta(days=4), NOW]
    with state.database.read() as connection:
        row = connection.execute(
            select(citations.c.asked_at).where(citations.c.answer_id == "a5")
        ).one()
    assert row[0] == NOW + timedelta(days=4)
    state.close()
