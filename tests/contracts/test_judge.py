"""Both judges keep the same promises, whatever their servers do."""

import socket
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from tests import reranking_server
from tests.local_models import Reply
from tests.local_models import serving as serving_model

from aspire_bot.answering.checking.consultation import Judge
from aspire_bot.answering.checking.second_opinion import Case
from aspire_bot.answering.limits import Deadline
from aspire_bot.answering.writing.prompt_files import load_prompts
from aspire_bot.errors import JudgeError
from aspire_bot.llm.judge import build_judge
from aspire_bot.settings import Settings

KEY = "sk-very-secret"
PRIVATE = "the budget of nobody's business"
CASE = Case(statement=f"It is {PRIVATE}.", quotes=(f"Handbook\nHere is {PRIVATE} \ud800.",))
LONG_S = 30.0
SLACK_S = 10.0
"""For a machine with other things to do; what hangs would take a minute."""
Way = Literal["yes", "no", "late", "drops", "fails", "redirects", "broken", "floods"]


@dataclass(frozen=True, kw_only=True)
class Bench:
    """A judge whose server does as it is told."""

    judge: Judge
    does: Callable[[Way], None]
    seen: Callable[[], str]
    """All that the server was asked."""


def _entailed(likely: float) -> list[dict[str, object]]:
    return [
        {"label": "entailment", "score": likely},
        {"label": "neutral", "score": 0.0},
        {"label": "contradiction", "score": 1 - likely},
    ]


def _nli(stack: ExitStack, home: Path) -> Bench:
    way: list[Way] = ["yes"]

    def script(body: reranking_server.Body) -> tuple[int, object]:
        if way[-1] == "late":
            time.sleep(3)
        replies: dict[Way, tuple[int, object]] = {
            "yes": (200, _entailed(0.9)),
            "no": (200, _entailed(0.1)),
            "late": (200, []),
            "drops": (200, reranking_server.Drops(str(_entailed(0.9)))),
            "fails": (500, {"error": f"{KEY} {body}"}),
            "redirects": (307, {}),
            "broken": (200, b"<html>"),
            "floods": (200, b" " * 5_000_000),
        }
        return replies[way[-1]]

    asked = stack.enter_context(reranking_server.serving(script))
    settings = {"home": home, "judge": "nli", "judge_url": asked.url, "judge_api_key": KEY}
    judge = build_judge(Settings.model_validate(settings), load_prompts())
    assert judge is not None
    stack.callback(judge.close)
    return Bench(judge=judge, does=way.append, seen=lambda: str(asked.bodies))


_REPLIES: dict[Way, Reply] = {
    "yes": Reply(pieces=("YE", "S")),
    "no": Reply(pieces=("NO",)),
    "late": Reply(hangs_first=True),
    "drops": Reply(pieces=("Y",) * 200, pause_s=0.05),
    "fails": Reply(status=500),
    "redirects": Reply(status=307, headers={"Location": "http://127.0.0.1:1/"}),
    "broken": Reply(body=b"<html>"),
    "floods": Reply(pieces=("Y",), ending="flood"),
}


def _model(stack: ExitStack, home: Path) -> Bench:
    way: list[Way] = ["yes"]
    server = stack.enter_context(serving_model("openai-like", lambda _: _REPLIES[way[-1]]))
    settings = {
        "home": home,
        "judge": server.setting,
        "judge_url": server.base_url,
        "judge_api_key": KEY,
        "judge_timeout_s": LONG_S,
    }
    judge = build_judge(Settings.model_validate(settings), load_prompts())
    assert judge is not None
    stack.callback(judge.close)
    return Bench(judge=judge, does=way.append, seen=lambda: str(server.asked))


@pytest.fixture(params=[_nli, _model], ids=["nli", "model"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[Bench]:
    with ExitStack() as stack:
        make: Callable[[ExitStack, Path], Bench] = request.param
        yield make(stack, tmp_path)


def test_it_says_yes_and_it_says_no(bench: Bench) -> None:
    for way, opinion in (("yes", True), ("no", False)):
        bench.does(way)  # pyright: ignore[reportArgumentType]  both are ways
        assert bench.judge.opinion(CASE, Deadline.after(LONG_S)) is opinion
    assert bench.seen().count(PRIVATE) == 4, "the statement and the quote, twice"
    assert not bench.judge.is_outside


@pytest.mark.parametrize("way", ["fails", "redirects", "broken", "floods"])
def test_what_is_no_sound_reply_is_an_error_that_tells_no_secrets(bench: Bench, way: Way) -> None:
    bench.does(way)
    with pytest.raises(JudgeError) as raised:
        bench.judge.opinion(CASE, Deadline.after(LONG_S))
    assert not raised.value.is_late
    assert KEY not in str(raised.value)
    assert PRIVATE not in str(raised.value)
    bench.does("yes")
    assert bench.judge.opinion(CASE, Deadline.after(LONG_S)) is True


@pytest.mark.parametrize("way", ["late", "drops"])
def test_what_is_late_is_said_to_be(bench: Bench, way: Way) -> None:
    bench.does(way)
    began = time.monotonic()
    with pytest.raises(JudgeError) as raised:
        bench.judge.opinion(CASE, Deadline.after(0.5))
    assert raised.value.is_late
    assert time.monotonic() - began < SLACK_S


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as once:
        url = f"http://127.0.0.1:{once.getsockname()[1]}"
    for setting in ("nli", "openai-like/m"):
        settings = Settings(home=tmp_path, judge=setting, judge_url=url)
        judge = build_judge(settings, load_prompts())
        assert judge is not None
        with pytest.raises(JudgeError):
            judge.opinion(CASE, Deadline.after(LONG_S))
        judge.close()
