"""Questions and answers as lines of JSON."""

import json
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.unit.bot.answering.made import evidence, info

from aspire_bot.answering.quotes.citations import cite
from aspire_bot.answering.types import Answer, Question, ScoredPassage, Turn
from aspire_bot.cli.json_lines import BadLineError, answer_json, ranking_json, read_question

SOURCE = info(
    "goals",
    url="https://example.org/goals",
    title="Goals",
    published="2025-11-11",
    source="docs/goals.md",
)


def _answer(**known: object) -> Answer:
    said = evidence("It funds joint research.", SOURCE, start=812)
    answer = Answer(
        question=Question(text="What?"),
        outcome="answered",
        text="It funds joint research. [1]",
        language="en",
        confidence=0.93,
        citations=(cite(1, said),),
        ranking=(said.passage,),
        as_of="2026-11-21T08:00:00+09:00",
        index_version="3-abcdef01",
        timings_ms={"total": 19.5},
    )
    for name, value in known.items():
        object.__setattr__(answer, name, value)
    return answer


def test_a_question_with_its_history() -> None:
    line = json.dumps(
        {
            "id": "q1",
            "question": "And who moderated it?",
            "history": [
                "When was the meeting?",
                {"role": "assistant", "text": "On 4 November [1]."},
                {"role": "user", "text": "Thanks", "ts": 12},
            ],
            "answerable": True,
            "tags": ["follow-up"],
        }
    )
    key, question = read_question(line, audience="staff")
    assert key == "q1"
    assert question == Question(
        text="And who moderated it?",
        history=(
            Turn(role="user", text="When was the meeting?"),
            Turn(role="assistant", text="On 4 November [1]."),
            Turn(role="user", text="Thanks"),
        ),
        audience="staff",
    )


@pytest.mark.parametrize("line", ['{"question": "a"}', '{"question": "a", "history": null}'])
def test_id_and_history_may_be_absent(line: str) -> None:
    assert read_question(line) == (None, Question(text="a"))


@pytest.mark.parametrize("key", ["q1", 7, "", "日本"])
def test_an_id_comes_back_as_it_was(key: str | int) -> None:
    assert read_question(json.dumps({"id": key, "question": "a"}))[0] == key
    assert answer_json(_answer(), key)["id"] == key


def test_lone_surrogates_are_replaced() -> None:
    line = r'{"question": "a\ud800b", "history": ["\udfff"]}'
    _, question = read_question(line)
    assert question == Question(text="a?b", history=(Turn(role="user", text="?"),))


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        ("{", None, "not JSON"),
        ("", None, "not JSON"),
        ("[1, 2]", None, "line"),
        ('"What?"', None, "line"),
        ("null", None, "line"),
        ('{"id": "q1"}', "q1", "question"),
        ('{"id": 4, "question": 5}', 4, "question"),
        ('{"id": "q1", "question": " \\n"}', "q1", "empty"),
        ('{"id": "q1", "question": "a", "history": "b"}', "q1", "history"),
        ('{"id": "q1", "question": "a", "history": [1]}', "q1", r"history\.0"),
        ('{"id": "q1", "question": "a", "history": [{"text": "b"}]}', "q1", r"history\.0\.role"),
        (
            '{"id": "q1", "question": "a", "history": [{"role": "system", "text": "b"}]}',
            "q1",
            r"history\.0\.role",
        ),
        ('{"id": [], "question": "a"}', None, "id"),
        ('{"id": true, "question": "a"}', None, "id"),
        ("[" * 100_000, None, "not JSON"),
        ('{"question": ' + "9" * 5000 + "}", None, "not JSON"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_keeps_its_id(
    line: str, key: str | int | None, reason: str
) -> None:
    with pytest.raises(BadLineError, match=reason) as caught:
        read_question(line)
    assert caught.value.question_id == key


_KEYS = st.sampled_from(["id", "question", "history", "role", "text"])
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(["user", "assistant"]),
    lambda inner: st.lists(inner) | st.dictionaries(_KEYS | st.text(max_size=3), inner),
    max_leaves=12,
)
_LINES = st.dictionaries(_KEYS, _JSON).map(json.dumps)


@given(st.text(st.characters()) | _JSON.map(json.dumps) | _LINES)
@example('{"question": "\\ud83d"}')
@example('{"question": NaN}')
@example('{"question": "a", "question": null}')
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        _, question = read_question(line)
    except BadLineError:
        return
    assert question.text.strip()
    for text in (question.text, *(turn.text for turn in question.history)):
        text.encode("utf-8")


def test_the_shape_of_an_answer() -> None:
    shape = cast("dict[str, object]", json.loads(json.dumps(answer_json(_answer(), "q1"))))
    assert list(shape) == [
        "id",
        "outcome",
        "answer",
        "language",
        "confidence",
        "certainty",
        "act",
        "questions",
        "citations",
        "passages",
        "as_of",
        "index_version",
        "model",
        "timings_ms",
    ]
    assert shape["citations"] == [
        {
            "marker": 1,
            "document_id": "goals",
            "source": "docs/goals.md",
            "title": "Goals",
            "url": "https://example.org/goals",
            "published": "2025-11-11",
            "edition": None,
            "gone_since": None,
            "page": None,
            "ocr": False,
            "approved_by": None,
            "approved_on": None,
            "valid_until": None,
            "quote": "It funds joint research.",
            "start": 812,
            "end": 836,
            "deep_link": "https://example.org/goals#:~:text=It%20funds%20joint%20research.",
        }
    ]
    assert shape["passages"] == [
        {
            "rank": 1,
            "score": 1.0,
            "passage_id": "p1",
            "document_id": "goals",
            "source": "docs/goals.md",
            "url": "https://example.org/goals",
        }
    ]
    assert (shape["model"], shape["timings_ms"]) == ("extractive", {"total": 19.5})
    assert (shape["as_of"], shape["confidence"]) == ("2026-11-21T08:00:00+09:00", 0.93)


def test_what_is_not_known_is_null() -> None:
    bare = evidence("It is.")
    shape = answer_json(_answer(citations=(cite(1, bare),)))
    (citation,) = cast("list[dict[str, object]]", shape["citations"])
    assert citation["url"] is citation["published"] is citation["deep_link"] is None


def test_an_abstaining_answer_still_lists_the_ranking() -> None:
    shape = answer_json(_answer(outcome="abstained", citations=(), text="The documents do not."))
    assert (shape["outcome"], shape["citations"]) == ("abstained", [])
    assert len(cast("list[object]", shape["passages"])) == 1


def test_a_ranking_of_its_own_holds_the_text() -> None:
    ranking = [
        ScoredPassage(
            passage=evidence("One.", SOURCE).passage.passage,
            document=SOURCE,
            score=0.123456,
            rank=1,
        )
    ]
    (entry,) = ranking_json(ranking, with_text=True)
    assert (entry["text"], entry["title"], entry["score"]) == ("One.", "Goals", 0.1235)


def test_line_says_where_and_when_it_was_asked() -> None:
    line = (
        '{"id": 1, "question": "Where?", "place": "thread", "timezone": "Europe/Paris",'
        ' "asked_at": "2026-11-28T00:30:00+09:00", "history": [{"role": "user", "content": "x"}]}'
    )

    _, question = read_question(line)

    assert (question.place, question.timezone) == ("thread", "Europe/Paris")
    assert question.asked_at is not None
    assert question.asked_at.isoformat() == "2026-11-28T00:30:00+09:00"
    assert question.history == (Turn(role="user", text="x"),)


@pytest.mark.parametrize(
    ("fields", "is_overheard"),
    [
        ({"place": "channel", "overheard": True}, True),
        ({"place": "channel", "overheard": False}, False),
        ({"place": "channel"}, False),
        # who writes there speaks with the bot
        ({"place": "thread", "overheard": True}, False),
        ({"overheard": True}, False),
    ],
)
def test_a_line_may_say_that_nobody_addressed_the_bot(
    fields: dict[str, object], *, is_overheard: bool
) -> None:
    _, question = read_question(json.dumps({"question": "Who pays?", **fields}))
    assert question.is_overheard == is_overheard


def test_overheard_is_yes_or_no() -> None:
    with pytest.raises(BadLineError, match="overheard"):
        read_question('{"question": "Who pays?", "overheard": "maybe"}')


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("place", "street"),
        ("timezone", "Japan Standard"),
        ("timezone", "../etc/passwd"),
        ("asked_at", "2026-11-28T00:30:00"),
        ("asked_at", "yesterday"),
    ],
)
def test_place_and_time_that_cannot_be_are_named(field: str, value: str) -> None:
    with pytest.raises(BadLineError, match=field):
        read_question(json.dumps({"id": 1, "question": "Where?", field: value}))
