"""A second opinion over a real index: model and judge are scripted servers over real HTTP."""

import json
import logging
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from tests import reranking_server
from tests.knowledge import RESERVE
from tests.local_models.reply import Asked, Reply, Script, saying
from tests.local_models.server import LocalModel, serving

from aspire_bot.answering.checking.second_opinion import Case
from aspire_bot.answering.limits import MemoryLedger
from aspire_bot.answering.types import Answer, Question, Turn
from aspire_bot.answering.writing.prompt_files import load_prompts
from aspire_bot.bootstrap import ModelUpkeep, open_assistant
from aspire_bot.cli.app import main
from aspire_bot.doctor.check import Check
from aspire_bot.doctor.diagnose import diagnose
from aspire_bot.llm.judge import build_judge, build_second_opinion
from aspire_bot.settings import Settings
from aspire_bot.slack.platform.metrics import Metrics
from aspire_ingest.index import ConfigError

GOALS = "What are the goals of ASPIRE?"
TRUTH = "The goals of ASPIRE include training young researchers"
SECRET = f"The reserve of the ASPIRE programme for unforeseen costs is {RESERVE}"
ABOUT_RESERVE = "How large is the reserve of the programme for unforeseen costs?"
LONG_S = 30.0


def _is_verdict(asked: Asked) -> bool:
    return "YES" in asked.system


def _says(text: str, verdict: str) -> Script:
    """A server that writes the answer and judges it, as one model may do both."""

    def script(asked: Asked) -> Reply:
        if _is_verdict(asked):
            return saying(verdict)
        held = "reserve" if "reserve" in text else "train young"
        return saying(f"{text} [{next(n for n, (_, t) in asked.passages().items() if held in t)}].")

    return script


@contextmanager
def _writer(text: str = TRUTH, verdict: str = "YES") -> Generator[LocalModel]:
    with serving("openai-like", _says(text, verdict)) as model:
        yield model
        assert model.refused == []


def _settings(home: Path, model: LocalModel, **more: object) -> Settings:
    given = {
        "home": home,
        "llm": model.setting,
        "llm_base_url": model.base_url,
        "llm_api_key": "key",
        "judge_timeout_s": LONG_S,
        "llm_timeout_s": LONG_S,
    }
    return Settings.model_validate({**given, **more})


def _answer(settings: Settings, question: Question, upkeep: ModelUpkeep | None = None) -> Answer:
    with open_assistant(settings, upkeep=upkeep or ModelUpkeep()) as assistant:
        return assistant.answer(question)


def _decided(answer: Answer) -> list[tuple[str, tuple[str, ...]]]:
    assert answer.trace is not None
    return [(one.verdict, one.reasons) for one in answer.trace.statements]


def _nli(likely: float) -> reranking_server.Script:
    scores = {"entailment": likely, "neutral": 1 - likely, "contradiction": 0.0}
    return reranking_server.always(200, [{"label": k, "score": v} for k, v in scores.items()])


def _pair(body: reranking_server.Body) -> tuple[str, str]:
    premise, hypothesis = cast("list[str]", body["inputs"])
    return premise, hypothesis


@pytest.mark.parametrize("is_held", [True, False])
def test_an_nli_server_may_drop_a_statement(home: Path, is_held: bool) -> None:
    with _writer() as model, reranking_server.serving(_nli(0.9 if is_held else 0.1)) as asked:
        settings = _settings(home, model, judge="nli", judge_url=asked.url)
        answer = _answer(settings, Question(text=GOALS))
    (body,) = asked.bodies
    premise, hypothesis = _pair(body)
    assert "train young researchers" in premise
    assert hypothesis == f"{TRUTH}."
    assert _decided(answer) == [("kept", ()) if is_held else ("dropped", ("second_opinion",))]
    assert answer.model == (model.setting if is_held else "extractive")
    assert answer.outcome == "answered", "quotes answer where no statement is left"


@pytest.mark.parametrize(
    ("verdict", "is_kept"),
    [
        ("YES", True),
        ("NO", False),
        ("**no**.", False),
        ("No, the quotes say otherwise.", True),
        ("いいえ", True),
        ("YES and NO", True),
    ],
)
def test_the_model_that_answers_may_judge_itself(home: Path, verdict: str, is_kept: bool) -> None:
    with _writer(verdict=verdict) as model:
        answer = _answer(_settings(home, model, judge=model.setting), Question(text=GOALS))
    said = [asked for asked in model.asked if _is_verdict(asked)]
    assert [(asked.key, asked.max_tokens) for asked in said] == [("key", 16)]
    assert f"{TRUTH}." in said[0].messages[-1][1]
    assert "train young researchers" in said[0].messages[-1][1]
    assert _decided(answer) == [("kept", ()) if is_kept else ("dropped", ("second_opinion",))]


def test_a_judge_is_not_asked_about_lies(home: Path) -> None:
    lie = "ASPIRE aims to train 700 young researchers"
    with _writer(lie) as model, reranking_server.serving(_nli(1.0)) as asked:
        settings = _settings(home, model, judge="nli", judge_url=asked.url)
        answer = _answer(settings, Question(text=GOALS))
    assert asked.bodies == []
    assert answer.model == "extractive"
    assert "700" not in answer.text


def test_a_judge_that_hangs_costs_no_more_than_its_time(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def hang(_body: reranking_server.Body) -> tuple[int, object]:
        time.sleep(2)
        return 200, []

    with _writer() as model, reranking_server.serving(hang) as asked:
        settings = _settings(home, model, judge="nli", judge_url=asked.url, judge_timeout_s=0.3)
        caplog.set_level(logging.WARNING)
        with open_assistant(settings) as assistant:
            for _ in range(2):
                answer = assistant.answer(Question(text=GOALS))
                assert _decided(answer) == [("kept", ())]
    assert len(asked.bodies) == 1, "it is left alone for a while"
    (warning,) = caplog.records
    told = warning.getMessage()  # by whichever of the two clocks is first
    assert "did not answer within 0.3 s" in told or "timed out" in told


def test_a_model_that_fails_as_a_judge_is_warned_of_once(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def script(asked: Asked) -> Reply:
        return Reply(status=500) if _is_verdict(asked) else _say(asked)

    def _say(asked: Asked) -> Reply:
        held = next(n for n, (_, text) in asked.passages().items() if "train young" in text)
        return saying(f"{TRUTH} [{held}].")

    metrics = Metrics()
    with serving("openai-like", script) as model:
        caplog.set_level(logging.WARNING)
        upkeep = ModelUpkeep(watch=metrics)
        with open_assistant(
            _settings(home, model, judge=model.setting), upkeep=upkeep
        ) as assistant:
            for _ in range(2):
                assert assistant.answer(Question(text=GOALS)).model == model.setting
    assert len([asked for asked in model.asked if _is_verdict(asked)]) == 1, "and not tried again"
    assert len([one for one in caplog.records if one.name.startswith("aspire")]) == 1
    told = metrics.registry.get_sample_value
    assert not told("aspire_model_failures_total", {"kind": "server"}), "that is of the model"


@pytest.mark.parametrize("staff", ["inside", "never"])
def test_statements_from_staff_documents_are_judged_as_the_operator_says(
    home: Path, staff: str
) -> None:
    with _writer(SECRET) as model, reranking_server.serving(_nli(0.0)) as asked:
        settings = _settings(
            home, model, judge="nli", judge_url=asked.url, judge_staff_documents=staff
        )
        answer = _answer(settings, Question(text=ABOUT_RESERVE, audience="staff"))
    is_asked = staff == "inside"  # as the server on loopback is
    assert (RESERVE in json.dumps(asked.bodies)) is is_asked
    assert _decided(answer) == [("dropped", ("second_opinion",)) if is_asked else ("kept", ())]


def test_earlier_answers_to_staff_are_staffs_too(home: Path) -> None:
    before = (Turn(role="user", text="What is ASPIRE?"), Turn(role="assistant", text=f"{SECRET}."))
    with _writer() as model, reranking_server.serving(_nli(1.0)) as asked:
        given = {"judge": "nli", "judge_url": asked.url, "judge_staff_documents": "never"}
        with open_assistant(_settings(home, model, **given)) as assistant:
            for audience, history in (("staff", before), ("public", before[:1]), ("public", ())):
                asked.bodies.clear()
                question = Question(text=GOALS, audience=audience, history=history)  # pyright: ignore[reportArgumentType]  one of two
                assert _decided(assistant.answer(question))[-1][0] == "kept"
                assert len(asked.bodies) == (history != before)


@pytest.mark.parametrize(
    ("judge", "url", "staff", "is_asked"),
    [
        ("nli", "https://judge.example", "inside", False),
        ("nli", "https://judge.example", "any", True),
        ("openai-like/m", "https://judge.example/v1", "inside", False),
        ("openai-like/m", "https://judge.example/v1", "any", True),
        ("openai-like/m:cloud", "http://127.0.0.1:9/v1", "inside", False),
        ("nli", "http://127.0.0.1:9", "inside", True),
    ],
)
def test_a_judge_outside_is_asked_nothing_of_staffs(
    judge: str, url: str, staff: str, is_asked: bool, caplog: pytest.LogCaptureFixture
) -> None:
    given = {"judge": judge, "judge_url": url, "judge_staff_documents": staff}
    opinion = build_second_opinion(Settings.model_validate(given), load_prompts())
    assert opinion is not None
    assert opinion.supports(Case(statement="It is ten.", quotes=("Ten.",), is_for_staff=True))
    opinion.close()
    assert len(caplog.records) == is_asked  # there is no such server: whoever asks is warned


def test_the_judges_tokens_are_of_the_same_day(home: Path) -> None:
    ledger, metrics = MemoryLedger(), Metrics()
    with _writer() as model:
        settings = _settings(home, model, judge=model.setting, llm_daily_tokens=100_000)
        _answer(settings, Question(text=GOALS), ModelUpkeep(ledger=ledger, watch=metrics))
        assert len(model.asked) == 2
    used = ledger.add(datetime.now(UTC).astimezone().date(), 0)
    told = metrics.registry.get_sample_value
    directions = ("prompt", "completion")
    counted = [told("aspire_model_tokens_total", {"direction": one}) for one in directions]
    assert counted == [22, 2], "11 and 1 of each request"
    assert used == 24


@pytest.mark.parametrize(
    ("given", "where", "key"),
    [
        ({}, "model", "key"),
        ({"judge_api_key": "own"}, "model", "own"),
        ({"judge_url": "other"}, "other", "none"),
        ({"judge_url": "other", "judge_api_key": "own"}, "other", "own"),
        ({"judge_url": "model"}, "model", "key"),
    ],
)
def test_the_models_key_goes_to_the_models_address_alone(
    home: Path, given: dict[str, str], where: str, key: str
) -> None:
    with _writer() as model, _writer() as other:
        urls = {"model": model.base_url, "other": other.base_url}
        more = {k: urls.get(v, v) for k, v in given.items()}
        settings = _settings(home, model, judge=model.setting, **more)
        _answer(settings, Question(text=GOALS))
        asked = {"model": model.asked[1:], "other": other.asked}
    assert [one.key for one in asked[where]] == [key]
    assert sum(map(len, asked.values())) == 1


def test_another_provider_needs_an_address_of_its_own() -> None:
    given = {"llm": "anthropic/m", "llm_base_url": "http://127.0.0.1:9", "judge": "openai-like/m"}
    with pytest.raises(ConfigError, match=r"ASPIRE_JUDGE=openai-like/m needs ASPIRE_JUDGE_URL"):
        build_judge(Settings.model_validate(given), load_prompts())


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("judge", {"judge": "yes"}),
        ("judge_url", {"judge": "nli"}),
        ("judge_url", {"judge_url": "ftp://judge"}),
        ("judge_url", {"judge_url": "http://me:word@judge"}),
        ("judge_timeout_s", {"judge_timeout_s": 0}),
        ("judge_staff_documents", {"judge_staff_documents": "some"}),
    ],
)
def test_what_cannot_be_is_refused(name: str, given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=name):
        Settings.model_validate(given)


def _doctor(settings: Settings) -> Check:
    checks = diagnose(settings, probe_slack=lambda _: (), probe_state=lambda _: ())
    return next(check for check in checks if check.name == "judge")


def _opposite(body: reranking_server.Body) -> tuple[int, object]:
    return _nli(0.9 if "is open" in _pair(body)[1] else 0.1)(body)


@pytest.mark.parametrize(
    ("script", "state", "found"),
    [
        (_opposite, "ok", "nli, inside this network: tells right from wrong"),
        (_nli(0.9), "warning", "a contradicted one for supported"),
        (_nli(0.1), "warning", "takes a supported statement for not supported"),
        (reranking_server.always(200, [{"label": "LABEL_0", "score": 1}]), "failed", "id2label"),
        (reranking_server.always(401, {}), "warning", "HTTP 401"),
    ],
)
def test_the_doctor_asks_the_judge(
    home: Path, script: reranking_server.Script, state: str, found: str
) -> None:
    with _writer() as model, reranking_server.serving(script) as asked:
        given = {"judge": "nli", "judge_url": asked.url, "judge_api_key": "k3y"}
        check = _doctor(_settings(home, model, **given))
    assert check.state == state
    assert found in check.found
    assert "k3y" not in check.found
    assert ("howto-model" in check.to_do) is (state != "ok")


def test_the_doctor_says_what_is_missing(home: Path) -> None:
    assert _doctor(Settings(home=home)).state == "unset"
    alone = _doctor(Settings(home=home, judge="nli", judge_url="http://127.0.0.1:9"))
    assert (alone.state, "ASPIRE_LLM is none" in alone.found) == ("warning", True)


def test_staff_see_who_dropped_it(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with _writer(verdict="NO") as model:
        settings = _settings(home, model, judge=model.setting)
        for name in ("home", "llm", "llm_base_url", "judge"):
            monkeypatch.setenv(f"ASPIRE_{name.upper()}", str(getattr(settings, name)))
        monkeypatch.setenv("ASPIRE_JUDGE_TIMEOUT_S", str(LONG_S))
        with pytest.raises(SystemExit) as ended:
            main(["ask", GOALS, "--json", "--explain"])
    assert not ended.value.code
    trace = json.loads(capsys.readouterr().out)["trace"]
    assert trace["statements"][0]["reasons"] == ["second_opinion"]


def test_without_a_judge_nothing_of_it_is_loaded() -> None:
    code = (
        "import sys\n"
        "import aspire_bot.bootstrap, aspire_bot.doctor, aspire_bot.answering.writing.writer\n"
        "from aspire_bot.answering.writing.prompt_files import load_prompts\n"
        "from aspire_bot.llm.judge import build_second_opinion\n"
        "from aspire_bot.settings import Settings\n"
        "assert build_second_opinion(Settings(), load_prompts()) is None\n"
        "names = ('nli', 'json_server', 'model_judge', 'consultation', 'llama_index')\n"
        "found = [m for m in sys.modules if m.rpartition('.')[2] in names]\n"
        "assert not found, found\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)  # noqa: S603  our own code
