"""The reranker over HTTP: what is sent, what is believed, and what happens when it fails."""

import logging
import math
import socket
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest
from tests.reranking_server import Body, Drops, always, one_after_another, serving
from tests.unit.bot.answering.made import info, query

from aspire_bot.answering.types import ScoredPassage
from aspire_bot.bootstrap import build_reranker
from aspire_bot.errors import RerankError
from aspire_bot.llm.json_server import MOST_BYTES
from aspire_bot.llm.reranker import MOST_SENT, HttpReranker
from aspire_bot.settings import Settings
from aspire_ingest.index import Audience, Passage

ASK = query("How much is it?")


def _entry(rank: int, *, audience: Audience = "public", text: str = "") -> ScoredPassage:
    passage_id = f"p{rank}"
    text = text or f"Passage {rank}."
    passage = Passage(
        passage_id=passage_id,
        document_id="d",
        start=0,
        end=len(text),
        text=text,
        heading=("Money",),
    )
    document = replace(info("d", title="Handbook"), audience=audience)
    return ScoredPassage(passage=passage, document=document, score=1 - rank / 100, rank=rank)


def _ranking(count: int) -> tuple[ScoredPassage, ...]:
    return tuple(_entry(rank) for rank in range(1, count + 1))


def _ids(ranking: Sequence[ScoredPassage]) -> list[str]:
    return [entry.passage.passage_id for entry in ranking]


def _texts(body: Body) -> list[str]:
    return cast("list[str]", body.get("documents", body.get("texts")))


def _in_order(body: Body) -> tuple[int, object]:
    results = [{"index": n, "relevance_score": -n} for n in range(len(_texts(body)))]
    return 200, {"results": results}


def _second_first(body: Body) -> tuple[int, object]:
    """The form of Jina and its kin; best first, as they send it."""
    rest = [{"index": n, "relevance_score": 0.1} for n in range(2, len(_texts(body)))]
    last = {"index": 0, "relevance_score": -1}
    return 200, {"results": [{"index": 1, "relevance_score": 0.9, "document": "x"}, *rest, last]}


def test_what_is_sent_and_what_comes_of_it() -> None:
    with serving(_second_first) as asked:
        reranker = HttpReranker(asked.url, model="m3", api_key="k3y")
        anew = reranker.rerank(ASK, _ranking(5))
    assert asked.paths == ["/rerank"]
    assert asked.keys == ["Bearer k3y"]
    assert asked.bodies == [
        {
            "model": "m3",
            "query": "How much is it?",
            "documents": [f"Handbook › Money\nPassage {n}." for n in (1, 2, 3, 4, 5)],
            "top_n": 5,
        }
    ]
    assert _ids(anew) == ["p2", "p1", "p3", "p4", "p5"]
    assert [entry.rank for entry in anew] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("", "/rerank"),
        ("/", "/rerank"),
        ("/v1", "/v1/rerank"),
        ("/v1/rerank", "/v1/rerank"),
        ("/v1/rerank/", "/v1/rerank"),
        ("/reranking?v=2", "/reranking?v=2"),
    ],
)
def test_the_address_may_be_the_servers_or_the_endpoints(given: str, path: str) -> None:
    with serving(_in_order) as asked:
        HttpReranker(asked.url + given).scores("q", ["a", "b"])
    assert asked.paths == [path]
    assert "model" not in asked.bodies[0]
    assert asked.keys == [None]


def test_a_server_that_wants_texts_is_asked_for_them_and_from_then_on_at_once() -> None:
    def tei(body: Body) -> tuple[int, object]:
        if "texts" not in body:
            return 422, {"error": "missing field `texts`"}
        return 200, [{"index": 1, "score": 0.99}, {"index": 0, "score": 0.01}]

    with serving(tei) as asked:
        reranker = HttpReranker(asked.url)
        assert reranker.scores("q", ["a", "b"]) == (0.01, 0.99)
        assert reranker.scores("q", ["a", "b"]) == (0.01, 0.99)
    assert [sorted(body) for body in asked.bodies] == [
        ["documents", "query", "top_n"],
        ["query", "texts", "truncate"],
        ["query", "texts", "truncate"],
    ]


def test_a_server_once_understood_is_not_asked_in_another_form() -> None:
    with serving(one_after_another(_in_order, always(400, {}))) as asked:
        reranker = HttpReranker(asked.url)
        reranker.scores("q", ["a", "b"])
        with pytest.raises(RerankError, match="HTTP 400"):
            reranker.scores("q", ["a", "b"])
    assert len(asked.bodies) == 2


def test_passages_for_staff_are_kept_from_it_unless_a_setting_says_otherwise() -> None:
    ranking = (_entry(1), _entry(2, audience="staff", text="Secret."), _entry(3))
    with serving(_in_order) as asked:
        HttpReranker(asked.url).rerank(ASK, ranking)
        HttpReranker(asked.url, sees_staff=True).rerank(ASK, ranking)
        HttpReranker(asked.url).rerank(ASK, ranking[:2])  # one alone needs no order
    assert [["Secret." in text for text in _texts(body)] for body in asked.bodies] == [
        [False, False],
        [False, True, False],
    ]


def test_no_more_is_sent_than_servers_take() -> None:
    ranking = (
        _entry(1, text="長" * 5000 + "\ud800"),
        _entry(2, text="a\ud800b"),
        *_ranking(70)[2:],
    )
    with serving(_in_order) as asked:
        anew = HttpReranker(asked.url).rerank(ASK, ranking)
    sent = _texts(asked.bodies[0])
    assert len(sent) == MOST_SENT <= 32
    assert max(map(len, sent)) == 1200
    assert sent[1].endswith("a?b")
    assert _ids(anew) == _ids(ranking)


_GOOD = [{"index": 0, "relevance_score": 1.0}, {"index": 1, "relevance_score": 0.5}]


@pytest.mark.parametrize(
    ("status", "reply"),
    [
        (500, {"results": _GOOD}),
        (401, {"results": _GOOD}),
        (307, {"results": _GOOD}),
        (204, b""),
        (200, b""),
        (200, b"<html>"),
        (200, b"\xff\xfe"),
        (200, b"[" * 200_000),
        (200, {"results": _GOOD[:1]}),
        (200, {"results": []}),
        (200, {"results": {"0": 1}}),
        (200, {"data": _GOOD}),
        (200, "fine"),
        (200, {"results": [*_GOOD, _GOOD[0]]}),
        (200, {"results": [_GOOD[0], {"index": 2, "relevance_score": 1}]}),
        (200, {"results": [_GOOD[0], {"index": -1, "relevance_score": 1}]}),
        (200, {"results": [_GOOD[0], {"index": True, "relevance_score": 1}]}),
        (200, {"results": [_GOOD[0], {"index": 1.0, "relevance_score": 1}]}),
        (200, {"results": [_GOOD[0], {"index": 1, "relevance_score": "1"}]}),
        (200, {"results": [_GOOD[0], {"index": 1, "relevance_score": None}]}),
        (200, {"results": [_GOOD[0], {"index": 1, "relevance_score": True}]}),
        (200, {"results": [_GOOD[0], {"index": 1, "relevance_score": math.nan}]}),
        (200, {"results": [_GOOD[0], {"index": 1, "relevance_score": -math.inf}]}),
        (200, b'{"results": [{"index": 0, "score": 1}, {"index": 1, "score": 1e999}]}'),
        (200, b'[{"index": 0, "score": 1}, {"index": 1, "score": 1' + b"0" * 999 + b"}]"),
        (200, b'[{"index": 0, "score": 1}, {"index": 1, "score": 1' + b"0" * 9999 + b"}]"),
        (200, {"results": [_GOOD[0], 7]}),
        (200, b" " * MOST_BYTES + b'[{"index": 0, "score": 1}, {"index": 1, "score": 2}]'),
    ],
)
def test_what_is_not_a_sound_reply_changes_nothing(
    status: int, reply: object, caplog: pytest.LogCaptureFixture
) -> None:
    ranking = _ranking(2)
    with serving(always(status, reply)) as asked:
        reranker = HttpReranker(asked.url, api_key="k3y")
        assert reranker.rerank(ASK, ranking) is ranking
        assert reranker.rerank(ASK, ranking) is ranking
    assert len(asked.bodies) == 1, "a server that failed is left alone for a while"
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "k3y" not in caplog.text


def test_it_is_asked_again_after_a_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aspire_bot.llm.reranker._REST_S", 0.0)
    with serving(one_after_another(always(500, {}), _second_first)) as asked:
        reranker = HttpReranker(asked.url)
        assert _ids(reranker.rerank(ASK, _ranking(5)))[0] == "p1"
        assert _ids(reranker.rerank(ASK, _ranking(5)))[0] == "p2"


def test_a_reply_in_drops_does_not_outlast_the_deadline(caplog: pytest.LogCaptureFixture) -> None:
    drops = Drops('{"results": [{"index": 0, "score": 1}, {"index": 1, "score": 2}]}')
    with serving(always(200, drops)) as asked:
        ranking = _ranking(2)
        assert HttpReranker(asked.url, deadline_s=0.3).rerank(ASK, ranking) is ranking
    assert "did not answer within 0.3 s" in caplog.text or "too slowly" in caplog.text


def test_a_server_that_never_answers_or_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(RerankError, match=r"within 0\.2 s|timed out"):
            HttpReranker(url, deadline_s=0.2).scores("q", ["a", "b"])
    with pytest.raises(RerankError, match="refused"):
        HttpReranker(url).scores("q", ["a", "b"])
    with pytest.raises(RerankError, match="cannot be asked"):
        HttpReranker("https://reranker.example").scores("q", ["a", "b"])


def test_a_key_that_no_header_takes_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    with serving(_in_order) as asked:
        HttpReranker(asked.url, api_key="s3cret\nkey").rerank(ASK, _ranking(2))
        HttpReranker(asked.url, api_key="秘密").rerank(ASK, _ranking(2))
    assert asked.bodies == []
    assert len(caplog.records) == 2
    assert "s3cret" not in caplog.text
    assert "秘密" not in caplog.text


def test_what_is_never_answered_does_not_pile_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        reranker = HttpReranker(f"http://127.0.0.1:{deaf.getsockname()[1]}", deadline_s=0.5)
        reranker._deadline_s = 0.0  # pyright: ignore[reportPrivateUsage]  # waits for none of them
        with pytest.raises(RerankError, match="unanswered"):
            _ask_often(reranker)


def _ask_often(reranker: HttpReranker) -> None:
    for _ in range(100):
        try:
            reranker.scores("q", ["a", "b"])
        except RerankError as error:
            if "within" not in str(error):
                raise


def test_settings_make_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert build_reranker(Settings()) is None
    assert build_reranker(Settings(reranker_url="http://127.0.0.1:1")) is None
    with serving(_second_first) as asked:
        settings = Settings.model_validate(
            {
                "reranker": "http",
                "reranker_url": asked.url,
                "reranker_model": "m",
                "reranker_api_key": "k",
                "reranker_sees_staff": "yes",
            }
        )
        reranker = build_reranker(settings)
        assert reranker is not None
        ranking = (_entry(1), _entry(2, audience="staff"), *_ranking(5)[2:])
        assert _ids(reranker.rerank(ASK, ranking))[0] == "p2"
    assert asked.keys == ["Bearer k"]
    assert asked.bodies[0]["model"] == "m"
    assert "now first is rank 2" in caplog.text
