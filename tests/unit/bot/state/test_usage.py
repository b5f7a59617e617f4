"""What was asked and cited, counted."""

from dataclasses import replace
from datetime import timedelta

from tests.unit.bot.state.made import NOW, SOURCE, posted

from aspire_bot.state import State
from aspire_bot.state.answers import CitedSource
from aspire_bot.state.usage import read_usage

_OTHER = CitedSource(document_id="d2", title="Second")


def test_documents_are_counted_once_an_answer_and_the_most_cited_comes_first(state: State) -> None:
    one = replace(posted("a1"), outcome="answered", sources=(_OTHER, _OTHER))
    renamed = replace(SOURCE, title="New title")
    state.answers.add(replace(one, sources=(SOURCE, _OTHER, _OTHER)))
    later = NOW + timedelta(days=2)
    state.answers.add(replace(one, answer_id="a2", sources=(renamed,), asked_at=later))
    state.answers.add(replace(posted("a3"), language="ja"))
    found = read_usage(state.database)
    assert [(one.source.title, one.times) for one in found.cited] == [
        ("New title", 2),
        ("Second", 1),
    ]
    assert dict(found.outcomes) == {"answered": 2, "abstained": 1}
    assert dict(found.languages) == {"en": 2, "ja": 1}
    assert (found.answers, found.since, found.until) == (3, NOW, later)


def test_answers_that_were_taken_back_do_not_count(state: State) -> None:
    state.answers.add(replace(posted("a1"), outcome="answered"))
    state.answers.mark_deleted("a1")
    found = read_usage(state.database)
    assert (found.answers, found.cited, found.since) == (0, (), None)
