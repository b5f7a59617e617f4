"""`aspire-bot gaps` and `forget`, as an operator runs them."""

import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aspire_bot.cli import commands
from aspire_bot.cli.app import main
from aspire_bot.settings import Settings
from aspire_bot.state import State
from aspire_bot.state.from_settings import state_of
from aspire_bot.state.gaps import Gap
from aspire_bot.state.sources import CitedSource

ABOUT = CitedSource(document_id="about", title="About", url="https://example.org/about")


class Terminal(io.StringIO):
    """Somebody at the keys."""

    def isatty(self) -> bool:
        return True


def _ask(state: State, gap_id: str, question: str, asker: str, team: str = "T1") -> None:
    state.gaps.add(
        Gap(
            gap_id=gap_id,
            question=question,
            language="en",
            team=team,
            asker=asker,
            asked_at=datetime(2026, 11, 22, 8, tzinfo=UTC),
            nearest=(ABOUT,),
            answer_id=gap_id,
        )
    )


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose bot was asked a few things."""
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path))
    with state_of(Settings(home=tmp_path)) as state:
        _ask(state, "g1", "May I buy a car?", "U1")
        _ask(state, "g2", "May I buy [red]mice[/red]?", "U2")
        _ask(state, "g3", "may I buy  MICE?", "U1")
        _ask(state, "g4", "may i buy mice", "U3")
        _ask(state, "g5", "Answered?", "U1", team="T2")
        state.gaps.set_status("g5", "answered")
    return tmp_path


def _run(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err


def test_gaps_are_listed_most_asked_first(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(["gaps", "--json"], capsys)
    assert code == 0
    listed = json.loads(out)["gaps"]
    assert [(one["times"], one["gap_id"]) for one in listed] == [(2, "g3"), (1, "g1"), (1, "g2")]
    assert listed[0] == {
        "gap_id": "g3",
        "question": "may I buy  MICE?",
        "times": 2,
        "language": "en",
        "status": "open",
        "origin": "question",
        "asked_at": "2026-11-22T08:00:00+00:00",
        "team": "T1",
        "asker": "U1",
        "nearest": [{"document_id": "about", "title": "About", "url": "https://example.org/about"}],
    }
    _, out, _ = _run(["gaps", "--all", "--json", "--limit", "2"], capsys)
    assert len(json.loads(out)["gaps"]) == 2
    _, out, _ = _run(["gaps", "--all"], capsys)
    assert "answered" in out
    assert "May I buy [red]mice[/red]?" in out


def test_without_gaps_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASPIRE_HOME", str(tmp_path))
    assert _run(["gaps"], capsys)[:2] == (0, "No question asked in Slack is left unanswered.\n")


def test_a_person_is_forgotten_in_one_workspace_or_in_all(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = _run(["forget", "<@U1|alice>", "--team", "T1", "--json"], capsys)
    assert code == 0
    told = json.loads(out)
    assert (told["user"], told["team"], told["forgotten"]["askings"]) == ("U1", "T1", 2)
    _, out, _ = _run(["gaps", "--all", "--json"], capsys)
    assert {one["asker"] for one in json.loads(out)["gaps"]} == {"U1", "U2", "U3"}
    _, out, _ = _run(["forget", "U1"], capsys)
    assert "1 askings" in out
    _, out, _ = _run(["gaps", "--all", "--json"], capsys)
    assert {one["asker"] for one in json.loads(out)["gaps"]} == {"U2", "U3"}
    assert _run(["forget", "U1"], capsys)[1] == "nothing was kept of U1\n"


@pytest.mark.parametrize("arguments", [["bob"], ["T1"], ["U1", "--team", "acme"]])
def test_what_is_no_id_is_refused(
    arguments: list[str], kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = _run(["forget", *arguments], capsys)
    assert (code, out) == (2, "")
    assert "is not the id of" in err


@pytest.mark.parametrize(("said", "is_forgotten"), [("y", True), ("n", False), ("", False)])
def test_on_a_terminal_it_asks_before(
    said: str,
    is_forgotten: bool,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(f"{said}\n"))
    code, _, _ = _run(["forget", "U2"], capsys)
    assert code == (0 if is_forgotten else 1)
    _, out, _ = _run(["gaps", "--json"], capsys)
    assert ("U2" in out) is not is_forgotten


def test_with_yes_it_does_not_ask(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    commands.forget(Settings(home=kept), "U2", None, is_sure=True, as_json=True)
