"""`aspire-bot` as its users call it: arguments in, text or JSON and exit codes out."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import cast

import pytest
from tests.knowledge import SITE
from tests.reranking_server import Script, always, serving

from aspire_bot.cli import app as cli

Json = dict[str, object]


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Json:
        return cast("Json", json.loads(self.out))

    @property
    def lines(self) -> list[Json]:
        return [cast("Json", json.loads(line)) for line in self.out.splitlines()]


Run = Callable[..., Outcome]


@pytest.fixture
def run(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASPIRE_HOME", str(home))
    monkeypatch.setenv("ASPIRE_CONTACT", "office@example.org")

    def call(*arguments: str | Path) -> Outcome:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        assert "Traceback" not in out
        return Outcome(ended.value.code, out, err)

    return call


def test_a_slip_in_a_setting_is_logged_where_serving_begins(tmp_path: Path) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "aspire_bot", "serve"),
        env={**os.environ, "ASPIRE_HOME": str(tmp_path), "ASPIRE_STAF_CHANNEL": "C0123"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2  # no token is set
    assert "ASPIRE_STAF_CHANNEL is set, but there is no such setting" in done.stderr
    assert "write ASPIRE_STAFF_CHANNEL" in done.stderr
    assert "C0123" not in done.stderr


def _batch(folder: Path, *lines: object) -> Path:
    path = folder / "questions.jsonl"
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_the_console_script_is_this_program() -> None:
    (script,) = entry_points(group="console_scripts", name="aspire-bot")
    assert script.load() is cli.main


def test_ask_prints_the_answer_with_its_sources(run: Run) -> None:
    outcome = run("ask", "Who moderated the bioengineering field meeting?")
    assert outcome.code == 0
    assert "Dr. Hiroshi Shimizu, Program Officer. [1]" in outcome.out
    assert f"{SITE}/report/251111_e.html" in outcome.out
    assert "2025-11-11" in outcome.out
    assert "as of 20" in outcome.out
    assert outcome.err == ""


def test_ask_gives_json(run: Run) -> None:
    answer = run("ask", "Who moderated the bioengineering field meeting?", "--json").json
    assert (answer["id"], answer["outcome"], answer["language"]) == (None, "answered", "en")
    assert "[1]" in str(answer["answer"])
    (first, *_) = cast("list[Json]", answer["citations"])
    assert first["deep_link"] == f"{SITE}/report/251111_e.html#:~:text=" + (
        "The%20meeting%20was%20moderated%20by%20Dr.%20Hiroshi%20Shimizu%2C%20Program%20Officer."
    )
    passages = cast("list[Json]", answer["passages"])
    assert [passage["rank"] for passage in passages] == list(range(1, len(passages) + 1))
    assert {"as_of", "index_version", "model", "timings_ms", "confidence"} <= set(answer)


def test_abstaining_is_no_failure(run: Run) -> None:
    outcome = run("ask", "大阪支所の電話番号は何番ですか", "--json")
    assert outcome.code == 0
    assert (outcome.json["outcome"], outcome.json["citations"]) == ("abstained", [])
    assert "office@example.org" in str(outcome.json["answer"])
    assert outcome.json["passages"]
    said = run("ask", "What is the telephone number of the Osaka branch?")
    assert said.code == 0
    assert "The documents do not say." in said.out
    assert re.search(r"\nNearest documents:\n +• ", said.out)
    assert "\n関連の深い文書:\n" in run("ask", "大阪支所の電話番号は何番ですか").out
    assert "Nearest documents" not in run("ask", "When was the field meeting held?").out


def test_a_batch_is_answered_line_by_line_in_order(run: Run, tmp_path: Path) -> None:
    batch = _batch(
        tmp_path,
        {"id": "b", "question": "When was the field meeting held?"},
        {
            "id": "a",
            "question": "And who moderated it?",
            "history": ["When was the field meeting held?"],
            "answerable": True,
        },
        "",
        {"id": 3, "question": "領域会議の司会は誰でしたか"},
    )
    outcome = run("ask", "--batch", batch)
    assert (outcome.code, outcome.err) == (0, "")
    assert [line["id"] for line in outcome.lines] == ["b", "a", 3]
    assert "November 4, 2025" in str(outcome.lines[0]["answer"])
    assert "Shimizu" in str(outcome.lines[1]["answer"])
    assert outcome.lines[2]["language"] == "ja"


@pytest.mark.parametrize("command", ["ask", "retrieve"])
def test_a_bad_line_is_named_in_its_place(run: Run, tmp_path: Path, command: str) -> None:
    batch = _batch(
        tmp_path,
        {"id": "1", "question": "What are the goals of ASPIRE?"},
        '{"id": "2", "question": ',
        {"id": "3", "question": ""},
        {"id": "\ud800", "question": "\udfff"},
        {"id": "5", "question": "What are the goals of ASPIRE?"},
    )
    outcome = run(command, "--batch", batch)
    assert outcome.code == 1
    assert [line["id"] for line in outcome.lines] == ["1", None, "3", "\ud800", "5"]
    assert ["error" in line for line in outcome.lines] == [False, True, True, False, False]
    assert re.search(r"questions\.jsonl, line 2: not JSON", outcome.err)
    assert re.search(r"questions\.jsonl, line 3: question: it is empty", outcome.err)


def test_bytes_that_are_no_text_spoil_only_their_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    good = b'{"id": "1", "question": "goals"}'
    path.write_bytes(b"\xef\xbb\xbf" + good + b"\r\n\xff\xfe\x00\n" + good)
    outcome = run("retrieve", "--batch", path)
    assert outcome.code == 1
    assert ["error" in line for line in outcome.lines] == [False, True, False]


def test_retrieve_gives_the_ranking_alone(run: Run, tmp_path: Path) -> None:
    outcome = run("retrieve", "field meeting", "-k", "3", "--json")
    passages = cast("list[Json]", outcome.json["passages"])
    assert (outcome.code, len(passages)) == (0, 3)
    assert {"rank", "score", "passage_id", "document_id", "source", "url", "text"} <= set(
        passages[0]
    )
    assert "field meeting" in str(passages[0]["text"])
    batch = _batch(tmp_path, {"id": "r", "question": "field meeting"})
    (line,) = run("retrieve", "--batch", batch).lines
    assert line["id"] == "r"
    assert len({p["document_id"] for p in cast("list[Json]", line["passages"])}) == 7
    assert "Field meeting" in run("retrieve", "field meeting").out


def test_the_audience_is_a_setting(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "How large is the reserve of the programme for unforeseen costs?"
    public = run("ask", question, "--json")
    assert "40 million" not in public.out
    monkeypatch.setenv("ASPIRE_AUDIENCE", "staff")
    assert "40 million yen" in str(run("ask", question, "--json").json["answer"])


def test_eval_measures_as_a_table_and_as_json(run: Run, tmp_path: Path) -> None:
    questions = _batch(
        tmp_path,
        {
            "id": "1",
            "question": "Who moderated the bioengineering field meeting?",
            "lang": "en",
            "type": "meeting",
            "answerable": True,
            "must_include": ["Shimizu"],
            "source_files": ["report-en.md"],
        },
        {
            "id": "2",
            "question": "大阪支所の電話番号は何番ですか",
            "lang": "ja",
            "type": "trap",
            "answerable": False,
        },
    )
    outcome = run("eval", questions, "--json")
    assert outcome.code == 0
    by = cast("dict[str, dict[str, dict[str, float]]]", outcome.json["by"])
    assert set(by) == {"all", "meeting", "trap", "en", "ja"}
    assert by["all"]["right_and_cited"]["value"] == 1
    assert by["all"]["quotes_valid"]["value"] == 1
    assert (by["trap"]["abstained"]["value"], by["trap"]["abstained"]["n"]) == (1, 1)
    table = run("eval", questions)
    assert "right_and_cited" in table.out
    assert "1.000" in table.out
    assert "right_and_cited" not in table.err


def test_doctor_reports_in_json_and_keeps_secrets(
    run: Run, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "tell-nobody")
    outcome = run("doctor", "--json")
    assert outcome.code == 0
    report = outcome.json
    assert report["ok"] is True
    settings = cast("dict[str, str | None]", report["settings"])
    assert settings["ASPIRE_HOME"] == str(home)
    assert settings["ASPIRE_LLM"] == "none"
    assert settings["SLACK_SIGNING_SECRET"] == "(set)"  # noqa: S105 - that is the point
    assert settings["SLACK_BOT_TOKEN"] is None
    assert "tell-nobody" not in outcome.out + outcome.err
    states = {check["name"]: check["state"] for check in cast("list[Json]", report["checks"])}
    assert states["index"] == states["embedding"] == "ok"
    assert states["Slack"] == states["reranker"] == "unset"
    assert "ASPIRE_HOME" in run("doctor").out


def test_doctor_asks_the_reranker(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def state() -> tuple[object, object, int | None]:
        outcome = run("doctor", "--json")
        checks = cast("list[Json]", outcome.json["checks"])
        (found,) = [check for check in checks if check["name"] == "reranker"]
        return found["state"], found["to_do"], outcome.code

    def results(first: float, second: float) -> Script:
        return always(200, [{"index": 0, "score": first}, {"index": 1, "score": second}])

    monkeypatch.setenv("ASPIRE_RERANKER", "http")
    for script, wanted in ((results(0.9, 0.1), "ok"), (results(0.1, 0.9), "warning")):
        with serving(script) as asked:
            monkeypatch.setenv("ASPIRE_RERANKER_URL", asked.url)
            assert state()[::2] == (wanted, 0)
    gone, to_do, code = state()
    assert (gone, code) == ("warning", 0), "questions are answered without it"
    assert "ASPIRE_RERANKER_URL" in str(to_do)


def test_doctor_says_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "nowhere"))
    outcome = run("doctor", "--json")
    assert (outcome.code, outcome.json["ok"]) == (1, False)
    (index,) = [c for c in cast("list[Json]", outcome.json["checks"]) if c["name"] == "index"]
    assert index["state"] == "failed"
    assert "aspire-ingest add" in str(index["to_do"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask",), "give one question"),
        (("ask", "  "), "give one question"),
        (("ask", "What?", "--batch", "q.jsonl"), "give one question"),
        (("ask", "--batch", "none.jsonl"), r"none\.jsonl cannot be read"),
        (("ask", "--batch", "."), r"\. cannot be read"),
        (("ask", "What?", "--nope"), "--nope"),
        (("retrieve", "What?", "-k", "0"), "-k"),
        (("eval",), "(?i)questions"),
        (("eval", "none.jsonl"), r"none\.jsonl cannot be read"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], message: str) -> None:
    outcome = run(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert re.search(message, outcome.err)
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("arguments", [(), ("--help",), ("ask", "-h")])
def test_help(run: Run, arguments: tuple[str, ...]) -> None:
    outcome = run(*arguments)
    assert outcome.code == (0 if arguments else 2)
    assert "Usage: aspire-bot" in outcome.out + outcome.err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASPIRE_LLM", "gpt-9"),
        ("ASPIRE_PORT", "many"),
        ("ASPIRE_AUDIENCE", "everyone"),
        ("ASPIRE_EMBEDDING", "nonsense"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    outcome = run("ask", "What?")
    assert (outcome.code, outcome.out) == (2, "")
    assert name in outcome.err
    assert "Traceback" not in outcome.err


def test_without_an_index(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "nowhere"))
    for command in ("ask", "retrieve"):
        outcome = run(command, "What are the goals?")
        assert (outcome.code, outcome.out) == (1, "")
        assert "aspire-ingest add" in outcome.err
        assert "Traceback" not in outcome.err
    assert not (tmp_path / "nowhere").exists()


def test_an_index_of_another_embedder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    outcome = run("ask", "What are the goals?")
    assert (outcome.code, outcome.out) == (2, "")
    assert "ASPIRE_EMBEDDING" in outcome.err
    assert "aspire-ingest verify --rebuild" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_trace_is_for_those_who_ask(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr(cli, "read_settings", fail)
    quiet = run("ask", "What?")
    assert (quiet.code, quiet.out) == (1, "")
    assert quiet.err == "aspire-bot: RuntimeError: a defect (--debug shows where)\n"
    loud = run("ask", "What?", "--debug")
    assert loud.code == 1
    assert "Traceback" in loud.err
    assert "a defect" in loud.err


def test_a_broken_glossary_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, home: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    for name in ("current.json", "generations"):
        (own / name).symlink_to(home / name)
    (own / "glossary.yaml").write_text("PD: Program Director\n")
    monkeypatch.setenv("ASPIRE_HOME", str(own))
    outcome = run("ask", "What are the goals?")
    assert outcome.code == 2
    assert "glossary.yaml cannot be read" in outcome.err


def test_chat_remembers_what_was_asked(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["", "When was the field meeting held?", "And who moderated it?"])

    def read(*_: object, **__: object) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", read)
    outcome = run("chat")
    assert outcome.code == 0
    assert outcome.out.index("November 4, 2025") < outcome.out.index("Shimizu")


def _python(code: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 - this interpreter, code of this file
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=120,
        input='{"id": "s", "question": "What are the goals of ASPIRE?"}\n',
    )


_HEAVY = (
    "chromadb", "llama_index", "slack_bolt", "onnx", "trafilatura", "torch", "pypdfium2",
    "sqlalchemy", "aspire_bot.answering.checking", "aspire_bot.doctor", "aspire_bot.evaluation",
)  # fmt: skip


def test_a_cold_question_loads_nothing_it_does_not_need(home: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from aspire_bot.cli.app import main\n"
        "try:\n"
        "    main(['ask', '--batch', '-'])\n"
        "finally:\n"
        f"    found = [name for name in {_HEAVY!r} if name in sys.modules]\n"
        "    print(found, file=sys.stderr)\n"
    )
    # The very first question on a machine builds the graphs, which takes onnx: they are kept then.
    _python(code, tmp_path, ASPIRE_HOME=str(home), HOME=str(Path.home()))
    outcome = _python(code, tmp_path, ASPIRE_HOME=str(home), HOME=str(Path.home()))
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stderr.splitlines()[-1] == "[]"
    answer = cast("Json", json.loads(outcome.stdout))
    assert (answer["id"], answer["outcome"]) == ("s", "answered")


def test_importing_the_program_does_nothing(tmp_path: Path) -> None:
    code = (
        "import importlib, pkgutil, threading, aspire_bot\n"
        "for module in pkgutil.walk_packages(aspire_bot.__path__, 'aspire_bot.'):\n"
        "    importlib.import_module(module.name)\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
    )
    # read at import, these settings would be refused
    broken = {"ASPIRE_PORT": "many", "ASPIRE_LLM": "nonsense", "ASPIRE_EMBEDDING": "nonsense"}
    outcome = _python(code, tmp_path, HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path), **broken)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []
