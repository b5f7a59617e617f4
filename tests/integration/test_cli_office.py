"""`aspire-bot stale|test-questions|contradictions|figures`, over a small index and a state."""

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from tests.small_index import NoChroma

from aspire_bot.cli import app as bot
from aspire_ingest.bootstrap import build_parts
from aspire_ingest.cli import app as ingest

CALL = (
    "---\ntitle: Fir call\nkind: call\nlanguage: en\n---\n\n# Fir call\n\n"
    "The Fir call closes on 15 March 2024.\n"
)
GUIDE = (
    "---\ntitle: Travel guide\nlanguage: en\n---\n\n"
    "Each project receives up to 20 million yen for travel.\n"
)
NOTES = (
    "---\ntitle: Travel notes\nlanguage: en\n---\n\n"
    "Each project receives up to 30 million yen for travel.\n"
)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASPIRE_EMBEDDING", "hashing/64")
    monkeypatch.setattr(ingest, "build_parts", partial(build_parts, open_chroma=NoChroma))
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, text in (("fir", CALL), ("guide", GUIDE), ("notes", NOTES)):
        (documents / f"{name}.md").write_text(text, "utf-8")

    def call(
        *arguments: str | Path, main: Callable[[list[str]], None] = bot.main
    ) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return int(str(ended.value.code)), out, err

    assert call("add", documents, main=ingest.main)[0] == 0
    return call


def test_what_staff_keep_true_is_listed_and_run(run: Run, tmp_path: Path) -> None:
    code, out, _ = run("stale", "--json")
    (one,) = json.loads(out)["stale"]
    assert (code, one["rule"], one["since"]) == (0, "closed", "2024-03-15")
    assert one["note"] == "closed on 15 March 2024"
    assert "closed on 15 March 2024" in run("stale")[1]

    (pair,) = json.loads(run("contradictions", "--json")[1])["contradictions"]
    assert {quote["title"] for quote in pair["quotes"]} == {"Travel guide", "Travel notes"}
    assert "30 million yen" in run("contradictions")[1]

    tests = tmp_path / "tests.csv"
    tests.write_text(
        "question,document,quote,none\nWhen does the Fir call close?,,15 March 2024,\n"
        "When does the Fir call close indeed?,nowhere,,\n",
        "utf-8",
    )
    code, out, _ = run("test-questions", tests, "--json")
    questions = json.loads(out)["questions"]
    assert (code, [q["passed"] for q in questions]) == (0, [None, None])
    code, out, _ = run("test-questions", "--run", "--json")
    found = {q["expects"]: q["passed"] for q in json.loads(out)["questions"]}
    assert (code, found) == (1, {"quote": True, "document": False})
    wrong = next(q["test_id"] for q in questions if q["expects"] == "document")
    assert run("test-questions", "--remove", wrong)[0] == 0
    code, _, err = run("test-questions", "--remove", wrong)
    assert code == 2
    assert "no test question" in err
    assert run("test-questions", "--run")[0] == 0

    code, out, _ = run("figures")
    assert (code, out.splitlines()[0].split(",")[:4]) == (0, ["week", "language", "topic", "asked"])
